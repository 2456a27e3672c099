//! Templates that are too large for one file or stack.

use serde_json::{Map, Value};

use super::*;

/// A specification with so many routes, of which some bring integrations of their own.
fn many(count: usize) -> Ir {
    let routes = (0..count).map(|it| match it % 3 {
        0 => format!("  GET /r{it}: {{ http: \"https://x{it}.example.com\" }}\n"),
        1 => format!("  GET /r{it}: {{ lambda: f, throttle: {{ rate: 5, burst: 5 }} }}\n"),
        _ => format!("  GET /r{it}: g\n"),
    });
    let routes: String = routes.collect();
    with(&format!(
        "functions: {{ f: {{ runtime: python3.13, handler: a.h, code: ./f }}, g: {{ name: g }} }}\nroutes:\n{routes}stages: {{ prod: {{ autoDeploy: false }}, dev: {{}} }}\n"
    ))
}

#[test]
fn routes_go_to_nested_stacks_where_one_has_no_room() {
    let ir = many(900);
    let output = cloudformation(
        &ir,
        &Options { layout: Layout::Resources, format: Format::Json, ..Options::default() },
    );
    let templates: Vec<Value> =
        output.artifacts.iter().map(|it| serde_json::from_str(&it.text).expect("JSON")).collect();
    let root = &templates[0];
    let stacks = all(root, "AWS::CloudFormation::Stack");
    assert_eq!(stacks.len() + 1, templates.len());
    let mut routes = all(root, "AWS::ApiGatewayV2::Route").len();
    for (stack, (artifact, nested)) in stacks.iter().zip(output.artifacts.iter().zip(&templates).skip(1)) {
        let it = of(root, stack);
        assert_eq!(it["TemplateURL"], *artifact.path);
        let arguments: Vec<&String> = it["Parameters"].as_object().expect("arguments").keys().collect();
        let parameters: Vec<&String> = nested["Parameters"].as_object().expect("parameters").keys().collect();
        assert_eq!(arguments, parameters);
        let mut dangling = Vec::new();
        crate::intrinsic::references(&nested["Resources"], &mut |it| {
            if !it.starts_with("AWS::")
                && nested["Resources"].get(it).is_none()
                && nested["Parameters"].get(it).is_none()
            {
                dangling.push(it.to_owned());
            }
        });
        assert!(dangling.is_empty(), "{dangling:?}");
        routes += all(nested, "AWS::ApiGatewayV2::Route").len();
    }
    assert_eq!(routes, 900);
    for template in &templates {
        assert!(ids(template).len() <= 500);
    }
    let mut dangling = Vec::new();
    crate::intrinsic::references(root, &mut |it| {
        if !it.starts_with("AWS::") && root["Resources"].get(it).is_none() {
            dangling.push(it.to_owned());
        }
    });
    assert!(dangling.is_empty(), "{dangling:?}");
    let waits = root["Resources"]["DevStage"]["DependsOn"].as_array().expect("stacks").len();
    assert!(waits > 0 && waits <= stacks.len());
}

#[test]
fn a_further_route_leaves_the_others_in_their_stacks() {
    let places = |ir: &Ir| -> Map<String, Value> {
        let output = cloudformation(
            ir,
            &Options { layout: Layout::Resources, format: Format::Json, ..Options::default() },
        );
        let nested = output.artifacts.iter().skip(1).flat_map(|artifact| {
            let it: Value = serde_json::from_str(&artifact.text).expect("JSON");
            let ids: Vec<String> = ids(&it).into_iter().map(str::to_owned).collect();
            ids.into_iter().map(|id| (id, artifact.path.clone().into()))
        });
        nested.collect()
    };
    let (before, after) = (places(&many(900)), places(&many(903)));
    assert!(before.iter().all(|(id, it)| after[id] == *it));
}

#[test]
fn a_large_body_is_included() {
    let ir = many(3000);
    let output = cloudformation(&ir, &Options::default());
    let paths: Vec<&str> = output.artifacts.iter().map(|it| &*it.path).collect();
    assert_eq!(paths, ["template.yaml", "openapi-body.json"]);
    assert!(output.artifacts[0].text.contains("Location: openapi-body.json"));
    let body: Value = serde_json::from_str(&output.artifacts[1].text).expect("JSON");
    assert_eq!(body["paths"].as_object().expect("paths").len(), 3000);
}
