//! What a person may write in `gatewright.toml`, declared once for the decoder and for the JSON Schema.

use std::borrow::Cow;

use gatewright_rules::{self as rules, Casing, Category, Level, Page, Preset, is_indispensable};
use gatewright_source::Text;
use gatewright_spec::{Duration, Entries, Field, List};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, json};

use crate::FailOn;
use crate::words::Written;

/// What is in force for the files below the folder of this one. The nearest `gatewright.toml` above a file is the one
/// that counts.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct File {
    /// The choice of rules to begin with. Default: `recommended`.
    pub(crate) preset: Field<Written<Preset>>,
    /// The least severity that makes the exit code of `gatewright check` 1. Default: `error`.
    pub(crate) fail_on: Field<Written<FailOn>>,
    /// Files and folders that are passed over, as in a `.gitignore`: relative to the folder of this file.
    pub(crate) exclude: Field<List<Text>>,
    /// Levels of single rules. They go before those of categories.
    pub(crate) rules: Field<Rules>,
    /// Levels of whole categories.
    pub(crate) categories: Field<Categories>,
    /// Quotas of the account, where AWS has raised them or a team shares them out.
    pub(crate) quotas: Field<Quotas>,
    /// What TLS has to be.
    pub(crate) tls: Field<Tls>,
    /// What names look like. Where nothing is said, names have to agree with each other.
    pub(crate) naming: Field<Naming>,
    /// What else is in force for some files; later ones win.
    pub(crate) overrides: Field<List<Override>>,
}

/// What else is in force for some files.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Override {
    /// The files, as in a `.gitignore`: relative to the folder of this file.
    pub(crate) paths: Field<List<Text>>,
    /// The choice of rules to begin with.
    #[serde(default)]
    pub(crate) preset: Field<Written<Preset>>,
    /// Levels of single rules. They go before those of categories.
    #[serde(default)]
    pub(crate) rules: Field<Rules>,
    /// Levels of whole categories.
    #[serde(default)]
    pub(crate) categories: Field<Categories>,
    /// Quotas of the account, where AWS has raised them or a team shares them out.
    #[serde(default)]
    pub(crate) quotas: Field<Quotas>,
    /// What TLS has to be.
    #[serde(default)]
    pub(crate) tls: Field<Tls>,
    /// What names look like.
    #[serde(default)]
    pub(crate) naming: Field<Naming>,
}

/// Quotas of the account.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Quotas {
    /// Requests a second, all APIs of the account and region together. Default: 10000.
    pub(crate) rate: Field<u64>,
    /// Requests at once, all APIs of the account and region together. Default: 5000.
    pub(crate) burst: Field<u64>,
    /// Routes of an HTTP or WebSocket API, resources of a REST API. Default: 300.
    pub(crate) routes: Field<u64>,
    /// How long a regional or private REST API waits for a backend, such as `60s`. Default: `29s`.
    pub(crate) timeout: Field<Duration>,
}

/// What TLS has to be.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Tls {
    /// The TLS policies that domains and APIs may have, by AWS's names. Default: those that AWS recommends.
    pub(crate) policies: Field<List<Text>>,
}

/// What names look like.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Naming {
    /// Words in the segments of paths.
    pub(crate) paths: Field<Written<Casing>>,
    /// Variables of paths.
    pub(crate) path_variables: Field<Written<Casing>>,
    /// Query parameters.
    pub(crate) query: Field<Written<Casing>>,
    /// Operation ids and names.
    pub(crate) operations: Field<Written<Casing>>,
    /// Models.
    pub(crate) models: Field<Written<Casing>>,
}

/// Levels of rules, by their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules(pub(crate) Entries<Written<Level>>);

/// Levels of categories, by their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Categories(pub(crate) Entries<Written<Level>>);

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Entries::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Categories {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Entries::deserialize(deserializer).map(Self)
    }
}

impl JsonSchema for Rules {
    fn schema_name() -> Cow<'static, str> {
        "Rules".into()
    }

    /// Every rule that has a level, with what it finds: editors complete names.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = Written::<Level>::json_schema(generator);
        let mut names: Vec<(&str, String)> = rules::all()
            .filter(|it| !is_indispensable(it))
            .map(|it| (it.name, Page::parse(it.page).summary.replace('\n', " ")))
            .collect();
        names.sort();
        let properties: Map<_, _> = names
            .into_iter()
            .map(|(name, summary)| {
                (name.to_owned(), json!({ "description": summary, "enum": level.get("enum") }))
            })
            .collect();
        json_schema!({
            "description": "Levels of single rules: `off`, `on`, `warning` or `error`.",
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

impl JsonSchema for Categories {
    fn schema_name() -> Cow<'static, str> {
        "Categories".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = Written::<Level>::json_schema(generator);
        let properties: Map<_, _> =
            Category::EACH.into_iter().map(|it| (it.as_str().to_owned(), json!(level))).collect();
        json_schema!({
            "description": "Levels of whole categories: `off`, `on`, `warning` or `error`.",
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        })
    }
}
