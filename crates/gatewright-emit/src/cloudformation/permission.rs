//! `AWS::Lambda::Permission`: who lets API Gateway in, for which routes.

use gatewright_ir::{
    AuthorizerKind, Backend, Credentials, FunctionId, Generated, Id, Method, RouteId, Segment, StageId,
};
use indexmap::IndexMap;
use serde_json::Value;

use super::nested::Split;
use super::template::Template;
use super::{Context, Layout, function};
use crate::artifact::Note;
use crate::binding::{Bindings, Grantee, grantees};
use crate::intrinsic::Text;
use crate::limits;
use crate::object::Object;

/// Bytes of a policy at which its statements are collapsed: well before Lambda's limit, as names differ in length.
const POLICY_BYTES: usize = limits::FUNCTION_POLICY_BYTES / 5 * 4;

/// Bytes of a statement besides the part of the ARN that names stage and route: an estimate on the safe side.
const STATEMENT_BYTES: usize = 440;

/// The permissions of all functions.
pub(super) struct Permissions {
    grantees: IndexMap<String, Permission>,
}

/// All that one function, alias or version lets in.
struct Permission {
    grantee: Grantee,
    routes: Vec<(RouteId, Option<StageId>)>,
    /// What the permissions for authorizers are called, and the authorizers' ids.
    authorizers: Vec<(String, Text)>,
    /// Bytes of all statements, if each route has its own.
    bytes: usize,
}

impl Permissions {
    fn of(&mut self, grantee: Grantee) -> &mut Permission {
        let key = grantee.name.to_string();
        let entry = self.grantees.entry(key);
        entry.or_insert_with(|| Permission { grantee, routes: Vec::new(), authorizers: Vec::new(), bytes: 0 })
    }

    /// Adds the permissions of one function, or (for `None`) those of functions that the specification names only
    /// where it calls them.
    pub(super) fn emit(
        &self,
        cx: &Context<'_>,
        template: &mut Template<'_>,
        split: &mut Split,
        function: Option<FunctionId>,
    ) {
        for it in self.grantees.values().filter(|it| it.grantee.function == function) {
            it.emit(cx, template, split);
        }
    }

    /// Says which permissions are wider than the routes that need them.
    pub(super) fn notes(&self, notes: &mut Vec<Note>) {
        let mut names: Vec<String> =
            self.grantees.values().filter(|it| it.is_collapsed()).map(Permission::shown).collect();
        if names.is_empty() {
            return;
        }
        let more = names.len().saturating_sub(5);
        names.truncate(5);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        notes.push(Note::new(format!(
            "{}{more}: more routes call than a function's policy of 20,480 bytes can name one by one, so the permission \
             is for all routes",
            names.join(", ")
        )));
    }
}

/// Adds all functions, each with the permissions that let API Gateway call it.
pub(super) fn emit_with_functions(cx: &Context<'_>, template: &mut Template<'_>, split: &mut Split) {
    let permissions = collect(cx, &mut template.notes);
    for (id, it) in cx.bindings.ir.functions.iter() {
        function::emit(cx, template, id, it);
        permissions.emit(cx, template, split, Some(id));
    }
    permissions.emit(cx, template, split, None);
    permissions.notes(&mut template.notes);
}

/// Finds out who calls which function. Functions that are called with a role need no permission.
fn collect(cx: &Context<'_>, notes: &mut Vec<Note>) -> Permissions {
    let bindings = &cx.bindings;
    let ir = bindings.ir;
    let mut out = Permissions { grantees: IndexMap::new() };
    let mut of_integration: Vec<Vec<(usize, Option<StageId>)>> = vec![Vec::new(); ir.integrations.len()];
    for (id, it) in bindings.integrations() {
        let integration = &ir.integrations[id];
        if let (Backend::Lambda { callee, .. }, Credentials::None) =
            (&integration.backend, &integration.credentials)
        {
            for grantee in grantees(bindings, callee, &it.id, notes) {
                let stage = grantee.stage;
                let key = grantee.name.to_string();
                out.of(grantee);
                let at = out.grantees.get_index_of(&key).unwrap_or_default();
                let callers = &mut of_integration[id.index()];
                if !callers.contains(&(at, stage)) {
                    callers.push((at, stage));
                }
            }
        }
    }
    for (route, integration) in &bindings.routes {
        let bytes = ir.routes[*route].key.value.as_str().len();
        for (at, stage) in &of_integration[integration.index()] {
            if let Some((_, it)) = out.grantees.get_index_mut(*at) {
                it.routes.push((*route, *stage));
                it.bytes += STATEMENT_BYTES + bytes;
            }
        }
    }
    for (id, it) in bindings.authorizers() {
        let AuthorizerKind::Lambda { callee, role: None, .. } = &ir.authorizers[id].kind else { continue };
        for grantee in grantees(bindings, callee, &it.id, notes) {
            let it = match cx.options.layout {
                // The ids that an import gives to authorizers are not known.
                Layout::Body => ("Authorizers".to_owned(), Text::new("*")),
                Layout::Resources => (it.id.clone(), Text::default().id(&it.id)),
            };
            let of = out.of(grantee);
            if !of.authorizers.iter().any(|other| other.0 == it.0) {
                of.bytes += STATEMENT_BYTES + it.0.len();
                of.authorizers.push(it);
            }
        }
    }
    out
}

