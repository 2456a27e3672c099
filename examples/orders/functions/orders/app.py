"""Orders of a customer: list, place, read, change, cancel. And what a partner may see of them.

Reads payload format 2.0. Which table holds the orders is a variable of the stage, so that one version of the
function serves every stage.
"""

import base64
import json
import logging
import os
import time
import uuid
from functools import cache

import boto3
from boto3.dynamodb.conditions import Key

log = logging.getLogger()

# What PATCH may set. Everything else about an order is ours to decide.
CHANGEABLE = {"note", "address"}


class Refused(Exception):
    """An answer other than 2xx, with a message for the caller."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


@cache
def table(name):
    return boto3.resource("dynamodb").Table(name)


def handler(event, context):
    stage = event["requestContext"]["stage"]
    variables = event.get("stageVariables") or {}
    log.setLevel(variables.get("logLevel", "INFO"))
    log.debug("%s on %s", event["routeKey"], stage)
    try:
        status, body = ROUTES[event["routeKey"]](event, table(variables["tableName"]))
    except Refused as refusal:
        status, body = refusal.status, {"message": str(refusal)}
    return answer(status, body)


def answer(status, body):
    headers = {"content-type": "application/json", "cache-control": "no-store"}
    if body is None:
        return {"statusCode": status, "headers": headers}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body, default=int)}


def customer(event):
    """Whose orders these are: the subject of the token that the JWT authorizer checked."""
    return event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"]


def json_body(event):
    text = event.get("body") or ""
    if event.get("isBase64Encoded"):
        text = base64.b64decode(text)
    try:
        body = json.loads(text)
    except ValueError:
        raise Refused(400, "the body is not JSON") from None
    if not isinstance(body, dict):
        raise Refused(400, "the body is not a JSON object")
    return body


def page(event):
    """`limit` and `after` of the query string, for a list that is read in pages."""
    query = event.get("queryStringParameters") or {}
    try:
        limit = int(query.get("limit", 20))
    except ValueError:
        limit = 0
    if not 1 <= limit <= 100:
        raise Refused(400, "`limit` is a number from 1 to 100")
    return limit, query.get("after")


def public(item):
    return {name: value for name, value in item.items() if name != "customer"}


def list_orders(event, orders):
    limit, after = page(event)
    request = {
        "KeyConditionExpression": Key("customer").eq(customer(event)),
        "Limit": limit,
        "ScanIndexForward": False,
    }
    if after:
        request["ExclusiveStartKey"] = {"customer": customer(event), "orderId": after}
    found = orders.query(**request)
    next_page = found.get("LastEvaluatedKey", {}).get("orderId")
    return 200, {"orders": [public(it) for it in found["Items"]], "after": next_page}


def place_order(event, orders):
    body = json_body(event)
    lines = body.get("lines")
    if not isinstance(lines, list) or not lines:
        raise Refused(400, "`lines` is a list of at least one line")
    for line in lines:
        if not isinstance(line, dict) or not isinstance(line.get("sku"), str):
            raise Refused(400, "each line has a `sku`")
        if not isinstance(line.get("quantity"), int) or line["quantity"] < 1:
            raise Refused(400, "each line has a `quantity` of at least 1")
    order = {
        "customer": customer(event),
        # Sorts by time, newest last.
        "orderId": f"{int(time.time() * 1000):013d}-{uuid.uuid4().hex[:8]}",
        "status": "placed",
        "lines": [{"sku": it["sku"], "quantity": it["quantity"]} for it in lines],
    }
    if isinstance(body.get("partner"), str):
        order["partner"] = body["partner"]
    orders.put_item(Item=order)
    announce("OrderPlaced", order)
    return 201, public(order)


def stored(event, orders):
    key = {"customer": customer(event), "orderId": event["pathParameters"]["orderId"]}
    item = orders.get_item(Key=key).get("Item")
    if item is None:
        raise Refused(404, f"there is no order {key['orderId']}")
    return item


def read_order(event, orders):
    return 200, public(stored(event, orders))


def change_order(event, orders):
    item = stored(event, orders)
    changes = json_body(event)
    unknown = sorted(set(changes) - CHANGEABLE)
    if unknown:
        raise Refused(400, f"cannot be changed: {', '.join(unknown)}")
    if item["status"] != "placed":
        raise Refused(409, f"the order is {item['status']} already")
    item.update(changes)
    orders.put_item(Item=item)
    return 200, public(item)


def cancel_order(event, orders):
    item = stored(event, orders)
    orders.delete_item(Key={"customer": item["customer"], "orderId": item["orderId"]})
    announce("OrderCancelled", item)
    return 204, None


def partner_orders(event, orders):
    """What the Lambda authorizer found out about the caller stands in its context."""
    partner = event["requestContext"]["authorizer"]["lambda"]["partnerId"]
    limit, _ = page(event)
    found = orders.query(
        IndexName="byPartner", KeyConditionExpression=Key("partner").eq(partner), Limit=limit
    )
    return 200, {"partner": partner, "orders": [public(it) for it in found["Items"]]}


def announce(event_type, order):
    topic = os.environ.get("TOPIC_ARN")
    if topic:
        message = {"type": event_type, "orderId": order["orderId"]}
        boto3.client("sns").publish(TopicArn=topic, Message=json.dumps(message))


ROUTES = {
    "GET /orders": list_orders,
    "HEAD /orders": list_orders,
    "POST /orders": place_order,
    "GET /orders/{orderId}": read_order,
    "PATCH /orders/{orderId}": change_order,
    "DELETE /orders/{orderId}": cancel_order,
    "GET /partner/orders": partner_orders,
}
