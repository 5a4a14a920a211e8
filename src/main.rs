//! The two faces of Callchain, nothing else: the app for wasm32, the command natively.

fn main() {}
