//! Lowers `policy:`, of an API and of a private domain.

use gatewright_source::{Diagnostic, Spanned, Text};
use gatewright_spec::{self as spec, Data, Field, Raw};

use super::Lowering;
use crate::{PolicyKind, PolicyRule, ResourcePolicy};

impl<'s> Lowering<'s> {
    pub(super) fn resource_policy(&mut self, it: &'s Field<spec::ResourcePolicy>) -> Option<ResourcePolicy> {
        let it = match it {
            Field::Absent => return None,
            Field::Broken(span) => return Some(ResourcePolicy { span: *span, kind: PolicyKind::Unknown }),
            Field::Given(it) => it,
        };
        let (rules, span) = (&it.value, it.span);
        let document = [&rules.version, &rules.id, &rules.statement];
        let own = [rules.allow.span(), rules.deny.span()].into_iter().flatten().next();
        if let (Some(document), Some(own)) = (document.iter().find_map(|it| it.span()), own) {
            let message = "a policy is either rules or a policy document";
            let problem = Diagnostic::error("conflicting-keys", own, message).label(document, "the document");
            self.report(problem.help("write all of it as a document, or as `allow` and `deny`"));
            return Some(ResourcePolicy { span, kind: PolicyKind::Unknown });
        }
        if document.iter().any(|it| !it.is_absent()) {
            if rules.statement.is_absent() {
                self.missing(span, "Statement", "a policy document needs statements");
            }
            let names = ["Version", "Id", "Statement"];
            let entries = names.iter().zip(document).filter_map(|(name, it)| {
                let it = it.given()?;
                Some((Spanned::new(Text::from(*name), it.span), it.value.clone()))
            });
            let document = Raw { span, data: Data::Map(entries.collect()) };
            self.remember(&document);
            return Some(ResourcePolicy { span, kind: PolicyKind::Document(document) });
        }
        let mut out = Vec::new();
        for (list, allow) in [(&rules.allow, true), (&rules.deny, false)] {
            for it in list.value().map(|it| &it.0[..]).unwrap_or_default() {
                out.push(PolicyRule {
                    span: it.span,
                    allow,
                    vpc_endpoints: self.one_or_many(&it.value.vpc_endpoint),
                    vpcs: self.one_or_many(&it.value.vpc),
                    source_ips: self.one_or_many(&it.value.source_ip),
                    organizations: self.one_or_many(&it.value.organization),
                    principals: self.one_or_many(&it.value.principal),
                });
            }
        }
        if rules.allow.is_broken() || rules.deny.is_broken() {
            return Some(ResourcePolicy { span, kind: PolicyKind::Unknown });
        }
        if out.is_empty() {
            self.missing(span, "allow", "say who may call: `policy: { allow: [{ vpcEndpoint: vpce-… }] }`");
            return Some(ResourcePolicy { span, kind: PolicyKind::Unknown });
        }
        Some(ResourcePolicy { span, kind: PolicyKind::Rules(out) })
    }
}
