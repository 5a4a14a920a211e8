//! Mistakes in waiting: calls without a timeout, timeouts shorter than any answer, and callers that give up before their
//! callees.

use super::call::{self, Estimate, Longest, heeds_deadline, own_deadline};
use super::repair::{Repair, Warning};
use super::rule::Rule;
use super::system::System;
use super::words::{length, round_down, round_up};
use crate::msg;
use crate::policy::deadline;
use crate::scenario::limits;
use crate::scenario::{Link, Threads};
use crate::text::Message;
use crate::time::Span;

/// The shortest timeout that a repair sets.
const SHORTEST: Span = Span::millis(500);
/// The timeout of a repair is this many times the usual duration of an answer.
const PATIENCE: f64 = 5.0;

/// Finds mistakes in waiting.
pub fn find(system: &System, deadlines: &Deadlines, found: &mut Vec<Warning>) {
    let waits = Waits {
        system,
        deadlines,
        least: Estimate::Least.of_answers(system),
        usual: Estimate::Usual.of_answers(system),
    };
    for edge in 0..system.edges.len() {
        found.extend(waits.no_timeout(edge));
        let too_short = waits.too_short(edge);
        found.extend(if too_short.is_some() { too_short } else { waits.gives_up_early(edge) });
        found.extend(waits.lost_deadline(edge));
    }
}

/// The deadlines that come with the requests of a system.
pub(super) struct Deadlines {
    /// By service: whether each request to it has a deadline.
    sure: Vec<bool>,
    /// By service: whether some requests to it have one.
    possible: Vec<bool>,
    /// By edge: the longest deadline of an attempt; `None` if some attempts may have no deadline.
    longest: Vec<Option<Span>>,
}

impl Deadlines {
    pub fn of(system: &System) -> Self {
        let mut longest = vec![None; system.edges.len()];
        for &service in &system.order {
            let incoming = system.incoming[service].iter().map(|edge| longest[*edge]);
            let inherited = incoming.reduce(|a: Option<Span>, b| Some(a?.max(b?))).flatten();
            for &edge in &system.outgoing[service] {
                let link = system.edges[edge].link;
                let passed_on = inherited.filter(|_| heeds_deadline(link));
                longest[edge] = [own_deadline(link), passed_on].into_iter().flatten().min();
            }
        }
        Deadlines { sure: with_deadline(system, true), possible: with_deadline(system, false), longest }
    }

    /// Whether an attempt over a link may have a deadline.
    pub fn may_hold(&self, system: &System, edge: usize) -> bool {
        let link = system.edges[edge].link;
        own_deadline(link).is_some() || heeds_deadline(link) && self.possible[system.edges[edge].from]
    }
}

/// By service: whether all (or with `all` false, some) requests to it have a deadline.
fn with_deadline(system: &System, all: bool) -> Vec<bool> {
    let mut brings: Vec<bool> = system.incoming.iter().map(|incoming| all && !incoming.is_empty()).collect();
    loop {
        let mut changed = false;
        for &service in &system.order {
            let by = |edge: &usize| {
                let edge = &system.edges[*edge];
                own_deadline(edge.link).is_some() || heeds_deadline(edge.link) && brings[edge.from]
            };
            let mut incoming = system.incoming[service].iter();
            let now = if all { brings[service] && incoming.all(by) } else { incoming.any(by) };
            changed |= now != brings[service];
            brings[service] = now;
        }
        if !changed {
            return brings;
        }
    }
}

/// The data that the rules about waiting share.
struct Waits<'a> {
    system: &'a System<'a>,
    deadlines: &'a Deadlines,
    /// By edge: the shortest and the usual duration of a good answer.
    least: Vec<Span>,
    usual: Vec<Span>,
}

