use gatewright_ir::{Data, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity};

use super::template::{Template, text};
use crate::rules::openapi::definition::{integrations, schemes};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-invocation-uri",
    page: include_str!("malformed_invocation_uri.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::NOT_HTTP,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

/// How a URI that calls a function ends, by whether the answer is streamed.
const ENDINGS: [&str; 2] = ["/invocations", "/response-streaming-invocations"];

fn check(cx: &Context<'_>, out: &mut Findings) {
    if let Some(definition) = cx.ir.provenance.definition() {
        integrations(definition).filter_map(|it| it.get("uri")).for_each(|it| uri(it, out));
        let authorizers =
            schemes(definition).iter().filter_map(|it| it.1.get("x-amazon-apigateway-authorizer"));
        authorizers.filter_map(|it| it.get("authorizerUri")).for_each(|it| uri(it, out));
    }
    if let Some(template) = cx.template().filter(|_| cx.is_first) {
        of_template(template).into_iter().for_each(|it| uri(it, out));
    }
}

/// The URIs of integrations and authorizers of a template.
fn of_template<'t>(template: &Template<'t>) -> Vec<&'t Raw> {
    let methods = template.of_type("AWS::ApiGateway::Method");
    let methods = methods.filter_map(|it| it.get("Integration")?.get("Uri"));
    let of = |of: &'static str, key: &'static str| template.of_type(of).filter_map(move |it| it.get(key));
    methods
        .chain(of("AWS::ApiGateway::Authorizer", "AuthorizerUri"))
        .chain(of("AWS::ApiGatewayV2::Authorizer", "AuthorizerUri"))
        .chain(of("AWS::ApiGatewayV2::Integration", "IntegrationUri"))
        .collect()
}

fn uri(value: &Raw, out: &mut Findings) {
    let Some(whole) = text(value).filter(|it| !it.contains("${?}")) else { return };
    let Some(problem) = problem(&whole) else { return };
    let (message, help) = match &problem {
        Problem::Service(service) => (
            format!("this URI calls a function, and names the service `{service}`"),
            "write `lambda` for the service: `arn:…:apigateway:REGION:lambda:path/…`".to_owned(),
        ),
        Problem::Path => (
            "this URI does not say where Lambda has its functions".to_owned(),
            "write `lambda:path/2015-03-31/functions/ARN/invocations`".to_owned(),
        ),
        Problem::Ending => (
            "this URI does not end with what is to be done".to_owned(),
            "end it with `/invocations`".to_owned(),
        ),
    };
    let finding = out.report(value.span, message).help(help);
    if let (Problem::Ending, Some((at, written))) = (&problem, last_text(value)) {
        let better = format!("{}/invocations", written.trim_end_matches('/'));
        let edit = Edit::reword(at.span, written, better);
        finding.fix(Fix::safe("end it with `/invocations`", [edit]));
    }
}

/// What is wrong with a URI that calls a function.
#[derive(Debug, PartialEq, Eq)]
enum Problem<'t> {
    /// Another service is named.
    Service(&'t str),
    /// The path does not lead to functions.
    Path,
    /// It does not end with what is to be done.
    Ending,
}

fn problem(uri: &str) -> Option<Problem<'_>> {
    if !uri.starts_with("arn:") {
        return None;
    }
    let (_, rest) = uri.split_once(":apigateway:")?;
    let region = if rest.starts_with("${") { rest.find('}')? + 1 } else { rest.find(':')? };
    let (service, path) = rest[region..].strip_prefix(':')?.split_once(':')?;
    let has_functions = path.contains("/functions/");
    if service != "lambda" {
        // A stage variable may be named anywhere, and is none of these.
        let is_word = service.bytes().all(|it| it.is_ascii_alphabetic());
        return (has_functions && path.starts_with("path/") && is_word).then_some(Problem::Service(service));
    }
    let path = path.strip_prefix("path/")?;
    let Some((version, function)) = path.split_once("/functions/") else {
        let names_function = path.contains(":function:") || path.contains(".Arn}");
        return names_function.then_some(Problem::Path);
    };
    let is_date = version.len() == 10 && version.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    if !is_date {
        return Some(Problem::Path);
    }
    let is_ended = ENDINGS.iter().any(|it| function.ends_with(it)) || function.contains("/invoke-async");
    // What stands at the end may bring it along.
    let is_open = function.ends_with('}') && !function.ends_with(".Arn}");
    (!is_ended && !is_open).then_some(Problem::Ending)
}

/// The text with which a value ends, where that is written out in one place.
fn last_text(value: &Raw) -> Option<(&Raw, &str)> {
    let it = match value.function() {
        None => value,
        Some(("Fn::Sub", argument)) => match &argument.data {
            Data::List(items) => items.first()?,
            _ => argument,
        },
        Some(_) => return None,
    };
    let text = it.as_str().filter(|it| !it.contains('\n'))?;
    Some((it, text))
}

#[cfg(test)]
mod tests {
    use super::{Problem, problem};

    #[test]
    fn only_calls_of_functions_are_judged() {
        let start = "arn:aws:apigateway:${AWS::Region}:";
        let of = |rest: &str| problem(&format!("{start}{rest}")).map(|it| format!("{it:?}"));
        assert_eq!(of("lambda:path/2015-03-31/functions/${F.Arn}/invocations"), None);
        assert_eq!(of("lambda:path/2021-11-15/functions/${F.Arn}/response-streaming-invocations"), None);
        assert_eq!(of("lambda:path/2015-03-31/functions/${Arn}"), None);
        assert_eq!(of("sqs:path/123456789012/functions"), None);
        assert_eq!(of("lambda:path/2015-03-31/functions/${F.Arn}"), Some(format!("{:?}", Problem::Ending)));
        assert_eq!(of("lambda:path/${F.Arn}/invocations"), Some(format!("{:?}", Problem::Path)));
        assert_eq!(
            of("lamda:path/2015-03-31/functions/${F.Arn}/invocations"),
            Some(format!("{:?}", Problem::Service("lamda")))
        );
        assert_eq!(problem("https://example.com/functions/"), None);
    }
}
