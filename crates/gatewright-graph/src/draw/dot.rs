//! The graph in DOT, for Graphviz.

use std::fmt::Write as _;

use crate::draw::{Picture, edges, ids, visible};
use crate::{Entity, Relation, kind, name};

/// A directed graph from left to right, with shapes and colours by kind.
/// Each of several APIs is in a frame.
pub fn dot(pictures: &[Picture<'_>]) -> String {
    let mut out = String::from(
        "digraph api {\n  rankdir=LR;\n  graph [fontname=\"Helvetica\", ranksep=1.0, nodesep=0.2];\n  node \
         [fontname=\"Helvetica\", fontsize=11, style=\"filled,rounded\", shape=box, penwidth=1];\n  edge \
         [fontname=\"Helvetica\", fontsize=9, color=\"#64748b\", arrowsize=0.7];\n\n",
    );
    for (at, (picture, ids)) in pictures.iter().zip(ids(pictures)).enumerate() {
        let framed = pictures.len() > 1;
        if framed {
            let title = label(&name(picture.0, Entity::Api));
            let _ = writeln!(out, "  subgraph cluster_{at} {{\n  label=\"{title}\";\n  color=\"#cbd5e1\";");
        }
        draw(*picture, &ids, &mut out);
        if framed {
            out.push_str("  }\n");
        }
    }
    out.push_str("}\n");
    out
}

/// The nodes and edges of one API.
fn draw((ir, graph): Picture<'_>, ids: &[String], out: &mut String) {
    let id = |entity| graph.position(entity).map_or_else(String::new, |at| quoted(&ids[at]));
    for entity in graph.entities() {
        let (shape, fill, line) = look(entity);
        let label = format!("{}\\n{}", label(&name(ir, entity)), kind(entity));
        let _ = writeln!(
            out,
            "  {} [label=\"{label}\", shape={shape}, fillcolor=\"{fill}\", color=\"{line}\"];",
            id(entity)
        );
    }
    out.push('\n');
    for (from, relation, to) in edges(graph) {
        let _ = match (from, relation) {
            // Drawn backwards, so that the API stands before its routes; that what they use is its own goes
            // without saying.
            (Entity::Route(_), Relation::BelongsTo) => {
                let style = "dir=back, color=\"#cbd5e1\", tooltip=\"belongs-to\"";
                writeln!(out, "  {} -> {} [{style}];", id(to), id(from))
            }
            (_, Relation::BelongsTo) => Ok(()),
            _ => writeln!(out, "  {} -> {} [{}];", id(from), id(to), style(relation)),
        };
    }
}

/// Shape, fill and line of a kind.
fn look(entity: Entity) -> (&'static str, &'static str, &'static str) {
    match entity {
        Entity::Api => ("doubleoctagon", "#e2e8f0", "#475569"),
        Entity::Domain(_) => ("house", "#e0e7ff", "#4f46e5"),
        Entity::Stage(_) => ("folder", "#f3e8ff", "#9333ea"),
        Entity::Route(_) => ("box", "#f8fafc", "#64748b"),
        Entity::Authorizer(_) => ("hexagon", "#fef3c7", "#d97706"),
        Entity::Model(_) => ("note", "#fae8ff", "#c026d3"),
        Entity::ApiKey(_) => ("cds", "#fef9c3", "#ca8a04"),
        Entity::UsagePlan(_) => ("folder", "#ecfccb", "#65a30d"),
        Entity::GatewayResponse(_) => ("note", "#f8fafc", "#94a3b8"),
        Entity::Integration(_) => ("box", "#dbeafe", "#2563eb"),
        Entity::Function(_) => ("component", "#ffedd5", "#ea580c"),
        Entity::VpcLink(_) => ("box3d", "#ccfbf1", "#0d9488"),
        Entity::LogGroup(_) | Entity::FunctionLogGroup(_) => ("note", "#f1f5f9", "#94a3b8"),
        Entity::Alarm(..) => ("diamond", "#fee2e2", "#dc2626"),
        Entity::Resource(_) => ("cylinder", "#dcfce7", "#16a34a"),
    }
}

fn style(relation: Relation) -> String {
    let name = relation.as_str();
    match relation {
        // Every route has this edge: it says little and would cover the rest.
        Relation::BelongsTo => {
            format!("tooltip=\"{name}\", color=\"#cbd5e1\", style=dotted, constraint=false")
        }
        Relation::Calls => format!("tooltip=\"{name}\", color=\"#2563eb\""),
        Relation::AuthorizedBy => format!("tooltip=\"{name}\", color=\"#d97706\", style=dashed"),
        _ => format!("label=\"{name}\""),
    }
}

/// A quoted id: a backslash before the closing quote would swallow it. What is made visible comes last, so that it
/// differs from the same text written by the user.
fn quoted(id: &str) -> String {
    format!("\"{}\"", visible(&id.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// Text within a label, where Graphviz knows escapes and HTML entities.
fn label(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('\\', "\\\\").replace('"', "\\\"")
}
