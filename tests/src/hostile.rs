//! Files of other formats that mean harm: very many resources, values that stand for very much, files that include
//! themselves. None makes the tool panic, hang, or take longer than its size.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use gatewright_compiler::ir::Format;
use gatewright_compiler::{Files, compile};
use libtest_mimic::{Failed, Trial};

/// Far more than it takes, and far less than it would if everything was compared with everything.
const LONGEST: Duration = Duration::from_secs(20);

pub(crate) fn trials() -> impl Iterator<Item = Trial> {
    HOSTILE
        .into_iter()
        .map(|(name, format, text)| Trial::test(format!("hostile::{name}"), move || hostile(format, text())))
}

/// A file: its name, what it is, and its text.
type Hostile = (&'static str, Format, fn() -> String);

const HOSTILE: [Hostile; 25] = [
    ("many_http_routes", Format::CloudFormation, || http_routes(30_000)),
    ("many_methods", Format::CloudFormation, || methods(40_000)),
    ("many_methods_on_one_path", Format::CloudFormation, || {
        resources(40_000, |at| {
            format!(
                "M{at}: {{ Type: AWS::ApiGateway::Method, Properties: {{ RestApiId: !Ref Api, ResourceId: !GetAtt \
                 Api.RootResourceId, HttpMethod: GET, AuthorizationType: NONE, Integration: {{ Type: MOCK }} }} }}"
            )
        })
    }),
    ("parts_of_many_apis", Format::CloudFormation, || {
        resources(20_000, |at| {
            format!(
                "R{at}: {{ Type: AWS::ApiGatewayV2::Route, Properties: {{ ApiId: !ImportValue api{at}, RouteKey: GET \
                 /r{at} }} }}"
            )
        })
    }),
    ("many_apis", Format::CloudFormation, || {
        resources(2_000, |at| {
            format!("A{at}: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ Name: a{at} }} }}")
        })
    }),
    ("many_stages_and_plans", Format::CloudFormation, || {
        resources(20_000, |at| {
            format!(
                "S{at}: {{ Type: AWS::ApiGateway::Stage, Properties: {{ RestApiId: !Ref Api, StageName: s{at} }} }}\n  \
                 P{at}: {{ Type: AWS::ApiGateway::UsagePlan, Properties: {{ ApiStages: [{{ ApiId: !Ref Api, Stage: !Ref \
                 S{at} }}] }} }}"
            )
        })
    }),
    ("many_functions_and_permissions", Format::CloudFormation, || {
        resources(20_000, |at| {
            format!(
                "F{at}: {{ Type: AWS::Lambda::Function, Properties: {{ Handler: a.b, Runtime: python3.13, Role: r, Code: \
                 {{ ZipFile: x }} }} }}\n  P{at}: {{ Type: AWS::Lambda::Permission, Properties: {{ Action: \
                 lambda:InvokeFunction, FunctionName: !Ref F{at}, Principal: apigateway.amazonaws.com, SourceArn: !Sub \
                 'arn:aws:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{Api}}/*' }} }}"
            )
        })
    }),
    ("resources_below_each_other", Format::CloudFormation, || {
        resources(20_000, |at| {
            let parent = match at {
                0 => "!GetAtt Api.RootResourceId".to_owned(),
                at => format!("!Ref P{}", at - 1),
            };
            format!(
                "P{at}: {{ Type: AWS::ApiGateway::Resource, Properties: {{ RestApiId: !Ref Api, ParentId: {parent}, \
                 PathPart: p }} }}\n  M{at}: {{ Type: AWS::ApiGateway::Method, Properties: {{ RestApiId: !Ref Api, \
                 ResourceId: !Ref P{at}, HttpMethod: GET }} }}"
            )
        })
    }),
    ("resources_in_a_circle", Format::CloudFormation, || {
        resources(2, |at| {
            let other = 1 - at;
            format!(
                "P{at}: {{ Type: AWS::ApiGateway::Resource, Properties: {{ RestApiId: !Ref Api, ParentId: !Ref P{other}, \
                 PathPart: p }} }}\n  M{at}: {{ Type: AWS::ApiGateway::Method, Properties: {{ RestApiId: !Ref Api, \
                 ResourceId: !Ref P{at}, HttpMethod: GET }} }}"
            )
        })
    }),
    ("conditions_on_conditions", Format::CloudFormation, || {
        let conditions = |at: usize| match at {
            0 => "  C0: !Equals [!Ref AWS::Region, eu-west-1]\n".to_owned(),
            at => format!("  C{at}: !Or [Condition: C{0}, Condition: C{0}]\n", at - 1),
        };
        let conditions: String = (0..200).map(conditions).collect();
        format!(
            "Conditions:\n{conditions}{}",
            resources(1, |_| {
                "R: { Type: AWS::ApiGateway::Model, Condition: C199, Properties: { RestApiId: !Ref Api } }"
                    .to_owned()
            })
        )
    }),
    ("conditions_in_a_circle", Format::CloudFormation, || {
        format!(
            "Conditions:\n  A: !Not [Condition: B]\n  B: !Not [Condition: A]\n{}",
            resources(1, |_| {
                "R: { Type: AWS::ApiGateway::Model, Condition: A, Properties: { RestApiId: !Ref Api } }"
                    .to_owned()
            })
        )
    }),
    ("choices_in_choices", Format::CloudFormation, || {
        let value = (0..100).fold("x".to_owned(), |it, at| format!("!If [C, a{at}, {it}]"));
        // Each flow collection is a level; a file may have 256.
        format!(
            "Conditions: {{ C: !Equals [!Ref AWS::Region, a] }}\n{}",
            resources(1, |_| format!(
                "R: {{ Type: AWS::ApiGateway::Stage, Properties: {{ RestApiId: !Ref Api, StageName: {value} }} }}"
            ))
        )
    }),
    ("mappings_that_refer_to_themselves", Format::CloudFormation, || {
        format!(
            "Mappings: {{ M: {{ a: {{ b: !FindInMap [M, a, b] }} }} }}\n{}",
            resources(1, |_| {
                "R: { Type: AWS::ApiGateway::Stage, Properties: { RestApiId: !Ref Api, StageName: !FindInMap [M, a, b] } }".to_owned()
            })
        )
    }),
    ("aliases_of_aliases", Format::CloudFormation, || {
        let mut text = "Metadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for at in 1..12 {
            let items = vec![format!("*a{}", at - 1); 10].join(", ");
            let _ = writeln!(text, "  a{at}: &a{at} [{items}]");
        }
        text + &resources(1, |_| {
            "R: { Type: AWS::ApiGateway::Stage, Properties: { StageName: !Join ['', *a11] } }".to_owned()
        })
    }),
    ("nested_very_deep", Format::CloudFormation, || {
        resources(1, |_| {
            format!(
                "R: {{ Type: AWS::ApiGateway::Stage, Properties: {}{} }}",
                "[".repeat(100_000),
                "]".repeat(100_000)
            )
        })
    }),
    ("many_events", Format::Sam, || {
        let events = |at| {
            format!("        E{at}: {{ Type: Api, Properties: {{ Path: '/r{at}/{{id}}', Method: get }} }}\n")
        };
        sam(&(0..30_000).map(events).collect::<String>())
    }),
    ("many_functions_with_events", Format::Sam, || {
        let mut text = String::from("Transform: AWS::Serverless-2016-10-31\nResources:\n");
        for at in 0..10_000 {
            let _ = writeln!(
                text,
                "  F{at}: {{ Type: AWS::Serverless::Function, Properties: {{ Handler: a.b, Runtime: python3.13, CodeUri: ., Events: {{ A: {{ Type: HttpApi, Properties: {{ Path: /r{at}, Method: get }} }} }} }} }}"
            );
        }
        text
    }),
    ("a_template_that_includes_itself", Format::Sam, || {
        "Resources:\n  Api: { Type: AWS::Serverless::Api, Properties: { StageName: a, DefinitionUri: self.yaml } }\n  \
         Other: { Type: AWS::Serverless::HttpApi, Properties: { DefinitionBody: { Fn::Transform: { Name: AWS::Include, \
         Parameters: { Location: self.yaml } } } } }\n".to_owned()
    }),
    ("definitions_outside", Format::Sam, || {
        "Resources:\n  Api: { Type: AWS::Serverless::Api, Properties: { StageName: a, DefinitionUri: /dev/zero } }\n  \
         Other: { Type: AWS::Serverless::HttpApi, Properties: { DefinitionUri: ../../../../../../dev/zero } }\n".to_owned()
    }),
    ("many_paths", Format::OpenApi, || {
        let path = |at| {
            format!(
                "  /r{at}/{{id}}: {{ get: {{ responses: {{}}, x-amazon-apigateway-integration: {{ type: mock }} }} }}\n"
            )
        };
        openapi(&(0..40_000).map(path).collect::<String>())
    }),
    ("references_in_a_circle", Format::OpenApi, || {
        openapi("  /a: { $ref: '#/paths/~1b' }\n  /b: { $ref: '#/paths/~1a' }\n")
            + "components:\n  schemas:\n    A: { $ref: '#/components/schemas/B' }\n    B: { allOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }\n  parameters: { P: { $ref: '#/components/parameters/P' } }\n"
    }),
    ("many_schemas", Format::OpenApi, || {
        let schema = |at: usize| {
            format!(
                "    S{at}: {{ type: object, properties: {{ a: {{ $ref: '#/components/schemas/S{}' }} }} }}\n",
                at + 1
            )
        };
        openapi(
            "  /a: { post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/S0' } } } }, responses: {} } }\n",
        ) + "components:\n  schemas:\n"
            + &(0..20_000).map(schema).collect::<String>()
    }),
    ("many_services_functions", Format::Serverless, || {
        let function = |at| {
            format!(
                "  f{at}: {{ handler: a.b, events: [{{ http: GET /r{at} }}, {{ httpApi: 'GET /r{at}' }}] }}\n"
            )
        };
        serverless("") + &(0..15_000).map(function).collect::<String>()
    }),
    ("variables_that_double", Format::Serverless, || {
        let variable = |at: usize| match at {
            0 => "  v0: xxxxxxxxxx\n".to_owned(),
            at => format!("  v{at}: ${{self:custom.v{0}}}${{self:custom.v{0}}}\n", at - 1),
        };
        serverless(&(0..100).map(variable).collect::<String>())
            + "  f: { handler: a.b, events: [{ http: 'GET /${self:custom.v99}' }] }\n"
    }),
    ("variables_in_a_circle", Format::Serverless, || {
        serverless(
            "  a: ${self:custom.b}\n  b: ${self:custom.a}\n  c: ${self:custom}\n  d: ${file(self.yaml):custom.d}\n  e: ${file(self.yaml)}\n",
        ) + "  f: { handler: a.b, events: [{ http: 'GET /${self:custom.a}/${self:custom.c.c.c}' }, '${self:custom.d}', '${self:custom.e}'] }\n  g: ${file(self.yaml):functions}\n"
    }),
];

