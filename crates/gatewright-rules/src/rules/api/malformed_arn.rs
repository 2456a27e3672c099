use gatewright_ir::Format;
use gatewright_source::{Severity, Span};

use super::arns::{Subject, Written, named, visit};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-arn",
    page: include_str!("malformed_arn.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ours = cx.ir.provenance.format == Format::Gatewright;
    let mut wrong: Vec<(Subject, Span, &str)> = Vec::new();
    visit(cx.ir, &mut |subject, span, written| {
        // What functions of other files may do and are made of is no matter of their APIs.
        let apart = matches!(
            subject,
            Subject::Resource(_) | Subject::Pattern | Subject::Layer | Subject::ManagedPolicy
        );
        if let Written::Known(text) = written
            && (ours || !apart)
            && !text.contains("{{resolve:")
            && !text.contains("${stageVariables.")
            && (ours || !is_to_be_filled_in(text))
            && (!fits(subject, text) || is_unfilled(subject, text))
        {
            wrong.push((subject, span, text));
        }
    });
    if wrong.is_empty() {
        return;
    }
    let named = named(cx.ir);
    let resources = &cx.ir.template.resources;
    for (subject, span, text) in wrong {
        if is_unfilled(subject, text) {
            out.report(span, format!("{} holds `${{…}}`, which nothing replaces here", this(subject)))
                .help("write `!Sub` before the text");
            continue;
        }
        let message = match (subject, text.starts_with("arn:")) {
            (Subject::Resource(_) | Subject::Pattern | Subject::Action, _) => {
                format!("`{}` is not an ARN", shown(text))
            }
            (Subject::Layer, true) if text.contains(":layer:") => {
                format!("`{}` names no version of the layer", shown(text))
            }
            _ => format!("`{}` is not the ARN of {}", shown(text), what(subject)),
        };
        // A document by itself refers to nothing.
        let refers = cx.ir.provenance.format != Format::OpenApi;
        let help = if !refers {
            format!("write it out, as in `{}`", form(subject))
        } else if let Some(it) = named.get(text) {
            format!("write `{}`", it.arn())
        } else if resources.iter().any(|it| &*it.0.value == text) {
            format!("write `!Ref {text}`, if that is its ARN, or `!GetAtt {text}.Arn`")
        } else {
            format!("write it out, as in `{}`, or refer to the resource: `!GetAtt NAME.Arn`", form(subject))
        };
        out.report(span, message).help(help);
    }
}

fn this(subject: Subject) -> &'static str {
    match subject {
        Subject::Function => "the ARN of the function",
        Subject::Layer => "the ARN of the layer",
        Subject::Role => "the ARN of the role",
        Subject::ManagedPolicy => "the ARN of the policy",
        Subject::Resource(_) | Subject::Pattern => "the ARN of the resource",
        Subject::Action => "the ARN of the topic",
        Subject::LoadBalancer => "the ARN of the load balancer",
        Subject::UserPool => "the ARN of the user pool",
        Subject::WebAcl => "the ARN of the web ACL",
        Subject::LogGroup => "the ARN of the log group",
    }
}

fn what(subject: Subject) -> &'static str {
    match subject {
        Subject::Function => "a function",
        Subject::Layer => "a layer's version",
        Subject::Role => "a role",
        Subject::ManagedPolicy => "a managed policy",
        Subject::Resource(_) | Subject::Pattern => "a resource",
        Subject::Action => "a topic",
        Subject::LoadBalancer => "a load balancer or its listener",
        Subject::UserPool => "a user pool",
        Subject::WebAcl => "a web ACL for regional resources",
        Subject::LogGroup => "a log group",
    }
}

