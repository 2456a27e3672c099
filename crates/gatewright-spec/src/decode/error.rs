//! Why a value could not be decoded, and how that is said.

use std::fmt;

use gatewright_source::{Diagnostic, Syntax, did_you_mean};
use serde::de;

use super::De;
use super::entries::synonyms;
use crate::Kind;

/// Why a value could not be decoded.
#[derive(Debug)]
pub(super) enum Error {
    /// It was reported already.
    Reported,
    /// A required key is missing.
    Missing(&'static str),
    /// Something else: message and help.
    Other(Box<(String, Option<String>)>),
}

impl Error {
    pub(super) fn other(message: impl Into<String>) -> Self {
        Self::Other(Box::new((message.into(), None)))
    }

    pub(super) fn with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Other(Box::new((message.into(), Some(help.into()))))
    }

    pub(super) fn report(self, de: De<'_, '_>) -> Self {
        match self {
            Self::Reported => {}
            Self::Missing(key) => {
                de.cx.report(Diagnostic::error("missing-key", de.owner, format!("`{key}` is missing here")))
            }
            Self::Other(it) => {
                let (message, help) = *it;
                let key = de.cx.tree.source(de.owner);
                let sample = || match (key, de.cx.kind) {
                    ("request", Some(Kind::WebSocket)) => Some("request: { $default: TEMPLATE }"),
                    // The samples are of the language.
                    _ if de.cx.tree.syntax() == Syntax::Toml => None,
                    _ => sample(key).or_else(|| synonyms(key).find_map(sample)),
                };
                let help = help.or_else(|| sample().map(|it| format!("write `{it}`")));
                let problem = Diagnostic::error("wrong-type", de.visible_span(), message);
                de.cx.report(match help {
                    Some(help) => problem.help(help),
                    None => problem,
                });
            }
        }
        Self::Reported
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reported => f.write_str("a problem was reported"),
            Self::Missing(key) => write!(f, "`{key}` is missing"),
            Self::Other(it) => f.write_str(&it.0),
        }
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        // A type of ours separates what is wrong from what to do with a line break.
        let text = message.to_string();
        match text.split_once('\n') {
            Some((message, help)) => Self::with_help(message, help),
            None => Self::other(text),
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        unknown_word(variant, expected)
    }
}

pub(super) fn unknown_word(word: &str, expected: &[&str]) -> Error {
    /// What people write for a word: a switch, or CloudFormation's word.
    const WORDS: [(&str, &str); 10] = [
        ("true", "required"),
        ("true", "error"),
        ("false", "none"),
        ("false", "off"),
        ("none", "off"),
        ("debug", "info"),
        ("all", "info"),
        ("warn", "error"),
        ("CONVERT_TO_TEXT", "text"),
        ("CONVERT_TO_BINARY", "binary"),
    ];
    let message = format!("`{word}` is not known here");
    let all = list(expected);
    let meant =
        WORDS.iter().find(|it| it.0.eq_ignore_ascii_case(word) && expected.contains(&it.1)).map(|it| it.1);
    match meant.or_else(|| did_you_mean(word, expected.iter().copied())) {
        Some(near) => Error::with_help(message, format!("did you mean `{near}`? Known are {all}")),
        None => Error::with_help(message, format!("known are {all}")),
    }
}

/// "`a`, `b` and `c`".
pub(super) fn list(words: &[&str]) -> String {
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        let glue = if at == 0 {
            ""
        } else if at + 1 == words.len() {
            " and "
        } else {
            ", "
        };
        out.push_str(glue);
        out.push('`');
        out.push_str(word);
        out.push('`');
    }
    out
}

/// How what stands under a key is written, for people who wrote something else.
fn sample(key: &str) -> Option<&'static str> {
    Some(match key {
        "routes" => "routes: { GET /orders: orders }",
        "functions" => "functions: { orders: { name: orders } }",
        "stages" => "stages: { dev: {}, prod: {} }",
        "integrations" => "integrations: { billing: { http: \"https://billing.example.com\" } }",
        "authorizers" => "authorizers: { users: { jwt: { issuer: …, audience: … } } }",
        "domains" => "domains: { api.example.com: { certificate: …, mappings: { /: prod } } }",
        "mappings" => "mappings: { /: prod }",
        "throttle" => "throttle: { rate: 100, burst: 50 }",
        "integration" => "integration: NAME",
        "authorizer" => "authorizer: NAME`, or `authorizer: none",
        "scopes" => "scopes: [orders/read]",
        "include" => "include: [routes.yaml]",
        "tags" => "tags: { team: shop }",
        "variables" => "variables: { table: orders }",
        "environment" => "environment: { TABLE: orders }",
        "policies" => "policies: [{ dynamodb: read, table: … }]",
        "aliases" => "aliases: [dev, prod]",
        "code" => "code: ./functions/orders",
        "parameters" => "parameters: { Name: { type: String } }",
        "resources" => "resources: { Queue: { Type: AWS::SQS::Queue } }",
        "cors" => "cors: { allowOrigins: [\"https://www.example.com\"] }",
        "defaults" => "defaults: { authorizer: users }",
        "vpcLinks" => "vpcLinks: { main: { subnets: [!Ref Subnet] } }",
        "jwt" => "jwt: { issuer: \"https://id.example.com\", audience: [web] }",
        "alarms" => "alarms: { 5xx: { above: 1% } }",
        "accessLog" => "accessLog: json",
        "models" => "models: { NewOrder: { type: object, properties: { sku: { type: string } } } }",
        "apiKeys" => "apiKeys: { partner-a: { description: Partner A } }",
        "usagePlans" => "usagePlans: { basic: { stages: [prod], keys: [partner-a] } }",
        "gatewayResponses" => "gatewayResponses: { DEFAULT_4XX: { headers: { x-reason: text } } }",
        "policy" => "policy: { allow: [{ sourceIp: 203.0.113.0/24 }] }",
        "endpoint" => "endpoint: regional",
        "request" => "request: { application/json: TEMPLATE }",
        "responses" => "responses: { default: 200 }",
        "mock" => "mock: { status: 200 }",
        "validate" => "validate: { body: MODEL }",
        "apiKey" => "apiKey: required",
        "cache" => "cache: { ttl: 60s, key: [page] }",
        "canary" => "canary: { percent: 10 }",
        "executionLog" => "executionLog: error",
        "quota" => "quota: { limit: 10000, per: month }",
        "keys" => "keys: [partner-a]",
        _ => return None,
    })
}
