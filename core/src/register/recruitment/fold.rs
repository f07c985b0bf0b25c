//! Names, addresses and numbers in one form, by which people and employers are told apart. Rather too broad: of a person it
//! says who withdrew, of an employer whose figure is hidden.

use super::Day;
use unicode_normalization::UnicodeNormalization as _;

/// Text in one form: letters composed (NFC), without case and without what is not seen (zero-width spaces, soft hyphens), spaces
/// of all kinds as one.
pub(super) fn folded(text: &str) -> String {
    let seen = text.chars().filter(|letter| !is_invisible(*letter));
    // In lower case letters may be left that compose.
    let lower: String = seen.nfc().flat_map(char::to_lowercase).nfc().collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Format characters, fillers and variation selectors of Unicode, and control characters that are no space.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || letter.is_control() && !letter.is_whitespace()
}

/// An id in one form; a spreadsheet takes the zeros in front of a number.
pub(super) fn id(text: &str) -> String {
    let text = folded(text);
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.trim_start_matches('0').to_owned() } else { text }
}

/// The e-mail addresses of a field: `Ola <ola@x.no>; kari@x.no` has two, `-` none.
pub(super) fn addresses(text: &str) -> Vec<String> {
    let text = folded(text).replace(" @", "@").replace("@ ", "@");
    let words = text.split(|letter: char| letter.is_whitespace() || "<>()[]\"',;:|/\\".contains(letter));
    let words = words.map(|word| word.trim_matches('.'));
    let is_one = |word: &&str| word.split_once('@').is_some_and(|(who, place)| !who.is_empty() && !place.is_empty());
    words.filter(is_one).map(str::to_owned).collect()
}

/// The phone numbers of a field, with or without the code of the country: the last eight digits up to where digits are followed by
/// something else. Of two numbers in one field that is each of them, and some that are none and do no harm.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let text = folded(text);
    let mut digits = String::new();
    let mut found = Vec::new();
    for group in text.split(|letter: char| !letter.is_ascii_digit()).filter(|group| !group.is_empty()) {
        digits.push_str(group);
        let number = digits.len().checked_sub(8).map_or("", |start| &digits[start..]);
        // 00000000 is nobody's.
        if number.bytes().any(|digit| Some(&digit) != number.as_bytes().first()) {
            found.push(number.to_owned());
        }
    }
    found
}

/// A name with a date of birth: its words in the order of the alphabet, so that `Åsen, Ola` is `Ola Åsen`. `None` where one of
/// them is not known.
pub(super) fn named(name: &str, born: Option<Day>) -> Option<String> {
    let name = folded(name);
    let mut words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    Some(format!("{} {}", words.join(" "), born?)).filter(|_| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_alike_are_alike() {
        for text in ["A\u{30a}sen  kommune", "ÅSEN\u{a0}KOMMUNE", "\u{feff}Å\u{200b}sen\u{2009}kommune\u{200b}"] {
            assert_eq!(folded(text), "åsen kommune", "{}", text.escape_unicode());
        }
        // What is not seen does not keep a letter from its ring; the sign for ångström is the letter.
        assert_eq!(folded("a\u{34f}\u{30a}s\u{ad}en \u{212b}\t\u{0}\n"), "åsen å");
        assert_eq!((folded(" "), id("007"), id(" P\u{200b}1 ")), (String::new(), "7".into(), "p1".into()));
    }

    #[test]
    fn several_of_one_field() {
        assert_eq!(addresses("Ola Åsen <OLA@x.no>"), ["ola@x.no"]);
        assert_eq!(addresses("mailto:ola@x.no; a.b@x.no, c @ x.no."), ["ola@x.no", "a.b@x.no", "c@x.no"]);
        assert_eq!(addresses("-; @; ola@; @x.no"), [] as [&str; 0]);
        assert_eq!(numbers("90112233 / 11223344"), ["90112233", "11223344"]);
        for text in
            ["+47-901-12-233", "0047 90 11 22 33", "(47) 90112233", "4790112233", "90112233.0", "9011\u{a0}2233"]
        {
            assert!(numbers(text).contains(&"90112233".to_owned()), "{text}");
        }
        assert_eq!([numbers("00000000"), numbers("1234"), numbers("-")], [const { Vec::<String>::new() }; 3]);
    }

    #[test]
    fn names_turned_around() {
        let born = Day::iso("1994-02-03");
        let one = Some("ola åsen 1994-02-03".to_owned());
        for name in ["Ola Åsen", "Åsen, Ola", " ola  A\u{30a}SEN", "ÅSEN Ola", "Ola\u{a0}Åsen\u{200b}"] {
            assert_eq!(named(name, born), one, "{name}");
        }
        assert_eq!([named("Ola", None), named("-", born)], [None, None]);
    }
}
