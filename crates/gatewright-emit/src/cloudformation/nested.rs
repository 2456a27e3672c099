//! `AWS::CloudFormation::Stack`: routes and permissions in stacks of their own, where one template would have too
//! many resources.

use gatewright_ir::{Id, IntegrationId, Ir, Raw};
use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use super::Sections;
use super::template::{policies, resource};
use crate::artifact::{Artifact, Format, Note};
use crate::digest;
use crate::intrinsic::{self, attribute, reference, substitute};
use crate::limits;
use crate::object::Object;
use crate::yaml::Tags;

/// How many resources a nested stack has on average: few enough that it can grow.
const AVERAGE: usize = 250;

/// How many resources a nested stack may have, and how many parameters: what is above goes to a further stack.
const FULL: usize = limits::RESOURCES - 20;
const PARAMETERS: usize = limits::PARAMETERS - 10;

/// An integration with more routes than this is shared through the main stack.
const TOGETHER: usize = 100;

/// What may go to nested stacks, and what must stay together there.
#[derive(Default)]
pub(super) struct Split {
    /// Integrations and their roles.
    integrations: FxHashMap<usize, Vec<String>>,
    /// Routes by integration.
    routes: IndexMap<usize, Vec<String>>,
    /// Permissions by function.
    permissions: IndexMap<String, Vec<String>>,
}

impl Split {
    pub(super) fn integration(&mut self, id: IntegrationId, logical_id: &str, role: Option<String>) {
        let ids = role.into_iter().chain([logical_id.to_owned()]).collect();
        self.integrations.insert(id.index(), ids);
    }

    pub(super) fn route(&mut self, integration: IntegrationId, logical_id: String) {
        self.routes.entry(integration.index()).or_default().push(logical_id);
    }

    pub(super) fn permission(&mut self, function: &str, logical_id: String) {
        self.permissions.entry(function.to_owned()).or_default().push(logical_id);
    }

    /// Moves routes and permissions out of the template and gives the templates of the nested stacks.
    pub(super) fn apply(self, ir: &Ir, format: Format, sections: &mut Sections) -> Vec<Artifact> {
        let Sections { resources, outputs, notes } = sections;
        let units = self.units();
        let units = unpinned(units, resources, outputs);
        let chunks = chunks(units, resources);
        let mut home: FxHashMap<String, String> = FxHashMap::default();
        let mut files = Vec::new();
        let mut stacks = Map::new();
        for (at, ids) in chunks.into_iter().enumerate() {
            let name = format!("Routes{}", at + 1);
            let path = format!("routes-{}.{}", at + 1, format.extension());
            let mut moved = Map::new();
            for id in ids {
                if let Some(it) = resources.get_mut(&id) {
                    // The key is left out below, with all others: one by one would take quadratic time.
                    moved.insert(id.clone(), std::mem::take(it));
                    home.insert(id, name.clone());
                }
            }
            let (text, parameters) = template(ir, format, moved, at + 1);
            let properties = Object::new().set("TemplateURL", path.as_str()).object("Parameters", parameters);
            stacks.insert(name, resource("AWS::CloudFormation::Stack", policies("Delete"), properties));
            files.push(Artifact { path, text });
        }
        let count = stacks.len();
        let mut stacks = Some(stacks);
        for (id, mut it) in std::mem::take(resources) {
            if home.contains_key(&id) {
                // The stacks stand where the first of what they hold stood.
                resources.extend(stacks.take().unwrap_or_default());
            } else {
                redirect(&mut it, &home);
                resources.insert(id, it);
            }
        }
        notes.push(Note::new(format!(
            "one template would have more than {} resources, so routes and permissions are in {count} nested stacks: \
             `aws cloudformation package --s3-bucket BUCKET …` uploads their templates; `--layout body` needs none",
            limits::RESOURCES
        )));
        files
    }

    /// What moves together, with the name that decides where to: adding a route must not move the others, as a
    /// route cannot be in two stacks at once.
    fn units(mut self) -> Vec<(String, Vec<String>)> {
        let mut out = Vec::new();
        for (integration, routes) in self.routes {
            match self.integrations.remove(&integration) {
                Some(mut ids) if routes.len() <= TOGETHER => {
                    let key = ids.last().cloned().unwrap_or_default();
                    ids.extend(routes);
                    out.push((key, ids));
                }
                _ => out.extend(routes.into_iter().map(|it| (it.clone(), vec![it]))),
            }
        }
        out.extend(self.permissions);
        out
    }
}

