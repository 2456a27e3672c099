//! Words for messages.

/// "`a`, `b` and `c`".
pub(in crate::rules) fn list(names: &[&str]) -> String {
    let mut out = String::new();
    for (at, name) in names.iter().enumerate() {
        out.push_str(match at {
            0 => "`",
            _ if at + 1 == names.len() => "` and `",
            _ => "`, `",
        });
        out.push_str(name);
    }
    if !names.is_empty() {
        out.push('`');
    }
    out
}
