use gatewright_ir::{Integration, IntegrationId};
use gatewright_source::Severity;

use super::written::templates;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unclosed-template-directive",
    page: include_str!("unclosed_template_directive.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

/// What is opened or closed without its counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Odd<'t> {
    /// Without `#`.
    directive: &'t str,
    /// Where, in bytes.
    at: usize,
}

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    for (_, template, text) in templates(integration) {
        let Some(odd) = odd(text) else { continue };
        let line = text[..odd.at].matches('\n').count() + 1;
        let place = if text.trim_end().contains('\n') {
            format!(" in line {line} of the template")
        } else {
            String::new()
        };
        if odd.directive == "end" {
            out.report(template.span, format!("`#end`{place} closes nothing"))
                .help("remove it, or add what it should close, such as `#if(…)`");
        } else {
            out.report(template.span, format!("`#{}`{place} has no `#end`", odd.directive))
                .help("add `#end`");
        }
    }
}

/// The first directive without its counterpart.
///
/// Source: Apache Velocity, "VTL Reference".
fn odd(text: &str) -> Option<Odd<'_>> {
    let mut open: Vec<Odd<'_>> = Vec::new();
    let mut rest = text;
    while let Some(sharp) = rest.find('#') {
        let at = text.len() - rest.len() + sharp;
        let after = &text[at + 1..];
        let is_escaped = text[..at].ends_with('\\');
        // Comments and text that is not read.
        let end = [("#", "\n"), ("*", "*#"), ("[[", "]]#")].into_iter().find_map(|(start, end)| {
            let inside = after.strip_prefix(start)?;
            Some(inside.find(end).map_or("", |it| &inside[it + end.len()..]))
        });
        if let Some(end) = end.filter(|_| !is_escaped) {
            rest = end;
            continue;
        }
        let name = after.strip_prefix('{').unwrap_or(after);
        let directive = &name[..name.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(name.len())];
        rest = after;
        if is_escaped {
            continue;
        }
        match directive {
            "if" | "foreach" | "macro" | "define" => open.push(Odd { directive, at }),
            "end" if open.pop().is_none() => return Some(Odd { directive, at }),
            _ => {}
        }
    }
    open.first().copied()
}

#[cfg(test)]
mod tests {
    use super::odd;

    #[test]
    fn directives_have_counterparts() {
        for it in [
            "#set($a = 1)\n#if($a)x#{else}y#end",
            "#foreach($x in $l)#if($foreach.hasNext),#end#end",
            "## #if\n#* #if *# #[[ #if ]]# \\#if {\"color\": \"#fff\"}",
            "#",
        ] {
            assert_eq!(odd(it), None, "{it}");
        }
        for (text, directive) in [("#if($a) x", "if"), ("x #end", "end"), ("#if(a)#foreach(b)#end", "if")] {
            assert_eq!(odd(text).map(|it| it.directive), Some(directive), "{text}");
        }
    }
}
