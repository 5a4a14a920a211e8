//! Reads decimal numbers to the last bit.
//!
//! Our own, because the first visit of the page has a budget: the standard library's reader is quicker, and brings 12 KB
//! of tables for it. Most numbers are short, and exact by one multiplication (Clinger, "How to Read Floating Point Numbers
//! Accurately", 1990); the others are divided with as many digits as it takes.

/// Significant digits that can matter for the last bit of a double; of the rest only whether it is zero.
const DIGITS: usize = 800;
/// Powers of ten are exact up to here.
const EXACT_POWER: i32 = 22;

/// The double that is nearest to a number such as `-12.5e3`; of two as near, the even one. `None`: it is not a number, or
/// too large for a double.
pub fn parse(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = || whole.bytes().chain(fraction.bytes());
    if (whole.is_empty() && fraction.is_empty()) || !all().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let leading = all().take_while(|b| *b == b'0').count();
    let significant = all().skip(leading);
    let count = whole.len() + fraction.len() - leading;
    // Of a long tail, one more digit tells that it is not zero.
    let has_tail = significant.clone().skip(DIGITS).any(|b| b != b'0');
    let kept = significant.take(DIGITS).chain(has_tail.then_some(b'1'));
    let kept_count = count.min(DIGITS) + usize::from(has_tail);
    let power = exponent + whole.len() as i64 - leading as i64 - kept_count as i64;
    let value = nearest(kept, kept_count, power)?;
    Some(if negative { -value } else { value })
}

/// Exponents beyond all doubles are all alike.
fn read_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let size = digits.bytes().fold(0i64, |n, b| (n * 10 + i64::from(b - b'0')).min(100_000_000));
    Some(if text.starts_with('-') { -size } else { size })
}

/// `count` digits times ten to the `power`.
fn nearest(digits: impl Iterator<Item = u8>, count: usize, power: i64) -> Option<f64> {
    let magnitude = power + count as i64;
    if count == 0 || magnitude < -330 {
        return Some(0.0);
    }
    if magnitude > 310 {
        return None;
    }
    let mut number = Natural(Vec::new());
    digits.for_each(|b| number.times_plus(10, u32::from(b - b'0')));
    let power = i32::try_from(power).ok()?;
    if count <= 15 && power.abs() <= EXACT_POWER {
        let (exact, factor) = (number.low() as f64, (0..power.abs()).fold(1.0, |p, _| p * 10.0));
        return Some(if power < 0 { exact / factor } else { exact * factor });
    }
    let mut divisor = Natural(vec![1]);
    let scaled = if power < 0 { &mut divisor } else { &mut number };
    (0..power.abs()).for_each(|_| scaled.times_plus(10, 0));
    Some(quotient(number, divisor)).filter(|value| value.is_finite())
}

/// The double nearest to `number / divisor`, neither of which is zero.
fn quotient(mut number: Natural, mut divisor: Natural) -> f64 {
    // Shifted so that the quotient has 64 or 65 bits.
    let shift = 64 - (number.bits() - divisor.bits());
    if shift > 0 {
        number.shift_left(shift as u32)
    } else {
        divisor.shift_left(shift.unsigned_abs())
    }
    divisor.shift_left(65);
    let mut quotient = 0u128;
    for _ in 0..=65 {
        quotient <<= 1;
        if number.subtract(&divisor) {
            quotient |= 1;
        }
        divisor.halve();
    }
    let rest = !number.0.is_empty();
    let bits = 128 - quotient.leading_zeros() as i32;
    // A double has 53 bits; one below 2^-1022 has fewer.
    let kept = 53.min(bits - 1 - shift + 1075);
    let dropped = bits - kept;
    if dropped > bits {
        return 0.0;
    }
    let half = 1u128 << (dropped - 1);
    let (mut mantissa, low) = (quotient >> dropped, quotient & ((half << 1) - 1));
    if low > half || (low == half && (rest || mantissa & 1 == 1)) {
        mantissa += 1;
    }
    libm::scalbn(mantissa as f64, dropped - shift)
}

