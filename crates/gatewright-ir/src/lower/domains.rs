//! Lowers `domains:`.

use gatewright_spec as spec;

use super::{Lowering, access_mode, lookup, texts};
use crate::{Domain, Mapping, MutualTls, Name};

impl<'s> Lowering<'s> {
    pub(super) fn domains(&mut self) {
        for (name, it) in self.section(|it| &it.domains) {
            let domain = match it {
                Some(it) => self.domain(name, &it.value),
                None => Domain {
                    name: name.clone(),
                    existing: true,
                    certificate: None,
                    hosted_zone: None,
                    mutual_tls: None,
                    mappings: Vec::new(),
                    ip_address_type: None,
                    endpoint: self.ir.api.endpoint.kind,
                    endpoint_span: None,
                    tls_policy: None,
                    access_mode: None,
                    policy: None,
                    vpc_endpoints: Vec::new(),
                    tags: Vec::new(),
                },
            };
            self.ir.domains.push(domain);
        }
    }

    fn domain(&mut self, name: &Name, it: &'s spec::Domain) -> Domain {
        let existing = it.existing.value().copied().unwrap_or(false);
        if !existing && it.certificate.is_absent() {
            let help = "give the ARN of an ACM certificate in the API's region, or say `existing: true`";
            self.missing(name.span, "certificate", help);
        }
        let mutual_tls = it.mutual_tls.given().and_then(|it| {
            if it.value.truststore.is_absent() {
                self.missing(it.span, "truststore", "name the trusted certificates: `s3://bucket/ca.pem`");
            }
            Some(MutualTls {
                truststore: self.optional(&it.value.truststore)?,
                version: self.optional(&it.value.version),
                ownership_certificate: self.optional(&it.value.ownership_certificate),
            })
        });
        let mut mappings = Vec::new();
        for (key, stage) in it.mappings.value().map(|it| &it.0[..]).unwrap_or_default() {
            let stage = stage.given().and_then(|stage| {
                let found = lookup(&self.stages, &stage.value);
                if found.is_none() {
                    self.unknown("unknown-stage", "stage", &stage.value, stage.span, |it| texts(&it.stages));
                }
                found
            });
            mappings.push(Mapping { key: key.clone(), stage });
        }
        Domain {
            name: name.clone(),
            existing,
            certificate: self.optional(&it.certificate),
            hosted_zone: self.optional(&it.hosted_zone),
            mutual_tls,
            mappings,
            ip_address_type: self.optional(&it.ip_address_type),
            endpoint: it.endpoint.value().copied().unwrap_or(self.ir.api.endpoint.kind),
            endpoint_span: it.endpoint.span(),
            tls_policy: self.optional(&it.tls_policy),
            access_mode: access_mode(&it.access_mode),
            policy: self.resource_policy(&it.policy),
            vpc_endpoints: it.vpc_endpoints.value().map(|it| self.all(&it.0)).unwrap_or_default(),
            tags: self.pairs(&it.tags),
        }
    }
}
