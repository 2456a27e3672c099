use gatewright_ir::{ApiKind, Backend, Ir, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity, Span, Written};
use rustc_hash::FxHashSet;

use crate::rules::cloudformation::property::{is_absent, literal};
use crate::rules::cloudformation::template::{Template, logical_id};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-payload-format",
    page: include_str!("unsupported_payload_format.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::V2,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    if let Some(template) = cx.template().filter(|_| cx.is_first) {
        in_template(template, out);
    }
    // In WebSocket APIs of ours there is no payload format.
    if cx.ir.api.kind != ApiKind::Http {
        return;
    }
    // Many integrations may take it from `defaults`: one mistake, one finding.
    let mut seen = FxHashSet::default();
    for it in cx.ir.integrations.values() {
        match &it.backend {
            Backend::Lambda { payload, .. }
                if !matches!(&*payload.value, "1.0" | "2.0") && seen.insert(payload.span) =>
            {
                let message = format!("there is no payload format `{}`", payload.value);
                let finding = out.report(payload.span, message).help("write `\"2.0\"`, or `\"1.0\"`");
                if let Some(meant) = meant(&payload.value) {
                    let edit = Edit::set(payload.span, Written::text(meant));
                    finding.fix(Fix::safe(format!("write `{meant}`"), [edit]));
                }
            }
            Backend::Http { payload: Some(payload), uri, .. } if &*payload.value != "1.0" => {
                let message =
                    format!("an HTTP integration cannot have the payload format `{}`", payload.value);
                out.report(payload.span, message)
                    .label(uri.span, "this is an HTTP integration")
                    .help("remove `payload`: only functions are given another format")
                    .fix_in(Formats::ALL, || {
                        let edit = Edit::set(payload.span, Written::text("1.0"));
                        is_own(cx.ir, payload.span).then(|| Fix::safe("write `1.0`", [edit]))
                    });
            }
            _ => {}
        }
    }
}

/// What the model does not keep: the format of integrations with services, and of those of WebSocket APIs.
fn in_template(template: &Template<'_>, out: &mut Findings) {
    for it in template.of_type("AWS::ApiGatewayV2::Integration") {
        let Some((format, span)) = it.get("PayloadFormatVersion").and_then(literal) else { continue };
        let Some(of) = it.properties().filter(|_| format != "1.0") else { continue };
        if !is_absent(of, "IntegrationSubtype") {
            report(
                span,
                format!("the integration of a service cannot have the payload format `{format}`"),
                out,
            );
        } else if of.get("ApiId").is_some_and(|it| is_websocket(template, it)) {
            report(span, format!("a WebSocket API has no payload format `{format}`"), out);
        }
    }
}

fn is_websocket(template: &Template<'_>, api: &Raw) -> bool {
    let api = logical_id(api).and_then(|it| template.get(&it).copied());
    api.is_some_and(|it| it.get("ProtocolType").and_then(Raw::as_str) == Some("WEBSOCKET"))
}

fn report(span: Span, message: String, out: &mut Findings) {
    let title = "write `\"1.0\"`";
    let edit = Edit::Set { at: span, value: Written::text("1.0") };
    out.report(span, message).help(title).fix(Fix::safe(title, [edit]));
}

/// The format that is written in another way: `2`, `v2`, `2.0.0`.
fn meant(text: &str) -> Option<&'static str> {
    let (major, rest) = text.trim_start_matches(['v', 'V']).split_once('.').unwrap_or((text, ""));
    let is_round = rest.bytes().all(|it| matches!(it, b'0' | b'.'));
    match major.trim_start_matches(['v', 'V']) {
        "1" if is_round => Some("1.0"),
        "2" if is_round => Some("2.0"),
        _ => None,
    }
}

/// Whether no function is given the format that stands at a place.
fn is_own(ir: &Ir, at: Span) -> bool {
    !ir.integrations.values().any(|it| match &it.backend {
        Backend::Lambda { payload, .. } => payload.span == at,
        _ => false,
    })
}
