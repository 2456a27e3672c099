import json


def lambda_handler(event, context):
    # Get HTTP method and path
    method = event.get("requestContext", {}).get("http", {}).get("method", "GET")
    path = event.get("rawPath", "/")

    # Get query parameters
    params = event.get("queryStringParameters", {}) or {}
    name = params.get("name", "World")

    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({
            "message": f"Hello, {name}!",
            "method": method,
            "path": path,
        }),
    }
