//! A load: what a client sends, and when.

use super::part::Part;
use super::reader::{Object, Reader, described};
use super::writer::{Fields, count, list, number, span, text};
use crate::chance::Distribution;
use crate::scenario::json::Json;
use crate::scenario::path::Path;
use crate::scenario::problem::Problems;
use crate::scenario::{Arrivals, Load, limits};
use crate::time::Span;

const FIELDS: &[&str] =
    &["client", "poisson", "constant", "at", "users", "profile", "think", "from", "until", "patience", "asks_again"];

/// How long users think unless the file says otherwise.
const THINK: Distribution = Distribution::Constant(Span::secs(1));

impl Part for Load {
    fn read(r: &mut Reader, at: &Path, json: &Json) -> Option<Self> {
        let o = r.object(at, json, "a load", FIELDS)?;
        let mut load = Load { client: r.required(&o, "client", Reader::text).unwrap_or_default(), ..Load::default() };
        r.fill(&mut load.from, &o, "from", Reader::duration);
        load.until = r.optional(&o, "until", Reader::duration);
        load.patience = r.optional(&o, "patience", Reader::duration);
        r.fill(&mut load.asks_again, &o, "asks_again", Reader::count);
        if let Some(arrivals) = arrivals(r, &o) {
            load.arrivals = arrivals;
        }
        Some(load)
    }

    fn write(&self) -> Json {
        let default = Load::default();
        let mut o = Fields::default();
        o.put("client", text(&self.client));
        match &self.arrivals {
            Arrivals::Poisson(rate) => o.put("poisson", number(rate)),
            Arrivals::Constant(rate) => o.put("constant", number(rate)),
            Arrivals::At(instants) => o.put("at", list(instants, span)),
            Arrivals::Users { users, think } => {
                o.put("users", count(users));
                o.unless(think, &THINK, "think", Part::write);
            }
            Arrivals::Profile(points) => {
                o.put("profile", list(points, |(time, rate)| Json::List(vec![span(time), number(rate)])));
            }
        }
        o.unless(&self.from, &default.from, "from", span);
        o.some("until", &self.until, span);
        o.some("patience", &self.patience, span);
        o.unless(&self.asks_again, &default.asks_again, "asks_again", count);
        o.object()
    }

    fn check(&self, problems: &mut Problems, at: &Path) {
        check_arrivals(problems, at, &self.arrivals);
        problems.span(&at.field("from"), self.from);
        if let Some(until) = self.until {
            problems.span(&at.field("until"), until);
            if until < self.from {
                problems
                    .report(&at.field("until"), || format!("\"{until}\" is earlier than \"from\", \"{}\"", self.from));
            }
        }
        if let Some(patience) = self.patience {
            problems.span_above_zero(&at.field("patience"), patience);
        }
    }
}

fn arrivals(r: &mut Reader, o: &Object) -> Option<Arrivals> {
    const KINDS: &[&str] = &["poisson", "constant", "at", "users", "profile"];
    if o.has("think") && !o.has("users") {
        r.unread::<()>(&o.at.field("think"), || "only users think; without \"users\" leave it out".to_owned());
    }
    match r.exactly_one(o, "a load", KINDS)? {
        "poisson" => r.required(o, "poisson", Reader::number).map(Arrivals::Poisson),
        "constant" => r.required(o, "constant", Reader::number).map(Arrivals::Constant),
        "at" => r.required(o, "at", Reader::durations).map(Arrivals::At),
        "users" => {
            let users = r.required(o, "users", Reader::count);
            let think = r.optional(o, "think", Part::read).unwrap_or(THINK);
            Some(Arrivals::Users { users: users?, think })
        }
        _ => r.required(o, "profile", |r, at, json| {
            let points = r.list(at, json, limits::LIST, point)?;
            points.into_iter().collect::<Option<Vec<_>>>().map(Arrivals::Profile)
        }),
    }
}

fn point(r: &mut Reader, at: &Path, json: &Json) -> Option<(Span, f64)> {
    match json {
        Json::List(items) => match items.as_slice() {
            [time, rate] => r.duration(&at.item(0), time).zip(r.number(&at.item(1), rate)),
            _ => r.unread(at, || format!("{} is not a point, e.g. [\"10s\", 100]", described(json))),
        },
        _ => r.unread(at, || format!("{json} is not a point, e.g. [\"10s\", 100]")),
    }
}

fn check_arrivals(problems: &mut Problems, at: &Path, arrivals: &Arrivals) {
    match arrivals {
        Arrivals::Poisson(rate) => problems.within(&at.field("poisson"), *rate, 0.0, limits::RATE),
        Arrivals::Constant(rate) => problems.within(&at.field("constant"), *rate, 0.0, limits::RATE),
        Arrivals::At(instants) => {
            let at = at.field("at");
            if problems.length(&at, instants.len(), limits::LIST) {
                instants.iter().enumerate().for_each(|(i, span)| problems.span(&at.item(i), *span));
            }
        }
        Arrivals::Users { users, think } => {
            if *users > limits::USERS {
                problems.report(&at.field("users"), || {
                    format!("{users} are too many; at most {} are allowed", limits::USERS)
                });
            }
            think.check(problems, &at.field("think"));
        }
        Arrivals::Profile(points) => check_profile(problems, &at.field("profile"), points),
    }
}

fn check_profile(problems: &mut Problems, at: &Path, points: &[(Span, f64)]) {
    if points.is_empty() {
        problems.report(at, || "is empty; at least one point is needed".to_owned());
    }
    if !problems.length(at, points.len(), limits::LIST) {
        return;
    }
    let mut last = Span::ZERO;
    for (i, (time, rate)) in points.iter().enumerate() {
        let at = at.item(i);
        problems.span(&at.item(0), *time);
        problems.within(&at.item(1), *rate, 0.0, limits::RATE);
        if *time < last {
            problems.report(&at.item(0), || format!("\"{time}\" is earlier than the point before it, \"{last}\""));
        }
        last = *time;
    }
}
