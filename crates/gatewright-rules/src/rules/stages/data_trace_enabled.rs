use gatewright_ir::ApiKind;
use gatewright_source::{Edit, Fix, Safety, Severity, Written};
use rustc_hash::FxHashSet;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "data-trace-enabled",
    page: include_str!("data_trace_enabled.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let mut seen = FxHashSet::default();
    for stage in cx.ir.stages.values() {
        let all = std::iter::once(&stage.settings).chain(stage.routes.iter().map(|it| &it.1));
        let traced = all.filter_map(|it| it.execution_log?.data_trace).filter(|it| it.value);
        for it in traced.filter(|it| seen.insert(it.span)) {
            out.report(it.span, format!("headers and bodies are logged in the stage `{}`", stage.name.value))
                .help("remove `dataTrace`; the levels `error` and `info` tell what happened without them")
                .help_in(Formats::TEMPLATES, "set `DataTraceEnabled: false`; with `LoggingLevel: ERROR` or `INFO` the log tells what happened without them")
                .help_in(Formats::SERVERLESS, if cx.ir.api.kind == ApiKind::Rest { "write `restApi: { fullExecutionData: false }` under `provider.logs`" } else { "write `websocket: { fullExecutionData: false }` under `provider.logs`" })
                .fix_in(Formats::GATEWRIGHT, || {
                    Some(Fix::safe("remove `dataTrace`", [Edit::Remove { entry: it.span }]))
                })
                .fix_in(Formats::TEMPLATES, || {
                    Some(Fix::safe("write `false`", [Edit::Set { at: it.span, value: Written::flag(false) }]))
                });
        }
    }
}
