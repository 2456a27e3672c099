//! Mappings: merge keys, duplicate keys, unknown keys.

use gatewright_source::{Diagnostic, Fix, Kind, NodeId, Span, Syntax, Tree, did_you_mean};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::{self, DeserializeSeed, IntoDeserializer};

use super::access::{Named, Unreadable};
use super::error::{Error, list};
use super::{De, visible};
use crate::Kind as ApiKind;
use crate::kinds::{plural, refused};

/// A key and its value. A key that was misspelt bears the name that was meant.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    key: NodeId,
    value: NodeId,
    name: Option<&'static str>,
    /// Whether the value is that of another key that cannot be had: it is not read.
    unreadable: bool,
}

impl<'c, 't> De<'c, 't> {
    /// The entries of a mapping, merge keys followed. Of equal keys the first is kept and the others are
    /// reported, unless `multi`.
    pub(super) fn entries(self, multi: bool) -> Result<Vec<Entry>, Error> {
        let tree = self.cx.tree;
        let children = tree.children(self.node);
        let mut out: Vec<Entry> = Vec::with_capacity(children.len() / 2);
        let mut merges = Vec::new();
        self.own_entries(self.node, &mut out, &mut merges)?;
        if !multi {
            self.drop_duplicates(&mut out);
        }
        // Keys written here win over merged ones, earlier merges over later ones; merges may merge again.
        if merges.is_empty() {
            return Ok(out);
        }
        let mut known: FxHashSet<&str> = out.iter().map(|it| tree.scalar(it.key)).collect();
        let mut merged: FxHashSet<NodeId> = FxHashSet::default();
        let mut at = 0;
        while at < merges.len() {
            let from: NodeId = merges[at];
            at += 1;
            if !merged.insert(from) {
                continue;
            }
            let mut more = Vec::new();
            self.own_entries(from, &mut more, &mut merges)?;
            for entry in more {
                self.resolved()?;
                if known.insert(tree.scalar(entry.key)) {
                    out.push(entry);
                }
            }
        }
        Ok(out)
    }

    /// The entries of one mapping as written, and the mappings that its `<<` name.
    pub(super) fn own_entries(
        self,
        node: NodeId,
        out: &mut Vec<Entry>,
        merges: &mut Vec<NodeId>,
    ) -> Result<(), Error> {
        let tree = self.cx.tree;
        let mut children = tree.children(node);
        while let (Some(key), Some(value)) = (children.next(), children.next()) {
            let key = tree.resolve(key);
            if !matches!(tree.kind(key), Kind::Scalar(_)) {
                let problem = Diagnostic::error("wrong-type", tree.span_of(key), "a key must be text");
                self.cx.report(problem);
                continue;
            }
            if tree.scalar(key) != "<<" || tree.is_string(key) {
                out.push(Entry { key, value, name: None, unreadable: false });
                continue;
            }
            let written = value;
            let value = tree.resolve(written);
            match tree.kind(value) {
                Kind::Mapping => merges.push(value),
                Kind::Sequence if tree.children(value).all(|it| is_mapping(tree, it)) => {
                    merges.extend(tree.children(value).map(|it| tree.resolve(it)));
                }
                _ => {
                    let problem =
                        Diagnostic::error("wrong-type", tree.span_of(written), "`<<` merges only mappings");
                    self.cx.report(problem);
                }
            }
            if merges.len() > 10_000 {
                return Err(Error::with_help("too many mappings are merged here", "write the values out"));
            }
        }
        Ok(())
    }

    pub(super) fn drop_duplicates(self, entries: &mut Vec<Entry>) {
        let tree = self.cx.tree;
        if entries.len() <= 16 {
            let mut at = 1;
            while at < entries.len() {
                let key = tree.scalar(entries[at].key);
                match entries[..at].iter().find(|it| tree.scalar(it.key) == key) {
                    Some(first) => {
                        self.duplicate(first.key, entries[at].key);
                        entries.remove(at);
                    }
                    None => at += 1,
                }
            }
            return;
        }
        let mut seen: FxHashMap<&str, NodeId> = FxHashMap::default();
        entries.retain(|it| match seen.get(tree.scalar(it.key)) {
            Some(first) => {
                self.duplicate(*first, it.key);
                false
            }
            None => {
                seen.insert(tree.scalar(it.key), it.key);
                true
            }
        });
    }

    pub(super) fn duplicate(self, first: NodeId, second: NodeId) {
        let tree = self.cx.tree;
        let message = format!("`{}` is given twice", visible(tree.scalar(second)));
        self.cx.report(
            Diagnostic::error("duplicate-key", tree.span_of(second), message)
                .label(tree.span_of(first), "first given here")
                .help("remove one of them"),
        );
    }
}

pub(super) fn is_mapping(tree: &Tree, node: NodeId) -> bool {
    tree.kind(tree.resolve(node)) == Kind::Mapping
}

/// The entries of a mapping or a struct.
pub(super) struct Entries<'c, 't> {
    de: De<'c, 't>,
    entries: std::vec::IntoIter<Entry>,
    value: Option<Entry>,
    /// Whether the entries are the keys of a struct.
    of_struct: bool,
}

