//! The two faces of Callchain, nothing else: the app for wasm32, the command natively.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    callchain::cli::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {
    callchain::ui::start();
}
