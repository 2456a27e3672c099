//! Adopt: the model of a file that is not ours as our language would have given it. Names become those that a person
//! chooses, what several routes share is shared, and what only CloudFormation knows stays CloudFormation.

use std::sync::Arc;

use gatewright_ir::{
    ApiKind, Arena, AuthorizerKind, Backend, Callee, Format, Function, FunctionId, Generated, Id,
    Integration, IntegrationId, Ir, Method, Name, Origin, Qualifier, RouteKey, RouteTarget, Text,
    Value as Known, pascal, substitution,
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use crate::carried;
use crate::defaults::Defaults;
use crate::fold::fold;
use crate::{Note, Options, Raising};

/// The model, and what could not be adopted.
pub(crate) fn adopt(ir: &Ir, options: Options<'_>) -> (Ir, Vec<Note>) {
    let mut out = ir.clone();
    let mut notes = Vec::new();
    unshared_settings(&mut out);
    derived(&mut out);
    fold(&mut out);
    carried::functions(&mut out, options, &mut notes);
    named_functions(&mut out);
    names(&mut out, options, &mut notes);
    integrations(&mut out, options);
    conditions(&out, &mut notes);
    if out.provenance.is_fragment {
        notes.push(Note {
            span: out.api.name.span,
            message: "the API itself stands somewhere else: the file holds parts of it".to_owned(),
            help: "import the file with the API; a stack of this specification would create a new one"
                .to_owned(),
        });
    }
    (out, notes)
}

/// Takes away what stages and domains say although it holds anyway: tags of the API, settings of the stage.
fn unshared_settings(ir: &mut Ir) {
    let tags = ir.api.tags.clone();
    let own = |of: &mut Vec<(Name, gatewright_ir::Located<Text>)>| {
        let is_of_api = |it: &(Name, gatewright_ir::Located<Text>)| {
            tags.iter().any(|tag| tag.0.value == it.0.value && tag.1.value.to_json() == it.1.value.to_json())
        };
        of.retain(|it| !is_of_api(it));
    };
    for id in ir.stages.ids() {
        let stage = &mut ir.stages[id];
        own(&mut stage.tags);
        let whole = stage.settings.clone();
        for (_, it) in &mut stage.routes {
            let same = |a: &gatewright_ir::Throttle, b: &gatewright_ir::Throttle| {
                let values = |it: &gatewright_ir::Throttle| {
                    (it.rate.clone().map(|it| it.value), it.burst.clone().map(|it| it.value))
                };
                values(a) == values(b)
            };
            if same(&it.throttle, &whole.throttle) {
                it.throttle = gatewright_ir::Throttle::default();
            }
            if it.detailed_metrics.as_ref().map(|it| &it.value)
                == whole.detailed_metrics.as_ref().map(|it| &it.value)
            {
                it.detailed_metrics = None;
            }
        }
        stage.routes.retain(|it| !it.1.is_empty());
    }
    for id in ir.domains.ids() {
        own(&mut ir.domains[id].tags);
    }
    for id in ir.functions.ids() {
        if let Origin::Created(it) = &mut ir.functions[id].origin {
            own(&mut it.tags);
        }
    }
    for id in ir.api_keys.ids() {
        own(&mut ir.api_keys[id].tags);
    }
    for id in ir.usage_plans.ids() {
        own(&mut ir.usage_plans[id].tags);
    }
    for id in ir.api_keys.ids() {
        // CloudFormation makes a key that is not accepted unless it is said; the language one that is.
        let key = &mut ir.api_keys[id];
        if ir.provenance.format.is_template() && key.existing.is_none() && key.enabled.is_none() {
            key.enabled = Some(gatewright_ir::Spanned::new(false, key.name.span));
        }
    }
    for id in ir.integrations.ids() {
        // The only format that there is.
        if let Backend::Http { payload, .. } = &mut ir.integrations[id].backend {
            payload.take_if(|it| &*it.value == "1.0");
        }
    }
}

/// Takes away what the build finds by itself for a REST API: the methods of a path that answers preflights, and the
/// method of a request that is passed on.
fn derived(ir: &mut Ir) {
    if ir.api.kind != ApiKind::Rest {
        return;
    }
    for id in ir.routes.ids() {
        let RouteTarget::Integration(integration, _) = ir.routes[id].target else { continue };
        let Some(verb) = ir.routes[id].key.value.method() else { continue };
        let passes_on = |action: &gatewright_ir::Located<Text>| {
            let text = action.value.as_str().or_else(|| action.value.deferred().and_then(substitution));
            text.is_some_and(|it| it.contains("s3:path/"))
        };
        match &mut ir.integrations[integration].backend {
            Backend::Http { method, .. } if &*method.value == verb.as_str() => method.value = "ANY".into(),
            Backend::Action { action, method, .. }
                if passes_on(action) && &*method.value == verb.as_str() =>
            {
                method.value = "ANY".into();
            }
            _ => {}
        }
    }
    let paths: FxHashSet<&str> = ir.provenance.preflights.iter().filter_map(|it| it.value.path()).collect();
    let gatewright_ir::CorsSetting::Policy(policy) = &mut ir.api.cors else { return };
    let has = |verb: Method| policy.allow_methods.iter().any(|it| it.value.as_str() == Some(verb.as_str()));
    let all = Method::ALL.into_iter().filter(|it| *it != Method::Any);
    // A preflight that allows all that its path takes, wherever it stands.
    let mut verbs = ir
        .routes
        .values()
        .filter(|it| it.key.value.path().is_some_and(|it| paths.contains(it)))
        .filter_map(|it| it.key.value.method());
    let whole = verbs.all(|it| match it {
        Method::Any => all.clone().all(has),
        it => has(it),
    });
    if whole && has(Method::Options) && !paths.is_empty() {
        policy.allow_methods.clear();
    }
}

/// What an ARN of a function of this account and region begins with.
const OWN_FUNCTION: &str = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:";

/// Makes functions of the ARNs of those that exist, if they say what the functions are called.
fn named_functions(ir: &mut Ir) {
    let allowed = allowed(ir);
    let mut known: FxHashMap<String, FunctionId> = FxHashMap::default();
    let Ir { functions, integrations, authorizers, provenance, .. } = ir;
    let mut named = |callee: &mut Callee, called: Option<Text>| {
        let Callee::Arn(arn) = callee else { return };
        let span = arn.span;
        let written = match &arn.value {
            Known::Known(text) => text.to_string(),
            Known::Deferred(raw) => substitution(raw).unwrap_or_default().to_owned(),
        };
        let Some((before, text)) = written.split_once(":function:") else { return };
        let (name, qualifier) = match text.split_once(':') {
            Some((name, qualifier)) => (name, Some(qualifier)),
            None => (text, None),
        };
        let variable = qualifier.and_then(|it| {
            it.strip_prefix("${!stageVariables.")
                .or_else(|| it.strip_prefix("${stageVariables."))?
                .strip_suffix('}')
        });
        let qualifier = match (qualifier, variable) {
            (_, Some(variable)) => Some(Qualifier::StageVariable(variable.into())),
            (Some(alias), None) => Some(Qualifier::Alias(alias.into())),
            (None, None) => None,
        };
        let holes = |it: &str| it.is_empty() || it.contains(['$', '{', '}']);
        if holes(name) || matches!(&qualifier, Some(Qualifier::Alias(it)) if holes(it)) {
            return;
        }
        let whole = format!("{before}:function:{name}");
        let is_own = *before == OWN_FUNCTION[..OWN_FUNCTION.len() - ":function:".len()];
        let text = match (&arn.value, is_own) {
            (_, true) => gatewright_ir::known(name.into(), span),
            (Known::Known(_), _) => gatewright_ir::known(whole.as_str().into(), span),
            // Its parts are only known when deploying, and the alias is one of them.
            (Known::Deferred(_), _) if qualifier.is_some() => return,
            (Known::Deferred(raw), _) => gatewright_ir::Spanned::new(Known::Deferred(raw.clone()), span),
        };
        let permission = allowed.as_ref().is_none_or(|it| it.iter().any(|it| it.contains(name)));
        let function = *known.entry(whole).or_insert_with(|| {
            functions.push(Function {
                name: Name::new(called.unwrap_or_else(|| name.into()), span),
                origin: if is_own { Origin::Named(text) } else { Origin::Arn(text) },
                aliases: Vec::new(),
                permission,
                manage_connections: None,
            })
        });
        *callee = Callee::Function { function, qualifier, span };
    };
    for id in integrations.ids() {
        let called = provenance.logical_ids.get(&Generated::Integration(id));
        // `SearchFunctionLiveIntegration` says what the function is called.
        let called = called.and_then(|it| it.strip_suffix("Integration")?.split_once("Function"));
        let called = called.map(|it| short(it.0, "")).filter(|it| !it.is_empty());
        if let Backend::Lambda { callee, .. } = &mut integrations[id].backend {
            named(callee, called);
        }
    }
    for id in authorizers.ids() {
        if let AuthorizerKind::Lambda { callee, .. } = &mut authorizers[id].kind {
            named(callee, None);
        }
    }
}

/// What the functions are called that API Gateway is allowed to call; nothing where the file cannot say so, or need not.
fn allowed(ir: &Ir) -> Option<Vec<String>> {
    let document =
        ir.provenance.document.as_ref().filter(|_| ir.provenance.format == Format::CloudFormation)?;
    let gatewright_ir::Data::Map(resources) = &document.get("Resources")?.data else { return None };
    let of = |it: &gatewright_ir::Raw| {
        it.get("Type").and_then(|it| it.as_str()) == Some("AWS::Lambda::Permission")
    };
    let name =
        |it: &gatewright_ir::Raw| Some(it.get("Properties")?.get("FunctionName")?.to_json().to_string());
    Some(resources.iter().filter(|it| of(&it.1)).filter_map(|it| name(&it.1)).collect())
}

/// Gives everything a name that the language allows, and that no other bears.
fn names(ir: &mut Ir, options: Options<'_>, notes: &mut Vec<Note>) {
    let defaults: FxHashMap<Text, Text> = ir
        .template
        .parameters
        .iter()
        .filter_map(|it| Some((it.name.value.clone(), it.properties.get("Default")?.as_str()?.into())))
        .collect();
    let mut deferred: Vec<(Generated, Arc<gatewright_ir::Raw>)> =
        ir.provenance.deferred_names.iter().map(|(of, it)| (*of, it.clone())).collect();
    deferred.sort_by_key(|it| it.1.span);
    for (of, raw) in deferred {
        let Some(name) = named(ir, of) else { continue };
        let default = match raw.function() {
            Some(("Ref", parameter)) => parameter.as_str().and_then(|it| defaults.get(it)).cloned(),
            _ => None,
        };
        if let Some(default) = default.filter(|it| !it.is_empty()) {
            name.value = default;
        }
        let message = format!("a name here is only known when deploying: `{}` stands for it", name.value);
        let help = "give it the name that it has, or one specification for each".to_owned();
        notes.push(Note { span: raw.span, message, help });
    }
    // Functions and integrations have the names of their logical ids, which say what they are once more.
    let mut taken = FxHashSet::default();
    for id in ir.functions.ids() {
        let name = short(&ir.functions[id].name.value, "Function");
        ir.functions[id].name.value = distinct(name, &mut taken);
    }
    let mut taken = FxHashSet::default();
    for id in ir.authorizers.ids() {
        let mut name = ir.authorizers[id].name.value.clone();
        let kind = ir.api.kind;
        if matches!(&*name, "none" | "iam") || kind == ApiKind::Rest && &*name == "api_key" {
            name = format!("{name}-authorizer").into();
        }
        ir.authorizers[id].name.value = distinct(name, &mut taken);
    }
    macro_rules! distinct_in {
        ($($arena:ident),*) => {$(
            let mut taken = FxHashSet::default();
            for id in ir.$arena.ids() {
                let name = ir.$arena[id].name.value.clone();
                ir.$arena[id].name.value = distinct(name, &mut taken);
            }
        )*};
    }
    for id in ir.vpc_links.ids() {
        // The build puts the API's name before that of a link.
        let name = &ir.vpc_links[id].name.value;
        let bare = name.strip_prefix(&*ir.api.name.value).and_then(|it| it.strip_prefix('-'));
        if let Some(bare) = bare.filter(|it| !it.is_empty()).map(Text::from) {
            ir.vpc_links[id].name.value = bare;
        }
    }
    distinct_in!(vpc_links, models, stages);
    let plans = ir.usage_plans.values().map(|it| it.name.value.clone()).collect::<Vec<_>>();
    let mut taken = FxHashSet::default();
    for id in ir.api_keys.ids() {
        let key = &ir.api_keys[id];
        // One that exists is named by its place in a plan: `GoldUsagePlanOldKey`.
        let in_plan = plans.iter().find_map(|it| key.name.value.strip_prefix(&**it)?.strip_suffix("Key"));
        let name = match in_plan.filter(|it| key.existing.is_some() && !it.is_empty()) {
            Some(name) => short(name, ""),
            None => short(&key.name.value, "ApiKey"),
        };
        ir.api_keys[id].name.value = distinct(name, &mut taken);
    }
    let mut taken = FxHashSet::default();
    for id in ir.usage_plans.ids() {
        let name = short(&ir.usage_plans[id].name.value, "UsagePlan");
        ir.usage_plans[id].name.value = distinct(name, &mut taken);
    }
    if !options.keep_logical_ids {
        avoid_travelling(ir);
    }
}

/// Where a name stands in the model.
fn named(ir: &mut Ir, of: Generated) -> Option<&mut Name> {
    Some(match of {
        Generated::Api => &mut ir.api.name,
        Generated::Stage(id) => &mut ir.stages[id].name,
        Generated::Domain(id) => &mut ir.domains[id].name,
        Generated::Model(id) => &mut ir.models[id].name,
        Generated::Authorizer(id) => &mut ir.authorizers[id].name,
        Generated::VpcLink(id) => &mut ir.vpc_links[id].name,
        _ => return None,
    })
}

/// A logical id as a person names the thing: `OrdersFunction` is `orders`.
fn short(id: &str, suffix: &str) -> Text {
    let stem = id.strip_suffix(suffix).filter(|it| !it.is_empty()).unwrap_or(id);
    let mut letters = stem.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if !second.is_some_and(|it| it.is_ascii_uppercase()) => {
            format!("{}{}", first.to_ascii_lowercase(), &stem[first.len_utf8()..]).into()
        }
        _ => stem.into(),
    }
}

