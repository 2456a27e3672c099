//! Where an API was written: in which format, what its resources are called there, and what else is true only there.

use std::sync::Arc;

use gatewright_source::{Spanned, Text};
use gatewright_spec::Raw;
use rustc_hash::FxHashMap;

use crate::{Generated, RouteId, RouteKey};

/// The format that an API is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A specification of ours.
    #[default]
    Gatewright,
    /// A CloudFormation template.
    CloudFormation,
    /// An AWS SAM template: CloudFormation with `AWS::Serverless` resources.
    Sam,
    /// An OpenAPI document, 3.0, 3.1 or Swagger 2.0.
    OpenApi,
    /// A `serverless.yml` of the Serverless Framework.
    Serverless,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] =
        [Self::Gatewright, Self::CloudFormation, Self::Sam, Self::OpenApi, Self::Serverless];

    /// Its word on the command line and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gatewright => "gatewright",
            Self::CloudFormation => "cloudformation",
            Self::Sam => "sam",
            Self::OpenApi => "openapi",
            Self::Serverless => "serverless",
        }
    }

    /// Its name, as lists and counts show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gatewright => "Gatewright",
            Self::CloudFormation => "CloudFormation",
            Self::Sam => "SAM",
            Self::OpenApi => "OpenAPI",
            Self::Serverless => "serverless.yml",
        }
    }

    /// What people call a file of it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Gatewright => "a Gatewright specification",
            Self::CloudFormation => "a CloudFormation template",
            Self::Sam => "an AWS SAM template",
            Self::OpenApi => "an OpenAPI document",
            Self::Serverless => "a serverless.yml",
        }
    }

    /// Whether the file is a template: CloudFormation, with or without SAM.
    pub fn is_template(self) -> bool {
        matches!(self, Self::CloudFormation | Self::Sam)
    }
}

/// Where an API was written, and what is true only there. Of a specification of ours everything in it is empty.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    /// The format.
    pub format: Format,
    /// The whole document, with the places of everything: for rules about the format. Where the definition of the API
    /// is in a file of its own, this is the file that names it.
    pub document: Option<Arc<Raw>>,
    /// The definition of the API in OpenAPI, where a template has one: inline or in a file of its own.
    pub body: Option<Arc<Raw>>,
    /// What stands under `resources` of a `serverless.yml`, as one template.
    pub resources: Option<Arc<Raw>>,
    /// What resources are called in the file. [`crate::Ir::logical_id`] answers with these names.
    pub logical_ids: FxHashMap<Generated, Text>,
    /// Names that only CloudFormation knows: the model bears the logical id in their place.
    pub deferred_names: FxHashMap<Generated, Arc<Raw>>,
    /// Routes that are there only under a condition, and the condition's name.
    pub conditions: FxHashMap<RouteId, Text>,
    /// Mock routes that answer preflight requests: they are what `cors` says, and no routes of the model.
    pub preflights: Vec<Spanned<RouteKey>>,
    /// Whether the API itself stands somewhere else, and the file holds parts of it: nothing is missing for good.
    pub is_fragment: bool,
    /// Whether it could be an HTTP API as well as a REST API: an OpenAPI document need not say which. Only rules that hold
    /// for both kinds apply.
    pub kind_undecided: bool,
    /// Whether the document only describes an API, for people and generators of clients: nothing in it is said to API
    /// Gateway, and no rule applies.
    pub is_description: bool,
}

impl Provenance {
    /// The template that the document is, or holds.
    pub fn template(&self) -> Option<&Raw> {
        match self.format {
            Format::CloudFormation | Format::Sam => self.document.as_deref(),
            _ => self.resources.as_deref(),
        }
    }

    /// The definition of the API in OpenAPI, if it has one: a document by itself, or what a template names.
    pub fn definition(&self) -> Option<&Raw> {
        match self.format {
            Format::OpenApi => self.document.as_deref(),
            _ => self.body.as_deref(),
        }
    }

    /// Whether a name is known only to CloudFormation.
    pub fn is_deferred(&self, of: Generated) -> bool {
        self.deferred_names.contains_key(&of)
    }
}
