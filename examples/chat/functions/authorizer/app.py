"""Lets in who shows a token that we signed: a Lambda authorizer on $connect.

The token is `name.expires.signature`, where the signature is the HMAC-SHA256 of `name.expires`. What is answered in
`context` is at hand in all later messages of the connection.
"""

import hashlib
import hmac
import os
import time
from functools import cache

import boto3


@cache
def secret():
    client = boto3.client("secretsmanager")
    return client.get_secret_value(SecretId=os.environ["SECRET"])["SecretString"].encode()


def handler(event, context):
    token = (event.get("queryStringParameters") or {}).get("token", "")
    name, _, rest = token.partition(".")
    expires, _, signature = rest.partition(".")
    expected = hmac.new(secret(), f"{name}.{expires}".encode(), hashlib.sha256).hexdigest()
    genuine = hmac.compare_digest(signature.encode(), expected.encode())
    allowed = genuine and expires.isdigit() and int(expires) > time.time()
    statement = {
        "Effect": "Allow" if allowed else "Deny",
        "Action": "execute-api:Invoke",
        "Resource": event["methodArn"],
    }
    return {
        "principalId": name or "unknown",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"name": name},
    }
