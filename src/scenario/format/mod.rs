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
