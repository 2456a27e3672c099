//! `integrations:`, and the keys of an integration that a route brings itself.

use gatewright_ir::{
    ApiKind, Backend, ContentHandling, Credentials, Integration, IntegrationResponse, Link, MappingTemplate,
    Name, PassthroughBehavior, Text, Transformation, Value as Known, default_responses, substitution,
};
use serde_json::{Value, json};

use crate::Raising;
use crate::expressions::destination;
use crate::section::Section;
use crate::values::name;

/// The media type of a body of which nothing is said.
const JSON: &str = "application/json";

impl Raising<'_> {
    /// The integrations that have a name.
    pub(crate) fn integrations(&mut self) -> Section {
        let mut all = Section::new();
        for it in self.ir.integrations.values().filter(|it| it.declared) {
            let mut out = self.integration(it);
            out.maybe("description", name(&it.description));
            all.set(&it.name.value, out);
        }
        all
    }

    /// The keys of an integration, wherever they stand.
    pub(crate) fn integration(&mut self, it: &Integration) -> Section {
        let mut out = Section::new();
        let bodies = match &it.transformation {
            Some(transformation) => self.transformation(it, transformation),
            None => Section::new(),
        };
        self.backend(it, bodies.has("request"), &mut out);
        if let Credentials::Role(role) = &it.credentials {
            out.set("role", self.text(role));
        }
        match &it.timeout {
            Some(timeout)
                if self.defaults.timeout.is_none()
                    || timeout.value.known() != self.defaults.timeout.as_ref() =>
            {
                out.maybe("timeout", self.duration(&it.timeout));
            }
            _ => {}
        }
        let parameters = it.request_parameters.iter();
        let parameters: Section = parameters
            .map(|it| {
                let to = match self.ir.api.kind {
                    ApiKind::Http => &*it.destination.value,
                    _ => destination(&it.destination.value),
                };
                (to.to_owned(), self.expression(&it.source))
            })
            .collect();
        out.section("requestParameters", parameters);
        out.append(bodies);
        let mut answers = Section::new();
        for (status, mappings) in &it.response_parameters {
            let of_status: Section =
                mappings.iter().map(|it| (it.destination.value.to_string(), self.text(&it.source))).collect();
            answers.set(&status.value, of_status);
        }
        out.section("responseParameters", answers);
        out
    }

    /// What is called. `has_request`: whether mapping templates for the request are written.
    fn backend(&mut self, it: &Integration, has_request: bool, out: &mut Section) {
        let kind = self.ir.api.kind;
        match &it.backend {
            Backend::Lambda { callee, payload } => {
                out.set("lambda", self.callee(callee));
                if kind == ApiKind::Http && payload.value != self.defaults.payload {
                    out.set("payload", &*payload.value);
                }
            }
            Backend::Http { uri, method, link, tls, payload, target } => {
                out.set("http", self.text(uri));
                let default = if kind == ApiKind::WebSocket { "POST" } else { "ANY" };
                if &*method.value != default {
                    out.set("method", &*method.value);
                }
                match link {
                    Some(Link::Known(id, _)) => out.set("vpcLink", &*self.ir.vpc_links[*id].name.value),
                    Some(Link::Unknown) => {
                        out.set("vpcLink", self.unknown_name(it.name.span, "the VPC link"))
                    }
                    None => {}
                }
                out.maybe("target", self.maybe_text(target));
                out.maybe("tls", self.maybe_text(tls));
                out.maybe("payload", name(payload));
            }
            Backend::Service { subtype, parameters } => {
                out.set("aws", &*subtype.value);
                out.section("parameters", self.pairs(parameters));
            }
            Backend::Action { action, method, resources } => {
                let text = match &action.value {
                    Known::Known(it) => Some(&**it),
                    Known::Deferred(it) => substitution(it),
                };
                let is_path = |start| text.is_some_and(|it: &str| it.contains(start));
                let passes_on = is_path("s3:path/") || is_path(":path/") && !has_request;
                let default = if passes_on && kind == ApiKind::Rest { "ANY" } else { "POST" };
                out.set("aws", self.text(action));
                if &*method.value != default {
                    out.set("method", &*method.value);
                }
                out.one_or_many("resource", self.texts(resources));
            }
            Backend::Mock { .. } => {
                if let Some(it) = &it.transformation {
                    out.set("mock", self.mock(it));
                }
            }
            Backend::Unknown => out.set("lambda", self.unknown(it.name.span)),
        }
    }

    /// How bodies and answers are changed: REST and WebSocket APIs.
    fn transformation(&mut self, of: &Integration, it: &Transformation) -> Section {
        let mut out = Section::new();
        let is_mock = matches!(of.backend, Backend::Mock { .. });
        if is_mock {
            if it.request.is_empty() {
                out.set("request", Section::new());
            } else if !self.is_usual_request(it) {
                out.set("request", self.templates(&it.request));
            }
        } else if !it.request.is_empty() {
            out.set("request", self.templates(&it.request));
        }
        let usual = match is_mock {
            true => plain_answer(it).is_some(),
            false if it.proxy => it.responses.is_empty(),
            false => is_same(&it.responses, &default_responses(&of.backend, of.name.span)),
        };
        if !usual || it.responses_unknown {
            let mut responses: Section =
                it.responses.iter().map(|it| (it.pattern.value.to_string(), self.response(it))).collect();
            if it.responses_unknown {
                let template = self.unread(of.name.span, None);
                responses.set("unknown", json!({ "body": template }));
            }
            out.set("responses", responses);
        }
        let can_be_proxy =
            matches!(of.backend, Backend::Lambda { .. } | Backend::Http { .. } | Backend::Unknown);
        let changes = out.has("request") || out.has("responses");
        if can_be_proxy && it.proxy == changes {
            out.set("proxy", it.proxy);
        }
        out.maybe(
            "passthroughBehavior",
            it.passthrough_behavior.map(|it| match it.value {
                PassthroughBehavior::WhenNoMatch => "when_no_match",
                PassthroughBehavior::WhenNoTemplates => "when_no_templates",
                PassthroughBehavior::Never => "never",
            }),
        );
        out.maybe("contentHandling", it.content_handling.map(|it| content_handling(it.value)));
        if it.stream.is_some() {
            out.set("stream", true);
        }
        out
    }

    /// The key of a template that is for everything.
    pub(crate) fn usual_key(&self) -> &'static str {
        if self.ir.api.kind == ApiKind::WebSocket { "$default" } else { JSON }
    }

    /// Whether a mock's request says nothing but the status of its answer.
    fn is_usual_request(&self, it: &Transformation) -> bool {
        let status = mock_status(it);
        let [(key, template)] = &it.request[..] else { return false };
        &*key.value == self.usual_key()
            && template.text.as_deref().is_some_and(|it| it == format!("{{\"statusCode\": {status}}}"))
    }

    /// What API Gateway answers by itself.
    fn mock(&mut self, it: &Transformation) -> Section {
        let mut out = Section::new();
        out.set("status", mock_status(it));
        let Some(answer) = plain_answer(it) else { return out };
        if let Some((media_type, template)) = answer.templates.first() {
            out.set("body", self.template(template));
            if &*media_type.value != self.usual_key() {
                out.set("contentType", &*media_type.value);
            }
        }
        out.section("headers", self.expressions(&answer.headers));
        out
    }

    fn response(&mut self, it: &IntegrationResponse) -> Value {
        let mut out = Section::new();
        if it.status.value != 200 {
            out.set("status", it.status.value);
        }
        match &it.templates[..] {
            [(key, template)] if &*key.value == self.usual_key() => out.set("body", self.template(template)),
            templates => out.section("templates", self.templates(templates)),
        }
        out.section("headers", self.expressions(&it.headers));
        out.maybe("contentHandling", it.content_handling.map(|it| content_handling(it.value)));
        out.maybe("model", it.model.map(|it| &*self.ir.models[it.0].name.value));
        if out.is_empty() || out.len() == 1 && out.has("status") {
            return it.status.value.into();
        }
        let mut with_status = Section::new().with("status", it.status.value);
        with_status.append(out);
        with_status.into()
    }

    /// Mapping templates by media type.
    fn templates(&mut self, items: &[(Name, MappingTemplate)]) -> Section {
        items.iter().map(|(name, it)| (name.value.to_string(), self.template(it))).collect()
    }

    fn template(&mut self, it: &MappingTemplate) -> Value {
        match &it.text {
            Some(text) => text.as_ref().into(),
            None => self.unread(it.span, it.file.as_ref()),
        }
    }

    /// What stands for a mapping template that could not be read.
    fn unread(&mut self, span: gatewright_ir::Span, file: Option<&Text>) -> Value {
        let path = file.map_or("not-carried-over.vtl", |it| &**it);
        self.note(
            span,
            "a mapping template here could not be read",
            format!("put it into the file `{path}` beside the specification"),
        );
        json!({ "file": path })
    }

    /// Names and what is put there.
    pub(crate) fn expressions(&mut self, items: &[(Name, gatewright_ir::Located<Text>)]) -> Section {
        items.iter().map(|(name, it)| (name.value.to_string(), self.expression(it))).collect()
    }
}

