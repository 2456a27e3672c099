//! Where everything in the picture stands: columns from left to right, each ordered so that few lines cross.

use std::collections::{BTreeMap, BTreeSet};

use gatewright_ir::{Backend, Ir};

use crate::draw::edges;
use crate::{Entity, Graph, Relation};

/// The column of the routes, which the API frames.
const ROUTES: usize = 2;
const COLUMNS: usize = 6;
/// What is free around everything.
const MARGIN: f64 = 24.0;
/// The room above the routes within the frame, for the API's name.
const HEADER: f64 = 50.0;
/// The room around the routes within the frame.
const PADDING: f64 = 12.0;

/// The picture without its looks.
pub(super) struct Layout {
    pub(super) nodes: Vec<Node>,
    pub(super) lines: Vec<Line>,
    /// Left edge and width of each column.
    pub(super) columns: [(f64, f64); COLUMNS],
    /// The frame of the API: x, y, width, height.
    pub(super) frame: (f64, f64, f64, f64),
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Something that has a place.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) item: Item,
    pub(super) column: usize,
    /// The middle.
    pub(super) y: f64,
    pub(super) height: f64,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// An entity with its name.
    Box(Entity),
    /// An integration that only passes requests on to a function.
    Dot(Entity),
    /// Nothing but a line on its way.
    Bend,
}

/// A line from one entity to another.
pub(super) struct Line {
    pub(super) relation: Relation,
    /// The ends and what lies between.
    pub(super) stops: Vec<Stop>,
}

/// Where a line begins, ends or passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// At a node.
    Node(usize),
    /// At the frame of the API.
    Frame,
}

/// Finds a place for everything. `size` says how wide and high an entity is drawn.
pub(super) fn layout(ir: &Ir, graph: &Graph, size: impl Fn(Entity) -> (f64, f64)) -> Layout {
    let arcs: BTreeSet<(Entity, Relation, Entity)> = edges(graph)
        .filter(|it| !matches!(it.1, Relation::BelongsTo | Relation::LogsTo | Relation::Watches))
        .map(|(from, relation, to)| (shown(from), relation, shown(to)))
        .filter(|(from, _, to)| from != to || matches!(from, Entity::Resource(_)))
        .collect();
    let mut nodes = Vec::new();
    let mut found: BTreeMap<Entity, usize> = BTreeMap::new();
    let sides = sides(&arcs);
    for entity in graph.entities().filter(|it| shown(*it) == *it && *it != Entity::Api) {
        let column = column(entity, &sides);
        found.insert(entity, nodes.len());
        let passes_on = matches!(entity, Entity::Integration(id)
            if !ir.integrations[id].declared && matches!(&ir.integrations[id].backend,
                Backend::Lambda { callee, .. } if callee.function().is_some()));
        let (item, height) =
            if passes_on { (Item::Dot(entity), 10.0) } else { (Item::Box(entity), size(entity).1) };
        nodes.push(Node { item, column, y: 0.0, height });
    }
    // Columns in which nothing stands take no room, and no line bends there.
    let used: Vec<usize> =
        (0..COLUMNS).filter(|it| *it == ROUTES || nodes.iter().any(|node| node.column == *it)).collect();
    let lines = lines(&arcs, &found, &used, &mut nodes);
    let links = links(&lines, nodes.len());
    let mut order: Vec<Vec<usize>> = vec![Vec::new(); COLUMNS];
    for (at, node) in nodes.iter().enumerate() {
        order[node.column].push(at);
    }
    sort(&mut nodes, &mut order, &used, &links);
    let frame = place(&mut nodes, &mut order, &used, &links);
    let mut x = MARGIN;
    let mut columns = [(MARGIN, 0.0); COLUMNS];
    for at in used {
        let mut width: f64 = if at == ROUTES { 300.0 } else { 0.0 };
        for it in order[at].iter().map(|it| nodes[*it].item) {
            if let Item::Box(entity) = it {
                width = width.max(size(entity).0);
            }
        }
        let between = lines.iter().filter(|line| passes(line, &nodes, at)).count() as f64;
        let inset = if at == ROUTES { PADDING } else { 0.0 };
        columns[at] = (x + inset, width);
        x += width + 2.0 * inset + (64.0 + between * 1.5).min(150.0);
    }
    let (x, width) = columns[ROUTES];
    let frame = (x - PADDING, frame.0, width + 2.0 * PADDING, frame.1);
    let right = columns.iter().map(|it| it.0 + it.1).fold(frame.0 + frame.2, f64::max);
    // Lines within the last column bulge to the right.
    let bulge = lines.iter().any(|it| is_within_column(it, &nodes));
    let bottom = nodes.iter().map(|it| it.y + it.height / 2.0).fold(frame.1 + frame.3, f64::max);
    Layout {
        nodes,
        lines,
        columns,
        frame,
        width: right + MARGIN + if bulge { 40.0 } else { 0.0 },
        height: bottom + MARGIN,
    }
}

