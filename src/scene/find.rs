//! Search by name: whole words, their beginnings, or letters in order.

/// The most characters of a query that count.
const TYPED: usize = 80;

/// The quality of a match, higher is better; `None`: a word of the query is missing. Everything matches an empty query
/// equally.
pub fn fit(typed: &str, text: &str) -> Option<u32> {
    let text: Vec<char> = text.to_lowercase().chars().collect();
    let typed: String = typed.chars().take(TYPED).collect::<String>().to_lowercase();
    typed.split_whitespace().try_fold(0, |sum, word| {
        let word: Vec<char> = word.chars().collect();
        Some(sum + part(&word, &text).or_else(|| in_order(&word, &text))?)
    })
}

/// The quality of a match as a substring: best at the beginning of a word, and better the earlier it is.
fn part(word: &[char], text: &[char]) -> Option<u32> {
    let places = text.windows(word.len()).enumerate().filter(|(_, window)| *window == word).map(|(place, _)| place);
    let worth = |place: usize| {
        let begins_word = place.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|c| !c.is_alphanumeric());
        (if begins_word { 1_000 } else { 500 }) - u32::try_from(place.min(99)).unwrap_or(99)
    };
    places.map(worth).max()
}

/// The quality of a match as scattered letters: better the closer they are. One or two letters, or letters far apart,
/// would match nearly everything.
fn in_order(word: &[char], text: &[char]) -> Option<u32> {
    if word.len() < 3 {
        return None;
    }
    let mut rest = text.iter().enumerate();
    let mut places = Vec::with_capacity(word.len());
    for wanted in word {
        places.push(rest.find(|(_, c)| *c == wanted)?.0);
    }
    let spread = places.last()? - places.first()? + 1 - word.len();
    (spread <= word.len()).then(|| 100 - u32::try_from(spread.min(99)).unwrap_or(99))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_word_fits_better_than_its_middle_and_that_better_than_scattered_letters() {
        let found = |text| fit("pay", text).unwrap();
        assert!(found("Pay") > found("Go to Payment"));
        assert!(found("Go to Payment") > found("Prepayment"));
        assert!(found("Prepayment") > found("Play any"));
    }

    #[test]
    fn every_word_must_be_found_in_whatever_order() {
        assert!(fit("service add", "Add a service").is_some());
        assert!(fit("SHOW EV", "Show everything").is_some());
        assert_eq!(fit("add client", "Add a service"), None);
        assert_eq!(fit("yap", "Pay"), None);
        assert_eq!(fit("go", "Get out"), None);
        assert_eq!(fit("redo", "A service is down: an error page"), None);
    }

    #[test]
    fn where_nothing_is_typed_everything_fits_alike() {
        assert_eq!((fit("", "Undo"), fit("  ", "")), (Some(0), Some(0)));
        assert_eq!(fit("x", ""), None);
        assert!(fit(&"ä ".repeat(10_000), "Zäune").is_some());
    }
}
