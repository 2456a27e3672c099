use gatewright_ir::{Generated, Origin};
use gatewright_source::Severity;

use super::document::{at, under};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "permission-without-source",
    page: include_str!("permission_without_source.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::SERVERLESS,
    check: Check::Api(check),
};

/// The end of a function's logical id, and that of its permission for WebSocket APIs.
///
/// Source: serverless/serverless v3, `lib/plugins/aws/lib/naming.js`; that it has no source:
/// `lib/plugins/aws/package/compile/events/websockets/lib/permissions.js`.
const ENDS: (&str, &str) = ("LambdaFunction", "LambdaPermissionWebsockets");

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let unseen = |keys: &[&str]| under(ir, keys).is_some_and(|it| it.function().is_some());
    let resources = under(ir, &["resources"]);
    let is_list = resources.is_some_and(|it| matches!(it.data, gatewright_ir::Data::List(_)));
    if is_list || unseen(&["resources"]) || unseen(&["resources", "extensions"]) {
        return;
    }
    for integration in ir.integrations.values() {
        let Some(id) = integration.callee().and_then(|it| it.function()) else { continue };
        let function = &ir.functions[id];
        let logical_id = ir.logical_id(Generated::Function(id));
        let Some(name) = logical_id.strip_suffix(ENDS.0) else { continue };
        if !matches!(function.origin, Origin::Created(_)) {
            continue;
        }
        let permission = format!("{name}{}", ENDS.1);
        let sections = ["extensions", "Resources"];
        let says = |section: &&str| {
            let own = resources.and_then(|it| at(it, &[section, &permission, "Properties"]));
            own.is_some_and(|it| ["SourceArn", "SourceAccount"].iter().any(|key| at(it, &[key]).is_some()))
        };
        if sections.iter().any(says) {
            continue;
        }
        let name = &function.name.value;
        let message = format!("any API of any account may call `{name}`: its permission names no source");
        out.report(function.name.span, message).help_in(
            Formats::SERVERLESS,
            format!("give `SourceArn` to `{permission}` under `resources.extensions`"),
        );
        return;
    }
}
