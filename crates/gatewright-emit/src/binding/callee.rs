//! Functions as API Gateway calls them: their URI, and who must be given the permission.

use gatewright_ir::{
    Callee, FunctionId, Generated, Ir, Origin, Qualifier, StageId, Value as IrValue, pascal,
};
use serde_json::Value;

use super::Bindings;
use crate::artifact::Note;
use crate::intrinsic::{Text, attribute, function as intrinsic, reference};
use crate::object::text;

/// What leads to a function in the URI of an integration or authorizer, after `arn:…:apigateway:REGION:`.
const FUNCTIONS: &str = ":lambda:path/2015-03-31/functions/";
const INVOCATIONS: &str = "/invocations";

/// The same for a function whose answer is streamed.
///
/// Source: API Gateway Developer Guide, "Set up a Lambda proxy integration with payload response streaming".
const STREAMING_FUNCTIONS: &str = ":lambda:path/2021-11-15/functions/";
const STREAMING_INVOCATIONS: &str = "/response-streaming-invocations";

/// What API Gateway calls to invoke a function: the form that integrations, authorizers and OpenAPI documents
/// all take, and that stage variables need.
pub(super) fn invocation_uri(ir: &Ir, callee: &Callee, streams: bool) -> Option<Value> {
    let arn = match callee {
        Callee::Function { function, qualifier, .. } => function_arn(ir, *function, qualifier.as_ref())?,
        Callee::Arn(it) => {
            let it = text(it);
            if sub_template(&it).is_some_and(|it| called(&it).is_some()) {
                return Some(it);
            }
            Text::default().value(&it)
        }
        Callee::Staged(name) => named("").literal(&name.value),
        Callee::Unknown => return None,
    };
    // A function whose ARN is known is called through its own region.
    let known = match callee {
        Callee::Arn(it) => it.value.as_str(),
        Callee::Function { function, .. } => match &ir.functions[*function].origin {
            Origin::Arn(it) => it.value.as_str(),
            _ => None,
        },
        _ => None,
    };
    let mut parts = known.unwrap_or_default().split(':').skip(1);
    let uri = match (parts.next(), parts.nth(1)) {
        (Some(partition), Some(region)) if !region.is_empty() && !region.contains('$') => {
            Text::default().literal(&format!("arn:{partition}:apigateway:{region}"))
        }
        _ => Text::new("arn:${AWS::Partition}:apigateway:${AWS::Region}"),
    };
    let (functions, invocations) =
        if streams { (STREAMING_FUNCTIONS, STREAMING_INVOCATIONS) } else { (FUNCTIONS, INVOCATIONS) };
    Some(uri.sub(functions).text(arn).sub(invocations).finish())
}

/// The function in what API Gateway calls to invoke it.
fn called(uri: &str) -> Option<&str> {
    let forms = [(FUNCTIONS, INVOCATIONS), (STREAMING_FUNCTIONS, STREAMING_INVOCATIONS)];
    forms.into_iter().find_map(|(functions, invocations)| {
        let (_, it) = uri.split_once(functions)?;
        Some(it.strip_suffix(invocations).unwrap_or(it))
    })
}

/// The ARN of a function of this account by its name.
fn named(name: &str) -> Text {
    Text::new("arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:").literal(name)
}

fn function_arn(ir: &Ir, id: FunctionId, qualifier: Option<&Qualifier>) -> Option<Text> {
    let function = &ir.functions[id];
    if let (Origin::Created(_), Some(Qualifier::Alias(alias))) = (&function.origin, qualifier)
        && let Some(at) = function.aliases.iter().position(|it| it.name.value == *alias)
    {
        return Some(Text::default().id(&ir.logical_id(Generated::FunctionAlias(id, at))));
    }
    let arn = match &function.origin {
        Origin::Created(_) => {
            Text::default().value(&attribute(&ir.logical_id(Generated::Function(id)), "Arn"))
        }
        Origin::Named(it) => named("").value(&text(it)),
        Origin::Arn(it) => Text::default().value(&text(it)),
        Origin::Unknown => return None,
    };
    Some(match qualifier {
        None => arn,
        Some(Qualifier::Alias(it)) => arn.literal(":").literal(it),
        Some(Qualifier::StageVariable(it)) => arn.literal(&format!(":${{stageVariables.{it}}}")),
    })
}

