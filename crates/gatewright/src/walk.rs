//! The walk: which files are read, those that were named and those below folders that were named.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gatewright_compiler::{Given, is_named_ours};
use ignore::{DirEntry, WalkBuilder};

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
    let mut written = Written::default();
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
        } else if named != Given::Found || !written.by_build(path) {
            out.push((path.clone(), named));
        }
    }
    // What was named and lies in a folder that was named, too, was named.
    let names: HashSet<PathBuf> = out.iter().filter(|it| it.1 == named).map(|it| plain(&it.0)).collect();
    let mut seen = HashSet::new();
    out.retain(|it| (it.1 == named || !names.contains(&plain(&it.0))) && seen.insert(plain(&it.0)));
    Ok(out)
}

/// What builds wrote: it says what the specifications say, and is not read again.
#[derive(Default)]
struct Written {
    manifests: HashMap<PathBuf, BTreeMap<String, String>>,
}

impl Written {
    /// Whether a build wrote a file, and nobody changed it since.
    fn by_build(&mut self, path: &Path) -> bool {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
        let name = name.to_string_lossy();
        let written = self.manifests.entry(folder.to_owned()).or_insert_with(|| manifest(folder));
        written.contains_key(&*name) && !is_theirs(folder, &name, written)
    }
}

/// A path without `./` before it.
fn plain(path: &Path) -> PathBuf {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

/// The files below a folder that may be ours, sorted.
fn below(folder: &Path, configurations: &Arc<Configurations>) -> Result<Vec<PathBuf>, ignore::Error> {
    let mut out = Vec::new();
    let mut written = Written::default();
    let configurations = configurations.clone();
    let is_ours = move |it: &DirEntry| {
        let is_foreign = || FOREIGN.iter().any(|name| it.file_name() == *name);
        let is_folder = it.file_type().is_some_and(|it| it.is_dir());
        it.depth() == 0 || !(is_foreign() || is_folder && configurations.excludes(it.path(), true))
    };
    for entry in WalkBuilder::new(folder).require_git(false).filter_entry(is_ours).build() {
        let entry = entry?;
        let path = entry.path();
        if !entry.file_type().is_some_and(|it| it.is_file())
            || !path.extension().is_some_and(|it| ENDINGS.iter().any(|ending| it == *ending))
        {
            continue;
        }
        let name = entry.file_name().to_string_lossy();
        if entry.metadata().is_ok_and(|it| it.len() > LARGEST) && !is_named_ours(&name) {
            continue;
        }
        if written.by_build(path) {
            continue;
        }
        out.push(entry.into_path());
    }
    out.sort();
    Ok(out)
}
