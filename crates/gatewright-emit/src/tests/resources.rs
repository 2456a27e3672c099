//! Single resources.

use serde_json::{Value, json};

use super::layouts::EVERYTHING;
use super::*;

#[test]
fn a_function_has_a_role_that_writes_its_own_log_only() {
    let ir = with(
        "functions: { f: { runtime: python3.13, handler: a.h, code: ./f, policies: [{ s3: read, bucket: !GetAtt B.Arn }, AWSLambdaSQSQueueExecutionRole, AmazonS3ReadOnlyAccess] } }\nroutes: { GET /: f }\nresources: { B: { Type: AWS::S3::Bucket } }\n",
    );
    let template = in_resources(&ir);
    let role = of(&template, "FFunctionRole");
    assert_eq!(
        role["Policies"][0]["PolicyDocument"]["Statement"],
        json!([{ "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": { "Fn::GetAtt": ["FFunctionLogGroup", "Arn"] } }])
    );
    assert_eq!(
        role["Policies"][1]["PolicyDocument"]["Statement"][0]["Resource"],
        json!([{ "Fn::GetAtt": ["B", "Arn"] }, { "Fn::Sub": "${B.Arn}/*" }])
    );
    assert_eq!(
        role["ManagedPolicyArns"],
        json!([
            { "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole" },
            { "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AmazonS3ReadOnlyAccess" }
        ])
    );
    assert_eq!(
        of(&template, "FFunction")["LoggingConfig"],
        json!({ "LogGroup": { "Ref": "FFunctionLogGroup" } })
    );
}

#[test]
fn a_version_is_published_when_code_or_settings_change_and_only_then() {
    let build = |settings: &str, digest: &str| {
        let mut ir = with(&format!(
            "functions: {{ f: {{ runtime: python3.13, handler: a.h, code: ./f, aliases: [live], {settings} }} }}\nroutes: {{ GET /: f }}\n"
        ));
        let id = ir.functions.ids().next().expect("a function");
        if let gatewright_ir::Origin::Created(it) = &mut ir.functions[id].origin
            && let gatewright_ir::CodeSource::Folder { digest: of, .. } = &mut it.code
        {
            *of = Some(digest.into());
        }
        let template = in_resources(&ir);
        all(&template, "AWS::Lambda::Version")[0].to_owned()
    };
    let plain = build("memory: 128", "a");
    assert_eq!(plain, build("memory: 128, tags: { a: b }, reservedConcurrency: 3", "a"));
    assert_eq!(build("environment: { A: x, B: y }", "a"), build("environment: { B: y, A: x }", "a"));
    assert_ne!(plain, build("memory: 256", "a"));
    assert_ne!(plain, build("memory: 128", "b"));
}

#[test]
fn aliases_of_a_stage_variable_are_permitted_for_their_stages() {
    let template = in_resources(&model(EVERYTHING));
    assert_eq!(
        of(&template, "OrdersFunctionDevAliasPostOrdersDevPermission")["FunctionName"],
        json!({ "Ref": "OrdersFunctionDevAlias" })
    );
    assert_eq!(source(&template, "OrdersFunctionDevAliasPostOrdersDevPermission"), "dev/POST/orders");
    assert_eq!(source(&template, "OrdersFunctionProdAliasPostOrdersProdPermission"), "prod/POST/orders");
    assert_eq!(source(&template, "OrdersFunctionProdAliasDeleteOrdersVarPermission"), "*/DELETE/orders/*");
    assert_eq!(source(&template, "OrdersFunctionGetOrdersPermission"), "*/GET/orders");
    assert_eq!(
        source(&template, "OrdersFunctionStrictAuthorizerPermission"),
        "authorizers/${StrictAuthorizer}"
    );
    assert_eq!(
        of(&template, "ByStageIntegration")["IntegrationUri"]["Fn::Sub"],
        "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${OrdersFunction.Arn}:${!stageVariables.alias}/invocations"
    );
}

