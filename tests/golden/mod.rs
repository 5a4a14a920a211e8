//! Results that must stay the same, bit for bit, from one platform and one version to the next. Shared by the native
//! tests (`tests/it`) and those in a browser (`tests/web`): what agrees with the same line agrees with each other.
//!
//! A change of a line here changes what every saved seed means, so it has to be meant, and said in the changelog.

use callchain::chance::{Distribution, Draw, Seed, Stream, ThingKey};
use callchain::time::Span;

/// A fingerprint of numbers, in their order (FNV-1a, 64 bits).
pub fn fingerprint(numbers: impl IntoIterator<Item = u64>) -> u64 {
    let hash = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    numbers.into_iter().flat_map(u64::to_le_bytes).fold(0xcbf2_9ce4_8422_2325, hash)
}

/// Every distribution, with the fingerprint of 10,000 draws from it.
fn draws() -> [(Distribution, u64); 6] {
    let (short, long) = (Span::millis(5), Span::millis(200));
    [
        (Distribution::Exponential { mean: short }, 0x1d3e_099e_e4ef_6ec5),
        (Distribution::Uniform { low: short, high: long }, 0x5bd4_eca3_5dd1_a6a7),
        (Distribution::Normal { mean: long, sd: short }, 0xef46_0675_a15a_fbd5),
        (Distribution::Lognormal { median: short, p99: long }, 0x9ee3_6d77_a2b5_137e),
        (Distribution::Pareto { min: short, shape: 1.5 }, 0x864a_98e3_8441_565d),
        (Distribution::Empirical(vec![short, Span::millis(7), long]), 0x526a_8477_a672_8fdc),
    ]
}

/// Panics if a draw from any distribution has changed.
pub fn draws_are_the_same_everywhere() {
    for (distribution, expected) in draws() {
        let mut stream = Stream::new(Seed(7), Draw::Work, ThingKey::of("golden"));
        let found = fingerprint((0..10_000).map(|_| stream.sample(&distribution).as_nanos()));
        assert_eq!(found, expected, "{distribution:?}: found {found:#018x}");
    }
}
