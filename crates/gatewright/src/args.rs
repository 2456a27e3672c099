//! The arguments of every command.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// A compiler and linter for Amazon API Gateway.
#[derive(Debug, Parser)]
#[command(
    name = "gatewright",
    version,
    arg_required_else_help = true,
    after_help = "Examples:\n  gatewright init                     start a project in this folder\n  gatewright check                    check every API that is described below this folder\n  gatewright build gatewright.yaml    write the CloudFormation template and the OpenAPI document\n  gatewright import template.yaml     write a specification of what exists\n  gatewright explain cors-missing     what a rule means and what to do\n\nExit codes: 0 no errors found, 1 errors found (see --fail-on), 2 could not run."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find what AWS would reject or silently serve wrongly
    Check(Check),
    /// Write the CloudFormation template, the OpenAPI document and a summary
    Build(Build),
    /// Write a specification of what exists: a SAM or CloudFormation template, an OpenAPI document, a serverless.yml
    Import(Import),
    /// Show who needs whom: text, DOT, Mermaid, JSON or SVG
    Graph(Graph),
    /// Show the page of a rule
    Explain(Explain),
    /// List all rules
    Rules(Rules),
    /// Show what is in force for a file, and who says so
    Config(Config),
    /// Print the JSON Schema of the language, or of gatewright.toml
    Schema(Schema),
    /// Write a starter project that checks clean and builds
    Init(Init),
    /// Print completions for a shell
    Completions(Completions),
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gatewright check\n  gatewright check services/ gatewright.yaml --fail-on warning\n  gatewright check --format sarif > gatewright.sarif\n  gatewright check template.yaml openapi.json\n  cdk synth | gatewright check -\n  gatewright check --diff\n  gatewright check --fix\n\nIn folders, every file with an API of API Gateway in it is checked: specifications, SAM and CloudFormation templates, OpenAPI documents with AWS's extensions, serverless.yml. Other files are passed over; .gitignore is honoured.\nWhat a team agrees on stands in gatewright.toml: `gatewright config` shows what is in force.\nA finding is allowed by a comment on its line or the line above: # gatewright: allow(rule-name) reason. In JSON: Metadata.gatewright.allow of a template or resource, x-gatewright-allow in OpenAPI."
)]
pub(crate) struct Check {
    /// Files, folders and patterns such as `services/**/*.yaml`; `-` reads standard input
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub(crate) format: Format,
    /// The least severity that makes the exit code 1; default: `error`
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// The choice of rules to begin with; default: `recommended`
    #[arg(long, value_name = "NAME", value_parser = ["recommended", "strict", "security", "all"])]
    pub(crate) preset: Option<String>,
    /// The level of a rule or of a category: `off`, `on`, `warning` or `error`; may be given several times
    #[arg(long = "rule", value_name = "NAME=LEVEL")]
    pub(crate) rules: Vec<String>,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
    /// Findings that are known already, and not shown again
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write what is found now to the baseline; default: `gatewright-baseline.json`
    #[arg(long)]
    pub(crate) write_baseline: bool,
    /// How often each rule found something, instead of the findings
    #[arg(long)]
    pub(crate) statistics: bool,
    /// Check again whenever a file changes
    #[arg(long)]
    pub(crate) watch: bool,
    /// What the files that are named are; default: what shows from their content
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) kind: Option<FileKind>,
    /// Pass over named files without an API, as in folders: for hooks, which name every file that changes
    #[arg(long, conflicts_with = "kind")]
    pub(crate) skip_unknown: bool,
    /// The name to show for standard input
    #[arg(long, default_value = "stdin.yaml", value_name = "NAME")]
    pub(crate) stdin_filename: String,
    /// Fix what can be fixed, and report what is left; standard input is written to standard output
    #[arg(long)]
    pub(crate) fix: bool,
    /// With `--fix` and `--diff`: also fixes that change what is deployed, or are only probably meant
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,
    /// Show what `--fix` would change as a diff, and write nothing; exit code 1 if there is something
    #[arg(long)]
    pub(crate) diff: bool,
}

