//! A scenario as a graph of calls, with an order of the services and their circles.

use super::repair::{Repair, Warning};
use super::rule::Rule;
use crate::editor::{Command, Thing};
use crate::scenario::{Kind, Link, Scenario, Service};
use crate::text::Message;
use std::collections::BTreeMap;
use std::mem;

/// A link with its ends as indices.
pub(super) struct Edge<'a> {
    pub link: &'a Link,
    pub from: usize,
    pub to: usize,
}

/// A scenario as a graph, without links of probability 0 and links whose ends do not exist.
pub(super) struct System<'a> {
    pub scenario: &'a Scenario,
    pub edges: Vec<Edge<'a>>,
    /// By service: its outgoing edges.
    pub outgoing: Vec<Vec<usize>>,
    /// By service: its incoming edges.
    pub incoming: Vec<Vec<usize>>,
    /// All services, callers before callees except within circles.
    pub order: Vec<usize>,
    /// By service: the number of its circle. Services that can reach each other have the same number.
    pub circle: Vec<usize>,
}

impl<'a> System<'a> {
    pub fn of(scenario: &'a Scenario) -> Self {
        let count = scenario.services.len();
        let index: BTreeMap<&str, usize> = scenario.services.iter().enumerate().map(|(i, s)| (&*s.id, i)).collect();
        let edge = |link: &'a Link| {
            let (from, to) = (*index.get(&*link.from)?, *index.get(&*link.to)?);
            (link.probability > 0.0).then_some(Edge { link, from, to })
        };
        let edges: Vec<Edge> = scenario.links.iter().filter_map(edge).collect();
        let (mut outgoing, mut incoming) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (i, edge) in edges.iter().enumerate() {
            outgoing[edge.from].push(i);
            incoming[edge.to].push(i);
        }
        let mut system =
            System { scenario, edges, outgoing, incoming, order: Vec::new(), circle: vec![usize::MAX; count] };
        system.order();
        system
    }

    /// Orders the services and finds their circles by Kosaraju's algorithm.
    fn order(&mut self) {
        let count = self.scenario.services.len();
        let mut seen = vec![false; count];
        let mut left = Vec::with_capacity(count);
        for root in 0..count {
            let mut path = if mem::replace(&mut seen[root], true) { Vec::new() } else { vec![(root, 0)] };
            while let Some((here, next)) = path.last_mut() {
                if let Some(edge) = self.outgoing[*here].get(*next) {
                    *next += 1;
                    let to = self.edges[*edge].to;
                    if !mem::replace(&mut seen[to], true) {
                        path.push((to, 0));
                    }
                } else {
                    left.push(*here);
                    path.pop();
                }
            }
        }
        left.reverse();
        for (number, root) in left.iter().enumerate() {
            let mut waiting = vec![*root];
            while let Some(here) = waiting.pop() {
                if self.circle[here] == usize::MAX {
                    self.circle[here] = number;
                    waiting.extend(self.incoming[here].iter().map(|edge| self.edges[*edge].from));
                }
            }
        }
        self.order = left;
    }

    pub fn service(&self, index: usize) -> &'a Service {
        &self.scenario.services[index]
    }

    pub fn name(&self, index: usize) -> &'a str {
        self.service(index).label()
    }

    /// Both ends of an edge, e.g. `Orders → Stock`.
    pub fn ends(&self, edge: usize) -> String {
        format!("{} → {}", self.name(self.edges[edge].from), self.name(self.edges[edge].to))
    }

    /// Whether an edge is part of a circle.
    pub fn is_in_circle(&self, edge: usize) -> bool {
        self.circle[self.edges[edge].from] == self.circle[self.edges[edge].to]
    }

    pub fn is_client(&self, index: usize) -> bool {
        self.service(index).kind == Kind::Client
    }

    /// The links of some edges.
    pub fn things(&self, edges: impl IntoIterator<Item = usize>) -> Vec<Thing> {
        edges.into_iter().map(|edge| self.thing(edge)).collect()
    }

    fn thing(&self, edge: usize) -> Thing {
        let link = self.edges[edge].link;
        Thing::link(&link.from, &link.to)
    }

    /// A warning at a link.
    pub fn warning(&self, rule: Rule, edge: usize, reason: Message, repairs: Vec<Repair>) -> Warning {
        Warning { rule, at: self.thing(edge), others: Vec::new(), reason, repairs }
    }

    /// A repair that changes a link.
    pub fn repair(&self, edge: usize, title: Message, change: impl FnOnce(&mut Link)) -> Repair {
        let mut link = Box::new(self.edges[edge].link.clone());
        change(&mut link);
        let (from, to) = (link.from.clone(), link.to.clone());
        Repair { title, command: Command::SetLink { from, to, link } }
    }

    /// A repair that changes a service.
    pub fn repair_service(&self, index: usize, title: Message, change: impl FnOnce(&mut Service)) -> Repair {
        let mut service = Box::new(self.service(index).clone());
        change(&mut service);
        Repair { title, command: Command::SetService { id: service.id.clone(), service } }
    }
}
