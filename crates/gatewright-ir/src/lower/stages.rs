//! Lowers `stages:`.

use gatewright_source::{Diagnostic, Span, Spanned, Text, did_you_mean};
use gatewright_spec::{self as spec, Duration, Either, Field, Retention};

use super::Lowering;
use crate::{
    AccessLog, Alarm, AlarmTest, ApiKind, CacheSetting, Canary, ClientCertificate, ExecutionLog, Located,
    LogFormat, Metric, Name, RouteKey, RouteSettings, Stage, StageCache, Value, known,
};

impl<'s> Lowering<'s> {
    pub(super) fn stages(&mut self) {
        let defaults = self.stage_defaults();
        let stages = self.section(|it| &it.stages);
        for (name, it) in &stages {
            let stage = match it {
                Some(it) => self.stage(name, &it.value, &defaults),
                // A stage that could not be read may have any variable.
                None => Stage {
                    variables_unknown: true,
                    settings_unknown: true,
                    access_log: Some(AccessLog::unknown(name.span)),
                    auto_deploy: self.ir.api.kind == ApiKind::Http,
                    settings: defaults.clone(),
                    ..Stage::new((*name).clone())
                },
            };
            let id = self.ir.stages.push(stage);
            self.stages.insert(name.value.clone(), (id, name.span));
        }
        if stages.is_empty() {
            let stage = Stage::undeclared(self.ir.api.kind, self.ir.api.name.span);
            let name = stage.name.clone();
            let id = self.ir.stages.push(Stage { settings: defaults, ..stage });
            self.stages.insert(name.value, (id, name.span));
        }
    }

    fn stage_defaults(&mut self) -> RouteSettings {
        match self.single("defaults", |it| &it.defaults).value() {
            None => RouteSettings::default(),
            Some(it) => RouteSettings {
                throttle: self.throttle(&it.throttle),
                detailed_metrics: flag(&it.detailed_metrics),
                ..RouteSettings::default()
            },
        }
    }

    fn stage(&mut self, name: &Name, it: &'s spec::Stage, defaults: &RouteSettings) -> Stage {
        let own = RouteSettings {
            throttle: self.throttle(&it.throttle),
            detailed_metrics: flag(&it.detailed_metrics),
            cache: None,
            execution_log: self.execution_log(&it.execution_log),
        };
        Stage {
            description: it.description.given().cloned(),
            variables: self.pairs(&it.variables),
            variables_unknown: it.variables.is_broken(),
            auto_deploy: self.ir.api.kind == ApiKind::Http && it.auto_deploy.value().copied().unwrap_or(true),
            cache: self.stage_cache(&it.cache),
            tracing: flag(&it.tracing),
            canary: it.canary.given().map(|it| self.canary(it)),
            client_certificate: self.client_certificate(&it.client_certificate),
            web_acl: self.optional(&it.web_acl),
            documentation_version: it.documentation_version.given().cloned(),
            settings: own.or(defaults),
            settings_unknown: it.throttle.is_broken() || it.routes.is_broken(),
            routes: self.stage_routes(&it.routes),
            access_log: self.access_log(&it.access_log),
            alarms: it.alarms.value().map(|it| self.alarms(it)).unwrap_or_default(),
            tags: self.pairs(&it.tags),
            ..Stage::new(name.clone())
        }
    }

    fn stage_cache(&mut self, it: &Field<spec::StageCache>) -> Option<StageCache> {
        let it = match it {
            Field::Absent => return None,
            Field::Broken(span) => {
                let encrypted = known(true, *span);
                return Some(StageCache { span: *span, size: None, ttl: None, encrypted });
            }
            Field::Given(it) => it,
        };
        if it.value.size.is_absent() {
            self.missing(it.span, "size", "say how large the cache is: `size: 0.5GB` is the smallest");
        }
        Some(StageCache {
            span: it.span,
            size: it.value.size.given().copied(),
            ttl: self.optional(&it.value.ttl),
            encrypted: flag(&it.value.encrypted).unwrap_or(known(true, it.span)),
        })
    }

    fn canary(&mut self, it: &Spanned<spec::Canary>) -> Canary {
        if it.value.percent.is_absent() {
            self.missing(it.span, "percent", "say how many percent of the requests the canary gets");
        }
        let digits = |it: &Text| it.len() == 8 && it.bytes().all(|it| it.is_ascii_hexdigit());
        let stable = it.value.stable.given();
        if let Some(stable) = stable.filter(|it| !digits(&it.value)) {
            let message = format!("`{}` is not the end of a deployment's logical id", stable.value);
            let help = "give the eight digits at its end in the template that is deployed: `4f1c2a9b` of \
                        `ProdStageDeployment4f1c2a9b`";
            self.report(Diagnostic::error("wrong-type", stable.span, message).help(help));
        }
        Canary {
            stable: stable.filter(|it| digits(&it.value)).cloned(),
            span: it.span,
            percent: self.optional(&it.value.percent),
            variables: self.pairs(&it.value.variables),
            stage_cache: it.value.stage_cache.value().copied().unwrap_or(false),
        }
    }

