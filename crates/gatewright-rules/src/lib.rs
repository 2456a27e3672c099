//! Check: the rules. Each is one file and one page, and knows nothing of the others.

mod allow;
mod check;
mod file;
mod limits;
mod page;
mod place;
mod rule;
mod rules;
mod settings;

pub use allow::{Allowed, allow};
pub use check::{check, compare};
pub use page::Page;
pub use place::place;
pub use rule::{Category, Change, Check, Context, Finding, Findings, Formats, Kinds, Rule};
pub use rules::{all, find, tls_policies};
pub use settings::{Because, Casing, Level, Naming, Preset, Quotas, Settings, is_indispensable};
