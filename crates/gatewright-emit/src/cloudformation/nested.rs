//! `AWS::CloudFormation::Stack`: routes and permissions in stacks of their own, where one template would have too
//! many resources.

use gatewright_ir::{ApiKind, Id, IntegrationId, Ir, Raw};
use gatewright_yaml::Tags;
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

/// How many nested stacks there may be: few numbers, far apart. With each step most routes move, which a deployed
/// stack does not survive: CloudFormation creates a route in its new stack before it deletes it in the old one, and
/// API Gateway refuses a second route with the same key.
const STACKS: [usize; 5] = [16, 64, 256, 1024, 4096];

/// How many resources a nested stack has on average at most: few enough that an uneven share fits.
const AVERAGE: usize = 220;

/// How many resources a nested stack may have, and how many parameters: a fuller one is divided.
const FULL: usize = limits::RESOURCES_ADVISED;
const PARAMETERS: usize = limits::PARAMETERS_ADVISED;

/// Where the main stack has no room for integrations that several routes may share, one with more routes than this
/// stays there nevertheless.
const TOGETHER: usize = 100;

/// What may go to nested stacks, and what must stay together there.
#[derive(Default)]
pub(super) struct Split {
    /// Integrations with their roles and responses.
    integrations: FxHashMap<usize, Backing>,
    /// Routes with their responses, by integration.
    routes: IndexMap<usize, Vec<Vec<String>>>,
    /// Methods of a REST API.
    methods: Vec<Unit>,
    /// Permissions by function.
    permissions: IndexMap<String, Vec<String>>,
}

/// An integration with its role and its responses; it comes last.
struct Backing {
    ids: Vec<String>,
    /// Whether a route brings it itself, so that no other can use it.
    brought: bool,
}

/// Resources that move together, and the name that decides where to.
type Unit = (String, Vec<String>);

impl Split {
    /// An integration, and what belongs to it.
    pub(super) fn integration(
        &mut self,
        ir: &Ir,
        id: IntegrationId,
        logical_id: &str,
        belongings: impl IntoIterator<Item = String>,
    ) {
        let brought = ir.integrations[id].brought;
        let ids = belongings.into_iter().chain([logical_id.to_owned()]).collect();
        self.integrations.insert(id.index(), Backing { ids, brought });
    }

    /// A route, and its response.
    pub(super) fn route(&mut self, integration: IntegrationId, logical_id: String, response: Option<String>) {
        let ids = [logical_id].into_iter().chain(response).collect();
        self.routes.entry(integration.index()).or_default().push(ids);
    }

    /// The method of a REST API, with the role of an integration that only its route has. The path that it belongs to
    /// stays: others are below it.
    pub(super) fn method(&mut self, logical_id: &str, role: Option<&str>) {
        let ids = role.into_iter().chain([logical_id]).map(str::to_owned).collect();
        self.methods.push((logical_id.to_owned(), ids));
    }

    pub(super) fn permission(&mut self, function: &str, logical_id: String) {
        self.permissions.entry(function.to_owned()).or_default().push(logical_id);
    }

    /// Moves routes and permissions out of the template and gives the templates of the nested stacks.
    pub(super) fn apply(self, ir: &Ir, format: Format, sections: &mut Sections) -> Vec<Artifact> {
        let Sections { resources, outputs, notes, missing: _ } = sections;
        let units = unpinned(self.units(resources.len()), resources, outputs);
        let chunks = chunks(units, resources);
        let mut home: FxHashMap<String, String> = FxHashMap::default();
        let mut files = Vec::new();
        let mut stacks = Vec::new();
        for (number, ids) in chunks {
            let name = format!("Routes{number}");
            let path = format!("routes-{number}.{}", format.extension());
            let mut moved = Map::new();
            for id in ids {
                if let Some(it) = resources.get_mut(&id) {
                    // The key is left out below, with all others: one by one would take quadratic time.
                    moved.insert(id.clone(), std::mem::take(it));
                    home.insert(id, name.clone());
                }
            }
            let (text, arguments, waits) = template(ir, format, moved, number);
            let properties = Object::new().set("TemplateURL", path.as_str()).object("Parameters", arguments);
            stacks.push((name, properties, waits));
            files.push(Artifact { path, text });
        }
        let count = stacks.len();
        let mut stacks: Vec<(String, Value)> = stacks
            .into_iter()
            .map(|(name, properties, mut waits)| {
                // What waits for another moved resource need not: between nested stacks that could go in circles.
                waits.retain(|it| resources.contains_key(it) && !home.contains_key(it));
                let waits: Vec<Value> = waits.into_iter().map(Value::from).collect();
                let mut attributes = Object::new().list("DependsOn", waits).into_map();
                attributes.extend(policies("Delete").into_map());
                let attributes = attributes.into_iter().collect();
                (name, resource("AWS::CloudFormation::Stack", attributes, properties))
            })
            .collect();
        for (id, mut it) in std::mem::take(resources) {
            if home.contains_key(&id) {
                // The stacks stand where the first of what they hold stood.
                resources.extend(std::mem::take(&mut stacks));
            } else {
                redirect(&mut it, &home);
                resources.insert(id, it);
            }
        }
        let (needs_none, no_limit) = match ir.api.kind {
            ApiKind::WebSocket => ("", ""),
            _ => ("; `--layout body` needs none", "; `--layout body` has no such limit"),
        };
        let (what, error) = match ir.api.kind {
            // Source of the messages: API Gateway, on creating a second one.
            ApiKind::Rest => ("methods", "Method already exists for this resource"),
            ApiKind::Http | ApiKind::WebSocket => ("routes", "Route with key … already exists"),
        };
        notes.push(Note::new(format!(
            "one template would have more than {} resources, so {what} and permissions are in {count} nested stacks: \
             `aws cloudformation package --s3-bucket BUCKET …` uploads their templates{needs_none}",
            limits::RESOURCES_ADVISED
        )));
        notes.push(Note::new(format!(
            "{what} that were deployed in one stack cannot move into nested stacks in one update: CloudFormation \
             creates them there before it deletes them here, and fails with `{error}`{no_limit}"
        )));
        files
    }