/// A natural number of any size, the least significant word first, without leading zeros.
struct Natural(Vec<u32>);

impl Natural {
    fn times_plus(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for word in &mut self.0 {
            carry += u64::from(*word) * u64::from(factor);
            *word = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn low(&self) -> u64 {
        let word = |i| u64::from(self.0.get(i).copied().unwrap_or(0));
        word(0) | word(1) << 32
    }

    fn bits(&self) -> i32 {
        self.0.last().map_or(0, |top| self.0.len() as i32 * 32 - top.leading_zeros() as i32)
    }

    fn shift_left(&mut self, by: u32) {
        if !by.is_multiple_of(32) {
            self.times_plus(1 << (by % 32), 0);
        }
        self.0.splice(0..0, std::iter::repeat_n(0, by as usize / 32));
    }

    fn halve(&mut self) {
        let mut carry = 0;
        for word in self.0.iter_mut().rev() {
            (*word, carry) = (*word >> 1 | carry << 31, *word & 1);
        }
        self.trim();
    }

    /// Subtracts, if `other` is not larger; whether it was done.
    fn subtract(&mut self, other: &Natural) -> bool {
        let is_less = self.0.len() < other.0.len()
            || (self.0.len() == other.0.len() && self.0.iter().rev().lt(other.0.iter().rev()));
        if is_less {
            return false;
        }
        let mut borrow = 0;
        for (i, word) in self.0.iter_mut().enumerate() {
            let less = i64::from(*word) - i64::from(other.0.get(i).copied().unwrap_or(0)) + borrow;
            (*word, borrow) = (less as u32, less >> 32);
        }
        self.trim();
        true
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the standard library makes of it; it takes some words for numbers that we do not.
    fn oracle(text: &str) -> Option<f64> {
        text.parse().ok().filter(|value: &f64| value.is_finite())
    }

    fn same(text: &str) {
        assert_eq!(parse(text).map(f64::to_bits), oracle(text).map(f64::to_bits), "{text}");
    }

    #[test]
    fn hard_numbers_are_exact_to_the_last_bit() {
        let hard = [
            "0",
            "-0",
            "00.500",
            "1.",
            ".5",
            "+7",
            "1e22",
            "1e23",
            "123456789012345678",
            "9007199254740993",
            "9007199254740992.99999999999999999999999999",
            "9007199254740993.00000000000000000000000000001",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "4.9406564584124654e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1e-400",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e309",
            "6.02214076e23",
            "8.988465674311582e307",
            "1e-5",
            "179769313486231580793e289",
            "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000001e88",
            "1e99999999999",
        ];
        hard.into_iter().for_each(same);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in
            ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "--1", "0x10", "1 ", "NaN", "inf", "infinity", "1_000", "１"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

        #[test]
        fn every_double_comes_back(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(parse(&format!("{value:e}")).map(f64::to_bits), Some(bits));
        }

        #[test]
        fn any_digits_are_read_as_the_standard_library_reads_them(
            text in "-?[0-9]{0,30}\\.?[0-9]{0,30}(e-?[0-9]{1,3})?",
        ) {
            prop_assert_eq!(parse(&text).map(f64::to_bits), oracle(&text).map(f64::to_bits));
        }

        #[test]
        fn halves_between_two_doubles_go_to_the_even_one(mantissa in 1u64 << 52..1 << 53, shift in 1u32..60) {
            let half = (u128::from(mantissa) * 2 + 1) << shift;
            for near in [half - 1, half, half + 1] {
                prop_assert_eq!(parse(&near.to_string()), Some(near as f64));
            }
        }
    }

    #[test]
    fn a_million_digits_are_no_trouble() {
        let long = "9".repeat(1_000_000);
        assert_eq!(parse(&long), None);
        assert_eq!(parse(&format!("0.{long}")), Some(1.0));
        assert_eq!(parse(&format!("0.5{}1", "0".repeat(1_000_000))), Some(0.5));
        assert_eq!(parse(&format!("9007199254740993.{}1", "0".repeat(1_000_000))), Some(9007199254740994.0));
    }
}
