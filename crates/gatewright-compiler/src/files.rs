//! The door to the outside: the only way in which a compilation reads anything but its input.

/// Reads the files that a specification names.
pub trait Files {
    /// The bytes of a file. Paths are relative to the specification's folder, with `/`.
    ///
    /// # Errors
    /// In words that follow "cannot read `path`: ".
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;

    /// A digest of the contents of a file or folder: equal contents, equal digests.
    ///
    /// # Errors
    /// In words that follow "cannot read `path`: ".
    fn digest(&self, path: &str) -> Result<String, String>;

    /// The value of an environment variable, where those may be read: `${env:NAME}` of a `serverless.yml`.
    fn variable(&self, _name: &str) -> Option<String> {
        None
    }
}

/// No files: for tests, and for text without a place on disk. Code folders count as present and empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("files cannot be read here".to_owned())
    }

    fn digest(&self, _: &str) -> Result<String, String> {
        Ok(String::new())
    }
}
