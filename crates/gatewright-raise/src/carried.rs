//! What is carried over as it is: functions of which the model does not hold everything travel along as the resources that
//! they are. Of what nothing holds, a note says so.

use std::sync::Arc;

use gatewright_ir::{
    CodeSource, Data, Format, Generated, Ir, Origin, Raw, Span, Spanned, Text, Value as Known,
};
use rustc_hash::FxHashSet;

use crate::fold::is_own_log;
use crate::held::{SAM_FUNCTION, is_held};
use crate::{Note, Options};

/// Events that are routes.
const ROUTES: [&str; 2] = ["Api", "HttpApi"];

/// Keys whose value may be a path, seen from the template.
///
/// Source: AWS CLI, `cloudformation package`.
const PATHS: [&str; 6] = ["CodeUri", "ContentUri", "DefinitionUri", "TemplateURL", "Code", "SchemaUri"];

/// Leaves functions that the model cannot hold as the resources that they are, and says what is lost of others.
pub(crate) fn functions(ir: &mut Ir, options: Options<'_>, notes: &mut Vec<Note>) {
    let Some(document) = ir.provenance.document.clone() else { return };
    match ir.provenance.format {
        Format::CloudFormation | Format::Sam => {
            travelling_functions(ir, &document);
            resources(ir, &document, options, notes);
            lost(ir, &document, notes);
        }
        Format::OpenApi => notes.push(note(
            document.span,
            "what the document says to its readers (summaries, parameters, answers, examples) is not carried over",
            "keep the document for them, or publish the one that `gatewright build` writes",
        )),
        Format::Serverless => {
            folders(ir, &document, notes);
            events(&document, notes);
        }
        Format::Gatewright => {}
    }
}

fn note(span: Span, message: impl Into<String>, help: impl Into<String>) -> Note {
    Note { span, message: message.into(), help: help.into() }
}

/// Functions of a template whose properties are not all in the model: those of SAM travel along, of others the rest is
/// changed in what is generated.
fn travelling_functions(ir: &mut Ir, document: &Raw) {
    let Some(all) = document.get("Resources") else { return };
    for id in ir.functions.ids() {
        let name = ir.functions[id].name.value.clone();
        let logical = ir.provenance.logical_ids.get(&Generated::Function(id)).cloned().unwrap_or(name);
        let Some(resource) = all.get(&logical) else { continue };
        let Origin::Created(created) = &ir.functions[id].origin else { continue };
        let template = Arc::make_mut(&mut ir.template);
        if !travels(document, resource) && !matches!(created.code, CodeSource::Unknown) {
            let rest = rest(resource, created.role.is_none());
            template.overrides.extend(rest.map(|it| (Spanned::new(logical, resource.span), it)));
            continue;
        }
        let span = resource.span;
        let text = |it: &str| Raw { span, data: Data::String(it.into()) };
        let argument = Raw { span, data: Data::List(vec![text(&logical), text("Arn")]) };
        let arn = Raw { span, data: Data::Map(vec![(Spanned::new("Fn::GetAtt".into(), span), argument)]) };
        if !template.resources.iter().any(|it| it.0.value == logical) {
            template.resources.push((Spanned::new(logical, span), resource.clone()));
        }
        // What stands around it travels with it.
        let around = (0..ir.functions[id].aliases.len()).map(|at| Generated::FunctionAlias(id, at));
        for of in around.chain([Generated::FunctionLogGroup(id)]) {
            let Some(name) = ir.provenance.logical_ids.remove(&of) else { continue };
            let Some(it) = all.get(&name) else { continue };
            if !template.resources.iter().any(|it| it.0.value == name) {
                template.resources.push((Spanned::new(name, it.span), it.clone()));
            }
        }
        let function = &mut ir.functions[id];
        function.origin = Origin::Arn(Spanned::new(Known::Deferred(Arc::new(arn)), span));
        function.aliases.clear();
        function.manage_connections = None;
        ir.provenance.logical_ids.remove(&Generated::Function(id));
    }
}

/// Whether a function travels along as the resource that it is.
pub(crate) fn travels(document: &Raw, resource: &Raw) -> bool {
    let of = resource.get("Type").and_then(Raw::as_str).unwrap_or_default();
    let own = resource.get("Properties");
    if resource.get("Condition").is_some() || own.is_some_and(|it| it.function().is_some()) {
        return true;
    }
    if of != "AWS::Serverless::Function" {
        return false;
    }
    if entries(resource).any(|it| !matches!(&*it.0.value, "Type" | "Properties")) {
        return true;
    }
    let globals = document.get("Globals").and_then(|it| it.get("Function"));
    let mut properties = globals.into_iter().chain(own).flat_map(entries);
    !properties.all(|(name, it)| match &*name.value {
        "Events" => entries(it).all(|(_, event)| is_route(event)),
        "Policies" => is_plain_policy(it),
        name => SAM_FUNCTION.contains(&name),
    })
}

