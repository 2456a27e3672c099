use gatewright_source::Severity;

use super::source::{Source, entries};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-websocket-name",
    page: include_str!("unsupported_websocket_name.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    for (key, _) in entries(source.get(&["Routes"])) {
        let text = &*key.value;
        if !matches!(text, "$connect" | "$disconnect" | "$default") && !is_plain(text) {
            let message = format!("SAM takes no route with the key `{text}`");
            out.report(key.span, message).help(
                "use letters and digits only, or write the API as `AWS::ApiGatewayV2::Api`, which takes any key",
            );
        }
    }
    if let Some(stage) = source.get(&["StageName"])
        && let Some(name) = stage.as_str().filter(|it| !is_plain(it))
    {
        let message = match name {
            "$default" => "a WebSocket API has no stage `$default`".to_owned(),
            _ => format!("SAM takes no stage `{name}` for a WebSocket API"),
        };
        out.report(stage.span, message).help("use letters and digits only");
    }
}

/// Whether a logical id can be made of a name.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(char::is_alphanumeric)
}
