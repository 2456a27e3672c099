use gatewright_ir::{Located, Name, Origin, Retention};
use gatewright_source::{Edit, Fix, Safety, Severity, Span, Written};

use super::posture::provide;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "endless-log-retention",
    page: include_str!("endless_log_retention.md"),
    severity: Severity::Warning,
    category: Category::Cost,
    preset: Preset::Strict,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::ALL,
    formats: Formats::DEPLOYMENTS,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let stages = ir.stages.values().filter_map(|stage| {
        // The retention of a log group that exists is its owner's affair.
        let log = stage.access_log.as_ref().filter(|it| it.destination.is_none())?;
        is_endless(&log.retention).then_some((&stage.name, log.retention.span))
    });
    report(cx, out, "the access log of", "stage", &stages.collect::<Vec<_>>());
    let functions = ir.functions.values().filter_map(|function| {
        let Origin::Created(created) = &function.origin else { return None };
        is_endless(&created.log_retention).then_some((&function.name, created.log_retention.span))
    });
    report(cx, out, "the logs of", "function", &functions.collect::<Vec<_>>());
}

fn is_endless(it: &Located<Retention>) -> bool {
    it.value.known() == Some(&Retention::Never)
}

/// One finding for all: what is right for one log is most often right for the others.
fn report(cx: &Context<'_>, out: &mut Findings, what: &str, of: &str, all: &[(&Name, Span)]) {
    let Some(((name, span), more)) = all.split_first() else { return };
    let (more, are) = match more.len() {
        0 if what.ends_with("log of") => (String::new(), "is"),
        0 => (String::new(), "are"),
        1 => (format!(" and one more {of}"), "are"),
        more => (format!(" and {more} more {of}s"), "are"),
    };
    let finding = out
        .report(*span, format!("{what} `{}`{more} {are} kept for ever", name.value))
        .help("say for how long: `30d`")
        .help_in(
            Formats::TEMPLATES,
            match of {
                "stage" => "set `RetentionInDays` of the log group",
                _ => "give each an `AWS::Logs::LogGroup` below `/aws/lambda/`, with `RetentionInDays`",
            },
        )
        .help_in(Formats::SERVERLESS, "write `logRetentionInDays: 30` under `provider`");
    let days = || Written::number(30);
    finding
        .fix_in(Formats::GATEWRIGHT, || {
            let edits = all.iter().map(|it| Edit::Set { at: it.1, value: Written::text("30d") });
            Some(Fix::needs_a_look("keep logs for 30 days", edits))
        })
        .fix_in(Formats::SERVERLESS, || provide(cx.ir, &["logRetentionInDays"], days()));
}
