//! Editable settings of the objectives of clients.

use super::field::{Field, Input};
use crate::scenario::measure::{Condition, Names};
use crate::scenario::{Goal, Kind, Objective, Scenario};
use crate::text::{Exact, Message, number};
use crate::time::Span;
use crate::{id, msg, t};

/// A new objective of `client`, or of the first client; `None` if there is no client.
pub fn new(document: &Scenario, client: Option<&str>) -> Option<Objective> {
    let clients = || document.services.iter().filter(|s| s.kind == Kind::Client);
    let client = clients().find(|s| client.is_none_or(|id| s.id == id))?;
    Some(Objective {
        name: t!("objective-default-name", client = client.label()),
        client: client.id.clone(),
        goal: Goal::Success(0.99),
    })
}

/// A summary of a goal, e.g. `99 % good` or `95 % within 1.5 s`.
pub fn summary(goal: &Goal) -> Message {
    let percent = |share: f64| number(libm::round(share * 1e5) / 1e3);
    match goal {
        Goal::Success(share) => msg!("objective-success", percent = percent(*share)),
        Goal::Latency { quantile, within } => {
            msg!("objective-latency", percent = percent(*quantile), within = Exact(*within))
        }
        Goal::Expect(condition) => msg!("objective-condition", condition = condition.as_str()),
    }
}

/// The fields of an objective.
pub fn fields(document: &Scenario) -> Vec<Field<Objective>> {
    let clients = document.services.iter().filter(|s| s.kind == Kind::Client);
    let clients = Input::pick(clients.map(|s| (s.id.clone(), s.label().to_string())));
    let kinds = Input::choice([
        ("success", id!("option-objective-success")),
        ("latency", id!("option-objective-latency")),
        ("expect", id!("option-objective-condition")),
    ]);
    let first = new(document, None).map(|objective| objective.client).unwrap_or_default();
    let names = Names::of_scenario(document);
    vec![
        Field::new(id!("field-name"), None, Input::Text, |o: &mut Objective| Some(&mut o.name)),
        Field::new(id!("field-client"), None, clients, |o: &mut Objective| match o.goal {
            Goal::Success(_) | Goal::Latency { .. } => Some(&mut o.client),
            Goal::Expect(_) => None,
        }),
        Field::custom(
            id!("field-objective-kind"),
            None,
            kinds,
            |o: &Objective| Some(kind(&o.goal).into()),
            move |o, text| {
                if kind(&o.goal) != text {
                    become_kind(o, text, &first);
                }
                Ok(())
            },
        ),
        Field::number(id!("field-objective-share"), Some(id!("hint-share")), |o: &mut Objective| match &mut o.goal {
            Goal::Success(share) => Some(share),
            Goal::Latency { quantile, .. } => Some(quantile),
            Goal::Expect(_) => None,
        }),
        Field::span(id!("field-objective-within"), |o: &mut Objective| match &mut o.goal {
            Goal::Latency { within, .. } => Some(within),
            Goal::Success(_) | Goal::Expect(_) => None,
        }),
        Field::custom(
            id!("field-objective-condition"),
            Some(id!("hint-condition")),
            Input::Text,
            |o: &Objective| match &o.goal {
                Goal::Expect(condition) => Some(condition.clone()),
                Goal::Success(_) | Goal::Latency { .. } => None,
            },
            move |o, text| {
                let condition = Condition::parse(text.trim(), &names)
                    .map_err(|mistake| msg!("field-not-a-condition", reason = mistake.to_string()))?;
                o.goal = Goal::Expect(condition.text);
                Ok(())
            },
        ),
    ]
}

/// Changes the kind of an objective. A condition belongs to no client, so if it becomes an objective of another kind,
/// that belongs to `first`.
fn become_kind(objective: &mut Objective, kind: &str, first: &str) {
    if objective.client.is_empty() {
        objective.client = first.to_owned();
    }
    objective.goal = match kind {
        "success" => Goal::Success(0.99),
        "latency" => Goal::Latency { quantile: 0.95, within: Span::secs(1) },
        _ => Goal::Expect(format!("clients.{}.success_rate >= 99%", std::mem::take(&mut objective.client))),
    };
}

fn kind(goal: &Goal) -> &'static str {
    match goal {
        Goal::Success(_) => "success",
        Goal::Latency { .. } => "latency",
        Goal::Expect(_) => "expect",
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
    fn a_new_objective_belongs_to_a_client_and_can_run() {
        let objective = new(&document(), None).unwrap();
        assert_eq!(objective.client, "web");
        assert!(check(&Scenario { objectives: vec![objective], ..document() }).is_ok());
        assert_eq!(new(&document(), Some("a")), None, "a service expects nothing");
    }

    #[test]
    fn a_condition_is_refused_with_the_position_of_the_mistake() {
        let (document, objective) = (document(), new(&document(), None).unwrap());
        let objective = fields(&document)[2].set(&objective, "expect").unwrap();
        let set = |text: &str| fields(&document)[5].set(&objective, text);
        let refusal = set("services.b.arrived == 0").unwrap_err().text();
        assert_eq!(refusal, "Not a condition: there is no service “b”; the services are a (at character 10)");
        let changed = set(" services.a.arrived == 0 ").unwrap();
        assert_eq!(changed.goal, Goal::Expect("services.a.arrived == 0".into()));
        assert!(check(&Scenario { objectives: vec![changed], ..document }).is_ok());
    }

    #[test]
    fn all_kinds_read_back_what_they_show() {
        let mut objective = new(&document(), None).unwrap();
        for (kind, words) in [
            ("latency", "95\u{a0}% within 1\u{a0}s"),
            ("expect", "clients.web.success_rate >= 99%"),
            ("success", "99\u{a0}% good"),
        ] {
            objective = fields(&document())[2].set(&objective, kind).unwrap();
            assert_fields_read_back(&fields(&document()), &objective);
            assert_eq!(summary(&objective.goal).text(), words);
        }
    }
}
