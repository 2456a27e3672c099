//! Domains and their mappings as templates write them.

use gatewright_ir::{Raw, Span, UNKNOWN, sole_hole};
use rustc_hash::FxHashMap;

use crate::rules::cloudformation::property::{entries, items, literal};
use crate::rules::cloudformation::template::{Resource, Template, logical_id, text};

/// The older type of domains, which REST APIs have.
pub(super) const OLDER: &str = "AWS::ApiGateway::DomainName";
/// The newer type of domains.
pub(super) const NEWER: &str = "AWS::ApiGatewayV2::DomainName";

/// The older type of mappings.
pub(super) const BASE_PATH: &str = "AWS::ApiGateway::BasePathMapping";
/// The newer type of mappings.
pub(super) const API_MAPPING: &str = "AWS::ApiGatewayV2::ApiMapping";

/// A mapping.
#[derive(Debug)]
pub(super) struct Mapping<'s, 't> {
    /// The resource.
    pub(super) resource: &'s Resource<'t>,
    /// The domain, as text that is equal for the same one.
    pub(super) domain: String,
    /// The resource of the domain, if the template has it.
    pub(super) made: Option<&'s Resource<'t>>,
    /// The value that names the API.
    pub(super) api: &'t Raw,
    /// The value that says the path.
    pub(super) key: Option<&'t Raw>,
}

/// The mappings of a template.
pub(super) fn mappings<'s, 't>(template: &'s Template<'t>) -> Vec<Mapping<'s, 't>> {
    let domains = || template.of_type(OLDER).chain(template.of_type(NEWER));
    let by_name: FxHashMap<String, &Resource<'t>> =
        domains().filter_map(|it| Some((it.text("DomainName")?, it))).collect();
    // By its logical id, or by what its name is made of.
    let made = |name: &str| {
        let by_id = sole_hole(name).and_then(|it| template.get(it.0));
        let by_id = by_id.filter(|it| it.of == OLDER || it.of == NEWER);
        by_id.or_else(|| by_name.get(name).copied())
    };
    let mut out = Vec::new();
    for (of, api, key) in [(BASE_PATH, "RestApiId", "BasePath"), (API_MAPPING, "ApiId", "ApiMappingKey")] {
        out.extend(template.of_type(of).filter_map(|it| {
            let domain = it.text("DomainName").filter(|it| !it.contains(UNKNOWN))?;
            let made = made(&domain);
            let domain = made.map_or(domain, |it| format!("${{{}}}", it.id.value));
            Some(Mapping { resource: it, domain, made, api: it.get(api)?, key: it.get(key) })
        }));
    }
    out
}

impl Mapping<'_, '_> {
    /// The path, as text with holes: empty for the root.
    pub(super) fn path(&self) -> Option<String> {
        let Some(key) = self.key else { return Some(String::new()) };
        let text = text(key).filter(|it| !it.contains(UNKNOWN))?;
        Some(if text == "(none)" { String::new() } else { text })
    }

    /// The type of the API, if the template has it.
    pub(super) fn api_type<'s>(&self, template: &'s Template<'_>) -> Option<&'s Resource<'s>> {
        template.get(&logical_id(self.api)?)
    }
}

/// How the endpoint of a domain of the older type is reached, if that stands there: `EDGE` where nothing is said.
pub(super) fn endpoint<'t>(domain: &Resource<'t>) -> Option<&'t str> {
    let Some(endpoint) = domain.properties()?.get("EndpointConfiguration") else { return Some("EDGE") };
    match items(endpoint.get("Types")) {
        [only] => literal(only).map(|it| it.0),
        _ => None,
    }
}

/// The place of a key.
pub(super) fn key(of: &Raw, key: &str) -> Option<Span> {
    entries(of).iter().find(|it| &*it.0.value == key).map(|it| it.0.span)
}
