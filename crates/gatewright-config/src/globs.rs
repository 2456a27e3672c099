//! Globs: which files are meant, in the words of a `.gitignore`.

use gatewright_source::{Diagnostic, Spanned, Text};
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::read::RULE;

/// Longer globs are no paths.
const LONGEST: usize = 1000;

/// How many globs of one list are looked at together, for those that another one covers.
const MOST_COMPARED: usize = 100;

/// Files and folders, as lines of a `.gitignore` name them.
#[derive(Clone, Debug)]
pub struct Globs(Gitignore);

impl Default for Globs {
    /// Nothing.
    fn default() -> Self {
        Self(Gitignore::empty())
    }
}

impl Globs {
    /// Whether they mean a file or folder, or one that it is in. The path is relative to where they hold, with `/`.
    pub fn matches(&self, path: &str, is_folder: bool) -> bool {
        !self.0.is_empty() && self.0.matched_path_or_any_parents(path, is_folder).is_ignore()
    }

    /// Whether they mean nothing at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads globs, and reports those that mean nothing.
    pub(crate) fn read(globs: &[Spanned<Text>], problems: &mut Vec<Diagnostic>) -> Self {
        let mut builder = GitignoreBuilder::new("");
        let mut seen: Vec<(&Spanned<Text>, Self)> = Vec::new();
        for it in globs {
            let alone = match Self::one(&it.value) {
                Ok(alone) => alone,
                Err((message, help)) => {
                    problems.push(Diagnostic::error(RULE, it.span, message).help(help));
                    continue;
                }
            };
            if seen.len() < MOST_COMPARED {
                if let Some((first, _)) = seen.iter().find(|(other, globs)| covers(other, globs, it)) {
                    let message = match first.value == it.value {
                        true => format!("`{}` is given twice", it.value),
                        false => format!("`{}` means `{}`, too", first.value, it.value),
                    };
                    let problem = Diagnostic::warning(RULE, it.span, message);
                    problems.push(problem.label(first.span, "given here").help("remove the second"));
                }
                // What is taken back may be given again.
                match it.value.starts_with('!') {
                    true => seen.clear(),
                    false => seen.push((it, alone)),
                }
            }
            // It was read alone.
            let _ = builder.add_line(None, &it.value);
        }
        match (builder.build(), globs.first()) {
            (Ok(it), _) => Self(it),
            (Err(_), Some(first)) => {
                let problem = Diagnostic::error(RULE, first.span, "these globs are too large together");
                problems.push(problem.help("name folders instead of files"));
                Self::default()
            }
            (Err(_), None) => Self::default(),
        }
    }

    /// One glob; or why it means nothing, and what to do.
    fn one(glob: &str) -> Result<Self, (String, String)> {
        if glob.len() > LONGEST {
            return Err((format!("this glob is longer than {LONGEST} bytes"), "name a folder".to_owned()));
        }
        if glob.split('/').any(|it| it == "..") {
            let help =
                "globs are relative to the folder of this file: put one where those files are".to_owned();
            return Err((format!("`{glob}` leads out of the folder"), help));
        }
        let mut builder = GitignoreBuilder::new("");
        // Git takes a bracket that is not closed for a character; here it is a mistake.
        builder.allow_unclosed_class(false);
        let why = match builder.add_line(None, glob) {
            Ok(_) => builder.build().map_err(|it| it.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match why {
            Ok(it) if it.is_empty() || glob.chars().all(|it| matches!(it, '/' | '!' | ' ')) => {
                let help = match glob.starts_with('#') {
                    true => format!("write `\\\\{glob}` if that is its name"),
                    false => "name a file or folder, such as `legacy/` or `*.json`".to_owned(),
                };
                Err((format!("`{glob}` means no file"), help))
            }
            Ok(it) => Ok(Self(it)),
            Err(why) => {
                let why = why.rsplit("': ").next().unwrap_or(&why).to_owned();
                let help = "a glob is written as in a `.gitignore`: `legacy/`, `*.json`, `services/**/old-*`";
                Err((format!("`{glob}` is no glob: {why}"), help.to_owned()))
            }
        }
    }
}

/// Whether one glob means what another one does, so far as that shows: they are the same, or the other is a path.
fn covers(first: &Spanned<Text>, globs: &Globs, second: &Spanned<Text>) -> bool {
    if first.value == second.value {
        return true;
    }
    let path = second.value.trim_start_matches('/').trim_end_matches('/');
    let is_path = path.contains('/') && !path.contains(['*', '?', '[', '{', '!', '\\']);
    is_path && globs.matches(path, second.value.ends_with('/'))
}
