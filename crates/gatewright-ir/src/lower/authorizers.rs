//! Lowers `authorizers:`.

use gatewright_source::{Diagnostic, Spanned, Text};
use gatewright_spec::{self as spec, Field, LambdaAuthorizerType};

use super::{Lowering, lookup, texts};
use crate::value::known;
use crate::{ApiKind, Authorization, Authorizer, AuthorizerKind, AuthorizerResponse, Name};

/// Where tokens stand if nothing else is said.
const AUTHORIZATION: &str = "$request.header.Authorization";

/// The security scheme of API keys, beside which those of authorizers stand.
///
/// Source: API Gateway Developer Guide, "API Gateway extensions to OpenAPI": `x-amazon-apigateway-api-key-source`.
const API_KEY: &str = "api_key";

impl<'s> Lowering<'s> {
    pub(super) fn authorizers(&mut self) {
        for (name, it) in self.section(|it| &it.authorizers) {
            if matches!(&*name.value, "none" | "iam") {
                let message = format!("`{}` is built in and may not be defined", name.value);
                self.report(
                    Diagnostic::error("colliding-names", name.span, message).help("choose another name"),
                );
                continue;
            }
            if self.ir.api.kind == ApiKind::Rest && &*name.value == API_KEY {
                let message = format!("`{API_KEY}` is what OpenAPI documents call the API key of a request");
                self.report(
                    Diagnostic::error("colliding-names", name.span, message).help("choose another name"),
                );
            }
            let authorizer = match it {
                Some(it) => self.authorizer(name, &it.value),
                None => {
                    Authorizer { name: name.clone(), kind: AuthorizerKind::Unknown, identity: Vec::new() }
                }
            };
            let id = self.ir.authorizers.push(authorizer);
            self.authorizers.insert(name.value.clone(), (id, name.span));
        }
    }

    fn authorizer(&mut self, name: &Name, it: &'s spec::Authorizer) -> Authorizer {
        let kinds = [("jwt", it.jwt.span()), ("cognito", it.cognito.span()), ("lambda", it.lambda.span())];
        let mut given = kinds.iter().filter_map(|(key, span)| Some((*key, (*span)?)));
        let kind = match (given.next(), given.next()) {
            (Some((first, place)), Some((second, span))) => {
                let message = format!("an authorizer is either `{first}` or `{second}`");
                let problem = Diagnostic::error("conflicting-keys", span, message);
                self.report(problem.label(place, "the other one").help("remove one of them"));
                AuthorizerKind::Unknown
            }
            (None, _) => {
                let (key, help) = match self.ir.api.kind {
                    ApiKind::Http => {
                        ("jwt", "say how it decides: `jwt: { issuer: …, audience: … }` or `lambda: FUNCTION`")
                    }
                    ApiKind::Rest => ("cognito", "say how it decides: `cognito: ARN` or `lambda: FUNCTION`"),
                    ApiKind::WebSocket => ("lambda", "say which function decides: `lambda: FUNCTION`"),
                };
                self.missing(name.span, key, help);
                AuthorizerKind::Unknown
            }
            (Some(("jwt", _)), None) => self.jwt(name, it),
            (Some(("cognito", _)), None) => self.cognito(it),
            (Some(_), None) => self.lambda(name, it),
        };
        let identity = match (&it.identity, self.ir.api.kind) {
            // The function may look at whatever it likes.
            (Field::Absent, ApiKind::WebSocket) => Vec::new(),
            (Field::Absent, _) => vec![known(Text::from(AUTHORIZATION), name.span)],
            (given, _) => self.one_or_many(given),
        };
        let identity = identity.into_iter().map(|it| self.identity(it)).collect();
        Authorizer { name: name.clone(), kind, identity }
    }

    fn lambda(&mut self, name: &Name, it: &'s spec::Authorizer) -> AuthorizerKind {
        let Some(lambda) = it.lambda.given() else { return AuthorizerKind::Unknown };
        let http = self.ir.api.kind == ApiKind::Http;
        let (response, payload) =
            if http { (AuthorizerResponse::Simple, "2.0") } else { (AuthorizerResponse::Iam, "1.0") };
        let token = it.r#type.value() == Some(&LambdaAuthorizerType::Token);
        if !token && let Some(span) = it.identity_pattern.span() {
            let message = "`identityPattern` has no effect here: it is for a `token`";
            let problem = Diagnostic::error("conflicting-keys", span, message);
            self.report(problem.help("write `type: token`, or check the form in the function"));
        }
        AuthorizerKind::Lambda {
            callee: self.callee(lambda),
            token,
            identity_pattern: it.identity_pattern.given().filter(|_| token).cloned(),
            response: it.response.value().copied().unwrap_or(response),
            payload: it.payload.given().cloned().unwrap_or(Spanned::new(payload.into(), name.span)),
            cache: self.optional(&it.cache),
            role: self.optional(&it.role),
        }
    }

    fn cognito(&mut self, it: &'s spec::Authorizer) -> AuthorizerKind {
        let lambda_only = [
            ("type", it.r#type.span()),
            ("identityPattern", it.identity_pattern.span()),
            ("role", it.role.span()),
        ];
        self.misplaced("cognito", &lambda_only);
        if it.cognito.is_broken() {
            return AuthorizerKind::Unknown;
        }
        AuthorizerKind::Cognito { pools: self.one_or_many(&it.cognito), cache: self.optional(&it.cache) }
    }

    /// Reports keys that only an authorizer with a function has.
    fn misplaced(&mut self, kind: &str, keys: &[(&str, Option<gatewright_source::Span>)]) {
        for (key, span) in keys {
            if let Some(span) = span {
                let message = format!("`{key}` does not go with `{kind}`");
                let problem = Diagnostic::error("conflicting-keys", *span, message);
                self.report(problem.help("it belongs to `lambda`; remove it"));
            }
        }
    }

    fn jwt(&mut self, name: &Name, it: &'s spec::Authorizer) -> AuthorizerKind {
        let lambda_only = [
            ("cache", it.cache.span()),
            ("response", it.response.span()),
            ("payload", it.payload.span()),
            ("role", it.role.span()),
        ];
        self.misplaced("jwt", &lambda_only);
        let Some(jwt) = it.jwt.given() else { return AuthorizerKind::Unknown };
        if jwt.value.issuer.is_absent() {
            self.missing(name.span, "issuer", "give the issuer's URL, exactly as it stands in the tokens");
        }
        AuthorizerKind::Jwt {
            issuer: self.optional(&jwt.value.issuer),
            audience: self.one_or_many(&jwt.value.audience),
        }
    }

    /// What a route's or default's `authorizer` names.
    pub(super) fn authorization(&mut self, name: &Name) -> Authorization {
        match &*name.value {
            "none" => Authorization::None,
            "iam" => Authorization::Iam,
            other => match lookup(&self.authorizers, other) {
                Some(id) => Authorization::Authorizer(id),
                // What API Gateway calls it.
                None if other.eq_ignore_ascii_case("aws_iam") => {
                    let message = format!("there is no authorizer `{other}`");
                    let problem = Diagnostic::error("unknown-authorizer", name.span, message);
                    self.report(problem.help("did you mean `iam`?"));
                    Authorization::Unknown
                }
                None => {
                    self.unknown("unknown-authorizer", "authorizer", other, name.span, |it| {
                        let mut names = texts(&it.authorizers);
                        names.extend(["none", "iam"]);
                        names
                    });
                    Authorization::Unknown
                }
            },
        }
    }
}
