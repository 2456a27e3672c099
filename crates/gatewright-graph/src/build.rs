//! Builds the graph of an API.

use std::collections::{HashMap, HashSet};

use gatewright_ir::{
    Authorization, AuthorizerKind, Backend, Callee, ClientCertificate, CodeSource, CorsSetting, Credentials,
    Format, FunctionId, Generated, Ir, Link, Located, Origin, Policy, PolicyKind, Raw, ResourcePolicy,
    RouteSettings, StageId, Throttle, Value, depends_on, references, service, substituted,
};

use crate::graph::{Edge, Part};
use crate::{Entity, Graph, Relation};

/// Builds the graph, in time that grows as the API does.
pub fn build(ir: &Ir) -> Graph {
    let mut cx = Building {
        ir,
        graph: Graph::new(entities(ir)),
        names: Names::new(ir),
        staged: HashMap::new(),
        edges: Vec::with_capacity(ir.routes.len() * 3 + ir.integrations.len() * 2),
        part: Part::Itself,
        needs: Vec::new(),
    };
    let overrides = cx.overrides();
    let mut overrides = overrides.into_iter().peekable();
    let entities: Vec<Entity> = cx.graph.entities().collect();
    for (at, entity) in entities.into_iter().enumerate() {
        cx.entity(entity);
        while let Some((_, part, raw)) = overrides.next_if(|it| it.0 == at) {
            cx.part = part;
            cx.resource(raw);
        }
        cx.part = Part::Itself;
        // Edges ascend, which the graph asks for.
        cx.needs.sort_unstable();
        cx.needs.dedup();
        cx.edges.extend(cx.needs.drain(..).map(|(to, edge)| (at, to, edge)));
    }
    let outputs = cx.outputs();
    let Building { mut graph, edges, .. } = cx;
    graph.connect(&edges);
    graph.set_outputs(outputs);
    graph
}

/// All entities, in their order.
fn entities(ir: &Ir) -> Vec<Entity> {
    let mut out = Vec::with_capacity(ir.routes.len() + ir.integrations.len() + 64);
    out.push(Entity::Api);
    out.extend(ir.functions.ids().map(Entity::Function));
    out.extend(ir.integrations.ids().map(Entity::Integration));
    out.extend(ir.vpc_links.ids().map(Entity::VpcLink));
    out.extend(ir.authorizers.ids().map(Entity::Authorizer));
    out.extend(ir.models.ids().map(Entity::Model));
    out.extend(ir.routes.ids().map(Entity::Route));
    out.extend(ir.stages.ids().map(Entity::Stage));
    out.extend(ir.domains.ids().map(Entity::Domain));
    out.extend(ir.api_keys.ids().map(Entity::ApiKey));
    out.extend(ir.usage_plans.ids().map(Entity::UsagePlan));
    out.extend(ir.gateway_responses.ids().map(Entity::GatewayResponse));
    for (id, stage) in ir.stages.iter() {
        if stage.access_log.as_ref().is_some_and(|it| it.destination.is_none()) {
            out.push(Entity::LogGroup(id));
        }
    }
    for (id, function) in ir.functions.iter() {
        // In other formats a function may leave its log group to Lambda.
        let has_group = ir.provenance.format == Format::Gatewright
            || ir.provenance.logical_ids.contains_key(&Generated::FunctionLogGroup(id));
        if has_group && matches!(function.origin, Origin::Created(_)) {
            out.push(Entity::FunctionLogGroup(id));
        }
    }
    for (id, stage) in ir.stages.iter() {
        out.extend((0..stage.alarms.len()).map(|at| Entity::Alarm(id, at)));
    }
    out.extend((0..ir.template.resources.len()).map(Entity::Resource));
    out
}

struct Building<'i> {
    ir: &'i Ir,
    graph: Graph,
    names: Names<'i>,
    /// The functions that a name with stage variables may mean.
    staged: HashMap<&'i str, Vec<FunctionId>>,
    edges: Vec<(usize, usize, Edge)>,
    /// Which part of the entity at hand needs what is found.
    part: Part,
    /// What the entity at hand needs.
    needs: Vec<(usize, Edge)>,
}

