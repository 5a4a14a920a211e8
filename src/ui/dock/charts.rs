//! The charts: how the run went, over simulated time.
//!
//! [`crate::scene::run::charts`] computes the curves, and static/charts.js draws them with uPlot. The page fetches both scripts
//! and their style sheets when it first shows the charts.

use super::plots::{ChartsProps, Plots, subject};
use crate::scene::run::charts::{Board, Chart, LineStyle, ROWS, in_sight};
use crate::scene::run::objectives::{short_line, state_line};
use crate::scene::run::timeline::{TimelineMark, timeline_marks};
use crate::sim::objective;
use crate::time::Span;
use crate::ui::callback::callback;
use crate::{t, text};
use yew::prelude::*;

/// The charts, or their numbers as tables.
#[component]
pub fn Charts(props: &ChartsProps) -> Html {
    let as_table = use_state(|| false);
    let toggle = callback!([as_table], move |_: MouseEvent| as_table.set(!*as_table));
    html! {
        <div class="charts">
            <div class="charts-bar">
                <ul aria-label={t!("dock-charts-objectives")}>{ objectives(props) }</ul>
                <button type="button" class="text-button" aria-pressed={as_table.to_string()} onclick={toggle}>{ t!("dock-charts-as-table") }</button>
            </div>
            if *as_table {
                { tables(props) }
            } else {
                <Plots ..props.clone() />
            }
        </div>
    }
}

/// Each objective in a line, those that need attention first.
fn objectives(props: &ChartsProps) -> Html {
    let ChartsProps { driver, document, readout, .. } = props;
    let mut lines = driver.with_history(|history| {
        let topology = history.sim().topology();
        let states = objective::states(history.series(), history.sim(), document.horizon, readout.time);
        let line = |state| {
            let (whole, short) = (state_line(state, topology, document), short_line(state, topology, document));
            (whole.text(), short.text())
        };
        states.iter().map(|state| (state.alert.is_some(), line(state))).collect::<Vec<_>>()
    });
    lines.sort_unstable_by_key(|(alert, _)| !alert);
    lines.truncate(2);
    let line = |(alert, (whole, short)): (bool, (String, String))| {
        html! { <li class={alert.then_some("alert")} title={whole}>{ short }</li> }
    };
    html! { <>{ for lines.into_iter().map(line) }</> }
}

/// The numbers of all charts as tables of a few rows, and the changes.
fn tables(props: &ChartsProps) -> Html {
    let (board, marks) = props.driver.with_history(|history| {
        let board = Board::of(history, &props.document, subject(&props.selection), ROWS);
        (board, in_sight(timeline_marks(history, &props.document), history.end().at))
    });
    let mark = |mark: TimelineMark| {
        html! { <tr><td>{ text::seconds(mark.from.since_start(), 2) }</td><td>{ mark.text.text() }</td></tr> }
    };
    html! {
        <div class="chart-table" tabindex="0" role="group" aria-label={t!("dock-charts-numbers")}>
            { for board.charts.iter().filter(|chart| !chart.lines.is_empty()).map(table) }
            if !marks.is_empty() {
                <table>
                    <caption>{ t!("dock-charts-changes") }</caption>
                    <tbody>{ for marks.into_iter().map(mark) }</tbody>
                </table>
            }
        </div>
    }
}

fn table(chart: &Chart) -> Html {
    let lines = || chart.lines.iter().filter(|line| line.look != LineStyle::Limit);
    let row = |(index, at): (usize, &f64)| {
        let cell = |value: Option<&f64>| html! { <td>{ chart.value_text(value.copied().unwrap_or(f64::NAN)) }</td> };
        html! {
            <tr><th scope="row">{ text::seconds(Span::from_nanos_f64(at * 1e9), 2) }</th>{ for lines().map(|line| cell(line.values.get(index))) }</tr>
        }
    };
    html! {
        <table>
            <caption>{ chart.title().text() }</caption>
            <thead><tr><th scope="col">{ t!("dock-charts-at") }</th>{ for lines().map(|line| html! { <th scope="col">{ line.label.text() }</th> }) }</tr></thead>
            <tbody>{ for chart.at.iter().enumerate().map(row) }</tbody>
        </table>
    }
}
