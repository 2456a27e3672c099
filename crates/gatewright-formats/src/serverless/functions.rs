//! Functions, with what the provider says for all of them.

use gatewright_ir::{
    Alias, AliasVersion, Architecture, Callee, CodeSource, CreatedFunction, Duration, Function, Located,
    LocatedList, Name, Origin, Qualifier, Retention, Size, Spanned, Value, known,
};
use gatewright_spec::{Data, Raw};

use super::naming;
use super::service::{Declared, Service, at, is_true, stated};
use crate::draft::{Draft, Reading, is_there};

/// After how long a call is given up where nothing is said.
///
/// Source: serverless/serverless v3, `lib/plugins/aws/package/compile/functions.js`.
pub(super) const TIMEOUT: Duration = Duration::seconds(6);

/// The memory of a function where nothing is said, in MB; source: see [`TIMEOUT`].
const MEMORY: u64 = 1024;

/// Reads the functions of a service.
pub(super) fn read(cx: &mut Reading<'_>, service: &Service) {
    // A draft reads values; this one is thrown away.
    let mut values =
        Draft::new(cx, gatewright_ir::Format::Serverless, gatewright_ir::ApiKind::Http, name_of(service));
    let has_messages = service.events("websocket").next().is_some();
    for function in &service.functions {
        let read = self::function(&mut values, service, function, has_messages);
        cx.functions.insert(naming::function(&function.name.value).into(), read);
    }
}

fn name_of(service: &Service) -> Name {
    Name::new("".into(), service.name.span)
}

/// The alias that the framework makes for a function, and calls in its place.
///
/// Source: see [`TIMEOUT`]: one for provisioned concurrency, one for SnapStart.
pub(super) fn alias(function: &Declared) -> Option<&'static str> {
    let is_set =
        |it: &&Raw| it.function().is_none() && !matches!(it.data, Data::Integer(0) | Data::Bool(false));
    if at(&function.raw, &["provisionedConcurrency"]).filter(is_set).is_some() {
        return Some("provisioned");
    }
    at(&function.raw, &["snapStart"]).filter(|it| is_true(it)).map(|_| "snapstart")
}

/// The function as an integration or authorizer calls it.
pub(super) fn callee(cx: &Reading<'_>, draft: &mut Draft, service: &Service, name: &Name) -> Callee {
    let Some(declared) = service.function(&name.value) else { return Callee::Unknown };
    match draft.function(cx, &naming::function(&declared.name.value)) {
        Some(function) => {
            let qualifier = alias(declared).map(|it| Qualifier::Alias(it.into()));
            Callee::Function { function, qualifier, span: name.span }
        }
        None => Callee::Unknown,
    }
}

fn function(values: &mut Draft, service: &Service, it: &Declared, has_messages: bool) -> Function {
    let Declared { name, raw } = it;
    let origin = match raw.data {
        Data::Map(_) if raw.function().is_none() => {
            Origin::Created(Box::new(created(values, service, name, raw)))
        }
        _ => Origin::Unknown,
    };
    let provisioned = values.integer_of(raw, "provisionedConcurrency");
    let alias = alias(it).map(|alias| Alias {
        name: Name::new(alias.into(), name.span),
        version: AliasVersion::Published,
        description: None,
        provisioned_concurrency: provisioned,
    });
    // The framework's own role may send to connections, as soon as there is a WebSocket API.
    let own_role = setting(service, raw, "role").is_none()
        && service
            .provider(&["iam", "role"])
            .is_none_or(|it| matches!(it.data, Data::Map(_)) && it.function().is_none());
    Function {
        name: name.clone(),
        origin,
        aliases: alias.into_iter().collect(),
        permission: true,
        manage_connections: (own_role && has_messages).then_some(name.span),
    }
}

/// What is said of a function, or of all of them.
fn setting<'s>(service: &'s Service, function: &'s Raw, key: &str) -> Option<&'s Raw> {
    at(function, &[key]).or_else(|| service.provider(&[key]))
}

