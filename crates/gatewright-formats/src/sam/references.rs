//! References to what the transform makes of a resource: `!Ref Api.Stage` is the stage of that API.

use gatewright_ir::Text;
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

/// What is made of resources: logical ids by `Resource.Property`.
pub(super) type Referable = FxHashMap<String, Text>;

/// A value in which references to what is made of a resource name the resource that is made.
pub(super) fn resolved(it: &Raw, referable: &Referable) -> Raw {
    let data = match &it.data {
        Data::Map(entries) => {
            let function = it.function().map(|it| it.0);
            let entry = |(name, it): &(_, Raw)| (Clone::clone(name), argument(function, it, referable));
            Data::Map(entries.iter().map(entry).collect())
        }
        Data::List(items) => Data::List(items.iter().map(|it| resolved(it, referable)).collect()),
        other => other.clone(),
    };
    Raw { span: it.span, data }
}

fn argument(function: Option<&str>, it: &Raw, referable: &Referable) -> Raw {
    let data = match (function, &it.data) {
        (Some("Ref"), Data::String(name)) => match referable.get(&**name) {
            Some(id) => Data::String(id.clone()),
            None => Data::String(name.clone()),
        },
        (Some("Fn::Sub"), Data::String(pattern)) => Data::String(substituted(pattern, referable)),
        (Some("Fn::Sub"), Data::List(items)) => {
            let mut items: Vec<Raw> = items.iter().map(|it| resolved(it, referable)).collect();
            if let Some(Data::String(pattern)) = items.first_mut().map(|it| &mut it.data) {
                *pattern = substituted(pattern, referable);
            }
            Data::List(items)
        }
        _ => return resolved(it, referable),
    };
    Raw { span: it.span, data }
}

fn substituted(pattern: &Text, referable: &Referable) -> Text {
    if !pattern.contains("${") {
        return pattern.clone();
    }
    let mut out = String::with_capacity(pattern.len());
    let mut rest = &**pattern;
    while let Some(at) = rest.find("${") {
        let (before, hole) = rest.split_at(at + 2);
        out.push_str(before);
        let Some((name, after)) = hole.split_once('}') else {
            rest = hole;
            break;
        };
        out.push_str(referable.get(name.trim()).map_or(name, |it| it));
        out.push('}');
        rest = after;
    }
    out.push_str(rest);
    out.into()
}
