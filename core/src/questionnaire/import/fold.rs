//! Texts made comparable: the same words in another case, spacing or Unicode form are the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A label or a question: compatibility forms composed, lower case, spaces as one, dashes and quotes of one kind, nothing
/// invisible, no markup.
pub(super) fn text(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for letter in plain(words).nfkc().flat_map(char::to_lowercase) {
        let letter = match letter {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => continue,
            '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
            '‘' | '’' | '´' | '`' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            letter if letter.is_whitespace() || letter.is_control() => ' ',
            letter => letter,
        };
        if letter != ' ' || !(folded.is_empty() || folded.ends_with(' ')) {
            folded.push(letter);
        }
    }
    folded.truncate(folded.trim_end().len());
    // `to_lowercase` and the folding above can leave letters that compose.
    folded.nfc().collect()
}

/// The words of a folded text alone, without punctuation.
pub(super) fn words(folded: &str) -> String {
    let mut words = String::with_capacity(folded.len());
    for word in folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// The name of a column: letters and digits alone, lower case, without accents, `ø` as `o` and `æ` as `ae`.
pub(super) fn name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'ø' => folded.push('o'),
            'æ' => folded.push_str("ae"),
            'đ' | 'ð' => folded.push('d'),
            'ŋ' => folded.push('n'),
            'ŧ' => folded.push('t'),
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ => {}
        }
    }
    folded
}

/// A text that was UTF-8, read as Windows-1252, as it was before: `RÃ¸yrvik` is `Røyrvik`. `None` when it was not.
pub(super) fn undo_mojibake(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Â', 'â', 'Å']) {
        return None;
    }
    let bytes = crate::read::encoding::encode_windows_1252(text)?;
    String::from_utf8(bytes).ok()
}

/// Without tags and the entities that survey tools write.
fn plain(words: &str) -> std::borrow::Cow<'_, str> {
    if !words.contains(['<', '&']) {
        return words.into();
    }
    let mut plain = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let is_tag = from[1..].starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
        match from.find('>').filter(|_| is_tag) {
            Some(end) => {
                plain.push(' ');
                rest = &from[end + 1..];
            }
            None => {
                plain.push('<');
                rest = &from[1..];
            }
        }
    }
    plain.push_str(rest);
    for (entity, letter) in
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    {
        if plain.contains(entity) {
            plain = plain.replace(entity, letter);
        }
    }
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words() {
        let nfd = "Helt  Enig – A\u{30a}\u{a0}";
        assert_eq!(text(nfd), "helt enig - å");
        assert_eq!(text("<p>Jeg&nbsp;kunne <b>tenke</b></p>"), "jeg kunne tenke");
        assert_eq!(text("< 5 år"), "< 5 år");
        assert_eq!(words(&text("På stedet? – Relevante jobber")), words(&text("På stedet? [Relevante jobber]")));
    }

    #[test]
    fn names() {
        assert_eq!(name("Bølge"), name("bolge"));
        assert_eq!(name("kommuneoppvekst"), name("kommune_oppvekst"));
        assert_eq!(name("viktig[jobb]"), name("viktig_jobb"));
        assert_eq!(name("NÆR"), "naer");
        assert_eq!(name("A\u{30a}r"), name("år"));
    }

    #[test]
    fn letters_encoded_twice() {
        assert_eq!(undo_mojibake("RÃ¸yrvik").as_deref(), Some("Røyrvik"));
        assert_eq!(undo_mojibake("Ti Ã¥r").as_deref(), Some("Ti år"));
        assert_eq!(undo_mojibake("Røyrvik"), None);
        assert_eq!(undo_mojibake("SÃO"), None);
    }
}
