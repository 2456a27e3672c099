"""Rooms in which everybody hears everybody: who is connected stands in a table, a message goes to all of a room.

One function for all routes; `requestContext.routeKey` says which one. The stage's callback URL is made of the event, so
the function needs to know nothing of the API that calls it.
"""

import json
import os
import time
from functools import cache

import boto3
from boto3.dynamodb.conditions import Key

# A connection lasts for two hours at most; what is left of one after that is swept by the table.
LONGEST = 2 * 60 * 60


@cache
def table():
    return boto3.resource("dynamodb").Table(os.environ["TABLE"])


@cache
def connections(url):
    return boto3.client("apigatewaymanagementapi", endpoint_url=url)


def handler(event, context):
    route = event["requestContext"]["routeKey"]
    answer = ROUTES.get(route, unknown)(event)
    if answer is None:
        return {"statusCode": 200}
    return {"statusCode": 200, "body": json.dumps(answer)}


def connect(event):
    who = event["requestContext"]
    table().put_item(
        Item={
            "room": event["queryStringParameters"]["room"],
            "connection": who["connectionId"],
            "name": who["authorizer"]["name"],
            "expires": int(time.time()) + LONGEST,
        }
    )


def disconnect(event):
    for place in places(event):
        forget(place)


def send_message(event):
    message = json.loads(event["body"])
    mine = [it for it in places(event) if it["room"] == message["room"]]
    if not mine:
        return None  # not in that room: nobody hears it
    text = {"action": "message", "room": message["room"], "from": mine[0]["name"], "text": message["text"]}
    client = connections(callback(event))
    for place in table().query(KeyConditionExpression=Key("room").eq(message["room"]))["Items"]:
        try:
            client.post_to_connection(ConnectionId=place["connection"], Data=json.dumps(text).encode())
        except client.exceptions.GoneException:
            forget(place)


def who(event):
    rooms = {it["room"] for it in places(event)}
    found = {
        room: sorted(it["name"] for it in table().query(KeyConditionExpression=Key("room").eq(room))["Items"])
        for room in sorted(rooms)
    }
    return {"action": "who", "rooms": found}


def unknown(event):
    return {"action": "error", "message": "Known actions are sendMessage, who and ping"}


def places(event):
    """The rooms in which this connection is."""
    connection = event["requestContext"]["connectionId"]
    found = table().query(
        IndexName="by-connection", KeyConditionExpression=Key("connection").eq(connection)
    )
    return found["Items"]


def forget(place):
    table().delete_item(Key={"room": place["room"], "connection": place["connection"]})


def callback(event):
    context = event["requestContext"]
    return f"https://{context['domainName']}/{context['stage']}"


ROUTES = {
    "$connect": connect,
    "$disconnect": disconnect,
    "sendMessage": send_message,
    "who": who,
}
