//! `gatewright config`

use std::fmt::Write as _;
use std::path::Path;

use gatewright_compiler::config::{By, FailOn, InForce, Layer, Said};
use gatewright_compiler::ir::Duration;
use gatewright_compiler::rules::{self, Because, Casing, Level, Rule, Settings};
use serde_json::{Map, Value, json};

use super::{print, settings, shown};
use crate::args::{Config, ConfigFormat};
use crate::configuration::{Configurations, Found};
use crate::render::{BOLD, DIM, RESET};
use crate::visible::visible;
use crate::{Failure, Outcome};

/// Prints what is in force for a file, and who says so.
pub(crate) fn run(args: &Config) -> Result<Outcome, Failure> {
    let arguments = settings::of(args.preset.as_deref(), &args.rules, None)?;
    let configurations = Configurations::new(&args.configuration, arguments)?;
    let is_folder = args.file.is_dir();
    let found = configurations.of(&args.file, is_folder);
    configurations.demand()?;
    let in_force = configurations.in_force(found.as_deref(), &args.file, is_folder);
    let shown = Shown {
        file: &args.file,
        is_excluded: configurations.excludes(&args.file, is_folder),
        found: found.as_deref(),
        settings: in_force.settings(),
        in_force,
    };
    print(&match args.format {
        ConfigFormat::Text => shown.text(),
        ConfigFormat::Json => shown.json(),
    })
}

/// What is shown.
struct Shown<'c> {
    file: &'c Path,
    is_excluded: bool,
    found: Option<&'c Found>,
    in_force: InForce<'c>,
    settings: Settings,
}

/// A setting: its name, its value in words and as data, who says it, and whether it is shown where nobody does.
struct Setting<'c> {
    name: &'static str,
    text: String,
    value: Value,
    by: Option<&'c By>,
    always: bool,
}

/// A rule that is in force otherwise than it is by itself.
struct Differing<'c> {
    rule: &'static Rule,
    level: Level,
    because: Because,
    by: Option<&'c By>,
}