/// What the model does not hold of a function: it is changed in the resource that is generated. `own_log`: whether the
/// build makes its role and log group.
fn rest(resource: &Raw, own_log: bool) -> Option<Raw> {
    // Of a function of SAM the model holds all, or it travels along.
    if resource.get("Type").and_then(Raw::as_str) != Some("AWS::Lambda::Function") {
        return None;
    }
    let is_rest = |(name, it): &&(Spanned<Text>, Raw)| {
        is_held("AWS::Lambda::Function", &name.value) != Some(true)
            && !(&*name.value == "LoggingConfig" && own_log && is_own_log(it))
    };
    let properties: Vec<_> =
        resource.get("Properties").into_iter().flat_map(entries).filter(is_rest).cloned().collect();
    let mut out: Vec<_> =
        entries(resource).filter(|it| !matches!(&*it.0.value, "Type" | "Properties")).cloned().collect();
    if !properties.is_empty() {
        let properties = Raw { span: resource.span, data: Data::Map(properties) };
        out.push((Spanned::new("Properties".into(), resource.span), properties));
    }
    (!out.is_empty()).then_some(Raw { span: resource.span, data: Data::Map(out) })
}

fn is_route(event: &Raw) -> bool {
    event.get("Type").and_then(Raw::as_str).is_some_and(|it| ROUTES.contains(&it))
}

/// Whether policies are names or statements; what SAM's templates of policies stand for is not in the model.
fn is_plain_policy(it: &Raw) -> bool {
    let items = if let Data::List(items) = &it.data { &items[..] } else { std::slice::from_ref(it) };
    items.iter().all(|it| it.as_str().is_some() || it.get("Statement").is_some() || it.function().is_some())
}

fn entries(it: &Raw) -> impl Iterator<Item = &(Spanned<Text>, Raw)> {
    match &it.data {
        Data::Map(entries) => entries.iter(),
        _ => [].iter(),
    }
}

/// Makes resources that travel along stand by themselves: without routes that the API has, with what `Globals` gives
/// them, and with paths from the folder of the template that is built.
fn resources(ir: &mut Ir, document: &Raw, options: Options<'_>, notes: &mut Vec<Note>) {
    let globals = document.get("Globals").filter(|_| ir.provenance.format == Format::Sam);
    let template = Arc::make_mut(&mut ir.template);
    template.resources.retain(|(_, it)| !is_permission_of_api(it));
    for (_, resource) in &mut template.resources {
        let of = resource.get("Type").and_then(Raw::as_str).unwrap_or_default().to_owned();
        let section = of.strip_prefix("AWS::Serverless::").and_then(|it| globals?.get(it));
        let Data::Map(attributes) = &mut resource.data else { continue };
        let Some((_, properties)) = attributes.iter_mut().find(|it| &*it.0.value == "Properties") else {
            continue;
        };
        if let Some(section) = section {
            merge(section, properties);
        }
        let Data::Map(all) = &mut properties.data else { continue };
        for (name, it) in all.iter_mut() {
            if &*name.value == "Events"
                && let Data::Map(events) = &mut it.data
            {
                events.retain(|it| !is_route(&it.1));
            }
            if PATHS.contains(&&*name.value)
                && let Data::String(path) = &mut it.data
                && !path.contains("://")
                && !path.starts_with('/')
                && (&*name.value != "Code" || of.starts_with("AWS::Lambda::"))
            {
                let bare = path.trim_start_matches("./");
                *path = format!("../{}{bare}", options.base).into();
                notes.push(note(
                    it.span,
                    format!(
                        "`{}` is a path from the folder of the template, and became `{path}`",
                        name.value
                    ),
                    "adapt it under `resources` if you build somewhere else than into `build`",
                ));
            }
        }
        all.retain(|(name, it)| &*name.value != "Events" || entries(it).next().is_some());
    }
}

/// Whether a resource lets API Gateway call a function: the build makes these.
fn is_permission_of_api(it: &Raw) -> bool {
    it.get("Type").and_then(Raw::as_str) == Some("AWS::Lambda::Permission")
        && it.get("Properties").and_then(|it| it.get("Principal")).and_then(Raw::as_str)
            == Some("apigateway.amazonaws.com")
}

