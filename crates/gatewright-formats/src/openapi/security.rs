//! Security schemes and who may call an operation.
//!
//! Source: API Gateway Developer Guide, "x-amazon-apigateway-authorizer", "x-amazon-apigateway-authtype".

use gatewright_ir::{
    ApiKind, Authorization, AuthorizationSource, Authorizer, AuthorizerId, AuthorizerKind,
    AuthorizerResponse, Located, Name, Span, Text, Value, known,
};
use gatewright_spec::{Data, Raw};

use super::Body;
use crate::draft::is_there;
use crate::target::callee;

const AUTHORIZER: &str = "x-amazon-apigateway-authorizer";
const AUTH_TYPE: &str = "x-amazon-apigateway-authtype";

/// The extension of an operation that wants signed requests, or none.
const AUTH: &str = "x-amazon-apigateway-auth";

/// What a security scheme is for API Gateway.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scheme {
    /// An authorizer.
    Authorizer(AuthorizerId),
    /// Requests that are signed.
    Iam,
    /// An API key that a usage plan knows.
    ApiKey,
    /// Anything else, which API Gateway leaves to the backend.
    Other,
}

/// Who may call.
pub(super) struct Security {
    pub(super) authorization: Authorization,
    pub(super) source: AuthorizationSource,
    pub(super) scopes: Vec<Located<Text>>,
    pub(super) api_key: Option<Span>,
}

impl Body<'_, '_> {
    /// Reads the security schemes.
    pub(super) fn schemes(&mut self, root: &Raw) {
        let file = self.file.clone();
        let components = self.draft.inner(root, "components");
        let schemes = match &components {
            Some(it) => it.get("securitySchemes"),
            None => root.get("securityDefinitions"),
        };
        let Some(schemes) = schemes else { return };
        let (entries, _) = self.entries(&file, schemes);
        for entry in &entries {
            let Some((it, _)) = self.found(&entry.file, &entry.it) else {
                self.schemes.insert(entry.name.value.clone(), Scheme::Other);
                continue;
            };
            let scheme = self.scheme(&entry.name, &it);
            self.schemes.insert(entry.name.value.clone(), scheme);
        }
    }

    fn scheme(&mut self, name: &Name, it: &Raw) -> Scheme {
        if let Some(of) = self.draft.inner(it, AUTHORIZER) {
            let authorizer = self.authorizer(name, it, &of);
            let id = self.draft.ir.authorizers.push(authorizer);
            self.draft.authorizers.insert(name.value.clone(), id);
            return Scheme::Authorizer(id);
        }
        let is = |key: &str, text: &str| {
            it.get(key).and_then(Raw::as_str).is_some_and(|it| it.eq_ignore_ascii_case(text))
        };
        if is(AUTH_TYPE, "awsSigv4") {
            Scheme::Iam
        } else if is("type", "apiKey") && is("name", "x-api-key") && is("in", "header") {
            Scheme::ApiKey
        } else {
            Scheme::Other
        }
    }

    fn authorizer(&mut self, name: &Name, scheme: &Raw, it: &Raw) -> Authorizer {
        let of = self.draft.name_of(it, "type").map(|it| it.value.to_ascii_lowercase());
        let cache = self.draft.seconds_of(it, "authorizerResultTtlInSeconds");
        let kind = match of.as_deref() {
            Some("jwt") => self.jwt(name, scheme, it),
            Some("cognito_user_pools") => {
                AuthorizerKind::Cognito { pools: self.draft.texts_of(it, "providerARNs"), cache }
            }
            Some(of @ ("token" | "request")) => {
                let http = self.kind() == ApiKind::Http;
                let simple = self.draft.flag_of(it, "enableSimpleResponses");
                let simple = simple.is_some_and(|it| it.value.known() == Some(&true));
                let payload = self.draft.name_of(it, "authorizerPayloadFormatVersion");
                let default = Name::new(if http && simple { "2.0" } else { "1.0" }.into(), name.span);
                AuthorizerKind::Lambda {
                    callee: match it.get("authorizerUri") {
                        Some(uri) => callee(self.cx, self.draft, uri),
                        None => gatewright_ir::Callee::Unknown,
                    },
                    token: of == "token",
                    identity_pattern: self.draft.name_of(it, "identityValidationExpression"),
                    response: match http && simple {
                        true => AuthorizerResponse::Simple,
                        false => AuthorizerResponse::Iam,
                    },
                    payload: payload.filter(|_| http).unwrap_or(default),
                    cache,
                    role: self
                        .draft
                        .text_of(it, "authorizerCredentials")
                        .filter(|it| it.value.as_str() != Some("")),
                }
            }
            _ => AuthorizerKind::Unknown,
        };
        let is_token =
            matches!(kind, AuthorizerKind::Lambda { token: true, .. } | AuthorizerKind::Cognito { .. });
        let identity = self.identity(name, scheme, it, is_token);
        Authorizer { name: name.clone(), kind, identity }
    }

