//! Custom domain names and what they map to. A domain belongs to every API that it maps.

mod domain;

use gatewright_ir::{ApiKind, Domain, DomainId, Generated, Id as _, Mapping, Name, StageId, Text};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::{Drafts, Resource, resources};
use crate::draft::{Draft, Reading, is_there};
use crate::written::{UNKNOWN, sole_hole, written};

/// What maps a domain: its type, and the keys of the domain, the API and the path.
const MAPPINGS: [(&str, &str, &str, &str, ApiKind); 3] = [
    ("AWS::ApiGateway::BasePathMapping", "DomainName", "RestApiId", "BasePath", ApiKind::Rest),
    ("AWS::ApiGateway::BasePathMappingV2", "DomainNameArn", "RestApiId", "BasePath", ApiKind::Rest),
    ("AWS::ApiGatewayV2::ApiMapping", "DomainName", "ApiId", "ApiMappingKey", ApiKind::Http),
];

/// What is a domain.
const DOMAINS: [&str; 3] =
    ["AWS::ApiGateway::DomainName", "AWS::ApiGateway::DomainNameV2", "AWS::ApiGatewayV2::DomainName"];

/// The domains of a template.
struct Named<'r> {
    by_id: FxHashMap<&'r str, Resource<'r>>,
    /// By the text of the name.
    by_name: FxHashMap<String, Resource<'r>>,
}

impl<'r> Named<'r> {
    /// The domain that a text with holes names: by its resource, or by what its name is made of.
    fn of(&self, text: &str) -> Option<Resource<'r>> {
        let by_id = sole_hole(text).and_then(|it| self.by_id.get(it.0));
        by_id.or_else(|| self.by_name.get(text)).copied()
    }
}

/// A mapping and what it names.
struct Mapped<'r> {
    resource: Resource<'r>,
    key: Option<&'r Raw>,
}

/// Reads them.
pub(super) fn read(cx: &mut Reading<'_>, drafts: &mut Drafts) {
    let root = cx.root.clone();
    let all = resources(cx, &root);
    let mut named = Named { by_id: FxHashMap::default(), by_name: FxHashMap::default() };
    for it in all.iter().filter(|it| DOMAINS.contains(&it.of)) {
        named.by_id.insert(&it.id.value, *it);
        if let Some(name) = it.properties.get("DomainName").and_then(|it| written(&cx.scope, it)) {
            named.by_name.entry(name).or_insert(*it);
        }
    }
    // The domains of each API, in the order of their first mapping.
    let mut found: Vec<(usize, String, &Raw, Vec<Mapped<'_>>)> = Vec::new();
    let mut places: FxHashMap<(usize, String), usize> = FxHashMap::default();
    for it in &all {
        let Some((_, domain, api, key, kind)) = MAPPINGS.iter().find(|of| of.0 == it.of) else { continue };
        let (Some(domain), Some(api)) = (it.properties.get(domain), it.properties.get(api)) else { continue };
        let (Some(text), Some(at)) = (written(&cx.scope, domain), drafts.named(cx, *kind, api)) else {
            continue;
        };
        // One of the template may be named in several ways; of others it may be open whether they are the same.
        let text = match named.of(&text) {
            Some(it) => format!("${{{}}}", it.id.value),
            None if text.contains(UNKNOWN) => domain.to_json().to_string(),
            None => text,
        };
        let place = *places.entry((at, text.clone())).or_insert_with(|| {
            found.push((at, text, domain, Vec::new()));
            found.len() - 1
        });
        if let Some(of) = found.get_mut(place) {
            of.3.push(Mapped { resource: *it, key: it.properties.get(key).filter(|it| is_there(it)) });
        }
    }
    let around = domain::Around::new(cx, &all);
    if drafts.list.is_empty() {
        alone(cx, drafts, &all, &around);
    }
    for (at, text, written, mapped) in found {
        let draft = &mut drafts.list[at];
        let stages = Stages::of(draft);
        let id = DomainId::from_index(draft.ir.domains.len());
        let resource = named.of(&text);
        let mut domain = match resource {
            Some(it) => domain::read(draft, id, it, &around),
            None => {
                let name = sole_hole(&text)
                    .map_or(mapped.first().map(|it| it.resource.id.value.clone()), |it| Some(it.0.into()));
                let name = Name::new(name.unwrap_or_default(), written.span);
                domain::existing(draft, id, written, &name)
            }
        };
        mappings(cx, draft, id, &mut domain, &mapped, &stages);
        draft.ir.domains.push(domain);
    }
}

/// Reads the domains of a template that has nothing else of an API: what they lead to is said elsewhere.
fn alone(cx: &Reading<'_>, drafts: &mut Drafts, all: &[Resource<'_>], around: &domain::Around<'_>) {
    for it in all {
        let kind = match DOMAINS.iter().position(|of| *of == it.of) {
            Some(2) => ApiKind::Http,
            Some(_) => ApiKind::Rest,
            None => continue,
        };
        let name = Raw { span: it.id.span, data: Data::String(it.id.value.clone()) };
        let Some(draft) = drafts.named(cx, kind, &name).and_then(|at| drafts.list.get_mut(at)) else {
            continue;
        };
        let domain = domain::read(draft, DomainId::from_index(0), *it, around);
        draft.ir.domains.push(domain);
    }
}

