//! API keys and usage plans.

use gatewright_source::{Span, Spanned, Text};
use gatewright_spec::Period;

use crate::{ApiKeyId, Located, Name, RouteId, StageId, Throttle};

/// An API key.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// Its name in the specification.
    pub name: Name,
    /// The id of an existing key; otherwise it is created.
    pub existing: Option<Located<Text>>,
    /// Its name in the account, if one was given.
    pub key_name: Option<Located<Text>>,
    /// Who has it.
    pub description: Option<Name>,
    /// Its value, if one was given.
    pub value: Option<Located<Text>>,
    /// Whether it is accepted, and where that was said.
    pub enabled: Option<Spanned<bool>>,
    /// The customer in AWS Marketplace.
    pub customer_id: Option<Located<Text>>,
    /// Tags.
    pub tags: Vec<(Name, Located<Text>)>,
}

/// How much the holders of some API keys may call.
#[derive(Clone, Debug)]
pub struct UsagePlan {
    /// Its name in the specification.
    pub name: Name,
    /// Its name in the account, if one was given.
    pub plan_name: Option<Located<Text>>,
    /// What it is for.
    pub description: Option<Name>,
    /// How many requests each key may send.
    pub throttle: Throttle,
    /// How many requests each key may send in a time.
    pub quota: Option<Quota>,
    /// The stages that it is for. An unknown one was reported and is left out.
    pub stages: Vec<PlanStage>,
    /// Whether a stage or the list of them could not be read, which was reported.
    pub stages_unknown: bool,
    /// The keys that have it, and where they are named. An unknown one was reported and is left out.
    pub keys: Vec<(ApiKeyId, Span)>,
    /// Whether a key or the list of them could not be read, which was reported.
    pub keys_unknown: bool,
    /// Tags.
    pub tags: Vec<(Name, Located<Text>)>,
}

/// A stage in a usage plan.
#[derive(Clone, Debug)]
pub struct PlanStage {
    /// The stage.
    pub stage: StageId,
    /// Where it is named.
    pub span: Span,
    /// Throttles of single routes, and where the routes are named.
    pub routes: Vec<(RouteId, Span, Throttle)>,
}

/// How many requests each key may send in a time.
#[derive(Clone, Debug)]
pub struct Quota {
    /// Where it was written.
    pub span: Span,
    /// How many; `None` if it was missing, which was reported.
    pub limit: Option<Located<u64>>,
    /// In which time; `None` if it was missing, which was reported.
    pub period: Option<Spanned<Period>>,
    /// How many count as used in the first time of a new key.
    pub offset: Option<Located<u64>>,
}
