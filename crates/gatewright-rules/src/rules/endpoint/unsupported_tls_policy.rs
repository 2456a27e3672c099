use gatewright_ir::EndpointType;
use gatewright_source::{Fix, Safety, Severity, did_you_mean};

use super::tls::{EDGE, ENHANCED, OLDER, REGIONAL, policies};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-tls-policy",
    page: include_str!("unsupported_tls_policy.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for it in policies(cx.ir).filter(|it| !it.name.contains("{{resolve:")) {
        let (what, fitting, others) = match it.endpoint {
            EndpointType::Edge => ("an edge-optimized", &EDGE[..], &REGIONAL[..]),
            EndpointType::Regional => ("a regional", &REGIONAL[..], &EDGE[..]),
            EndpointType::Private => ("a private", &REGIONAL[..], &EDGE[..]),
        };
        if fitting.contains(&it.name) || OLDER.contains(&it.name) {
            continue;
        }
        if others.contains(&it.name) {
            out.report(it.span, format!("`{}` is no TLS policy of {what} endpoint", it.name))
                .help(format!("write one of its own, such as `{}`", fitting[fitting.len() - 1]));
            continue;
        }
        let finding = out.report(it.span, format!("there is no TLS policy `{}`", shown(it.name)));
        let finding = match did_you_mean(it.name, fitting.iter().chain(&OLDER).copied()) {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).fix(Fix::spelling(it.span, it.name, near))
            }
            None => finding
                .help(format!("write `TLS_1_2`, or a newer one such as `{}`", fitting[fitting.len() - 1])),
        };
        // There may be newer ones.
        if it.name.starts_with(ENHANCED) {
            finding.warning();
        }
    }
}
