//! The properties of API Gateway's resources, and the words that some of them take: data, no decisions.
//!
//! Sources: the CloudFormation registry's schemas of `AWS::ApiGateway::*` and `AWS::ApiGatewayV2::*` (us-east-1,
//! October 2026), without the attributes that are only read; for AWS SAM, aws/serverless-application-model,
//! `samtranslator/model/sam_resources.py`; for words that those schemas do not list, the API Gateway API References of
//! version 1 and 2.

use super::shape::{Shape, Words};

// Of REST APIs, and of both versions.
const ACCESS_MODE: Words = Words::of("BASIC STRICT");
const ACCESS_SOURCE: Words = Words::of("VPCE").exact();
const ADDRESS: Words = Words::of("ipv4 dualstack");
const CONNECTION: Words = Words::of("INTERNET VPC_LINK").exact();
const CONTENT: Words = Words::of("CONVERT_TO_BINARY CONVERT_TO_TEXT").exact();
const DOCUMENTED: Words = Words::of(
    "API AUTHORIZER MODEL RESOURCE METHOD PATH_PARAMETER QUERY_PARAMETER REQUEST_HEADER REQUEST_BODY RESPONSE RESPONSE_HEADER RESPONSE_BODY",
)
.exact();
const ENDPOINT: Words = Words::of("REGIONAL EDGE PRIVATE");
const KEY: Words = Words::of("API_KEY").exact();
const KEY_SOURCE: Words = Words::of("HEADER AUTHORIZER");
// AWS SAM's own examples write `Info`.
const LOG_LEVEL: Words = Words::of("OFF ERROR INFO").any_case();
const MODE: Words = Words::of("overwrite merge");
const PASSTHROUGH: Words = Words::of("WHEN_NO_MATCH WHEN_NO_TEMPLATES NEVER").exact();
const PERIOD: Words = Words::of("DAY WEEK MONTH");
const REST_AUTHORIZATION: Words = Words::of("NONE AWS_IAM CUSTOM COGNITO_USER_POOLS");
const REST_AUTHORIZER: Words = Words::of("TOKEN REQUEST COGNITO_USER_POOLS");
const REST_INTEGRATION: Words = Words::of("AWS AWS_PROXY HTTP HTTP_PROXY MOCK").exact();
const REST_ROUTING: Words =
    Words::of("BASE_PATH_MAPPING_ONLY ROUTING_RULE_THEN_BASE_PATH_MAPPING ROUTING_RULE_ONLY").exact();
const TRANSFER: Words = Words::of("BUFFERED STREAM").exact();

// Of HTTP and WebSocket APIs.
const PROTOCOL: Words = Words::of("HTTP WEBSOCKET");
const V2_AUTHORIZATION: Words = Words::of("NONE AWS_IAM JWT CUSTOM");
const V2_AUTHORIZER: Words = Words::of("REQUEST JWT");
const V2_CONNECTION: Words = Words::of("INTERNET VPC_LINK");
const V2_CONTENT: Words = Words::of("CONVERT_TO_BINARY CONVERT_TO_TEXT");
const V2_INTEGRATION: Words = Words::of("AWS AWS_PROXY HTTP HTTP_PROXY MOCK");
const V2_PASSTHROUGH: Words = Words::of("WHEN_NO_MATCH WHEN_NO_TEMPLATES NEVER");
const V2_ROUTING: Words =
    Words::of("API_MAPPING_ONLY ROUTING_RULE_THEN_API_MAPPING ROUTING_RULE_ONLY").exact();

