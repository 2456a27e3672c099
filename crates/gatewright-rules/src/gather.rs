//! Says once what many things of a file have in the same way.

use gatewright_source::{Diagnostic, Label};
use rustc_hash::FxHashMap;

/// How many of the others are shown.
const SHOWN: usize = 3;

/// Leaves of the findings with the same fault the first, which says how many more there are, shows some of them, and
/// mends all of them.
pub fn gather(found: &mut Vec<Diagnostic>) {
    let mut firsts: FxHashMap<(&'static str, String), usize> = FxHashMap::default();
    let mut more: Vec<usize> = Vec::new();
    let mut out: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for it in found.drain(..) {
        let first = it
            .repeated
            .as_ref()
            .map(|repeated| *firsts.entry((it.rule, repeated.fault.clone())).or_insert(out.len()));
        match first.and_then(|at| out.get_mut(at).map(|it| (at, it))) {
            Some((_, first)) if first.span == it.span => {}
            Some((at, first)) => {
                more[at] += 1;
                if more[at] <= SHOWN {
                    first.labels.push(Label { span: it.span, message: "the same here".to_owned() });
                }
                if let (Some(first), Some(it)) = (&mut first.fix, it.fix) {
                    first.edits.extend(it.edits);
                }
            }
            None => {
                out.push(it);
                more.push(0);
            }
        }
    }
    for (it, more) in out.iter_mut().zip(more).filter(|it| it.1 > 0) {
        let noun = it.repeated.as_ref().map_or("", |it| it.noun);
        it.message.push_str(&match more {
            1 => format!(" (and one more {noun})"),
            _ => format!(" (and {more} more {noun}s)"),
        });
    }
    *found = out;
}
