//! Scenarios: the description of a system and its load, as close to its file as possible.
//!
//! A [`Scenario`] holds what was written, with defaults filled in. It may still refer to things that do not exist;
//! [`check::check`] turns it into a [`topology::Topology`], which the simulation runs, or reports every mistake.

pub mod check;
pub mod difference;
pub mod duration;
mod format;
pub mod json;
pub mod limits;
pub mod measure;
mod path;
pub mod problem;
pub mod read;
pub mod ready;
pub mod share;
pub mod table;
pub mod topology;
pub mod words;
pub mod write;

use crate::chance::Distribution;
use crate::policy;
use crate::time::Span;

/// A whole scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The title, at most 200 characters.
    pub title: String,
    /// The description, at most 10,000 characters.
    pub description: String,
    /// The seed of its run. Default 1.
    pub seed: u64,
    /// How long its run lasts. Default 60 s.
    pub horizon: Span,
    /// Clients, services, stubs.
    pub services: Vec<Service>,
    /// Who calls whom.
    pub links: Vec<Link>,
    /// What the clients send.
    pub load: Vec<Load>,
    /// The faults of the schedule.
    pub faults: Vec<Fault>,
    /// The objectives of the clients.
    pub objectives: Vec<Objective>,
    /// Who owns the services.
    pub teams: Vec<Team>,
}

/// A scenario is equal to itself without a comparison of its parts, because each part of the page asks at each drawing.
impl PartialEq for Scenario {
    fn eq(&self, other: &Self) -> bool {
        let Scenario { title, description, seed, horizon, services, links, load, faults, objectives, teams } = self;
        std::ptr::eq(self, other)
            || (title, description, seed, horizon) == (&other.title, &other.description, &other.seed, &other.horizon)
                && (services, links, load) == (&other.services, &other.links, &other.load)
                && (faults, objectives, teams) == (&other.faults, &other.objectives, &other.teams)
    }
}

impl Default for Scenario {
    fn default() -> Self {
        Scenario {
            title: String::new(),
            description: String::new(),
            seed: 1,
            horizon: Span::secs(60),
            services: Vec::new(),
            links: Vec::new(),
            load: Vec::new(),
            faults: Vec::new(),
            objectives: Vec::new(),
            teams: Vec::new(),
        }
    }
}

/// One box of the system.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Unique, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// The display name; the id where absent.
    pub name: Option<String>,
    /// Client, service, external service or stub.
    pub kind: Kind,
    /// The id of the team that owns it.
    pub team: Option<String>,
    /// Where its box stands on the stage: the upper left corner.
    pub position: Option<[f64; 2]>,
    /// Requests served at once; `None`: unlimited. Default 16, for a stub unlimited.
    pub workers: Option<u32>,
    /// Requests that wait for a worker; `None`: unlimited. Default 100.
    pub queue: Option<u32>,
    /// Who is next in the queue. Default FIFO.
    pub discipline: Discipline,
    /// Whether a worker waits with its request for the calls. Default blocking.
    pub threads: Threads,
    /// How long the own work of a request takes. Default 10 ms.
    pub work: Distribution,
    /// The share of requests that end with `error` after their work. Default 0.
    pub failure_rate: f64,
    /// How many requests it accepts.
    pub rate_limit: Option<policy::rate_limit::Config>,
    /// What its work does to the world, e.g. `transfer`: an entry in the ledger.
    pub effect: Option<String>,
    /// Whether it recognises business request ids.
    pub idempotency: Option<policy::idempotency::Config>,
    /// What a stub answers, in order.
    pub script: Vec<Reply>,
    /// What a stub answers when its script is over. Default: the last reply again.
    pub repeat: Repeat,
}

impl Service {
    /// A service of `kind` with the defaults of the format.
    pub fn new(id: impl Into<String>, kind: Kind) -> Self {
        Service {
            id: id.into(),
            name: None,
            kind,
            team: None,
            position: None,
            workers: if kind == Kind::Stub { None } else { Some(16) },
            queue: Some(100),
            discipline: Discipline::Fifo,
            threads: Threads::Blocking,
            work: Distribution::Constant(Span::millis(10)),
            failure_rate: 0.0,
            rate_limit: None,
            effect: None,
            idempotency: None,
            script: Vec::new(),
            repeat: Repeat::Last,
        }
    }

    /// The display name.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

/// The kind of a box of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Sends requests; nobody calls it, and it has no work of its own.
    Client,
    /// One of our own services.
    Service,
    /// A service of a third party.
    External,
    /// Stands in for a service in a test: answers from a script and calls nobody.
    Stub,
}

