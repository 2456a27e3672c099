//! Files of other formats, of any size and of the shape that people write.

use std::fmt::Write as _;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A REST API in SAM, with events of functions.
    Sam,
    /// An HTTP API in CloudFormation, one resource for each route.
    HttpResources,
    /// A REST API in CloudFormation, resources for paths and methods.
    RestResources,
    /// A REST API in CloudFormation, with one body.
    Body,
    /// An OpenAPI document for API Gateway.
    OpenApi,
    /// A `serverless.yml` with events for a REST API.
    Serverless,
}

impl Kind {
    pub(crate) const ALL: [Self; 6] =
        [Self::Sam, Self::HttpResources, Self::RestResources, Self::Body, Self::OpenApi, Self::Serverless];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Sam => "SAM, events",
            Self::HttpResources => "CloudFormation, HTTP resources",
            Self::RestResources => "CloudFormation, REST resources",
            Self::Body => "CloudFormation, REST body",
            Self::OpenApi => "OpenAPI",
            Self::Serverless => "serverless.yml",
        }
    }

    /// A file with so many routes.
    pub(crate) fn file(self, routes: usize) -> String {
        match self {
            Self::Sam => sam(routes),
            Self::HttpResources => http_resources(routes),
            Self::RestResources => rest_resources(routes),
            Self::Body => body(routes),
            Self::OpenApi => openapi(routes, ""),
            Self::Serverless => serverless(routes),
        }
    }
}

/// Method and path of a route: five for each sort of thing.
fn route(at: usize) -> (&'static str, String) {
    let group = at / 5;
    match at % 5 {
        0 => ("get", format!("/things{group}")),
        1 => ("post", format!("/things{group}")),
        2 => ("get", format!("/things{group}/{{thingId}}")),
        3 => ("put", format!("/things{group}/{{thingId}}")),
        _ => ("delete", format!("/things{group}/{{thingId}}")),
    }
}

fn sam(routes: usize) -> String {
    let mut out = String::from(
        "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nGlobals:\n  Function:\n    Runtime: python3.13\n    \
         Timeout: 10\nResources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: prod\n      \
         Auth:\n        DefaultAuthorizer: Users\n        AddDefaultAuthorizerToCorsPreflight: false\n        Authorizers:\n          Users:\n            UserPoolArn: !GetAtt Pool.Arn\n      Cors: \"'https://shop.example.com'\"\n",
    );
    for at in 0..routes {
        if at % 10 == 0 {
            let _ = writeln!(
                out,
                "  Function{at}:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: app.handler\n      CodeUri: functions/f{at}\n      Events:"
            );
        }
        let (method, path) = route(at);
        let _ = writeln!(
            out,
            "        Event{at}:\n          Type: Api\n          Properties:\n            RestApiId: !Ref Api\n            Path: {path}\n            Method: {method}"
        );
    }
    out
}

/// A function, and a permission for the API.
const FUNCTION: &str = "  Function:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: python3.13\n      Handler: app.handler\n      Role: !Sub arn:aws:iam::${AWS::AccountId}:role/functions\n      Code: { S3Bucket: code, S3Key: app.zip }\n  \
    Permission:\n    Type: AWS::Lambda::Permission\n    Properties:\n      Action: lambda:InvokeFunction\n      FunctionName: !Ref Function\n      Principal: apigateway.amazonaws.com\n      SourceArn: !Sub arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*\n";

fn http_resources(routes: usize) -> String {
    let mut out = format!(
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n{FUNCTION}  Api:\n    Type: AWS::ApiGatewayV2::Api\n    Properties:\n      Name: bench\n      ProtocolType: HTTP\n  \
         Stage:\n    Type: AWS::ApiGatewayV2::Stage\n    Properties:\n      ApiId: !Ref Api\n      StageName: $default\n      AutoDeploy: true\n"
    );
    for at in 0..routes {
        let (method, path) = route(at);
        let method = method.to_uppercase();
        let _ = writeln!(
            out,
            "  Integration{at}:\n    Type: AWS::ApiGatewayV2::Integration\n    Properties:\n      ApiId: !Ref Api\n      IntegrationType: AWS_PROXY\n      \
             IntegrationUri: !GetAtt Function.Arn\n      PayloadFormatVersion: '2.0'\n  Route{at}:\n    Type: AWS::ApiGatewayV2::Route\n    Properties:\n      \
             ApiId: !Ref Api\n      RouteKey: {method} {path}\n      AuthorizationType: AWS_IAM\n      Target: !Sub integrations/${{Integration{at}}}"
        );
    }
    out
}

