//! What a run came to: the one place where shares, rates, means and quantiles of a run are worked out.
//!
//! [`crate::scenario::measure`] reads what is asked; this module answers. All counts of the engine only grow, so what
//! happened in a window is the difference of two readings, one at each end, and the whole run is the window that begins
//! with nothing. Nothing is done for an event: the run is held at the ends of windows (`Collector::due`), which costs
//! nothing in between, and each window keeps one reading until it ends.
//!
//! A `Collector` stands beside the engine in a [`super::Simulation`] and not outside of it, so that a fork, a checkpoint
//! or a step back has the readings that belong to its moment. It reads the engine and never changes it.
//!
//! A number of which nothing was seen (no request ended, no worker limited) is absent: `None`.

pub mod counts;
mod read;
mod recovery;

use super::engine::Engine;
use crate::chance::Seed;
use crate::scenario::measure::{
    ClientField, Condition, LatencyField, Measure, Names, Operator, Path, SystemField, Test, Unit, Window,
};
use crate::scenario::topology::{Goal, Objective, Topology};
use crate::time::Time;
use read::Reading;
use recovery::Recovery;
use std::sync::Arc;

/// A run at a moment, to be read.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub engine: &'a Engine,
    pub topology: &'a Topology,
    pub seed: Seed,
    /// The moment; nothing is left to happen up to it.
    pub at: Time,
}

/// What was measured for a condition or an objective, and whether it is good enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// What was measured, in the unit of the measure; `None`: absent.
    pub value: Option<f64>,
    /// Whether it is good enough. A condition on something absent does not hold; an objective about the requests of a
    /// client is met as long as none has ended.
    pub met: bool,
    /// What the value counts.
    pub unit: Unit,
}

/// The measures that are asked of a run, and what has been read for them.
#[derive(Clone, Debug)]
pub(super) struct Collector {
    /// Those of the objectives, in the order of the file, then those that were asked besides. `None`: what it names is
    /// no longer part of the system.
    measures: Arc<[Option<Measure>]>,
    /// The texts of those that were asked besides.
    asked: Arc<[String]>,
    /// What has been read for measures that need more than a look at the end.
    watches: Vec<Watch>,
    /// When the next reading is due; [`Time::MAX`]: never.
    due: Time,
}

/// What has been read for a measure so far.
#[derive(Clone, Debug)]
struct Watch {
    /// Which measure.
    index: usize,
    stage: Stage,
}

#[derive(Clone, Debug)]
enum Stage {
    /// The window begins later.
    Before,
    /// What was read when the window began: for the path, and for the denominator.
    During(Arc<[Reading; 2]>),
    /// The window has ended, with this value.
    After(Option<f64>),
    /// The window, or the first fault, began before the measure was asked.
    Missed,
    Recovery(Box<Recovery>),
}

impl Collector {
    /// The collector of a run at its start.
    pub fn new(t: &Topology) -> Self {
        let nothing = Collector { measures: [].into(), asked: [].into(), watches: Vec::new(), due: Time::MAX };
        if t.objectives.is_empty() { nothing } else { nothing.with(t, [].into(), Time::ZERO) }
    }

    /// The same with other measures, whose texts are `asked`, from `now` on.
    fn with(&self, t: &Topology, asked: Arc<[String]>, now: Time) -> Collector {
        let objectives = t.objectives.iter().map(|objective| Some(measure_of(objective)));
        let names = (!asked.is_empty()).then(|| Names::of_topology(t));
        let besides = asked.iter().map(|text| Measure::parse(text, names.as_ref()?).ok());
        let measures: Vec<Option<Measure>> = objectives.chain(besides).collect();
        let watch = |(index, measure): (usize, &Option<Measure>)| {
            let measure = measure.as_ref()?;
            Stage::of(measure, t, now).map(|fresh| Watch { index, stage: self.known(measure, t).unwrap_or(fresh) })
        };
        let watches = measures.iter().enumerate().filter_map(watch).collect();
        let mut collector = Collector { measures: measures.into(), asked, watches, due: Time::MAX };
        collector.find_due();
        collector
    }

