//! Editable settings of a service, a stub or a client.

use super::card::Card;
use super::field::{Field, Input, OptionName, Typed, distribution, list, within};
use super::sketch::{Sketch, curve};
use crate::policy::{idempotency, rate_limit};
use crate::scenario::{Discipline, Kind, Repeat, Reply, Service, Team, Threads};
use crate::text::{Exact, Id, Message, Rate};
use crate::time::Span;
use crate::{id, msg};

/// The kinds of services with their names for users.
pub const KINDS: [(Kind, Id); 4] = [
    (Kind::Client, id!("kind-client")),
    (Kind::Service, id!("kind-service")),
    (Kind::External, id!("kind-external")),
    (Kind::Stub, id!("kind-stub")),
];

/// The kinds that a service can change between. Clients are not among them, because they have no work.
const CALLED: [(Kind, Id); 3] = [KINDS[1], KINDS[2], KINDS[3]];

/// The cards of a service that can belong to one of `teams`.
pub fn cards(service: &Service, teams: &[Team]) -> Vec<Card<Service>> {
    let identity = Card::section(id!("card-identity"), identity(service.kind, teams));
    match service.kind {
        Kind::Client => vec![identity],
        Kind::Stub => vec![identity, script(), capacity(), rate_limiter(service), store(service)],
        Kind::Service | Kind::External => {
            vec![identity, work(service), capacity(), rate_limiter(service), effect(service), store(service)]
        }
    }
}

fn identity(kind: Kind, teams: &[Team]) -> Vec<Field<Service>> {
    let mut fields = vec![
        Field::new(id!("field-name"), None, Input::Text, |s: &mut Service| Some(&mut s.name)),
        Field::new(id!("field-id"), None, Input::Text, |s: &mut Service| Some(&mut s.id)),
    ];
    if kind != Kind::Client {
        fields.push(kind_field());
    }
    if !teams.is_empty() {
        let none = ("".into(), OptionName::Message(id!("option-none")));
        let own = teams.iter().map(|t| (t.id.clone().into(), OptionName::Own(t.name.clone())));
        let options = Input::Choice(std::iter::once(none).chain(own).collect());
        fields.push(Field::new(id!("field-team"), None, options, |s: &mut Service| Some(&mut s.team)));
    }
    fields
}

/// The kind. A service that becomes a stub gets an answer, so that the document can still run.
fn kind_field() -> Field<Service> {
    let plain = Field::choice(id!("field-kind"), &CALLED, |s: &mut Service| Some(&mut s.kind));
    let look = plain.clone();
    Field::custom(
        plain.label,
        plain.hint,
        plain.input.clone(),
        move |service| look.get(service),
        move |service, text| {
            *service = plain.set(service, text)?;
            if service.kind == Kind::Stub && service.script.is_empty() {
                service.script.push(Reply { after: Span::millis(50), status: 200 });
            }
            Ok(())
        },
    )
}

fn work(service: &Service) -> Card<Service> {
    let mut fields = distribution(id!("field-work-time"), |s: &mut Service| Some(&mut s.work));
    fields.push(Field::number(id!("field-failure-rate"), Some(id!("hint-share")), |s: &mut Service| {
        Some(&mut s.failure_rate)
    }));
    Card::section(id!("card-work"), fields).drawn([curve::of(&service.work).map(Sketch::Curve)])
}

fn capacity() -> Card<Service> {
    const DISCIPLINES: [(Discipline, Id); 2] =
        [(Discipline::Fifo, id!("option-fifo")), (Discipline::Lifo, id!("option-lifo"))];
    const THREADS: [(Threads, Id); 2] =
        [(Threads::Blocking, id!("option-blocking")), (Threads::Async, id!("option-async"))];
    Card::section(
        id!("card-capacity"),
        vec![
            Field::number(id!("field-workers"), Some(id!("hint-unlimited")), |s: &mut Service| Some(&mut s.workers)),
            Field::number(id!("field-queue"), Some(id!("hint-unlimited")), |s: &mut Service| Some(&mut s.queue)),
            Field::choice(id!("field-queue-order"), &DISCIPLINES, |s: &mut Service| Some(&mut s.discipline)),
            Field::choice(id!("field-threads"), &THREADS, |s: &mut Service| Some(&mut s.threads)),
        ],
    )
}

