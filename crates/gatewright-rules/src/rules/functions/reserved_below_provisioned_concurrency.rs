use gatewright_ir::{AliasVersion, Function, FunctionId, Origin};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "reserved-below-provisioned-concurrency",
    page: include_str!("reserved_below_provisioned_concurrency.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Function(check),
};

fn check(_: &Context<'_>, _: FunctionId, function: &Function, out: &mut Findings) {
    let Origin::Created(created) = &function.origin else { return };
    let Some(reserved) = &created.reserved_concurrency else { return };
    let Some(most) = reserved.value.known() else { return };
    // On `$LATEST` there can be none, which is reported by itself.
    let provisioned = || {
        let of = |it: &gatewright_ir::Alias| {
            Some((it.name.span, *it.provisioned_concurrency.as_ref()?.value.known()?))
        };
        function.aliases.iter().filter(|it| it.version != AliasVersion::Latest).filter_map(of)
    };
    let all = provisioned().fold(0_u64, |all, it| all.saturating_add(it.1));
    if all <= *most {
        return;
    }
    let message = format!("`{}` may run {most} calls at once, and keeps {all} ready", function.name.value);
    let mut finding = out.report(reserved.span, message);
    for (span, count) in provisioned() {
        finding = finding.label(span, format!("{count} ready here"));
    }
    finding.help("reserve at least as many as the aliases keep ready");
}
