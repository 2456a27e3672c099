//! `stages:` and `domains:`.

use gatewright_ir::{
    AccessLog, Alarm, AlarmTest, ApiKind, Canary, ClientCertificate, Domain, ExecutionLog, LogFormat,
    LogLevel, RouteSettings, Stage,
};
use serde_json::{Value, json};

use crate::Raising;
use crate::api::{access_mode, endpoint_type};
use crate::section::Section;
use crate::values::{PLACEHOLDER, flag, name, retention, size, threshold};

impl Raising<'_> {
    /// All stages that are declared.
    pub(crate) fn stages(&mut self) -> Section {
        let mut all = Section::new();
        for it in self.ir.stages.values().filter(|it| it.declared) {
            let stage = self.stage(it);
            all.set(&it.name.value, stage);
        }
        all
    }

    fn stage(&mut self, it: &Stage) -> Section {
        let mut out = Section::new();
        out.maybe("description", name(&it.description));
        if self.ir.api.kind == ApiKind::Http && !it.auto_deploy {
            out.set("autoDeploy", false);
        }
        out.section("variables", self.pairs(&it.variables));
        if it.variables_unknown {
            let mut variables = self.pairs(&it.variables);
            variables.set(PLACEHOLDER, self.unknown(it.name.span));
            out.set("variables", variables);
        }
        if self.defaults.throttle.rate.is_none() && self.defaults.throttle.burst.is_none() {
            out.section("throttle", self.throttle(&it.settings.throttle));
        }
        if self.defaults.detailed_metrics.is_none() {
            out.maybe("detailedMetrics", flag(it.settings.detailed_metrics.as_ref()));
        }
        let routes = it.routes.iter().map(|(id, settings)| {
            (self.ir.routes[*id].key.value.as_str().to_owned(), self.route_settings(settings).into())
        });
        out.section("routes", routes.collect());
        out.maybe("accessLog", it.access_log.as_ref().map(|it| self.access_log(it)));
        out.maybe("executionLog", it.settings.execution_log.and_then(execution_log));
        if let Some(cache) = &it.cache {
            let mut section = Section::new();
            section.maybe("size", cache.size.map(|it| size(it.value)));
            section.maybe("ttl", self.duration(&cache.ttl));
            if flag(Some(&cache.encrypted)) == Some(false) {
                section.set("encrypted", false);
            }
            out.set("cache", section);
        }
        out.maybe("tracing", flag(it.tracing.as_ref()));
        out.maybe("canary", it.canary.as_ref().map(|it| self.canary(it)));
        out.maybe(
            "clientCertificate",
            it.client_certificate.as_ref().map(|it| match it {
                ClientCertificate::Created(_) => "create".into(),
                ClientCertificate::Existing(id) => self.text(id),
            }),
        );
        out.maybe("webAcl", self.maybe_text(&it.web_acl));
        out.maybe("documentationVersion", name(&it.documentation_version));
        out.section("alarms", self.alarms(&it.alarms));
        out.section("tags", self.pairs(&it.tags));
        out
    }

    fn route_settings(&mut self, it: &RouteSettings) -> Section {
        let mut out = Section::new();
        out.section("throttle", self.throttle(&it.throttle));
        out.maybe("detailedMetrics", flag(it.detailed_metrics.as_ref()));
        out.maybe("cache", it.cache.as_ref().map(|it| self.cache(it)));
        out.maybe("executionLog", it.execution_log.and_then(execution_log));
        out
    }

    fn canary(&mut self, it: &Canary) -> Section {
        let mut out = Section::new();
        out.maybe("percent", self.number(&it.percent));
        out.maybe("stable", name(&it.stable));
        out.section("variables", self.pairs(&it.variables));
        if it.stage_cache {
            out.set("stageCache", true);
        }
        out
    }

    fn access_log(&mut self, it: &AccessLog) -> Value {
        let format = self.log_format(it);
        let mut out = Section::new();
        out.maybe("retention", retention(&it.retention));
        out.maybe("destination", self.maybe_text(&it.destination));
        if out.is_empty() && format.is_string() {
            return format;
        }
        let mut with_format = Section::new();
        if format != "json" {
            with_format.set("format", format);
        }
        with_format.append(out);
        with_format.into()
    }

    fn log_format(&mut self, it: &AccessLog) -> Value {
        let kind = self.ir.api.kind;
        match &it.format {
            LogFormat::Named(name) => (*name).into(),
            LogFormat::Fields(fields) => fields
                .iter()
                .map(|(name, it)| (name.value.to_string(), it.value.as_ref().into()))
                .collect::<Section>()
                .into(),
            LogFormat::Custom(line) => {
                let same = |it: &&&'static str| LogFormat::Named(it).line(kind) == *line.value;
                if let Some(name) = LogFormat::NAMES.iter().find(same) {
                    return (*name).into();
                }
                if let Some(fields) = fields(&line.value) {
                    return fields.into();
                }
                if !line.value.contains('$') {
                    let message = "this format of a log has no variables";
                    self.note(
                        line.span,
                        message,
                        "say what is logged: `accessLog: json`, or a line with `$context`",
                    );
                }
                line.value.as_ref().into()
            }
            LogFormat::Unknown => self.unknown_name(it.span, "the format of the access log"),
        }
    }

    fn alarms(&mut self, alarms: &[Alarm]) -> Section {
        let told: Vec<Vec<Value>> = alarms.iter().map(|it| self.texts(&it.notify)).collect();
        let all =
            told.first().filter(|first| !first.is_empty() && told.iter().all(|it| it == *first)).cloned();
        let mut out = Section::new();
        for (it, told) in alarms.iter().zip(told) {
            let mut alarm = Section::new();
            match it.test {
                AlarmTest::Above(it) => alarm.set("above", threshold(it)),
                AlarmTest::Below(it) => alarm.set("below", threshold(it)),
                AlarmTest::Slower(statistic, limit) => {
                    alarm.set(if statistic == "Average" { "average" } else { statistic }, limit.to_string());
                }
            }
            alarm.set("for", it.period.to_string());
            if all.is_none() {
                alarm.one_or_many("notify", told);
            }
            out.set(it.metric.key(), alarm);
        }
        out.one_or_many("notify", all.unwrap_or_default());
        out
    }

    /// All custom domain names.
    pub(crate) fn domains(&mut self) -> Section {
        let mut all = Section::new();
        for it in self.ir.domains.values() {
            let domain = self.domain(it);
            all.set(&it.name.value, domain);
        }
        all
    }

    fn domain(&mut self, it: &Domain) -> Section {
        let mut out = Section::new();
        if it.existing {
            out.set("existing", true);
        }
        out.maybe("certificate", self.maybe_text(&it.certificate));
        out.maybe("hostedZone", self.maybe_text(&it.hosted_zone));
        if let Some(tls) = &it.mutual_tls {
            let mut section = Section::new();
            section.set("truststore", self.text(&tls.truststore));
            section.maybe("version", self.maybe_text(&tls.version));
            section.maybe("ownershipCertificate", self.maybe_text(&tls.ownership_certificate));
            out.set("mutualTls", section);
        }
        let is_rest = self.ir.api.kind == ApiKind::Rest;
        if is_rest && (it.endpoint_span.is_some() || it.endpoint != self.ir.api.endpoint.kind) {
            out.set("endpoint", endpoint_type(it.endpoint));
        }
        // `TLS_1_2` is what a domain has where nothing is said.
        let policy = it.tls_policy.clone().filter(|it| it.value.as_str() != Some("TLS_1_2"));
        out.maybe("tlsPolicy", self.maybe_text(&policy));
        out.maybe("accessMode", it.access_mode.map(|it| access_mode(it.value)));
        out.maybe("ipAddressType", self.ip_address_type(&it.ip_address_type));
        out.maybe("policy", it.policy.as_ref().map(|it| self.policy(it)));
        out.list("vpcEndpoints", self.texts(&it.vpc_endpoints));
        let mut mappings = Section::new();
        for mapping in &it.mappings {
            let path = if mapping.path().is_empty() { "/" } else { mapping.path() };
            match mapping.stage {
                Some(id) => mappings.set(path, &*self.ir.stages[id].name.value),
                None => mappings.set(path, self.unknown_name(mapping.key.span, "the stage of the mapping")),
            }
        }
        out.section("mappings", mappings);
        out.section("tags", self.pairs(&it.tags));
        out
    }
}

/// The names and variables of a line of JSON, if that is all that it is.
fn fields(line: &str) -> Option<Section> {
    let object: serde_json::Map<String, Value> = serde_json::from_str(line).ok()?;
    let is_same = !object.is_empty()
        && object.values().all(Value::is_string)
        && serde_json::to_string(&object).is_ok_and(|it| it == line);
    is_same.then(|| object.into_iter().collect())
}

fn execution_log(it: ExecutionLog) -> Option<Value> {
    let level = match it.level? {
        LogLevel::Off => "off",
        LogLevel::Error => "error",
        LogLevel::Info => "info",
    };
    Some(match it.data_trace {
        Some(trace) => json!({ "level": level, "dataTrace": trace.value }),
        None => level.into(),
    })
}