fn resources(count: usize, one: impl Fn(usize) -> String) -> String {
    let mut out =
        String::from("Resources:\n  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: large } }\n");
    for at in 0..count {
        let _ = writeln!(out, "  {}", one(at));
    }
    out
}

fn http_routes(count: usize) -> String {
    let mut out = String::from(
        "Resources:\n  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: large, ProtocolType: HTTP } }\n",
    );
    for at in 0..count {
        let _ = writeln!(
            out,
            "  I{at}: {{ Type: AWS::ApiGatewayV2::Integration, Properties: {{ ApiId: !Ref Api, IntegrationType: HTTP_PROXY, \
             IntegrationUri: 'https://example.com/{at}', PayloadFormatVersion: '1.0' }} }}\n  R{at}: {{ Type: \
             AWS::ApiGatewayV2::Route, Properties: {{ ApiId: !Ref Api, RouteKey: 'GET /r{at}/{{id}}', Target: !Sub \
             'integrations/${{I{at}}}' }} }}\n  T{at}: {{ Type: AWS::SQS::Queue }}"
        );
    }
    out
}

fn methods(count: usize) -> String {
    resources(count, |at| {
        format!(
            "P{at}: {{ Type: AWS::ApiGateway::Resource, Properties: {{ RestApiId: !Ref Api, ParentId: !GetAtt \
             Api.RootResourceId, PathPart: p{at} }} }}\n  M{at}: {{ Type: AWS::ApiGateway::Method, Properties: {{ \
             RestApiId: !Ref Api, ResourceId: !Ref P{at}, HttpMethod: GET, AuthorizationType: NONE, Integration: {{ \
             Type: MOCK }} }} }}"
        )
    })
}

fn sam(events: &str) -> String {
    format!(
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      \
         Handler: a.b\n      Runtime: python3.13\n      CodeUri: .\n      Events:\n{events}"
    )
}

fn openapi(paths: &str) -> String {
    format!("openapi: 3.0.1\ninfo: {{ title: large, version: '1' }}\npaths:\n{paths}")
}

fn serverless(custom: &str) -> String {
    format!(
        "service: large\nprovider: {{ name: aws, runtime: python3.13 }}\ncustom:\n  x: y\n{custom}functions:\n"
    )
}

/// Every file is the one that is read.
struct Itself(String);

impl Files for Itself {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.clone().into_bytes())
    }

    fn digest(&self, _: &str) -> Result<String, String> {
        Ok(String::new())
    }
}

fn hostile(format: Format, text: String) -> Result<(), Failed> {
    let files = Itself(text.clone());
    let start = Instant::now();
    let compilation = compile("self.yaml", text.into_bytes(), None, &files);
    let taken = start.elapsed();
    if compilation.format != format {
        return Err(format!("it is taken for {}", compilation.format.title()).into());
    }
    println!("{} ms", taken.as_millis());
    if taken < LONGEST { Ok(()) } else { Err(format!("it took {} s", taken.as_secs()).into()) }
}
