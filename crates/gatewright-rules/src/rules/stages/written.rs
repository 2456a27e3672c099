//! What was written about stages, each place once: defaults hold for many stages, and an anchor may be named often.

use gatewright_ir::{AccessLog, Alarm, ApiKind, Ir, LogFormat, Name, Throttle};
use gatewright_source::{Span, Text};
use rustc_hash::FxHashSet;

/// All throttles, those of usage plans included.
pub(super) fn throttles(ir: &Ir) -> Vec<&Throttle> {
    let plans = ir.usage_plans.values().flat_map(|it| {
        let routes = it.stages.iter().flat_map(|it| &it.routes).map(|it| &it.2);
        std::iter::once(&it.throttle).chain(routes)
    });
    let plans = plans.filter(|it| it.rate.is_some() || it.burst.is_some());
    stage_throttles(ir).into_iter().chain(plans).collect()
}

/// All throttles of stages and routes.
pub(super) fn stage_throttles(ir: &Ir) -> Vec<&Throttle> {
    let mut seen = FxHashSet::default();
    let own = ir.routes.values().filter_map(|it| Some(&it.settings.as_deref()?.throttle));
    let of_stages = ir.stages.values().flat_map(|stage| {
        stage.routes.iter().map(|it| &it.1.throttle).chain(std::iter::once(&stage.settings.throttle))
    });
    own.chain(of_stages)
        .filter(|it| it.rate.is_some() || it.burst.is_some())
        .filter(|it| seen.insert((it.rate.as_ref().map(|it| it.span), it.burst.as_ref().map(|it| it.span))))
        .collect()
}

/// A format of an access log that is not one of ours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Format<'i> {
    /// Where it stands; of a mapping, its first entry.
    pub(super) span: Span,
    log: &'i AccessLog,
    kind: ApiKind,
}

impl<'i> Format<'i> {
    /// The text as it was written, in one or several pieces.
    pub(super) fn pieces(self) -> impl Iterator<Item = &'i Name> {
        let (whole, fields) = match &self.log.format {
            LogFormat::Named(_) | LogFormat::Unknown => (None, &[][..]),
            LogFormat::Custom(it) => (Some(it), &[][..]),
            LogFormat::Fields(it) => (None, &it[..]),
        };
        whole.into_iter().chain(fields.iter().map(|it| &it.1))
    }

    /// The whole text, where it was written as one.
    pub(super) fn text(self) -> Option<&'i Name> {
        match &self.log.format {
            LogFormat::Custom(it) => Some(it),
            _ => None,
        }
    }

    /// The name of the first field, where it was written as a mapping.
    pub(super) fn first_field(self) -> Option<&'i Name> {
        match &self.log.format {
            LogFormat::Fields(it) => it.first().map(|it| &it.0),
            _ => None,
        }
    }

    /// The line that API Gateway is given.
    pub(super) fn line(self) -> String {
        self.log.format.line(self.kind)
    }
}

/// All formats of access logs that are not ours.
pub(super) fn formats(ir: &Ir) -> Vec<Format<'_>> {
    let mut seen = FxHashSet::default();
    let logs = ir.stages.values().filter_map(|it| it.access_log.as_ref());
    logs.filter_map(|log| {
        let span = match &log.format {
            LogFormat::Named(_) | LogFormat::Unknown => return None,
            LogFormat::Custom(it) => it.span,
            LogFormat::Fields(it) => it.first().map_or(log.span, |(name, it)| name.span.to(it.span)),
        };
        seen.insert(span).then_some(Format { span, log, kind: ir.api.kind })
    })
    .collect()
}

/// All stage variables whose value is known, and where that stands.
pub(super) fn variables(ir: &Ir) -> Vec<(&Name, &Text, Span)> {
    let mut seen = FxHashSet::default();
    let all = ir.stages.values().flat_map(|it| &it.variables);
    let all = all.filter(|it| seen.insert((it.0.span, it.1.span)));
    all.filter_map(|(name, it)| Some((name, it.value.known()?, it.span))).collect()
}

/// The names of all stage variables.
pub(super) fn variable_names(ir: &Ir) -> Vec<&Name> {
    let mut seen = FxHashSet::default();
    ir.stages
        .values()
        .flat_map(|it| &it.variables)
        .map(|it| &it.0)
        .filter(|it| seen.insert(it.span))
        .collect()
}

/// All alarms.
pub(in crate::rules) fn alarms(ir: &Ir) -> Vec<&Alarm> {
    let mut seen = FxHashSet::default();
    ir.stages.values().flat_map(|it| &it.alarms).filter(|it| seen.insert(it.span)).collect()
}

/// The known destinations of access logs, and where they stand.
pub(super) fn destinations(ir: &Ir) -> Vec<(&Text, Span)> {
    let mut seen = FxHashSet::default();
    let all = ir.stages.values().filter_map(|it| it.access_log.as_ref()?.destination.as_ref());
    all.filter(|it| seen.insert(it.span)).filter_map(|it| Some((it.value.known()?, it.span))).collect()
}

/// Whether CloudFormation puts the value in when it deploys (a dynamic reference).
pub(in crate::rules) fn is_dynamic(text: &str) -> bool {
    text.contains("{{resolve:")
}
