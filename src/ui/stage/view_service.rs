//! A box on the stage, with its meters, its badges and its ledger. It knows only its face.

use crate::gesture::Focus;
use crate::scenario::Kind;
use crate::scene::run::readout::Badge;
use crate::scene::run::steady::Health;
use crate::scene::stage::face::{BAR, Ledger, LedgerRow, Meters, Row, ServiceFace, Slot, Workers, slot_step};
use crate::scene::stage::geometry::Rect;
use crate::scene::stage::sizes::{BOX, LEDGER, LEDGER_GAP};
use crate::scene::stage::words;
use crate::scene::words::{broken, shortened};
use crate::t;
use crate::ui::same::Same;
use yew::{AttrValue, Callback, Classes, Html, Properties, classes, function_component, html};

/// What a box needs.
#[derive(Properties, PartialEq)]
pub struct ServiceProps {
    /// Its place in the file.
    pub index: usize,
    /// What it shows.
    pub face: Same<ServiceFace>,
    /// Where it stands.
    pub rect: Rect,
    /// Whether it is selected.
    pub selected: bool,
    /// Called when it gets the focus.
    pub on_focus: Callback<Focus>,
}

/// A box.
#[function_component]
pub fn ServiceBox(props: &ServiceProps) -> Html {
    let ServiceProps { index, face, rect, selected, on_focus } = props;
    let onfocus = on_focus.reform({
        let index = *index;
        move |_| Focus::Service(index)
    });
    let class = classes!(
        "service",
        kind_class(face.kind),
        face.down.then_some("down"),
        face.fault.is_some().then_some("faulty")
    );
    let middle = rect.width / 2.0;
    html! {
        <g {class} transform={at(rect.corner.x, rect.corner.y)} tabindex="0" role="group"
            aria-label={face.spoken()} aria-current={selected.then_some("true")} data-service={index.to_string()} {onfocus}>
            // Its name contains all of this text; a screen reader would read it twice.
            <g aria-hidden="true">
                { frame(face.kind, *rect) }
                { title(face, middle) }
                if let Some(meters) = &face.meters { { meters_view(meters, face.health) } }
                if let Some(ledger) = &face.ledger { { ledger_view(ledger, *rect) } }
                { badges(&face.badges, |_| middle, -14.0, -1.0) }
            </g>
        </g>
    }
}

/// The class of a kind.
pub fn kind_class(kind: Kind) -> &'static str {
    match kind {
        Kind::Client => "client",
        Kind::Service => "own",
        Kind::External => "external",
        Kind::Stub => "stub",
    }
}

/// A `transform` that moves.
pub fn at(x: f64, y: f64) -> AttrValue {
    format!("translate({x:.1} {y:.1})").into()
}

/// The radius of the corners of a box.
fn roundness(kind: Kind, rect: Rect) -> f64 {
    if kind == Kind::Client { rect.height / 2.0 } else { 14.0 }
}

/// A line around a box at this distance from its border, in coordinates of the box.
pub fn outline(class: &'static str, kind: Kind, rect: Rect, grow: f64) -> Html {
    html! {
        <rect {class} x={(-grow).to_string()} y={(-grow).to_string()} rx={(roundness(kind, rect) + grow).to_string()}
            width={(rect.width + 2.0 * grow).to_string()} height={(rect.height + 2.0 * grow).to_string()} />
    }
}

fn frame(kind: Kind, rect: Rect) -> Html {
    let rx = roundness(kind, rect);
    html! {
        <>
            // The shadow is a plain rectangle: a filter would take longer than the rest of the stage.
            <rect class="shadow" x="-0.5" y="2.5" rx={rx.to_string()} width={(rect.width + 1.0).to_string()} height={rect.height.to_string()} />
            { outline("halo", kind, rect, 5.0) }
            { outline("frame", kind, rect, 0.0) }
            if kind == Kind::Stub { { outline("inner", kind, rect, -4.0) } }
        </>
    }
}

