//! The scope of a template: what its mappings and conditions decide now, and what is left to CloudFormation.

use std::borrow::Cow;
use std::sync::Arc;

use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

/// How often a condition may name another.
const DEEPEST: usize = 64;

/// What a template says outside its resources. Of files that are no templates it is empty.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    root: Option<Arc<Raw>>,
    /// Where resources stand in their list.
    resources: FxHashMap<gatewright_source::Text, usize>,
    /// What the conditions come to, where that does not depend on parameters.
    conditions: FxHashMap<String, Option<bool>>,
}

impl Scope {
    /// The scope of a template.
    pub(crate) fn new(root: &Arc<Raw>) -> Self {
        let mut out = Self { root: Some(root.clone()), ..Self::default() };
        if let Some(Data::Map(resources)) = root.get("Resources").map(|it| &it.data) {
            out.resources = resources.iter().enumerate().map(|(at, it)| (it.0.value.clone(), at)).collect();
        }
        if let Some(Data::Map(conditions)) = root.get("Conditions").map(|it| &it.data) {
            for (name, it) in conditions {
                let decided = out.condition(it, 0);
                out.conditions.insert(name.value.to_string(), decided);
            }
        }
        out
    }

    /// Whether a condition holds; `None` if that depends on something that only CloudFormation knows.
    pub(crate) fn holds(&self, condition: &str) -> Option<bool> {
        self.conditions.get(condition).copied().flatten()
    }

    fn condition(&self, it: &Raw, depth: usize) -> Option<bool> {
        if depth > DEEPEST {
            return None;
        }
        if let Some(name) = it.get("Condition").and_then(Raw::as_str) {
            if let Some(known) = self.conditions.get(name) {
                return *known;
            }
            let conditions = self.root.as_ref()?.get("Conditions")?;
            return self.condition(conditions.get(name)?, depth + 1);
        }
        let (function, argument) = it.function()?;
        let Data::List(items) = &argument.data else { return None };
        match function {
            "Fn::Equals" => {
                let [left, right] = &items[..] else { return None };
                let (left, right) = (self.resolve(left), self.resolve(right));
                let known = |it: &Raw| matches!(it.data, Data::String(_) | Data::Bool(_) | Data::Integer(_));
                (known(&left) && known(&right)).then(|| left.to_json() == right.to_json())
            }
            "Fn::Not" => self.condition(items.first()?, depth + 1).map(|it| !it),
            "Fn::And" => {
                let all: Vec<_> = items.iter().map(|it| self.condition(it, depth + 1)).collect();
                if all.contains(&Some(false)) {
                    return Some(false);
                }
                all.iter().all(|it| *it == Some(true)).then_some(true)
            }
            "Fn::Or" => {
                let all: Vec<_> = items.iter().map(|it| self.condition(it, depth + 1)).collect();
                if all.contains(&Some(true)) {
                    return Some(true);
                }
                all.iter().all(|it| *it == Some(false)).then_some(false)
            }
            _ => None,
        }
    }

    /// A value with what is decided now put in place of the function: a mapping that is looked up by text, an `If`
    /// whose condition is decided. Anything else stays as it is.
    pub(crate) fn resolve<'r>(&self, it: &'r Raw) -> Cow<'r, Raw> {
        let mut out = Cow::Borrowed(it);
        // Each step leads to a value within this one or within the mappings, where there are no functions.
        for _ in 0..DEEPEST {
            match self.step(&out) {
                Some(next) => out = Cow::Owned(next),
                None => break,
            }
        }
        out
    }

    fn step(&self, it: &Raw) -> Option<Raw> {
        let (function, argument) = it.function()?;
        let Data::List(items) = &argument.data else { return None };
        match function {
            "Fn::If" => {
                let [condition, yes, no] = &items[..] else { return None };
                let holds = self.holds(condition.as_str()?)?;
                Some(if holds { yes } else { no }.clone())
            }
            "Fn::FindInMap" => {
                let root = self.root.as_ref()?;
                let mut at = root.get("Mappings")?;
                for key in items.get(..3)? {
                    at = at.get(key.as_str()?)?;
                }
                // It stands where it is used: that is where a mistake shows.
                Some(Raw { span: it.span, data: at.data.clone() })
            }
            _ => None,
        }
    }

    /// A value of which the structure is wanted: of an `If` that is undecided the branch that says something. A
    /// value that is not there (`AWS::NoValue`) is `None`.
    pub(crate) fn structure<'r>(&self, it: &'r Raw) -> Option<Cow<'r, Raw>> {
        let mut out = self.resolve(it);
        for _ in 0..DEEPEST {
            if is_no_value(&out) || matches!(out.data, Data::Null) {
                return None;
            }
            let Some(("Fn::If", argument)) = out.function() else { break };
            let Data::List(items) = &argument.data else { break };
            let branch = items.iter().skip(1).find(|it| !is_no_value(it))?.clone();
            out = Cow::Owned(self.resolve(&branch).into_owned());
        }
        Some(out)
    }

    /// A resource of the template: its type and its properties.
    pub(crate) fn resource(&self, name: &str) -> Option<(&str, &Raw)> {
        let at = *self.resources.get(name)?;
        let Data::Map(resources) = &self.root.as_ref()?.get("Resources")?.data else { return None };
        let resource = &resources.get(at)?.1;
        Some((resource.get("Type")?.as_str()?, resource.get("Properties").unwrap_or(resource)))
    }
}

/// Whether a value is `!Ref AWS::NoValue`: as if it were not written.
pub(crate) fn is_no_value(it: &Raw) -> bool {
    matches!(it.function(), Some(("Ref", name)) if name.as_str() == Some("AWS::NoValue"))
}
