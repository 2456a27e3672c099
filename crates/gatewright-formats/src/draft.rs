//! A draft: one API that is being put together, and how values of a document become values of the model.

use std::sync::Arc;

use gatewright_ir::{
    ApiKind, Authorization, AuthorizerId, CorsSetting, Duration, Format, Function, FunctionId, Generated,
    Integration, Ir, Located, LocatedList, ModelId, Name, Provenance, Route, RouteId, RouteKey, Span,
    Spanned, Stage, Text, Value, VpcLinkId, known, substituted,
};
use gatewright_source::Diagnostic;
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use crate::Documents;
use crate::cors::Preflights;
use crate::scope::{Scope, is_no_value};
use crate::written::{has_holes, written};

/// What all APIs of a file share.
pub(crate) struct Reading<'f> {
    /// The whole document, as it is read: of a SAM template what the transform makes of it.
    pub(crate) root: Arc<Raw>,
    /// The whole document as it was written.
    pub(crate) document: Arc<Raw>,
    /// What mappings and conditions decide.
    pub(crate) scope: Arc<Scope>,
    /// The functions that the file creates, by logical id.
    pub(crate) functions: FxHashMap<Text, Function>,
    /// The way to other files.
    pub(crate) files: &'f mut dyn Documents,
    /// What is wrong whatever the API.
    pub(crate) problems: Vec<Diagnostic>,
}

impl<'f> Reading<'f> {
    /// A template, with what its mappings and conditions decide.
    pub(crate) fn template(root: &Arc<Raw>, files: &'f mut dyn Documents) -> Self {
        Self { scope: Arc::new(Scope::new(root)), ..Self::document(root, files) }
    }

    /// A document that is no template.
    pub(crate) fn document(root: &Arc<Raw>, files: &'f mut dyn Documents) -> Self {
        Self {
            root: root.clone(),
            document: root.clone(),
            scope: Arc::default(),
            functions: FxHashMap::default(),
            files,
            problems: Vec::new(),
        }
    }
}

/// One API that is being put together.
pub(crate) struct Draft {
    /// What there is of it.
    pub(crate) ir: Ir,
    /// What mappings and conditions decide.
    pub(crate) scope: Arc<Scope>,
    /// Authorizers by the name that routes use for them: a logical id, or the name of a security scheme.
    pub(crate) authorizers: FxHashMap<Text, AuthorizerId>,
    /// Models by the name that methods use for them.
    pub(crate) models: FxHashMap<Text, ModelId>,
    /// Whether a definition in OpenAPI is being read, whose placeholders API Gateway fills in.
    pub(crate) in_definition: bool,
    /// VPC links by logical id, or by what names one that exists.
    pub(crate) vpc_links: FxHashMap<Text, VpcLinkId>,
    /// Functions of the model by logical id.
    functions: FxHashMap<Text, FunctionId>,
    /// Mock methods that answer preflight requests.
    pub(crate) preflights: Preflights,
}

impl Draft {
    /// An API that was not read yet. The name is what the file calls it: a logical id, a title.
    pub(crate) fn new(cx: &Reading<'_>, format: Format, kind: ApiKind, name: Name) -> Self {
        let mut ir = Ir::new(kind, name);
        let resources = (format == Format::Serverless).then(|| cx.root.clone());
        let document = Some(cx.document.clone());
        ir.provenance = Provenance { format, document, resources, ..Provenance::default() };
        Self {
            ir,
            scope: cx.scope.clone(),
            authorizers: FxHashMap::default(),
            models: FxHashMap::default(),
            in_definition: false,
            vpc_links: FxHashMap::default(),
            functions: FxHashMap::default(),
            preflights: Preflights::default(),
        }
    }

    /// Remembers what an entity is called in the file.
    pub(crate) fn called(&mut self, of: Generated, logical_id: &Text) {
        self.ir.provenance.logical_ids.insert(of, logical_id.clone());
    }

