use super::*;
use crate::chance::Seed;
use crate::scenario::{check, ready};
use crate::sim::history::Change;
use crate::sim::{Intervention, Stopped};
use std::sync::Arc;

fn run(id: &str, until: u64) -> (History, Scenario) {
    let document = Scenario::from_json(ready::find(id).unwrap().text).unwrap();
    let topology = Arc::new(check::check(&document).unwrap());
    let mut history = History::new(topology, Seed(document.seed));
    assert_eq!(history.run_until(Time::at(Span::secs(until)), u64::MAX), Stopped::Reached);
    (history, document)
}

fn board(history: &History, document: &Scenario) -> Board {
    Board::of(history, document, Subject::default(), PIECES)
}

fn find(board: &Board, kind: ChartKind) -> &Chart {
    board.charts.iter().find(|chart| chart.kind == kind).unwrap()
}

fn at(chart: &Chart, look: LineStyle, second: f64) -> f64 {
    let line = chart.lines.iter().find(|line| line.look == look).unwrap();
    let index = chart.at.iter().position(|at| *at >= second).unwrap();
    line.values[index]
}

/// The largest value of a curve between two times.
fn most(chart: &Chart, look: LineStyle, from: f64, until: f64) -> f64 {
    let line = chart.lines.iter().find(|line| line.look == look).unwrap();
    let within = chart.at.iter().zip(&line.values).filter(|(at, _)| (from..until).contains(*at));
    within.map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max)
}

#[test]
fn every_value_has_its_moment_in_order() {
    for ready in ready::READY {
        let (history, document) = run(ready.id, 30);
        let board = board(&history, &document);
        assert_eq!((board.end, board.reached), (30.0, 30.0));
        for chart in &board.charts {
            assert!(
                chart.at.len() <= PIECES + 1 && chart.at.windows(2).all(|pair| pair[0] < pair[1]),
                "{:?}",
                chart.kind
            );
            assert!(
                chart.lines.iter().all(|line| line.values.len() == chart.at.len()),
                "{} {:?}",
                ready.id,
                chart.kind
            );
            assert!(chart.lanes.iter().all(|lane| lane.states.len() == chart.at.len()));
        }
    }
}

#[test]
fn what_a_fault_does_is_seen_in_every_chart() {
    let (history, document) = run("retry-storm", 20);
    let board = board(&history, &document);
    let answers = find(&board, ChartKind::Answers);
    assert_eq!(answers.title().text(), "Web shop: answers");
    assert!(most(answers, LineStyle::Bad, 0.0, 1.0) == 0.0 && most(answers, LineStyle::Bad, 3.0, 20.0) > 5.0);
    assert!(most(answers, LineStyle::Sent, 2.0, 9.0) >= 15.0);
    let latency = find(&board, ChartKind::Latency);
    assert!(most(latency, LineStyle::Most, 10.0, 20.0) > 2.0 * most(latency, LineStyle::Most, 0.0, 1.0));
    assert!(!latency.heat.is_empty() && latency.heat.iter().all(|h| h.low < h.high && h.share <= 1.0));
    let attempts = find(&board, ChartKind::Attempts);
    assert!(most(attempts, LineStyle::Again, 12.0, 20.0) > 5.0 * most(attempts, LineStyle::Again, 0.0, 1.0).max(1.0));
    let workers = find(&board, ChartKind::Workers);
    assert_eq!(workers.title().text(), "Stock: queue");
    assert!(at(workers, LineStyle::Waiting, 16.0) > 50.0 && at(workers, LineStyle::Limit, 16.0) == 4.0);
    let budgets = find(&board, ChartKind::Budgets);
    assert!(at(budgets, LineStyle::Number(0), 1.0) > 0.9 && at(budgets, LineStyle::Number(0), 19.0) == DEEPEST);
    assert!(budgets.bands.len() == 1 && budgets.bands[0].0 > 1.0 && budgets.bands[0].1 > 19.0);
}

