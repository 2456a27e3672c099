//! Write: YAML that every reader understands alike. Plain scalars only where YAML 1.1 and 1.2 agree, short tags for
//! CloudFormation's functions, no anchors.

mod flow;

use serde_json::{Map, Number, Value};

/// Whether CloudFormation's functions are written as short tags (`!Ref X`) or as mappings (`Ref: X`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tags {
    /// In a template.
    Short,
    /// Where a reader may not know the tags.
    Long,
}

/// The longest key that a reader must find its `:` after; YAML allows 1,024 characters.
const SIMPLE_KEY: usize = 1000;

/// Writes a document. It ends with a line break.
pub fn write(value: &Value, tags: Tags) -> String {
    write_up_to(value, tags, usize::MAX)
}

/// Writes a document as a person would: what is short stands on one line (`{ rate: 50, burst: 100 }`), but for the
/// outermost `open` levels; quantities (`5s`, `10MB`, `1%`) stand without quotes.
pub fn write_short(value: &Value, open: usize) -> String {
    document(value, Writer { out: String::new(), tags: Tags::Short, limit: usize::MAX, open: Some(open) })
}

/// Writes a document, and stops soon after so many bytes.
pub fn write_up_to(value: &Value, tags: Tags, limit: usize) -> String {
    document(value, Writer { out: String::new(), tags, limit, open: None })
}

fn document(value: &Value, mut writer: Writer) -> String {
    match value {
        Value::Object(map) if !map.is_empty() => writer.map(map, 0, true),
        Value::Array(items) if !items.is_empty() => writer.list(items, 0, true),
        Value::String(text) => writer.text(text),
        other => writer.scalar(other, 2),
    }
    if !writer.out.ends_with('\n') {
        writer.out.push('\n');
    }
    writer.out
}

struct Writer {
    out: String,
    tags: Tags,
    limit: usize,
    /// How many levels have a line for each entry, where short ones further in stand on one line.
    open: Option<usize>,
}

impl Writer {
    /// A value behind `key:` or `-`. What does not fit on the line goes to `indent`; behind a `-` a collection
    /// starts on the same line.
    fn node(&mut self, value: &Value, indent: usize, behind_dash: bool) {
        if self.on_one_line(value, indent) {
            return;
        }
        match value {
            Value::Object(map) if map.is_empty() => self.out.push_str(" {}"),
            Value::Array(items) if items.is_empty() => self.out.push_str(" []"),
            Value::Object(map) => {
                if self.tags == Tags::Short
                    && let Some((tag, argument)) = tagged(map)
                {
                    self.out.push(' ');
                    self.out.push_str(tag);
                    match attribute(tag, argument) {
                        Some((resource, name)) => {
                            self.out.push(' ');
                            self.out.push_str(resource);
                            self.out.push('.');
                            self.out.push_str(name);
                        }
                        None => self.node(argument, indent, false),
                    }
                } else {
                    if behind_dash {
                        self.out.push(' ');
                    }
                    self.map(map, indent, behind_dash);
                }
            }
            Value::Array(items) => {
                if behind_dash {
                    self.out.push(' ');
                }
                self.list(items, indent, behind_dash);
            }
            scalar => {
                self.out.push(' ');
                self.scalar(scalar, indent);
            }
        }
    }

    fn map(&mut self, map: &Map<String, Value>, indent: usize, mut here: bool) {
        for (key, value) in map {
            if self.out.len() > self.limit {
                return;
            }
            self.line(indent, &mut here);
            let start = self.out.len();
            self.text(key);
            if self.out.len() - start > SIMPLE_KEY {
                self.out.insert_str(start, "? ");
                self.line(indent, &mut false);
            }
            self.out.push(':');
            self.node(value, indent + 2, false);
        }
    }

    fn list(&mut self, items: &[Value], indent: usize, mut here: bool) {
        for item in items {
            self.line(indent, &mut here);
            self.out.push('-');
            self.node(item, indent + 2, true);
        }
    }

    /// Begins a line, unless the cursor stands `here` already.
    fn line(&mut self, indent: usize, here: &mut bool) {
        if std::mem::take(here) {
            return;
        }
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn scalar(&mut self, value: &Value, indent: usize) {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(it) => self.out.push_str(if *it { "true" } else { "false" }),
            Value::Number(it) => self.number(it),
            Value::String(it) if is_literal(it) => self.literal(it, indent),
            Value::String(it) => self.text(it),
            Value::Array(_) => self.out.push_str("[]"),
            Value::Object(_) => self.out.push_str("{}"),
        }
    }

