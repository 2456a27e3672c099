"""A small REST API in both layouts, and changes to it that the judges have to report (see controls.py)."""

SHARED = """
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  List:
    Type: AWS::Lambda::Function
    Properties: { Runtime: python3.14, Handler: app.handler, Code: ./code, Role: !ImportValue role }
  LogsRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Principal: { Service: apigateway.amazonaws.com }, Action: sts:AssumeRole }]
  Account: { Type: AWS::ApiGateway::Account, Properties: { CloudWatchRoleArn: !GetAtt LogsRole.Arn } }
  Certificate: { Type: AWS::ApiGateway::ClientCertificate, Properties: { Description: ours } }
  Stage:
    Type: AWS::ApiGateway::Stage
    DependsOn: Account
    Properties:
      RestApiId: !Ref Api
      StageName: prod
      DeploymentId: !Ref Deployment
      ClientCertificateId: !Ref Certificate
      CacheClusterEnabled: true
      CacheClusterSize: "0.5"
      TracingEnabled: true
      Variables: { table: orders }
      CanarySetting: { PercentTraffic: 10, DeploymentId: !Ref Deployment }
      AccessLogSetting:
        DestinationArn: arn:aws:logs:us-east-1:123456789012:log-group:a
        Format: $context.requestId
      MethodSettings:
        - { ResourcePath: /*, HttpMethod: "*", LoggingLevel: ERROR, MetricsEnabled: true }
        - { ResourcePath: /~1orders, HttpMethod: GET, ThrottlingRateLimit: 5, CacheTtlInSeconds: 60 }
  Partner: { Type: AWS::ApiGateway::ApiKey, Properties: { Name: partner, Enabled: true } }
  Basic:
    Type: AWS::ApiGateway::UsagePlan
    Properties:
      UsagePlanName: basic
      ApiStages: [{ ApiId: !Ref Api, Stage: !Ref Stage }]
      Throttle: { RateLimit: 10, BurstLimit: 20 }
      Quota: { Limit: 1000, Period: MONTH }
  BasicPartner:
    Type: AWS::ApiGateway::UsagePlanKey
    Properties: { KeyId: !Ref Partner, KeyType: API_KEY, UsagePlanId: !Ref Basic }
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.example.com
      EndpointConfiguration: { Types: [REGIONAL] }
      RegionalCertificateArn: arn:aws:acm:us-east-1:123456789012:certificate/a
      SecurityPolicy: TLS_1_2
  Mapping:
    Type: AWS::ApiGateway::BasePathMapping
    Properties: { DomainName: !Ref Domain, RestApiId: !Ref Api, Stage: !Ref Stage, BasePath: v1 }
  Private:
    Type: AWS::ApiGateway::DomainNameV2
    Properties:
      DomainName: internal.example.com
      EndpointConfiguration: { Types: [PRIVATE] }
      CertificateArn: arn:aws:acm:us-east-1:123456789012:certificate/a
      Policy: { Version: "2012-10-17", Statement: [] }
  Association:
    Type: AWS::ApiGateway::DomainNameAccessAssociation
    Properties: { DomainNameArn: !Ref Private, AccessAssociationSource: vpce-1, AccessAssociationSourceType: VPCE }
  Link:
    Type: AWS::ApiGateway::VpcLink
    Properties:
      Name: link
      TargetArns: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/a/b"]
  Part:
    Type: AWS::ApiGateway::DocumentationPart
    Properties: { RestApiId: !Ref Api, Location: { Type: API }, Properties: '{"description": "ours"}' }
  Version:
    Type: AWS::ApiGateway::DocumentationVersion
    Properties: { RestApiId: !Ref Api, DocumentationVersion: "1" }
  Firewall:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      WebACLArn: arn:aws:wafv2:us-east-1:123456789012:regional/webacl/a/b
      ResourceArn: !Sub arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Stage}
  Domain2:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: shop.example.com
      DomainNameConfigurations: [{ CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a" }]
  Mapping2:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties: { DomainName: !Ref Domain2, ApiId: !Ref Api, Stage: !Ref Stage, ApiMappingKey: shop/v1 }
"""