#[test]
fn a_stack_of_one_stage_has_only_what_belongs_to_it() {
    let ir = model(EVERYTHING);
    let prod = stage(&ir, "prod");
    let (template, _) = built(&ir, Options { stage: Some(prod), ..Options::default() });
    assert_eq!(all(&template, "AWS::ApiGatewayV2::Stage"), ["ProdStage"]);
    assert_eq!(all(&template, "AWS::Lambda::Alias"), ["OrdersFunctionProdAlias"]);
    assert_eq!(source(&template, "OrdersFunctionGetOrdersPermission"), "prod/GET/orders");
    assert_eq!(source(&template, "OrdersFunctionProdAliasPostOrdersPermission"), "prod/POST/orders");
}

#[test]
fn functions_named_by_stage_variables_are_permitted_stage_by_stage() {
    let ir = with(
        "integrations: { i: { lambda: \"${stageVariables.name}\" } }\nroutes: { GET /x: i, $default: i }\nstages: { dev: { variables: { name: a } }, prod: { variables: { name: b } } }\n",
    );
    let template = in_resources(&ir);
    assert_eq!(of(&template, "IIntegrationDevGetXDevPermission")["FunctionName"], "a");
    assert_eq!(source(&template, "IIntegrationProdDefaultProdPermission"), "prod/$default");
    assert_eq!(
        of(&template, "IIntegration")["IntegrationUri"]["Fn::Sub"],
        "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${!stageVariables.name}/invocations"
    );
}

#[test]
fn who_is_called_with_a_role_or_looks_after_itself_gets_no_permission() {
    let ir = with(
        "functions: { f: { name: f }, g: { name: g, permission: false } }\nintegrations: { i: { lambda: f, role: \"arn:aws:iam::123456789012:role/r\" } }\nroutes: { GET /i: i, GET /g: g }\n",
    );
    assert!(all(&in_resources(&ir), "AWS::Lambda::Permission").is_empty());
}

#[test]
fn permissions_collapse_before_the_policy_is_full() {
    let routes: String = (0..60).map(|it| format!("  GET /r{it}: f\n")).collect();
    let ir = with(&format!(
        "functions: {{ f: {{ name: f }} }}\nroutes:\n{routes}stages: {{ a: {{}}, b: {{}} }}\n"
    ));
    let (template, notes) = built(&ir, Options::default());
    assert_eq!(all(&template, "AWS::Lambda::Permission"), ["FFunctionPermission"]);
    assert_eq!(source(&template, "FFunctionPermission"), "*");
    assert!(notes.iter().any(|it| it.contains("`FFunction` (60 routes)")), "{notes:?}");
}

