//! What a configuration says, and what is wrong with it.

use gatewright_rules::{Because, Casing, Level, Preset, find};
use gatewright_source::{Severity, Sources};

use crate::{By, Config, FailOn, LARGEST, read};

/// A configuration, and its problems by line: those that are errors with a `!`.
fn given(text: &str) -> (Config, Vec<String>) {
    let mut sources = Sources::new();
    let (id, _) = sources.add("gatewright.toml", text.as_bytes().to_vec());
    let file = sources.file(id);
    let (config, problems) = read(file);
    let shown = problems.iter().map(|it| {
        let line = file.line_column(file.local(it.span).start).line;
        let mark = if it.severity == Severity::Error { "!" } else { "" };
        let help = it.help.as_ref().map_or(String::new(), |it| format!(" ({it})"));
        format!("{line}{mark} {}: {}{help}", it.rule, it.message)
    });
    (config, shown.collect())
}

/// The configuration in a text without problems.
fn clean(text: &str) -> Config {
    let (config, problems) = given(text);
    assert_eq!(problems, Vec::<String>::new());
    config
}

#[test]
fn all_of_it_is_read() {
    let config = clean(
        r#"
        preset = "strict"
        fail-on = "warning"
        exclude = ["legacy/", "*.generated.yaml", "!keep.generated.yaml"]
        rules = { cors-missing = "off" }
        categories.cost = "warning"
        quotas = { rate = 20_000, burst = 0x1000, routes = 600, timeout = "2m" }
        tls.policies = ["TLS_1_2"]
        [naming]
        paths = "kebab-case"
        path-variables = "camelCase"
        query = "snake_case"
        operations = "PascalCase"
        models = "PascalCase"
        "#,
    );
    let in_force = config.in_force("a.yaml", false);
    let settings = in_force.settings();
    assert_eq!(settings.preset, Preset::Strict);
    assert_eq!(in_force.fail_on(), FailOn::Warning);
    assert_eq!(settings.level(find("cors-missing").unwrap()), (Level::Off, Because::Rule));
    let quotas = settings.quotas;
    assert_eq!((quotas.rate, quotas.burst, quotas.routes, quotas.timeout), (20_000, 4096, 600, 120_000));
    assert_eq!(settings.tls_policies.as_deref(), Some(&["TLS_1_2".to_owned()][..]));
    assert_eq!(settings.naming.path_variables, Some(Casing::Camel));
    assert_eq!(settings.naming.models, Some(Casing::Pascal));
    let excludes = |path, is_folder| config.exclude.matches(path, is_folder);
    assert!(
        excludes("legacy", true) && excludes("a/legacy/b.yaml", false) && excludes("x.generated.yaml", false)
    );
    assert!(!excludes("legacy", false) && !excludes("keep.generated.yaml", false) && !excludes("", true));
}

#[test]
fn later_overrides_win_and_rules_go_before_categories() {
    let config = clean(
        r#"
        rules.cors-missing = "off"
        [[overrides]]
        paths = ["services/"]
        preset = "all"
        rules.cors-missing = "error"
        [[overrides]]
        paths = ["/services/old/**"]
        preset = "security"
        categories.security = "off"
        quotas.rate = 5
        "#,
    );
    let rule = find("cors-missing").unwrap();
    let level = |path| config.in_force(path, false).settings().level(rule).0;
    assert_eq!(level("a.yaml"), Level::Off);
    assert_eq!(level("services/a.yaml"), Level::Error);
    assert_eq!(level("services/old/a.yaml"), Level::Error);
    let old = config.in_force("services/old/a.yaml", false);
    assert_eq!(old.layers.len(), 3);
    assert_eq!(old.settings().preset, Preset::Security);
    assert_eq!(old.settings().quotas.rate, 5);
    assert!(matches!(old.by(rule, Because::Rule), Some(By::File(_))));
    assert_eq!(config.in_force("services/a.yaml", false).settings().preset, Preset::All);
    assert_eq!(config.in_force("services", true).layers.len(), 2);
}

#[test]
fn nothing_is_recommended() {
    assert_eq!(clean("").in_force("a.yaml", false).settings(), gatewright_rules::Settings::default());
    assert_eq!(clean("# nothing\n").in_force("a.yaml", false).fail_on(), FailOn::Error);
}