// Parts of resources.
const STAGE_KEY: Shape = Shape::of("RestApiId StageName");
const DEPLOYMENT_CANARY_SETTINGS: Shape = Shape::of("PercentTraffic StageVariableOverrides UseStageCache");
const ACCESS_LOG_SETTING: Shape = Shape::of("DestinationArn Format");
const METHOD_SETTING: Shape = Shape::of("CacheDataEncrypted CacheTtlInSeconds CachingEnabled DataTraceEnabled HttpMethod LoggingLevel MetricsEnabled ResourcePath ThrottlingBurstLimit ThrottlingRateLimit").words(&[("LoggingLevel", &LOG_LEVEL)]);
const STAGE_DESCRIPTION: Shape = Shape::of("AccessLogSetting CacheClusterEnabled CacheClusterSize CacheDataEncrypted CacheTtlInSeconds CachingEnabled CanarySetting ClientCertificateId DataTraceEnabled Description DocumentationVersion LoggingLevel MethodSettings MetricsEnabled Tags ThrottlingBurstLimit ThrottlingRateLimit TracingEnabled Variables").words(&[("LoggingLevel", &LOG_LEVEL)]).inside(&[("AccessLogSetting", &ACCESS_LOG_SETTING), ("CanarySetting", &DEPLOYMENT_CANARY_SETTINGS), ("MethodSettings", &METHOD_SETTING)]);
const LOCATION: Shape = Shape::of("Method Name Path StatusCode Type").words(&[("Type", &DOCUMENTED)]);
const ENDPOINT_CONFIGURATION: Shape =
    Shape::of("IpAddressType Types").words(&[("IpAddressType", &ADDRESS), ("Types", &ENDPOINT)]);
const MUTUAL_TLS_AUTHENTICATION: Shape = Shape::of("TruststoreUri TruststoreVersion");
const INTEGRATION_RESPONSE: Shape =
    Shape::of("ContentHandling ResponseParameters ResponseTemplates SelectionPattern StatusCode")
        .required("StatusCode")
        .words(&[("ContentHandling", &CONTENT)]);
const INTEGRATION: Shape = Shape::of("CacheKeyParameters CacheNamespace ConnectionId ConnectionType ContentHandling Credentials IntegrationHttpMethod IntegrationResponses IntegrationTarget PassthroughBehavior RequestParameters RequestTemplates ResponseTransferMode TimeoutInMillis Type Uri").required("Type").words(&[("ConnectionType", &CONNECTION), ("ContentHandling", &CONTENT), ("PassthroughBehavior", &PASSTHROUGH), ("ResponseTransferMode", &TRANSFER), ("Type", &REST_INTEGRATION)]).inside(&[("IntegrationResponses", &INTEGRATION_RESPONSE)]);
const METHOD_RESPONSE: Shape =
    Shape::of("ResponseModels ResponseParameters StatusCode").required("StatusCode");
const S3_LOCATION: Shape = Shape::of("Bucket ETag Key Version");
const REST_API_ENDPOINT_CONFIGURATION: Shape = Shape::of("IpAddressType Types VpcEndpointIds")
    .words(&[("IpAddressType", &ADDRESS), ("Types", &ENDPOINT)]);
const CANARY_SETTING: Shape = Shape::of("DeploymentId PercentTraffic StageVariableOverrides UseStageCache");
const API_STAGE: Shape = Shape::of("ApiId Stage Throttle");
const QUOTA_SETTINGS: Shape = Shape::of("Limit Offset Period").words(&[("Period", &PERIOD)]);
const THROTTLE_SETTINGS: Shape = Shape::of("BurstLimit RateLimit");
const BODY_S3_LOCATION: Shape = Shape::of("Bucket Etag Key Version");
const CORS: Shape = Shape::of("AllowCredentials AllowHeaders AllowMethods AllowOrigins ExposeHeaders MaxAge");
const INTEGRATION_OVERRIDES: Shape =
    Shape::of("Description IntegrationMethod PayloadFormatVersion TimeoutInMillis");
const ROUTE_OVERRIDES: Shape =
    Shape::of("AuthorizationScopes AuthorizationType AuthorizerId OperationName Target")
        .words(&[("AuthorizationType", &V2_AUTHORIZATION)]);
