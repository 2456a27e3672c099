use gatewright_ir::{Backend, Ir, Stage, StageId};
use gatewright_source::{Safety, Severity, Written};

use super::super::words::shown;
use super::posture::{PLAIN, add, advise, is_decided};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stage-without-client-certificate",
    page: include_str!("stage_without_client_certificate.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::All,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::NOT_HTTP,
    // SAM and the Serverless Framework have no word for it.
    formats: PLAIN,
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, _: StageId, stage: &Stage, out: &mut Findings) {
    if stage.client_certificate.is_some() || !is_decided(cx.ir, stage) {
        return;
    }
    let Some(host) = public_host(cx.ir) else { return };
    let message =
        format!("`{}` cannot tell requests of the stage `{}` from others", shown(host), stage.name.value);
    advise(out.report(stage.name.span, message), stage, "clientCertificate: create")
        .help_in(
            Formats::CLOUDFORMATION,
            "set `ClientCertificateId` to an `AWS::ApiGateway::ClientCertificate`",
        )
        .fix_in(Formats::GATEWRIGHT, || add(stage, "clientCertificate", Written::text("create")));
}

/// The host of the first backend that is reached with TLS over the Internet.
fn public_host(ir: &Ir) -> Option<&str> {
    ir.integrations.values().find_map(|it| {
        let Backend::Http { uri, link: None, .. } = &it.backend else { return None };
        let rest = uri.value.as_str()?.strip_prefix("https://")?;
        let host = rest.split(['/', '?', ':']).next()?;
        (!host.is_empty() && !host.contains(['$', '{'])).then_some(host)
    })
}
