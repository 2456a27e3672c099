//! Finds circles, as exactly as CloudFormation does: between the parts of entities.

use std::collections::{BTreeMap, VecDeque};

use petgraph::Direction::Outgoing;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::Entity;
use crate::graph::{Edge, Part};

/// The most circles that are told of entities that hang together: more don't help.
const MOST: usize = 100;

/// Each circle as a path that begins with its least entity.
pub(crate) fn cycles(graph: &DiGraph<Entity, Edge, u32>) -> Vec<Vec<Entity>> {
    let mut out = Vec::new();
    for component in kosaraju_scc(graph) {
        if is_circular(graph, &component) {
            let parts = parts(graph, &component);
            for component in kosaraju_scc(&parts) {
                if is_circular(&parts, &component) {
                    paths(&parts, component, &mut out);
                }
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

fn is_circular<N, E>(graph: &DiGraph<N, E, u32>, component: &[NodeIndex]) -> bool {
    match component {
        [one] => graph.contains_edge(*one, *one),
        _ => true,
    }
}

/// The entities of a component, taken apart: who seems to be in a circle may be so with different parts only.
fn parts(graph: &DiGraph<Entity, Edge, u32>, component: &[NodeIndex]) -> DiGraph<(Entity, Part), (), u32> {
    let mut members: Vec<NodeIndex> = component.to_vec();
    members.sort_unstable();
    let mut found: BTreeMap<(NodeIndex, Part), NodeIndex> = BTreeMap::new();
    let mut out = DiGraph::new();
    let mut edges = Vec::new();
    for at in &members {
        for it in graph.edges_directed(*at, Outgoing) {
            if members.binary_search(&it.target()).is_ok() {
                edges.push(((*at, it.weight().from), (it.target(), it.weight().to)));
            }
        }
        for part in [Part::Itself, Part::Role, Part::Alias, Part::Record, Part::Mapping] {
            found.insert((*at, part), out.add_node((graph[*at], part)));
        }
        edges.push(((*at, Part::Itself), (*at, Part::Role)));
        for part in [Part::Alias, Part::Record, Part::Mapping] {
            edges.push(((*at, part), (*at, Part::Itself)));
        }
    }
    for (from, to) in edges {
        out.add_edge(found[&from], found[&to], ());
    }
    out
}

/// For each member of a component that no path goes through yet, the shortest path back to it.
fn paths(
    graph: &DiGraph<(Entity, Part), (), u32>,
    mut component: Vec<NodeIndex>,
    out: &mut Vec<Vec<Entity>>,
) {
    component.sort_unstable();
    let mut covered = vec![false; component.len()];
    let place = |it: NodeIndex| component.binary_search(&it).ok();
    let most = out.len() + MOST;
    for at in 0..component.len() {
        if covered[at] || out.len() == most {
            continue;
        }
        let path = shortest(graph, component[at], &place, component.len());
        for it in &path {
            if let Some(at) = place(*it) {
                covered[at] = true;
            }
        }
        let mut entities: Vec<Entity> = path.into_iter().map(|it| graph[it].0).collect();
        entities.dedup();
        while entities.len() > 1 && entities.first() == entities.last() {
            entities.pop();
        }
        let least = entities.iter().enumerate().min_by_key(|it| it.1).map_or(0, |it| it.0);
        entities.rotate_left(least);
        out.push(entities);
    }
}

/// The shortest path from a node back to itself, within a component in which there is one.
fn shortest(
    graph: &DiGraph<(Entity, Part), (), u32>,
    start: NodeIndex,
    place: &impl Fn(NodeIndex) -> Option<usize>,
    size: usize,
) -> Vec<NodeIndex> {
    let mut before: Vec<Option<NodeIndex>> = vec![None; size];
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        let mut next: Vec<NodeIndex> = graph.neighbors_directed(at, Outgoing).collect();
        next.sort_unstable();
        for it in next {
            if it == start {
                let mut path = vec![at];
                while let Some(it) = path.last().and_then(|it| before[place(*it)?]) {
                    path.push(it);
                }
                path.reverse();
                return path;
            }
            if let Some(slot) = place(it)
                && before[slot].is_none()
            {
                before[slot] = Some(at);
                queue.push_back(it);
            }
        }
    }
    vec![start]
}
