"""A small WebSocket API, and changes to it that the judges have to report (see controls.py)."""

RESOURCES = """
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: { Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action }
  Token:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties:
      ApiId: !Ref Api
      Name: token
      AuthorizerType: REQUEST
      AuthorizerUri: !Sub arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/f/invocations
      IdentitySource: [route.request.querystring.token]
  Message:
    Type: AWS::ApiGatewayV2::Model
    Properties: { ApiId: !Ref Api, Name: Message, ContentType: application/json, Schema: { type: object } }
  Chat:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationMethod: POST
      IntegrationUri: !Sub >-
        arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/g/invocations
  Echo:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: MOCK
      PassthroughBehavior: WHEN_NO_MATCH
      TemplateSelectionExpression: \\$default
      RequestTemplates: { $default: '{"statusCode": 200}' }
  EchoResponse:
    Type: AWS::ApiGatewayV2::IntegrationResponse
    Properties:
      ApiId: !Ref Api
      IntegrationId: !Ref Echo
      IntegrationResponseKey: $default
      ContentHandlingStrategy: CONVERT_TO_TEXT
  Connect:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: $connect
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Token
      ApiKeyRequired: true
      Target: !Sub integrations/${Chat}
  Send:
    Type: AWS::ApiGatewayV2::Route
    DependsOn: Message
    Properties:
      ApiId: !Ref Api
      RouteKey: send
      ModelSelectionExpression: $request.body.action
      RequestModels: { send: Message }
      Target: !Sub integrations/${Chat}
  Ping:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: ping
      RouteResponseSelectionExpression: $default
      Target: !Sub integrations/${Echo}
  PingResponse:
    Type: AWS::ApiGatewayV2::RouteResponse
    Properties: { ApiId: !Ref Api, RouteId: !Ref Ping, RouteResponseKey: $default }
  Deployment:
    Type: AWS::ApiGatewayV2::Deployment
    DependsOn: [Connect, Send, Ping, PingResponse, EchoResponse]
    Properties: { ApiId: !Ref Api }
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: live
      DeploymentId: !Ref Deployment
      DefaultRouteSettings: { LoggingLevel: ERROR, ThrottlingRateLimit: 10 }
  Key: { Type: AWS::ApiGateway::ApiKey, Properties: { Name: key, Enabled: true } }
  Plan:
    Type: AWS::ApiGateway::UsagePlan
    Properties: { UsagePlanName: plan, ApiStages: [{ ApiId: !Ref Api, Stage: !Ref Stage }] }
  PlanKey:
    Type: AWS::ApiGateway::UsagePlanKey
    Properties: { KeyId: !Ref Key, KeyType: API_KEY, UsagePlanId: !Ref Plan }
"""

GRAPH = {
    "nodes": [
        {"id": "route:$connect", "kind": "route", "name": "$connect",
         "detail": {"authorization": "CUSTOM", "apiKeyRequired": True}},
        {"id": "route:send", "kind": "route", "name": "send", "detail": {"authorization": "NONE"}},
        {"id": "route:ping", "kind": "route", "name": "ping", "detail": {"authorization": "NONE", "response": True}},
        {"id": "integration:chat", "kind": "integration", "name": "chat", "detail": {"type": "AWS_PROXY"}},
        {"id": "integration:echo", "kind": "integration", "name": "echo", "detail": {"type": "MOCK"}},
        {"id": "authorizer:token", "kind": "authorizer", "name": "token", "detail": {}},
        {"id": "model:Message", "kind": "model", "name": "Message", "detail": {}},
        {"id": "stage:live", "kind": "stage", "name": "live", "detail": {}},
        {"id": "usage-plan:plan", "kind": "usage-plan", "name": "plan", "detail": {}},
        {"id": "api-key:key", "kind": "api-key", "name": "key", "detail": {}},
    ],
    "edges": [
        {"from": "route:$connect", "to": "integration:chat", "kind": "calls"},
        {"from": "route:$connect", "to": "authorizer:token", "kind": "authorized-by"},
        {"from": "route:send", "to": "integration:chat", "kind": "calls"},
        {"from": "route:send", "to": "model:Message", "kind": "validates"},
        {"from": "route:ping", "to": "integration:echo", "kind": "calls"},
        {"from": "usage-plan:plan", "to": "stage:live", "kind": "limits"},
        {"from": "usage-plan:plan", "to": "api-key:key", "kind": "holds-for"},
    ],
}  # fmt: skip

