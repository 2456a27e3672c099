use gatewright_ir::{Located, Origin, Retention};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use crate::limits::LOG_RETENTION_DAYS;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-log-retention",
    page: include_str!("unsupported_log_retention.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for it in cx.ir.functions.values() {
        if let Origin::Created(created) = &it.origin {
            retention(&created.log_retention, &format!("the logs of `{}`", it.name.value), out);
        }
    }
    for it in cx.ir.stages.values() {
        // The retention of a log group that exists is its owner's affair.
        if let Some(log) = &it.access_log
            && log.destination.is_none()
        {
            retention(&log.retention, &format!("the access log of `{}`", it.name.value), out);
        }
    }
}

fn retention(it: &Located<Retention>, what: &str, out: &mut Findings) {
    let Some(&Retention::Days(days)) = it.value.known() else { return };
    let Err(at) = LOG_RETENTION_DAYS.binary_search(&days) else { return };
    let help = match (at.checked_sub(1).map(|it| LOG_RETENTION_DAYS[it]), LOG_RETENTION_DAYS.get(at)) {
        (Some(less), Some(more)) => format!("write `{less}d` or `{more}d`"),
        (Some(most), None) => format!("write `{most}d`, or `never` to keep them for ever"),
        (None, _) => "write `1d`, or more".to_owned(),
    };
    let finding = out.report(it.span, format!("CloudWatch cannot keep {what} for {days} days")).help(help);
    // Kept longer, never shorter.
    if let Some(more) = LOG_RETENTION_DAYS.get(at) {
        let set = |value| Some(Fix::safe(format!("write `{more}d`"), [Edit::set(it.span, value)]));
        finding.fix_in(Formats::GATEWRIGHT, || set(Written::Bare(format!("{more}d"))));
    }
}