#[test]
fn all_problems_are_found_at_once() {
    let (_, problems) = given(
        r##"prest = "all"
fail-on = true
exclude = ["", "#x", "[a", 3, "../x", "a/", "a/b.yaml", "a/"]
[rules]
cors-mising = "off"
syntax = "off"
security = "off"
cors-missing = "warn"
[categories]
cors-missing = "off"
speed = "off"
[quotas]
rate = "20000"
burst = 0
timeout = 60
[tls]
policies = ["TLS_1_3", "SecurityPolicy_TLS14"]
[naming]
paths = "kebab"
[[overrides]]
preset = "all"
[[overrides]]
paths = []
"##,
    );
    let text = problems.join("\n");
    let expected = "\
1! unknown-key: `prest` is not known here (did you mean `preset`?)
2! wrong-type: expected a severity, found `true` (known are `error`, `warning` and `never`, in quotes)
3! malformed-setting: `` means no file (name a file or folder, such as `legacy/` or `*.json`)
3! malformed-setting: `#x` means no file (write `\\\\#x` if that is its name)
3! malformed-setting: `[a` is no glob: unclosed character class; missing ']' (a glob is written as in a `.gitignore`: `legacy/`, `*.json`, `services/**/old-*`)
3! wrong-type: expected text, found `3`
3! malformed-setting: `../x` leads out of the folder (globs are relative to the folder of this file: put one where those files are)
3 malformed-setting: `a/` means `a/b.yaml`, too (remove the second)
3 malformed-setting: `a/` is given twice (remove the second)
5! unknown-key: there is no rule `cors-mising` (did you mean `cors-missing`?)
6! malformed-setting: `syntax` is always an error (give it no level: without what it finds there is no API to look at)
7! unknown-key: `security` is a category (write it under `[categories]`)
8! wrong-type: `warn` is no level (did you mean `warning`? Known are `off`, `on`, `warning` and `error`)
10! unknown-key: `cors-missing` is a rule (write it under `[rules]`)
11! unknown-key: there is no category `speed` (known are `correctness`, `security`, `reliability`, `observability`, `performance`, `cost` and `design`)
13! wrong-type: expected a whole number, found `20000`
14! malformed-setting: a quota of zero lets nothing through (write the account's quota, or leave the line out)
15! wrong-type: `60` is not a duration (write a unit: `60s`)
17! malformed-setting: there is no TLS policy `TLS_1_3` (did you mean `TLS_1_0`?)
17 malformed-setting: there is no TLS policy `SecurityPolicy_TLS14` so far as is known here (write AWS's name, such as `SecurityPolicy_TLS13_1_2_2021_06`)
19! wrong-type: `kebab` is no casing (did you mean `kebab-case`? Known are `kebab-case`, `snake_case`, `camelCase` and `PascalCase`)
20! missing-key: `paths` is missing here
23! malformed-setting: this override is about no file (name files or folders in `paths`)";
    assert_eq!(text, expected);
}

#[test]
fn a_syntax_error_hides_nothing_else() {
    let (config, problems) = given("preset = strict\nprest = 1\n[rules]\ncors-missing = \"off\"\n");
    assert_eq!(
        problems,
        [
            "1! syntax: string values must be quoted, expected literal string (write `\"strict\"`)",
            "2! unknown-key: `prest` is not known here (did you mean `preset`?)"
        ]
    );
    assert_eq!(config.in_force("a", false).settings().rules.len(), 1);
}

#[test]
fn whatever_the_text_it_ends() {
    let large = LARGEST - 100;
    for text in [
        "x".repeat(10 * LARGEST),
        format!("exclude = [{}]", "\"a/b/c.yaml\",".repeat(large / 13)),
        format!("exclude = [{}]", "\"{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}\",".repeat(1000)),
        format!("exclude = [\"{}\"]", "**/".repeat(300)),
        format!("exclude = [\"{}\"]", "*a".repeat(450)),
        format!("[rules]\n{}", (0..large / 20).map(|it| format!("r{it} = \"off\"\n")).collect::<String>()),
        "[[overrides]]\npaths = [\"a\"]\n".repeat(large / 30),
        format!("exclude = {}", "[".repeat(large)),
        format!("rules = {}", "{a=".repeat(large / 3)),
        format!("rules.{}a = 1", "a.".repeat(large / 2)),
        "\u{0}\u{feff}=".repeat(large / 5),
    ] {
        let (config, _) = given(&text);
        config.in_force("a/b/c/d/e.yaml", false).settings();
    }
}

#[test]
fn the_schema_names_every_rule_with_a_level() {
    let schema: serde_json::Value = serde_json::from_str(&crate::schema()).unwrap();
    let rules = &schema["definitions"]["Rules"]["properties"];
    assert!(rules["cors-missing"]["description"].is_string());
    assert!(rules["syntax"].is_null());
    assert_eq!(schema["properties"]["preset"]["enum"].as_array().map(Vec::len), Some(4));
}