#[test]
fn the_role_of_a_service_reaches_no_further_than_its_parameters() {
    let resource = |integration: &str, more: &str| {
        let ir = with(&format!("integrations: {{ i: {integration} }}\nroutes: {{ POST /: i }}\n{more}"));
        of(&in_resources(&ir), "IIntegrationRole")["Policies"][0]["PolicyDocument"]["Statement"][0]["Resource"].clone()
    };
    let queue = |url: &str| {
        format!("{{ aws: SQS-SendMessage, parameters: {{ QueueUrl: {url}, MessageBody: $request.body }} }}")
    };
    let own = "resources: { Q: { Type: AWS::SQS::Queue } }\n";
    assert_eq!(resource(&queue("!Ref Q"), own), json!({ "Fn::GetAtt": ["Q", "Arn"] }));
    assert_eq!(resource(&queue("!Sub \"${Q}\""), own), json!({ "Fn::GetAtt": ["Q", "Arn"] }));
    assert_eq!(
        resource(&queue("https://sqs.eu-west-1.amazonaws.com/123456789012/q"), ""),
        json!({ "Fn::Sub": "arn:${AWS::Partition}:sqs:eu-west-1:123456789012:q" })
    );
    assert_eq!(
        resource(&queue("$request.header.q"), ""),
        json!({ "Fn::Sub": "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:*" })
    );
    assert_eq!(
        resource(
            "{ aws: EventBridge-PutEvents, parameters: { Detail: $request.body, DetailType: t, Source: s } }",
            ""
        ),
        json!({ "Fn::Sub": "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default" })
    );
    assert_eq!(
        resource(
            "{ aws: Kinesis-PutRecord, parameters: { StreamName: s, Data: $request.body, PartitionKey: k, Region: eu-west-1 } }",
            ""
        ),
        json!({ "Fn::Sub": "arn:${AWS::Partition}:kinesis:eu-west-1:${AWS::AccountId}:stream/s" })
    );
    assert_eq!(
        resource("{ aws: StepFunctions-StopExecution, parameters: { ExecutionArn: $request.body.arn } }", ""),
        json!({ "Fn::Sub": "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:*" })
    );
    assert_eq!(
        resource(
            "{ aws: StepFunctions-StartExecution, parameters: { StateMachineArn: !Ref M } }",
            "resources: { M: { Type: AWS::StepFunctions::StateMachine } }\n"
        ),
        json!({ "Ref": "M" })
    );
}

#[test]
fn a_stage_writes_settings_complete_and_waits_for_the_routes_that_it_names() {
    let ir = with(
        "functions: { f: { name: f } }\nroutes: { GET /a: { lambda: f, throttle: { rate: 5 } }, GET /b: f }\nstages: { s: { throttle: { burst: 7 }, detailedMetrics: true, routes: { GET /b: { throttle: { rate: 2.5, burst: 1 } } } } }\n",
    );
    let template = in_resources(&ir);
    let it = of(&template, "SStage");
    assert_eq!(
        it["DefaultRouteSettings"],
        json!({ "DetailedMetricsEnabled": true, "ThrottlingBurstLimit": 7, "ThrottlingRateLimit": 10_000 })
    );
    assert_eq!(
        it["RouteSettings"],
        json!({
            "GET /a": { "DetailedMetricsEnabled": true, "ThrottlingBurstLimit": 5_000, "ThrottlingRateLimit": 5 },
            "GET /b": { "DetailedMetricsEnabled": true, "ThrottlingBurstLimit": 1, "ThrottlingRateLimit": 2.5 },
        })
    );
    assert_eq!(template["Resources"]["SStage"]["DependsOn"], json!(["GetARoute", "GetBRoute"]));
    let body = built(&ir, Options::default()).0;
    assert!(body["Resources"]["SStage"].get("DependsOn").is_none());
}

#[test]
fn access_logs_go_to_a_group_of_their_own() {
    let ir = with(
        "functions: { f: { name: f } }\nroutes: { GET /a: f }\nstages: { $default: { accessLog: { format: { id: $context.requestId }, retention: never } } }\n",
    );
    let template = in_resources(&ir);
    assert_eq!(
        of(&template, "DefaultStage")["AccessLogSettings"],
        json!({
            "DestinationArn": { "Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${DefaultStageLogGroup}" },
            "Format": "{\"id\":\"$context.requestId\"}",
        })
    );
    assert_eq!(
        of(&template, "DefaultStageLogGroup"),
        &json!({ "LogGroupName": { "Fn::Sub": "/aws/vendedlogs/apigateway/${AWS::StackName}/default" } })
    );
    assert_eq!(template["Resources"]["DefaultStageLogGroup"]["DeletionPolicy"], "Delete");
}

