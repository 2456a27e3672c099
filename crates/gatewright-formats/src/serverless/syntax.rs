//! The syntax of variables: `${self:custom.name}`, `${opt:stage, 'dev'}`, `${file(path):key}`, one within another.
//!
//! Source: serverless/serverless v3, `lib/configuration/variables/parse.js`.

use gatewright_spec::Data;

/// How deep variables may stand within another.
const DEEPEST: usize = 16;

/// How many variables one text may have; what is beyond is text.
const MOST: usize = 1_000;

/// A piece of text.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'t> {
    /// Text as it is.
    Text(&'t str),
    /// A variable.
    Variable {
        /// How it is written, with its braces.
        written: &'t str,
        /// Where its value comes from: the first of these that has one.
        sources: Vec<Source<'t>>,
    },
}

/// Where the value of a variable comes from.
#[derive(Debug, PartialEq)]
pub(super) enum Source<'t> {
    /// It stands here.
    Literal(Data),
    /// `kind(parameters):address`.
    From {
        /// `self`, `opt`, `file` and their like.
        kind: &'t str,
        /// What stands in parentheses.
        parameters: Vec<Vec<Part<'t>>>,
        /// What stands behind the colon.
        address: Vec<Part<'t>>,
    },
}

/// The pieces of a text; `None` if there is no variable in it. What only looks like one, such as `${AWS::Region}`, is
/// text.
pub(super) fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    if !text.contains("${") {
        return None;
    }
    let mut cursor = Cursor { text, at: 0, left: MOST };
    let parts = cursor.parts(&[], 0);
    parts.iter().any(|it| matches!(it, Part::Variable { .. })).then_some(parts)
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
    /// How many more variables are looked for.
    left: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        if found {
            self.at += prefix.len();
        }
        found
    }

    fn spaces(&mut self) {
        while self.skip(" ") {}
    }

    /// Pieces up to one of the characters, or to the end.
    fn parts(&mut self, ends: &[char], depth: usize) -> Vec<Part<'t>> {
        let mut out = Vec::new();
        let mut start = self.at;
        while let Some(next) = self.rest().chars().next() {
            if ends.contains(&next) {
                break;
            }
            if next == '$'
                && let Some(variable) = self.variable(depth)
            {
                let (from, to) = variable.0;
                if start < from {
                    out.push(Part::Text(&self.text[start..from]));
                }
                out.push(Part::Variable { written: &self.text[from..to], sources: variable.1 });
                start = self.at;
                continue;
            }
            self.at += next.len_utf8();
        }
        if start < self.at {
            out.push(Part::Text(&self.text[start..self.at]));
        }
        out
    }

    /// A variable that begins here; if there is none, nothing has happened.
    #[allow(clippy::type_complexity)] // Where it stands, and what is in it.
    fn variable(&mut self, depth: usize) -> Option<((usize, usize), Vec<Source<'t>>)> {
        let start = self.at;
        // A backslash before it says that it is none.
        let escaped = self.text[..start].ends_with('\\');
        if depth >= DEEPEST || escaped || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let sources = self.sources(depth);
        if sources.is_none() {
            // One that does not end is an error of the framework's, and so is all that it holds.
            if self.rest().is_empty() {
                self.left = 0;
            }
            self.at = start;
        }
        Some(((start, self.at), sources?))
    }

    fn sources(&mut self, depth: usize) -> Option<Vec<Source<'t>>> {
        if !self.skip("${") || !self.rest().starts_with(|it: char| it.is_ascii_lowercase()) {
            return None;
        }
        let mut out = vec![self.from(depth)?];
        loop {
            self.spaces();
            if self.skip("}") {
                return Some(out);
            }
            if !self.skip(",") {
                return None;
            }
            self.spaces();
            let source = self.literal().or_else(|| self.from(depth))?;
            out.push(source);
        }
    }

    /// Text in quotes, a number, `true`, `false` or `null`.
    fn literal(&mut self) -> Option<Source<'t>> {
        if let Some(text) = self.quoted() {
            return Some(Source::Literal(Data::String(text.into())));
        }
        let end = self.rest().find(['}', ','])?;
        let word = self.rest()[..end].trim();
        let data = match word {
            "true" => Data::Bool(true),
            "false" => Data::Bool(false),
            "null" => Data::Null,
            _ => match (word.parse::<i64>(), word.parse::<f64>()) {
                (Ok(it), _) => Data::Integer(it),
                (_, Ok(it)) if it.is_finite() => Data::Float(it),
                _ => return None,
            },
        };
        self.at += end;
        Some(Source::Literal(data))
    }

    fn quoted(&mut self) -> Option<&'t str> {
        let quote = self.rest().chars().next().filter(|it| matches!(it, '\'' | '"'))?;
        let end = self.rest()[1..].find(quote)?;
        let text = &self.rest()[1..=end];
        self.at += end + 2;
        Some(text)
    }

    fn from(&mut self, depth: usize) -> Option<Source<'t>> {
        let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-');
        let end = self.rest().find(|it| !is_name(it))?;
        let kind = &self.rest()[..end];
        self.at += end;
        let mut parameters = Vec::new();
        if self.skip("(") {
            loop {
                self.spaces();
                if self.skip(")") {
                    break;
                }
                parameters.push(self.value(&[',', ')', '}'], depth));
                self.spaces();
                if !self.skip(",") && !self.rest().starts_with(')') {
                    return None;
                }
            }
        } else if !self.rest().starts_with(':') {
            return None;
        }
        let mut address = Vec::new();
        if self.skip(":") {
            if self.rest().starts_with(':') {
                return None;
            }
            self.spaces();
            address = self.value(&['}', ','], depth);
        }
        Some(Source::From { kind, parameters, address })
    }

    /// A parameter or an address: text in quotes, or pieces without the spaces at their end.
    fn value(&mut self, ends: &[char], depth: usize) -> Vec<Part<'t>> {
        if let Some(text) = self.quoted() {
            return vec![Part::Text(text)];
        }
        let mut out = self.parts(ends, depth + 1);
        if let Some(Part::Text(text)) = out.last_mut() {
            *text = text.trim_end();
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use gatewright_spec::Data;

    use super::{Part, Source, parts};

    fn from<'t>(kind: &'t str, address: &'t str) -> Source<'t> {
        let address = if address.is_empty() { Vec::new() } else { vec![Part::Text(address)] };
        Source::From { kind, parameters: Vec::new(), address }
    }

    #[test]
    fn variables_are_taken_apart() {
        let text = "a-${opt:stage, self:provider.stage, 'dev'}-b";
        let sources = vec![
            from("opt", "stage"),
            from("self", "provider.stage"),
            Source::Literal(Data::String("dev".into())),
        ];
        let variable = Part::Variable { written: &text[2..text.len() - 2], sources };
        assert_eq!(parts(text), Some(vec![Part::Text("a-"), variable, Part::Text("-b")]));
        let text = "${file(./a.yml):b.${sls:stage}}";
        let inner = Part::Variable { written: "${sls:stage}", sources: vec![from("sls", "stage")] };
        let file = Source::From {
            kind: "file",
            parameters: vec![vec![Part::Text("./a.yml")]],
            address: vec![Part::Text("b."), inner],
        };
        assert_eq!(parts(text), Some(vec![Part::Variable { written: text, sources: vec![file] }]));
    }

    #[test]
    fn what_only_looks_like_a_variable_is_text() {
        for text in
            ["${AWS::Region}", "${stageVariables.x}", "${Table}", "\\${self:a}", "${self:a", "${", "$"]
        {
            assert_eq!(parts(text), None, "{text}");
        }
        assert!(parts("${AWS::Region}-${self:a}").is_some_and(|it| it.len() == 2));
    }

    #[test]
    fn nesting_costs_no_time() {
        for end in ["}", "", "!"] {
            let deep = "${self:".repeat(5_000) + &end.repeat(5_000);
            parts(&deep);
        }
        parts(&"${self:a".repeat(50_000));
    }
}
