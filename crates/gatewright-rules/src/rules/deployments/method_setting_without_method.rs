use gatewright_ir::{Method, Raw, Span};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::method_settings::{PLACES, Paths, lists, settings};
use crate::rules::cloudformation::property::{is_absent, is_whole, word};
use crate::rules::cloudformation::template::api_id;
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "method-setting-without-method",
    page: include_str!("method_setting_without_method.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let paths = Paths::of(cx.ir);
    for list in lists(template, api) {
        placeless(list, out);
        for entry in list.iter().filter(|it| it.function().is_none()) {
            if let (Some(path), Some(verb)) = (word(entry, PLACES[0]), word(entry, PLACES[1])) {
                placed(paths.as_ref(), path, verb, out);
            }
        }
    }
}

/// Settings that do not say whose they are. Said once: it is one mistake.
fn placeless(entries: &[Raw], out: &mut Findings) {
    let is_placeless =
        |it: &&Raw| is_whole(it) && settings(it) > 0 && PLACES.iter().any(|place| is_absent(it, place));
    let Some(entry) = entries.iter().find(is_placeless) else { return };
    let missing: Vec<&str> = PLACES.into_iter().filter(|place| is_absent(entry, place)).collect();
    let is_split =
        entries.len() > 1 && PLACES.iter().all(|place| entries.iter().any(|it| !is_absent(it, place)));
    let finding =
        out.report(entry.span, format!("these settings are for no method: {} is missing", list(&missing)));
    finding.help(match is_split {
        true => "each `-` begins settings of their own: only the first belongs there",
        false => "for all methods write `ResourcePath: /*` and `HttpMethod: '*'`",
    });
}

/// Settings that say whose they are.
fn placed(
    paths: Option<&Paths<'_>>,
    (path, path_span): (&str, Span),
    (verb, verb_span): (&str, Span),
    out: &mut Findings,
) {
    let method = Method::parse(&verb.to_ascii_uppercase());
    if method.is_none() && verb != "*" {
        out.report(verb_span, format!("`{verb}` is no method"))
            .help("write a method of HTTP, `ANY`, or `*` for all");
        return;
    }
    if path.contains('*') {
        if path == "/*" && verb != "*" {
            out.report(path_span, "these settings have no effect: `/*` goes only with the method `*`")
                .help("write `HttpMethod: '*'`, or settings for each path")
                .warning();
        }
        return;
    }
    // The path is a part of a patch path, in which `/` parts one name from the next.
    let plain = path.replace("~1", "/");
    let plain = format!("/{}", plain.trim_start_matches('/'));
    let written = encoded(&plain);
    let is_rooted = path.starts_with('/') || path.starts_with("~1");
    if !is_rooted || path.get(1..).is_some_and(|it| it.contains('/')) {
        let message = match is_rooted {
            true => format!("a `/` within `{path}` is written `~1`"),
            false => format!("`{path}` does not begin with `/`"),
        };
        let edit = Edit::Set { at: path_span, value: Written::text(&written) };
        let title = format!("write `{written}`");
        out.report(path_span, message).help(title.clone()).fix(Fix::safe(title, [edit]));
        return;
    }
    if let Some(paths) = paths {
        unknown(paths, &plain, (path_span, verb_span), method, out);
    }
}

/// A path as a part of a patch path.
///
/// Source: CloudFormation Template Reference, `AWS::ApiGateway::Stage MethodSetting`: `ResourcePath`.
fn encoded(path: &str) -> String {
    if path == "/" { path.to_owned() } else { format!("/{}", path.replace('/', "~1")) }
}

/// Settings for a path or a method that the API does not have.
fn unknown(
    paths: &Paths<'_>,
    path: &str,
    (path_span, verb_span): (Span, Span),
    method: Option<Method>,
    out: &mut Findings,
) {
    let methods = paths.get(path);
    if methods.is_empty() {
        // In the order of the alphabet, whatever that of the map is.
        let mut known: Vec<&str> = paths.all().collect();
        known.sort_unstable();
        let help = match out.did_you_mean(path, known) {
            Some(meant) => format!("did you mean `{}`?", encoded(meant)),
            None => "write the path of a method, variables included".to_owned(),
        };
        out.report(path_span, format!("these settings have no effect: the API has no path `{path}`"))
            .help(help)
            .warning();
        return;
    }
    // What answers preflight requests is not always a route.
    let Some(method) = method.filter(|it| *it != Method::Options) else { return };
    if !methods.iter().any(|it| it.covers(method)) {
        let method = method.as_str();
        let has: Vec<&str> = methods.iter().map(|it| it.as_str()).collect();
        out.report(verb_span, format!("these settings have no effect: `{path}` has no method `{method}`"))
            .help(format!("it has {}", list(&has)))
            .warning();
    }
}
