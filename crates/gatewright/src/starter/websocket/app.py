"""Answers the messages of a WebSocket: `{"action": "echo", "text": "hello"}` comes back, anything else is explained."""

import json


def handler(event, context):
    route = event["requestContext"]["routeKey"]
    if route in ("$connect", "$disconnect"):
        return {"statusCode": 200}
    if route == "echo":
        answer = {"text": json.loads(event["body"]).get("text", "")}
    else:
        answer = {"message": 'Send {"action": "echo", "text": "hello"}'}
    return {"statusCode": 200, "body": json.dumps(answer)}
