//! What is in force for a run, by its arguments.

use gatewright_compiler::rules::{self, Category, Level, Preset, Settings, is_indispensable};
use gatewright_compiler::source::did_you_mean;

use crate::Failure;
use crate::args::Check;

/// The settings that the arguments of `check` ask for.
pub(super) fn of(args: &Check) -> Result<Settings, Failure> {
    let mut out = Settings::default();
    if let Some(preset) = args.preset.as_deref().and_then(Preset::find) {
        out.preset = preset;
    }
    for text in &args.rules {
        set(text, &mut out).map_err(|it| Failure::new(format!("`--rule {text}`: {it}")))?;
    }
    Ok(out)
}

/// `cors-missing=error`, `design=on`; a name alone switches on.
fn set(text: &str, out: &mut Settings) -> Result<(), String> {
    let (name, level) = text.split_once('=').unwrap_or((text, Level::On.as_str()));
    let Some(level) = Level::find(level) else {
        return Err(format!("a level is `off`, `on`, `warning` or `error`, not `{level}`"));
    };
    if let Some(category) = Category::find(name) {
        out.categories.insert(category, level);
        return Ok(());
    }
    let Some(rule) = rules::find(name) else {
        let all = rules::all().map(|it| it.name).chain(Category::EACH.map(Category::as_str));
        return Err(match did_you_mean(name, all) {
            Some(near) => format!("there is no rule `{name}`; did you mean `{near}`?"),
            None => format!("there is no rule `{name}`; `gatewright rules` lists them"),
        });
    };
    if is_indispensable(rule) && level != Level::On {
        return Err(format!("`{name}` is always an error: without what it finds there is no API to look at"));
    }
    out.rules.insert(rule.name, level);
    Ok(())
}
