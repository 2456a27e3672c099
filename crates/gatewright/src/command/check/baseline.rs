//! `gatewright check --baseline` and `--write-baseline`: findings that are known already are not shown again.

use std::path::{Path, PathBuf};

use gatewright_compiler::{Baseline, Compilation};

use crate::Failure;
use crate::args::Check;
use crate::command::{folder, way_back};
use crate::disk::{read, reason, write_all};
use crate::render::{BOLD, RESET};

/// Where a baseline is written if nothing is said.
const USUAL: &str = "gatewright-baseline.json";

/// Takes out what the baseline knows; or writes one of everything, after which all is known.
pub(super) fn apply(args: &Check, compilations: &mut [Compilation]) -> Result<(), Failure> {
    let path = args.baseline.clone().unwrap_or_else(|| PathBuf::from(USUAL));
    let name = |file: &str| name(&path, file);
    if args.write_baseline {
        let mut now = Baseline::default();
        compilations.iter().for_each(|it| now.add(it, &name));
        if path.exists() {
            // What this run did not look at stays as it was, but for files that are gone.
            let seen: Vec<String> =
                compilations.iter().flat_map(|it| it.sources.files()).map(|it| name(it.name())).collect();
            let is_kept = |it: &str| !seen.iter().any(|seen| seen == it) && folder(&path).join(it).is_file();
            now.keep(load(&path)?, is_kept);
        }
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        write_all(&folder(&path), &[(file, now.write())])
            .map_err(|it| Failure::new(format!("cannot write `{}`: {}", path.display(), reason(&it))))?;
        compilations.iter_mut().for_each(|it| it.known = std::mem::take(&mut it.diagnostics));
        let (count, path) = (now.len(), path.display());
        anstream::eprintln!("wrote `{path}`: {count} known finding{}", if count == 1 { "" } else { "s" });
        return Ok(());
    }
    if args.baseline.is_none() {
        return Ok(());
    }
    let mut known = load(&path)?;
    compilations.iter_mut().for_each(|it| known.take(it, &name));
    let seen: std::collections::HashSet<String> =
        compilations.iter().flat_map(|it| it.sources.files()).map(|it| name(it.name())).collect();
    let gone = known.len_of(|it| seen.contains(it));
    if gone > 0 {
        let them = if gone == 1 { "it" } else { "them" };
        anstream::eprintln!(
            "{BOLD}note{RESET}: {gone} known finding{} of `{}` {} gone: `--write-baseline` drops {them}",
            if gone == 1 { "" } else { "s" },
            path.display(),
            if gone == 1 { "is" } else { "are" },
        );
    }
    Ok(())
}

fn load(path: &Path) -> Result<Baseline, Failure> {
    let failure = |why: String| Failure::new(format!("cannot read `{}`: {why}", path.display()));
    let bytes = read(path).map_err(|it| failure(reason(&it)))?;
    Baseline::parse(&String::from_utf8_lossy(&bytes)).map_err(failure)
}

/// What a file is called in a baseline: its path from the baseline's folder.
fn name(baseline: &Path, file: &str) -> String {
    let file = Path::new(file);
    let way = way_back(&folder(baseline), &folder(file));
    let last = file.file_name().unwrap_or_default().to_string_lossy();
    format!("{way}{last}")
}
