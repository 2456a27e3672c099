use std::net::IpAddr;

use gatewright_ir::{Located, PolicyKind, PolicyRule};
use gatewright_source::{Severity, Text};

use super::documents::policies;
use crate::rules::stages::written::is_dynamic;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-policy-caller",
    page: include_str!("malformed_policy_caller.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let endpoints = ir.domains.values().flat_map(|it| &it.vpc_endpoints);
    all(ir.api.endpoint.vpc_endpoints.iter().chain(endpoints), ENDPOINT, out);
    for policy in policies(ir) {
        if let PolicyKind::Rules(rules) = &policy.kind {
            rules.iter().for_each(|it| rule(it, out));
        }
    }
}

fn rule(it: &PolicyRule, out: &mut Findings) {
    all(it.vpc_endpoints.iter(), ENDPOINT, out);
    all(it.vpcs.iter(), VPC, out);
    all(it.source_ips.iter(), ADDRESS, out);
    all(it.organizations.iter(), ORGANIZATION, out);
    all(it.principals.iter(), PRINCIPAL, out);
}

/// What callers are told by: how it looks, what it is, and an example.
type Sort = (fn(&str) -> bool, &'static str, &'static str);

const ENDPOINT: Sort = (
    |it| is_id(it, "vpce-"),
    "the id of a VPC endpoint",
    "it begins with `vpce-`, as in `vpce-0a1b2c3d4e5f60718`",
);
const VPC: Sort =
    (|it| is_id(it, "vpc-"), "the id of a VPC", "it begins with `vpc-`, as in `vpc-0a1b2c3d4e5f60718`");
const ORGANIZATION: Sort =
    (|it| is_id(it, "o-"), "the id of an organization", "it begins with `o-`, as in `o-a1b2c3d4e5`");
const ADDRESS: Sort = (
    is_range,
    "an address or a range of addresses",
    "write `203.0.113.7`, `203.0.113.0/24` or `2001:db8::/32`",
);
const PRINCIPAL: Sort = (
    is_principal,
    "a principal",
    "write the id or ARN of an account, such as `123456789012`, or the ARN of a role or user",
);

fn all<'i>(items: impl Iterator<Item = &'i Located<Text>>, (fits, what, help): Sort, out: &mut Findings) {
    for it in items {
        let Some(text) = it.value.as_str().filter(|it| !is_dynamic(it)) else { continue };
        if text.contains("${") {
            out.report(it.span, format!("{what} holds `${{…}}`, which nothing replaces here"))
                .help("write `!Sub` before the text");
        } else if !fits(text) {
            out.report(it.span, format!("`{}` is not {what}", shown(text))).help(help);
        }
    }
}

/// Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html and
/// https://docs.aws.amazon.com/ec2/latest/devguide/ec2-resource-ids.html
fn is_id(text: &str, start: &str) -> bool {
    let rest = text.strip_prefix(start).unwrap_or_default();
    !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
}

fn is_range(text: &str) -> bool {
    let (address, bits) = text.split_once('/').map_or((text, None), |(it, bits)| (it, Some(bits)));
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let most = if address.is_ipv4() { 32 } else { 128 };
    bits.is_none_or(|it| it.parse::<u8>().is_ok_and(|it| it <= most))
}

/// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
fn is_principal(text: &str) -> bool {
    let is_account = text.len() == 12 && text.bytes().all(|it| it.is_ascii_digit());
    let is_unique_id = ["AIDA", "AROA"].iter().any(|it| text.starts_with(it));
    text == "*" || is_account || is_unique_id || text.starts_with("arn:")
}
