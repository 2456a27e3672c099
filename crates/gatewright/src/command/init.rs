//! `gatewright init`

use crate::args::{Init, Kind};
use crate::disk::{reason, write_all};
use crate::{Failure, Outcome};

/// The files of the starter project, beside the schema that the first line of the specification names.
fn files(kind: Kind) -> [(&'static str, &'static str); 3] {
    let (specification, function) = match kind {
        Kind::Http => {
            (include_str!("../starter/http/gatewright.yaml"), include_str!("../starter/http/app.py"))
        }
        Kind::Rest => {
            (include_str!("../starter/rest/gatewright.yaml"), include_str!("../starter/rest/app.py"))
        }
        Kind::Websocket => (
            include_str!("../starter/websocket/gatewright.yaml"),
            include_str!("../starter/websocket/app.py"),
        ),
    };
    [
        ("gatewright.yaml", specification),
        ("functions/hello/app.py", function),
        (".gitignore", include_str!("../starter/gitignore")),
    ]
}

/// Writes a starter project. Files that are there already are not touched.
pub(crate) fn run(args: &Init) -> Result<Outcome, Failure> {
    let starter = files(args.kind);
    let there: Vec<&str> = starter
        .iter()
        .map(|it| it.0)
        .filter(|it| *it != ".gitignore" && args.dir.join(it).exists())
        .collect();
    if !there.is_empty() {
        return Err(Failure::new(format!(
            "`{}` is there already: choose another folder with `--dir`",
            there.join("`, `")
        )));
    }
    let files: Vec<(String, String)> = starter
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
