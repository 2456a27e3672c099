use gatewright_ir::{EndpointType, IpAddressType};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "ipv4-on-private-api",
    page: include_str!("ipv4_on_private_api.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let api = (&ir.api.ip_address_type, ir.api.endpoint.kind, "API");
    let domains = ir.domains.values().filter(|it| !it.existing);
    let domains = domains.map(|it| (&it.ip_address_type, it.endpoint, "domain"));
    for (address, endpoint, what) in std::iter::once(api).chain(domains) {
        if let Some(it) = address
            && endpoint == EndpointType::Private
            && it.value.known() == Some(&IpAddressType::Ipv4)
        {
            out.report(it.span, format!("a private {what} is reached over IPv6, too"))
                .help("write `dualstack`, or leave `ipAddressType` out")
                .fix(Fix::safe("write `dualstack`", [Edit::set(it.span, Written::text("dualstack"))]));
        }
    }
}
