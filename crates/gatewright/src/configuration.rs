//! Configurations: which `gatewright.toml` holds for a file, found once for each folder.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use gatewright_compiler::Compilation;
use gatewright_compiler::config::{self, Config, FILE_NAME, FailOn, InForce, Layer};
use gatewright_compiler::rules::Settings;
use gatewright_compiler::source::{Diagnostic, Severity, Sources};

use crate::args::Configuration;
use crate::command::{counted, way_back};
use crate::disk::{read, reason};
use crate::{Failure, command};

/// A configuration on disk.
#[derive(Debug)]
pub(crate) struct Found {
    /// Its name, as it is shown.
    pub(crate) name: String,
    /// What it says.
    pub(crate) config: Config,
    /// Its text, to show places in it.
    pub(crate) sources: Sources,
    /// What is wrong with it.
    problems: Vec<Diagnostic>,
    /// Why it could not be read at all.
    unreadable: Option<String>,
    /// The folder that its globs start from.
    root: PathBuf,
    /// What is in force where no override is about the file.
    usual: Arc<Settings>,
}

/// The configurations of a run. Each folder is looked at once.
#[derive(Debug)]
pub(crate) struct Configurations {
    /// The current folder.
    here: PathBuf,
    /// What arguments say: it wins over every configuration.
    pub(crate) arguments: Layer,
    which: Which,
    folders: Mutex<HashMap<PathBuf, Option<Arc<Found>>>>,
    /// What is in force where there is no configuration.
    usual: Arc<Settings>,
}

#[derive(Debug)]
enum Which {
    /// The nearest above each file.
    Nearest,
    /// One that was named, for all files.
    Named(Arc<Found>),
    /// None.
    Nothing,
}

impl Configurations {
    /// The configurations that arguments ask for, below what other arguments say.
    pub(crate) fn new(args: &Configuration, arguments: Layer) -> Result<Self, Failure> {
        let here = std::env::current_dir()
            .map_err(|it| Failure::new(format!("cannot find the current folder: {}", reason(&it))))?;
        let usual = Arc::new(InForce { layers: vec![&arguments] }.settings());
        let folders = Mutex::default();
        let mut out = Self { here, arguments, which: Which::Nearest, folders, usual };
        if args.no_config {
            out.which = Which::Nothing;
        } else if let Some(path) = &args.config {
            let found = out.load(path, out.here.clone());
            if let Some(why) = found.unreadable {
                return Err(Failure::new(why));
            }
            out.which = Which::Named(Arc::new(found));
        }
        Ok(out)
    }

    /// The configuration that holds in a folder.
    fn of_folder(&self, folder: &Path) -> Option<Arc<Found>> {
        match &self.which {
            Which::Nothing => return None,
            Which::Named(it) => return Some(it.clone()),
            Which::Nearest => {}
        }
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        // Upwards to a folder that is known, that has a configuration, or that is the root of a repository.
        let mut passed = Vec::new();
        let mut nearest = None;
        for it in folder.ancestors() {
            if let Some(known) = folders.get(it) {
                nearest.clone_from(known);
                break;
            }
            passed.push(it.to_owned());
            let path = it.join(FILE_NAME);
            if path.is_file() {
                nearest = Some(Arc::new(self.load(&path, it.to_owned())));
                break;
            }
            if it.join(".git").exists() {
                break;
            }
        }
        folders.extend(passed.into_iter().map(|it| (it, nearest.clone())));
        nearest
    }

    /// The configuration that holds for a file; for a folder that of what is in it.
    pub(crate) fn of(&self, path: &Path, is_folder: bool) -> Option<Arc<Found>> {
        let path = self.absolute(path);
        self.of_folder(if is_folder { &path } else { path.parent().unwrap_or(&path) })
    }

