//! The picture of a timeout: the latencies of answers without queueing, compared with the timeout of the caller.

use super::curve::{Curve, SLICES};
use crate::chance::Distribution;
use crate::editor::field::round;
use crate::msg;
use crate::scenario::{Kind, Link, Service};
use crate::text::{Exact, number};
use crate::time::Span;

/// Grid points in each slice of the curve: the sum of distributions needs a finer grid than the drawing.
const FINE: usize = 5;

/// The latencies of attempts without load: the request leg, the callee's own work, and the response leg. `None` without
/// a timeout, or if the work is not a distribution.
pub fn of(link: &Link, callee: &Service) -> Option<Curve> {
    let timeout = link.timeout.filter(|timeout| *timeout > Span::ZERO)?;
    if !matches!(callee.kind, Kind::Service | Kind::External) {
        return None;
    }
    let overheads = Distribution::Constant(link.overhead + link.overhead);
    let parts = [&link.delay.request, &callee.work, &link.delay.response, &overheads];
    let most = parts.iter().fold(Span::ZERO, |sum, part| sum + part.quantile(0.99));
    let answered = |end: Span| parts.iter().map(|part| grid(part, end)).reduce(|sum, part| sum_of(&sum, &part));
    // The quantiles have a grid of their own, which stays fine with a long timeout.
    let reach = most.scaled(1.08);
    let near = answered(reach)?;
    let [median, p99] = [0.5, 0.99].map(|share| reach.scaled(place_of(&near, share)));
    let end = timeout.max(most).scaled(1.08);
    let points = answered(end)?;
    let cut = (timeout.as_nanos() as f64 / end.as_nanos().max(1) as f64 * points.len() as f64) as usize;
    let late = (1.0 - points.iter().take(cut + 1).sum::<f64>()).max(0.0);
    let is_certain = parts.iter().all(|part| part.quantile(0.001) == part.quantile(0.99));
    let description = if is_certain {
        let answer = Exact(round(most));
        match most > timeout {
            true => msg!("sketch-answers-always-late", answer = answer),
            false => msg!("sketch-answers-always", answer = answer),
        }
    } else {
        let late = match late < 0.0005 {
            true => msg!("sketch-answers-hardly-late"),
            false => msg!("sketch-answers-late", percent = number(percent(late))),
        };
        let [median, p99] = [median, p99].map(|span| Exact(round(span)));
        msg!("sketch-answers", median = median, p99 = p99, late = late)
    };
    let slices = points.chunks(FINE).map(|chunk| chunk.iter().sum()).collect();
    Some(Curve { slices, end, median, p99, limit: Some(timeout), description })
}

/// The position from 0 to 1 on the grid at which this share is reached.
fn place_of(points: &[f64], share: f64) -> f64 {
    let mut sum = 0.0;
    let reached = points.iter().position(|point| {
        sum += point;
        sum >= share
    });
    reached.unwrap_or(points.len()) as f64 / points.len() as f64
}

/// The shares of a distribution at the points of a grid from 0 to `end`. Each value counts at the nearest point.
fn grid(distribution: &Distribution, end: Span) -> Vec<f64> {
    let count = SLICES * FINE;
    let mut below = 0.0;
    (0..count)
        .map(|i| {
            let within = distribution.share_within(end.scaled((i as f64 + 0.5) / count as f64));
            let share = within - below;
            below = within;
            share
        })
        .collect()
}

/// The sum of two independent values: the convolution of their shares.
fn sum_of(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; a.len()];
    for (i, x) in a.iter().enumerate().filter(|(_, x)| **x > 0.0) {
        for (place, y) in sum.iter_mut().skip(i).zip(b) {
            *place += x * y;
        }
    }
    sum
}

/// A share in per cent, with at most two digits.
fn percent(share: f64) -> f64 {
    let tenths = libm::round(share * 1_000.0);
    if tenths < 100.0 { tenths / 10.0 } else { libm::round(share * 100.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Draw, Seed, Stream, ThingKey};
    use crate::scenario::Legs;

    const MS: fn(u64) -> Span = Span::millis;

    fn link(delay: Distribution, timeout: u64) -> Link {
        Link { delay: Legs::both(delay), timeout: Some(MS(timeout)), ..Link::new("a", "b") }
    }

    fn service(work: Distribution) -> Service {
        Service { work, ..Service::new("b", Kind::Service) }
    }

    #[test]
    fn constant_parts_add_up() {
        let curve = of(&link(Distribution::Constant(MS(5)), 500), &service(Distribution::Constant(MS(30)))).unwrap();
        assert!((curve.median.as_millis_f64() - 40.0).abs() < 0.2, "{}", curve.median);
        assert!((curve.slices.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(curve.description().text().ends_with("calls: every answer takes 40\u{a0}ms."));
        let late = of(&link(Distribution::Constant(MS(5)), 20), &service(Distribution::Constant(MS(30)))).unwrap();
        assert!(late.description().text().ends_with("40\u{a0}ms, longer than the timeout."), "{}", late.description());
        let spread =
            of(&link(Distribution::Exponential { mean: MS(5) }, 500), &service(Distribution::Constant(MS(30))));
        assert!(spread.unwrap().description().text().ends_with("Hardly any come after the timeout."));
    }

    #[test]
    fn the_share_of_late_answers_agrees_with_random_draws() {
        let (delay, work) =
            (Distribution::Exponential { mean: MS(20) }, Distribution::Lognormal { median: MS(40), p99: MS(400) });
        for timeout in [60, 100, 200, 400] {
            let link = link(delay.clone(), timeout);
            let curve = of(&link, &service(work.clone())).unwrap();
            let cut = curve.place(MS(timeout)) * curve.slices.len() as f64;
            let drawn_early: f64 = curve.slices.iter().take(cut as usize).sum();
            let mut stream = Stream::new(Seed(3), Draw::Work, ThingKey::of("b"));
            let mut draw = |of: &Distribution| stream.sample(of);
            let early = (0..40_000).filter(|_| draw(&delay) + draw(&work) + draw(&delay) <= MS(timeout)).count();
            let early = early as f64 / 40_000.0;
            assert!((early - drawn_early).abs() < 0.03, "{timeout} ms: {early} against {drawn_early}");
        }
    }

    #[test]
    fn without_a_timeout_or_for_a_stub_there_is_no_picture() {
        let plain = Link::new("a", "b");
        assert_eq!(of(&plain, &service(Distribution::Constant(MS(1)))), None);
        assert_eq!(of(&link(Distribution::Constant(MS(1)), 5), &Service::new("b", Kind::Stub)), None);
    }

    #[test]
    fn shares_have_two_digits() {
        assert_eq!([0.0012, 0.034, 0.2345, 1.0].map(percent), [0.1, 3.4, 23.0, 100.0]);
    }
}