#[test]
fn breakers_have_lanes_where_there_are_breakers() {
    let (history, document) = run("breaker", 30);
    let board_then = board(&history, &document);
    let lane = &find(&board_then, ChartKind::Breakers).lanes[0];
    assert_eq!(lane.label, "Shop → Ratings");
    assert!(lane.states.iter().any(|(open, _)| *open > 0.9) && lane.states.iter().any(|(_, half)| *half > 0.0));
    assert_eq!(lane.states[0], (0.0, 0.0));
    let (history, document) = run("overview", 5);
    assert!(board(&history, &document).charts.iter().all(|chart| chart.kind != ChartKind::Breakers));
}

#[test]
fn what_is_selected_is_shown() {
    let (history, document) = run("retry-storm", 20);
    let title = |subject, kind| {
        let board = Board::of(&history, &document, subject, PIECES);
        find(&board, kind).title().text()
    };
    let orders = Subject { service: Some("orders"), link: None };
    assert_eq!(title(orders, ChartKind::Workers), "Orders: queue");
    assert_eq!(title(orders, ChartKind::Attempts), "All calls: attempts");
    let link = Subject { service: None, link: Some(("checkout", "orders")) };
    assert_eq!(title(link, ChartKind::Attempts), "Checkout → Orders: attempts");
    assert_eq!(title(link, ChartKind::Workers), "Orders: queue");
    let gone = Subject { service: Some("gone"), link: Some(("gone", "too")) };
    assert_eq!(title(gone, ChartKind::Attempts), "All calls: attempts");
}

#[test]
fn a_future_that_was_given_up_stays_as_a_pale_line() {
    let (mut history, document) = run("retry-storm", 20);
    assert!(board(&history, &document).charts.iter().flat_map(|c| &c.lines).all(|line| line.look != LineStyle::Old));
    history.seek(Time::at(Span::millis(900)));
    let stock = history.sim().service_id("stock").unwrap();
    history.apply(Change::Intervention(Intervention::Down(stock, true)));
    history.run_until(Time::at(Span::secs(12)), u64::MAX);
    let board = board(&history, &document);
    assert_eq!((board.end, board.reached), (20.0, 12.0));
    let answers = find(&board, ChartKind::Answers);
    let old = answers.lines.iter().find(|line| line.look == LineStyle::Old).unwrap();
    let value = |second: f64| old.values[answers.at.iter().position(|at| *at >= second).unwrap()];
    assert!(value(0.5).is_nan(), "before the change both are the same");
    assert!(value(1.2) > 0.0 && !value(19.0).is_nan());
    assert!(at(answers, LineStyle::Good, 11.0) == 0.0 && at(answers, LineStyle::Good, 15.0).is_nan());
}

#[test]
fn marks_end_where_the_run_ends() {
    let (history, document) = run("slow-dependency", 12);
    let marks = in_sight(crate::scene::run::timeline::timeline_marks(&history, &document), history.end().at);
    assert_eq!(marks.len(), 1);
    assert_eq!((seconds(marks[0].from), seconds(marks[0].until)), (1.0, 12.0));
    let (history, document) = run("down", 5);
    let marks = in_sight(crate::scene::run::timeline::timeline_marks(&history, &document), history.end().at);
    assert_eq!(marks.len(), 1, "what is to come is not in sight");
}

#[test]
fn values_have_their_unit() {
    let text = |unit, value| {
        let chart = Chart { unit, ..chart::<()>(ChartKind::Answers, "", id!("chart-answers"), unit, &[]) };
        chart.value_text(value).replace('\u{a0}', " ")
    };
    assert_eq!(text(Unit::PerSecond, 12.3), "12/s");
    assert_eq!(text(Unit::Seconds, 0.25), "250 ms");
    assert_eq!(text(Unit::Count, 3.24), "3.2");
    assert_eq!(text(Unit::Share, 0.5), "50 %");
    assert_eq!(text(Unit::Share, -0.4), "−40 %");
    assert_eq!(text(Unit::Share, DEEPEST), "spent");
    assert_eq!(text(Unit::Share, f64::NAN), "none");
    crate::text::in_language(crate::text::Language::German, || assert_eq!(text(Unit::Count, 3.24), "3,2"));
}