/// Adds what `Globals` gives: mappings are put together, lists are appended, everything else is what a resource has
/// itself.
fn merge(globals: &Raw, own: &mut Raw) {
    if globals.function().is_some() || own.function().is_some() {
        return;
    }
    match (&globals.data, &mut own.data) {
        (Data::Map(all), Data::Map(entries)) => {
            for (name, it) in all {
                match entries.iter_mut().find(|known| known.0.value == name.value) {
                    Some(known) => merge(it, &mut known.1),
                    None => entries.push((name.clone(), it.clone())),
                }
            }
        }
        (Data::List(all), Data::List(items)) => {
            let own = std::mem::take(items);
            items.extend(all.iter().cloned().chain(own));
        }
        _ => {}
    }
}

/// Says which properties of the API's resources are lost, and which parts of the template.
fn lost(ir: &Ir, document: &Raw, notes: &mut Vec<Note>) {
    for (name, it) in entries(document) {
        let section = &*name.value;
        let is_sam = it.as_str() == Some("AWS::Serverless-2016-10-31");
        if matches!(section, "Rules" | "Hooks") || section == "Transform" && !is_sam {
            notes.push(note(
                name.span,
                format!("`{section}` of the template is not carried over"),
                "a template that is built has none: do without it, or add it after the build",
            ));
        }
    }
    let Some(all) = document.get("Resources") else { return };
    let ours: FxHashSet<&str> = ir.provenance.logical_ids.values().map(|it| &**it).collect();
    for (id, resource) in entries(all).filter(|it| ours.contains(&*it.0.value)) {
        let of = resource.get("Type").and_then(Raw::as_str).unwrap_or_default();
        for (name, _) in resource.get("Properties").into_iter().flat_map(entries) {
            if of != "AWS::Lambda::Function" && is_held(of, &name.value) == Some(false) {
                notes.push(note(
                    name.span,
                    format!(
                        "`{}` of `{}` is not carried over: the language has no place for it",
                        name.value, id.value
                    ),
                    "set it under `overrides` if the build makes this resource",
                ));
            }
        }
        for (name, it) in entries(resource).filter(|_| of != "AWS::Lambda::Function") {
            let message = match &*name.value {
                "DeletionPolicy" | "UpdateReplacePolicy" if it.as_str() != Some("Delete") => {
                    format!("`{}` of `{}` is not carried over", name.value, id.value)
                }
                "Condition" => {
                    format!("`{}` is there only under a condition, which is not carried over", id.value)
                }
                _ => continue,
            };
            notes.push(note(name.span, message, "set it under `overrides` if the build makes this resource"));
        }
    }
}

/// Names the code of functions: the Serverless Framework packs the whole folder of the service if nothing else is said.
///
/// Source: Serverless Framework, "Packaging".
fn folders(ir: &mut Ir, document: &Raw, notes: &mut Vec<Note>) {
    for id in ir.functions.ids() {
        let name = ir.functions[id].name.clone();
        let Origin::Created(created) = &mut ir.functions[id].origin else { continue };
        let own = document.get("functions").and_then(|it| it.get(&name.value));
        let packed = [Some(document), own].into_iter().flatten().any(|it| it.get("package").is_some());
        if packed || !matches!(created.code, CodeSource::Unknown) || created.handler.is_none() {
            continue;
        }
        created.code = CodeSource::Folder { path: Spanned::new(".".into(), name.span), digest: None };
        let message = format!("the code of `{}` is the whole folder, as the framework packs it", name.value);
        notes.push(note(name.span, message, "name the folder that has its code alone"));
    }
}

/// Says which events of a `serverless.yml` are no routes, and which parts only the framework knows.
fn events(document: &Raw, notes: &mut Vec<Note>) {
    for (name, _) in entries(document) {
        if matches!(&*name.value, "plugins" | "layers" | "package" | "stepFunctions") {
            let message =
                format!("`{}` is not carried over: only the Serverless Framework knows it", name.value);
            notes.push(note(
                name.span,
                message,
                "say in CloudFormation under `resources` what it would make",
            ));
        }
    }
    for (function, it) in document.get("functions").into_iter().flat_map(entries) {
        let Some(Data::List(events)) = it.get("events").map(|it| &it.data) else { continue };
        for (event, _) in events.iter().flat_map(entries) {
            if !matches!(&*event.value, "http" | "httpApi" | "websocket") {
                let message =
                    format!("the event `{}` of `{}` is not carried over", event.value, function.value);
                let help =
                    "write what calls the function under `resources`: a rule, a mapping of event sources";
                notes.push(note(event.span, message, help));
            }
        }
    }
}