const ROUTE_SETTINGS: Shape = Shape::of("DetailedMetricsEnabled ThrottlingBurstLimit ThrottlingRateLimit");
const STAGE_OVERRIDES: Shape =
    Shape::of("AccessLogSettings AutoDeploy DefaultRouteSettings Description RouteSettings StageVariables")
        .inside(&[("AccessLogSettings", &ACCESS_LOG_SETTING), ("DefaultRouteSettings", &ROUTE_SETTINGS)]);
const JWT_CONFIGURATION: Shape = Shape::of("Audience Issuer");
const DOMAIN_NAME_CONFIGURATION: Shape = Shape::of("CertificateArn CertificateName EndpointType IpAddressType OwnershipVerificationCertificateArn SecurityPolicy").words(&[("EndpointType", &ENDPOINT), ("IpAddressType", &ADDRESS)]);
const TLS_CONFIG: Shape = Shape::of("ServerNameToVerify");
const ACTION_INVOKE_API: Shape = Shape::of("ApiId Stage StripBasePath").required("ApiId Stage");
const ACTION: Shape =
    Shape::of("InvokeApi").required("InvokeApi").inside(&[("InvokeApi", &ACTION_INVOKE_API)]);
const MATCH_BASE_PATHS: Shape = Shape::of("AnyOf").required("AnyOf");
const MATCH_HEADER_VALUE: Shape = Shape::of("Header ValueGlob").required("Header ValueGlob");
const MATCH_HEADERS: Shape = Shape::of("AnyOf").required("AnyOf").inside(&[("AnyOf", &MATCH_HEADER_VALUE)]);
const CONDITION: Shape = Shape::of("MatchBasePaths MatchHeaders")
    .inside(&[("MatchBasePaths", &MATCH_BASE_PATHS), ("MatchHeaders", &MATCH_HEADERS)]);
const V2_ROUTE_SETTINGS: Shape = Shape::of(
    "DataTraceEnabled DetailedMetricsEnabled LoggingLevel ThrottlingBurstLimit ThrottlingRateLimit",
)
.words(&[("LoggingLevel", &LOG_LEVEL)]);

// Of AWS SAM. What stands under these keys is its own, and only the words are looked at.
const SAM_DOMAIN: Shape = Shape::any().words(&[("EndpointConfiguration", &ENDPOINT)]);
const SAM_ENDPOINT: Shape = Shape::any().words(&[("Type", &ENDPOINT)]);

