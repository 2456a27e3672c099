//! A template as rules look at it: its resources, who waits for whom, and whose part a resource is.

use std::borrow::Cow;
use std::cell::OnceCell;

use gatewright_ir::{
    Data, Generated, Ir, Name, Raw, ReferenceSort, depends_on, references, sole_hole, written,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::permissions::Permissions;

/// A template. What takes long to find out is found out once, when a rule asks.
#[derive(Debug)]
pub(crate) struct Template<'t> {
    resources: Vec<Resource<'t>>,
    by_id: FxHashMap<&'t str, usize>,
    /// The parts of APIs, by the logical ids of those.
    by_api: FxHashMap<String, Vec<usize>>,
    by_type: FxHashMap<&'t str, Vec<usize>>,
    /// The resources that each one names.
    named: Vec<OnceCell<Vec<usize>>>,
    outputs: Option<&'t Raw>,
    referred: OnceCell<FxHashSet<&'t str>>,
    permissions: OnceCell<Permissions<'t>>,
}

/// A resource.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resource<'t> {
    /// Its logical id.
    pub(in crate::rules) id: &'t Name,
    /// Its type.
    pub(in crate::rules) of: &'t str,
    /// Everything that is said of it.
    pub(super) whole: &'t Raw,
    /// The condition under which it is there.
    pub(super) condition: Option<&'t str>,
}

impl<'t> Resource<'t> {
    /// A property.
    pub(in crate::rules) fn get(&self, key: &str) -> Option<&'t Raw> {
        self.whole.get("Properties")?.get(key)
    }

    /// A property as text with holes.
    pub(in crate::rules) fn text(&self, key: &str) -> Option<String> {
        text(self.get(key)?)
    }

    /// The logical ids of the APIs that it is a part of.
    fn apis(&self) -> Vec<String> {
        let api = self.get("RestApiId").or_else(|| self.get("ApiId")).and_then(logical_id);
        let stages = match self.get("ApiStages").map(|it| &it.data) {
            Some(Data::List(stages)) => &stages[..],
            _ => &[],
        };
        api.into_iter().chain(stages.iter().filter_map(|it| logical_id(it.get("ApiId")?))).collect()
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

/// Of a template with more resources nothing is said: it has to be parted before it can be deployed.
///
/// Source: AWS CloudFormation User Guide, "Understand CloudFormation quotas": 500 resources in a template.
const MOST_RESOURCES: usize = 5_000;

impl<'t> Template<'t> {
    /// The template that a document is; nothing if a macro or a loop makes more of it than stands there.
    pub(crate) fn new(root: &'t Raw) -> Option<Self> {
        let is_harmless = |it: &Raw| it.as_str().is_some_and(|it| HARMLESS.contains(&it));
        let is_plain = match root.get("Transform").map(|it| (&it.data, it)) {
            None => true,
            Some((Data::List(items), _)) => items.iter().all(is_harmless),
            Some((_, it)) => is_harmless(it),
        };
        let Data::Map(all) = &root.get("Resources")?.data else { return None };
        if !is_plain || all.len() > MOST_RESOURCES || all.iter().any(|it| it.0.value.starts_with("Fn::")) {
            return None;
        }
        let resource = |(id, whole): &'t (Name, Raw)| {
            let condition = whole.get("Condition").and_then(Raw::as_str);
            Some(Resource { id, of: whole.get("Type")?.as_str()?, whole, condition })
        };
        let resources: Vec<Resource<'t>> = all.iter().filter_map(resource).collect();
        let mut by_api: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut by_type: FxHashMap<&'t str, Vec<usize>> = FxHashMap::default();
        for (at, it) in resources.iter().enumerate() {
            by_type.entry(it.of).or_default().push(at);
            for api in it.apis() {
                let parts = by_api.entry(api).or_default();
                if parts.last() != Some(&at) {
                    parts.push(at);
                }
            }
        }
        Some(Self {
            by_id: resources.iter().enumerate().map(|(at, it)| (&*it.id.value, at)).collect(),
            by_api,
            by_type,
            named: resources.iter().map(|_| OnceCell::new()).collect(),
            outputs: root.get("Outputs"),
            referred: OnceCell::new(),
            permissions: OnceCell::new(),
            resources,
        })
    }

    fn all<'s>(&'s self, places: Option<&'s Vec<usize>>) -> impl Iterator<Item = &'s Resource<'t>> {
        places.into_iter().flatten().filter_map(|at| self.resources.get(*at))
    }

    /// The parts of an API of the template.
    pub(in crate::rules) fn parts(&self, api: &str) -> impl Iterator<Item = &Resource<'t>> {
        self.all(self.by_api.get(api))
    }

    /// The resources of a type.
    pub(in crate::rules) fn of_type(&self, of: &str) -> impl Iterator<Item = &Resource<'t>> {
        self.all(self.by_type.get(of))
    }

    /// The resource with a logical id.
    pub(in crate::rules) fn get(&self, id: &str) -> Option<&Resource<'t>> {
        self.resources.get(*self.by_id.get(id)?)
    }

    /// The resources that are there before another one is made: those that it names, and those that they name.
    pub(super) fn waits_for(&self, id: &str) -> FxHashSet<&'t str> {
        let mut out = FxHashSet::default();
        let mut rest: Vec<usize> = self.by_id.get(id).copied().into_iter().collect();
        while let Some(at) = rest.pop() {
            for it in self.named(at) {
                if self.resources.get(*it).is_some_and(|it| out.insert(&*it.id.value)) {
                    rest.push(*it);
                }
            }
        }
        out
    }

    fn named(&self, at: usize) -> &[usize] {
        let (Some(known), Some(of)) = (self.named.get(at), self.resources.get(at)) else { return &[] };
        known.get_or_init(|| {
            let named = references(of.whole).into_iter().filter(|it| it.sort.is_resource());
            named.chain(depends_on(of.whole)).filter_map(|it| self.by_id.get(it.name).copied()).collect()
        })
    }

    /// The names of resources that are referred to anywhere, `DependsOn` left out.
    pub(super) fn referred(&self) -> &FxHashSet<&'t str> {
        self.referred.get_or_init(|| {
            let all = self.resources.iter().map(|it| it.whole).chain(self.outputs);
            let all = all.flat_map(references);
            all.filter(|it| it.sort != ReferenceSort::Condition).map(|it| it.name).collect()
        })
    }

    /// Who lets API Gateway call which function.
    pub(super) fn permissions(&self) -> &Permissions<'t> {
        self.permissions.get_or_init(|| Permissions::of(self))
    }
}

/// A value as text with holes. What depends on conditions and mappings is not decided.
pub(in crate::rules) fn text(it: &Raw) -> Option<String> {
    written(it, &|it| Cow::Borrowed(it))
}

/// The logical id of the API that a value names.
pub(super) fn logical_id(it: &Raw) -> Option<String> {
    let api = text(it)?;
    match sole_hole(&api)? {
        (name, None | Some("ApiId" | "RestApiId")) => Some(name.to_owned()),
        _ => None,
    }
}

/// The logical id of the API, if it stands in the template.
pub(super) fn api_id(ir: &Ir) -> Option<&str> {
    if ir.provenance.is_fragment {
        return None;
    }
    ir.provenance.logical_ids.get(&Generated::Api).map(|it| &**it)
}
