//! The verdict on one request in a few sentences: the outcome for the user, the truth, and the use of its time.
//!
//! The user of a synchronous call sees one outcome. The verdict adds the facts that the user cannot see, without
//! judging them.

use super::cast::Cast;
use super::life::{Attempt, Life, Part};
use super::outcomes::outcome_name;
use super::time_spent::{TimeSpent, time_spent};
use crate::msg;
use crate::outcome::Outcome;
use crate::scenario::topology::{LinkId, ServiceId};
use crate::sim::trace::{Detail, NoRetry, SpanId};
use crate::sim::view::Purpose;
use crate::text::{Elapsed, ListAnd, Message, Value};
use crate::time::Span;

/// The share of the time from which a use is mentioned.
const NAMED_FROM: f64 = 0.08;
/// The most attempts whose fates get a sentence each.
const SINGLY: usize = 3;

/// Sentences that belong together.
pub type Paragraph = Vec<Message>;

/// The verdict on a life so far. No paragraph is empty.
pub fn verdict(life: &Life, cast: Cast<'_>) -> Vec<Paragraph> {
    let mut covered = Vec::new();
    let mut paragraphs = vec![vec![what_the_user_saw(life, cast)]];
    paragraphs.extend(what_was_done(life, cast, &mut covered));
    paragraphs.push(why(life, cast, &covered).unwrap_or_default());
    paragraphs.push(where_time_went(life).into_iter().collect());
    paragraphs.push(for_nobody(life, cast).into_iter().collect());
    paragraphs.retain(|sentences| !sentences.is_empty());
    paragraphs
}

fn what_the_user_saw(life: &Life, cast: Cast<'_>) -> Message {
    let client = cast.name(life.client);
    let after = Elapsed(life.end.since(life.start));
    let asked = 1 + life.marks.iter().filter(|mark| mark.what == Detail::AsksAgain).count();
    let lost_patience = life.marks.iter().any(|mark| mark.what == Detail::LosesPatience && mark.at == life.end);
    match life.user_outcome {
        None => msg!("verdict-waiting", client = client, after = after, asked = asked),
        Some(Outcome::Timeout) if lost_patience => {
            msg!("verdict-lost-patience", client = client, after = after, asked = asked)
        }
        Some(Outcome::Ok) => msg!("verdict-good", client = client, after = after, asked = asked),
        Some(Outcome::Degraded) => msg!("verdict-degraded", client = client, after = after, asked = asked),
        Some(outcome) => {
            let outcome = outcome_name(outcome);
            msg!("verdict-failed", client = client, outcome = outcome, after = after, asked = asked)
        }
    }
}

/// The entries in the ledgers, service by service.
fn what_was_done(life: &Life, cast: Cast<'_>, covered: &mut Vec<u64>) -> Vec<Paragraph> {
    let mut services: Vec<ServiceId> = Vec::new();
    for attempt in life.attempts.iter().filter(|a| a.purpose == Purpose::Call) {
        if cast.effect(attempt.to).is_some() && !services.contains(&attempt.to) {
            services.push(attempt.to);
        }
    }
    services.into_iter().filter_map(|service| at_ledger(life, cast, service, covered)).collect()
}

