//! Values as text with holes, with what is decided now put in.

use std::borrow::Cow;

pub(crate) use gatewright_ir::{UNKNOWN, has_holes, sole_hole};
use gatewright_spec::{Data, Raw};

use crate::scope::Scope;
use crate::serverless::{DEFERRED, known_parts};

/// A value as text with holes; `None` if it is no text at all.
pub(crate) fn written(scope: &Scope, it: &Raw) -> Option<String> {
    gatewright_ir::written(it, &|it| {
        let it = scope.resolve(it);
        let Some((DEFERRED, argument)) = it.function() else { return it };
        let mut out = String::new();
        match argument.as_str() {
            Some(text) => known_parts(text, UNKNOWN, &mut out),
            None => out.push_str(UNKNOWN),
        }
        Cow::Owned(Raw { span: it.span, data: Data::String(out.into()) })
    })
}

#[cfg(test)]
mod tests {
    use gatewright_source::{Span, Spanned};
    use gatewright_spec::{Data, Raw};

    use super::written;
    use crate::scope::Scope;

    fn raw(data: Data) -> Raw {
        Raw { span: Span::default(), data }
    }

    fn text(it: &str) -> Raw {
        raw(Data::String(it.into()))
    }

    fn call(name: &str, argument: Raw) -> Raw {
        raw(Data::Map(vec![(Spanned::new(name.into(), Span::default()), argument)]))
    }

    #[test]
    fn functions_come_to_text_with_holes() {
        let scope = Scope::default();
        let get = call("Fn::GetAtt", raw(Data::List(vec![text("F"), text("Arn")])));
        let join = call(
            "Fn::Join",
            raw(Data::List(vec![
                text(":"),
                raw(Data::List(vec![text("a"), get.clone(), call("Ref", text("B"))])),
            ])),
        );
        assert_eq!(written(&scope, &join).as_deref(), Some("a:${F.Arn}:${B}"));
        let sub = call("Fn::Sub", text("x/${ F.Arn }:${!stageVariables.a}"));
        assert_eq!(written(&scope, &sub).as_deref(), Some("x/${F.Arn}:${stageVariables.a}"));
        assert_eq!(written(&scope, &raw(Data::List(Vec::new()))), None);
    }
}