RESOURCES = (
    SHARED
    + """
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: shop
      ApiKeySourceType: HEADER
      EndpointConfiguration: { Types: [REGIONAL] }
  Users:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Name: users
      Type: COGNITO_USER_POOLS
      IdentitySource: method.request.header.Authorization
      ProviderARNs: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a"]
  NewOrder:
    Type: AWS::ApiGateway::Model
    Properties:
      RestApiId: !Ref Api
      Name: NewOrder
      ContentType: application/json
      Schema: { type: object, required: [sku] }
  Bodies:
    Type: AWS::ApiGateway::RequestValidator
    Properties: { RestApiId: !Ref Api, Name: bodies, ValidateRequestBody: true, ValidateRequestParameters: false }
  Errors:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      RestApiId: !Ref Api
      ResponseType: DEFAULT_4XX
      ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" }
  Refusal:
    Type: AWS::ApiGateway::GatewayResponse
    Properties: { RestApiId: !Ref Api, ResponseType: QUOTA_EXCEEDED, StatusCode: "429" }
  Orders:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: orders }
  Order:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Api, ParentId: !Ref Orders, PathPart: "{orderId}" }
  ListOrders:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Orders
      HttpMethod: GET
      AuthorizationType: COGNITO_USER_POOLS
      AuthorizerId: !Ref Users
      AuthorizationScopes: [orders/read]
      Integration:
        Type: AWS_PROXY
        IntegrationHttpMethod: POST
        Uri: !Sub >-
          arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${List.Arn}/invocations
  AddOrder:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Orders
      HttpMethod: POST
      AuthorizationType: NONE
      ApiKeyRequired: true
      RequestValidatorId: !Ref Bodies
      RequestModels: { application/json: !Ref NewOrder }
      MethodResponses: [{ StatusCode: "201", ResponseParameters: { method.response.header.Location: true } }]
      Integration:
        Type: HTTP
        IntegrationHttpMethod: POST
        Uri: https://orders.example.com/orders
        PassthroughBehavior: NEVER
        RequestTemplates: { application/json: $input.body }
        IntegrationResponses:
          - StatusCode: "201"
            ResponseParameters: { method.response.header.Location: integration.response.header.Location }
  GetOrder:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Order
      HttpMethod: ANY
      AuthorizationType: AWS_IAM
      RequestParameters: { method.request.path.orderId: true }
      Integration:
        Type: HTTP_PROXY
        IntegrationHttpMethod: ANY
        Uri: https://orders.example.com/orders/{orderId}
        RequestParameters: { integration.request.path.orderId: method.request.path.orderId }
  Preflight:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Orders
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      MethodResponses: [{ StatusCode: "204" }]
      Integration:
        Type: MOCK
        RequestTemplates: { application/json: '{"statusCode": 204}' }
        IntegrationResponses: [{ StatusCode: "204" }]
  Deployment:
    Type: AWS::ApiGateway::Deployment
    DependsOn: [ListOrders, AddOrder, GetOrder, Preflight, Errors, Refusal]
    Properties: { RestApiId: !Ref Api }
"""
)

OPENAPI = """
openapi: 3.0.3
info: { title: shop, version: "1" }
x-amazon-apigateway-request-validators: { bodies: { validateRequestBody: true, validateRequestParameters: false } }
x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX: { responseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" } }
  QUOTA_EXCEEDED: { statusCode: "429" }
paths:
  /orders:
    get:
      security: [{ users: [orders/read] }]
      responses: { "200": { description: The answer of the function. } }
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: !Sub >-
          arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${List.Arn}/invocations
    post:
      security: [{ key: [] }]
      x-amazon-apigateway-request-validator: bodies
      requestBody:
        content: { application/json: { schema: { $ref: "#/components/schemas/NewOrder" } } }
      responses: { "201": { description: Made., headers: { Location: { schema: { type: string } } } } }
      x-amazon-apigateway-integration:
        type: http
        httpMethod: POST
        uri: https://orders.example.com/orders
        passthroughBehavior: never
        requestTemplates: { application/json: $input.body }
        responses:
          default:
            statusCode: "201"
            responseParameters: { method.response.header.Location: integration.response.header.Location }
    options:
      responses: { "204": { description: Preflight. } }
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: { application/json: '{"statusCode": 204}' }
        responses: { default: { statusCode: "204" } }
  /orders/{orderId}:
    x-amazon-apigateway-any-method:
      parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
      security: [{ sigv4: [] }]
      responses: { "200": { description: The answer of the backend. } }
      x-amazon-apigateway-integration:
        type: http_proxy
        httpMethod: ANY
        uri: https://orders.example.com/orders/{orderId}
        requestParameters: { integration.request.path.orderId: method.request.path.orderId }
components:
  schemas: { NewOrder: { type: object, required: [sku] } }
  securitySchemes:
    key: { type: apiKey, name: x-api-key, in: header }
    sigv4: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }
    users:
      type: apiKey
      name: Authorization
      in: header
      x-amazon-apigateway-authtype: cognito_user_pools
      x-amazon-apigateway-authorizer:
        type: cognito_user_pools
        providerARNs: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a"]
"""

