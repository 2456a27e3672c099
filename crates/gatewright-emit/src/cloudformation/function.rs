//! `AWS::Lambda::Function`, with its role, log group, versions and aliases.

use gatewright_ir::{
    Architecture, CodeSource, CreatedFunction, Function, FunctionId, Generated, Located, Origin, Qualifier,
    StageId,
};
use serde_json::Value;

use super::template::Template;
use super::{Context, alias, log_group, role, version};
use crate::intrinsic::{Text, attribute, reference};
use crate::limits;
use crate::list::list;
use crate::object::{Object, json, pairs, tag_list, tags, text};

pub(super) fn emit(cx: &Context<'_>, template: &mut Template<'_>, id: FunctionId, function: &Function) {
    let Origin::Created(of) = &function.origin else { return };
    let bindings = &cx.bindings;
    let logical_id = bindings.id(Generated::Function(id));
    let tags = || tags(&bindings.ir.api.tags, &of.tags);
    let aliases: Vec<usize> =
        (0..function.aliases.len()).filter(|at| belongs(cx, id, function, *at)).collect();
    let published = aliases.iter().any(|at| alias::is_published(&function.aliases[*at]));
    // A digest sees all but deferred code. Lambda publishes no version of a function that is as it was, and
    // CloudFormation then fails, so the token must change the function, too.
    let token = cx.options.redeploy_token.filter(|_| published && version::code_is_deferred(of));
    let properties = properties(cx, id, of, token).list("Tags", tag_list(tags()));
    template.add(&logical_id, "AWS::Lambda::Function", properties);
    if of.role.is_none() {
        role::for_function(bindings, template, id, of);
    }
    let name = match &of.function_name {
        Some(it) => Text::new("/aws/lambda/").value(&text(it)),
        None => Text::new("/aws/lambda/${AWS::StackName}-").literal(&logical_id),
    };
    let log_group = bindings.id(Generated::FunctionLogGroup(id));
    log_group::emit(template, &log_group, name.finish(), &of.log_retention, tags());

    let version = published.then(|| version::emit(cx, template, id, of));
    for at in aliases {
        alias::emit(bindings, template, id, at, &function.aliases[at], version.as_deref());
    }
}

fn properties(cx: &Context<'_>, id: FunctionId, of: &CreatedFunction, token: Option<&str>) -> Object {
    let bindings = &cx.bindings;
    let many = |it: &Located<Vec<_>>| json(it, |it| list(bindings.ir, it));
    let role = match &of.role {
        Some(it) => text(it),
        None => attribute(&bindings.id(Generated::FunctionRole(id)), "Arn"),
    };
    let architecture = of.architecture.map(|it| match it {
        Architecture::Arm64 => "arm64",
        Architecture::X86 => "x86_64",
    });
    let environment = Object::new().object("Variables", pairs(&of.environment));
    let vpc = of.vpc.as_ref().map(|(subnets, groups)| {
        Object::new().set("SubnetIds", many(subnets)).set("SecurityGroupIds", many(groups))
    });
    let log_group = reference(&bindings.id(Generated::FunctionLogGroup(id)));
    Object::new()
        .maybe("FunctionName", of.function_name.as_ref().map(text))
        .maybe("Description", description(of, token))
        .maybe("PackageType", matches!(of.code, CodeSource::Image(_)).then_some("Image"))
        .maybe("Runtime", of.runtime.as_ref().map(text))
        .maybe("Handler", of.handler.as_ref().map(text))
        .maybe("Code", code(&of.code, cx.options.base))
        .set("Role", role)
        .maybe("Architectures", architecture.map(|it| vec![it]))
        .maybe("Timeout", of.timeout.as_ref().map(|it| json(it, |it| it.as_seconds().into())))
        .maybe("MemorySize", of.memory.as_ref().map(|it| json(it, |it| (*it).into())))
        .maybe(
            "EphemeralStorage",
            of.ephemeral_storage.map(|it| Object::new().set("Size", megabytes(it.bytes))),
        )
        .object("Environment", environment)
        .list("Layers", list(bindings.ir, &of.layers))
        .maybe("VpcConfig", vpc)
        .maybe(
            "ReservedConcurrentExecutions",
            of.reserved_concurrency.as_ref().map(|it| json(it, |it| (*it).into())),
        )
        .set("LoggingConfig", Object::new().set("LogGroup", log_group))
}

