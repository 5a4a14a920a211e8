//! The scheduled faults and the objectives of a thing: lists whose rows open into fields, one at a time.
//!
//! Without a thing, the lists show the whole system and its teams.

use super::card::{self, Committer};
use crate::editor::{Command, Thing, fault, objective, team};
use crate::scenario::measure::mentions;
use crate::scenario::{Goal, Kind, Objective, Scenario};
use crate::scene::run::objectives::measured as shown;
use crate::scene::run::readout::Readout;
use crate::text::{Id, percent};
use crate::ui::driver::Driver;
use crate::ui::icon;
use crate::ui::state::{App, Update};
use crate::{id, t};
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`Schedule`].
#[derive(Properties, PartialEq)]
pub struct ScheduleProps {
    /// The document.
    pub document: Rc<Scenario>,
    /// The thing whose faults and objectives are shown; `None` for the whole system.
    pub thing: Option<Thing>,
    /// The run, for the time at which a new fault begins.
    pub driver: Driver,
    /// The results of the objectives, in the order of the file.
    pub measured: Vec<Measured>,
}

/// Whether an objective is met, and its measure; `None` before there are any data.
pub type Measured = Option<(bool, String)>;

/// The open row: its list, and its index in the file.
type Open = Option<(List, usize)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Faults,
    Objectives,
    Teams,
}

/// The results of the objectives so far.
pub fn measured(document: &Scenario, readout: &Readout) -> Vec<Measured> {
    let measure = |(index, objective): (usize, &Objective)| {
        let verdict = readout.objectives.get(index).copied().flatten()?;
        match (&objective.goal, verdict.value) {
            (Goal::Success(_), value) => Some((verdict.met, percent(value?))),
            (_, value) => Some((verdict.met, shown(value?, verdict.unit).text())),
        }
    };
    document.objectives.iter().enumerate().map(measure).collect()
}

/// A key that differs for each thing, so that the lists of another thing begin with every row closed.
pub fn key(thing: Option<&Thing>) -> String {
    match thing {
        None => "schedule".into(),
        Some(Thing::Service(id)) => format!("schedule {id}"),
        Some(Thing::Link { from, to }) => format!("schedule {from} {to}"),
    }
}

/// The lists.
#[component]
pub fn Schedule(props: &ScheduleProps) -> Html {
    let app = use_context::<App>();
    let open = use_state(|| Open::None);
    let ScheduleProps { document, thing, .. } = props;
    let is_client = match thing {
        Some(Thing::Service(id)) => document.services.iter().any(|s| s.id == *id && s.kind == Kind::Client),
        None | Some(Thing::Link { .. }) => false,
    };
    let editing = Editing { app, open };
    html! {
        <>
            if is_client || thing.is_none() {
                { objectives(props, &editing) }
            }
            if !is_client {
                { faults(props, &editing) }
            }
            if thing.is_none() {
                { teams(document, &editing) }
            }
        </>
    }
}

/// The open row, and the way to change it.
struct Editing {
    app: Option<App>,
    open: UseStateHandle<Open>,
}

impl Editing {
    /// A callback that runs a command, and then opens a row or closes all.
    fn act(&self, command: Command, next: Open) -> Callback<MouseEvent> {
        let (app, open) = (self.app.clone(), self.open.setter());
        Callback::from(move |_| {
            if let Some(app) = &app {
                app.send(Update::Do(command.clone()));
            }
            open.set(next);
        })
    }

    fn row(
        &self,
        list: List,
        index: usize,
        texts: [String; 2],
        without: Command,
        fields: impl FnOnce() -> Html,
    ) -> Row {
        let is_open = *self.open == Some((list, index));
        let open = self.open.setter();
        Row {
            index,
            texts,
            mark: None,
            toggle: Callback::from(move |_| open.set(Some((list, index)).filter(|_| !is_open))),
            remove: self.act(without, None),
            fields: is_open.then(fields),
        }
    }
}

/// A line of a list.
struct Row {
    index: usize,
    /// The name of the item, and a short note.
    texts: [String; 2],
    mark: Measured,
    toggle: Callback<MouseEvent>,
    remove: Callback<MouseEvent>,
    /// The fields of an open row.
    fields: Option<Html>,
}

fn list(title: Id, add: Id, onclick: Option<Callback<MouseEvent>>, rows: Vec<Row>) -> Html {
    html! {
        <section class="list" aria-label={title.text()}>
            <header>
                <h3>{ title.text() }</h3>
                if let Some(onclick) = onclick {
                    <button type="button" class="text-button" {onclick}>{ add.text() }</button>
                }
            </header>
            if !rows.is_empty() {
                <ul>{ for rows.into_iter().map(line) }</ul>
            }
        </section>
    }
}

