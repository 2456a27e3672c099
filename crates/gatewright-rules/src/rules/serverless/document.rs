//! What stands where in a `serverless.yml`, whose variables are resolved.

use gatewright_ir::{Data, Ir, Name, Raw};

/// What stands under some keys, one within another, if there is something.
pub(in crate::rules) fn at<'d>(it: &'d Raw, keys: &[&str]) -> Option<&'d Raw> {
    let mut out = it;
    for key in keys {
        out = out.get(key).filter(|it| !matches!(it.data, Data::Null))?;
    }
    Some(out)
}

/// What stands under some keys of the document.
pub(in crate::rules) fn under<'d>(ir: &'d Ir, keys: &[&str]) -> Option<&'d Raw> {
    at(ir.provenance.document.as_deref()?, keys)
}

/// What stands under some keys, if it is there whatever happens: not where a variable decides about it.
pub(in crate::rules) fn certain<'d>(ir: &'d Ir, keys: &[&str]) -> Option<&'d Raw> {
    under(ir, keys).filter(|it| it.function().is_none_or(|it| it.0 != "Fn::Serverless"))
}

/// Whether a value says yes.
pub(in crate::rules) fn is_true(it: &Raw) -> bool {
    matches!(it.data, Data::Bool(true))
}

/// The functions: a mapping, or a list of mappings.
pub(in crate::rules) fn functions(ir: &Ir) -> impl Iterator<Item = (&Name, &Raw)> {
    let functions = under(ir, &["functions"]);
    let parts = match functions.map(|it| &it.data) {
        Some(Data::List(parts)) => &parts[..],
        _ => functions.map(std::slice::from_ref).unwrap_or_default(),
    };
    parts.iter().flat_map(entries).map(|it| (&it.0, &it.1))
}

/// What stands behind the name of an event, in all functions.
pub(in crate::rules) fn events<'d>(ir: &'d Ir, kind: &'d str) -> impl Iterator<Item = (&'d Name, &'d Raw)> {
    functions(ir).flat_map(move |(name, function)| {
        let events = match at(function, &["events"]).map(|it| &it.data) {
            Some(Data::List(events)) => &events[..],
            _ => &[],
        };
        events.iter().filter_map(move |it| Some((name, at(it, &[kind])?)))
    })
}

/// How an `http` event calls its function: in API Gateway's words, or in the framework's for what it does not know.
///
/// Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events/api-gateway/lib/validate.js`.
pub(in crate::rules) fn integration(event: &Raw) -> Option<String> {
    match event.get("integration").filter(|it| !matches!(it.data, Data::Null)) {
        Some(it) => {
            let name = it.as_str()?.to_ascii_uppercase().replacen('-', "_", 1);
            Some(match &*name {
                "LAMBDA" => "AWS".to_owned(),
                "LAMBDA_PROXY" => "AWS_PROXY".to_owned(),
                _ => name,
            })
        }
        None if at(event, &["async"]).is_some() => Some("AWS".to_owned()),
        None => Some("AWS_PROXY".to_owned()),
    }
}

/// The entries of a mapping.
pub(in crate::rules) fn entries(it: &Raw) -> &[(Name, Raw)] {
    match &it.data {
        Data::Map(entries) if it.function().is_none() => entries,
        _ => &[],
    }
}
