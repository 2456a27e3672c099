//! Specifications of any size, of the shape that people write.

use std::fmt::Write as _;

/// The kinds of API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Http,
    Rest,
    WebSocket,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Http, Self::Rest, Self::WebSocket];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Rest => "rest",
            Self::WebSocket => "websocket",
        }
    }

    /// A specification with so many routes.
    pub(crate) fn specification(self, routes: usize) -> String {
        match self {
            Self::Http => http(routes),
            Self::Rest => rest(routes),
            Self::WebSocket => websocket(routes),
        }
    }
}

/// A REST API with so many routes: keys, models, caching and mapping templates at some.
fn rest(routes: usize) -> String {
    let mut out = String::from(
        "gatewright: 1\nname: bench\nkind: rest\n\nfunctions:\n  orders: { name: orders }\n  users: { name: users }\n\n\
         authorizers:\n  tokens: { cognito: [\"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI\"] }\n\n\
         models:\n  Thing: { type: object, required: [name], properties: { name: { type: string } } }\n\n\
         cors:\n  allowOrigins: [\"https://shop.example.com\"]\n\ndefaults: { authorizer: tokens }\n\n\
         apiKeys: { partner: { description: A partner } }\n\
         usagePlans: { basic: { throttle: { rate: 10, burst: 20 }, stages: [prod], keys: [partner] } }\n\n\
         stages:\n  prod:\n    variables: { table: orders }\n    throttle: { rate: 1000, burst: 500 }\n    \
         cache: { size: 0.5GB }\n\nroutes:\n",
    );
    for at in 0..routes {
        let (group, item) = (at / 5, at % 5);
        let _ = match item {
            0 => writeln!(out, "  GET /v1/things{group}: orders"),
            1 => writeln!(
                out,
                "  POST /v1/things{group}: {{ lambda: orders, apiKey: required, validate: Thing }}"
            ),
            2 => writeln!(
                out,
                "  GET /v1/things{group}/{{thingId}}: {{ lambda: orders, cache: {{ ttl: 60s, key: header.authorization }} }}"
            ),
            3 => writeln!(out, "  PUT /v1/things{group}/{{thingId}}: users"),
            _ => writeln!(
                out,
                "  DELETE /v1/things{group}/{{thingId}}:\n    http: \"https://things.example.com/{{thingId}}\"\n    \
                 responses: {{ default: 204, '4\\d\\d': 400 }}"
            ),
        };
    }
    out
}

/// A WebSocket API with so many routes: some are answered, some check what they are sent.
fn websocket(routes: usize) -> String {
    let mut out = String::from(
        "gatewright: 1\nname: bench\nkind: websocket\n\nfunctions:\n  chat: { name: chat }\n  auth: { name: auth }\n\n\
         authorizers:\n  token: { lambda: auth, identity: $request.querystring.token }\n\n\
         models:\n  Message: { type: object, required: [text], properties: { text: { type: string } } }\n\n\
         stages:\n  prod:\n    throttle: { rate: 1000, burst: 500 }\n\n\
         routes:\n  $connect: { lambda: chat, authorizer: token }\n  $disconnect: chat\n  $default: chat\n",
    );
    for at in 3..routes {
        let _ = match at % 3 {
            0 => writeln!(out, "  send{at}: chat"),
            1 => writeln!(out, "  ask{at}: {{ lambda: chat, response: true }}"),
            _ => writeln!(
                out,
                "  tell{at}:\n    lambda: chat\n    validate: Message\n    throttle: {{ rate: 10, burst: 20 }}"
            ),
        };
    }
    out
}

/// An HTTP API with so many routes: most in the short form, some with details.
fn http(routes: usize) -> String {
    let mut out = String::from(
        "gatewright: 1\nname: bench\nkind: http\n\nfunctions:\n  orders: { name: orders }\n  users: { name: users }\n\n\
         authorizers:\n  tokens:\n    jwt: { issuer: \"https://id.example.com\", audience: [web] }\n\n\
         cors:\n  allowOrigins: [\"https://shop.example.com\"]\n  allowHeaders: [content-type, authorization]\n  \
         allowMethods: [GET, POST, PUT, DELETE]\n\ndefaults: { authorizer: tokens }\n\nstages:\n  prod:\n    \
         variables: { table: orders }\n    throttle: { rate: 1000, burst: 500 }\n\nroutes:\n",
    );
    for at in 0..routes {
        let (group, item) = (at / 5, at % 5);
        let _ = match item {
            0 => writeln!(out, "  GET /v1/things{group}: orders"),
            1 => writeln!(out, "  POST /v1/things{group}: {{ lambda: orders, scopes: [things/write] }}"),
            2 => writeln!(out, "  GET /v1/things{group}/{{thingId}}: orders"),
            3 => writeln!(out, "  PUT /v1/things{group}/{{thingId}}: users"),
            _ => writeln!(
                out,
                "  DELETE /v1/things{group}/{{thingId}}:\n    integration: users\n    throttle: {{ rate: 10, burst: 20 }}"
            ),
        };
    }
    out
}
