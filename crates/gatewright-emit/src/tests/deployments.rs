//! What makes a new deployment.

use serde_json::json;

use super::*;

/// The logical id of the deployment of `live`.
fn deployed(text: &str, layout: Layout, token: Option<&str>) -> String {
    let ir = with(text);
    let (template, _) = built(&ir, Options { layout, redeploy_token: token, ..Options::default() });
    let id = all(&template, "AWS::ApiGatewayV2::Deployment")[0].to_owned();
    assert_eq!(of(&template, "LiveStage")["DeploymentId"], json!({ "Ref": id }));
    id
}

#[test]
fn what_a_deployment_holds_makes_a_new_one_and_nothing_else() {
    let spec = |integration: &str, route: &str, stage: &str| {
        format!(
            "integrations: {{ i: {{ http: \"https://example.com\", {integration} }} }}\nroutes: {{ GET /x: {{ integration: i, {route} }} }}\nstages: {{ live: {{ autoDeploy: false, {stage} }} }}\n"
        )
    };
    let id = |text: String| deployed(&text, Layout::Resources, None);
    let plain = id(spec("method: GET", "", ""));
    for same in [
        spec("method: GET", "throttle: { rate: 1, burst: 1 }", ""),
        spec("method: GET", "description: text", "variables: { a: b }, throttle: { rate: 5, burst: 5 }"),
        spec(
            "method: GET, description: text",
            "",
            "tags: { a: b }, accessLog: json, alarms: { 5xx: { above: 1 } }",
        ),
    ] {
        assert_eq!(plain, id(same));
    }
    for other in [
        spec("method: POST", "", ""),
        spec("method: GET, timeout: 5s", "", ""),
        spec("method: GET", "authorizer: iam", ""),
        spec("method: GET", "", "").replace("/x", "/y"),
        spec("method: GET", "", "")
            + "overrides: { IIntegration: { Properties: { TimeoutInMillis: 100 } } }\n",
        spec("method: GET", "", "") + "disableDefaultEndpoint: true\n",
    ] {
        assert_ne!(plain, id(other));
    }
    let text = spec("method: GET", "", "");
    assert_eq!(plain, deployed(&text, Layout::Body, None));
    assert_ne!(plain, deployed(&text, Layout::Body, Some("1")));
    assert_ne!(deployed(&text, Layout::Body, Some("2")), deployed(&text, Layout::Body, Some("1")));
}

#[test]
fn the_order_of_keys_makes_no_deployment() {
    let a = "integrations: { i: { http: \"https://example.com\", requestParameters: { \"append:header.a\": x, \"append:header.b\": y } } }\nroutes: { GET /x: i, GET /y: i }\nstages: { live: { autoDeploy: false } }\n";
    let b = "stages: { live: { autoDeploy: false } }\nroutes: { GET /y: i, GET /x: i }\nintegrations: { i: { requestParameters: { \"append:header.b\": y, \"append:header.a\": x }, http: \"https://example.com\" } }\n";
    assert_eq!(deployed(a, Layout::Resources, None), deployed(b, Layout::Resources, None));
}

#[test]
fn the_build_says_what_a_deployment_cannot_see() {
    let text = "parameters: { Url: { type: String } }\nintegrations: { i: { http: !Ref Url } }\nroutes: { GET /x: i }\nstages: { live: { autoDeploy: false } }\n";
    let (_, notes) = built(&with(text), Options::default());
    assert!(notes.iter().any(|it| it.contains("integration `i`")), "{notes:?}");
    let (_, notes) = built(&with(&format!("{text}redeploy: always\n")), Options::default());
    assert!(notes.iter().any(|it| it.contains("--redeploy-token")), "{notes:?}");
    let options = Options { redeploy_token: Some("7"), ..Options::default() };
    assert!(built(&with(&format!("{text}redeploy: always\n")), options).1.is_empty());
}

#[test]
fn what_replaces_a_resource_makes_a_new_deployment() {
    let spec = |function: &str, link: &str| {
        format!(
            "functions: {{ f: {{ runtime: python3.13, handler: a.h, code: ./f, {function} }} }}\nvpcLinks: {{ l: {{ subnets: [a, b], {link} }} }}\nintegrations: {{ i: {{ http: \"arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/b/c\", method: GET, vpcLink: l }} }}\nauthorizers: {{ u: {{ lambda: f }} }}\nroutes: {{ GET /x: {{ integration: i, authorizer: u }} }}\nstages: {{ live: {{ autoDeploy: false }} }}\n"
        )
    };
    let id = |text: String| deployed(&text, Layout::Body, None);
    let plain = id(spec("", ""));
    assert_eq!(plain, id(spec("memory: 256", "")));
    for other in [
        spec("name: mine", ""),
        spec("", "securityGroups: [g]"),
        spec("", "").replace("[a, b]", "[a, c]"),
        spec("", "") + "overrides: { FFunction: { Properties: { FunctionName: mine } } }\n",
    ] {
        assert_ne!(plain, id(other));
    }
    let same = spec("", "") + "overrides: { FFunction: { Properties: { MemorySize: 512 } } }\n";
    assert_eq!(plain, id(same));
}

#[test]
fn the_id_of_a_link_may_change_unseen_and_the_region_may_not() {
    let text = |link: &str, name: &str| {
        format!(
            "parameters: {{ Link: {{ Type: String }} }}\nfunctions: {{ f: {{ runtime: python3.13, handler: a.h, code: ./f, name: {name} }} }}\nvpcLinks: {{ l: {{ {link} }} }}\nintegrations: {{ i: {{ http: \"arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/b/c\", method: GET, vpcLink: l }} }}\nroutes: {{ GET /x: i, GET /y: f }}\nstages: {{ live: {{ autoDeploy: false }} }}\n"
        )
    };
    let notes = |text: String| built(&with(&text), Options::default()).1;
    let own = "!Sub \"${AWS::StackName}-f\"";
    assert!(notes(text("subnets: [a]", own)).is_empty());
    for link in ["id: !Ref Link", "subnets: [!Ref Link]", "subnets: !Ref Link"] {
        let notes = notes(text(link, own));
        assert!(notes.iter().any(|it| it.contains("integration `i`:")), "{link}: {notes:?}");
    }
    let notes = notes(text("subnets: [a]", "!Ref Link"));
    assert!(notes.iter().any(|it| it.contains("integration `f`:")), "{notes:?}");
}

#[test]
fn the_build_says_that_removed_routes_live_on() {
    let ir = with(
        "functions: { f: { name: f } }\nroutes: { GET /x: f }\nstages: { live: { autoDeploy: false } }\n",
    );
    let said = |layout| {
        let notes = built(&ir, Options { layout, ..Options::default() }).1;
        notes.iter().any(|it| it.contains("a route that is removed") && it.contains("--redeploy-token"))
    };
    assert!(said(Layout::Resources));
    assert!(!said(Layout::Body));
}
