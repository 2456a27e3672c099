//! Who lets API Gateway call which function: `AWS::Lambda::Permission`, and what its `SourceArn` covers.

use gatewright_ir::{
    AuthorizerKind, Callee, Credentials, Generated, Ir, Method, Route, Segment, Span, UNKNOWN, Value,
    has_holes, sole_hole,
};
use rustc_hash::FxHashMap;

use super::template::{Resource, Template, text};

/// The principal of API Gateway.
pub(super) const PRINCIPAL: &str = "apigateway.amazonaws.com";

/// The permissions of a template that may let API Gateway in.
#[derive(Debug, Default)]
pub(crate) struct Permissions<'t> {
    all: Vec<Permission<'t>>,
    /// By the logical id of the function.
    by_function: FxHashMap<String, Vec<usize>>,
    /// Whether one may be for any function.
    pub(super) is_open: bool,
}

/// A permission that may let API Gateway in.
#[derive(Debug)]
pub(super) struct Permission<'t> {
    /// The resource.
    pub(super) resource: Resource<'t>,
    /// Whom it lets in.
    pub(super) source: Source,
}

/// Whom a permission lets in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Perhaps everybody: there is no `SourceArn`, or it cannot be read from here.
    Any,
    /// An API of the template, by its logical id, and the parts behind it.
    Api(String, Vec<String>),
    /// An API of the template, whose logical id stands where its id should.
    LogicalId(String),
    /// Something else.
    Other,
}

impl<'t> Permissions<'t> {
    /// The permissions of a template.
    pub(super) fn of(template: &Template<'t>) -> Self {
        // Functions by the text of their names.
        let mut names: FxHashMap<String, &str> = FxHashMap::default();
        for it in template.of_type(FUNCTION) {
            if let Some(name) = it.text("FunctionName") {
                names.insert(name, &it.id.value);
            }
        }
        let is_ours = |it: &&Resource<'t>| {
            let is = |key: &str, words: &[&str]| {
                it.text(key).is_none_or(|it| words.contains(&&*it) || has_holes(&it))
            };
            is("Principal", &[PRINCIPAL, "*"]) && is("Action", &["lambda:InvokeFunction", "lambda:*", "*"])
        };
        let mut out = Self::default();
        for resource in template.of_type("AWS::Lambda::Permission").filter(is_ours) {
            let function = resource.text("FunctionName").and_then(|it| function(template, &names, &it));
            let source = source(template, resource);
            let at = out.all.len();
            match function {
                Some(id) => out.by_function.entry(id).or_default().push(at),
                None => out.is_open = true,
            }
            out.all.push(Permission { resource: *resource, source });
        }
        out
    }

    fn at<'s>(&'s self, places: Option<&'s Vec<usize>>) -> impl Iterator<Item = &'s Permission<'t>> {
        places.into_iter().flatten().filter_map(|at| self.all.get(*at))
    }

    /// The permissions of a function of the template.
    pub(super) fn of_function(&self, id: &str) -> impl Iterator<Item = &Permission<'t>> {
        self.at(self.by_function.get(id))
    }
}

/// The type of functions that need permissions of their own.
const FUNCTION: &str = "AWS::Lambda::Function";

fn is_function(it: &Resource<'_>) -> bool {
    it.of == FUNCTION
}

/// The function of the template that a text with holes names; nothing if it names none for certain.
fn function(template: &Template<'_>, names: &FxHashMap<String, &str>, text: &str) -> Option<String> {
    if let Some(id) = names.get(text) {
        return Some((*id).to_owned());
    }
    if let Some((_, name)) = text.split_once(":function:")
        && let Some(id) = names.get(name)
    {
        return Some((*id).to_owned());
    }
    let hole = &text[..=text.find('}')?];
    let hole = text.rfind(":function:").map_or(hole, |at| &text[at + ":function:".len()..]);
    let hole = hole.find('}').map_or(hole, |end| &hole[..=end]);
    let (name, _) = sole_hole(hole)?;
    let resource = template.get(name)?;
    match resource.of {
        "AWS::Lambda::Alias" | "AWS::Lambda::Version" => {
            let named = resource.text("FunctionName")?;
            let (name, _) = sole_hole(&named)?;
            template.get(name).filter(|it| is_function(it)).map(|it| it.id.value.to_string())
        }
        _ => is_function(resource).then(|| name.to_owned()),
    }
}