    /// What is in force for a file or a folder.
    pub(crate) fn in_force<'c>(
        &'c self,
        found: Option<&'c Found>,
        path: &Path,
        is_folder: bool,
    ) -> InForce<'c> {
        let mut out = match found {
            Some(it) => it.config.in_force(&it.relative(&self.absolute(path)), is_folder),
            None => InForce::default(),
        };
        out.layers.push(&self.arguments);
        out
    }

    /// The settings of a file.
    pub(crate) fn settings(&self, path: &Path) -> Arc<Settings> {
        let Some(found) = self.of(path, false) else { return self.usual.clone() };
        let in_force = self.in_force(Some(&found), path, false);
        // The top of the configuration, and arguments.
        if in_force.layers.len() <= 2 { found.usual.clone() } else { Arc::new(in_force.settings()) }
    }

    /// The least severity in a file that makes a run fail.
    pub(crate) fn fail_on(&self, path: &Path) -> FailOn {
        let found = self.of(path, false);
        self.in_force(found.as_deref(), path, false).fail_on()
    }

    /// Whether a file or folder is passed over, by the configuration of the folder that it is in.
    pub(crate) fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        let path = self.absolute(path);
        let found = self.of_folder(path.parent().unwrap_or(&path));
        found.is_some_and(|it| it.config.exclude.matches(&it.relative(&path), is_folder))
    }

    /// What is wrong with the configurations that were found, for renderers.
    pub(crate) fn problems(&self) -> Result<Vec<Compilation>, Failure> {
        let folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<&Found> = folders.values().flatten().map(|it| &**it).collect();
        if let Which::Named(it) = &self.which {
            all.push(it);
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all.dedup_by(|a, b| std::ptr::eq(*a, *b));
        if let Some(why) = all.iter().find_map(|it| it.unreadable.as_ref()) {
            return Err(Failure::new(why.clone()));
        }
        let out = all.into_iter().filter(|it| !it.problems.is_empty()).map(Found::compilation);
        Ok(out.collect())
    }

    /// Shows what is wrong with the configurations that were found, and goes on only where these are no errors.
    pub(crate) fn demand(&self) -> Result<(), Failure> {
        let problems = self.problems()?;
        problems.iter().for_each(command::show_findings);
        refuse(&problems)
    }

    fn load(&self, path: &Path, root: PathBuf) -> Found {
        let folder = self.absolute(path).parent().map(Path::to_owned).unwrap_or_default();
        let last = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{}{last}", way_back(&self.here, &folder));
        let mut sources = Sources::new();
        let (bytes, unreadable) = match read(path) {
            Ok(bytes) => (bytes, None),
            Err(error) => (Vec::new(), Some(format!("cannot read `{name}`: {}", reason(&error)))),
        };
        let (file, mut problems) = sources.add(name.clone(), bytes);
        let (config, more) = config::read(sources.file(file));
        problems.extend(more);
        let mut in_force = config.in_force("", false);
        in_force.layers.push(&self.arguments);
        let usual = Arc::new(in_force.settings());
        Found { name, config, sources, problems, unreadable, root, usual }
    }

    /// A path from the root of the file system, without detours. Links are not followed.
    fn absolute(&self, path: &Path) -> PathBuf {
        let mut out = self.here.clone();
        for it in path.components() {
            match it {
                Component::CurDir => {}
                Component::ParentDir => drop(out.pop()),
                it => out.push(it),
            }
        }
        out
    }
}

impl Found {
    /// A path from where the globs start, with `/`; empty for one that is not below.
    fn relative(&self, path: &Path) -> String {
        let rest = path.strip_prefix(&self.root).unwrap_or(Path::new(""));
        let parts: Vec<_> = rest.components().map(|it| it.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    /// Its problems, as those of a file that was compiled.
    fn compilation(&self) -> Compilation {
        let mut out = Compilation { diagnostics: self.problems.clone(), ..Compilation::default() };
        for it in self.sources.files() {
            out.sources.add(it.name(), it.text().as_bytes().to_vec());
        }
        out
    }
}

/// Stops a run if a configuration has errors.
pub(crate) fn refuse(problems: &[Compilation]) -> Result<(), Failure> {
    let Some(first) = problems.iter().find(|it| it.has_errors()) else { return Ok(()) };
    let count = |it: &Compilation| it.diagnostics.iter().filter(|it| it.severity == Severity::Error).count();
    let found = counted(problems.iter().map(count).sum(), 0);
    Err(Failure::new(format!(
        "{found} in `{}`, so nothing was done; `--no-config` goes on without it",
        first.name()
    )))
}
