//! Functions, aliases and versions: `AWS::Lambda::Function` as far as API Gateway calls them.

use gatewright_ir::{
    Alias, AliasVersion, ApiKind, Architecture, CodeSource, CreatedFunction, Duration, Format, Function,
    Name, Origin, Retention, Size, Spanned, Text, known,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::resources;
use super::rest::key_and_value;
use crate::draft::{Draft, Reading};
use crate::written::{sole_hole, written};

/// After how long Lambda gives a call up if nothing else is said.
///
/// Source: AWS::Lambda::Function, `Timeout`.
const TIMEOUT: Duration = Duration::seconds(3);

/// Reads the functions of the template.
pub(super) fn read(cx: &mut Reading<'_>) {
    let root = cx.root.clone();
    // Functions belong to no API before one calls them.
    let mut draft = Draft::new(cx, Format::CloudFormation, ApiKind::Rest, Name::new("".into(), root.span));
    let all = resources(cx, &root);
    let mut aliases: FxHashMap<String, Vec<Alias>> = FxHashMap::default();
    for it in all.iter().filter(|it| it.of == "AWS::Lambda::Alias") {
        let of = it.properties.get("FunctionName").and_then(|it| written(&cx.scope, it));
        let of = of.as_deref().and_then(sole_hole).map(|it| it.0.to_owned());
        if let (Some(of), Some(name)) = (of, draft.name_of(it.properties, "Name")) {
            aliases.entry(of).or_default().push(alias(&mut draft, name, it.properties));
        }
    }
    for it in all.iter().filter(|it| it.of == "AWS::Lambda::Function") {
        let created = CreatedFunction {
            tags: key_and_value(&mut draft, it.properties.get("Tags")),
            code: code(&mut draft, it.properties),
            ..created(&mut draft, it.id, it.properties)
        };
        let function = Function {
            name: it.id.clone(),
            origin: Origin::Created(Box::new(created)),
            aliases: aliases.remove(&*it.id.value).unwrap_or_default(),
            permission: true,
            manage_connections: None,
        };
        cx.functions.insert(it.id.value.clone(), function);
    }
}

fn alias(draft: &mut Draft, name: Name, it: &Raw) -> Alias {
    let version = match draft.name_of(it, "FunctionVersion") {
        Some(it) if &*it.value == "$LATEST" => AliasVersion::Latest,
        Some(it) => AliasVersion::Number(it.value),
        None => AliasVersion::Published,
    };
    let provisioned = draft.inner(it, "ProvisionedConcurrencyConfig");
    let provisioned = provisioned.and_then(|it| draft.integer_of(&it, "ProvisionedConcurrentExecutions"));
    Alias {
        name,
        version,
        description: draft.name_of(it, "Description"),
        provisioned_concurrency: provisioned.and_then(|it| it.value.known().copied()),
    }
}

/// What is said of a function in the words that CloudFormation and SAM share. Its code, tags and policies are not
/// among it.
pub(crate) fn created(draft: &mut Draft, id: &Name, it: &Raw) -> CreatedFunction {
    let inner = |draft: &mut Draft, key: &str, inner: &str| draft.inner(&draft.inner(it, key)?, inner);
    let environment = inner(draft, "Environment", "Variables");
    let storage = inner(draft, "EphemeralStorage", "Size").and_then(|it| match it.data {
        Data::Integer(megabytes) => {
            u64::try_from(megabytes).ok().map(|it| Size { bytes: it.saturating_mul(1_000_000) })
        }
        _ => None,
    });
    let architecture = draft.texts_of(it, "Architectures");
    let vpc = draft
        .inner(it, "VpcConfig")
        .and_then(|vpc| Some((draft.list_of(&vpc, "SubnetIds")?, draft.list_of(&vpc, "SecurityGroupIds")?)));
    CreatedFunction {
        function_name: draft.text_of(it, "FunctionName"),
        code: CodeSource::Unknown,
        runtime: draft.text_of(it, "Runtime"),
        handler: draft.text_of(it, "Handler"),
        description: draft.text_of(it, "Description"),
        timeout: draft.seconds_of(it, "Timeout").or(Some(known(TIMEOUT, id.span))),
        memory: draft.integer_of(it, "MemorySize"),
        ephemeral_storage: storage,
        architecture: match architecture.first().and_then(|it| it.value.as_str()) {
            Some("arm64") => Some(Architecture::Arm64),
            Some("x86_64") => Some(Architecture::X86),
            _ => None,
        },
        environment: environment.map(|it| draft.pairs(&it)).unwrap_or_default(),
        layers: draft.texts_of(it, "Layers"),
        vpc,
        role: draft.text_of(it, "Role"),
        policies: Vec::new(),
        reserved_concurrency: draft.integer_of(it, "ReservedConcurrentExecutions"),
        log_retention: Spanned::new(Retention::Never, id.span),
        tags: Vec::new(),
    }
}

fn code(draft: &mut Draft, it: &Raw) -> CodeSource {
    let Some(code) = draft.inner(it, "Code") else { return CodeSource::Unknown };
    if let Data::String(path) = &code.data {
        // A folder, which `aws cloudformation package` uploads.
        let path: Spanned<Text> = Spanned::new(path.clone(), code.span);
        return CodeSource::Folder { path, digest: None };
    }
    if let Some(text) = draft.text_of(&code, "ZipFile") {
        return CodeSource::Inline(text);
    }
    if let Some(image) = draft.text_of(&code, "ImageUri") {
        return CodeSource::Image(image);
    }
    match (draft.text_of(&code, "S3Bucket"), draft.text_of(&code, "S3Key")) {
        (Some(bucket), Some(key)) => CodeSource::S3(bucket, key, draft.text_of(&code, "S3ObjectVersion")),
        _ => CodeSource::Unknown,
    }
}
