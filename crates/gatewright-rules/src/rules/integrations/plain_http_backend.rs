use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use super::unreachable_backend::{Reach, reach};
use super::uri::Uri;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "plain-http-backend",
    page: include_str!("plain_http_backend.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Http { uri, link: None, .. } = &integration.backend else { return };
    let Some(text) = uri.value.as_str() else { return };
    // What API Gateway cannot reach is reported by itself.
    if let Uri::Url { plain: true, host } = Uri::parse(text)
        && reach(host) == Reach::Internet
    {
        let message = format!("`{}` sends requests over the internet unencrypted", integration.name.value);
        out.report(uri.span, message).help("use `https://`");
    }
}
