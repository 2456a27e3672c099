//! CORS of a REST API, which API Gateway has no word for: methods that answer preflights, and headers on answers that
//! API Gateway makes.
//!
//! Source: API Gateway Developer Guide, "CORS for REST APIs in API Gateway"; Fetch Standard, "CORS protocol".

use gatewright_ir::{
    Authorization, AuthorizerKind, Cors as Policy, EndpointType, Generated, Ir, Located, Method as Verb,
    RouteId, Text as Words,
};
use serde_json::Value;

use super::Bindings;
use super::method::{Method, MethodIntegration, MethodResponse, Response};
use crate::intrinsic::Text;
use crate::list::list;
use crate::object::{Object, json};

const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";
const JSON: &str = "application/json";

/// What a signed request has.
///
/// Source: IAM User Guide, "Create a signed AWS API request".
const SIGNED: [&str; 3] = ["authorization", "x-amz-date", "x-amz-security-token"];

/// CORS with its values.
pub(crate) struct Cors<'i> {
    ir: &'i Ir,
    policy: &'i Policy,
    origins: Origins,
}

/// Which origins may call. API Gateway can write one of them into an answer by itself.
enum Origins {
    /// One, or `*`.
    One(Value),
    /// Several, the first of which is written where no template can choose.
    Several(Vec<Value>),
    /// As many as CloudFormation says: a function that yields a list.
    List(Value),
}

impl<'i> Cors<'i> {
    /// The CORS of an API that has a policy.
    pub(super) fn new(ir: &'i Ir) -> Option<Self> {
        let policy = ir.api.cors.policy()?;
        let all = |it: &Located<Words>| it.value.as_str() == Some("*");
        let origins = match list(ir, &policy.allow_origins) {
            // Who lets all in lets each in.
            Value::Array(_) if policy.allow_origins.iter().any(all) => Origins::One("*".into()),
            Value::Array(mut all) if all.len() < 2 => Origins::One(all.pop()?),
            Value::Array(all) => Origins::Several(all),
            list => Origins::List(list),
        };
        Some(Self { ir, policy, origins })
    }

    /// Whether an answer must be another one for another origin.
    pub(super) fn varies(&self) -> bool {
        !matches!(self.origins, Origins::One(_))
    }

    /// Whether browsers send credentials, or may do so.
    fn credentials(&self) -> Option<Value> {
        let it = self.policy.allow_credentials.as_ref().filter(|it| it.value.known() != Some(&false))?;
        Some(json(it, |it| it.to_string().into()))
    }

    /// The origin that is written where no template can choose.
    fn first(&self) -> Value {
        match &self.origins {
            Origins::One(it) => it.clone(),
            Origins::Several(all) => all.first().cloned().unwrap_or_default(),
            Origins::List(it) => Object::new().set("Fn::Select", vec![Value::from(0), it.clone()]).into(),
        }
    }

    /// A mapping template that puts the origin of the request in place of the first, if it may call.
    fn choice(&self) -> Option<Value> {
        const START: &str = concat!(
            "#set($origin = $input.params().header.get(\"Origin\"))\n",
            "#if(!$origin || $origin == \"\")#set($origin = $input.params().header.get(\"origin\"))#end\n",
        );
        const ANSWER: &str = "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)";
        let out = Text::default().literal(START);
        Some(match &self.origins {
            Origins::One(_) => return None,
            Origins::Several(all) => {
                let mut out = out.literal("#if(");
                for (at, origin) in all.iter().skip(1).enumerate() {
                    let or = if at == 0 { "" } else { " || " };
                    out = out.literal(or).literal("$origin == \"").value(origin).literal("\"");
                }
                out.literal(")").literal(ANSWER).literal("#end\n").finish()
            }
            Origins::List(it) => {
                let joined = Object::new().set("Fn::Join", vec![Value::from(","), it.clone()]).into();
                let out = out.literal("#foreach($it in \"").value(&joined).literal("\".split(\",\"))");
                out.literal("#if($it == $origin)").literal(ANSWER).literal("#break#end#end\n").finish()
            }
        })
    }

