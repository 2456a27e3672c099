//! What surrounds REST APIs: plans, keys, the account, documentation, domain names.

use serde_json::{Value, json};

use super::*;

const START: &str = "gatewright: 1\nname: shop\nkind: rest\ncors: none\nfunctions: { f: { name: f } }\n";

fn rest(text: &str) -> Ir {
    model(&format!("{START}{text}"))
}

#[test]
fn a_stack_of_one_stage_has_its_plans_and_their_keys_only() {
    let ir = rest(
        "routes: { GET /: { lambda: f, apiKey: required } }\nstages: { dev: {}, prod: { webAcl: !Ref Acl, clientCertificate: create } }\napiKeys: { a: {}, b: {}, c: { id: abc }, unused: {} }\nusagePlans: { both: { stages: [dev, prod], keys: [a, c] }, later: { stages: [prod], keys: [a, b] } }\nparameters: { Acl: { type: String } }\n",
    );
    let one = |name: &str| built(&ir, Options { stage: Some(stage(&ir, name)), ..Options::default() }).0;
    let dev = one("dev");
    assert_eq!(all(&dev, "AWS::ApiGateway::UsagePlan"), ["BothUsagePlan"]);
    assert_eq!(all(&dev, "AWS::ApiGateway::ApiKey"), ["AApiKey", "UnusedApiKey"]);
    assert_eq!(
        of(&dev, "BothUsagePlan")["ApiStages"],
        json!([{ "ApiId": { "Ref": "Api" }, "Stage": { "Ref": "DevStage" } }])
    );
    assert_eq!(of(&dev, "BothUsagePlanCKey")["KeyId"], "abc");
    for kind in ["AWS::WAFv2::WebACLAssociation", "AWS::ApiGateway::ClientCertificate"] {
        assert!(all(&dev, kind).is_empty());
        assert_eq!(all(&one("prod"), kind).len(), 1);
    }
    assert_eq!(all(&one("prod"), "AWS::ApiGateway::ApiKey"), ["AApiKey", "BApiKey", "UnusedApiKey"]);
}

#[test]
fn a_key_is_accepted_and_its_value_is_written_only_where_it_was_given() {
    let template = in_resources(&rest(
        "routes: { GET /: { lambda: f, apiKey: required } }\napiKeys: { a: {}, b: { enabled: false, value: !Ref Secret } }\nparameters: { Secret: { type: String, noEcho: true } }\nusagePlans: { p: { stages: [prod], keys: [a, b] } }\n",
    ));
    assert_eq!(of(&template, "AApiKey"), &json!({ "Enabled": true }));
    assert_eq!(of(&template, "BApiKey"), &json!({ "Enabled": false, "Value": { "Ref": "Secret" } }));
}

#[test]
fn the_account_is_set_only_where_that_was_asked_for_and_stages_with_logs_wait() {
    let spec = |top: &str, stage: &str| {
        in_resources(&rest(&format!("{top}routes: {{ GET /: f }}\nstages: {{ prod: {{ {stage} }} }}\n")))
    };
    let none = spec("", "executionLog: error");
    assert!(all(&none, "AWS::ApiGateway::Account").is_empty());
    assert!(none["Resources"]["ProdStage"]["DependsOn"].is_null());
    let waits =
        |stage: &str| spec("cloudWatchRole: true\n", stage)["Resources"]["ProdStage"]["DependsOn"].clone();
    assert_eq!(waits("executionLog: error"), json!(["Account"]));
    assert_eq!(waits("accessLog: json"), json!(["Account"]));
    assert_eq!(waits("routes: { GET /: { executionLog: info } }"), json!(["Account"]));
    assert_eq!(waits("executionLog: \"off\""), Value::Null);
    let template = spec("cloudWatchRole: true\n", "executionLog: error");
    for id in ["Account", "CloudWatchRole"] {
        let resource = &template["Resources"][id];
        assert_eq!(
            (&resource["DeletionPolicy"], &resource["UpdateReplacePolicy"]),
            (&json!("Retain"), &json!("Retain"))
        );
    }
}

