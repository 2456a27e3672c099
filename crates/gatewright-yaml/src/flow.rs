//! Short collections on one line, as a person writes them: `{ rate: 50, burst: 100 }`.

use serde_json::Value;

use crate::{Tags, Writer, attribute, is_plain, tagged};

/// How long a line with a whole collection may be.
const WIDTH: usize = 112;

impl Writer {
    /// Writes a collection behind what stands on the line, if it may stand there and is short enough.
    pub(crate) fn on_one_line(&mut self, value: &Value, indent: usize) -> bool {
        let is_collection = match value {
            Value::Object(map) => !map.is_empty(),
            Value::Array(items) => !items.is_empty(),
            _ => false,
        };
        if !is_collection || self.open.is_none_or(|open| indent / 2 < open) {
            return false;
        }
        let start = self.out.len();
        let line = self.out.rfind('\n').map_or(0, |at| at + 1);
        self.out.push(' ');
        let fits = self.flow(value, line + WIDTH);
        if !fits {
            self.out.truncate(start);
        }
        fits
    }

    /// Writes a value up to a place in the text; whether it fitted.
    fn flow(&mut self, value: &Value, end: usize) -> bool {
        let fits = match value {
            Value::Object(map) => {
                if self.tags == Tags::Short
                    && let Some((tag, argument)) = tagged(map)
                {
                    self.out.push_str(tag);
                    self.out.push(' ');
                    match attribute(tag, argument) {
                        Some((resource, name)) => self.out.push_str(&format!("{resource}.{name}")),
                        None => return self.flow(argument, end),
                    }
                    return self.out.len() <= end;
                }
                self.out.push('{');
                let mut separator = " ";
                for (key, value) in map {
                    self.out.push_str(separator);
                    separator = ", ";
                    self.flow_text(key);
                    self.out.push_str(": ");
                    if !self.flow(value, end) {
                        return false;
                    }
                }
                self.out.push_str(if map.is_empty() { "}" } else { " }" });
                true
            }
            Value::Array(items) => {
                self.out.push('[');
                for (at, value) in items.iter().enumerate() {
                    if at > 0 {
                        self.out.push_str(", ");
                    }
                    if !self.flow(value, end) {
                        return false;
                    }
                }
                self.out.push(']');
                true
            }
            Value::String(text) => {
                self.flow_text(text);
                !text.contains('\n')
            }
            scalar => {
                self.scalar(scalar, 0);
                true
            }
        };
        fits && self.out.len() <= end
    }

    /// Text between brackets, where more must be quoted.
    fn flow_text(&mut self, text: &str) {
        let ends = text.contains([',', '[', ']', '{', '}', '?']);
        match ends && is_plain(text) {
            true if text.contains(['"', '\\']) => {
                self.out.push('\'');
                self.out.push_str(&text.replace('\'', "''"));
                self.out.push('\'');
            }
            true => {
                self.out.push('"');
                self.out.push_str(text);
                self.out.push('"');
            }
            false => self.text(text),
        }
    }
}

/// Whether text is a number with a unit, which no reader takes for anything else: `5s`, `0.5GB`, `1%`, `4xx`.
pub(crate) fn is_quantity(text: &str) -> bool {
    const UNITS: [&str; 15] =
        ["ms", "s", "m", "min", "h", "d", "B", "kB", "KB", "MB", "GB", "KiB", "MiB", "GiB", "%"];
    let digits = text.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let is_number = number.split('.').all(|it| !it.is_empty()) && number.matches('.').count() <= 1;
    is_number && (UNITS.contains(&unit) || unit == "xx")
}
