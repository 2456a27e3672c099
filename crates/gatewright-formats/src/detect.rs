//! Which file is which: from what is in it, never from its name.

use gatewright_ir::Format;
use gatewright_source::{Kind, NodeId, Tree};

/// Whether a file may be one of ours, from its bytes: quick, and wrong only in saying yes.
pub fn may_be_ours(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    if text.contains("AWS::ApiGateway") || text.contains("AWS::Serverless::") {
        return true;
    }
    // The others have a key of theirs at the beginning of a line, or in JSON near the beginning.
    let keys = ["gatewright", "openapi", "swagger", "service", "functions"];
    let is_key = |line: &str| {
        let line = line.trim_start_matches(['{', ' ', '\t', '"', '\'']);
        keys.iter().any(|key| {
            line.strip_prefix(key).is_some_and(|it| it.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
        })
    };
    text.lines().any(|line| !line.starts_with([' ', '#']) && is_key(line))
        || text.trim_start().starts_with('{') && text.lines().take(200).any(is_key)
}

/// What a file is, from what is in it; `None` if it is none of these.
pub fn detect(tree: &Tree) -> Option<Format> {
    let root = tree.root().map(|it| tree.resolve(it))?;
    let root = Map { tree, node: root };
    if root.get("gatewright").is_some() {
        return Some(Format::Gatewright);
    }
    let scalar = |key: &str| root.get(key).map(|it| tree.scalar(it));
    if scalar("openapi").is_some_and(|it| it.starts_with('3'))
        || scalar("swagger").is_some_and(|it| it.starts_with('2'))
    {
        return Some(Format::OpenApi);
    }
    if let Some(resources) = root.get("Resources") {
        return template(root, Map { tree, node: resources });
    }
    if serverless(root) {
        return Some(Format::Serverless);
    }
    let kinds = ["http", "rest", "websocket"];
    (root.get("routes").is_some() && scalar("kind").is_some_and(|it| kinds.contains(&it)))
        .then_some(Format::Gatewright)
}

/// A template with something of API Gateway in it.
fn template(root: Map<'_>, resources: Map<'_>) -> Option<Format> {
    let tree = root.tree;
    let mut found = None;
    let mut serverless = 0;
    for (_, resource) in resources.entries() {
        let Some(of) = (Map { tree, node: resource }).get("Type").map(|it| tree.scalar(it)) else { continue };
        if of.starts_with("AWS::Serverless::") {
            serverless += 1;
        }
        let events = || {
            let events = ["AWS::Serverless::Function", "AWS::Serverless::StateMachine"].contains(&of)
                && has_api_event(Map { tree, node: resource });
            events.then_some(Format::Sam)
        };
        match of {
            "AWS::Serverless::Api" | "AWS::Serverless::HttpApi" | "AWS::Serverless::WebSocketApi" => {
                return Some(Format::Sam);
            }
            _ if of.starts_with("AWS::ApiGateway::") || of.starts_with("AWS::ApiGatewayV2::") => {
                found = Some(Format::CloudFormation);
            }
            _ => {
                if let Some(it) = events() {
                    return Some(it);
                }
            }
        }
    }
    match found {
        Some(_) if serverless > 0 => Some(Format::Sam),
        found => found,
    }
}

fn has_api_event(resource: Map<'_>) -> bool {
    let tree = resource.tree;
    let inside = |it: Map<'_>, key: &str| it.get(key).map(|node| Map { tree, node }).filter(Map::is_mapping);
    let Some(events) = inside(resource, "Properties").and_then(|it| inside(it, "Events")) else {
        return false;
    };
    events.entries().any(|(_, event)| {
        let of = Map { tree, node: event }.get("Type").map(|it| tree.scalar(it));
        matches!(of, Some("Api" | "HttpApi"))
    })
}

/// A `serverless.yml` for AWS: a service with a provider, or functions with events of API Gateway.
fn serverless(root: Map<'_>) -> bool {
    let tree = root.tree;
    if root.get("service").is_none() && root.get("provider").is_none() {
        return false;
    }
    let Some(provider) = root.get("provider") else { return false };
    let name = match tree.kind(provider) {
        Kind::Scalar(_) => tree.scalar(provider),
        _ => Map { tree, node: provider }.get("name").map_or("", |it| tree.scalar(it)),
    };
    (name == "aws" || name.starts_with("${"))
        && (root.get("functions").is_some() || root.get("resources").is_some())
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
