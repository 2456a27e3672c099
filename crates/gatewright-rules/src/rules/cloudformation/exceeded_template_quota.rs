use gatewright_ir::{Data, Name, Raw};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "exceeded-template-quota",
    page: include_str!("exceeded_template_quota.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// How many there may be of what in one template.
///
/// Source: AWS CloudFormation User Guide, "Understand CloudFormation quotas".
const QUOTAS: [(&str, &str, usize); 4] = [
    ("Resources", "resources", 500),
    ("Parameters", "parameters", 200),
    ("Outputs", "outputs", 200),
    ("Mappings", "mappings", 200),
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(document) = cx.ir.provenance.document.as_deref().filter(|_| cx.is_first) else { return };
    for (section, what, limit) in QUOTAS {
        let Some(Data::Map(entries)) = document.get(section).map(|it: &Raw| &it.data) else { continue };
        // A loop is none of them, and makes some.
        let mut written =
            entries.iter().map(|it: &(Name, Raw)| &it.0).filter(|it| !it.value.starts_with("Fn::"));
        let Some(first_too_many) = written.nth(limit) else { continue };
        let all = limit + 1 + written.count();
        out.report(
            first_too_many.span,
            format!("the template has {all} {what}, and CloudFormation takes {limit}"),
        )
        .help("move what belongs together into nested stacks, or describe routes in the `Body` of the API")
        .help_in(
            Formats::SAM,
            "move what belongs together into nested applications: SAM makes still more of what stands here",
        );
    }
}
