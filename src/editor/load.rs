//! Editable settings of the loads of a client.

use super::card::Card;
use super::field::{Field, Input, Typed, distribution, list};
use super::sketch::{Sketch, curve};
use crate::chance::Distribution;
use crate::scenario::{Arrivals, Load};
use crate::text::Message;
use crate::time::Span;
use crate::{id, msg};

/// One card for each load of a client.
pub fn cards(loads: &[Load]) -> Vec<Card<Vec<Load>>> {
    (0..loads.len())
        .map(|i| {
            let fields = fields().into_iter().map(|f| f.within(move |all: &mut Vec<Load>| all.get_mut(i))).collect();
            Card::section(id!("card-load"), fields)
                .saying(loads.get(i).map(|l| summary(&l.arrivals)))
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

/// A summary of a load in a few words.
pub fn summary(arrivals: &Arrivals) -> Message {
    match arrivals {
        Arrivals::Poisson(rate) => msg!("summary-load-poisson", rate = *rate),
        Arrivals::Constant(rate) => msg!("summary-load-constant", rate = *rate),
        Arrivals::At(times) => msg!("summary-load-at", requests = times.len()),
        Arrivals::Users { users, .. } => msg!("summary-load-users", users = *users),
        Arrivals::Profile(_) => msg!("summary-load-profile"),
    }
}

fn fields() -> Vec<Field<Load>> {
    let kinds = [
        ("poisson", id!("option-poisson")),
        ("constant", id!("option-constant-rate")),
        ("at", id!("option-at")),
        ("users", id!("option-users")),
        ("profile", id!("option-profile")),
    ];
    let mut fields = vec![
        Field::custom(
            id!("field-arrivals"),
            None,
            Input::choice(kinds),
            |l: &Load| Some(kind(&l.arrivals).into()),
            |l, text| {
                if kind(&l.arrivals) != text {
                    l.arrivals = of_kind(text, about_rate(&l.arrivals));
                }
                Ok(())
            },
        ),
        Field::number(id!("field-rate"), Some(id!("hint-per-second")), |l: &mut Load| match &mut l.arrivals {
            Arrivals::Poisson(rate) | Arrivals::Constant(rate) => Some(rate),
            _ => None,
        }),
        Field::new(id!("field-instants"), Some(id!("hint-instants")), Input::Text, |l: &mut Load| {
            match &mut l.arrivals {
                Arrivals::At(times) => Some(times),
                _ => None,
            }
        }),
        Field::number(id!("field-users"), None, |l: &mut Load| match &mut l.arrivals {
            Arrivals::Users { users, .. } => Some(users),
            _ => None,
        }),
        Field::new(id!("field-profile"), Some(id!("hint-profile")), Input::Text, |l: &mut Load| {
            match &mut l.arrivals {
                Arrivals::Profile(points) => Some(points),
                _ => None,
            }
        }),
    ];
    fields.extend(distribution(id!("field-think-time"), |l: &mut Load| match &mut l.arrivals {
        Arrivals::Users { think, .. } => Some(think),
        _ => None,
    }));
    fields.extend([
        Field::span(id!("field-load-from"), |l: &mut Load| Some(&mut l.from)),
        Field::maybe_span(id!("field-load-until"), Some(id!("hint-the-end")), |l: &mut Load| Some(&mut l.until)),
        Field::new(id!("field-patience"), Some(id!("hint-forever")), Input::Dial, |l: &mut Load| Some(&mut l.patience)),
        Field::number(id!("field-asks-again"), Some(id!("hint-asks-again")), |l: &mut Load| Some(&mut l.asks_again)),
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

/// The approximate number of requests per second, so that a change to another kind keeps it.
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
    fn read(text: &str) -> Result<Self, Message> {
        let point = |part: &str| {
            let (at, rate) = part.rsplit_once(' ').ok_or_else(|| msg!("field-not-a-point", found = part))?;
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
