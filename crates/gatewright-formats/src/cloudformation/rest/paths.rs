//! `AWS::ApiGateway::Resource`: the tree of paths.

use gatewright_ir::Text;
use gatewright_spec::Raw;
use rustc_hash::FxHashMap;

use super::super::Resource;
use crate::draft::Reading;
use crate::written::{has_holes, sole_hole, written};

/// How many segments a path may have, and how many bytes: no URL is longer.
const DEEPEST: usize = 256;
const LONGEST: usize = 8192;

/// The paths of resources, by logical id; `None` for one that cannot be known.
pub(super) type Paths = FxHashMap<Text, Option<String>>;

/// What a resource says: its parent, and its segment.
struct Part<'r> {
    parent: Option<&'r Raw>,
    segment: Option<String>,
}

/// Reads the tree.
pub(super) fn read(cx: &Reading<'_>, all: &[Resource<'_>]) -> Paths {
    let mut parts: FxHashMap<&str, Part<'_>> = FxHashMap::default();
    for it in all.iter().filter(|it| it.of == "AWS::ApiGateway::Resource") {
        let segment = it.properties.get("PathPart").and_then(|it| written(&cx.scope, it));
        let segment = segment.filter(|it| !has_holes(it));
        parts.insert(&it.id.value, Part { parent: it.properties.get("ParentId"), segment });
    }
    let mut out = Paths::default();
    for it in all.iter().filter(|it| it.of == "AWS::ApiGateway::Resource") {
        // From the leaf up to what is known already, then down again.
        let mut way: Vec<&str> = Vec::new();
        let mut at: &str = &it.id.value;
        let mut above: Option<String> = loop {
            if let Some(known) = out.get(at) {
                break known.clone();
            }
            let Some(part) = parts.get(at) else { break None };
            way.push(at);
            match part.parent.map(|it| parent(cx, it)) {
                Some(Parent::Root) => break Some(String::new()),
                Some(Parent::Resource(id)) if way.len() < DEEPEST => match parts.get_key_value(&*id) {
                    Some((id, _)) => at = id,
                    None => break None,
                },
                _ => break None,
            }
        };
        for id in way.into_iter().rev() {
            let segment = parts.get(id).and_then(|it| it.segment.as_deref());
            above = above.zip(segment).map(|(above, segment)| format!("{above}/{segment}"));
            above = above.filter(|it| it.len() <= LONGEST);
            out.insert(id.into(), above.clone());
        }
    }
    out
}

enum Parent {
    Root,
    Resource(String),
    Unknown,
}

fn parent(cx: &Reading<'_>, it: &Raw) -> Parent {
    match written(&cx.scope, it).as_deref().and_then(sole_hole) {
        Some((_, Some("RootResourceId"))) => Parent::Root,
        Some((id, None | Some("ResourceId"))) => Parent::Resource(id.to_owned()),
        _ => Parent::Unknown,
    }
}

/// The path that a method's `ResourceId` names.
pub(super) fn of_method(cx: &Reading<'_>, paths: &Paths, it: &Raw) -> Option<String> {
    match parent(cx, it) {
        Parent::Root => Some("/".to_owned()),
        Parent::Resource(id) => paths.get(id.as_str())?.clone(),
        Parent::Unknown => None,
    }
}
