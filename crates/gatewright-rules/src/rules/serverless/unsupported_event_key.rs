use gatewright_source::Severity;

use super::document::{entries, events};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-event-key",
    page: include_str!("unsupported_event_key.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::SERVERLESS,
    check: Check::Api(check),
};

/// Keys that `http` events have and `httpApi` events have not, and what to do instead.
///
/// Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events`: the schemas in `api-gateway/index.js` and
/// `http-api.js`.
const KEYS: [(&str, &str); 8] = [
    ("cors", "say it for the whole API: `provider.httpApi.cors`"),
    ("private", "HTTP APIs know no API keys: give the event an `authorizer`, or make it an `http` event"),
    ("integration", "HTTP APIs call functions as proxies: remove it, or make it an `http` event"),
    ("request", "check requests in the function, or make it an `http` event"),
    ("response", "answer from the function, or make it an `http` event"),
    ("async", "make it an `http` event, or invoke another function"),
    ("connectionType", "make it an `http` event, or write route and integration under `resources`"),
    ("connectionId", "make it an `http` event, or write route and integration under `resources`"),
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    for (_, event) in events(cx.ir, "httpApi") {
        for (name, _) in entries(event) {
            if let Some((key, help)) = KEYS.iter().find(|it| *it.0 == *name.value) {
                out.report(
                    name.span,
                    format!("`{key}` has no effect here: an `httpApi` event has no such key"),
                )
                .help_in(Formats::SERVERLESS, *help);
            }
        }
    }
}
