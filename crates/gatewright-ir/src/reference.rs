//! What CloudFormation values refer to: the names in `!Ref`, `!GetAtt`, `!Sub`, `!If`, `!FindInMap` and conditions.

use gatewright_source::Span;
use gatewright_spec::{Data, Raw};

/// A name that a value refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'r> {
    /// What the name must be.
    pub sort: ReferenceSort,
    /// The name.
    pub name: &'r str,
    /// Where it stands; in a `!Sub`, where the text does.
    pub span: Span,
    /// Whether it stands in the argument of a macro (`Fn::Transform`), who alone knows what becomes of it.
    pub in_macro: bool,
}

/// What a name must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceSort {
    /// A parameter or a resource.
    Value,
    /// A resource.
    Resource,
    /// A condition.
    Condition,
    /// A mapping.
    Mapping,
}

impl ReferenceSort {
    /// Whether a resource may be meant.
    pub fn is_resource(self) -> bool {
        matches!(self, Self::Value | Self::Resource)
    }
}

/// The names that a value refers to.
///
/// Source: AWS CloudFormation User Guide, "Intrinsic function reference".
pub fn references<'r>(raw: &'r Raw) -> Vec<Reference<'r>> {
    let mut out = Vec::new();
    // A stack of its own: how deep the value is nested is up to who wrote it.
    let mut rest = vec![(raw, false)];
    while let Some((raw, mut in_macro)) = rest.pop() {
        let mut add = |sort, it: Option<&'r Raw>| {
            if let Some((name, span)) = it.and_then(|it| Some((it.as_str()?, it.span))) {
                out.push(Reference { sort, name, span, in_macro });
            }
        };
        if let Some((function, argument)) = raw.function() {
            let items = if let Data::List(items) = &argument.data { &items[..] } else { &[] };
            match function {
                "Ref" => add(ReferenceSort::Value, Some(argument)),
                "Fn::GetAtt" => add(ReferenceSort::Resource, items.first()),
                "Fn::If" => add(ReferenceSort::Condition, items.first()),
                "Fn::FindInMap" => add(ReferenceSort::Mapping, items.first()),
                "Fn::Sub" => {
                    let text = argument.as_str().or_else(|| items.first()?.as_str()).unwrap_or_default();
                    let own = items.get(1);
                    for name in substituted(text).filter(|name| own.is_none_or(|it| it.get(name).is_none())) {
                        let (base, sort) = match name.split_once('.') {
                            Some((base, _)) => (base, ReferenceSort::Resource),
                            None => (name, ReferenceSort::Value),
                        };
                        out.push(Reference { sort, name: base, span: argument.span, in_macro });
                    }
                }
                "Fn::Transform" => in_macro = true,
                _ => {}
            }
        } else if let Data::Map(entries) = &raw.data
            && let [(name, argument)] = &entries[..]
            && &*name.value == "Condition"
        {
            add(ReferenceSort::Condition, Some(argument));
        }
        match &raw.data {
            Data::List(items) => rest.extend(items.iter().map(|it| (it, in_macro))),
            Data::Map(entries) => rest.extend(entries.iter().map(|it| (&it.1, in_macro))),
            _ => {}
        }
    }
    out
}

/// The resources under `DependsOn`, which is one or a list.
pub fn depends_on(resource: &Raw) -> impl Iterator<Item = Reference<'_>> {
    let given = resource.get("DependsOn");
    let names = match given.map(|it| &it.data) {
        Some(Data::List(names)) => &names[..],
        _ => given.map(std::slice::from_ref).unwrap_or_default(),
    };
    names.iter().filter_map(|it| {
        let name = it.as_str()?;
        Some(Reference { sort: ReferenceSort::Resource, name, span: it.span, in_macro: false })
    })
}

/// The text of a `!Sub`.
pub fn substitution(raw: &Raw) -> Option<&str> {
    let (function, argument) = raw.function()?;
    let text = if let Data::List(items) = &argument.data { items.first()? } else { argument };
    (function == "Fn::Sub").then(|| text.as_str()).flatten()
}

/// The names in the `${…}` of a `!Sub`; `${!…}` stays as it is and names nothing.
pub fn substituted(text: &str) -> impl Iterator<Item = &str> {
    text.split("${")
        .skip(1)
        .filter_map(|it| Some(it.split_once('}')?.0.trim()))
        .filter(|name| !name.starts_with('!') && !name.is_empty())
}
