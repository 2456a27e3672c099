//! `AWS::ApiGateway::Stage`, and the stages that `AWS::ApiGateway::Deployment` makes.

use gatewright_ir::{
    AccessLog, Canary, Generated, Id as _, Name, Size, Span, Spanned, Stage, StageCache, StageId, Text, known,
};
use gatewright_spec::Raw;

use super::super::v2::{access_log, client_certificate};
use super::super::{Resource, tags};
use super::{Parts, Shared, method_settings};
use crate::draft::{Draft, Reading, flag, is_there};
use crate::written::{sole_hole, written};

/// Reads a stage.
pub(super) fn stage(
    cx: &Reading<'_>,
    draft: &mut Draft,
    (_, parts): (&Shared<'_>, &mut Parts),
    it: Resource<'_>,
) {
    let of = it.properties;
    let id = StageId::from_index(draft.ir.stages.len());
    let name = draft.name(Generated::Stage(id), of.get("StageName"), it.id);
    parts.stages.extend(of.get("StageName").and_then(|it| written(&cx.scope, it)));
    let mut stage = read(cx, draft, id, of, name);
    stage.canary = canary(cx, draft, of);
    method_settings::read(draft, parts, of, &mut stage);
    draft.ir.stages.push(stage);
    draft.called(Generated::Stage(id), &it.id.value);
}

/// Reads the stage that a deployment makes; one that is a resource, too, is not made twice.
pub(super) fn deployment(
    cx: &Reading<'_>,
    draft: &mut Draft,
    (_, parts): (&Shared<'_>, &mut Parts),
    it: Resource<'_>,
) {
    let Some(written_name) = it.properties.get("StageName").filter(|it| is_there(it)) else { return };
    if written(&cx.scope, written_name).is_some_and(|it| !parts.stages.insert(it)) {
        return;
    }
    let id = StageId::from_index(draft.ir.stages.len());
    let name = draft.name(Generated::Stage(id), Some(written_name), it.id);
    let description = draft.inner(it.properties, "StageDescription");
    let stage = match description {
        Some(of) if of.function().is_none() => {
            let mut stage = read(cx, draft, id, &of, name);
            method_settings::read(draft, parts, &of, &mut stage);
            stage
        }
        // It may say anything.
        Some(of) => Stage {
            settings_unknown: true,
            access_log: Some(AccessLog::unknown(of.span)),
            tracing: Some(draft.parsed(&of, flag)),
            ..Stage::new(name)
        },
        None => Stage::new(name),
    };
    draft.ir.stages.push(stage);
    draft.called(Generated::Stage(id), &it.id.value);
}

/// What a stage says of itself, whoever makes it.
fn read(cx: &Reading<'_>, draft: &mut Draft, id: StageId, of: &Raw, name: Name) -> Stage {
    let variables = draft.inner(of, "Variables");
    Stage {
        description: draft.name_of(of, "Description"),
        variables_unknown: variables.as_ref().is_some_and(|it| it.function().is_some()),
        variables: variables.map(|it| draft.pairs(&it)).unwrap_or_default(),
        access_log: access_log(draft, of, "AccessLogSetting"),
        cache: cache(draft, of),
        tracing: draft.flag_of(of, "TracingEnabled"),
        client_certificate: client_certificate(cx, draft, id, of),
        documentation_version: draft.name_of(of, "DocumentationVersion"),
        tags: tags(draft, of, "Tags"),
        ..Stage::new(name)
    }
}

/// The cache cluster. What is not known is most often a parameter that turns it on.
fn cache(draft: &mut Draft, of: &Raw) -> Option<StageCache> {
    let enabled = draft.flag_of(of, "CacheClusterEnabled")?;
    if enabled.value.known() == Some(&false) {
        return None;
    }
    let size = draft.word_of(of, "CacheClusterSize", |it| {
        let gigabytes: f64 = it.parse().ok()?;
        (gigabytes > 0.0 && gigabytes < 1e6).then_some(Size { bytes: (gigabytes * 1e9).round() as u64 })
    });
    Some(StageCache { span: enabled.span, size, ttl: None, encrypted: known(false, enabled.span) })
}

fn canary(cx: &Reading<'_>, draft: &mut Draft, of: &Raw) -> Option<Canary> {
    let it = draft.inner(of, "CanarySetting").filter(|it| it.function().is_none())?;
    let named = |it: Option<&Raw>| -> Option<(String, Span)> {
        let it = it.filter(|it| is_there(it))?;
        let text = written(&cx.scope, it)?;
        Some((sole_hole(&text)?.0.to_owned(), it.span))
    };
    let (stable, latest) = (named(of.get("DeploymentId")), named(it.get("DeploymentId")));
    // The end of the logical ids that a build of ours gives.
    let digest = |(id, span): (String, Span)| {
        let at = id.len().checked_sub(8)?;
        let digits = id.get(at..)?;
        let is_digest = digits.bytes().all(|it| it.is_ascii_hexdigit());
        is_digest.then(|| Spanned::new(Text::from(digits), span))
    };
    let differs = stable.as_ref().map(|it| &it.0) != latest.as_ref().map(|it| &it.0);
    Some(Canary {
        span: it.span,
        percent: draft.number_of(&it, "PercentTraffic"),
        stable: stable.filter(|_| differs).and_then(digest),
        variables: draft.pairs_of(&it, "StageVariableOverrides"),
        stage_cache: draft.word_of(&it, "UseStageCache", flag).is_some_and(|it| it.value),
    })
}
