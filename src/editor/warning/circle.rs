//! Circles of calls.

use super::repair::{Repair, Warning};
use super::rule::Rule;
use super::system::System;
use crate::editor::{Command, Thing};
use crate::msg;
use std::collections::{BTreeSet, VecDeque};

/// The most services of a circle that a reason names.
const NAMED: usize = 6;

/// Finds one warning for each set of services that can reach each other, at the link that leads back.
pub fn find(system: &System, found: &mut Vec<Warning>) {
    let depths = depths(system);
    let inside = || (0..system.edges.len()).filter(|edge| system.is_in_circle(*edge));
    let circles: BTreeSet<usize> = inside().map(|edge| system.circle[system.edges[edge].from]).collect();
    for circle in circles {
        let of_it = inside().filter(|edge| system.circle[system.edges[*edge].from] == circle);
        // The link that leads back furthest towards the clients is probably the mistake.
        let back = of_it.max_by_key(|edge| {
            let edge = &system.edges[*edge];
            depths[edge.from] as i64 - depths[edge.to] as i64
        });
        found.extend(back.map(|edge| warning(system, edge)));
    }
}

fn warning(system: &System, back: usize) -> Warning {
    let way = way(system, system.edges[back].to, system.edges[back].from);
    let mut names: Vec<&str> = way.iter().map(|edge| system.name(system.edges[*edge].from)).collect();
    names.push(system.name(system.edges[back].from));
    if names.len() > NAMED {
        names.splice(NAMED - 2..names.len() - 1, ["…"]);
    }
    names.push(names[0]);
    let always = way.iter().chain([&back]).all(|edge| system.edges[*edge].link.probability >= 1.0);
    let path = names.join(" → ");
    let reason =
        if always { msg!("warning-cycle-always", path = path) } else { msg!("warning-cycle-sometimes", path = path) };
    let link = system.edges[back].link;
    let command = Command::Remove(Thing::link(&link.from, &link.to).into());
    let remove = Repair { title: msg!("repair-remove-link", link = system.ends(back)), command };
    Warning { others: system.things(way), ..system.warning(Rule::Cycle, back, reason, vec![remove]) }
}

/// The distance of each service from the clients in calls, or from the first service if there are no clients.
fn depths(system: &System) -> Vec<usize> {
    let count = system.scenario.services.len();
    let mut depths = vec![count; count];
    let clients: VecDeque<usize> = (0..count).filter(|service| system.is_client(*service)).collect();
    let mut waiting = if clients.is_empty() { (0..count.min(1)).collect() } else { clients };
    waiting.iter().for_each(|service| depths[*service] = 0);
    while let Some(here) = waiting.pop_front() {
        for to in system.outgoing[here].iter().map(|edge| system.edges[*edge].to) {
            if depths[to] == count {
                depths[to] = depths[here] + 1;
                waiting.push_back(to);
            }
        }
    }
    depths
}

/// The shortest path from one service to another, as edges. Within a circle it always exists.
fn way(system: &System, from: usize, to: usize) -> Vec<usize> {
    let mut by = vec![None; system.scenario.services.len()];
    let mut waiting = VecDeque::from([from]);
    while let Some(here) = waiting.pop_front().filter(|here| *here != to) {
        for &edge in &system.outgoing[here] {
            let next = system.edges[edge].to;
            if by[next].is_none() && next != from {
                by[next] = Some(edge);
                waiting.push_back(next);
            }
        }
    }
    let mut way = Vec::new();
    let mut here = to;
    while let Some(edge) = by[here] {
        way.push(edge);
        here = system.edges[edge].from;
    }
    way.reverse();
    way
}