impl<'c> Shown<'c> {
    fn said<T: 'c>(&self, of: impl Fn(&'c Layer) -> Option<&'c Said<T>>) -> Option<&'c By> {
        self.in_force.said(of).map(|it| &it.by)
    }

    fn settings(&self) -> Vec<Setting<'c>> {
        let Settings { preset, quotas, tls_policies, naming, .. } = &self.settings;
        let fail_on: FailOn = self.in_force.fail_on();
        let usual = |name, text: String, value, by| Setting { name, text, value, by, always: true };
        let number = |name, it: u64, by| usual(name, it.to_string(), it.into(), by);
        let timeout = Duration::milliseconds(quotas.timeout).to_string();
        let policies =
            tls_policies.as_ref().map_or("those that AWS recommends".to_owned(), |it| it.join(", "));
        let casing = |name, it: Option<Casing>, by| {
            let text = it.map_or("as they agree with each other", Casing::as_str);
            Setting { name, text: text.to_owned(), value: json!(it.map(Casing::as_str)), by, always: false }
        };
        let words = |it: &str| (it.to_owned(), Value::from(it));
        let (preset, preset_value) = words(preset.as_str());
        let (fail_on, fail_on_value) = words(fail_on.as_str());
        vec![
            usual("preset", preset, preset_value, self.said(|it| it.preset.as_ref())),
            usual("fail-on", fail_on, fail_on_value, self.said(|it| it.fail_on.as_ref())),
            number("quotas.rate", quotas.rate, self.said(|it| it.rate.as_ref())),
            number("quotas.burst", quotas.burst, self.said(|it| it.burst.as_ref())),
            number("quotas.routes", quotas.routes as u64, self.said(|it| it.routes.as_ref())),
            usual("quotas.timeout", timeout.clone(), timeout.into(), self.said(|it| it.timeout.as_ref())),
            usual("tls.policies", policies, json!(tls_policies), self.said(|it| it.tls_policies.as_ref())),
            casing("naming.paths", naming.paths, self.said(|it| it.names.paths.as_ref())),
            casing(
                "naming.path-variables",
                naming.path_variables,
                self.said(|it| it.names.path_variables.as_ref()),
            ),
            casing("naming.query", naming.query, self.said(|it| it.names.query.as_ref())),
            casing("naming.operations", naming.operations, self.said(|it| it.names.operations.as_ref())),
            casing("naming.models", naming.models, self.said(|it| it.names.models.as_ref())),
        ]
    }

    /// The rules that are in force otherwise than where nothing is said.
    fn rules(&self) -> Vec<Differing<'c>> {
        let recommended = Settings::default();
        let mut all: Vec<&'static Rule> = rules::all().collect();
        all.sort_by_key(|it| it.name);
        let differing = |rule: &'static Rule| {
            let (level, because) = self.settings.level(rule);
            let by = self.in_force.by(rule, because);
            (level != recommended.level(rule).0).then_some(Differing { rule, level, because, by })
        };
        all.into_iter().filter_map(differing).collect()
    }

    fn text(&self) -> String {
        let mut out = format!("{BOLD}{}{RESET}\n", visible(&shown(self.file)));
        let name = match self.found {
            Some(it) => visible(&it.name).into_owned(),
            None => "none: what is recommended is in force".to_owned(),
        };
        let mut rows = vec![("configuration".to_owned(), name, String::new())];
        if self.is_excluded {
            let text = "it is checked only where it is named".to_owned();
            rows.push(("excluded".to_owned(), text, String::new()));
        }
        for it in self.settings().into_iter().filter(|it| it.always || it.by.is_some()) {
            rows.push((it.name.to_owned(), it.text, self.place(it.by)));
        }
        table(&rows, &mut out);
        let rules = self.rules();
        if rules.is_empty() {
            out.push_str("\nAll rules are as recommended.\n");
            return out;
        }
        let _ = writeln!(out, "\n{BOLD}Rules that are not as recommended{RESET}");
        let rows: Vec<_> = rules
            .iter()
            .map(|it| {
                let place = match it.because {
                    Because::Preset => format!("preset {}", self.settings.preset.as_str()),
                    _ => self.place(it.by),
                };
                (it.rule.name.to_owned(), severity(it).to_owned(), place)
            })
            .collect();
        table(&rows, &mut out);
        out
    }

    /// Where something is said, in a word.
    fn place(&self, by: Option<&By>) -> String {
        match by {
            None => String::new(),
            Some(By::Argument(it)) => visible(it).into_owned(),
            Some(By::File(span)) => match self.found.and_then(|it| it.sources.locate(*span)) {
                Some((file, at)) => format!("{}:{}:{}", visible(file.name()), at.line, at.column),
                None => String::new(),
            },
        }
    }

    fn json(&self) -> String {
        let settings: Map<String, Value> = self
            .settings()
            .into_iter()
            .map(|it| (it.name.to_owned(), json!({ "value": it.value, "by": self.by(it.by) })))
            .collect();
        let rules: Vec<Value> = self
            .rules()
            .iter()
            .map(|it| {
                json!({
                    "name": it.rule.name,
                    "level": it.level.as_str(),
                    "severity": severity(it),
                    "because": match it.because {
                        Because::Preset => "preset",
                        Because::Category => "category",
                        Because::Rule => "rule",
                        Because::Always => "always",
                    },
                    "by": self.by(it.by),
                })
            })
            .collect();
        let document = json!({
            "version": 1,
            "file": shown(self.file),
            "configuration": self.found.map(|it| &it.name),
            "excluded": self.is_excluded,
            "settings": settings,
            "rules": rules,
        });
        let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
        text.push('\n');
        text
    }

    fn by(&self, by: Option<&By>) -> Value {
        match by {
            None => Value::Null,
            Some(By::Argument(it)) => json!({ "argument": it }),
            Some(By::File(span)) => match self.found.and_then(|it| it.sources.locate(*span)) {
                Some((file, at)) => json!({ "file": file.name(), "line": at.line, "column": at.column }),
                None => Value::Null,
            },
        }
    }
}

/// How severe the findings of a rule are; `off`, where there are none.
fn severity(it: &Differing<'_>) -> &'static str {
    match it.level {
        Level::On => it.rule.severity.as_str(),
        level => level.as_str(),
    }
}

/// Rows of three columns, the last of them dim.
fn table(rows: &[(String, String, String)], out: &mut String) {
    let width = |of: fn(&(String, String, String)) -> &String| {
        rows.iter().map(|it| of(it).chars().count()).filter(|it| *it <= 50).max().unwrap_or_default()
    };
    let (first, second) = (width(|it| &it.0), width(|it| &it.1));
    for (name, value, place) in rows {
        let line = match &**place {
            "" => format!("  {name:first$}  {value}"),
            place => format!("  {name:first$}  {value:second$}  {DIM}{place}{RESET}"),
        };
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