    /// A name for the model: the text if it is known, or else the logical id, which is remembered as a stand-in.
    ///
    /// The logical id is the text of `fallback`; the place is always that of the name as written.
    pub(crate) fn name(&mut self, of: Generated, written: Option<&Raw>, fallback: &Name) -> Name {
        let Some(it) = written.filter(|it| !is_no_value(it)) else { return fallback.clone() };
        match self.text(it) {
            Spanned { value: Value::Known(text), span } => Spanned::new(text, span),
            Spanned { value: Value::Deferred(raw), span } => {
                self.ir.provenance.deferred_names.insert(of, raw);
                Spanned::new(fallback.value.clone(), span)
            }
        }
    }

    /// A function that the file creates, by its logical id.
    pub(crate) fn function(&mut self, cx: &Reading<'_>, logical_id: &str) -> Option<FunctionId> {
        if let Some(known) = self.functions.get(logical_id) {
            return Some(*known);
        }
        let function = cx.functions.get(logical_id)?.clone();
        let id = self.ir.functions.push(function);
        self.functions.insert(logical_id.into(), id);
        self.called(Generated::Function(id), &logical_id.into());
        Some(id)
    }

    /// The functions of the model, by logical id.
    pub(crate) fn functions(&self) -> impl Iterator<Item = (&Text, FunctionId)> {
        self.functions.iter().map(|(logical_id, id)| (logical_id, *id))
    }

    /// Adds a route and the integration that it brings. A mock that answers preflight requests becomes a part of what
    /// is said about CORS, and no route.
    pub(crate) fn route(&mut self, mut route: Route, integration: Option<Integration>) -> Option<RouteId> {
        if let Some(integration) = integration {
            // One that asks for something answers no preflight request.
            let asks = route.authorization != Authorization::None || route.api_key.is_some();
            if self.ir.api.kind == ApiKind::Rest && self.preflights.take(&route.key, &integration) && !asks {
                self.ir.provenance.preflights.push(route.key);
                return None;
            }
            let span = integration.name.span;
            let id = self.ir.integrations.push(integration);
            route.target = gatewright_ir::RouteTarget::Integration(id, span);
        }
        Some(self.ir.routes.push(route))
    }

    /// The API, finished: what preflights say is what is said about CORS, if nothing else was, and there is a stage.
    pub(crate) fn finish(mut self) -> Ir {
        if self.ir.stages.is_empty() {
            // Stages that stand elsewhere may have any variable.
            let stage = Stage::undeclared(self.ir.api.kind, self.ir.api.name.span);
            self.ir.stages.push(Stage { variables_unknown: true, settings_unknown: true, ..stage });
        }
        if matches!(self.ir.api.cors, CorsSetting::Missing)
            && let Some(cors) = std::mem::take(&mut self.preflights).into_setting()
        {
            self.ir.api.cors = cors;
        }
        self.ir
    }

    /// The key of a route, of the kind of API that this is.
    pub(crate) fn key(&self, text: impl Into<Text>, span: Span) -> Spanned<RouteKey> {
        let text = text.into();
        let key = match self.ir.api.kind {
            ApiKind::Http => RouteKey::http(text),
            ApiKind::Rest => RouteKey::rest(text),
            ApiKind::WebSocket => RouteKey::websocket(text),
        };
        Spanned::new(key, span)
    }

    fn deferred<T>(&mut self, it: &Raw) -> Located<T> {
        let raw = Arc::new(it.clone());
        self.ir.deferred.push(raw.clone());
        Spanned::new(Value::Deferred(raw), it.span)
    }

    /// What is neither a plain value nor a function of CloudFormation: nothing is known of it.
    fn other<T>(&mut self, it: &Raw) -> Located<T> {
        if it.function().is_some() {
            self.deferred(it)
        } else {
            Spanned::new(Value::unknown(it.span), it.span)
        }
    }

