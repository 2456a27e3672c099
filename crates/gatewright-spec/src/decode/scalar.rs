//! Scalars: numbers and booleans as YAML 1.2 has them.

use super::De;
use super::error::Error;

impl<'t> De<'_, 't> {
    /// Text that is to be read as a number or a boolean.
    fn number(self, what: &str) -> Result<&'t str, Error> {
        if self.is_mistyped(false) {
            return Err(self.expected(what));
        }
        self.text(what)
    }

    pub(super) fn integer(self) -> Result<i128, Error> {
        let text = self.number("a whole number")?;
        let digits = text.strip_prefix('+').unwrap_or(text);
        digits.parse().map_err(|_| match digits.as_bytes() {
            [b'0'..=b'9', .., b'A'..=b'Z' | b'a'..=b'z'] => self.expected("a whole number without a unit"),
            _ => self.expected("a whole number"),
        })
    }

    pub(super) fn float(self) -> Result<f64, Error> {
        let text = self.number("a number")?;
        match text.parse::<f64>() {
            Ok(it) if it.is_finite() => Ok(it),
            _ => match (self.expected("a number"), text.strip_suffix('%')) {
                (Error::Other(mut problem), Some(number)) if number.parse::<f64>().is_ok() => {
                    problem.1 = Some(format!("write `{number}`"));
                    Err(Error::Other(problem))
                }
                (problem, _) => Err(problem),
            },
        }
    }

    pub(super) fn boolean(self) -> Result<bool, Error> {
        match self.number("`true` or `false`")? {
            "true" | "True" | "TRUE" => Ok(true),
            "false" | "False" | "FALSE" => Ok(false),
            text => {
                let Error::Other(mut problem) = self.expected("`true` or `false`") else {
                    return Err(Error::Reported);
                };
                // What older YAML took for booleans.
                problem.1 = match &*text.to_ascii_lowercase() {
                    "yes" | "on" | "y" => Some("write `true`".to_owned()),
                    "no" | "off" | "n" => Some("write `false`".to_owned()),
                    _ => None,
                };
                Err(Error::Other(problem))
            }
        }
    }
}

/// A plain scalar that is a number in YAML 1.2 and the same number for everybody who reads it.
pub(super) enum Number {
    Integer(i64),
    Float(f64),
}

/// Reads a plain scalar as a number, if writing the number gives the scalar back. `012`, `1e3` and account ids
/// too long for a number stay text.
pub(super) fn number(text: &str) -> Option<Number> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || first == b'-') {
        return None;
    }
    if let Ok(it) = text.parse::<i64>()
        && it.to_string() == text
    {
        return Some(Number::Integer(it));
    }
    let it = text.parse::<f64>().ok()?;
    (text.contains('.') && it.is_finite() && it.to_string() == text).then_some(Number::Float(it))
}
