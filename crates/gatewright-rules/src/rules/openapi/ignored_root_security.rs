use gatewright_ir::Data;
use gatewright_source::Severity;

use super::definition::{and_more, entries, is_enforced, operations, schemes};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "ignored-root-security",
    page: include_str!("ignored_root_security.md"),
    severity: Severity::Error,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    let Some(security) = definition.get("security") else { return };
    let Data::List(requirements) = &security.data else { return };
    let names = requirements.iter().flat_map(|it| entries(Some(it))).map(|it| &*it.0.value);
    let asked = |name: &str| schemes(definition).iter().any(|it| &*it.0.value == name && is_enforced(&it.1));
    let Some(name) = names.into_iter().find(|it| asked(it)) else { return };
    let mut open = operations(definition)
        .filter(|it| it.it.get("security").is_none() && it.it.get("x-amazon-apigateway-auth").is_none())
        .filter(|it| &*it.method.value != "options");
    let Some(first) = open.next() else { return };
    let more = and_more(open.count());
    let message = format!("a REST API ignores `security` at the root: anybody may call `{first}`{more}");
    out.report(security.span, message)
        .label(first.method.span, "this operation has no `security` of its own")
        .help_in(Formats::BODIES, format!("write `security: [{{ {name}: [] }}]` at each operation"));
}
