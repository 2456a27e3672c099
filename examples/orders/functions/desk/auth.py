"""Lets the clerks of the service desk in: a Lambda authorizer that answers an IAM policy.

The token is `clerk.expires.signature`, where the signature is the HMAC-SHA256 of `clerk.expires`.
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
    return client.get_secret_value(SecretId=os.environ["DESK_SECRET"])["SecretString"].encode()


def handler(event, context):
    # Payload format 1.0: the values of all identity sources, joined with commas.
    token = event["identitySource"]
    clerk, _, rest = token.partition(".")
    expires, _, signature = rest.partition(".")
    expected = hmac.new(secret(), f"{clerk}.{expires}".encode(), hashlib.sha256).hexdigest()
    genuine = hmac.compare_digest(signature.encode(), expected.encode())
    if not (genuine and expires.isdigit() and int(expires) > time.time()):
        return policy("unknown", "Deny", event["methodArn"])
    # The answer is remembered for this token, for every route of this stage: allow them all.
    api_and_stage = "/".join(event["methodArn"].split("/")[:2])
    return policy(clerk, "Allow", f"{api_and_stage}/*")


def policy(clerk, effect, resource):
    statement = {"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource}
    return {
        "principalId": clerk,
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"clerk": clerk},
    }