/// A name whose logical id is not taken yet.
fn distinct(name: Text, taken: &mut FxHashSet<String>) -> Text {
    let mut out = name.clone();
    for number in 2.. {
        if taken.insert(pascal(&out)) {
            break;
        }
        out = format!("{name}{number}").into();
    }
    out
}

/// Renames functions of which something generated would be called like a resource that travels along.
fn avoid_travelling(ir: &mut Ir) {
    let travelling: FxHashSet<Text> = ir.template.resources.iter().map(|it| it.0.value.clone()).collect();
    for id in ir.functions.ids() {
        if !matches!(ir.functions[id].origin, Origin::Created(_)) {
            continue;
        }
        let parts = ["Function", "FunctionRole", "FunctionLogGroup"];
        let name = ir.functions[id].name.value.clone();
        let stem = pascal(&name);
        if parts.iter().any(|part| travelling.contains(&*format!("{stem}{part}"))) {
            ir.functions[id].name.value = format!("{name}Api").into();
        }
    }
}

/// Where an integration is written.
enum Place {
    /// It is what a route says by naming a function.
    Bare(Text),
    /// Under `integrations`.
    Declared(Text),
    /// At its only route.
    Route(Name),
}

/// Puts integrations where a person writes them: those of several routes under `integrations`, others at their route.
fn integrations(ir: &mut Ir, options: Options<'_>) {
    let defaults = Defaults::of(ir);
    let rendered: Vec<(Value, Option<String>)> = {
        let mut cx = Raising { ir, options, notes: Vec::new(), defaults };
        let render = |it: &Integration| {
            let keys = cx.integration(it);
            let callee = it.callee().filter(|it| !matches!(it, Callee::Arn(arn) if !is_arn(arn)));
            let name = callee.and_then(|it| cx.callee_name(it)).filter(|_| keys.len() == 1);
            (Value::from(keys), name)
        };
        ir.integrations.values().map(render).collect()
    };
    // Equal ones are one, unless each shall keep its id.
    let has_id = |id: IntegrationId| {
        options.keep_logical_ids && ir.provenance.logical_ids.contains_key(&Generated::Integration(id))
    };
    let mut firsts: FxHashMap<String, IntegrationId> = FxHashMap::default();
    let first: Vec<IntegrationId> = ir
        .integrations
        .ids()
        .map(|id| match has_id(id) {
            true => id,
            false => *firsts.entry(rendered[id.index()].0.to_string()).or_insert(id),
        })
        .collect();
    let mut uses: Vec<Vec<Name>> = vec![Vec::new(); first.len()];
    for it in ir.routes.values() {
        if let RouteTarget::Integration(id, _) = it.target {
            let key = it.key.clone().map(|it| Text::from(it.as_str()));
            uses[first[id.index()].index()].push(key);
        }
    }
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let functions: FxHashSet<Text> = ir.functions.values().map(|it| it.name.value.clone()).collect();
    let mut places: Vec<Option<Place>> = Vec::new();
    for (id, it) in ir.integrations.iter() {
        let uses = &uses[id.index()];
        places.push(match (&rendered[id.index()].1, &uses[..]) {
            _ if first[id.index()] != id => None,
            (None, [_, ..]) if let Some(name) = own_name(ir, id, uses) => {
                Some(Place::Declared(distinct(name, &mut taken)))
            }
            (Some(callee), [_, ..]) if !has_id(id) => Some(Place::Bare(callee.as_str().into())),
            (_, [route]) => Some(Place::Route(route.clone())),
            // What no route has is kept only where it is a thing of its own in the file.
            (_, []) if !ir.provenance.logical_ids.contains_key(&Generated::Integration(id)) => None,
            _ => {
                let mut name = shared_name(ir, id, it);
                if functions.contains(&name) {
                    name = format!("{name}Integration").into();
                }
                Some(Place::Declared(distinct(name, &mut taken)))
            }
        });
    }
    rebuild(ir, &places, &first);
}

