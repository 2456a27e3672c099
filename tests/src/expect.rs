//! Expected texts: compared, or rewritten when `UPDATE_EXPECT=1` is set.

use std::path::Path;

use libtest_mimic::Failed;

/// Whether expectations are rewritten instead of compared.
pub(crate) fn update() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some_and(|it| it != "0")
}

/// Compares a text with a file, or writes the file.
pub(crate) fn file(path: &Path, actual: &str) -> Result<(), Failed> {
    let expected = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if expected == actual {
        return Ok(());
    }
    if update() {
        std::fs::create_dir_all(path.parent().unwrap()).map_err(|it| it.to_string())?;
        return std::fs::write(path, actual).map_err(|it| it.to_string().into());
    }
    Err(differs(&path.display().to_string(), &expected, actual))
}

/// A failure that shows what differs.
pub(crate) fn differs(what: &str, expected: &str, actual: &str) -> Failed {
    let diff = similar::TextDiff::from_lines(expected, actual);
    let text = diff.unified_diff().context_radius(2).header("expected", "actual").to_string();
    format!("{what} differs (UPDATE_EXPECT=1 cargo test rewrites it):\n{text}").into()
}
