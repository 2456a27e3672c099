//! Lowers how integrations of REST and WebSocket APIs change bodies and answers: `request`, `responses`, `mock`.

use gatewright_source::{Diagnostic, Span, Spanned, Text};
use gatewright_spec::{self as spec, Either, Field, IntegrationKeys};

use super::Lowering;
use crate::{ApiKind, Backend, IntegrationResponse, MappingTemplate, Name, Transformation};

/// The media type of a body of which nothing is said.
const JSON: &str = "application/json";

/// The key of a template or response of a WebSocket API that is for everything.
const DEFAULT: &str = "$default";

impl<'s> Lowering<'s> {
    /// What an integration says about bodies and answers. HTTP APIs change neither.
    pub(super) fn transformation(
        &mut self,
        it: IntegrationKeys<'s>,
        backend: &Backend,
        span: Span,
    ) -> Option<Box<Transformation>> {
        if self.ir.api.kind == ApiKind::Http {
            return None;
        }
        let changes = !it.request.is_absent() || !it.responses.is_absent();
        let can_be_proxy =
            matches!(backend, Backend::Lambda { .. } | Backend::Http { .. } | Backend::Unknown);
        let mut out = Transformation {
            proxy: can_be_proxy && it.proxy.value().copied().unwrap_or(!changes),
            proxy_stated: it.proxy.span(),
            request: self.templates(it.request),
            responses: self.responses(it.responses),
            responses_stated: !it.responses.is_absent(),
            responses_unknown: it.responses.is_broken()
                || it.responses.value().is_some_and(|it| it.0.iter().any(|it| it.1.given().is_none())),
            passthrough_behavior: it.passthrough_behavior.given().copied(),
            content_handling: it.content_handling.given().copied(),
            stream: it.stream.given().filter(|it| it.value).map(|it| it.span),
        };
        if let (Some(proxy), false) = (it.proxy.given().filter(|it| it.value), can_be_proxy) {
            let message = "only functions and HTTP backends can be proxies";
            let problem = Diagnostic::error("conflicting-keys", proxy.span, message);
            self.report(problem.help("remove `proxy`"));
        }
        match backend {
            Backend::Mock { span } => self.mock(it, *span, &mut out),
            _ if !out.proxy && !out.responses_stated => out.responses = default_responses(backend, span),
            _ => {}
        }
        Some(Box::new(out))
    }

    fn templates(
        &mut self,
        it: &'s Field<spec::Entries<Either<Text, spec::TemplateFile>>>,
    ) -> Vec<(Name, MappingTemplate)> {
        let entries = it.value().map(|it| &it.0[..]).unwrap_or_default();
        let mut out = Vec::with_capacity(entries.len());
        for (name, it) in entries {
            if let Some(template) = self.mapping_template(it) {
                out.push((name.clone(), template));
            }
        }
        out
    }

    /// A template as it was written, or from its file, which was read before.
    fn mapping_template(
        &mut self,
        it: &'s Field<Either<Text, spec::TemplateFile>>,
    ) -> Option<MappingTemplate> {
        let it = it.given()?;
        let file = match &it.value {
            Either::Short(text) => {
                return Some(MappingTemplate { span: it.span, text: Some(text.clone()), file: None });
            }
            Either::Long(file) => &file.file,
        };
        let Some(path) = file.given() else {
            if file.is_absent() {
                self.missing(it.span, "file", "name the file of the template: `file: templates/put.vtl`");
            }
            return Some(MappingTemplate { span: it.span, text: None, file: None });
        };
        let text = self.sources.iter().find_map(|it| it.templates.get(&path.span)).cloned();
        Some(MappingTemplate { span: path.span, text, file: Some(path.value.clone()) })
    }

    fn responses(
        &mut self,
        it: &'s Field<spec::Entries<Either<u64, spec::Response>>>,
    ) -> Vec<IntegrationResponse> {
        let entries = it.value().map(|it| &it.0[..]).unwrap_or_default();
        let mut out = Vec::with_capacity(entries.len());
        for (pattern, it) in entries {
            let Some(it) = it.given() else { continue };
            let response = match &it.value {
                Either::Short(status) => answer(pattern.clone(), Spanned::new(*status, it.span)),
                Either::Long(long) => self.response(pattern, long),
            };
            out.push(response);
        }
        out
    }

