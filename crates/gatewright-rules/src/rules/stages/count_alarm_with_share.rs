use gatewright_ir::{AlarmTest, Metric, Threshold};
use gatewright_source::Severity;

use super::written::alarms;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "count-alarm-with-share",
    page: include_str!("count_alarm_with_share.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for alarm in alarms(cx.ir).into_iter().filter(|it| it.metric == Metric::Count) {
        if let AlarmTest::Above(Threshold::Share(_)) | AlarmTest::Below(Threshold::Share(_)) = alarm.test {
            out.report(alarm.span, "the number of all requests is no share of anything")
                .help("write a number of requests a minute, such as `above: 1000`");
        }
    }
}
