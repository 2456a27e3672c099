use gatewright_source::Severity;

use super::media_type::is_media_type;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-binary-media-type",
    page: include_str!("malformed_binary_media_type.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for it in &cx.ir.api.binary_media_types {
        let Some(text) = it.value.as_str() else { continue };
        let name = shown(text);
        if text == "*/*" {
            continue;
        }
        if text.contains("~1") {
            out.report(it.span, format!("`{name}` has `~1` where a slash belongs")).help(format!(
                "write `{}`: it is escaped where AWS wants it so",
                shown(&text.replace("~1", "/"))
            ));
        } else if text.contains('*') {
            out.report(it.span, format!("`{name}` may match nothing: wildcards are not documented here"))
                .help("name each media type, or all of them with `*/*`");
        } else if !is_media_type(text) {
            out.report(it.span, format!("`{name}` is not a media type"))
                .help("write type and subtype, such as `image/png`");
        }
    }
}
