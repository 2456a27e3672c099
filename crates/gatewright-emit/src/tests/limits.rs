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
        assert!(ids(template).len() <= 450);
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

/// The files of the nested stacks by the routes in them.
fn places(ir: &Ir) -> Map<String, Value> {
    let output = cloudformation(
        ir,
        &Options { layout: Layout::Resources, format: Format::Json, ..Options::default() },
    );
    let nested = output.artifacts.iter().skip(1).flat_map(|artifact| {
        let it: Value = serde_json::from_str(&artifact.text).expect("JSON");
        let ids: Vec<String> = all(&it, "AWS::ApiGatewayV2::Route").into_iter().map(str::to_owned).collect();
        ids.into_iter().map(|id| (id, artifact.path.clone().into()))
    });
    nested.collect()
}

#[test]
fn an_api_may_grow_a_long_way_and_no_route_moves() {
    let mut before = places(&many(400));
    assert_eq!(before.len(), 400);
    for count in [401, 450, 650, 1000, 1900, 2600] {
        let after = places(&many(count));
        assert_eq!(after.len(), count);
        assert!(before.iter().all(|(id, it)| after[id] == *it), "{count}");
        before = after;
    }
}

#[test]
fn the_build_says_that_routes_cannot_move_into_nested_stacks() {
    let options = Options { layout: Layout::Resources, ..Options::default() };
    let said = |count| built(&many(count), options).1.iter().any(|it| it.contains("already exists"));
    assert!(said(400));
    assert!(!said(200));
}

#[test]
fn a_full_stack_is_divided() {
    let backends: String =
        (0..425).map(|it| format!("  i{it}: {{ http: \"https://i{it}.example.com\" }}\n")).collect();
    let routes: String = (0..3500).map(|it| format!("  GET /r{it}: i{}\n", it % 425)).collect();
    let ir = with(&format!("integrations:\n{backends}routes:\n{routes}"));
    let output = cloudformation(
        &ir,
        &Options { layout: Layout::Resources, format: Format::Json, ..Options::default() },
    );
    let nested: Vec<Value> =
        output.artifacts.iter().skip(1).map(|it| serde_json::from_str(&it.text).expect("JSON")).collect();
    assert!(nested.len() > 16);
    assert!(nested.iter().all(|it| it["Parameters"].as_object().expect("parameters").len() <= 180));
    assert_eq!(places(&ir).len(), 3500);
}

#[test]
fn integrations_move_with_their_routes_where_the_main_stack_has_no_room() {
    let functions: String = (0..460).map(|it| format!("  f{it}: {{ name: f{it} }}\n")).collect();
    let routes: String = (0..1500).map(|it| format!("  GET /r{it}: f{}\n", it % 460)).collect();
    let ir = with(&format!("functions:\n{functions}routes:\n{routes}"));
    let (root, _) = built(&ir, Options { layout: Layout::Resources, ..Options::default() });
    assert!(all(&root, "AWS::ApiGatewayV2::Integration").is_empty());
    assert!(ids(&root).len() <= 450);
}

#[test]
fn nested_stacks_wait_for_what_their_resources_wait_for() {
    let routes: String = (0..500).map(|it| format!("  GET /r{it}: {{ lambda: g }}\n")).collect();
    let ir = with(&format!(
        "parameters: {{ Al: {{ Type: String }} }}\nfunctions: {{ f: {{ runtime: python3.13, handler: a.h, code: ./f, aliases: [live] }}, g: {{ name: g }} }}\nintegrations: {{ i: {{ lambda: \"f:${{stageVariables.a}}\" }} }}\nroutes:\n  GET /x: i\n{routes}stages: {{ prod: {{ variables: {{ a: !Ref Al }} }} }}\n"
    ));
    let (root, _) = built(&ir, Options { layout: Layout::Resources, ..Options::default() });
    let stacks = all(&root, "AWS::CloudFormation::Stack");
    let waits: Vec<&Value> =
        stacks.into_iter().map(|it| &root["Resources"][it]["DependsOn"]).filter(|it| !it.is_null()).collect();
    assert_eq!(waits, [&serde_json::json!(["FFunctionLiveAlias"])]);
}

#[test]
fn parameters_of_an_included_body_are_used_in_the_template() {
    let routes: String = (0..3000).map(|it| format!("  GET /r{it}: {{ http: !Ref Url }}\n")).collect();
    let ir = with(&format!(
        "parameters: {{ Url: {{ Type: String }}, Key: {{ Type: String, NoEcho: true }} }}\nroutes:\n  GET /s: {{ http: !Sub \"https://example.com/${{Key}}\" }}\n{routes}"
    ));
    let (template, _) = built(&ir, Options::default());
    assert_eq!(
        template["Resources"]["Api"]["Metadata"],
        serde_json::json!({ "ParametersOfBody": { "Url": { "Ref": "Url" } } })
    );
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