/// The entity that stands for another one in the picture: alarms and log groups are told of at their owners.
fn shown(it: Entity) -> Entity {
    match it {
        Entity::Alarm(id, _) | Entity::LogGroup(id) => Entity::Stage(id),
        Entity::FunctionLogGroup(id) => Entity::Function(id),
        other => other,
    }
}

/// For each resource: whether it has to do with domains, with stages or the API, and with anything else.
fn sides(arcs: &BTreeSet<(Entity, Relation, Entity)>) -> BTreeMap<usize, [bool; 3]> {
    let mut out: BTreeMap<usize, [bool; 3]> = BTreeMap::new();
    let both = arcs.iter().flat_map(|(from, _, to)| [(*from, *to), (*to, *from)]);
    for (entity, other) in both {
        if let Entity::Resource(at) = entity {
            let side = match other {
                Entity::Domain(_) => 0,
                Entity::Stage(_) | Entity::Api => 1,
                Entity::Resource(_) => continue,
                _ => 2,
            };
            out.entry(at).or_default()[side] = true;
        }
    }
    out
}

fn column(entity: Entity, sides: &BTreeMap<usize, [bool; 3]>) -> usize {
    match entity {
        Entity::Domain(_) | Entity::UsagePlan(_) | Entity::ApiKey(_) => 0,
        Entity::Stage(_) | Entity::LogGroup(_) | Entity::Alarm(..) => 1,
        Entity::Api | Entity::Route(_) => ROUTES,
        Entity::Authorizer(_) | Entity::Integration(_) | Entity::GatewayResponse(_) => 3,
        Entity::Model(_) => 4,
        Entity::Function(_) | Entity::VpcLink(_) | Entity::FunctionLogGroup(_) => 4,
        Entity::Resource(at) => match sides.get(&at) {
            Some([true, false, false]) => 1,
            Some([_, true, false]) => 0,
            _ => 5,
        },
    }
}

/// The lines, and a bend in each column that one passes. Lines with the same end share their bends.
fn lines(
    arcs: &BTreeSet<(Entity, Relation, Entity)>,
    found: &BTreeMap<Entity, usize>,
    used: &[usize],
    nodes: &mut Vec<Node>,
) -> Vec<Line> {
    let mut bends: BTreeMap<(Entity, usize), usize> = BTreeMap::new();
    let mut out = Vec::new();
    for (from, relation, to) in arcs {
        let stop = |it: &Entity| found.get(it).map_or(Stop::Frame, |at| Stop::Node(*at));
        let column = |nodes: &[Node], it: &Entity| found.get(it).map_or(ROUTES, |at| nodes[*at].column);
        let (start, end) = (column(nodes, from), column(nodes, to));
        let mut between: Vec<usize> =
            used.iter().copied().filter(|it| start.min(end) < *it && *it < start.max(end)).collect();
        if start > end {
            between.reverse();
        }
        let mut stops = vec![stop(from)];
        for column in between {
            let at = *bends.entry((*to, column)).or_insert_with(|| {
                nodes.push(Node { item: Item::Bend, column, y: 0.0, height: 6.0 });
                nodes.len() - 1
            });
            stops.push(Stop::Node(at));
        }
        stops.push(stop(to));
        out.push(Line { relation: *relation, stops });
    }
    out
}

/// For each node: its neighbours and how much each counts.
fn links(lines: &[Line], nodes: usize) -> Vec<Vec<(usize, f64)>> {
    let mut out = vec![Vec::new(); nodes];
    for line in lines {
        // Routes stand beside what they call; who is asked before only decides among those that call the same.
        let weight = if line.relation == Relation::AuthorizedBy { 0.01 } else { 1.0 };
        for pair in line.stops.windows(2) {
            if let [Stop::Node(a), Stop::Node(b)] = *pair {
                out[a].push((b, weight));
                out[b].push((a, 1.0));
            }
        }
    }
    out
}

/// Orders each column by where the neighbours of its nodes stand, some times in both directions.
fn sort(nodes: &mut [Node], order: &mut [Vec<usize>], used: &[usize], links: &[Vec<(usize, f64)>]) {
    for column in order.iter() {
        stack(nodes, column);
    }
    for _ in 0..6 {
        let there = used.windows(2).map(|it| (it[0], it[1]));
        let back = used.windows(2).rev().map(|it| (it[1], it[0]));
        for (fixed, free) in there.chain(back) {
            let mut keys: Vec<(bool, f64, usize)> = order[free]
                .iter()
                .map(|at| {
                    // Lines pass below the frame, not through it.
                    let below = free == ROUTES && nodes[*at].item == Item::Bend;
                    (below, middle(nodes, &links[*at], fixed).unwrap_or(nodes[*at].y), *at)
                })
                .collect();
            keys.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            order[free] = keys.into_iter().map(|it| it.2).collect();
            stack(nodes, &order[free]);
        }
    }
}