/// Leaves out what something refers to that stays in the main stack.
fn unpinned(
    units: Vec<(String, Vec<String>)>,
    resources: &Map<String, Value>,
    outputs: &Map<String, Value>,
) -> Vec<(String, Vec<String>)> {
    let movable: FxHashSet<&str> = units.iter().flat_map(|it| &it.1).map(|it| &**it).collect();
    let mut pinned: FxHashSet<String> = FxHashSet::default();
    let mut pin = |it: &str| {
        if movable.contains(it) {
            pinned.insert(it.to_owned());
        }
    };
    for (_, it) in resources.iter().filter(|it| !movable.contains(&**it.0)) {
        // What only waits for a route can wait for its stack.
        let parts = it.as_object().into_iter().flatten().filter(|it| it.0 != "DependsOn");
        parts.for_each(|(_, it)| intrinsic::references(it, &mut pin));
    }
    outputs.values().for_each(|it| intrinsic::references(it, &mut pin));
    units.into_iter().filter(|it| !it.1.iter().any(|it| pinned.contains(it))).collect()
}

/// Shares out what moves: each by its name, so that its place does not depend on the others.
fn chunks(units: Vec<(String, Vec<String>)>, resources: &Map<String, Value>) -> Vec<Vec<String>> {
    let total: usize = units.iter().map(|it| it.1.len()).sum();
    let count = total.div_ceil(AVERAGE).next_power_of_two();
    let mut buckets: Vec<Vec<Vec<String>>> = vec![Vec::new(); count];
    for (key, ids) in units {
        let hash = u32::from_str_radix(&digest::digest(&Value::from(key)), 16).unwrap_or_default();
        buckets[hash as usize % count].push(ids);
    }
    let mut out = Vec::new();
    let mut overflow = Vec::new();
    for bucket in buckets {
        let mut filled = fill(bucket, resources).into_iter();
        out.extend(filled.next());
        overflow.extend(filled);
    }
    // The further ones come last, so that the numbers of the others stay.
    out.append(&mut overflow);
    out.retain(|it| !it.is_empty());
    out
}

/// Fills stacks one after the other, up to their limits.
fn fill(units: Vec<Vec<String>>, resources: &Map<String, Value>) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = vec![Vec::new()];
    let mut needed: FxHashSet<String> = FxHashSet::default();
    for ids in units {
        let mut more: FxHashSet<String> = FxHashSet::default();
        for id in &ids {
            if let Some(it) = resources.get(id) {
                intrinsic::references(it, &mut |it| {
                    if !needed.contains(it) {
                        more.insert(it.to_owned());
                    }
                });
            }
        }
        let last = out.last().map_or(0, Vec::len);
        if last > 0 && (last + ids.len() > FULL || needed.len() + more.len() > PARAMETERS) {
            out.push(Vec::new());
            needed.clear();
        }
        needed.extend(more);
        if let Some(it) = out.last_mut() {
            it.extend(ids);
        }
    }
    out
}

/// Makes what waits for a moved resource wait for its stack.
fn redirect(resource: &mut Value, home: &FxHashMap<String, String>) {
    let Some(Value::Array(names)) = resource.get_mut("DependsOn") else { return };
    let mut seen = FxHashSet::default();
    let old = std::mem::take(names);
    names.extend(old.into_iter().filter_map(|it| {
        let name = it.as_str().and_then(|it| home.get(it)).cloned().map_or(it, Value::from);
        seen.insert(name.clone()).then_some(name)
    }));
}

