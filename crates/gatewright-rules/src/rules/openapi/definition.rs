//! The parts of a definition in OpenAPI, as they are written. What `$ref` leads to is not followed.

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

/// An operation with its key, its path, and what stands at that.
pub(in crate::rules) struct Operation<'d> {
    pub(in crate::rules) path: &'d Name,
    pub(in crate::rules) item: &'d Raw,
    pub(in crate::rules) method: &'d Name,
    pub(in crate::rules) it: &'d Raw,
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

/// The security schemes by name.
pub(in crate::rules) fn schemes(definition: &Raw) -> &[(Name, Raw)] {
    let components = definition.get("components");
    entries(definition.get("securityDefinitions").or_else(|| components?.get("securitySchemes")))
}

/// The keys of everything that may have extensions, and where they stand.
pub(super) fn keys(definition: &Raw) -> impl Iterator<Item = (Place, &Name)> {
    let listed = |key| match definition.get(key).map(|it| &it.data) {
        Some(Data::List(items)) => &items[..],
        _ => &[],
    };
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

impl Operation<'_> {
    /// The operation as a route: `GET /orders`.
    pub(in crate::rules) fn route(&self) -> String {
        let method = self.method.value.trim_start_matches("x-amazon-apigateway-").to_ascii_uppercase();
        format!("{} {}", method.replace("ANY-METHOD", "ANY"), self.path.value)
    }
}

/// " and 3 more".
pub(in crate::rules) fn and_more(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => " and one more".to_owned(),
        many => format!(" and {many} more"),
    }
}
