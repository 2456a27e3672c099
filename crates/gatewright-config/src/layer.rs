//! Layers: what is said in one place, and what is in force where several are one upon the other.

use gatewright_rules::{Because, Casing, Category, Level, Preset, Rule, Settings};
use gatewright_source::Span;
use rustc_hash::FxHashMap;

use crate::FailOn;

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The configuration, at a place.
    File(Span),
    /// An argument, as it was given.
    Argument(String),
}

/// Something that is said, and who says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// What is said.
    pub value: T,
    /// Who says it.
    pub by: By,
}

/// What is said in one place: at the top of the configuration, in one of its overrides, or by arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// The choice of rules to begin with.
    pub preset: Option<Said<Preset>>,
    /// The least severity that makes a run fail.
    pub fail_on: Option<Said<FailOn>>,
    /// Levels of single rules.
    pub rules: FxHashMap<&'static str, Said<Level>>,
    /// Levels of categories.
    pub categories: FxHashMap<Category, Said<Level>>,
    /// Requests per second of the account.
    pub rate: Option<Said<u64>>,
    /// Requests at once of the account.
    pub burst: Option<Said<u64>>,
    /// Routes or resources of an API.
    pub routes: Option<Said<usize>>,
    /// Milliseconds of an integration of a REST API.
    pub timeout: Option<Said<u64>>,
    /// TLS policies that are allowed.
    pub tls_policies: Option<Said<Vec<String>>>,
    /// What names look like.
    pub names: Names,
}

/// What is said of names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Words in the segments of paths.
    pub paths: Option<Said<Casing>>,
    /// Variables of paths.
    pub path_variables: Option<Said<Casing>>,
    /// Query parameters.
    pub query: Option<Said<Casing>>,
    /// Operation ids and names.
    pub operations: Option<Said<Casing>>,
    /// Models.
    pub models: Option<Said<Casing>>,
}

impl Layer {
    /// Puts what it says upon what was said before.
    fn apply(&self, out: &mut Settings) {
        fn set<T: Clone>(said: &Option<Said<T>>, slot: &mut T) {
            if let Some(it) = said {
                slot.clone_from(&it.value);
            }
        }
        fn name(said: &Option<Said<Casing>>, slot: &mut Option<Casing>) {
            if let Some(it) = said {
                *slot = Some(it.value);
            }
        }
        set(&self.preset, &mut out.preset);
        out.rules.extend(self.rules.iter().map(|(name, it)| (*name, it.value)));
        out.categories.extend(self.categories.iter().map(|(category, it)| (*category, it.value)));
        set(&self.rate, &mut out.quotas.rate);
        set(&self.burst, &mut out.quotas.burst);
        set(&self.routes, &mut out.quotas.routes);
        set(&self.timeout, &mut out.quotas.timeout);
        if let Some(it) = &self.tls_policies {
            out.tls_policies = Some(it.value.clone());
        }
        name(&self.names.paths, &mut out.naming.paths);
        name(&self.names.path_variables, &mut out.naming.path_variables);
        name(&self.names.query, &mut out.naming.query);
        name(&self.names.operations, &mut out.naming.operations);
        name(&self.names.models, &mut out.naming.models);
    }
}

/// What is in force for a file: layers, of which later ones win.
#[derive(Clone, Debug, Default)]
pub struct InForce<'l> {
    /// The layers.
    pub layers: Vec<&'l Layer>,
}

impl<'l> InForce<'l> {
    /// All of it together.
    pub fn settings(&self) -> Settings {
        let mut out = Settings::default();
        self.layers.iter().for_each(|it| it.apply(&mut out));
        out
    }

    /// What the last layer that says something of one thing says.
    pub fn said<T>(&self, of: impl Fn(&'l Layer) -> Option<&'l Said<T>>) -> Option<&'l Said<T>> {
        self.layers.iter().rev().find_map(|it| of(it))
    }

    /// The least severity that makes a run fail.
    pub fn fail_on(&self) -> FailOn {
        self.said(|it| it.fail_on.as_ref()).map(|it| it.value).unwrap_or_default()
    }

    /// Who says why a rule has its level; nobody, where that is so by itself.
    pub fn by(&self, rule: &Rule, because: Because) -> Option<&'l By> {
        match because {
            Because::Rule => self.said(|it| it.rules.get(rule.name)).map(|it| &it.by),
            Because::Category => self.said(|it| it.categories.get(&rule.category)).map(|it| &it.by),
            Because::Preset => self.said(|it| it.preset.as_ref()).map(|it| &it.by),
            Because::Always => None,
        }
    }
}
