"""Hands out the report of a day, which a nightly job wrote to a bucket. Called with AWS credentials."""

import json
import os
import re

import boto3
from botocore.exceptions import ClientError


def handler(event, context):
    day = event["pathParameters"]["day"]
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        return answer(400, {"message": "a day looks like 2026-03-31"})
    caller = event["requestContext"]["authorizer"]["iam"]["userArn"]
    stage = event["requestContext"]["stage"]
    try:
        found = boto3.client("s3").get_object(Bucket=os.environ["REPORTS"], Key=f"{stage}/{day}.json")
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            return answer(404, {"message": f"there is no report of {day}"})
        raise
    return answer(200, {"caller": caller, "report": json.load(found["Body"])})


def answer(status, body):
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(body),
    }
