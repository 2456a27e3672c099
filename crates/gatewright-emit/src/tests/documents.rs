//! OpenAPI documents of their own.

use serde_json::{Value, json};

use super::*;

fn plain(text: &str) -> Value {
    let output = openapi(
        &with(text),
        &OpenApiOptions { plain: true, format: Format::Json, ..OpenApiOptions::default() },
    );
    serde_json::from_str(&output.artifacts[0].text).expect("JSON")
}

#[test]
fn plain_openapi_has_no_extensions() {
    let it = plain(
        "functions: { f: { name: f } }\nauthorizers: { u: { jwt: { issuer: \"https://issuer.example/\", audience: a } } }\nroutes: { ANY /a: { lambda: f, operationName: a }, GET /a: { lambda: f, authorizer: u, scopes: [s] }, \"GET /b/{p+}\": f, \"GET /c/{x}\": f, \"GET /c/{y+}\": f, $default: f }\n",
    );
    assert!(!it.to_string().contains("x-amazon"), "{it}");
    let paths: Vec<&String> = it["paths"].as_object().expect("paths").keys().collect();
    assert_eq!(paths, ["/a", "/c/{x}", "/b/{p}"]);
    assert_eq!(it["paths"]["/a"]["get"]["security"], json!([{ "u": ["s"] }]));
    assert_eq!(it["paths"]["/a"]["delete"]["operationId"], "aDelete");
    assert_eq!(it["paths"]["/b/{p}"]["parameters"][0]["name"], "p");
    assert_eq!(
        it["components"]["securitySchemes"]["u"],
        json!({ "type": "openIdConnect", "openIdConnectUrl": "https://issuer.example/.well-known/openid-configuration" })
    );
}

#[test]
fn openapi_says_whether_it_can_be_imported_alone() {
    let existing = with("functions: { f: { name: f } }\nroutes: { GET /a: f }\n");
    let output = openapi(&existing, &OpenApiOptions::default());
    assert!(output.notes[0].message.contains("can import"), "{:?}", output.notes);
    assert!(
        output.artifacts[0].text.contains("function:f/invocations")
            && !output.artifacts[0].text.contains("Fn::")
    );
    let created =
        with("functions: { f: { runtime: python3.13, handler: a.h, code: ./f } }\nroutes: { GET /a: f }\n");
    let output = openapi(&created, &OpenApiOptions::default());
    assert!(output.notes[0].message.contains("refers to `FFunction`"), "{:?}", output.notes);
    let imported = with("functions: { f: { name: !ImportValue f } }\nroutes: { GET /a: f }\n");
    let output = openapi(&imported, &OpenApiOptions::default());
    assert!(output.notes[0].message.ends_with("it holds functions of CloudFormation"), "{:?}", output.notes);
}
