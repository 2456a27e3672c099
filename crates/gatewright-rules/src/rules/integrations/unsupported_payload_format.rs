use gatewright_ir::{Backend, Ir};
use gatewright_source::{Edit, Fix, Safety, Severity, Span, Written};
use rustc_hash::FxHashSet;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-payload-format",
    page: include_str!("unsupported_payload_format.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    // Many integrations may take it from `defaults`: one mistake, one finding.
    let mut seen = FxHashSet::default();
    for it in cx.ir.integrations.values() {
        match &it.backend {
            Backend::Lambda { payload, .. }
                if !matches!(&*payload.value, "1.0" | "2.0") && seen.insert(payload.span) =>
            {
                let message = format!("there is no payload format `{}`", payload.value);
                let finding = out.report(payload.span, message).help("write `\"2.0\"`, or `\"1.0\"`");
                if let Some(meant) = meant(&payload.value) {
                    let edit = Edit::set(payload.span, Written::text(meant));
                    finding.fix(Fix::safe(format!("write `{meant}`"), [edit]));
                }
            }
            Backend::Http { payload: Some(payload), uri, .. } if &*payload.value != "1.0" => {
                let message =
                    format!("an HTTP integration cannot have the payload format `{}`", payload.value);
                out.report(payload.span, message)
                    .label(uri.span, "this is an HTTP integration")
                    .help("remove `payload`: only functions are given another format")
                    .fix_in(Formats::ALL, || {
                        let edit = Edit::set(payload.span, Written::text("1.0"));
                        is_own(cx.ir, payload.span).then(|| Fix::safe("write `1.0`", [edit]))
                    });
            }
            _ => {}
        }
    }
}

/// The format that is written in another way: `2`, `v2`, `2.0.0`.
fn meant(text: &str) -> Option<&'static str> {
    let (major, rest) = text.trim_start_matches(['v', 'V']).split_once('.').unwrap_or((text, ""));
    let is_round = rest.bytes().all(|it| matches!(it, b'0' | b'.'));
    match major.trim_start_matches(['v', 'V']) {
        "1" if is_round => Some("1.0"),
        "2" if is_round => Some("2.0"),
        _ => None,
    }
}

/// Whether no function is given the format that stands at a place.
fn is_own(ir: &Ir, at: Span) -> bool {
    !ir.integrations.values().any(|it| match &it.backend {
        Backend::Lambda { payload, .. } => payload.span == at,
        _ => false,
    })
}
