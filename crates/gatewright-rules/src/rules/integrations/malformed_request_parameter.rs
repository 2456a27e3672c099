use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::rest_mapping::is_name;
use crate::rules::cloudformation::property::entries;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-request-parameter",
    page: include_str!("malformed_request_parameter.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// What can be declared of a request: the type, what stands before a place, and the places.
///
/// Sources: API Gateway API Reference, `PutMethod`: `requestParameters`; CloudFormation Template Reference,
/// `AWS::ApiGatewayV2::Route`: `RequestParameters`.
const DECLARED: [(&str, &str, &[&str]); 2] = [
    ("AWS::ApiGateway::Method", "method.request.", &["querystring", "header", "path"]),
    ("AWS::ApiGatewayV2::Route", "route.request.", &["querystring", "header"]),
];
/// What people write for those places.
const MEANT: [(&str, &str); 6] = [
    ("query", "querystring"),
    ("queryString", "querystring"),
    ("queryStringParameters", "querystring"),
    ("headers", "header"),
    ("paths", "path"),
    ("pathParameters", "path"),
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for (of, start, places) in DECLARED {
        for it in template.of_type(of) {
            for (name, _) in it.get("RequestParameters").map(entries).unwrap_or_default() {
                let text = &*name.value;
                let rest = text.strip_prefix(start);
                let (place, key) = rest.and_then(|it| it.split_once('.')).unwrap_or_default();
                if places.contains(&place) && is_name(key) || text.starts_with("Fn::") {
                    continue;
                }
                let finding =
                    out.report(name.span, format!("`{}` is no parameter of a request", shown(text)));
                let meant = MEANT.iter().find(|it| it.0 == place && places.contains(&it.1));
                match meant.filter(|_| is_name(key)) {
                    Some((_, place)) => {
                        let whole = format!("{start}{place}.{key}");
                        let title = format!("write `{whole}`");
                        let edit = Edit::Set { at: name.span, value: Written::text(whole) };
                        finding.help(title.clone()).fix(Fix::safe(title, [edit]));
                    }
                    None => {
                        let all: Vec<String> =
                            places.iter().map(|it| format!("`{start}{it}.NAME`")).collect();
                        finding.help(format!("write {}", all.join(" or ")));
                    }
                }
            }
        }
    }
}
