//! Settings: which rules are in force for a file and how severely, and what a team has agreed on with AWS and itself.
//! Where they come from (a `gatewright.toml`, nothing) is not known here.

use gatewright_ir::{ACCOUNT_BURST, ACCOUNT_RATE, ApiKind};
use gatewright_source::{Diagnostic, Severity};
use rustc_hash::FxHashMap;

use crate::limits::{ROUTES, integration_timeout_milliseconds};
use crate::{Category, Check, Rule, find};

/// A choice of rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Preset {
    /// What AWS rejects, and what surely hurts. In force where nothing is said.
    #[default]
    Recommended,
    /// Posture and best practice, too: what a careful team wants and others find too much.
    Strict,
    /// What [`Preset::Strict`] has about security, and what AWS rejects.
    Security,
    /// Everything: opinions and naming, too.
    All,
}

impl Preset {
    /// All of them.
    pub const EACH: [Self; 4] = [Self::Recommended, Self::Strict, Self::Security, Self::All];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Strict => "strict",
            Self::Security => "security",
            Self::All => "all",
        }
    }

    /// The preset with a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|it| it.as_str() == name)
    }

    /// Whether a rule is in it.
    pub fn has(self, rule: &Rule) -> bool {
        match self {
            Self::Recommended => rule.preset == Self::Recommended,
            Self::Strict => rule.preset <= Self::Strict,
            Self::Security => {
                rule.preset <= Self::Strict && rule.category == Category::Security
                    || rule.preset == Self::Recommended && rule.severity == Severity::Error
            }
            Self::All => true,
        }
    }
}

/// How a rule is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// It is not.
    Off,
    /// As severe as the rule itself says.
    On,
    /// Its findings are warnings.
    Warning,
    /// Its findings are errors.
    Error,
}

impl Level {
    /// All of them.
    pub const EACH: [Self; 4] = [Self::Off, Self::On, Self::Warning, Self::Error];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level with a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|it| it.as_str() == name)
    }
}

/// Quotas of the account, where AWS has raised them or a team shares them out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Requests per second, all APIs of the account and region together.
    pub rate: u64,
    /// Requests at once, all APIs of the account and region together.
    pub burst: u64,
    /// Routes of an HTTP or WebSocket API, resources of a REST API.
    pub routes: usize,
    /// Milliseconds of an integration of a regional or private REST API.
    pub timeout: u64,
}

impl Default for Quotas {
    /// What an account has at first.
    fn default() -> Self {
        let timeout = *integration_timeout_milliseconds(ApiKind::Rest).end();
        Self { rate: ACCOUNT_RATE, burst: ACCOUNT_BURST, routes: ROUTES, timeout }
    }
}

/// How words are joined in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Casing {
    /// `order-items`
    Kebab,
    /// `order_items`
    Snake,
    /// `orderItems`
    Camel,
    /// `OrderItems`
    Pascal,
}

impl Casing {
    /// All of them.
    pub const EACH: [Self; 4] = [Self::Kebab, Self::Snake, Self::Camel, Self::Pascal];

    /// Its name, written as it says.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kebab => "kebab-case",
            Self::Snake => "snake_case",
            Self::Camel => "camelCase",
            Self::Pascal => "PascalCase",
        }
    }

    /// The casing with a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|it| it.as_str() == name)
    }
}

/// What a team has agreed on for names. Where nothing is said, names have to agree with each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// Words in the segments of paths.
    pub paths: Option<Casing>,
    /// Variables of paths.
    pub path_variables: Option<Casing>,
    /// Query parameters.
    pub query: Option<Casing>,
    /// Operation ids and names.
    pub operations: Option<Casing>,
    /// Models.
    pub models: Option<Casing>,
}

/// What is in force for a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The choice of rules to begin with.
    pub preset: Preset,
    /// Levels of whole categories.
    pub categories: FxHashMap<Category, Level>,
    /// Levels of single rules, by their names. They go before those of categories.
    pub rules: FxHashMap<&'static str, Level>,
    /// Quotas of the account.
    pub quotas: Quotas,
    /// TLS policies that domains may have, by AWS's names; none given: those that AWS recommends.
    pub tls_policies: Option<Vec<String>>,
    /// What names look like.
    pub naming: Naming,
}

/// Why a rule has its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// Nothing was said of it, and the preset has it or not.
    Preset,
    /// Its category was given a level.
    Category,
    /// It was given a level itself.
    Rule,
    /// Without what it finds there is no API to look at: it is always in force.
    Always,
}

impl Settings {
    /// How a rule is in force, and why.
    pub fn level(&self, rule: &Rule) -> (Level, Because) {
        if is_indispensable(rule) {
            return (Level::On, Because::Always);
        }
        if let Some(level) = self.rules.get(rule.name) {
            return (*level, Because::Rule);
        }
        if let Some(level) = self.categories.get(&rule.category) {
            // A category is made more or less severe; what its preset leaves out is not drawn in, unless it says `on`.
            if *level == Level::Off || *level == Level::On || self.preset.has(rule) {
                return (*level, Because::Category);
            }
        }
        (if self.preset.has(rule) { Level::On } else { Level::Off }, Because::Preset)
    }

    /// Whether a rule is in force at all.
    pub fn has(&self, rule: &Rule) -> bool {
        self.level(rule).0 != Level::Off
    }

    /// Makes findings as severe as they are to be, and leaves out those of rules that are not in force.
    pub fn apply(&self, found: &mut Vec<Diagnostic>) {
        if *self == Self::default() {
            return;
        }
        found.retain_mut(|it| {
            let Some(rule) = find(it.rule) else { return true };
            match self.level(rule).0 {
                Level::Off => return false,
                Level::On => {}
                Level::Warning => it.severity = Severity::Warning,
                Level::Error => it.severity = Severity::Error,
            }
            true
        });
    }
}

/// Whether there is no API to look at without what a rule finds: a level cannot be given to it, nor can its findings be
/// allowed.
pub fn is_indispensable(rule: &Rule) -> bool {
    matches!(rule.check, Check::Earlier) && rule.severity == Severity::Error
}
