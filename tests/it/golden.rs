//! The golden results, natively; `tests/web` has the same in a browser.

#[path = "../golden/mod.rs"]
mod golden;

#[test]
fn draws_are_the_same_everywhere() {
    golden::draws_are_the_same_everywhere();
}
