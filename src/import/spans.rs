//! Spans of both formats of traces, and their trees: who called whom.

use super::note::{Notes, Place};
use crate::msg;
use crate::outcome::Outcome;
use crate::scenario::words::Word;
use crate::scenario::{Method, Protocol};
use std::collections::BTreeMap;

/// The contents of a file of traces.
#[derive(Debug, Default)]
pub(super) struct Recorded {
    /// The names of the services.
    pub(super) services: Vec<String>,
    /// The spans, in the order of the file.
    pub(super) spans: Vec<Span>,
    /// The notes so far.
    pub(super) notes: Notes,
    by_name: BTreeMap<String, usize>,
}

impl Recorded {
    /// The index of the service with this name, added if there is none.
    pub(super) fn service(&mut self, name: &str) -> usize {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        self.services.push(name.to_owned());
        self.by_name.insert(name.to_owned(), self.services.len() - 1);
        self.services.len() - 1
    }

    /// The index of the service with this name, if there is one.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }
}

/// A recorded piece of work.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Span {
    /// The trace, by its id.
    pub(super) trace: String,
    /// Its own id, within the trace.
    pub(super) id: String,
    /// The id of the span around it.
    pub(super) parent: Option<String>,
    /// The index of its service.
    pub(super) service: usize,
    /// Its name.
    pub(super) name: String,
    /// Which side of a call it is.
    pub(super) kind: Kind,
    /// When it began, in nanoseconds.
    pub(super) start: u64,
    /// When it ended; not before it began.
    pub(super) end: u64,
    /// Whether its status is an error.
    pub(super) is_error: bool,
    /// The facts in its attributes.
    pub(super) facts: Facts,
}

/// Which side of a call a span is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Not given.
    #[default]
    Unknown,
    /// Within one service.
    Internal,
    /// The callee's.
    Server,
    /// The caller's.
    Client,
    /// The sender of a message, which does not wait.
    Producer,
    /// The receiver of a message.
    Consumer,
}

/// The facts in the attributes of a span, by the semantic conventions of OpenTelemetry and their older names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// The name of the callee.
    pub(super) peer: Option<String>,
    /// The HTTP method.
    pub(super) method: Option<Method>,
    /// The protocol of the call.
    pub(super) protocol: Option<Protocol>,
    /// The HTTP status of the answer.
    pub(super) status: Option<u64>,
    /// The number of the repetition of a call, from 1; 0 for the first attempt.
    pub(super) resend: u64,
    /// Whether the caller stopped waiting.
    pub(super) timed_out: bool,
    /// Whether it had no end when the recording ended; traces of this program mark that.
    pub(super) is_unanswered: bool,
}

/// The attributes that name the callee, the most specific first.
const PEERS: [&str; 8] = [
    "peer.service",
    "service.peer.name",
    "db.system.name",
    "db.system",
    "messaging.system",
    "server.address",
    "net.peer.name",
    "rpc.service",
];

impl Facts {
    /// Reads the facts from attributes.
    pub(super) fn of(attributes: &BTreeMap<&str, String>) -> Facts {
        fn first<'a>(attributes: &'a BTreeMap<&str, String>, names: &[&'static str]) -> Option<&'a str> {
            names.iter().find_map(|name| attributes.get(name)).map(String::as_str)
        }
        let get = |names| first(attributes, names);
        let protocol = match get(&["rpc.system", "rpc.system.name"]) {
            Some("grpc") => Some(Protocol::Grpc),
            _ if attributes.keys().any(|name| name.starts_with("graphql.")) => Some(Protocol::Graphql),
            _ => None,
        };
        Facts {
            peer: get(&PEERS).filter(|peer| !peer.is_empty()).map(str::to_owned),
            method: get(&["http.request.method", "http.method"]).and_then(Method::from_word),
            protocol,
            status: get(&["http.response.status_code", "http.status_code"]).and_then(|code| code.parse().ok()),
            resend: get(&["http.request.resend_count", "http.resend_count"]).and_then(|n| n.parse().ok()).unwrap_or(0),
            is_unanswered: get(&["callchain.unanswered"]) == Some("true"),
            timed_out: get(&["error.type"]).is_some_and(|kind| kind == Outcome::Timeout.name()),
        }
    }
}

/// The spans of a file as trees.
pub(super) struct Trees {
    /// The parent of each span.
    pub(super) parents: Vec<Option<usize>>,
    /// The children of each span, in the order in which they began.
    pub(super) children: Vec<Vec<usize>>,
    /// Whether the span has a parent that is not in the file.
    pub(super) orphans: Vec<bool>,
}

impl Trees {
    /// Joins the spans, without those whose id appears twice. A circle of parents is cut, so that a tree remains.
    pub(super) fn of(recorded: &mut Recorded) -> Trees {
        let mut index: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut is_first = vec![true; recorded.spans.len()];
        for (i, span) in recorded.spans.iter().enumerate() {
            if !span.id.is_empty() {
                is_first[i] = *index.entry((&span.trace, &span.id)).or_insert(i) == i;
            }
        }
        let repeated = is_first.iter().filter(|is_first| !**is_first).count();
        if repeated > 0 {
            let mut is_first = is_first.into_iter();
            recorded.spans.retain(|_| is_first.next().unwrap_or(true));
            recorded.notes.add(Place::Whole, msg!("import-same-id", count = repeated));
            return Trees::of(recorded);
        }
        let spans = &recorded.spans;
        let parent = |span: &Span| index.get(&(span.trace.as_str(), span.parent.as_deref()?)).copied();
        let mut parents: Vec<Option<usize>> = spans.iter().map(parent).collect();
        cut_circles(&mut parents);
        let orphans =
            spans.iter().zip(&parents).map(|(span, found)| span.parent.is_some() && found.is_none()).collect();
        let mut children = vec![Vec::new(); spans.len()];
        for (child, parent) in parents.iter().enumerate() {
            parent.iter().for_each(|parent| children[*parent].push(child));
        }
        children.iter_mut().for_each(|list| list.sort_by_key(|child| (spans[*child].start, *child)));
        Trees { parents, children, orphans }
    }
}

/// Removes one parent from every circle of parents.
fn cut_circles(parents: &mut [Option<usize>]) {
    // 0 for a span that was not visited yet; else 1 + the start of the walk that visited it.
    let mut seen = vec![0; parents.len()];
    for start in 0..parents.len() {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start + 1;
            match parents[at] {
                Some(parent) if seen[parent] == start + 1 => parents[at] = None,
                Some(parent) => at = parent,
                None => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_are_each_others_parents_are_cut_apart() {
        let mut parents = vec![Some(1), Some(2), Some(0), Some(3), Some(0), None];
        cut_circles(&mut parents);
        assert_eq!(parents, [Some(1), Some(2), None, None, Some(0), None]);
    }
}
