"""Requests to the small REST API of controls_rest.py: what LocalStack answers, and answers that it must not give."""

import copy

ORDER = {"sku": "a"}
POST = {"method": "POST", "path": "/orders", "apiKey": "partner", "body": ORDER}

CASES = [
    {"request": {"method": "OPTIONS", "path": "/orders"}, "response": {"status": 204}},
    {
        "request": POST,
        "response": {"status": 201, "body": {"method": "POST", "path": "/orders", "headers": {}}},
    },
    {
        "request": POST,
        "backend": {"headers": {"Location": "/orders/1"}, "body": "made"},
        "response": {"status": 201, "headers": {"Location": "/orders/1"}, "body": "made"},
    },
    {
        "request": {**POST, "body": {}},
        "response": {"status": 400, "body": {"message": "Invalid request body"}},
    },
    {
        "request": {"method": "POST", "path": "/orders", "body": ORDER},
        "response": {"status": 403, "body": {"message": "Forbidden"}},
    },
    {
        "request": {"method": "PUT", "path": "/orders/7?a=b", "body": "text"},
        "response": {"body": {"method": "PUT", "path": "/orders/7", "query": {"a": "b"}, "body": "text"}},
    },
    {"request": {"path": "/nothing"}, "response": {"status": 403}},
]


def wrong():
    """The cases, each with one part of its response changed."""
    for case in CASES:
        for key, value in case["response"].items():
            changed = copy.deepcopy(case)
            changed["response"][key] = {
                "status": 418, "headers": {"Location": "/nowhere"}, "body": {"other": value}
            }[key]  # fmt: skip
            yield changed