    /// Text. Numbers and booleans are the text that they are written as.
    pub(crate) fn text(&mut self, it: &Raw) -> Located<Text> {
        let it = &self.scope.clone().resolve(it).into_owned();
        match written(&self.scope, it) {
            Some(text) if !has_holes(&text) && !text.contains("{{resolve:") => known(text.into(), it.span),
            Some(text) if it.as_str().is_some() && self.is_filled_in(&text) => {
                Spanned::new(Value::Deferred(Arc::new(it.clone())), it.span)
            }
            // A reference that CloudFormation resolves when it deploys.
            Some(_) if it.as_str().is_some_and(|it| !it.contains("{{resolve:")) => {
                known(it.as_str().unwrap_or_default().into(), it.span)
            }
            Some(_) if it.function().is_none() => {
                Spanned::new(Value::Deferred(Arc::new(it.clone())), it.span)
            }
            _ => self.other(it),
        }
    }

    /// Whether somebody fills in the placeholders of plain text: API Gateway some of AWS's in a definition, and whoever
    /// makes the document in one that stands by itself.
    ///
    /// Source: API Gateway Developer Guide, "AWS variables for OpenAPI import".
    fn is_filled_in(&self, text: &str) -> bool {
        const FILLED_IN: [&str; 3] = ["AWS::Partition", "AWS::Region", "AWS::AccountId"];
        let mut names = substituted(text).filter(|it| !it.starts_with("stageVariables."));
        match self.ir.provenance.format {
            Format::OpenApi => names.next().is_some(),
            _ => self.in_definition && names.all(|it| FILLED_IN.contains(&it)),
        }
    }

    /// Text under a key, if there is any.
    pub(crate) fn text_of(&mut self, of: &Raw, key: &str) -> Option<Located<Text>> {
        let it = of.get(key).filter(|it| is_there(it))?;
        Some(self.text(it))
    }

    /// Known text under a key; of text that is not known nothing.
    pub(crate) fn name_of(&mut self, of: &Raw, key: &str) -> Option<Name> {
        known_text(self.text_of(of, key)?)
    }

    /// A list of texts; one text is a list of one.
    pub(crate) fn texts(&mut self, it: &Raw) -> Vec<Located<Text>> {
        let Some(it) = self.scope.clone().structure(it).map(std::borrow::Cow::into_owned) else {
            return Vec::new();
        };
        match &it.data {
            Data::List(items) => items.iter().filter(|it| is_there(it)).map(|it| self.text(it)).collect(),
            _ => vec![self.text(&it)],
        }
    }

    /// A list of texts under a key.
    pub(crate) fn texts_of(&mut self, of: &Raw, key: &str) -> Vec<Located<Text>> {
        of.get(key).map(|it| self.texts(it)).unwrap_or_default()
    }

    /// A list of texts that may be deferred as a whole.
    pub(crate) fn list_of(&mut self, of: &Raw, key: &str) -> Option<LocatedList> {
        let it = of.get(key).filter(|it| is_there(it))?;
        let it = self.scope.clone().resolve(it).into_owned();
        Some(match &it.data {
            Data::List(items) => known(items.iter().map(|it| self.text(it)).collect(), it.span),
            _ => self.other(&it),
        })
    }

    /// A value that is read from text.
    pub(crate) fn parsed<T>(&mut self, it: &Raw, parse: impl FnOnce(&str) -> Option<T>) -> Located<T> {
        match self.text(it) {
            Spanned { value: Value::Known(text), span } => match parse(text.trim()) {
                Some(value) => known(value, span),
                None => Spanned::new(Value::unknown(span), span),
            },
            Spanned { value: Value::Deferred(raw), span } => Spanned::new(Value::Deferred(raw), span),
        }
    }

