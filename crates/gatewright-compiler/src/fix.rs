//! Fix: what findings would have instead is written into the text, until nothing is left that can be fixed.

mod change;
mod editor;
mod habits;
mod outcome;
mod text;
mod write;
mod written;

use std::collections::BTreeMap;

use gatewright_rules::{Check, find};
use gatewright_source::{Diagnostic, Safety, Severity, Text};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Compilation, Files, Given, Request, compile_given};
pub(crate) use editor::place;
use editor::{Chosen, Editor, Placed};

/// How many times a file is compiled again at most because something of it was fixed.
const ROUNDS: usize = 20;

/// How many times it is compiled again at most because a fix did not do what it should.
const REFUSALS: usize = 40;

/// A file after its fixes.
#[derive(Debug)]
pub struct Fixed {
    /// What it compiles to now.
    pub compilation: Compilation,
    /// The files that are different now.
    pub files: Vec<Rewritten>,
    /// How many findings were fixed.
    pub fixed: usize,
    /// Fixes that were not made after all, since their findings stayed or errors came: mistakes of ours.
    pub refused: Vec<(&'static str, String)>,
}

/// A file that is different after fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// Its name, as the compilation knows it.
    pub name: String,
    /// What was in it.
    pub before: Text,
    /// What is in it then.
    pub after: Text,
}

/// What makes a fix the same in the next round: the rule, what it said, and what would be done.
type Kind = (&'static str, String, String);

fn kind(it: &Diagnostic) -> Kind {
    (it.rule, it.message.clone(), it.fix.as_ref().map(|it| it.title.clone()).unwrap_or_default())
}

/// Fixes what can be fixed in a file and in the files that it names, as far as these may be changed. Unsafe fixes are made
/// if `safety` says so. Of fixes that touch each other the first is made, the others when the file was compiled again.
/// Writes nothing.
pub fn fix(
    name: &str,
    bytes: Vec<u8>,
    request: &Request<'_>,
    files: &dyn Files,
    safety: Safety,
    may_change: &dyn Fn(&str) -> bool,
) -> Option<Fixed> {
    let mut compilation = compile_given(name, bytes, request, files)?;
    let request = Request { given: Given::As(compilation.format), ..*request };
    let before: FxHashMap<String, Text> =
        compilation.sources.files().map(|it| (it.name().to_owned(), it.text().clone())).collect();
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    let mut refused: FxHashSet<Kind> = FxHashSet::default();
    let (mut fixed, mut rounds, mut refusals, mut most) = (0, 0, 0, usize::MAX);
    while rounds < ROUNDS && refusals < REFUSALS {
        let wanted = |it: &&Diagnostic| {
            it.fix.as_ref().is_some_and(|fix| fix.safety <= safety) && !refused.contains(&kind(it))
        };
        let wanted: Vec<&Diagnostic> = compilation.diagnostics.iter().filter(wanted).collect();
        let mut editor = Editor::new(&compilation.sources, compilation.format);
        let made = choose(&mut editor, &wanted, most, &compilation, may_change);
        if made.is_empty() {
            break;
        }
        let placed: Vec<&Placed> = made.iter().map(|it| &it.1).collect();
        let Some(new) = editor.texts(&placed) else {
            refusals += 1;
            refuse(&editor, &made, &mut most, &mut refused);
            continue;
        };
        let all: BTreeMap<String, Text> = texts.clone().into_iter().chain(new).collect();
        let next = again(name, &compilation, &all, &request, files);
        let made: Vec<&Diagnostic> = made.iter().map(|it| it.0).collect();
        match next.map(|it| (failures(&compilation, &it, &made), it)) {
            Some((Failures::None, next)) => {
                fixed += made.len();
                (texts, compilation, most) = (all, next, usize::MAX);
                rounds += 1;
            }
            Some((Failures::Of(kinds), _)) => {
                refused.extend(kinds);
                refusals += 1;
            }
            Some((Failures::Unclear, _)) | None => {
                refusals += 1;
                match made.as_slice() {
                    [one] => drop(refused.insert(kind(one))),
                    many => most = many.len() / 2,
                }
            }
        }
    }
    let rewritten = texts.into_iter().filter_map(|(name, after)| {
        let before = before.get(&name)?.clone();
        (before != after).then_some(Rewritten { name, before, after })
    });
    let files = rewritten.collect();
    let refused = refused.into_iter().map(|it| (it.0, it.2)).collect();
    Some(Fixed { compilation, files, fixed, refused })
}

/// The fixes of a round, in the order of their findings: such as touch none before them.
fn choose<'d>(
    editor: &mut Editor<'_>,
    wanted: &[&'d Diagnostic],
    most: usize,
    compilation: &Compilation,
    may_change: &dyn Fn(&str) -> bool,
) -> Vec<(&'d Diagnostic, Placed)> {
    let mut chosen = Chosen::default();
    let mut out = Vec::new();
    for it in wanted {
        let Some(fix) = &it.fix else { continue };
        let files = fix.replacements.iter().filter_map(|it| compilation.sources.file_of(it.span));
        if out.len() < most
            && files.into_iter().all(|it| may_change(it.name()))
            && let Some(placed) = editor.place(fix)
            && chosen.takes(editor, &placed)
        {
            out.push((*it, placed));
        }
    }
    out
}

/// Refuses fixes whose text would not say what is meant; if none is to blame alone, fewer are made together.
fn refuse(
    editor: &Editor<'_>,
    made: &[(&Diagnostic, Placed)],
    most: &mut usize,
    refused: &mut FxHashSet<Kind>,
) {
    let wrong: Vec<Kind> =
        made.iter().filter(|it| editor.texts(&[&it.1]).is_none()).map(|it| kind(it.0)).collect();
    if wrong.is_empty() {
        *most = (made.len() / 2).max(1);
    }
    refused.extend(wrong);
}

/// Compiles the file again, with new texts.
fn again(
    name: &str,
    compilation: &Compilation,
    texts: &BTreeMap<String, Text>,
    request: &Request<'_>,
    files: &dyn Files,
) -> Option<Compilation> {
    let own = texts.get(name).or_else(|| Some(compilation.sources.files().next()?.text()))?;
    let folder = name.rfind('/').map_or("", |at| &name[..=at]);
    compile_given(name, own.as_bytes().to_vec(), request, &Over { files, texts, folder })
}

/// Files of which some have new texts that are not on disk.
struct Over<'o> {
    files: &'o dyn Files,
    texts: &'o BTreeMap<String, Text>,
    folder: &'o str,
}

