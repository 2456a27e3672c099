//! The disk: what a specification names, and artifacts that are written whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gatewright_compiler::Files;
use sha2::{Digest, Sha256};

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
        fs::read(self.root.join(path)).map_err(|it| reason(&it))
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
                add(&mut digest, file.as_bytes());
                add(&mut digest, &fs::read(path.join(&file)).map_err(|it| reason(&it))?);
            }
        } else {
            add(&mut digest, &fs::read(&path).map_err(|it| reason(&it))?);
        }
        Ok(hex(&digest.finalize()))
    }
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
        // A link to a folder is not followed: it may lead back here.
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), format!("{path}/"), out)?;
        } else {
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
        _ => error.to_string(),
    }
}

/// Writes files so that each is either whole or as before: all go to temporary names first, and only when every
/// one is on disk are they renamed.
pub(crate) fn write_all(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
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
    if let Err(error) = result {
        written.iter().for_each(|(temporary, _)| drop(fs::remove_file(temporary)));
        return Err(error);
    }
    for (temporary, target) in &written {
        fs::rename(temporary, target)?;
    }
    Ok(())
}