#[test]
fn alarms_say_what_happened() {
    let ir = with(
        "functions: { f: { name: f } }\nroutes: { GET /a: f }\nstages: { prod: { alarms: { 5xx: { above: 1%, for: 90s }, latency: { p99: 800ms }, count: { below: 1 } } } }\n",
    );
    let template = in_resources(&ir);
    let it = of(&template, "ProdStage5xxAlarm");
    assert_eq!(
        (&it["Statistic"], &it["Threshold"], &it["EvaluationPeriods"]),
        (&json!("Average"), &json!(0.01), &json!(2))
    );
    let text = it["AlarmDescription"].as_str().expect("text");
    assert!(
        text.starts_with(
            "API orders, stage prod: more than 1 % of requests are answered with a 5xx status, for 2 minutes."
        ),
        "{text}"
    );
    assert_eq!(of(&template, "ProdStageLatencyAlarm")["ExtendedStatistic"], "p99");
    assert_eq!(of(&template, "ProdStageCountAlarm")["TreatMissingData"], "breaching");
}

#[test]
fn a_domain_has_mappings_records_and_mutual_tls() {
    let ir = with(
        "functions: { f: { name: f } }\nroutes: { GET /a: f }\nstages: { prod: {} }\ndomains: { api.example.com: { certificate: c, hostedZone: Z1, ipAddressType: dualstack, mutualTls: { truststore: \"s3://b/ca.pem\" }, mappings: { v1: prod, /: prod } }, old.example.com: { existing: true, mappings: { /: prod } } }\n",
    );
    let template = in_resources(&ir);
    let id = all(&template, "AWS::ApiGatewayV2::DomainName")[0];
    assert_eq!(of(&template, id)["MutualTlsAuthentication"], json!({ "TruststoreUri": "s3://b/ca.pem" }));
    let records: Vec<&Value> =
        all(&template, "AWS::Route53::RecordSet").into_iter().map(|it| &of(&template, it)["Type"]).collect();
    assert_eq!(records, ["A", "AAAA"]);
    let mappings = all(&template, "AWS::ApiGatewayV2::ApiMapping");
    assert_eq!(of(&template, mappings[0])["ApiMappingKey"], "v1");
    assert!(of(&template, mappings[1]).get("ApiMappingKey").is_none());
    assert_eq!(of(&template, mappings[2])["DomainName"], "old.example.com");
}

