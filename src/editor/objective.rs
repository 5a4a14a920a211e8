//! What can be set of what a client expects. Whether it is met is for the run to tell.

use super::field::{Field, Input};
use crate::scenario::{Goal, Kind, Objective, Scenario};
use crate::text::{Exact, Message, number};
use crate::time::Span;
use crate::{id, msg, t};

/// A new objective of `client`, or of the first client; `None` where there is none.
pub fn new(document: &Scenario, client: Option<&str>) -> Option<Objective> {
    let clients = || document.services.iter().filter(|s| s.kind == Kind::Client);
    let client = clients().find(|s| client.is_none_or(|id| s.id == id))?;
    Some(Objective {
        name: t!("objective-default-name", client = client.label()),
        client: client.id.clone(),
        goal: Goal::Success(0.99),
    })
}

/// What is asked for, e.g. `99 % good` or `95 % within 1.5 s`.
pub fn summary(goal: &Goal) -> Message {
    let percent = |share: f64| number(libm::round(share * 1e5) / 1e3);
    match goal {
        Goal::Success(share) => msg!("objective-success", percent = percent(*share)),
        Goal::Latency { quantile, within } => {
            msg!("objective-latency", percent = percent(*quantile), within = Exact(*within))
        }
    }
}

/// The fields of an objective.
pub fn fields(document: &Scenario) -> Vec<Field<Objective>> {
    let clients = document.services.iter().filter(|s| s.kind == Kind::Client);
    let clients = Input::pick(clients.map(|s| (s.id.clone(), s.label().to_string())));
    let kinds =
        Input::choice([("success", id!("option-objective-success")), ("latency", id!("option-objective-latency"))]);
    vec![
        Field::new(id!("field-name"), None, Input::Text, |o: &mut Objective| Some(&mut o.name)),
        Field::new(id!("field-client"), None, clients, |o: &mut Objective| Some(&mut o.client)),
        Field::custom(
            id!("field-objective-kind"),
            None,
            kinds,
            |o: &Objective| Some(kind(&o.goal).into()),
            |o, text| {
                if kind(&o.goal) != text {
                    o.goal = match text {
                        "success" => Goal::Success(0.99),
                        _ => Goal::Latency { quantile: 0.95, within: Span::secs(1) },
                    };
                }
                Ok(())
            },
        ),
        Field::number(id!("field-objective-share"), Some(id!("hint-share")), |o: &mut Objective| match &mut o.goal {
            Goal::Success(share) => Some(share),
            Goal::Latency { quantile, .. } => Some(quantile),
        }),
        Field::span(id!("field-objective-within"), |o: &mut Objective| match &mut o.goal {
            Goal::Latency { within, .. } => Some(within),
            Goal::Success(_) => None,
        }),
    ]
}

fn kind(goal: &Goal) -> &'static str {
    match goal {
        Goal::Success(_) => "success",
        Goal::Latency { .. } => "latency",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::field::assert_fields_read_back;
    use crate::scenario::Service;
    use crate::scenario::check::check;

    fn document() -> Scenario {
        let services = vec![Service::new("a", Kind::Service), Service::new("web", Kind::Client)];
        Scenario { services, ..Scenario::default() }
    }

    #[test]
    fn a_new_objective_is_of_a_client_and_can_run() {
        let objective = new(&document(), None).unwrap();
        assert_eq!(objective.client, "web");
        assert!(check(&Scenario { objectives: vec![objective], ..document() }).is_ok());
        assert_eq!(new(&document(), Some("a")), None, "a service expects nothing");
    }

    #[test]
    fn both_measures_read_back_what_they_show() {
        let mut objective = new(&document(), None).unwrap();
        for (kind, words) in [("latency", "95\u{a0}% within 1\u{a0}s"), ("success", "99\u{a0}% good")] {
            objective = fields(&document())[2].set(&objective, kind).unwrap();
            assert_fields_read_back(&fields(&document()), &objective);
            assert_eq!(summary(&objective.goal).text(), words);
        }
    }
}
