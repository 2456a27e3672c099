//! Lowers `functions:` and the ways to name a function.

use gatewright_source::{Diagnostic, Span, Spanned, Text};
use gatewright_spec::{self as spec, Duration, Either, Field, Retention};

use super::{Lowering, lookup, texts};
use crate::value::known;
use crate::{
    Alias, AliasVersion, Callee, CodeSource, CreatedFunction, Function, Located, Name, Origin, Policy,
    Qualifier, Value,
};

/// The timeout of a function that has none: Lambda's own default of 3 s is short for an API, and API Gateway
/// waits for 30 s.
const TIMEOUT: Duration = Duration::seconds(10);

impl<'s> Lowering<'s> {
    pub(super) fn functions(&mut self) {
        for (name, it) in self.section(|it| &it.functions) {
            let function = match it {
                Some(it) => self.function(name, &it.value),
                None => Function {
                    name: name.clone(),
                    origin: Origin::Unknown,
                    aliases: Vec::new(),
                    permission: true,
                    manage_connections: None,
                },
            };
            let id = self.ir.functions.push(function);
            self.functions.insert(name.value.clone(), (id, name.span));
        }
    }

    fn function(&mut self, name: &Name, it: &'s spec::Function) -> Function {
        let unknown = it.aliases.is_broken();
        let created = [it.code.span(), it.runtime.span(), it.handler.span()].into_iter().flatten().next();
        let arn = self.optional(&it.arn);
        let origin = match (created, arn) {
            (Some(_), Some(arn)) => {
                let problem =
                    Diagnostic::error("conflicting-keys", arn.span, "an existing function has no `code`");
                self.report(
                    problem.help("remove `arn` to create the function, or everything else to use it"),
                );
                Origin::Unknown
            }
            (Some(_), None) => Origin::Created(Box::new(self.created(name, it))),
            (None, Some(arn)) => Origin::Arn(arn),
            (None, None) => match self.optional(&it.name) {
                Some(it) => Origin::Named(it),
                None if it.arn.is_absent() && it.name.is_absent() => {
                    let help = "a new function needs `code`, `runtime` and `handler`; an existing one `name` or `arn`";
                    self.missing(name.span, "code", help);
                    Origin::Unknown
                }
                None => Origin::Unknown,
            },
        };
        if matches!(origin, Origin::Named(_) | Origin::Arn(_)) {
            let keys = [
                ("description", it.description.span()),
                ("timeout", it.timeout.span()),
                ("memory", it.memory.span()),
                ("ephemeralStorage", it.ephemeral_storage.span()),
                ("architecture", it.architecture.span()),
                ("environment", it.environment.span()),
                ("layers", it.layers.span()),
                ("vpc", it.vpc.span()),
                ("role", it.role.span()),
                ("policies", it.policies.span()),
                ("manageConnections", it.manage_connections.given().map(|it| it.span)),
                ("reservedConcurrency", it.reserved_concurrency.span()),
                ("logRetention", it.log_retention.span()),
                ("tags", it.tags.span()),
            ];
            let help = "remove it, or give `code` so that this stack creates the function";
            self.without_effect(&keys, "the function exists already", help);
        }
        Function {
            name: name.clone(),
            // Whatever alias is asked of it may be among those that could not be read.
            origin: if unknown { Origin::Unknown } else { origin },
            aliases: self.aliases(&it.aliases),
            permission: it.permission.value().copied().unwrap_or(true),
            manage_connections: it.manage_connections.given().filter(|it| it.value).map(|it| it.span),
        }
    }

    fn created(&mut self, name: &Name, it: &'s spec::Function) -> CreatedFunction {
        let code = self.code(name, &it.code);
        let image = matches!(code, CodeSource::Image(_) | CodeSource::Unknown);
        let (runtime, handler) = (self.optional(&it.runtime), self.optional(&it.handler));
        for (key, missing) in [("runtime", it.runtime.is_absent()), ("handler", it.handler.is_absent())] {
            if missing && !image {
                self.missing(name.span, key, "a function that is created needs it, unless it is an image");
            }
        }
        let vpc = it.vpc.given().and_then(|vpc| {
            let subnets = self.value_list(&vpc.value.subnets);
            let groups = self.value_list(&vpc.value.security_groups);
            for (key, missing) in [
                ("subnets", vpc.value.subnets.is_absent()),
                ("securityGroups", vpc.value.security_groups.is_absent()),
            ] {
                if missing {
                    self.missing(vpc.span, key, "a function in a VPC needs both subnets and security groups");
                }
            }
            Some((subnets?, groups?))
        });
        let layers = it.layers.value().map(|it| self.all(&it.0)).unwrap_or_default();
        CreatedFunction {
            function_name: self.optional(&it.name),
            code,
            runtime,
            handler,
            description: self.optional(&it.description),
            timeout: match &it.timeout {
                Field::Absent => Some(known(TIMEOUT, name.span)),
                it => self.optional(it),
            },
            memory: self.optional(&it.memory),
            ephemeral_storage: it.ephemeral_storage.value().copied(),
            architecture: it.architecture.value().copied(),
            environment: self.pairs(&it.environment),
            layers,
            vpc,
            role: self.optional(&it.role),
            policies: self.policies(&it.policies),
            kept_ready: None,
            reserved_concurrency: self.optional(&it.reserved_concurrency),
            log_retention: match &it.log_retention {
                Field::Absent => known(Retention::Days(30), name.span),
                Field::Broken(span) => Spanned::new(Value::unknown(*span), *span),
                Field::Given(it) => known(it.value, it.span),
            },
            tags: self.pairs(&it.tags),
        }
    }