/// What calls the function.
const URI: &str =
    "!Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations";

fn rest_resources(routes: usize) -> String {
    let mut out = format!(
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n{FUNCTION}  Api:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      Name: bench\n"
    );
    for at in 0..routes {
        let group = at / 5;
        match at % 5 {
            0 => {
                let _ = writeln!(
                    out,
                    "  Things{group}:\n    Type: AWS::ApiGateway::Resource\n    Properties:\n      RestApiId: !Ref Api\n      ParentId: !GetAtt Api.RootResourceId\n      PathPart: things{group}"
                );
            }
            2 => {
                let _ = writeln!(
                    out,
                    "  Thing{group}:\n    Type: AWS::ApiGateway::Resource\n    Properties:\n      RestApiId: !Ref Api\n      ParentId: !Ref Things{group}\n      PathPart: '{{thingId}}'"
                );
            }
            _ => {}
        }
        let resource = if at % 5 < 2 { "Things" } else { "Thing" };
        let method = route(at).0.to_uppercase();
        let _ = writeln!(
            out,
            "  Method{at}:\n    Type: AWS::ApiGateway::Method\n    Properties:\n      RestApiId: !Ref Api\n      ResourceId: !Ref {resource}{group}\n      HttpMethod: {method}\n      \
             AuthorizationType: AWS_IAM\n      Integration:\n        Type: AWS_PROXY\n        IntegrationHttpMethod: POST\n        Uri: {URI}"
        );
    }
    out
}

fn body(routes: usize) -> String {
    format!(
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n{FUNCTION}  Api:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      Body:\n{}",
        openapi(routes, "        ")
    )
}

fn openapi(routes: usize, indent: &str) -> String {
    let mut out = format!(
        "{indent}openapi: 3.0.1\n{indent}info:\n{indent}  title: bench\n{indent}  version: '1'\n{indent}paths:\n"
    );
    let uri = match indent {
        "" => {
            "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:things/invocations"
        }
        _ => URI,
    };
    for at in 0..routes {
        let (method, path) = route(at);
        if matches!(at % 5, 0 | 2) {
            let _ = writeln!(out, "{indent}  {path}:");
        }
        let _ = writeln!(out, "{indent}    {method}:");
        if at % 5 >= 2 {
            let _ = writeln!(
                out,
                "{indent}      parameters:\n{indent}      - {{ name: thingId, in: path, required: true, schema: {{ type: string }} }}"
            );
        }
        let _ = writeln!(
            out,
            "{indent}      responses:\n{indent}        '200':\n{indent}          description: ok\n{indent}      x-amazon-apigateway-auth:\n{indent}        type: AWS_IAM\n{indent}      \
             x-amazon-apigateway-integration:\n{indent}        type: aws_proxy\n{indent}        httpMethod: POST\n{indent}        uri: {uri}"
        );
    }
    out
}

fn serverless(routes: usize) -> String {
    let mut out = String::from(
        "service: bench\nframeworkVersion: '3'\ncustom:\n  origin: https://shop.example.com\nprovider:\n  name: aws\n  runtime: python3.13\n  stage: ${opt:stage, 'dev'}\nfunctions:\n",
    );
    for at in 0..routes {
        if at % 10 == 0 {
            let _ = writeln!(out, "  function{at}:\n    handler: app.handler{at}\n    events:");
        }
        let (method, path) = route(at);
        let _ = writeln!(
            out,
            "      - http:\n          path: {}\n          method: {method}\n          authorizer: aws_iam\n          cors:\n            origin: ${{self:custom.origin}}",
            &path[1..]
        );
    }
    out
}
