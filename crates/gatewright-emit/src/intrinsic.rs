//! CloudFormation's functions: how they are made, and what they refer to.

use serde_json::{Map, Value, json};

use crate::object::Object;

/// `!Ref id`.
pub(crate) fn reference(id: &str) -> Value {
    Object::new().set("Ref", id).into()
}

/// `!GetAtt id.name`.
pub(crate) fn attribute(id: &str, name: &str) -> Value {
    Object::new().set("Fn::GetAtt", vec![Value::from(id), Value::from(name)]).into()
}

/// The function that a value is, and its argument.
pub(crate) fn function(value: &Value) -> Option<(&str, &Value)> {
    let map = value.as_object().filter(|it| it.len() == 1)?;
    let (name, argument) = map.iter().next()?;
    (name == "Ref" || name.starts_with("Fn::")).then_some((name, argument))
}

/// Text made of pieces, some of which only CloudFormation knows. It becomes a string or a `!Sub`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    /// In the syntax of `Fn::Sub`.
    template: String,
    variables: Map<String, Value>,
}

impl Text {
    /// Text in the syntax of `Fn::Sub`: `arn:${AWS::Partition}:…`.
    pub(crate) fn new(template: &str) -> Self {
        Self { template: template.to_owned(), variables: Map::new() }
    }

    /// Adds text in the syntax of `Fn::Sub`.
    pub(crate) fn sub(mut self, template: &str) -> Self {
        self.template.push_str(template);
        self
    }

    /// Adds text that means itself, also where it holds `${…}`.
    pub(crate) fn literal(mut self, text: &str) -> Self {
        self.template.push_str(&text.replace("${", "${!"));
        self
    }

    /// Adds `${id}`.
    pub(crate) fn id(mut self, id: &str) -> Self {
        self.template.push_str("${");
        self.template.push_str(id);
        self.template.push('}');
        self
    }

    /// Adds a value: text, or a function.
    pub(crate) fn value(mut self, value: &Value) -> Self {
        match (value, function(value)) {
            (Value::String(it), _) => return self.literal(it),
            (_, Some(("Ref", Value::String(id)))) => return self.id(id),
            (_, Some(("Fn::Sub", Value::String(template)))) => return self.sub(template),
            (_, Some(("Fn::GetAtt", Value::Array(parts)))) => {
                if let [Value::String(id), Value::String(name)] = parts.as_slice() {
                    return self.id(&format!("{id}.{name}"));
                }
            }
            _ => {}
        }
        let name = format!("Value{}", self.variables.len() + 1);
        self.variables.insert(name.clone(), value.clone());
        self.id(&name)
    }

    /// Adds other text.
    pub(crate) fn text(mut self, other: Self) -> Self {
        let mut template = other.template;
        for (name, it) in other.variables {
            let renamed = format!("Value{}", self.variables.len() + 1);
            if renamed != name {
                template = template.replace(&format!("${{{name}}}"), &format!("${{{renamed}}}"));
            }
            self.variables.insert(renamed, it);
        }
        self.template.push_str(&template);
        self
    }

    /// The string, or the function that makes it.
    pub(crate) fn finish(self) -> Value {
        if self.variables.len() == 1
            && let Some((name, _)) = self.variables.iter().next()
            && self.template == format!("${{{name}}}")
        {
            return self.variables.into_iter().map(|it| it.1).next().unwrap_or_default();
        }
        if !self.variables.is_empty() {
            return json!({ "Fn::Sub": [self.template, self.variables] });
        }
        if placeholders(&self.template).next().is_none() {
            return self.template.replace("${!", "${").into();
        }
        if let Some(id) = self.template.strip_prefix("${").and_then(|it| it.strip_suffix('}'))
            && !id.contains(['$', '{', '}', '!'])
        {
            return match id.split_once('.') {
                Some((id, name)) => attribute(id, name),
                None => reference(id),
            };
        }
        Object::new().set("Fn::Sub", self.template).into()
    }
}

/// The names in the `${…}` of a `Fn::Sub`; what is escaped by `${!…}` is none.
pub(crate) fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    let mut rest = template;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find("${")?;
            let inner = &rest[at + 2..];
            let end = inner.find('}')?;
            rest = &inner[end + 1..];
            let name = inner[..end].trim();
            if !name.starts_with('!') && !name.is_empty() {
                return Some(name);
            }
        }
    })
}

/// Replaces the `${…}` of a `Fn::Sub`; `change` gives the new name.
pub(crate) fn substitute(template: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find("${") {
        let Some(end) = rest[at..].find('}').map(|it| at + it) else { break };
        out.push_str(&rest[..at]);
        let name = rest[at + 2..end].trim();
        match if name.starts_with('!') { None } else { change(name) } {
            Some(new) => {
                out.push_str("${");
                out.push_str(&new);
                out.push('}');
            }
            None => out.push_str(&rest[at..=end]),
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}

/// Calls `found` with the logical ids that a value refers to, by functions and by `DependsOn`.
pub(crate) fn references(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|it| references(it, found)),
        Value::Object(map) => {
            for (key, it) in map {
                match (&**key, it) {
                    ("Ref", Value::String(id)) => found(id),
                    ("DependsOn", Value::String(id)) => found(id),
                    ("DependsOn", Value::Array(ids)) => {
                        ids.iter().filter_map(Value::as_str).for_each(&mut *found)
                    }
                    ("Fn::GetAtt", Value::Array(parts)) => {
                        if let Some(Value::String(id)) = parts.first() {
                            found(id);
                        }
                    }
                    ("Fn::Sub", Value::String(template)) => {
                        placeholders(template).for_each(|it| found(it.split('.').next().unwrap_or(it)));
                    }
                    ("Fn::Sub", Value::Array(parts)) => {
                        let own = parts.get(1).and_then(Value::as_object);
                        if let Some(Value::String(template)) = parts.first() {
                            placeholders(template)
                                .filter(|it| !own.is_some_and(|own| own.contains_key(*it)))
                                .for_each(|it| found(it.split('.').next().unwrap_or(it)));
                        }
                    }
                    _ => {}
                }
                references(it, found);
            }
        }
        _ => {}
    }
}

/// Gives logical ids their final names wherever a value refers to them.
pub(crate) fn rename(value: &mut Value, names: &dyn Fn(&str) -> Option<String>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|it| rename(it, names)),
        Value::Object(map) => {
            for (key, it) in map.iter_mut() {
                match &**key {
                    "Ref" | "DependsOn" => rename_text(it, names),
                    "Fn::GetAtt" => {
                        if let Some(id) = it.get_mut(0) {
                            rename_text(id, names);
                        }
                    }
                    "Fn::Sub" => {
                        let template = if it.is_array() { it.get_mut(0) } else { Some(&mut *it) };
                        if let Some(Value::String(template)) = template {
                            *template = substitute(template, |name| match name.split_once('.') {
                                Some((id, attribute)) => names(id).map(|it| format!("{it}.{attribute}")),
                                None => names(name),
                            });
                        }
                    }
                    _ => {}
                }
                rename(it, names);
            }
        }
        _ => {}
    }
}

fn rename_text(value: &mut Value, names: &dyn Fn(&str) -> Option<String>) {
    match value {
        Value::String(id) => {
            if let Some(new) = names(id) {
                *id = new;
            }
        }
        Value::Array(ids) => ids.iter_mut().for_each(|it| rename_text(it, names)),
        _ => {}
    }
}
