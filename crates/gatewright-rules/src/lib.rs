//! Check: the rules. Each is one file and one page, and knows nothing of the others.

mod allow;
mod check;
mod file;
mod gather;
mod limits;
mod own_keys;
mod page;
mod place;
mod rule;
mod rules;
mod settings;

pub use allow::{Allowed, allow};
pub use check::{check, compare};
pub use gather::gather;
pub use own_keys::is_own_key;
pub use page::Page;
pub use place::place;
pub use rule::{Category, Change, Check, Context, Finding, Findings, Formats, Kinds, Rule};
pub use rules::{all, find, tls_policies};
pub use settings::{Because, Casing, Level, Naming, Preset, Quotas, Settings, is_indispensable};
