use gatewright_ir::{Route, RouteId};
use gatewright_source::{Edit, Fix, Safety, Severity};

use super::keys::{CONNECT, key};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "api-key-off-connect",
    page: include_str!("api_key_off_connect.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(cx: &Context<'_>, id: RouteId, route: &Route, out: &mut Findings) {
    if let Some(span) = route.api_key
        && key(route) != CONNECT
    {
        let is_own = cx.ir.routes.iter().all(|(other, it)| other == id || it.api_key != Some(span));
        out.report(span, format!("`{}` asks for an API key, which only `{CONNECT}` can", key(route)))
            .help(format!("move `apiKey` to `{CONNECT}`: a message has no header in which a key could stand"))
            .fix_in(Formats::DEPLOYMENTS, || is_own.then(|| Fix::safe("remove it", [Edit::remove(span)])));
    }
}
