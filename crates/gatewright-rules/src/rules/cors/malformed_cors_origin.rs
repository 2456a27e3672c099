use gatewright_ir::ApiKind;
use gatewright_source::{Severity, Span};
use rustc_hash::FxHashMap;

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-cors-origin",
    page: include_str!("malformed_cors_origin.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(cors) = cx.ir.api.cors.policy() else { return };
    let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
    for it in &cors.allow_origins {
        let Some(origin) = it.value.as_str() else { continue };
        if let Some(first) = seen.insert(origin, it.span) {
            out.report(it.span, format!("`{}` is allowed twice", shown(origin)))
                .label(first, "first here")
                .help("remove one of them")
                .warning();
        } else if let Some(problem) = problem(origin, cx.ir.api.kind) {
            let finding = out.report(it.span, problem.message).help(problem.help);
            if !problem.certain {
                finding.warning();
            }
        }
    }
}

struct Problem {
    message: String,
    help: String,
    certain: bool,
}

fn problem(origin: &str, kind: ApiKind) -> Option<Problem> {
    // HTTP APIs compare origins themselves. A REST API sends what is written, and browsers know one wildcard.
    let has_schemes = kind == ApiKind::Http;
    // `null` is the origin of local files and sandboxed frames.
    if matches!(origin, "*" | "null") || has_schemes && matches!(origin, "https://*" | "http://*") {
        return None;
    }
    let certain = |message: String, help: String| Some(Problem { message, help, certain: true });
    let likely = |message: String, help: String| Some(Problem { message, help, certain: false });
    if origin.is_empty() {
        return certain("this origin is empty".to_owned(), "write an origin, or remove it".to_owned());
    }
    let name = shown(origin);
    if origin.contains("${") {
        return certain(
            format!("the origin `{name}` holds `${{…}}`, which nothing replaces here"),
            "write `!Sub` before the text".to_owned(),
        );
    }
    if origin.contains([',', ' ']) && origin.trim().contains([',', ' ']) {
        return certain(
            format!("`{name}` is not one origin"),
            "write each origin as an item of the list".to_owned(),
        );
    }
    let Some((scheme, rest)) = origin.split_once("://") else {
        let help = "write `https://` and the host, as it stands in the browser's address bar".to_owned();
        return certain(format!("the origin `{name}` has no scheme"), help);
    };
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
        return likely(
            format!("the origin `{name}` is neither `https://` nor `http://`"),
            "web pages have origins with `https://` and `http://`".to_owned(),
        );
    }
    if host.is_empty() {
        return certain(format!("the origin `{name}` has no host"), "write the host after `://`".to_owned());
    }
    if path == "/" {
        return certain(
            format!("the origin `{name}` ends with `/`, so that it matches nothing"),
            format!("write `{}`", origin[..scheme.len() + 3 + host.len()].to_ascii_lowercase()),
        );
    }
    if !path.is_empty() {
        return certain(
            format!("the origin `{name}` has a path, so that it matches nothing"),
            format!("write `{}`", origin[..scheme.len() + 3 + host.len()].to_ascii_lowercase()),
        );
    }
    if host.contains('*') {
        return certain(
            format!("`*` stands for no part of a host in `{name}`"),
            if has_schemes {
                format!("name each origin, or allow `{scheme}://*`")
            } else {
                "name each origin, or allow `*`".to_owned()
            },
        );
    }
    if origin.bytes().any(|it| it.is_ascii_uppercase()) {
        return likely(
            format!("browsers write the origin `{name}` in lower case"),
            format!("write `{}`", origin.to_ascii_lowercase()),
        );
    }
    let default = if scheme == "https" { ":443" } else { ":80" };
    let without = host.strip_suffix(default)?;
    likely(
        format!("browsers leave the default port of `{name}` out"),
        format!("write `{scheme}://{without}`"),
    )
}
