use gatewright_ir::{Data, Format, Span};
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::definition::{Operation, and_more, entries, is_enforced, operations, schemes};
use super::reference::found;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unenforced-security-scheme",
    page: include_str!("unenforced_security_scheme.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

/// The security schemes: where they stand, and whether API Gateway asks for them, if that is known.
type Schemes<'d> = FxHashMap<&'d str, (Span, Option<bool>)>;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    let has_policy = definition.get("x-amazon-apigateway-policy").is_some() || cx.ir.api.policy.is_some();
    // What SAM adds to a definition asks for something else.
    if has_policy || cx.ir.provenance.format == Format::Sam && !cx.ir.authorizers.is_empty() {
        return;
    }
    let schemes: Schemes<'_> = schemes(definition)
        .iter()
        .map(|(name, it)| (&*name.value, (name.span, found(definition, it).map(is_enforced))))
        .collect();
    // One scheme may stand at many operations.
    let mut open: Vec<(&str, Span, String, usize)> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for operation in operations(definition) {
        let Some((name, span)) = unenforced(&schemes, &operation) else { continue };
        match places.get(name).and_then(|at| open.get_mut(*at)) {
            Some(first) => first.3 += 1,
            None => {
                places.insert(name, open.len());
                open.push((name, span, operation.to_string(), 0));
            }
        }
    }
    for (name, span, route, others) in open {
        let message =
            format!("API Gateway does not ask for `{name}`: anybody may call `{route}`{}", and_more(others));
        out.report(span, message)
            .help_in(Formats::BODIES, "add `x-amazon-apigateway-authorizer` to the scheme; where the backend asks, say so: `# gatewright: allow(unenforced-security-scheme) reason`");
    }
}

/// The first scheme that an operation names, if it names only such as API Gateway does not know.
fn unenforced<'d>(schemes: &Schemes<'d>, operation: &Operation<'d>) -> Option<(&'d str, Span)> {
    let it = operation.it;
    if it.get("x-amazon-apigateway-auth").is_some() || it.get("x-amazon-apigateway-integration").is_none() {
        return None;
    }
    let Data::List(requirements) = &it.get("security")?.data else { return None };
    let mut first = None;
    for requirement in requirements {
        // Nothing at all is a choice of its own: nobody is asked, on purpose.
        let names = entries(Some(requirement));
        if names.is_empty() {
            return None;
        }
        for (name, _) in names {
            let (span, is_enforced) = schemes.get(&*name.value)?;
            if (*is_enforced)? {
                return None;
            }
            first.get_or_insert((&*name.value, *span));
        }
    }
    first
}
