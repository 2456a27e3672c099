//! Values that several resources of REST APIs have.

use gatewright_ir::{Located, Name, Spanned, Text, Throttle, Value};
use gatewright_spec::{Data, Raw};

use crate::draft::Draft;

/// A value that is known, with its place.
pub(super) fn stated<T>(it: Located<T>) -> Option<Spanned<T>> {
    match it.value {
        Value::Known(value) => Some(Spanned::new(value, it.span)),
        Value::Deferred(_) => None,
    }
}

/// Tags as CloudFormation writes them: a list of `Key` and `Value`.
pub(in crate::cloudformation) fn key_and_value(
    draft: &mut Draft,
    it: Option<&Raw>,
) -> Vec<(Name, Located<Text>)> {
    let Some(Data::List(items)) = it.map(|it| &it.data) else { return Vec::new() };
    let tag = |it: &Raw| Some((draft.name_of(it, "Key")?, draft.text_of(it, "Value")?));
    items.iter().filter_map(tag).collect()
}

/// A throttle with these keys.
pub(super) fn throttle(draft: &mut Draft, it: &Raw, rate: &str, burst: &str) -> Throttle {
    let (rate, burst) = (draft.number_of(it, rate), draft.integer_of(it, burst));
    if rate.is_none() && burst.is_none() {
        return Throttle::default();
    }
    Throttle { span: Some(it.span), rate, burst }
}
