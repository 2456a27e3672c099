use gatewright_ir::{Format, Stage, StageId};
use gatewright_source::Severity;

use super::super::serverless::document::under;
use super::posture::{is_decided, resource};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "untagged-stage",
    page: include_str!("untagged_stage.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    // SAM and the Serverless Framework tag what they make of other kinds themselves.
    kinds: Kinds::REST,
    // In a specification of ours the tags of the API are those of its stages: `untagged-api`.
    formats: Formats::TEMPLATES.and(Formats::SERVERLESS),
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, id: StageId, stage: &Stage, out: &mut Findings) {
    if !is_decided(cx.ir, stage) || !stage.tags.is_empty() || may_be_tagged(cx, id) {
        return;
    }
    out.report(stage.name.span, format!("the stage `{}` has no tags", stage.name.value))
        .help_in(Formats::TEMPLATES, "set `Tags`: whose it is, and what its costs belong to")
        .help_in(
            Formats::SERVERLESS,
            "write `tags` under `provider`: whose it is, and what its costs belong to",
        );
}

/// Whether tags stand where they could not be read.
fn may_be_tagged(cx: &Context<'_>, id: StageId) -> bool {
    if cx.ir.provenance.format == Format::Serverless {
        return under(cx.ir, &["provider", "tags"]).or(under(cx.ir, &["provider", "stackTags"])).is_some();
    }
    resource(cx, id).is_some_and(|it| it.get("Tags").is_some())
}
