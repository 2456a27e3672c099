use gatewright_ir::{Authorization, Authorizer, AuthorizerId, AuthorizerKind};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "jwt-without-scopes",
    page: include_str!("jwt_without_scopes.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Authorizer(check),
};

fn check(cx: &Context<'_>, id: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    if !matches!(authorizer.kind, AuthorizerKind::Jwt { .. }) {
        return;
    }
    let uses = |it: &Authorization| *it == Authorization::Authorizer(id);
    let mut open = cx.ir.routes.values().filter(|it| uses(&it.authorization) && it.scopes.is_empty());
    let Some(first) = open.next() else { return };
    let more = match open.count() {
        0 => String::new(),
        1 => " and one more route".to_owned(),
        many => format!(" and {many} more routes"),
    };
    let message = format!(
        "any token of `{}`, even one that is not for calling APIs, opens `{}`{more}",
        authorizer.name.value,
        first.key.value.as_str()
    );
    out.report(authorizer.name.span, message)
        .label(first.key.span, "no scopes are asked for")
        .help("name the scopes of which a token needs one at each route");
}
