use gatewright_ir::{Domain, DomainId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "domain-without-mapping",
    page: include_str!("domain_without_mapping.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

/// Raw CloudFormation that maps a domain.
pub(super) const MAPPINGS: [&str; 4] = [
    "AWS::ApiGateway::BasePathMapping",
    "AWS::ApiGateway::BasePathMappingV2",
    "AWS::ApiGatewayV2::ApiMapping",
    "AWS::ApiGatewayV2::RoutingRule",
];

fn check(cx: &Context<'_>, _: DomainId, domain: &Domain, out: &mut Findings) {
    let mut raw = cx.ir.template.resources.iter().filter_map(|it| it.1.get("Type")?.as_str());
    // Where the API stands elsewhere, the mapping may do so, too.
    if domain.mappings.is_empty() && !cx.ir.provenance.is_fragment && !raw.any(|it| MAPPINGS.contains(&it)) {
        out.report(domain.name.span, format!("no stage answers under `{}`", domain.name.value))
            .help("map a stage: `mappings: { /: STAGE }`");
    }
}