    fn response(&mut self, pattern: &Name, it: &'s spec::Response) -> IntegrationResponse {
        if let (Some(body), Some(templates)) = (it.body.span(), it.templates.span()) {
            let message = "a response has either `body` or `templates`";
            let problem =
                Diagnostic::error("conflicting-keys", templates, message).label(body, "the other one");
            self.report(problem.help("put all bodies under `templates`, by media type"));
        }
        let mut templates = self.templates(&it.templates);
        if let Some(body) = self.mapping_template(&it.body) {
            let key = if self.ir.api.kind == ApiKind::WebSocket { DEFAULT } else { JSON };
            templates.insert(0, (Spanned::new(key.into(), body.span), body));
        }
        let headers = self.pairs(&it.headers);
        let model = it.model.given().and_then(|it| Some((self.model(it)?, it.span)));
        IntegrationResponse {
            templates,
            headers: headers.into_iter().map(|(name, it)| (name, self.expression(it))).collect(),
            content_handling: it.content_handling.given().copied(),
            model,
            ..answer(pattern.clone(), it.status.given().copied().unwrap_or(Spanned::new(200, pattern.span)))
        }
    }

    /// What API Gateway answers by itself: a template that says the status, and a response with the rest.
    fn mock(&mut self, it: IntegrationKeys<'s>, span: Span, out: &mut Transformation) {
        let websocket = self.ir.api.kind == ApiKind::WebSocket;
        let mock = it.mock.value();
        let status = mock.and_then(|it| it.status.given()).copied().unwrap_or(Spanned::new(200, span));
        let is_empty = it.request.value().is_some_and(|it| it.0.is_empty());
        if out.request.is_empty() && !is_empty {
            let key = if websocket { DEFAULT } else { JSON };
            let text = format!("{{\"statusCode\": {}}}", status.value);
            let template = MappingTemplate { span: status.span, text: Some(text.into()), file: None };
            out.request.push((Spanned::new(key.into(), span), template));
        }
        let Some(mock) = mock else { return };
        if out.responses_stated {
            let keys = [
                ("body", mock.body.span()),
                ("headers", mock.headers.span()),
                ("contentType", mock.content_type.span()),
            ];
            self.without_effect(&keys, "`responses` says what is answered", "move it to `responses`");
            return;
        }
        let media_type = match mock.content_type.given() {
            Some(it) => it.clone(),
            None => Spanned::new(if websocket { DEFAULT } else { JSON }.into(), span),
        };
        let body = self.mapping_template(&mock.body);
        let headers = self.pairs(&mock.headers);
        out.responses.push(IntegrationResponse {
            templates: body.map(|it| (media_type, it)).into_iter().collect(),
            headers: headers.into_iter().map(|(name, it)| (name, self.expression(it))).collect(),
            ..answer(Spanned::new("default".into(), span), status)
        });
    }
}

/// A response of which only the status was said.
fn answer(pattern: Name, status: Spanned<u64>) -> IntegrationResponse {
    IntegrationResponse {
        pattern,
        status,
        templates: Vec::new(),
        headers: Vec::new(),
        content_handling: None,
        model: None,
    }
}

/// What the caller gets where nothing was said: success is 200, and what the backend refuses or fails at stays what it
/// is. A function's answer is told by its error, of which there is none when it succeeds.
pub fn default_responses(backend: &Backend, span: Span) -> Vec<IntegrationResponse> {
    let response =
        |pattern: &str, status| answer(Spanned::new(pattern.into(), span), Spanned::new(status, span));
    let mut out = vec![response("default", 200)];
    match backend {
        Backend::Lambda { .. } => out.push(response("(\\n|.)+", 500)),
        Backend::Http { .. } | Backend::Action { .. } => {
            out.extend([response("4\\d{2}", 400), response("5\\d{2}", 500)]);
        }
        _ => {}
    }
    out
}
