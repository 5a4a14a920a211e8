//! The position of a long list: its visible lines, and whether it follows the run.
//!
//! Only visible lines are in the page. Two boxes take the room of the others; this file sets their heights, because the
//! security policy of the page forbids styles in attributes.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The height of a line in pixels, in a wide list and in a narrow one.
const LINE: (f64, f64) = (27.0, 46.0);
/// Below this width a line has two rows of text.
const NARROW: i32 = 620;
/// Extra lines above and below the visible ones.
const SPARE: usize = 3;

/// The position of a list.
#[derive(Clone, Copy)]
struct Position {
    top: f64,
    height: f64,
    line: f64,
    /// Whether it follows the run.
    sticks: bool,
    /// Whether it follows the run again once the run goes on.
    sticks_soon: bool,
    cursor: Option<usize>,
    /// The last position that the program set; any other one comes from a user who scrolled.
    set: f64,
}

/// A handle on a list.
#[derive(Clone)]
pub struct Scroll {
    position: Rc<RefCell<Position>>,
    update: UseForceUpdateHandle,
    /// The box that scrolls.
    pub list: NodeRef,
    /// The room for the lines above.
    pub above: NodeRef,
    /// The room for the lines below.
    pub below: NodeRef,
}

/// The position of a list of `count` lines. The first `now` of them have happened.
#[hook]
pub fn use_scroll(count: usize, now: usize, playing: bool) -> Scroll {
    let position = use_mut_ref(|| Position {
        top: 0.0,
        height: 240.0,
        line: LINE.0,
        sticks: true,
        sticks_soon: false,
        cursor: None,
        set: 0.0,
    });
    let update = use_force_update();
    let scroll = Scroll { position, update, list: use_node_ref(), above: use_node_ref(), below: use_node_ref() };
    {
        let mut position = scroll.position.borrow_mut();
        if playing && position.sticks_soon {
            (position.sticks, position.sticks_soon, position.cursor) = (true, false, None);
        }
        if position.sticks {
            position.top = position.top_of_now(count, now);
        }
    }
    use_effect({
        let scroll = scroll.clone();
        move || scroll.arrange(count, now)
    });
    scroll
}

impl Position {
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
    pub fn shown(&self, count: usize) -> Range<usize> {
        self.position.borrow().shown(count)
    }

    /// Whether the list follows the run.
    pub fn sticks(&self) -> bool {
        let position = self.position.borrow();
        position.sticks || position.sticks_soon
    }

    /// The line that the user reached by keyboard.
    pub fn cursor(&self) -> Option<usize> {
        self.position.borrow().cursor
    }

    /// The number of lines in a page.
    pub fn page(&self) -> usize {
        let position = self.position.borrow();
        (position.height / position.line) as usize
    }

    /// Holds the position until the run goes on.
    pub fn stay(&self) {
        let mut position = self.position.borrow_mut();
        (position.sticks, position.sticks_soon) = (false, true);
    }

    /// Moves the cursor to a line and scrolls it into view.
    pub fn set_cursor(&self, index: usize, count: usize, now: usize) {
        {
            let mut position = self.position.borrow_mut();
            (position.cursor, position.sticks, position.sticks_soon) = (Some(index), false, false);
            let (above, below) = (index as f64 * position.line, (index + 1) as f64 * position.line - position.height);
            position.top = position.top.min(above).max(below);
        }
        self.move_list();
        self.arrange(count, now);
        self.update.force_update();
    }

    /// A callback that goes back to the last line that happened.
    pub fn to_now(&self) -> Callback<MouseEvent> {
        let scroll = self.clone();
        Callback::from(move |_| {
            {
                let mut position = scroll.position.borrow_mut();
                (position.sticks, position.sticks_soon, position.cursor) = (true, false, None);
            }
            scroll.update.force_update();
        })
    }

    /// Handles a scroll by the user: the list stops following the run, unless it is at the present line.
    pub fn onscroll(&self, count: usize, now: usize) -> Callback<Event> {
        let scroll = self.clone();
        Callback::from(move |_| {
            let Some(list) = scroll.list.cast::<Element>() else { return };
            let top = f64::from(list.scroll_top());
            let mut position = scroll.position.borrow_mut();
            if libm::fabs(top - position.set) < 2.0 {
                return;
            }
            position.top = top;
            position.set = top;
            position.sticks = libm::fabs(top - position.top_of_now(count, now)) < position.line;
            position.sticks_soon = false;
            drop(position);
            scroll.update.force_update();
        })
    }

    /// Measures the list after its lines are in the page, and sets the room above and below them.
    fn arrange(&self, count: usize, now: usize) {
        let Some(list) = self.list.cast::<Element>() else { return };
        let (height, width) = (f64::from(list.client_height()), list.client_width());
        let line = if width < NARROW { LINE.1 } else { LINE.0 };
        let mut position = self.position.borrow_mut();
        let is_resized = libm::fabs(position.height - height) > 0.5 || libm::fabs(position.line - line) > 0.5;
        (position.height, position.line) = (height.max(1.0), line);
        if position.sticks {
            position.top = position.top_of_now(count, now);
        }
        let shown = position.shown(count);
        let sticks = position.sticks;
        drop(position);
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
        if is_resized {
            self.update.force_update();
        }
    }

    fn move_list(&self) {
        let Some(list) = self.list.cast::<Element>() else { return };
        let mut position = self.position.borrow_mut();
        if libm::fabs(f64::from(list.scroll_top()) - position.top) > 1.0 {
            list.set_scroll_top(position.top as i32);
        }
        position.set = f64::from(list.scroll_top());
    }
}
