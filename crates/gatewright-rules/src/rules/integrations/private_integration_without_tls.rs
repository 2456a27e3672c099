use gatewright_ir::{Backend, Integration, IntegrationId, Link};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "private-integration-without-tls",
    page: include_str!("private_integration_without_tls.md"),
    severity: Severity::Warning,
    category: Category::Security,
    kinds: Kinds::HTTP,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    if let Backend::Http { link: Some(Link::Known(_, span)), tls: None, .. } = &integration.backend {
        let message = format!("`{}` sends requests through the VPC unencrypted", integration.name.value);
        out.report(*span, message)
            .help("give the name on the backend's certificate: `tls: internal.example.com`");
    }
}
