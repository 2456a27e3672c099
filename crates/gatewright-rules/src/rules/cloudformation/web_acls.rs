//! What web ACLs are put in front of.

use gatewright_ir::{Raw, UNKNOWN};

use super::template::{Resource, Template, text};

/// The associations of web ACLs, each with the ARN that it names, as text with holes.
pub(super) fn associations<'s, 't>(
    template: &'s Template<'t>,
) -> impl Iterator<Item = (&'s Resource<'t>, String, &'t Raw)> {
    let types = ["AWS::WAFv2::WebACLAssociation", "AWS::WAFRegional::WebACLAssociation"];
    types.into_iter().flat_map(|of| template.of_type(of)).filter_map(|it| {
        let value = it.get("ResourceArn")?;
        let arn = text(value).filter(|it| !it.contains(UNKNOWN))?;
        Some((it, arn, value))
    })
}
