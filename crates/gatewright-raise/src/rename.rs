//! References in CloudFormation: those to what bears another logical id in the specification are rewritten.

use rustc_hash::FxHashMap;
use serde_json::Value;

/// Old logical ids, and those in the specification.
#[derive(Clone, Debug, Default)]
pub(crate) struct Renames(FxHashMap<String, String>);

impl Renames {
    /// Of these pairs.
    pub(crate) fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().filter(|it| it.0 != it.1).collect())
    }

    /// What a resource is called in the specification.
    pub(crate) fn of<'r>(&'r self, id: &'r str) -> &'r str {
        self.0.get(id).map_or(id, String::as_str)
    }

    /// Rewrites all references in a value. How deep it is nested was bounded when it was read.
    pub(crate) fn apply(&self, value: &mut Value) {
        if self.0.is_empty() {
            return;
        }
        match value {
            Value::Array(items) => items.iter_mut().for_each(|it| self.apply(it)),
            Value::Object(map) => {
                let is_function = map.len() == 1;
                for (key, it) in map.iter_mut() {
                    match (&**key, is_function) {
                        ("Ref", true) => self.name(it),
                        ("Fn::GetAtt", true) => match it {
                            Value::Array(parts) => parts.iter_mut().take(1).for_each(|it| self.name(it)),
                            other => self.apply(other),
                        },
                        ("Fn::Sub", true) => match it {
                            Value::Array(parts) => {
                                let own = parts.get(1).cloned().unwrap_or_default();
                                if let Some(text) = parts.first_mut() {
                                    self.text(text, &own);
                                }
                                parts.iter_mut().skip(1).for_each(|it| self.apply(it));
                            }
                            other => self.text(other, &Value::Null),
                        },
                        ("DependsOn", _) => match it {
                            Value::Array(names) => names.iter_mut().for_each(|it| self.name(it)),
                            other => self.name(other),
                        },
                        _ => self.apply(it),
                    }
                }
            }
            _ => {}
        }
    }

    fn name(&self, it: &mut Value) {
        if let Some(new) = it.as_str().and_then(|it| self.0.get(it)) {
            *it = new.as_str().into();
        }
    }

    /// The text of a `!Sub`, but for its own variables.
    fn text(&self, it: &mut Value, own: &Value) {
        let Some(text) = it.as_str() else { return };
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("${") {
            let Some(end) = rest[at..].find('}') else { break };
            out.push_str(&rest[..at + 2]);
            let name = &rest[at + 2..at + end];
            let base = name.trim().split('.').next().unwrap_or_default();
            match self.0.get(base).filter(|_| own.get(name.trim()).is_none()) {
                Some(new) => {
                    out.push_str(new);
                    out.push_str(&name.trim()[base.len()..]);
                }
                None => out.push_str(name),
            }
            rest = &rest[at + end..];
        }
        out.push_str(rest);
        *it = out.into();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Renames;

    #[test]
    fn every_reference_is_rewritten() {
        let renames = Renames::new([("HttpApi".to_owned(), "Api".to_owned())]);
        let mut value = json!({
            "DependsOn": ["HttpApi", "Other"],
            "a": { "Ref": "HttpApi" },
            "b": { "Fn::GetAtt": ["HttpApi", "ApiEndpoint"] },
            "c": { "Fn::Sub": "https://${HttpApi}.x/${HttpApi.Id}/${!HttpApi}/${Other}" },
            "d": { "Fn::Sub": ["${HttpApi}${x}", { "HttpApi": "own", "x": { "Ref": "HttpApi" } }] },
            "Name": "HttpApi",
        });
        renames.apply(&mut value);
        let expected = json!({
            "DependsOn": ["Api", "Other"],
            "a": { "Ref": "Api" },
            "b": { "Fn::GetAtt": ["Api", "ApiEndpoint"] },
            "c": { "Fn::Sub": "https://${Api}.x/${Api.Id}/${!HttpApi}/${Other}" },
            "d": { "Fn::Sub": ["${HttpApi}${x}", { "HttpApi": "own", "x": { "Ref": "Api" } }] },
            "Name": "HttpApi",
        });
        assert_eq!(value, expected);
    }
}
