use gatewright_ir::Data;
use gatewright_source::Severity;

use super::source::{Source, flag};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "shortened-base-path",
    page: include_str!("shortened_base_path.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    if source.get(&["Domain", "NormalizeBasePath"]).is_some_and(|it| flag(it) != Some(true)) {
        return;
    }
    let Some(paths) = source.get(&["Domain", "BasePath"]) else { return };
    let paths = if let Data::List(items) = &paths.data { &items[..] } else { std::slice::from_ref(paths) };
    for it in paths {
        let Some(path) = it.as_str() else { continue };
        let path = path.trim_matches('/');
        let plain: String = path.chars().filter(|it| it.is_alphanumeric()).collect();
        if plain != path {
            let message = format!("the API answers under `/{plain}`, not under `/{path}`");
            out.report(it.span, message).help(
                "set `NormalizeBasePath: false` beside it: otherwise SAM keeps letters and digits only",
            );
        }
    }
}