/// How an ARN looks.
///
/// Source: Service Authorization Reference, "Resource types defined by" each service.
fn form(subject: Subject) -> &'static str {
    match subject {
        Subject::Function | Subject::Resource("lambda") => "arn:aws:lambda:REGION:ACCOUNT:function:NAME",
        Subject::Layer => "arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION",
        Subject::Role => "arn:aws:iam::ACCOUNT:role/NAME",
        Subject::ManagedPolicy => "arn:aws:iam::aws:policy/NAME",
        Subject::Resource("s3") => "arn:aws:s3:::NAME",
        Subject::Resource("sqs") => "arn:aws:sqs:REGION:ACCOUNT:NAME",
        Subject::Resource("sns") | Subject::Action => "arn:aws:sns:REGION:ACCOUNT:NAME",
        Subject::Resource("events") => "arn:aws:events:REGION:ACCOUNT:event-bus/NAME",
        Subject::Resource("states") => "arn:aws:states:REGION:ACCOUNT:stateMachine:NAME",
        Subject::Resource("secretsmanager") => "arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX",
        Subject::Resource("ssm") => "arn:aws:ssm:REGION:ACCOUNT:parameter/NAME",
        Subject::Resource("dynamodb") => "arn:aws:dynamodb:REGION:ACCOUNT:table/NAME",
        Subject::Resource(_) | Subject::Pattern => "arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE",
        Subject::LoadBalancer => "arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/net/NAME/ID",
        Subject::UserPool => "arn:aws:cognito-idp:REGION:ACCOUNT:userpool/ID",
        Subject::WebAcl => "arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID",
        Subject::LogGroup => "arn:aws:logs:REGION:ACCOUNT:log-group:NAME",
    }
}

/// Whether a part of it is for somebody or some script to fill in before the file is deployed: `<account>`,
/// `YOUR_ROLE`, `XXXXXXXXXXXX`.
fn is_to_be_filled_in(text: &str) -> bool {
    let marks = ["<", "XXXX", "xxxx", "YOUR", "your-", "your_", "ACCOUNT", "REGION", "REPLACE", "{{", "@@"];
    marks.iter().any(|it| text.contains(it))
}

/// Whether a part was left for `!Sub` to fill in; policies know variables such as `${aws:username}` of their own.
fn is_unfilled(subject: Subject, text: &str) -> bool {
    match subject {
        Subject::LogGroup => false,
        Subject::Resource(_) | Subject::Pattern => text.contains("${AWS::"),
        _ => text.contains("${"),
    }
}

fn fits(subject: Subject, text: &str) -> bool {
    let mut parts = text.splitn(6, ':');
    let mut next = || parts.next().unwrap_or_default();
    let (arn, partition, service) = (next(), next(), next());
    let (region, account, resource) = (next(), next(), next());
    let is_arn = arn == "arn" && !partition.is_empty() && !service.is_empty() && !resource.is_empty();
    let is_account = account.len() == 12 && account.bytes().all(|it| it.is_ascii_digit());
    match subject {
        // The ARN of an invocation leads to a function as well.
        Subject::Function => {
            let name = resource.strip_prefix("function:");
            let is_function = is_account && name.is_some_and(|it| !it.is_empty() && !it.starts_with(':'));
            let is_invocation =
                service == "apigateway" && account == "lambda" && resource.starts_with("path/");
            is_arn && !region.is_empty() && (service == "lambda" && is_function || is_invocation)
        }
        Subject::Layer => {
            let version = resource.strip_prefix("layer:").and_then(|it| it.split_once(':'));
            let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
            is_arn && service == "lambda" && version.is_some_and(|it| is_number(it.1))
        }
        // `arn:aws:iam::*:user/*` stands for whoever calls.
        Subject::Role => {
            let role = is_account && resource.strip_prefix("role/").is_some_and(|it| !it.is_empty());
            is_arn && service == "iam" && (role || (account, resource) == ("*", "user/*"))
        }
        // A name alone becomes the ARN of the policy of AWS that has it.
        Subject::ManagedPolicy if arn == "arn" => {
            is_arn && service == "iam" && resource.starts_with("policy/")
        }
        Subject::ManagedPolicy => {
            !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"_+=,.@-/".contains(&it))
        }
        Subject::Resource(_) | Subject::Pattern => text == "*" || is_arn,
        Subject::Action => is_arn,
        Subject::LoadBalancer => {
            let is_one = ["loadbalancer/", "listener/"].iter().any(|it| resource.starts_with(it));
            is_arn && service == "elasticloadbalancing" && is_one
        }
        Subject::UserPool => {
            is_arn && service == "cognito-idp" && is_account && resource.starts_with("userpool/")
        }
        Subject::WebAcl => {
            is_arn && service == "wafv2" && is_account && resource.starts_with("regional/webacl/")
        }
        Subject::LogGroup => true,
    }
}