fn at_ledger(life: &Life, cast: Cast<'_>, id: ServiceId, covered: &mut Vec<u64>) -> Option<Paragraph> {
    let service = cast.name(id);
    let booked = |a: &&&Attempt| a.served.as_ref().is_some_and(|served| served.booked.is_some());
    let tries: Vec<&Attempt> = life.attempts.iter().filter(|a| a.to == id && a.purpose == Purpose::Call).collect();
    let carried_out: Vec<&Attempt> = tries.iter().filter(booked).copied().collect();
    let taken: u32 = life.marks.iter().map(|mark| taken_back(life, id, mark)).sum();
    let mut sentences = vec![booking(life, cast, id, &carried_out, &tries, taken)?];
    match (taken, carried_out.len()) {
        (0, _) => {}
        (1, 1) => sentences.push(msg!("verdict-taken-back")),
        (count, _) => sentences.push(msg!("verdict-taken-back-often", count = count)),
    }
    let unheard = carried_out.iter().filter(|a| a.outcome.is_some() && !a.was_answered());
    for attempt in unheard.take(SINGLY) {
        covered.push(attempt.serial);
        sentences.push(unheard_fate(attempt, Which::of(&[attempt], &tries)));
    }
    if let Some(attempt) = tries.iter().find(|a| a.served.as_ref().is_some_and(|served| served.replayed)) {
        let Which { count, numbers } = Which::of(&[attempt], &tries);
        sentences.push(msg!("verdict-recognised", service = service, count = count, numbers = numbers));
    }
    let answered = |a: &&Attempt| a.to == id && a.purpose == Purpose::Ask && a.was_answered();
    match life.attempts.iter().filter(answered).filter_map(|a| a.outcome).next_back() {
        Some(Outcome::Ok) => sentences.push(msg!("verdict-asked-yes", service = service)),
        Some(Outcome::Error) => sentences.push(msg!("verdict-asked-no", service = service)),
        _ => {}
    }
    Some(sentences)
}

/// The number of bookings of the effect at a service; `None` if it is too early to say.
fn booking(
    life: &Life,
    cast: Cast<'_>,
    id: ServiceId,
    carried_out: &[&Attempt],
    tries: &[&Attempt],
    taken: u32,
) -> Option<Message> {
    let (effect, service) = (cast.effect(id)?, cast.name(id));
    let success = life.user_outcome.is_some_and(Outcome::is_success);
    Some(match (carried_out, life.user_outcome) {
        ([], None) => return None,
        ([], Some(_)) if success => msg!("verdict-not-booked-yet-good", effect = effect, service = service),
        ([], Some(_)) => msg!("verdict-not-booked", effect = effect, service = service),
        ([_], Some(_)) if !success && taken == 0 => {
            msg!("verdict-booked-yet-failed", effect = effect, service = service)
        }
        ([_], _) => msg!("verdict-booked-once", effect = effect, service = service),
        (_, _) => {
            let Which { count, numbers } = Which::of(carried_out, tries);
            msg!("verdict-booked-often", effect = effect, service = service, count = count, numbers = numbers)
        }
    })
}

/// The number of entries of a service that a mark reverses.
fn taken_back(life: &Life, service: ServiceId, mark: &crate::sim::trace::Mark) -> u32 {
    match mark.what {
        Detail::TakesBack(entries) if life.service_of(mark.whose) == Some(service) => entries,
        _ => 0,
    }
}

/// The reason for which the outcome of a finished attempt is unknown to its caller.
fn unheard_fate(attempt: &Attempt, Which { count, numbers }: Which) -> Message {
    match attempt.answer {
        Some(answer) if answer.lost => msg!("verdict-answer-lost", count = count, numbers = numbers),
        Some(answer) if answer.arrives > attempt.end => {
            let late = Elapsed(answer.arrives.since(attempt.end));
            msg!("verdict-answer-late-by", count = count, numbers = numbers, late = late)
        }
        Some(_) => msg!("verdict-answer-late", count = count, numbers = numbers),
        None => msg!("verdict-nobody-waited", count = count, numbers = numbers),
    }
}

/// The reason for the failure, at the place of the first failure, without the `covered` attempts.
fn why(life: &Life, cast: Cast<'_>, covered: &[u64]) -> Option<Paragraph> {
    let (parent, link) = origin(life, SpanId::User(life.intent))?;
    let tries: Vec<&Attempt> = life.made_for(parent).filter(|a| a.link == link && a.purpose == Purpose::Call).collect();
    let failed = tries.iter().filter(|a| a.outcome.is_some_and(|o| !o.is_success() && o != Outcome::Cancelled));
    let failed: Vec<&Attempt> = failed.filter(|a| !covered.contains(&a.serial)).copied().collect();
    let mut sentences = fates(&failed, &tries, cast);
    match life.not_repeated(parent, link) {
        Some(NoRetry::Unsafe) => sentences.push(msg!("verdict-no-retry-unsafe")),
        Some(NoRetry::Deadline) => sentences.push(msg!("verdict-no-retry-deadline")),
        Some(NoRetry::Budget) => sentences.push(msg!("verdict-no-retry-budget")),
        Some(NoRetry::Attempts) | None => {}
    }
    Some(sentences)
}

