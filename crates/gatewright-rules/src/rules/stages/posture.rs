//! What the rules about the posture of stages share: which stages a file decides on, whether a stage lacks something for
//! some of its routes, and where to write what it lacks.

use gatewright_ir::{Format, Generated, Ir, Raw, RouteSettings, Stage, StageId};
use gatewright_source::{Edit, Fix, Written};

use super::super::cloudformation::template::Resource;
use super::super::serverless::document;
use crate::{Context, Finding, Formats};

/// Whether the file says all that is said of a stage: it is neither a part of an API that stands elsewhere, nor one that
/// only stands for stages elsewhere.
pub(in crate::rules) fn is_decided(ir: &Ir, stage: &Stage) -> bool {
    !ir.provenance.is_fragment && (stage.declared || ir.provenance.format == Format::Gatewright)
}

/// Whether a setting is surely off in a stage for some route. `is_on` says nothing of what only CloudFormation knows.
pub(super) fn lacks(
    ir: &Ir,
    id: StageId,
    stage: &Stage,
    is_on: impl Fn(&RouteSettings) -> Option<bool>,
) -> bool {
    if stage.settings_unknown || is_on(&stage.settings) != Some(false) {
        return false;
    }
    let is_on_at =
        |route| ir.route_settings(id, route).is_some_and(|settings| is_on(&settings) != Some(false));
    ir.routes.is_empty() || ir.api.routes_unknown || !ir.routes.ids().all(is_on_at)
}

/// Says what to write in a specification of ours: at the stage, or in one that has to be declared for it.
pub(super) fn advise<'f>(finding: Finding<'f>, stage: &Stage, written: &str) -> Finding<'f> {
    finding.help(match stage.declared {
        true => format!("write `{written}`"),
        false => format!("declare the stage: `stages: {{ {}: {{ {written} }} }}`", stage.name.value),
    })
}

/// Adds an entry to a stage of ours.
pub(super) fn add(stage: &Stage, key: &str, value: Written) -> Option<Fix> {
    let title = format!("add `{key}` to the stage `{}`", stage.name.value);
    let edit = Edit::AddInto { collection: stage.name.span, key: Some(key.to_owned()), value };
    stage.declared.then(|| Fix::needs_a_look(title, [edit]))
}

/// The resource of a template that says what is said of a stage: the stage or the deployment that makes it, or in a SAM
/// template the API.
pub(super) fn resource<'c>(cx: &Context<'c>, id: StageId) -> Option<&'c Resource<'c>> {
    let template = cx.template()?;
    let ids = &cx.ir.provenance.logical_ids;
    [Generated::Stage(id), Generated::Api].iter().find_map(|it| template.get(ids.get(it)?))
}

/// Adds a property to that resource.
pub(super) fn add_property(cx: &Context<'_>, id: StageId, property: &str, value: Written) -> Option<Fix> {
    // A deployment that makes a stage has other names for some of its properties.
    let resource =
        resource(cx, id).filter(|it| !it.of.ends_with("::Deployment") && it.get(property).is_none())?;
    let beside = resource.get("StageName")?;
    let title = format!("set `{property}` of `{}`", resource.id.value);
    let edit = Edit::AddBeside { entry: beside.span, key: property.to_owned(), value };
    Some(Fix::needs_a_look(title, [edit]))
}

/// Says something under keys of `provider` of a `serverless.yml`.
pub(in crate::rules) fn provide(ir: &Ir, keys: &[&str], value: Written) -> Option<Fix> {
    let title = format!("set `provider.{}`", keys.join("."));
    let mut place: &Raw = document::under(ir, &["provider"])?;
    let (last, above) = keys.split_last()?;
    for (at, key) in above.iter().enumerate() {
        let Some(next) = place.get(key) else {
            let inner = keys.get(at + 1..)?.iter().rev();
            let value = inner.fold(value, |it, key| Written::Mapping(vec![((*key).to_owned(), it)]));
            let edit = Edit::AddInto { collection: place.span, key: Some((*key).to_owned()), value };
            return Some(Fix::needs_a_look(title, [edit]));
        };
        place = next;
    }
    let edit = match place.get(last) {
        Some(it) => Edit::Set { at: it.span, value },
        None => Edit::AddInto { collection: place.span, key: Some((*last).to_owned()), value },
    };
    Some(Fix::needs_a_look(title, [edit]))
}

/// Formats in which a stage of ours or of CloudFormation's own can be given what SAM and the framework have no word for.
pub(super) const PLAIN: Formats = Formats::GATEWRIGHT.and(Formats::CLOUDFORMATION);
