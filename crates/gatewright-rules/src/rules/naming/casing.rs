//! How words are joined in names: which way a name has, which way most have, and how one is written in another.

use gatewright_source::Span;
use rustc_hash::FxHashMap;

use crate::rules::words::shown;
use crate::{Casing, Findings};

/// A name, and where it stands.
pub(super) type Place<'n> = (&'n str, Span);

/// What a rule is about.
pub(super) struct Subject {
    /// What the names are, in the plural.
    pub(super) names: &'static str,
    /// What a team has agreed on.
    pub(super) agreed: Option<Casing>,
}

/// Reports the names that are not written as agreed; where nothing was agreed, those that are not written as most are.
pub(super) fn report<'n>(of: &Subject, places: impl IntoIterator<Item = Place<'n>>, out: &mut Findings) {
    // Each name once, where it stands first, and how often it stands somewhere.
    let mut names: Vec<(Place<'n>, usize)> = Vec::new();
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    for place in places.into_iter().filter(|it| is_plain(it.0)) {
        let at = *known.entry(place.0).or_insert(names.len());
        match names.get_mut(at) {
            Some(it) => it.1 += 1,
            None => names.push((place, 1)),
        }
    }
    // Most names, and most of what is written: one name may stand in many places.
    let most = || {
        let most_names = most(names.iter().map(|it| (it.0.0, 1)))?;
        (most(names.iter().map(|it| (it.0.0, it.1))) == Some(most_names)).then_some(most_names)
    };
    let Some(wanted) = of.agreed.or_else(most) else { return };
    // One of several words shows best what is meant.
    let is_example = |name: &str| fits(wanted, name) && words(name).nth(1).is_some();
    let example = names.iter().map(|it| it.0).find(|it| is_example(it.0));
    for ((name, span), count) in names {
        if fits(wanted, name) {
            continue;
        }
        let more = match count {
            1 => String::new(),
            2 => ", here and in another place".to_owned(),
            _ => format!(", here and in {} more places", count - 1),
        };
        let message = format!("`{}` is not {}{more}", shown(name), wanted.as_str());
        let mut finding = out.report(span, message);
        let because = match of.agreed {
            Some(_) => format!("that was agreed on for {}", of.names),
            None => format!("most {} are written like that", of.names),
        };
        if let (None, Some((_, place))) = (of.agreed, example) {
            finding = finding.label(place, format!("this one is {}", wanted.as_str()));
        }
        finding.help(format!("write `{}`: {because}", shown(&write(wanted, name))));
    }
}

/// Whether a name is made of words and of what joins them, and of nothing else.
fn is_plain(name: &str) -> bool {
    let is_part = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_');
    name.bytes().all(is_part)
        && name.starts_with(|it: char| it.is_ascii_alphabetic())
        && name.ends_with(|it: char| it.is_ascii_alphanumeric())
}

/// The casing that more names have than any other, each counted so often; a name of one word may have several.
fn most<'n>(names: impl Iterator<Item = (&'n str, usize)>) -> Option<Casing> {
    let mut counts = Casing::EACH.map(|it| (0_usize, it));
    for (name, times) in names {
        for (count, _) in counts.iter_mut().filter(|it| fits(it.1, name)) {
            *count += times;
        }
    }
    counts.sort_by_key(|it| std::cmp::Reverse(it.0));
    (counts[0].0 > counts[1].0).then_some(counts[0].1)
}

/// Whether a name is written so.
fn fits(casing: Casing, name: &str) -> bool {
    let has_no = |unwanted: &[char]| !name.contains(unwanted);
    let is_lower = || !name.bytes().any(|it| it.is_ascii_uppercase());
    let begins_lower = name.starts_with(|it: char| it.is_ascii_lowercase());
    match casing {
        Casing::Kebab => is_lower() && has_no(&['_']) && !name.contains("--"),
        Casing::Snake => is_lower() && has_no(&['-']) && !name.contains("__"),
        Casing::Camel => begins_lower && has_no(&['-', '_']),
        Casing::Pascal => !begins_lower && has_no(&['-', '_']),
    }
}

/// A name in another casing.
fn write(casing: Casing, name: &str) -> String {
    let mut out = String::new();
    for (at, word) in words(name).enumerate() {
        let word = word.to_ascii_lowercase();
        let separator = match casing {
            Casing::Kebab => "-",
            Casing::Snake => "_",
            Casing::Camel | Casing::Pascal => "",
        };
        if at > 0 {
            out.push_str(separator);
        }
        if casing == Casing::Pascal || casing == Casing::Camel && at > 0 {
            out.push_str(&word[..1].to_ascii_uppercase());
            out.push_str(&word[1..]);
        } else {
            out.push_str(&word);
        }
    }
    out
}

/// The words of a plain name: `order`, `item` and `URL` of `orderItemURL`.
pub(super) fn words(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    let mut starts = vec![0];
    let bytes = name.as_bytes();
    for at in 1..bytes.len() {
        let (before, this, after) = (bytes[at - 1], bytes[at], bytes.get(at + 1));
        let is_hump = this.is_ascii_uppercase()
            && (!before.is_ascii_uppercase() || after.is_some_and(u8::is_ascii_lowercase));
        if is_hump || matches!(this, b'-' | b'_') {
            starts.push(at);
        }
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([name.len()]).collect();
    let parts = starts.into_iter().zip(ends).filter_map(|(start, end)| name.get(start..end));
    let parts: Vec<&str> = parts.map(|it| it.trim_matches(['-', '_'])).filter(|it| !it.is_empty()).collect();
    parts.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{Casing, fits, most, words, write};

    #[test]
    fn names_are_taken_apart() {
        let parts = |name| words(name).collect::<Vec<_>>();
        assert_eq!(parts("order-items"), ["order", "items"]);
        assert_eq!(parts("orderItemURL"), ["order", "Item", "URL"]);
        assert_eq!(parts("HTTPServer_v2"), ["HTTP", "Server", "v2"]);
        assert_eq!(parts("s3Key"), ["s3", "Key"]);
    }

    #[test]
    fn what_is_written_in_a_casing_fits_it() {
        for casing in Casing::EACH {
            for name in ["order-items", "Order_Items", "orderItems", "ORDER", "x-y_z", "a--b", "s3Key"] {
                let written = write(casing, name);
                assert!(fits(casing, &written), "{written}");
            }
        }
    }

    #[test]
    fn most_decide_and_a_tie_does_not() {
        let decided = |names: &[&'static str]| most(names.iter().map(|it| (*it, 1)));
        assert_eq!(decided(&["orders", "order-items", "line-items", "unitPrices"]), Some(Casing::Kebab));
        assert_eq!(decided(&["order-items", "unitPrices"]), None);
        assert_eq!(decided(&["orders", "items"]), None);
    }
}
