//! Lower: from the specification to the IR.

mod authorizers;
mod domains;
mod expressions;
mod functions;
mod gateway_responses;
mod integrations;
mod logical_ids;
mod models;
mod policies;
mod references;
mod routes;
mod stages;
mod transformations;
mod usage_plans;

pub use expressions::{aws_expression, is_aws_expression};
pub use functions::policy_word;
pub use transformations::default_responses;

use std::sync::Arc;

use gatewright_source::{Diagnostic, MOST_SUGGESTIONS, Span, Spanned, Text, did_you_mean};
use gatewright_spec::{self as spec, Either, Entries, Field, OneOrMany, Raw, Spec};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Api, ApiKeyId, ApiKind, AuthorizerId, Cors, CorsSetting, Endpoint, EndpointType, FunctionId, Id,
    IntegrationId, Ir, Located, LocatedList, ModelId, Name, Parameter, RouteId, StageId, Value, VpcLink,
    VpcLinkId,
};

/// One file of a specification: the first is the one that was named, the others are what it includes.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// What was decoded from it.
    pub spec: &'s Spec,
    /// Where it begins: the place of what is missing as a whole.
    pub start: Span,
    /// The mapping templates that stand in files of their own, by the place where the file is named. One that could not
    /// be read is not there.
    pub templates: &'s FxHashMap<Span, Text>,
}

/// Lowers a specification. Never fails: names that nothing bears are reported and replaced by an explicit
/// "unknown". Of no source at all the API has no name and no routes.
pub fn lower(sources: &[Source<'_>]) -> (Ir, Vec<Diagnostic>) {
    let mut cx = Lowering::new(sources);
    let api = cx.api();
    cx.ir.api = api;
    cx.template();
    cx.functions();
    cx.vpc_links();
    cx.models();
    cx.integrations();
    cx.authorizers();
    cx.routes();
    cx.stages();
    cx.api_keys();
    cx.usage_plans();
    cx.gateway_responses();
    cx.domains();
    cx.logical_ids();
    cx.collisions();
    cx.references();
    let mut problems = cx.problems;
    problems.sort_by_key(|it| it.span);
    (cx.ir, problems)
}

/// Names of one sort of thing.
type Names<K> = FxHashMap<Text, (K, Span)>;

struct Lowering<'s> {
    sources: &'s [Source<'s>],
    problems: Vec<Diagnostic>,
    ir: Ir,
    functions: Names<FunctionId>,
    vpc_links: Names<VpcLinkId>,
    integrations: Names<IntegrationId>,
    authorizers: Names<AuthorizerId>,
    stages: Names<StageId>,
    models: Names<ModelId>,
    api_keys: Names<ApiKeyId>,
    /// Routes by key.
    routes: FxHashMap<Text, RouteId>,
    /// Integrations that were made for bare functions, by what the route said.
    implicit: FxHashMap<Text, IntegrationId>,
    /// Places that were reported once and are looked at again.
    told: FxHashSet<Span>,
    /// How many names were met that nothing bears.
    unknown: usize,
    /// All functions of CloudFormation that were met: what they refer to is checked at the end.
    deferred: Vec<Arc<Raw>>,
}

