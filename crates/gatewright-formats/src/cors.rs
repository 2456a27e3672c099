//! CORS as REST APIs have it: mock methods for `OPTIONS` that answer with headers.

use gatewright_ir::{
    Backend, Cors, CorsSetting, Duration, Integration, IntegrationResponse, Located, Method, RouteKey, Span,
    Spanned, Text, Value, known,
};

/// The mock methods that answer preflight requests, seen as one policy.
#[derive(Debug, Default)]
pub(crate) struct Preflights {
    policy: Option<Cors>,
    /// Whether they do not all say the same.
    differ: bool,
}

impl Preflights {
    /// Takes a method if it answers preflight requests: a mock for `OPTIONS` whose answer names the allowed origin.
    pub(crate) fn take(&mut self, key: &Spanned<RouteKey>, integration: &Integration) -> bool {
        if key.value.method() != Some(Method::Options) || !matches!(integration.backend, Backend::Mock { .. })
        {
            return false;
        }
        let responses = integration.transformation.iter().flat_map(|it| &it.responses);
        let Some(answer) = responses.into_iter().find(|it| header(it, "origin").is_some()) else {
            return false;
        };
        let policy = policy(key.span, answer);
        match &self.policy {
            None => self.policy = Some(policy),
            Some(first) => {
                self.differ |= texts(&first.allow_origins) != texts(&policy.allow_origins)
                    || texts(&first.allow_headers) != texts(&policy.allow_headers);
                let mut policy = policy;
                if let Some(first) = &mut self.policy {
                    policy.allow_methods.retain(|it| {
                        !first.allow_methods.iter().any(|known| known.value.as_str() == it.value.as_str())
                    });
                    first.allow_methods.append(&mut policy.allow_methods);
                }
            }
        }
        true
    }

    /// What they say together; nothing if there are none.
    pub(crate) fn into_setting(self) -> Option<CorsSetting> {
        let policy = self.policy?;
        Some(if self.differ { CorsSetting::Unknown } else { CorsSetting::Policy(Box::new(policy)) })
    }
}

fn texts(items: &[Located<Text>]) -> Vec<Option<&str>> {
    items.iter().map(|it| it.value.as_str()).collect()
}

/// The value of `Access-Control-Allow-…` or of its like.
fn header<'r>(answer: &'r IntegrationResponse, name: &str) -> Option<&'r Located<Text>> {
    let (long, short) = (format!("access-control-allow-{name}"), format!("access-control-{name}"));
    let is_it = |it: &str| it.eq_ignore_ascii_case(&long) || it.eq_ignore_ascii_case(&short);
    answer.headers.iter().find(|it| is_it(&it.0.value)).map(|it| &it.1)
}

fn policy(span: Span, answer: &IntegrationResponse) -> Cors {
    let max_age = header(answer, "max-age").map(|it| {
        let seconds = it.value.as_str().and_then(|it| it.trim_matches('\'').trim().parse().ok());
        match seconds {
            Some(seconds) => known(Duration::seconds(seconds), it.span),
            None => Spanned::new(Value::unknown(it.span), it.span),
        }
    });
    let credentials = header(answer, "credentials").map(|it| match it.value.as_str() {
        Some(text) => known(text.trim_matches('\'') == "true", it.span),
        None => Spanned::new(Value::unknown(it.span), it.span),
    });
    Cors {
        span,
        allow_origins: header(answer, "origin").map(listed).unwrap_or_default(),
        allow_methods: header(answer, "methods").map(listed).unwrap_or_default(),
        allow_headers: header(answer, "headers").map(listed).unwrap_or_default(),
        expose_headers: header(answer, "expose-headers").map(listed).unwrap_or_default(),
        max_age,
        allow_credentials: credentials,
    }
}

/// The items of a header's value, which stands in single quotes.
pub(crate) fn listed(it: &Located<Text>) -> Vec<Located<Text>> {
    match it.value.as_str() {
        Some(text) => text
            .trim_matches('\'')
            .split(',')
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .map(|item| known(item.into(), it.span))
            .collect(),
        None => vec![it.clone()],
    }
}
