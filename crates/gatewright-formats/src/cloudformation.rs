//! CloudFormation templates: everything of API Gateway in them, and the functions that it calls.

mod domains;
mod functions;
mod rest;
mod surroundings;
mod template;
mod v2;
pub(crate) mod vpc_links;

use std::sync::Arc;

use gatewright_ir::{ApiKind, CorsSetting, Format, Ir, Located, Name, Text};
use gatewright_source::Diagnostic;
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use crate::Documents;
use crate::draft::{Draft, Reading};
use crate::written::{UNKNOWN, sole_hole, written};

/// So many APIs are looked at in one template: none that can be deployed has more.
///
/// Source: AWS CloudFormation User Guide, "Understand CloudFormation quotas": 500 resources in a template.
const MOST_APIS: usize = 500;

/// The APIs of a template that are being put together.
pub(crate) struct Drafts {
    /// The format of the template.
    pub(crate) format: Format,
    /// In the order in which they stand in the template.
    pub(crate) list: Vec<Draft>,
    /// Their places in the list by logical id; of APIs that stand elsewhere, by the text that names them.
    pub(crate) by_id: FxHashMap<Text, usize>,
}

impl Drafts {
    /// No APIs yet.
    pub(crate) fn new(format: Format) -> Self {
        Self { format, list: Vec::new(), by_id: FxHashMap::default() }
    }

    /// Adds an API of the template.
    pub(crate) fn add(&mut self, logical_id: &Text, draft: Draft) -> usize {
        let at = self.list.len();
        self.list.push(draft);
        self.by_id.insert(logical_id.clone(), at);
        at
    }

    /// The API that a part names by `ApiId` or `RestApiId`. One that is not in the template becomes a fragment of its
    /// own, of which only the parts are known.
    pub(crate) fn named(&mut self, cx: &Reading<'_>, kind: ApiKind, by: &Raw) -> Option<usize> {
        let id = named_api(cx, by)?;
        if let Some(known) = self.by_id.get(&id) {
            return Some(*known);
        }
        if self.list.len() >= MOST_APIS {
            return None;
        }
        let mut draft = Draft::new(cx, self.format, kind, Name::new(id.clone(), by.span));
        draft.ir.provenance.is_fragment = true;
        draft.ir.api.cors = CorsSetting::Unknown;
        draft.ir.api.routes_unknown = true;
        Some(self.add(&id, draft))
    }
}

/// What tells apart the APIs that parts name: a logical id, or the text that names one that stands elsewhere.
pub(crate) fn named_api(cx: &Reading<'_>, by: &Raw) -> Option<Text> {
    let text = written(&cx.scope, by)?;
    Some(match sole_hole(&text) {
        Some((name, None | Some("ApiId" | "RestApiId"))) => name.into(),
        _ if text.contains(UNKNOWN) => match by.function() {
            Some(("Fn::ImportValue", name)) if name.as_str().is_some() => name.as_str()?.into(),
            _ => by.to_json().to_string().into(),
        },
        _ => text.into(),
    })
}

/// A resource of the template.
#[derive(Clone, Copy)]
pub(crate) struct Resource<'r> {
    /// Its logical id.
    pub(crate) id: &'r Name,
    /// Its type.
    pub(crate) of: &'r str,
    /// Everything that is said of it.
    pub(crate) whole: &'r Raw,
    /// Its properties; where it has none, the resource itself, which has no such keys.
    pub(crate) properties: &'r Raw,
    /// The condition under which it is there.
    pub(crate) condition: Option<&'r str>,
}

/// The resources that a template makes, in their order; those under a condition that never holds are left out.
pub(crate) fn resources<'r>(cx: &Reading<'_>, root: &'r Raw) -> Vec<Resource<'r>> {
    let Some(Data::Map(all)) = root.get("Resources").map(|it| &it.data) else { return Vec::new() };
    let resource = |(id, whole): &'r (Name, Raw)| {
        let condition = whole.get("Condition").and_then(Raw::as_str);
        if condition.is_some_and(|it| cx.scope.holds(it) == Some(false)) {
            return None;
        }
        let of = whole.get("Type")?.as_str()?;
        Some(Resource { id, of, whole, properties: whole.get("Properties").unwrap_or(whole), condition })
    };
    all.iter().filter_map(resource).collect()
}

/// Tags under a key: a list of keys and values.
pub(crate) fn tags(draft: &mut Draft, of: &Raw, key: &str) -> Vec<(Name, Located<Text>)> {
    let Some(Data::List(items)) = draft.inner(of, key).map(|it| it.data) else { return Vec::new() };
    let tag = |it: &Raw| Some((draft.name_of(it, "Key")?, draft.text_of(it, "Value")?));
    items.iter().filter_map(tag).collect()
}

/// Reads a template.
pub(crate) fn read(root: &Arc<Raw>, files: &mut dyn Documents) -> (Vec<Ir>, Vec<Diagnostic>) {
    let mut cx = Reading::template(root, files);
    functions(&mut cx);
    let mut drafts = Drafts::new(Format::CloudFormation);
    apis(&mut cx, &mut drafts);
    parts(&mut cx, &mut drafts);
    finish(cx, drafts)
}

pub(crate) use functions::{created, provisioned_concurrency};

/// Reads the functions of a template: `AWS::Lambda::Function`.
pub(crate) fn functions(cx: &mut Reading<'_>) {
    functions::read(cx);
}

/// Reads the APIs of a template, with the definition in their `Body`: `AWS::ApiGateway::RestApi` and
/// `AWS::ApiGatewayV2::Api`.
pub(crate) fn apis(cx: &mut Reading<'_>, drafts: &mut Drafts) {
    rest::apis(cx, drafts);
    v2::apis(cx, drafts);
}

/// Reads everything that belongs to an API by naming it: resources, methods, routes, integrations, authorizers, models,
/// stages, gateway responses, usage plans and their keys, domain names and mappings, and what stands around stages.
///
/// Parts of an API that the template does not have make a fragment, which is an API of its own.
pub(crate) fn parts(cx: &mut Reading<'_>, drafts: &mut Drafts) {
    // Usage plans are for stages of both.
    v2::parts(cx, drafts);
    rest::parts(cx, drafts);
    surroundings::read(cx, drafts);
    domains::read(cx, drafts);
}

/// The APIs, finished, with what else is in the template.
pub(crate) fn finish(cx: Reading<'_>, mut drafts: Drafts) -> (Vec<Ir>, Vec<Diagnostic>) {
    functions::around(&cx, &mut drafts);
    template::share(&cx, &mut drafts);
    (drafts.list.into_iter().map(Draft::finish).collect(), cx.problems)
}
