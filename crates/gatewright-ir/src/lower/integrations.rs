//! Lowers `integrations:` and the integrations that routes bring themselves.

use gatewright_source::{Diagnostic, Spanned, Text};
use gatewright_spec::{self as spec, Field, IntegrationKeys};

use super::{Lowering, lookup, texts};
use crate::{
    ApiKind, Backend, Callee, Credentials, FunctionId, Integration, IntegrationId, Link, Name,
    ParameterMapping, Qualifier, RouteTarget, Value, substitution,
};

impl<'s> Lowering<'s> {
    pub(super) fn integrations(&mut self) {
        for (name, it) in self.section(|it| &it.integrations) {
            let integration = match it {
                Some(it) => {
                    let description = it.value.description.given().cloned();
                    self.integration(name, true, it.value.integration(), description)
                }
                None => Integration {
                    name: name.clone(),
                    declared: true,
                    brought: false,
                    backend: Backend::Unknown,
                    timeout: None,
                    credentials: Credentials::None,
                    request_parameters: Vec::new(),
                    response_parameters: Vec::new(),
                    description: None,
                    transformation: None,
                },
            };
            let id = self.ir.integrations.push(integration);
            self.integrations.insert(name.value.clone(), (id, name.span));
        }
    }

    /// An integration from its keys, wherever they were written.
    pub(super) fn integration(
        &mut self,
        name: &Name,
        declared: bool,
        it: IntegrationKeys<'s>,
        description: Option<Name>,
    ) -> Integration {
        let backend = self.backend(name, it);
        let timeout = match it.timeout {
            Field::Absent => self.default_timeout(),
            it => self.optional(it),
        };
        let credentials = match (self.optional(it.role), &backend) {
            (Some(role), _) => Credentials::Role(role),
            (None, Backend::Service { .. } | Backend::Action { .. }) => Credentials::Generated,
            (None, _) => Credentials::None,
        };
        let request_parameters = self.mappings(it.request_parameters.value());
        let request_parameters = request_parameters.into_iter().map(|it| self.request_mapping(it)).collect();
        let transformation = self.transformation(it, &backend, name.span);
        let mut response_parameters = Vec::new();
        if let Some(entries) = it.response_parameters.value() {
            for (status, it) in entries.iter() {
                response_parameters.push((status.clone(), self.mappings(Some(it))));
            }
        }
        Integration {
            name: name.clone(),
            declared,
            brought: !declared,
            backend,
            timeout,
            credentials,
            request_parameters,
            response_parameters,
            description,
            transformation,
        }
    }

    fn default_timeout(&mut self) -> Option<crate::Located<spec::Duration>> {
        let defaults = self.single("defaults", |it| &it.defaults).value()?;
        defaults.timeout.given().map(|it| crate::value::known(it.value, it.span))
    }

    fn default_payload(&mut self) -> Option<Name> {
        let defaults = self.single("defaults", |it| &it.defaults).value()?;
        defaults.payload.given().cloned()
    }

    fn mappings(&mut self, it: Option<&spec::Entries<spec::Value<Text>>>) -> Vec<ParameterMapping> {
        let Some(entries) = it else { return Vec::new() };
        let mut out = Vec::with_capacity(entries.0.len());
        for (destination, source) in &entries.0 {
            if let Some(source) = source.given() {
                out.push(ParameterMapping { destination: destination.clone(), source: self.located(source) });
            }
        }
        out
    }