impl Check {
    /// Whether standard input is checked.
    pub(crate) fn is_stdin(&self) -> bool {
        self.paths.iter().any(|it| it.as_os_str() == "-")
    }
}

/// Where the configuration comes from.
#[derive(Debug, clap::Args)]
pub(crate) struct Configuration {
    /// The configuration for all files, instead of the nearest gatewright.toml above each
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Look for no gatewright.toml
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FileKind {
    /// A specification in the language of Gatewright
    Gatewright,
    /// An AWS SAM template
    Sam,
    /// A CloudFormation template
    Cloudformation,
    /// An OpenAPI document, 3.0, 3.1 or Swagger 2.0
    Openapi,
    /// A file of the Serverless Framework
    Serverless,
}

impl From<FileKind> for gatewright_compiler::ir::Format {
    fn from(kind: FileKind) -> Self {
        match kind {
            FileKind::Gatewright => Self::Gatewright,
            FileKind::Sam => Self::Sam,
            FileKind::Cloudformation => Self::CloudFormation,
            FileKind::Openapi => Self::OpenApi,
            FileKind::Serverless => Self::Serverless,
        }
    }
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines they are about
    Full,
    /// One line each
    Concise,
    /// One JSON document
    Json,
    /// One JSON object a line
    JsonLines,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
    /// GitLab's report of code quality
    Gitlab,
    /// JUnit's XML
    Junit,
    /// Checkstyle's XML
    Checkstyle,
}

/// The least severity that makes the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors only
    Error,
    /// Warnings, too
    Warning,
    /// Nothing
    Never,
}

impl From<FailOn> for gatewright_compiler::config::FailOn {
    fn from(it: FailOn) -> Self {
        match it {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Never => Self::Never,
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gatewright build gatewright.yaml\n  gatewright build gatewright.yaml --stage prod --out dist/prod\n  gatewright build gatewright.yaml --layout resources --format json\n  gatewright build gatewright.yaml --check            fail if what is on disk differs\n  gatewright build gatewright.yaml --template routes.md.tera\n\nNothing is written when the check finds an error. A file that Gatewright did not write is not overwritten."
)]
pub(crate) struct Build {
    /// The specification
    pub(crate) file: PathBuf,
    /// Where to write; default: `build` beside the specification
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// What to write; default: everything, but for the OpenAPI document of a WebSocket API, which has none
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(crate) target: Vec<Target>,
    /// The form of templates and documents
    #[arg(long, value_enum, default_value_t = Form::Yaml)]
    pub(crate) format: Form,
    /// How the template describes the API; default: `body`, for WebSocket APIs `resources`
    #[arg(long, value_enum)]
    pub(crate) layout: Option<Layout>,
    /// Only this stage, as a stack of its own
    #[arg(long, value_name = "NAME")]
    pub(crate) stage: Option<String>,
    /// A template of your own, rendered by Tera; `routes.md.tera` becomes `routes.md`
    #[arg(long, value_name = "FILE.tera")]
    pub(crate) template: Vec<PathBuf>,
    /// Values for your templates, as `values`: a YAML file
    #[arg(long, value_name = "FILE", requires = "template")]
    pub(crate) values: Option<PathBuf>,
    /// Leave AWS's extensions out of the OpenAPI document: for documentation and client generators
    #[arg(long)]
    pub(crate) plain: bool,
    /// Changes the deployment of stages without automatic deployment, for `redeploy: always`
    #[arg(long, value_name = "TEXT")]
    pub(crate) redeploy_token: Option<String>,
    /// Write nothing; fail if what is on disk differs
    #[arg(long)]
    pub(crate) check: bool,
    /// Overwrite files that Gatewright did not write
    #[arg(long, conflicts_with = "check")]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// The template that deploys the API
    Cloudformation,
    /// The OpenAPI 3.0 document
    Openapi,
    /// The API at a glance, in Markdown
    Summary,
}

/// The form of templates and documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people
    Yaml,
    /// For machines
    Json,
}

