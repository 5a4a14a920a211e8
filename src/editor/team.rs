//! Editable settings of the teams that own the services.

use super::field::{Field, Input};
use crate::scenario::{Scenario, Team};
use crate::text::Message;
use crate::{id, msg, t};

/// A new team with the first free number.
pub fn new(document: &Scenario) -> Team {
    let id = |n: usize| format!("team-{n}");
    let n = (1..).find(|n| document.teams.iter().all(|t| t.id != id(*n))).unwrap_or(1);
    Team { id: id(n), name: t!("team-default-name", n = n) }
}

/// A summary of a team, e.g. `2 services`.
pub fn summary(team: &Team, document: &Scenario) -> Message {
    msg!("team-services", services = document.services.iter().filter(|s| s.team.as_ref() == Some(&team.id)).count())
}

/// The fields of a team.
pub fn fields() -> Vec<Field<Team>> {
    vec![
        Field::new(id!("field-name"), None, Input::Text, |t: &mut Team| Some(&mut t.name)),
        Field::new(id!("field-id"), None, Input::Text, |t: &mut Team| Some(&mut t.id)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::field::assert_fields_read_back;

    #[test]
    fn new_teams_get_the_first_free_number() {
        let mut document = Scenario::default();
        for wanted in ["team-1", "team-2"] {
            let team = new(&document);
            assert_eq!(team.id, wanted);
            assert_fields_read_back(&fields(), &team);
            document.teams.push(team);
        }
        document.teams.remove(0);
        assert_eq!(new(&document).name, "Team 1");
        assert_eq!(summary(&document.teams[0], &document).text(), "0 services");
    }
}
