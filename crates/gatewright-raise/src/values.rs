//! Values: known ones in the spelling of the language, deferred ones as they were written, a placeholder for the rest.

use gatewright_ir::{
    Data, Duration, Located, LocatedList, Name, Retention, Size, Span, Text, Threshold, Throttle,
    Value as Known,
};
use serde_json::{Value, json};

use crate::section::Section;
use crate::{Note, Raising};

/// What stands where something is unknown: nothing bears this name, so that every check reports it.
pub const PLACEHOLDER: &str = "NotCarriedOver";

impl Raising<'_> {
    /// Remembers what could not be carried over.
    pub(crate) fn note(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.notes.push(Note { span, message: message.into(), help: help.into() });
    }

    /// What stands for a value that is not known.
    pub(crate) fn unknown(&mut self, span: Span) -> Value {
        self.note(
            span,
            "the value here is not understood",
            format!("replace `!Ref {PLACEHOLDER}` in the specification"),
        );
        json!({ "Ref": PLACEHOLDER })
    }

    /// The word that stands for a name that is not known.
    pub(crate) fn unknown_name(&mut self, span: Span, what: &str) -> Value {
        self.note(
            span,
            format!("{what} could not be read"),
            format!("replace `{PLACEHOLDER}` in the specification"),
        );
        PLACEHOLDER.into()
    }

    /// A value: known, deferred or unknown.
    pub(crate) fn value<T>(&mut self, it: &Located<T>, known: impl FnOnce(&T) -> Value) -> Value {
        match &it.value {
            Known::Known(it) => known(it),
            Known::Deferred(raw) if matches!(raw.data, Data::Null) => self.unknown(it.span),
            Known::Deferred(raw) => raw.to_json(),
        }
    }

    /// Text.
    pub(crate) fn text(&mut self, it: &Located<Text>) -> Value {
        self.value(it, |it| it.as_ref().into())
    }

    /// Text, if there is any.
    pub(crate) fn maybe_text(&mut self, it: &Option<Located<Text>>) -> Option<Value> {
        it.as_ref().map(|it| self.text(it))
    }

    /// Several texts.
    pub(crate) fn texts(&mut self, items: &[Located<Text>]) -> Vec<Value> {
        items.iter().map(|it| self.text(it)).collect()
    }

    /// A list that may be deferred as a whole.
    pub(crate) fn located_list(&mut self, it: &Option<LocatedList>) -> Option<Value> {
        let it = it.as_ref()?;
        Some(match &it.value {
            Known::Known(items) => self.texts(items).into(),
            Known::Deferred(_) => self.value(it, |_| Value::Null),
        })
    }

    /// Names and texts.
    pub(crate) fn pairs(&mut self, items: &[(Name, Located<Text>)]) -> Section {
        items.iter().map(|(name, it)| (name.value.to_string(), self.text(it))).collect()
    }

    /// A duration, if there is any.
    pub(crate) fn duration(&mut self, it: &Option<Located<Duration>>) -> Option<Value> {
        let text = |it: &Duration| if it.milliseconds == 0 { "0s".to_owned() } else { it.to_string() };
        it.as_ref().map(|it| self.value(it, |it| text(it).into()))
    }

    /// `true` or `false`, if there is any.
    pub(crate) fn flag(&mut self, it: &Option<Located<bool>>) -> Option<Value> {
        it.as_ref().map(|it| self.value(it, |it| (*it).into()))
    }

    /// A whole number, if there is any.
    pub(crate) fn integer(&mut self, it: &Option<Located<u64>>) -> Option<Value> {
        it.as_ref().map(|it| self.value(it, |it| (*it).into()))
    }

    /// A number, if there is any.
    pub(crate) fn number(&mut self, it: &Option<Located<f64>>) -> Option<Value> {
        it.as_ref().map(|it| self.value(it, |it| number(*it)))
    }

    /// How many requests are let through.
    pub(crate) fn throttle(&mut self, it: &Throttle) -> Section {
        let mut out = Section::new();
        out.maybe("rate", self.number(&it.rate));
        out.maybe("burst", self.integer(&it.burst));
        out
    }
}

/// A name, if there is any.
pub(crate) fn name(it: &Option<Name>) -> Option<&str> {
    it.as_ref().map(|it| &*it.value)
}

/// A number without a fraction as an integer: `50`, not `50.0`.
pub(crate) fn number(it: f64) -> Value {
    if it.fract() == 0.0 && it.abs() < 9e15 { Value::from(it as i64) } else { Value::from(it) }
}

/// A size in the largest unit in which it has few digits.
pub(crate) fn size(it: Size) -> Value {
    let bytes = it.bytes;
    let units = [
        ("GiB", 1_u64 << 30),
        ("GB", 1_000_000_000),
        ("MiB", 1 << 20),
        ("MB", 1_000_000),
        ("KiB", 1 << 10),
        ("kB", 1000),
    ];
    for (unit, size) in units {
        // Tenths are exact in what is read back: sizes of caches are `1.6GB`.
        if bytes >= size && bytes.is_multiple_of(size) {
            return format!("{}{unit}", bytes / size).into();
        }
        if unit.len() == 2 && bytes >= size / 2 && (bytes * 10).is_multiple_of(size) {
            return format!("{}.{}{unit}", bytes / size, bytes * 10 / size % 10).into();
        }
    }
    format!("{bytes}B").into()
}

/// How long logs are kept, unless it is as long as where nothing is said.
pub(crate) fn retention(it: &Located<Retention>) -> Option<Value> {
    match it.value.known()? {
        Retention::Days(30) => None,
        Retention::Days(days) => Some(format!("{days}d").into()),
        Retention::Never => Some("never".into()),
    }
}

/// `true` or `false`, if it was said and is known: the language has no word for what only CloudFormation knows.
pub(crate) fn flag(it: Option<&Located<bool>>) -> Option<bool> {
    it?.value.known().copied()
}

/// A share such as `1%`, or a number.
pub(crate) fn threshold(it: Threshold) -> Value {
    match it {
        Threshold::Number(it) => number(it),
        Threshold::Share(share) => {
            // The fewest digits that give the same share.
            let percent = (0..=17).map(|digits| format!("{:.digits$}", share * 100.0));
            let exact = percent.into_iter().find(|it| it.parse::<f64>().is_ok_and(|it| it / 100.0 == share));
            format!("{}%", exact.unwrap_or_else(|| (share * 100.0).to_string())).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use gatewright_ir::{Size, Threshold};

    use super::{size, threshold};

    #[test]
    fn units_are_those_that_a_person_chooses() {
        for (bytes, text) in [
            (10 << 20, "10MiB"),
            (10_000_000, "10MB"),
            (500_000_000, "0.5GB"),
            (1_600_000_000, "1.6GB"),
            (118_000_000_000, "118GB"),
            (1500, "1.5kB"),
            (1, "1B"),
        ] {
            assert_eq!(size(Size { bytes }), text);
        }
        assert_eq!(threshold(Threshold::Share(0.01)), "1%");
        assert_eq!(threshold(Threshold::Share(0.07)), "7%");
        assert_eq!(threshold(Threshold::Share(0.001)), "0.1%");
        assert_eq!(threshold(Threshold::Number(10.0)), 10);
    }
}
