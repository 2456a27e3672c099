//! `AWS::Lambda::Function`, its aliases, and the log groups of functions.

use std::borrow::Cow;

use gatewright_ir::{
    Alias, AliasVersion, ApiKind, Architecture, CodeSource, CreatedFunction, Duration, Format, Function,
    Generated, Located, LocatedList, Name, Origin, Retention, Size, Span, Spanned, Text, Value, known,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::{Drafts, Resource, resources, tags};
use crate::draft::{Draft, Reading, is_there, known_text};
use crate::written::{UNKNOWN, sole_hole, written};

/// After how long Lambda gives a call up if nothing else is said.
///
/// Source: CloudFormation Template Reference, `AWS::Lambda::Function`: `Timeout`.
const TIMEOUT: Duration = Duration::seconds(3);

/// Where Lambda writes the logs of functions that do not name another log group.
///
/// Source: AWS Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs".
const LOGS: &str = "/aws/lambda/";

/// Reads the functions of the template.
pub(super) fn read(cx: &mut Reading<'_>) {
    let root = cx.root.clone();
    // Functions belong to no API before one calls them.
    let mut draft = Draft::new(cx, Format::CloudFormation, ApiKind::Rest, Name::new("".into(), root.span));
    let all = resources(cx, &root);
    for it in all.iter().filter(|it| it.of == "AWS::Lambda::Function") {
        let created = CreatedFunction {
            code: code(&mut draft, it.properties),
            tags: tags(&mut draft, it.properties, "Tags"),
            ..created(&mut draft, it.id, it.properties)
        };
        let function = Function {
            name: it.id.clone(),
            origin: Origin::Created(Box::new(created)),
            aliases: Vec::new(),
            permission: true,
            manage_connections: None,
        };
        cx.functions.insert(it.id.value.clone(), function);
    }
    for it in all.iter().filter(|it| it.of == "AWS::Lambda::Alias") {
        let named = named(cx, it.properties);
        let alias = alias(&mut draft, *it);
        if let Some(function) = named.and_then(|id| cx.functions.get_mut(&*id)) {
            function.aliases.push(alias);
        }
    }
    for it in all.iter().filter(|it| it.of == "AWS::Lambda::Version") {
        let ready = provisioned_concurrency(&mut draft, it.properties).map(|it| it.span);
        let named = named(cx, it.properties).and_then(|id| cx.functions.get_mut(&*id));
        if let Some(Origin::Created(created)) = named.map(|it| &mut it.origin) {
            created.kept_ready = created.kept_ready.or(ready);
        }
    }
}

/// What functions of CloudFormation and of SAM have in common: everything but code, tags and policies.
pub(crate) fn created(draft: &mut Draft, id: &Name, it: &Raw) -> CreatedFunction {
    let environment = draft.inner(it, "Environment").and_then(|it| draft.inner(&it, "Variables"));
    let storage = draft.inner(it, "EphemeralStorage").and_then(|it| {
        draft.word_of(&it, "Size", |it| {
            Some(Size { bytes: it.parse::<u64>().ok()?.saturating_mul(1_000_000) })
        })
    });
    let architectures = draft.texts_of(it, "Architectures");
    CreatedFunction {
        function_name: draft.text_of(it, "FunctionName"),
        code: CodeSource::Unknown,
        runtime: draft.text_of(it, "Runtime"),
        handler: draft.text_of(it, "Handler"),
        description: draft.text_of(it, "Description"),
        timeout: draft.seconds_of(it, "Timeout").or(Some(known(TIMEOUT, id.span))),
        memory: draft.integer_of(it, "MemorySize"),
        ephemeral_storage: storage.map(|it| it.value),
        architecture: match architectures.first().and_then(|it| it.value.as_str()) {
            Some("arm64") => Some(Architecture::Arm64),
            Some("x86_64") => Some(Architecture::X86),
            _ => None,
        },
        environment: environment.map(|it| draft.pairs(&it)).unwrap_or_default(),
        layers: draft.texts_of(it, "Layers"),
        vpc: vpc(draft, it),
        role: draft.text_of(it, "Role"),
        policies: Vec::new(),
        kept_ready: snap_start(draft, it),
        reserved_concurrency: draft.integer_of(it, "ReservedConcurrentExecutions"),
        log_retention: retention(draft, id, it),
        tags: Vec::new(),
    }
}

/// How long logs are kept, as long as no log group of the template is known to hold them: Lambda makes one that keeps them
/// for ever.
fn retention(draft: &Draft, id: &Name, it: &Raw) -> Located<Retention> {
    let logging = draft.inner(it, "LoggingConfig").filter(is_there);
    match logging.filter(|it| it.function().is_some() || it.get("LogGroup").is_some_and(is_there)) {
        Some(it) => Spanned::new(Value::unknown(it.span), id.span),
        None => known(Retention::Never, id.span),
    }
}

/// Where SnapStart is turned on, or may be.
fn snap_start(draft: &mut Draft, it: &Raw) -> Option<Span> {
    let it = draft.inner(it, "SnapStart").filter(is_there)?;
    let apply = draft.text_of(&it, "ApplyOn");
    (apply.is_none_or(|it| it.value.as_str() != Some("None"))).then_some(it.span)
}

fn vpc(draft: &mut Draft, it: &Raw) -> Option<(LocatedList, LocatedList)> {
    let vpc = draft.inner(it, "VpcConfig")?;
    Some((draft.list_of(&vpc, "SubnetIds")?, draft.list_of(&vpc, "SecurityGroupIds")?))
}

fn code(draft: &mut Draft, it: &Raw) -> CodeSource {
    let Some(code) = draft.inner(it, "Code") else { return CodeSource::Unknown };
    if code.function().is_some() {
        return CodeSource::Unknown;
    }
    // A path becomes a place in S3 when the template is packaged.
    if matches!(code.data, Data::String(_)) {
        let path = known_text(draft.text(&code));
        return path.map_or(CodeSource::Unknown, |path| CodeSource::Folder { path, digest: None });
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

/// The logical id of the function that an alias is of.
fn named(cx: &Reading<'_>, of: &Raw) -> Option<String> {
    let text = written(&cx.scope, of.get("FunctionName")?)?;
    match sole_hole(&text)? {
        (name, None | Some("Arn")) => Some(name.to_owned()),
        _ => None,
    }
}

fn alias(draft: &mut Draft, it: Resource<'_>) -> Alias {
    let of = it.properties;
    let version = match draft.name_of(of, "FunctionVersion") {
        Some(it) if &*it.value == "$LATEST" => AliasVersion::Latest,
        Some(it) if it.value.bytes().all(|it| it.is_ascii_digit()) => AliasVersion::Number(it.value),
        _ => AliasVersion::Published,
    };
    Alias {
        // Of one that only CloudFormation knows the logical id stands in its place.
        name: draft.name_of(of, "Name").unwrap_or_else(|| it.id.clone()),
        version,
        description: draft.name_of(of, "Description"),
        provisioned_concurrency: provisioned_concurrency(draft, of),
    }
}

/// How many environments an alias or a version keeps ready.
pub(crate) fn provisioned_concurrency(draft: &mut Draft, of: &Raw) -> Option<Located<u64>> {
    let it = draft.inner(of, "ProvisionedConcurrencyConfig").filter(is_there)?;
    match it.function() {
        Some(_) => Some(Spanned::new(Value::unknown(it.span), it.span)),
        None => draft.integer_of(&it, "ProvisionedConcurrentExecutions"),
    }
}

/// Names what stands around the functions that the APIs call: aliases, and log groups with their retention.
pub(super) fn around(cx: &Reading<'_>, drafts: &mut Drafts) {
    let all = resources(cx, &cx.root);
    let mut aliases: FxHashMap<String, Vec<Resource<'_>>> = FxHashMap::default();
    let mut groups: FxHashMap<String, Resource<'_>> = FxHashMap::default();
    // Whether there is a log group that could be that of any function.
    let mut strange = false;
    for it in all {
        match it.of {
            "AWS::Lambda::Alias" => {
                if let Some(function) = named(cx, it.properties) {
                    aliases.entry(function).or_default().push(it);
                }
            }
            "AWS::Logs::LogGroup" | "Custom::LogRetention" => {
                groups.insert(format!("${{{}}}", it.id.value), it);
                let name = it.properties.get("LogGroupName").filter(|it| is_there(it));
                let Some(name) = name.map(|it| written(&cx.scope, it)) else { continue };
                let name = name.unwrap_or_else(|| UNKNOWN.to_string());
                strange |= name.contains(UNKNOWN);
                groups.entry(name).or_insert(it);
            }
            _ => {}
        }
    }
    for draft in &mut drafts.list {
        let mut functions: Vec<(Text, gatewright_ir::FunctionId)> =
            draft.functions().map(|(logical_id, id)| (logical_id.clone(), id)).collect();
        functions.sort_unstable();
        for (logical_id, id) in functions {
            for (at, it) in aliases.get(&*logical_id).into_iter().flatten().enumerate() {
                let of = Generated::FunctionAlias(id, at);
                draft.called(of, &it.id.value);
                let name = it.properties.get("Name").map(|it| cx.scope.resolve(it).into_owned());
                if let Some(name) = name.filter(|it| draft.text(it).value.known().is_none()) {
                    draft.ir.provenance.deferred_names.insert(of, std::sync::Arc::new(name));
                }
            }
            let retention = match log_group(cx, &groups, &logical_id) {
                LogGroup::Known(group) => {
                    if group.of == "AWS::Logs::LogGroup" {
                        draft.called(Generated::FunctionLogGroup(id), &group.id.value);
                    }
                    let days = draft.parsed_of(group.properties, "RetentionInDays", days);
                    days.unwrap_or(known(Retention::Never, group.id.span))
                }
                LogGroup::Made if !strange => continue,
                LogGroup::Made | LogGroup::Elsewhere => {
                    let span = draft.ir.functions[id].name.span;
                    Spanned::new(Value::unknown(span), span)
                }
                LogGroup::Untold => continue,
            };
            let Origin::Created(function) = &mut draft.ir.functions[id].origin else { continue };
            function.log_retention = retention;
        }
    }
}

/// How long a log group keeps what it holds.
pub(super) fn days(text: &str) -> Option<Retention> {
    text.parse().ok().map(Retention::Days)
}

/// The log group of a function.
enum LogGroup<'r> {
    /// One of the template.
    Known(Resource<'r>),
    /// Lambda makes it when the function is first called.
    Made,
    /// One that stands elsewhere.
    Elsewhere,
    /// The function is no resource of a template.
    Untold,
}

/// The log group of a function: the one that it names, or the one that bears its name.
fn log_group<'r>(
    cx: &Reading<'_>,
    groups: &FxHashMap<String, Resource<'r>>,
    logical_id: &str,
) -> LogGroup<'r> {
    let Some((_, of)) = cx.scope.resource(logical_id) else { return LogGroup::Untold };
    let of_group = |it: Option<&Resource<'r>>| it.map_or(LogGroup::Elsewhere, |it| LogGroup::Known(*it));
    let logging = of.get("LoggingConfig").and_then(|it| cx.scope.structure(it)).map(Cow::into_owned);
    if let Some(group) = logging.as_ref().and_then(|it| it.get("LogGroup")) {
        return of_group(written(&cx.scope, group).and_then(|it| groups.get(&it)));
    }
    let name = of.get("FunctionName").filter(|it| is_there(it)).and_then(|it| written(&cx.scope, it));
    let by_name = name.and_then(|name| groups.get(&format!("{LOGS}{name}")));
    let group = by_name.or_else(|| groups.get(&format!("{LOGS}${{{logical_id}}}")));
    group.map_or(LogGroup::Made, |it| LogGroup::Known(*it))
}
