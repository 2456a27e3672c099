//! A specification with everything in it, and that it gives the same twice.

use super::*;

pub(super) const EVERYTHING: &str = r#"
gatewright: 1
name: orders
kind: http
description: Orders for the web shop
parameters: { Listener: { type: String }, Subnet: { type: String } }
functions:
  orders: { runtime: python3.13, handler: app.handler, code: ./orders, aliases: [dev, prod] }
  legacy: { arn: !ImportValue legacy-arn }
  partner: { name: partner-auth }
integrations:
  billing: { http: "https://billing.example.com/{proxy}", timeout: 3s }
  internal:
    http: !Ref Listener
    method: GET
    vpcLink: main
    tls: internal.example.com
    requestParameters: { "overwrite:path": $request.path, "remove:header.x": "''" }
    responseParameters: { "500": { "overwrite:statuscode": "503", "append:header.y": $context.requestId } }
  queue: { aws: SQS-SendMessage, parameters: { QueueUrl: !Ref Queue, MessageBody: $request.body } }
  byStage: { lambda: "orders:${stageVariables.alias}", payload: "1.0" }
vpcLinks: { main: { subnets: [!Ref Subnet] } }
authorizers:
  users: { jwt: { issuer: !Sub "https://cognito-idp.${AWS::Region}.amazonaws.com/pool", audience: [web, app] } }
  partners: { lambda: partner, identity: [$request.header.x-partner, $request.querystring.k], cache: 5m }
  strict: { lambda: orders, response: iam, payload: "1.0" }
cors: { allowOrigins: ["https://shop.example.com"], allowMethods: [GET], maxAge: 1h, allowCredentials: true }
defaults: { authorizer: users }
routes:
  GET /orders: orders
  POST /orders: { integration: byStage, scopes: [orders/write], operationName: create }
  GET /orders/{id}: { lambda: legacy, authorizer: partners }
  DELETE /orders/{id}: { lambda: "orders:prod", authorizer: strict }
  POST /hook: { integration: queue, authorizer: none }
  ANY /billing/{proxy+}: { integration: billing, authorizer: iam }
  $default: { integration: internal, authorizer: none }
stages:
  dev: { variables: { alias: dev } }
  prod: { variables: { alias: prod } }
tags: { app: shop }
ipAddressType: dualstack
disableDefaultEndpoint: true
resources: { Queue: { Type: AWS::SQS::Queue } }
"#;

#[test]
fn twice_gives_equal_bytes_in_both_notations() {
    let ir = model(EVERYTHING);
    for format in [Format::Yaml, Format::Json] {
        let options = Options { format, ..Options::default() };
        assert_eq!(
            cloudformation(&ir, &options).artifacts,
            cloudformation(&model(EVERYTHING), &options).artifacts
        );
    }
}