#[test]
fn overrides_and_references_meet_ids_that_end_in_a_digest() {
    let ir = with(
        "functions: { f: { runtime: python3.13, handler: a.h, code: ./f, aliases: [live] } }\nroutes: { GET /: f }\noverrides: { FFunctionVersion: { Properties: { Description: mine } } }\noutputs: { V: { Value: !GetAtt FFunctionVersion.Version } }\n",
    );
    let (template, notes) = built(&ir, Options::default());
    let id = all(&template, "AWS::Lambda::Version")[0];
    assert_eq!(of(&template, id)["Description"], "mine");
    assert_eq!(template["Outputs"]["V"]["Value"], json!({ "Fn::GetAtt": [id, "Version"] }));
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn the_build_says_what_this_layout_does_not_have() {
    let ir = with(
        "functions: { f: { name: f } }\nroutes: { GET /a: f }\noverrides: { GetARoute: { Properties: { OperationName: x } } }\noutputs: { R: { Value: !Ref GetARoute } }\n",
    );
    let (_, notes) = built(&ir, Options::default());
    assert!(notes.iter().any(|it| it.contains("`overrides.GetARoute` has no effect")), "{notes:?}");
    let missing = cloudformation(&ir, &Options::default()).missing;
    assert_eq!(missing.iter().map(|it| &*it.id).collect::<Vec<_>>(), ["GetARoute"]);
    let (template, notes) = built(&ir, Options { layout: Layout::Resources, ..Options::default() });
    assert_eq!(of(&template, "GetARoute")["OperationName"], "x");
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn a_function_that_yields_a_list_is_the_list() {
    let ir = with(
        r#"
parameters:
  Many: { Type: CommaDelimitedList }
  Nets: { Type: "List<AWS::EC2::Subnet::Id>" }
  Stored: { Type: "AWS::SSM::Parameter::Value<List<String>>" }
  One: { Type: String }
functions:
  f: { runtime: python3.13, handler: a.h, code: ./f, layers: [!Ref Many], vpc: { subnets: [!Ref Nets], securityGroups: [!Ref One] } }
vpcLinks: { l: { subnets: [!Ref Nets], securityGroups: [!Split [",", !Ref One]] } }
integrations: { i: { http: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/b/c", method: GET, vpcLink: l } }
authorizers:
  u: { jwt: { issuer: "https://issuer.example/", audience: !Ref Stored } }
  v: { lambda: f, identity: !Ref Many }
routes:
  GET /a: { lambda: f, authorizer: u, scopes: [!Ref Many] }
  GET /b: { lambda: f, authorizer: v }
  GET /c: { integration: i, authorizer: u, scopes: [!Ref Many, b] }
stages: { prod: { alarms: { 5xx: { above: 1, notify: [!Ref Many] }, count: { below: 1, notify: [!Ref One] } } } }
"#
        .trim_start(),
    );
    let template = in_resources(&ir);
    let (many, nets, one) = (json!({ "Ref": "Many" }), json!({ "Ref": "Nets" }), json!({ "Ref": "One" }));
    assert_eq!(of(&template, "FFunction")["Layers"], many);
    assert_eq!(
        of(&template, "FFunction")["VpcConfig"],
        json!({ "SubnetIds": nets, "SecurityGroupIds": [one] })
    );
    assert_eq!(of(&template, "LVpcLink")["SubnetIds"], nets);
    assert_eq!(of(&template, "LVpcLink")["SecurityGroupIds"], json!({ "Fn::Split": [",", one] }));
    assert_eq!(of(&template, "UAuthorizer")["JwtConfiguration"]["Audience"], json!({ "Ref": "Stored" }));
    assert_eq!(of(&template, "VAuthorizer")["IdentitySource"], many);
    assert_eq!(of(&template, "GetARoute")["AuthorizationScopes"], many);
    assert_eq!(of(&template, "GetCRoute")["AuthorizationScopes"], json!([many, "b"]));
    assert_eq!(of(&template, "ProdStage5xxAlarm")["AlarmActions"], many);
    assert_eq!(of(&template, "ProdStageCountAlarm")["AlarmActions"], json!([one]));
    let body = &built(&ir, Options::default()).0["Resources"]["Api"]["Properties"]["Body"];
    let schemes = &body["components"]["securitySchemes"];
    assert_eq!(
        schemes["u"]["x-amazon-apigateway-authorizer"]["jwtConfiguration"]["audience"],
        json!({ "Ref": "Stored" })
    );
    assert_eq!(
        schemes["v"]["x-amazon-apigateway-authorizer"]["identitySource"],
        json!({ "Fn::Join": [",", many] })
    );
    assert_eq!(body["paths"]["/a"]["get"]["security"], json!([{ "u": many }]));
}

#[test]
fn cors_takes_lists_from_functions() {
    let text = "gatewright: 1\nname: a\nkind: http\nparameters: { Origins: { Type: CommaDelimitedList }, Origin: { Type: String } }\nfunctions: { f: { name: f } }\nroutes: { GET /a: f }\ncors: { allowOrigins: [!Ref Origins], allowHeaders: !If [C, [a], [b]], exposeHeaders: [!Ref Origin] }\nconditions: { C: !Equals [a, b] }\n";
    let template = in_resources(&model(text));
    let cors = &of(&template, "Api")["CorsConfiguration"];
    assert_eq!(cors["AllowOrigins"], json!({ "Ref": "Origins" }));
    assert_eq!(cors["AllowHeaders"], json!({ "Fn::If": ["C", ["a"], ["b"]] }));
    assert_eq!(cors["ExposeHeaders"], json!([{ "Ref": "Origin" }]));
}

#[test]
fn a_permission_waits_for_the_aliases_of_which_it_may_name_one() {
    let ir = with(
        "parameters: { Al: { Type: String } }\nfunctions: { f: { runtime: python3.13, handler: a.h, code: ./f, aliases: [blue, green] } }\nintegrations: { i: { lambda: \"f:${stageVariables.a}\" } }\nroutes: { GET /x: i, GET /y: f }\nstages: { prod: { variables: { a: !Ref Al } } }\n",
    );
    let template = in_resources(&ir);
    let id = "FFunctionAProdGetXPermission";
    assert_eq!(of(&template, id)["FunctionName"], json!({ "Fn::Sub": "${FFunction.Arn}:${Al}" }));
    assert_eq!(template["Resources"][id]["DependsOn"], json!(["FFunctionBlueAlias", "FFunctionGreenAlias"]));
    assert!(template["Resources"]["FFunctionGetYPermission"].get("DependsOn").is_none());
}

#[test]
fn deferred_code_is_published_with_a_token_only() {
    let ir = with(
        "parameters: { Key: { Type: String } }\nfunctions: { f: { runtime: python3.13, handler: a.h, code: { s3: { bucket: b, key: !Ref Key } }, description: Orders, aliases: [live] } }\nroutes: { GET /x: f }\n",
    );
    let version = |token| {
        let (template, notes) = built(&ir, Options { redeploy_token: token, ..Options::default() });
        let description = of(&template, "FFunction")["Description"].clone();
        (all(&template, "AWS::Lambda::Version")[0].to_owned(), description, notes)
    };
    let (plain, description, notes) = version(None);
    assert_eq!(description, "Orders");
    assert!(notes.iter().any(|it| it.contains("no new version is published")), "{notes:?}");
    let (first, description, notes) = version(Some("7"));
    assert_eq!(description, "Orders (build 7)");
    assert!(notes.is_empty(), "{notes:?}");
    let second = version(Some("8")).0;
    assert!(plain != first && first != second);
}

#[test]
fn a_token_publishes_no_version_of_what_is_unchanged() {
    let ir = with(
        "functions: { f: { runtime: python3.13, handler: a.h, code: ./f, aliases: [live] } }\nroutes: { GET /x: f }\n",
    );
    let version = |token| {
        let (template, _) = built(&ir, Options { redeploy_token: token, ..Options::default() });
        all(&template, "AWS::Lambda::Version")[0].to_owned()
    };
    assert_eq!(version(None), version(Some("7")));
}

#[test]
fn long_names_of_vpc_links_are_cut() {
    let name = "n".repeat(125);
    let ir = model(&format!(
        "gatewright: 1\nname: {name}\nkind: http\ncors: none\nvpcLinks: {{ link: {{ subnets: [a] }} }}\nintegrations: {{ i: {{ http: \"arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/b/c\", method: GET, vpcLink: link }} }}\nroutes: {{ GET /x: i }}\n"
    ));
    assert_eq!(of(&in_resources(&ir), "LinkVpcLink")["Name"], format!("{name}-li"));
}

#[test]
fn permissions_name_every_stage_but_a_lone_default_one() {
    let build = |stages: &str, count: usize| {
        let routes: String = (0..count).map(|it| format!("  GET /r{it}: i\n")).collect();
        in_resources(&with(&format!(
            "functions: {{ f: {{ name: f }} }}\nintegrations: {{ i: {{ lambda: f }} }}\nroutes:\n  $default: f\n  GET /x: f\n{routes}stages: {{ {stages} }}\n"
        )))
    };
    let lone = build("$default: {}", 0);
    assert_eq!(source(&lone, "FFunctionGetXPermission"), "*/GET/x");
    assert_eq!(source(&lone, "FFunctionDefaultPermission"), "*/$default");
    assert_eq!(source(&build("$default: {}", 60), "FFunctionPermission"), "*/*");
    assert_eq!(source(&build("prod: {}", 0), "FFunctionDefaultPermission"), "prod/$default");
}