BODY = (
    SHARED
    + """
  Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Api } }
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Mode: overwrite
      EndpointConfiguration: { Types: [REGIONAL] }
      Body:
"""
    + "".join(f"        {line}\n" for line in OPENAPI.strip().splitlines())
)

GRAPH = {
    "nodes": [
        {"id": "route:GET /orders", "kind": "route", "name": "GET /orders",
         "detail": {"authorization": "COGNITO_USER_POOLS", "scopes": ["orders/read"]}},
        {"id": "route:POST /orders", "kind": "route", "name": "POST /orders",
         "detail": {"authorization": "NONE", "apiKeyRequired": True}},
        {"id": "route:ANY /orders/{orderId}", "kind": "route", "name": "ANY /orders/{orderId}",
         "detail": {"authorization": "AWS_IAM"}},
        {"id": "integration:list", "kind": "integration", "name": "list", "detail": {"type": "AWS_PROXY"}},
        {"id": "integration:add", "kind": "integration", "name": "add",
         "detail": {"type": "HTTP", "uri": "https://orders.example.com/orders"}},
        {"id": "integration:get", "kind": "integration", "name": "get", "detail": {"type": "HTTP_PROXY"}},
        {"id": "function:list", "kind": "function", "name": "list", "detail": {}},
        {"id": "authorizer:users", "kind": "authorizer", "name": "users", "detail": {}},
        {"id": "model:NewOrder", "kind": "model", "name": "NewOrder", "detail": {}},
        {"id": "gateway-response:QUOTA_EXCEEDED", "kind": "gateway-response", "name": "QUOTA_EXCEEDED", "detail": {}},
        {"id": "stage:prod", "kind": "stage", "name": "prod", "detail": {}},
        {"id": "usage-plan:basic", "kind": "usage-plan", "name": "basic", "detail": {"rate": 10.0, "burst": 20}},
        {"id": "api-key:partner", "kind": "api-key", "name": "partner", "detail": {}},
    ],
    "edges": [
        {"from": "route:GET /orders", "to": "integration:list", "kind": "calls"},
        {"from": "route:GET /orders", "to": "authorizer:users", "kind": "authorized-by"},
        {"from": "integration:list", "to": "function:list", "kind": "calls"},
        {"from": "route:POST /orders", "to": "integration:add", "kind": "calls"},
        {"from": "route:POST /orders", "to": "model:NewOrder", "kind": "validates"},
        {"from": "route:ANY /orders/{orderId}", "to": "integration:get", "kind": "calls"},
        {"from": "usage-plan:basic", "to": "stage:prod", "kind": "meters"},
        {"from": "usage-plan:basic", "to": "api-key:partner", "kind": "admits"},
    ],
}  # fmt: skip

