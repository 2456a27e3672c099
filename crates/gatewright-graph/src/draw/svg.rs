//! The graph as a picture.

mod layout;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use gatewright_ir::{Ir, RouteId};

use crate::draw::svg::layout::{Item, Layout, Line, Stop, layout};
use crate::draw::{
    Picture, api_kind, authorizer_sort, backend, fit, function_sort, is_open, protection, stage_notes, usage,
    visible, width,
};
use crate::{Entity, Relation, kind, name};

/// How wide a character of a name is drawn, at least where the reader has one of the fonts.
const CHARACTER: f64 = 7.25;
/// How wide a character of a small text is drawn on the average.
const SMALL: f64 = 5.7;
/// The columns that a name takes at the most.
const LONGEST: usize = 30;
/// The columns that what stands below a name takes at the most.
const LONGEST_CAPTION: usize = 46;
/// The columns that a path takes at the most.
const LONGEST_PATH: usize = 44;
/// The columns that the name of an authorizer takes at a route.
const LONGEST_PROTECTION: usize = 14;

const STYLE: &str = "
.gw-back{fill:#fff}
.gw-frame{fill:#f8fafc;stroke:#cbd5e1}
.gw-box rect{stroke-width:1.25}
.gw-name,.gw-path,.gw-method{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}
.gw-name,.gw-path{fill:#0f172a}
.gw-method{font-size:10px;font-weight:700;fill:#fff;text-anchor:middle}
.gw-title{font:600 15px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif;fill:#0f172a}
.gw-small{font:10px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif;fill:#64748b}
.gw-domain>rect{fill:#eef2ff;stroke:#6366f1}
.gw-stage>rect{fill:#faf5ff;stroke:#a855f7}
.gw-route>rect{fill:#fff;stroke:#cbd5e1}
.gw-authorizer>rect{fill:#fffbeb;stroke:#d97706}
.gw-integration>rect{fill:#eff6ff;stroke:#3b82f6}
.gw-function>rect{fill:#fff7ed;stroke:#f97316}
.gw-vpc-link>rect{fill:#f0fdfa;stroke:#14b8a6}
.gw-resource>rect{fill:#f0fdf4;stroke:#22c55e}
.gw-model>rect{fill:#fdf4ff;stroke:#c026d3}
.gw-usage-plan>rect,.gw-api-key>rect{fill:#fefce8;stroke:#ca8a04}
.gw-gateway-response>rect{fill:#f8fafc;stroke:#94a3b8}
.gw-idle>rect{stroke-dasharray:5 3}
.gw-idle>.gw-small{fill:#dc2626}
.gw-dot{fill:#3b82f6}
.gw-route .gw-safe{fill:#ecfdf5;stroke:none}
.gw-route .gw-open{fill:#fff1f2;stroke:none}
.gw-pill-safe{fill:#047857}
.gw-pill-open{fill:#be123c}
.gw-lock-safe{fill:#047857;stroke:#047857}
.gw-lock-open{fill:#be123c;stroke:#be123c}
.gw-route .gw-get{fill:#0284c7;stroke:none}
.gw-route .gw-post{fill:#15803d;stroke:none}
.gw-route .gw-put,.gw-route .gw-patch{fill:#b45309;stroke:none}
.gw-route .gw-delete{fill:#b91c1c;stroke:none}
.gw-route .gw-other{fill:#64748b;stroke:none}
.gw-line{fill:none;stroke-width:1.4;stroke-opacity:.75}
.gw-faint{stroke-opacity:.4;stroke-width:1.1}
.gw-serves{stroke:#a855f7}
.gw-calls{stroke:#3b82f6}
.gw-asks{stroke:#d97706;stroke-dasharray:4 3}
.gw-through{stroke:#14b8a6}
.gw-refers{stroke:#22c55e;stroke-dasharray:1.5 3;stroke-linecap:round}
.gw-head-serves{fill:#a855f7}
.gw-head-calls{fill:#3b82f6}
.gw-head-asks{fill:#d97706}
.gw-head-through{fill:#14b8a6}
.gw-head-refers{fill:#22c55e}
@media (prefers-color-scheme:dark){
.gw-back{fill:#0b1120}
.gw-frame{fill:#111a2e;stroke:#334155}
.gw-name,.gw-path,.gw-title{fill:#e2e8f0}
.gw-small{fill:#94a3b8}
.gw-domain>rect{fill:#1e1b4b}
.gw-stage>rect{fill:#2e1065}
.gw-route>rect{fill:#0f172a;stroke:#334155}
.gw-authorizer>rect{fill:#3b2506}
.gw-integration>rect{fill:#172554}
.gw-function>rect{fill:#431407}
.gw-vpc-link>rect{fill:#042f2e}
.gw-resource>rect{fill:#052e16}
.gw-model>rect{fill:#4a044e}
.gw-usage-plan>rect,.gw-api-key>rect{fill:#422006}
.gw-gateway-response>rect{fill:#1e293b}
.gw-idle>.gw-small{fill:#f87171}
.gw-route .gw-safe{fill:#064e3b}
.gw-route .gw-open{fill:#4c0519}
.gw-pill-safe{fill:#6ee7b7}
.gw-pill-open{fill:#fda4af}
.gw-lock-safe{fill:#6ee7b7;stroke:#6ee7b7}
.gw-lock-open{fill:#fda4af;stroke:#fda4af}
}
";

/// The room between two APIs.
const GAP: f64 = 24.0;

/// A picture that stands alone: columns from left to right, domains, stages, the API with its routes, who decides
/// and what is called, functions, resources. Light or dark as the reader's screen is. Several APIs stand below each other.
pub fn svg(pictures: &[Picture<'_>]) -> String {
    let drawn: Vec<Drawn> = pictures.iter().map(|it| draw(*it)).collect();
    let w = drawn.iter().map(|it| it.width).fold(0.0, f64::max);
    let gaps = GAP * drawn.len().saturating_sub(1) as f64;
    let h = drawn.iter().map(|it| it.height).sum::<f64>() + gaps;
    let titles: Vec<&str> = drawn.iter().map(|it| &*it.title).collect();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         role=\"img\">\n<title>{}</title>\n<style>{STYLE}</style>\n<defs>\n",
        titles.join("; ")
    );
    for it in drawn.iter().flat_map(|it| &it.relations).collect::<BTreeSet<_>>() {
        let _ = writeln!(
            out,
            "<marker id=\"gw-to-{it}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"6\" \
             markerHeight=\"6\" orient=\"auto\"><path class=\"gw-head-{it}\" d=\"M0 .8 8 4 0 7.2z\"/></marker>"
        );
    }
    let _ = writeln!(out, "</defs>\n<rect class=\"gw-back\" width=\"{w}\" height=\"{h}\"/>");
    match &drawn[..] {
        [one] => out.push_str(&one.body),
        several => {
            let mut y = 0.0;
            for Drawn { title, body, width, height, .. } in several {
                let _ = writeln!(
                    out,
                    "<svg y=\"{y}\" width=\"{width}\" height=\"{height}\">\n<title>{title}</title>\n{body}</svg>"
                );
                y += height + GAP;
            }
        }
    }
    out.push_str("</svg>\n");
    out
}

/// One API as it is drawn.
struct Drawn {
    title: String,
    /// All that is seen of it.
    body: String,
    /// The relations that it shows.
    relations: BTreeSet<&'static str>,
    width: f64,
    height: f64,
}

fn draw((ir, graph): Picture<'_>) -> Drawn {
    let idle: BTreeSet<Entity> = graph.unreachable().into_iter().collect();
    let faces = |it: Entity| face(ir, it, idle.contains(&it));
    let protections = ir.routes.values().map(|it| width(&shown_protection(ir, it)));
    let pill = protections.max().unwrap_or_default() as f64 * SMALL + 30.0;
    let plan = layout(ir, graph, |entity| match entity {
        Entity::Route(id) => {
            let path = width(&visible(route_text(ir, id).1)).clamp(10, LONGEST_PATH);
            (66.0 + path as f64 * CHARACTER + 16.0 + pill, 28.0)
        }
        other => {
            let (name, caption) = faces(other);
            let caption = width(&caption).min(LONGEST_CAPTION) as f64 * SMALL;
            ((width(&name).min(LONGEST) as f64 * CHARACTER).max(caption).max(60.0) + 26.0, 42.0)
        }
    });
    let relations: BTreeSet<&'static str> = plan.lines.iter().map(|it| class(it.relation)).collect();
    let legend = if relations.is_empty() { 0.0 } else { 26.0 };
    let title = escape(&format!("{}, {}", name(ir, Entity::Api), api_kind(ir)));
    let mut out = String::new();
    frame(ir, &plan, &mut out);
    for it in &plan.lines {
        line(it, &plan, &mut out);
    }
    for node in &plan.nodes {
        let (x, width) = plan.columns[node.column];
        match node.item {
            Item::Box(Entity::Route(id)) => route(ir, id, (x, node.y, width, pill), &mut out),
            Item::Box(entity) => {
                let idle = if idle.contains(&entity) { " gw-idle" } else { "" };
                named(entity, &name(ir, entity), &faces(entity), idle, (x, node.y, width), &mut out);
            }
            Item::Dot(entity) => {
                let title = escape(&format!("integration {}", name(ir, entity)));
                let _ = writeln!(
                    out,
                    "<circle class=\"gw-dot\" cx=\"{}\" cy=\"{}\" r=\"4\"><title>{title}</title></circle>",
                    number(x),
                    number(node.y)
                );
            }
            Item::Bend => {}
        }
    }
    if !relations.is_empty() {
        explain(&relations, plan.height, &mut out);
    }
    let (width, height) = (plan.width.ceil(), (plan.height + legend).ceil());
    Drawn { title, body: out, relations, width, height }
}

/// What stands in the box of an entity: its name and a caption.
fn face(ir: &Ir, entity: Entity, idle: bool) -> (String, String) {
    let mut name = name(ir, entity);
    let mut caption = vec![kind(entity).replace('-', " ")];
    match entity {
        Entity::Function(id) => caption.push(function_sort(&ir.functions[id].origin)),
        Entity::Authorizer(id) => caption.push(authorizer_sort(&ir.authorizers[id].kind).to_owned()),
        Entity::Stage(id) => {
            let it = &ir.stages[id];
            caption.extend(stage_notes(ir, it).into_iter().map(str::to_owned));
            match it.alarms.len() {
                0 => {}
                1 => caption.push("1 alarm".to_owned()),
                count => caption.push(format!("{count} alarms")),
            }
        }
        Entity::VpcLink(_) => caption = vec!["VPC link".to_owned()],
        Entity::Integration(id) => {
            let it = &ir.integrations[id];
            if it.declared {
                caption = vec![backend(ir, it)];
            } else {
                // It has no name of its own but that of its route.
                name = backend(ir, it);
            }
        }
        Entity::Domain(id) => {
            let paths = ir.domains[id].mappings.iter().map(|it| format!("/{}", it.path()));
            caption.extend(paths);
        }
        Entity::UsagePlan(id) => caption.extend(usage(&ir.usage_plans[id])),
        Entity::ApiKey(_) => caption = vec!["API key".to_owned()],
        Entity::Resource(at) => {
            let raw = &ir.template.resources[at].1;
            if let Some(it) = raw.get("Type").and_then(gatewright_ir::Raw::as_str) {
                caption = vec![it.to_owned()];
            }
        }
        _ => {}
    }
    if idle {
        caption.push("reached by nothing".to_owned());
    }
    (visible(&name), visible(&caption.join(" · ")))
}

fn route_text(ir: &Ir, id: RouteId) -> (&'static str, &str) {
    let key = &ir.routes[id].key.value;
    match (key.method(), key.path()) {
        (Some(method), Some(path)) => (method.as_str(), path),
        _ => ("", key.as_str()),
    }
}

fn shown_protection(ir: &Ir, route: &gatewright_ir::Route) -> String {
    fit(&visible(&protection(ir, route)), LONGEST_PROTECTION)
}

fn frame(ir: &Ir, plan: &Layout, out: &mut String) {
    let (x, y, width, height) = plan.frame;
    let full = name(ir, Entity::Api);
    let routes = match ir.routes.len() {
        1 => "1 route".to_owned(),
        count => format!("{count} routes"),
    };
    let _ = writeln!(
        out,
        "<g><title>{}</title><rect class=\"gw-frame\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"12\"/>\
         <text class=\"gw-title\" x=\"{}\" y=\"{}\">{}</text><text class=\"gw-small\" x=\"{}\" y=\"{}\">{} · \
         {routes}</text></g>",
        escape(&format!("api {full}")),
        number(x),
        number(y),
        number(width),
        number(height),
        number(x + 14.0),
        number(y + 23.0),
        escape(&fit(&visible(&full), (width / 10.0) as usize)),
        number(x + 14.0),
        number(y + 39.0),
        api_kind(ir),
    );
}

fn named(
    entity: Entity,
    full: &str,
    (label, caption): &(String, String),
    class: &str,
    (x, y, width): (f64, f64, f64),
    out: &mut String,
) {
    let title = escape(&format!("{} {full}: {caption}", kind(entity)));
    let _ = writeln!(
        out,
        "<g class=\"gw-box gw-{}{class}\"><title>{title}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" \
         height=\"42\" rx=\"8\"/><text class=\"gw-name\" x=\"{}\" y=\"{}\">{}</text><text class=\"gw-small\" \
         x=\"{}\" y=\"{}\">{}</text></g>",
        kind(entity),
        number(x),
        number(y - 21.0),
        number(width),
        number(x + 12.0),
        number(y - 3.0),
        escape(&fit(label, ((width - 22.0) / CHARACTER) as usize)),
        number(x + 12.0),
        number(y + 12.0),
        escape(&fit(caption, ((width - 20.0) / SMALL) as usize)),
    );
}

fn route(ir: &Ir, id: RouteId, (x, y, width, pill): (f64, f64, f64, f64), out: &mut String) {
    let (method, path) = route_text(ir, id);
    let it = &ir.routes[id];
    let guarded = if is_open(ir, it) { "open" } else { "safe" };
    let title = escape(&format!("route {}: {}", it.key.value.as_str(), protection(ir, it)));
    let _ = write!(
        out,
        "<g class=\"gw-box gw-route\"><title>{title}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"28\" \
         rx=\"7\"/>",
        number(x),
        number(y - 14.0),
        number(width)
    );
    let mut text = x + 10.0;
    if !method.is_empty() {
        let class = match method {
            "GET" | "POST" | "PUT" | "PATCH" | "DELETE" => method.to_ascii_lowercase(),
            _ => "other".to_owned(),
        };
        let _ = write!(
            out,
            "<rect class=\"gw-{class}\" x=\"{}\" y=\"{}\" width=\"52\" height=\"18\" rx=\"4\"/><text \
             class=\"gw-method\" x=\"{}\" y=\"{}\">{method}</text>",
            number(x + 6.0),
            number(y - 9.0),
            number(x + 32.0),
            number(y + 3.5)
        );
        text = x + 66.0;
    }
    let left = x + width - pill - 5.0;
    let _ = write!(
        out,
        "<text class=\"gw-path\" x=\"{}\" y=\"{}\">{}</text>",
        number(text),
        number(y + 4.0),
        escape(&fit(&visible(path), ((left - text - 4.0) / CHARACTER) as usize))
    );
    let shackle =
        if guarded == "open" { "v-2.5a2.3 2.3 0 0 1 4.6 0" } else { "v-2.5a2.3 2.3 0 0 1 4.6 0v2.5" };
    let _ = writeln!(
        out,
        "<rect class=\"gw-{guarded}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"18\" rx=\"9\"/><path \
         class=\"gw-lock-{guarded}\" d=\"M{} {}h7v5.5h-7z\" stroke=\"none\"/><path class=\"gw-lock-{guarded}\" \
         d=\"M{} {}{shackle}\" style=\"fill:none;stroke-width:1.3\"/><text class=\"gw-small gw-pill-{guarded}\" \
         x=\"{}\" y=\"{}\">{}</text></g>",
        number(left),
        number(y - 9.0),
        number(pill),
        number(left + 8.0),
        number(y - 0.5),
        number(left + 9.2),
        number(y - 0.5),
        number(left + 20.0),
        number(y + 3.5),
        escape(&shown_protection(ir, it)),
    );
}

fn line(line: &Line, plan: &Layout, out: &mut String) {
    // Left edge, right edge and middle of a stop.
    let spot = |stop: Stop, other: f64| match stop {
        Stop::Frame => {
            let (x, y, width, height) = plan.frame;
            (x, x + width, other.clamp(y + 20.0, (y + height - 20.0).max(y + 20.0)))
        }
        Stop::Node(at) => {
            let (x, width) = plan.columns[plan.nodes[at].column];
            (x, x + width, plan.nodes[at].y)
        }
    };
    let y = |stop: Stop| match stop {
        Stop::Node(at) => plan.nodes[at].y,
        Stop::Frame => plan.frame.1 + plan.frame.3 / 2.0,
    };
    let is_through =
        |stop: Stop| matches!(stop, Stop::Node(at) if !matches!(plan.nodes[at].item, Item::Box(_)));
    let mut path = String::new();
    for pair in line.stops.windows(2) {
        let [a, b] = *pair else { continue };
        let (a_left, a_right, a_y) = spot(a, y(b));
        let (b_left, b_right, b_y) = spot(b, y(a));
        // The head needs room before the box.
        let (from, to, bow) = if a_right <= b_left {
            (a_right, b_left, (b_left - a_right) * 0.5)
        } else if b_right <= a_left {
            (a_left, b_right, (b_right - a_left) * 0.5)
        } else {
            (a_right, b_right, 0.0)
        };
        if path.is_empty() {
            // A dot stands at the left of its column; from there the line goes straight across, between boxes.
            let _ = match a {
                Stop::Node(at) if matches!(plan.nodes[at].item, Item::Dot(_)) => {
                    write!(path, "M{} {}H{}", number(a_left), number(a_y), number(from))
                }
                _ => write!(path, "M{} {}", number(from), number(a_y)),
            };
        }
        if bow == 0.0 {
            let out = a_right.max(b_right) + 36.0;
            let tilt = if a_y == b_y { 16.0 } else { 0.0 };
            let _ = write!(
                path,
                "C{} {} {} {} {} {}",
                number(out),
                number(a_y - tilt),
                number(out),
                number(b_y + tilt),
                number(to),
                number(b_y + tilt / 4.0)
            );
            continue;
        }
        let _ = write!(
            path,
            "C{} {} {} {} {} {}",
            number(from + bow),
            number(a_y),
            number(to - bow),
            number(b_y),
            number(to),
            number(b_y)
        );
        // Across the column of a bend the line goes straight.
        if matches!(b, Stop::Node(at) if plan.nodes[at].item == Item::Bend) {
            let _ = write!(path, "H{}", number(if bow > 0.0 { b_right } else { b_left }));
        }
    }
    // The routes say themselves who is asked: many such lines are only a hint.
    let faint = if line.relation == Relation::AuthorizedBy { " gw-faint" } else { "" };
    let class = class(line.relation);
    let head = match line.stops.last() {
        Some(end) if !is_through(*end) => format!(" marker-end=\"url(#gw-to-{class})\""),
        _ => String::new(),
    };
    let _ = writeln!(out, "<path class=\"gw-line gw-{class}{faint}\" d=\"{path}\"{head}/>");
}

/// How a relation is drawn.
fn class(relation: Relation) -> &'static str {
    match relation {
        Relation::Calls | Relation::Invokes => "calls",
        Relation::AuthorizedBy | Relation::Asks => "asks",
        Relation::Through => "through",
        Relation::Deploys
        | Relation::MapsTo
        | Relation::BelongsTo
        | Relation::Limits
        | Relation::HoldsFor => "serves",
        Relation::RefersTo | Relation::LogsTo | Relation::Watches | Relation::Models => "refers",
    }
}

/// What the lines mean.
fn explain(relations: &BTreeSet<&str>, y: f64, out: &mut String) {
    let mut x = 24.0;
    for (class, text) in [
        ("serves", "serves"),
        ("calls", "calls"),
        ("asks", "authorized by"),
        ("through", "through"),
        ("refers", "refers to"),
    ] {
        if relations.contains(class) {
            let _ = writeln!(
                out,
                "<path class=\"gw-line gw-{class}\" d=\"M{} {}h26\" marker-end=\"url(#gw-to-{class})\"/><text \
                 class=\"gw-small\" x=\"{}\" y=\"{}\">{text}</text>",
                number(x),
                number(y + 4.0),
                number(x + 32.0),
                number(y + 7.5)
            );
            x += 32.0 + text.len() as f64 * SMALL + 22.0;
        }
    }
}

/// A number with one decimal place at the most.
fn number(it: f64) -> String {
    let text = format!("{it:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Text in XML.
fn escape(text: &str) -> String {
    visible(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
