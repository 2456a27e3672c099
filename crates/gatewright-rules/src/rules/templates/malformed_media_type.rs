use gatewright_ir::Name;
use gatewright_source::Severity;

use super::media_type::is_media_type;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-media-type",
    page: include_str!("malformed_media_type.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for integration in cx.ir.integrations.values() {
        let Some(it) = &integration.transformation else { continue };
        let responses = it.responses.iter().flat_map(|it| &it.templates);
        it.request.iter().chain(responses).for_each(|it| media_type(&it.0, out));
    }
    let validations = cx.ir.routes.values().filter_map(|it| it.validation.as_ref());
    validations.flat_map(|it| &it.body).filter_map(|it| it.0.as_ref()).for_each(|it| media_type(it, out));
}

fn media_type(it: &Name, out: &mut Findings) {
    let text = &*it.value;
    if text == "$default" {
        return;
    }
    if text.contains('*') {
        out.report(it.span, format!("no body has the media type `{}`", shown(text)))
            .help("write one entry for each media type: wildcards are not understood here");
    } else if !is_media_type(text) {
        let message = format!("`{}` is not a media type", shown(text));
        out.report(it.span, message).help("write type and subtype, such as `application/json`");
    }
}
