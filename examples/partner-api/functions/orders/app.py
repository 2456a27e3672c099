"""Orders of a partner: place one, list them. A REST API's Lambda proxy integration.

API Gateway has checked the key, the token and the shape of the body before this runs. With a proxy integration it
passes answers on as they are, so the headers for browsers (CORS) are written here.
"""

import json
import os
import uuid
from functools import cache

import boto3
from boto3.dynamodb.conditions import Attr

ORIGINS = {"https://portal.example.com", "https://portal.example.org"}
PAGE = 20


@cache
def table():
    return boto3.resource("dynamodb").Table(os.environ["TABLE"])


def handler(event, context):
    place = event["httpMethod"] == "POST"
    status, body = place_order(event) if place else list_orders(event)
    return {"statusCode": status, "headers": headers(event), "body": json.dumps(body, default=int)}


def place_order(event):
    order = json.loads(event["body"])
    # The same request sent twice is one order: its id is made of the request's.
    request = header(event, "x-request-id")
    item = {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{partner(event)}/{request}")),
        "partner": partner(event),
        "sku": order["sku"],
        "quantity": order["quantity"],
    }
    table().put_item(Item=item)
    return 201, item


def list_orders(event):
    page = int(event["queryStringParameters"]["page"])
    items = table().scan(FilterExpression=Attr("partner").eq(partner(event)))["Items"]
    items.sort(key=lambda it: it["id"])
    return 200, {"page": page, "orders": items[page * PAGE : (page + 1) * PAGE]}


def partner(event):
    """Who calls: the subject of the token that the authorizer checked."""
    return event["requestContext"]["authorizer"]["claims"]["sub"]


def header(event, name):
    return next((it for key, it in event["headers"].items() if key.lower() == name), "")


def headers(event):
    out = {"Content-Type": "application/json", "Vary": "Origin"}
    origin = header(event, "origin")
    if origin in ORIGINS:
        out["Access-Control-Allow-Origin"] = origin
        out["Access-Control-Expose-Headers"] = "x-request-id"
    return out
