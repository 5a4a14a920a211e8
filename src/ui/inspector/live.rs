//! The numbers of this moment, for the thing that is selected.

use crate::policy::breaker;
use crate::scene::run::readout::{BreakerReadout, ClientReadout, LinkReadout, Readout, ServiceReadout};
use crate::text::{Id, count, duration as span, percent, rate};
use crate::{id, t};
use yew::prelude::*;

/// A number with its name.
type Row = (Id, String);

fn numbers(rows: Vec<Row>) -> Html {
    html! {
        <section class="live" aria-label={t!("live-title")}>
            <dl>
                for (name, value) in rows {
                    <div><dt>{ name.text() }</dt><dd>{ value }</dd></div>
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
    let of = |n: u32, all: Option<u32>| all.map_or(n.to_string(), |all| t!("live-of", count = n, limit = all));
    let counts = &view.counts;
    let mut rows = vec![
        (id!("live-good"), share(s.success)),
        (id!("live-arriving"), rate(s.arriving)),
        (id!("live-workers"), of(view.working + view.held, view.workers)),
        (id!("live-queued"), of(view.queued, view.queue)),
        (id!("live-answered"), count(counts.completed)),
        (id!("live-wasted"), count(counts.wasted)),
    ];
    for (name, n) in [
        (id!("live-shed"), counts.shed),
        (id!("live-refused"), counts.refused),
        (id!("live-rate-limited"), counts.rate_limited),
        (id!("live-expired"), counts.expired),
        (id!("live-replayed"), counts.replayed),
        (id!("live-cancelled"), counts.cancelled),
        (id!("live-lost"), counts.lost),
        (id!("live-duplicates"), s.duplicates as u64),
    ] {
        if n > 0 {
            rows.push((name, count(n)));
        }
    }
    numbers(rows)
}

/// The numbers of a link.
pub fn of_link(l: &LinkReadout) -> Html {
    use crate::outcome::Outcome;
    let view = &l.view;
    let mut rows = vec![
        (id!("live-attempts"), rate(l.attempts)),
        (id!("live-failed"), share(l.failed)),
        (id!("live-waiting"), count(u64::from(view.waiting))),
        (id!("live-timeouts"), count(view.attempt_outcomes.get(Outcome::Timeout))),
        (id!("live-calls"), count(view.calls)),
        (id!("live-retries"), count(view.retries)),
    ];
    if let Some(breaker) = &l.breaker {
        rows.push((id!("live-breaker"), breaker_in_words(breaker)));
    }
    numbers(rows)
}

fn breaker_in_words(b: &BreakerReadout) -> String {
    let state = match b.state {
        breaker::State::Closed => id!("live-breaker-closed"),
        breaker::State::Open => id!("live-breaker-open"),
        breaker::State::HalfOpen => id!("live-breaker-half-open"),
    };
    b.left.map_or_else(|| state.text(), |left| t!("live-breaker-left", state = state, left = left))
}

/// The numbers of a client.
pub fn of_client(c: &ClientReadout) -> Html {
    numbers(vec![
        (id!("live-good"), share(c.success)),
        (id!("live-latency"), c.latency.map_or("–".into(), span)),
        (id!("live-sending"), rate(c.sending)),
        (id!("live-pending"), count(c.view.pending)),
        (id!("live-sent"), count(c.view.sent)),
        (id!("live-bad"), count(c.view.outcomes.total() - c.view.outcomes.successes())),
    ])
}

/// How all clients fare, in a line each.
pub fn of_all(readout: &Readout, name_of: impl Fn(&str) -> String) -> Html {
    html! {
        <table class="clients">
            <caption>{ t!("live-clients") }</caption>
            <thead><tr><th scope="col">{ t!("live-client") }</th><th scope="col">{ t!("live-client-good") }</th><th scope="col">{ t!("live-client-time") }</th></tr></thead>
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
