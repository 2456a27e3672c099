//! `functions:`, and how something names one.

use gatewright_ir::{
    Alias, AliasVersion, Architecture, Callee, CodeSource, CreatedFunction, Duration, Function, Located,
    Origin, Policy, Qualifier, Retention, Text, Value as Known, policy_word,
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
        if it.log_retention.value != Retention::Days(30) {
            out.set("logRetention", retention(it.log_retention.value));
        }
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
            Policy::Statement(raw) => raw.to_json(),
            Policy::Allow { actions, resource, suffixes } => {
                let arn = self.text(resource);
                let (service, word) = policy_word(actions, suffixes).unwrap_or_default();
                let key = RESOURCES.iter().find(|it| it.0 == service).map_or("", |it| it.1);
                Section::new().with(service, word).with(key, arn).into()
            }
        }
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
    out.maybe("provisionedConcurrency", it.provisioned_concurrency);
    out.into()
}