impl Permission {
    /// Whether there are too many routes for a statement each.
    fn is_collapsed(&self) -> bool {
        self.bytes > POLICY_BYTES
    }

    /// The aliases of which one must be there first. CloudFormation does not see that where a parameter holds the
    /// alias's name.
    fn unseen_aliases(&self, cx: &Context<'_>, template: &Template<'_>) -> Vec<Value> {
        let Some(id) = self.grantee.function.filter(|_| self.grantee.deferred_alias) else {
            return Vec::new();
        };
        let all = 0..cx.bindings.ir.functions[id].aliases.len();
        let ids = all.map(|at| cx.bindings.id(Generated::FunctionAlias(id, at)));
        ids.filter(|it| template.resources.contains_key(it)).map(Value::from).collect()
    }

    fn shown(&self) -> String {
        format!("`{}` ({} routes)", self.grantee.base, self.routes.len())
    }

    fn emit(&self, cx: &Context<'_>, template: &mut Template<'_>, split: &mut Split) {
        let bindings = &cx.bindings;
        let base = &self.grantee.base;
        let aliases = self.unseen_aliases(cx, template);
        let mut add = |id: String, source: Text| {
            let arn = Text::new("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:");
            let arn = arn.id(&bindings.id(Generated::Api)).sub("/").text(source);
            let properties = Object::new()
                .set("FunctionName", self.grantee.name.clone())
                .set("Action", "lambda:InvokeFunction")
                .set("Principal", "apigateway.amazonaws.com")
                .set("SourceArn", arn.finish());
            let id = free(template, format!("{base}{id}Permission"));
            let attributes = Object::new().list("DependsOn", aliases.clone());
            template.add_with(&id, "AWS::Lambda::Permission", attributes, properties);
            split.permission(base, id);
        };
        if !self.is_collapsed() {
            for (route, stage) in &self.routes {
                let suffix =
                    stage.filter(|_| bindings.only_stage.is_none()).map(|it| bindings.stage_part(it));
                let id = format!("{}{}", bindings.ir.route_id_part(*route), suffix.unwrap_or_default());
                add(id, route_source(bindings, *route, *stage));
            }
            for (id, source) in &self.authorizers {
                add(id.clone(), Text::new("authorizers/").text(source.clone()));
            }
            return;
        }
        let mut stages: Vec<Option<StageId>> =
            self.routes.iter().map(|it| it.1.or(bindings.only_stage)).collect();
        stages.sort_unstable();
        stages.dedup();
        if stages.contains(&None) {
            // This holds for authorizers, too.
            add(String::new(), Text::new("*"));
            return;
        }
        for stage in stages.into_iter().flatten() {
            let suffix =
                if bindings.only_stage.is_none() { bindings.stage_part(stage) } else { String::new() };
            add(suffix, stage_source(bindings, Some(stage)).sub("/*"));
        }
        for (id, source) in &self.authorizers {
            add(id.clone(), Text::new("authorizers/").text(source.clone()));
        }
    }
}

/// The id, or the id with a number if it is taken.
fn free(template: &Template<'_>, id: String) -> String {
    let mut out = id.clone();
    let mut number = 2;
    while template.resources.contains_key(&out) {
        out = format!("{id}{number}");
        number += 1;
    }
    out
}

/// The stage in the ARN of an execution. Where `$default` is the only one, it is `*`: the form that AWS shows, and
/// that AWS SAM generates, is `…:API/*/$default` and `…:API/*/GET/path`, and no other stage is let in by it.
fn stage_source(cx: &Bindings<'_>, stage: Option<StageId>) -> Text {
    match stage.or(cx.only_stage).map(|it| cx.stage_name(it)) {
        Some("$default") if cx.only_stage.is_some() => Text::new("*"),
        Some(it) => Text::default().literal(it),
        None => Text::new("*"),
    }
}

/// Stage, method and path of a route in the ARN of an execution: path variables are `*`, and so is `ANY`.
///
/// Source: API Gateway Developer Guide, "Control access to an API with IAM permissions", and the permissions that
/// AWS SAM generates.
fn route_source(cx: &Bindings<'_>, route: RouteId, stage: Option<StageId>) -> Text {
    let key = &cx.ir.routes[route].key.value;
    let stage = stage_source(cx, stage);
    let Some(method) = key.method() else { return stage.sub("/").literal(&message_source(key.as_str())) };
    let mut out = stage.sub("/").sub(if method == Method::Any { "*" } else { method.as_str() });
    let mut empty = true;
    for segment in key.segments() {
        empty = false;
        out = match segment {
            Segment::Literal(it) => out.sub("/").literal(it),
            Segment::Variable(_) | Segment::Greedy(_) => out.sub("/*"),
        };
    }
    if empty { out.sub("/") } else { out }
}

/// A key without method and path in the ARN of an execution: `$default`, or that of a message. How characters appear
/// there that are none of a name is not documented, so they are left open.
fn message_source(key: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '$' | '-' | '_' | '.');
    let mut out = String::with_capacity(key.len());
    for it in key.chars() {
        if is_plain(it) {
            out.push(it);
        } else if !out.ends_with('*') {
            out.push('*');
        }
    }
    out
}
