use gatewright_ir::ApiKind;
use gatewright_source::Severity;

use super::source::Source;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "api-id-without-ref",
    page: include_str!("api_id_without_ref.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    let key = if cx.ir.api.kind == ApiKind::Rest { "RestApiId" } else { "ApiId" };
    // A permission that is written out may be for any API.
    if source.resources("AWS::Lambda::Permission").next().is_some() {
        return;
    }
    for event in source.events().iter().filter(|it| it.of_function) {
        if let Some(api) = event.get(&[key])
            && api.as_str().is_some()
        {
            let message =
                format!("the permission of `{}` is for an API with the id `{}`", event.name.value, source.id);
            out.report(api.span, message).help(format!("write `!Ref {}`", source.id));
        }
    }
}