fn rate_limiter(service: &Service) -> Card<Service> {
    let fields = vec![
        Field::number(id!("field-rate"), Some(id!("hint-per-second")), |c: &mut rate_limit::Config| {
            Some(&mut c.per_second)
        }),
        Field::number(id!("field-burst"), Some(id!("hint-at-once")), |c: &mut rate_limit::Config| Some(&mut c.burst)),
    ];
    Card::policy(
        id!("card-rate-limit"),
        service.rate_limit.is_some(),
        |s, on| s.rate_limit = on.then_some(rate_limit::Config { per_second: 100.0, burst: 20.0 }),
        within(fields, |s: &mut Service| s.rate_limit.as_mut()),
    )
    .saying(service.rate_limit.map(|c| msg!("summary-rate", rate = Rate(c.per_second))))
}

fn effect(service: &Service) -> Card<Service> {
    Card::policy(
        id!("card-effect"),
        service.effect.is_some(),
        |s, on| s.effect = on.then(|| "transfer".into()),
        vec![Field::new(id!("field-effect"), Some(id!("hint-effect")), Input::Text, |s: &mut Service| {
            s.effect.as_mut()
        })],
    )
    .saying(service.effect.as_ref().map(|effect| msg!("summary-effect", effect = effect)))
}

fn store(service: &Service) -> Card<Service> {
    let fields = vec![Field::dial(id!("field-keeps-ids"), |c: &mut idempotency::Config| Some(&mut c.ttl))];
    Card::policy(
        id!("card-idempotency"),
        service.idempotency.is_some(),
        |s, on| s.idempotency = on.then(idempotency::Config::default),
        within(fields, |s: &mut Service| s.idempotency.as_mut()),
    )
    .saying(service.idempotency.map(|c| msg!("summary-duration", duration = Exact(c.ttl))))
}

fn script() -> Card<Service> {
    const REPEATS: [(Repeat, Id); 2] =
        [(Repeat::Last, id!("option-repeat-last")), (Repeat::Cycle, id!("option-repeat-cycle"))];
    Card::section(
        id!("card-script"),
        vec![
            Field::new(id!("field-script"), Some(id!("hint-script")), Input::Text, |s: &mut Service| {
                Some(&mut s.script)
            }),
            Field::choice(id!("field-script-repeat"), &REPEATS, |s: &mut Service| Some(&mut s.repeat)),
        ],
    )
}

impl Typed for Vec<Reply> {
    fn show(&self) -> String {
        self.iter().map(|r| format!("{} {}", r.after, r.status)).collect::<Vec<_>>().join(", ")
    }
    fn read(text: &str) -> Result<Self, Message> {
        let reply = |part: &str| {
            let wrong = || msg!("field-not-an-answer", found = part);
            let (after, status) = part.rsplit_once(' ').ok_or_else(wrong)?;
            Ok(Reply { after: Span::read(after)?, status: status.trim().parse().map_err(|_| wrong())? })
        };
        list(text).map(reply).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::field::assert_fields_read_back;

    #[test]
    fn every_field_of_every_kind_reads_back_what_it_shows() {
        for (kind, _) in KINDS {
            let mut service = Service::new("a", kind);
            service.script = vec![Reply { after: Span::millis(5), status: 503 }];
            for card in cards(&service.clone(), &[]) {
                if let Some((_, toggle)) = card.switch {
                    toggle(&mut service, true);
                }
            }
            for card in cards(&service, &[]) {
                assert_fields_read_back(&card.fields, &service);
            }
        }
    }

    #[test]
    fn a_policy_that_is_off_shows_no_fields() {
        let service = Service::new("a", Kind::Service);
        for card in cards(&service, &[]).iter().filter(|c| c.switch.is_some()) {
            assert!(card.fields.iter().all(|f| f.get(&service).is_none()), "{}", card.title.name());
        }
    }

    #[test]
    fn a_script_is_typed_as_a_list() {
        assert_eq!(
            Vec::<Reply>::read("5ms 200, 2s 503"),
            Ok(vec![Reply { after: Span::millis(5), status: 200 }, Reply { after: Span::secs(2), status: 503 }])
        );
        assert_eq!(Vec::<Reply>::read("5 ms 200, 2s 503"), Vec::<Reply>::read("5ms 200, 2s 503"));
        assert!(Vec::<Reply>::read("5ms").is_err());
        assert!(Vec::<Reply>::read("5ms fine").is_err());
    }
}
