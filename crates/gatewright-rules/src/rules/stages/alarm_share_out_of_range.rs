use gatewright_ir::{AlarmTest, Metric, Threshold};
use gatewright_source::Severity;

use super::written::alarms;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "alarm-share-out-of-range",
    page: include_str!("alarm_share_out_of_range.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for alarm in alarms(cx.ir).into_iter().filter(|it| it.metric != Metric::Count) {
        let message = match alarm.test {
            AlarmTest::Above(Threshold::Share(it)) if it >= 1.0 => "no share is ever above",
            AlarmTest::Below(Threshold::Share(it)) if it > 1.0 => "every share is below",
            AlarmTest::Below(Threshold::Share(it)) if it <= 0.0 => "no share is ever below",
            _ => continue,
        };
        let (AlarmTest::Above(Threshold::Share(share)) | AlarmTest::Below(Threshold::Share(share))) =
            alarm.test
        else {
            continue;
        };
        // Rounded: 1.1 is not a binary fraction.
        let percent = (share * 1e8).round() / 1e6;
        out.report(
            alarm.span,
            format!("the alarm on `{}` is useless: {message} {percent}%", alarm.metric.key()),
        )
        .help("write a share below 100%, such as `above: 1%`, or a number");
    }
}