# (judge, text, its replacement, what a finding has to mention)
CHANGES = [
    ("cfn-lint", "RouteKey: send", "RoutingKey: send", "RoutingKey"),
    ("moto", "ProtocolType: WEBSOCKET", "ProtocolType: SOCKET", "SOCKET"),
    ("moto", "CONVERT_TO_TEXT", "TO_TEXT", "TO_TEXT"),
    ("moto", "PassthroughBehavior: WHEN_NO_MATCH", "PassthroughBehavior: ALWAYS", "ALWAYS"),
    ("moto", "LoggingLevel: ERROR", "LoggingLevel: WARN", "WARN"),
    ("moto", "RouteResponseKey", "ResponseKey", "ResponseKey"),
    ("moto", "Name: Message, ContentType", f"Name: {'M' * 129}, ContentType", "outside 1 to 128"),
    ("moto", "integrations/${Echo}", "integrations/echo", "integrations/echo"),
    ("moto", "      Target: !Sub integrations/${Echo}\n", "", "its target None"),
    ("moto", "IntegrationId: !Ref Echo", "IntegrationId: echo", "echo"),
    ("moto", "RouteId: !Ref Ping", "RouteId: ping", "ping"),
    ("moto", "AuthorizerId: !Ref Token", "AuthorizerId: token", "none of this API"),
    ("moto", "    DependsOn: Message\n", "", "Send does not wait for Message"),
    ("moto", "{ send: Message }", "{ send: Letter }", "'Letter'"),
    ("moto", "      RouteResponseSelectionExpression: $default\n", "", "no expression"),
    ("moto", "DependsOn: [Connect, Send, Ping, PingResponse,", "DependsOn: [Connect, Send, Ping,", "PingResponse"),
    ("moto", ", RouteSelectionExpression: $request.body.action }", " }", "route selection expression"),
    ("moto", "Stage: !Ref Stage }]", "Stage: dead }]", "there is no stage"),
    ("moto", "RouteKey: send\n", "RouteKey: $send\n", "starts with no $"),
    ("moto", "RouteKey: send\n", "RouteKey: send\n      AuthorizationType: AWS_IAM\n", "only $connect"),
    ("moto", "      ModelSelectionExpression: $request.body.action\n", "", "selects one"),
    ("moto", "IntegrationMethod: POST", "IntegrationMethod: GET", "POST only"),
    ("moto", "{ $default: '{\"statusCode\": 200}' }", "{}", "is a MOCK"),
    ("moto", "IntegrationId: !Ref Echo", "IntegrationId: !Ref Chat", "nothing maps it"),
    ("moto", "AuthorizerType: REQUEST", "AuthorizerType: JWT", "not REQUEST"),
    ("moto", "Name: Message, ContentType", "Name: a-message, ContentType", "not alphanumeric"),
    ("resources", "RouteKey: send", "RouteKey: post", "route post"),
    ("resources", "IntegrationType: MOCK", "IntegrationType: HTTP", "HTTP"),
    ("resources", "integrations/${Echo}", "integrations/${Chat}", "AWS_PROXY"),
    ("resources", "      RouteResponseSelectionExpression: $default\n", "", "its response is False"),
    ("resources", "ApiKeyRequired: true", "ApiKeyRequired: false", "apiKeyRequired"),
    ("resources", "      RequestModels: { send: Message }\n", "", "its models is []"),
    ("resources", "AuthorizationType: CUSTOM", "AuthorizationType: AWS_IAM", "AWS_IAM"),
    ("resources", "Name: token", "Name: partner", "partner"),
    ("resources", "StageName: live", "StageName: dev", "stage dev"),
]  # fmt: skip
SOURCES = {}
