use gatewright_ir::{
    ApiKind, Duration, Format, Function, FunctionId, Id, Integration, Ir, Located, Origin, Span,
};
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use crate::limits::{
    FUNCTION_TIMEOUT_SECONDS, STREAM_TIMEOUT_MILLISECONDS, integration_timeout_milliseconds,
};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "function-timeout-exceeds-integration",
    page: include_str!("function_timeout_exceeds_integration.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    // For each function the integration that gives up first.
    let mut least: Vec<Option<(Duration, &Integration)>> = vec![None; cx.ir.functions.len()];
    let awaited = awaited(cx.ir);
    for (_, it) in cx.ir.integrations.iter().filter(|it| awaited[it.0.index()]) {
        let Some((function, timeout)) = call(cx.ir.api.kind, it) else { continue };
        let slot = &mut least[function.index()];
        if slot.is_none_or(|(other, _)| timeout < other) {
            *slot = Some((timeout, it));
        }
    }
    // One timeout may be that of many functions.
    let mut found: Vec<(&Located<Duration>, Duration, &Function, &Integration, usize)> = Vec::new();
    let mut places: FxHashMap<Span, usize> = FxHashMap::default();
    for ((_, function), least) in cx.ir.functions.iter().zip(least) {
        let Origin::Created(created) = &function.origin else { continue };
        let (Some(own), Some((least, integration))) = (&created.timeout, least) else { continue };
        let Some(duration) = own.value.known() else { continue };
        if *duration <= least || !FUNCTION_TIMEOUT_SECONDS.contains(&duration.as_seconds()) {
            continue;
        }
        // A REST API waits for 29 seconds. Who wrote 30 elsewhere knows that it is about half a minute.
        let ours = cx.ir.provenance.format == Format::Gatewright;
        if !ours && duration.milliseconds - least.milliseconds <= NEARLY.milliseconds {
            continue;
        }
        match places.get(&own.span) {
            Some(at) => found[*at].4 += 1,
            None => {
                places.insert(own.span, found.len());
                found.push((own, least, function, integration, 0));
            }
        }
    }
    for (own, least, function, integration, more) in found {
        let Some(duration) = own.value.known() else { continue };
        let more = match more {
            0 => String::new(),
            1 => " and one more function".to_owned(),
            more => format!(" and {more} more functions"),
        };
        let message = format!(
            "`{}`{more} may run for {duration}, but API Gateway gives up after {least}",
            function.name.value
        );
        let finding = out.report(own.span, message);
        match &integration.timeout {
            Some(it) => finding.label(it.span, "API Gateway waits for this long"),
            None => finding.label(integration.name.span, format!("{least}, since nothing else is said here")),
        }
        .repeated("function", format!("{duration} {least}"))
        .help("give the function less time than the integration");
    }
}

/// A difference that nobody meant.
const NEARLY: Duration = Duration::seconds(1);

/// The integrations for whose answer somebody waits: after `$disconnect`, nobody does.
fn awaited(ir: &Ir) -> Vec<bool> {
    if ir.api.kind != ApiKind::WebSocket {
        return vec![true; ir.integrations.len()];
    }
    let mut out = vec![false; ir.integrations.len()];
    for route in ir.routes.values().filter(|it| it.key.value.as_str() != "$disconnect") {
        if let Some(id) = route.target.integration() {
            out[id.index()] = true;
        }
    }
    out
}

/// The function that an integration calls, and for how long it waits.
fn call(kind: ApiKind, it: &Integration) -> Option<(FunctionId, Duration)> {
    let function = it.callee()?.function()?;
    let streams = it.transformation.as_ref().is_some_and(|it| it.stream.is_some());
    if is_asynchronous(it) || streams && it.timeout.is_none() {
        return None;
    }
    let range = integration_timeout_milliseconds(kind);
    let timeout = match &it.timeout {
        None => Duration::milliseconds(*range.end()),
        Some(it) => *it.value.known()?,
    };
    let most = if kind == ApiKind::Rest { STREAM_TIMEOUT_MILLISECONDS } else { *range.end() };
    // Another timeout is refused by AWS, which is reported by itself.
    (*range.start()..=most).contains(&timeout.milliseconds).then_some((function, timeout))
}

/// Whether the function is only started. Source: API Gateway Developer Guide, "Set up asynchronous invocation of the
/// backend Lambda function".
fn is_asynchronous(it: &Integration) -> bool {
    const INVOCATION_TYPE: &str = "integration.request.header.x-amz-invocation-type";
    it.request_parameters.iter().any(|it| it.destination.value.eq_ignore_ascii_case(INVOCATION_TYPE))
}
