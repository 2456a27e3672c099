//! How values are written: in quotes where they need them, in brackets or on lines as the rest of the file.

use gatewright_source::Written;
use gatewright_yaml::{is_plain, is_printable};

use super::habits::Habits;

/// How long a line with a whole collection may be.
const WIDTH: usize = 100;

/// Where a value is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'h> {
    pub(super) habits: &'h Habits,
    /// Whether it stands in brackets.
    pub(super) flow: bool,
    /// The quote of what stood there before.
    pub(super) quote: Option<char>,
}

impl Place<'_> {
    /// Text on one line.
    pub(super) fn text(&self, text: &str) -> String {
        if self.habits.json {
            return escaped(text);
        }
        let in_brackets = self.flow && text.contains([',', '[', ']', '{', '}', '?']);
        let is_plain = is_plain(text) && !in_brackets;
        match self.quote {
            None if is_plain => text.to_owned(),
            _ if !text.chars().all(is_printable) => escaped(text),
            quote => match quote.unwrap_or(self.habits.quote) {
                '\'' => format!("'{}'", text.replace('\'', "''")),
                // What would have to be escaped is easier to read between single quotes.
                _ if text.contains(['"', '\\']) && quote.is_none() => {
                    format!("'{}'", text.replace('\'', "''"))
                }
                _ => escaped(text),
            },
        }
    }

    /// A value on one line.
    pub(super) fn inline(&self, value: &Written) -> String {
        let Habits { colon, comma, padded, .. } = self.habits;
        let inner = Self { flow: true, quote: None, ..*self };
        if let Some((function, text)) = tagged(value, self.habits) {
            let tag = function.strip_prefix("Fn::").unwrap_or(function);
            return format!("!{tag} {}", Self { quote: None, ..*self }.text(&text));
        }
        match value {
            Written::Text(text) => self.text(text),
            Written::Bare(text) => text.clone(),
            Written::List(items) => {
                let items: Vec<String> = items.iter().map(|it| inner.inline(it)).collect();
                format!("[{}]", items.join(comma))
            }
            Written::Mapping(entries) if entries.is_empty() => "{}".to_owned(),
            Written::Mapping(entries) => {
                let entry = |(key, value): &(String, Written)| {
                    format!("{}{colon}{}", inner.text(key), inner.inline(value))
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                let pad = if *padded { " " } else { "" };
                format!("{{{pad}{}{pad}}}", entries.join(comma))
            }
        }
    }

    /// A value in brackets over several lines, whose closing bracket stands behind `left`.
    pub(super) fn spread(&self, value: &Written, left: &str) -> String {
        let Habits { step, newline, colon, .. } = self.habits;
        let inner = Self { flow: true, quote: None, ..*self };
        let further = format!("{left}{step}");
        let all = |open: &str, entries: Vec<String>, close: &str| {
            let lines = entries.join(&format!(",{newline}{further}"));
            format!("{open}{newline}{further}{lines}{newline}{left}{close}")
        };
        match value {
            Written::List(items) if !items.is_empty() => {
                all("[", items.iter().map(|it| inner.spread(it, &further)).collect(), "]")
            }
            Written::Mapping(entries) if !entries.is_empty() => {
                let entry = |(key, value): &(String, Written)| {
                    format!("{}{colon}{}", inner.text(key), inner.spread(value, &further))
                };
                all("{", entries.iter().map(entry).collect(), "}")
            }
            value => inner.inline(value),
        }
    }

    /// A key and its value on lines of their own that begin behind `indent` blanks; without what ends the last.
    pub(super) fn entry(&self, key: &str, value: &Written, indent: usize) -> String {
        format!("{}:{}", self.text(key), self.behind(value, indent))
    }

    /// A value behind a `:` whose key stands behind `indent` blanks: a blank and the value, or the lines below.
    pub(super) fn behind(&self, value: &Written, indent: usize) -> String {
        let Habits { step, newline, dash, .. } = self.habits;
        if !self.on_lines(value, indent) {
            return format!(" {}", self.inline(value));
        }
        let mut out = String::new();
        match value {
            Written::Mapping(entries) => {
                let further = indent + step.len();
                for (key, value) in entries {
                    out.push_str(&format!("{newline}{:further$}{}", "", self.entry(key, value, further)));
                }
            }
            Written::List(items) => {
                let further = indent + dash;
                for item in items {
                    out.push_str(&format!("{newline}{:further$}- {}", "", self.inline(item)));
                }
            }
            _ => {}
        }
        out
    }

    /// Whether a value is a collection that this file would write on lines of its own.
    fn on_lines(&self, value: &Written, indent: usize) -> bool {
        let flow = match value {
            _ if tagged(value, self.habits).is_some() => return false,
            Written::Mapping(entries) if !entries.is_empty() => self.habits.flow_mappings,
            Written::List(items) if !items.is_empty() => self.habits.flow_lists,
            _ => return false,
        };
        !flow || indent + self.inline(value).len() > WIDTH
    }
}

/// The function that a mapping is and the text behind its tag, in a file that writes functions as tags.
pub(super) fn tagged(value: &Written, habits: &Habits) -> Option<(&'static str, String)> {
    let Written::Mapping(entries) = value else { return None };
    let [(function, argument)] = entries.as_slice() else { return None };
    let function = ["Ref", "Fn::Sub", "Fn::GetAtt"].into_iter().find(|it| it == function)?;
    let text = match (function, argument) {
        ("Fn::GetAtt", Written::List(items)) => match items.as_slice() {
            [Written::Text(id), Written::Text(attribute)] => format!("{id}.{attribute}"),
            _ => return None,
        },
        ("Ref" | "Fn::Sub", Written::Text(text)) => text.clone(),
        _ => return None,
    };
    habits.tags.then_some((function, text))
}

/// Text in double quotes, as YAML and JSON both read it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            it if is_printable(it) => out.push(it),
            it => out.push_str(&format!("\\u{:04x}", u32::from(it))),
        }
    }
    out.push('"');
    out
}
