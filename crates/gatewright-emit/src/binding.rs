//! The API as API Gateway gets it, before any layout: which routes, integrations and authorizers there are, and
//! their values. The layouts differ only in how they spell these.

mod authorizer;
mod callee;
mod cors;
mod expression;
mod grant;
mod integration;
mod method;
mod model;
mod policy;
mod rest;

use gatewright_ir::{
    ApiKind, Authorization, AuthorizerId, Generated, Id, IntegrationId, Ir, RouteId, RouteTarget, StageId,
};
use rustc_hash::FxHashSet;

pub(crate) use authorizer::{Authorizer, Decision};
pub(crate) use callee::{Grantee, grantees};
pub(crate) use expression::expression;
pub(crate) use grant::{Open, grant};
pub(crate) use integration::Integration;
pub(crate) use method::{
    Method, MethodIntegration, MethodResponse, Validator, conversion, passthrough, templates,
};
pub(crate) use policy::policy;
pub(crate) use rest::{GatewayResponse, Rest};

/// What is emitted of an API, with values worked out.
pub(crate) struct Bindings<'i> {
    /// The model.
    pub(crate) ir: &'i Ir,
    /// The stages that are built.
    pub(crate) stages: Vec<StageId>,
    /// The only stage, if just one is built.
    pub(crate) only_stage: Option<StageId>,
    /// The routes and their integrations. One that could not be resolved is left out, and so is a second one
    /// that takes the same requests; errors said why.
    pub(crate) routes: Vec<(RouteId, IntegrationId)>,
    /// The routes that call nothing: those of a WebSocket API with which API Gateway accepts and ends connections.
    pub(crate) idle: Vec<RouteId>,
    /// What only REST APIs have.
    pub(crate) rest: Rest,
    models: model::Names<'i>,
    integrations: Vec<Option<Integration>>,
    /// For each integration, the routes that use it.
    users: Vec<Vec<RouteId>>,
    authorizers: Vec<Option<Authorizer>>,
}

impl<'i> Bindings<'i> {
    /// Works out what is emitted: for all stages, or for one.
    pub(crate) fn new(ir: &'i Ir, stage: Option<StageId>) -> Self {
        let stages: Vec<StageId> = match stage {
            Some(it) => vec![it],
            None => ir.stages.ids().collect(),
        };
        let only_stage = if let [it] = stages[..] { Some(it) } else { None };
        let mut out = Self {
            ir,
            stages,
            only_stage,
            routes: Vec::with_capacity(ir.routes.len()),
            idle: Vec::new(),
            rest: Rest::default(),
            models: ir.models.iter().map(|(id, it)| (&*it.name.value, id)).collect(),
            integrations: vec![None; ir.integrations.len()],
            users: vec![Vec::new(); ir.integrations.len()],
            authorizers: vec![None; ir.authorizers.len()],
        };
        let mut seen = FxHashSet::default();
        let mut ids = FxHashSet::default();
        for (id, route) in ir.routes.iter() {
            let integration = route.target.integration();
            if integration.is_none() && route.target != RouteTarget::Nothing {
                continue;
            }
            let unknown = route.key.value.is_malformed() || route.authorization == Authorization::Unknown;
            if unknown || !seen.insert(route.key.value.normalised()) {
                continue;
            }
            if let Some(integration) = integration {
                let at = &mut out.integrations[integration.index()];
                if at.is_none() {
                    *at = Integration::new(ir, integration, &mut ids);
                }
                if at.is_none() {
                    continue;
                }
            }
            if let Authorization::Authorizer(authorizer) = route.authorization {
                let at = &mut out.authorizers[authorizer.index()];
                if at.is_none() {
                    *at = Authorizer::new(ir, authorizer);
                }
                if at.is_none() {
                    continue;
                }
            }
            let Some(integration) = integration else {
                out.idle.push(id);
                continue;
            };
            out.routes.push((id, integration));
            out.users[integration.index()].push(id);
        }
        if ir.api.kind == ApiKind::Rest {
            out.rest = Rest::new(&out);
        }
        out
    }

    /// The integrations that routes use, in the order of their declaration.
    pub(crate) fn integrations(&self) -> impl Iterator<Item = (IntegrationId, &Integration)> {
        self.integrations
            .iter()
            .enumerate()
            .filter_map(|(at, it)| Some((IntegrationId::from_index(at), it.as_ref()?)))
    }

    /// The authorizers that routes use, in the order of their declaration.
    pub(crate) fn authorizers(&self) -> impl Iterator<Item = (AuthorizerId, &Authorizer)> {
        self.authorizers
            .iter()
            .enumerate()
            .filter_map(|(at, it)| Some((AuthorizerId::from_index(at), it.as_ref()?)))
    }

    /// An integration that a route of [`Bindings::routes`] uses.
    pub(crate) fn integration(&self, id: IntegrationId) -> &Integration {
        self.integrations[id.index()].as_ref().expect("an integration of an emitted route was worked out")
    }

    /// The routes that use an integration.
    pub(crate) fn users(&self, id: IntegrationId) -> &[RouteId] {
        &self.users[id.index()]
    }

    /// An authorizer that a route of [`Bindings::routes`] uses.
    pub(crate) fn authorizer(&self, id: AuthorizerId) -> Option<&Authorizer> {
        self.authorizers[id.index()].as_ref()
    }

    /// The logical id of something generated.
    pub(crate) fn id(&self, of: Generated) -> String {
        self.ir.logical_id(of)
    }

    /// The name of a stage.
    pub(crate) fn stage_name(&self, id: StageId) -> &'i str {
        &self.ir.stages[id].name.value
    }

    /// What of a stage's name may stand in a logical id.
    pub(crate) fn stage_part(&self, id: StageId) -> String {
        let mut out = self.id(Generated::Stage(id));
        out.truncate(out.len().saturating_sub("Stage".len()));
        out
    }
}
