"""A small HTTP API in both layouts, and changes to it that the judges have to report (see controls.py)."""

RESOURCES = """
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: { Name: shop, ProtocolType: HTTP }
  ListFunction:
    Type: AWS::Lambda::Function
    Properties: { Runtime: python3.14, Handler: app.handler, Code: ./code, Role: !GetAtt Role.Arn }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
  ListIntegration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationUri: !GetAtt ListFunction.Arn
      PayloadFormatVersion: "2.0"
      TimeoutInMillis: 5000
  FilesIntegration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: HTTP_PROXY
      IntegrationMethod: ANY
      IntegrationUri: https://files.example.com/{proxy}
      PayloadFormatVersion: "1.0"
  UsersAuthorizer:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties:
      ApiId: !Ref Api
      Name: users
      AuthorizerType: JWT
      IdentitySource: [$request.header.Authorization]
      JwtConfiguration: { Issuer: https://users.example.com, Audience: [web] }
  ListRoute:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: GET /items
      AuthorizationType: JWT
      AuthorizerId: !Ref UsersAuthorizer
      AuthorizationScopes: [items/read]
      Target: !Sub integrations/${ListIntegration}
  FilesRoute:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: ANY /files/{proxy+}
      AuthorizationType: NONE
      Target: !Sub integrations/${FilesIntegration}
  Logs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties: { RetentionInDays: 30 }
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: $default
      AutoDeploy: true
      AccessLogSettings: { DestinationArn: !GetAtt Logs.Arn, Format: $context.requestId }
      RouteSettings: { GET /items: { ThrottlingRateLimit: 10 } }
"""

OPENAPI = """
openapi: 3.0.3
info: { title: shop, version: "1" }
paths:
  /items:
    get:
      security: [{ users: [items/read] }]
      responses: { default: { description: The answer of the function. } }
      x-amazon-apigateway-integration:
        { type: aws_proxy, httpMethod: POST, payloadFormatVersion: "2.0", uri: !GetAtt ListFunction.Arn }
  /files/{proxy+}:
    x-amazon-apigateway-any-method:
      parameters: [{ name: proxy, in: path, required: true, schema: { type: string } }]
      responses: { default: { description: The answer of the backend. } }
      x-amazon-apigateway-integration:
        { type: http_proxy, httpMethod: ANY, payloadFormatVersion: "1.0", uri: "https://files.example.com/{proxy}" }
components:
  securitySchemes:
    users:
      type: oauth2
      flows: {}
      x-amazon-apigateway-authorizer:
        type: jwt
        identitySource: $request.header.Authorization
        jwtConfiguration: { issuer: "https://users.example.com", audience: [web] }
"""

BODY = """
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  ListFunction:
    Type: AWS::Lambda::Function
    Properties: { Runtime: python3.14, Handler: app.handler, Code: ./code, Role: !ImportValue role }
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: { ApiId: !Ref Api, StageName: $default, AutoDeploy: true }
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Body:
""" + "".join(f"        {line}\n" for line in OPENAPI.strip().splitlines())

GRAPH = {
    "nodes": [
        {"id": "route:GET /items", "kind": "route", "name": "GET /items",
         "detail": {"authorization": "JWT", "scopes": ["items/read"]}},
        {"id": "route:ANY /files/{proxy+}", "kind": "route", "name": "ANY /files/{proxy+}",
         "detail": {"authorization": "NONE", "scopes": []}},
        {"id": "integration:list", "kind": "integration", "name": "list", "detail": {"type": "AWS_PROXY"}},
        {"id": "integration:files", "kind": "integration", "name": "files", "detail": {"type": "HTTP_PROXY"}},
        {"id": "function:list", "kind": "function", "name": "list", "detail": {}},
        {"id": "authorizer:users", "kind": "authorizer", "name": "users", "detail": {}},
        {"id": "stage:$default", "kind": "stage", "name": "$default", "detail": {}},
    ],
    "edges": [
        {"from": "route:GET /items", "to": "integration:list", "kind": "calls"},
        {"from": "route:GET /items", "to": "authorizer:users", "kind": "authorized-by"},
        {"from": "route:ANY /files/{proxy+}", "to": "integration:files", "kind": "calls"},
        {"from": "integration:list", "to": "function:list", "kind": "calls"},
    ],
}  # fmt: skip

# (judge, text, its replacement, what a finding has to mention)
CHANGES = [
    ("cfn-lint", "ProtocolType: HTTP }", "ProtocolType: HTTP, Colour: red }", "E3002"),
    ("cfn-lint", "!Ref UsersAuthorizer", "!Ref UserAuthorizer", "E1020"),
    ("cfn-lint", "    DeletionPolicy: Delete\n", "", "I3011"),
    ("cfn-lint", "Code: ./code", "Code: ./nowhere", "W3002"),
    ("openapi-spec-validator", "  /items:", "  /items/{item}:", "'item'"),
    ("openapi-spec-validator", "parameters: [{ name: proxy,", "parameters: [{ name: other,", "'other'"),
    ("redocly", "  /items:", "  /items/{item}:", "{item}"),
    ("redocly", "description: The answer of the backend.", "describe: it", "describe"),
    ("moto", "AuthorizationType: JWT", "AuthorizationType: JTW", "JTW"),
    ("moto", "TimeoutInMillis: 5000", "TimeoutInMillis: 31000", "31000"),
    ("moto", "ThrottlingRateLimit: 10", "RateLimit: 10", "RateLimit"),
    ("moto", "Name: users", f"Name: {'u' * 129}", "outside 1 to 128"),
    ("moto", "integrations/${ListIntegration}", "integrations/list", "integrations/list"),
    ("moto", "!Ref UsersAuthorizer", "!Ref ListIntegration", "none of this API"),
    ("moto", "StageName: $default", "StageName: !GetAtt ListRoute.Target", "Target"),
    ("resources", "RouteKey: GET /items", "RouteKey: POST /items", "POST /items"),
    ("resources", "AuthorizationType: NONE", "AuthorizationType: AWS_IAM", "AWS_IAM"),
    ("resources", "AuthorizationScopes: [items/read]", "AuthorizationScopes: [items/write]", "items/write"),
    ("resources", "integrations/${FilesIntegration}", "integrations/${ListIntegration}", "AWS_PROXY"),
    ("resources", "Name: users", "Name: partners", "partners"),
    ("resources", "AuthorizerType: JWT",
     "AuthorizerType: REQUEST\n      AuthorizerPayloadFormatVersion: '2.0'", "its type is REQUEST"),
    ("resources", "StageName: $default", "StageName: prod", "prod"),
    ("body", "    get:\n", "    put:\n", "PUT /items"),
    ("body", "type: http_proxy", "type: aws_proxy", "AWS_PROXY"),
    ("body", "  /files/{proxy+}:", "  /files/{path+}:", "ANY /files/{path+}"),
]  # fmt: skip
SOURCES = {"openapi-spec-validator": OPENAPI, "redocly": OPENAPI, "body": BODY}
