"""Decides who is a partner: a Lambda authorizer with the simple response.

A partner shows a client certificate (mutual TLS, on the partners' domain) and a key in a header. What is known
about the partner goes on to the backend as context.
"""

import hashlib
import hmac
import json
import os
from functools import cache

import boto3


@cache
def partners():
    """Partners by the SHA-256 of their key: `{"9f86…": {"partnerId": "acme", "tier": "gold"}}`."""
    parameter = boto3.client("ssm").get_parameter(Name=os.environ["PARTNERS"], WithDecryption=True)
    return json.loads(parameter["Parameter"]["Value"])


def handler(event, context):
    key = event["headers"].get("x-partner-key", "")
    certificate = (event["requestContext"].get("authentication") or {}).get("clientCert")
    if not certificate:
        return {"isAuthorized": False}

    digest = hashlib.sha256(key.encode()).hexdigest()
    for known, partner in partners().items():
        if hmac.compare_digest(known, digest):
            return {
                "isAuthorized": True,
                "context": {"partnerId": partner["partnerId"], "tier": partner["tier"]},
            }
    return {"isAuthorized": False}