/// How the template describes the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// One OpenAPI document within the API resource: few resources, quick to deploy
    Body,
    /// One resource for each route, integration and authorizer
    Resources,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gatewright import template.yaml                          see it\n  gatewright import template.yaml --out gatewright.yaml\n  gatewright import template.yaml --keep-logical-ids       to update the stack that exists in place\n  gatewright import serverless.yml --api OrdersApi\n\nWhat could not be carried over is said on standard error, line by line. A file that is there is not overwritten."
)]
pub(crate) struct Import {
    /// A template, an OpenAPI document or a serverless.yml
    pub(crate) file: PathBuf,
    /// Where to write; `-` is standard output. Where the file has several APIs, `gatewright.yaml` becomes
    /// `NAME.gatewright.yaml` for each
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(crate) out: PathBuf,
    /// Only this one of the APIs in the file: its name, or its logical id
    #[arg(long, value_name = "NAME")]
    pub(crate) api: Option<String>,
    /// What the file is; default: what shows from its content
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) kind: Option<FileKind>,
    /// Keep what resources are called in the template, so that the stack that exists can be updated in place
    #[arg(long)]
    pub(crate) keep_logical_ids: bool,
    /// Overwrite files that are there
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gatewright graph gatewright.yaml\n  gatewright graph gatewright.yaml --format svg > api.svg\n  gatewright graph template.yaml --format mermaid --api OrdersApi"
)]
pub(crate) struct Graph {
    /// A specification, a template, an OpenAPI document or a serverless.yml
    pub(crate) file: PathBuf,
    /// How the graph is written
    #[arg(long, value_enum, default_value_t = Drawing::Text)]
    pub(crate) format: Drawing,
    /// Only this one of the APIs in the file: its name, or its logical id
    #[arg(long, value_name = "NAME")]
    pub(crate) api: Option<String>,
    /// What the file is; default: what shows from its content
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) kind: Option<FileKind>,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
}

/// How a graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Drawing {
    /// A tree for the terminal
    Text,
    /// Graphviz
    Dot,
    /// Mermaid, as Markdown on GitHub shows it
    Mermaid,
    /// Nodes and edges
    Json,
    /// A picture
    Svg,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gatewright config\n  gatewright config services/orders/template.yaml\n  gatewright config template.yaml --preset strict --format json"
)]
pub(crate) struct Config {
    /// A file or a folder; neither has to exist
    #[arg(default_value = ".")]
    pub(crate) file: PathBuf,
    /// How it is written
    #[arg(long, value_enum, default_value_t = ConfigFormat::Text)]
    pub(crate) format: ConfigFormat,
    /// As for `check`
    #[arg(long, value_name = "NAME", value_parser = ["recommended", "strict", "security", "all"])]
    pub(crate) preset: Option<String>,
    /// As for `check`
    #[arg(long = "rule", value_name = "NAME=LEVEL")]
    pub(crate) rules: Vec<String>,
    #[command(flatten)]
    pub(crate) configuration: Configuration,
}

/// How it is written what is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConfigFormat {
    /// For people
    Text,
    /// A JSON document
    Json,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Schema {
    /// Of what
    #[arg(value_enum, default_value_t = SchemaOf::Language)]
    pub(crate) of: SchemaOf,
}

/// What a JSON Schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// The language: gatewright.yaml
    Language,
    /// The configuration: gatewright.toml
    Config,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The name of the rule
    pub(crate) rule: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Rules {
    /// How the list is written
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

/// How the list of rules is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table
    Text,
    /// A Markdown table
    Markdown,
    /// A JSON document
    Json,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  gatewright init && gatewright check && gatewright build gatewright.yaml")]
pub(crate) struct Init {
    /// The kind of API
    #[arg(value_enum, default_value_t = Kind::Http)]
    pub(crate) kind: Kind,
    /// The folder
    #[arg(long, default_value = ".")]
    pub(crate) dir: PathBuf,
}

/// A kind of API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// An HTTP API: routing, CORS, tokens; cheaper and faster
    Http,
    /// A REST API: API keys, validation, caching and more
    Rest,
    /// A WebSocket API: messages in both directions
    Websocket,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  gatewright completions bash > /etc/bash_completion.d/gatewright\n  gatewright completions zsh > ~/.zfunc/_gatewright"
)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}
