//! A template as rules look at it: its resources, who waits for whom, and whose part a resource is.

use std::borrow::Cow;

use gatewright_ir::{
    Data, Generated, Ir, Name, Raw, ReferenceSort, depends_on, references, sole_hole, written,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// A template.
pub(super) struct Template<'t> {
    /// Its resources, in their order.
    pub(super) resources: Vec<Resource<'t>>,
    by_id: FxHashMap<&'t str, usize>,
    outputs: Option<&'t Raw>,
}

/// A resource.
#[derive(Clone, Copy)]
pub(super) struct Resource<'t> {
    /// Its logical id.
    pub(super) id: &'t Name,
    /// Its type.
    pub(super) of: &'t str,
    /// Everything that is said of it.
    pub(super) whole: &'t Raw,
    /// The condition under which it is there.
    pub(super) condition: Option<&'t str>,
}

impl<'t> Resource<'t> {
    /// A property.
    pub(super) fn get(&self, key: &str) -> Option<&'t Raw> {
        self.whole.get("Properties")?.get(key)
    }

    /// A property as text with holes.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        text(self.get(key)?)
    }

    /// The logical id of the API that it is a part of.
    pub(super) fn api(&self) -> Option<String> {
        let api = self.text("RestApiId").or_else(|| self.text("ApiId"))?;
        match sole_hole(&api)? {
            (name, None | Some("ApiId" | "RestApiId")) => Some(name.to_owned()),
            _ => None,
        }
    }

    /// Whether it is a deployment, of either version of API Gateway.
    pub(super) fn is_deployment(&self) -> bool {
        matches!(self.of, "AWS::ApiGateway::Deployment" | "AWS::ApiGatewayV2::Deployment")
    }

    /// Whether it is a stage, of either version of API Gateway.
    pub(super) fn is_stage(&self) -> bool {
        matches!(self.of, "AWS::ApiGateway::Stage" | "AWS::ApiGatewayV2::Stage")
    }
}

/// What a template may be transformed by without losing or gaining resources that rules look at.
const HARMLESS: [&str; 3] =
    ["AWS::Serverless-2016-10-31", "AWS::LanguageExtensions", "AWS::CodeDeployBlueGreen"];

impl<'t> Template<'t> {
    /// The template that an API was read from; nothing if a macro or a loop makes more of it than stands there.
    pub(super) fn of(ir: &'t Ir) -> Option<Self> {
        let root = ir.provenance.document.as_deref()?;
        let is_harmless = |it: &Raw| it.as_str().is_some_and(|it| HARMLESS.contains(&it));
        let is_plain = match root.get("Transform").map(|it| (&it.data, it)) {
            None => true,
            Some((Data::List(items), _)) => items.iter().all(is_harmless),
            Some((_, it)) => is_harmless(it),
        };
        let Data::Map(all) = &root.get("Resources")?.data else { return None };
        if !is_plain || all.iter().any(|it| it.0.value.starts_with("Fn::")) {
            return None;
        }
        let resource = |(id, whole): &'t (Name, Raw)| {
            let condition = whole.get("Condition").and_then(Raw::as_str);
            Some(Resource { id, of: whole.get("Type")?.as_str()?, whole, condition })
        };
        let resources: Vec<Resource<'t>> = all.iter().filter_map(resource).collect();
        let by_id = resources.iter().enumerate().map(|(at, it)| (&*it.id.value, at)).collect();
        Some(Self { resources, by_id, outputs: root.get("Outputs") })
    }

    /// The resource with a logical id.
    pub(super) fn get(&self, id: &str) -> Option<&Resource<'t>> {
        self.resources.get(*self.by_id.get(id)?)
    }

    /// The resources that are there before another one is made: those that it names, and those that they name.
    pub(super) fn waits_for(&self, id: &str) -> FxHashSet<&'t str> {
        let mut out = FxHashSet::default();
        let mut rest: Vec<&'t str> = self.get(id).map(|it| &*it.id.value).into_iter().collect();
        while let Some(it) = rest.pop().and_then(|it| self.get(it)) {
            let named = references(it.whole).into_iter().filter(|it| it.sort.is_resource());
            for it in named.chain(depends_on(it.whole)) {
                if self.by_id.contains_key(it.name) && out.insert(it.name) {
                    rest.push(it.name);
                }
            }
        }
        out
    }

    /// The names of resources that are referred to anywhere, `DependsOn` left out.
    pub(super) fn referred(&self) -> FxHashSet<&'t str> {
        let all = self.resources.iter().map(|it| it.whole).chain(self.outputs);
        let all = all.flat_map(references);
        all.filter(|it| it.sort != ReferenceSort::Condition).map(|it| it.name).collect()
    }
}

/// A value as text with holes. What depends on conditions and mappings is not decided.
pub(super) fn text(it: &Raw) -> Option<String> {
    written(it, &|it| Cow::Borrowed(it))
}

/// The logical id of the API, if it stands in the template.
pub(super) fn api_id(ir: &Ir) -> Option<&str> {
    if ir.provenance.is_fragment {
        return None;
    }
    ir.provenance.logical_ids.get(&Generated::Api).map(|it| &**it)
}
