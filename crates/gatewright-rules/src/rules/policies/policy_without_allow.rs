use gatewright_ir::{Authorization, AuthorizerKind, PolicyKind, ResourcePolicy, Route};
use gatewright_source::Severity;

use super::documents::{may_allow, statements};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "policy-without-allow",
    page: include_str!("policy_without_allow.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    for domain in ir.domains.values() {
        if let Some(policy) = domain.policy.as_ref().filter(|it| only_denies(it)) {
            let name = &domain.name.value;
            out.report(policy.span, format!("the policy lets nobody in through `{name}`: it only denies"))
                .help("say who may call, under `allow`")
                .help_in(Formats::FOREIGN, "add a statement with `Effect: Allow` for those who may call");
        }
    }
    let Some(policy) = ir.api.policy.as_ref().filter(|it| only_denies(it)) else { return };
    let needs_allow = |it: &&Route| match it.authorization {
        Authorization::None => true,
        Authorization::Authorizer(id) => matches!(ir.authorizers[id].kind, AuthorizerKind::Cognito { .. }),
        Authorization::Iam | Authorization::Unknown => false,
    };
    if let Some(route) = ir.routes.values().find(needs_allow) {
        let key = route.key.value.as_str();
        out.report(policy.span, format!("the policy lets nobody call `{key}`: it only denies"))
            .label(route.key.span, "only the policy can allow it")
            .help("say who may call, under `allow`: `allow: [{}]` is everybody")
            .help_in(Formats::FOREIGN, "add a statement with `Effect: Allow` for those who may call");
    }
}

fn only_denies(policy: &ResourcePolicy) -> bool {
    match &policy.kind {
        PolicyKind::Rules(rules) => rules.iter().all(|it| !it.allow),
        PolicyKind::Document(it) => {
            let all = statements(it);
            !all.is_empty() && !all.iter().any(may_allow)
        }
        PolicyKind::Unknown => false,
    }
}
