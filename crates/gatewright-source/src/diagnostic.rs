//! Diagnostics: problems as plain data. How they look is the renderers' business.

use crate::{Fix, Span};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It deploys, and is probably not what was meant.
    Warning,
    /// The deployment fails, or what is deployed cannot work. Nothing is built.
    Error,
}

impl Severity {
    /// The word for it: `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A second place that matters to a problem, and its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// Its role, for example `first defined here`; may be empty.
    pub message: String,
}

/// A fault that many things of a file often have in the same way: it is said once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// What one of these things is called: `function`.
    pub noun: &'static str,
    /// What is the same for those that have the same fault.
    pub fault: String,
}

/// One problem: which rule found it, where, what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the rule, in kebab-case.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The place that is wrong.
    pub span: Span,
    /// The text of several lines that it is a part of: no comment can stand in that, only above it.
    pub within: Option<Span>,
    /// Whether others have the same fault, which is then said once.
    pub repeated: Option<Box<Repeated>>,
    /// What is wrong there: lowercase, the user's names in backticks, no full stop.
    pub message: String,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// What to write instead.
    pub fix: Option<Box<Fix>>,
}

impl Diagnostic {
    /// A problem of the given severity.
    pub fn new(severity: Severity, rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity,
            span,
            within: None,
            repeated: None,
            message: message.into(),
            labels: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// A problem that stops the build.
    pub fn error(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, rule, span, message)
    }

    /// A problem that does not stop the build.
    pub fn warning(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, rule, span, message)
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(Box::new(fix));
        self
    }
}
