//! Units: durations, sizes, retention.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Visitor};

/// A length of time: `300ms`, `5s`, `10m`, `1h`, `90d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    /// In milliseconds.
    pub milliseconds: u64,
}

impl Duration {
    /// So many milliseconds.
    pub const fn milliseconds(milliseconds: u64) -> Self {
        Self { milliseconds }
    }

    /// So many seconds.
    pub const fn seconds(seconds: u64) -> Self {
        Self { milliseconds: seconds.saturating_mul(1000) }
    }

    /// In whole seconds, rounded up.
    pub fn as_seconds(self) -> u64 {
        self.milliseconds.div_ceil(1000)
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(text.len());
        let (number, unit) = text.split_at(digits);
        if !is_number(number) {
            return None;
        }
        let unit = match unit.strip_prefix(' ').unwrap_or(unit) {
            "ms" => 1,
            "s" => 1000,
            "m" | "min" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return None,
        };
        let milliseconds = match number.parse::<u64>() {
            Ok(it) => it.checked_mul(unit)?,
            Err(_) => {
                let it = number.parse::<f64>().ok()? * unit as f64;
                (it.fract() == 0.0 && it < 1e15).then_some(it as u64)?
            }
        };
        Some(Self { milliseconds })
    }
}

impl fmt::Display for Duration {
    /// In the largest unit that gives a whole number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let it = self.milliseconds;
        for (size, unit) in [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s")] {
            if it >= size && it.is_multiple_of(size) {
                return write!(f, "{}{unit}", it / size);
            }
        }
        write!(f, "{it}ms")
    }
}

/// A size in bytes: `10MB` (powers of ten) or `10MiB` (powers of two).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Size {
    /// In bytes.
    pub bytes: u64,
}

impl Size {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(text.len());
        let (number, unit) = text.split_at(digits);
        if !is_number(number) {
            return None;
        }
        let unit: u64 = match unit.strip_prefix(' ').unwrap_or(unit) {
            "B" => 1,
            "kB" | "KB" => 1000,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            "KiB" => 1 << 10,
            "MiB" => 1 << 20,
            "GiB" => 1 << 30,
            _ => return None,
        };
        let bytes = number.parse::<f64>().ok()? * unit as f64;
        (bytes.fract() == 0.0 && bytes < 1e15).then_some(Self { bytes: bytes as u64 })
    }
}

/// Digits, and perhaps a point with digits behind it: what the schema's patterns say.
fn is_number(text: &str) -> bool {
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(text),
    }
}

/// How long logs are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retention {
    /// For so many days.
    Days(u64),
    /// For ever.
    Never,
}

macro_rules! from_text {
    ($type:ty, $name:literal, $json:tt, $pattern:literal, $description:literal, $parse:expr, $units:expr, $problem:expr) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Unit;
                impl Visitor<'_> for Unit {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($name)
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$type, E> {
                        let parse: fn(&str) -> Option<$type> = $parse;
                        parse(text).ok_or_else(|| {
                            let shown: String = text.chars().filter(|it| !it.is_control()).take(40).collect();
                            let problem: fn(&str) -> (&'static str, &'static str) = $problem;
                            let (what, help) = problem(text);
                            let units: fn(&str) -> &'static [&'static str] = $units;
                            let units = if is_number(&shown) { units(&shown) } else { &[] };
                            if units.is_empty() {
                                return E::custom(format!("`{shown}` is not {what}\n{help}"));
                            }
                            let with: Vec<String> = units.iter().map(|it| format!("`{shown}{it}`")).collect();
                            E::custom(format!("`{shown}` is not {what}\nwrite a unit: {}", with.join(" or ")))
                        })
                    }
                }
                deserializer.deserialize_str(Unit)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": $json, "pattern": $pattern, "description": $description })
            }
        }
    };
}

from_text!(
    Duration,
    "a duration",
    "string",
    "^[0-9]+(\\.[0-9]+)? ?(ms|s|m|min|h|d)$",
    "A length of time: `300ms`, `5s`, `10m`, `1h`, `90d`.",
    Duration::parse,
    // Other tools count timeouts in milliseconds.
    |number| if number.len() > 3 { &["ms", "s"] } else { &["s"] },
    |_| ("a duration", "write a number and a unit: `300ms`, `5s`, `10m`, `1h` or `90d`")
);
from_text!(
    Size,
    "a size",
    "string",
    "^[0-9]+(\\.[0-9]+)? ?(B|kB|KB|MB|GB|KiB|MiB|GiB)$",
    "A size: `10MB` (powers of ten) or `10MiB` (powers of two).",
    Size::parse,
    // Other tools count bytes or megabytes, and the sizes of caches in gigabytes.
    |number| if number.contains('.') { &["GB"] } else { &["B", "MB"] },
    |_| ("a size", "write a number and a unit: `10MB` or `10MiB`")
);
from_text!(
    Retention,
    "a retention",
    "string",
    "^([0-9]+ ?d|never)$",
    "How long logs are kept: a number of days such as `90d`, or `never` to keep them for ever.",
    |text| match text {
        "never" => Some(Retention::Never),
        _ => Some(Retention::Days(text.strip_suffix('d')?.trim_end().parse().ok()?)),
    },
    |_| &["d"],
    |_| ("a retention", "write a number of days such as `90d`, or `never`")
);

/// A share or a number: `1%` or `10`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Threshold {
    /// A share of all requests, from 0 to 1.
    Share(f64),
    /// A number of requests.
    Number(f64),
}

impl Threshold {
    fn parse(text: &str) -> Option<Self> {
        let (number, percent) = match text.strip_suffix('%') {
            Some(it) => (it.trim_end(), true),
            None => (text, false),
        };
        let it = Some(number)
            .filter(|it| is_number(it))?
            .parse::<f64>()
            .ok()
            .filter(|it| it.is_finite() && *it >= 0.0)?;
        Some(if percent { Self::Share(it / 100.0) } else { Self::Number(it) })
    }
}

from_text!(
    Threshold,
    "a threshold",
    ["string", "number"],
    "^[0-9]+(\\.[0-9]+)? ?%?$",
    "A share of all requests such as `1%`, or a number of requests such as `10`.",
    Threshold::parse,
    |_| &[],
    |text| match Duration::parse(text) {
        Some(_) => ("a threshold", "write a statistic and a time such as `p99: 800ms`"),
        None => ("a threshold", "write a share such as `1%`, or a number such as `10`"),
    }
);

#[cfg(test)]
mod tests {
    use super::{Duration, Size};

    #[test]
    fn durations_and_sizes_are_read_in_all_units() {
        let read = |it| Duration::parse(it).map(|it| it.milliseconds);
        assert_eq!(read("300ms"), Some(300));
        assert_eq!(read("1.5s"), Some(1500));
        assert_eq!(read("90d"), Some(7_776_000_000));
        assert_eq!(read("5"), None);
        assert_eq!(read(".5s"), None);
        assert_eq!(read("5.s"), None);
        assert_eq!(read("18446744073709551615d"), None);
        assert_eq!(Size::parse("10MiB").map(|it| it.bytes), Some(10 << 20));
    }

    #[test]
    fn durations_are_shown_in_the_largest_whole_unit() {
        assert_eq!(Duration::seconds(90).to_string(), "90s");
        assert_eq!(Duration::seconds(3600).to_string(), "1h");
        assert_eq!(Duration::milliseconds(1500).to_string(), "1500ms");
    }
}
