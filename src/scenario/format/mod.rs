//! The format of scenario files. Each thing and each policy has one file with all that the format knows of it: how it is
//! read, written and checked by itself.
//!
//! [`super::check`] checks what things mean together. Defaults belong to the settings: a part starts with
//! them when it is read, and omits them when it is written.

mod ask;
mod backoff;
mod breaker;
mod budget;
mod bulkhead;
mod compensate;
mod deadline;
mod distribution;
mod fallback;
mod fault;
mod hedge;
mod idempotency;
mod layout;
mod legs;
mod link;
mod load;
mod objective;
mod outcomes;
mod part;
mod rate_limit;
mod reader;
mod retry;
mod scenario;
mod service;
mod team;
mod values;
mod writer;

pub(super) use layout::{compact, document};
pub(super) use part::Part;
pub(super) use reader::Reader;
pub(super) use service::{NO_WORK, NOT_CALLED};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::breaker::{self, Trip, Window};
    use crate::policy::{budget, bulkhead, deadline, hedge, idempotency, rate_limit, retry};
    use crate::scenario::Ask;
    use crate::scenario::json::parse;
    use crate::scenario::path::Path;
    use crate::scenario::problem::Problems;
    use crate::time::Span;

    /// That a part with its defaults is written like this, and that this is read as the defaults.
    fn is_short<P: Part + PartialEq + std::fmt::Debug>(part: &P, text: &str) {
        assert_eq!(compact(&part.write()), text);
        let mut reader = Reader { problems: Problems::default() };
        assert_eq!(P::read(&mut reader, &Path::Root, &parse(text).unwrap()).as_ref(), Some(part), "{text}");
        part.check(&mut reader.problems, &Path::Root);
        assert!(reader.problems.is_empty(), "{text}");
    }

    #[test]
    fn the_defaults_of_a_policy_are_omitted_and_read_back() {
        is_short(&retry::Config::default(), r#"{"max_attempts":3}"#);
        is_short(&budget::Config::default(), r#"{"ratio":0.2}"#);
        is_short(&breaker::Config::of(Trip::rate(Window::default())), "{}");
        let consecutive = Trip::Consecutive { failures: Trip::CONSECUTIVE_FAILURES };
        is_short(&breaker::Config::of(consecutive), r#"{"consecutive_failures":5}"#);
        is_short(&bulkhead::Config::of(4), r#"{"max_concurrent":4}"#);
        is_short(&hedge::Config::of(Span::secs(1)), r#"{"after":"1s"}"#);
        is_short(&deadline::Config::default(), "{}");
        is_short(&rate_limit::Config::of(50.0), r#"{"per_second":50}"#);
        is_short(&idempotency::Config::default(), "{}");
        is_short(&Ask::default(), "{}");
    }
}