/// A function, or one alias or version of it, that API Gateway must be permitted to call.
#[derive(Clone, Debug)]
pub(crate) struct Grantee {
    /// What the logical ids of its permissions begin with.
    pub(crate) base: String,
    /// What CloudFormation is told.
    pub(crate) name: Value,
    /// The function, if it is one of the specification.
    pub(crate) function: Option<FunctionId>,
    /// The stage whose variable leads to it.
    pub(crate) stage: Option<StageId>,
    /// Whether only CloudFormation knows which alias of the function it is.
    pub(crate) deferred_alias: bool,
}

/// Whom a call concerns: one function, or for stage variables one for each stage that is built, and for its canary.
///
/// `caller` is the logical id of the integration or authorizer.
pub(crate) fn grantees(
    cx: &Bindings<'_>,
    callee: &Callee,
    caller: &str,
    notes: &mut Vec<Note>,
) -> Vec<Grantee> {
    let ir = cx.ir;
    match callee {
        Callee::Unknown => Vec::new(),
        Callee::Function { function, .. } if !ir.functions[*function].permission => Vec::new(),
        Callee::Function { function, qualifier: Some(Qualifier::StageVariable(variable)), .. } => cx
            .stages
            .iter()
            .flat_map(|stage| cx.ir.stages[*stage].variable_values(variable).map(move |it| (stage, it)))
            .filter_map(|(stage, value)| {
                let mut it = match &value.value {
                    IrValue::Known(alias) => qualified(ir, *function, Some(alias.as_ref()))?,
                    IrValue::Deferred(alias) => {
                        let mut it = qualified(ir, *function, None)?;
                        let arn = function_arn(ir, *function, None)?;
                        it.name = arn.literal(":").value(&alias.to_json()).finish();
                        it.deferred_alias = true;
                        it.base.push_str(&pascal(variable));
                        it.base.push_str(&cx.stage_part(*stage));
                        it
                    }
                };
                it.stage = Some(*stage);
                Some(it)
            })
            .collect(),
        Callee::Function { function, qualifier, .. } => {
            let alias = match qualifier {
                Some(Qualifier::Alias(it)) => Some(it.as_ref()),
                _ => None,
            };
            qualified(ir, *function, alias).into_iter().collect()
        }
        Callee::Arn(it) => {
            let name = text(it);
            let Some(template) = sub_template(&name) else {
                return vec![Grantee::outside(caller, name)];
            };
            staged(cx, called(&template).unwrap_or(&template), caller, notes)
        }
        Callee::Staged(name) => {
            let template = Text::default().literal(&name.value);
            match template.finish() {
                Value::String(it) => staged(cx, &it.replace("${", "${!"), caller, notes),
                _ => Vec::new(),
            }
        }
    }
}

impl Grantee {
    /// A function that is named only where it is called.
    fn outside(caller: &str, name: Value) -> Self {
        Self { base: caller.to_owned(), name, function: None, stage: None, deferred_alias: false }
    }
}

