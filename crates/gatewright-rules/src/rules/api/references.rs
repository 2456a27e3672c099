//! What the CloudFormation functions of a specification refer to.

use gatewright_ir::{
    Authorizer, AuthorizerKind, Backend, Callee, CodeSource, Cors, CreatedFunction, Credentials, Integration,
    Ir, Located, Name, Origin, Policy, Raw, Stage, Throttle, Value, depends_on, references,
};

/// The names of parameters and resources that something refers to, with `!Ref`, `!GetAtt`, `!Sub` or `DependsOn`.
pub(in crate::rules) struct References<'i> {
    sorted: Vec<&'i str>,
}

impl<'i> References<'i> {
    pub(in crate::rules) fn of(ir: &'i Ir) -> Self {
        let mut sorted = Vec::new();
        visit(ir, &mut |it| {
            sorted.extend(references(it).iter().filter(|it| it.sort.is_resource()).map(|it| it.name));
        });
        for (_, it) in ir.template.resources.iter().chain(&ir.template.overrides) {
            sorted.extend(depends_on(it).map(|it| it.name));
        }
        sorted.sort_unstable();
        sorted.dedup();
        Self { sorted }
    }

    pub(in crate::rules) fn contains(&self, name: &str) -> bool {
        self.sorted.binary_search(&name).is_ok()
    }

    pub(in crate::rules) fn iter(&self) -> impl Iterator<Item = &'i str> + '_ {
        self.sorted.iter().copied()
    }
}

/// Calls `see` with every value of the specification that CloudFormation works out, and with all raw parts of the
/// template.
pub(in crate::rules) fn visit<'i>(ir: &'i Ir, see: &mut dyn FnMut(&'i Raw)) {
    let api = &ir.api;
    if let Some(Cors {
        span: _,
        allow_origins,
        allow_methods,
        allow_headers,
        expose_headers,
        max_age,
        allow_credentials,
    }) = api.cors.policy()
    {
        for it in [allow_origins, allow_methods, allow_headers, expose_headers] {
            all(it, see);
        }
        all(max_age, see);
        all(allow_credentials, see);
    }
    all(&api.ip_address_type, see);
    all(&api.disable_default_endpoint, see);
    pairs(&api.tags, see);
    for it in ir.functions.values() {
        match &it.origin {
            Origin::Created(it) => created(it, see),
            Origin::Named(it) | Origin::Arn(it) => all([it], see),
            Origin::Unknown => {}
        }
    }
    for it in ir.vpc_links.values() {
        all(&it.existing, see);
        lists(&it.subnets, see);
        lists(&it.security_groups, see);
    }
    ir.integrations.values().for_each(|it| integration(it, see));
    ir.authorizers.values().for_each(|it| authorizer(it, see));
    for it in ir.routes.values() {
        all(&it.scopes, see);
        if let Some(it) = &it.settings {
            throttle(&it.throttle, see);
        }
    }
    ir.stages.values().for_each(|it| stage(it, see));
    for it in ir.domains.values() {
        all(&it.certificate, see);
        all(&it.hosted_zone, see);
        all(&it.ip_address_type, see);
        pairs(&it.tags, see);
        if let Some(it) = &it.mutual_tls {
            all([&it.truststore], see);
            all(&it.version, see);
            all(&it.ownership_certificate, see);
        }
    }
    let template = &ir.template;
    for part in [&template.resources, &template.overrides, &template.conditions, &template.outputs] {
        part.iter().for_each(|it| see(&it.1));
    }
}

fn all<'i, T: 'i>(items: impl IntoIterator<Item = &'i Located<T>>, see: &mut dyn FnMut(&'i Raw)) {
    for it in items {
        if let Value::Deferred(it) = &it.value {
            see(it);
        }
    }
}

fn pairs<'i, T: 'i>(items: &'i [(Name, Located<T>)], see: &mut dyn FnMut(&'i Raw)) {
    all(items.iter().map(|it| &it.1), see);
}

fn lists<'i, T: 'i>(
    items: impl IntoIterator<Item = &'i Located<Vec<Located<T>>>>,
    see: &mut dyn FnMut(&'i Raw),
) {
    for it in items {
        match &it.value {
            Value::Known(it) => all(it, see),
            Value::Deferred(it) => see(it),
        }
    }
}

fn created<'i>(it: &'i CreatedFunction, see: &mut dyn FnMut(&'i Raw)) {
    for it in [&it.function_name, &it.runtime, &it.handler, &it.description, &it.role] {
        all(it, see);
    }
    match &it.code {
        CodeSource::Inline(it) | CodeSource::Image(it) => all([it], see),
        CodeSource::S3(bucket, key, version) => {
            all([bucket, key], see);
            all(version, see);
        }
        CodeSource::Folder { .. } | CodeSource::Unknown => {}
    }
    all(&it.timeout, see);
    all(&it.memory, see);
    all(&it.reserved_concurrency, see);
    pairs(&it.environment, see);
    all(&it.layers, see);
    if let Some((subnets, groups)) = &it.vpc {
        lists([subnets, groups], see);
    }
    for it in &it.policies {
        match it {
            Policy::Managed(it) | Policy::Allow { resource: it, .. } => all([it], see),
            Policy::Statement(it) => see(it),
        }
    }
    pairs(&it.tags, see);
}

fn callee<'i>(it: &'i Callee, see: &mut dyn FnMut(&'i Raw)) {
    if let Callee::Arn(it) = it {
        all([it], see);
    }
}

fn integration<'i>(it: &'i Integration, see: &mut dyn FnMut(&'i Raw)) {
    match &it.backend {
        Backend::Lambda { callee: it, .. } => callee(it, see),
        Backend::Http { uri, tls, .. } => {
            all([uri], see);
            all(tls, see);
        }
        Backend::Service { parameters, .. } => pairs(parameters, see),
        Backend::Unknown => {}
    }
    all(&it.timeout, see);
    if let Credentials::Role(it) = &it.credentials {
        all([it], see);
    }
    all(it.request_parameters.iter().map(|it| &it.source), see);
    for (_, it) in &it.response_parameters {
        all(it.iter().map(|it| &it.source), see);
    }
}

fn authorizer<'i>(it: &'i Authorizer, see: &mut dyn FnMut(&'i Raw)) {
    all(&it.identity, see);
    match &it.kind {
        AuthorizerKind::Jwt { issuer, audience } => {
            all(issuer, see);
            all(audience, see);
        }
        AuthorizerKind::Lambda { callee: it, cache, role, .. } => {
            callee(it, see);
            all(cache, see);
            all(role, see);
        }
        AuthorizerKind::Unknown => {}
    }
}

fn stage<'i>(it: &'i Stage, see: &mut dyn FnMut(&'i Raw)) {
    pairs(&it.variables, see);
    throttle(&it.settings.throttle, see);
    it.routes.iter().for_each(|it| throttle(&it.1.throttle, see));
    if let Some(it) = &it.access_log {
        all(&it.destination, see);
    }
    it.alarms.iter().for_each(|it| all(&it.notify, see));
    pairs(&it.tags, see);
}

fn throttle<'i>(it: &'i Throttle, see: &mut dyn FnMut(&'i Raw)) {
    all(&it.rate, see);
    all(&it.burst, see);
}
