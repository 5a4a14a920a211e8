//! The rules: what each claims, by which formula, and where one can read about it.

use crate::id;
use crate::text::Id;

/// What is wrong, the more harmful first.
///
/// In the formulas a link is A → B, and a call that B makes for it B → C.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A POST or PATCH is repeated (`unsafe`) and carries no business request id: a response that was lost looks like a
    /// request that was lost, so what B does may be done twice.
    UnsafeRetry,
    /// A POST or PATCH is repeated with its id, but B, which has an effect, keeps no ids: it books each attempt.
    IgnoredId,
    /// Links that are used lead from a service back to it (a strongly connected component with a link inside).
    Cycle,
    /// A service calls without a timeout, and no deadline is sure to end the call: neither one of its own nor one that
    /// every request to A brings along and that the link passes on. Clients are left out: no worker of theirs waits, and how
    /// long their users wait is the users' patience.
    NoTimeout,
    /// The timeout, or the deadline that is set, is not longer than the least that a good answer takes: the least delays of both legs, the
    /// least work of B, and, stage after stage, the same of all calls without which B cannot answer.
    TooShort,
    /// The timeout of A → B is shorter than the longest that B can spend on B → C when no attempt is answered: all
    /// attempts and the waits between them, as far as budget, breaker and deadline let them happen. Not where A's
    /// giving up is passed on, by cancelling or by a deadline.
    GivesUpEarly,
    /// The same where it is a deadline that A sets, and B → C does not heed it.
    LostDeadline,
    /// Two links or more in a row are retried, and each passes a failure below it on: the attempts multiply. Links with
    /// a budget, a breaker or a deadline are left out, for these end the storm; so is what a fallback hides.
    LayeredRetries,
    /// A full queue takes more than twice as long to work off (places × mean work ÷ workers) as the most patient
    /// caller waits, so that more than half of it is wasted work. First in, first out; all callers have a timeout,
    /// none cancels or sends a deadline, and neither a rate limit nor bulkheads of all of them keep it short.
    LongQueue,
    /// Too few results for a breaker to judge: the outcomes that count as failures cannot occur, nor a slow call; or the
    /// loads cannot bring `minimum_calls` attempts, retries included, within its window of time.
    IdleBreaker,
    /// A blocking service has no more workers than its bulkhead has permits, so that there is always one free.
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

    /// The name of the rule.
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

    /// Where one can read why.
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

    /// The name of that place.
    pub fn source_name(self) -> &'static str {
        match self.source().split('/').nth(2) {
            Some("sre.google") => "Google SRE book",
            Some("aws.amazon.com") => "Amazon Builders’ Library",
            Some("grpc.io") => "gRPC",
            _ => "Resilience4j",
        }
    }

    /// The card of the inspector that it belongs under; `None` for the thing as a whole.
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
