use gatewright_ir::{Data, PolicyKind, Raw};
use gatewright_source::{Severity, did_you_mean};

use super::documents::{policies, statements};
use crate::rules::words::{list, shown};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-policy-document",
    page: include_str!("malformed_policy_document.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// The elements that a statement must have, each in one of two forms.
///
/// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
const NEEDED: [[&str; 2]; 4] = [
    ["Effect", "Effect"],
    ["Principal", "NotPrincipal"],
    ["Action", "NotAction"],
    ["Resource", "NotResource"],
];
/// The other elements of a statement.
const FURTHER: [&str; 2] = ["Sid", "Condition"];
/// The versions of the language of policies.
const VERSIONS: [&str; 2] = ["2012-10-17", "2008-10-17"];

fn check(cx: &Context<'_>, out: &mut Findings) {
    for policy in policies(cx.ir) {
        let PolicyKind::Document(document) = &policy.kind else { continue };
        if let Some(version) = document.get("Version")
            && let Some(text) = version.as_str().filter(|it| !VERSIONS.contains(it))
        {
            out.report(version.span, format!("policies have no version `{text}`"))
                .help(format!("write `Version: \"{}\"`", VERSIONS[0]));
        }
        wrapped(document, out);
        // A list that is known only when deploying.
        for it in statements(document).iter().filter(|it| it.function().is_none()) {
            statement(it, out);
        }
    }
}

/// A document within another, as other properties of templates want it.
fn wrapped(document: &Raw, out: &mut Findings) {
    if document.get("Statement").is_some() {
        return;
    }
    let Data::Map(entries) = &document.data else { return };
    let inner = |it: &&(gatewright_ir::Name, Raw)| {
        matches!(&*it.0.value, "Policy" | "PolicyDocument") && it.1.get("Statement").is_some()
    };
    if let Some((key, _)) = entries.iter().find(inner) {
        out.report(key.span, format!("the policy stands under `{}`, where nothing looks for it", key.value))
            .help("take that key out: the policy itself begins with `Version` and `Statement`");
    }
}

/// Who and what a statement is about, where that is written out and means nothing.
fn parties(it: &Raw, out: &mut Findings) {
    let principal = it.get("Principal");
    if let Some((at, text)) = principal.and_then(|it| Some((it, it.as_str()?))).filter(|it| it.1 != "*") {
        out.report(at.span, format!("`{}` is no principal", shown(text)))
            .help("write `\"*\"` for everybody, or `{ AWS: ARN }` for an account, a user or a role");
    }
    for (at, text) in texts(principal.and_then(|it| it.get("AWS"))).filter(|it| !may_be_principal(it.1)) {
        out.report(at.span, format!("`{}` is no principal", shown(text)))
            .help("write the number of an account, or the ARN of a user or a role");
    }
    let is_known = |text: &str| {
        text == "*" || ["arn:", "execute-api:", "$", "{{resolve:"].iter().any(|it| text.starts_with(it))
    };
    for (at, text) in texts(it.get("Resource")).filter(|it| !is_known(it.1)) {
        out.report(at.span, format!("`{}` is no resource", shown(text)))
            .help("write `execute-api:/STAGE/METHOD/PATH`, with `*` for any of them");
    }
}

/// The texts in a list, or the one that stands in its place.
fn texts(it: Option<&Raw>) -> impl Iterator<Item = (&Raw, &str)> {
    let items = it.map(|it| match &it.data {
        Data::List(items) => &items[..],
        _ => std::slice::from_ref(it),
    });
    items.unwrap_or_default().iter().filter_map(|it| Some((it, it.as_str()?)))
}

/// Whether a text may be somebody: an account, an ARN, the id of a user or a role, everybody.
///
/// Source: IAM User Guide, "AWS JSON policy elements: Principal".
fn may_be_principal(text: &str) -> bool {
    let is_account = text.len() == 12 && text.bytes().all(|it| it.is_ascii_digit());
    let is_id = text.len() >= 16 && text.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    text == "*" || text.starts_with("arn:") || text.contains(['$', '{']) || is_account || is_id
}

fn statement(it: &Raw, out: &mut Findings) {
    let Data::Map(entries) = &it.data else {
        // What could not be read was reported.
        if it.data != Data::Null {
            out.report(it.span, "a statement of a policy is a mapping").help(
                "write `{ Effect: Allow, Principal: \"*\", Action: execute-api:Invoke, Resource: \"execute-api:/*\" }`",
            );
        }
        return;
    };
    let known = || NEEDED.into_iter().flatten().chain(FURTHER);
    let mut is_misspelt = false;
    for (name, _) in entries.iter().filter(|it| known().all(|known| known != &*it.0.value)) {
        is_misspelt = true;
        let finding = out.report(name.span, format!("a statement of a policy has no `{}`", name.value));
        match did_you_mean(&name.value, known()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("remove it"),
        };
    }
    let missing = NEEDED.iter().filter(|names| names.iter().all(|name| it.get(name).is_none()));
    let missing: Vec<&str> = missing.map(|it| it[0]).collect();
    if !missing.is_empty() && !is_misspelt {
        out.report(it.span, format!("this statement has no {}", list(&missing)))
            .help("say what it does (`Effect`), for whom (`Principal`), what they do (`Action`) and with what (`Resource`)");
    }
    parties(it, out);
    if let Some(effect) = it.get("Effect")
        && let Some(text) = effect.as_str().filter(|it| !["Allow", "Deny"].contains(it))
    {
        out.report(effect.span, format!("a statement has no effect `{text}`"))
            .help("write `Allow` or `Deny`");
    }
}
