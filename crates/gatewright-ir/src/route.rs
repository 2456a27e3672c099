//! Routes and their keys.

use gatewright_source::{Span, Spanned, Text};

use crate::{AuthorizerId, IntegrationId, Located, Name, RouteSettings, Validation};

/// A route.
#[derive(Clone, Debug)]
pub struct Route {
    /// Its key and where that was written.
    pub key: Spanned<RouteKey>,
    /// Where requests go.
    pub target: RouteTarget,
    /// Who may call; the default of the specification is filled in.
    pub authorization: Authorization,
    /// Where that was said.
    pub authorization_source: AuthorizationSource,
    /// The scopes of which a token needs one.
    pub scopes: Vec<Located<Text>>,
    /// Settings that hold for it in every stage which does not say otherwise.
    pub settings: Option<Box<RouteSettings>>,
    /// Where it was said that callers must show an API key, if they must; the default of the specification is filled in.
    /// What could not be read, and was reported, counts as said: REST and WebSocket APIs.
    pub api_key: Option<Span>,
    /// What requests are checked for: REST and WebSocket APIs.
    pub validation: Option<Box<Validation>>,
    /// What tells answers in the cache apart, in AWS's syntax (`method.request.querystring.page`): REST APIs.
    pub cache_key: Vec<Name>,
    /// Whether what tells them apart could not be read, which was reported.
    pub cache_key_unknown: bool,
    /// Where it was said that the backend's answer is sent to the caller, if it is. What could not be read, and was
    /// reported, counts as said: WebSocket APIs.
    pub response: Option<Span>,
    /// Why anybody may call it.
    pub public: Option<Box<Name>>,
    /// The name of the operation.
    pub operation_name: Option<Box<Name>>,
    /// What it does.
    pub description: Option<Box<Name>>,
}

impl Route {
    /// A route of which only the key is known, and where requests go: anybody may call.
    pub fn new(key: Spanned<RouteKey>, target: RouteTarget) -> Self {
        Self {
            key,
            target,
            authorization: Authorization::None,
            authorization_source: AuthorizationSource::Nowhere,
            scopes: Vec::new(),
            settings: None,
            api_key: None,
            validation: None,
            cache_key: Vec::new(),
            cache_key_unknown: false,
            response: None,
            public: None,
            operation_name: None,
            description: None,
        }
    }
}

/// Where requests go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteTarget {
    /// To an integration, and where that was named.
    Integration(IntegrationId, Span),
    /// Nowhere, and that is enough: API Gateway accepts and ends connections of a WebSocket API by itself.
    ///
    /// Source: API Gateway Developer Guide, "Manage connected users and client apps": the integration of `$connect` is
    /// optional.
    Nothing,
    /// Nowhere: no target was given.
    Missing,
    /// To something unknown, which was reported.
    Unknown,
}

impl RouteTarget {
    /// The integration, if there is one.
    pub fn integration(self) -> Option<IntegrationId> {
        match self {
            Self::Integration(id, _) => Some(id),
            _ => None,
        }
    }

    /// Whether it is known where requests go.
    pub fn is_known(self) -> bool {
        matches!(self, Self::Integration(..) | Self::Nothing)
    }
}

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// Anybody.
    None,
    /// Who signs requests with AWS credentials that allow it.
    Iam,
    /// Whom an authorizer lets through.
    Authorizer(AuthorizerId),
    /// Unknown, which was reported.
    Unknown,
}

/// Where the authorization of a route was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorizationSource {
    /// At the route.
    Stated(Span),
    /// Under `defaults`.
    Default(Span),
    /// Nowhere: anybody may call.
    Nowhere,
}

impl AuthorizationSource {
    /// The place, if there is one.
    pub fn span(self) -> Option<Span> {
        match self {
            Self::Stated(it) | Self::Default(it) => Some(it),
            Self::Nowhere => None,
        }
    }
}

/// An HTTP method of a route key, or `ANY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // The methods are what they are called.
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Head,
    Options,
    /// Every method.
    Any,
}

