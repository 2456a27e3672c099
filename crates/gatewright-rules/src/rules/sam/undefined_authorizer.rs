use gatewright_ir::ApiKind;
use gatewright_source::Severity;

use super::source::{Source, flag};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "undefined-authorizer",
    page: include_str!("undefined_authorizer.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    let authorizers = source.get(&["Auth", "Authorizers"]);
    // What a body or a function of CloudFormation defines cannot be seen from here.
    if authorizers.is_some_and(|it| it.function().is_some())
        || source.get(&["Auth"]).is_some_and(|it| it.function().is_some())
    {
        return;
    }
    let names: Vec<&str> = source.authorizers().iter().map(|it| &*it.0.value).collect();
    let iam = cx.ir.api.kind == ApiKind::Rest
        || source.get(&["Auth", "EnableIamAuthorizer"]).is_some_and(|it| flag(it) != Some(false));
    let is_defined = |name: &str| names.contains(&name) || name == "AWS_IAM" && iam;
    let default = source.get(&["Auth", "DefaultAuthorizer"]);
    let mut undefined = |name: &str, span| {
        let message = format!("there is no authorizer `{name}`");
        let near = out.did_you_mean(name, names.iter().copied()).map(str::to_owned);
        let finding = out.report(span, message);
        match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None if name == "AWS_IAM" => {
                finding.help("set `EnableIamAuthorizer: true` under `Auth` of the API")
            }
            None => finding.help("define it under `Auth.Authorizers` of the API"),
        };
    };
    if let Some(it) = default
        && let Some(name) = it.as_str().filter(|it| !is_defined(it))
    {
        undefined(name, it.span);
    }
    let mut open = Vec::new();
    // Of a definition of its own, SAM looks at no event of a REST API unless it is told to.
    let own = source.get(&["DefinitionUri"]).is_some()
        || cx.ir.api.kind == ApiKind::Rest && source.get(&["DefinitionBody"]).is_some();
    for event in source.events() {
        let overrides =
            event.get(&["Auth", "OverrideApiAuth"]).is_some() || source.get(&["MergeDefinitions"]).is_some();
        if own && !overrides {
            continue;
        }
        let Some(it) = event.get(&["Auth", "Authorizer"]) else { continue };
        match it.as_str() {
            Some("NONE") if default.is_none() => open.push(it.span),
            Some(name) if name != "NONE" && !is_defined(name) => undefined(name, it.span),
            _ => {}
        }
    }
    for span in open {
        let message = "`NONE` is only possible where the API has a `DefaultAuthorizer`";
        out.report(span, message).help("remove it: without a default nobody is asked");
    }
}