impl Files for Over<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match self.texts.get(&format!("{}{path}", self.folder)) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => self.files.read(path),
        }
    }

    fn digest(&self, path: &str) -> Result<String, String> {
        self.files.digest(path)
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.files.variable(name)
    }
}

/// What went wrong with fixes.
enum Failures {
    None,
    /// These left their findings.
    Of(Vec<Kind>),
    /// Some of them brought errors.
    Unclear,
}

/// Looks at what became of findings that were fixed, and whether errors came.
fn failures(before: &Compilation, after: &Compilation, made: &[&Diagnostic]) -> Failures {
    let left = |it: &&&Diagnostic| {
        let is_one = |other: &Diagnostic| other.rule == it.rule && other.message == it.message;
        let count = |all: &[Diagnostic]| all.iter().filter(|it| is_one(it)).count();
        let fixed = made.iter().filter(|it| is_one(it)).count();
        count(&after.diagnostics) + fixed > count(&before.diagnostics)
    };
    let left: Vec<Kind> = made.iter().filter(left).map(|it| kind(it)).collect();
    if !left.is_empty() {
        return Failures::Of(left);
    }
    // What stood behind a key that nobody knew is only looked at now.
    let reveals = made.iter().any(|it| find(it.rule).is_none_or(|it| matches!(it.check, Check::Earlier)));
    let errors = |it: &Compilation| {
        let mut out: FxHashMap<&'static str, usize> = FxHashMap::default();
        for it in it.diagnostics.iter().filter(|it| it.severity == Severity::Error) {
            *out.entry(it.rule).or_default() += 1;
        }
        out
    };
    let old = errors(before);
    let adds = errors(after).iter().any(|(rule, count)| *count > old.get(rule).copied().unwrap_or(0));
    if adds && !reveals { Failures::Unclear } else { Failures::None }
}

#[cfg(test)]
mod tests;
