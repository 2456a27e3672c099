use gatewright_ir::{AuthorizerKind, Duration, FunctionId, Origin};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use crate::limits::AUTHORIZER_TIMEOUT_MILLISECONDS;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "excessive-authorizer-timeout",
    page: include_str!("excessive_authorizer_timeout.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let mut seen: FxHashSet<FunctionId> = FxHashSet::default();
    let mut backends: Option<FxHashSet<FunctionId>> = None;
    for authorizer in ir.authorizers.values() {
        let AuthorizerKind::Lambda { callee, .. } = &authorizer.kind else { continue };
        let Some(id) = callee.function() else { continue };
        let Origin::Created(function) = &ir.functions[id].origin else { continue };
        let Some(timeout) = &function.timeout else { continue };
        let Some(known) = timeout.value.known() else { continue };
        if known.milliseconds <= AUTHORIZER_TIMEOUT_MILLISECONDS || !seen.insert(id) {
            continue;
        }
        // A backend may take longer, and one timeout serves both.
        let backends = backends.get_or_insert_with(|| {
            ir.integrations.values().filter_map(|it| it.callee()?.function()).collect()
        });
        if backends.contains(&id) {
            continue;
        }
        let limit = Duration::milliseconds(AUTHORIZER_TIMEOUT_MILLISECONDS);
        let name = &ir.functions[id].name.value;
        let finding = out
            .report(
                timeout.span,
                format!("`{name}` may take {known}, but an authorizer is given up after {limit}"),
            )
            .help(format!("set `timeout` to at most `{limit}`"))
            .help_in(Formats::TEMPLATES, format!("set `Timeout` to at most {limit}"))
            .help_in(Formats::SERVERLESS, format!("set `timeout` to at most {limit}"));
        if let Some(span) = callee.span() {
            finding.label(span, "an authorizer here");
        }
    }
}