    /// Lets pages read an answer that is no proxy's. What the user says about it is stronger. `whole` is the template that
    /// changes nothing of an answer without one, where there is such a template.
    pub(super) fn allow_response(&self, response: &mut Response, whole: Option<&str>) {
        if response.headers.iter().any(|it| it.0.eq_ignore_ascii_case(ALLOW_ORIGIN)) {
            return;
        }
        let mut headers = vec![(ALLOW_ORIGIN.to_owned(), quoted(&self.first()))];
        headers.extend(self.credentials().map(|it| credentials_header(&it)));
        if self.varies() {
            headers.push(("Vary".to_owned(), "'Origin'".into()));
        }
        if let Some(names) = joined(&list(self.ir, &self.policy.expose_headers)) {
            headers.push(("Access-Control-Expose-Headers".to_owned(), quoted(&names)));
        }
        let missing: Vec<_> = headers
            .into_iter()
            .filter(|it| !response.headers.iter().any(|own| own.0.eq_ignore_ascii_case(&it.0)))
            .collect();
        response.headers.extend(missing);
        if let Some(choice) = self.choice() {
            let mut templates = std::mem::take(&mut response.templates);
            if let (true, Some(whole)) = (templates.is_empty(), whole) {
                templates = templates.set(JSON, whole);
            }
            let templates = templates.into_map().into_iter();
            let chosen = |it: &Value| Text::default().value(&choice).value(it).finish();
            response.templates = templates.map(|(name, it)| (name, chosen(&it))).collect();
        }
    }

    /// Headers on what API Gateway itself answers: `gatewayresponse.header.NAME` and what is put there.
    pub(super) fn of_gateway_response(&self) -> Object {
        let credentials = self.credentials();
        let origin = match (&self.origins, &credentials) {
            (Origins::One(it), _) => quoted(it),
            // No template can choose here. These answers tell nobody anything that was not theirs.
            (_, None) => "'*'".into(),
            (_, Some(_)) => {
                // Clients write it in lower case, as HTTP/2 wants it; CloudFront writes it so.
                let edge = self.ir.api.endpoint.kind == EndpointType::Edge;
                if edge { "method.request.header.Origin" } else { "method.request.header.origin" }.into()
            }
        };
        let mut out = Object::new().set(gateway_header(ALLOW_ORIGIN), origin);
        if let Some((name, it)) = credentials.map(|it| credentials_header(&it)) {
            out = out.set(gateway_header(&name), it);
            if self.varies() {
                out = out.set(gateway_header("Vary"), "'Origin'");
            }
        }
        out
    }

    /// The method that answers the preflights for a path: `routes` are all that the path has.
    pub(super) fn preflight(&self, cx: &Bindings<'_>, routes: &[&Method]) -> Option<Method> {
        let first = routes.first()?;
        let headers = self.preflight_headers(routes);
        let templates = self.choice().map(|it| Object::new().set(JSON, it)).unwrap_or_default();
        let answer = Response {
            pattern: None,
            status: 204,
            headers: headers.clone(),
            templates,
            content_handling: None,
            model: None,
        };
        Some(Method {
            id: cx.id(Generated::Preflight(first.route)),
            route: first.route,
            preflight: true,
            verb: Verb::Options,
            authorization: Authorization::None,
            scopes: Value::Array(Vec::new()),
            api_key: false,
            validator: None,
            parameters: path_parameters(self.ir, first.route),
            models: Vec::new(),
            responses: vec![MethodResponse {
                status: 204,
                headers: headers.into_iter().map(|it| it.0).collect(),
                models: Vec::new(),
            }],
            integration: MethodIntegration {
                kind: "MOCK",
                method: None,
                uri: None,
                connection: None,
                target: None,
                credentials: None,
                timeout: None,
                stream: false,
                passthrough: None,
                content_handling: all_binary(self.ir).then_some("CONVERT_TO_TEXT"),
                parameters: Object::new(),
                templates: Object::new().set(JSON, "{\"statusCode\": 204}"),
                cache_key: Vec::new(),
                responses: vec![answer],
            },
        })
    }

    fn preflight_headers(&self, routes: &[&Method]) -> Vec<(String, Value)> {
        let policy = self.policy;
        let mut out = Vec::new();
        let mut add = |name: &str, value: Value| out.push((name.to_owned(), quoted(&value)));
        add(ALLOW_ORIGIN, self.first());
        let methods = list(self.ir, &policy.allow_methods);
        add("Access-Control-Allow-Methods", joined(&methods).unwrap_or_else(|| methods_of(routes).into()));
        if let Some(names) = joined(&self.allow_headers(routes)) {
            add("Access-Control-Allow-Headers", names);
        }
        if let Some(names) = joined(&list(self.ir, &policy.expose_headers)) {
            add("Access-Control-Expose-Headers", names);
        }
        if let Some(it) = &policy.max_age {
            add("Access-Control-Max-Age", json(it, |it| it.as_seconds().to_string().into()));
        }
        out.extend(self.credentials().map(|it| credentials_header(&it)));
        if self.varies() {
            out.push(("Vary".to_owned(), "'Origin'".into()));
        }
        out
    }

