//! What the emitters write for small specifications.

use gatewright_ir::{Ir, Source, StageId};
use gatewright_source::{Severity, Sources, Span};
use gatewright_spec::Spec;
use serde_json::Value;

use crate::{Format, Layout, OpenApiOptions, Options, Output, cloudformation, openapi};

/// The model of a specification without errors.
pub(crate) fn model(text: &str) -> Ir {
    let mut sources = Sources::new();
    let (file, mut problems) = sources.add("gatewright.yaml", text.as_bytes().to_vec());
    let (tree, mut more) = gatewright_source::parse(sources.file(file));
    problems.append(&mut more);
    let (spec, mut more) = gatewright_spec::decode::<Spec>(&tree);
    problems.append(&mut more);
    let spec = spec.expect("a specification");
    let (ir, mut more) = gatewright_ir::lower(&[Source { spec: &spec, start: Span::new(0, 1) }]);
    problems.append(&mut more);
    let errors: Vec<_> = problems.iter().filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    ir
}

fn stage(ir: &Ir, name: &str) -> StageId {
    ir.stages.iter().find(|it| &*it.1.name.value == name).expect("the stage").0
}

/// Builds a file named by `GATEWRIGHT_EMIT` in all ways into a folder of the same name, for other judges.
#[test]
#[allow(clippy::disallowed_methods)]
fn written_for_other_judges() {
    let Ok(path) = std::env::var("GATEWRIGHT_EMIT") else { return };
    let ir = model(&std::fs::read_to_string(&path).expect("a file"));
    let folder = path.trim_end_matches(".yaml").to_owned();
    let write = |name: String, output: Output| {
        for it in output.artifacts {
            let path = format!("{folder}/{name}/{}", it.path);
            std::fs::create_dir_all(format!("{folder}/{name}")).expect("a folder");
            std::fs::write(path, it.text).expect("written");
        }
        let notes: Vec<String> = output.notes.into_iter().map(|it| it.message).collect();
        std::fs::write(format!("{folder}/{name}/notes.txt"), notes.join("\n")).expect("written");
    };
    for (name, layout) in [("body", Layout::Body), ("resources", Layout::Resources)] {
        let options = Options { layout, base: "../", ..Options::default() };
        let start = std::time::Instant::now();
        let output = cloudformation(&ir, &options);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(format!("{folder}/{name}.time"), format!("{:?}", start.elapsed())).expect("written");
        write(name.to_owned(), output);
        write(format!("{name}-json"), cloudformation(&ir, &Options { format: Format::Json, ..options }));
        for (stage, it) in ir.stages.iter() {
            let output = cloudformation(&ir, &Options { stage: Some(stage), ..options });
            write(format!("{name}-{}", it.name.value), output);
        }
    }
    write("openapi".to_owned(), openapi(&ir, &OpenApiOptions::default()));
    write("plain".to_owned(), openapi(&ir, &OpenApiOptions { plain: true, ..OpenApiOptions::default() }));
}
