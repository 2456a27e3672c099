//! Route selection expressions: what of a message says its route.
//!
//! Source: API Gateway Developer Guide, "Create routes for WebSocket APIs" and "WebSocket selection expressions":
//! variables are `$request.body.NAME` or `${request.body.NAME}`, `\$` is a dollar sign, and all else is static.

/// A part of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Text that is always the same.
    Text(String),
    /// A variable, without `$` and braces; without braces, it may end anywhere.
    Variable(&'t str),
}

/// Why something is no expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is empty.
    Empty,
    /// A brace is not closed.
    Unclosed,
    /// A `$` begins no variable.
    Dollar,
}

/// Reads an expression.
pub(super) fn parse(text: &str) -> Result<Vec<Piece<'_>>, Fault> {
    if text.trim().is_empty() {
        return Err(Fault::Empty);
    }
    let mut out: Vec<Piece<'_>> = Vec::new();
    let mut fixed = String::new();
    let mut rest = text;
    while let Some(it) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("\\$") {
            fixed.push('$');
            rest = after;
            continue;
        }
        if it != '$' {
            fixed.push(it);
            rest = &rest[it.len_utf8()..];
            continue;
        }
        if !fixed.is_empty() {
            out.push(Piece::Text(std::mem::take(&mut fixed)));
        }
        match rest.strip_prefix("${") {
            Some(after) => {
                let (name, after) = after.split_once('}').ok_or(Fault::Unclosed)?;
                out.push(Piece::Variable(name));
                rest = after;
            }
            None if rest[1..].starts_with(|it: char| it.is_ascii_alphabetic()) => {
                out.push(Piece::Variable(&rest[1..]));
                rest = "";
            }
            None => return Err(Fault::Dollar),
        }
    }
    if !fixed.is_empty() {
        out.push(Piece::Text(fixed));
    }
    Ok(out)
}

/// Whether an expression can yield a key: a variable may become any text, also none.
pub(super) fn can_yield(pieces: &[Piece<'_>], key: &str) -> bool {
    let mut rest = key;
    let mut is_free = false;
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Text(text) = piece else {
            is_free = true;
            continue;
        };
        let is_last = at + 1 == pieces.len();
        rest = match (is_free, is_last) {
            (false, _) => match rest.strip_prefix(&**text) {
                Some(it) => it,
                None => return false,
            },
            (true, true) => return rest.ends_with(&**text),
            (true, false) => match rest.split_once(&**text) {
                Some((_, it)) => it,
                None => return false,
            },
        };
        is_free = false;
    }
    is_free || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{Fault, Piece, can_yield, parse};

    #[test]
    fn expressions_are_read_as_documented() {
        assert_eq!(parse("$request.body.action"), Ok(vec![Piece::Variable("request.body.action")]));
        assert_eq!(parse("\\$default"), Ok(vec![Piece::Text("$default".to_owned())]));
        let two = parse("${request.body.service}/${request.body.action}").unwrap();
        assert_eq!(two.len(), 3);
        assert_eq!(parse(" "), Err(Fault::Empty));
        assert_eq!(parse("${request.body.action"), Err(Fault::Unclosed));
        assert_eq!(parse("$"), Err(Fault::Dollar));
    }

    #[test]
    fn keys_are_yielded_by_what_fits() {
        for (expression, key, fits) in [
            ("$request.body.action", "anything", true),
            ("${request.body.service}/${request.body.action}", "chat/join", true),
            ("${request.body.service}/${request.body.action}", "/join", true),
            ("${request.body.service}/${request.body.action}", "join", false),
            ("${request.body.action}-v1", "join-v1", true),
            ("${request.body.action}-v1", "join-v1-v1", true),
            ("${request.body.action}-v1", "join-v2", false),
            ("v1-${request.body.action}", "join", false),
            ("action", "action", true),
            ("action", "join", false),
        ] {
            assert_eq!(can_yield(&parse(expression).unwrap(), key), fits, "{expression} {key}");
        }
    }
}
