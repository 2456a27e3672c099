use gatewright_ir::{Generated, PolicyKind, Raw};
use gatewright_source::Severity;

use super::documents::{may_allow, statements};
use crate::rules::cloudformation::template::text;
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "policy-for-unknown-stage",
    page: include_str!("policy_for_unknown_stage.md"),
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
    let Some(policy) = &ir.api.policy else { return };
    let PolicyKind::Document(document) = &policy.kind else { return };
    let is_deferred = ir.provenance.deferred_names.keys().any(|it| matches!(it, Generated::Stage(_)));
    let stages: Vec<&str> = ir.stages.values().filter(|it| it.declared).map(|it| &*it.name.value).collect();
    // A stage may stand in another file.
    if stages.is_empty()
        || is_deferred
        || ir.provenance.is_fragment
        || ir.provenance.definition().is_some() && !ir.provenance.format.is_template()
    {
        return;
    }
    let mut first: Option<(&Raw, String)> = None;
    for statement in statements(document).iter().filter(|it| may_allow(it)) {
        let Some(resource) = statement.get("Resource") else { return };
        let resources = match &resource.data {
            gatewright_ir::Data::List(items) => &items[..],
            _ => std::slice::from_ref(resource),
        };
        for it in resources {
            // One that may be for a stage of the API is enough.
            let Some(stage) = text(it).and_then(|it| stage(&it).map(str::to_owned)) else { return };
            if stages.contains(&&*stage) {
                return;
            }
            first.get_or_insert((it, stage));
        }
    }
    let Some((at, stage)) = first else { return };
    out.report(
        at.span,
        format!("the policy lets in callers of the stage `{stage}`, which the API does not have"),
    )
    .help(match &stages[..] {
        [one] => format!("name the stage `{one}`, or `*`"),
        many => format!("name one of the stages {}, or `*`", list(&many[..many.len().min(3)])),
    });
}

/// The stage that the resource of a statement names, if it is written out.
fn stage(resource: &str) -> Option<&str> {
    let path = match resource.strip_prefix("execute-api:/") {
        Some(path) => path,
        None => {
            let (_, rest) = resource.split_once(":execute-api:")?;
            rest.rsplit_once(':')
                .filter(|it| !it.1.starts_with('}') && it.1.contains('/'))?
                .1
                .split_once('/')?
                .1
        }
    };
    let stage = path.split('/').next()?;
    let is_literal = !stage.is_empty() && !stage.contains(['*', '?', '$', '{', '}']);
    is_literal.then_some(stage)
}

#[cfg(test)]
mod tests {
    use super::stage;

    #[test]
    fn stages_are_found() {
        assert_eq!(stage("execute-api:/dev/GET/a"), Some("dev"));
        assert_eq!(stage("arn:aws:execute-api:eu-west-1:123456789012:abc/dev/*"), Some("dev"));
        assert_eq!(stage("arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:abc/dev/*"), Some("dev"));
        for it in [
            "*",
            "execute-api:/*",
            "execute-api:/${Stage}/GET",
            "arn:aws:execute-api:eu-west-1:1:abc/*/GET/x",
        ] {
            assert_eq!(stage(it), None, "{it}");
        }
    }
}
