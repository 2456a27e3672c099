use gatewright_ir::{EndpointType, Format, Ir, Raw, Stage, StageId};
use gatewright_source::Severity;

use super::super::serverless::document;
use super::posture::{advise, is_decided};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stage-without-web-acl",
    page: include_str!("stage_without_web_acl.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Strict,
    fix: None,
    // WAF cannot guard the others.
    kinds: Kinds::REST,
    formats: Formats::DEPLOYMENTS,
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, _: StageId, stage: &Stage, out: &mut Findings) {
    let ir = cx.ir;
    let endpoint = &ir.api.endpoint;
    let is_public = endpoint.kind != EndpointType::Private && !endpoint.kind_unknown;
    if !is_public || !is_decided(ir, stage) || stage.web_acl.is_some() || may_be_guarded(ir) {
        return;
    }
    let message = format!("no web ACL guards the stage `{}`", stage.name.value);
    advise(out.report(stage.name.span, message), stage, "webAcl: ARN").help_in(
        Formats::TEMPLATES.and(Formats::SERVERLESS),
        "add an `AWS::WAFv2::WebACLAssociation` with the ARN of the stage as its `ResourceArn`",
    );
}

/// Whether something gives a stage a web ACL, and it is not known which one.
fn may_be_guarded(ir: &Ir) -> bool {
    let is_association = |it: &Raw| {
        let of = it.get("Type").and_then(Raw::as_str);
        matches!(of, Some("AWS::WAFv2::WebACLAssociation" | "AWS::WAFRegional::WebACLAssociation"))
    };
    // Those that are read are no longer among the other resources.
    if ir.template.resources.iter().any(|it| is_association(&it.1)) {
        return true;
    }
    // Plug-ins: `associateWaf`, `wafAclArn`, `wafConfig` and their like.
    let custom = document::under(ir, &["custom"]).filter(|_| ir.provenance.format == Format::Serverless);
    custom.is_some_and(|it| {
        it.function().is_some()
            || document::entries(it).iter().any(|it| it.0.value.to_ascii_lowercase().contains("waf"))
    })
}