    fn code(&mut self, name: &Name, it: &'s Field<Either<Text, spec::Code>>) -> CodeSource {
        let it = match it {
            Field::Given(it) => it,
            Field::Absent => {
                self.missing(name.span, "code", "name a folder: `code: ./functions/orders`");
                return CodeSource::Unknown;
            }
            Field::Broken(_) => return CodeSource::Unknown,
        };
        let folder = |path: &Name| CodeSource::Folder { path: path.clone(), digest: None };
        match &it.value {
            Either::Short(text) => match s3_uri(text, it.span) {
                Some(source) => source,
                None => folder(&Spanned::new(text.clone(), it.span)),
            },
            Either::Long(code) => {
                let given = [
                    code.inline.span().is_some(),
                    code.s3.span().is_some(),
                    code.image.span().is_some(),
                    code.folder.span().is_some(),
                ];
                if given.iter().filter(|it| **it).count() != 1 {
                    let problem =
                        Diagnostic::error("conflicting-keys", it.span, "code comes from exactly one place");
                    self.report(problem.help("give one of `folder`, `inline`, `s3` and `image`"));
                    return CodeSource::Unknown;
                }
                if let Some(text) = self.optional(&code.inline) {
                    CodeSource::Inline(text)
                } else if let Some(uri) = self.optional(&code.image) {
                    CodeSource::Image(uri)
                } else if let Some(path) = code.folder.given() {
                    folder(path)
                } else {
                    match code.s3.given() {
                        Some(Spanned { value: Either::Short(text), span }) => s3_uri(text, *span)
                            .unwrap_or_else(|| {
                                let problem =
                                    Diagnostic::error("wrong-type", *span, "expected `s3://bucket/key`");
                                self.report(problem);
                                CodeSource::Unknown
                            }),
                        Some(Spanned { value: Either::Long(s3), span }) => {
                            for (key, missing) in
                                [("bucket", s3.bucket.is_absent()), ("key", s3.key.is_absent())]
                            {
                                if missing {
                                    self.missing(*span, key, "an archive in S3 has a bucket and a key");
                                }
                            }
                            match (self.optional(&s3.bucket), self.optional(&s3.key)) {
                                (Some(bucket), Some(key)) => {
                                    CodeSource::S3(bucket, key, self.optional(&s3.version))
                                }
                                _ => CodeSource::Unknown,
                            }
                        }
                        None => CodeSource::Unknown,
                    }
                }
            }
        }
    }

    fn aliases(&mut self, it: &'s Field<Either<spec::List<Text>, spec::Entries<spec::Alias>>>) -> Vec<Alias> {
        let plain = |name: &Name| Alias {
            name: name.clone(),
            version: AliasVersion::Published,
            description: None,
            provisioned_concurrency: None,
        };
        match it.value() {
            None => Vec::new(),
            Some(Either::Short(names)) => names.0.iter().map(plain).collect(),
            Some(Either::Long(entries)) => entries
                .0
                .iter()
                .map(|(name, it)| match it.value() {
                    None => plain(name),
                    Some(it) => Alias {
                        name: name.clone(),
                        version: match it.version.given() {
                            None => AliasVersion::Published,
                            Some(version) => self.alias_version(version),
                        },
                        description: it.description.given().cloned(),
                        provisioned_concurrency: it
                            .provisioned_concurrency
                            .given()
                            .map(|it| known(it.value, it.span)),
                    },
                })
                .collect(),
        }
    }