impl Method {
    /// All methods that a route key may have.
    ///
    /// Source: API Gateway Developer Guide, "Create routes for HTTP APIs".
    pub const ALL: [Self; 8] =
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Head, Self::Options, Self::Any];

    /// The method with this name, in upper case.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }

    /// Its name, in upper case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Any => "ANY",
        }
    }

    /// Whether a route with this method takes requests with that one.
    pub fn covers(self, other: Method) -> bool {
        self == other || self == Self::Any
    }
}

/// The key of a route, as written, and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RouteKey {
    text: Text,
    kind: KeyKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum KeyKind {
    Default,
    Http(Method),
    Message,
    Malformed,
}

/// One segment of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Segment<'r> {
    /// Text that must be equal.
    Literal(&'r str),
    /// `{name}`: any one segment.
    Variable(&'r str),
    /// `{name+}`: one or more segments.
    Greedy(&'r str),
}

impl RouteKey {
    /// Reads the key of an HTTP API: a method, a space and a path, or `$default`. A key that is
    /// neither is kept and is malformed.
    ///
    /// The path must begin with `/`; what else may be wrong with it is for a rule to say.
    pub fn http(text: Text) -> Self {
        let kind = if &*text == "$default" {
            KeyKind::Default
        } else {
            match text.split_once(' ') {
                Some((method, path)) if path.starts_with('/') => {
                    Method::parse(method).map_or(KeyKind::Malformed, KeyKind::Http)
                }
                _ => KeyKind::Malformed,
            }
        };
        Self { text, kind }
    }

    /// Reads the key of a REST API: a method, a space and a path. Anything else is kept and is malformed.
    pub fn rest(text: Text) -> Self {
        let key = Self::http(text);
        if key.is_default() { Self { kind: KeyKind::Malformed, ..key } } else { key }
    }

    /// Reads the key of a WebSocket API, which may be any text.
    pub fn websocket(text: Text) -> Self {
        let kind = if &*text == "$default" { KeyKind::Default } else { KeyKind::Message };
        Self { text, kind }
    }

    /// The key as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether this is `$default`.
    pub fn is_default(&self) -> bool {
        self.kind == KeyKind::Default
    }

    /// Whether the key could not be read.
    pub fn is_malformed(&self) -> bool {
        self.kind == KeyKind::Malformed
    }

    /// The method, if the key has one.
    pub fn method(&self) -> Option<Method> {
        match self.kind {
            KeyKind::Http(it) => Some(it),
            _ => None,
        }
    }

    /// The path, if the key has one.
    pub fn path(&self) -> Option<&str> {
        match self.kind {
            KeyKind::Http(method) => self.text.get(method.as_str().len() + 1..),
            _ => None,
        }
    }

    /// The segments of the path; the root has none.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = Segment<'_>> + Clone {
        let path = self.path().unwrap_or("/");
        path[1..].split('/').filter(move |_| path != "/").map(Segment::parse)
    }

    /// The names of the path variables.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.segments().filter_map(|it| match it {
            Segment::Literal(_) => None,
            Segment::Variable(name) | Segment::Greedy(name) => Some(name),
        })
    }

    /// The key with the names of path variables left out: equal for keys that take the same requests.
    pub fn normalised(&self) -> String {
        let Some(method) = self.method() else { return self.text.to_string() };
        let mut out = format!("{} ", method.as_str());
        for segment in self.segments() {
            out.push('/');
            out.push_str(match segment {
                Segment::Literal(it) => it,
                Segment::Variable(_) => "{}",
                Segment::Greedy(_) => "{+}",
            });
        }
        if out.ends_with(' ') {
            out.push('/');
        }
        out
    }
}

impl<'r> Segment<'r> {
    /// Reads one segment, without its slash.
    pub fn parse(text: &'r str) -> Self {
        match text.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
            Some(name) => match name.strip_suffix('+') {
                Some(name) => Self::Greedy(name),
                None => Self::Variable(name),
            },
            None => Self::Literal(text),
        }
    }
}
