//! CORS as REST APIs have it: mock methods for `OPTIONS` that answer with headers.

use gatewright_ir::{
    Backend, Cors, CorsSetting, Duration, Integration, IntegrationResponse, Located, MappingTemplate, Method,
    RouteKey, Span, Spanned, Text, Value, known,
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
                self.differ |= texts(&first.allow_origins) != texts(&policy.allow_origins);
                if let Some(first) = &mut self.policy {
                    // What one path allows, the policy has to allow.
                    join(&mut first.allow_methods, policy.allow_methods);
                    join(&mut first.allow_headers, policy.allow_headers);
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

fn join(all: &mut Vec<Located<Text>>, more: Vec<Located<Text>>) {
    for it in more {
        let same = |known: &Located<Text>| match (known.value.as_str(), it.value.as_str()) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            _ => false,
        };
        if !all.iter().any(same) {
            all.push(it);
        }
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
    let mut allow_origins = header(answer, "origin").map(listed).unwrap_or_default();
    for (_, template) in &answer.templates {
        chosen(template, &mut allow_origins);
    }
    Cors {
        span,
        allow_origins,
        allow_methods: header(answer, "methods").map(listed).unwrap_or_default(),
        allow_headers: header(answer, "headers").map(listed).unwrap_or_default(),
        expose_headers: header(answer, "expose-headers").map(listed).unwrap_or_default(),
        max_age,
        allow_credentials: credentials,
    }
}

/// Adds the origins among which a mapping template chooses. What another than one of ours does is not known.
fn chosen(template: &MappingTemplate, origins: &mut Vec<Located<Text>>) {
    const OURS: &str = "#set($origin = $input.params().header.get(\"Origin\"))";
    const COMPARED: &str = "$origin == \"";
    let unknown = Spanned::new(Value::unknown(template.span), template.span);
    let Some(text) = &template.text else { return origins.push(unknown) };
    if !text.to_ascii_lowercase().contains("responseoverride.header.access-control-allow-origin") {
        return;
    }
    let choices = text.split(COMPARED).skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0);
    let choices: Vec<&str> = choices.filter(|it| !it.is_empty()).collect();
    if text.starts_with(OURS) && !choices.is_empty() && choices.iter().all(|it| !it.contains('$')) {
        origins.extend(choices.into_iter().map(|it| known(it.into(), template.span)));
    } else {
        origins.push(unknown);
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
