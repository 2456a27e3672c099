//! Lowers `authorizers:`.

use gatewright_source::{Diagnostic, Spanned, Text};
use gatewright_spec as spec;

use super::{Lowering, lookup, texts};
use crate::value::known;
use crate::{Authorization, Authorizer, AuthorizerKind, AuthorizerResponse, Name};

/// Where tokens stand if nothing else is said.
const AUTHORIZATION: &str = "$request.header.Authorization";

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
        let kind = match (it.jwt.span(), it.lambda.span()) {
            (Some(jwt), Some(lambda)) => {
                let problem = Diagnostic::error(
                    "conflicting-keys",
                    lambda,
                    "an authorizer is either `jwt` or `lambda`",
                );
                self.report(problem.label(jwt, "the other one").help("remove one of them"));
                AuthorizerKind::Unknown
            }
            (None, None) => {
                let help = "say how it decides: `jwt: { issuer: …, audience: … }` or `lambda: FUNCTION`";
                self.missing(name.span, "jwt", help);
                AuthorizerKind::Unknown
            }
            (Some(_), None) => self.jwt(name, it),
            (None, Some(_)) => match it.lambda.given() {
                Some(lambda) => AuthorizerKind::Lambda {
                    callee: self.callee(lambda),
                    response: it.response.value().copied().unwrap_or(AuthorizerResponse::Simple),
                    payload: it.payload.given().cloned().unwrap_or(Spanned::new("2.0".into(), name.span)),
                    cache: self.optional(&it.cache),
                    role: self.optional(&it.role),
                },
                None => AuthorizerKind::Unknown,
            },
        };
        let identity = if it.identity.is_absent() {
            vec![known(Text::from(AUTHORIZATION), name.span)]
        } else {
            self.one_or_many(&it.identity)
        };
        Authorizer { name: name.clone(), kind, identity }
    }

    fn jwt(&mut self, name: &Name, it: &'s spec::Authorizer) -> AuthorizerKind {
        let lambda_only = [
            ("cache", it.cache.span()),
            ("response", it.response.span()),
            ("payload", it.payload.span()),
            ("role", it.role.span()),
        ];
        for (key, span) in lambda_only {
            if let Some(span) = span {
                let problem =
                    Diagnostic::error("conflicting-keys", span, format!("`{key}` does not go with `jwt`"));
                self.report(problem.help("it belongs to `lambda`; remove it"));
            }
        }
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
