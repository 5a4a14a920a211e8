//! Real time, which only benchmarks may use, and output: natively and under Node.

/// Seconds since the first call.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
pub fn seconds() -> f64 {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// Seconds since 1970.
#[cfg(target_arch = "wasm32")]
pub fn seconds() -> f64 {
    js_sys::Date::now() / 1e3
}

/// Prints a line.
#[cfg(not(target_arch = "wasm32"))]
pub fn say(line: &str) {
    println!("{line}");
}

/// Prints a line.
#[cfg(target_arch = "wasm32")]
pub fn say(line: &str) {
    web_sys::console::log_1(&line.into());
}
