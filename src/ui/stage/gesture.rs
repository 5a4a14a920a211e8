//! What is drawn of a gesture that is under way, and the handles by which a link is taken.

use super::live::{Live, Preview};
use super::view_service::at;
use crate::scene::geometry::{Point, Rect};
use crate::scene::hit::{self, LinkEnd};
use crate::scene::layout::Layout;
use crate::scene::snap::Guide;
use yew::{Html, classes, html};

/// The handles at the ends of the link that is selected.
pub fn ends(layout: &Layout, live: &Live) -> Html {
    let routed = live.with_ends().and_then(|index| layout.links.get(index)?.as_ref());
    let Some(routed) = routed.filter(|_| live.preview == Preview::None) else { return Html::default() };
    let handle = |(_, place): (hit::Side, Point)| html! { <circle r="6" transform={at(place.x, place.y)} /> };
    html! { <g class="ends" aria-hidden="true">{ for hit::ends(&routed.route).into_iter().map(handle) }</g> }
}

/// What is under way.
pub fn preview(live: &Live) -> Html {
    match &live.preview {
        Preview::None => Html::default(),
        Preview::Moved(_, guides) => lines(guides),
        Preview::Copied(rects, guides) => html! {
            <g class="copies" aria-hidden="true">
                { for rects.iter().map(|rect| frame(*rect, "14")) }
                { lines(guides) }
            </g>
        },
        Preview::Area(area) => html! { <g class="area" aria-hidden="true">{ frame(*area, "3") }</g> },
        Preview::Wire { from, to, over, end } => wire(live, *from, *to, *over, *end),
    }
}

fn frame(rect: Rect, rx: &'static str) -> Html {
    let Rect { corner, width, height } = rect;
    html! {
        <rect x={format!("{:.1}", corner.x)} y={format!("{:.1}", corner.y)} {rx} width={format!("{width:.1}")}
            height={format!("{height:.1}")} vector-effect="non-scaling-stroke" />
    }
}

fn lines(guides: &[Guide]) -> Html {
    let line = |Guide { from, to }: &Guide| {
        let way = format!("M{:.1} {:.1}L{:.1} {:.1}", from.x, from.y, to.x, to.y);
        html! { <path d={way} vector-effect="non-scaling-stroke" /> }
    };
    html! { <g class="guides" aria-hidden="true">{ for guides.iter().map(line) }</g> }
}

fn wire(live: &Live, from: usize, to: Point, over: Option<usize>, end: Option<LinkEnd>) -> Html {
    let Some(start) = live.wire_start(from, to) else { return Html::default() };
    let refused = over.and_then(|over| live.refuses(from, over, end));
    let said = match (refused, over, end) {
        (Some(why), ..) => why,
        (None, Some(_), _) => "",
        (None, None, None) => "a new service here",
        (None, None, Some(_)) => "to another service",
    };
    html! {
        <g class={classes!("wire", refused.is_some().then_some("refused"))} aria-hidden="true">
            <path d={format!("M{:.1} {:.1}L{:.1} {:.1}", start.x, start.y, to.x, to.y)} />
            <circle cx={format!("{:.1}", to.x)} cy={format!("{:.1}", to.y)} r="5" />
            <text x={format!("{:.1}", to.x + 12.0)} y={format!("{:.1}", to.y - 10.0)}>{ said }</text>
        </g>
    }
}