impl<'i> Building<'i> {
    fn entity(&mut self, entity: Entity) {
        let ir = self.ir;
        match entity {
            Entity::Api => self.api(),
            Entity::Function(id) => self.function(id),
            Entity::Integration(id) => {
                let it = &ir.integrations[id];
                self.need(Relation::BelongsTo, Entity::Api);
                self.backend(&it.backend, matches!(it.credentials, Credentials::Generated));
                if let Credentials::Role(it) = &it.credentials {
                    self.value(it);
                }
                self.value_of(&it.timeout);
                let responses = it.response_parameters.iter().flat_map(|it| &it.1);
                it.request_parameters.iter().chain(responses).for_each(|it| self.value(&it.source));
                for it in it.transformation.iter().flat_map(|it| &it.responses) {
                    it.headers.iter().for_each(|it| self.value(&it.1));
                    if let Some((model, _)) = it.model {
                        self.need(Relation::Models, Entity::Model(model));
                    }
                }
            }
            Entity::VpcLink(id) => {
                let it = &ir.vpc_links[id];
                self.value_of(&it.existing);
                self.list_of(&it.subnets);
                self.list_of(&it.security_groups);
                self.value_of(&it.target);
            }
            Entity::Authorizer(id) => {
                let it = &ir.authorizers[id];
                self.need(Relation::BelongsTo, Entity::Api);
                self.values(&it.identity);
                match &it.kind {
                    AuthorizerKind::Jwt { issuer, audience } => {
                        self.value_of(issuer);
                        self.values(audience);
                    }
                    AuthorizerKind::Cognito { pools, cache } => {
                        self.values(pools);
                        self.value_of(cache);
                    }
                    AuthorizerKind::Lambda { callee, cache, role, .. } => {
                        self.callee(Relation::Asks, callee);
                        self.value_of(cache);
                        self.value_of(role);
                    }
                    AuthorizerKind::Unknown => {}
                }
            }
            Entity::Model(id) => {
                self.need(Relation::BelongsTo, Entity::Api);
                ir.models[id].schema.iter().for_each(|it| self.raw(it));
            }
            Entity::Route(id) => {
                let it = &ir.routes[id];
                self.need(Relation::BelongsTo, Entity::Api);
                if let Some(id) = it.target.integration() {
                    self.need(Relation::Calls, Entity::Integration(id));
                }
                if let Authorization::Authorizer(id) = it.authorization {
                    self.need(Relation::AuthorizedBy, Entity::Authorizer(id));
                }
                for (_, model, _) in it.validation.iter().flat_map(|it| &it.body) {
                    self.need(Relation::Models, Entity::Model(*model));
                }
                self.values(&it.scopes);
                it.settings.iter().for_each(|it| self.settings(it));
            }
            Entity::Stage(id) => self.stage(id),
            Entity::Domain(id) => {
                let it = &ir.domains[id];
                self.value_of(&it.certificate);
                if let Some(it) = &it.mutual_tls {
                    self.value(&it.truststore);
                    self.value_of(&it.version);
                    self.value_of(&it.ownership_certificate);
                }
                self.value_of(&it.ip_address_type);
                self.value_of(&it.tls_policy);
                self.policy(&it.policy);
                it.tags.iter().for_each(|it| self.value(&it.1));
                self.part = Part::Mapping;
                self.values(&it.vpc_endpoints);
                self.part = Part::Record;
                self.value_of(&it.hosted_zone);
                self.part = Part::Mapping;
                for stage in it.mappings.iter().filter_map(|it| it.stage) {
                    self.need(Relation::MapsTo, Entity::Stage(stage));
                }
            }
            Entity::ApiKey(id) => {
                let it = &ir.api_keys[id];
                for it in [&it.existing, &it.key_name, &it.value, &it.customer_id] {
                    self.value_of(it);
                }
                it.tags.iter().for_each(|it| self.value(&it.1));
            }
            Entity::UsagePlan(id) => {
                let it = &ir.usage_plans[id];
                self.value_of(&it.plan_name);
                self.throttle(&it.throttle);
                if let Some(it) = &it.quota {
                    self.value_of(&it.limit);
                    self.value_of(&it.offset);
                }
                for it in &it.stages {
                    self.need(Relation::Limits, Entity::Stage(it.stage));
                    it.routes.iter().for_each(|it| self.throttle(&it.2));
                }
                it.tags.iter().for_each(|it| self.value(&it.1));
                for (key, _) in &it.keys {
                    self.need(Relation::HoldsFor, Entity::ApiKey(*key));
                }
            }
            Entity::GatewayResponse(id) => {
                self.need(Relation::BelongsTo, Entity::Api);
                ir.gateway_responses[id].headers.iter().for_each(|it| self.value(&it.1));
            }
            Entity::LogGroup(_) | Entity::FunctionLogGroup(_) => {}
            Entity::Alarm(id, at) => {
                self.need(Relation::Watches, Entity::Stage(id));
                self.values(&ir.stages[id].alarms[at].notify);
            }
            Entity::Resource(at) => self.resource(&ir.template.resources[at].1),
        }
    }