/// Which request of a queue is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discipline {
    /// The one that has waited longest.
    Fifo,
    /// The one that came last.
    Lifo,
}

/// What a worker does while its request waits for calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// It waits too, until the request is answered.
    Blocking,
    /// It serves others; going on needs no worker.
    Async,
}

/// One answer of a stub. The default comes at once, with status 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// How long the stub takes.
    pub after: Span,
    /// The HTTP status, 200 to 599.
    pub status: u16,
}

impl Default for Reply {
    fn default() -> Self {
        Reply { after: Span::ZERO, status: 200 }
    }
}

/// What a stub does after the last reply of its script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// The last reply again and again.
    Last,
    /// From the beginning.
    Cycle,
}

/// `from` calls `to`.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The id of the caller.
    pub from: String,
    /// The id of the callee.
    pub to: String,
    /// The HTTP method. Default GET.
    pub method: Method,
    /// The protocol. Default REST.
    pub protocol: Protocol,
    /// Added to each leg: encoding, connection. Default 0.
    pub overhead: Span,
    /// How long a message travels, per leg. Default 5 ms.
    pub delay: Legs<Distribution>,
    /// The share of messages that are lost, per leg. Default 0.
    pub loss: Legs<f64>,
    /// How long the caller waits for one attempt. Default: without end.
    pub timeout: Option<Span>,
    /// Calls of one stage run in parallel, stage after stage. Default 0.
    pub stage: u32,
    /// Whether a failed call leaves a part out instead of failing the request: short for the fallback `omit`.
    pub optional: bool,
    /// The share of requests that make this call. Default 1.
    pub probability: f64,
    /// Whether a caller that gives up notifies the callee. Default `false`.
    pub cancel: bool,
    /// Whether each attempt carries the business request id. Default `false`.
    pub request_id: bool,
    /// Whether and how a failed attempt is repeated.
    pub retry: Option<policy::retry::Config>,
    /// When calls are stopped because too many failed.
    pub breaker: Option<policy::breaker::Config>,
    /// How many attempts may be under way at once.
    pub bulkhead: Option<policy::bulkhead::Config>,
    /// Whether a slow attempt gets a second one beside it.
    pub hedge: Option<policy::hedge::Config>,
    /// The budget of time of a call.
    pub deadline: Option<policy::deadline::Config>,
    /// The answer in place of a failed call.
    pub fallback: Option<policy::fallback::Config>,
    /// Whether the caller asks what happened after an unknown outcome.
    pub ask: Option<Ask>,
    /// When the caller takes back what the callee did.
    pub compensate: Option<Compensate>,
    /// How the teams of both ends work together, e.g. `customer-supplier`.
    pub relationship: Option<String>,
}

impl Link {
    /// A link with the defaults of the format.
    pub fn new(from: impl Into<String>, to: impl Into<String>) -> Self {
        Link {
            from: from.into(),
            to: to.into(),
            method: Method::Get,
            protocol: Protocol::Rest,
            overhead: Span::ZERO,
            delay: Legs::both(Distribution::Constant(Span::millis(5))),
            loss: Legs::both(0.0),
            timeout: None,
            stage: 0,
            optional: false,
            probability: 1.0,
            cancel: false,
            request_id: false,
            retry: None,
            breaker: None,
            bulkhead: None,
            hedge: None,
            deadline: None,
            fallback: None,
            ask: None,
            compensate: None,
            relationship: None,
        }
    }

    /// The name of the link in reports: `from->to`.
    pub fn id(&self) -> String {
        format!("{}->{}", self.from, self.to)
    }
}

/// A value for each leg of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Legs<T> {
    /// For requests.
    pub request: T,
    /// For responses.
    pub response: T,
}

impl<T: Clone> Legs<T> {
    /// The same for both legs.
    pub fn both(value: T) -> Self {
        Legs { request: value.clone(), response: value }
    }
}

/// The HTTP method of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Reads the head only.
    Head,
    /// Asks what is possible.
    Options,
    /// Writes a whole resource; repeating it changes nothing more.
    Put,
    /// Removes; repeating it changes nothing more.
    Delete,
    /// Acts; repeating it acts again.
    Post,
    /// Changes a part; repeating it may change it again.
    Patch,
}

impl Method {
    /// Whether repeating a call does no more than making it once (RFC 9110, section 9.2.2).
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Method::Post | Method::Patch)
    }

    /// The name in HTTP and in scenario files, e.g. `GET`.
    pub const fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Options => "OPTIONS",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
            Method::Post => "POST",
            Method::Patch => "PATCH",
        }
    }
}

