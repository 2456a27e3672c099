use gatewright_ir::{Domain, DomainId, Generated};
use gatewright_source::{Edit, Fix, Safety, Severity};

use crate::limits::{MAX_DOMAIN_LABEL, MAX_DOMAIN_NAME};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-domain-name",
    page: include_str!("malformed_domain_name.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

fn check(cx: &Context<'_>, id: DomainId, domain: &Domain, out: &mut Findings) {
    if cx.ir.provenance.is_deferred(Generated::Domain(id)) {
        return;
    }
    let name = &*domain.name.value;
    let shown = shown(name);
    let span = domain.name.span;
    let is_odd = |it: &char| !it.is_ascii_alphanumeric() && !matches!(it, '-' | '.' | '_' | '*');
    let host = name.strip_prefix("*.").unwrap_or(name);
    let longest = host.split('.').map(str::len).max().unwrap_or_default();
    if let Some(odd) = name.chars().find(is_odd) {
        let finding = out.report(span, format!("the domain name `{shown}` holds `{}`", odd));
        if name.contains("://") || name.contains('/') {
            let host = name.split_once("://").map_or(name, |it| it.1).split('/').next().unwrap_or_default();
            let finding = finding.help("write the host only, such as `api.example.com`");
            if !host.contains(|it: char| is_odd(&it)) && host.contains('.') {
                let edit = Edit::reword(span, name, host);
                finding.fix(Fix::needs_a_look(format!("write `{host}`"), [edit]));
            }
        } else if !name.is_ascii() {
            finding.help("write the name in its ASCII form, which begins with `xn--`");
        } else {
            finding.help("use lower-case letters, digits, `-` and `.` only");
        }
    } else if name.bytes().any(|it| it.is_ascii_uppercase()) {
        out.report(span, format!("the domain name `{shown}` has upper-case letters"))
            .help(format!("write `{}`", name.to_ascii_lowercase()))
            .fix(Fix::spelling(span, name, &name.to_ascii_lowercase()));
    } else if host.contains('*') {
        out.report(span, format!("`*` is not the whole first part of the domain name `{shown}`"))
            .help("write `*.example.com`, or a name without `*`");
    } else if longest > MAX_DOMAIN_LABEL {
        let message =
            format!("a part of this domain name has {longest} characters; {MAX_DOMAIN_LABEL} are allowed");
        out.report(span, message).help("shorten the part between two dots");
    } else if name.len() > MAX_DOMAIN_NAME {
        let message =
            format!("this domain name has {} characters; {MAX_DOMAIN_NAME} are allowed", name.len());
        out.report(span, message).help("shorten it");
    } else if name.contains('_') {
        out.report(span, format!("the domain name `{shown}` holds `_`, which host names do not"))
            .help("write `-` instead")
            .warning();
    } else if host.split('.').any(|it| it.is_empty() || it.starts_with('-') || it.ends_with('-')) {
        out.report(span, format!("`{shown}` is not a complete domain name"))
            .help("between two dots stand letters, digits and `-`, and no `-` at either end")
            .warning();
    } else if !host.contains('.') {
        out.report(span, format!("`{shown}` is not a complete domain name"))
            .help("write all of it, such as `api.example.com`")
            .warning();
    }
}