    /// A number. YAML 1.1 knows an exponent only behind a fraction and with a sign: `1e-7` is text there.
    fn number(&mut self, number: &Number) {
        let text = number.to_string();
        let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
            self.out.push_str(&text);
            return;
        };
        self.out.push_str(mantissa);
        if !mantissa.contains('.') {
            self.out.push_str(".0");
        }
        self.out.push('e');
        if !exponent.starts_with(['+', '-']) {
            self.out.push('+');
        }
        self.out.push_str(exponent);
    }

    /// Lines as they are. The text ends with one line break or none.
    fn literal(&mut self, text: &str, indent: usize) {
        let (lines, mark) = match text.strip_suffix('\n') {
            Some(lines) => (lines, "|"),
            None => (text, "|-"),
        };
        self.out.push_str(mark);
        for line in lines.split('\n') {
            self.out.push('\n');
            if !line.is_empty() {
                self.out.extend(std::iter::repeat_n(' ', indent));
                self.out.push_str(line);
            }
        }
        self.out.push('\n');
    }

    /// Text on one line, quoted where it must be.
    fn text(&mut self, text: &str) {
        if is_plain(text) || self.open.is_some() && flow::is_quantity(text) {
            self.out.push_str(text);
        } else if self.open.is_some() && !text.contains(['"', '\\']) && text.chars().all(is_printable) {
            self.out.push('"');
            self.out.push_str(text);
            self.out.push('"');
        } else if text.chars().all(is_printable) {
            self.out.push('\'');
            for (at, part) in text.split('\'').enumerate() {
                if at > 0 {
                    self.out.push_str("''");
                }
                self.out.push_str(part);
            }
            self.out.push('\'');
        } else {
            self.escaped(text);
        }
    }

    fn escaped(&mut self, text: &str) {
        use std::fmt::Write;
        self.out.push('"');
        for it in text.chars() {
            match it {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\t' => self.out.push_str("\\t"),
                '\r' => self.out.push_str("\\r"),
                it if is_printable(it) => self.out.push(it),
                // Writing to a string cannot fail.
                it => {
                    let _ = match u32::from(it) {
                        code @ ..=0xff => write!(self.out, "\\x{code:02x}"),
                        code @ ..=0xffff => write!(self.out, "\\u{code:04x}"),
                        code => write!(self.out, "\\U{code:08x}"),
                    };
                }
            }
        }
        self.out.push('"');
    }
}

/// The short tag of a mapping that is a function of CloudFormation, and the function's argument.
///
/// `Condition` stays a mapping: only inside conditions does the tag mean the same. A function whose argument
/// would bear a tag itself stays one, too: a node has only one tag.
fn tagged(map: &Map<String, Value>) -> Option<(&'static str, &Value)> {
    const TAGS: [(&str, &str); 16] = [
        ("Ref", "!Ref"),
        ("Fn::Sub", "!Sub"),
        ("Fn::GetAtt", "!GetAtt"),
        ("Fn::Join", "!Join"),
        ("Fn::If", "!If"),
        ("Fn::ImportValue", "!ImportValue"),
        ("Fn::FindInMap", "!FindInMap"),
        ("Fn::Select", "!Select"),
        ("Fn::Split", "!Split"),
        ("Fn::Base64", "!Base64"),
        ("Fn::Cidr", "!Cidr"),
        ("Fn::GetAZs", "!GetAZs"),
        ("Fn::Equals", "!Equals"),
        ("Fn::And", "!And"),
        ("Fn::Or", "!Or"),
        ("Fn::Not", "!Not"),
    ];
    if map.len() != 1 {
        return None;
    }
    let (key, argument) = map.iter().next()?;
    if key != "Ref" && !key.starts_with("Fn::") {
        return None;
    }
    let tag = TAGS.iter().find(|it| it.0 == key)?.1;
    let fits = match argument {
        Value::String(_) => tag != "!GetAtt",
        Value::Array(items) if tag == "!GetAtt" => attribute(tag, argument).is_some() && items.len() == 2,
        Value::Array(items) => tag != "!Ref" && !items.is_empty(),
        _ => false,
    };
    fits.then_some((tag, argument))
}

/// Resource and attribute of a `!GetAtt` that can be written with a dot between.
fn attribute<'v>(tag: &str, argument: &'v Value) -> Option<(&'v str, &'v str)> {
    if tag != "!GetAtt" {
        return None;
    }
    match argument.as_array()?.as_slice() {
        [Value::String(resource), Value::String(name)]
            if !resource.contains('.') && !name.is_empty() && is_plain(resource) && is_word(name) =>
        {
            Some((resource, name))
        }
        _ => None,
    }
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'.' | b':' | b'_' | b'-'))
        && !text.ends_with(':')
}

/// Whether text without quotes is this text for every reader.
///
/// Source of what else it could be: YAML 1.1 types (`bool`, `int`, `float`, `merge`, `null`, `timestamp`,
/// `value`) and the YAML 1.2 core schema.
pub fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    let starts = match first {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'/' | b'$' | b'(' | b')' | b';' | b'\\' | b'^' => true,
        // A relative path; anything else with a dot or digit may be a number or date somewhere.
        b'.' => text.starts_with("./") || text.starts_with("../"),
        it => !it.is_ascii(),
    };
    if !starts || matches!(last, b' ' | b':') {
        return false;
    }
    let mut previous = b'x';
    for &it in bytes {
        let ends_plain = (it == b'#' && previous == b' ') || (it == b' ' && previous == b':');
        if ends_plain || it < b' ' || it == 0x7f {
            return false;
        }
        previous = it;
    }
    if !text.is_ascii() && !text.chars().all(is_printable) {
        return false;
    }
    !is_keyword(text)
}

/// Words that are not text for some reader.
fn is_keyword(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    text.len() <= 5 && WORDS.iter().any(|it| it.eq_ignore_ascii_case(text))
}

/// Whether a character may stand in a document as it is, and does not break a line for any reader.
pub fn is_printable(it: char) -> bool {
    match it {
        ' '..='~' => true,
        // Line breaks of YAML 1.1, and the byte order mark.
        '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => false,
        '\u{a0}'..='\u{fffd}' => true,
        it => it >= '\u{10000}',
    }
}

/// Whether text is best shown line by line, and comes back unchanged.
fn is_literal(text: &str) -> bool {
    if !text.contains('\n') {
        return false;
    }
    let body = text.strip_suffix('\n').unwrap_or(text);
    // The first line decides on the indentation; blanks at ends and trailing empty lines get lost easily.
    !body.is_empty()
        && !body.starts_with([' ', '\t', '\n'])
        && !body.ends_with('\n')
        && body
            .split('\n')
            .all(|line| !line.ends_with([' ', '\t']) && line.chars().all(|it| it == '\t' || is_printable(it)))
}

#[cfg(test)]
mod tests;