    /// A value under a key that is read from text.
    pub(crate) fn parsed_of<T>(
        &mut self,
        of: &Raw,
        key: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Located<T>> {
        let it = of.get(key).filter(|it| is_there(it))?;
        Some(self.parsed(it, parse))
    }

    /// A word under a key, if it is known and one of those that mean something.
    pub(crate) fn word_of<T>(
        &mut self,
        of: &Raw,
        key: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        match self.parsed_of(of, key, read)? {
            Spanned { value: Value::Known(it), span } => Some(Spanned::new(it, span)),
            Spanned { value: Value::Deferred(_), .. } => None,
        }
    }

    /// A whole number under a key.
    pub(crate) fn integer_of(&mut self, of: &Raw, key: &str) -> Option<Located<u64>> {
        self.parsed_of(of, key, |it| it.parse().ok())
    }

    /// A number under a key.
    pub(crate) fn number_of(&mut self, of: &Raw, key: &str) -> Option<Located<f64>> {
        self.parsed_of(of, key, |it| it.parse().ok().filter(|it: &f64| it.is_finite()))
    }

    /// `true` or `false` under a key.
    pub(crate) fn flag_of(&mut self, of: &Raw, key: &str) -> Option<Located<bool>> {
        self.parsed_of(of, key, flag)
    }

    /// A number of seconds under a key.
    pub(crate) fn seconds_of(&mut self, of: &Raw, key: &str) -> Option<Located<Duration>> {
        self.parsed_of(of, key, |it| it.parse().ok().map(Duration::seconds))
    }

    /// A number of milliseconds under a key.
    pub(crate) fn milliseconds_of(&mut self, of: &Raw, key: &str) -> Option<Located<Duration>> {
        self.parsed_of(of, key, |it| it.parse().ok().map(Duration::milliseconds))
    }

    /// Names and texts.
    pub(crate) fn pairs(&mut self, it: &Raw) -> Vec<(Name, Located<Text>)> {
        let Some(it) = self.scope.clone().structure(it).map(std::borrow::Cow::into_owned) else {
            return Vec::new();
        };
        let entries = self.entries(&it);
        entries.into_iter().map(|(name, it)| (name, self.text(&it))).collect()
    }

    /// Names and texts under a key.
    pub(crate) fn pairs_of(&mut self, of: &Raw, key: &str) -> Vec<(Name, Located<Text>)> {
        of.get(key).map(|it| self.pairs(it)).unwrap_or_default()
    }

    /// The entries of a mapping that are there; of a function of CloudFormation, which could be anything, none.
    pub(crate) fn entries(&self, it: &Raw) -> Vec<(Name, Raw)> {
        let Some(it) = self.scope.structure(it) else { return Vec::new() };
        if it.function().is_some() {
            return Vec::new();
        }
        match &it.data {
            Data::Map(entries) => entries.iter().filter(|it| is_there(&it.1)).cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// What stands under a key, with what is decided now; `None` where nothing is there.
    pub(crate) fn inner(&self, of: &Raw, key: &str) -> Option<Raw> {
        Some(self.scope.structure(of.get(key)?)?.into_owned())
    }
}

/// Whether a value is there at all.
pub(crate) fn is_there(it: &Raw) -> bool {
    !matches!(it.data, Data::Null) && !is_no_value(it)
}

/// The text, if it is known.
pub(crate) fn known_text(it: Located<Text>) -> Option<Name> {
    match it.value {
        Value::Known(text) => Some(Spanned::new(text, it.span)),
        Value::Deferred(_) => None,
    }
}

/// Media types with their slashes, which a property of a resource may have escaped.
///
/// Source: AWS CloudFormation Template Reference, `AWS::ApiGateway::RestApi`: `BinaryMediaTypes`.
pub(crate) fn slashed(mut types: Vec<Located<Text>>) -> Vec<Located<Text>> {
    for it in &mut types {
        if let Value::Known(text) = &mut it.value
            && text.contains("~1")
        {
            *text = text.replace("~1", "/").into();
        }
    }
    types
}

/// `true` or `false`, as text.
pub(crate) fn flag(text: &str) -> Option<bool> {
    match &*text.to_ascii_lowercase() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}
