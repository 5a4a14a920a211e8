//! What can be set of the teams that own the services.

use super::field::{Field, Input};
use crate::scenario::{Scenario, Team};

/// A team with the first free number.
pub fn new(document: &Scenario) -> Team {
    let id = |n: usize| format!("team-{n}");
    let n = (1..).find(|n| document.teams.iter().all(|t| t.id != id(*n))).unwrap_or(1);
    Team { id: id(n), name: format!("Team {n}") }
}

/// What a team owns, e.g. `2 services`.
pub fn in_words(team: &Team, document: &Scenario) -> String {
    match document.services.iter().filter(|s| s.team.as_ref() == Some(&team.id)).count() {
        1 => "1 service".into(),
        n => format!("{n} services"),
    }
}

/// The fields of a team.
pub fn fields() -> Vec<Field<Team>> {
    vec![
        Field::new("Name", "", Input::Text, |t: &mut Team| Some(&mut t.name)),
        Field::new("Id", "", Input::Text, |t: &mut Team| Some(&mut t.id)),
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
        assert_eq!(in_words(&document.teams[0], &document), "0 services");
    }
}
