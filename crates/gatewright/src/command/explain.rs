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
    print(&page(rule, super::terminal_width().min(100)))
}

/// The page as a terminal shows it: code indented, prose wrapped, links written out.
fn page(rule: &rules::Rule, width: usize) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in rule.page.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if inside {
            out.push_str(format!("    {line}").trim_end());
            out.push('\n');
        } else if let Some(heading) = line.strip_prefix("# ") {
            out.push_str(&format!("{BOLD}{heading}{RESET}\n{DIM}{}{RESET}\n", super::rules::about(rule)));
        } else if let Some(heading) = line.strip_prefix("## ") {
            out.push_str(&format!("{BOLD}{heading}{RESET}\n"));
        } else {
            wrap(&link(line), width, &mut out);
        }
        // A block that holds nothing leaves no gap.
        while out.ends_with("\n\n\n") {
            out.pop();
        }
    }
    out
}

/// `[text](address)` as `text: address`.
fn link(line: &str) -> String {
    let parts = line.split_once('[').and_then(|(before, rest)| {
        let (text, rest) = rest.split_once("](")?;
        let (address, after) = rest.split_once(')')?;
        Some(format!("{before}{text}: {address}{after}"))
    });
    parts.unwrap_or_else(|| line.to_owned())
}

/// Breaks a line between words; what follows a `>` or `-` stays behind it.
fn wrap(line: &str, width: usize, out: &mut String) {
    let mark = ["> ", "- "].into_iter().find(|it| line.starts_with(it)).unwrap_or_default();
    let next = if mark == "> " { "> " } else { &"  "[..mark.len()] };
    out.push_str(mark);
    let mut used = mark.len();
    for (at, word) in line[mark.len()..].split(' ').enumerate() {
        let length = word.chars().count();
        if at > 0 && used + 1 + length > width {
            out.push('\n');
            out.push_str(next);
            used = next.len();
        } else if at > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
    }
    out.push('\n');
}
