use gatewright_ir::Backend;
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-payload-format",
    page: include_str!("unsupported_payload_format.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
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
                out.report(payload.span, message).help("write `\"2.0\"`, or `\"1.0\"`");
            }
            Backend::Http { payload: Some(payload), uri, .. } if &*payload.value != "1.0" => {
                let message =
                    format!("an HTTP integration cannot have the payload format `{}`", payload.value);
                out.report(payload.span, message)
                    .label(uri.span, "this is an HTTP integration")
                    .help("remove `payload`: only functions are given another format");
            }
            _ => {}
        }
    }
}
