//! From the text of a `gatewright.toml` to what it says, and all that is wrong with it.

use gatewright_rules::{self as rules, Category, tls_policies};
use gatewright_source::{Diagnostic, File as Text, MOST_SUGGESTIONS, Span, Spanned, did_you_mean};
use gatewright_spec::{Field, decode};

use crate::file::{Categories, File, Naming, Override, Quotas, Rules, Tls};
use crate::words::Written;
use crate::{By, FailOn, Globs, InForce, Layer, Names, Said, categories, rule};

/// The rule that finds what is well-formed and nevertheless means nothing.
pub(crate) const RULE: &str = "malformed-setting";

/// Larger files are no configurations (1 MiB).
pub const LARGEST: usize = 1 << 20;

/// Milliseconds that an integration of a REST API waits at least. Source: API Gateway API Reference, `PutIntegration`:
/// `timeoutInMillis`.
const SHORTEST_TIMEOUT: u64 = 50;

/// What a `gatewright.toml` says.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Files that are passed over.
    pub exclude: Globs,
    /// What is in force for all files.
    base: Layer,
    /// What else is in force for some files.
    overrides: Vec<(Globs, Layer)>,
}

impl Config {
    /// What is in force for a file or a folder, whose path is relative to the configuration's folder, with `/`.
    pub fn in_force<'c>(&'c self, path: &str, is_folder: bool) -> InForce<'c> {
        let overrides = self.overrides.iter().filter(|it| it.0.matches(path, is_folder)).map(|it| &it.1);
        InForce { layers: std::iter::once(&self.base).chain(overrides).collect() }
    }
}

/// Reads a configuration. Never fails: what cannot be read is reported and left out.
pub fn read(file: &Text) -> (Config, Vec<Diagnostic>) {
    if file.text().len() > LARGEST {
        let start = Span::new(file.base(), file.base());
        let problem = Diagnostic::error("syntax", start, "the configuration is larger than 1 MiB");
        return (Config::default(), vec![problem.help("name folders and patterns instead of files")]);
    }
    let (tree, mut problems) = gatewright_source::parse_toml(file);
    let (written, more) = decode::<File>(&tree);
    problems.extend(more);
    let mut reading = Reading { problems, asked: 0 };
    let config = reading.config(written.unwrap_or_default());
    let mut problems = reading.problems;
    problems.sort_by_key(|it| it.span);
    // What applies fixes knows YAML and JSON.
    problems.iter_mut().for_each(|it| it.fix = None);
    (config, problems)
}

struct Reading {
    problems: Vec<Diagnostic>,
    /// For how many unknown names it was looked up what was meant.
    asked: usize,
}

/// What stands at a place of the file.
fn said<T, U>(field: &Field<T>, value: impl FnOnce(&T) -> U) -> Option<Said<U>> {
    field.given().map(|it| Said { value: value(&it.value), by: By::File(it.span) })
}

/// A word that stands at a place of the file.
fn word<T: Copy>(field: &Field<Written<T>>) -> Option<Said<T>> {
    said(field, |it| it.0)
}

