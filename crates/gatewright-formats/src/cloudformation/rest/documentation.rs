//! `AWS::ApiGateway::DocumentationPart` and `AWS::ApiGateway::DocumentationVersion`: what routes do, and which state of
//! that stages show.

use gatewright_ir::{Generated, Name, StageId};
use gatewright_spec::{Data, Raw};

use super::super::Resource;
use super::{Parts, Shared};
use crate::draft::{Draft, Reading, is_there};

/// Reads what is said of a method; parts about anything else are left out.
pub(super) fn part(
    _: &Reading<'_>,
    draft: &mut Draft,
    (_, parts): (&Shared<'_>, &mut Parts),
    it: Resource<'_>,
) {
    let Some(location) = draft.inner(it.properties, "Location") else { return };
    let sort = draft.name_of(&location, "Type");
    if sort.is_none_or(|it| &*it.value != "METHOD") {
        return;
    }
    let path = draft.name_of(&location, "Path").map_or_else(|| "/".to_owned(), |it| it.value.to_string());
    let verb = draft.name_of(&location, "Method").map(|it| it.value.to_ascii_uppercase());
    let verb = verb.filter(|it| it != "*").unwrap_or_else(|| "ANY".to_owned());
    let Some(id) = parts.keys.get(&*format!("{verb} {path}")).copied() else { return };
    draft.called(Generated::DocumentationPart(id), &it.id.value);
    if let Some(description) = it.properties.get("Properties").filter(|it| is_there(it)).and_then(description)
    {
        draft.ir.routes[id].description = Some(Box::new(description));
    }
}

/// The description among properties, which are JSON in text.
fn description(it: &Raw) -> Option<Name> {
    let text = match &it.data {
        Data::String(text) => {
            let parsed: serde_json::Value = serde_json::from_str(text).ok()?;
            parsed.get("description")?.as_str()?.into()
        }
        _ => it.get("description")?.as_str()?.into(),
    };
    Some(Name::new(text, it.span))
}

/// Reads a version, which stages name.
pub(super) fn version(_: &Reading<'_>, draft: &mut Draft, _: (&Shared<'_>, &mut Parts), it: Resource<'_>) {
    let Some(version) = draft.name_of(it.properties, "DocumentationVersion") else { return };
    let shows = |id: &StageId| {
        let shown = draft.ir.stages[*id].documentation_version.as_ref();
        shown.is_some_and(|it| it.value == version.value)
    };
    let stages: Vec<StageId> = draft.ir.stages.ids().filter(shows).collect();
    for id in stages {
        draft.called(Generated::DocumentationVersion(id), &it.id.value);
    }
}
