use gatewright_source::Severity;

use super::source::Source;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "import-warnings-ignored",
    page: include_str!("import_warnings_ignored.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    // Without the default endpoint SAM's own definition makes a warning (aws/serverless-application-model#2424).
    if ["FailOnWarnings", "DisableExecuteApiEndpoint"].iter().any(|it| source.get(&[it]).is_some()) {
        return;
    }
    let jwt = source.authorizers().into_iter().find(|it| it.1.get("JwtConfiguration").is_some());
    if let Some((name, _)) = jwt {
        let message = format!("`{}` is left out without an error if its issuer does not answer", name.value);
        out.report(name.span, message)
            .help("set `FailOnWarnings: true` at the API: then the deployment fails instead");
    }
}
