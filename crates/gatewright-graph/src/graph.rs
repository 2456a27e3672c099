//! The graph: petgraph inside, entities outside.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use gatewright_ir::Id;
use petgraph::Direction::{self, Incoming, Outgoing};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::{Entity, Relation, cycle};

/// Who needs whom.
#[derive(Clone, Debug)]
pub struct Graph {
    // Invariant: the nodes stand in the order of their entities, so an index compares as its entity does. The
    // edges were added in descending order: petgraph walks them backwards, which makes every walk ascending.
    inner: DiGraph<Entity, Edge, u32>,
    /// Where each kind of entity begins among the nodes.
    starts: [usize; KINDS],
    /// What outputs refer to: used, although no entity needs it.
    outputs: Vec<Entity>,
}

/// An edge, and which parts of the two entities it joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub(crate) relation: Relation,
    pub(crate) from: Part,
    pub(crate) to: Part,
}

/// What an entity becomes in CloudFormation, where that is more than one resource. A function that refers to a
/// key whose policy names the function's role is sound, because the role doesn't need the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    /// The thing itself.
    Itself,
    /// A role, which the thing needs.
    Role,
    /// What needs the thing, such as an alias or version of a function.
    Alias,
    /// The DNS record of a domain name, which needs the domain.
    Record,
    /// The mappings of a domain name, which need the domain.
    Mapping,
}

const KINDS: usize = 16;

