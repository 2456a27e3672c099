//! Decide: what is in force for a file, by `gatewright.toml` and by arguments, and why. Pure: where the file is found is
//! not known here.

mod file;
mod globs;
mod layer;
mod read;
mod schema;
mod words;

#[cfg(test)]
mod tests;

pub use globs::Globs;
pub use layer::{By, InForce, Layer, Names, Said};
pub use read::{Config, LARGEST, read};
pub use schema::schema;
pub use words::FailOn;

use gatewright_rules::{self as rules, Category, Level, Rule, is_indispensable};
use gatewright_source::did_you_mean;

/// What configurations are called.
pub const FILE_NAME: &str = "gatewright.toml";

/// Why a rule or a category cannot be given a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The rule with a name, if there is one and its level is not fixed. `suggest`: whether a similar name is looked for.
///
/// # Errors
/// There is no such rule, or it is always in force.
pub fn rule(name: &str, level: Level, suggest: bool) -> Result<&'static Rule, Refused> {
    let Some(rule) = rules::find(name) else {
        let near = suggest.then(|| did_you_mean(name, rules::all().map(|it| it.name))).flatten();
        return Err(Refused {
            message: format!("there is no rule `{name}`"),
            help: match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`gatewright rules` lists them".to_owned(),
            },
        });
    };
    if is_indispensable(rule) && level != Level::On {
        return Err(Refused {
            message: format!("`{name}` is always an error"),
            help: "give it no level: without what it finds there is no API to look at".to_owned(),
        });
    }
    Ok(rule)
}

/// The names of all categories, in a sentence.
fn categories() -> String {
    listed(Category::EACH.map(Category::as_str))
}

/// "`a`, `b` and `c`".
fn listed<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(|it| format!("`{it}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
