//! What the build writes, and what it has to say.

use gatewright_yaml::Tags;
use serde_json::Value;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Its path relative to the output folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Something that a person who deploys should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// One sentence or two.
    pub message: String,
}

impl Note {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

/// What a target gives.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// The files; the main one comes first.
    pub artifacts: Vec<Artifact>,
    /// What the build has to say about them.
    pub notes: Vec<Note>,
    /// Resources that the artifacts refer to and this build does not have: CloudFormation would refuse them.
    pub missing: Vec<Missing>,
}

/// A resource that the model knows and a build does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its logical id.
    pub id: String,
    /// Why the build does not have it.
    pub why: &'static str,
}

/// The notation of an artifact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// YAML.
    #[default]
    Yaml,
    /// JSON.
    Json,
}

impl Format {
    /// The ending of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
        }
    }

    pub(crate) fn write(self, value: &Value, tags: Tags) -> String {
        match self {
            Self::Yaml => gatewright_yaml::write(value, tags),
            Self::Json => {
                let text = serde_json::to_string_pretty(value);
                text.expect("text is made of a JSON value without failing") + "\n"
            }
        }
    }

    /// The text, unless it is longer than so many bytes.
    pub(crate) fn write_up_to(self, value: &Value, tags: Tags, limit: usize) -> Option<String> {
        let text = match self {
            Self::Yaml => gatewright_yaml::write_up_to(value, tags, limit),
            Self::Json => self.write(value, tags),
        };
        (text.len() <= limit).then_some(text)
    }
}