/// What the function is for and, if a new version is to be published whatever has changed, the token that says so.
fn description(of: &CreatedFunction, token: Option<&str>) -> Option<Value> {
    let own = of.description.as_ref().map(text);
    let Some(token) = token else { return own };
    let token = format!("build {token}");
    let Some(own) = own else { return Some(token.into()) };
    let Some(own) = own.as_str() else {
        return Some(Text::default().value(&own).literal(&format!(" ({token})")).finish());
    };
    let room = limits::FUNCTION_DESCRIPTION.saturating_sub(token.chars().count() + " ()".len());
    let own: String = own.chars().take(room).collect();
    Some(format!("{own} ({token})").into())
}

/// Lambda counts in MB and means powers of two; people write either.
fn megabytes(bytes: u64) -> u64 {
    if bytes.is_multiple_of(1_000_000) { bytes / 1_000_000 } else { bytes.div_ceil(1 << 20) }
}

fn code(it: &CodeSource, base: &str) -> Option<Value> {
    Some(match it {
        // `aws cloudformation package` uploads what stands at this path and puts the place in S3 here.
        CodeSource::Folder { path, .. } => folder(&path.value, base).into(),
        CodeSource::Inline(it) => Object::new().set("ZipFile", text(it)).into(),
        CodeSource::S3(bucket, key, version) => Object::new()
            .set("S3Bucket", text(bucket))
            .set("S3Key", text(key))
            .maybe("S3ObjectVersion", version.as_ref().map(text))
            .into(),
        CodeSource::Image(it) => Object::new().set("ImageUri", text(it)).into(),
        CodeSource::Unknown => return None,
    })
}

/// The path from the template to a folder that the specification names.
fn folder(path: &str, base: &str) -> String {
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{base}{path}") };
    let root = if whole.starts_with('/') { "/" } else { "" };
    let parts: Vec<&str> = whole.split('/').filter(|it| !matches!(*it, "" | ".")).collect();
    if parts.is_empty() && root.is_empty() { ".".to_owned() } else { format!("{root}{}", parts.join("/")) }
}

/// Whether an alias is wanted: in a stack of one stage, those that only other stages name are left out, and with
/// them the environments that would be kept ready for nobody.
fn belongs(cx: &Context<'_>, id: FunctionId, function: &Function, at: usize) -> bool {
    let ir = cx.bindings.ir;
    let Some(stage) = cx.options.stage else { return true };
    let alias = &*function.aliases[at].name.value;
    let names = |stage: StageId, variable: &str| {
        ir.stages[stage].variable_values(variable).any(|it| it.value.as_str() == Some(alias))
    };
    // Which alias a parameter names is not known before the deployment.
    let may_name = |variable: &str| {
        let mut values = ir.stages[stage].variable_values(variable);
        values.any(|it| it.value.as_str().is_none_or(|it| it == alias))
    };
    let mut elsewhere = false;
    let of_authorizers = ir.authorizers.values().filter_map(|it| match &it.kind {
        gatewright_ir::AuthorizerKind::Lambda { callee, .. } => Some(callee),
        _ => None,
    });
    for callee in ir.integrations.values().filter_map(|it| it.callee()).chain(of_authorizers) {
        let gatewright_ir::Callee::Function { function, qualifier: Some(qualifier), .. } = callee else {
            continue;
        };
        match qualifier {
            _ if *function != id => {}
            Qualifier::Alias(it) if **it == *alias => return true,
            Qualifier::Alias(_) => {}
            Qualifier::StageVariable(it) if may_name(it) => return true,
            Qualifier::StageVariable(it) => elsewhere |= ir.stages.ids().any(|stage| names(stage, it)),
        }
    }
    !elsewhere
}

#[cfg(test)]
mod tests {
    use super::{folder, megabytes};

    #[test]
    fn paths_lead_from_the_template_to_the_code() {
        assert_eq!(folder("./functions/orders", "../"), "../functions/orders");
        assert_eq!(folder("functions/./orders/", ""), "functions/orders");
        assert_eq!(folder("../shared", "../"), "../../shared");
        assert_eq!(folder("/srv/code", "../"), "/srv/code");
        assert_eq!(folder(".", ""), ".");
        assert_eq!(folder("./", "../"), "..");
    }

    #[test]
    fn storage_is_counted_in_either_megabyte() {
        assert_eq!(megabytes(512_000_000), 512);
        assert_eq!(megabytes(1 << 30), 1024);
    }
}
