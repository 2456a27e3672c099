//! The parts of a definition in OpenAPI, as they are written. What `$ref` leads to is not followed.

use std::fmt;

use gatewright_ir::{Data, Name, Raw};
use gatewright_source::Written;

use super::extensions::Place;

/// The keys of a path that are operations.
const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "x-amazon-apigateway-any-method"];

/// The entries of a mapping; of anything else none.
pub(in crate::rules) fn entries(it: Option<&Raw>) -> &[(Name, Raw)] {
    match it.map(|it| &it.data) {
        Some(Data::Map(entries)) => entries,
        _ => &[],
    }
}

/// The items of a list; of anything else none.
pub(in crate::rules) fn listed(it: Option<&Raw>) -> &[Raw] {
    match it.map(|it| &it.data) {
        Some(Data::List(items)) => items,
        _ => &[],
    }
}

/// An operation with its key, its path, and what stands at that.
pub(in crate::rules) struct Operation<'d> {
    pub(in crate::rules) path: &'d Name,
    pub(in crate::rules) item: &'d Raw,
    pub(in crate::rules) method: &'d Name,
    pub(in crate::rules) it: &'d Raw,
}

impl Operation<'_> {
    /// Whether all that is said of it stands here.
    pub(super) fn is_written_out(&self) -> bool {
        matches!(self.it.data, Data::Map(_)) && self.it.function().is_none() && self.it.get("$ref").is_none()
    }
}

/// As a key of a route: `GET /orders`.
impl fmt::Display for Operation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = match &*self.method.value {
            "x-amazon-apigateway-any-method" => "ANY".to_owned(),
            method => method.to_ascii_uppercase(),
        };
        write!(f, "{method} {}", self.path.value)
    }
}

/// All operations.
pub(in crate::rules) fn operations(definition: &Raw) -> impl Iterator<Item = Operation<'_>> {
    let paths = entries(definition.get("paths")).iter();
    paths.flat_map(|(path, item)| {
        let methods = entries(Some(item)).iter().filter(|it| METHODS.contains(&&*it.0.value));
        methods.map(move |(method, it)| Operation { path, item, method, it })
    })
}

/// The integrations of all operations.
pub(in crate::rules) fn integrations(definition: &Raw) -> impl Iterator<Item = &Raw> {
    let own = operations(definition).filter_map(|it| it.it.get("x-amazon-apigateway-integration"));
    let components = definition.get("components");
    let reusable = components.and_then(|it| it.get("x-amazon-apigateway-integrations"));
    own.chain(entries(reusable).iter().map(|it| &it.1))
}

/// The parameters of all paths and operations, and those that they may name.
pub(in crate::rules) fn parameters(definition: &Raw) -> impl Iterator<Item = &Raw> {
    let items = entries(definition.get("paths")).iter().map(|it| &it.1);
    let owners = items.chain(operations(definition).map(|it| it.it));
    let components = definition.get("components").unwrap_or(definition);
    let reusable = entries(components.get("parameters")).iter().map(|it| &it.1);
    owners.flat_map(|it| listed(it.get("parameters"))).chain(reusable)
}

/// The security schemes by name.
pub(in crate::rules) fn schemes(definition: &Raw) -> &[(Name, Raw)] {
    let components = definition.get("components");
    entries(definition.get("securityDefinitions").or_else(|| components?.get("securitySchemes")))
}

/// The keys of everything that may have extensions, and where they stand.
pub(super) fn keys(definition: &Raw) -> impl Iterator<Item = (Place, &Name)> {
    let listed = |key| listed(definition.get(key));
    let items = entries(definition.get("paths")).iter().map(|it| (Place::Path, &it.1));
    let parts = [(Place::Root, definition)].into_iter();
    let parts = parts.chain(listed("servers").iter().map(|it| (Place::Server, it)));
    let parts = parts.chain(listed("tags").iter().map(|it| (Place::Tag, it)));
    let parts = parts.chain(definition.get("info").map(|it| (Place::Info, it)));
    let parts = parts.chain(definition.get("components").map(|it| (Place::Components, it)));
    let parts = parts.chain(schemes(definition).iter().map(|it| (Place::Scheme, &it.1)));
    let parts = parts.chain(definition.get("paths").map(|it| (Place::Paths, it)));
    let parts = parts.chain(items);
    let parts = parts.chain(operations(definition).map(|it| (Place::Operation, it.it)));
    parts.flat_map(|(place, it)| entries(Some(it)).iter().map(move |it| (place, &it.0)))
}

/// The ARN by which API Gateway invokes a function, for a help; and as a value, unless the region is not known.
pub(in crate::rules) fn invocation(function: &str, is_template: bool) -> (String, Option<Written>) {
    const TEMPLATE: &str =
        "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/";
    let help = |it: &str| format!("write `{it}`");
    if is_template {
        let whole = format!("{TEMPLATE}{function}/invocations");
        let value = Written::Mapping(vec![("Fn::Sub".to_owned(), Written::text(&whole))]);
        return (help(&format!("!Sub {whole}")), Some(value));
    }
    let mut parts = function.split(':');
    let whole = match (parts.nth(1), parts.nth(1)) {
        (Some(partition), Some(region)) if !region.is_empty() => Some(format!(
            "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations"
        )),
        _ => None,
    };
    match whole {
        Some(whole) => (help(&whole), Some(Written::text(whole))),
        None => (
            help(&format!(
                "{}ARN/invocations",
                TEMPLATE.replace("${AWS::Partition}", "aws").replace("${AWS::Region}", "REGION")
            )),
            None,
        ),
    }
}

/// Whether API Gateway asks for what a security scheme says.
pub(in crate::rules) fn is_enforced(scheme: &Raw) -> bool {
    let is = |key: &str, text: &str| {
        scheme.get(key).and_then(Raw::as_str).is_some_and(|it| it.eq_ignore_ascii_case(text))
    };
    scheme.get("x-amazon-apigateway-authorizer").is_some()
        || is("x-amazon-apigateway-authtype", "awsSigv4")
        || is("type", "apiKey") && is("name", "x-api-key")
}

/// " and 3 more", behind what was named.
pub(in crate::rules) fn and_more(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => " and one more".to_owned(),
        many => format!(" and {many} more"),
    }
}

/// Whether a URI is that of a function, as far as its text shows.
pub(super) fn names_function(uri: &Raw) -> bool {
    let is_one = |it: &Raw| it.as_str().is_some_and(|it| it.contains(":lambda:path/"));
    let Some((_, argument)) = uri.function() else { return is_one(uri) };
    match &argument.data {
        Data::List(items) => items.iter().any(|it| match &it.data {
            Data::List(parts) => parts.iter().any(is_one),
            _ => is_one(it),
        }),
        _ => is_one(argument),
    }
}