    fn api(&mut self) {
        let it = &self.ir.api;
        if let CorsSetting::Policy(it) = &it.cors {
            self.values(&it.allow_origins);
            self.values(&it.allow_methods);
            self.values(&it.allow_headers);
            self.values(&it.expose_headers);
            self.value_of(&it.max_age);
            self.value_of(&it.allow_credentials);
        }
        self.value_of(&it.ip_address_type);
        self.value_of(&it.disable_default_endpoint);
        self.values(&it.endpoint.vpc_endpoints);
        self.value_of(&it.endpoint.tls_policy);
        self.policy(&it.policy);
        self.values(&it.binary_media_types);
        self.value_of(&it.minimum_compression_size);
        self.value_of(&it.route_selection);
        it.tags.iter().for_each(|it| self.value(&it.1));
    }

    fn policy(&mut self, it: &'i Option<ResourcePolicy>) {
        match it.as_ref().map(|it| &it.kind) {
            Some(PolicyKind::Rules(rules)) => {
                for it in rules {
                    let lists =
                        [&it.vpc_endpoints, &it.vpcs, &it.source_ips, &it.organizations, &it.principals];
                    lists.into_iter().for_each(|it| self.values(it));
                }
            }
            Some(PolicyKind::Document(it)) => self.raw(it),
            Some(PolicyKind::Unknown) | None => {}
        }
    }

    fn function(&mut self, id: FunctionId) {
        let it = match &self.ir.functions[id].origin {
            Origin::Created(it) => it,
            Origin::Named(it) | Origin::Arn(it) => return self.value(it),
            Origin::Unknown => return,
        };
        self.need(Relation::LogsTo, Entity::FunctionLogGroup(id));
        match &it.code {
            CodeSource::Inline(it) | CodeSource::Image(it) => self.value(it),
            CodeSource::S3(bucket, key, version) => {
                self.value(bucket);
                self.value(key);
                self.value_of(version);
            }
            CodeSource::Folder { .. } | CodeSource::Unknown => {}
        }
        for it in [&it.function_name, &it.runtime, &it.handler, &it.description, &it.role] {
            self.value_of(it);
        }
        self.value_of(&it.timeout);
        self.value_of(&it.memory);
        self.value_of(&it.reserved_concurrency);
        self.values(&it.layers);
        it.environment.iter().chain(&it.tags).for_each(|it| self.value(&it.1));
        if let Some((subnets, groups)) = &it.vpc {
            self.list(subnets);
            self.list(groups);
        }
        self.part = Part::Role;
        for it in &it.policies {
            match it {
                Policy::Managed(it) | Policy::Allow { resource: it, .. } => self.value(it),
                Policy::Statement(it) => self.raw(it),
            }
        }
        if self.ir.functions[id].manage_connections.is_some() {
            // A policy of its own, which the function does not wait for.
            self.part = Part::Alias;
            self.need(Relation::RefersTo, Entity::Api);
        }
        self.part = Part::Itself;
    }

