//! The graph as a tree in plain text, for a terminal of 80 columns.

use gatewright_ir::{Ir, Route};

use crate::draw::{
    Picture, api_kind, authorizer_sort, backend, callee, char_width, function_sort, located, protection,
    stage_notes, target, usage, visible, width,
};
use crate::{Entity, Graph, Relation, kind, name};

/// The width of a terminal.
const COLUMNS: usize = 80;

/// A tree: the API, its domains, stages, routes with who may call and what is called, and what these use.
/// Several APIs stand below each other.
pub fn text(pictures: &[Picture<'_>]) -> String {
    pictures.iter().map(|it| draw(*it)).collect::<Vec<_>>().join("\n")
}

/// The tree of one API.
fn draw((ir, graph): Picture<'_>) -> String {
    let groups: Vec<(String, Vec<Vec<String>>)> = vec![
        ("domains".to_owned(), domains(ir)),
        ("stages".to_owned(), stages(ir)),
        (format!("routes ({})", ir.routes.len()), routes(ir)),
        ("integrations".to_owned(), integrations(ir)),
        ("authorizers".to_owned(), authorizers(ir)),
        ("functions".to_owned(), functions(ir, graph)),
        ("VPC links".to_owned(), vpc_links(ir, graph)),
        ("models".to_owned(), models(ir, graph)),
        ("usage plans".to_owned(), usage_plans(ir)),
        ("API keys".to_owned(), api_keys(ir, graph)),
        ("gateway responses".to_owned(), gateway_responses(ir)),
        ("resources".to_owned(), resources(ir, graph)),
        ("in a circle".to_owned(), circles(ir, graph)),
        ("reached by nothing".to_owned(), unreachable(ir, graph)),
    ];
    let mut out = format!("{} ({})\n", visible(&ir.api.name.value), api_kind(ir));
    let count = groups.iter().filter(|it| !it.1.is_empty()).count();
    for (at, (title, rows)) in groups.into_iter().filter(|it| !it.1.is_empty()).enumerate() {
        let last = at + 1 == count;
        out.push_str(if last { "└─ " } else { "├─ " });
        out.push_str(&title);
        out.push('\n');
        table(&rows, if last { "   " } else { "│  " }, &mut out);
    }
    out
}

/// Writes rows whose cells stand below each other. A cell for which there is no room goes to the next line, and one
/// that is longer than a line is continued: nothing is left out.
fn table(rows: &[Vec<String>], indent: &str, out: &mut String) {
    /// Where a line goes on.
    const NEXT: usize = 6;
    let room = COLUMNS - 6;
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|it| visible(it)).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut starts = vec![0];
    for at in 0..columns {
        // One very long name does not move all others to the right.
        let cells =
            rows.iter().filter_map(|row| row.get(at)).map(|it| width(it)).filter(|it| *it <= room / 2);
        starts.push(starts[at] + cells.max().unwrap_or_default() + 2);
    }
    for (at, row) in rows.iter().enumerate() {
        let mut lines = vec![String::new()];
        for (cell, start) in row.iter().zip(&starts).filter(|it| !it.0.is_empty()) {
            let fits = start + width(cell) <= room;
            let used = lines.last().map_or(0, |it| width(it));
            if used > 0 && (used + 2 > *start || !fits) {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                let start = if fits || used == 0 { *start } else { NEXT };
                line.push_str(&" ".repeat(start.saturating_sub(width(line))));
                line.push_str(cell);
            }
            while let Some(line) = lines.pop_if(|it| width(it) > room) {
                let (first, rest) = line.split_at(cut(&line, room));
                lines.extend([first.to_owned(), " ".repeat(NEXT) + rest]);
            }
        }
        let last = at + 1 == rows.len();
        for (at, line) in lines.iter().enumerate() {
            let branch = match (at, last) {
                (0, true) => "└─ ",
                (0, false) => "├─ ",
                (_, true) => "   ",
                (_, false) => "│  ",
            };
            out.push_str(format!("{indent}{branch}{line}").trim_end());
            out.push('\n');
        }
    }
}

/// Where text is cut so that the beginning fits into a number of columns: between words, if there is a space in the
/// second half.
fn cut(text: &str, columns: usize) -> usize {
    let mut left = columns;
    for (at, it) in text.char_indices() {
        match left.checked_sub(char_width(it)) {
            Some(it) => left = it,
            None => return text[..at].rfind(' ').filter(|space| *space > at / 2).map_or(at, |it| it + 1),
        }
    }
    text.len()
}

fn domains(ir: &Ir) -> Vec<Vec<String>> {
    let mapping = |it: &gatewright_ir::Mapping| {
        let stage = it.stage.map_or("unknown", |id| &ir.stages[id].name.value);
        format!("/{} → {stage}", it.path())
    };
    let row = |it: &gatewright_ir::Domain| {
        let mappings: Vec<String> = it.mappings.iter().map(mapping).collect();
        vec![it.name.value.to_string(), mappings.join(", ")]
    };
    ir.domains.values().map(row).collect()
}

fn stages(ir: &Ir) -> Vec<Vec<String>> {
    let row = |it: &gatewright_ir::Stage| {
        let mut notes: Vec<String> = stage_notes(ir, it).into_iter().map(str::to_owned).collect();
        if !it.alarms.is_empty() {
            let metrics: Vec<&str> = it.alarms.iter().map(|it| it.metric.key()).collect();
            notes.push(format!("alarms {}", metrics.join(" ")));
        }
        vec![it.name.value.to_string(), notes.join(", ")]
    };
    ir.stages.values().map(row).collect()
}

