use gatewright_ir::{Function, FunctionId, Origin};
use gatewright_source::Severity;

use crate::limits::FUNCTION_MEMORY_MB;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-memory",
    page: include_str!("unsupported_memory.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Function(check),
};

fn check(_: &Context<'_>, _: FunctionId, function: &Function, out: &mut Findings) {
    let Origin::Created(created) = &function.origin else { return };
    let Some(memory) = &created.memory else { return };
    if let Some(megabytes) = memory.value.known()
        && !FUNCTION_MEMORY_MB.contains(megabytes)
    {
        let (least, most) = (FUNCTION_MEMORY_MB.start(), FUNCTION_MEMORY_MB.end());
        out.report(memory.span, format!("a function cannot have {megabytes} MB of memory"))
            .help(format!("give `{}` from {least} to {most} MB", function.name.value));
    }
}