/// The types of resources, by name.
pub(super) static TYPES: [(&str, Shape); 40] = [
    ("AWS::ApiGateway::Account", Shape::of("CloudWatchRoleArn")),
    ("AWS::ApiGateway::ApiKey", Shape::of("CustomerId Description Enabled GenerateDistinctId Name StageKeys Tags Value").inside(&[("StageKeys", &STAGE_KEY)])),
    ("AWS::ApiGateway::Authorizer", Shape::of("AuthType AuthorizerCredentials AuthorizerResultTtlInSeconds AuthorizerUri IdentitySource IdentityValidationExpression Name ProviderARNs RestApiId Type").required("RestApiId Type Name").words(&[("Type", &REST_AUTHORIZER)])),
    ("AWS::ApiGateway::BasePathMapping", Shape::of("BasePath DomainName RestApiId Stage").required("DomainName")),
    ("AWS::ApiGateway::BasePathMappingV2", Shape::of("BasePath DomainNameArn RestApiId Stage").required("DomainNameArn RestApiId")),
    ("AWS::ApiGateway::ClientCertificate", Shape::of("Description Tags")),
    ("AWS::ApiGateway::Deployment", Shape::of("DeploymentCanarySettings Description RestApiId StageDescription StageName").required("RestApiId").inside(&[("DeploymentCanarySettings", &DEPLOYMENT_CANARY_SETTINGS), ("StageDescription", &STAGE_DESCRIPTION)])),
    ("AWS::ApiGateway::DocumentationPart", Shape::of("Location Properties RestApiId").required("Location Properties RestApiId").inside(&[("Location", &LOCATION)])),
    ("AWS::ApiGateway::DocumentationVersion", Shape::of("Description DocumentationVersion RestApiId").required("DocumentationVersion RestApiId")),
    ("AWS::ApiGateway::DomainName", Shape::of("CertificateArn DomainName EndpointAccessMode EndpointConfiguration MutualTlsAuthentication OwnershipVerificationCertificateArn RegionalCertificateArn RoutingMode SecurityPolicy Tags").words(&[("EndpointAccessMode", &ACCESS_MODE), ("RoutingMode", &REST_ROUTING)]).inside(&[("EndpointConfiguration", &ENDPOINT_CONFIGURATION), ("MutualTlsAuthentication", &MUTUAL_TLS_AUTHENTICATION)])),
    ("AWS::ApiGateway::DomainNameAccessAssociation", Shape::of("AccessAssociationSource AccessAssociationSourceType DomainNameArn Tags").required("DomainNameArn AccessAssociationSource AccessAssociationSourceType").words(&[("AccessAssociationSourceType", &ACCESS_SOURCE)])),
    ("AWS::ApiGateway::DomainNameV2", Shape::of("CertificateArn DomainName EndpointAccessMode EndpointConfiguration Policy RoutingMode SecurityPolicy Tags").words(&[("EndpointAccessMode", &ACCESS_MODE), ("RoutingMode", &REST_ROUTING)]).inside(&[("EndpointConfiguration", &ENDPOINT_CONFIGURATION)])),
    ("AWS::ApiGateway::GatewayResponse", Shape::of("ResponseParameters ResponseTemplates ResponseType RestApiId StatusCode").required("ResponseType RestApiId")),
    ("AWS::ApiGateway::Method", Shape::of("ApiKeyRequired AuthorizationScopes AuthorizationType AuthorizerId HttpMethod Integration MethodResponses OperationName RequestModels RequestParameters RequestValidatorId ResourceId RestApiId").required("RestApiId ResourceId HttpMethod").words(&[("AuthorizationType", &REST_AUTHORIZATION)]).inside(&[("Integration", &INTEGRATION), ("MethodResponses", &METHOD_RESPONSE)])),
    ("AWS::ApiGateway::Model", Shape::of("ContentType Description Name RestApiId Schema").required("RestApiId")),
    ("AWS::ApiGateway::RequestValidator", Shape::of("Name RestApiId ValidateRequestBody ValidateRequestParameters").required("RestApiId")),
    ("AWS::ApiGateway::Resource", Shape::of("ParentId PathPart RestApiId").required("ParentId PathPart RestApiId")),
    ("AWS::ApiGateway::RestApi", Shape::of("ApiKeySourceType BinaryMediaTypes Body BodyS3Location CloneFrom Description DisableExecuteApiEndpoint EndpointAccessMode EndpointConfiguration FailOnWarnings MinimumCompressionSize Mode Name Parameters Policy SecurityPolicy Tags Version").words(&[("ApiKeySourceType", &KEY_SOURCE), ("EndpointAccessMode", &ACCESS_MODE), ("Mode", &MODE)]).inside(&[("BodyS3Location", &S3_LOCATION), ("EndpointConfiguration", &REST_API_ENDPOINT_CONFIGURATION)])),
    ("AWS::ApiGateway::Stage", Shape::of("AccessLogSetting CacheClusterEnabled CacheClusterSize CanarySetting ClientCertificateId DeploymentId Description DocumentationVersion MethodSettings RestApiId StageName Tags TracingEnabled Variables").required("RestApiId").inside(&[("AccessLogSetting", &ACCESS_LOG_SETTING), ("CanarySetting", &CANARY_SETTING), ("MethodSettings", &METHOD_SETTING)])),
    ("AWS::ApiGateway::UsagePlan", Shape::of("ApiStages Description Quota Tags Throttle UsagePlanName").inside(&[("ApiStages", &API_STAGE), ("Quota", &QUOTA_SETTINGS), ("Throttle", &THROTTLE_SETTINGS)])),
    ("AWS::ApiGateway::UsagePlanKey", Shape::of("KeyId KeyType UsagePlanId").required("KeyType UsagePlanId KeyId").words(&[("KeyType", &KEY)])),
    ("AWS::ApiGateway::VpcLink", Shape::of("Description Name Tags TargetArns").required("Name TargetArns")),
    ("AWS::ApiGatewayV2::Api", Shape::of("ApiKeySelectionExpression BasePath Body BodyS3Location CorsConfiguration CredentialsArn Description DisableExecuteApiEndpoint DisableSchemaValidation FailOnWarnings IpAddressType Name ProtocolType RouteKey RouteSelectionExpression Tags Target Version").words(&[("IpAddressType", &ADDRESS), ("ProtocolType", &PROTOCOL)]).inside(&[("BodyS3Location", &BODY_S3_LOCATION), ("CorsConfiguration", &CORS)])),
    ("AWS::ApiGatewayV2::ApiGatewayManagedOverrides", Shape::of("ApiId Integration Route Stage").required("ApiId").inside(&[("Integration", &INTEGRATION_OVERRIDES), ("Route", &ROUTE_OVERRIDES), ("Stage", &STAGE_OVERRIDES)])),
    ("AWS::ApiGatewayV2::ApiMapping", Shape::of("ApiId ApiMappingKey DomainName Stage").required("DomainName Stage ApiId")),
    ("AWS::ApiGatewayV2::Authorizer", Shape::of("ApiId AuthorizerCredentialsArn AuthorizerPayloadFormatVersion AuthorizerResultTtlInSeconds AuthorizerType AuthorizerUri EnableSimpleResponses IdentitySource IdentityValidationExpression JwtConfiguration Name").required("AuthorizerType ApiId Name").words(&[("AuthorizerType", &V2_AUTHORIZER)]).inside(&[("JwtConfiguration", &JWT_CONFIGURATION)])),
    ("AWS::ApiGatewayV2::Deployment", Shape::of("ApiId Description StageName").required("ApiId")),
    ("AWS::ApiGatewayV2::DomainName", Shape::of("DomainName DomainNameConfigurations MutualTlsAuthentication RoutingMode Tags").required("DomainName").words(&[("RoutingMode", &V2_ROUTING)]).inside(&[("DomainNameConfigurations", &DOMAIN_NAME_CONFIGURATION), ("MutualTlsAuthentication", &MUTUAL_TLS_AUTHENTICATION)])),
    ("AWS::ApiGatewayV2::Integration", Shape::of("ApiId ConnectionId ConnectionType ContentHandlingStrategy CredentialsArn Description IntegrationMethod IntegrationSubtype IntegrationType IntegrationUri PassthroughBehavior PayloadFormatVersion RequestParameters RequestTemplates ResponseParameters TemplateSelectionExpression TimeoutInMillis TlsConfig").required("ApiId IntegrationType").words(&[("ConnectionType", &V2_CONNECTION), ("ContentHandlingStrategy", &V2_CONTENT), ("IntegrationType", &V2_INTEGRATION), ("PassthroughBehavior", &V2_PASSTHROUGH)]).inside(&[("TlsConfig", &TLS_CONFIG)])),
    ("AWS::ApiGatewayV2::IntegrationResponse", Shape::of("ApiId ContentHandlingStrategy IntegrationId IntegrationResponseKey ResponseParameters ResponseTemplates TemplateSelectionExpression").required("ApiId IntegrationId IntegrationResponseKey").words(&[("ContentHandlingStrategy", &V2_CONTENT)])),
    ("AWS::ApiGatewayV2::Model", Shape::of("ApiId ContentType Description Name Schema").required("ApiId Schema Name")),
    ("AWS::ApiGatewayV2::PortalProduct", Shape::of("Description DisplayName Tags").required("DisplayName")),
    ("AWS::ApiGatewayV2::Route", Shape::of("ApiId ApiKeyRequired AuthorizationScopes AuthorizationType AuthorizerId ModelSelectionExpression OperationName RequestModels RequestParameters RouteKey RouteResponseSelectionExpression Target").required("RouteKey ApiId").words(&[("AuthorizationType", &V2_AUTHORIZATION)])),
    ("AWS::ApiGatewayV2::RouteResponse", Shape::of("ApiId ModelSelectionExpression ResponseModels ResponseParameters RouteId RouteResponseKey").required("RouteResponseKey RouteId ApiId")),
    ("AWS::ApiGatewayV2::RoutingRule", Shape::of("Actions Conditions DomainNameArn Priority").required("DomainNameArn Priority Conditions Actions").inside(&[("Actions", &ACTION), ("Conditions", &CONDITION)])),
    ("AWS::ApiGatewayV2::Stage", Shape::of("AccessLogSettings ApiId AutoDeploy ClientCertificateId DefaultRouteSettings DeploymentId Description RouteSettings StageName StageVariables Tags").required("StageName ApiId").inside(&[("AccessLogSettings", &ACCESS_LOG_SETTING), ("DefaultRouteSettings", &V2_ROUTE_SETTINGS)])),
    ("AWS::ApiGatewayV2::VpcLink", Shape::of("Name SecurityGroupIds SubnetIds Tags").required("SubnetIds Name")),
    ("AWS::Serverless::Api", Shape::of("AccessLogSetting AlwaysDeploy ApiKeySourceType Auth BinaryMediaTypes CacheClusterEnabled CacheClusterSize CanarySetting Cors DefinitionBody DefinitionUri Description DisableExecuteApiEndpoint Domain EndpointAccessMode EndpointConfiguration FailOnWarnings GatewayResponses MergeDefinitions MethodSettings MinimumCompressionSize Mode Models Name OpenApiVersion Policy PropagateTags SecurityPolicy StageName Tags TracingEnabled Variables").required("StageName").words(&[("ApiKeySourceType", &KEY_SOURCE), ("EndpointAccessMode", &ACCESS_MODE), ("EndpointConfiguration", &ENDPOINT), ("Mode", &MODE)]).inside(&[("AccessLogSetting", &ACCESS_LOG_SETTING), ("CanarySetting", &CANARY_SETTING), ("Domain", &SAM_DOMAIN), ("EndpointConfiguration", &SAM_ENDPOINT), ("MethodSettings", &METHOD_SETTING)])),
    ("AWS::Serverless::HttpApi", Shape::of("AccessLogSettings Auth CorsConfiguration DefaultRouteSettings DefinitionBody DefinitionUri Description DisableExecuteApiEndpoint Domain FailOnWarnings Name PropagateTags RouteSettings StageName StageVariables Tags").inside(&[("AccessLogSettings", &ACCESS_LOG_SETTING), ("DefaultRouteSettings", &V2_ROUTE_SETTINGS)])),
    ("AWS::Serverless::WebSocketApi", Shape::of("AccessLogSettings ApiKeySelectionExpression Auth DefaultRouteSettings Description DisableExecuteApiEndpoint DisableSchemaValidation Domain FailOnWarnings IpAddressType Name PropagateTags RouteSelectionExpression RouteSettings Routes StageName StageVariables Tags").required("Routes RouteSelectionExpression").words(&[("IpAddressType", &ADDRESS)]).inside(&[("AccessLogSettings", &ACCESS_LOG_SETTING), ("DefaultRouteSettings", &V2_ROUTE_SETTINGS)])),
];

/// What has words of its own in an integration of a definition in OpenAPI, beside its type. They are read in any case.
///
/// Source: API Gateway Developer Guide, "x-amazon-apigateway-integration object".
pub(super) const INTEGRATION_EXTENSION: [(&str, Words); 4] = [
    ("connectionType", CONNECTION.any_case()),
    ("contentHandling", CONTENT.any_case()),
    ("passthroughBehavior", PASSTHROUGH.any_case()),
    ("responseTransferMode", TRANSFER.any_case()),
];