    fn backend(&mut self, name: &Name, it: IntegrationKeys<'s>) -> Backend {
        let kinds = [
            ("lambda", it.lambda.span()),
            ("http", it.http.span()),
            ("aws", it.aws.span()),
            ("mock", it.mock.span()),
        ];
        let mut given = kinds.iter().filter_map(|(key, span)| Some((*key, (*span)?)));
        let Some((kind, first)) = given.next() else {
            let help = match self.ir.api.kind {
                ApiKind::Http => "say what is called: `lambda: FUNCTION`, `http: URL` or `aws: SUBTYPE`",
                _ => {
                    "say what is called: `lambda: FUNCTION`, `http: URL`, `aws: SERVICE:ACTION` or `mock: { status: 200 }`"
                }
            };
            let problem = Diagnostic::error(
                "missing-integration",
                name.span,
                format!("`{}` has no integration", name.value),
            );
            self.report(problem.help(help));
            return Backend::Unknown;
        };
        if let Some((other, span)) = given.next() {
            let message = format!("an integration is either `{kind}` or `{other}`");
            let problem = Diagnostic::error("conflicting-keys", span, message).label(first, "the other one");
            self.report(problem.help("remove one of them"));
            return Backend::Unknown;
        }
        self.misplaced_keys(kind, it);
        match kind {
            "lambda" => {
                let Some(lambda) = it.lambda.given() else { return Backend::Unknown };
                let callee = self.callee(lambda);
                let payload = match it.payload.given() {
                    Some(it) => it.clone(),
                    None => self.payload(lambda.span),
                };
                Backend::Lambda { callee, payload }
            }
            "http" => {
                let Some(uri) = self.optional(it.http) else { return Backend::Unknown };
                let link = it.vpc_link.given().map(|link| match lookup(&self.vpc_links, &link.value) {
                    Some(id) => Link::Known(id, link.span),
                    None => {
                        let rule = "unknown-vpc-link";
                        self.unknown(rule, "VPC link", &link.value, link.span, |it| texts(&it.vpc_links));
                        Link::Unknown
                    }
                });
                // Messages have no method that could be passed on.
                let websocket = self.ir.api.kind == ApiKind::WebSocket;
                let default = if websocket { "POST" } else { "ANY" };
                let method = it.method.given().cloned().unwrap_or(Spanned::new(default.into(), uri.span));
                let payload = it.payload.given().cloned();
                let (tls, target) = (self.optional(it.tls), self.optional(it.target));
                Backend::Http { uri, method, link, tls, payload, target }
            }
            "mock" => match it.mock.given() {
                Some(it) => Backend::Mock { span: it.span },
                None => Backend::Unknown,
            },
            _ => self.service(it),
        }
    }

    /// A call of an AWS service: by subtype for HTTP APIs, as the service's own API wants it for the others.
    fn service(&mut self, it: IntegrationKeys<'s>) -> Backend {
        let Some(service) = it.aws.given() else { return Backend::Unknown };
        if self.ir.api.kind == ApiKind::Http {
            let spec::Value::Known(subtype) = &service.value else {
                let problem = Diagnostic::error(
                    "wrong-type",
                    service.span,
                    "a subtype must be known before the deployment",
                );
                self.report(problem.help("write it out: `aws: SQS-SendMessage`"));
                return Backend::Unknown;
            };
            let subtype = Spanned::new(subtype.clone(), service.span);
            return Backend::Service { subtype, parameters: self.pairs(it.parameters) };
        }
        let action = self.located(service);
        let text = match &action.value {
            Value::Known(it) => Some(&**it),
            Value::Deferred(it) => substitution(it),
        };
        let is_path = |start| text.is_some_and(|it| it.contains(start));
        let method = it.method.given().cloned();
        // S3 goes by the method; who writes a body for another service has it sent.
        let passes_on = is_path("s3:path/") || is_path(":path/") && it.request.given().is_none();
        let default = if passes_on && self.ir.api.kind == ApiKind::Rest { "ANY" } else { "POST" };
        let method = method.unwrap_or(Spanned::new(default.into(), action.span));
        Backend::Action { action, method, resources: self.one_or_many(it.resource) }
    }

    /// The payload format of a function of which none is given.
    fn payload(&mut self, span: gatewright_source::Span) -> Name {
        match self.ir.api.kind {
            ApiKind::Http => self.default_payload().unwrap_or(Spanned::new("2.0".into(), span)),
            _ => Spanned::new("1.0".into(), span),
        }
    }