#[test]
fn what_logs_need_is_said_where_the_template_does_not_have_it() {
    let text = "routes: { GET /: f }\nstages: { dev: { accessLog: json }, prod: { executionLog: error }, next: { executionLog: \"off\" } }\n";
    let said = |ir: &Ir, stage| {
        let notes = built(ir, Options { stage, ..Options::default() }).1;
        let of_logs = notes.into_iter().filter(|it| it.contains("CloudWatch Logs role ARN must be set"));
        of_logs.collect::<Vec<_>>().join("\n")
    };
    let ir = rest(text);
    assert!(said(&ir, None).starts_with("stages `dev`, `prod` write logs"), "{}", said(&ir, None));
    assert!(said(&ir, Some(stage(&ir, "dev"))).starts_with("stage `dev` writes logs"));
    assert_eq!(said(&ir, Some(stage(&ir, "next"))), "");
    assert_eq!(said(&rest(&format!("cloudWatchRole: true\n{text}")), None), "");
    let own =
        "resources: { Logs: { Type: AWS::ApiGateway::Account, Properties: { CloudWatchRoleArn: arn } } }\n";
    let own = rest(&format!("{own}{text}"));
    assert_eq!(said(&own, None), "");
    assert_eq!(in_resources(&own)["Resources"]["ProdStage"]["DependsOn"], json!(["Logs"]));
    let socket = "gatewright: 1\nname: s\nkind: websocket\nfunctions: { f: { name: f } }\nroutes: { $default: f }\nstages: { prod: { accessLog: json } }\n";
    assert!(said(&model(socket), None).starts_with("stage `prod` writes logs"));
}

#[test]
fn stages_that_show_the_same_documentation_share_its_version() {
    let ir = rest(
        "routes: { GET /: { lambda: f, description: Text }, PUT /: f }\nstages: { dev: { documentationVersion: \"1\" }, prod: { documentationVersion: \"1\" }, next: { documentationVersion: \"2\" } }\n",
    );
    let template = in_resources(&ir);
    let versions = all(&template, "AWS::ApiGateway::DocumentationVersion");
    assert_eq!(versions.len(), 2);
    assert_eq!(template["Resources"][versions[0]]["DependsOn"], json!(["GetRootDocumentation"]));
    assert_eq!(template["Resources"]["DevStage"]["DependsOn"], json!([versions[0]]));
    assert_eq!(template["Resources"]["ProdStage"]["DependsOn"], json!([versions[0]]));
    let (body, _) = built(&ir, Options::default());
    assert!(all(&body, "AWS::ApiGateway::DocumentationPart").is_empty());
    assert_eq!(all(&body, "AWS::ApiGateway::DocumentationVersion"), versions);
}

#[test]
fn a_domain_name_has_the_resource_that_its_endpoint_needs() {
    let domain = |keys: &str| {
        let ir = rest(&format!(
            "routes: {{ GET /: f }}\ndomains: {{ x.com: {{ certificate: c, hostedZone: Z, {keys} }} }}\n"
        ));
        built(&ir, Options::default())
    };
    let (edge, _) = domain("endpoint: edge, mappings: { v1: prod }");
    assert_eq!(of(&edge, "XComDomain")["CertificateArn"], "c");
    assert_eq!(
        of(&edge, "XComDomainRecord")["AliasTarget"]["HostedZoneId"],
        json!({ "Fn::GetAtt": ["XComDomain", "DistributionHostedZoneId"] })
    );
    let (regional, _) = domain("mappings: { /: prod, v1: prod, a/b: prod }");
    assert_eq!(of(&regional, "XComDomain")["RegionalCertificateArn"], "c");
    assert_eq!(all(&regional, "AWS::ApiGateway::BasePathMapping").len(), 2);
    assert_eq!(all(&regional, "AWS::ApiGatewayV2::ApiMapping"), ["XComDomainABMapping"]);
    let (private, notes) =
        domain("endpoint: private, vpcEndpoints: [vpce-1, vpce-2], mappings: { v1: prod }");
    assert_eq!(all(&private, "AWS::ApiGateway::DomainNameV2"), ["XComDomain"]);
    assert_eq!(all(&private, "AWS::ApiGateway::BasePathMappingV2").len(), 1);
    assert_eq!(of(&private, "XComDomainAccess2")["AccessAssociationSource"], "vpce-2");
    assert!(all(&private, "AWS::Route53::RecordSet").is_empty());
    assert!(notes.iter().any(|it| it.contains("no DNS record")), "{notes:?}");
}

#[test]
fn a_private_api_is_reached_through_its_vpc_endpoints() {
    let template = in_resources(&rest(
        "endpoint: { type: private, vpcEndpoints: [vpce-1, vpce-2] }\npolicy: { allow: [{ vpcEndpoint: vpce-1 }] }\nroutes: { GET /: f }\n",
    ));
    let url = |name: &str| template["Outputs"][name]["Value"]["Fn::Sub"].as_str().expect("a URL").to_owned();
    assert_eq!(
        url("ProdVpcEndpointUrl"),
        "https://${Api}-vpce-1.execute-api.${AWS::Region}.${AWS::URLSuffix}/prod"
    );
    assert_eq!(
        url("ProdVpcEndpointUrl2"),
        "https://${Api}-vpce-2.execute-api.${AWS::Region}.${AWS::URLSuffix}/prod"
    );
}
