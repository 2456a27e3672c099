//! What the graph says about small specifications, and how it is drawn.

use gatewright_ir::{Ir, Source};
use gatewright_source::{Sources, parse};
use gatewright_spec::{Spec, decode};
use serde_json::{Value, json};

use crate::{Entity, Graph, Relation, build, draw, kind, name};

fn ir(text: &str) -> Ir {
    let mut sources = Sources::new();
    let (file, _) = sources.add("test.yaml", text.as_bytes().to_vec());
    let (tree, problems) = parse(sources.file(file));
    assert!(problems.is_empty(), "{problems:?}");
    let (spec, problems) = decode::<Spec>(&tree);
    assert!(problems.is_empty(), "{problems:?}");
    let spec = spec.expect("a specification");
    gatewright_ir::lower(&[Source { spec: &spec, start: tree.span(), templates: &Default::default() }]).0
}

fn graph(text: &str) -> (Ir, Graph) {
    let ir = ir(text);
    let graph = build(&ir);
    (ir, graph)
}

const SHOP: &str = r#"
gatewright: 1
name: shop
kind: http
cors: none
parameters: { Pool: { type: String } }
functions:
  orders:
    runtime: python3.13
    handler: app.handler
    code: ./orders
    environment: { TABLE: !Ref Table, POOL: !Ref Pool }
    policies: [{ dynamodb: write, table: !GetAtt Table.Arn }]
  check: { name: check }
  idle: { name: idle }
  triggered: { runtime: python3.13, handler: app.handler, code: { inline: pass } }
integrations:
  billing: { http: "https://billing.example.com", vpcLink: main }
  forgotten: { lambda: idle }
vpcLinks: { main: { subnets: [subnet-1] }, second: { id: abc } }
authorizers:
  users: { jwt: { issuer: !Sub "https://example.com/${Pool}", audience: [web] } }
  partners: { lambda: check }
routes:
  GET /orders: { integration: orders, authorizer: users, scopes: [read] }
  POST /orders: { integration: orders, authorizer: partners }
  ANY /billing: { integration: billing, authorizer: iam }
  GET /health: { lambda: orders, authorizer: none, timeout: 5s }
stages:
  dev: { autoDeploy: false }
  prod: { accessLog: json, alarms: { 5xx: { above: 1% }, notify: !Ref Topic } }
domains: { api.example.com: { certificate: !Ref Certificate, mappings: { /: prod } } }
resources:
  Table: { Type: "AWS::DynamoDB::Table" }
  Topic: { Type: "AWS::SNS::Topic", DependsOn: Table }
  Certificate: { Type: "AWS::CertificateManager::Certificate" }
outputs: { Triggered: { Value: !GetAtt TriggeredFunction.Arn } }
"#;

fn ids(ir: &Ir, all: impl IntoIterator<Item = Entity>) -> Vec<String> {
    all.into_iter().map(|it| format!("{}:{}", kind(it), name(ir, it))).collect()
}

fn related(ir: &Ir, all: impl Iterator<Item = (Relation, Entity)>) -> Vec<String> {
    all.map(|(how, it)| format!("{} {}:{}", how.as_str(), kind(it), name(ir, it))).collect()
}

fn entity(ir: &Ir, graph: &Graph, id: &str) -> Entity {
    graph.entities().find(|it| format!("{}:{}", kind(*it), name(ir, *it)) == id).expect("such an entity")
}

/// The circles of a specification with these functions and resources.
fn circles(functions: &str, resources: &str) -> Vec<Vec<String>> {
    let text = format!(
        "gatewright: 1\nname: x\nkind: http\nfunctions: {{{functions}}}\nroutes: {{}}\nresources: {{{resources}}}\n"
    );
    let (ir, graph) = graph(&text);
    graph.cycles().into_iter().map(|it| ids(&ir, it)).collect()
}

