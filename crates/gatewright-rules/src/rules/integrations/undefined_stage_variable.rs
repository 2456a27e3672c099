use gatewright_ir::{
    ApiKind, AuthorizerKind, Backend, Callee, Credentials, Ir, Located, Qualifier, Stage, service,
};
use gatewright_source::{Severity, Span, Text};
use rustc_hash::FxHashMap;

use super::mapping::templates;
use super::stage_variable::{stages_without, used_by, used_in};
use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "undefined-stage-variable",
    page: include_str!("undefined_stage_variable.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// How many stages are named and shown.
const SHOWN: usize = 3;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let mut uses = Uses { ir, without: FxHashMap::default(), out };
    for it in ir.integrations.values() {
        match &it.backend {
            Backend::Lambda { callee, .. } => uses.callee(callee),
            Backend::Http { uri, tls, .. } => {
                uses.value(uri, true);
                tls.iter().for_each(|it| uses.value(it, true));
            }
            Backend::Service { subtype, parameters } => {
                let required = service(&subtype.value).map_or(&[][..], |it| it.required);
                for (name, it) in parameters {
                    uses.value(it, required.contains(&&*name.value));
                }
            }
            Backend::Action { action, .. } => uses.value(action, true),
            Backend::Mock { .. } | Backend::Unknown => {}
        }
        if let Credentials::Role(it) = &it.credentials {
            uses.value(it, true);
        }
        // What a mapping makes of a variable that is not there is not documented.
        let responses = it.response_parameters.iter().flat_map(|it| &it.1);
        it.request_parameters.iter().chain(responses).for_each(|it| uses.value(&it.source, false));
        let responses = it.transformation.iter().flat_map(|it| &it.responses);
        responses.flat_map(|it| &it.headers).for_each(|it| uses.value(&it.1, false));
        for it in templates(it) {
            uses.names(it.text.iter().flat_map(|it| used_in(it)), it.span, false);
        }
    }
    for it in ir.vpc_links.values().filter_map(|it| it.existing.as_ref()) {
        uses.value(it, true);
    }
    for it in ir.gateway_responses.values() {
        it.headers.iter().for_each(|it| uses.value(&it.1, false));
        it.templates.iter().for_each(|(_, it)| uses.names(used_in(&it.value), it.span, false));
    }
    for it in ir.authorizers.values() {
        it.identity.iter().for_each(|it| uses.value(it, true));
        match &it.kind {
            AuthorizerKind::Lambda { callee, role, .. } => {
                uses.callee(callee);
                role.iter().for_each(|it| uses.value(it, true));
            }
            AuthorizerKind::Cognito { pools, .. } => pools.iter().for_each(|it| uses.value(it, true)),
            AuthorizerKind::Jwt { .. } | AuthorizerKind::Unknown => {}
        }
    }
}

struct Uses<'i, 'o> {
    ir: &'i Ir,
    /// The stages that lack a variable.
    without: FxHashMap<&'i str, Vec<&'i Stage>>,
    out: &'o mut Findings,
}

impl<'i> Uses<'i, '_> {
    fn callee(&mut self, it: &'i Callee) {
        match it {
            Callee::Function { qualifier: Some(Qualifier::StageVariable(name)), span, .. } => {
                self.names(std::iter::once(&**name), *span, true);
            }
            Callee::Function { qualifier: Some(Qualifier::Alias(text)), span, .. } => {
                self.names(used_in(text), *span, true);
            }
            Callee::Arn(it) => self.value(it, true),
            Callee::Staged(it) => self.names(used_in(&it.value), it.span, true),
            Callee::Function { .. } | Callee::Unknown => {}
        }
    }

    fn value(&mut self, it: &'i Located<Text>, needed: bool) {
        self.names(used_by(&it.value, self.ir.api.kind), it.span, needed);
    }

    /// Reports one use: however many variables are missing, it is one finding.
    fn names(&mut self, names: impl Iterator<Item = &'i str>, span: Span, needed: bool) {
        let ir = self.ir;
        let mut missing: Vec<&str> = Vec::new();
        let mut stages: Vec<&Stage> = Vec::new();
        for name in names {
            let without = self.without.entry(name).or_insert_with(|| stages_without(ir, name));
            if without.is_empty() || missing.contains(&name) {
                continue;
            }
            missing.push(name);
            for stage in without {
                if !stages.iter().any(|it| std::ptr::eq(*it, *stage)) {
                    stages.push(stage);
                }
            }
        }
        if missing.is_empty() {
            return;
        }
        let variables = if missing.len() == 1 { "variable" } else { "variables" };
        let missing = list(&missing);
        let names: Vec<&str> = stages.iter().map(|it| &*it.name.value).collect();
        let message = match names.len() {
            all if all == ir.stages.len() && all > 1 => format!("no stage has the {variables} {missing}"),
            1 => format!("the stage {} lacks the {variables} {missing}", list(&names)),
            all if all <= SHOWN => format!("the stages {} lack the {variables} {missing}", list(&names)),
            all => format!("{all} stages lack the {variables} {missing}"),
        };
        let mut finding = self.out.report(span, message);
        for stage in stages.iter().filter(|it| it.declared).take(SHOWN) {
            finding = finding.label(stage.name.span, format!("no {missing} here"));
        }
        if !needed {
            finding = finding.warning();
        }
        let key = if ir.api.kind == ApiKind::Rest { "Variables" } else { "StageVariables" };
        if ir.stages.values().any(|it| it.declared) {
            finding
                .help(format!("define {missing} under `variables` of every stage"))
                .help_in(Formats::TEMPLATES, format!("define {missing} under `{key}` of every stage"));
        } else {
            finding.help(format!("declare the stages, each with {missing} under `variables`"));
        }
    }
}
