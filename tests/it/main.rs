//! The native integration tests, in one binary: it links once. `architecture` keeps this list complete.

mod architecture;
mod golden;
