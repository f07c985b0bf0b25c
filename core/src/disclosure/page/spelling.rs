//! Letters that look like others, letters that are not seen, and words that say how many.

use unicode_normalization::UnicodeNormalization as _;

/// A text as it is read: compatibility forms, full width and look-alikes as plain letters, what has no width left out,
/// no-break spaces as spaces, and one space as good as many.
pub(super) fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let text: String = text.nfkc().filter(|&c| !is_invisible(c)).map(plain_letter).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cyrillic and Greek letters that look like Latin ones, and signs that look like others.
fn plain_letter(letter: char) -> char {
    const ALIKE: [(&str, &str); 3] = [
        ("аеорсухіјѕԁһӏАВЕКМНОРСТУХІЈЅ", "aeopcyxijsdhlABEKMHOPCTYXIJS"),
        ("αοενικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aoevikptuxABEZHIKMNOPTYX"),
        ("⁄∕÷−‐‑‒―﹪٪", "///-----%%"),
    ];
    let found = ALIKE.iter().find_map(|(from, to)| {
        let at = from.chars().position(|one| one == letter)?;
        to.chars().nth(at)
    });
    found.unwrap_or(letter)
}

/// Whether a letter is not seen: without width, a direction, a variant, a tag, a control character.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{e0000}'..='\u{e0fff}')
        || letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')
}

/// Whether a letter is one that no text of ours has: not seen, of another script, a block, an arrow, a pictogram.
pub(super) fn is_odd(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    }
    let usual = matches!(letter,
        '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2015}'
        | '\u{2018}'..='\u{201e}' | '\u{2026}' | '\u{2030}' | '\u{20ac}' | '\u{2212}' | '\u{2264}' | '\u{2265}');
    !usual || is_invisible(letter)
}

/// A text with what is not seen in it named: `U+200B × 3`.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    let blank = text.trim().is_empty();
    while let Some(letter) = letters.next() {
        if !(is_odd(letter) || blank) {
            out.push(letter);
            continue;
        }
        let mut count = 1;
        while letters.next_if_eq(&letter).is_some() {
            count += 1;
        }
        let seen = if letter.is_alphanumeric() && !is_invisible(letter) { letter.to_string() } else { String::new() };
        out.push_str(&format!("[{seen}U+{:04X} × {count}]", u32::from(letter)));
    }
    out
}

/// Whether a text has a word that says how many, or who has more.
pub(super) fn has_quantity(text: &str) -> bool {
    let text = plain(text).to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| QUANTITIES.contains(&word))
}

#[rustfmt::skip]
const QUANTITIES: [&str; 123] = [
    // Bokmål and nynorsk.
    "ingen", "inga", "inkje", "ingenting", "alle", "alt", "samtlige", "samtlege", "hver", "kvar", "begge", "få",
    "færre", "færrest", "færreste", "noen", "nokon", "nokre", "flere", "fleire", "flest", "fleste", "mange", "mest",
    "meir", "mer", "minst", "mindre", "knapt", "neppe", "nesten", "halv", "halve", "halvparten", "halvdelen", "tredel",
    "tredelen", "tredeler", "tredelar", "tredjedel", "tredjedeler", "fjerdedel", "fjerdedeler", "fjerdedelar",
    "kvart", "kvarten", "femdel", "femdeler", "femdelar", "tiendedel", "tidel", "flertall", "flertallet", "fleirtal",
    "fleirtalet", "mindretall", "mindretallet", "mindretal", "mindretalet", "høyest", "høgast", "høyere", "høgare",
    "lavest", "lågast", "lavere", "lågare", "størst", "større", "dobbelt", "dusin", "eneste", "einaste", "dårligst",
    // English.
    "none", "nobody", "no", "noone", "nothing", "all", "everyone", "everybody", "every", "each", "both", "neither",
    "few", "fewer", "fewest", "some", "several", "many", "most", "more", "majority", "minority", "least", "less",
    "hardly", "barely", "nearly", "almost", "half", "halves", "third", "thirds", "quarter", "quarters", "fifth",
    "fifths", "tenth", "tenths", "highest", "higher", "lowest", "lower", "largest", "double", "dozen", "only",
    "percent", "prosent", "pst",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_for_many() {
        assert_eq!(plain("Liеrne\u{200b}  ５\u{a0}of １１"), "Lierne 5 of 11");
        assert_eq!(plain("½ ² Ⅲ 𝟓"), "1/2 2 III 5");
        assert_eq!(plain("Røyrvik – Raarvihke"), "Røyrvik – Raarvihke");
        assert_eq!(plain("Åse"), "Åse");
    }

    #[test]
    fn letters_that_no_text_of_ours_has() {
        assert!("Raarvihke – Røyrvik, «Åarjel» 40–60\u{a0}% ≥ 10 … čđŋšŧž\n".chars().all(|c| !is_odd(c)));
        for odd in ['\u{200b}', 'е', '▇', '↑', '★', '\u{1f600}', '\u{ad}', '\u{0}', '⠿'] {
            assert!(is_odd(odd), "{odd:?}");
        }
        assert_eq!(visible("a\u{200b}\u{200b}b"), "a[U+200B × 2]b");
        assert_eq!(visible("\n\n"), "[U+000A × 2]");
    }

    #[test]
    fn words_that_say_how_many() {
        for text in ["Nobody", "two thirds", "INGEN i Lierne", "flest i Grong", "hаlf"] {
            assert!(has_quantity(text), "{text}");
        }
        assert!(!has_quantity("Lierne og Grong"));
    }
}