    fn backend(&mut self, it: &'i Backend, role_is_generated: bool) {
        match it {
            Backend::Lambda { callee, .. } => self.callee(Relation::Invokes, callee),
            Backend::Http { uri, link, tls, target, .. } => {
                self.value(uri);
                self.value_of(tls);
                self.value_of(target);
                if let Some(Link::Known(id, _)) = link {
                    self.need(Relation::Through, Entity::VpcLink(*id));
                }
            }
            Backend::Service { subtype, parameters } => {
                parameters.iter().for_each(|it| self.value(&it.1));
                // The generated role names what it may use.
                if role_is_generated && let Some(service) = service(&subtype.value) {
                    self.part = Part::Role;
                    let used = parameters.iter().filter(|it| &*it.0.value == service.resource);
                    used.for_each(|it| self.value(&it.1));
                    self.part = Part::Itself;
                }
            }
            Backend::Action { action, resources, .. } => {
                self.value(action);
                if role_is_generated {
                    self.part = Part::Role;
                    self.value(action);
                    self.values(resources);
                    self.part = Part::Itself;
                }
            }
            Backend::Mock { .. } | Backend::Unknown => {}
        }
    }

    fn stage(&mut self, id: StageId) {
        let it = &self.ir.stages[id];
        self.need(Relation::Deploys, Entity::Api);
        it.variables.iter().chain(&it.tags).for_each(|it| self.value(&it.1));
        self.settings(&it.settings);
        if let Some(it) = &it.cache {
            self.value_of(&it.ttl);
        }
        if let Some(it) = &it.canary {
            self.value_of(&it.percent);
            it.variables.iter().for_each(|it| self.value(&it.1));
        }
        if let Some(ClientCertificate::Existing(it)) = &it.client_certificate {
            self.value(it);
        }
        self.value_of(&it.web_acl);
        it.routes.iter().for_each(|it| self.settings(&it.1));
        match it.access_log.as_ref().map(|it| &it.destination) {
            Some(Some(it)) => self.value(it),
            Some(None) => self.need(Relation::LogsTo, Entity::LogGroup(id)),
            None => {}
        }
    }

    fn settings(&mut self, it: &'i RouteSettings) {
        self.throttle(&it.throttle);
        if let Some(it) = &it.cache {
            self.value_of(&it.ttl);
        }
    }

    fn throttle(&mut self, it: &'i Throttle) {
        self.value_of(&it.rate);
        self.value_of(&it.burst);
    }

    fn callee(&mut self, relation: Relation, it: &'i Callee) {
        match it {
            Callee::Function { function, .. } => self.need(relation, Entity::Function(*function)),
            Callee::Arn(it) => self.value(it),
            Callee::Staged(it) => {
                let name: &'i str = &it.value;
                let functions = self.staged.entry(name).or_insert_with(|| self.names.staged(name)).clone();
                for id in functions {
                    self.need(relation, Entity::Function(id));
                }
            }
            Callee::Unknown => {}
        }
    }

    fn resource(&mut self, raw: &'i Raw) {
        self.raw(raw);
        for it in depends_on(raw) {
            let found = self.names.find(it.name);
            self.refer(found);
        }
    }

    fn value_of<T>(&mut self, it: &'i Option<Located<T>>) {
        it.iter().for_each(|it| self.value(it));
    }

    fn values<T>(&mut self, it: &'i [Located<T>]) {
        it.iter().for_each(|it| self.value(it));
    }

    fn value<T>(&mut self, it: &'i Located<T>) {
        if let Value::Deferred(raw) = &it.value {
            self.raw(raw);
        }
    }

    fn list_of<T>(&mut self, it: &'i Option<Located<Vec<Located<T>>>>) {
        it.iter().for_each(|it| self.list(it));
    }

