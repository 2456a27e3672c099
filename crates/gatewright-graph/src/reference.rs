//! What CloudFormation values refer to: the names in `!Ref`, `!GetAtt`, `!Sub` and `DependsOn`.

use gatewright_ir::{Data, Raw};

/// Calls `found` with each logical id or parameter that a value refers to.
pub(crate) fn references<'r>(raw: &'r Raw, mut found: impl FnMut(&'r str)) {
    // A stack of its own: how deep the value is nested is up to who wrote it.
    let mut rest = vec![raw];
    while let Some(raw) = rest.pop() {
        if let Some((function, argument)) = raw.function() {
            let items = if let Data::List(items) = &argument.data { &items[..] } else { &[] };
            match function {
                "Ref" => argument.as_str().into_iter().for_each(&mut found),
                "Fn::GetAtt" => items.first().and_then(Raw::as_str).into_iter().for_each(&mut found),
                "Fn::Sub" => {
                    let own = items.get(1);
                    let text = argument.as_str().or_else(|| items.first()?.as_str()).unwrap_or_default();
                    substituted(text)
                        .filter(|name| own.is_none_or(|it| it.get(name).is_none()))
                        .filter_map(|name| name.split('.').next())
                        .for_each(&mut found);
                }
                // What a macro makes of its argument is its own affair.
                "Fn::Transform" => continue,
                _ => {}
            }
        }
        match &raw.data {
            Data::List(items) => rest.extend(items),
            Data::Map(entries) => rest.extend(entries.iter().map(|it| &it.1)),
            _ => {}
        }
    }
}

/// Calls `found` with each logical id under `DependsOn`, which is one or a list.
pub(crate) fn depends_on<'r>(resource: &'r Raw, mut found: impl FnMut(&'r str)) {
    match resource.get("DependsOn") {
        Some(Raw { data: Data::List(items), .. }) => {
            items.iter().filter_map(Raw::as_str).for_each(&mut found);
        }
        Some(one) => one.as_str().into_iter().for_each(found),
        None => {}
    }
}

/// The names in `${…}`; `${!…}` stays as it is and names nothing.
pub(crate) fn substituted(text: &str) -> impl Iterator<Item = &str> {
    text.split("${")
        .skip(1)
        .filter_map(|it| Some(it.split_once('}')?.0.trim()))
        .filter(|name| !name.starts_with('!') && !name.is_empty())
}