impl Graph {
    /// All entities, in their order.
    pub fn entities(&self) -> impl DoubleEndedIterator<Item = Entity> + ExactSizeIterator + '_ {
        self.inner.raw_nodes().iter().map(|it| it.weight)
    }

    /// Whether there is such an entity. Log groups, for one, are only where somebody writes to them.
    pub fn contains(&self, entity: Entity) -> bool {
        self.index(entity).is_some()
    }

    /// What an entity needs, and how; ascending.
    pub fn needs(&self, entity: Entity) -> impl Iterator<Item = (Relation, Entity)> + '_ {
        self.around(entity, Outgoing)
    }

    /// Who needs an entity, and how; ascending.
    pub fn users(&self, entity: Entity) -> impl Iterator<Item = (Relation, Entity)> + '_ {
        self.around(entity, Incoming)
    }

    /// All entities, each after everything that it needs; else in their own order. Where they need each other in
    /// a circle, the first of them comes first.
    pub fn in_order(&self) -> Vec<Entity> {
        let graph = &self.inner;
        let mut open: Vec<usize> =
            graph.node_indices().map(|it| graph.edges_directed(it, Outgoing).count()).collect();
        let mut done = vec![false; open.len()];
        let mut ready: BinaryHeap<Reverse<usize>> =
            (0..open.len()).filter(|it| open[*it] == 0).map(Reverse).collect();
        let mut out = Vec::with_capacity(open.len());
        let mut first_left = 0;
        while out.len() < open.len() {
            let at = match ready.pop() {
                Some(Reverse(at)) => at,
                None => {
                    while done[first_left] {
                        first_left += 1;
                    }
                    first_left
                }
            };
            if std::mem::replace(&mut done[at], true) {
                continue;
            }
            let at = NodeIndex::new(at);
            out.push(graph[at]);
            for user in graph.neighbors_directed(at, Incoming) {
                let left = &mut open[user.index()];
                *left -= 1;
                if *left == 0 && !done[user.index()] {
                    ready.push(Reverse(user.index()));
                }
            }
        }
        out
    }

    /// The integrations, functions, authorizers and VPC links that nothing leads to.
    ///
    /// Whatever a route, stage or domain needs is reached. So is what the user's own resources and outputs refer
    /// to: a function that a queue triggers is not unused.
    pub fn unreachable(&self) -> Vec<Entity> {
        let graph = &self.inner;
        let may_be_idle = |it: Entity| {
            matches!(
                it,
                Entity::Integration(_) | Entity::Function(_) | Entity::Authorizer(_) | Entity::VpcLink(_)
            )
        };
        let mut reached = vec![false; graph.node_count()];
        let roots = graph.node_indices().filter(|it| !may_be_idle(graph[*it]));
        let mut rest: Vec<NodeIndex> =
            roots.chain(self.outputs.iter().filter_map(|it| self.index(*it))).collect();
        while let Some(at) = rest.pop() {
            if !std::mem::replace(&mut reached[at.index()], true) {
                rest.extend(graph.neighbors_directed(at, Outgoing).filter(|it| !reached[it.index()]));
            }
        }
        let idle = graph.node_indices().filter(|it| !reached[it.index()]);
        idle.map(|it| graph[it]).collect()
    }

    /// Entities that need each other in a circle: each a path on which everyone needs the next and the last needs
    /// the first, which is the least of them. Empty for what CloudFormation can create.
    ///
    /// There may be very many circles through the same few entities, so not all are told: every entity that is in
    /// one is on at least one path, up to a hundred paths for entities that hang together.
    pub fn cycles(&self) -> Vec<Vec<Entity>> {
        cycle::cycles(&self.inner)
    }

    /// A way from the API's own definition back to the API, if there is one: what the definition names (functions of
    /// integrations and authorizers, links, resources) refers to the API in turn. It is a circle where the whole
    /// definition is one resource, as in the template's layout `body`; single resources do not mind.
    ///
    /// The first entity is an integration or authorizer, the last is what refers to the API.
    pub fn way_back_to_api(&self) -> Option<Vec<Entity>> {
        let graph = &self.inner;
        let mut from: Vec<Option<NodeIndex>> = vec![None; graph.node_count()];
        let named = |it: &NodeIndex| matches!(graph[*it], Entity::Integration(_) | Entity::Authorizer(_));
        let mut rest: std::collections::VecDeque<NodeIndex> = graph.node_indices().filter(named).collect();
        rest.iter().for_each(|it| from[it.index()] = Some(*it));
        while let Some(at) = rest.pop_front() {
            for (relation, next) in self.needs(graph[at]) {
                if relation == Relation::BelongsTo {
                    continue;
                }
                if next == Entity::Api {
                    let mut way = vec![graph[at]];
                    let mut at = at;
                    while let Some(before) = from[at.index()].filter(|it| *it != at) {
                        way.push(graph[before]);
                        at = before;
                    }
                    way.reverse();
                    return Some(way);
                }
                if let Some(next) = self.index(next)
                    && from[next.index()].is_none()
                {
                    from[next.index()] = Some(at);
                    rest.push_back(next);
                }
            }
        }
        None
    }

    pub(crate) fn new(entities: Vec<Entity>) -> Self {
        let mut starts = [entities.len(); KINDS];
        for (at, it) in entities.iter().enumerate().rev() {
            starts[place(*it).0] = at;
        }
        let mut inner = DiGraph::with_capacity(entities.len(), entities.len() * 3);
        for it in entities {
            inner.add_node(it);
        }
        Self { inner, starts, outputs: Vec::new() }
    }

    /// Adds edges that ascend by their ends; see the invariant.
    pub(crate) fn connect(&mut self, edges: &[(usize, usize, Edge)]) {
        for (from, to, edge) in edges.iter().rev() {
            self.inner.add_edge(NodeIndex::new(*from), NodeIndex::new(*to), *edge);
        }
    }

    pub(crate) fn set_outputs(&mut self, outputs: Vec<Entity>) {
        self.outputs = outputs;
    }

    /// The place of an entity among all.
    pub(crate) fn position(&self, entity: Entity) -> Option<usize> {
        self.index(entity).map(NodeIndex::index)
    }

    fn index(&self, entity: Entity) -> Option<NodeIndex> {
        let nodes = self.inner.raw_nodes();
        let (kind, offset) = place(entity);
        let at = self.starts[kind].saturating_add(offset);
        if nodes.get(at).is_some_and(|it| it.weight == entity) {
            return Some(NodeIndex::new(at));
        }
        // Not everyone has a log group or alarms.
        nodes.binary_search_by(|it| it.weight.cmp(&entity)).ok().map(NodeIndex::new)
    }

    fn around(&self, entity: Entity, direction: Direction) -> impl Iterator<Item = (Relation, Entity)> + '_ {
        let edges = self.index(entity).map(|at| self.inner.edges_directed(at, direction));
        let mut last = None;
        edges.into_iter().flatten().filter_map(move |it| {
            let other = if direction == Outgoing { it.target() } else { it.source() };
            let it = (it.weight().relation, self.inner[other]);
            // Two parts of an entity may need the same.
            (last.replace(it) != Some(it)).then_some(it)
        })
    }
}

/// The kind of an entity as a number, and its place among its kind if all of that kind are there.
fn place(entity: Entity) -> (usize, usize) {
    match entity {
        Entity::Api => (0, 0),
        Entity::Function(id) => (1, id.index()),
        Entity::Integration(id) => (2, id.index()),
        Entity::VpcLink(id) => (3, id.index()),
        Entity::Authorizer(id) => (4, id.index()),
        Entity::Model(id) => (5, id.index()),
        Entity::Route(id) => (6, id.index()),
        Entity::Stage(id) => (7, id.index()),
        Entity::Domain(id) => (8, id.index()),
        Entity::ApiKey(id) => (9, id.index()),
        Entity::UsagePlan(id) => (10, id.index()),
        Entity::GatewayResponse(id) => (11, id.index()),
        Entity::LogGroup(id) => (12, id.index()),
        Entity::FunctionLogGroup(id) => (13, id.index()),
        Entity::Alarm(id, at) => (14, id.index().saturating_add(at)),
        Entity::Resource(at) => (15, at),
    }
}
