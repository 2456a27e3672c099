//! Functions: `AWS::Serverless::Function` as far as API Gateway calls them.

use gatewright_ir::{
    Alias, AliasVersion, ApiKind, Architecture, CodeSource, CreatedFunction, Duration, Format, Function,
    Name, Origin, Policy, Retention, Size, Spanned, Text, Value, known,
};
use gatewright_spec::{Data, Raw};

use super::globals;
use crate::cloudformation::resources;
use crate::draft::{Draft, Reading, known_text};

/// After how long Lambda gives a call up if nothing else is said.
///
/// Source: AWS::Lambda::Function, `Timeout`.
const TIMEOUT: Duration = Duration::seconds(3);

/// Reads the functions of a template.
pub(super) fn read(cx: &mut Reading<'_>) {
    let root = cx.document.clone();
    // Functions belong to no API before one calls them.
    let mut draft = Draft::new(cx, Format::Sam, ApiKind::Rest, Name::new("".into(), root.span));
    for resource in resources(cx, &root) {
        if resource.of != "AWS::Serverless::Function" {
            continue;
        }
        let properties = globals::properties(&root, "Function", resource.whole, &["Events"]);
        let function = function(&mut draft, resource.id, &properties);
        cx.functions.insert(resource.id.value.clone(), function);
    }
}

fn function(draft: &mut Draft, id: &Name, it: &Raw) -> Function {
    let alias = draft.name_of(it, "AutoPublishAlias");
    let alias = alias.map(|name| Alias {
        name,
        version: AliasVersion::Published,
        description: None,
        provisioned_concurrency: None,
    });
    Function {
        name: id.clone(),
        origin: Origin::Created(Box::new(created(draft, id, it))),
        aliases: alias.into_iter().collect(),
        permission: true,
        manage_connections: None,
    }
}

fn created(draft: &mut Draft, id: &Name, it: &Raw) -> CreatedFunction {
    let of_map = |key: &str, inner: &str| it.get(key).and_then(|it| it.get(inner)).cloned();
    let environment = of_map("Environment", "Variables");
    let storage = of_map("EphemeralStorage", "Size").and_then(|it| match it.data {
        Data::Integer(megabytes) => {
            u64::try_from(megabytes).ok().map(|it| Size { bytes: it.saturating_mul(1_000_000) })
        }
        _ => None,
    });
    let architecture = it.get("Architectures").and_then(|it| match &it.data {
        Data::List(items) => items.first()?.as_str(),
        _ => it.as_str(),
    });
    let vpc = draft
        .inner(it, "VpcConfig")
        .and_then(|vpc| Some((draft.list_of(&vpc, "SubnetIds")?, draft.list_of(&vpc, "SecurityGroupIds")?)));
    CreatedFunction {
        function_name: draft.text_of(it, "FunctionName"),
        code: code(draft, it),
        runtime: draft.text_of(it, "Runtime"),
        handler: draft.text_of(it, "Handler"),
        description: draft.text_of(it, "Description"),
        timeout: draft.seconds_of(it, "Timeout").or(Some(known(TIMEOUT, id.span))),
        memory: draft.integer_of(it, "MemorySize"),
        ephemeral_storage: storage,
        architecture: match architecture {
            Some("arm64") => Some(Architecture::Arm64),
            Some("x86_64") => Some(Architecture::X86),
            _ => None,
        },
        environment: environment.map(|it| draft.pairs(&it)).unwrap_or_default(),
        layers: draft.texts_of(it, "Layers"),
        vpc,
        role: draft.text_of(it, "Role"),
        policies: policies(draft, it),
        reserved_concurrency: draft.integer_of(it, "ReservedConcurrentExecutions"),
        log_retention: Spanned::new(Retention::Never, id.span),
        tags: draft.pairs_of(it, "Tags"),
    }
}

fn code(draft: &mut Draft, it: &Raw) -> CodeSource {
    if let Some(text) = draft.text_of(it, "InlineCode") {
        return CodeSource::Inline(text);
    }
    if let Some(image) = draft.text_of(it, "ImageUri") {
        return CodeSource::Image(image);
    }
    let Some(uri) = draft.inner(it, "CodeUri") else { return CodeSource::Unknown };
    if uri.function().is_none()
        && let (Some(bucket), Some(key)) = (draft.text_of(&uri, "Bucket"), draft.text_of(&uri, "Key"))
    {
        return CodeSource::S3(bucket, key, draft.text_of(&uri, "Version"));
    }
    let Some(path) = known_text(draft.text(&uri)) else { return CodeSource::Unknown };
    match path.value.strip_prefix("s3://").and_then(|it| it.split_once('/')) {
        Some((bucket, key)) => {
            CodeSource::S3(known(bucket.into(), path.span), known(key.into(), path.span), None)
        }
        None => CodeSource::Folder { path, digest: None },
    }
}

/// What the generated role allows: managed policies and statements. SAM's policy templates are left out.
fn policies(draft: &mut Draft, it: &Raw) -> Vec<Policy> {
    let Some(all) = draft.inner(it, "Policies") else { return Vec::new() };
    let items = match &all.data {
        Data::List(items) => items.clone(),
        _ => vec![all],
    };
    let mut out = Vec::new();
    for it in items {
        match it.get("Statement").map(|it| &it.data) {
            Some(Data::List(statements)) => out.extend(statements.iter().cloned().map(Policy::Statement)),
            Some(Data::Map(_)) => out.extend(it.get("Statement").cloned().map(Policy::Statement)),
            _ => {
                let text = draft.text(&it);
                let is_text = matches!(&text.value, Value::Known(_)) || it.function().is_some();
                out.extend(is_text.then_some(Policy::Managed(text)));
            }
        }
    }
    out
}

/// The alias through which events call a function.
pub(super) fn alias(function: &Function) -> Option<Text> {
    function.aliases.first().map(|it| it.name.value.clone())
}