impl Reading {
    fn refuse(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Diagnostic::error(RULE, span, message).help(help));
    }

    fn suggests(&mut self) -> bool {
        self.asked += 1;
        self.asked <= MOST_SUGGESTIONS
    }

    fn config(&mut self, written: File) -> Config {
        let exclude = written.exclude.value().map(|it| Globs::read(&it.0, &mut self.problems));
        let mut base = Layer { fail_on: word::<FailOn>(&written.fail_on), ..Layer::default() };
        base.preset = word(&written.preset);
        let (rules, categories) = (&written.rules, &written.categories);
        self.levels(rules, categories, &mut base);
        self.agreements(&written.quotas, &written.tls, &written.naming, &mut base);
        let overrides = written.overrides.value().map(|it| &*it.0).unwrap_or_default();
        let overrides = overrides.iter().map(|it| self.one(it)).collect();
        Config { exclude: exclude.unwrap_or_default(), base, overrides }
    }

    fn one(&mut self, written: &Spanned<Override>) -> (Globs, Layer) {
        let it = &written.value;
        let mut layer = Layer { preset: word(&it.preset), ..Layer::default() };
        self.levels(&it.rules, &it.categories, &mut layer);
        self.agreements(&it.quotas, &it.tls, &it.naming, &mut layer);
        let Some(paths) = it.paths.given() else { return (Globs::default(), layer) };
        if paths.value.0.is_empty() {
            self.refuse(paths.span, "this override is about no file", "name files or folders in `paths`");
        }
        (Globs::read(&paths.value.0, &mut self.problems), layer)
    }

    fn levels(&mut self, rules: &Field<Rules>, by_category: &Field<Categories>, out: &mut Layer) {
        let unknown =
            |span, message, help: String| Diagnostic::error("unknown-key", span, message).help(help);
        for (name, level) in rules.value().into_iter().flat_map(|it| it.0.iter()) {
            let by = By::File(name.span);
            if Category::find(&name.value).is_some() {
                let message = format!("`{}` is a category", name.value);
                let help = "write it under `[categories]`".to_owned();
                self.problems.push(unknown(name.span, message, help));
                continue;
            }
            let suggest = rules::find(&name.value).is_none() && self.suggests();
            match rule(&name.value, level.0, suggest) {
                Ok(rule) => drop(out.rules.insert(rule.name, Said { value: level.0, by })),
                Err(why) if rules::find(&name.value).is_some() => {
                    self.refuse(name.span, why.message, why.help);
                }
                Err(why) => self.problems.push(unknown(name.span, why.message, why.help)),
            }
        }
        for (name, level) in by_category.value().into_iter().flat_map(|it| it.0.iter()) {
            let by = By::File(name.span);
            if let Some(category) = Category::find(&name.value) {
                out.categories.insert(category, Said { value: level.0, by });
            } else if rules::find(&name.value).is_some() {
                let message = format!("`{}` is a rule", name.value);
                self.problems.push(unknown(name.span, message, "write it under `[rules]`".to_owned()));
            } else {
                let near = did_you_mean(&name.value, Category::EACH.map(Category::as_str));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known are {}", categories()),
                };
                let message = format!("there is no category `{}`", name.value);
                self.problems.push(unknown(name.span, message, help));
            }
        }
    }

    fn agreements(
        &mut self,
        quotas: &Field<Quotas>,
        tls: &Field<Tls>,
        naming: &Field<Naming>,
        out: &mut Layer,
    ) {
        if let Some(it) = quotas.value() {
            for it in [&it.rate, &it.burst, &it.routes].into_iter().filter_map(Field::given) {
                if it.value == 0 {
                    let help = "write the account's quota, or leave the line out";
                    self.refuse(it.span, "a quota of zero lets nothing through", help);
                }
            }
            if let Some(it) = it.timeout.given()
                && it.value.milliseconds < SHORTEST_TIMEOUT
            {
                let help = "write the account's quota, such as `60s`, or leave the line out";
                let message = format!("an integration waits for at least {SHORTEST_TIMEOUT}ms");
                self.refuse(it.span, message, help);
            }
            out.rate = said(&it.rate, |it| *it);
            out.burst = said(&it.burst, |it| *it);
            out.routes = said(&it.routes, |it| usize::try_from(*it).unwrap_or(usize::MAX));
            out.timeout = said(&it.timeout, |it| it.milliseconds);
        }
        if let Some(policies) = tls.value().and_then(|it| it.policies.given()) {
            self.policies(policies.span, policies.value.0.iter());
            let value = policies.value.0.iter().map(|it| it.value.to_string()).collect();
            out.tls_policies = Some(Said { value, by: By::File(policies.span) });
        }
        if let Some(it) = naming.value() {
            out.names = Names {
                paths: word(&it.paths),
                path_variables: word(&it.path_variables),
                query: word(&it.query),
                operations: word(&it.operations),
                models: word(&it.models),
            };
        }
    }

    fn policies<'p>(
        &mut self,
        list: Span,
        policies: impl ExactSizeIterator<Item = &'p Spanned<gatewright_source::Text>>,
    ) {
        if policies.len() == 0 {
            self.refuse(list, "no TLS policy is allowed", "name those that are, such as `TLS_1_2`");
        }
        for it in policies.filter(|it| tls_policies().all(|known| *known != *it.value)) {
            let near = if self.suggests() { did_you_mean(&it.value, tls_policies()) } else { None };
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write AWS's name, such as `SecurityPolicy_TLS13_1_2_2021_06`".to_owned(),
            };
            let message = format!("there is no TLS policy `{}`", it.value);
            // There may be newer ones.
            let problem = match it.value.starts_with("SecurityPolicy_") {
                true => Diagnostic::warning(RULE, it.span, format!("{message} so far as is known here")),
                false => Diagnostic::error(RULE, it.span, message),
            };
            self.problems.push(problem.help(help));
        }
    }
}