fn created(values: &mut Draft, service: &Service, name: &Name, raw: &Raw) -> CreatedFunction {
    let default = service.joined(&[&service.name, &service.stage], "-");
    let own_name = Raw { span: name.span, data: Data::String(name.value.clone()) };
    let default = service.joined(&[&default, &own_name], "-");
    let function_name = at(raw, &["name"]).unwrap_or(&default);
    let image = at(raw, &["image"]);
    let code = match image {
        Some(it) => match it.get("uri").or_else(|| it.as_str().map(|_| it)) {
            Some(uri) => CodeSource::Image(values.text(uri)),
            None => CodeSource::Unknown,
        },
        None => CodeSource::Unknown,
    };
    let runtime = setting(service, raw, "runtime").filter(|_| image.is_none()).map(|it| values.text(it));
    let timeout = setting(service, raw, "timeout");
    let timeout = timeout.map(|it| values.parsed(it, |it| it.parse().ok().map(Duration::seconds)));
    let memory = setting(service, raw, "memorySize").map(|it| values.parsed(it, |it| it.parse().ok()));
    let architecture = setting(service, raw, "architecture").and_then(Raw::as_str);
    let storage = at(raw, &["ephemeralStorageSize"]).map(|it| &it.data);
    CreatedFunction {
        function_name: Some(values.text(function_name)),
        code,
        runtime,
        handler: values.text_of(raw, "handler"),
        description: values.text_of(raw, "description"),
        timeout: Some(timeout.unwrap_or(known(TIMEOUT, name.span))),
        memory: Some(memory.unwrap_or(known(MEMORY, name.span))),
        ephemeral_storage: match storage {
            Some(Data::Integer(it)) => u64::try_from(*it).ok().map(|it| Size { bytes: it << 20 }),
            _ => None,
        },
        architecture: match architecture {
            Some("arm64") => Some(Architecture::Arm64),
            Some("x86_64") => Some(Architecture::X86),
            _ => None,
        },
        environment: both(values, service.provider(&["environment"]), at(raw, &["environment"])),
        layers: setting(service, raw, "layers").map(|it| values.texts(it)).unwrap_or_default(),
        vpc: vpc(values, service, raw),
        role: role(service, raw).map(|it| values.text(&it)),
        policies: Vec::new(),
        kept_ready: kept_ready(raw),
        reserved_concurrency: values.integer_of(raw, "reservedConcurrency"),
        log_retention: log_retention(service, name, raw),
        tags: both(values, service.provider(&["tags"]), at(raw, &["tags"])),
    }
}

/// Where it may be said, beside the number of an alias, that a function need not start slowly.
fn kept_ready(raw: &Raw) -> Option<gatewright_ir::Span> {
    let provisioned = at(raw, &["provisionedConcurrency"]).filter(|it| it.function().is_some());
    stated(at(raw, &["snapStart"]).or(provisioned))
}

/// The role, which may be named by its logical id.
fn role(service: &Service, raw: &Raw) -> Option<Raw> {
    let it = setting(service, raw, "role").or_else(|| {
        service.provider(&["iam", "role"]).filter(|it| it.as_str().is_some() || it.function().is_some())
    })?;
    match it.as_str() {
        Some(id) if !id.contains(':') => {
            let part = |text: &str| Raw { span: it.span, data: Data::String(text.into()) };
            let parts = Raw { span: it.span, data: Data::List(vec![part(id), part("Arn")]) };
            let entry = (Spanned::new("Fn::GetAtt".into(), it.span), parts);
            Some(Raw { span: it.span, data: Data::Map(vec![entry]) })
        }
        _ => Some(it.clone()),
    }
}

/// Names and texts of two mappings; the second wins.
pub(super) fn both(
    values: &mut Draft,
    first: Option<&Raw>,
    second: Option<&Raw>,
) -> Vec<(Name, Located<gatewright_ir::Text>)> {
    let mut out = second.map(|it| values.pairs(it)).unwrap_or_default();
    let inherited = first.map(|it| values.pairs(it)).unwrap_or_default();
    let own = out.len();
    for it in inherited {
        if !out.iter().take(own).any(|known| known.0.value == it.0.value) {
            out.push(it);
        }
    }
    out
}

/// How long the logs of a function are kept, unless somebody else decides on it: a plug-in, or what stands under
/// `resources`.
fn log_retention(service: &Service, name: &Name, raw: &Raw) -> Located<Retention> {
    let group = format!("{}LogGroup", naming::name(&name.value));
    let others = [
        service.extension(&group),
        at(&service.root, &["custom", "logRetentionInDays"]),
        at(raw, &["disableLogs"]).or_else(|| service.provider(&["disableLogs"])),
    ];
    match others.into_iter().flatten().next() {
        Some(it) => Spanned::new(Value::unknown(it.span), name.span),
        None => retention(service, Some(raw), name.span),
    }
}

/// How long logs are kept: for ever where nothing is said.
pub(super) fn retention(
    service: &Service,
    function: Option<&Raw>,
    span: gatewright_ir::Span,
) -> Located<Retention> {
    let own = function.and_then(|it| at(it, &["logRetentionInDays"]));
    match own.or_else(|| service.provider(&["logRetentionInDays"])) {
        Some(it) => match it.data {
            Data::Integer(days) => known(Retention::Days(days.unsigned_abs()), it.span),
            _ => Spanned::new(Value::unknown(it.span), it.span),
        },
        None => known(Retention::Never, span),
    }
}

fn vpc(values: &mut Draft, service: &Service, raw: &Raw) -> Option<(LocatedList, LocatedList)> {
    let own = raw.get("vpc");
    // The function says that it has none.
    if own.is_some_and(|it| !is_there(it) || matches!(it.data, Data::Bool(false))) {
        return None;
    }
    let mut list = |key: &str| -> Option<LocatedList> {
        let section = [own, service.provider(&["vpc"])];
        for it in section.into_iter().flatten() {
            if let Some(list) = values.list_of(it, key) {
                return Some(list);
            }
            if it.function().is_some() {
                return Some(Spanned::new(Value::unknown(it.span), it.span));
            }
        }
        None
    };
    Some((list("subnetIds")?, list("securityGroupIds")?))
}
