//! Entities, the relations between them, and what people call both.

use gatewright_ir::{
    ApiKeyId, AuthorizerId, DomainId, FunctionId, GatewayResponseId, IntegrationId, Ir, ModelId, RouteId,
    StageId, UsagePlanId, VpcLinkId,
};

/// Something that an API is made of: a node of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// The API itself.
    Api,
    /// A function.
    Function(FunctionId),
    /// An integration.
    Integration(IntegrationId),
    /// A VPC link.
    VpcLink(VpcLinkId),
    /// An authorizer.
    Authorizer(AuthorizerId),
    /// A model of bodies.
    Model(ModelId),
    /// A route.
    Route(RouteId),
    /// A stage.
    Stage(StageId),
    /// A custom domain name.
    Domain(DomainId),
    /// An API key.
    ApiKey(ApiKeyId),
    /// A usage plan.
    UsagePlan(UsagePlanId),
    /// What API Gateway itself answers.
    GatewayResponse(GatewayResponseId),
    /// The log group that is generated for a stage's access log.
    LogGroup(StageId),
    /// The log group that is generated for a function that this stack creates.
    FunctionLogGroup(FunctionId),
    /// An alarm of a stage, by its place in the stage's list.
    Alarm(StageId, usize),
    /// A CloudFormation resource that the user brings, by its place in the template.
    Resource(usize),
}

/// How one entity needs another: an edge of the graph, from the one that needs to the one that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A route, integration, authorizer, model or gateway response is part of the API.
    BelongsTo,
    /// A route sends its requests to an integration.
    Calls,
    /// A route lets an authorizer decide.
    AuthorizedBy,
    /// A route checks bodies against a model, or an integration answers as a model says.
    Models,
    /// An integration calls a function.
    Invokes,
    /// An integration reaches its server through a VPC link.
    Through,
    /// An authorizer asks a function.
    Asks,
    /// A stage serves the API.
    Deploys,
    /// A domain name leads to a stage.
    MapsTo,
    /// A usage plan limits how much is called in a stage.
    Limits,
    /// A usage plan holds for an API key.
    HoldsFor,
    /// A stage or function writes to a log group.
    LogsTo,
    /// An alarm watches a stage.
    Watches,
    /// A value refers to something by its logical id: `!Ref`, `!GetAtt`, `!Sub` or `DependsOn`.
    RefersTo,
}

impl Relation {
    /// Its name in kebab-case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BelongsTo => "belongs-to",
            Self::Calls => "calls",
            Self::AuthorizedBy => "authorized-by",
            Self::Models => "models",
            Self::Invokes => "invokes",
            Self::Through => "through",
            Self::Asks => "asks",
            Self::Deploys => "deploys",
            Self::MapsTo => "maps-to",
            Self::Limits => "limits",
            Self::HoldsFor => "holds-for",
            Self::LogsTo => "logs-to",
            Self::Watches => "watches",
            Self::RefersTo => "refers-to",
        }
    }
}

/// What sort of thing an entity is, in kebab-case.
pub fn kind(entity: Entity) -> &'static str {
    match entity {
        Entity::Api => "api",
        Entity::Function(_) => "function",
        Entity::Integration(_) => "integration",
        Entity::VpcLink(_) => "vpc-link",
        Entity::Authorizer(_) => "authorizer",
        Entity::Model(_) => "model",
        Entity::Route(_) => "route",
        Entity::Stage(_) => "stage",
        Entity::Domain(_) => "domain",
        Entity::ApiKey(_) => "api-key",
        Entity::UsagePlan(_) => "usage-plan",
        Entity::GatewayResponse(_) => "gateway-response",
        Entity::LogGroup(_) | Entity::FunctionLogGroup(_) => "log-group",
        Entity::Alarm(..) => "alarm",
        Entity::Resource(_) => "resource",
    }
}

/// What the user calls an entity, exactly as written: every form of output escapes it in its own way.
///
/// A log group is `stage/NAME` or `function/NAME`, an alarm `STAGE/5xx`. Two routes may bear one name.
pub fn name(ir: &Ir, entity: Entity) -> String {
    match entity {
        Entity::Api => ir.api.name.value.to_string(),
        Entity::Function(id) => ir.functions[id].name.value.to_string(),
        Entity::Integration(id) => ir.integrations[id].name.value.to_string(),
        Entity::VpcLink(id) => ir.vpc_links[id].name.value.to_string(),
        Entity::Authorizer(id) => ir.authorizers[id].name.value.to_string(),
        Entity::Model(id) => ir.models[id].name.value.to_string(),
        Entity::Route(id) => ir.routes[id].key.value.as_str().to_owned(),
        Entity::Stage(id) => ir.stages[id].name.value.to_string(),
        Entity::Domain(id) => ir.domains[id].name.value.to_string(),
        Entity::ApiKey(id) => ir.api_keys[id].name.value.to_string(),
        Entity::UsagePlan(id) => ir.usage_plans[id].name.value.to_string(),
        Entity::GatewayResponse(id) => ir.gateway_responses[id].name.value.to_string(),
        Entity::LogGroup(id) => format!("stage/{}", ir.stages[id].name.value),
        Entity::FunctionLogGroup(id) => format!("function/{}", ir.functions[id].name.value),
        Entity::Alarm(id, at) => {
            let stage = &ir.stages[id];
            format!("{}/{}", stage.name.value, stage.alarms[at].metric.key())
        }
        Entity::Resource(at) => ir.template.resources[at].0.value.to_string(),
    }
}
