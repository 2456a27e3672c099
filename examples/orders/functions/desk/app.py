"""What the clerks of the service desk see: the latest orders of one or several customers.

Reads payload format 1.0, where a query parameter that is given twice keeps both values.
"""

import json

import boto3
from boto3.dynamodb.conditions import Key


def handler(event, context):
    clerk = event["requestContext"]["authorizer"]["clerk"]
    wanted = (event["multiValueQueryStringParameters"] or {}).get("customer", [])
    if not wanted:
        return answer(400, {"message": "name at least one customer: ?customer=…"})
    table = boto3.resource("dynamodb").Table(event["stageVariables"]["tableName"])
    orders = {}
    for customer in wanted[:10]:
        found = table.query(
            KeyConditionExpression=Key("customer").eq(customer), Limit=5, ScanIndexForward=False
        )
        orders[customer] = found["Items"]
    return answer(200, {"clerk": clerk, "orders": orders})


def answer(status, body):
    # Payload format 1.0 infers nothing: status, headers and body are said.
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json"},
        "multiValueHeaders": {},
        "isBase64Encoded": False,
        "body": json.dumps(body, default=int),
    }
