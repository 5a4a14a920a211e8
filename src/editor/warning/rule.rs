//! The rules with their claims, their formulas and further reading.

use crate::id;
use crate::text::Id;

/// The kinds of mistakes, the most harmful first.
///
/// In the formulas a link is A → B, and a call that B makes for it B → C.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A POST or PATCH is repeated (`unsafe`) and carries no business request id: a lost response looks like a lost
    /// request, so B may carry it out twice.
    UnsafeRetry,
    /// A POST or PATCH is repeated with its id, but B has an effect and stores no ids, so it books each attempt.
    IgnoredId,
    /// Links that are used lead from a service back to it (a strongly connected component with a link inside).
    Cycle,
    /// A service calls without a timeout, and no deadline certainly ends the call: the link sets none, and does not pass on
    /// one that every request to A has. Clients are exempt: they have no workers that wait, and their users have their
    /// own patience.
    NoTimeout,
    /// The timeout, or the deadline of the link, is not longer than the fastest good answer: the shortest delays of both
    /// legs, the shortest work of B and, stage by stage, the same for all calls that the answer of B depends on.
    TooShort,
    /// The timeout of A → B is shorter than the longest time that B can spend on B → C without an answer: all attempts and
    /// the waits between them that budget, breaker and deadline allow. Exempt if a cancellation or a deadline tells B
    /// that A has given up.
    GivesUpEarly,
    /// Like [`Rule::GivesUpEarly`], but A sets a deadline, and B → C does not respect it.
    LostDeadline,
    /// Two or more consecutive links retry, and each passes on failures from below, so the attempts multiply. Links with a
    /// budget, a breaker or a deadline are exempt, because these end the storm, and so are failures behind a fallback.
    LayeredRetries,
    /// A full queue takes more than twice as long to process (places × mean work ÷ workers) as the most patient caller
    /// waits, so more than half of the work is wasted. Only for first in, first out, if all callers have a timeout, none
    /// cancels or sends a deadline, and neither a rate limit nor bulkheads of all callers keep the queue short.
    LongQueue,
    /// A breaker cannot trip: neither the outcomes that count as failures nor slow calls can occur, or the loads cannot
    /// cause `minimum_calls` attempts, including retries, within its time window.
    IdleBreaker,
    /// A blocking service has no more workers than its bulkhead has permits, so a permit is always free.
    IdleBulkhead,
    /// A POST or PATCH with a retry, without an id and without `unsafe`: it is never repeated.
    IdleRetry,
}

const CASCADING: &str = "https://sre.google/sre-book/addressing-cascading-failures/";
const TIMEOUTS: &str = "https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/";
const IDEMPOTENT: &str = "https://aws.amazon.com/builders-library/making-retries-safe-with-idempotent-APIs/";

impl Rule {
    /// All rules.
    pub const ALL: [Rule; 12] = [
        Rule::UnsafeRetry,
        Rule::IgnoredId,
        Rule::Cycle,
        Rule::NoTimeout,
        Rule::TooShort,
        Rule::GivesUpEarly,
        Rule::LostDeadline,
        Rule::LayeredRetries,
        Rule::LongQueue,
        Rule::IdleBreaker,
        Rule::IdleBulkhead,
        Rule::IdleRetry,
    ];

    /// The title of the rule.
    pub const fn title(self) -> Id {
        match self {
            Rule::UnsafeRetry => id!("warning-unsafe-retry"),
            Rule::IgnoredId => id!("warning-ignored-id"),
            Rule::Cycle => id!("warning-cycle"),
            Rule::NoTimeout => id!("warning-no-timeout"),
            Rule::TooShort => id!("warning-too-short"),
            Rule::GivesUpEarly => id!("warning-gives-up-early"),
            Rule::LostDeadline => id!("warning-lost-deadline"),
            Rule::LayeredRetries => id!("warning-layered-retries"),
            Rule::LongQueue => id!("warning-long-queue"),
            Rule::IdleBreaker => id!("warning-idle-breaker"),
            Rule::IdleBulkhead => id!("warning-idle-bulkhead"),
            Rule::IdleRetry => id!("warning-idle-retry"),
        }
    }

    /// The address of a page about the rule.
    pub const fn source(self) -> &'static str {
        match self {
            Rule::UnsafeRetry | Rule::IgnoredId | Rule::IdleRetry => IDEMPOTENT,
            Rule::Cycle | Rule::GivesUpEarly => CASCADING,
            Rule::NoTimeout | Rule::TooShort | Rule::LayeredRetries => TIMEOUTS,
            Rule::LostDeadline => "https://grpc.io/docs/guides/deadlines/",
            Rule::LongQueue => "https://aws.amazon.com/builders-library/avoiding-insurmountable-queue-backlogs/",
            Rule::IdleBreaker => "https://resilience4j.readme.io/docs/circuitbreaker",
            Rule::IdleBulkhead => "https://resilience4j.readme.io/docs/bulkhead",
        }
    }

    /// The name of that page.
    pub fn source_name(self) -> &'static str {
        match self.source().split('/').nth(2) {
            Some("sre.google") => "Google SRE book",
            Some("aws.amazon.com") => "Amazon Builders’ Library",
            Some("grpc.io") => "gRPC",
            _ => "Resilience4j",
        }
    }

    /// The card of the inspector that shows the warning; `None` for the thing as a whole.
    pub const fn card(self) -> Option<Id> {
        Some(match self {
            Rule::UnsafeRetry | Rule::IgnoredId | Rule::LayeredRetries | Rule::IdleRetry => id!("card-retry"),
            Rule::NoTimeout | Rule::TooShort | Rule::GivesUpEarly => id!("card-timeout"),
            Rule::LostDeadline => id!("card-deadline"),
            Rule::LongQueue => id!("card-capacity"),
            Rule::IdleBreaker => id!("card-breaker"),
            Rule::IdleBulkhead => id!("card-bulkhead"),
            Rule::Cycle => return None,
        })
    }
}
