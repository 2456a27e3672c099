use gatewright_ir::{Function, FunctionId, Origin};
use gatewright_source::Severity;

use crate::limits::FUNCTION_STORAGE_MB;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-ephemeral-storage",
    page: include_str!("unsupported_ephemeral_storage.md"),
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
    let Some(storage) = created.ephemeral_storage else { return };
    let (least, most) = (FUNCTION_STORAGE_MB.start(), FUNCTION_STORAGE_MB.end());
    let name = &function.name;
    // Lambda means powers of two, and people write either: only what is outside by both measures is wrong.
    let (fewer, more) = (storage.bytes.div_ceil(1 << 20), storage.bytes / 1_000_000);
    let what = if more < *least {
        "less"
    } else if fewer > *most {
        "more"
    } else {
        return;
    };
    out.report(name.span, format!("`{}` asks for {what} space in `/tmp` than there can be", name.value))
        .help(format!("give `ephemeralStorage` from `{least}MB` to `{most}MB`"));
}
