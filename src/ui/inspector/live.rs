//! The numbers of this moment, for the thing that is selected.

use crate::policy::breaker;
use crate::scene::run::readout::{BreakerReadout, ClientReadout, LinkReadout, Readout, ServiceReadout};
use crate::scene::words::{count, percent, rate, span};
use yew::prelude::*;

/// A number with its name.
type Row = (&'static str, String);

fn numbers(title: &str, rows: Vec<Row>) -> Html {
    html! {
        <section class="live" aria-label={title.to_string()}>
            <dl>
                for (name, value) in rows {
                    <div><dt>{ name }</dt><dd>{ value }</dd></div>
                }
            </dl>
        </section>
    }
}

fn share(value: Option<f64>) -> String {
    value.map_or("–".into(), percent)
}

/// The numbers of a service.
pub fn of_service(s: &ServiceReadout) -> Html {
    let view = &s.view;
    let of = |n: u32, all: Option<u32>| all.map_or(n.to_string(), |all| format!("{n} of {all}"));
    let counts = &view.counts;
    let mut rows = vec![
        ("good answers", share(s.success)),
        ("requests arriving", rate(s.arriving)),
        ("workers busy", of(view.working + view.held, view.workers)),
        ("waiting in the queue", of(view.queued, view.queue)),
        ("answered", count(counts.completed)),
        ("wasted work", count(counts.wasted)),
    ];
    for (name, n) in [
        ("shed, queue full", counts.shed),
        ("refused, down", counts.refused),
        ("rate limited", counts.rate_limited),
        ("expired in the queue", counts.expired),
        ("answered from the store", counts.replayed),
        ("cancelled", counts.cancelled),
        ("lost as it went down", counts.lost),
        ("booked twice", s.duplicates as u64),
    ] {
        if n > 0 {
            rows.push((name, count(n)));
        }
    }
    numbers("Right now", rows)
}

/// The numbers of a link.
pub fn of_link(l: &LinkReadout) -> Html {
    use crate::outcome::Outcome;
    let view = &l.view;
    let mut rows = vec![
        ("attempts", rate(l.attempts)),
        ("of them fail", share(l.failed)),
        ("callers wait", count(u64::from(view.waiting))),
        ("timeouts", count(view.attempt_outcomes.get(Outcome::Timeout))),
        ("calls in all", count(view.calls)),
        ("retries", count(view.retries)),
    ];
    if let Some(breaker) = &l.breaker {
        rows.push(("circuit breaker", breaker_in_words(breaker)));
    }
    numbers("Right now", rows)
}

fn breaker_in_words(b: &BreakerReadout) -> String {
    let state = match b.state {
        breaker::State::Closed => "closed",
        breaker::State::Open => "open",
        breaker::State::HalfOpen => "half-open",
    };
    b.left.map_or(state.into(), |left| format!("{state}, {}", span(left)))
}

/// The numbers of a client.
pub fn of_client(c: &ClientReadout) -> Html {
    numbers(
        "Right now",
        vec![
            ("good answers", share(c.success)),
            ("takes on average", c.latency.map_or("–".into(), span)),
            ("sends", rate(c.sending)),
            ("under way", count(c.view.pending)),
            ("sent in all", count(c.view.sent)),
            ("ended badly", count(c.view.outcomes.total() - c.view.outcomes.successes())),
        ],
    )
}

/// How all clients fare, in a line each.
pub fn of_all(readout: &Readout, name_of: impl Fn(&str) -> String) -> Html {
    html! {
        <table class="clients">
            <caption>{ "What the clients see" }</caption>
            <thead><tr><th scope="col">{ "Client" }</th><th scope="col">{ "Good" }</th><th scope="col">{ "Mean time" }</th></tr></thead>
            <tbody>
                for client in &readout.clients {
                    <tr>
                        <th scope="row">{ name_of(&client.id) }</th>
                        <td>{ share(client.success) }</td>
                        <td>{ client.latency.map_or("–".into(), span) }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}
