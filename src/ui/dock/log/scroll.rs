//! The position of a long list: its visible lines, and whether it follows the run.
//!
//! The security policy of the page forbids styles in attributes, so the room for the lines that are not there is made by
//! two boxes whose heights are set from here.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The height of a line, in pixels, and where there is little room for words.
const LINE: (f64, f64) = (27.0, 46.0);
/// Below this width a line has two rows of text.
const NARROW: i32 = 620;
/// Lines above and below those that can be seen.
const SPARE: usize = 3;

/// The position of a list.
#[derive(Clone, Copy)]
struct Stands {
    top: f64,
    height: f64,
    line: f64,
    /// Whether it moves on with the run.
    sticks: bool,
    /// Whether it will, as soon as the run goes on.
    sticks_soon: bool,
    cursor: Option<usize>,
    /// The last position that the program set, to tell it from a scroll by hand.
    set: f64,
}

/// A handle on a list.
#[derive(Clone)]
pub struct Scroll {
    stands: Rc<RefCell<Stands>>,
    update: UseForceUpdateHandle,
    /// The box that scrolls.
    pub list: NodeRef,
    /// The room for the lines above.
    pub above: NodeRef,
    /// The room for the lines below.
    pub below: NodeRef,
}

/// A list of so many lines, of which so many have happened.
#[hook]
pub fn use_scroll(count: usize, now: usize, playing: bool) -> Scroll {
    let stands = use_mut_ref(|| Stands {
        top: 0.0,
        height: 240.0,
        line: LINE.0,
        sticks: true,
        sticks_soon: false,
        cursor: None,
        set: 0.0,
    });
    let update = use_force_update();
    let scroll = Scroll { stands, update, list: use_node_ref(), above: use_node_ref(), below: use_node_ref() };
    {
        let mut stands = scroll.stands.borrow_mut();
        if playing && stands.sticks_soon {
            (stands.sticks, stands.sticks_soon, stands.cursor) = (true, false, None);
        }
        if stands.sticks {
            stands.top = stands.top_of_now(count, now);
        }
    }
    use_effect({
        let scroll = scroll.clone();
        move || scroll.arrange(count, now)
    });
    scroll
}

impl Stands {
    /// The position that shows the line of this moment and the next two.
    fn top_of_now(&self, count: usize, now: usize) -> f64 {
        let last = if now < count { now + 2 } else { count };
        (last.min(count) as f64 * self.line - self.height).max(0.0)
    }

    fn shown(&self, count: usize) -> Range<usize> {
        let first = (libm::floor(self.top / self.line).max(0.0) as usize).saturating_sub(SPARE);
        let seen = libm::ceil(self.height / self.line) as usize;
        first.min(count)..(first + seen + 2 * SPARE).min(count)
    }
}

impl Scroll {
    /// The lines that are in the page.
    pub fn shown(&self, count: usize, _now: usize) -> Range<usize> {
        self.stands.borrow().shown(count)
    }

    /// Whether the list moves on with the run.
    pub fn sticks(&self) -> bool {
        let stands = self.stands.borrow();
        stands.sticks || stands.sticks_soon
    }

    /// The line that keys have gone to.
    pub fn cursor(&self) -> Option<usize> {
        self.stands.borrow().cursor
    }

    /// How many lines a page has.
    pub fn page(&self) -> usize {
        let stands = self.stands.borrow();
        (stands.height / stands.line) as usize
    }

    /// Stays where it is until the run goes on.
    pub fn stay(&self) {
        let mut stands = self.stands.borrow_mut();
        (stands.sticks, stands.sticks_soon) = (false, true);
    }

    /// Keys go to a line: it comes into sight.
    pub fn set_cursor(&self, index: usize, count: usize, now: usize) {
        {
            let mut stands = self.stands.borrow_mut();
            (stands.cursor, stands.sticks, stands.sticks_soon) = (Some(index), false, false);
            let (above, below) = (index as f64 * stands.line, (index + 1) as f64 * stands.line - stands.height);
            stands.top = stands.top.min(above).max(below);
        }
        self.move_list();
        self.arrange(count, now);
        self.update.force_update();
    }

    /// Back to the last line that happened.
    pub fn to_now(&self) -> Callback<MouseEvent> {
        let scroll = self.clone();
        Callback::from(move |_| {
            {
                let mut stands = scroll.stands.borrow_mut();
                (stands.sticks, stands.sticks_soon, stands.cursor) = (true, false, None);
            }
            scroll.update.force_update();
        })
    }

    /// A hand has moved the list: from now on it stays there, unless that is where the run is.
    pub fn onscroll(&self, count: usize, now: usize) -> Callback<Event> {
        let scroll = self.clone();
        Callback::from(move |_| {
            let Some(list) = scroll.list.cast::<Element>() else { return };
            let top = f64::from(list.scroll_top());
            let mut stands = scroll.stands.borrow_mut();
            if libm::fabs(top - stands.set) < 2.0 {
                return;
            }
            stands.top = top;
            stands.set = top;
            stands.sticks = libm::fabs(top - stands.top_of_now(count, now)) < stands.line;
            stands.sticks_soon = false;
            drop(stands);
            scroll.update.force_update();
        })
    }

    /// After the lines were put into the page: makes room above and below, and measures what there is.
    fn arrange(&self, count: usize, now: usize) {
        let Some(list) = self.list.cast::<Element>() else { return };
        let (height, width) = (f64::from(list.client_height()), list.client_width());
        let line = if width < NARROW { LINE.1 } else { LINE.0 };
        let mut stands = self.stands.borrow_mut();
        let is_other = libm::fabs(stands.height - height) > 0.5 || libm::fabs(stands.line - line) > 0.5;
        (stands.height, stands.line) = (height.max(1.0), line);
        if stands.sticks {
            stands.top = stands.top_of_now(count, now);
        }
        let shown = stands.shown(count);
        let sticks = stands.sticks;
        drop(stands);
        let room = |node: &NodeRef, lines: usize| {
            if let Some(node) = node.cast::<HtmlElement>() {
                let _ = node.style().set_property("height", &format!("{}px", lines as f64 * line));
            }
        };
        room(&self.above, shown.start);
        room(&self.below, count - shown.end);
        if sticks {
            self.move_list();
        }
        if is_other {
            self.update.force_update();
        }
    }

    fn move_list(&self) {
        let Some(list) = self.list.cast::<Element>() else { return };
        let mut stands = self.stands.borrow_mut();
        if libm::fabs(f64::from(list.scroll_top()) - stands.top) > 1.0 {
            list.set_scroll_top(stands.top as i32);
        }
        stands.set = f64::from(list.scroll_top());
    }
}
