//! `Globals`: what holds for all resources of a type that do not say otherwise.

use gatewright_spec::{Data, Raw};

/// Keys that are lists which a resource's own replace, where others are put together.
///
/// Source: aws/serverless-application-model, `plugins/globals/globals.py`: `CUSTOM_STRATEGIES`.
const REPLACED: [&str; 1] = ["Architectures"];

/// The properties of a resource with those that `Globals` gives it: maps are merged, lists appended, everything else is
/// replaced. Keys in `apart`, which `Globals` cannot have and which may be large, are left out.
pub(super) fn properties(root: &Raw, section: &str, resource: &Raw, apart: &[&str]) -> Raw {
    let own = resource.get("Properties");
    let span = own.unwrap_or(resource).span;
    let nothing = Raw { span, data: Data::Map(Vec::new()) };
    let global = root.get("Globals").and_then(|it| it.get(section)).unwrap_or(&nothing);
    let mut out = Vec::new();
    let ignored = resource.get("IgnoreGlobals");
    if let Data::Map(entries) = &global.data {
        let is_used = |key: &str| match ignored.map(|it| &it.data) {
            Some(Data::String(it)) => &**it != "*",
            Some(Data::List(items)) => !items.iter().any(|it| it.as_str() == Some(key)),
            _ => true,
        };
        out.extend(entries.iter().filter(|it| is_used(&it.0.value)).cloned());
    }
    if let Some(Data::Map(entries)) = own.map(|it| &it.data) {
        for (name, it) in entries.iter().filter(|it| !apart.contains(&&*it.0.value)) {
            match out.iter_mut().find(|known| known.0.value == name.value) {
                Some(known) => *known = (name.clone(), merged(&name.value, &known.1, it)),
                None => out.push((name.clone(), it.clone())),
            }
        }
    }
    Raw { span, data: Data::Map(out) }
}

/// Two values under one key. Functions of CloudFormation are no maps.
fn merged(key: &str, global: &Raw, own: &Raw) -> Raw {
    let data = match (&global.data, &own.data) {
        (Data::Map(all), Data::Map(entries)) if global.function().is_none() && own.function().is_none() => {
            let mut out = all.clone();
            for (name, it) in entries {
                match out.iter_mut().find(|known| known.0.value == name.value) {
                    Some(known) => *known = (name.clone(), merged(&name.value, &known.1, it)),
                    None => out.push((name.clone(), it.clone())),
                }
            }
            Data::Map(out)
        }
        (Data::List(all), Data::List(items)) if !REPLACED.contains(&key) => {
            Data::List(all.iter().chain(items).cloned().collect())
        }
        (_, own) => own.clone(),
    };
    Raw { span: own.span, data }
}
