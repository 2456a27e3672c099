//! Properties as a template says them: literal, by a function, perhaps, or not at all.

use gatewright_ir::{Data, Name, Raw, Span};

/// How deep the branches of an `If` are followed.
const DEEPEST: usize = 8;

/// The entries of a mapping; of a function, which could be anything, none.
pub(in crate::rules) fn entries(it: &Raw) -> &[(Name, Raw)] {
    match &it.data {
        Data::Map(entries) if it.function().is_none() => entries,
        _ => &[],
    }
}

/// The items of a list.
pub(in crate::rules) fn items(it: Option<&Raw>) -> &[Raw] {
    match it.map(|it| &it.data) {
        Some(Data::List(items)) => items,
        _ => &[],
    }
}

/// Whether a mapping has the keys that stand there and no others: no macro adds some.
pub(in crate::rules) fn is_whole(it: &Raw) -> bool {
    matches!(&it.data, Data::Map(entries) if entries.iter().all(|it| !is_function(&it.0.value)))
}

/// Whether a key is no property, but a function of CloudFormation or what its macros go by.
fn is_function(key: &str) -> bool {
    key.starts_with("Fn::") || key == "Ref"
}

/// Whether nothing stands under a key, whatever the conditions come to.
pub(in crate::rules) fn is_absent(of: &Raw, key: &str) -> bool {
    of.get(key).is_none_or(is_no_value)
}

/// Whether something stands under a key, whatever the conditions come to.
pub(in crate::rules) fn is_given(of: &Raw, key: &str) -> bool {
    of.get(key).is_some_and(|it| it.data != Data::Null && branches(it).count() == branches_in_all(it))
}

fn is_no_value(it: &Raw) -> bool {
    matches!(it.function(), Some(("Ref", name)) if name.as_str() == Some("AWS::NoValue"))
}

/// What a value may come to: itself, or each branch of an `If` that says something.
pub(in crate::rules) fn branches(it: &Raw) -> impl Iterator<Item = &Raw> {
    all_branches(it).into_iter().filter(|it| !is_no_value(it))
}

fn branches_in_all(it: &Raw) -> usize {
    all_branches(it).len()
}

fn all_branches(it: &Raw) -> Vec<&Raw> {
    let mut out = Vec::new();
    let mut rest = vec![(it, 0)];
    while let Some((it, depth)) = rest.pop() {
        match it.function() {
            Some(("Fn::If", argument)) if depth < DEEPEST => {
                rest.extend(items(Some(argument)).iter().skip(1).rev().map(|it| (it, depth + 1)));
            }
            _ => out.push(it),
        }
    }
    out
}

/// The text under a key, if it stands there and nothing fills in a part of it.
pub(in crate::rules) fn word<'t>(of: &'t Raw, key: &str) -> Option<(&'t str, Span)> {
    literal(of.get(key)?)
}

/// The text itself, if nothing fills in a part of it.
pub(in crate::rules) fn literal(it: &Raw) -> Option<(&str, Span)> {
    let text = it.as_str()?;
    (!text.contains("${") && !text.contains("{{resolve:")).then_some((text, it.span))
}
