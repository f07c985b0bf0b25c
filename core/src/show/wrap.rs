//! Lines of text in a picture. SVG does not break lines, and a picture cannot ask how wide a letter is, so widths are
//! estimated from above with the measures of a wide sans serif.

/// Width of a text at a font size, in the picture's units, rounded up.
pub(crate) fn width(text: &str, size: i64) -> i64 {
    (text.chars().map(letter).sum::<i64>() * size + 99) / 100
}

/// Width of a letter in hundredths of the font size.
fn letter(letter: char) -> i64 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '«' | '»' => 33,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | ' ' | '\u{a0}' | '/' | 'I' => 42,
        'm' | 'w' | 'M' | 'W' | '%' | '—' | '@' | 'æ' | 'Æ' => 95,
        'A'..='Z' | 'Ø' | 'Å' => 74,
        '0'..='9' => 65,
        _ => 61,
    }
}

/// Breaks a text at its spaces into lines no wider than `limit`. A word that is wider stands alone.
pub(crate) fn lines(text: &str, size: i64, limit: i64) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match out.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.into()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_at_spaces_only() {
        assert_eq!(lines("omtrent halvparten", 13, 84), ["omtrent", "halvparten"]);
        assert_eq!(lines("20–40\u{a0}%", 13, 10), ["20–40\u{a0}%"]);
        assert_eq!(lines("de fleste", 13, 84), ["de fleste"]);
        assert!(lines("  ", 13, 84).is_empty());
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let text = "Fem år etter videregående, bor andre steder enn der de vokste opp";
        let broken = lines(text, 14, 200);
        assert!(broken.iter().all(|line| width(line, 14) <= 200));
        assert_eq!(broken.join(" "), text);
    }
}
