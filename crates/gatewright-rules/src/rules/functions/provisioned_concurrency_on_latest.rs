use gatewright_ir::{AliasVersion, Function, FunctionId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "provisioned-concurrency-on-latest",
    page: include_str!("provisioned_concurrency_on_latest.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Function(check),
};

fn check(_: &Context<'_>, _: FunctionId, function: &Function, out: &mut Findings) {
    for alias in &function.aliases {
        if alias.version == AliasVersion::Latest && alias.provisioned_concurrency.is_some() {
            let name = &alias.name;
            let message = format!("the alias `{}` has provisioned concurrency on `$LATEST`", name.value);
            out.report(name.span, message)
                .help("remove `version`, so that the alias points to a published version");
        }
    }
}