    /// What moves together, with the name that decides where to: adding a route must not move the others, as a
    /// route cannot be in two stacks at once.
    ///
    /// Routes are on their own, whoever else calls the same backend: they share the integration through the main
    /// stack, as long as that has room for all of them. `total` is how many resources there are.
    fn units(mut self, total: usize) -> Vec<Unit> {
        let routes = self.routes.values().flatten().map(Vec::len).sum::<usize>();
        let movable = routes + self.permissions.values().map(Vec::len).sum::<usize>();
        let brought =
            self.integrations.values().filter(|it| it.brought).map(|it| it.ids.len()).sum::<usize>();
        let crowded = total.saturating_sub(movable + brought) + STACKS[0] > FULL;
        let mut out = Vec::new();
        for (integration, routes) in self.routes {
            match self.integrations.remove(&integration) {
                Some(Backing { mut ids, brought }) if brought || crowded && routes.len() <= TOGETHER => {
                    let key = ids.last().cloned().unwrap_or_default();
                    ids.extend(routes.into_iter().flatten());
                    out.push((key, ids));
                }
                _ => out.extend(routes.into_iter().map(|it| (it[0].clone(), it))),
            }
        }
        out.extend(self.methods);
        out.extend(self.permissions);
        out
    }
}

/// Leaves out what something refers to that stays in the main stack.
fn unpinned(units: Vec<Unit>, resources: &Map<String, Value>, outputs: &Map<String, Value>) -> Vec<Unit> {
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

/// Shares out what moves: each by its name, so that its place does not depend on the others. Gives the numbers of the
/// stacks and what is in them; a number under which nothing comes is left out.
fn chunks(units: Vec<Unit>, resources: &Map<String, Value>) -> Vec<(u64, Vec<String>)> {
    let total: usize = units.iter().map(|it| it.1.len()).sum();
    let [.., most] = STACKS;
    let count = STACKS.into_iter().find(|it| total <= it * AVERAGE).unwrap_or(most) as u64;
    let mut buckets: Vec<Vec<(u64, Vec<String>)>> = vec![Vec::new(); count as usize];
    for (key, ids) in units {
        let hash = u64::from_str_radix(&digest::digest(&Value::from(key)), 16).unwrap_or_default();
        buckets[(hash % count) as usize].push((hash, ids));
    }
    let mut open: Vec<_> = (0..count).zip(buckets).map(|(at, it)| (at, count, it)).collect();
    let mut out = Vec::new();
    while let Some((at, modulus, units)) = open.pop() {
        if units.len() > 1 && modulus < 1 << 32 && !fits(&units, resources) {
            // One half stays, and the other goes where it would be if there were twice as many stacks.
            let wider = modulus * 2;
            let (stays, goes) = units.into_iter().partition(|it| it.0 % wider == at);
            open.extend([(at, wider, stays), (at + modulus, wider, goes)]);
        } else if !units.is_empty() {
            out.push((at + 1, units.into_iter().flat_map(|it| it.1).collect()));
        }
    }
    out.sort_unstable_by_key(|it| it.0);
    out
}

/// Whether one nested stack has room for this.
fn fits(units: &[(u64, Vec<String>)], resources: &Map<String, Value>) -> bool {
    let ids = || units.iter().flat_map(|it| &it.1);
    if ids().count() > FULL {
        return false;
    }
    let local: FxHashSet<&str> = ids().map(String::as_str).collect();
    let mut needed: FxHashSet<String> = FxHashSet::default();
    for it in ids().filter_map(|it| resources.get(it)) {
        intrinsic::references(it, &mut |it| {
            if !local.contains(it) {
                needed.insert(it.to_owned());
            }
        });
    }
    needed.len() <= PARAMETERS
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

/// The template of a nested stack, the arguments for its parameters, and what it must wait for.
fn template(
    ir: &Ir,
    format: Format,
    moved: Map<String, Value>,
    number: u64,
) -> (String, Object, Vec<String>) {
    let local: FxHashSet<String> = moved.keys().cloned().collect();
    let mut cx = Outside {
        local: &local,
        arguments: IndexMap::new(),
        conditions: Vec::new(),
        mappings: Vec::new(),
        waits: Vec::new(),
    };
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
    (format.write(&document.into(), Tags::Short), cx.arguments.into_iter().collect(), cx.waits)
}

/// What a nested stack must be given from outside.
struct Outside<'l> {
    local: &'l FxHashSet<String>,
    /// Parameters and what the main stack passes for them.
    arguments: IndexMap<String, Value>,
    conditions: Vec<String>,
    mappings: Vec<String>,
    /// What resources of this stack wait for without referring to it.
    waits: Vec<String>,
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
                if let Some(names) = map.get_mut("DependsOn")
                    && names.is_string()
                {
                    *names = vec![std::mem::take(names)].into();
                }
                if let Some(Value::Array(names)) = map.get_mut("DependsOn") {
                    names.retain(|it| {
                        let Some(name) = it.as_str() else { return false };
                        let local = self.local.contains(name);
                        if !local && !self.waits.iter().any(|it| it == name) {
                            self.waits.push(name.to_owned());
                        }
                        local
                    });
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
