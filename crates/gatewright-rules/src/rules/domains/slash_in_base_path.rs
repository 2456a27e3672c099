use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::written::{API_MAPPING, BASE_PATH, Mapping, key, mappings};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "slash-in-base-path",
    page: include_str!("slash_in_base_path.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for it in mappings(template).into_iter().filter(|it| it.resource.of == BASE_PATH) {
        let (Some(path), Some(key)) = (it.path(), it.key) else { continue };
        // Slashes around it are reported by themselves.
        if path.trim_matches('/').contains('/') {
            let finding = out
                .report(key.span, format!("the base path `{}` has more than one part", shown(&path)))
                .help("map it by `AWS::ApiGatewayV2::ApiMapping`, with `ApiMappingKey` and `ApiId`");
            if let Some(edits) = as_api_mapping(&it) {
                finding.fix(Fix::needs_a_look(format!("make it an `{API_MAPPING}`"), edits));
            }
        }
    }
}

/// What makes another resource of it. One that was made before cannot become one of another type.
fn as_api_mapping(it: &Mapping<'_, '_>) -> Option<Vec<Edit>> {
    let (whole, properties) = (it.resource.whole, it.resource.properties()?);
    // Without a stage the caller says it in the path, and a mapping of the newer type has always one.
    properties.get("Stage")?;
    let set = |at, text: &str| Edit::Set { at, value: Written::text(text) };
    Some(vec![
        set(whole.get("Type")?.span, API_MAPPING),
        set(key(properties, "RestApiId")?, "ApiId"),
        set(key(properties, "BasePath")?, "ApiMappingKey"),
    ])
}