/// The name that an integration has in the file, if it is another than that of its route: what it is called itself, or
/// its role.
fn own_name(ir: &Ir, id: IntegrationId, uses: &[Name]) -> Option<Text> {
    let of =
        |of, end| ir.provenance.logical_ids.get(&of)?.strip_suffix(end).filter(|it: &&str| !it.is_empty());
    let stem = of(Generated::Integration(id), "Integration")
        .or_else(|| of(Generated::IntegrationRole(id), "IntegrationRole"))?;
    let is_route = |it: &Name| {
        let read = if ir.api.kind == ApiKind::WebSocket { RouteKey::websocket } else { RouteKey::http };
        gatewright_ir::route_id_part(&read(it.value.clone())) == stem
    };
    (!(uses.len() == 1 && uses.iter().any(is_route))).then(|| short(stem, ""))
}

fn is_arn(it: &gatewright_ir::Located<Text>) -> bool {
    matches!(&it.value, Known::Known(text) if text.starts_with("arn:"))
}

/// What an integration of several routes is called.
fn shared_name(ir: &Ir, id: IntegrationId, it: &Integration) -> Text {
    if let Some(logical) = ir.provenance.logical_ids.get(&Generated::Integration(id)) {
        return short(logical, "Integration");
    }
    let word = |text: &str| -> Text {
        let host = text.split("://").nth(1).unwrap_or(text);
        let word = host.split(['.', '/', ':', '$', '{']).find(|it| !it.is_empty()).unwrap_or("backend");
        word.into()
    };
    match &it.backend {
        Backend::Lambda { callee: Callee::Function { function, .. }, .. } => {
            format!("{}Integration", ir.functions[*function].name.value).into()
        }
        Backend::Http { uri, .. } => uri.value.as_str().map_or_else(|| "backend".into(), word),
        Backend::Service { subtype, .. } => short(&subtype.value.replace('-', ""), ""),
        Backend::Action { action, .. } => action.value.as_str().map_or_else(|| "service".into(), word),
        Backend::Mock { .. } => "mock".into(),
        Backend::Lambda { .. } => "function".into(),
        Backend::Unknown => "unknown".into(),
    }
}

