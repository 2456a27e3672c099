//! Lambda functions, and how something calls them.

use gatewright_source::{Span, Text};
use gatewright_spec::{Architecture, Duration, Raw, Retention, Size};

use crate::{FunctionId, Located, LocatedList, Name};

/// A function, created by this stack or existing.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name in the specification.
    pub name: Name,
    /// Where it comes from.
    pub origin: Origin,
    /// Its aliases.
    pub aliases: Vec<Alias>,
    /// Whether API Gateway is given the permission to call it.
    pub permission: bool,
    /// Where it was said that it may send messages to connections, if it may: WebSocket APIs.
    pub manage_connections: Option<Span>,
}

/// Where a function comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// This stack creates it.
    Created(Box<CreatedFunction>),
    /// It exists under a name.
    Named(Located<Text>),
    /// It exists under an ARN.
    Arn(Located<Text>),
    /// Unknown, which was reported.
    Unknown,
}

/// What CloudFormation is told about a function that it creates.
#[derive(Clone, Debug)]
pub struct CreatedFunction {
    /// Its physical name, if it is fixed.
    pub function_name: Option<Located<Text>>,
    /// The code.
    pub code: CodeSource,
    /// The runtime; none for container images.
    pub runtime: Option<Located<Text>>,
    /// What the runtime calls.
    pub handler: Option<Located<Text>>,
    /// What the function is for.
    pub description: Option<Located<Text>>,
    /// After how long a call is given up.
    pub timeout: Option<Located<Duration>>,
    /// Memory in MB.
    pub memory: Option<Located<u64>>,
    /// Space in `/tmp`.
    pub ephemeral_storage: Option<Size>,
    /// The processor.
    pub architecture: Option<Architecture>,
    /// Environment variables.
    pub environment: Vec<(Name, Located<Text>)>,
    /// ARNs of layers.
    pub layers: Vec<Located<Text>>,
    /// Subnets and security groups of the private network.
    pub vpc: Option<(LocatedList, LocatedList)>,
    /// The ARN of the role; otherwise one is generated.
    pub role: Option<Located<Text>>,
    /// What the generated role allows.
    pub policies: Vec<Policy>,
    /// Where something beside its aliases may spare it slow starts: SnapStart, or a version that is kept ready. In files
    /// that are not ours.
    pub kept_ready: Option<Span>,
    /// How many calls may run at once.
    pub reserved_concurrency: Option<Located<u64>>,
    /// How long logs are kept.
    pub log_retention: Located<Retention>,
    /// Tags.
    pub tags: Vec<(Name, Located<Text>)>,
}

/// Where code comes from.
#[derive(Clone, Debug)]
pub enum CodeSource {
    /// A folder or archive, relative to the file that names it.
    Folder {
        /// The path as written, with `/`.
        path: Name,
        /// A digest of what is in it, once somebody looked. It decides whether a new version is published.
        digest: Option<Text>,
    },
    /// The text itself.
    Inline(Located<Text>),
    /// An archive in S3: bucket, key, version.
    S3(Located<Text>, Located<Text>, Option<Located<Text>>),
    /// A container image.
    Image(Located<Text>),
    /// Unknown, which was reported.
    Unknown,
}

/// What a generated role allows.
#[derive(Clone, Debug)]
pub enum Policy {
    /// A managed policy by name or ARN.
    Managed(Located<Text>),
    /// Actions on resources.
    Allow {
        /// The actions.
        actions: &'static [&'static str],
        /// The ARN.
        resource: Located<Text>,
        /// Suffixes that are added to the ARN, for further resources.
        suffixes: &'static [&'static str],
    },
    /// A statement as it was written.
    Statement(Raw),
}

/// An alias of a function.
#[derive(Clone, Debug)]
pub struct Alias {
    /// Its name.
    pub name: Name,
    /// The version that it points to.
    pub version: AliasVersion,
    /// What it is for.
    pub description: Option<Name>,
    /// How many environments are kept ready.
    pub provisioned_concurrency: Option<Located<u64>>,
}

/// The version that an alias points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AliasVersion {
    /// The one that the deployment publishes.
    Published,
    /// The unpublished code.
    Latest,
    /// A version by number.
    Number(Text),
}

/// A function as an integration or authorizer calls it.
#[derive(Clone, Debug)]
pub enum Callee {
    /// A function of this specification.
    Function {
        /// The function.
        function: FunctionId,
        /// The alias or version.
        qualifier: Option<Qualifier>,
        /// Where it was named.
        span: Span,
    },
    /// A function by ARN, or by something that CloudFormation knows.
    Arn(Located<Text>),
    /// A function whose name holds stage variables: `${stageVariables.function}`.
    Staged(Name),
    /// Unknown, which was reported.
    Unknown,
}

/// An alias or version of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// An alias by its name, or a version by its number.
    Alias(Text),
    /// The stage variable that holds the alias.
    StageVariable(Text),
}

impl Callee {
    /// The function, if it is one of this specification.
    pub fn function(&self) -> Option<FunctionId> {
        match self {
            Self::Function { function, .. } => Some(*function),
            _ => None,
        }
    }

    /// Where the callee was written.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Function { span, .. } => Some(*span),
            Self::Arn(it) => Some(it.span),
            Self::Staged(it) => Some(it.span),
            Self::Unknown => None,
        }
    }
}