    fn list<T>(&mut self, it: &'i Located<Vec<Located<T>>>) {
        match &it.value {
            Value::Known(items) => self.values(items),
            Value::Deferred(raw) => self.raw(raw),
        }
    }

    fn raw(&mut self, raw: &'i Raw) {
        for it in resources(raw) {
            let found = self.names.find(it);
            self.refer(found);
        }
    }

    fn need(&mut self, relation: Relation, to: Entity) {
        self.edge(relation, to, Part::Itself);
    }

    fn refer(&mut self, found: Option<(Entity, Part)>) {
        if let Some((to, part)) = found {
            self.edge(Relation::RefersTo, to, part);
        }
    }

    fn edge(&mut self, relation: Relation, to: Entity, part: Part) {
        if let Some(at) = self.graph.position(to) {
            self.needs.push((at, Edge { relation, from: self.part, to: part }));
        }
    }

    /// What is changed about generated resources: positions of entities, ascending, their parts, and the changes.
    fn overrides(&mut self) -> Vec<(usize, Part, &'i Raw)> {
        let mut out = Vec::new();
        for (name, raw) in &self.ir.template.overrides {
            if let Some((entity, part)) = self.names.generated(&name.value)
                && let Some(at) = self.graph.position(entity)
            {
                out.push((at, part, raw));
            }
        }
        out.sort_by_key(|it| it.0);
        out
    }

