//! Route keys, compared by the requests that they take: names of path variables make no difference.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use gatewright_ir::{RouteKey, Segment};
use rustc_hash::FxHasher;

/// A key without the names of its variables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape<'r>(pub(super) &'r RouteKey);

impl PartialEq for Shape<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self.0.method(), other.0.method()) {
            (None, None) => self.0.as_str() == other.0.as_str(),
            (one, two) => one == two && Path(self.0) == Path(other.0),
        }
    }
}

impl Eq for Shape<'_> {}

impl Hash for Shape<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.0.method() {
            None => self.0.as_str().hash(state),
            Some(method) => {
                method.hash(state);
                Path(self.0).hash(state);
            }
        }
    }
}

/// The path of a key, without the names of its variables. Only for keys that have one.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) struct Path<'r>(pub(in crate::rules) &'r RouteKey);

impl PartialEq for Path<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.segments().map(nameless).eq(other.0.segments().map(nameless))
    }
}

impl Eq for Path<'_> {}

impl Hash for Path<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.segments().for_each(|it| nameless(it).hash(state));
    }
}

/// A number that is equal for paths that differ only in the case of letters and in the names of variables; and
/// hardly ever for others.
pub(super) fn folded_hash(key: &RouteKey) -> u64 {
    let mut hasher = FxHasher::default();
    for segment in key.segments() {
        match segment {
            Segment::Literal(text) => {
                for chunk in text.as_bytes().chunks(8) {
                    let mut word = [0; 8];
                    word[..chunk.len()].copy_from_slice(chunk);
                    // Lower case for letters, and a little less to tell others apart by.
                    hasher.write_u64(u64::from_le_bytes(word) | 0x2020_2020_2020_2020);
                }
                hasher.write_u8(0);
            }
            it => nameless(it).hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// Whether two paths differ at most in the case of letters and in the names of variables.
pub(super) fn are_equal_but_for_case(one: &RouteKey, two: &RouteKey) -> bool {
    let mut others = two.segments();
    let equal = |it, other| match (it, other) {
        (Segment::Literal(one), Segment::Literal(two)) => str::eq_ignore_ascii_case(one, two),
        (one, two) => nameless(one) == nameless(two),
    };
    one.segments().all(|it| others.next().is_some_and(|other| equal(it, other))) && others.next().is_none()
}

/// A segment without the name of its variable.
pub(super) fn nameless(it: Segment<'_>) -> Segment<'_> {
    match it {
        Segment::Literal(it) => Segment::Literal(it),
        Segment::Variable(_) => Segment::Variable(""),
        Segment::Greedy(_) => Segment::Greedy(""),
    }
}

/// The segments of a key's path, and the bytes of the key in which they stand; the root has none.
pub(in crate::rules) fn places(key: &RouteKey) -> impl Iterator<Item = (Range<usize>, Segment<'_>)> {
    let path = key.path().unwrap_or("/");
    let mut start = key.method().map_or(0, |it| it.as_str().len()) + 2;
    path[1..].split('/').filter(move |_| path != "/").map(move |segment| {
        let at = start..start + segment.len();
        start = at.end + 1;
        (at, Segment::parse(segment))
    })
}