/// The template of a nested stack, and the arguments for its parameters.
fn template(ir: &Ir, format: Format, moved: Map<String, Value>, number: usize) -> (String, Object) {
    let local: FxHashSet<String> = moved.keys().cloned().collect();
    let mut cx =
        Outside { local: &local, arguments: IndexMap::new(), conditions: Vec::new(), mappings: Vec::new() };
    let mut resources = Map::new();
    for (id, mut it) in moved {
        cx.localise(&mut it);
        resources.insert(id, it);
    }
    let mut conditions = Map::new();
    while let Some(name) = cx.conditions.pop() {
        if let Some((_, it)) = ir.template.conditions.iter().find(|it| *it.0.value == *name)
            && !conditions.contains_key(&name)
        {
            let mut it = it.to_json();
            cx.localise(&mut it);
            conditions.insert(name, it);
        }
    }
    let mappings =
        ir.template.mappings.iter().filter(|it| cx.mappings.iter().any(|name| **name == *it.0.value));
    let mappings = mappings.map(|it: &(_, Raw)| (it.0.value.to_string(), it.1.to_json()));
    let parameters = cx.arguments.keys().map(|it| (it.clone(), Object::new().set("Type", "String").into()));
    let document = Object::new()
        .set("AWSTemplateFormatVersion", "2010-09-09")
        .set("Description", format!("{}: routes and permissions, part {number}", ir.api.name.value))
        .object("Parameters", parameters.collect())
        .object("Mappings", mappings.collect())
        .object("Conditions", conditions.into_iter().collect())
        .set("Resources", resources);
    (format.write(&document.into(), Tags::Short), cx.arguments.into_iter().collect())
}

/// What a nested stack must be given from outside.
struct Outside<'l> {
    local: &'l FxHashSet<String>,
    /// Parameters and what the main stack passes for them.
    arguments: IndexMap<String, Value>,
    conditions: Vec<String>,
    mappings: Vec<String>,
}

impl Outside<'_> {
    /// Replaces what is not in this stack by parameters.
    fn localise(&mut self, value: &mut Value) {
        if let Some((name, argument)) = intrinsic::function(value) {
            let outside = match (name, argument) {
                ("Ref", Value::String(id)) => self.outside(id),
                ("Fn::GetAtt", Value::Array(parts)) => match parts.as_slice() {
                    [Value::String(id), Value::String(name)] => self.outside(&format!("{id}.{name}")),
                    _ => None,
                },
                _ => None,
            };
            if let Some(parameter) = outside {
                *value = reference(&parameter);
                return;
            }
        }
        match value {
            Value::Array(items) => items.iter_mut().for_each(|it| self.localise(it)),
            Value::Object(map) => {
                if let Some(Value::Array(names)) = map.get_mut("DependsOn") {
                    names.retain(|it| it.as_str().is_some_and(|it| self.local.contains(it)));
                    if names.is_empty() {
                        map.shift_remove("DependsOn");
                    }
                }
                for (key, it) in map.iter_mut() {
                    match (&**key, &*it) {
                        ("Condition", Value::String(name)) => self.conditions.push(name.clone()),
                        ("Fn::If", Value::Array(parts)) => {
                            self.conditions.extend(parts.first().and_then(Value::as_str).map(str::to_owned));
                        }
                        ("Fn::FindInMap", Value::Array(parts)) => {
                            self.mappings.extend(parts.first().and_then(Value::as_str).map(str::to_owned));
                        }
                        ("Fn::Sub", Value::String(template)) => {
                            *it = substitute(template, |name| self.outside(name)).into();
                        }
                        ("Fn::Sub", Value::Array(parts)) => {
                            let own = parts.get(1).and_then(Value::as_object).cloned().unwrap_or_default();
                            if let Some(Value::String(template)) = it.get_mut(0) {
                                *template = substitute(template, |name| match own.contains_key(name) {
                                    true => None,
                                    false => self.outside(name),
                                });
                            }
                        }
                        _ => {}
                    }
                    self.localise(it);
                }
            }
            _ => {}
        }
    }

    /// The parameter for `id` or `id.attribute`, if that is not in this stack.
    fn outside(&mut self, name: &str) -> Option<String> {
        let (id, argument) = match name.split_once('.') {
            Some((id, name)) => (id, attribute(id, name)),
            None => (name, reference(name)),
        };
        // Of the pseudo parameters, a nested stack has its own name and id.
        let shared = id.starts_with("AWS::") && !matches!(id, "AWS::StackName" | "AWS::StackId");
        if shared || self.local.contains(id) {
            return None;
        }
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let mut parameter = plain.clone();
        let mut number = 2;
        while self.arguments.get(&parameter).is_some_and(|it| *it != argument) {
            parameter = format!("{plain}{number}");
            number += 1;
        }
        self.arguments.insert(parameter.clone(), argument);
        Some(parameter)
    }
}
