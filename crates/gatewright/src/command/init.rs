//! `gatewright init`

use crate::args::Init;
use crate::disk::{reason, write_all};
use crate::{Failure, Outcome};

/// The files of the starter project, beside the schema that the first line of the specification names.
const FILES: [(&str, &str); 3] = [
    ("gatewright.yaml", include_str!("../starter/gatewright.yaml")),
    ("functions/hello/app.py", include_str!("../starter/functions/hello/app.py")),
    (".gitignore", include_str!("../starter/gitignore")),
];

/// Writes a starter project. Files that are there already are not touched.
pub(crate) fn run(args: &Init) -> Result<Outcome, Failure> {
    let there: Vec<&str> =
        FILES.iter().map(|it| it.0).filter(|it| *it != ".gitignore" && args.dir.join(it).exists()).collect();
    if !there.is_empty() {
        return Err(Failure::new(format!(
            "`{}` is there already: choose another folder with `--dir`",
            there.join("`, `")
        )));
    }
    let files: Vec<(String, String)> = FILES
        .iter()
        .filter(|it| !args.dir.join(it.0).exists())
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .chain([("gatewright.schema.json".to_owned(), gatewright_compiler::schema())])
        .collect();
    write_all(&args.dir, &files)
        .map_err(|it| Failure::new(format!("cannot write into `{}`: {}", args.dir.display(), reason(&it))))?;
    for (name, _) in &files {
        anstream::eprintln!("wrote {}", super::shown(&args.dir.join(name)));
    }
    anstream::eprintln!("\nNext:\n  gatewright check\n  gatewright build gatewright.yaml");
    Ok(Outcome::Clean)
}
