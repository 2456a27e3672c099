//! Draws a graph: one file for each form, and here what all of them say about an entity.
//!
//! All names are the user's: each form escapes them in its own way, and characters that would change how the rest
//! is shown are written out by `visible`.

mod dot;
mod json;
mod mermaid;
mod svg;
mod text;

use std::collections::HashMap;
use std::fmt::Write as _;

use gatewright_ir::{
    ApiKind, Authorization, AuthorizerKind, Backend, Callee, Integration, Ir, Link, Located, Origin, Period,
    Qualifier, Route, RouteTarget, Stage, UsagePlan,
};

pub use dot::dot;
pub use json::json;
pub use mermaid::mermaid;
pub use svg::svg;
pub use text::text;

use crate::{Entity, Graph, kind, name};

/// An API to draw. A form draws all that it is given as one.
pub type Picture<'p> = (&'p Ir, &'p Graph);

/// The ids of all entities of all APIs, in their order: `kind:name`, behind that of the API where there are several, and a
/// number where two have the same.
fn ids(pictures: &[Picture<'_>]) -> Vec<Vec<String>> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let several = pictures.len() > 1;
    pictures
        .iter()
        .map(|(ir, graph)| {
            let api = unique(format!("api:{}", ir.api.name.value), &mut seen);
            let id = |entity| match (entity, several) {
                (Entity::Api, _) => api.clone(),
                (_, true) => unique(format!("{api}/{}:{}", kind(entity), name(ir, entity)), &mut seen),
                (_, false) => unique(format!("{}:{}", kind(entity), name(ir, entity)), &mut seen),
            };
            graph.entities().map(id).collect()
        })
        .collect()
}

/// An id that was not given before.
fn unique(plain: String, seen: &mut HashMap<String, usize>) -> String {
    let mut id = plain.clone();
    while seen.contains_key(&id) {
        let count = seen.entry(plain.clone()).or_default();
        *count += 1;
        id = format!("{plain}#{count}");
    }
    seen.insert(id.clone(), 1);
    id
}

/// All edges: from, how, to.
fn edges(graph: &Graph) -> impl Iterator<Item = (Entity, crate::Relation, Entity)> + '_ {
    graph.entities().flat_map(|from| graph.needs(from).map(move |(relation, to)| (from, relation, to)))
}

/// Text on one line in which nothing hides: control characters, marks that turn the direction of text, and what
/// has no width are written as `\u{…}`.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        if is_hidden(it) {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(it));
        } else {
            out.push(it);
        }
    }
    out
}

/// Whether a character is not seen, or changes how others are.
fn is_hidden(it: char) -> bool {
    it.is_control()
        || matches!(it,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// How many columns text takes in a terminal; ideographs take two.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(it: char) -> usize {
    match it {
        '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// Text cut to a number of columns, with an ellipsis for what is missing.
fn fit(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut left = columns.saturating_sub(1);
    for it in text.chars() {
        if char_width(it) > left {
            break;
        }
        left -= char_width(it);
        out.push(it);
    }
    out.push('…');
    out
}

/// What the kind of API is called.
fn api_kind(ir: &Ir) -> &'static str {
    match ir.api.kind {
        ApiKind::Http => "HTTP API",
        ApiKind::Rest => "REST API",
        ApiKind::WebSocket => "WebSocket API",
    }
}

/// Who may call a route, in a word or two.
fn protection(ir: &Ir, route: &Route) -> String {
    let who = match route.authorization {
        Authorization::None if !is_open(ir, route) => "connected".to_owned(),
        Authorization::None => "public".to_owned(),
        Authorization::Iam => "IAM".to_owned(),
        Authorization::Authorizer(id) => ir.authorizers[id].name.value.to_string(),
        Authorization::Unknown => "unknown".to_owned(),
    };
    match route.api_key {
        Some(_) if route.authorization == Authorization::None => "API key".to_owned(),
        Some(_) => format!("{who} + key"),
        None => who,
    }
}

/// Whether anybody may call a route. A message of a WebSocket API comes from who was let in on `$connect`.
fn is_open(ir: &Ir, route: &Route) -> bool {
    let message = ir.api.kind == ApiKind::WebSocket && route.key.value.as_str() != "$connect";
    route.authorization == Authorization::None && !message
}

/// What is to be said about a stage, in a few words.
fn stage_notes(ir: &Ir, it: &Stage) -> Vec<&'static str> {
    let mut out = Vec::new();
    if ir.api.kind == ApiKind::Http {
        out.push(if it.auto_deploy { "auto-deploy" } else { "manual deploy" });
    }
    let is_logged =
        it.settings.execution_log.is_some_and(|it| it.level != Some(gatewright_ir::LogLevel::Off));
    let notes = [
        (it.access_log.is_some(), "access log"),
        (is_logged, "execution log"),
        (it.tracing.as_ref().is_some_and(|it| it.value.known() != Some(&false)), "X-Ray"),
        (it.cache.is_some(), "cache"),
        (it.canary.is_some(), "canary"),
        (it.client_certificate.is_some(), "client certificate"),
        (it.web_acl.is_some(), "web ACL"),
    ];
    out.extend(notes.into_iter().filter(|it| it.0).map(|it| it.1));
    out
}

/// How much a usage plan allows, in a few words.
fn usage(it: &UsagePlan) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(rate) = it.throttle.rate.as_ref().and_then(|it| it.value.known()) {
        out.push(format!("{rate} a second"));
    }
    if let Some((limit, period)) = it.quota.as_ref().and_then(|it| Some((it.limit.as_ref()?, it.period?))) {
        let period = match period.value {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
        };
        let limit = limit.value.known().map_or_else(|| "…".to_owned(), u64::to_string);
        out.push(format!("{limit} a {period}"));
    }
    out
}