fn title(face: &ServiceFace, middle: f64) -> Html {
    let is_client = face.kind == Kind::Client;
    let (x, name_y, sub_y, chars) = if is_client { (middle, 40.0, 59.0, 15) } else { (16.0, 27.0, 44.0, 17) };
    let anchor = if is_client { "middle" } else { "start" };
    let sub = face.fault.clone().filter(|_| !is_client).unwrap_or_else(|| face.sub.clone());
    let sub_class = classes!("sub", is_client.then(|| health_class(face.health)));
    // At a small zoom the name is larger, in two lines if necessary.
    let [first, second] = broken(&face.name, 10);
    let far_y = if second.is_empty() { 38.0 } else { 26.0 } + if is_client { 8.0 } else { 0.0 };
    html! {
        <>
            <title>{ &face.name }</title>
            <text class="brief" text-anchor={anchor}>
                <tspan x={x.to_string()} y={far_y.to_string()}>{ first }</tspan>
                <tspan x={x.to_string()} y={(far_y + 23.0).to_string()}>{ second }</tspan>
            </text>
            <text class="name" x={x.to_string()} y={name_y.to_string()} text-anchor={anchor}>
                { shortened(&face.name, chars) }
            </text>
            <text class={sub_class} x={x.to_string()} y={sub_y.to_string()} text-anchor={anchor}>
                { shortened(&sub, if is_client { 22 } else { 25 }) }
            </text>
        </>
    }
}

/// The class of a state.
pub fn health_class(health: Health) -> &'static str {
    match health {
        Health::Idle => "idle",
        Health::Good => "good",
        Health::Mixed => "mixed",
        Health::Bad => "bad",
    }
}

fn meters_view(meters: &Meters, health: Health) -> Html {
    let (full, queued) = &meters.queue;
    html! {
        <g class="meters">
            <text class="meter" x="14" y="70">{ t!("stage-workers") }</text>
            { workers(&meters.workers) }
            <text class="meter" x="14" y="88">{ t!("stage-queue") }</text>
            { track(81.0) }
            { bar(81.0, 0.0, *full, if *full >= 90 { "fill full" } else { "fill queue" }) }
            <text class="number" x="156" y="79.5" text-anchor="end">{ queued }</text>
            <text class="meter" x="14" y="106">{ t!("stage-answers") }</text>
            { track(99.0) }
            if let Some(share) = meters.answers {
                // A sliver shows that there are answers, even if none is good.
                { bar(99.0, 0.0, share.max(2), classes!("fill", health_class(health))) }
            }
        </g>
    }
}

fn track(y: f64) -> Html {
    html! { <rect class="track" x="72" y={y.to_string()} width={BAR.to_string()} height="6" rx="3" /> }
}

fn bar(y: f64, from: f64, per_cent: u8, class: impl Into<Classes>) -> Html {
    let width = BAR * f64::from(per_cent) / 100.0;
    let class: Classes = class.into();
    if width <= 0.0 {
        return Html::default();
    }
    html! {
        <rect {class} x={format!("{:.1}", 72.0 + from)} y={y.to_string()} width={format!("{width:.1}")} height="6" rx="3" />
    }
}

fn workers(workers: &Workers) -> Html {
    match workers {
        Workers::Slots(slots) => {
            let step = slot_step(slots.len());
            let size = (step - 2.2).min(11.0);
            let all = |wanted: &Slot| -> String {
                let found = slots.iter().enumerate().filter(|(_, slot)| *slot == wanted);
                found.map(|(i, _)| slot_path(72.0 + step * i as f64, size)).collect()
            };
            // All slots of a kind are one path, because hundreds of boxes have thousands of slots.
            let kinds = [
                (Slot::Free, "slot"),
                (Slot::Working, "slot working"),
                (Slot::Held, "slot held"),
                (Slot::Wasted, "slot wasted"),
            ];
            let kinds = kinds.into_iter().map(|(slot, class)| (class, all(&slot)));
            html! {
                <g>
                    for (class, d) in kinds.filter(|(_, d)| !d.is_empty()) {
                        <path {class} {d} />
                    }
                </g>
            }
        }
        Workers::Bar(working, idle, number) => html! {
            <g>
                { track(63.0) }
                { bar(63.0, 0.0, (*working).saturating_add(*idle).min(100), "fill held") }
                { bar(63.0, 0.0, *working, "fill working") }
                <text class="number" x="156" y="61.5" text-anchor="end">{ number }</text>
            </g>
        },
    }
}