impl Waits<'_> {
    fn no_timeout(&self, edge: usize) -> Option<Warning> {
        let (link, from) = (self.system.edges[edge].link, self.system.edges[edge].from);
        let is_sure = self.deadlines.sure[from];
        let ends = link.timeout.is_some() || own_deadline(link).is_some() || heeds_deadline(link) && is_sure;
        if ends || self.system.is_client(from) {
            return None;
        }
        let caller = self.system.service(from);
        let (a, b) = (caller.label(), self.system.name(self.system.edges[edge].to));
        let reason = match (caller.threads, caller.workers) {
            (Threads::Blocking, Some(n)) => msg!("warning-no-timeout-workers", callee = b, caller = a, workers = n),
            _ => msg!("warning-no-timeout-reason", callee = b, caller = a),
        };
        let pass_on = is_sure.then(|| self.system.repair(edge, msg!("repair-pass-deadline-on"), heed));
        let timeout = self.sensible(edge);
        let wait = self.system.repair(edge, wait_at_most(timeout), |l| l.timeout = Some(timeout));
        let repairs = pass_on.into_iter().chain([wait]).collect();
        Some(self.system.warning(Rule::NoTimeout, edge, reason, repairs))
    }

    fn too_short(&self, edge: usize) -> Option<Warning> {
        let (link, least) = (self.system.edges[edge].link, self.least[edge]);
        let waits = call::patience(link).filter(|waits| *waits <= least)?;
        let timeout = Some(self.sensible(edge)).filter(|timeout| *timeout > least)?;
        let (a, b) = (self.system.name(self.system.edges[edge].from), self.system.name(self.system.edges[edge].to));
        let (waits, takes) = (length(waits), length(least));
        let reason = msg!("warning-too-short-reason", caller = a, waits = waits, callee = b, takes = takes);
        let longer = self.system.repair(edge, wait_at_most(timeout), |l| {
            let deadline = l.deadline.as_mut().and_then(|deadline| deadline.set.as_mut());
            l.timeout.as_mut().into_iter().chain(deadline).filter(|span| **span <= least).for_each(|s| *s = timeout);
        });
        Some(self.system.warning(Rule::TooShort, edge, reason, vec![longer]))
    }

    fn gives_up_early(&self, edge: usize) -> Option<Warning> {
        let link = self.system.edges[edge].link;
        let waits = link.timeout.filter(|timeout| own_deadline(link).is_none_or(|deadline| *timeout <= deadline))?;
        if link.cancel || self.system.is_in_circle(edge) {
            return None;
        }
        let mut calls: Vec<(Longest, usize)> = self.calls_behind(edge).collect();
        calls.sort_unstable();
        let (longest, slowest) = calls.pop().filter(|(longest, _)| longest.lasts > waits)?;
        let others_fit = calls.iter().all(|(longest, _)| longest.lasts <= waits);
        let name = |service| self.system.name(service);
        let (a, b) = (name(self.system.edges[edge].from), name(self.system.edges[edge].to));
        let c = name(self.system.edges[slowest].to);
        let (waited, lasts) = (length(waits), length(longest.lasts));
        let reason = msg!(
            "warning-gives-up-early-reason",
            caller = a,
            waits = waited,
            callee = b,
            attempts = longest.attempts,
            behind = c,
            lasts = lasts,
        );
        let timeout = round_up(longest.lasts);
        let wait = (timeout <= limits::DURATION)
            .then(|| self.system.repair(edge, wait_at_most(timeout), |l| l.timeout = Some(timeout)));
        let shorten = if others_fit { self.shorten(slowest, waits) } else { None };
        let repairs: Vec<Repair> = wait.into_iter().chain(shorten).collect();
        let others = self.system.things([slowest]);
        let warning = self.system.warning(Rule::GivesUpEarly, edge, reason, repairs);
        (!warning.repairs.is_empty()).then_some(Warning { others, ..warning })
    }

    /// The calls that the callee of a link may make for it, with their longest durations.
    fn calls_behind(&self, edge: usize) -> impl Iterator<Item = (Longest, usize)> {
        let link = self.system.edges[edge].link;
        let may_inherit = heeds_deadline(link) && self.deadlines.possible[self.system.edges[edge].from];
        self.system.outgoing[self.system.edges[edge].to].iter().filter_map(move |&call| {
            let behind = self.system.edges[call].link;
            let mut longest = call::longest(behind).filter(|_| !self.system.is_in_circle(call))?;
            if let Some(deadline) = behind.deadline.filter(|deadline| deadline.pass_on) {
                let set = own_deadline(link).map_or(Span::MAX, |set| set.saturating_sub(deadline.reserve));
                longest.lasts = longest.lasts.min(set);
                // The remaining time of a deadline from further up is unknown.
                return Some((longest, call)).filter(|_| !may_inherit);
            }
            Some((longest, call))
        })
    }

    /// A repair that makes a call end within `limit`, by fewer attempts or a shorter timeout.
    fn shorten(&self, edge: usize, limit: Span) -> Option<Repair> {
        let link = self.system.edges[edge].link;
        let fits = |link: &Link| call::longest(link).is_some_and(|longest| longest.lasts <= limit);
        let most = call::longest(link)?.attempts;
        let ends = self.system.ends(edge);
        let fewer = (1..most).rev().find(|n| fits(&with_attempts(link, *n)));
        if let Some(n) = fewer {
            let title = msg!("repair-fewer-attempts", link = ends, times = n);
            return Some(self.system.repair(edge, title, |l| *l = with_attempts(l, n)));
        }
        let timeout = round_down(limit);
        let once = if most > 1 { with_attempts(link, 1) } else { link.clone() };
        let shorter = Link { timeout: Some(timeout), ..once };
        let title = msg!("repair-shorter-timeout", link = ends, timeout = length(timeout));
        (fits(&shorter) && timeout > self.least[edge]).then(|| self.system.repair(edge, title, |l| *l = shorter))
    }

    fn lost_deadline(&self, edge: usize) -> Option<Warning> {
        let (link, from) = (self.system.edges[edge].link, self.system.edges[edge].from);
        let longest = call::longest(link).filter(|_| !heeds_deadline(link) && !self.system.is_in_circle(edge))?;
        let outlasted = |above: &&usize| {
            let (call, deadline) = (self.system.edges[**above].link, self.deadlines.longest[**above]);
            let ends_by_deadline = deadline.is_some_and(|d| d < longest.lasts && call.timeout.is_none_or(|t| d < t));
            ends_by_deadline && !call.cancel && !self.system.is_in_circle(**above)
        };
        let above = *self.system.incoming[from].iter().find(outlasted)?;
        let deadline = self.deadlines.longest[above]?;
        let name = |service| self.system.name(service);
        let (a, b) = (name(self.system.edges[above].from), name(from));
        let reason = msg!(
            "warning-lost-deadline-reason",
            caller = a,
            callee = b,
            deadline = length(deadline),
            lasts = length(longest.lasts),
            behind = name(self.system.edges[edge].to),
        );
        let pass_on = self.system.repair(edge, msg!("repair-pass-deadline-on"), heed);
        let others = self.system.things([above]);
        Some(Warning { others, ..self.system.warning(Rule::LostDeadline, edge, reason, vec![pass_on]) })
    }

    /// A sensible timeout for a link: several times the usual duration of an answer, and long enough for the calls of the
    /// callee.
    fn sensible(&self, edge: usize) -> Span {
        let behind = self.calls_behind(edge).map(|(longest, _)| longest.lasts).max();
        let usual = self.usual[edge].scaled(PATIENCE);
        round_up(usual.max(SHORTEST).max(behind.unwrap_or(Span::ZERO))).min(limits::DURATION)
    }
}

/// The title of a repair that sets a timeout.
fn wait_at_most(timeout: Span) -> Message {
    msg!("repair-wait-at-most", timeout = length(timeout))
}

/// Makes a link respect the deadline of the caller's own request.
fn heed(link: &mut Link) {
    link.deadline = Some(deadline::Config { pass_on: true, ..link.deadline.unwrap_or_default() });
}

/// The link with this number of attempts. One attempt means no retry.
fn with_attempts(link: &Link, attempts: u32) -> Link {
    let retry = link.retry.clone().filter(|_| attempts > 1);
    Link { retry: retry.map(|retry| crate::policy::retry::Config { max_attempts: attempts, ..retry }), ..link.clone() }
}
