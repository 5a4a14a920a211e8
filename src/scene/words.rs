//! Names cut to a length.

/// The first `chars` characters of `text`, with an ellipsis where it is cut. A number at the end survives, because it
/// distinguishes copies.
pub fn shortened(text: &str, chars: usize) -> String {
    if text.chars().count() <= chars {
        return text.to_string();
    }
    let is_number = |word: &&str| word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    let number = text.rsplit_once(' ').map(|(_, word)| word).filter(is_number).filter(|word| chars > word.len() + 4);
    let end = number.map_or("…".into(), |number| format!("… {number}"));
    let start: String = text.chars().take(chars.saturating_sub(end.chars().count())).collect();
    start.trim_end().to_string() + &end
}

/// A name in one or two short lines, for the large words of a box seen from far away.
pub fn broken(name: &str, chars: usize) -> [String; 2] {
    if name.chars().count() <= chars {
        return [name.to_string(), String::new()];
    }
    // The break is at the last space that leaves a first line that fits.
    let fits = |(at, _): &(usize, &str)| name[..*at].chars().count() <= chars;
    match name.match_indices(' ').rfind(fits) {
        Some((at, _)) => [name[..at].to_string(), shortened(name[at..].trim_start(), chars)],
        None => [shortened(name, chars), String::new()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_end_in_an_ellipsis() {
        assert_eq!(shortened("Access privilege", 18), "Access privilege");
        assert_eq!(shortened("Access privilege of the bank", 10), "Access pr…");
        assert_eq!(shortened("äöüäöü", 3), "äö…");
    }

    #[test]
    fn copies_with_long_names_can_be_told_apart() {
        assert_eq!(shortened("Access privilege 2", 17), "Access privile… 2");
        assert_eq!(shortened("Access privilege 12", 12), "Access p… 12");
        assert_eq!(shortened("Access 1234567", 12), "Access 1234…");
        assert_eq!(shortened("privileges 2", 5), "priv…");
    }

    #[test]
    fn a_long_name_is_broken_between_words() {
        let lines = |name: &str| broken(name, 10).join("|");
        assert_eq!(lines("Stock"), "Stock|");
        assert_eq!(lines("Access privilege"), "Access|privilege");
        assert_eq!(lines("Access privilege 2"), "Access|privile… 2");
        assert_eq!(lines("A b c d e f g h"), "A b c d e|f g h");
        assert_eq!(lines("Zahlungsverkehr"), "Zahlungsv…|");
        assert_eq!(lines(" äöüäöüäöüäöü"), "|äöüäöüäöü…");
    }
}
