//! What can be set of the requests that a client sends.

use super::card::Card;
use super::field::{Field, Input, Typed, distribution, list};
use super::sketch::{Sketch, curve};
use crate::chance::Distribution;
use crate::scenario::{Arrivals, Load};
use crate::time::Span;

/// One card for each load of a client.
pub fn cards(loads: &[Load]) -> Vec<Card<Vec<Load>>> {
    (0..loads.len())
        .map(|i| {
            let fields = fields().into_iter().map(|f| f.within(move |all: &mut Vec<Load>| all.get_mut(i))).collect();
            Card::section("Load", fields)
                .saying(loads.get(i).map_or(String::new(), |l| in_words(&l.arrivals)))
                .drawn([loads.get(i).and_then(think_time).and_then(curve::of).map(Sketch::Curve)])
                .removable(move |all: &mut Vec<Load>| {
                    if i < all.len() {
                        all.remove(i);
                    }
                })
        })
        .collect()
}

fn think_time(load: &Load) -> Option<&Distribution> {
    if let Arrivals::Users { think, .. } = &load.arrivals { Some(think) } else { None }
}

/// What a load comes to, in a few words.
pub fn in_words(arrivals: &Arrivals) -> String {
    match arrivals {
        Arrivals::Poisson(rate) => format!("about {rate} / s"),
        Arrivals::Constant(rate) => format!("{rate} / s"),
        Arrivals::At(times) => format!("{} requests", times.len()),
        Arrivals::Users { users, .. } => format!("{users} users"),
        Arrivals::Profile(_) => "a profile".into(),
    }
}

fn fields() -> Vec<Field<Load>> {
    let kinds = [
        ("poisson", "at random"),
        ("constant", "evenly"),
        ("at", "at set times"),
        ("users", "from users"),
        ("profile", "by a profile"),
    ];
    let mut fields = vec![
        Field::custom(
            "Requests come",
            "",
            Input::choice(kinds),
            |l: &Load| Some(kind(&l.arrivals).into()),
            |l, text| {
                if kind(&l.arrivals) != text {
                    l.arrivals = of_kind(text, about_rate(&l.arrivals));
                }
                Ok(())
            },
        ),
        Field::number("Rate", "per second", |l: &mut Load| match &mut l.arrivals {
            Arrivals::Poisson(rate) | Arrivals::Constant(rate) => Some(rate),
            _ => None,
        }),
        Field::new("Instants", "e.g. 0s, 250ms", Input::Text, |l: &mut Load| match &mut l.arrivals {
            Arrivals::At(times) => Some(times),
            _ => None,
        }),
        Field::number("Users", "", |l: &mut Load| match &mut l.arrivals {
            Arrivals::Users { users, .. } => Some(users),
            _ => None,
        }),
        Field::new("Rates per second", "e.g. 0s 10, 10s 100", Input::Text, |l: &mut Load| match &mut l.arrivals {
            Arrivals::Profile(points) => Some(points),
            _ => None,
        }),
    ];
    fields.extend(distribution("Think time", |l: &mut Load| match &mut l.arrivals {
        Arrivals::Users { think, .. } => Some(think),
        _ => None,
    }));
    fields.extend([
        Field::span("From", |l: &mut Load| Some(&mut l.from)),
        Field::maybe_span("Until", "the end", |l: &mut Load| Some(&mut l.until)),
        Field::new("Patience", "without end", Input::Dial, |l: &mut Load| Some(&mut l.patience)),
        Field::number("Asks again", "times by hand", |l: &mut Load| Some(&mut l.asks_again)),
    ]);
    fields
}

fn kind(arrivals: &Arrivals) -> &'static str {
    match arrivals {
        Arrivals::Poisson(_) => "poisson",
        Arrivals::Constant(_) => "constant",
        Arrivals::At(_) => "at",
        Arrivals::Users { .. } => "users",
        Arrivals::Profile(_) => "profile",
    }
}

/// About how many requests a second it is, for a change to another kind.
fn about_rate(arrivals: &Arrivals) -> f64 {
    match arrivals {
        Arrivals::Poisson(rate) | Arrivals::Constant(rate) => *rate,
        Arrivals::Users { users, .. } => f64::from(*users),
        Arrivals::Profile(points) => points.first().map_or(2.0, |p| p.1),
        Arrivals::At(_) => 2.0,
    }
}

fn of_kind(name: &str, rate: f64) -> Arrivals {
    match name {
        "poisson" => Arrivals::Poisson(rate),
        "at" => Arrivals::At(vec![Span::ZERO, Span::millis(250)]),
        "users" => Arrivals::Users {
            users: libm::ceil(rate).clamp(1.0, 1_000.0) as u32,
            think: Distribution::Exponential { mean: Span::secs(1) },
        },
        "profile" => Arrivals::Profile(vec![(Span::ZERO, rate), (Span::secs(10), rate * 10.0), (Span::secs(20), rate)]),
        _ => Arrivals::Constant(rate),
    }
}

impl Typed for Vec<(Span, f64)> {
    fn show(&self) -> String {
        self.iter().map(|(at, rate)| format!("{at} {rate}")).collect::<Vec<_>>().join(", ")
    }
    fn read(text: &str) -> Result<Self, String> {
        let point = |part: &str| {
            let (at, rate) = part.rsplit_once(' ').ok_or_else(|| format!("“{part}” is not a point, e.g. 10s 100."))?;
            Ok((Span::read(at)?, f64::read(rate.trim())?))
        };
        list(text).map(point).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::command::first_load;
    use crate::editor::field::assert_fields_read_back;

    #[test]
    fn every_kind_of_load_reads_back_what_it_shows() {
        let loads = vec![first_load("a"), first_load("a")];
        for name in ["poisson", "constant", "at", "users", "profile"] {
            let card = &cards(&loads)[1];
            let changed = card.fields[0].set(&loads, name).unwrap();
            assert_eq!(changed[0], loads[0], "the other load is left alone");
            assert_eq!(kind(&changed[1].arrivals), name);
            assert_fields_read_back(&card.fields, &changed);
        }
    }
}