#[test]
fn what_is_needed_and_by_whom() {
    let (ir, graph) = graph(SHOP);
    let needs = |id| related(&ir, graph.needs(entity(&ir, &graph, id)));
    let users = |id| related(&ir, graph.users(entity(&ir, &graph, id)));
    assert_eq!(
        needs("route:GET /orders"),
        ["belongs-to api:shop", "calls integration:orders", "authorized-by authorizer:users"]
    );
    // Environment and policy refer to the same table: told once.
    assert_eq!(needs("function:orders"), ["logs-to log-group:function/orders", "refers-to resource:Table"]);
    assert_eq!(needs("integration:billing"), ["belongs-to api:shop", "through vpc-link:main"]);
    assert_eq!(needs("authorizer:partners"), ["belongs-to api:shop", "asks function:check"]);
    assert_eq!(needs("stage:prod"), ["deploys api:shop", "logs-to log-group:stage/prod"]);
    assert_eq!(needs("domain:api.example.com"), ["maps-to stage:prod", "refers-to resource:Certificate"]);
    assert_eq!(needs("alarm:prod/5xx"), ["watches stage:prod", "refers-to resource:Topic"]);
    assert_eq!(users("function:orders"), ["invokes integration:orders", "invokes integration:GET /health"]);
    assert_eq!(users("integration:orders"), ["calls route:GET /orders", "calls route:POST /orders"]);
    assert_eq!(users("resource:Table"), ["refers-to function:orders", "refers-to resource:Topic"]);
    assert_eq!(needs("log-group:stage/prod"), [""; 0]);
    let dev = ir.stages.ids().next().expect("a stage");
    assert!(!graph.contains(Entity::LogGroup(dev)) && graph.needs(Entity::LogGroup(dev)).next().is_none());
}

#[test]
fn needed_before_needing() {
    let (ir, graph) = graph(SHOP);
    let order = graph.in_order();
    assert_eq!(order.len(), graph.entities().count());
    let place = |it: Entity| order.iter().position(|other| *other == it).expect("everyone is in order");
    for from in graph.entities() {
        for (_, to) in graph.needs(from) {
            assert!(place(to) < place(from), "{to:?} before {from:?}");
        }
    }
    assert_eq!(
        ids(&ir, order.into_iter().take(4)),
        ["api:shop", "function:check", "function:idle", "integration:forgotten"]
    );
}

#[test]
fn order_is_total_where_some_need_each_other() {
    let text =
        "gatewright: 1\nname: x\nkind: http\nroutes: {}\nresources: { A: { P: !Ref B }, B: { P: !Ref A } }\n";
    let (ir, graph) = graph(text);
    assert_eq!(ids(&ir, graph.in_order()), ["api:x", "stage:$default", "resource:A", "resource:B"]);
}

#[test]
fn what_nothing_leads_to() {
    let (ir, graph) = graph(SHOP);
    // An output uses `triggered`.
    assert_eq!(ids(&ir, graph.unreachable()), ["function:idle", "integration:forgotten", "vpc-link:second"]);
}

#[test]
fn stage_variables_lead_to_functions() {
    let text = r#"
gatewright: 1
name: x
kind: http
functions: { a: { name: backend-dev }, b: { name: backend-prod }, c: { name: other } }
routes: { GET /: { lambda: "backend-${stageVariables.env}:${stageVariables.alias}" } }
stages:
  dev: { variables: { env: dev, alias: live } }
  prod: { variables: { env: prod, alias: live } }
"#;
    let (ir, graph) = graph(text);
    assert_eq!(ids(&ir, graph.unreachable()), ["function:c"]);
}

#[test]
fn circles_among_resources() {
    assert_eq!(
        circles("", "A: { P: !Ref B }, B: { P: !Sub 'x${C.Arn}' }, C: { DependsOn: [A] }, D: { P: !Ref A }"),
        [["resource:A", "resource:B", "resource:C"]]
    );
    assert_eq!(circles("", "A: { P: !GetAtt A.Arn }"), [["resource:A"]]);
    let two = circles("", "A: { P: !Ref B }, B: { P: !Ref A, Q: !Ref C }, C: { P: !Ref B }");
    assert_eq!(two, [["resource:A", "resource:B"], ["resource:B", "resource:C"]]);
    assert!(circles("", "A: { P: !Sub ['${B}${!A}', { B: 1 }] }, B: { P: !Ref A }").is_empty());
}

#[test]
fn circles_through_what_is_generated() {
    let function = |more: &str| format!("f: {{ runtime: r, handler: h, code: ./f, {more} }}");
    let key = "Key: { Policy: !GetAtt FFunctionRole.Arn }";
    // The function needs the key, the key needs the role, and the role needs nothing.
    assert!(circles(&function("environment: { KEY: !Ref Key }"), key).is_empty());
    let policy = "policies: [{ dynamodb: read, table: !GetAtt Key.Arn }]";
    assert_eq!(circles(&function(policy), key), [["function:f", "resource:Key"]]);
    let table = "Table: { P: !GetAtt FFunction.Arn }";
    assert_eq!(
        circles(&function("environment: { T: !Ref Table }"), table),
        [["function:f", "resource:Table"]]
    );
    assert!(graph(SHOP).1.cycles().is_empty());
}

