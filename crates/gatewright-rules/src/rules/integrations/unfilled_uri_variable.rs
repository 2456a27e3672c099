use gatewright_ir::{ApiKind, Backend, Format, Id, IntegrationId, Ir, RouteId, Segment};
use gatewright_source::{Severity, did_you_mean};

use super::rest_mapping::{Place, destination};
use super::uri::{Uri, variables};
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unfilled-uri-variable",
    page: include_str!("unfilled_uri_variable.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// How many routes are shown.
const SHOWN: usize = 3;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // Of REST APIs, the mapping is written for specifications of ours only.
    // Source: serverless/serverless v4, `lib/plugins/aws/package/compile/events/api-gateway/lib/method/integration.js`:
    // `getIntegrationRequestParameters`.
    let fills = ir.api.kind != ApiKind::Rest || ir.provenance.format == Format::Gatewright;
    let mut unfilled: Vec<(IntegrationId, &str, RouteId)> = Vec::new();
    for (id, route) in ir.routes.iter() {
        let Some(integration) = route.target.integration() else { continue };
        let Some(uri) = uri(ir, integration) else { continue };
        let key = &route.key.value;
        // One in the host is reported by itself.
        let host = match Uri::parse(uri) {
            Uri::Url { host, .. } => host,
            _ => "",
        };
        for name in variables(uri).filter(|name| variables(host).all(|it| it != *name)) {
            let filled = fills && key.variables().any(|it| it == name) || is_mapped(ir, integration, name);
            // What `$default` makes of the variable of a greedy route is not documented.
            let is_default = ir.api.kind == ApiKind::Http && key.is_default();
            let excused = if is_default { name == "proxy" } else { is_malformed(key.segments()) };
            if !filled && !excused && !key.is_malformed() {
                unfilled.push((integration, name, id));
            }
        }
    }
    // By integration and variable: one mistake, one finding.
    unfilled.sort_unstable_by_key(|it| (it.0.index(), it.1, it.2.index()));
    unfilled.dedup();
    for group in unfilled.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (integration, name, _) = group[0];
        let (Backend::Http { uri, .. } | Backend::Action { action: uri, .. }) =
            &ir.integrations[integration].backend
        else {
            continue;
        };
        let keys = || group.iter().take(SHOWN).map(|it| &ir.routes[it.2].key);
        let shown: Vec<&str> = keys().map(|it| it.value.as_str()).collect();
        let message = match group.len() {
            1 if !fills => format!("for {}, no mapping fills `{{{name}}}` in this URL", list(&shown)),
            all if !fills => format!("for {all} routes, no mapping fills `{{{name}}}` in this URL"),
            1 => format!("{} has no path variable `{{{name}}}` for this URL", list(&shown)),
            all => format!("{all} routes have no path variable `{{{name}}}` for this URL"),
        };
        let mut finding = out.report(uri.span, message);
        for key in keys().filter(|it| it.span != uri.span) {
            let has_one = key.value.variables().any(|it| it == name);
            let label = if has_one {
                "is not passed on by itself".to_owned()
            } else {
                format!("no `{{{name}}}` here")
            };
            finding = finding.label(key.span, label);
        }
        let near = match group {
            [one] => did_you_mean(name, ir.routes[one.2].key.value.variables()),
            _ => None,
        };
        let help = match (name.strip_suffix('+'), near) {
            // Messages have no path.
            _ if ir.api.kind == ApiKind::WebSocket => {
                format!("say what it is: `requestParameters: {{ path.{name}: $request.body.{name} }}`")
            }
            (Some(greedy), _) => {
                format!("write `{{{greedy}}}`: a URL names a greedy variable without its `+`")
            }
            _ if !fills => match ir.provenance.format {
                Format::Serverless => {
                    format!("declare it: `paths: {{ {name}: true }}` under `request.parameters`")
                }
                Format::OpenApi => format!(
                    "map it under `requestParameters`: `integration.request.path.{name}: method.request.path.{name}`"
                ),
                _ => format!(
                    "map it under the integration's request parameters: `integration.request.path.{name}: method.request.path.{name}`"
                ),
            },
            (None, Some(near)) => format!("did you mean `{{{near}}}`?"),
            (None, None) => format!("add `{{{name}}}` to the path of the route, or take it out of the URL"),
        };
        if fills {
            finding.help(help)
        } else {
            finding.help_in(Formats::ALL, help)
        };
    }
}

/// The URL of an integration whose path comes from it.
fn uri(ir: &Ir, id: IntegrationId) -> Option<&str> {
    let integration = &ir.integrations[id];
    let uri = match &integration.backend {
        Backend::Http { uri, link: None, .. } | Backend::Action { action: uri, .. } => uri,
        // Behind a VPC link, an HTTP API has no URL.
        Backend::Http { uri, .. } if ir.api.kind != ApiKind::Http => uri,
        _ => return None,
    };
    let uri = uri.value.as_str().filter(|it| it.contains('{'))?;
    let replaced = integration.request_parameters.iter().any(|it| &*it.destination.value == "overwrite:path");
    (!replaced).then_some(uri)
}

/// Whether a REST or WebSocket API fills a variable by a mapping.
fn is_mapped(ir: &Ir, id: IntegrationId, name: &str) -> bool {
    let mut mappings = ir.integrations[id].request_parameters.iter();
    ir.api.kind != ApiKind::Http
        && mappings.any(|it| matches!(destination(&it.destination.value), Ok(Place::Path(it)) if it == name))
}

/// Whether a brace is out of place in a path, which is reported by itself.
pub(super) fn is_malformed<'r>(mut segments: impl Iterator<Item = Segment<'r>>) -> bool {
    segments.any(|it| matches!(it, Segment::Literal(it) if it.contains(['{', '}'])))
}