    /// Reports keys that belong to another kind of integration.
    fn misplaced_keys(&mut self, kind: &str, it: IntegrationKeys<'s>) {
        let http = self.ir.api.kind == ApiKind::Http;
        let keys = [
            ("payload", it.payload.span(), &["lambda", "http"][..]),
            ("method", it.method.span(), if http { &["http"] } else { &["http", "aws"] }),
            ("vpcLink", it.vpc_link.span(), &["http"]),
            ("tls", it.tls.span(), &["http"]),
            ("parameters", it.parameters.span(), &["aws"]),
            (
                "requestParameters",
                it.request_parameters.span(),
                if http { &["lambda", "http"] } else { &["lambda", "http", "aws"] },
            ),
            ("resource", it.resource.span(), &["aws"]),
            ("proxy", it.proxy.span(), &["lambda", "http", "aws"]),
            ("stream", it.stream.span(), &["lambda", "http"]),
            ("target", it.target.span(), &["http"]),
            ("contentHandling", it.content_handling.span(), &["lambda", "http", "aws", "mock"]),
        ];
        for (key, span, kinds) in keys {
            if let Some(span) = span
                && !kinds.contains(&kind)
            {
                let problem =
                    Diagnostic::error("conflicting-keys", span, format!("`{key}` does not go with `{kind}`"));
                self.report(problem.help(format!("it belongs to `{}`; remove it", kinds.join("` and `"))));
            }
        }
    }

    /// What a route's text names: an integration, or a function (also `function:alias`).
    pub(super) fn target(&mut self, name: &Name) -> RouteTarget {
        if let Some(id) = lookup(&self.integrations, &name.value) {
            return RouteTarget::Integration(id, name.span);
        }
        if let Some(id) = self.implicit.get(&name.value) {
            return RouteTarget::Integration(*id, name.span);
        }
        let function = name.value.split(':').next().unwrap_or_default();
        if !self.functions.contains_key(function) && !name.value.starts_with("arn:") {
            let rule = "unknown-integration";
            self.unknown(rule, "integration or function", &name.value, name.span, |it| {
                let mut names = texts(&it.integrations);
                names.extend(texts(&it.functions));
                names
            });
            return RouteTarget::Unknown;
        }
        self.callee_target(name)
    }

    /// The target of a route that names a function.
    pub(super) fn callee_target(&mut self, name: &Name) -> RouteTarget {
        match self.named_callee(name) {
            Callee::Unknown => RouteTarget::Unknown,
            callee => {
                RouteTarget::Integration(self.implicit_integration(&name.value.clone(), callee), name.span)
            }
        }
    }

    /// The integration for a bare function: one for all routes that name it.
    fn implicit_integration(&mut self, key: &Text, callee: Callee) -> IntegrationId {
        let span = callee.span().unwrap_or_default();
        let name = match &callee {
            Callee::Function { function, qualifier, .. } => {
                let name = self.function_name(*function);
                match qualifier {
                    Some(Qualifier::Alias(it) | Qualifier::StageVariable(it)) => {
                        format!("{name}:{it}").into()
                    }
                    None => name,
                }
            }
            _ => key.clone(),
        };
        let payload = self.payload(span);
        let transformation = (self.ir.api.kind != ApiKind::Http)
            .then(|| Box::new(crate::Transformation { proxy: true, ..Default::default() }));
        let integration = Integration {
            name: Spanned::new(name, span),
            declared: false,
            brought: false,
            backend: Backend::Lambda { callee, payload },
            timeout: self.default_timeout(),
            credentials: Credentials::None,
            request_parameters: Vec::new(),
            response_parameters: Vec::new(),
            description: None,
            transformation,
        };
        let id = self.ir.integrations.push(integration);
        self.implicit.insert(key.clone(), id);
        id
    }

    fn function_name(&self, id: FunctionId) -> Text {
        self.ir.functions[id].name.value.clone()
    }
}