    fn client_certificate(&mut self, it: &Field<spec::Value<Text>>) -> Option<ClientCertificate> {
        let it = self.optional(it)?;
        Some(match &it.value {
            Value::Known(word) if &**word == "create" => ClientCertificate::Created(it.span),
            Value::Known(word) if matches!(&**word, "true" | "false") => {
                let message = format!("`{word}` is not the id of a client certificate");
                let problem = Diagnostic::error("wrong-type", it.span, message);
                self.report(problem.help("write `create`, or the id of one that exists"));
                return None;
            }
            _ => ClientCertificate::Existing(it),
        })
    }

    fn execution_log(
        &mut self,
        it: &Field<Either<spec::LogLevel, spec::ExecutionLog>>,
    ) -> Option<ExecutionLog> {
        let it = match it {
            Field::Absent => return None,
            Field::Broken(span) => return Some(ExecutionLog { span: *span, level: None, data_trace: None }),
            Field::Given(it) => it,
        };
        Some(match &it.value {
            Either::Short(level) => ExecutionLog { span: it.span, level: Some(*level), data_trace: None },
            Either::Long(long) => {
                if long.level.is_absent() {
                    self.missing(it.span, "level", "say how much is logged: `off`, `error` or `info`");
                }
                ExecutionLog {
                    span: it.span,
                    level: long.level.value().copied(),
                    data_trace: long.data_trace.given().copied(),
                }
            }
        })
    }

    /// Whether answers of a route are remembered. What could not be read is taken as meant so.
    pub(super) fn cache_setting(
        &mut self,
        it: &Field<Either<Text, spec::RouteCache>>,
    ) -> Option<CacheSetting> {
        let it = match it {
            Field::Absent => return None,
            Field::Broken(span) => {
                return Some(CacheSetting { span: *span, enabled: true, ttl: None, encrypted: None });
            }
            Field::Given(it) => it,
        };
        let setting = |enabled| CacheSetting { span: it.span, enabled, ttl: None, encrypted: None };
        match &it.value {
            Either::Short(word) if &**word == "none" => Some(setting(false)),
            Either::Short(_) => {
                let problem = Diagnostic::error("wrong-type", it.span, "expected a mapping or `none`");
                self.report(
                    problem
                        .help("say for how long and what tells answers apart: `{ ttl: 60s, key: [page] }`"),
                );
                Some(setting(true))
            }
            Either::Long(long) => Some(CacheSetting {
                ttl: self.optional(&long.ttl),
                encrypted: flag(&long.encrypted),
                ..setting(true)
            }),
        }
    }

    fn stage_routes(
        &mut self,
        it: &'s Field<spec::Entries<spec::RouteSettings>>,
    ) -> Vec<(crate::RouteId, RouteSettings)> {
        let mut out = Vec::new();
        for (key, settings) in it.value().map(|it| &it.0[..]).unwrap_or_default() {
            let Some(id) = self.routes.get(&key.value).copied() else {
                self.unknown_route(key);
                continue;
            };
            if let Some(settings) = settings.value() {
                if let Some(Either::Long(cache)) = settings.cache.value() {
                    let key = [("key", cache.key.span())];
                    let why = "what tells answers apart holds for all stages";
                    self.without_effect(&key, why, "move it to the `cache` of the route");
                }
                let settings = RouteSettings {
                    throttle: self.throttle(&settings.throttle),
                    detailed_metrics: flag(&settings.detailed_metrics),
                    cache: self.cache_setting(&settings.cache),
                    execution_log: self.execution_log(&settings.execution_log),
                };
                out.push((id, settings));
            }
        }
        out.sort_by_key(|it| it.0);
        out
    }

    pub(super) fn unknown_route(&mut self, key: &Name) {
        let problem =
            Diagnostic::error("unknown-route", key.span, format!("there is no route `{}`", key.value));
        self.unknown += 1;
        if self.unknown > gatewright_source::MOST_SUGGESTIONS {
            self.report(problem.help("the key must be that of a route exactly"));
            return;
        }
        // The same route under other names of its variables is nearest.
        let normalised = RouteKey::http(key.value.clone()).normalised();
        let twin = self.ir.routes.values().find(|it| it.key.value.normalised() == normalised);
        let near = twin
            .map(|it| it.key.value.as_str())
            .or_else(|| did_you_mean(&key.value, self.ir.routes.values().map(|it| it.key.value.as_str())));
        let problem = match near {
            Some(near) => {
                problem.help(format!("did you mean `{near}`? The key must be that of the route exactly"))
            }
            None => problem.help("the key must be that of a route exactly"),
        };
        self.report(problem);
    }

