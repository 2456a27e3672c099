//! REST APIs: `AWS::ApiGateway`.

mod api;
mod authorizers;
mod integrations;
mod methods;
mod models;
mod paths;
mod plans;
mod responses;
mod settings;
mod stages;

use std::rc::Rc;

use gatewright_ir::{ApiKind, RouteId, Text};
use rustc_hash::FxHashMap;

pub(super) use settings::key_and_value;

use super::{Drafts, Resource, resources};
use crate::draft::{Draft, Reading};

/// What was read of an API's parts.
#[derive(Default)]
struct Parts {
    /// The paths of resources.
    paths: Rc<paths::Paths>,
    /// What validators check, by logical id: the body, and parameters.
    validators: FxHashMap<Text, (bool, bool)>,
    /// Routes by method and path, as stages and plans name them.
    routes: FxHashMap<String, RouteId>,
}

/// Reads a part into the API that it names.
type Reader = fn(&Reading<'_>, &mut Draft, &mut Parts, Resource<'_>);

/// In the order in which they refer to each other.
const PARTS: [(&str, Reader); 7] = [
    ("AWS::ApiGateway::Model", models::model),
    ("AWS::ApiGateway::RequestValidator", models::validator),
    ("AWS::ApiGateway::Authorizer", authorizers::authorizer),
    ("AWS::ApiGateway::GatewayResponse", responses::gateway_response),
    ("AWS::ApiGateway::Method", methods::method),
    ("AWS::ApiGateway::Deployment", stages::deployment),
    ("AWS::ApiGateway::Stage", stages::stage),
];

/// Reads the APIs.
pub(super) fn apis(cx: &mut Reading<'_>, drafts: &mut Drafts) {
    let root = cx.root.clone();
    for it in resources(cx, &root).into_iter().filter(|it| it.of == "AWS::ApiGateway::RestApi") {
        let draft = api::read(cx, drafts.format, it);
        drafts.add(&it.id.value, draft);
    }
}

/// Reads what belongs to them.
pub(super) fn parts(cx: &mut Reading<'_>, drafts: &mut Drafts) {
    let root = cx.root.clone();
    let mut all = resources(cx, &root);
    all.retain(|it| it.of.starts_with("AWS::ApiGateway::"));
    let mut parts: FxHashMap<usize, Parts> = FxHashMap::default();
    let paths = Rc::new(paths::read(cx, &all));
    for (sort, read) in PARTS {
        for it in all.iter().filter(|it| it.of == sort) {
            let Some(by) = it.properties.get("RestApiId") else { continue };
            let Some(at) = drafts.named(cx, ApiKind::Rest, by) else { continue };
            let draft = &mut drafts.list[at];
            if draft.ir.api.kind == ApiKind::Rest {
                let parts = parts.entry(at).or_insert_with(|| Parts::of(draft, &paths));
                read(cx, draft, parts, *it);
            }
        }
    }
    plans::read(cx, drafts, &parts, &all);
    for it in all.iter().filter(|it| it.of == "AWS::ApiGateway::Account") {
        if it.properties.get("CloudWatchRoleArn").is_some() {
            let rest = drafts.list.iter_mut().filter(|it| it.ir.api.kind != ApiKind::Http);
            rest.for_each(|draft| draft.ir.api.cloud_watch_role = Some(it.id.span));
        }
    }
}

impl Parts {
    /// The parts of an API, before any was read but its definition.
    fn of(draft: &Draft, paths: &Rc<paths::Paths>) -> Self {
        let routes = draft.ir.routes.iter().map(|(id, it)| (it.key.value.as_str().to_owned(), id)).collect();
        Self { paths: paths.clone(), routes, ..Self::default() }
    }
}
