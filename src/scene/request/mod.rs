//! A single request: its life, its story, its diagrams and its verdict.

pub mod cast;
pub mod life;
pub mod mermaid;
pub mod outcomes;
#[cfg(test)]
pub mod sample;
pub mod sequence;
pub mod story;
pub mod svg;
pub mod time_spent;
pub mod verdict;
pub mod waterfall;
