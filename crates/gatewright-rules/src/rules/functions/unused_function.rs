use gatewright_graph::Entity;
use gatewright_ir::{AuthorizerKind, Backend, Callee, Data, Function, Ir, Origin, Raw};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use crate::rules::api::references::visit;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unused-function",
    page: include_str!("unused_function.md"),
    severity: Severity::Warning,
    category: Category::Cost,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let mut idle = ir.functions.iter().map(|(id, it)| (Entity::Function(id), it)).filter(|(entity, it)| {
        !matches!(it.origin, Origin::Unknown) && cx.graph.users(*entity).all(|it| it.1 == *entity)
    });
    let Some(first) = idle.next() else { return };
    // Without routes, or with a name that was misspelled, nobody knows what is meant to be called.
    let unknown = |it: Option<&Callee>| matches!(it, None | Some(Callee::Unknown));
    if ir.routes.is_empty() || ir.routes.values().any(|it| !it.target.is_known()) || callees(ir).any(unknown)
    {
        return;
    }
    // What an output names is for somebody elsewhere.
    let unreachable = cx.graph.unreachable();
    // Something else may call it by its fixed name.
    let named = named(ir);
    for (entity, function) in std::iter::once(first).chain(idle) {
        if unreachable.binary_search(&entity).is_ok()
            && !fixed_name(function).is_some_and(|it| named.contains(it))
        {
            let message = format!("nothing calls the function `{}`", function.name.value);
            out.report(function.name.span, message)
                .help("name it in a route, an integration or an authorizer, or remove it");
        }
    }
}

/// Everything that calls a function; `None` for what could not be read.
fn callees(ir: &Ir) -> impl Iterator<Item = Option<&Callee>> {
    let integrations = ir.integrations.values().filter_map(|it| match &it.backend {
        Backend::Lambda { callee, .. } => Some(Some(callee)),
        Backend::Unknown => Some(None),
        Backend::Http { .. } | Backend::Service { .. } | Backend::Action { .. } | Backend::Mock { .. } => {
            None
        }
    });
    let authorizers = ir.authorizers.values().filter_map(|it| match &it.kind {
        AuthorizerKind::Lambda { callee, .. } => Some(Some(callee)),
        AuthorizerKind::Unknown => Some(None),
        AuthorizerKind::Jwt { .. } | AuthorizerKind::Cognito { .. } => None,
    });
    integrations.chain(authorizers)
}

/// The name of a function in AWS, if it is known.
fn fixed_name(function: &Function) -> Option<&str> {
    let name = match &function.origin {
        Origin::Created(it) => it.function_name.as_ref()?,
        Origin::Named(it) | Origin::Arn(it) => it,
        Origin::Unknown => return None,
    };
    name.value.as_str().map(function_name)
}

/// The name in an ARN, or the text itself.
fn function_name(text: &str) -> &str {
    match text.split_once(":function:") {
        Some((_, rest)) => rest.split([':', '/']).next().unwrap_or(rest),
        None => text,
    }
}

/// All names of functions that texts in the template, in environments, in stage variables and in ARNs may mean.
fn named(ir: &Ir) -> FxHashSet<&str> {
    let mut out = FxHashSet::default();
    visit(ir, &mut |it| texts(it, &mut out));
    for it in ir.functions.values() {
        if let Origin::Created(it) = &it.origin {
            out.extend(it.environment.iter().filter_map(|it| it.1.value.as_str()).map(function_name));
        }
    }
    for it in ir.stages.values() {
        let canary = it.canary.iter().flat_map(|it| &it.variables);
        out.extend(it.variables.iter().chain(canary).filter_map(|it| it.1.value.as_str()).map(function_name));
    }
    for callee in callees(ir).flatten() {
        if let Callee::Arn(it) = callee {
            out.extend(it.value.as_str().map(function_name));
        }
    }
    out
}

fn texts<'i>(raw: &'i Raw, out: &mut FxHashSet<&'i str>) {
    let mut rest = vec![raw];
    while let Some(raw) = rest.pop() {
        match &raw.data {
            Data::String(it) => {
                out.insert(function_name(it));
            }
            Data::List(items) => rest.extend(items),
            Data::Map(entries) => rest.extend(entries.iter().map(|it| &it.1)),
            _ => {}
        }
    }
}
