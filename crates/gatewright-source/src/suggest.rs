//! Suggestions: the name that was probably meant.

/// For so many unknown names it is looked up which of the user's was meant. Each costs a comparison with all of them, and
/// a file with more unknown names has another problem.
pub const MOST_SUGGESTIONS: usize = 100;

/// The candidate that `word` was probably meant to be, if one is near enough.
///
/// Near means: equal but for case, or at most a third of the letters (and at least one) typed wrongly.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.eq_ignore_ascii_case(word) {
            return Some(candidate);
        }
        // The distance is at least the difference in length: this spares the costly comparison.
        let bound = best.map_or(limit, |(distance, _)| distance.saturating_sub(1));
        if candidate.chars().count().abs_diff(length) > bound {
            continue;
        }
        let distance = strsim::osa_distance(word, candidate);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Whether no other word of a fixed vocabulary can have been meant: equal but for case, or one letter of at least five is
/// wrong.
pub fn is_plainly_meant(word: &str, meant: &str) -> bool {
    word.eq_ignore_ascii_case(meant) || word.chars().count() >= 5 && strsim::osa_distance(word, meant) <= 1
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn finds_the_nearest_name() {
        let names = ["routes", "resources", "stages"];
        assert_eq!(did_you_mean("rotues", names), Some("routes"));
        assert_eq!(did_you_mean("Stages", names), Some("stages"));
        assert_eq!(did_you_mean("banana", names), None);
    }
}