fn routes(ir: &Ir) -> Vec<Vec<String>> {
    // The paths stand below each other, too.
    let methods = ir.routes.values().filter_map(|it| it.key.value.method());
    let longest = methods.map(|it| it.as_str().len()).max().unwrap_or_default();
    let row = |it: &Route| {
        let key = match (it.key.value.method(), it.key.value.path()) {
            (Some(method), Some(path)) => format!("{:<longest$} {path}", method.as_str()),
            _ => it.key.value.as_str().to_owned(),
        };
        vec![key, protection(ir, it), format!("→ {}", target(ir, it.target))]
    };
    ir.routes.values().map(row).collect()
}

fn integrations(ir: &Ir) -> Vec<Vec<String>> {
    let declared = ir.integrations.values().filter(|it| it.declared);
    declared.map(|it| vec![it.name.value.to_string(), format!("→ {}", backend(ir, it))]).collect()
}

fn authorizers(ir: &Ir) -> Vec<Vec<String>> {
    use gatewright_ir::AuthorizerKind::{Cognito, Jwt, Lambda, Unknown};
    let row = |it: &gatewright_ir::Authorizer| {
        let asks = match &it.kind {
            Jwt { issuer, .. } => issuer.as_ref().map_or_else(String::new, located),
            Cognito { pools, .. } => pools.iter().map(located).collect::<Vec<_>>().join(", "),
            Lambda { callee: it, .. } => format!("→ {}", callee(ir, it)),
            Unknown => String::new(),
        };
        vec![it.name.value.to_string(), authorizer_sort(&it.kind).to_owned(), asks]
    };
    ir.authorizers.values().map(row).collect()
}

fn functions(ir: &Ir, graph: &Graph) -> Vec<Vec<String>> {
    let row = |(id, it): (_, &gatewright_ir::Function)| {
        vec![it.name.value.to_string(), function_sort(&it.origin), refers(ir, graph, Entity::Function(id))]
    };
    ir.functions.iter().map(row).collect()
}

fn vpc_links(ir: &Ir, graph: &Graph) -> Vec<Vec<String>> {
    let row = |(id, it): (_, &gatewright_ir::VpcLink)| {
        vec![it.name.value.to_string(), refers(ir, graph, Entity::VpcLink(id))]
    };
    ir.vpc_links.iter().map(row).collect()
}

fn models(ir: &Ir, graph: &Graph) -> Vec<Vec<String>> {
    let row = |(id, it): (_, &gatewright_ir::Model)| {
        let users: Vec<String> = graph.users(Entity::Model(id)).map(|it| name(ir, it.1)).collect();
        let users = if users.is_empty() { "nothing".to_owned() } else { users.join(", ") };
        vec![it.name.value.to_string(), format!("← {users}")]
    };
    ir.models.iter().map(row).collect()
}

fn usage_plans(ir: &Ir) -> Vec<Vec<String>> {
    let row = |it: &gatewright_ir::UsagePlan| {
        let stages: Vec<&str> = it.stages.iter().map(|it| &*ir.stages[it.stage].name.value).collect();
        vec![it.name.value.to_string(), usage(it).join(", "), format!("→ {}", stages.join(", "))]
    };
    ir.usage_plans.values().map(row).collect()
}

fn api_keys(ir: &Ir, graph: &Graph) -> Vec<Vec<String>> {
    let row = |(id, it): (_, &gatewright_ir::ApiKey)| {
        let plans: Vec<String> = graph.users(Entity::ApiKey(id)).map(|it| name(ir, it.1)).collect();
        vec![it.name.value.to_string(), format!("← {}", plans.join(", "))]
    };
    ir.api_keys.iter().map(row).collect()
}

fn gateway_responses(ir: &Ir) -> Vec<Vec<String>> {
    let row = |it: &gatewright_ir::GatewayResponse| {
        let status = it.status.map(|it| it.value.to_string()).unwrap_or_default();
        vec![it.name.value.to_string(), status]
    };
    ir.gateway_responses.values().map(row).collect()
}

fn resources(ir: &Ir, graph: &Graph) -> Vec<Vec<String>> {
    let row = |(at, (name, raw)): (usize, &(gatewright_ir::Name, gatewright_ir::Raw))| {
        let sort = raw.get("Type").and_then(gatewright_ir::Raw::as_str).unwrap_or("unknown");
        vec![name.value.to_string(), sort.to_owned(), refers(ir, graph, Entity::Resource(at))]
    };
    ir.template.resources.iter().enumerate().map(row).collect()
}

/// What an entity refers to.
fn refers(ir: &Ir, graph: &Graph, entity: Entity) -> String {
    let names: Vec<String> = graph
        .needs(entity)
        .filter(|it| it.0 == Relation::RefersTo)
        .map(|(_, to)| if to == Entity::Api { "the API".to_owned() } else { name(ir, to) })
        .collect();
    if names.is_empty() { String::new() } else { format!("→ {}", names.join(", ")) }
}

fn circles(ir: &Ir, graph: &Graph) -> Vec<Vec<String>> {
    let path = |it: Vec<Entity>| {
        let names: Vec<String> = it.iter().chain(it.first()).map(|it| name(ir, *it)).collect();
        vec![names.join(" → ")]
    };
    graph.cycles().into_iter().map(path).collect()
}

fn unreachable(ir: &Ir, graph: &Graph) -> Vec<Vec<String>> {
    graph.unreachable().into_iter().map(|it| vec![format!("{} {}", kind(it), name(ir, it))]).collect()
}