    fn jwt(&mut self, name: &Name, scheme: &Raw, it: &Raw) -> AuthorizerKind {
        let configuration = self.draft.inner(it, "jwtConfiguration").unwrap_or_else(|| it.clone());
        let issuer = self.draft.text_of(&configuration, "issuer");
        // API Gateway finds the issuer where the provider describes itself.
        let described = || scheme.get("openIdConnectUrl").is_some();
        let issuer = issuer.or_else(|| {
            described().then(|| gatewright_ir::Spanned::new(Value::unknown(name.span), name.span))
        });
        AuthorizerKind::Jwt { issuer, audience: self.draft.texts_of(&configuration, "audience") }
    }

    /// Where the identity stands: one text with commas between. A token stands where the scheme says if nothing else
    /// is said.
    fn identity(&mut self, name: &Name, scheme: &Raw, it: &Raw, is_token: bool) -> Vec<Located<Text>> {
        if let Some(written) = it.get("identitySource").filter(|it| is_there(it) && it.as_str() != Some("")) {
            let mut out = Vec::new();
            for place in self.draft.texts(written) {
                match place.value.as_str() {
                    Some(text) if !is_token => {
                        let places = text.split(',').map(str::trim).filter(|it| !it.is_empty());
                        out.extend(places.map(|it| known(it.into(), place.span)));
                    }
                    _ => out.push(place),
                }
            }
            return out;
        }
        let http = self.kind() == ApiKind::Http;
        if !is_token && !http {
            return Vec::new();
        }
        let header = self.draft.name_of(scheme, "name").map(|it| it.value);
        let header = header.filter(|_| is_token).unwrap_or_else(|| "Authorization".into());
        let place = if http {
            format!("$request.header.{header}")
        } else {
            format!("method.request.header.{header}")
        };
        vec![known(place.into(), name.span)]
    }

    /// Who may call an operation.
    pub(super) fn security(&mut self, operation: &Raw) -> Security {
        let mut out = Security {
            authorization: Authorization::None,
            source: AuthorizationSource::Nowhere,
            scopes: Vec::new(),
            api_key: None,
        };
        if let Some(it) = self.draft.inner(operation, AUTH)
            && let Some(of) = self.draft.name_of(&it, "type")
        {
            out.source = AuthorizationSource::Stated(of.span);
            match &*of.value.to_ascii_uppercase() {
                "AWS_IAM" => out.authorization = Authorization::Iam,
                "NONE" => {}
                _ => out.authorization = Authorization::Unknown,
            }
            if operation.get("security").is_none() {
                return out;
            }
        }
        let Some(written) = operation.get("security").filter(|it| is_there(it)) else {
            // What the root says may hold or not: that is for a rule to say.
            if let Some(it) = self.file.root().get("security").filter(|it| !is_empty(it)) {
                out.authorization = Authorization::Unknown;
                out.source = AuthorizationSource::Default(it.span);
            }
            return out;
        };
        let scope = self.cx.scope.clone();
        let Some(list) = scope.structure(written) else { return out };
        if out.source == AuthorizationSource::Nowhere {
            out.source = AuthorizationSource::Stated(written.span);
        }
        let Data::List(requirements) = &list.data else {
            out.authorization = Authorization::Unknown;
            return out;
        };
        for requirement in requirements {
            let Some(requirement) = scope.structure(requirement) else { continue };
            let Data::Map(entries) = &requirement.data else {
                out.authorization = Authorization::Unknown;
                continue;
            };
            for (name, scopes) in entries {
                self.required(name, scopes, &mut out);
            }
        }
        out
    }

    fn required(&mut self, name: &Name, scopes: &Raw, out: &mut Security) {
        let own = self.schemes.get(&name.value).copied();
        // Templates may declare authorizers outside of the definition.
        let elsewhere = || self.draft.authorizers.get(&name.value).map(|it| Scheme::Authorizer(*it));
        match own.or_else(elsewhere) {
            Some(Scheme::Authorizer(id)) => {
                if !matches!(out.authorization, Authorization::Authorizer(_)) {
                    out.authorization = Authorization::Authorizer(id);
                    out.source = AuthorizationSource::Stated(name.span);
                    out.scopes = self.draft.texts(scopes);
                }
            }
            Some(Scheme::Iam) => {
                if !matches!(out.authorization, Authorization::Authorizer(_)) {
                    out.authorization = Authorization::Iam;
                    out.source = AuthorizationSource::Stated(name.span);
                }
            }
            Some(Scheme::ApiKey) => out.api_key = Some(name.span),
            // What AWS SAM writes where nobody is asked.
            None if &*name.value == "NONE" => {}
            Some(Scheme::Other) | None => {
                if out.authorization == Authorization::None {
                    out.authorization = Authorization::Unknown;
                }
            }
        }
    }
}

fn is_empty(it: &Raw) -> bool {
    matches!(&it.data, Data::List(items) if items.is_empty()) || !is_there(it)
}
