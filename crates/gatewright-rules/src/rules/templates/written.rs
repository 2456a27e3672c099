//! The mapping templates of an integration.

use gatewright_ir::{Integration, MappingTemplate, Name, Text};

/// All mapping templates whose text is known, by their keys.
pub(super) fn templates(it: &Integration) -> impl Iterator<Item = (&Name, &MappingTemplate, &Text)> {
    let all = it.transformation.iter().flat_map(|it| {
        let responses = it.responses.iter().flat_map(|it| &it.templates);
        it.request.iter().chain(responses)
    });
    all.filter_map(|(key, it)| Some((key, it, it.text.as_ref()?)))
}
