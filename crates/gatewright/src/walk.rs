//! The walk: which files are read, those that were named and those below folders that were named.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use gatewright_compiler::{Given, is_named_ours};
use globset::{GlobBuilder, GlobMatcher};
use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::Failure;
use crate::configuration::Configurations;
use crate::disk::{is_theirs, manifest};

/// Endings of the names of files that may be ours.
const ENDINGS: [&str; 4] = ["yaml", "yml", "json", "template"];

/// Folders that hold what others wrote or a program made, should no `.gitignore` say so.
const FOREIGN: [&str; 2] = ["node_modules", "cdk.out"];

/// Larger files in a folder are passed over. AWS takes templates of 1 MB and definitions of 6 MB.
///
/// Source: AWS CloudFormation User Guide, "Understand CloudFormation quotas"; API Gateway Developer Guide, "Important
/// notes", size of an OpenAPI definition.
const LARGEST: u64 = 8 << 20;

/// The files to read, each once: those that were named, and those below folders that may be ours.
pub(crate) fn walk(
    paths: &[PathBuf],
    named: Given,
    configurations: &Arc<Configurations>,
) -> Result<Vec<(PathBuf, Given)>, Failure> {
    let mut out = Vec::new();
    for path in paths {
        if path.is_dir() {
            if matches!(named, Given::As(_)) {
                return Err(Failure::new(format!(
                    "`--kind` says what files are that are named, and `{}` is a folder: name its files",
                    path.display()
                )));
            }
            let found = below(path, configurations)
                .map_err(|it| Failure::new(format!("cannot search `{}`: {it}", path.display())))?;
            out.extend(found.into_iter().map(|it| (it, Given::Found)));
        } else if let Some(pattern) = pattern(path) {
            out.extend(matching(path, &pattern, configurations)?.into_iter().map(|it| (it, Given::Found)));
        } else {
            out.push((path.clone(), named));
        }
    }
    // What was named and lies in a folder that was named, too, was named.
    let names: HashSet<PathBuf> = out.iter().filter(|it| it.1 == named).map(|it| plain(&it.0)).collect();
    let mut seen = HashSet::new();
    out.retain(|it| (it.1 == named || !names.contains(&plain(&it.0))) && seen.insert(plain(&it.0)));
    Ok(out)
}

/// Whether a build wrote a file, and nobody changed it since: it says what its specification says, and is not read again.
pub(crate) fn is_built(path: &Path) -> bool {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
    let (written, name) = (manifest(folder), name.to_string_lossy());
    written.contains_key(&*name) && !is_theirs(folder, &name, &written)
}

/// A path without `./` before it.
fn plain(path: &Path) -> PathBuf {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

/// The pattern that a path is, if there is no such file: `services/**/*.yaml`, for shells that leave patterns alone.
fn pattern(path: &Path) -> Option<GlobMatcher> {
    let text = path.to_str()?;
    if !text.contains(['*', '?', '[', '{']) || path.exists() {
        return None;
    }
    let text = text.replace('\\', "/");
    let text = text.strip_prefix("./").unwrap_or(&text);
    GlobBuilder::new(text).literal_separator(true).build().ok().map(|it| it.compile_matcher())
}

/// The folder that the plain beginning of a pattern names.
fn plain_beginning(path: &Path) -> PathBuf {
    let is_plain = |it: &Component<'_>| !it.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
    let start: PathBuf = path.components().take_while(is_plain).collect();
    if start.as_os_str().is_empty() { PathBuf::from(".") } else { start }
}

/// The files that match a pattern: those below the folder that its plain beginning names.
fn matching(
    path: &Path,
    pattern: &GlobMatcher,
    configurations: &Arc<Configurations>,
) -> Result<Vec<PathBuf>, Failure> {
    let start = plain_beginning(path);
    let cannot = |why: String| Failure::new(format!("`{}`: {why}", path.display()));
    if !start.is_dir() {
        return Err(cannot(format!("there is no folder `{}`", start.display())));
    }
    let mut found = below(&start, configurations).map_err(|it| cannot(it.to_string()))?;
    found.retain(|it| pattern.is_match(plain(it)));
    if found.is_empty() {
        return Err(cannot("no file matches".to_owned()));
    }
    Ok(found)
}

/// The folders in which a change may matter: those of files that were named, and all below folders that were named but for
/// those that nothing is read from. What cannot be searched is left out.
pub(crate) fn folders(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for path in paths {
        let folder = if pattern(path).is_some() { plain_beginning(path) } else { path.clone() };
        if folder.is_dir() {
            let entries = searched(&folder, |it| it.depth() == 0 || !is_foreign(it)).build().flatten();
            let folders = entries.filter(|it| it.file_type().is_some_and(|it| it.is_dir()));
            out.extend(folders.map(DirEntry::into_path));
        } else {
            let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
            out.push(parent.unwrap_or(Path::new(".")).to_owned());
        }
    }
    out
}

/// A search below a folder: what `.gitignore` names is left out, and what a test refuses.
fn searched(folder: &Path, is_read: impl Fn(&DirEntry) -> bool + Send + Sync + 'static) -> WalkBuilder {
    let mut out = WalkBuilder::new(folder);
    out.require_git(false).filter_entry(is_read);
    out
}

/// Whether a folder is one of those that others write.
fn is_foreign(it: &DirEntry) -> bool {
    FOREIGN.iter().any(|name| it.file_name() == *name)
}

/// The files below a folder that may be ours, sorted.
fn below(folder: &Path, configurations: &Arc<Configurations>) -> Result<Vec<PathBuf>, ignore::Error> {
    let found = Mutex::new(Ok(Vec::new()));
    let configurations = configurations.clone();
    let is_read = move |it: &DirEntry| {
        let is_folder = it.file_type().is_some_and(|it| it.is_dir());
        it.depth() == 0 || !(is_foreign(it) || is_folder && configurations.excludes(it.path(), true))
    };
    searched(folder, is_read).build_parallel().run(|| {
        Box::new(|entry| {
            // A thread that panicked has said so.
            let Ok(mut found) = found.lock() else { return WalkState::Quit };
            match (entry, &mut *found) {
                (Ok(entry), Ok(found)) => {
                    if may_be_ours(&entry) {
                        found.push(entry.into_path());
                    }
                    WalkState::Continue
                }
                (Err(error), found) => {
                    *found = Err(error);
                    WalkState::Quit
                }
                (Ok(_), Err(_)) => WalkState::Quit,
            }
        })
    });
    let mut out = found.into_inner().unwrap_or_else(|it| it.into_inner())?;
    out.sort();
    Ok(out)
}

/// Whether the name and the size of a file say that it may be ours.
fn may_be_ours(entry: &DirEntry) -> bool {
    let has_ending = || {
        let ending = entry.path().extension();
        ending.is_some_and(|it| ENDINGS.iter().any(|ending| it == *ending))
    };
    if !entry.file_type().is_some_and(|it| it.is_file()) || !has_ending() {
        return false;
    }
    is_named_ours(&entry.file_name().to_string_lossy())
        || !entry.metadata().is_ok_and(|it| it.len() > LARGEST)
}
