//! What a rule is, what it sees, and how it speaks.

use gatewright_graph::Graph;
use gatewright_ir::{
    ApiKind, Authorizer, AuthorizerId, Domain, DomainId, Format, Function, FunctionId, Integration,
    IntegrationId, Ir, Route, RouteId, Stage, StageId,
};
use gatewright_source::{
    Diagnostic, Fix, MOST_SUGGESTIONS, Repeated, Safety, Severity, Sources, Span, did_you_mean,
};

use crate::file::File;
use crate::own_keys::names_own_keys;
use crate::rules::cloudformation::template::Template;
use crate::settings::{Preset, Settings};

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
    /// The smallest choice of rules that has it: [`Preset::Recommended`], [`Preset::Strict`] or [`Preset::All`].
    pub preset: Preset,
    /// Whether its findings can be fixed, and how safely at best.
    pub fix: Option<Safety>,
    /// The kinds of API that it applies to.
    pub kinds: Kinds,
    /// The formats that it applies to.
    pub formats: Formats,
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
    /// All of them.
    pub const EACH: [Self; 7] = [
        Self::Correctness,
        Self::Security,
        Self::Reliability,
        Self::Observability,
        Self::Performance,
        Self::Cost,
        Self::Design,
    ];

    /// The category with a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|it| it.as_str() == name)
    }

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

    /// These and one more.
    pub(crate) fn and(self, kind: ApiKind) -> Self {
        Self {
            http: self.http || kind == ApiKind::Http,
            rest: self.rest || kind == ApiKind::Rest,
            websocket: self.websocket || kind == ApiKind::WebSocket,
        }
    }

    /// Whether a kind is among both.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.http && other.http || self.rest && other.rest || self.websocket && other.websocket
    }

    /// Whether a kind is among them.
    pub fn contains(self, kind: ApiKind) -> bool {
        match kind {
            ApiKind::Http => self.http,
            ApiKind::Rest => self.rest,
            ApiKind::WebSocket => self.websocket,
        }
    }
}

/// Formats in which APIs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats(u8);

impl Formats {
    /// All of them.
    pub const ALL: Self = Self(0b1_1111);
    /// Specifications of ours only: the mistake cannot be made elsewhere, or is none there.
    pub const GATEWRIGHT: Self = Self::only(Format::Gatewright);
    /// All but specifications of ours.
    pub const FOREIGN: Self = Self(Self::ALL.0 & !Self::GATEWRIGHT.0);
    /// CloudFormation templates, with and without SAM.
    pub const TEMPLATES: Self = Self::only(Format::CloudFormation).and(Self::SAM);
    /// CloudFormation templates without SAM.
    pub const CLOUDFORMATION: Self = Self::only(Format::CloudFormation);
    /// SAM templates only.
    pub const SAM: Self = Self::only(Format::Sam);
    /// OpenAPI documents by themselves.
    pub const OPENAPI: Self = Self::only(Format::OpenApi);
    /// OpenAPI documents by themselves and in templates.
    pub const BODIES: Self = Self::OPENAPI.and(Self::TEMPLATES);
    /// The Serverless Framework's files only.
    pub const SERVERLESS: Self = Self::only(Format::Serverless);
    /// All but plain OpenAPI documents: what is said of stages, domains and functions stands nowhere in those.
    pub const DEPLOYMENTS: Self = Self::GATEWRIGHT.and(Self::TEMPLATES).and(Self::SERVERLESS);

    /// One format.
    pub const fn only(format: Format) -> Self {
        Self(1 << format as u8)
    }

    /// These and those.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a format is among them.
    pub const fn contains(self, format: Format) -> bool {
        self.0 & (1 << format as u8) != 0
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
    /// What became of the API since an earlier version of its file.
    Change(fn(&Change<'_>, &mut Findings)),
}

/// An API before and after a change of its file. Findings are reported in the file as it is now.
#[derive(Clone, Copy, Debug)]
pub struct Change<'c> {
    /// The API as it was. Its spans are of no use: the text that they mean is gone.
    pub before: &'c Ir,
    /// The API as it is.
    pub after: &'c Ir,
    /// What is in force for the file.
    pub settings: &'c Settings,
}

/// What a rule sees.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The API.
    pub ir: &'c Ir,
    /// Who needs whom.
    pub graph: &'c Graph,
    /// The text of the file, and of others that it names.
    pub sources: &'c Sources,
    /// The file that it was read from.
    pub(crate) file: &'c File<'c>,
    /// What is in force for the file.
    pub settings: &'c Settings,
    /// Whether it is the first API of the file that the rule applies to: what is true of the file is said once.
    pub(crate) is_first: bool,
}

impl<'c> Context<'c> {
    /// The template that the API was read from, if it was one.
    pub(crate) fn template(&self) -> Option<&'c Template<'c>> {
        self.file.template()
    }
}

/// Where a rule puts what it finds. It knows whose turn it is, so that a finding bears the right name.
#[derive(Debug)]
pub struct Findings {
    rule: &'static Rule,
    format: Format,
    found: Vec<Diagnostic>,
    /// For how many names the rule asked what was meant.
    asked: usize,
}

impl Findings {
    pub(crate) fn new(rule: &'static Rule, format: Format) -> Self {
        Self { rule, format, found: Vec::new(), asked: 0 }
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
        Finding { format: self.format, of: self.found.last_mut().expect("one was just added") }
    }
}

/// A finding that was just reported, to be told more about.
#[derive(Debug)]
pub struct Finding<'f> {
    format: Format,
    of: &'f mut Diagnostic,
}

impl Finding<'_> {
    /// Adds a second place and its role.
    pub fn label(self, span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        self.of.labels.push(gatewright_source::Label { span, message });
        self
    }

    /// Says that other things of the file may have the same fault: the first is reported, and how many more there are.
    pub fn repeated(self, noun: &'static str, fault: impl Into<String>) -> Self {
        self.of.repeated = Some(Box::new(Repeated { noun, fault: fault.into() }));
        self
    }

    /// Says of what text it is a part: where that has several lines, comments about it stand above it.
    pub fn within(self, span: Span) -> Self {
        self.of.within = Some(span);
        self
    }

    /// Says what to do. In files that are not ours, advice that names keys of ours is left out.
    pub fn help(self, help: impl Into<String>) -> Self {
        let help = help.into();
        if self.format == Format::Gatewright || !names_own_keys(&help) {
            self.of.help = Some(help);
        }
        self
    }

    /// Says what to do in files of some formats, in their words.
    pub fn help_in(self, formats: Formats, help: impl Into<String>) -> Self {
        if formats.contains(self.format) {
            self.of.help = Some(help.into());
        }
        self
    }

    /// Says what to write instead. The edits name keys of one format: see [`Finding::fix_in`] for rules of several.
    pub fn fix(self, fix: Fix) -> Self {
        self.of.fix = Some(Box::new(fix));
        self
    }

    /// Says what to write instead in files of some formats.
    pub fn fix_in(self, formats: Formats, fix: impl FnOnce() -> Option<Fix>) -> Self {
        if formats.contains(self.format) {
            self.of.fix = fix().map(Box::new);
        }
        self
    }

    /// The name of the rule that found it.
    pub fn rule(&self) -> &'static str {
        self.of.rule
    }

    /// Makes it a warning: the fact is uncertain, or a quota can be raised.
    pub fn warning(self) -> Self {
        self.of.severity = Severity::Warning;
        self
    }
}