    /// What was read already for a measure with this text.
    fn known(&self, measure: &Measure, t: &Topology) -> Option<Stage> {
        let is_it = |watch: &&Watch| {
            self.measures.get(watch.index).is_some_and(|known| {
                known.as_ref().is_some_and(|known| known.text == measure.text && known.window == measure.window)
            })
        };
        let stage = self.watches.iter().find(is_it)?.stage.clone();
        match stage {
            Stage::Recovery(recovery) if !recovery.fits(t) => None,
            stage => Some(stage),
        }
    }

    /// Also answers these measures from now on; it has to be asked before their windows begin.
    pub fn ask(&mut self, measures: &[Measure], t: &Topology, now: Time) {
        let asked = self.asked.iter().cloned().chain(measures.iter().map(|measure| measure.text.clone())).collect();
        *self = self.with(t, asked, now);
    }

    /// Goes on with another topology, as the engine does.
    pub fn reconfigure(&mut self, t: &Topology, now: Time) {
        *self = self.with(t, self.asked.clone(), now);
    }

    /// When the next reading is due: have the run reach this instant, and no further, and call [`Collector::sample`].
    pub fn due(&self) -> Time {
        self.due
    }

    /// Takes the readings that are due at the moment of the source.
    pub fn sample(&mut self, source: Source) {
        for watch in &mut self.watches {
            let Some(Some(measure)) = self.measures.get(watch.index) else { continue };
            if watch.stage.due(measure.window) <= source.at {
                watch.stage.advance(measure, source);
            }
        }
        self.find_due();
    }

    fn find_due(&mut self) {
        let window = |index: usize| self.measures.get(index)?.as_ref()?.window;
        self.due = self.watches.iter().map(|w| w.stage.due(window(w.index))).min().unwrap_or(Time::MAX);
    }

    /// The value of a measure, counted over the objectives and those that were asked besides.
    fn value(&self, index: usize, source: Source) -> Option<f64> {
        let measure = self.measures.get(index)?.as_ref()?;
        match self.watches.iter().find(|watch| watch.index == index).map(|watch| &watch.stage) {
            None => whole_run(measure, source),
            Some(Stage::Before | Stage::Missed) => None,
            Some(Stage::During(before)) => windowed(measure, before, source),
            Some(Stage::After(value)) => *value,
            Some(Stage::Recovery(recovery)) => {
                let term = |path: Path| match path {
                    Path::System(SystemField::RecoveredAt) => recovery.recovered_at(source),
                    path => read::of_whole_run(path, source),
                };
                over(term(measure.path), measure.over.map(term))
            }
        }
    }

    /// What was measured for those that were asked besides the objectives, by their texts.
    pub fn answers(&self, source: Source) -> Vec<(String, Option<f64>)> {
        let objectives = self.measures.len() - self.asked.len();
        self.asked.iter().enumerate().map(|(i, text)| (text.clone(), self.value(objectives + i, source))).collect()
    }

    /// How the objective of this number fares.
    pub fn verdict(&self, index: usize, objective: &Objective, source: Source) -> Verdict {
        let value = self.value(index, source);
        let unit = self.measures.get(index).and_then(Option::as_ref).map_or(Unit::Share, Measure::unit);
        let met = match &objective.goal {
            Goal::Success(at_least) => value.is_none_or(|value| value >= *at_least),
            Goal::Latency { within, .. } => value.is_none_or(|value| value <= within.as_millis_f64()),
            Goal::Expect(condition) => return condition.judge(value),
        };
        Verdict { value, met, unit }
    }

    /// About how many bytes a copy takes.
    pub fn bytes(&self) -> usize {
        self.watches.len() * size_of::<Watch>() + self.watches.iter().map(|w| w.stage.bytes()).sum::<usize>()
    }
}

