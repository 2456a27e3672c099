use gatewright_source::Severity;

use super::definition::keys;
use super::extensions::find;
use crate::rules::words::{an_api, apis};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "extension-without-effect",
    page: include_str!("extension_without_effect.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let provenance = &cx.ir.provenance;
    let Some(definition) = provenance.definition() else { return };
    let kind = cx.ir.api.kind;
    for (place, key) in keys(definition) {
        let Some(extension) = find(&key.value) else { continue };
        if !extension.places.contains(&place) {
            let places: Vec<_> = extension.places.iter().map(|it| it.title()).collect();
            out.report(key.span, format!("`{}` has no effect at {}", key.value, place.title()))
                .help(format!("it belongs to {}", places.join(" or ")));
        } else if !extension.kinds.contains(kind) && !provenance.kind_undecided {
            let other = if extension.kinds.http {
                gatewright_ir::ApiKind::Http
            } else {
                gatewright_ir::ApiKind::Rest
            };
            out.report(key.span, format!("`{}` has no effect in {}", key.value, an_api(kind))).help(
                match extension.name {
                    "cors" => format!(
                        "it is for {}; write `OPTIONS` methods that answer preflight requests",
                        apis(other)
                    ),
                    _ => format!("it is for {}; remove it", apis(other)),
                },
            );
        }
    }
}