/// Where the neighbours of a node in one column stand on the average.
fn middle(nodes: &[Node], links: &[(usize, f64)], column: usize) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (at, weight) in links {
        if nodes[*at].column == column {
            sum += nodes[*at].y * weight;
            weights += weight;
        }
    }
    (weights > 0.0).then(|| sum / weights)
}

/// The room that a node takes in its column.
fn room(node: &Node) -> f64 {
    let gap = match node.item {
        Item::Box(Entity::Route(_)) => 7.0,
        Item::Box(_) => 18.0,
        Item::Dot(_) | Item::Bend => 10.0,
    };
    node.height + gap
}

/// Puts a column's nodes below each other, around zero.
fn stack(nodes: &mut [Node], column: &[usize]) {
    let total: f64 = column.iter().map(|it| room(&nodes[*it])).sum();
    let mut y = -total / 2.0;
    for at in column {
        let room = room(&nodes[*at]);
        nodes[*at].y = y + room / 2.0;
        y += room;
    }
}

/// Places the routes, and everything else beside its neighbours on the side of the routes; what has none there
/// comes last. Gives the top and height of the frame.
fn place(
    nodes: &mut [Node],
    order: &mut [Vec<usize>],
    used: &[usize],
    links: &[Vec<(usize, f64)>],
) -> (f64, f64) {
    let mut y = MARGIN + HEADER;
    let mut bottom = y + 20.0;
    let mut passing = false;
    for at in &order[ROUTES] {
        let node = &mut nodes[*at];
        if node.item != Item::Bend {
            bottom = y + node.height;
        } else if !std::mem::replace(&mut passing, true) {
            // Lines pass below the frame.
            y = bottom + PADDING + 14.0;
        }
        node.y = y + node.height / 2.0;
        y += room(node);
    }
    let frame = (MARGIN, bottom + PADDING - MARGIN);
    let centre = frame.0 + frame.1 / 2.0;
    let right = used.windows(2).filter(|it| it[0] >= ROUTES).map(|it| (it[0], it[1]));
    let left = used.windows(2).rev().filter(|it| it[1] <= ROUTES).map(|it| (it[1], it[0]));
    for (fixed, free) in right.chain(left) {
        let wish = |at: usize| {
            middle(nodes, &links[at], fixed).or((fixed == ROUTES && free < ROUTES).then_some(centre))
        };
        let mut wishes: Vec<(usize, Option<f64>)> = order[free].iter().map(|at| (*at, wish(*at))).collect();
        wishes.sort_by(|a, b| a.1.unwrap_or(f64::INFINITY).total_cmp(&b.1.unwrap_or(f64::INFINITY)));
        settle(nodes, &wishes);
        order[free] = wishes.into_iter().map(|it| it.0).collect();
    }
    let top = nodes.iter().map(|it| it.y - it.height / 2.0).fold(frame.0, f64::min);
    let shift = MARGIN - top;
    for node in nodes.iter_mut() {
        node.y += shift;
    }
    (frame.0 + shift, frame.1)
}

/// Puts each node of a column as near as possible to where it would like to be, in the order given and without
/// overlaps: nodes that would overlap are moved together (isotonic regression).
fn settle(nodes: &mut [Node], wishes: &[(usize, Option<f64>)]) {
    // Runs of nodes that touch: the sum of where each would have the column begin, and how many they are.
    let mut runs: Vec<(f64, usize)> = Vec::new();
    let mut offsets = Vec::with_capacity(wishes.len());
    let (mut offset, mut last) = (0.0, MARGIN);
    for (at, wish) in wishes {
        let room = room(&nodes[*at]);
        offsets.push(offset + room / 2.0);
        last = wish.map_or(last, |it| it - (offset + room / 2.0));
        offset += room;
        runs.push((last, 1));
        while let [.., before, run] = &runs[..]
            && before.0 / before.1 as f64 > run.0 / run.1 as f64
        {
            let merged = (before.0 + run.0, before.1 + run.1);
            runs.truncate(runs.len() - 2);
            runs.push(merged);
        }
    }
    let starts = runs.iter().flat_map(|(sum, count)| std::iter::repeat_n(sum / *count as f64, *count));
    for (((at, _), start), offset) in wishes.iter().zip(starts).zip(offsets) {
        nodes[*at].y = start + offset;
    }
}

/// Whether a line goes on to the right of a column.
fn passes(line: &Line, nodes: &[Node], column: usize) -> bool {
    let mut columns = line.stops.iter().map(|it| match it {
        Stop::Node(at) => nodes[*at].column,
        Stop::Frame => ROUTES,
    });
    let first = columns.next().unwrap_or(0);
    let last = columns.next_back().unwrap_or(first);
    first.min(last) <= column && column < first.max(last)
}

fn is_within_column(line: &Line, nodes: &[Node]) -> bool {
    matches!(line.stops[..], [Stop::Node(a), Stop::Node(b)] if nodes[a].column == nodes[b].column)
}