fn line(row: Row) -> Html {
    let Row { index, texts: [name, note], mark, toggle, remove, fields } = row;
    let label = t!("schedule-remove", item = &name);
    html! {
        <li key={index}>
            <button type="button" class="row" aria-expanded={fields.is_some().to_string()} onclick={toggle}>
                <span>{ name }</span>
                <small>{ note }</small>
                if let Some((is_met, share)) = mark {
                    <small class={if is_met { "met" } else { "missed" }}>
                        { if is_met { "✓ " } else { "✗ " } }{ share }
                    </small>
                }
            </button>
            <button type="button" class="quiet" title={label.clone()} aria-label={label} onclick={remove}>{ icon::bin() }</button>
            if let Some(fields) = fields {
                <div class="row-fields">{ fields }</div>
            }
        </li>
    }
}

/// The items without the one at `index`.
fn without<T: Clone>(all: &[T], index: usize) -> Vec<T> {
    all.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, item)| item.clone()).collect()
}

/// The items and a new one.
fn with<T: Clone>(all: &[T], new: T) -> Vec<T> {
    all.iter().cloned().chain([new]).collect()
}

/// A committer that replaces one item of a list by a command.
fn committer_of<T: Clone + 'static>(
    app: &Option<App>,
    all: &[T],
    index: usize,
    command: fn(Vec<T>) -> Command,
) -> Committer<T> {
    let all = all.to_vec();
    Committer::new(app.clone(), move |item| {
        let mut all = all.clone();
        if let Some(place) = all.get_mut(index) {
            *place = item;
        }
        command(all)
    })
}

fn faults(props: &ScheduleProps, editing: &Editing) -> Html {
    let ScheduleProps { document, thing, driver, .. } = props;
    let all = &document.faults;
    let is_of = |effect| thing.as_ref().is_none_or(|thing| fault::struck(effect) == *thing);
    let shown = all.iter().enumerate().filter(|(_, fault)| is_of(&fault.effect));
    let rows = shown.map(|(i, fault)| {
        let texts = fault::summary(fault, document).map(|part| part.text());
        editing.row(List::Faults, i, texts, Command::SetFaults(without(all, i)), || {
            let committer = committer_of(&editing.app, all, i, Command::SetFaults);
            card::fields(&format!("fault-{i}"), &fault::fields(document), fault, &committer, None)
        })
    });
    let add = fault::can_strike(document, thing.as_ref()).then(|| {
        let (app, open) = (editing.app.clone(), editing.open.setter());
        let (document, thing, driver) = (document.clone(), thing.clone(), driver.clone());
        Callback::from(move |_: MouseEvent| {
            // Read here, because the time has moved on since the last drawing.
            let new = fault::new(&document, thing.as_ref(), driver.time().since_start());
            if let (Some(app), Some(new)) = (&app, new) {
                app.send(Update::Do(Command::SetFaults(with(&document.faults, new))));
                open.set(Some((List::Faults, document.faults.len())));
            }
        })
    });
    list(id!("schedule-faults"), id!("schedule-faults-add"), add, rows.collect())
}

fn objectives(props: &ScheduleProps, editing: &Editing) -> Html {
    let ScheduleProps { document, thing, measured, .. } = props;
    let all = &document.objectives;
    let client = match thing {
        Some(Thing::Service(id)) => Some(id.as_str()),
        None | Some(Thing::Link { .. }) => None,
    };
    let is_about = |objective: &Objective, id: &str| match &objective.goal {
        Goal::Expect(condition) => mentions(condition, id),
        Goal::Success(_) | Goal::Latency { .. } => objective.client == id,
    };
    let rows = all.iter().enumerate().filter(|(_, o)| client.is_none_or(|id| is_about(o, id))).map(|(i, objective)| {
        let texts = [objective.name.clone(), objective::summary(&objective.goal).text()];
        let row = editing.row(List::Objectives, i, texts, Command::SetObjectives(without(all, i)), || {
            let committer = committer_of(&editing.app, all, i, Command::SetObjectives);
            card::fields(&format!("objective-{i}"), &objective::fields(document), objective, &committer, None)
        });
        Row { mark: measured.get(i).cloned().flatten(), ..row }
    });
    let add = objective::new(document, client)
        .map(|new| editing.act(Command::SetObjectives(with(all, new)), Some((List::Objectives, all.len()))));
    list(id!("schedule-objectives"), id!("schedule-objectives-add"), add, rows.collect())
}

fn teams(document: &Scenario, editing: &Editing) -> Html {
    let all = &document.teams;
    let rows = all.iter().enumerate().map(|(i, team)| {
        let texts = [team.name.clone(), team::summary(team, document).text()];
        editing.row(List::Teams, i, texts, Command::SetTeams(without(all, i)), || {
            let committer = committer_of(&editing.app, all, i, Command::SetTeams);
            card::fields(&format!("team-{i}"), &team::fields(), team, &committer, None)
        })
    });
    let add = editing.act(Command::SetTeams(with(all, team::new(document))), Some((List::Teams, all.len())));
    list(id!("schedule-teams"), id!("schedule-teams-add"), Some(add), rows.collect())
}
