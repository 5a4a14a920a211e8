//! The marks of warnings: a small triangle beside a link, near its callee, or in the corner of a box.

use super::view_service::at;
use crate::editor::Thing;
use crate::scenario::{Kind, Scenario};
use crate::scene::stage::geometry::Point;
use crate::scene::stage::layout::Layout;
use crate::scene::stage::route::LANE;
use crate::scene::stage::waits::beside;
use crate::ui::inspector::warnings::Warnings;
use crate::ui::same::Same;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::{Html, Properties, function_component, hook, html, use_context, use_memo};

/// The distance of a link's mark from the box of the callee: small beside the box, larger above it, where the badges are.
const BEFORE: (f64, f64) = (22.0, 52.0);
/// The distance of a mark from its link, and from the corner of its box.
const BESIDE: f64 = LANE + 15.0;
const ASIDE: f64 = 17.0;
/// The distance from the middle of a mark at which the pointer hits it.
const REACH: f64 = 12.0;

/// The warnings of each thing, and the places of their marks.
#[derive(Debug, Default, PartialEq)]
pub struct Cautions {
    /// The titles of all warnings.
    pub all: Same<Titles>,
    /// The place of each mark, its name, and the link that it belongs to.
    marks: Vec<(Point, String, Option<usize>)>,
}

/// The titles of the warnings of each thing, by its place in the file.
#[derive(Debug, Default, PartialEq)]
pub struct Titles {
    services: BTreeMap<usize, Vec<String>>,
    links: BTreeMap<usize, Vec<String>>,
}

/// The warnings on this stage; the baseline of a comparison shows none.
#[hook]
pub fn use_cautions(document: &Same<Scenario>, layout: &Same<Layout>, is_baseline: bool) -> Rc<Cautions> {
    let warnings = use_context::<Warnings>().filter(|_| !is_baseline);
    let all = use_memo((warnings, document.clone()), |(warnings, document)| {
        let warnings = warnings.as_ref().filter(|it| !it.0.is_empty());
        warnings.map_or_else(Titles::default, |it| Titles::of(it, document))
    });
    use_memo((Same(all), layout.clone()), |(all, layout)| Cautions::of(all, layout))
}

impl Titles {
    fn of(warnings: &Warnings, document: &Scenario) -> Self {
        let services: BTreeMap<&str, usize> = document.services.iter().enumerate().map(|(i, s)| (&*s.id, i)).collect();
        let links: BTreeMap<_, usize> =
            document.links.iter().enumerate().map(|(i, l)| ((&*l.from, &*l.to), i)).collect();
        let mut all = Titles::default();
        for warning in warnings.0.iter() {
            let titles = match &warning.at {
                Thing::Service(id) => services.get(&**id).map(|i| all.services.entry(*i).or_default()),
                Thing::Link { from, to } => links.get(&(&**from, &**to)).map(|i| all.links.entry(*i).or_default()),
            };
            titles.into_iter().for_each(|titles| titles.push(warning.rule.title().text()));
        }
        all
    }

    /// How many warnings a link has.
    pub fn of_link(&self, index: usize) -> usize {
        self.links.get(&index).map_or(0, Vec::len)
    }

    /// How many warnings a service has.
    pub fn of_service(&self, index: usize) -> usize {
        self.services.get(&index).map_or(0, Vec::len)
    }
}

impl Cautions {
    fn of(all: &Same<Titles>, layout: &Layout) -> Self {
        let boxes = all.services.iter().filter_map(|(index, titles)| {
            let placed = layout.boxes.get(*index)?;
            // A pill has room above its name.
            let x = if placed.kind == Kind::Client { placed.rect.centre().x } else { placed.rect.right() - ASIDE };
            Some((Point::new(x, placed.rect.corner.y + ASIDE), titles.join("; "), None))
        });
        let ways = all.links.iter().filter_map(|(index, titles)| {
            let route = &layout.links.get(*index)?.as_ref()?.route;
            let along = route.middle.direction(0.9);
            let before = if along.y > along.x.abs() { BEFORE.1 } else { BEFORE.0 };
            let share = (1.0 - before / route.middle.length().max(before)).max(0.5);
            Some((beside(route, share, BESIDE), titles.join("; "), Some(*index)))
        });
        Cautions { all: all.clone(), marks: boxes.chain(ways).collect() }
    }

    /// The link whose mark is at a place of the world.
    pub fn link_at(&self, world: Point) -> Option<usize> {
        self.mark_at(world).and_then(|(.., link)| *link)
    }

    fn mark_at(&self, world: Point) -> Option<&(Point, String, Option<usize>)> {
        self.marks.iter().find(|(place, ..)| (*place - world).length() <= REACH)
    }

    /// Whether there are no warnings.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// The places of the marks.
    pub fn places(&self) -> impl Iterator<Item = Point> + '_ {
        self.marks.iter().map(|(place, ..)| *place)
    }

    /// The name of the mark at a place of the world.
    pub fn name_at(&self, world: Point) -> Option<String> {
        self.mark_at(world).map(|(_, name, _)| name.clone())
    }
}

/// The properties of [`Marks`].
#[derive(Properties, PartialEq)]
pub struct MarksProps {
    /// The warnings.
    pub cautions: Same<Cautions>,
}

/// The marks, one for each thing. They are a component, because a thousand of them may stay the same while a pointer moves.
#[function_component]
pub fn Marks(props: &MarksProps) -> Html {
    html! {
        <g class="cautions" aria-hidden="true">
            for (place, ..) in &props.cautions.marks {
                <g transform={at(place.x, place.y)}><g class="enlarged"><path d="M0-7.5 8.2 6.7H-8.2z" /><path class="bang" d="M0-3V1.8M0 4.5V4.6" /></g></g>
            }
        </g>
    }
}