impl<'s> Lowering<'s> {
    fn new(sources: &'s [Source<'s>]) -> Self {
        let start = sources.first().map_or(Span::default(), |it| it.start);
        let mut ir = Ir::new(ApiKind::Http, Spanned::new("".into(), start));
        ir.api.routes_unknown = sources.iter().any(|it| it.spec.routes.is_broken());
        ir.api.usage_plans_unknown = sources.iter().any(|it| it.spec.usage_plans.is_broken());
        Self {
            sources,
            problems: Vec::new(),
            ir,
            functions: Names::default(),
            vpc_links: Names::default(),
            integrations: Names::default(),
            authorizers: Names::default(),
            stages: Names::default(),
            models: Names::default(),
            api_keys: Names::default(),
            routes: FxHashMap::default(),
            implicit: FxHashMap::default(),
            told: FxHashSet::default(),
            unknown: 0,
            deferred: Vec::new(),
        }
    }

    fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// The one value of a key that only one file may give. A second one is reported.
    fn single<T>(&mut self, key: &str, field: impl Fn(&'s Spec) -> &'s Field<T>) -> &'s Field<T> {
        let mut all = self.sources.iter().map(|it| field(it.spec)).filter(|it| !it.is_absent());
        let Some(first) = all.next() else {
            return field(self.sources[0].spec);
        };
        let again: Vec<Span> = all.filter_map(Field::span).collect();
        for span in again {
            if !self.told.insert(span) {
                continue;
            }
            let problem = Diagnostic::error("duplicate-key", span, format!("`{key}` is given twice"))
                .label(first.span().unwrap_or(span), "first given here")
                .help("remove one of them");
            self.report(problem);
        }
        first
    }

    /// The entries of a section in all files; broken ones keep their name. A name that comes twice is
    /// reported.
    fn section<T>(
        &mut self,
        field: impl Fn(&'s Spec) -> &'s Field<Entries<T>>,
    ) -> Vec<(&'s Name, Option<&'s Spanned<T>>)> {
        let mut out: Vec<(&'s Name, Option<&'s Spanned<T>>)> = Vec::new();
        let mut seen: FxHashMap<&'s str, Span> = FxHashMap::default();
        for source in self.sources {
            let Some(entries) = field(source.spec).value() else { continue };
            for (name, it) in &entries.0 {
                let first = *seen.entry(&name.value).or_insert(name.span);
                if first != name.span {
                    let problem = Diagnostic::error(
                        "duplicate-key",
                        name.span,
                        format!("`{}` is given twice", name.value),
                    )
                    .label(first, "first given here")
                    .help("rename or remove one of them");
                    self.report(problem);
                    continue;
                }
                out.push((name, it.given()));
            }
        }
        out
    }

    /// A value with its place; deferred ones are remembered.
    fn located<T: Clone>(&mut self, it: &Spanned<spec::Value<T>>) -> Located<T> {
        let value = match &it.value {
            spec::Value::Known(it) => Value::Known(it.clone()),
            spec::Value::Deferred(it) => {
                let it = Arc::new(Raw::clone(it));
                self.deferred.push(it.clone());
                Value::Deferred(it)
            }
        };
        Spanned::new(value, it.span)
    }

    fn optional<T: Clone>(&mut self, field: &Field<spec::Value<T>>) -> Option<Located<T>> {
        match field {
            Field::Absent => None,
            Field::Broken(span) => Some(Spanned::new(Value::unknown(*span), *span)),
            Field::Given(it) => Some(self.located(it)),
        }
    }

    fn all<T: Clone>(&mut self, items: &[Spanned<spec::Value<T>>]) -> Vec<Located<T>> {
        items.iter().map(|it| self.located(it)).collect()
    }

    fn one_or_many(&mut self, field: &Field<OneOrMany<spec::Value<Text>>>) -> Vec<Located<Text>> {
        match field {
            Field::Absent => Vec::new(),
            Field::Broken(span) => vec![Spanned::new(Value::unknown(*span), *span)],
            Field::Given(it) => {
                let mut items = self.all(&it.value.0);
                if it.value.is_broken() {
                    items.push(Spanned::new(Value::unknown(it.span), it.span));
                }
                items
            }
        }
    }

    /// Names and values.
    fn pairs(&mut self, field: &Field<Entries<spec::Value<Text>>>) -> Vec<(Name, Located<Text>)> {
        let Some(entries) = field.value() else { return Vec::new() };
        let mut out = Vec::with_capacity(entries.0.len());
        for (name, it) in &entries.0 {
            if let Some(it) = self.optional(it) {
                out.push((name.clone(), it));
            }
        }
        out
    }

    /// A list of values that is deferred as a whole, or item by item.
    fn value_list(
        &mut self,
        field: &Field<spec::Value<spec::List<spec::Value<Text>>>>,
    ) -> Option<LocatedList> {
        let it = match field {
            Field::Absent => return None,
            Field::Broken(span) => return Some(Spanned::new(Value::unknown(*span), *span)),
            Field::Given(it) => it,
        };
        let value = match &it.value {
            spec::Value::Known(list) => Value::Known(self.all(&list.0)),
            spec::Value::Deferred(raw) => {
                let raw = Arc::new(Raw::clone(raw));
                self.deferred.push(raw.clone());
                Value::Deferred(raw)
            }
        };
        Some(Spanned::new(value, it.span))
    }

    /// Remembers the functions of CloudFormation in a value that is taken as it is.
    fn remember(&mut self, it: &Raw) {
        self.deferred.push(Arc::new(it.clone()));
    }

    fn missing(&mut self, owner: Span, key: &str, help: &str) {
        self.report(Diagnostic::error("missing-key", owner, format!("`{key}` is missing here")).help(help));
    }

    /// Reports keys that have no effect beside others.
    fn without_effect(&mut self, keys: &[(&str, Option<Span>)], why: &str, help: &str) {
        for (key, span) in keys {
            if let Some(span) = span {
                let message = format!("`{key}` has no effect here: {why}");
                self.report(Diagnostic::error("conflicting-keys", *span, message).help(help));
            }
        }
    }

    fn api(&mut self) -> Api {
        let start = self.ir.api.name.span;
        match self.single("gatewright", |it| &it.gatewright) {
            Field::Given(it) if it.value != 1 => {
                let problem = Diagnostic::error(
                    "wrong-type",
                    it.span,
                    format!("version {} of the language is not known", it.value),
                );
                self.report(problem.help("write `gatewright: 1`"));
            }
            Field::Absent => self.missing(start, "gatewright", "begin the file with `gatewright: 1`"),
            _ => {}
        }
        let kind = match self.single("kind", |it| &it.kind) {
            Field::Given(it) => it.value,
            Field::Absent => {
                self.missing(start, "kind", "write `kind: http`, `kind: rest` or `kind: websocket`");
                ApiKind::Http
            }
            Field::Broken(_) => ApiKind::Http,
        };
        let name = match self.single("name", |it| &it.name) {
            Field::Given(it) if it.value.trim().is_empty() => {
                let problem = Diagnostic::error("missing-key", it.span, "the API's name is empty");
                self.report(problem.help("give the API a name: `name: orders`"));
                Spanned::clone(it)
            }
            Field::Given(it) => Spanned::clone(it),
            Field::Absent => {
                self.missing(start, "name", "give the API a name: `name: orders`");
                self.ir.api.name.clone()
            }
            Field::Broken(span) => Spanned::new("".into(), *span),
        };
        let cors = match self.single("cors", |it| &it.cors) {
            Field::Absent => CorsSetting::Missing,
            Field::Broken(_) => CorsSetting::Unknown,
            Field::Given(it) => match &it.value {
                Either::Short(word) if &**word == "none" => CorsSetting::None(it.span),
                Either::Short(_) => {
                    let problem = Diagnostic::error("wrong-type", it.span, "expected a mapping or `none`");
                    self.report(problem.help("say who may call: `cors: { allowOrigins: [\"https://…\"] }`"));
                    CorsSetting::Unknown
                }
                Either::Long(cors) => CorsSetting::Policy(Box::new(Cors {
                    span: it.span,
                    allow_origins: self.one_or_many(&cors.allow_origins),
                    allow_methods: self.one_or_many(&cors.allow_methods),
                    allow_headers: self.one_or_many(&cors.allow_headers),
                    expose_headers: self.one_or_many(&cors.expose_headers),
                    max_age: self.optional(&cors.max_age),
                    allow_credentials: self.optional(&cors.allow_credentials),
                })),
            },
        };
        self.ir.api.kind = kind;
        let endpoint = self.endpoint();
        let policy = self.single("policy", |it| &it.policy);
        let policy = self.resource_policy(policy);
        let binary_media_types = self.single("binaryMediaTypes", |it| &it.binary_media_types);
        let compression = self.single("minimumCompressionSize", |it| &it.minimum_compression_size);
        let route_selection = self.single("routeSelection", |it| &it.route_selection);
        let route_selection = self.optional(route_selection).or_else(|| {
            let default = || crate::value::known(Text::from("$request.body.action"), start);
            (kind == ApiKind::WebSocket).then(default)
        });
        let role = self.single("cloudWatchRole", |it| &it.cloud_watch_role);
        let ip_address_type = self.single("ipAddressType", |it| &it.ip_address_type);
        let disable = self.single("disableDefaultEndpoint", |it| &it.disable_default_endpoint);
        let mut tags = Vec::new();
        for (name, it) in self.section(|it| &it.tags) {
            if let Some(it) = it {
                tags.push((name.clone(), self.located(it)));
            }
        }
        Api {
            kind,
            name,
            description: self.single("description", |it| &it.description).given().cloned(),
            version: self.single("version", |it| &it.version).given().cloned(),
            cors,
            ip_address_type: self.optional(ip_address_type),
            disable_default_endpoint: self.optional(disable),
            tags,
            redeploy: self
                .single("redeploy", |it| &it.redeploy)
                .value()
                .copied()
                .unwrap_or(spec::Redeploy::Changed),
            endpoint,
            policy,
            api_key_source: self.single("apiKeySource", |it| &it.api_key_source).given().copied(),
            binary_media_types: self.one_or_many(binary_media_types),
            minimum_compression_size: self.optional(compression),
            cloud_watch_role: role.given().filter(|it| it.value).map(|it| it.span),
            route_selection,
            unknown_model: self.ir.api.unknown_model,
            routes_unknown: self.ir.api.routes_unknown,
            usage_plans_unknown: self.ir.api.usage_plans_unknown,
        }
    }

    /// How a REST API is reached.
    fn endpoint(&mut self) -> Endpoint {
        let mut out = self.ir.api.endpoint.clone();
        let field = self.single("endpoint", |it| &it.endpoint);
        out.span = field.span();
        out.kind_unknown = field.is_broken();
        match field.value() {
            Some(Either::Short(kind)) => out.kind = *kind,
            Some(Either::Long(it)) => {
                out.kind = it.r#type.value().copied().unwrap_or(EndpointType::Regional);
                out.vpc_endpoints = self.one_or_many(&it.vpc_endpoints);
                out.tls_policy = self.optional(&it.tls_policy);
                out.access_mode = access_mode(&it.access_mode);
            }
            None => {}
        }
        out
    }

    fn template(&mut self) {
        for (name, it) in self.section(|it| &it.parameters) {
            let mut properties = serde_json::Map::new();
            if let Some(it) = it {
                let it = &it.value;
                let kind = it.r#type.value().map_or("String", |it| it);
                properties.insert("Type".to_owned(), kind.into());
                let mut add = |key: &str, value: Option<serde_json::Value>| {
                    if let Some(value) = value {
                        properties.insert(key.to_owned(), value);
                    }
                };
                let text = |it: &Field<Text>| it.value().map(|it| it.as_ref().into());
                add("Description", text(&it.description));
                add("Default", it.default.value().map(Raw::to_json));
                add("AllowedValues", it.allowed_values.value().map(Raw::to_json));
                add("AllowedPattern", text(&it.allowed_pattern));
                add("ConstraintDescription", text(&it.constraint_description));
                add("MinLength", it.min_length.value().map(|it| (*it).into()));
                add("MaxLength", it.max_length.value().map(|it| (*it).into()));
                add("MinValue", it.min_value.value().map(|it| (*it).into()));
                add("MaxValue", it.max_value.value().map(|it| (*it).into()));
                add("NoEcho", it.no_echo.value().map(|it| (*it).into()));
            }
            Arc::make_mut(&mut self.ir.template)
                .parameters
                .push(Parameter { name: name.clone(), properties });
        }
        let mut raw = |field: fn(&'s Spec) -> &'s Field<Entries<Raw>>| -> Vec<(Name, Raw)> {
            let entries = self.section(field);
            entries.into_iter().filter_map(|(name, it)| Some((name.clone(), it?.value.clone()))).collect()
        };
        let (mappings, conditions) = (raw(|it| &it.mappings), raw(|it| &it.conditions));
        let (resources, overrides) = (raw(|it| &it.resources), raw(|it| &it.overrides));
        let outputs = raw(|it| &it.outputs);
        let template = Arc::make_mut(&mut self.ir.template);
        template.mappings = mappings;
        template.conditions = conditions;
        template.resources = resources;
        template.overrides = overrides;
        template.outputs = outputs;
    }

    fn vpc_links(&mut self) {
        for (name, it) in self.section(|it| &it.vpc_links) {
            let link = match it {
                Some(it) => self.vpc_link(name, &it.value),
                None => VpcLink {
                    name: name.clone(),
                    existing: None,
                    subnets: None,
                    security_groups: None,
                    target: None,
                },
            };
            let id = self.ir.vpc_links.push(link);
            self.vpc_links.insert(name.value.clone(), (id, name.span));
        }
    }

    fn vpc_link(&mut self, name: &Name, it: &spec::VpcLink) -> VpcLink {
        let existing = self.optional(&it.id);
        let network = [("subnets", it.subnets.span()), ("securityGroups", it.security_groups.span())];
        if existing.is_some() {
            self.without_effect(&network, "the link exists already", "remove it, or the `id`");
            let target = [("target", it.target.span())];
            self.without_effect(&target, "the link exists already", "remove it, or the `id`");
        } else if !it.target.is_absent() {
            let why = "a link to a network load balancer is in no subnet";
            self.without_effect(&network, why, "remove it, or the `target`");
        } else if it.subnets.is_absent() {
            let help = match self.ir.api.kind {
                ApiKind::Http => "name the subnets that the link enters, or the `id` of an existing link",
                _ => {
                    "name the `subnets` that the link enters, the `target` (a network load balancer), or the `id` of an \
                     existing link"
                }
            };
            self.missing(name.span, "subnets", help);
        }
        VpcLink {
            name: name.clone(),
            existing,
            subnets: self.value_list(&it.subnets),
            security_groups: self.value_list(&it.security_groups),
            target: self.optional(&it.target),
        }
    }

    /// Reports a name that nothing bears. The known names are only asked for while suggestions are made.
    fn unknown(
        &mut self,
        rule: &'static str,
        what: &str,
        name: &str,
        span: Span,
        known: impl FnOnce(&Self) -> Vec<&str>,
    ) {
        let problem = Diagnostic::error(rule, span, format!("there is no {what} `{name}`"));
        self.unknown += 1;
        if self.unknown > MOST_SUGGESTIONS {
            self.report(problem);
            return;
        }
        let mut known = known(self);
        known.sort_unstable();
        let problem = match did_you_mean(name, known.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None if known.is_empty() => match section(rule) {
                Some(section) => problem.help(format!("declare it under `{section}`")),
                None => problem,
            },
            None if known.len() <= 8 => {
                let all = known.join("`, `");
                let others =
                    if rule == "unknown-authorizer" { "; declare others under `authorizers`" } else { "" };
                problem.help(format!("there are `{all}`{others}"))
            }
            None => problem,
        };
        self.report(problem);
    }

    /// Whether a name is that of an integration under `integrations`.
    fn is_declared(&self, name: &Name) -> bool {
        self.integrations.get(&name.value).is_some_and(|it| it.1 == name.span)
    }

    /// Reports names that would give two resources one logical id.
    fn collisions(&mut self) {
        fn find<'a>(names: impl Iterator<Item = &'a Name>) -> Vec<(Name, Name)> {
            let mut seen: FxHashMap<String, &Name> = FxHashMap::default();
            let mut out = Vec::new();
            for name in names {
                let id = crate::logical_id::pascal(&name.value);
                match seen.get(&id) {
                    Some(first) => out.push(((*first).clone(), name.clone())),
                    None => {
                        seen.insert(id, name);
                    }
                }
            }
            out
        }
        let ir = &self.ir;
        let mut found = find(ir.functions.values().map(|it| &it.name));
        found.extend(find(ir.vpc_links.values().map(|it| &it.name)));
        found.extend(find(ir.integrations.values().filter(|it| it.declared).map(|it| &it.name)));
        found.extend(find(ir.authorizers.values().map(|it| &it.name)));
        found.extend(find(ir.stages.values().map(|it| &it.name)));
        found.extend(find(ir.models.values().map(|it| &it.name)));
        found.extend(find(ir.api_keys.values().map(|it| &it.name)));
        found.extend(find(ir.usage_plans.values().map(|it| &it.name)));
        for (first, second) in found {
            let message = format!(
                "`{}` and `{}` would have the same logical id in the template",
                first.value, second.value
            );
            let problem = Diagnostic::error("colliding-names", second.span, message)
                .label(first.span, "the other one")
                .help("rename one of them");
            self.report(problem);
        }
        // Integrations that a route or function brings are named after it; a declared one may hit on the same.
        let mut seen: FxHashMap<String, &Name> = FxHashMap::default();
        let mut twins = Vec::new();
        for (id, it) in self.ir.integrations.iter() {
            let logical = self.ir.logical_id(crate::Generated::Integration(id));
            match seen.get(&logical) {
                Some(first) if it.declared != self.is_declared(first) => {
                    twins.push(((*first).clone(), it.name.clone()))
                }
                Some(_) => {}
                None => {
                    seen.insert(logical, &it.name);
                }
            }
        }
        for (first, second) in twins {
            let message = format!(
                "the integrations `{}` and `{}` would have the same logical id in the template",
                first.value, second.value
            );
            let problem = Diagnostic::error("colliding-names", second.span, message);
            self.report(
                problem.label(first.span, "the other one").help("rename the one under `integrations`"),
            );
        }
        let ir = &self.ir;
        if ir.template.resources.is_empty() {
            return;
        }
        let generated: FxHashMap<String, crate::Generated> = ir.generated().into_iter().collect();
        let mut taken = Vec::new();
        for (name, _) in &ir.template.resources {
            if generated.contains_key(&*name.value) {
                taken.push(name.clone());
            }
        }
        for name in taken {
            let message = format!("`{}` is the logical id of a generated resource", name.value);
            let problem = Diagnostic::error("colliding-names", name.span, message);
            self.report(problem.help("rename it, or change the generated resource under `overrides`"));
        }
    }
}

/// An access mode; one that could not be read, and was reported, is there all the same.
fn access_mode(it: &Field<spec::AccessMode>) -> Option<Spanned<spec::AccessMode>> {
    it.span().map(|span| Spanned::new(it.value().copied().unwrap_or(spec::AccessMode::Basic), span))
}

/// Where what a rule misses is declared.
fn section(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "unknown-function" => "functions",
        "unknown-integration" => "functions` or `integrations",
        "unknown-model" => "models",
        "unknown-api-key" => "apiKeys",
        "unknown-vpc-link" => "vpcLinks",
        _ => return None,
    })
}

/// The names of one sort of thing, as text.
fn texts<K>(names: &Names<K>) -> Vec<&str> {
    names.keys().map(|it| &**it).collect()
}

/// The id of a name.
fn lookup<K: Id>(names: &Names<K>, name: &str) -> Option<K> {
    names.get(name).map(|it| it.0)
}