/// The protocol of a link. It does not change a run; the editor suggests an overhead for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// JSON over HTTP.
    Rest,
    /// gRPC.
    Grpc,
    /// GraphQL.
    Graphql,
    /// SOAP.
    Soap,
}

/// A safe status query by the business request id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// How long to wait for one answer. Default 1 s.
    pub timeout: Span,
    /// How often to ask, the first included. Default 3.
    pub attempts: u32,
}

impl Default for Ask {
    fn default() -> Self {
        Ask { timeout: Span::secs(1), attempts: 3 }
    }
}

/// When a caller takes back what its callee did, by a reversing call that carries the business request id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compensate {
    /// After an outcome that leaves it unknown whether it happened.
    pub on_unknown: bool,
    /// After a call of a later stage has failed (a saga).
    pub on_later_failure: bool,
}

/// What one client sends.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// The id of the client.
    pub client: String,
    /// When its requests start.
    pub arrivals: Arrivals,
    /// Nothing starts earlier. Default 0.
    pub from: Span,
    /// Nothing starts then or later; `None`: at the end of the run.
    pub until: Option<Span>,
    /// After this long without an answer a user leaves or asks again; `None`: never.
    pub patience: Option<Span>,
    /// How often a user who got no good answer asks again by hand. Default 0.
    pub asks_again: u32,
}

/// Nobody sends anything.
impl Default for Load {
    fn default() -> Self {
        Load {
            client: String::new(),
            arrivals: Arrivals::Poisson(0.0),
            from: Span::ZERO,
            until: None,
            patience: None,
            asks_again: 0,
        }
    }
}

/// When the requests of a load start. Rates are per second.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrivals {
    /// At random, independently, at this mean rate.
    Poisson(f64),
    /// At equal distances; the first at `from`.
    Constant(f64),
    /// At these instants.
    At(Vec<Span>),
    /// So many users, each of whom waits for the answer and then thinks.
    Users {
        /// How many.
        users: u32,
        /// How long each thinks between an answer and the next request. Default 1 s.
        think: Distribution,
    },
    /// At random, at a rate that runs in straight lines through these points and then stays.
    Profile(Vec<(Span, f64)>),
}

/// A fault: it changes the system for a while.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// When it begins.
    pub at: Span,
    /// How long it lasts; `None`: to the end of the run.
    pub lasts: Option<Span>,
    /// What it hits and how.
    pub effect: FaultEffect,
}

/// A fault without an effect, from the start to the end.
impl Default for Fault {
    fn default() -> Self {
        Fault { at: Span::ZERO, lasts: None, effect: FaultEffect::Slow { service: String::new(), factor: 1.0 } }
    }
}

/// What a fault does to which thing.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultEffect {
    /// The service refuses, and all that it held is gone.
    Down {
        /// The id of the service.
        service: String,
    },
    /// Work that starts takes so many times as long.
    Slow {
        /// The id of the service.
        service: String,
        /// Above 0, to 1,000,000.
        factor: f64,
    },
    /// Requests end with `error` with this probability.
    Failing {
        /// The id of the service.
        service: String,
        /// 0 to 1.
        probability: f64,
    },
    /// What is sent over the link is lost.
    Drop {
        /// The ids of both ends.
        link: [String; 2],
        /// Which legs.
        legs: DroppedLegs,
    },
    /// Each message over the link takes longer by this.
    Delay {
        /// The ids of both ends.
        link: [String; 2],
        /// Added to each leg.
        added: Span,
    },
}

/// The legs that a fault drops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DroppedLegs {
    /// Requests only.
    Request,
    /// Responses only.
    Response,
    /// Both.
    Both,
}

/// An objective: what a client expects of its requests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Objective {
    /// The name in the report.
    pub name: String,
    /// The id of the client whose requests it is about; empty for a condition, which names what it is about.
    pub client: String,
    /// The measure.
    pub goal: Goal,
}

/// The measure of an objective.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// At least this share of the finished requests ends `ok` or `degraded`.
    Success(f64),
    /// This quantile of the latency is at most `within`.
    Latency {
        /// 0 to 1, e.g. 0.95.
        quantile: f64,
        /// The bound.
        within: Span,
    },
    /// This condition holds, in the language of [`measure`].
    Expect(String),
}

impl Default for Goal {
    fn default() -> Self {
        Goal::Success(1.0)
    }
}

/// A team.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    /// Unique, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// The display name.
    pub name: String,
}
