//! Whether two texts say the same to who reads them.

/// How two texts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// In nothing but spaces, capitals and punctuation.
    None,
    /// In a letter inside a long word: a misprint or another spelling.
    Spelling,
    /// In the words.
    Wording,
}

/// How two texts differ, beyond spaces, capitals, punctuation and markup.
pub(super) fn difference(old: &str, new: &str) -> Difference {
    let (old, new) = (words(old), words(new));
    if old == new || joined(&old) == joined(&new) {
        return Difference::None;
    }
    let same_length = old.len() == new.len();
    let mut differ = old.iter().zip(&new).filter(|(old, new)| old != new);
    match (same_length, differ.next(), differ.next()) {
        (true, Some((old, new)), None) if is_spelling(old, new) => Difference::Spelling,
        _ => Difference::Wording,
    }
}

/// Words in small letters; marks that mean something are words of their own. Markup is left out.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        // `<b>`, `</span>`: a less-than sign before a space or a number is one.
        let markup = letter == '<' && after.starts_with(|next: char| next.is_ascii_alphabetic() || next == '/');
        if let Some(end) = after.find('>').filter(|_| markup) {
            rest = &after[end + 1..];
            continue;
        }
        rest = after;
        if letter.is_alphanumeric() || is_combining(letter) {
            word.extend(letter.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            words.push(composed(&std::mem::take(&mut word)));
        }
        if matches!(letter, '%' | '+' | '<' | '>' | '=' | '≥' | '≤' | '&' | '€' | '$' | '§') {
            words.push(letter.to_string());
        }
    }
    if !word.is_empty() {
        words.push(composed(&word));
    }
    words
}

const fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// The letters of Norwegian and Sámi that some programs write as a letter and a mark.
fn composed(word: &str) -> String {
    if !word.contains(is_combining) {
        return word.into();
    }
    let pairs = [
        ("a\u{30a}", "å"),
        ("a\u{308}", "ä"),
        ("o\u{308}", "ö"),
        ("e\u{301}", "é"),
        ("e\u{300}", "è"),
        ("o\u{301}", "ó"),
        ("o\u{302}", "ô"),
        ("a\u{300}", "à"),
        ("i\u{308}", "ï"),
        ("u\u{308}", "ü"),
    ];
    pairs.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to))
}

/// Without the spaces between words, so that `e-post` is `epost`; numbers stay apart.
fn joined(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        if word.starts_with(|first: char| first.is_numeric()) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// One letter more, less, or two exchanged inside a word of six letters or more, or another one inside one of seven. The
/// first letter can turn the meaning round (`uenig`, `enig`), the last two are endings.
fn is_spelling(old: &str, new: &str) -> bool {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let shorter = old.len().min(new.len());
    if shorter < 6 || old.iter().chain(&new).any(|letter| letter.is_numeric()) {
        return false;
    }
    let same_start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let same_end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    if same_start == 0 || same_end < 2 {
        return false;
    }
    match old.len().abs_diff(new.len()) {
        1 => same_start + same_end >= shorter,
        0 => {
            let left = shorter - (same_start + same_end).min(shorter);
            let exchanged =
                left == 2 && old[same_start] == new[same_start + 1] && old[same_start + 1] == new[same_start];
            exchanged || (left == 1 && shorter >= 7)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Difference::{None, Spelling, Wording};
    use super::*;

    #[test]
    fn what_says_the_same() {
        for (old, new, expected) in [
            ("Hvor bor du nå?", "Hvor bor  du nå", None),
            ("Hvor bor du na\u{30a}?", "HVOR BOR DU NÅ?", None),
            ("E-post til foresatt", "Epost til foresatt:", None),
            ("<b>Hvor</b> bor du?", "Hvor bor du?", None),
            ("«Helt enig»", "Helt enig", None),
            ("Velg opptil tre.", "Velg opptil fem.", Wording),
            ("Er du 18 år?", "Er du 16 år?", Wording),
            ("1–2 år", "12 år", Wording),
            ("< 5 år", "> 5 år", Wording),
            ("Litt enig", "Litt uenig", Wording),
            ("Svært usannsynlig", "Svært sannsynlig", Wording),
            ("vennene dine", "vennen din", Wording),
            ("unge og fremtid", "unge og framtid", Spelling),
            ("Hvilken kommmune", "Hvilken kommune", Spelling),
            ("Jeg kunne tenke meg", "Jeg kan tenke meg", Wording),
            ("Jeg vil bo her", "Jeg vil ikke bo her", Wording),
        ] {
            assert_eq!(difference(old, new), expected, "{old} {new}");
        }
    }
}