/// A function of the specification, or an alias or version of it.
fn qualified(ir: &Ir, id: FunctionId, alias: Option<&str>) -> Option<Grantee> {
    let function = &ir.functions[id];
    // `$LATEST` has no policy of its own.
    let alias = alias.filter(|it| *it != "$LATEST");
    let created = matches!(function.origin, Origin::Created(_));
    let mut base = ir.logical_id(Generated::Function(id));
    let name = match (&function.origin, alias) {
        (Origin::Created(_), None) => reference(&base),
        (Origin::Named(it) | Origin::Arn(it), None) => text(it),
        (Origin::Named(it), Some(alias)) => {
            Text::default().value(&text(it)).literal(":").literal(alias).finish()
        }
        (Origin::Unknown, _) => return None,
        (_, Some(alias)) => {
            let at = function.aliases.iter().position(|it| &*it.name.value == alias).filter(|_| created);
            match at {
                Some(at) => {
                    base = ir.logical_id(Generated::FunctionAlias(id, at));
                    return Some(Grantee {
                        name: reference(&base),
                        base,
                        function: Some(id),
                        stage: None,
                        deferred_alias: false,
                    });
                }
                None => function_arn(ir, id, None)?.literal(":").literal(alias).finish(),
            }
        }
    };
    base.push_str(&alias.map(pascal).unwrap_or_default());
    Some(Grantee { base, name, function: Some(id), stage: None, deferred_alias: false })
}

/// The functions that text with `${!stageVariables.…}` means, stage by stage and canary by canary.
fn staged(cx: &Bindings<'_>, template: &str, caller: &str, notes: &mut Vec<Note>) -> Vec<Grantee> {
    const START: &str = "${!stageVariables.";
    if !template.contains(START) {
        let name = Text::new(template).finish();
        return vec![Grantee::outside(caller, name)];
    }
    let mut out = Vec::new();
    let canaries =
        |it: &StageId| cx.ir.stages[*it].canary.as_ref().is_some_and(|it| !it.variables.is_empty());
    let with_canaries = cx
        .stages
        .iter()
        .flat_map(|it| [(it, false), (it, true)].into_iter().take(1 + usize::from(canaries(it))));
    for (stage, canary) in with_canaries {
        let mut name = Text::default();
        let mut rest = template;
        let mut complete = true;
        while let Some((before, after)) = rest.split_once(START) {
            let (variable, after) = after.split_once('}').unwrap_or((after, ""));
            name = name.sub(before);
            let mut values = cx.ir.stages[*stage].variable_values(variable);
            match if canary { values.last() } else { values.next() } {
                Some(it) => name = name.value(&text(it)),
                None => complete = false,
            }
            rest = after;
        }
        if !complete && canary {
            continue;
        }
        if !complete {
            notes.push(Note::new(format!(
                "stage `{}` lacks a variable of which `{caller}` makes the name of its function: nothing is permitted there",
                cx.stage_name(*stage)
            )));
            continue;
        }
        let name = name.sub(rest).finish();
        let (function, base, name) = match created_as(cx.ir, &name) {
            Some(id) => {
                let base = cx.id(Generated::Function(id));
                (Some(id), base.clone(), reference(&base))
            }
            None => (None, format!("{caller}{}", cx.stage_part(*stage)), name),
        };
        let grantee = Grantee { base, name, function, stage: Some(*stage), deferred_alias: false };
        // The variables of a canary may be others.
        let is_there = |it: &Grantee| it.stage == grantee.stage && it.name == grantee.name;
        if !out.iter().any(is_there) {
            out.push(grantee);
        }
    }
    out
}

/// The function that this stack creates under a name.
fn created_as(ir: &Ir, name: &Value) -> Option<FunctionId> {
    let name = name.as_str()?;
    ir.functions.iter().find_map(|(id, it)| match &it.origin {
        Origin::Created(it) if it.function_name.as_ref()?.value.as_str()? == name => Some(id),
        _ => None,
    })
}

/// Text in the syntax of `Fn::Sub`, if a value is text or a `Fn::Sub` without further variables.
pub(super) fn sub_template(value: &Value) -> Option<String> {
    match (value, intrinsic(value)) {
        (Value::String(it), _) => Some(it.replace("${", "${!")),
        (_, Some(("Fn::Sub", Value::String(it)))) => Some(it.clone()),
        _ => None,
    }
}
