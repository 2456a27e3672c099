//! What integrations of REST and WebSocket APIs call at an AWS service.

use gatewright_ir::SERVICES;

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Action<'a> {
    /// The service, perhaps with a host before it: `sqs`, `my-host.s3`.
    pub(super) service: &'a str,
    /// The path, or nothing for an action by its name.
    pub(super) path: Option<&'a str>,
}

/// Why something is no action: what is wrong, and what to do.
pub(super) type Problem = (&'static str, String);

/// Reads `dynamodb:PutItem`, `s3:path/bucket/{key}`, or the ARN of one of them.
///
/// Source: API Gateway API Reference, `PutIntegration`: `uri`.
pub(super) fn action(text: &str) -> Result<Action<'_>, Problem> {
    const EXAMPLE: &str = "write service and action, such as `dynamodb:PutItem`, or service and path, such as \
                           `s3:path/bucket/{key}`";
    if text.starts_with("arn:") {
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let [_, _, "apigateway", _, service, rest] = parts[..] else {
            return Err(("is not what API Gateway calls", EXAMPLE.to_owned()));
        };
        return match rest.split_once('/') {
            Some(("action", name)) if !name.is_empty() => Ok(Action { service, path: None }),
            Some(("path", path)) => Ok(Action { service, path: Some(path) }),
            _ => Err((
                "has neither a path nor an action",
                "end it with `action/NAME` or `path/PATH`".to_owned(),
            )),
        };
    }
    if let Some(it) = SERVICES.iter().find(|it| it.subtype.eq_ignore_ascii_case(text)) {
        return Err(("is a subtype of HTTP APIs", format!("write `{}`", it.action)));
    }
    let Some((service, rest)) = text.split_once(':').filter(|it| !it.0.is_empty() && !it.1.is_empty()) else {
        return Err(("names no action of a service", EXAMPLE.to_owned()));
    };
    let is_known = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "-._".contains(it);
    if !service.chars().all(is_known) {
        let lower = service.to_ascii_lowercase();
        return Err((
            "does not begin with a service",
            format!("write the service in lower case: `{lower}:{rest}`"),
        ));
    }
    match rest.split_once('/') {
        Some(("path", path)) => Ok(Action { service, path: Some(path) }),
        Some(("action", name)) if !name.is_empty() => Ok(Action { service, path: None }),
        Some(_) => Err((
            "has a path that is not named so",
            format!("write `{service}:path/{}`", rest.trim_start_matches('/')),
        )),
        None => Ok(Action { service, path: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, action};

    #[test]
    fn every_form_is_read() {
        for (text, service, path) in [
            ("dynamodb:PutItem", "dynamodb", None),
            ("s3:path/bucket/{key}", "s3", Some("bucket/{key}")),
            ("arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue", "sqs", Some("123456789012/queue")),
            ("arn:aws:apigateway:us-east-1:host.s3:action/ListBuckets", "host.s3", None),
        ] {
            assert_eq!(action(text), Ok(Action { service, path }), "{text}");
        }
        for it in
            ["", "dynamodb", "SQS-SendMessage", "arn:aws:sqs:us-east-1:123456789012:queue", "s3:/bucket/key"]
        {
            assert!(action(it).is_err(), "{it}");
        }
    }
}