    fn alias_version(&mut self, it: &Name) -> AliasVersion {
        match &*it.value {
            "published" => AliasVersion::Published,
            "$LATEST" => AliasVersion::Latest,
            text if !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit()) => {
                AliasVersion::Number(it.value.clone())
            }
            text => {
                let problem = Diagnostic::error("wrong-type", it.span, format!("`{text}` is no version"));
                self.report(problem.help("write `published`, `$LATEST` or the number of a version"));
                AliasVersion::Published
            }
        }
    }

    fn policies(
        &mut self,
        it: &'s Field<spec::List<Either<spec::Value<Text>, spec::Policy>>>,
    ) -> Vec<Policy> {
        let mut out = Vec::new();
        for it in it.value().map(|it| &it.0[..]).unwrap_or_default() {
            match &it.value {
                Either::Short(arn) => {
                    let arn = self.located(&Spanned::new(arn.clone(), it.span));
                    out.push(Policy::Managed(arn));
                }
                Either::Long(policy) => out.extend(self.policy(policy, it.span)),
            }
        }
        out
    }

    fn policy(&mut self, it: &'s spec::Policy, span: Span) -> Option<Policy> {
        let services: [Service<'_>; 9] = [
            ("dynamodb", &it.dynamodb, "table", &it.table),
            ("s3", &it.s3, "bucket", &it.bucket),
            ("sqs", &it.sqs, "queue", &it.queue),
            ("sns", &it.sns, "topic", &it.topic),
            ("events", &it.events, "bus", &it.bus),
            ("states", &it.states, "stateMachine", &it.state_machine),
            ("secrets", &it.secrets, "secret", &it.secret),
            ("ssm", &it.ssm, "parameter", &it.parameter),
            ("lambda", &it.lambda, "function", &it.function),
        ];
        let statement = [
            ("Sid", &it.sid),
            ("Effect", &it.effect),
            ("Action", &it.action),
            ("NotAction", &it.not_action),
            ("Resource", &it.resource),
            ("NotResource", &it.not_resource),
            ("Condition", &it.condition),
        ];
        let given: Vec<(Name, spec::Raw)> = statement
            .iter()
            .filter_map(|(key, it)| {
                let it = it.given()?;
                Some((Spanned::new((*key).into(), it.span), it.value.clone()))
            })
            .collect();
        let mut found = services.iter().copied().filter(|it| !it.1.is_absent());
        match (found.next(), given.is_empty()) {
            (None, false) => {
                for (key, it) in [("Effect", &it.effect), ("Action", &it.action), ("Resource", &it.resource)]
                {
                    let other = match key {
                        "Action" => !it.is_absent() || statement[3].1.given().is_some(),
                        "Resource" => !it.is_absent() || statement[5].1.given().is_some(),
                        _ => !it.is_absent(),
                    };
                    if !other {
                        self.missing(span, key, "an IAM statement has `Effect`, `Action` and `Resource`");
                    }
                }
                let raw = spec::Raw { span, data: spec::Data::Map(given) };
                self.deferred.push(std::sync::Arc::new(raw.clone()));
                Some(Policy::Statement(raw))
            }
            (Some((service, action, key, resource)), true) if found.next().is_none() => {
                let action = action.given()?;
                let Some((actions, suffixes)) = grants(service, &action.value) else {
                    let problem = Diagnostic::error(
                        "wrong-type",
                        action.span,
                        format!("`{}` is not known for `{service}`", action.value),
                    );
                    let all: Vec<&str> = GRANTS.iter().filter(|it| it.0 == service).map(|it| it.1).collect();
                    self.report(problem.help(format!("known are `{}`", all.join("`, `"))));
                    return None;
                };
                if resource.is_absent() {
                    self.missing(span, key, "give the ARN of what may be used");
                }
                let others: Vec<(&str, Option<Span>)> =
                    services.iter().filter(|it| it.2 != key).map(|it| (it.2, it.3.span())).collect();
                let why = format!("the policy is about `{service}`");
                self.without_effect(&others, &why, "write one policy for each service");
                Some(Policy::Allow { actions, resource: self.optional(resource)?, suffixes })
            }
            (None, true) => {
                let problem = Diagnostic::error("missing-key", span, "this policy says nothing");
                self.report(problem.help("write `{ dynamodb: read, table: … }`, or an IAM statement"));
                None
            }
            _ => {
                let problem = Diagnostic::error("conflicting-keys", span, "a policy is about one service");
                self.report(problem.help("write one policy for each service"));
                None
            }
        }
    }

    /// Reads how a function is named: `function`, `function:alias`, an ARN, or with stage variables.
    pub(super) fn callee(&mut self, it: &Spanned<spec::Value<Text>>) -> Callee {
        let at: Located<Text> = self.located(it);
        match &at.value {
            Value::Deferred(_) => Callee::Arn(at),
            Value::Known(text) => self.named_callee(&Spanned::new(text.clone(), it.span)),
        }
    }

    pub(super) fn named_callee(&mut self, name: &Name) -> Callee {
        let text = &*name.value;
        if text.starts_with("arn:") {
            return Callee::Arn(known(name.value.clone(), name.span));
        }
        let (function, qualifier) = match text.split_once(':') {
            Some((function, qualifier)) => (function, Some(qualifier)),
            None => (text, None),
        };
        if function.contains("${stageVariables.") {
            return Callee::Staged(name.clone());
        }
        let Some(id) = lookup(&self.functions, function) else {
            self.unknown("unknown-function", "function", function, name.span, |it| texts(&it.functions));
            return Callee::Unknown;
        };
        let qualifier = match qualifier {
            None => None,
            Some("") => {
                let problem = Diagnostic::error("unknown-alias", name.span, "no alias stands behind the `:`");
                self.report(problem.help(format!("write `{function}`, or name an alias: `{function}:live`")));
                return Callee::Unknown;
            }
            Some(text) => match text
                .strip_prefix("${stageVariables.")
                .and_then(|it| it.strip_suffix('}'))
                .filter(|it| !it.contains(['$', '{', '}']))
            {
                Some(variable) => Some(Qualifier::StageVariable(variable.into())),
                None if text.contains("${stageVariables.") => {
                    // The permission is for each alias that a stage names: of a text with parts there is no telling.
                    let message = format!("`{text}` is more than one stage variable");
                    let problem = Diagnostic::error("unknown-alias", name.span, message);
                    self.report(problem.help("put the whole alias into one variable"));
                    return Callee::Unknown;
                }
                None => {
                    self.check_alias(id, text, name.span);
                    Some(Qualifier::Alias(text.into()))
                }
            },
        };
        Callee::Function { function: id, qualifier, span: name.span }
    }

    /// Reports an alias that a function of this stack does not have.
    fn check_alias(&mut self, id: crate::FunctionId, alias: &str, span: Span) {
        let function = &self.ir.functions[id];
        let created = matches!(function.origin, Origin::Created(_));
        let version = alias == "$LATEST" || alias.bytes().all(|it| it.is_ascii_digit());
        if !created || version || function.aliases.iter().any(|it| &*it.name.value == alias) {
            return;
        }
        self.unknown("unknown-alias", "alias", alias, span, |it| {
            it.ir.functions[id].aliases.iter().map(|it| &*it.name.value).collect()
        });
    }
}