/// The one answer of a mock that has no other.
fn plain_answer(it: &Transformation) -> Option<&IntegrationResponse> {
    match &it.responses[..] {
        [answer] => (&*answer.pattern.value == "default"
            && answer.templates.len() <= 1
            && answer.content_handling.is_none()
            && answer.model.is_none())
        .then_some(answer),
        _ => None,
    }
}

/// The status with which a mock answers if nothing else is said.
fn mock_status(it: &Transformation) -> u64 {
    let default = it.responses.iter().find(|it| it.is_default()).or_else(|| it.responses.first());
    default.map_or(200, |it| it.status.value)
}

fn is_same(left: &[IntegrationResponse], right: &[IntegrationResponse]) -> bool {
    let is_plain = |it: &IntegrationResponse| {
        it.templates.is_empty()
            && it.headers.is_empty()
            && it.content_handling.is_none()
            && it.model.is_none()
    };
    left.len() == right.len()
        && left.iter().zip(right).all(|(a, b)| {
            a.pattern.value == b.pattern.value
                && a.status.value == b.status.value
                && is_plain(a)
                && is_plain(b)
        })
}

fn content_handling(it: ContentHandling) -> &'static str {
    match it {
        ContentHandling::Text => "text",
        ContentHandling::Binary => "binary",
    }
}
