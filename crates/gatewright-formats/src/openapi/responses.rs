//! How integrations of REST APIs change bodies and answers.

use std::rc::Rc;

use gatewright_ir::{
    ContentHandling, Integration, IntegrationResponse, MappingTemplate, Name, PassthroughBehavior, Span,
    Spanned, Transformation,
};
use gatewright_spec::Raw;

use super::Body;
use super::document::File;
use crate::draft::known_text;

/// What headers of answers begin with.
const HEADER: &str = "method.response.header.";

impl Body<'_, '_> {
    /// What an integration says about bodies and answers. A proxy's answers pass as they are: what exports write about
    /// them all the same says nothing.
    pub(super) fn transformation(&mut self, file: &Rc<File>, it: &Raw, proxy: bool) -> Transformation {
        let mut out = Transformation {
            proxy,
            request: self.templates(it, "requestTemplates"),
            content_handling: self.content_handling(it),
            stream: self.stream(it),
            ..Transformation::default()
        };
        if proxy {
            return out;
        }
        out.passthrough_behavior = self.word(it, "passthroughBehavior", passthrough);
        let Some(responses) = it.get("responses") else { return out };
        let (entries, more) = self.entries(file, responses);
        out.responses_stated = true;
        out.responses_unknown = more;
        for entry in &entries {
            let found = self.found(&entry.file, &entry.it);
            match found.and_then(|(it, _)| self.response(&entry.name, &it)) {
                Some(it) => out.responses.push(it),
                None => out.responses_unknown = true,
            }
        }
        out
    }

    fn response(&mut self, pattern: &Name, it: &Raw) -> Option<IntegrationResponse> {
        let status = self.word(it, "statusCode", |it| it.trim().parse().ok())?;
        let headers =
            self.draft.pairs_of(it, "responseParameters").into_iter().filter_map(|(name, value)| {
                let header = name.value.strip_prefix(HEADER)?;
                Some((Name::new(header.into(), name.span), value))
            });
        Some(IntegrationResponse {
            pattern: pattern.clone(),
            status,
            headers: headers.collect(),
            templates: self.templates(it, "responseTemplates"),
            content_handling: self.content_handling(it),
            model: None,
        })
    }

    fn templates(&mut self, it: &Raw, key: &str) -> Vec<(Name, MappingTemplate)> {
        let Some(templates) = self.draft.inner(it, key) else { return Vec::new() };
        let entries = self.draft.entries(&templates);
        let template = |(name, it): (Name, Raw)| {
            // `${…}` is the template's own.
            let text = match it.as_str() {
                Some(text) => Some(text.into()),
                None => known_text(self.draft.text(&it)).map(|it| it.value),
            };
            (name, MappingTemplate { span: it.span, text, file: None })
        };
        entries.into_iter().map(template).collect()
    }

    fn content_handling(&mut self, it: &Raw) -> Option<Spanned<ContentHandling>> {
        self.word(it, "contentHandling", |it| match &*it.to_ascii_uppercase() {
            "CONVERT_TO_TEXT" => Some(ContentHandling::Text),
            "CONVERT_TO_BINARY" => Some(ContentHandling::Binary),
            _ => None,
        })
    }

    fn stream(&mut self, it: &Raw) -> Option<Span> {
        self.word(it, "responseTransferMode", |it| it.eq_ignore_ascii_case("STREAM").then_some(()))
            .map(|it| it.span)
    }

    /// The models of answers, which stand at the operation.
    pub(super) fn response_models(
        &mut self,
        file: &Rc<File>,
        operation: &Raw,
        integration: &mut Integration,
    ) {
        let Some(transformation) = integration.transformation.as_mut().filter(|it| !it.proxy) else { return };
        let Some(responses) = operation.get("responses") else { return };
        for response in &mut transformation.responses {
            let status = response.status.value.to_string();
            let Some((declared, from)) = self.found_in(file, responses, &status) else { continue };
            let schema = declared.get("schema").or_else(|| {
                let content = declared.get("content")?;
                let first = || match &content.data {
                    gatewright_spec::Data::Map(entries) => entries.first().map(|it| &it.1),
                    _ => None,
                };
                content.get("application/json").or_else(first)?.get("schema")
            });
            response.model = schema.and_then(|it| self.named_model(&from, it));
        }
    }
}

fn passthrough(text: &str) -> Option<PassthroughBehavior> {
    match &*text.to_ascii_uppercase() {
        "WHEN_NO_MATCH" => Some(PassthroughBehavior::WhenNoMatch),
        "WHEN_NO_TEMPLATES" => Some(PassthroughBehavior::WhenNoTemplates),
        "NEVER" => Some(PassthroughBehavior::Never),
        _ => None,
    }
}
