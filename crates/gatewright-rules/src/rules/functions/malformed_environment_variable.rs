use gatewright_ir::{Function, FunctionId, Origin};
use gatewright_source::Severity;

use crate::limits::MAX_ENVIRONMENT_BYTES;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-environment-variable",
    page: include_str!("malformed_environment_variable.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Function(check),
};

/// Names that Lambda keeps to itself.
///
/// Source: Lambda Developer Guide, "Defined runtime environment variables", those that are reserved:
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>.
const RESERVED: [&str; 18] = [
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
];

fn check(_: &Context<'_>, _: FunctionId, function: &Function, out: &mut Findings) {
    let Origin::Created(created) = &function.origin else { return };
    let mut bytes = 0;
    for (name, value) in &created.environment {
        let text = &*name.value;
        bytes +=
            text.len() + value.value.as_str().filter(|it| !it.contains("{{resolve:")).map_or(0, str::len);
        if RESERVED.contains(&text) {
            out.report(name.span, format!("Lambda keeps the environment variable `{text}` to itself"))
                .help("give it another name");
        } else if !is_name(text) {
            out.report(name.span, format!("`{}` is no name for an environment variable", shown(text)))
                .help("write at least two letters, digits or `_`, and a letter first");
        }
    }
    if let Some((first, _)) = created.environment.first()
        && bytes > MAX_ENVIRONMENT_BYTES
    {
        let message = format!("the environment variables of `{}` take more than 4 KB", function.name.value);
        out.report(first.span, message).help("keep long values in Parameter Store, Secrets Manager or S3");
    }
}

/// Source: Lambda API Reference, `Environment`: `[a-zA-Z]([a-zA-Z0-9_])+`.
fn is_name(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|it: char| it.is_ascii_alphabetic())
        && text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
}
