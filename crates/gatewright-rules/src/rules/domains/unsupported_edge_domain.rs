use gatewright_source::Severity;

use super::written::{API_MAPPING, NEWER, OLDER, endpoint, mappings};
use crate::rules::cloudformation::property::{items, word};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-edge-domain",
    page: include_str!("unsupported_edge_domain.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for it in template.of_type(NEWER) {
        for configuration in items(it.get("DomainNameConfigurations")) {
            if let Some(("EDGE", span)) = word(configuration, "EndpointType") {
                out.report(span, format!("`{}` cannot be edge-optimized", it.id.value))
                    .help("write `REGIONAL`; for a REST API, `AWS::ApiGateway::DomainName` can be");
            }
        }
    }
    for it in mappings(template).into_iter().filter(|it| it.resource.of == API_MAPPING) {
        let Some(domain) = it.made.filter(|it| it.of == OLDER && endpoint(it) == Some("EDGE")) else {
            continue;
        };
        let (id, domain_id) = (&it.resource.id.value, &domain.id.value);
        out.report(it.resource.id.span, format!("`{id}` maps `{domain_id}`, which is edge-optimized"))
            .label(domain.id.span, "the domain")
            .help("make the domain regional, or map a REST API by `AWS::ApiGateway::BasePathMapping`");
    }
}
