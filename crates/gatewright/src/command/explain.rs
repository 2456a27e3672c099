//! `gatewright explain`

use gatewright_compiler::rules;
use gatewright_compiler::source::did_you_mean;

use super::print;
use crate::args::Explain;
use crate::render::{BOLD, DIM, RESET};
use crate::{Failure, Outcome};

/// Prints the page of a rule.
pub(crate) fn run(args: &Explain) -> Result<Outcome, Failure> {
    let Some(rule) = rules::find(&args.rule) else {
        let near = did_you_mean(&args.rule, rules::all().map(|it| it.name));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`gatewright rules` lists them".to_owned(),
        };
        return Err(Failure::new(format!("there is no rule `{}`: {help}", args.rule)));
    };
    let mut out = String::new();
    for (at, line) in rule.page.lines().enumerate() {
        if let Some(heading) = line.strip_prefix("# ") {
            out.push_str(&format!("{BOLD}{heading}{RESET}\n"));
            out.push_str(&format!("{DIM}{}{RESET}\n", super::rules::about(rule)));
        } else if let Some(heading) = line.strip_prefix("## ") {
            out.push_str(&format!("{BOLD}{heading}{RESET}\n"));
        } else if line.starts_with("```") {
            // The fence is for Markdown; what stands within is indented below.
            if at > 0 && line == "```" {
                out.push('\n');
            }
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    print(&out)
}
