use gatewright_source::Severity;

use crate::rules::cloudformation::property::{items, literal};
use crate::rules::cloudformation::template::api_id;
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "multiple-endpoint-types",
    page: include_str!("multiple_endpoint_types.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let Some(of) = template.get(api).filter(|it| it.of == "AWS::ApiGateway::RestApi") else { return };
    let Some(types) = of.get("EndpointConfiguration").and_then(|it| it.get("Types")) else { return };
    let known: Vec<&str> = items(Some(types)).iter().filter_map(literal).map(|it| it.0).collect();
    if known.len() > 1 {
        out.report(types.span, format!("an API has one type of endpoint, not {}", list(&known)))
            .help("keep one of them");
    }
}
