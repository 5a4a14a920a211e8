//! What became of one request: its life, its story, and the diagrams and the verdict made of them.

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
