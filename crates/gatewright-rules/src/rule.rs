//! What a rule is, what it sees, and how it speaks.

use gatewright_graph::Graph;
use gatewright_ir::{
    ApiKind, Authorizer, AuthorizerId, Domain, DomainId, Function, FunctionId, Integration, IntegrationId,
    Ir, Route, RouteId, Stage, StageId,
};
use gatewright_source::{Diagnostic, MOST_SUGGESTIONS, Severity, Span, did_you_mean};

/// A rule: what it is called, what it is about, and the function that finds it.
#[derive(Debug)]
pub struct Rule {
    /// The name, in kebab-case: the bad thing. Stable for ever.
    pub name: &'static str,
    /// The page, in Markdown; [`crate::Page`] reads it.
    pub page: &'static str,
    /// How bad a finding is, unless it says otherwise.
    pub severity: Severity,
    /// What it is about.
    pub category: Category,
    /// The kinds of API that it applies to.
    pub kinds: Kinds,
    /// The function that finds it, and what it looks at.
    pub check: Check,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// AWS rejects it, or it cannot work.
    Correctness,
    /// Somebody may do what they should not.
    Security,
    /// It works, until it does not.
    Reliability,
    /// When something goes wrong, nobody can see what.
    Observability,
    /// It is slower than it needs to be.
    Performance,
    /// It costs more than it needs to.
    Cost,
    /// Naming and style.
    Design,
}

impl Category {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Correctness => "correctness",
            Self::Security => "security",
            Self::Reliability => "reliability",
            Self::Observability => "observability",
            Self::Performance => "performance",
            Self::Cost => "cost",
            Self::Design => "design",
        }
    }
}

/// Kinds of API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds {
    /// HTTP APIs.
    pub http: bool,
    /// REST APIs.
    pub rest: bool,
    /// WebSocket APIs.
    pub websocket: bool,
}

impl Kinds {
    /// All three.
    pub const ALL: Self = Self { http: true, rest: true, websocket: true };
    /// HTTP APIs only.
    pub const HTTP: Self = Self { http: true, rest: false, websocket: false };
    /// REST APIs only.
    pub const REST: Self = Self { http: false, rest: true, websocket: false };
    /// REST and WebSocket APIs: those with models, mapping templates, API keys and execution logs.
    pub const NOT_HTTP: Self = Self { http: false, rest: true, websocket: true };
    /// WebSocket APIs only.
    pub const WEBSOCKET: Self = Self { http: false, rest: false, websocket: true };
    /// HTTP and REST APIs: those with methods and paths.
    pub const PATHS: Self = Self { http: true, rest: true, websocket: false };
    /// HTTP and WebSocket APIs: those of version 2 of API Gateway.
    pub const V2: Self = Self { http: true, rest: false, websocket: true };

    /// Whether a kind is among them.
    pub fn contains(self, kind: ApiKind) -> bool {
        match kind {
            ApiKind::Http => self.http,
            ApiKind::Rest => self.rest,
            ApiKind::WebSocket => self.websocket,
        }
    }
}

/// The function that finds something, and what it looks at.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::type_complexity)] // Each type says what a rule of its kind is given.
pub enum Check {
    /// An earlier stage finds it: parsing, decoding or lowering.
    Earlier,
    /// The API as a whole.
    Api(fn(&Context<'_>, &mut Findings)),
    /// Each function.
    Function(fn(&Context<'_>, FunctionId, &Function, &mut Findings)),
    /// Each integration.
    Integration(fn(&Context<'_>, IntegrationId, &Integration, &mut Findings)),
    /// Each authorizer.
    Authorizer(fn(&Context<'_>, AuthorizerId, &Authorizer, &mut Findings)),
    /// Each route.
    Route(fn(&Context<'_>, RouteId, &Route, &mut Findings)),
    /// Each stage.
    Stage(fn(&Context<'_>, StageId, &Stage, &mut Findings)),
    /// Each domain.
    Domain(fn(&Context<'_>, DomainId, &Domain, &mut Findings)),
}

/// What a rule sees.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The API.
    pub ir: &'c Ir,
    /// Who needs whom.
    pub graph: &'c Graph,
}

/// Where a rule puts what it finds. It knows whose turn it is, so that a finding bears the right name.
#[derive(Debug)]
pub struct Findings {
    rule: &'static Rule,
    found: Vec<Diagnostic>,
    /// For how many names the rule asked what was meant.
    asked: usize,
}

impl Findings {
    pub(crate) fn new(rule: &'static Rule) -> Self {
        Self { rule, found: Vec::new(), asked: 0 }
    }

    pub(crate) fn turn(&mut self, rule: &'static Rule) {
        self.rule = rule;
        self.asked = 0;
    }

    pub(crate) fn into_inner(self) -> Vec<Diagnostic> {
        self.found
    }

    /// The one of the user's names that was probably meant; not for every name if very many are wrong.
    pub fn did_you_mean<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        self.asked += 1;
        (self.asked <= MOST_SUGGESTIONS).then(|| did_you_mean(word, candidates)).flatten()
    }

    /// Reports a finding at a place: lowercase, the user's names in backticks, no full stop.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        self.found.push(Diagnostic::new(self.rule.severity, self.rule.name, span, message));
        Finding { of: self.found.last_mut().expect("one was just added") }
    }
}

/// A finding that was just reported, to be told more about.
#[derive(Debug)]
pub struct Finding<'f> {
    of: &'f mut Diagnostic,
}

impl Finding<'_> {
    /// Adds a second place and its role.
    pub fn label(self, span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        self.of.labels.push(gatewright_source::Label { span, message });
        self
    }

    /// Says what to do.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.of.help = Some(help.into());
        self
    }

    /// Makes it a warning: the fact is uncertain, or a quota can be raised.
    pub fn warning(self) -> Self {
        self.of.severity = Severity::Warning;
        self
    }
}