/// The fates of failed attempts. Neighbours with one fate share a sentence.
fn fates(failed: &[&Attempt], tries: &[&Attempt], cast: Cast<'_>) -> Paragraph {
    let alike = |a: &&Attempt, b: &&Attempt| fate(a, Which::default(), cast) == fate(b, Which::default(), cast);
    let sentence = |group: &[&Attempt]| Some(fate(group.first()?, Which::of(group, tries), cast));
    let mut sentences: Paragraph = failed.chunk_by(alike).filter_map(sentence).collect();
    if sentences.len() > SINGLY {
        let last = sentences.pop();
        sentences = vec![msg!("verdict-many-failed", count = failed.len())];
        sentences.extend(last);
    }
    sentences
}

/// The origin of the failures: the request whose calls failed, and the link. The search follows a failed attempt to the
/// callee if a call of the callee failed.
fn origin(life: &Life, parent: SpanId) -> Option<(SpanId, LinkId)> {
    let bad = |a: &&Attempt| a.outcome.is_some_and(|o| !o.is_success() && o != Outcome::Cancelled);
    let last = life.made_for(parent).filter(|a| a.purpose == Purpose::Call).filter(bad).last();
    let Some(attempt) = last else {
        // A user who leaves cancels its attempts. The origin is the place where these were waiting.
        return life.made_for(parent).last().and_then(|a| origin(life, a.callee()));
    };
    let deeper = origin(life, attempt.callee());
    Some(deeper.unwrap_or((parent, attempt.link)))
}

/// The fate of attempts that failed in one way.
fn fate(attempt: &Attempt, which: Which, cast: Cast<'_>) -> Message {
    if attempt.timed_out() {
        return given_up(attempt, which, cast);
    }
    let Which { count, numbers } = which;
    let callee = cast.name(attempt.to);
    let outcome = attempt.outcome.unwrap_or(Outcome::Cancelled);
    match outcome {
        Outcome::BreakerOpen => msg!("verdict-breaker-open", count = count, numbers = numbers),
        Outcome::BulkheadFull => msg!("verdict-no-permit", count = count, numbers = numbers),
        Outcome::DeadlineExceeded if attempt.was_refused() => {
            msg!("verdict-no-time", count = count, numbers = numbers)
        }
        Outcome::DeadlineExceeded => {
            msg!("verdict-past-deadline", callee = callee, count = count, numbers = numbers)
        }
        Outcome::Refused => msg!("verdict-refused", count = count, numbers = numbers, callee = callee),
        Outcome::Shed => msg!("verdict-shed", count = count, numbers = numbers, callee = callee),
        Outcome::RateLimited => msg!("verdict-rate-limited", count = count, numbers = numbers, callee = callee),
        Outcome::Conflict => msg!("verdict-conflict", count = count, numbers = numbers, callee = callee),
        Outcome::Error | Outcome::Timeout => {
            let outcome = outcome_name(outcome);
            msg!("verdict-error", callee = callee, count = count, numbers = numbers, outcome = outcome)
        }
        Outcome::Ok | Outcome::Degraded | Outcome::Cancelled => {
            msg!("verdict-abandoned", count = count, numbers = numbers)
        }
    }
}

