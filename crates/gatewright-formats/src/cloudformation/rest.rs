//! REST APIs: `AWS::ApiGateway`.

mod account;
mod api;
mod authorizers;
mod documentation;
mod gateway_responses;
mod integrations;
mod method_settings;
mod methods;
mod models;
mod paths;
mod stages;
mod usage_plans;
mod validators;

use gatewright_ir::{ApiKind, RouteId, Text};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Drafts, Resource, resources};
use crate::draft::{Draft, Reading};
use paths::Paths;
use validators::Validator;

/// What methods of all APIs of a template refer to.
struct Shared<'r> {
    /// The paths of resources.
    paths: Paths<'r>,
    /// Validators by logical id.
    validators: FxHashMap<&'r str, Validator>,
}

/// What was read of an API's parts.
#[derive(Default)]
struct Parts {
    /// Routes by key.
    keys: FxHashMap<Text, RouteId>,
    /// Routes by path.
    paths: FxHashMap<Text, Vec<RouteId>>,
    /// Names of stages that are resources, as text with holes.
    stages: FxHashSet<String>,
    /// Paths of mock methods that answer preflight requests, and the methods' logical ids.
    preflights: Vec<(Text, Text)>,
}

/// Reads a part into the API that it names.
type Reader = fn(&Reading<'_>, &mut Draft, (&Shared<'_>, &mut Parts), Resource<'_>);

/// In the order in which they refer to each other.
const PARTS: [(&str, Reader); 8] = [
    ("AWS::ApiGateway::Model", models::model),
    ("AWS::ApiGateway::Authorizer", authorizers::authorizer),
    ("AWS::ApiGateway::GatewayResponse", gateway_responses::gateway_response),
    ("AWS::ApiGateway::Method", methods::method),
    ("AWS::ApiGateway::DocumentationPart", documentation::part),
    ("AWS::ApiGateway::Stage", stages::stage),
    ("AWS::ApiGateway::Deployment", stages::deployment),
    ("AWS::ApiGateway::DocumentationVersion", documentation::version),
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
    let mut owned: Vec<Vec<(usize, Resource<'_>)>> = PARTS.iter().map(|_| Vec::new()).collect();
    for it in &all {
        let (Some(sort), Some(by)) =
            (PARTS.iter().position(|of| of.0 == it.of), it.properties.get("RestApiId"))
        else {
            continue;
        };
        let Some(at) = drafts.named(cx, ApiKind::Rest, by) else { continue };
        if drafts.list[at].ir.api.kind == ApiKind::Rest {
            owned[sort].push((at, *it));
        }
    }
    let shared = Shared { paths: Paths::of(cx, &all), validators: validators::all(cx, &all) };
    let mut parts: FxHashMap<usize, Parts> = FxHashMap::default();
    for (at, draft) in drafts.list.iter().enumerate().filter(|it| it.1.ir.api.kind == ApiKind::Rest) {
        // Routes of a definition are there already.
        let known = parts.entry(at).or_default();
        draft.ir.routes.iter().for_each(|(id, route)| known.add(id, &route.key.value));
    }
    for ((_, read), of) in PARTS.iter().zip(owned) {
        for (at, it) in of {
            read(cx, &mut drafts.list[at], (&shared, parts.entry(at).or_default()), it);
        }
    }
    for (at, of) in parts {
        methods::preflights(&mut drafts.list[at], &of);
    }
    usage_plans::read(cx, drafts, &all);
    account::read(cx, drafts, &all);
}

impl Parts {
    /// Remembers a route.
    fn add(&mut self, id: RouteId, key: &gatewright_ir::RouteKey) {
        self.keys.entry(key.as_str().into()).or_insert(id);
        if let Some(path) = key.path() {
            self.paths.entry(path.into()).or_default().push(id);
        }
    }
}
