use gatewright_source::{Severity, Span};
use rustc_hash::FxHashMap;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule, limits};

pub(super) static RULE: Rule = Rule {
    name: "overflowing-function-policy",
    page: include_str!("overflowing_function_policy.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::CLOUDFORMATION,
    check: Check::Api(check),
};

/// Bytes that a statement has at least, besides the logical id in its id, and the ARN of who is let in: the words of the
/// statement, and the ARN of a function.
const STATEMENT_BYTES: usize = 230;

/// Bytes of a value that only CloudFormation knows: an id of an API has ten, a region nine, an account twelve.
const HOLE_BYTES: usize = 8;

fn check(cx: &Context<'_>, out: &mut Findings) {
    // They are the same whatever the API.
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    // For each function: how many permissions, of how many bytes, and the first that is too much.
    let mut sizes: FxHashMap<String, (usize, usize)> = FxHashMap::default();
    let mut found: Vec<(String, Span)> = Vec::new();
    let permissions = template.of_type("AWS::Lambda::Permission");
    for it in permissions.filter(|it| it.condition.is_none()) {
        let Some(function) = it.text("FunctionName") else { continue };
        let source = it.text("SourceArn").map_or(0, |it| bytes(&it));
        let (count, size) = sizes.entry(function.clone()).or_default();
        let before = *size;
        *count += 1;
        *size += STATEMENT_BYTES + it.id.value.len() + source;
        if before <= limits::FUNCTION_POLICY_BYTES && *size > limits::FUNCTION_POLICY_BYTES {
            found.push((function, it.id.span));
        }
    }
    for (function, span) in found {
        let Some((count, size)) = sizes.get(&function) else { continue };
        let shown =
            function.trim_start_matches("${").trim_end_matches('}').trim_end_matches(".Arn").to_owned();
        let most = limits::FUNCTION_POLICY_BYTES;
        let message = format!(
            "the policy of `{shown}` gets too large: its {count} permissions have {size} bytes or more, and {most} fit"
        );
        out.report(span, message)
            .help("let all routes of the API in by one permission, which ends with `/*`");
    }
}

/// The bytes of a text of which only some is known.
fn bytes(text: &str) -> usize {
    let mut parts = text.split("${");
    let first = parts.next().map_or(0, str::len);
    first + parts.map(|it| HOLE_BYTES + it.split_once('}').map_or(0, |it| it.1.len())).sum::<usize>()
}
