//! A service: what a file says about all of its functions and APIs.

use std::sync::Arc;

use gatewright_ir::{Name, Span, Spanned, Text};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::variables::DEFERRED;
use crate::draft::is_there;

/// A function with what stands beside its name.
pub(super) struct Declared {
    /// Its name in the file.
    pub(super) name: Name,
    /// What is said of it.
    pub(super) raw: Raw,
}

/// An event of a function.
#[derive(Clone, Copy)]
pub(super) struct Event<'s> {
    /// The function.
    pub(super) function: &'s Declared,
    /// What stands behind `http:` and its like.
    pub(super) raw: &'s Raw,
}

/// What a file says, with its variables resolved.
pub(super) struct Service {
    /// The whole file.
    pub(super) root: Arc<Raw>,
    /// What stands under `provider`.
    pub(super) provider: Raw,
    /// The name of the service, as text or as a value that is known elsewhere.
    pub(super) name: Raw,
    /// The stage: that of the provider, or `dev`.
    pub(super) stage: Raw,
    /// The functions in their order.
    pub(super) functions: Vec<Declared>,
    /// Their places by name.
    by_name: FxHashMap<Text, usize>,
    /// Whether there may be functions or events that are not seen.
    pub(super) events_unknown: bool,
    /// What stands under `resources`, as one.
    pub(super) resources: Raw,
}

impl Service {
    /// Reads what is said once for all.
    pub(super) fn new(root: &Arc<Raw>) -> Self {
        let nothing = || Raw { span: root.span, data: Data::Null };
        let provider = root.get("provider").cloned().unwrap_or_else(nothing);
        let service = root.get("service");
        // Version 2 had a mapping with the name in it.
        let name = service.and_then(|it| it.get("name")).or(service).cloned();
        let span = service.map_or(root.span, |it| it.span);
        let dev = || Raw { span, data: Data::String("dev".into()) };
        let stage = at(&provider, &["stage"]).cloned().unwrap_or_else(dev);
        let (functions, mut events_unknown) = merged(root.get("functions"));
        // A plugin that adds routes of its own.
        events_unknown |= at(root, &["custom", "apiGatewayServiceProxies"]).is_some();
        let (resources, _) = merged(root.get("resources"));
        let mut out = Self {
            root: root.clone(),
            provider,
            name: name.filter(is_there).unwrap_or_else(nothing),
            stage,
            functions: Vec::new(),
            by_name: FxHashMap::default(),
            events_unknown: false,
            resources,
        };
        if let Data::Map(functions) = functions.data {
            for (name, raw) in functions {
                let events = at(&raw, &["events"]);
                let is_known = |it: &Raw| matches!(it.data, Data::Map(_)) && it.function().is_none();
                let all = events.is_none_or(|it| match &it.data {
                    Data::List(events) => events.iter().all(|it| is_known(it) || !is_there(it)),
                    _ => false,
                });
                events_unknown |= raw.function().is_some() || !all;
                out.by_name.insert(name.value.clone(), out.functions.len());
                out.functions.push(Declared { name, raw });
            }
        }
        out.events_unknown = events_unknown;
        out
    }

    /// What is said under some keys of the provider.
    pub(super) fn provider(&self, keys: &[&str]) -> Option<&Raw> {
        at(&self.provider, keys)
    }

    /// What is said under some keys of the provider; where a mapping on the way is known elsewhere, that one.
    pub(super) fn told(&self, keys: &[&str]) -> Option<&Raw> {
        let mut out = &self.provider;
        for key in keys {
            if out.function().is_some() {
                return Some(out);
            }
            out = out.get(key).filter(|it| is_there(it))?;
        }
        Some(out)
    }

    /// A function by its name.
    pub(super) fn function(&self, name: &str) -> Option<&Declared> {
        self.functions.get(*self.by_name.get(name)?)
    }

