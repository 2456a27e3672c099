use gatewright_ir::Data;
use gatewright_source::Severity;

use super::schema::{checked, each};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-schema-keyword",
    page: include_str!("unsupported_schema_keyword.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// Keywords that API Gateway does not check, and what to write instead.
///
/// Source: API Gateway Developer Guide, "Amazon API Gateway important notes", and JSON Schema, draft 4, which has not
/// the later ones.
const KEYWORDS: [(&str, &str); 22] = [
    ("nullable", "write `type: [string, \"null\"]`"),
    ("discriminator", "write `oneOf`, and an `enum` of one value in each"),
    ("const", "write an `enum` of one value"),
    ("if", "write `anyOf` with one schema for each case"),
    ("then", "write `anyOf` with one schema for each case"),
    ("else", "write `anyOf` with one schema for each case"),
    ("contains", "check it in the backend"),
    ("minContains", "check it in the backend"),
    ("maxContains", "check it in the backend"),
    ("propertyNames", "write `patternProperties` with `additionalProperties: false`"),
    ("dependentRequired", "write `dependencies`"),
    ("dependentSchemas", "write `dependencies`"),
    ("unevaluatedProperties", "write `additionalProperties`"),
    ("unevaluatedItems", "write `additionalItems`"),
    ("prefixItems", "write `items` with a list of schemas"),
    ("$defs", "write `definitions`"),
    ("$dynamicRef", "write `$ref`"),
    ("$recursiveRef", "write `$ref`"),
    ("exclusiveMinimum", "write `minimum`, and check the bound itself in the backend"),
    ("exclusiveMaximum", "write `maximum`, and check the bound itself in the backend"),
    ("minItems", "check it in the backend"),
    ("maxItems", "check it in the backend"),
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    for schema in checked(cx.ir) {
        each(schema, &mut |_, keywords| {
            for (keyword, value) in keywords {
                let name = &*keyword.value;
                // What is switched off would change nothing.
                if value.data == Data::Bool(false) && name != "const" {
                    continue;
                }
                if let Some((_, help)) = KEYWORDS.iter().find(|it| it.0 == name) {
                    out.report(keyword.span, format!("API Gateway does not check `{name}`")).help(*help);
                }
                if name == "$schema"
                    && let Some(draft) = value.as_str().filter(|it| !it.contains("draft-04"))
                {
                    out.report(
                        value.span,
                        format!("API Gateway does not read schemas as `{draft}` has them"),
                    )
                    .help("write it as draft 4 has it: `http://json-schema.org/draft-04/schema#`");
                }
            }
        });
    }
}