    fn access_log(&mut self, it: &'s Field<Either<Text, spec::AccessLog>>) -> Option<AccessLog> {
        let it = match it {
            Field::Absent => return None,
            Field::Broken(span) => return Some(AccessLog::unknown(*span)),
            Field::Given(it) => it,
        };
        let log = |format| AccessLog {
            span: it.span,
            format,
            destination: None,
            retention: known(Retention::Days(30), it.span),
        };
        match &it.value {
            Either::Short(word) if &**word == "none" => None,
            Either::Short(text) => Some(log(self.log_format(text, it.span))),
            Either::Long(long) => {
                let format = match long.format.given() {
                    None => LogFormat::Named("json"),
                    Some(format) => match &format.value {
                        Either::Short(text) => self.log_format(text, format.span),
                        Either::Long(fields) => LogFormat::Fields(
                            fields
                                .0
                                .iter()
                                .filter_map(|(name, it)| Some((name.clone(), it.given()?.clone())))
                                .collect(),
                        ),
                    },
                };
                Some(AccessLog {
                    destination: self.optional(&long.destination),
                    retention: match &long.retention {
                        Field::Absent => known(Retention::Days(30), it.span),
                        Field::Broken(span) => Spanned::new(Value::unknown(*span), *span),
                        Field::Given(it) => known(it.value, it.span),
                    },
                    ..log(format)
                })
            }
        }
    }

    fn log_format(&mut self, text: &Text, span: Span) -> LogFormat {
        if let Some(name) = LogFormat::NAMES.into_iter().find(|it| **it == **text) {
            return LogFormat::Named(name);
        }
        if !text.contains('$') {
            let problem = Diagnostic::error(
                "wrong-type",
                span,
                "this is neither a format nor a line with `$context` variables",
            );
            self.report(
                problem.help("write `json`, `clf`, `xml`, `csv`, or a line such as `$context.requestId`"),
            );
            return LogFormat::Named("json");
        }
        LogFormat::Custom(Spanned::new(text.clone(), span))
    }

    fn alarms(&mut self, it: &'s spec::Alarms) -> Vec<Alarm> {
        let all = [
            (Metric::ClientErrors, &it.client_errors),
            (Metric::ServerErrors, &it.server_errors),
            (Metric::Latency, &it.latency),
            (Metric::IntegrationLatency, &it.integration_latency),
            (Metric::Count, &it.count),
        ];
        let mut out = Vec::new();
        for (metric, alarm) in all {
            let Some(alarm) = alarm.given() else { continue };
            let Some(test) = self.alarm_test(metric, alarm) else { continue };
            let notify = if alarm.value.notify.is_absent() { &it.notify } else { &alarm.value.notify };
            out.push(Alarm {
                span: alarm.span,
                metric,
                test,
                period: alarm.value.r#for.value().copied().unwrap_or(Duration::seconds(300)),
                notify: self.one_or_many(notify),
            });
        }
        out
    }

    fn alarm_test(&mut self, metric: Metric, alarm: &Spanned<spec::Alarm>) -> Option<AlarmTest> {
        let it = &alarm.value;
        let statistics = [
            ("Average", &it.average),
            ("p50", &it.p50),
            ("p90", &it.p90),
            ("p95", &it.p95),
            ("p99", &it.p99),
        ];
        let slower = statistics.iter().filter_map(|(name, it)| Some(AlarmTest::Slower(name, *it.value()?)));
        let above = it.above.value().map(|it| AlarmTest::Above(*it));
        let below = it.below.value().map(|it| AlarmTest::Below(*it));
        let mut given = above.into_iter().chain(below).chain(slower);
        let timed = matches!(metric, Metric::Latency | Metric::IntegrationLatency);
        let (test, more) = (given.next(), given.next().is_some());
        match test {
            Some(test) if !more && timed == matches!(test, AlarmTest::Slower(..)) => Some(test),
            _ => {
                let thresholds = it.above.is_broken() || it.below.is_broken();
                let broken = thresholds || statistics.iter().any(|it| it.1.is_broken());
                if !broken {
                    let help = if timed {
                        "say how slow is too slow: `p99: 800ms`"
                    } else {
                        "say how many are too many: `above: 1%` or `above: 10`"
                    };
                    let (rule, message) = if test.is_none() {
                        ("missing-key", format!("the alarm on `{}` has no threshold", metric.key()))
                    } else {
                        (
                            "conflicting-keys",
                            format!("an alarm on `{}` has exactly one threshold", metric.key()),
                        )
                    };
                    self.report(Diagnostic::error(rule, alarm.span, message).help(help));
                }
                None
            }
        }
    }
}

/// `true` or `false`. Of what could not be read, which was reported, neither is known.
pub(super) fn flag(it: &Field<bool>) -> Option<Located<bool>> {
    match it {
        Field::Absent => None,
        Field::Broken(span) => Some(Spanned::new(Value::unknown(*span), *span)),
        Field::Given(it) => Some(known(it.value, it.span)),
    }
}
