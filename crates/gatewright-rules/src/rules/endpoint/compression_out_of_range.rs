use gatewright_source::{Edit, Fix, Safety, Severity, Span, Written};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "compression-out-of-range",
    page: include_str!("compression_out_of_range.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// From how many bytes on answers may be compressed, at most.
///
/// Source: API Gateway API Reference, `CreateRestApi`: `minimumCompressionSize`.
const MAX_COMPRESSION_SIZE: u64 = 10_485_760;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(size) = &cx.ir.api.minimum_compression_size else { return };
    if size.value.known().is_some_and(|it| it.bytes > MAX_COMPRESSION_SIZE) {
        out.report(size.span, "answers are compressed from at most 10MiB on")
            .help("set it to what is worth it, such as `1kB`; to compress nothing, leave it out")
            .fix_in(Formats::GATEWRIGHT, || Some(set(size.span, Written::Bare("10MiB".to_owned()))))
            .fix_in(Formats::FOREIGN, || Some(set(size.span, Written::number(MAX_COMPRESSION_SIZE))));
    }
}

fn set(at: Span, most: Written) -> Fix {
    Fix::needs_a_look("set the most that is allowed", [Edit::set(at, most)])
}
