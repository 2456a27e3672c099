// The receipt of an order as text, with a seal by which we recognise it later.

import { createHmac } from "node:crypto";

// The AWS Parameters and Secrets extension answers on this port and remembers what it was asked.
const port = process.env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT ?? "2773";

async function secret(id) {
  const url = `http://localhost:${port}/secretsmanager/get?secretId=${encodeURIComponent(id)}`;
  const response = await fetch(url, {
    headers: { "x-aws-parameters-secrets-token": process.env.AWS_SESSION_TOKEN },
  });
  if (!response.ok) throw new Error(`the secret was not given: ${response.status}`);
  return (await response.json()).SecretString;
}

export const handler = async (event) => {
  const { orderId } = event.pathParameters;
  const { sub } = event.requestContext.authorizer.jwt.claims;
  const language = event.queryStringParameters?.language ?? "en";
  const title = { de: "Quittung", en: "Receipt" }[language];
  if (title === undefined) {
    // Without a statusCode, payload format 2.0 would answer 200.
    return {
      statusCode: 400,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message: "`language` is de or en" }),
    };
  }
  const text = `${title} ${orderId}\n${event.requestContext.stage}\n`;
  const key = await secret(process.env.SEAL_SECRET);
  const seal = createHmac("sha256", key).update(`${sub}\n${text}`).digest("hex");
  return {
    statusCode: 200,
    headers: { "content-type": "text/plain; charset=utf-8", "x-seal": seal },
    cookies: [`language=${language}; Secure; HttpOnly; SameSite=Lax`],
    body: text,
  };
};
