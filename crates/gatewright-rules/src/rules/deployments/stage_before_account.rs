use gatewright_ir::{Data, Raw};
use gatewright_source::{Fix, Safety, Severity};

use super::depend_on;
use crate::rules::cloudformation::property::{entries, items};
use crate::rules::cloudformation::template::{Resource, api_id};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stage-before-account",
    page: include_str!("stage_before_account.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::NOT_HTTP,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

const ACCOUNT: &str = "AWS::ApiGateway::Account";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (Some(api), Some(template)) = (api_id(cx.ir), cx.template()) else { return };
    let Some(account) = template.of_type(ACCOUNT).next() else { return };
    // What the account waits for cannot wait for it.
    let before = template.waits_for(&account.id.value);
    let own = template.get(api).filter(|it| it.of == "AWS::Serverless::Api");
    let makers = template.parts(api).filter(|it| it.is_stage() || it.is_deployment());
    for it in own.into_iter().chain(makers) {
        let Some(log) = log(it) else { continue };
        // Only where both are always there; two of them would set each other aside.
        if account.condition.is_some() && account.condition != it.condition
            || template.of_type(ACCOUNT).nth(1).is_some()
            || template.waits_for(&it.id.value).contains(&*account.id.value)
            || before.contains(&*it.id.value)
        {
            continue;
        }
        let (id, account_id) = (&it.id.value, &account.id.value);
        let finding = out
            .report(
                log.span,
                format!("`{id}` does not wait for `{account_id}`, without whose role it cannot log"),
            )
            .label(account.id.span, "the role is set here, perhaps later")
            .help(format!("add `DependsOn: {account_id}` to `{id}`"));
        if let Some(edits) = depend_on(it, &[account_id]) {
            finding.fix(Fix::safe(format!("let `{id}` depend on `{account_id}`"), edits));
        }
    }
}

/// What of a stage is written by the role of the account: an execution log, or an access log.
fn log<'t>(it: &Resource<'t>) -> Option<&'t Raw> {
    let stage = match it.of {
        "AWS::ApiGateway::Deployment" => {
            it.get("StageDescription").filter(|_| it.get("StageName").is_some())?
        }
        _ => it.whole.get("Properties")?,
    };
    let settings = items(stage.get("MethodSettings")).iter().chain(stage.get("DefaultRouteSettings"));
    let mut levels = settings.chain([stage]).filter_map(|it| it.get("LoggingLevel"));
    let is_on = |it: &&Raw| matches!(&it.data, Data::String(level) if matches!(&**level, "INFO" | "ERROR"));
    let access = ["AccessLogSetting", "AccessLogSettings"].iter().find_map(|key| stage.get(key));
    levels.find(is_on).or(access.filter(|it| !entries(it).is_empty()))
}