    fn outputs(&mut self) -> Vec<Entity> {
        let mut out = Vec::new();
        for (_, raw) in &self.ir.template.outputs {
            out.extend(resources(raw).filter_map(|it| self.names.find(it)).map(|it| it.0));
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// What logical ids stand for.
struct Names<'i> {
    ir: &'i Ir,
    parameters: HashSet<&'i str>,
    resources: HashMap<&'i str, usize>,
    /// The ids of what is generated: many, so they are made when one is asked for.
    generated: Option<HashMap<String, Generated>>,
    /// Functions by their names, made when one is asked for.
    functions: Option<HashMap<&'i str, FunctionId>>,
}

impl<'i> Names<'i> {
    fn new(ir: &'i Ir) -> Self {
        let resources = ir.template.resources.iter().enumerate();
        Self {
            ir,
            parameters: ir.template.parameters.iter().map(|it| &*it.name.value).collect(),
            resources: resources.map(|(at, it)| (&*it.0.value, at)).collect(),
            generated: None,
            functions: None,
        }
    }

    /// The entity that a logical id belongs to; none for parameters and what AWS brings.
    fn find(&mut self, name: &str) -> Option<(Entity, Part)> {
        if let Some(at) = self.resources.get(name) {
            return Some((Entity::Resource(*at), Part::Itself));
        }
        if name.starts_with("AWS::") || self.parameters.contains(name) {
            return None;
        }
        self.generated(name)
    }

    fn generated(&mut self, name: &str) -> Option<(Entity, Part)> {
        let generated = self.generated.get_or_insert_with(|| self.ir.generated().into_iter().collect());
        let found = generated.get(name).copied().or_else(|| {
            // Versions are numbered by what is in them.
            let at = name.rfind("Version")?;
            match generated.get(&name[..at])? {
                Generated::Function(id) => Some(Generated::FunctionAlias(*id, 0)),
                _ => None,
            }
        })?;
        Some(match found {
            Generated::Api => (Entity::Api, Part::Itself),
            Generated::Function(id) => (Entity::Function(id), Part::Itself),
            Generated::FunctionRole(id) => (Entity::Function(id), Part::Role),
            Generated::FunctionLogGroup(id) => (Entity::FunctionLogGroup(id), Part::Itself),
            Generated::FunctionAlias(id, _) => (Entity::Function(id), Part::Alias),
            Generated::VpcLink(id) => (Entity::VpcLink(id), Part::Itself),
            Generated::Integration(id) => (Entity::Integration(id), Part::Itself),
            Generated::IntegrationRole(id) => (Entity::Integration(id), Part::Role),
            Generated::Authorizer(id) => (Entity::Authorizer(id), Part::Itself),
            Generated::Route(id) => (Entity::Route(id), Part::Itself),
            Generated::Stage(id) => (Entity::Stage(id), Part::Itself),
            Generated::StageLogGroup(id) => (Entity::LogGroup(id), Part::Itself),
            Generated::StageAlarm(id, metric) => {
                let at = self.ir.stages[id].alarms.iter().position(|it| it.metric == metric)?;
                (Entity::Alarm(id, at), Part::Itself)
            }
            Generated::Domain(id) => (Entity::Domain(id), Part::Itself),
            Generated::DomainRecord(id) | Generated::DomainRecordIpv6(id) => {
                (Entity::Domain(id), Part::Record)
            }
            Generated::Mapping(id, _) => (Entity::Domain(id), Part::Mapping),
            Generated::DomainAccess(id, _) => (Entity::Domain(id), Part::Mapping),
            Generated::Model(id) => (Entity::Model(id), Part::Itself),
            // What the API itself is made of, without a name of its own.
            Generated::Validator { .. }
            | Generated::PathResource(..)
            | Generated::Preflight(_)
            | Generated::CorsGatewayResponse { .. } => (Entity::Api, Part::Itself),
            Generated::DocumentationPart(id) | Generated::RouteResponse(id) => {
                (Entity::Route(id), Part::Alias)
            }
            Generated::IntegrationResponse(id, _) => (Entity::Integration(id), Part::Alias),
            Generated::GatewayResponse(id) => (Entity::GatewayResponse(id), Part::Itself),
            Generated::ApiKey(id) => (Entity::ApiKey(id), Part::Itself),
            Generated::UsagePlan(id) => (Entity::UsagePlan(id), Part::Itself),
            Generated::UsagePlanKey(id, _) => (Entity::UsagePlan(id), Part::Alias),
            Generated::ClientCertificate(id) => (Entity::Stage(id), Part::Role),
            Generated::WebAclAssociation(id) => (Entity::Stage(id), Part::Alias),
            Generated::DocumentationVersion(id) => (Entity::Stage(id), Part::Role),
            // They need nothing, and stages wait for them.
            Generated::CloudWatchRole | Generated::Account => return None,
        })
    }

    /// The functions that a name with stage variables means, in all stages where the variables are known.
    fn staged(&mut self, name: &str) -> Vec<FunctionId> {
        let ir = self.ir;
        let functions = self.functions.get_or_insert_with(|| {
            let mut out = HashMap::new();
            for (id, it) in ir.functions.iter() {
                out.entry(&*it.name.value).or_insert(id);
            }
            // The name in AWS, if it is known, is the one that counts.
            for (id, it) in ir.functions.iter() {
                let physical = match &it.origin {
                    Origin::Named(it) => it.value.as_str(),
                    Origin::Created(it) => it.function_name.as_ref().and_then(|it| it.value.as_str()),
                    Origin::Arn(_) | Origin::Unknown => None,
                };
                if let Some(name) = physical {
                    out.insert(name, id);
                }
            }
            out
        });
        let mut out = Vec::new();
        for stage in ir.stages.values() {
            let mut text = name.to_owned();
            let mut known = true;
            for variable in substituted(name) {
                let value = variable.strip_prefix("stageVariables.").and_then(|variable| {
                    let it = stage.variables.iter().find(|it| &*it.0.value == variable)?;
                    it.1.value.as_str()
                });
                match value {
                    Some(value) => text = text.replace(&format!("${{{variable}}}"), value),
                    None => known = false,
                }
            }
            let function = text.split(':').next().unwrap_or_default();
            if known && let Some(id) = functions.get(function) {
                out.push(*id);
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The names of resources that a value refers to; what a macro makes of its argument is its own affair.
fn resources(raw: &Raw) -> impl Iterator<Item = &str> {
    references(raw).into_iter().filter(|it| it.sort.is_resource() && !it.in_macro).map(|it| it.name)
}