#[test]
fn a_long_circle_and_many_small_ones() {
    let ring: String = (0..3000).map(|at| format!("  R{at}: {{ P: !Ref R{} }}\n", (at + 1) % 3000)).collect();
    let text = |it: &str| format!("gatewright: 1\nname: x\nkind: http\nroutes: {{}}\nresources:\n{it}");
    let found = graph(&text(&ring)).1.cycles();
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [3000]);
    let hub: String = (0..3000).map(|at| format!("  R{at}: {{ P: !Ref Hub }}\n")).collect();
    let spokes: String = (0..3000).map(|at| format!("!Ref R{at}, ")).collect();
    let found = graph(&text(&format!("{hub}  Hub: {{ P: [{spokes}] }}\n"))).1.cycles();
    assert_eq!(found.len(), 100);
}

#[test]
fn json_says_what_is_promised() {
    let (ir, graph) = graph(SHOP);
    let text = draw::json(&[(&ir, &graph)]);
    assert!(text.ends_with("}\n") && text.contains("\n  \"nodes\": ["));
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let node = |id: &str| {
        let nodes = all["nodes"].as_array().expect("a list");
        nodes.iter().find(|it| it["id"] == id).cloned().unwrap_or_else(|| panic!("no {id}"))
    };
    assert_eq!(
        node("route:GET /orders"),
        json!({
            "id": "route:GET /orders", "kind": "route", "name": "GET /orders",
            "detail": { "authorization": "JWT", "authorizer": "users", "scopes": ["read"] }
        })
    );
    let detail = |id| node(id)["detail"].clone();
    assert_eq!(
        detail("route:POST /orders"),
        json!({ "authorization": "CUSTOM", "authorizer": "partners", "scopes": [] })
    );
    assert_eq!(detail("route:ANY /billing"), json!({ "authorization": "AWS_IAM", "scopes": [] }));
    assert_eq!(detail("route:GET /health"), json!({ "authorization": "NONE", "scopes": [] }));
    assert_eq!(detail("integration:orders"), json!({ "type": "AWS_PROXY", "payloadFormatVersion": "2.0" }));
    assert_eq!(
        detail("integration:billing"),
        json!({ "type": "HTTP_PROXY", "payloadFormatVersion": "1.0", "uri": "https://billing.example.com" })
    );
    assert_eq!(detail("authorizer:users"), json!({ "type": "JWT" }));
    assert_eq!(detail("authorizer:partners"), json!({ "type": "REQUEST" }));
    assert_eq!(detail("stage:dev"), json!({ "autoDeploy": false }));
    assert_eq!(detail("function:orders"), json!({ "origin": "created" }));
    assert_eq!(detail("function:check"), json!({ "origin": "existing" }));
    for id in ["log-group:stage/prod", "log-group:function/orders", "alarm:prod/5xx", "resource:Table"] {
        assert_eq!(detail(id), json!({}));
    }
    let edges = all["edges"].as_array().expect("a list");
    assert!(
        edges.contains(&json!({ "from": "route:GET /orders", "to": "integration:orders", "kind": "calls" }))
    );
    assert!(
        edges.contains(&json!({ "from": "domain:api.example.com", "to": "stage:prod", "kind": "maps-to" }))
    );
}

#[test]
fn ids_are_unique_where_names_are_not() {
    let (ir, graph) = graph(
        "gatewright: 1\nname: x\nkind: http\nroutes:\n  GET /: a\n  GET /#2: a\n  GET /: a\n  GET /: a\n",
    );
    let all: Value = serde_json::from_str(&draw::json(&[(&ir, &graph)])).expect("JSON");
    let ids: Vec<&str> =
        all["nodes"].as_array().expect("a list").iter().filter_map(|it| it["id"].as_str()).collect();
    assert_eq!(
        ids,
        ["api:x", "route:GET /", "route:GET /#2", "route:GET /#3", "route:GET /#4", "stage:$default"]
    );
}