/// What sort of authorizer this is.
fn authorizer_sort(kind: &AuthorizerKind) -> &'static str {
    match kind {
        AuthorizerKind::Jwt { .. } => "JWT",
        AuthorizerKind::Cognito { .. } => "Cognito",
        AuthorizerKind::Lambda { .. } => "Lambda",
        AuthorizerKind::Unknown => "unknown",
    }
}

/// Whether a function is created or exists, and its runtime if that is known.
fn function_sort(origin: &Origin) -> String {
    match origin {
        Origin::Created(it) => {
            let runtime = it.runtime.as_ref().and_then(|it| it.value.as_str());
            runtime.unwrap_or("created").to_owned()
        }
        Origin::Named(_) | Origin::Arn(_) => "existing".to_owned(),
        Origin::Unknown => "unknown".to_owned(),
    }
}

/// Where a route's requests go: the name of an integration, or what one without a name calls.
fn target(ir: &Ir, target: RouteTarget) -> String {
    match target {
        RouteTarget::Integration(id, _) => {
            let it = &ir.integrations[id];
            if it.declared { it.name.value.to_string() } else { backend(ir, it) }
        }
        RouteTarget::Nothing | RouteTarget::Missing => "nothing".to_owned(),
        RouteTarget::Unknown => "unknown".to_owned(),
    }
}

/// What an integration calls.
fn backend(ir: &Ir, it: &Integration) -> String {
    match &it.backend {
        Backend::Lambda { callee, .. } => self::callee(ir, callee),
        Backend::Http { uri, link, .. } => match link {
            Some(Link::Known(id, _)) => {
                format!("{} through VPC link {}", located(uri), ir.vpc_links[*id].name.value)
            }
            _ => located(uri),
        },
        Backend::Service { subtype, .. } => subtype.value.to_string(),
        Backend::Action { action, .. } => located(action),
        Backend::Mock { .. } => "mock".to_owned(),
        Backend::Unknown => "unknown".to_owned(),
    }
}

/// A function as it is called.
fn callee(ir: &Ir, it: &Callee) -> String {
    match it {
        Callee::Function { function, qualifier, .. } => {
            let name = &ir.functions[*function].name.value;
            match qualifier {
                None => format!("function {name}"),
                Some(Qualifier::Alias(alias)) => format!("function {name}:{alias}"),
                Some(Qualifier::StageVariable(it)) => format!("function {name}:${{stageVariables.{it}}}"),
            }
        }
        Callee::Arn(it) => located(it),
        Callee::Staged(it) => format!("function {}", it.value),
        Callee::Unknown => "unknown".to_owned(),
    }
}

/// A value; of one that CloudFormation makes, the short tag where that says enough.
fn located<T: AsRef<str>>(it: &Located<T>) -> String {
    let raw = match &it.value {
        gatewright_ir::Value::Known(it) => return it.as_ref().to_owned(),
        gatewright_ir::Value::Deferred(it) => it,
    };
    let Some((function, argument)) = raw.function() else { return "…".to_owned() };
    let function = function.trim_start_matches("Fn::");
    match (&argument.data, argument.as_str()) {
        (_, Some(text)) => format!("!{function} {text}"),
        (gatewright_ir::Data::List(items), _) if function == "GetAtt" => {
            let parts: Vec<&str> = items.iter().filter_map(|it| it.as_str()).collect();
            format!("!GetAtt {}", parts.join("."))
        }
        _ => format!("!{function} …"),
    }
}
