//! `MethodSettings` as templates write them: an entry for all methods, for a path, or for one method.

use gatewright_ir::{Ir, Method, Raw};
use rustc_hash::FxHashMap;

use crate::rules::cloudformation::property::{is_absent, items};
use crate::rules::cloudformation::template::Template;

/// What says for which methods an entry is.
pub(super) const PLACES: [&str; 2] = ["ResourcePath", "HttpMethod"];

/// The lists of settings that the stages of an API have, however they are made.
pub(super) fn lists<'t>(template: &Template<'t>, api: &str) -> Vec<&'t [Raw]> {
    let own = template.get(api).filter(|it| it.of == "AWS::Serverless::Api");
    let stages = own.into_iter().chain(template.parts(api)).filter_map(|it| match it.of {
        "AWS::Serverless::Api" | "AWS::ApiGateway::Stage" => it.get("MethodSettings"),
        "AWS::ApiGateway::Deployment" => it.get("StageDescription")?.get("MethodSettings"),
        _ => None,
    });
    stages.map(|it| items(Some(it))).collect()
}

/// The settings that an entry has.
pub(super) fn settings(entry: &Raw) -> usize {
    let gatewright_ir::Data::Map(entries) = &entry.data else { return 0 };
    entries.iter().filter(|it| !PLACES.contains(&&*it.0.value) && !is_absent(entry, &it.0.value)).count()
}

/// The methods that an API has, by path; of an API of which not all are known, nothing.
pub(super) struct Paths<'i> {
    methods: FxHashMap<&'i str, Vec<Method>>,
}

impl<'i> Paths<'i> {
    /// The methods of an API.
    pub(super) fn of(ir: &'i Ir) -> Option<Self> {
        if ir.api.routes_unknown || ir.routes.is_empty() {
            return None;
        }
        let mut methods: FxHashMap<&str, Vec<Method>> = FxHashMap::default();
        let routes = ir.routes.values().map(|it| &it.key.value);
        for key in routes.chain(ir.provenance.preflights.iter().map(|it| &it.value)) {
            if let (Some(path), Some(method)) = (key.path(), key.method()) {
                methods.entry(plain(path)).or_default().push(method);
            }
        }
        Some(Self { methods })
    }

    /// The methods of a path: none, if the API does not have it.
    pub(super) fn get(&self, path: &str) -> &[Method] {
        self.methods.get(plain(path)).map(|it| &it[..]).unwrap_or_default()
    }

    /// The paths, as they are written.
    pub(super) fn all(&self) -> impl Iterator<Item = &'i str> {
        self.methods.keys().copied()
    }
}

/// A path without the slash at its end, which makes no other path of it.
fn plain(path: &str) -> &str {
    path.strip_suffix('/').filter(|it| !it.is_empty()).unwrap_or(path)
}
