use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use gatewright_ir::{ApiKind, Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use super::uri::Uri;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unreachable-backend",
    page: include_str!("unreachable_backend.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

/// Where an address leads, seen from API Gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// To some server, as far as one can see.
    Internet,
    /// To the caller itself.
    Loopback,
    /// Into the private network of whoever asks.
    Private,
}

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Http { uri, link: None, .. } = &integration.backend else { return };
    let Some(Uri::Url { host, .. }) = uri.value.as_str().map(Uri::parse) else { return };
    let name = &integration.name.value;
    match reach(host) {
        Reach::Internet => {}
        Reach::Loopback => {
            out.report(uri.span, format!("`{name}` calls `{host}`, which AWS cannot reach"))
                .help("give an address on the internet: it is API Gateway in AWS that calls");
        }
        Reach::Private => {
            out.report(
                uri.span,
                format!("`{name}` calls a private address, which no public network leads to"),
            )
            .help(match cx.ir.api.kind {
                ApiKind::Http => "name a VPC link with `vpcLink` and the listener behind it",
                ApiKind::Rest | ApiKind::WebSocket => "name the VPC link that leads there with `vpcLink`",
            })
            .warning();
        }
    }
}

/// Where a host leads, with or without a port.
pub(super) fn reach(host: &str) -> Reach {
    let host = host.rsplit_once('@').map_or(host, |it| it.1);
    let host = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.split(':').next().unwrap_or(host),
    };
    let name = host.trim_end_matches('.');
    let local = "localhost";
    if name.eq_ignore_ascii_case(local)
        || name.len() > local.len() && name.to_ascii_lowercase().ends_with(".localhost")
    {
        return Reach::Loopback;
    }
    match host.parse() {
        Ok(IpAddr::V4(it)) => reach_v4(it),
        Ok(IpAddr::V6(it)) => it.to_ipv4_mapped().map_or_else(|| reach_v6(it), reach_v4),
        Err(_) => Reach::Internet,
    }
}

fn reach_v4(it: Ipv4Addr) -> Reach {
    if it.is_loopback() || it.is_unspecified() {
        Reach::Loopback
    } else if it.is_private() || it.is_link_local() {
        Reach::Private
    } else {
        Reach::Internet
    }
}

fn reach_v6(it: Ipv6Addr) -> Reach {
    if it.is_loopback() || it.is_unspecified() {
        Reach::Loopback
    } else if it.is_unique_local() || it.is_unicast_link_local() {
        Reach::Private
    } else {
        Reach::Internet
    }
}

#[cfg(test)]
mod tests {
    use super::{Reach, reach};

    #[test]
    fn hosts_lead_somewhere() {
        for it in ["localhost", "LOCALHOST:8080", "api.localhost", "127.0.0.1:80", "[::1]:3000", "0.0.0.0"] {
            assert_eq!(reach(it), Reach::Loopback, "{it}");
        }
        for it in ["10.0.0.8", "172.31.4.1:80", "user@192.168.1.1", "[fd00::1]", "169.254.169.254"] {
            assert_eq!(reach(it), Reach::Private, "{it}");
        }
        for it in ["example.com", "localhost.example.com", "172.32.0.1", "notlocalhost", "[2001:db8::1]:80"] {
            assert_eq!(reach(it), Reach::Internet, "{it}");
        }
    }
}
