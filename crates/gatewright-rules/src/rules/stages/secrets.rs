//! What secrets look like, and what their names end with: data.

/// The last words of names, in lower case, whose value is a secret.
const LAST_WORDS: [&str; 9] =
    ["password", "passwd", "pwd", "passphrase", "secret", "token", "credential", "credentials", "apikey"];

/// The last two words of names, in lower case, whose value is a secret.
const LAST_PAIRS: [[&str; 2]; 6] = [
    ["api", "key"],
    ["access", "key"],
    ["secret", "key"],
    ["private", "key"],
    ["signing", "key"],
    ["encryption", "key"],
];

/// Words behind the one that counts.
const TRAILING_WORDS: [&str; 6] = ["value", "prod", "production", "staging", "test", "dev"];

/// How well-known secrets begin, and how many characters they have at least.
///
/// Sources: IAM User Guide, "IAM identifiers" (unique id prefixes); GitHub Docs, "About authentication to GitHub";
/// Slack API documentation, "Tokens"; Stripe documentation, "API keys"; RFC 7468 (PEM); RFC 7519 (JWT: `{"` in
/// base64).
const SHAPES: [(&str, usize); 16] = [
    ("AKIA", 20),
    ("ASIA", 20),
    ("-----BEGIN", 10),
    ("ghp_", 30),
    ("gho_", 30),
    ("ghs_", 30),
    ("ghu_", 30),
    ("github_pat_", 30),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxa-", 20),
    ("xoxr-", 20),
    ("xoxs-", 20),
    ("sk_live_", 20),
    ("rk_live_", 20),
    ("eyJ", 30),
];

/// Whether a value is a secret, whatever its name.
pub(in crate::rules) fn looks_like_a_secret(value: &str) -> bool {
    SHAPES.iter().any(|(start, least)| {
        value.starts_with(start)
            && value.len() >= *least
            && match *start {
                "AKIA" | "ASIA" => {
                    value.len() == *least
                        && value.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
                }
                "eyJ" => value.matches('.').count() == 2,
                _ => true,
            }
    })
}

/// Whether a name says that its value is a secret.
pub(in crate::rules) fn is_named_like_a_secret(name: &str) -> bool {
    let words = words(name);
    let end = words.iter().rposition(|it| !TRAILING_WORDS.contains(&&**it)).map_or(0, |at| at + 1);
    match &words[..end] {
        [.., one, two] if LAST_PAIRS.iter().any(|it| *it == [one, two]) => true,
        // Words run together, such as `dbpassword`; not `pwd`, with which other words may end.
        [.., last] => {
            LAST_WORDS.contains(&&**last)
                || ["password", "passwd", "passphrase", "secret", "apikey"]
                    .iter()
                    .any(|it| last.ends_with(it))
        }
        [] => false,
    }
}

/// Whether a value is no secret but says where one is, or is none at all.
pub(in crate::rules) fn is_reference(value: &str) -> bool {
    let is_small = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b"/-_.".contains(&it);
    value.is_empty()
        || value.starts_with("arn:")
        || value.starts_with('/')
        || value.contains("://")
        || (value.contains('/') && value.bytes().all(is_small))
        || ["true", "false", "none", "null", "off", "on"].iter().any(|it| it.eq_ignore_ascii_case(value))
        || (value.len() < 4 && value.bytes().all(|it| it.is_ascii_digit()))
}

/// The words of a name in lower case: `dbPassword1` and `DB_PASSWORD` are `db` and `password`.
fn words(name: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut was_lower = false;
    for it in name.chars() {
        if !it.is_ascii_alphabetic() || (it.is_ascii_uppercase() && was_lower) {
            out.push(String::new());
        }
        if it.is_ascii_alphabetic()
            && let Some(word) = out.last_mut()
        {
            word.push(it.to_ascii_lowercase());
        }
        was_lower = it.is_ascii_lowercase();
    }
    out.retain(|it| !it.is_empty());
    out
}
