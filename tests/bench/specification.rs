//! Specifications of any size, of the shape that people write.

use std::fmt::Write as _;

/// An HTTP API with so many routes: most in the short form, some with details.
pub(crate) fn http(routes: usize) -> String {
    let mut out = String::from(
        "gatewright: 1\nname: bench\nkind: http\n\nfunctions:\n  orders: { name: orders }\n  users: { name: users }\n\n\
         authorizers:\n  tokens:\n    jwt: { issuer: \"https://id.example.com\", audience: [web] }\n\n\
         cors:\n  allowOrigins: [\"https://shop.example.com\"]\n  allowHeaders: [content-type, authorization]\n  \
         allowMethods: [GET, POST, PUT, DELETE]\n\ndefaults: { authorizer: tokens }\n\nstages:\n  prod:\n    \
         variables: { table: orders }\n    throttle: { rate: 1000, burst: 500 }\n\nroutes:\n",
    );
    for at in 0..routes {
        let (group, item) = (at / 5, at % 5);
        let _ = match item {
            0 => writeln!(out, "  GET /v1/things{group}: orders"),
            1 => writeln!(out, "  POST /v1/things{group}: {{ lambda: orders, scopes: [things/write] }}"),
            2 => writeln!(out, "  GET /v1/things{group}/{{thingId}}: orders"),
            3 => writeln!(out, "  PUT /v1/things{group}/{{thingId}}: users"),
            _ => writeln!(
                out,
                "  DELETE /v1/things{group}/{{thingId}}:\n    integration: users\n    throttle: {{ rate: 10, burst: 20 }}"
            ),
        };
    }
    out
}
