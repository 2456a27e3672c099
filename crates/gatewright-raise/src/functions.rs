//! `functions:`, and how something names one.

use gatewright_ir::{
    Alias, AliasVersion, Architecture, Callee, CodeSource, CreatedFunction, Data, Duration, Function,
    Located, Origin, Policy, Qualifier, Raw, Text, Value as Known, policy_word, substitution,
};
use serde_json::{Value, json};

use crate::Raising;
use crate::section::Section;
use crate::values::{name, retention, size};

/// The timeout of a function that has none in the language.
const TIMEOUT: Duration = Duration::seconds(10);

/// The timeout of a function that has none in a template. Source: CloudFormation, `AWS::Lambda::Function`: 3 seconds.
const LAMBDA_TIMEOUT: Duration = Duration::seconds(3);

/// Services of policies, and the key of what they are about.
const RESOURCES: [(&str, &str); 9] = [
    ("dynamodb", "table"),
    ("s3", "bucket"),
    ("sqs", "queue"),
    ("sns", "topic"),
    ("events", "bus"),
    ("states", "stateMachine"),
    ("secrets", "secret"),
    ("ssm", "parameter"),
    ("lambda", "function"),
];

impl Raising<'_> {
    /// All functions.
    pub(crate) fn functions(&mut self) -> Section {
        let mut all = Section::new();
        for it in self.ir.functions.values() {
            all.set(&it.name.value, self.function(it));
        }
        all
    }

    fn function(&mut self, it: &Function) -> Section {
        let mut out = match &it.origin {
            Origin::Created(created) => self.created(created),
            Origin::Named(name) => Section::new().with("name", self.text(name)),
            Origin::Arn(arn) => Section::new().with("arn", self.text(arn)),
            Origin::Unknown => Section::new().with("arn", self.unknown(it.name.span)),
        };
        if it.manage_connections.is_some() {
            out.set("manageConnections", true);
        }
        if !it.permission {
            out.set("permission", false);
        }
        let is_plain = |it: &Alias| {
            it.version == AliasVersion::Published
                && it.description.is_none()
                && it.provisioned_concurrency.is_none()
        };
        if it.aliases.iter().all(is_plain) {
            out.list("aliases", it.aliases.iter().map(|it| it.name.value.as_ref().into()).collect());
        } else {
            out.section(
                "aliases",
                it.aliases.iter().map(|it| (it.name.value.to_string(), alias(it))).collect(),
            );
        }
        out
    }

    fn created(&mut self, it: &CreatedFunction) -> Section {
        let mut out = Section::new();
        out.maybe("name", self.maybe_text(&it.function_name));
        out.maybe("description", self.maybe_text(&it.description));
        out.maybe("runtime", self.maybe_text(&it.runtime));
        out.maybe("handler", self.maybe_text(&it.handler));
        out.set("code", self.code(&it.code));
        out.maybe(
            "architecture",
            it.architecture.map(|it| match it {
                Architecture::Arm64 => "arm64",
                Architecture::X86 => "x86_64",
            }),
        );
        match &it.timeout {
            Some(timeout) if timeout.value.known() == Some(&TIMEOUT) => {}
            Some(_) => out.maybe("timeout", self.duration(&it.timeout)),
            None => out.set("timeout", LAMBDA_TIMEOUT.to_string()),
        }
        out.maybe("memory", self.integer(&it.memory));
        out.maybe("ephemeralStorage", it.ephemeral_storage.map(size));
        out.section("environment", self.pairs(&it.environment));
        out.list("layers", self.texts(&it.layers));
        if let Some((subnets, groups)) = &it.vpc {
            let mut vpc = Section::new();
            vpc.maybe("subnets", self.located_list(&Some(subnets.clone())));
            vpc.maybe("securityGroups", self.located_list(&Some(groups.clone())));
            out.set("vpc", vpc);
        }
        out.maybe("role", self.maybe_text(&it.role));
        let policies = it.policies.iter().map(|it| self.function_policy(it)).collect();
        out.list("policies", policies);
        out.maybe("reservedConcurrency", self.integer(&it.reserved_concurrency));
        out.maybe("logRetention", retention(&it.log_retention));
        out.section("tags", self.pairs(&it.tags));
        out
    }

    fn code(&mut self, it: &CodeSource) -> Value {
        match it {
            CodeSource::Folder { path, .. } => {
                let path = match &*path.value {
                    it if it.starts_with('/') => it.to_owned(),
                    it => format!("{}{it}", self.options.base),
                };
                if path == "." {
                    return "./".into();
                }
                match path.starts_with(['/', '.']) {
                    true => path.into(),
                    false => format!("./{path}").into(),
                }
            }
            CodeSource::Inline(text) => json!({ "inline": self.text(text) }),
            CodeSource::Image(uri) => json!({ "image": self.text(uri) }),
            CodeSource::S3(bucket, key, version) => {
                if let (Some(bucket), Some(key), None) = (bucket.value.as_str(), key.value.as_str(), version)
                    && !bucket.contains('/')
                {
                    return format!("s3://{bucket}/{key}").into();
                }
                let mut s3 = Section::new();
                s3.set("bucket", self.text(bucket));
                s3.set("key", self.text(key));
                s3.maybe("version", self.maybe_text(version));
                json!({ "s3": Value::from(s3) })
            }
            CodeSource::Unknown => {
                let image = self.unknown(self.ir.api.name.span);
                json!({ "image": image })
            }
        }
    }

    fn function_policy(&mut self, it: &Policy) -> Value {
        match it {
            Policy::Managed(arn) => self.text(arn),
            Policy::Statement(raw) => self.word(raw).unwrap_or_else(|| raw.to_json()),
            Policy::Allow { actions, resource, .. } => {
                let arn = self.text(resource);
                let (service, word, _) = policy_word(actions).unwrap_or_default();
                let key = RESOURCES.iter().find(|it| it.0 == service).map_or("", |it| it.1);
                Section::new().with(service, word).with(key, arn).into()
            }
        }
    }

    /// The word for a statement that allows exactly what a word stands for.
    fn word(&self, it: &Raw) -> Option<Value> {
        let Data::Map(keys) = &it.data else { return None };
        let (action, resource) = (it.get("Action")?, it.get("Resource")?);
        if keys.len() != 3 || it.get("Effect")?.as_str() != Some("Allow") {
            return None;
        }
        let many = |it: &Raw| match &it.data {
            Data::List(items) => items.clone(),
            _ => vec![it.clone()],
        };
        let (actions, resources) = (many(action), many(resource));
        let actions: Option<Vec<&str>> = actions.iter().map(Raw::as_str).collect();
        let (service, word, suffixes) = policy_word(&actions?)?;
        let ends = |it: &Raw, suffix: &str| {
            suffix.is_empty()
                || it.as_str().or_else(|| substitution(it)).is_some_and(|it| it.ends_with(suffix))
        };
        let all = resources.len() == suffixes.len()
            && resources.iter().zip(suffixes).all(|(it, end)| ends(it, end));
        if !all || !suffixes.first()?.is_empty() {
            return None;
        }
        let key = RESOURCES.iter().find(|it| it.0 == service)?.1;
        Some(Section::new().with(service, word).with(key, resources.first()?.to_json()).into())
    }

    /// How a function is named.
    pub(crate) fn callee(&mut self, it: &Callee) -> Value {
        match it {
            Callee::Arn(arn) => self.text(arn),
            Callee::Unknown => self.unknown(self.ir.api.name.span),
            Callee::Function { .. } | Callee::Staged(_) => self.callee_name(it).unwrap_or_default().into(),
        }
    }

    /// The text that names a function, if it is known.
    pub(crate) fn callee_name(&self, it: &Callee) -> Option<String> {
        match it {
            Callee::Function { function, qualifier, .. } => {
                let name = &self.ir.functions[*function].name.value;
                Some(match qualifier {
                    None => name.to_string(),
                    Some(Qualifier::Alias(alias)) => format!("{name}:{alias}"),
                    Some(Qualifier::StageVariable(variable)) => {
                        format!("{name}:${{stageVariables.{variable}}}")
                    }
                })
            }
            Callee::Staged(name) => Some(name.value.to_string()),
            Callee::Arn(Located::<Text> { value: Known::Known(arn), .. }) => Some(arn.to_string()),
            Callee::Arn(_) | Callee::Unknown => None,
        }
    }
}

fn alias(it: &Alias) -> Value {
    let mut out = Section::new();
    match &it.version {
        AliasVersion::Published => {}
        AliasVersion::Latest => out.set("version", "$LATEST"),
        AliasVersion::Number(number) => out.set("version", &**number),
    }
    out.maybe("description", name(&it.description));
    out.maybe(
        "provisionedConcurrency",
        it.provisioned_concurrency.as_ref().and_then(|it| it.value.known().copied()),
    );
    out.into()
}