    /// The headers that pages may send: what the policy says, and what the routes of the path want.
    fn allow_headers(&self, routes: &[&Method]) -> Value {
        let given = list(self.ir, &self.policy.allow_headers);
        let Value::Array(mut out) = given else {
            // A list that only CloudFormation knows.
            let mut parts = needed_headers(self.ir, routes).into_iter().map(Value::from).collect::<Vec<_>>();
            parts.insert(0, Object::new().set("Fn::Join", vec![Value::from(","), given]).into());
            return parts.into();
        };
        let star = out.iter().any(|it| it == "*") && self.credentials().is_none();
        for name in needed_headers(self.ir, routes) {
            // `*` is for all headers but this one.
            let covered = star && !name.eq_ignore_ascii_case("authorization");
            let is_there = |it: &Value| it.as_str().is_some_and(|it| it.eq_ignore_ascii_case(&name));
            if !covered && !out.iter().any(is_there) {
                out.push(name.into());
            }
        }
        out.into()
    }
}

/// The headers that routes want of their callers, in lower case where nobody wrote them.
fn needed_headers(ir: &Ir, routes: &[&Method]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if !out.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            out.push(name.to_owned());
        }
    };
    for method in routes {
        if matches!(method.verb, Verb::Post | Verb::Put | Verb::Patch | Verb::Any) {
            add("content-type");
        }
        match method.authorization {
            Authorization::Iam => SIGNED.iter().for_each(|it| add(it)),
            Authorization::Authorizer(id) => identity_headers(ir, id, &mut add),
            Authorization::None | Authorization::Unknown => {}
        }
        let by_authorizer = ir.api.api_key_source.as_ref().map(|it| it.value)
            == Some(gatewright_ir::ApiKeySource::Authorizer);
        if method.api_key && !by_authorizer {
            add("x-api-key");
        }
        let required = method.parameters.iter().filter(|it| *it.1);
        required.filter_map(|it| it.0.strip_prefix("method.request.header.")).for_each(&mut add);
    }
    out
}

fn identity_headers(ir: &Ir, id: gatewright_ir::AuthorizerId, add: &mut impl FnMut(&str)) {
    let of = &ir.authorizers[id];
    if matches!(of.kind, AuthorizerKind::Unknown) {
        return;
    }
    let known = of.identity.iter().filter_map(|it| it.value.as_str());
    let sources = known.flat_map(|it| it.split(',')).map(str::trim);
    sources.filter_map(|it| it.strip_prefix("method.request.header.")).for_each(add);
}

/// The methods that a path has. `ANY` is all of them.
fn methods_of(routes: &[&Method]) -> String {
    let has = |verb: Verb| verb == Verb::Options || routes.iter().any(|it| it.verb.covers(verb));
    let names = Verb::ALL.into_iter().filter(|it| *it != Verb::Any && has(*it)).map(Verb::as_str);
    names.collect::<Vec<_>>().join(",")
}

fn path_parameters(ir: &Ir, route: RouteId) -> indexmap::IndexMap<String, bool> {
    let variables = ir.routes[route].key.value.variables();
    variables.map(|it| (format!("method.request.path.{it}"), true)).collect()
}

/// Whether all bodies are binary, or may be. No template reads them then.
pub(super) fn all_binary(ir: &Ir) -> bool {
    ir.api.binary_media_types.iter().any(|it| it.value.as_str().is_none_or(|it| it == "*/*"))
}

fn gateway_header(name: &str) -> String {
    format!("gatewayresponse.header.{name}")
}

fn credentials_header(value: &Value) -> (String, Value) {
    ("Access-Control-Allow-Credentials".to_owned(), quoted(value))
}

/// Static text in API Gateway's syntax.
fn quoted(value: &Value) -> Value {
    Text::default().literal("'").value(value).literal("'").finish()
}

/// Items with commas between; none for no item.
fn joined(items: &Value) -> Option<Value> {
    let Value::Array(items) = items else {
        return Some(Object::new().set("Fn::Join", vec![Value::from(","), items.clone()]).into());
    };
    let mut out = Text::default();
    for (at, it) in items.iter().enumerate() {
        out = if at == 0 { out } else { out.literal(",") };
        out = out.value(it);
    }
    (!items.is_empty()).then(|| out.finish())
}