#[test]
fn names_are_escaped() {
    let bad = r#"a\"<b>&'`#;\u202e\u0007\U000E0041\u2028|]\\"#;
    let text = format!(
        r#"
gatewright: 1
name: "{bad}"
kind: http
functions: {{ f: {{ name: "{bad}" }} }}
integrations: {{ "{bad}": {{ http: "{bad}" }} }}
authorizers: {{ "{bad}": {{ jwt: {{ issuer: "{bad}", audience: [x] }} }} }}
routes: {{ "GET /{bad}": {{ integration: "{bad}", authorizer: "{bad}" }} }}
stages: {{ "{bad}": {{ accessLog: json }} }}
resources: {{ "{bad}": {{ Type: "{bad}" }} }}
"#
    );
    let (ir, graph) = graph(&text);
    let all =
        [draw::text, draw::dot, draw::mermaid, draw::json, draw::svg].map(|draw| draw(&[(&ir, &graph)]));
    for it in &all {
        let raw = |it: char| it.is_control() && it != '\n' || "\u{202e}\u{2028}\u{e0041}".contains(it);
        assert!(!it.contains(raw), "{it}");
    }
    let [text, dot, mermaid, json, svg] = all;
    assert!(text.starts_with("a\"<b>&'`#;\\u{202e}\\u{7}\\u{e0041}\\u{2028}|]\\ (HTTP API)\n"), "{text}");
    assert!(dot.contains(r#""stage:a\"<b>&'`#;\u{202e}"#) && dot.contains(r#"|]\\" -> "#), "{dot}");
    assert!(dot.contains(r#"label="a\"<b>&amp;'"#), "{dot}");
    assert!(mermaid.contains("a#34;#60;b#62;#38;#39;#96;#35;#59;#92;u{202e}"), "{mermaid}");
    let back: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(back["nodes"][0]["name"], "a\"<b>&'`#;\u{202e}\u{7}\u{e0041}\u{2028}|]\\");
    assert!(json.contains("\\u202e") && json.contains("\\udb40\\udc41"));
    assert!(svg.contains("a&quot;&lt;b&gt;&amp;&#39;`#;\\u{202e}") && !svg.contains("<b>"), "{svg}");
}

#[test]
fn text_is_a_tree_of_80_columns() {
    let (ir, graph) = graph(SHOP);
    let text = draw::text(&[(&ir, &graph)]);
    let start = "\
shop (HTTP API)
├─ domains
│  └─ api.example.com  / → prod
├─ stages
│  ├─ dev   manual deploy
│  └─ prod  auto-deploy, access log, alarms 5xx
├─ routes (4)
│  ├─ GET  /orders   users     → function orders
│  ├─ POST /orders   partners  → function orders
│  ├─ ANY  /billing  IAM       → billing
│  └─ GET  /health   public    → function orders
├─ integrations
│  ├─ billing    → https://billing.example.com through VPC link main
";
    assert!(text.starts_with(start), "{text}");
    let end = "\
└─ reached by nothing
   ├─ function idle
   ├─ integration forgotten
   └─ vpc-link second
";
    assert!(text.ends_with(end), "{text}");
    let long = format!(
        "gatewright: 1\nname: x\nkind: http\nauthorizers: {{ {0}: {{ lambda: f }} }}\nfunctions: {{ f: {{ name: {0} }} }}\n\
         routes:\n  GET /{0}: {{ lambda: f, authorizer: {0} }}\n  GET /{1}: f\n",
        "a-very-long-name-".repeat(8),
        "長い名前".repeat(30)
    );
    let (ir, graph) = self::graph(&long);
    for line in draw::text(&[(&ir, &graph)]).lines() {
        assert!(draw::width(line) <= 80, "{line}");
    }
}

#[test]
fn drawn_twice_is_drawn_alike() {
    let all = || {
        let (ir, graph) = graph(SHOP);
        [draw::text, draw::dot, draw::mermaid, draw::json, draw::svg].map(|draw| draw(&[(&ir, &graph)]))
    };
    assert_eq!(all(), all());
}

#[test]
fn svg_holds_every_route_once() {
    let (ir, graph) = graph(SHOP);
    let svg = draw::svg(&[(&ir, &graph)]);
    assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n") && !svg.contains("NaN"));
    assert_eq!(svg.matches("gw-box gw-route").count(), 4);
    assert!(svg.contains("<title>route GET /orders: users</title>"));
    // What is empty can be drawn, too.
    let (ir, graph) = self::graph("gatewright: 1\nname: x\nkind: http\nroutes: {}\n");
    assert!(!draw::svg(&[(&ir, &graph)]).contains("NaN"));
}