/// The progress of attempts when their caller gave up.
fn given_up(attempt: &Attempt, Which { count, numbers }: Which, cast: Cast<'_>) -> Message {
    let (caller, callee) = (cast.name(attempt.from), cast.name(attempt.to));
    let waited = Elapsed(attempt.end.since(attempt.start));
    let Some(request) = attempt.request else {
        return msg!("verdict-gave-up-no-permit", caller = caller, count = count, numbers = numbers, waited = waited);
    };
    if request.lost {
        return msg!(
            "verdict-gave-up-request-lost",
            caller = caller,
            callee = callee,
            count = count,
            numbers = numbers,
            waited = waited
        );
    }
    if let Some(answer) = attempt.answer.filter(|answer| answer.sent <= attempt.end) {
        return if answer.lost {
            msg!(
                "verdict-gave-up-answer-lost",
                caller = caller,
                callee = callee,
                count = count,
                numbers = numbers,
                waited = waited
            )
        } else {
            msg!(
                "verdict-gave-up-answer-on-its-way",
                caller = caller,
                callee = callee,
                count = count,
                numbers = numbers,
                waited = waited
            )
        };
    }
    match &attempt.served {
        None => msg!(
            "verdict-gave-up-request-on-its-way",
            caller = caller,
            callee = callee,
            count = count,
            numbers = numbers,
            waited = waited
        ),
        Some(served) if served.lost && served.to <= attempt.end => msg!(
            "verdict-gave-up-down",
            caller = caller,
            callee = callee,
            count = count,
            numbers = numbers,
            waited = waited
        ),
        Some(_) => match attempt.parts().iter().find(|p| p.0 <= attempt.end && attempt.end <= p.1).map(|p| p.2) {
            Some(Part::Queued) => msg!(
                "verdict-gave-up-queued",
                caller = caller,
                callee = callee,
                count = count,
                numbers = numbers,
                waited = waited
            ),
            Some(Part::Working) => msg!(
                "verdict-gave-up-working",
                caller = caller,
                callee = callee,
                count = count,
                numbers = numbers,
                waited = waited
            ),
            Some(Part::Calling) | None => msg!(
                "verdict-gave-up-calling",
                caller = caller,
                callee = callee,
                count = count,
                numbers = numbers,
                waited = waited
            ),
        },
    }
}

/// The uses of time, the largest share first.
fn where_time_went(life: &Life) -> Option<Message> {
    let whole = life.end.since(life.start);
    let all = TimeSpent::ALL.into_iter().zip(time_spent(life));
    let mut spent: Vec<(Span, TimeSpent)> = all.map(|(on, time)| (time, on)).collect();
    spent.retain(|(time, _)| time.as_secs_f64() >= NAMED_FROM * whole.as_secs_f64() && *time > Span::ZERO);
    // Equal times keep the order of `TimeSpent::ALL`.
    spent.sort_unstable_by_key(|(time, on)| (std::cmp::Reverse(*time), *on as usize));
    let uses: Vec<Message> = spent.iter().take(SINGLY).map(|(time, on)| on.message(*time)).collect();
    (!uses.is_empty()).then(|| msg!("verdict-time", uses = ListAnd(uses)))
}

/// The service that went on working after its caller had stopped waiting.
fn for_nobody(life: &Life, cast: Cast<'_>) -> Option<Message> {
    let longest = life.attempts.iter().max_by_key(|a| a.wasted())?;
    let all = life.attempts.iter().filter(|a| a.to == longest.to).map(Attempt::wasted).fold(Span::ZERO, |a, b| a + b);
    (all > Span::ZERO).then(|| msg!("verdict-wasted", service = cast.name(longest.to), time = Elapsed(all)))
}

/// Some attempts of a call.
struct Which {
    /// The number of attempts; 0: the only one, which needs no number.
    count: usize,
    /// `1 and 3`, `1 to 4`, `1, 3 and 4`.
    numbers: Value,
}

impl Default for Which {
    fn default() -> Self {
        Which { count: 0, numbers: Value::from("") }
    }
}

impl Which {
    fn of(some: &[&Attempt], tries: &[&Attempt]) -> Self {
        if tries.len() == 1 {
            return Which::default();
        }
        let place = |attempt: &&Attempt| 1 + tries.iter().take_while(|a| a.serial != attempt.serial).count();
        let places: Vec<usize> = some.iter().map(place).collect();
        let in_a_row = places.windows(2).all(|two| matches!(two, [a, b] if a + 1 == *b));
        let number = |place: &usize| msg!("verdict-attempt-number", number = *place);
        let numbers = match places.as_slice() {
            [first, _, .., last] if in_a_row => {
                Value::from(msg!("verdict-attempts-range", first = *first, last = *last))
            }
            all => Value::from(ListAnd(all.iter().map(number).collect())),
        };
        Which { count: some.len(), numbers }
    }
}

#[cfg(test)]
mod tests;