    /// The events of a kind, function by function.
    pub(super) fn events<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = Event<'s>> {
        self.functions.iter().flat_map(move |function| {
            let events = match at(&function.raw, &["events"]).map(|it| &it.data) {
                Some(Data::List(events)) => &events[..],
                _ => &[],
            };
            events.iter().filter_map(move |it| {
                let raw = it.get(kind).filter(|it| is_there(it))?;
                Some(Event { function, raw })
            })
        })
    }

    /// Whether an API is made: there are events for it; or there may be some that are not seen, and the file speaks of
    /// the API; or something under `resources` belongs to it.
    pub(super) fn makes(&self, kind: &str, keys: &[&[&str]], logical_id: &str) -> bool {
        let speaks = || keys.iter().any(|it| self.provider(it).is_some());
        self.events(kind).next().is_some()
            || self.events_unknown && speaks()
            || mentions(&self.resources, logical_id)
    }

    /// Names joined by a separator: text if all are known.
    pub(super) fn joined(&self, parts: &[&Raw], separator: &str) -> Raw {
        let mut out = String::new();
        let mut known = true;
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                out.push_str(separator);
            }
            let (text, is_known) = text_of(part);
            out.push_str(&text);
            known &= is_known;
        }
        let text = Raw { span: self.name.span, data: Data::String(out.into()) };
        if known {
            return text;
        }
        let entry = (Spanned::new(DEFERRED.into(), text.span), text);
        Raw { span: self.name.span, data: Data::Map(vec![entry]) }
    }

    /// The name of an API: with the stage first, or with the service first.
    pub(super) fn api_name(&self, service_first: Option<&Raw>) -> Raw {
        match service_first.is_some_and(is_true) {
            true => self.joined(&[&self.name, &self.stage], "-"),
            false => self.joined(&[&self.stage, &self.name], "-"),
        }
    }

    /// What is changed in a resource that the framework makes: under `extensions`, or by giving it again.
    pub(super) fn extension(&self, logical_id: &str) -> Option<&Raw> {
        let keys = ["extensions", "Resources"];
        keys.iter().find_map(|it| at(&self.resources, &[it, logical_id, "Properties"]))
    }
}

/// Text, and whether it is all known.
fn text_of(it: &Raw) -> (String, bool) {
    match (&it.data, it.function()) {
        (Data::String(text), _) => (text.to_string(), true),
        (Data::Integer(it), _) => (it.to_string(), true),
        (_, Some((DEFERRED, argument))) => (argument.as_str().unwrap_or_default().to_owned(), false),
        _ => (String::new(), false),
    }
}

/// Whether something in a value names a logical id.
fn mentions(it: &Raw, logical_id: &str) -> bool {
    match &it.data {
        Data::String(text) => &**text == logical_id,
        Data::List(items) => items.iter().any(|it| mentions(it, logical_id)),
        Data::Map(entries) => entries.iter().any(|it| mentions(&it.1, logical_id)),
        _ => false,
    }
}

/// What stands under some keys, one within another, if there is something.
pub(super) fn at<'r>(it: &'r Raw, keys: &[&str]) -> Option<&'r Raw> {
    let mut out = it;
    for key in keys {
        out = out.get(key).filter(|it| is_there(it))?;
    }
    Some(out)
}

/// Whether a value says yes.
pub(super) fn is_true(it: &Raw) -> bool {
    matches!(it.data, Data::Bool(true)) || it.as_str() == Some("true")
}

/// Whether a value says no.
pub(super) fn is_false(it: &Raw) -> bool {
    matches!(it.data, Data::Bool(false)) || it.as_str() == Some("false")
}

/// The value if it says yes, or says something that is known elsewhere.
pub(super) fn stated(it: Option<&Raw>) -> Option<Span> {
    it.filter(|it| !is_false(it)).map(|it| it.span)
}

/// A mapping, or a list of mappings as one; and whether a part of it is not seen.
fn merged(it: Option<&Raw>) -> (Raw, bool) {
    let Some(it) = it.filter(|it| is_there(it)) else {
        return (Raw { span: Span::default(), data: Data::Null }, false);
    };
    match &it.data {
        Data::List(items) => {
            let mut out = Raw { span: it.span, data: Data::Map(Vec::new()) };
            let mut unknown = false;
            for item in items.iter().filter(|it| is_there(it)) {
                match item.function() {
                    Some(_) => unknown = true,
                    None => merge(&mut out, item),
                }
            }
            (out, unknown)
        }
        _ => (it.clone(), it.function().is_some() || !matches!(it.data, Data::Map(_))),
    }
}

/// Puts the entries of a mapping into another; those of the second win.
fn merge(into: &mut Raw, from: &Raw) {
    let (Data::Map(known), Data::Map(new)) = (&mut into.data, &from.data) else {
        *into = from.clone();
        return;
    };
    let mut places: FxHashMap<Text, usize> =
        known.iter().enumerate().map(|(at, it)| (it.0.value.clone(), at)).collect();
    for (name, it) in new {
        match places.get(&name.value).and_then(|at| known.get_mut(*at)) {
            Some((_, old)) if old.function().is_none() => merge(old, it),
            Some((_, old)) => *old = it.clone(),
            None => {
                places.insert(name.value.clone(), known.len());
                known.push((name.clone(), it.clone()));
            }
        }
    }
}