fn s3_uri(text: &Text, span: Span) -> Option<CodeSource> {
    let (bucket, key) = text.strip_prefix("s3://")?.split_once('/')?;
    Some(CodeSource::S3(known(bucket.into(), span), known(key.into(), span), None))
}

/// The key of a service and its word, the key of its resource and the ARN.
type Service<'s> = (&'static str, &'s Field<Text>, &'static str, &'s Field<spec::Value<Text>>);

type Grant = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

/// What the words of a policy allow: service, word, actions, and what is added to the ARN.
///
/// Source: Service Authorization Reference; the sets follow AWS SAM's policy templates.
const GRANTS: [Grant; 14] = [
    (
        "dynamodb",
        "read",
        &[
            "dynamodb:BatchGetItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DescribeTable",
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:Scan",
        ],
        &["", "/index/*"],
    ),
    (
        "dynamodb",
        "write",
        &["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
        &[""],
    ),
    (
        "dynamodb",
        "readWrite",
        &[
            "dynamodb:BatchGetItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DeleteItem",
            "dynamodb:DescribeTable",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:Scan",
            "dynamodb:UpdateItem",
        ],
        &["", "/index/*"],
    ),
    ("s3", "read", &["s3:GetObject", "s3:ListBucket"], &["", "/*"]),
    ("s3", "write", &["s3:DeleteObject", "s3:PutObject"], &["/*"]),
    ("s3", "readWrite", &["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"], &["", "/*"]),
    ("sqs", "send", &["sqs:GetQueueUrl", "sqs:SendMessage"], &[""]),
    ("sqs", "receive", &["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], &[""]),
    ("sns", "publish", &["sns:Publish"], &[""]),
    ("events", "put", &["events:PutEvents"], &[""]),
    ("states", "start", &["states:StartExecution", "states:StartSyncExecution"], &[""]),
    ("secrets", "read", &["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], &[""]),
    ("ssm", "read", &["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"], &[""]),
    ("lambda", "invoke", &["lambda:InvokeFunction"], &["", ":*"]),
];

/// The word of a policy that allows these actions: its service, itself, and what is added to the ARN.
pub fn policy_word(actions: &[&str]) -> Option<(&'static str, &'static str, &'static [&'static str])> {
    GRANTS.iter().find(|it| it.2 == actions).map(|it| (it.0, it.1, it.3))
}

fn grants(service: &str, word: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    GRANTS.iter().find(|it| it.0 == service && it.1 == word).map(|it| (it.2, it.3))
}
