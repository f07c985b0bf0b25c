//! Names as keys of a search: case, accents, dashes and the several ways to write æ, ø and å make no difference.

/// A name as written in the register, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// The names in its languages: `Gáivuotna - Kåfjord - Kaivuono` has three.
    pub(super) names: Vec<&'a str>,
    /// What stands in brackets after it, a county: `Våler (Innlandet)`.
    pub(super) county: Option<&'a str>,
}

pub(super) fn parts(name: &str) -> Parts<'_> {
    let (name, county) = match name.strip_suffix(')').and_then(|name| name.split_once(" (")) {
        Some((name, county)) => (name, Some(county)),
        None => (name, None),
    };
    Parts { names: name.split(" - ").collect(), county }
}

/// The name without what stands in brackets.
#[must_use]
pub(super) fn plain(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}

/// The letters of a name: lower case, accents gone except those that make other Norwegian letters, `aa` as å, `ae` and `ä` as
/// æ, `oe` and `ö` as ø, nothing but letters and digits. Letters with combining marks, as macOS writes them, included.
pub(super) fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        let base = match letter {
            'á' | 'à' | 'â' | 'ã' | 'ā' => 'a',
            'č' | 'ç' | 'ć' => 'c',
            'đ' | 'ð' => 'd',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ŋ' | 'ń' | 'ñ' => 'n',
            'ó' | 'ò' | 'ô' | 'õ' => 'o',
            'š' | 'ś' => 's',
            'ŧ' => 't',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ý' => 'y',
            'ž' | 'ź' => 'z',
            'ä' => 'æ',
            'ö' => 'ø',
            '\u{30a}' => {
                replace_last(&mut out, 'a', 'å');
                continue;
            }
            '\u{308}' => {
                replace_last(&mut out, 'a', 'æ');
                replace_last(&mut out, 'o', 'ø');
                continue;
            }
            'a' if replace_last(&mut out, 'a', 'å') => continue,
            'e' if replace_last(&mut out, 'a', 'æ') || replace_last(&mut out, 'o', 'ø') => continue,
            // What cannot be read stands for a letter, so that the search sees that one is wrong.
            '?' | '\u{fffd}' => '?',
            letter if letter.is_alphanumeric() => letter,
            _ => continue,
        };
        out.push(base);
    }
    out
}

/// Puts another letter where the last one is this one.
fn replace_last(out: &mut String, letter: char, with: char) -> bool {
    let is = out.ends_with(letter);
    if is {
        out.pop();
        out.push(with);
    }
    is
}

/// The folded letters as somebody writes them who has no æ, ø and å.
pub(super) fn bare(folded: &str) -> String {
    folded
        .chars()
        .map(|letter| match letter {
            'å' | 'æ' => 'a',
            'ø' => 'o',
            letter => letter,
        })
        .collect()
}

/// Whether two names of the register have a name in common, in any of their languages.
pub(super) fn share(one: &str, other: &str) -> bool {
    let others: Vec<String> = parts(other).names.into_iter().map(fold).collect();
    parts(one).names.into_iter().any(|name| others.contains(&fold(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_for_the_ways_to_write_a_name() {
        for (one, other) in [
            ("HÅ", "haa"),
            ("Ha\u{30a}", "Hå"),
            ("Sør Varanger", "Sør-Varanger"),
            ("soer–varanger", "Sør-Varanger"),
            ("Tra\u{30a}ante", "Tråante"),
            ("Porsáŋgu", "Porsangu"),
            ("Baerum", "Bærum"),
            ("Örland", "Ørland"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("Ha"), fold("Hå"));
        assert_eq!(bare(&fold("Hå")), "ha");
        assert_eq!(parts("Våler (Innlandet)"), Parts { names: vec!["Våler"], county: Some("Innlandet") });
        assert_eq!(parts("Gáivuotna - Kåfjord - Kaivuono").names.len(), 3);
        assert!(share("Hamarøy", "Hábmer - Hamarøy") && !share("Nord-Fron", "Sør-Fron"));
    }
}
