use gatewright_ir::{Authorization, Route, RouteId};
use gatewright_source::{Edit, Fix, Safety, Severity};

use super::keys::{CONNECT, key};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "authorizer-off-connect",
    page: include_str!("authorizer_off_connect.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(cx: &Context<'_>, id: RouteId, route: &Route, out: &mut Findings) {
    let asks = matches!(route.authorization, Authorization::Iam | Authorization::Authorizer(_));
    if key(route) != CONNECT && asks {
        let span = route.authorization_source.span().unwrap_or(route.key.span);
        out.report(span, format!("`{}` cannot ask who calls: only `{CONNECT}` can", key(route)))
            .help(format!(
                "move `authorizer` to `{CONNECT}`; what it finds out comes with every message as `$context.authorizer`"
            ))
            .fix_in(Formats::GATEWRIGHT, || {
                let source = route.authorization_source.span()?;
                let is_own = |(other, it): (RouteId, &Route)| {
                    other == id || it.authorization_source.span() != Some(source)
                };
                cx.ir.routes.iter().all(is_own).then(|| Fix::safe("remove it", [Edit::remove(source)]))
            });
    }
}
