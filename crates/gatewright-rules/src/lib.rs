//! Check: the rules. Each is one file and one page, and knows nothing of the others.

mod allow;
mod check;
mod file;
mod limits;
mod page;
mod place;
mod rule;
mod rules;

pub use allow::allow;
pub use check::{check, check_file};
pub use page::Page;
pub use place::place;
pub use rule::{Category, Check, Context, Finding, Findings, Formats, Kinds, Rule};
pub use rules::{all, find};