/// Makes the list of integrations anew: declared ones first, then those of routes, as lowering does.
fn rebuild(ir: &mut Ir, places: &[Option<Place>], first: &[IntegrationId]) {
    let mut order: Vec<IntegrationId> =
        ir.integrations.ids().filter(|it| matches!(places[it.index()], Some(Place::Declared(_)))).collect();
    for it in ir.routes.values() {
        if let RouteTarget::Integration(id, _) = it.target {
            let id = first[id.index()];
            if !matches!(places[id.index()], Some(Place::Declared(_)) | None) {
                order.push(id);
            }
        }
    }
    let mut all = Arena::<IntegrationId, Integration>::default();
    let mut new: FxHashMap<IntegrationId, IntegrationId> = FxHashMap::default();
    for old in order {
        if new.contains_key(&old) {
            continue;
        }
        let mut it = ir.integrations[old].clone();
        (it.declared, it.brought) = (false, false);
        match &places[old.index()] {
            Some(Place::Bare(callee)) => it.name.value = callee.clone(),
            Some(Place::Declared(name)) => {
                it.name.value = name.clone();
                it.declared = true;
            }
            Some(Place::Route(key)) => {
                it.name = key.clone();
                it.brought = true;
            }
            None => {}
        }
        if !it.declared {
            it.description = None;
        }
        new.insert(old, all.push(it));
    }
    ir.integrations = all;
    for id in ir.routes.ids() {
        if let RouteTarget::Integration(old, span) = ir.routes[id].target
            && let Some(new) = new.get(&first[old.index()])
        {
            ir.routes[id].target = RouteTarget::Integration(*new, span);
        }
    }
    let moved = |of: Generated| {
        Some(match of {
            Generated::Integration(id) => Generated::Integration(*new.get(&id)?),
            Generated::IntegrationRole(id) => Generated::IntegrationRole(*new.get(&id)?),
            Generated::IntegrationResponse(id, at) => Generated::IntegrationResponse(*new.get(&id)?, at),
            other => other,
        })
    };
    let ids = std::mem::take(&mut ir.provenance.logical_ids);
    ir.provenance.logical_ids = ids.into_iter().filter_map(|(of, id)| Some((moved(of)?, id))).collect();
}

/// Says which routes are there only under a condition.
fn conditions(ir: &Ir, notes: &mut Vec<Note>) {
    for (id, condition) in &ir.provenance.conditions {
        let key = &ir.routes[*id].key;
        notes.push(Note {
            span: key.span,
            message: format!(
                "`{}` is there only under the condition `{condition}`, which a route of a specification cannot have",
                key.value.as_str()
            ),
            help: "remove the route, or keep it for all".to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn names_say_once_what_a_thing_is() {
        assert_eq!(&*short("OrdersFunction", "Function"), "orders");
        assert_eq!(&*short("Function", "Function"), "function");
        assert_eq!(&*short("APIHandler", "Function"), "APIHandler");
        assert_eq!(&*short("GetUser", "Function"), "getUser");
    }
}
