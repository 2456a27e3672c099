use gatewright_ir::{Authorizer, AuthorizerId, AuthorizerKind, Duration};
use gatewright_source::{Edit, Fix, Safety, Severity, Span, Written};

use crate::limits::AUTHORIZER_CACHE_SECONDS;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "authorizer-cache-out-of-range",
    page: include_str!("authorizer_cache_out_of_range.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Authorizer(check),
};

fn check(_: &Context<'_>, _: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    if let AuthorizerKind::Lambda { cache: Some(cache), .. }
    | AuthorizerKind::Cognito { cache: Some(cache), .. } = &authorizer.kind
        && let Some(it) = cache.value.known()
        && !AUTHORIZER_CACHE_SECONDS.contains(&it.as_seconds())
    {
        let most = Duration::seconds(*AUTHORIZER_CACHE_SECONDS.end());
        out.report(
            cache.span,
            format!("`{}` remembers answers for {it}, longer than {most}", authorizer.name.value),
        )
        .help(format!("set `cache` to at most `{most}`"))
        .fix_in(Formats::GATEWRIGHT, || Some(set(cache.span, Written::Bare(most.to_string()))))
        .fix_in(Formats::FOREIGN, || Some(set(cache.span, Written::number(most.as_seconds()))));
    }
}

fn set(at: Span, most: Written) -> Fix {
    Fix::needs_a_look("set the most that is allowed", [Edit::set(at, most)])
}
