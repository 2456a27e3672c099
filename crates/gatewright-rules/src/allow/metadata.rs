//! Allowances in documents, for JSON, which has no comments: in templates `Metadata: { gatewright: { allow: { RULE: REASON } } }`
//! of the whole template or of a resource, in OpenAPI documents `x-gatewright-allow: { RULE: REASON }` of the whole document,
//! a path or an operation.

use gatewright_ir::{Data, Raw};
use gatewright_source::{Diagnostic, Span};

use super::{Allowance, RULE, Scope};

/// The extension of OpenAPI documents.
const EXTENSION: &str = "x-gatewright-allow";

pub(super) fn read<'t>(document: &'t Raw, out: &mut Vec<Allowance<'t>>, problems: &mut Vec<Diagnostic>) {
    let mut add = |allow: Option<&'t Raw>, part: Span| {
        if let Some(allow) = allow {
            each(allow, part, out, problems);
        }
    };
    let metadata = |it: &'t Raw| it.get("Metadata")?.get("gatewright")?.get("allow");
    add(metadata(document), document.span);
    for (name, resource) in entries(document.get("Resources")) {
        add(metadata(resource), name.to(resource.span));
    }
    add(document.get(EXTENSION), document.span);
    for (name, path) in entries(document.get("paths")) {
        add(path.get(EXTENSION), name.to(path.span));
        for (name, operation) in entries(Some(path)) {
            add(operation.get(EXTENSION), name.to(operation.span));
        }
    }
}

/// The entries of a mapping, with the places of their keys.
fn entries(of: Option<&Raw>) -> impl Iterator<Item = (Span, &Raw)> {
    let entries = match of.map(|it| &it.data) {
        Some(Data::Map(entries)) => &entries[..],
        _ => &[],
    };
    entries.iter().map(|(name, value)| (name.span, value))
}

/// Each rule that is allowed in a part of the document, with its reason.
fn each<'t>(allow: &'t Raw, part: Span, out: &mut Vec<Allowance<'t>>, problems: &mut Vec<Diagnostic>) {
    let Data::Map(entries) = &allow.data else {
        let message = "allowances are rules and reasons: `{ rule-name: reason }`";
        problems.push(Diagnostic::warning(RULE, allow.span, message));
        return;
    };
    for (name, reason) in entries {
        let Some(reason) = reason.as_str().filter(|it| !it.trim().is_empty()) else {
            let problem = Diagnostic::warning(RULE, name.span, "this allowance gives no reason");
            problems.push(problem.help("say as its value why the finding is right to ignore"));
            continue;
        };
        let Some(rules) = super::known(std::iter::once(&*name.value), name.span, problems) else { continue };
        let scope = Scope::Part(part);
        out.push(Allowance { span: name.span, reason: reason.trim().into(), scope, rules, used: false });
    }
}