impl<'c, 't> Entries<'c, 't> {
    /// The entries of a mapping; with the keys of a struct, those that it does not have are reported.
    pub(super) fn of(
        de: De<'c, 't>,
        known: Option<(&'static str, &'static [&'static str])>,
        multi: bool,
    ) -> Result<Self, Error> {
        let tree = de.cx.tree;
        let mapping = tree.kind(de.node) == Kind::Mapping && de.function().is_none();
        if !mapping && !de.is_null() {
            let problem = de.expected(de.mapping());
            let example = |it: (&str, _)| example(it.0).filter(|_| tree.syntax() == Syntax::Yaml);
            return Err(match (problem, known.and_then(example)) {
                (Error::Other(mut it), Some(example)) => {
                    it.1 = Some(format!("write `{example}`"));
                    Error::Other(it)
                }
                (problem, _) => problem,
            });
        }
        let mut entries = if mapping { de.entries(multi)? } else { Vec::new() };
        if let Some((section, fields)) = known {
            if section == "TemplateFile"
                && !entries.is_empty()
                && !entries.iter().any(|it| names_file(tree, it))
            {
                let help = "write it as text, such as `'{\"ok\":true}'`, or name a file: `{ file: templates/put.vtl }`";
                return Err(Error::with_help("a template is text, or in a file", help));
            }
            let given: Vec<&str> = entries.iter().map(|it| tree.scalar(it.key)).collect();
            let mut meant: Vec<&str> = Vec::new();
            entries.retain_mut(|it| {
                let word = tree.scalar(it.key);
                let known = fields.contains(&word);
                let meant_by = if known { None } else { synonym(word, fields) };
                let span = tree.span_of(it.key);
                // What the kind of API does not have is reported, and stands for something unknown.
                if let Some(kind) = de.cx.kind
                    && let Some((why, in_rest)) = refused(kind, section, meant_by.unwrap_or(word))
                {
                    let message = format!("{} have no `{}`", plural(kind), visible(word));
                    let rule = match kind {
                        ApiKind::Http if in_rest => "rest-only-feature",
                        _ => "unavailable-feature",
                    };
                    de.cx.report(Diagnostic::error(rule, span, message).help(why));
                    it.name = meant_by;
                    it.unreadable = true;
                    return known || !given.contains(&meant_by.unwrap_or(word));
                }
                if known {
                    return true;
                }
                // Keys that begin with `x-` are the user's own, as in OpenAPI and Compose: a place for anchors.
                if word.starts_with("x-") {
                    return false;
                }
                let near = meant_by.or_else(|| did_you_mean(word, fields.iter().copied()));
                let has = |it: &&str| de.cx.kind.is_none_or(|kind| refused(kind, section, it).is_none());
                let fields: Vec<&'static str> = fields.iter().copied().filter(has).collect();
                let problem = unknown_key(span, word, near, &fields);
                // What other tools call it mostly has another value there.
                de.cx.report(match near.filter(|_| meant_by.is_none()) {
                    Some(near) => problem.fix(Fix::spelling(span, word, near)),
                    None => problem,
                });
                it.name = near.and_then(|near| fields.iter().copied().find(|it| *it == near));
                // What was meant is read as if it had been written: one mistake, one finding.
                match it.name {
                    Some(name) if !given.contains(&name) && !meant.contains(&name) => {
                        meant.push(name);
                        true
                    }
                    _ => false,
                }
            });
        }
        Ok(Self { de, entries: entries.into_iter(), value: None, of_struct: known.is_some() })
    }
}

/// Whether a key is `file`, or meant to be.
fn names_file(tree: &Tree, entry: &Entry) -> bool {
    did_you_mean(tree.scalar(entry.key), ["file"]).is_some()
}

/// How a section is written, for people who gave it as a word or number.
pub(super) fn example(section: &str) -> Option<&'static str> {
    Some(match section {
        "Throttle" => "{ rate: 100, burst: 50 }",
        "Alarm" => "{ above: 1%, for: 5m }",
        "Jwt" => "{ issuer: https://id.example.com, audience: [web] }",
        "MutualTls" => "{ truststore: s3://bucket/ca.pem }",
        "Vpc" => "{ subnets: [!Ref Subnet], securityGroups: [!Ref Group] }",
        "Mock" => "{ status: 200 }",
        "StageCache" => "{ size: 0.5GB }",
        "Canary" => "{ percent: 10 }",
        "Quota" => "{ limit: 10000, per: month }",
        "PolicyRule" => "{ sourceIp: 203.0.113.0/24 }",
        "TemplateFile" => "{ file: templates/put.vtl }",
        "ApiKey" => "{ description: Partner A }",
        "UsagePlan" => "{ stages: [prod], keys: [partner-a] }",
        "GatewayResponse" => "{ headers: { x-reason: text } }",
        "RouteSettings" => "{ throttle: { rate: 100, burst: 50 } }",
        _ => return None,
    })
}

/// Words of other tools, foremost of CloudFormation and OpenAPI, and the keys that they stand for: of several, the first
/// that a section has.
const WORDS: [(&str, &str); 78] = [
    ("auth", "authorizer"),
    ("authorization", "authorizer"),
    ("authorizationType", "authorizer"),
    ("authorizationScopes", "scopes"),
    ("authorizerId", "authorizer"),
    ("authorizerUri", "lambda"),
    ("authorizerCredentials", "role"),
    ("authorizerResultTtlInSeconds", "cache"),
    ("identityValidationExpression", "identityPattern"),
    ("identitySource", "identity"),
    ("providerARNs", "cognito"),
    ("userPoolArns", "cognito"),
    ("url", "http"),
    ("uri", "http"),
    ("function", "lambda"),
    ("env", "environment"),
    ("envVars", "environment"),
    ("memorySize", "memory"),
    ("scope", "scopes"),
    ("rateLimit", "rate"),
    ("burstLimit", "burst"),
    ("throttlingRateLimit", "throttle"),
    ("throttlingBurstLimit", "throttle"),
    ("requestTemplates", "request"),
    ("requestModels", "validate"),
    ("requestValidator", "validate"),
    ("requestValidatorId", "validate"),
    ("responseTemplates", "responses"),
    ("responseTemplates", "templates"),
    ("responseParameters", "headers"),
    ("integrationResponses", "responses"),
    ("statusCode", "status"),
    ("integrationHttpMethod", "method"),
    ("httpMethod", "method"),
    ("connectionId", "vpcLink"),
    ("credentials", "role"),
    ("timeoutInMillis", "timeout"),
    ("responseTransferMode", "stream"),
    ("cacheKeyParameters", "cache"),
    ("apiKeyRequired", "apiKey"),
    ("apiKeySourceType", "apiKeySource"),
    ("loggingLevel", "executionLog"),
    ("loggingLevel", "level"),
    ("dataTraceEnabled", "dataTrace"),
    ("dataTraceEnabled", "executionLog"),
    ("metricsEnabled", "detailedMetrics"),
    ("tracingEnabled", "tracing"),
    ("xrayTracing", "tracing"),
    ("accessLogSetting", "accessLog"),
    ("accessLogSettings", "accessLog"),
    ("destinationArn", "destination"),
    ("cacheClusterEnabled", "cache"),
    ("cacheClusterSize", "cache"),
    ("cachingEnabled", "cache"),
    ("cacheTtlInSeconds", "ttl"),
    ("cacheDataEncrypted", "encrypted"),
    ("canarySetting", "canary"),
    ("canarySettings", "canary"),
    ("percentTraffic", "percent"),
    ("stageVariableOverrides", "variables"),
    ("stageVariables", "variables"),
    ("useStageCache", "stageCache"),
    ("clientCertificateId", "clientCertificate"),
    ("waf", "webAcl"),
    ("webAclArn", "webAcl"),
    ("period", "per"),
    ("apiStages", "stages"),
    ("routeSelectionExpression", "routeSelection"),
    ("endpointType", "endpoint"),
    ("endpointConfiguration", "endpoint"),
    ("vpcEndpointIds", "vpcEndpoints"),
    ("resourcePolicy", "policy"),
    ("disableExecuteApiEndpoint", "disableDefaultEndpoint"),
    ("securityPolicy", "tlsPolicy"),
    ("certificateArn", "certificate"),
    ("mutualTlsAuthentication", "mutualTls"),
    ("truststoreUri", "truststore"),
    ("basePathMappings", "mappings"),
];

/// The key that another tool's word stands for. CloudFormation's begin with a capital letter.
pub(super) fn synonym(word: &str, fields: &[&'static str]) -> Option<&'static str> {
    let is_known = |it: &&(&str, &'static str)| is_word(word, it.0) && fields.contains(&it.1);
    WORDS.iter().find(is_known).map(|it| it.1)
}

/// All keys that another tool's word may stand for.
pub(super) fn synonyms(word: &str) -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter(move |it| is_word(word, it.0)).map(|it| it.1)
}

fn is_word(written: &str, word: &str) -> bool {
    written.eq_ignore_ascii_case(word) && written.get(1..) == word.get(1..)
}

pub(super) fn unknown_key(span: Span, word: &str, near: Option<&str>, fields: &[&str]) -> Diagnostic {
    let problem = Diagnostic::error("unknown-key", span, format!("`{}` is not known here", visible(word)));
    match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("known are {}", list(fields))),
    }
}

impl<'t> de::MapAccess<'t> for Entries<'_, 't> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(entry) = self.entries.next() else { return Ok(None) };
        self.value = Some(entry);
        if let Some(name) = entry.name {
            return seed.deserialize(name.into_deserializer()).map(Some);
        }
        let span = self.de.cx.tree.span_of(entry.key);
        seed.deserialize(Named { text: self.de.cx.tree.scalar(entry.key), span }).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(entry) = self.value.take() else { return Err(Error::Reported) };
        let owner = self.de.cx.tree.span_of(entry.key);
        let de = De { optional: self.of_struct, ..self.de.child(entry.value, owner) };
        if entry.unreadable {
            return seed.deserialize(Unreadable(owner));
        }
        seed.deserialize(de).map_err(|it| it.report(de))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}
