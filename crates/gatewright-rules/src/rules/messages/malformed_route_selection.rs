use gatewright_source::Severity;

use super::selection::{Fault, Piece, parse};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-route-selection",
    page: include_str!("malformed_route_selection.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// What stands before the path into a message.
const BODY: &str = "request.body";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(selection) = &cx.ir.api.route_selection else { return };
    let Some(text) = selection.value.as_str() else { return };
    let span = selection.span;
    let pieces = match parse(text) {
        Ok(it) => it,
        Err(fault) => {
            let (message, help) = match fault {
                Fault::Empty => ("nothing selects the route of a message", "write `$request.body.action`"),
                Fault::Unclosed => {
                    ("a brace of the selection is not closed", "write a variable as `${request.body.action}`")
                }
                Fault::Dollar => (
                    "a `$` of the selection begins no variable",
                    "write `$request.body.action`, or `\\$` for a dollar sign",
                ),
            };
            out.report(span, message).help(help);
            return;
        }
    };
    for piece in &pieces {
        match piece {
            Piece::Variable(name) => variable(name, span, out),
            // All of it is static: a `$` was forgotten.
            Piece::Text(it)
                if pieces.len() == 1 && (it.starts_with("request.") || it.starts_with("{request.")) =>
            {
                out.report(span, format!("`{}` is static text: every message would select it", shown(it)))
                    .help(format!("write `${}`", it.trim()))
                    .warning();
            }
            Piece::Text(_) => {}
        }
    }
}

fn variable(name: &str, span: gatewright_source::Span, out: &mut Findings) {
    let part = name.split(['.', '[', '/', ' ']).nth(1).unwrap_or_default();
    if name.starts_with(BODY) || name.starts_with("context.") || name.starts_with("stageVariables.") {
        return;
    }
    if name.starts_with("request.") && matches!(part, "header" | "querystring" | "path") {
        out.report(span, format!("a message has no {part}, which `${}` names", shown(name)))
            .help("select by a part of the message: `$request.body.action`")
            .warning();
        return;
    }
    let rest = ["body.", "request.", "input.", "message."].iter().find_map(|it| name.strip_prefix(it));
    let path = rest.unwrap_or(name).trim_start_matches("body.");
    out.report(span, format!("there is no `${}` to select routes by", shown(name)))
        .help(format!("write `${BODY}.{}`", if path.is_empty() { "action" } else { path }));
}