fn mappings(
    cx: &Reading<'_>,
    draft: &mut Draft,
    id: DomainId,
    domain: &mut Domain,
    mapped: &[Mapped<'_>],
    stages: &Stages,
) {
    // Paths, and whether their mapping is there only under a condition.
    let mut seen: FxHashMap<Text, bool> = FxHashMap::default();
    for it in mapped {
        let at = domain.mappings.len();
        let root = Name::new("/".into(), it.resource.id.span);
        let key = match it.key {
            None => root,
            Some(key) => draft.name(Generated::Mapping(id, at), Some(key), it.resource.id),
        };
        let is_root = matches!(&*key.value, "(none)" | "");
        let key = if is_root { key.map(|_| "/".into()) } else { key };
        let is_conditional = it.resource.condition.is_some();
        if let Some(first) = seen.get(&key.value)
            && (*first || is_conditional)
        {
            continue;
        }
        seen.insert(key.value.clone(), is_conditional);
        let stage = it.resource.properties.get("Stage").filter(|it| is_there(it));
        let stage = stage.and_then(|it| stages.named(cx, draft, it));
        domain.mappings.push(Mapping { key, stage });
        draft.called(Generated::Mapping(id, at), &it.resource.id.value);
    }
}

/// The stages of an API, by what names them.
pub(super) struct Stages {
    by_id: FxHashMap<Text, StageId>,
    by_name: FxHashMap<String, StageId>,
}

impl Stages {
    /// The stages of an API.
    pub(super) fn of(draft: &Draft) -> Self {
        let mut out = Self { by_id: FxHashMap::default(), by_name: FxHashMap::default() };
        for (id, stage) in draft.ir.stages.iter() {
            if let Some(logical_id) = draft.ir.provenance.logical_ids.get(&Generated::Stage(id)) {
                out.by_id.insert(logical_id.clone(), id);
            }
            let name = match draft.ir.provenance.deferred_names.get(&Generated::Stage(id)) {
                Some(name) => written(&draft.scope, name),
                None => Some(stage.name.value.to_string()),
            };
            if let Some(name) = name {
                out.by_name.entry(name).or_insert(id);
            }
        }
        out
    }

    /// The stage that a value names: by its resource, by its name, or by what its name is made of.
    pub(super) fn named(&self, cx: &Reading<'_>, draft: &Draft, it: &Raw) -> Option<StageId> {
        self.by_text(draft, &written(&cx.scope, it)?)
    }

    /// The stage that a text with holes names.
    pub(super) fn by_text(&self, draft: &Draft, text: &str) -> Option<StageId> {
        if let Some(id) = self.by_name.get(text) {
            return Some(*id);
        }
        match sole_hole(text)? {
            (name, None) => self.by_id.get(name).copied(),
            // SAM: `!Ref Api.Stage`.
            (api, Some("Stage")) => {
                let is_it =
                    draft.ir.provenance.logical_ids.get(&Generated::Api).is_some_and(|it| &**it == api);
                draft.ir.stages.ids().next().filter(|_| is_it)
            }
            _ => None,
        }
    }
}