fn source(template: &Template<'_>, of: &Resource<'_>) -> Source {
    let Some(arn) = of.text("SourceArn").filter(|it| !it.contains(UNKNOWN)) else { return Source::Any };
    let Some((_, rest)) = arn.split_once(":execute-api:") else {
        return if has_holes(&arn) || arn.contains('*') { Source::Any } else { Source::Other };
    };
    let Some(rest) = field(rest).and_then(field) else { return Source::Any };
    let (api, tail) = rest.split_once('/').unwrap_or((rest, ""));
    let is_api = |id: &str| {
        template
            .get(id)
            .is_some_and(|it| it.of == "AWS::ApiGateway::RestApi" || it.of == "AWS::ApiGatewayV2::Api")
    };
    match sole_hole(api) {
        Some((id, None | Some("ApiId" | "RestApiId"))) if is_api(id) => Source::Api(
            id.to_owned(),
            if rest.contains('/') { tail.split('/').map(str::to_owned).collect() } else { Vec::new() },
        ),
        None if is_api(api) => Source::LogicalId(api.to_owned()),
        _ => Source::Any,
    }
}

/// What stands behind the next field of an ARN, which may be a hole with colons of its own.
fn field(text: &str) -> Option<&str> {
    let at = if text.starts_with("${") { text.find('}')? + 1 } else { text.find(':')? };
    text[at..].strip_prefix(':')
}

/// Something of an API that calls a function.
pub(super) struct Caller<'t> {
    /// The logical id of the function.
    pub(super) function: String,
    /// Where it is named.
    pub(super) span: Span,
    /// The route; otherwise it is an authorizer.
    pub(super) route: Option<&'t Route>,
    /// What it is called in messages.
    pub(super) name: &'t str,
}

/// What of an API calls functions that the template creates, without a role.
fn callers<'t>(ir: &'t Ir, template: &Template<'_>) -> Vec<Caller<'t>> {
    let names = FxHashMap::default();
    let created = |callee: &Callee| {
        let id = match callee {
            Callee::Function { function, .. } => {
                ir.provenance.logical_ids.get(&Generated::Function(*function))?.to_string()
            }
            Callee::Arn(it) => match &it.value {
                Value::Deferred(it) => function(template, &names, &text(it)?)?,
                Value::Known(_) => return None,
            },
            Callee::Staged(_) | Callee::Unknown => return None,
        };
        template.get(&id).filter(|it| is_function(it)).map(|_| (id, callee.span()))
    };
    let mut out = Vec::new();
    let of_integration: Vec<_> = ir
        .integrations
        .values()
        .map(|it| {
            let callee = it.callee().filter(|_| matches!(it.credentials, Credentials::None))?;
            created(callee)
        })
        .collect();
    for route in ir.routes.values() {
        let integration = route.target.integration().map(gatewright_ir::Id::index);
        if let Some(Some((function, span))) = integration.and_then(|it| of_integration.get(it)) {
            let span = span.unwrap_or(route.key.span);
            let name = route.key.value.as_str();
            out.push(Caller { function: function.clone(), span, route: Some(route), name });
        }
    }
    for it in ir.authorizers.values() {
        if let AuthorizerKind::Lambda { callee, role: None, .. } = &it.kind
            && let Some((function, span)) = created(callee)
        {
            out.push(Caller {
                function,
                span: span.unwrap_or(it.name.span),
                route: None,
                name: &it.name.value,
            });
        }
    }
    out
}

/// Permissions beyond this number do not fit into the policy of a function, which is reported by itself.
const MOST: usize = 200;

/// The callers that no permission of their function lets in, function by function.
pub(super) fn refused<'t>(ir: &'t Ir, template: &Template<'_>, api: &str) -> Vec<Vec<Caller<'t>>> {
    let permissions = template.permissions();
    // One that may be for any function may be for this one.
    if permissions.is_open {
        return Vec::new();
    }
    let mut out: Vec<Vec<Caller<'t>>> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for caller in callers(ir, template) {
        let of_function = || permissions.of_function(&caller.function);
        if of_function().nth(MOST).is_some() || of_function().any(|it| it.covers(ir, api, &caller)) {
            continue;
        }
        let at = *places.entry(caller.function.clone()).or_insert(out.len());
        match out.get_mut(at) {
            Some(of) => of.push(caller),
            None => out.push(vec![caller]),
        }
    }
    out
}

