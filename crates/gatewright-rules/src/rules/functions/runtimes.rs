//! The runtimes of Lambda: data.
//!
//! Source: Lambda Developer Guide, "Lambda runtimes"
//! (<https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>), by way of the dates that cfn-lint 1.58.0
//! keeps of it. AWS has put off the dates of some retirements more than once, so what was to be retired after April
//! 2026 counts as supported.

use gatewright_ir::{CodeSource, Function, Origin};
use gatewright_source::Span;

/// Runtimes that AWS supports, the newest of each family first.
pub(super) const SUPPORTED: [&str; 20] = [
    "nodejs24.x",
    "nodejs22.x",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.10",
    "ruby4.0",
    "ruby3.4",
    "ruby3.3",
    "java25",
    "java21",
    "java17",
    "java11",
    "java8.al2",
    "dotnet10",
    "dotnet9",
    "dotnet8",
    "provided.al2023",
    "provided.al2",
];

/// Runtimes that AWS has retired, and whether Lambda creates functions with them all the same.
pub(super) const RETIRED: [(&str, bool); 27] = [
    ("nodejs20.x", true),
    ("nodejs18.x", true),
    ("nodejs16.x", true),
    ("nodejs14.x", false),
    ("nodejs12.x", false),
    ("nodejs10.x", false),
    ("nodejs8.10", false),
    ("nodejs6.10", false),
    ("nodejs4.3-edge", false),
    ("nodejs4.3", false),
    ("nodejs", false),
    ("python3.9", true),
    ("python3.8", true),
    ("python3.7", false),
    ("python3.6", false),
    ("python2.7", false),
    ("ruby3.2", true),
    ("ruby2.7", false),
    ("ruby2.5", false),
    ("java8", false),
    ("dotnet6", true),
    ("dotnetcore3.1", false),
    ("dotnetcore2.1", false),
    ("dotnetcore2.0", false),
    ("dotnetcore1.0", false),
    ("go1.x", false),
    ("provided", false),
];

/// The runtime of this age to move to: the newest of the family.
pub(super) fn successor(retired: &str) -> &'static str {
    const FAMILIES: [(&str, &str); 6] = [
        ("nodejs", "nodejs24.x"),
        ("python", "python3.14"),
        ("ruby", "ruby3.4"),
        ("java", "java25"),
        ("dotnet", "dotnet10"),
        ("", "provided.al2023"),
    ];
    FAMILIES.iter().find(|it| retired.starts_with(it.0)).map_or("provided.al2023", |it| it.1)
}

/// Whether a runtime may well be one that is younger than these tables.
pub(super) fn is_younger(name: &str) -> bool {
    let above = |text: &str, than: u32| {
        text.bytes().all(|it| it.is_ascii_digit()) && text.parse().is_ok_and(|it: u32| it > than && it < 100)
    };
    if let Some(version) = name.strip_prefix("nodejs").and_then(|it| it.strip_suffix(".x")) {
        // Only even versions are supported for long.
        return above(version, 24) && version.ends_with(|it: char| "02468".contains(it));
    }
    if let Some(minor) = name.strip_prefix("python3.") {
        return above(minor, 14);
    }
    if let Some((major, minor)) = name.strip_prefix("ruby").and_then(|it| it.split_once('.')) {
        return above(major, 4) && minor.len() == 1 || major == "4" && above(minor, 0);
    }
    if let Some(year) = name.strip_prefix("provided.al") {
        return year.len() == 4 && year.parse().is_ok_and(|it: u32| it > 2023);
    }
    name.strip_prefix("java").is_some_and(|it| above(it, 25))
        || name.strip_prefix("dotnet").is_some_and(|it| above(it, 10))
}

/// The known runtime of a function that is created from code.
pub(super) fn of(function: &Function) -> Option<(&str, Span)> {
    let Origin::Created(created) = &function.origin else { return None };
    // An image brings its own runtime.
    if matches!(created.code, CodeSource::Image(_)) {
        return None;
    }
    let runtime = created.runtime.as_ref()?;
    let name = runtime.value.as_str()?;
    (!name.contains("{{resolve:")).then_some((name, runtime.span))
}
