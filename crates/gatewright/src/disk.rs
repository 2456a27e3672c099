//! The disk: what a specification names, and artifacts that are written whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use gatewright_compiler::source::MAX_FILE_BYTES;
use gatewright_compiler::{Files, Rewritten};
use sha2::{Digest, Sha256};

/// Names what Gatewright wrote into a folder, with digests, in the form that `sha256sum --check` reads. What is not
/// named, or is no longer what was written, is the user's.
pub(crate) const MANIFEST: &str = ".gatewright";

/// The files beside a specification.
#[derive(Debug)]
pub(crate) struct Disk {
    /// The folder of the specification.
    pub(crate) root: PathBuf,
    /// Whether contents are read for digests; a check only wants to know whether something is there.
    pub(crate) contents: bool,
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let path = self.root.join(path);
        let about = fs::metadata(&path).map_err(|it| reason(&it))?;
        if !about.is_file() {
            // A device or a pipe may never end.
            return Err(if about.is_dir() { "it is a folder" } else { "it is no file" }.to_owned());
        }
        read(&path).map_err(|it| reason(&it))
    }

    fn digest(&self, path: &str) -> Result<String, String> {
        let path = self.root.join(path);
        let about = fs::metadata(&path).map_err(|it| reason(&it))?;
        if !self.contents {
            return Ok(String::new());
        }
        let mut digest = Sha256::new();
        if about.is_dir() {
            let mut files = Vec::new();
            walk(&path, String::new(), &mut files).map_err(|it| reason(&it))?;
            files.sort();
            for file in files {
                let full = path.join(&file);
                // A link counts with where it leads: to follow one to a folder may lead back here.
                let contents = match fs::read_link(&full) {
                    Ok(target) => target.to_string_lossy().into_owned().into_bytes(),
                    Err(_) => fs::read(&full).map_err(|it| format!("{} (`{file}` in it)", reason(&it)))?,
                };
                add(&mut digest, file.as_bytes());
                add(&mut digest, &contents);
            }
        } else {
            add(&mut digest, &fs::read(&path).map_err(|it| reason(&it))?);
        }
        Ok(hex(&digest.finalize()))
    }
}

/// Reads a file, or as much of it as shows that it is too large: a device may never end.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    // Room for all of it at once; where nothing says how much that is, the reader finds out.
    let most = MAX_FILE_BYTES as u64 + 1;
    let room = file.metadata().map_or(0, |it| it.len().saturating_add(1).min(most));
    let mut bytes = Vec::with_capacity(room as usize);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Adds bytes to a digest, after their number: two files are never taken for one.
fn add(digest: &mut Sha256, bytes: &[u8]) {
    digest.update((bytes.len() as u64).to_le_bytes());
    digest.update(bytes);
}

/// The files in a folder, as paths with `/`. What tools leave behind is no code.
fn walk(folder: &Path, prefix: String, out: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if matches!(&*name, ".git" | "__pycache__" | ".DS_Store" | ".pytest_cache") {
            continue;
        }
        let path = format!("{prefix}{name}");
        let sort = entry.file_type()?;
        if sort.is_dir() {
            walk(&entry.path(), format!("{path}/"), out)?;
        } else if sort.is_file() || sort.is_symlink() {
            out.push(path);
        }
    }
    Ok(())
}

/// Hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, it| {
        let _ = write!(out, "{it:02x}");
        out
    })
}

/// The SHA-256 digest of a text.
pub(crate) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Why the disk refused, in a few words.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "a file is in the way".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

/// What an earlier build wrote: names and digests.
pub(crate) fn manifest(out: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(out.join(MANIFEST)).unwrap_or_default();
    text.lines()
        .filter_map(|it| it.split_once("  "))
        .map(|(digest, name)| (name.to_owned(), digest.to_owned()))
        // A name that leads out of the folder was not written by us.
        .filter(|(name, _)| {
            !name.starts_with('/') && !Path::new(name).components().any(|it| it.as_os_str() == "..")
        })
        .collect()
}

/// Whether a file is there that no earlier build wrote, or that was changed since.
pub(crate) fn is_theirs(out: &Path, name: &str, before: &BTreeMap<String, String>) -> bool {
    let path: PathBuf = out.join(name);
    match fs::read(&path) {
        Err(_) => path.exists(),
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            before.get(name).is_none_or(|digest| *digest != sha256(&text))
        }
    }
}

/// Writes files so that each is either whole or as before: all go to temporary names first, and only when every
/// one is on disk are they renamed.
pub(crate) fn write_all(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    if files.iter().any(|(name, _)| folder.join(name).is_dir()) {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut written: Vec<(PathBuf, PathBuf)> = Vec::new();
    let result = files.iter().try_for_each(|(name, text)| {
        let target = folder.join(name);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        let temporary = target.with_file_name(format!(
            ".{}.{}.tmp",
            target.file_name().map(|it| it.to_string_lossy()).unwrap_or_default(),
            std::process::id()
        ));
        written.push((temporary.clone(), target));
        fs::write(&temporary, text)
    });
    let result = result
        .and_then(|()| written.iter().try_for_each(|(temporary, target)| fs::rename(temporary, target)));
    if result.is_err() {
        // Those that were renamed are no longer there under this name.
        written.iter().for_each(|(temporary, _)| drop(fs::remove_file(temporary)));
    }
    result
}

/// Puts new texts in place of those that were read, so that each file is either whole or as before, and keeps its
/// permissions; where a name is a link, what it leads to is written. Nothing is written if a file is no longer what was
/// read. An error comes with its path and words that follow "cannot write `path`: ".
pub(crate) fn rewrite(files: &[Rewritten]) -> Result<(), (PathBuf, String)> {
    let mut ready: Vec<(PathBuf, PathBuf)> = Vec::new();
    let mut result = Ok(());
    for it in files {
        let named = PathBuf::from(&it.name);
        match prepare(&named, it) {
            Ok(paths) => ready.push(paths),
            Err(why) => {
                result = Err((named, why));
                break;
            }
        }
    }
    for (temporary, target) in &ready {
        if result.is_ok() {
            result = fs::rename(temporary, target).map_err(|it| (target.clone(), reason(&it)));
        }
        if result.is_err() {
            drop(fs::remove_file(temporary));
        }
    }
    result
}

/// Writes a new text beside the file that shall get it: the name of that, and the file's own.
fn prepare(named: &Path, it: &Rewritten) -> Result<(PathBuf, PathBuf), String> {
    let why = |it: io::Error| reason(&it);
    let target = fs::canonicalize(named).map_err(why)?;
    if read(&target).map_err(why)? != it.before.as_bytes() {
        return Err("it was changed while it was checked; run again".to_owned());
    }
    let permissions = fs::metadata(&target).map_err(why)?.permissions();
    if permissions.readonly() {
        return Err("it is read-only".to_owned());
    }
    let name = target.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::write(&temporary, it.after.as_bytes())
        .and_then(|()| fs::set_permissions(&temporary, permissions));
    if let Err(error) = written {
        drop(fs::remove_file(&temporary));
        return Err(reason(&error));
    }
    Ok((temporary, target))
}
