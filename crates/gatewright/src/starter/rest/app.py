"""Answers a greeting, in the form that a REST API's Lambda proxy integration wants."""

import json


def handler(event, context):
    if event["httpMethod"] == "POST":
        name = json.loads(event["body"])["name"]
    else:
        name = (event["queryStringParameters"] or {}).get("name", "World")
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"message": f"Hello, {name}!"}),
    }
