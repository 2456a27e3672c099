use gatewright_ir::{Duration, Located, RouteSettings};
use gatewright_source::{Edit, Fix, Safety, Severity, Span, Written};
use rustc_hash::FxHashSet;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cache-ttl-out-of-range",
    page: include_str!("cache_ttl_out_of_range.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// For how long an answer is remembered at most, in seconds.
///
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
const MAX_TTL_SECONDS: u64 = 3600;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let mut seen = FxHashSet::default();
    let routes = ir.routes.values().filter_map(|it| own(it.settings.as_deref()?));
    let stages = ir.stages.values().flat_map(|it| {
        let cluster = it.cache.as_ref().and_then(|it| it.ttl.as_ref());
        it.routes.iter().filter_map(|it| own(&it.1)).chain(cluster)
    });
    for ttl in routes.chain(stages) {
        if let Some(it) = ttl.value.known().filter(|it| it.as_seconds() > MAX_TTL_SECONDS)
            && seen.insert(ttl.span)
        {
            let most = Duration::seconds(MAX_TTL_SECONDS);
            out.report(ttl.span, format!("answers are remembered for at most {most}, not for {it}"))
                .help(format!("set `ttl` to at most `{most}`"))
                .fix_in(Formats::GATEWRIGHT, || Some(set(ttl.span, Written::Bare(most.to_string()))))
                .fix_in(Formats::FOREIGN, || Some(set(ttl.span, Written::number(most.as_seconds()))));
        }
    }
}

fn set(at: Span, most: Written) -> Fix {
    Fix::safe("set the most that is allowed", [Edit::set(at, most)])
}

fn own(it: &RouteSettings) -> Option<&Located<Duration>> {
    it.cache.as_ref()?.ttl.as_ref()
}