impl Stage {
    /// What there is to read for a measure from `now` on; `None`: only how it ends.
    fn of(measure: &Measure, t: &Topology, now: Time) -> Option<Stage> {
        let recovers = |path: Path| path == Path::System(SystemField::RecoveredAt);
        match measure.window {
            Some(Window { from: Time::ZERO, .. }) => Some(Stage::During(Arc::default())),
            Some(Window { from, .. }) if from < now => Some(Stage::Missed),
            Some(_) => Some(Stage::Before),
            None if recovers(measure.path) || measure.over.is_some_and(recovers) => {
                Some(Recovery::new(t, now).map_or(Stage::Missed, |recovery| Stage::Recovery(Box::new(recovery))))
            }
            None => None,
        }
    }

    fn due(&self, window: Option<Window>) -> Time {
        match (self, window) {
            (Stage::Before, Some(window)) => window.from,
            (Stage::During(_), Some(Window { until: Some(until), .. })) => until,
            (Stage::Recovery(recovery), _) => recovery.due(),
            _ => Time::MAX,
        }
    }

    fn advance(&mut self, measure: &Measure, source: Source) {
        *self = match self {
            Stage::Before => {
                let begin = |path: Path| Reading::begin(path, source);
                Stage::During(Arc::new([begin(measure.path), measure.over.map(begin).unwrap_or_default()]))
            }
            Stage::During(before) => Stage::After(windowed(measure, before, source)),
            Stage::Recovery(recovery) => return recovery.sample(source),
            Stage::After(_) | Stage::Missed => return,
        };
    }

    fn bytes(&self) -> usize {
        match self {
            Stage::Recovery(recovery) => recovery.bytes(),
            // What was read when the window began is shared by all copies.
            Stage::Before | Stage::During(_) | Stage::After(_) | Stage::Missed => 0,
        }
    }
}

fn windowed(measure: &Measure, before: &[Reading; 2], source: Source) -> Option<f64> {
    let from = measure.window.map_or(Time::ZERO, |window| window.from);
    let term = |path: Path, before: &Reading| read::since(path, before, from, source);
    over(term(measure.path, &before[0]), measure.over.map(|path| term(path, &before[1])))
}

/// The value of a measure over the run up to now; absent if it needs readings from before.
pub(super) fn whole_run(measure: &Measure, source: Source) -> Option<f64> {
    over(read::of_whole_run(measure.path, source), measure.over.map(|path| read::of_whole_run(path, source)))
}

/// A quotient, absent where either is or the denominator is 0; without a denominator, the numerator.
fn over(value: Option<f64>, denominator: Option<Option<f64>>) -> Option<f64> {
    match denominator {
        None => value,
        Some(denominator) => Some(value? / denominator.filter(|d| *d != 0.0)?),
    }
}

impl Condition {
    /// Whether a measured value is good enough; what is absent is not.
    pub fn judge(&self, value: Option<f64>) -> Verdict {
        Verdict { value, met: value.is_some_and(|value| self.test.holds(value)), unit: self.measure.unit() }
    }
}

/// What an objective measures.
pub(super) fn measure_of(objective: &Objective) -> Measure {
    match (&objective.goal, objective.client) {
        (Goal::Expect(condition), _) => condition.measure.clone(),
        (Goal::Latency { quantile, .. }, Some(client)) => {
            Measure::of(Path::Client(client, ClientField::Latency(LatencyField::Quantile(*quantile))))
        }
        (_, client) => Measure::of(Path::Client(client.unwrap_or_default(), ClientField::SuccessRate)),
    }
}

/// The test of an objective, as a condition has it.
pub fn test_of(goal: &Goal) -> Test {
    match goal {
        Goal::Success(at_least) => Test::Compare(Operator::AtLeast, *at_least),
        Goal::Latency { within, .. } => Test::Compare(Operator::AtMost, within.as_millis_f64()),
        Goal::Expect(condition) => condition.test,
    }
}
