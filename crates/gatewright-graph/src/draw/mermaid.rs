//! The graph as a Mermaid flowchart, for Markdown.

use std::fmt::Write as _;

use crate::draw::{Picture, edges, visible};
use crate::{Entity, Relation, kind, name};

const CLASSES: [(&str, &str); 15] = [
    ("api", "fill:#e2e8f0,stroke:#475569,color:#0f172a"),
    ("domain", "fill:#e0e7ff,stroke:#4f46e5,color:#1e1b4b"),
    ("stage", "fill:#f3e8ff,stroke:#9333ea,color:#3b0764"),
    ("route", "fill:#f8fafc,stroke:#64748b,color:#0f172a"),
    ("authorizer", "fill:#fef3c7,stroke:#d97706,color:#451a03"),
    ("model", "fill:#fae8ff,stroke:#c026d3,color:#4a044e"),
    ("integration", "fill:#dbeafe,stroke:#2563eb,color:#172554"),
    ("function", "fill:#ffedd5,stroke:#ea580c,color:#431407"),
    ("vpc-link", "fill:#ccfbf1,stroke:#0d9488,color:#042f2e"),
    ("api-key", "fill:#fef9c3,stroke:#ca8a04,color:#422006"),
    ("usage-plan", "fill:#ecfccb,stroke:#65a30d,color:#1a2e05"),
    ("gateway-response", "fill:#f8fafc,stroke:#94a3b8,color:#0f172a"),
    ("log-group", "fill:#f1f5f9,stroke:#94a3b8,color:#0f172a"),
    ("alarm", "fill:#fee2e2,stroke:#dc2626,color:#450a0a"),
    ("resource", "fill:#dcfce7,stroke:#16a34a,color:#052e16"),
];

/// A flowchart from left to right. That an integration or authorizer belongs to the API goes without saying. Each of
/// several APIs is in a frame.
pub fn mermaid(pictures: &[Picture<'_>]) -> String {
    let mut out = String::from("flowchart LR\n");
    for (at, picture) in pictures.iter().enumerate() {
        if pictures.len() == 1 {
            draw(*picture, "n", &mut out);
            continue;
        }
        let _ = writeln!(out, "  subgraph a{at}[\"{}\"]", label(&name(picture.0, Entity::Api)));
        draw(*picture, &format!("a{at}n"), &mut out);
        out.push_str("  end\n");
    }
    for (class, style) in CLASSES {
        let _ = writeln!(out, "  classDef {class} {style}");
    }
    out
}

/// The nodes and edges of one API. The names of nodes begin with `n`.
fn draw((ir, graph): Picture<'_>, n: &str, out: &mut String) {
    let id = |entity| graph.position(entity).unwrap_or_default();
    for it in graph.entities() {
        let (open, close) = shape(it);
        let _ = writeln!(out, "  {n}{}{open}\"{}\"{close}:::{}", id(it), label(&name(ir, it)), kind(it));
    }
    for (from, relation, to) in edges(graph) {
        let arrow = match relation {
            Relation::BelongsTo => {
                // The other way round, so that the API stands before its routes.
                if matches!(from, Entity::Route(_)) {
                    let _ = writeln!(out, "  {n}{} --- {n}{}", id(to), id(from));
                }
                continue;
            }
            Relation::Calls => "-->".to_owned(),
            Relation::AuthorizedBy => "-.->".to_owned(),
            other => format!("-->|{}|", other.as_str()),
        };
        let _ = writeln!(out, "  {n}{} {arrow} {n}{}", id(from), id(to));
    }
}

fn shape(entity: Entity) -> (&'static str, &'static str) {
    match entity {
        Entity::Api => ("{{", "}}"),
        Entity::Domain(_) | Entity::Stage(_) => ("([", "])"),
        Entity::Route(_) => ("(", ")"),
        Entity::Authorizer(_) => ("{{", "}}"),
        Entity::Model(_) | Entity::GatewayResponse(_) => ("[", "]"),
        Entity::ApiKey(_) => (">", "]"),
        Entity::UsagePlan(_) => ("([", "])"),
        Entity::Integration(_) => ("[", "]"),
        Entity::Function(_) => ("[[", "]]"),
        Entity::VpcLink(_) => ("[/", "/]"),
        Entity::LogGroup(_) | Entity::FunctionLogGroup(_) => ("[", "]"),
        Entity::Alarm(..) => (">", "]"),
        Entity::Resource(_) => ("[(", ")]"),
    }
}

/// Text within quotes. Mermaid reads HTML, Markdown and its own entities there, so all but plain characters are
/// written as `#number;`.
fn label(text: &str) -> String {
    let mut out = String::new();
    for it in visible(text).chars() {
        if it.is_alphanumeric() || matches!(it, ' ' | '/' | '-' | '.' | '{' | '}' | '+' | '$' | ':') {
            out.push(it);
        } else {
            let _ = write!(out, "#{};", u32::from(it));
        }
    }
    out
}