/// A slot of this width: a rectangle with round corners.
fn slot_path(x: f64, wide: f64) -> String {
    let r = (wide / 2.0).min(2.5);
    let across = wide - 2.0 * r;
    let start = format!("M{:.1} 60", x + r);
    let right = format!("h{across:.1}q{r:.1} 0 {r:.1} {r:.1}v6q0 {r:.1}-{r:.1} {r:.1}");
    let left = format!("h-{across:.1}q-{r:.1} 0-{r:.1}-{r:.1}v-6q0-{r:.1} {r:.1}-{r:.1}z");
    start + &right + &left
}

/// A stack of badges that grows in the direction of `grow`. `x` gives the middle of a badge of some width.
pub fn badges(badges: &[Badge], x: impl Fn(f64) -> f64, y: f64, grow: f64) -> Html {
    let badge = |(i, badge): (usize, &Badge)| {
        let text = words::badge(badge.why, badge.count);
        let wide = words::badge_width(badge);
        // Accidents are round and deliberate acts have corners, so that not only the colour tells them apart.
        let (class, rx) = if badge.why.on_purpose() { ("badge purpose", "4") } else { ("badge accident", "10") };
        html! {
            <g {class} transform={at(x(wide), y + grow * 23.0 * i as f64)} aria-hidden="true">
                <g class="enlarged">
                    <rect x={format!("{:.1}", -wide / 2.0)} y="-10" width={format!("{wide:.1}")} height="20" {rx} />
                    <text y="4" text-anchor="middle">{ text }{ " " }</text>
                </g>
            </g>
        }
    };
    if badges.is_empty() {
        return Html::default();
    }
    html! { <g class="badges">{ for badges.iter().enumerate().map(badge) }</g> }
}

fn ledger_view(ledger: &Ledger, rect: Rect) -> Html {
    let (top, wide) = (rect.height + LEDGER_GAP, LEDGER.0);
    let row = |(i, row): (usize, &LedgerRow)| {
        let y = 24.0 + 21.0 * (i + 1) as f64;
        let class = match row.kind {
            Row::First => "entry",
            Row::Duplicate => "entry again",
            Row::TakenBack => "entry back",
            Row::Unknown => "entry doubt",
        };
        html! {
            <g {class}>
                if row.kind == Row::Duplicate {
                    <rect class="mark" x="6" y={(y - 14.5).to_string()} width={(wide - 12.0).to_string()} height="20" rx="6" />
                }
                <text x="14" y={y.to_string()}>{ &row.text }</text>
                <text class="when" x={(wide - 14.0).to_string()} y={y.to_string()} text-anchor="end">{ &row.at }</text>
            </g>
        }
    };
    html! {
        <g class="ledger" transform={at((BOX.0 - wide) / 2.0, top)}>
            <path class="stem" d={format!("M{} {}V0", wide / 2.0, -LEDGER_GAP)} />
            <rect class="card" width={wide.to_string()} height={LEDGER.1.to_string()} rx="12" />
            <text class="title" x="14" y="22">{ t!("stage-ledger") }</text>
            <text class="brief" x={(wide / 2.0).to_string()} y="70" text-anchor="middle">{ &ledger.brief }</text>
            <text class="sub" x={(wide - 14.0).to_string()} y="22" text-anchor="end">{ shortened(&ledger.effect, 16) }</text>
            { for ledger.rows.iter().enumerate().map(row) }
            <text class={classes!("sub", ledger.doubled.then_some("doubled"))} x="14" y={(LEDGER.1 - 11.0).to_string()}>
                { &ledger.sum }
            </text>
        </g>
    }
}
