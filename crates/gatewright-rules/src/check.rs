//! Runs all rules over an API.

use gatewright_graph::Graph;
use gatewright_ir::{ApiKind, Ir};
use gatewright_source::{Diagnostic, Sources};

use crate::file::File;
use crate::rule::{Change, Check, Context, Findings, Kinds};
use crate::rules;
use crate::settings::Settings;

/// Whether a rule is about the kind of an API; where that could be one of two, about both.
fn applies(kinds: Kinds, ir: &Ir) -> bool {
    let either = [ApiKind::Http, ApiKind::Rest];
    kinds.contains(ir.api.kind)
        && (!ir.provenance.kind_undecided || either.into_iter().all(|it| kinds.contains(it)))
}

/// Runs every rule that is in force over the APIs of a file, if it applies to the kind of the API and to the format that
/// it is written in. The findings of each API are sorted by place.
pub fn check<'f>(
    apis: impl Iterator<Item = (&'f Ir, &'f Graph)>,
    sources: &Sources,
    settings: &Settings,
) -> Vec<Diagnostic> {
    let mut apis = apis.peekable();
    let file = File::of(apis.peek().map(|it| it.0));
    // The kinds of the APIs so far.
    let mut seen = Kinds { http: false, rest: false, websocket: false };
    let check = |(ir, graph)| {
        let found = one(Context { ir, graph, sources, file: &file, settings, is_first: true }, seen);
        seen = seen.and(ir.api.kind);
        found
    };
    apis.flat_map(check).collect()
}

/// Runs every rule about changes over an API as it was and as it is. The findings are sorted by place.
pub fn compare(change: Change<'_>) -> Vec<Diagnostic> {
    let Change { after, settings, .. } = change;
    let mut out = Findings::new(rules::first(), after.provenance.format);
    for rule in rules::all() {
        if let Check::Change(compare) = rule.check
            && applies(rule.kinds, after)
            && rule.formats.contains(after.provenance.format)
            && settings.has(rule)
        {
            out.turn(rule);
            compare(&change, &mut out);
        }
    }
    sorted(out)
}

/// Runs every rule over one API. Some APIs of the file were looked at before: a rule for one of their kinds saw the file.
fn one(mut cx: Context<'_>, seen: Kinds) -> Vec<Diagnostic> {
    let ir = cx.ir;
    if ir.provenance.is_description {
        return Vec::new();
    }
    let mut out = Findings::new(rules::first(), ir.provenance.format);
    for rule in rules::all() {
        if !applies(rule.kinds, ir) || !rule.formats.contains(ir.provenance.format) || !cx.settings.has(rule)
        {
            continue;
        }
        out.turn(rule);
        cx.is_first = !seen.overlaps(rule.kinds);
        match rule.check {
            Check::Earlier | Check::Change(_) => {}
            Check::Api(check) => check(&cx, &mut out),
            Check::Function(check) => ir.functions.iter().for_each(|(id, it)| check(&cx, id, it, &mut out)),
            Check::Integration(check) => {
                ir.integrations.iter().for_each(|(id, it)| check(&cx, id, it, &mut out))
            }
            Check::Authorizer(check) => {
                ir.authorizers.iter().for_each(|(id, it)| check(&cx, id, it, &mut out))
            }
            Check::Route(check) => ir.routes.iter().for_each(|(id, it)| check(&cx, id, it, &mut out)),
            Check::Stage(check) => ir.stages.iter().for_each(|(id, it)| check(&cx, id, it, &mut out)),
            Check::Domain(check) => ir.domains.iter().for_each(|(id, it)| check(&cx, id, it, &mut out)),
        }
    }
    sorted(out)
}

fn sorted(out: Findings) -> Vec<Diagnostic> {
    let mut found = out.into_inner();
    // Stable: findings at one place keep the order of the rules.
    found.sort_by_key(|it| it.span);
    found
}
