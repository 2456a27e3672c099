//! Where an entity was written.

use gatewright_graph::Entity;
use gatewright_ir::Ir;
use gatewright_source::Span;

/// The place of an entity's name, or of what stands for it.
pub fn place(ir: &Ir, entity: Entity) -> Span {
    match entity {
        Entity::Api => ir.api.name.span,
        Entity::Function(id) | Entity::FunctionLogGroup(id) => ir.functions[id].name.span,
        Entity::Integration(id) => ir.integrations[id].name.span,
        Entity::VpcLink(id) => ir.vpc_links[id].name.span,
        Entity::Authorizer(id) => ir.authorizers[id].name.span,
        Entity::Model(id) => ir.models[id].name.span,
        Entity::Route(id) => ir.routes[id].key.span,
        Entity::Stage(id) => ir.stages[id].name.span,
        Entity::Domain(id) => ir.domains[id].name.span,
        Entity::ApiKey(id) => ir.api_keys[id].name.span,
        Entity::UsagePlan(id) => ir.usage_plans[id].name.span,
        Entity::GatewayResponse(id) => ir.gateway_responses[id].name.span,
        Entity::LogGroup(id) => {
            let stage = &ir.stages[id];
            stage.access_log.as_ref().map_or(stage.name.span, |it| it.span)
        }
        Entity::Alarm(id, at) => ir.stages[id].alarms[at].span,
        Entity::Resource(at) => ir.template.resources[at].0.span,
    }
}
