//! `x-amazon-apigateway-integration`
//!
//! Source: API Gateway Developer Guide, "x-amazon-apigateway-integration object".

use std::rc::Rc;

use gatewright_ir::{
    ApiKind, Backend, Credentials, Integration, Link, Name, ParameterMapping, Spanned, Value,
};
use gatewright_spec::{Data, Raw};

use super::Body;
use super::document::File;
use crate::cloudformation::vpc_links;
use crate::draft::{is_there, known_text};
use crate::target::{Target, target};

impl Body<'_, '_> {
    /// Reads an integration, named by its route or by itself.
    pub(super) fn integration(&mut self, file: &Rc<File>, it: &Raw, name: Name) -> Integration {
        let rest = self.kind() == ApiKind::Rest;
        let of = self.draft.name_of(it, "type").map(|of| (of.value.to_ascii_lowercase(), of.span));
        let (backend, stream) = self.backend(it, of.as_ref().map(|it| &*it.0), &name);
        let request_parameters = match backend {
            // They are parameters of the service.
            Backend::Service { .. } => Vec::new(),
            _ => self.mappings(it.get("requestParameters")),
        };
        let transformation = rest.then(|| {
            let proxy = of.as_ref().is_some_and(|it| it.0.ends_with("_proxy"));
            let stated = of.as_ref().filter(|_| proxy).map(|it| it.1);
            let mut out = self.transformation(file, it, proxy);
            out.proxy_stated = stated;
            out.stream = out.stream.or_else(|| it.get("uri").filter(|_| stream).map(|it| it.span));
            Box::new(out)
        });
        Integration {
            declared: false,
            brought: true,
            backend,
            timeout: self.draft.milliseconds_of(it, "timeoutInMillis"),
            credentials: match self.draft.text_of(it, "credentials") {
                Some(role) => Credentials::Role(role),
                None => Credentials::None,
            },
            request_parameters,
            response_parameters: if rest { Vec::new() } else { self.response_parameters(it) },
            description: None,
            transformation,
            name,
        }
    }

    /// What is called, and whether its answer is streamed.
    fn backend(&mut self, it: &Raw, of: Option<&str>, name: &Name) -> (Backend, bool) {
        let http = self.kind() == ApiKind::Http;
        let uri = it.get("uri").filter(|it| is_there(it));
        let backend = match of {
            Some("aws_proxy") if http && it.get("integrationSubtype").is_some() => {
                match self.draft.name_of(it, "integrationSubtype") {
                    Some(subtype) => {
                        let parameters = self.draft.pairs_of(it, "requestParameters");
                        Backend::Service { subtype, parameters }
                    }
                    None => Backend::Unknown,
                }
            }
            Some("aws_proxy" | "aws") => {
                let Some(uri) = uri else { return (Backend::Unknown, false) };
                return self.aws(it, uri, name);
            }
            // HTTP APIs have proxies only.
            Some("http" | "mock") if http => Backend::Unknown,
            Some("http_proxy" | "http") => match uri {
                Some(uri) => self.server(it, uri),
                None => Backend::Unknown,
            },
            Some("mock") => {
                let span = it.get("type").map_or(name.span, |it| it.span);
                Backend::Mock { span }
            }
            _ => Backend::Unknown,
        };
        (backend, false)
    }

    fn aws(&mut self, it: &Raw, uri: &Raw, name: &Name) -> (Backend, bool) {
        let http = self.kind() == ApiKind::Http;
        let action = match target(self.cx, self.draft, uri) {
            Target::Function { callee, stream } => {
                let payload = self.draft.name_of(it, "payloadFormatVersion").filter(|_| http);
                // API Gateway takes the older format where none is given.
                let payload = payload.unwrap_or_else(|| Name::new("1.0".into(), name.span));
                return (Backend::Lambda { callee, payload }, stream);
            }
            Target::Action(action) => action,
            // What a function of CloudFormation comes to may be anything.
            Target::Server(it) if it.value.known().is_none() => return (Backend::Unknown, false),
            Target::Server(it) => it,
        };
        if http {
            return (Backend::Unknown, false);
        }
        let method = self.method(it, uri);
        (Backend::Action { action, method, resources: Vec::new() }, false)
    }

    fn server(&mut self, it: &Raw, uri: &Raw) -> Backend {
        let rest = self.kind() == ApiKind::Rest;
        let tls = self.draft.inner(it, "tlsConfig");
        Backend::Http {
            method: self.method(it, uri),
            link: self.link(it),
            tls: tls.and_then(|it| self.draft.text_of(&it, "serverNameToVerify")),
            payload: if rest { None } else { self.draft.name_of(it, "payloadFormatVersion") },
            target: self.draft.text_of(it, "integrationTarget"),
            uri: self.draft.text(uri),
        }
    }

    /// The method that the backend is called with; where none is known, any.
    fn method(&mut self, it: &Raw, uri: &Raw) -> Name {
        let method = self.draft.name_of(it, "httpMethod");
        let method = method.map(|it| it.map(|it| it.to_ascii_uppercase().into()));
        let any = |it: &Name| matches!(&*it.value, "ANY" | "X-AMAZON-APIGATEWAY-ANY-METHOD");
        match method {
            Some(it) if any(&it) => Name::new("ANY".into(), it.span),
            Some(it) => it,
            None => Name::new("ANY".into(), uri.span),
        }
    }

    fn link(&mut self, it: &Raw) -> Option<Link> {
        let of = self.draft.name_of(it, "connectionType");
        if of.is_some_and(|it| it.value.eq_ignore_ascii_case("INTERNET")) {
            return None;
        }
        let id = it.get("connectionId").filter(|it| is_there(it))?;
        Some(vpc_links::link(self.cx, self.draft, id))
    }

    /// Changes to requests or responses.
    fn mappings(&mut self, it: Option<&Raw>) -> Vec<ParameterMapping> {
        let Some(entries) = it.map(|it| self.draft.entries(it)) else { return Vec::new() };
        let mapping = |(destination, it): (Name, Raw)| {
            let source = match it.data {
                Data::Bool(_) => Spanned::new(Value::unknown(it.span), it.span),
                _ => self.draft.text(&it),
            };
            ParameterMapping { destination, source }
        };
        entries.into_iter().map(mapping).collect()
    }

    /// Changes to responses by status: HTTP APIs.
    fn response_parameters(&mut self, it: &Raw) -> Vec<(Name, Vec<ParameterMapping>)> {
        let Some(by_status) = self.draft.inner(it, "responseParameters") else { return Vec::new() };
        let entries = self.draft.entries(&by_status);
        entries.into_iter().map(|(status, it)| (status, self.mappings(Some(&it)))).collect()
    }

    /// What is read from text, if it is known.
    pub(super) fn word<T>(
        &mut self,
        it: &Raw,
        key: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let text = known_text(self.draft.text_of(it, key)?)?;
        Some(Spanned::new(read(&text.value)?, text.span))
    }
}