# (judge, text, its replacement, what a finding has to mention)
CHANGES = [
    ("cfn-lint", "Type: HTTP\n", "Type: HTPP\n", "HTPP"),
    ("openapi-spec-validator", "  /orders/{orderId}:", "  /orders/{order}:", "'order'"),
    ("openapi-spec-validator", "NewOrder: { type: object, required: [sku] }",
     "NewOrder: { $ref: OldOrder }", "'OldOrder'"),
    ("redocly", "description: Preflight.", "describe: it", "describe"),
    # Calls: names, types and enumerations
    ("moto", "Type: HTTP\n", "Type: HTPP\n", "HTPP"),
    ("moto", "PassthroughBehavior: NEVER", "PassthroughBehavior: never", "never"),
    ("moto", "PassthroughBehavior", "PassThroughBehaviour", "PassThroughBehaviour"),
    ("moto", "LoggingLevel: ERROR", "LoggingLevel: WARN", "WARN"),
    ("moto", "Types: [REGIONAL]", "Types: [LOCAL]", "LOCAL"),
    ("moto", "ResponseType: DEFAULT_4XX", "ResponseType: DEFAULT_6XX", "DEFAULT_6XX"),
    ("moto", "Period: MONTH", "Period: YEAR", "YEAR"),
    ("moto", "RateLimit: 10,", "Rate: 10,", "Rate"),
    ("moto", 'CacheClusterSize: "0.5"', "CacheClusterSize: 2GB", "2GB"),
    ("moto", "ThrottlingRateLimit: 5", "ThrottlingRateLimit: much", "much"),
    ("moto", "PercentTraffic: 10", "Percent: 10", "Percent"),
    ("moto", "ClientCertificate, Properties: { Description", "ClientCertificate, Properties: { Title", "itle"),
    ("moto", "Uri: https://orders.example.com/orders\n", "Uri: orders\n", "HTTP endpoint"),
    ("moto", "TLS_1_2", "TLS_9", "TLS_9"),
    ("moto", "AccessAssociationSourceType: VPCE", "AccessAssociationSourceType: VPC", "'VPC'"),
    ("moto", "Location: { Type: API }", "Location: { Type: ALL }", "ALL"),
    ("moto", 'DocumentationVersion: "1"', 'Number: "1"', "documentationVersion"),
    ("moto", "TargetArns: [", "Targets: [", "targetArns"),
    # What hangs together
    ("moto", "Name: shop\n      ApiKeySourceType: HEADER\n      EndpointConfiguration: { Types: [REGIONAL] }",
     "Name: shop\n      EndpointConfiguration: { Types: [PRIVATE] }", "has no policy"),
    ("moto", "Name: shop\n      ApiKeySourceType: HEADER\n      EndpointConfiguration: { Types: [REGIONAL] }",
     "Name: shop\n      EndpointConfiguration: { Types: [PRIVATE] }", "only one is private"),
    ("moto", "AuthorizationType: COGNITO_USER_POOLS", "AuthorizationType: COGNITO", "no authorization 'COGNITO'"),
    ("moto", "AuthorizationType: COGNITO_USER_POOLS", "AuthorizationType: CUSTOM", "is COGNITO_USER_POOLS"),
    ("moto", "AuthorizerId: !Ref Users", "AuthorizerId: users", "none of this API"),
    ("moto", "application/json: !Ref NewOrder", "application/json: OldOrder", "'OldOrder'"),
    ("moto", "application/json: !Ref NewOrder", "application/json: NewOrder", "does not wait for NewOrder"),
    ("moto", "RequestValidatorId: !Ref Bodies", "RequestValidatorId: bodies", "'bodies'"),
    ("moto", "IntegrationHttpMethod: POST\n        Uri: !Sub",
     "IntegrationHttpMethod: GET\n        Uri: !Sub", "POST only"),
    ("moto", "StatusCode: \"204\" }]\n      Integ", "StatusCode: \"200\" }]\n      Integ", "answers 204"),
    ("moto", "IntegrationResponses: [{ StatusCode: \"204\" }]",
     "IntegrationResponses: [{ StatusCode: \"204\", SelectionPattern: x }]", "no default response"),
    ("moto", "IntegrationResponses: [{ StatusCode: \"204\" }]",
     "IntegrationResponses: [{ StatusCode: \"204\" }, { StatusCode: \"204\", SelectionPattern: x }]", "2 times"),
    ("moto", "'{\"statusCode\": 204}'", "'{}'", "is a MOCK"),
    ("moto", "{ method.response.header.Location: true }", "{}", "mapped and not declared"),
    ("moto", "      RequestParameters: { method.request.path.orderId: true }\n", "", "does not declare"),
    ("moto", 'PathPart: "{orderId}"', "PathPart: \"order{Id}\"", "path part"),
    ("moto", "ParentId: !Ref Orders, PathPart: \"{orderId}\"",
     "ParentId: nowhere, PathPart: x", "Order: NotFoundException"),
    ("moto", "DeploymentId: !Ref Deployment\n", "DeploymentId: today\n", "'today'"),
    ("moto", "ResourcePath: /~1orders,", "ResourcePath: /~1order,", "~1order/GET"),
    ("moto", "Stage: !Ref Stage }]", "Stage: production }]", "production"),
    ("moto", "KeyId: !Ref Partner", "KeyId: partner", "API Key"),
    ("moto", "DependsOn: [ListOrders, AddOrder, GetOrder, Preflight, Errors, Refusal]",
     "DependsOn: [ListOrders, AddOrder, GetOrder, Errors, Refusal]", "does not wait for Preflight"),
    ("moto", "    DependsOn: Account\n", "", "does not wait for Account"),
    ("moto", "Stage: !Ref Stage, BasePath", "Stage: prod, BasePath", "does not wait for Stage"),
    ("moto", "Stage: !Ref Stage }]", "Stage: prod }]", "does not wait for Stage"),
    ("moto", "Stage: !Ref Stage, ApiMappingKey", "Stage: dev, ApiMappingKey", "no stage 'dev'"),
    ("moto", "ApiMappingKey: shop/v1", "MappingKey: shop/v1", "MappingKey"),
    ("moto", "stages/${Stage}", "stages/prod", "does not wait for a stage"),
    # What a body says
    ("moto: body", "passthroughBehavior: never", "passthroughBehavior: often", "OFTEN"),
    ("moto: body", "type: http\n", "type: htpp\n", "HTPP"),
    ("moto: body", "#/components/schemas/NewOrder", "#/components/schemas/OldOrder", "'OldOrder'"),
    ("moto: body", "{ users: [orders/read] }", "{ others: [] }", "others"),
    ("moto: body", "validator: bodies", "validator: everything", "'everything'"),
    ("moto: body", "schemas: { NewOrder:", "schemas: { new-order: {}, NewOrder:", "alphanumeric"),
    ("moto: body", "name: orderId, in: path", "name: order, in: path", "does not declare"),
    ("moto: body", "headers: { Location:", "headers: { Place:", "mapped and not declared"),
    ("moto: body", "Mode: overwrite", "Mode: replace", "replace"),
    # What exists is what the graph lists
    ("resources", "HttpMethod: POST", "HttpMethod: PUT", "PUT /orders"),
    ("resources", "AuthorizationType: AWS_IAM", "AuthorizationType: NONE", "AWS_IAM"),
    ("resources", "AuthorizationScopes: [orders/read]", "AuthorizationScopes: [orders]", "['orders']"),
    ("resources", "ApiKeyRequired: true", "ApiKeyRequired: false", "apiKeyRequired"),
    ("resources", "      RequestModels: { application/json: !Ref NewOrder }\n", "", "its models is []"),
    ("resources", "Uri: https://orders.example.com/orders\n", "Uri: https://orders.example.com/carts\n", "/carts"),
    ("resources", "BurstLimit: 20", "BurstLimit: 30", "its burst is 30"),
    ("resources", "Type: HTTP_PROXY", "Type: HTTP", "HTTP_PROXY"),
    ("resources", "Name: users", "Name: partners", "partners"),
    ("resources", "Name: NewOrder", "Name: OldOrder", "OldOrder"),
    ("resources", "ResponseType: QUOTA_EXCEEDED", "ResponseType: THROTTLED", "THROTTLED"),
    ("resources", "gatewayresponse.header.Access-Control-Allow-Origin",
     "gatewayresponse.header.Retry-After", "DEFAULT_4XX"),
    ("resources", "StageName: prod", "StageName: dev", "stage dev"),
    ("resources", "Name: partner", "Name: partners", "api-key partners"),
    ("resources", "UsagePlanName: basic", "UsagePlanName: best", "usage plan best"),
    ("resources", "HttpMethod: OPTIONS\n      AuthorizationType: NONE",
     "HttpMethod: OPTIONS\n      AuthorizationType: AWS_IAM", "OPTIONS /orders"),
    ("resources", "HttpMethod: OPTIONS", "HttpMethod: HEAD", "HEAD /orders"),
    ("body", "    post:\n", "    put:\n", "PUT /orders"),
    ("body", "{ users: [orders/read] }", "{ users: [] }", "scopes"),
    ("body", "security: [{ sigv4: [] }]", "security: []", "AWS_IAM"),
    ("body", "security: [{ key: [] }]", "security: []", "apiKeyRequired"),
    ("body", "{ schema: { $ref: \"#/components/schemas/NewOrder\" } }", "{}", "its models is []"),
    ("body", "QUOTA_EXCEEDED", "THROTTLED", "THROTTLED"),
]  # fmt: skip
SOURCES = {
    "openapi-spec-validator": OPENAPI,
    "redocly": OPENAPI,
    "moto: body": BODY,
    "body": BODY,
}