impl Permission<'_> {
    /// Whether it lets a caller in; what is not known does.
    fn covers(&self, ir: &Ir, api: &str, caller: &Caller<'_>) -> bool {
        match &self.source {
            Source::Any => true,
            Source::Api(id, parts) => id == api && matches(ir, parts, caller.route),
            Source::LogicalId(_) | Source::Other => false,
        }
    }

    /// Whether it names the API, and lets nothing of it in.
    pub(super) fn is_mismatched(&self, ir: &Ir, api: &str) -> bool {
        match &self.source {
            Source::LogicalId(id) => id == api,
            Source::Api(id, parts) if id == api => {
                let is_authorizer = parts.first().is_some_and(|it| it == "authorizers");
                let is_known = !ir.routes.is_empty() && !ir.api.routes_unknown;
                is_known && !is_authorizer && !ir.routes.values().any(|route| matches(ir, parts, Some(route)))
            }
            _ => false,
        }
    }
}

/// A part of the ARN of an execution.
enum Part<'r> {
    Exactly(&'r str),
    /// Any one part.
    Anything,
    /// One part or more.
    Rest,
}

/// Whether the end of a `SourceArn` lets in a route, or an authorizer where there is none.
fn matches(ir: &Ir, parts: &[String], route: Option<&Route>) -> bool {
    let Some(first) = parts.first() else { return false };
    let Some(route) = route else {
        return covers(parts, &[Part::Exactly("authorizers"), Part::Anything]);
    };
    let stages = &ir.stages;
    let is_open = |it: &str| it.contains(['*', '?', '$', '{']) || it == "test-invoke-stage";
    let is_stage = is_open(first)
        || stages.iter().any(|(id, it)| {
            !it.declared || ir.provenance.is_deferred(Generated::Stage(id)) || *it.name.value == **first
        });
    if !is_stage {
        return false;
    }
    let key = &route.key.value;
    let Some(method) = key.method() else {
        // How `$default` and the keys of messages stand in an ARN is only known where they are plain.
        let is_plain = key.as_str().bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
        return !is_plain || covers(parts, &[Part::Anything, Part::Exactly(key.as_str())]);
    };
    if parts.get(1).is_some_and(|it| it == "ANY") {
        return false;
    }
    let method = if method == Method::Any { Part::Anything } else { Part::Exactly(method.as_str()) };
    let mut expected = vec![Part::Anything, method];
    expected.extend(key.segments().map(|it| match it {
        Segment::Literal(it) => Part::Exactly(it),
        Segment::Variable(_) => Part::Anything,
        Segment::Greedy(_) => Part::Rest,
    }));
    if expected.len() == 2 {
        expected.push(Part::Exactly(""));
    }
    covers(parts, &expected)
}

/// Whether something that is expected fits a pattern, in which `*` stands for anything, slashes included.
fn covers(pattern: &[String], expected: &[Part<'_>]) -> bool {
    // Which beginnings of the pattern fit the beginning of what is expected that was looked at.
    let mut fits = vec![false; pattern.len() + 1];
    fits[0] = true;
    for part in expected {
        let mut next = vec![false; pattern.len() + 1];
        for at in 0..pattern.len() {
            let is_open = pattern[at].contains(['*', '?', '{', '$']);
            let is_equal = match part {
                Part::Exactly(it) => is_open || pattern[at] == *it,
                Part::Anything | Part::Rest => true,
            };
            // The pattern goes on with this part, stays in a `*`, or the rest that is expected goes on.
            if is_equal && (fits[at] || is_open && fits[at + 1]) {
                next[at + 1] = true;
            }
            if matches!(part, Part::Rest) && next[at] {
                next[at + 1] = true;
            }
        }
        fits = next;
    }
    fits[pattern.len()]
}

#[cfg(test)]
mod tests {
    use super::{Part, covers};

    #[test]
    fn stars_take_slashes_too() {
        let pattern = |it: &str| it.split('/').map(str::to_owned).collect::<Vec<_>>();
        let route = [Part::Anything, Part::Exactly("GET"), Part::Exactly("orders"), Part::Anything];
        for it in [
            "*",
            "*/*",
            "*/GET/*",
            "*/GET/orders/*",
            "prod/GET/orders/*",
            "*/*/orders/*",
            "*/GET/orders/{id}",
        ] {
            assert!(covers(&pattern(it), &route), "{it}");
        }
        for it in ["*/POST/*", "*/GET/orders", "*/GET/order/*", "*/ANY/orders/*"] {
            assert!(!covers(&pattern(it), &route), "{it}");
        }
    }
}
