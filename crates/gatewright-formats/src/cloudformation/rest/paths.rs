//! `AWS::ApiGateway::Resource`: the tree of paths, segment by segment.

use std::sync::Arc;

use gatewright_ir::Text;
use gatewright_spec::Raw;
use rustc_hash::FxHashMap;

use super::super::Resource;
use crate::draft::Reading;
use crate::written::{has_holes, sole_hole, written};

/// How many segments a path may have, and how many bytes: no URL is longer.
const DEEPEST: usize = 128;
const LONGEST: usize = 8192;

/// Where a resource hangs in the tree.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    /// The path; empty for the root.
    text: String,
    /// The logical ids of the resources on the way, from the first segment on; of a segment that stands elsewhere
    /// there is none.
    pub(super) ids: Vec<Option<Text>>,
    /// A part of it that only CloudFormation knows, in whose place a logical id stands.
    pub(super) deferred: Option<Arc<Raw>>,
    /// A condition under which the resource, or one above it, is there.
    pub(super) condition: Option<Text>,
}

impl Path {
    /// The path as it stands in the key of a route.
    pub(super) fn as_str(&self) -> &str {
        if self.text.is_empty() { "/" } else { &self.text }
    }

    fn child(&self, part: &str, id: Option<&Text>) -> Self {
        let mut out = self.clone();
        out.text.push('/');
        out.text.push_str(part);
        out.ids.push(id.cloned());
        out
    }
}

/// The paths of all resources of a template; of one whose way to the root is broken it is `None`.
pub(super) struct Paths<'r> {
    all: FxHashMap<&'r str, Resource<'r>>,
    known: FxHashMap<&'r str, Option<Path>>,
}

/// What a parent's id names.
enum Parent<'r> {
    Root,
    Resource(Resource<'r>),
    /// A resource that is not in the template, and what to call it.
    Elsewhere(String),
}

impl<'r> Paths<'r> {
    /// The paths of the resources among these.
    pub(super) fn of(cx: &Reading<'_>, all: &[Resource<'r>]) -> Self {
        let mut out = Self { all: FxHashMap::default(), known: FxHashMap::default() };
        let resources = all.iter().filter(|it| it.of == "AWS::ApiGateway::Resource");
        out.all.extend(resources.clone().map(|it| (&*it.id.value, *it)));
        resources.for_each(|it| out.resolve(cx, *it));
        out
    }

    /// The path of what `ResourceId` or `ParentId` names.
    pub(super) fn path(&self, cx: &Reading<'_>, id: &Raw) -> Option<Path> {
        match self.parent(cx, id) {
            Parent::Root => Some(Path::default()),
            Parent::Resource(it) => self.known.get(&*it.id.value)?.clone(),
            Parent::Elsewhere(name) => Some(elsewhere(&name, id)),
        }
    }

    fn parent(&self, cx: &Reading<'_>, id: &Raw) -> Parent<'r> {
        let text = written(&cx.scope, id).unwrap_or_default();
        let (name, attribute) = match sole_hole(&text) {
            Some((name, attribute)) => (name, attribute.unwrap_or_default()),
            None => ("", ""),
        };
        if let (Some(it), "" | "ResourceId") = (self.all.get(name), attribute) {
            return Parent::Resource(*it);
        }
        let named = if attribute.is_empty() { id.to_json().to_string() } else { attribute.to_owned() };
        if is_root(&named) {
            return Parent::Root;
        }
        let is_word = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric());
        let name = [name, &text].into_iter().find(|it| is_word(it));
        Parent::Elsewhere(name.unwrap_or("parent").to_owned())
    }

    /// Goes up to what is known already, and down again.
    fn resolve(&mut self, cx: &Reading<'_>, resource: Resource<'r>) {
        let mut way = vec![resource];
        let mut path = None;
        while let Some(it) = way.last().copied()
            && way.len() <= DEEPEST
        {
            if let Some(known) = self.known.get(&*it.id.value) {
                path = known.clone();
                way.pop();
                break;
            }
            let Some(id) = it.properties.get("ParentId") else { break };
            match self.parent(cx, id) {
                Parent::Resource(parent) => way.push(parent),
                Parent::Root => {
                    path = Some(Path::default());
                    break;
                }
                Parent::Elsewhere(name) => {
                    path = Some(elsewhere(&name, id));
                    break;
                }
            }
        }
        for it in way.into_iter().rev() {
            path = path.filter(|it| it.ids.len() < DEEPEST).and_then(|path| segment(cx, &path, it));
            path = path.filter(|it| it.text.len() <= LONGEST);
            self.known.insert(&it.id.value, path.clone());
        }
    }
}

/// The path of a resource below another.
fn segment(cx: &Reading<'_>, parent: &Path, it: Resource<'_>) -> Option<Path> {
    let part = it.properties.get("PathPart")?;
    let text = written(&cx.scope, part)?;
    // A path variable is no hole: only what `!Sub` and its like leave open is.
    let is_deferred = part.function().is_some() && has_holes(&text);
    let mut out = match is_deferred {
        // A slash is refused, which a rule says.
        false => parent.child(text.trim_start_matches('/'), Some(&it.id.value)),
        true => parent.child(&it.id.value, Some(&it.id.value)),
    };
    if is_deferred {
        out.deferred.get_or_insert_with(|| Arc::new(part.clone()));
    }
    // One that is decided says nothing more.
    let condition = it.condition.filter(|it| cx.scope.holds(it).is_none());
    out.condition = out.condition.or(condition.map(Into::into));
    Some(out)
}

/// Whether what names a resource that stands elsewhere says that it is the root of its API.
fn is_root(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let name: String = letters.map(|it| it.to_ascii_lowercase()).collect();
    name.contains("rootresource") || ["apiroot", "root", "rootid"].iter().any(|it| name.ends_with(it))
}

fn elsewhere(name: &str, id: &Raw) -> Path {
    let mut out = Path::default().child(name, None);
    out.deferred = Some(Arc::new(id.clone()));
    out
}
