//! Which file is which: from what is in it. Most files of a repository are none of ours, and are passed over unparsed.

use gatewright_ir::Format;
use gatewright_source::{Kind, NodeId, Tree};
use memchr::memmem;

/// What stands in every file with something of API Gateway in it, but for `serverless.yml`.
const MARKS: [&str; 4] = ["AWS::ApiGateway", "AWS::Serverless::", EXTENSION, "gatewright"];

/// What tells an OpenAPI document for API Gateway from all others.
const EXTENSION: &str = "x-amazon-apigateway-";

/// As much of a file as shows whether it is text.
const BEGINNING: usize = 4096;

/// Whether a file may be one of ours, from its bytes: in one quick look, and wrong only in saying yes.
pub fn may_be_ours(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    if memchr::memchr(0, beginning).is_some() {
        return false;
    }
    MARKS.iter().any(|it| memmem::find(bytes, it.as_bytes()).is_some()) || has_provider(bytes)
}

/// Whether a document is meant for API Gateway, from its bytes: it uses AWS's extensions.
pub fn has_extensions(bytes: &[u8]) -> bool {
    memmem::find(bytes, EXTENSION.as_bytes()).is_some()
}

/// Whether text is rendered by some other program before it is what it is meant to be: Jinja, Helm, ERB and their like.
pub fn is_rendered(text: &str) -> bool {
    let is_hole = |it: (usize, &str)| !text[it.0 + 2..].trim_start().starts_with("resolve:");
    text.contains("{%") || text.contains("<%") || text.match_indices("{{").any(is_hole)
}

/// Whether `provider` is a key: at the beginning of a line, or in quotes.
fn has_provider(bytes: &[u8]) -> bool {
    memmem::find_iter(bytes, "provider").any(|at| {
        let before = at.checked_sub(1).and_then(|it| bytes.get(it));
        let after = bytes.get(at + "provider".len());
        matches!(before, None | Some(b'\n' | b'"' | b'\'' | 0xbf))
            && matches!(after, Some(b':' | b'"' | b'\'' | b' '))
    })
}

/// What a file is, from what is in it; `None` if it is none of these.
pub fn detect(tree: &Tree) -> Option<Format> {
    let root = Map { tree, node: tree.root().map(|it| tree.resolve(it))? };
    let scalar = |key: &str| root.get(key).map_or("", |it| tree.scalar(it));
    if !scalar("gatewright").is_empty() {
        return Some(Format::Gatewright);
    }
    if scalar("openapi").starts_with("3.") || scalar("swagger").starts_with('2') {
        return Some(Format::OpenApi);
    }
    if let Some(resources) = root.get("Resources") {
        return match root.get("Transform").is_some_and(|it| is_sam(tree, it)) {
            true => Some(Format::Sam),
            false => template(Map { tree, node: resources }),
        };
    }
    if serverless(root) {
        return Some(Format::Serverless);
    }
    let kinds = ["http", "rest", "websocket"];
    (root.get("routes").is_some() && kinds.contains(&scalar("kind"))).then_some(Format::Gatewright)
}

/// Whether a transform, or one of a list of them, is that of SAM.
fn is_sam(tree: &Tree, transform: NodeId) -> bool {
    let named = |it: NodeId| tree.scalar(it).starts_with("AWS::Serverless-");
    named(transform) || tree.kind(transform) == Kind::Sequence && tree.children(transform).any(named)
}

/// A template: something of AWS is among the resources.
fn template(resources: Map<'_>) -> Option<Format> {
    let tree = resources.tree;
    let types =
        resources.entries().filter_map(|it| Map { tree, node: it.1 }.get("Type")).map(|it| tree.scalar(it));
    let mut found = None;
    for of in types {
        if of.starts_with("AWS::Serverless::") {
            return Some(Format::Sam);
        }
        if of.starts_with("AWS::") {
            found = Some(Format::CloudFormation);
        }
    }
    found
}

/// A `serverless.yml` for AWS: a service with a name, AWS for its provider, and functions or resources.
///
/// Source: Serverless Framework documentation, "Serverless.yml Reference".
fn serverless(root: Map<'_>) -> bool {
    let tree = root.tree;
    let inner = |of: Map<'_>, key: &str| of.get(key).map(|node| Map { tree, node });
    let name = |it: Map<'_>| match tree.kind(it.node) {
        Kind::Scalar(_) => tree.scalar(it.node),
        _ => it.get("name").map_or("", |it| tree.scalar(it)),
    };
    let is_reference = |it: &str| it.starts_with("${");
    let provider = root.get("provider").map_or("", |node| name(Map { tree, node }));
    let is_written = |it: Map<'_>| tree.kind(it.node) == Kind::Sequence || is_reference(tree.scalar(it.node));
    (provider == "aws" || is_reference(provider))
        && inner(root, "service").is_some_and(|it| !name(it).is_empty())
        && (inner(root, "functions").is_some_and(|it| it.is_mapping() || is_written(it))
            || inner(root, "resources").is_some_and(|it| {
                is_written(it) || ["Resources", "extensions"].iter().any(|key| it.get(key).is_some())
            }))
}

/// A mapping of the tree.
#[derive(Clone, Copy)]
struct Map<'t> {
    tree: &'t Tree,
    node: NodeId,
}

impl<'t> Map<'t> {
    fn is_mapping(&self) -> bool {
        self.tree.kind(self.node) == Kind::Mapping
    }

    fn entries(self) -> impl Iterator<Item = (&'t str, NodeId)> {
        let tree = self.tree;
        let mapping = tree.kind(self.node) == Kind::Mapping;
        let mut children = tree.children(self.node);
        std::iter::from_fn(move || {
            let (key, value) = (children.next()?, children.next()?);
            Some((tree.scalar(tree.resolve(key)), tree.resolve(value)))
        })
        .take_while(move |_| mapping)
    }

    fn get(self, key: &str) -> Option<NodeId> {
        self.entries().find(|it| it.0 == key).map(|it| it.1)
    }
}
