//! What arguments say of what is in force.

use gatewright_compiler::config::{self, By, FailOn, Layer, Said};
use gatewright_compiler::rules::{self, Category, Level, Preset};
use gatewright_compiler::source::did_you_mean;

use crate::Failure;

/// What `--preset`, `--rule` and `--fail-on` say.
pub(super) fn of(preset: Option<&str>, rules: &[String], fail_on: Option<FailOn>) -> Result<Layer, Failure> {
    let mut out = Layer::default();
    if let Some(value) = preset.and_then(Preset::find) {
        out.preset = Some(Said { value, by: By::Argument(format!("--preset {}", value.as_str())) });
    }
    if let Some(value) = fail_on {
        out.fail_on = Some(Said { value, by: By::Argument(format!("--fail-on {}", value.as_str())) });
    }
    for text in rules {
        set(text, &mut out).map_err(|it| Failure::new(format!("`--rule {text}`: {it}")))?;
    }
    Ok(out)
}

/// `cors-missing=error`, `design=on`; a name alone switches on.
fn set(text: &str, out: &mut Layer) -> Result<(), String> {
    let (name, level) = text.split_once('=').unwrap_or((text, Level::On.as_str()));
    let Some(value) = Level::find(level) else {
        return Err(format!("a level is `off`, `on`, `warning` or `error`, not `{level}`"));
    };
    let said = Said { value, by: By::Argument(format!("--rule {text}")) };
    if let Some(category) = Category::find(name) {
        out.categories.insert(category, said);
        return Ok(());
    }
    let near = did_you_mean(name, Category::EACH.map(Category::as_str));
    if let (None, Some(near)) = (rules::find(name), near) {
        return Err(format!("there is no category `{name}`: did you mean `{near}`?"));
    }
    let rule = config::rule(name, value, true).map_err(|it| format!("{}: {}", it.message, it.help))?;
    out.rules.insert(rule.name, said);
    Ok(())
}
