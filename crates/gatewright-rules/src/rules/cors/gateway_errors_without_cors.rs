use gatewright_ir::{Authorization, Cors, GatewayResponse, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity, Span, Written};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "gateway-errors-without-cors",
    page: include_str!("gateway_errors_without_cors.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

/// Types of gateway responses with which API Gateway refuses what a browser sent.
///
/// Source: API Gateway Developer Guide, "Gateway response types for API Gateway".
const REFUSALS: [&str; 12] = [
    "DEFAULT_4XX",
    "ACCESS_DENIED",
    "API_CONFIGURATION_ERROR",
    "AUTHORIZER_FAILURE",
    "BAD_REQUEST_BODY",
    "BAD_REQUEST_PARAMETERS",
    "EXPIRED_TOKEN",
    "INVALID_API_KEY",
    "MISSING_AUTHENTICATION_TOKEN",
    "QUOTA_EXCEEDED",
    "THROTTLED",
    "UNAUTHORIZED",
];

const ORIGIN: &str = "access-control-allow-origin";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let Some(cors) = ir.api.cors.policy().filter(|_| !ir.provenance.is_fragment) else { return };
    // Some may stand in the template and be those of an API that is named in another way.
    if ir.provenance.format.is_template() && cx.template().is_none_or(has_gateway_responses) {
        return;
    }
    let says_origin = |it: &GatewayResponse| {
        REFUSALS.contains(&&*it.name.value)
            && it.headers.iter().any(|it| it.0.value.eq_ignore_ascii_case(ORIGIN))
    };
    if ir.gateway_responses.values().any(says_origin) {
        return;
    }
    let is_refused = ir.routes.values().any(|it| {
        matches!(it.authorization, Authorization::Authorizer(_))
            || it.api_key.is_some()
            || it.validation.is_some()
    });
    if !is_refused {
        return;
    }
    let finding = out
        .report(cors.span, "web pages cannot read what the API itself answers: 401, 403 and 429 look like CORS errors")
        .help("give the gateway responses `DEFAULT_4XX` and `DEFAULT_5XX` the header `Access-Control-Allow-Origin`");
    let document = ir.provenance.document.as_deref();
    if let Some((span, origin)) = document.and_then(|it| sam_cors(it, cors.span)).zip(sole_origin(cors)) {
        let headers = Written::Mapping(vec![(
            "Access-Control-Allow-Origin".to_owned(),
            Written::text(format!("'{origin}'")),
        )]);
        let parameters = Written::Mapping(vec![("Headers".to_owned(), headers)]);
        let response = Written::Mapping(vec![("ResponseParameters".to_owned(), parameters)]);
        let types = ["DEFAULT_4XX", "DEFAULT_5XX"].map(|it| (it.to_owned(), response.clone()));
        let edit = Edit::AddBeside {
            entry: span,
            key: "GatewayResponses".to_owned(),
            value: Written::Mapping(types.to_vec()),
        };
        finding.fix(Fix::safe("add `GatewayResponses` with the header", [edit]));
    }
}

fn has_gateway_responses(it: &crate::rules::cloudformation::template::Template<'_>) -> bool {
    it.of_type("AWS::ApiGateway::GatewayResponse").next().is_some()
}

/// The one origin that a policy allows.
fn sole_origin(cors: &Cors) -> Option<&str> {
    match &cors.allow_origins[..] {
        [it] => it.value.as_str().filter(|it| !it.contains(['\'', ' '])),
        _ => None,
    }
}

/// The place of `Cors` of an API of SAM that has no gateway responses, if that is where the policy comes from.
fn sam_cors(document: &Raw, policy: Span) -> Option<Span> {
    let resources = match &document.get("Resources")?.data {
        gatewright_ir::Data::Map(entries) => entries.iter().filter_map(|it| it.1.get("Properties")),
        _ => return None,
    };
    let globals = document.get("Globals").and_then(|it| it.get("Api"));
    let mut owners = resources.chain(globals);
    let owner = owners.find(|it| it.get("Cors").is_some_and(|it| it.span == policy))?;
    owner.get("GatewayResponses").is_none().then_some(policy)
}
