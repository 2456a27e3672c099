//! CORS of REST APIs: for each path one method that answers preflight requests, made of what the events on it say.
//!
//! Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events/api-gateway/lib`: `validate.js`, `cors.js`.

use gatewright_ir::{
    Backend, CorsSetting, Credentials, Integration, IntegrationResponse, Name, Route, RouteTarget, Span,
    Spanned, Text, Transformation, Value, known,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::rest::Http;
use super::service::{at, is_false, is_true};
use crate::draft::Draft;

/// The headers that may be sent where nothing is said.
pub(super) const HEADERS: [&str; 7] = [
    "Content-Type",
    "X-Amz-Date",
    "Authorization",
    "X-Api-Key",
    "X-Amz-Security-Token",
    "X-Amz-User-Agent",
    "X-Amzn-Trace-Id",
];

/// What stands in the place of `ANY`.
const ANY: [&str; 6] = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];

/// What is said about one path. Parts that are known elsewhere are `None`.
struct Preflight {
    path: String,
    span: Span,
    origins: Option<Vec<Text>>,
    headers: Option<Vec<Text>>,
    methods: Option<Vec<Text>>,
    credentials: bool,
    max_age: Option<Raw>,
}

/// What is said about all paths.
#[derive(Default)]
pub(super) struct Preflights {
    list: Vec<Preflight>,
    by_path: FxHashMap<String, usize>,
    /// Whether something was said that is known elsewhere.
    unknown: bool,
}

impl Preflights {
    /// Adds what an event says.
    pub(super) fn add(&mut self, draft: &mut Draft, it: &Http<'_>) {
        let Some(cors) = it.get(&["cors"]).filter(|it| !is_false(it)) else { return };
        if cors.function().is_some() || !(is_true(cors) || matches!(cors.data, Data::Map(_))) {
            self.unknown = true;
            return;
        }
        let mut methods = texts(draft, cors, "methods").unwrap_or(Some(Vec::new()));
        if let Some(methods) = &mut methods {
            for method in ["OPTIONS", &it.method] {
                union(methods, &[method.into()]);
            }
        }
        let default = HEADERS.map(Text::from).to_vec();
        let origins = match texts(draft, cors, "origins") {
            Some(origins) => origins,
            None => match at(cors, &["origin"]) {
                Some(origin) => origin.as_str().map(|it| it.split(',').map(|it| it.trim().into()).collect()),
                None => Some(vec!["*".into()]),
            },
        };
        let headers = texts(draft, cors, "headers").unwrap_or(Some(default));
        let credentials = at(cors, &["allowCredentials"]);
        self.unknown |= credentials.is_some_and(|it| it.function().is_some());
        let new = Preflight {
            path: it.path.clone(),
            span: cors.span,
            origins,
            headers,
            methods,
            credentials: credentials.is_some_and(is_true),
            max_age: at(cors, &["maxAge"]).cloned(),
        };
        match self.by_path.get(&it.path).and_then(|at| self.list.get_mut(*at)) {
            Some(known) => known.join(new),
            None => {
                self.by_path.insert(it.path.clone(), self.list.len());
                self.list.push(new);
            }
        }
    }

    /// Makes what is said about CORS of it.
    pub(super) fn finish(self, draft: &mut Draft) {
        for it in self.list {
            it.into_route(draft);
        }
        if self.unknown {
            draft.ir.api.cors = CorsSetting::Unknown;
        }
    }
}

impl Preflight {
    /// Puts together what two events of a path say: lists are united, the last origin wins.
    fn join(&mut self, new: Self) {
        self.origins = new.origins;
        for (old, new) in [(&mut self.headers, new.headers), (&mut self.methods, new.methods)] {
            match (old, new) {
                (Some(old), Some(new)) => union(old, &new),
                (old, None) => *old = None,
                (None, _) => {}
            }
        }
        self.credentials |= new.credentials;
        self.max_age = new.max_age.or(self.max_age.take());
    }

    /// The mock method, which the draft folds into its policy.
    fn into_route(self, draft: &mut Draft) {
        let span = self.span;
        let key = Name::new(format!("OPTIONS /{}", self.path).into(), span);
        let header = |name: &str, value: Option<String>| {
            let value = match value {
                Some(text) => known(Text::from(format!("'{text}'")), span),
                None => Spanned::new(Value::unknown(span), span),
            };
            (Name::new(format!("Access-Control-Allow-{name}").into(), span), value)
        };
        let joined = |it: Option<Vec<Text>>| it.map(|it| it.join(","));
        // A template of the framework's answers with the origin itself if it fits such a pattern.
        let is_pattern = |it: &Text| it.contains('*') && &**it != "*";
        let origins = self.origins.filter(|it| !it.iter().any(is_pattern));
        let methods = self.methods.map(|methods| {
            let all = methods.iter().flat_map(|it| match &**it {
                "ANY" => ANY.to_vec(),
                one => vec![one],
            });
            all.map(Text::from).collect()
        });
        let mut headers = vec![
            header("Origin", joined(origins)),
            header("Headers", joined(self.headers)),
            header("Methods", joined(methods)),
        ];
        if self.credentials {
            headers.push(header("Credentials", Some("true".to_owned())));
        }
        if let Some(it) = self.max_age {
            let value = draft.text(&it);
            headers.push((Name::new("Access-Control-Max-Age".into(), it.span), value));
        }
        let answer = IntegrationResponse {
            pattern: Name::new("default".into(), span),
            status: Spanned::new(200, span),
            templates: Vec::new(),
            headers,
            content_handling: None,
            model: None,
        };
        let transformation =
            Transformation { responses: vec![answer], responses_stated: true, ..Transformation::default() };
        let integration = Integration {
            name: key.clone(),
            declared: false,
            brought: true,
            backend: Backend::Mock { span },
            timeout: None,
            credentials: Credentials::None,
            request_parameters: Vec::new(),
            response_parameters: Vec::new(),
            description: None,
            transformation: Some(Box::new(transformation)),
        };
        let route = Route::new(draft.key(key.value, span), RouteTarget::Unknown);
        draft.route(route, Some(integration));
    }
}

/// A list of texts under a key: of one that is known elsewhere, in whole or in part, nothing is known.
fn texts(draft: &mut Draft, of: &Raw, key: &str) -> Option<Option<Vec<Text>>> {
    let it = at(of, &[key])?;
    if it.function().is_some() {
        return Some(None);
    }
    let items = draft.texts(it);
    Some(items.into_iter().map(|it| it.value.as_str().map(Text::from)).collect())
}

fn union(into: &mut Vec<Text>, from: &[Text]) {
    for it in from {
        if !into.contains(it) {
            into.push(it.clone());
        }
    }
}
