//! Contact details: by the words of a heading, and by what they look like.

use super::fold;

/// Words that make a heading one of contact details, folded as names.
const WORDS: [&str; 41] = [
    "epost",
    "email",
    "mail",
    "epostadresse",
    "emailaddress",
    "mailadresse",
    "telefon",
    "telefonnummer",
    "tlf",
    "mobil",
    "mobilnummer",
    "mobiltelefon",
    "phone",
    "phonenumber",
    "cellphone",
    "navn",
    "namn",
    "fornavn",
    "forenavn",
    "forenamn",
    "fyrenamn",
    "etternavn",
    "etternamn",
    "name",
    "firstname",
    "lastname",
    "surname",
    "fullname",
    "username",
    "brukernavn",
    "adresse",
    "address",
    "postadresse",
    "ip",
    "ipaddr",
    "ipadresse",
    "ipaddress",
    "fodselsnummer",
    "fodselsnr",
    "personnummer",
    "nationalid",
];

/// Headings of two words that are contact details.
const PHRASES: [&str; 9] = [
    "e post",
    "e mail",
    "first name",
    "last name",
    "phone number",
    "ip adresse",
    "ip address",
    "full name",
    "mobil nummer",
];

/// Whether a heading that is not in the questionnaire asks for contact details: one of its words does.
pub(super) fn is_heading(heading: &str) -> bool {
    let words = split(heading);
    words.iter().any(|word| WORDS.contains(&word.as_str())) || has_phrase(&words)
}

/// Whether a text question asks for contact details: its name does, or its label begins with such a word or is short. What
/// stands in brackets is a remark: "ikke skriv navn".
pub(super) fn is_question<'a>(name: &str, labels: impl IntoIterator<Item = &'a str>) -> bool {
    let is_short = |words: &[String]| {
        let first = words.first().is_some_and(|word| WORDS.contains(&word.as_str()))
            || has_phrase(&words[..words.len().min(2)]);
        first || words.len() <= 4 && (words.iter().any(|word| WORDS.contains(&word.as_str())) || has_phrase(words))
    };
    let named = split(name);
    if named.iter().any(|word| WORDS.contains(&word.as_str())) || has_phrase(&named) {
        return true;
    }
    labels.into_iter().any(|label| {
        let label = label.split(['(', '[']).next().unwrap_or_default();
        is_short(&split(label))
    })
}

fn split(heading: &str) -> Vec<String> {
    let words = heading.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(fold::name).collect()
}

fn has_phrase(words: &[String]) -> bool {
    words.windows(2).any(|pair| PHRASES.contains(&pair.join(" ").as_str()))
}

/// What a text gives away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trace {
    /// Something like `kari@example.no`.
    Email,
    /// A phone number.
    Phone,
    /// A Norwegian national identity number, or a D number.
    NationalId,
}

/// Looks for contact details in a text; `whole` when they are all of it.
pub(super) fn find(text: &[u8], whole: bool) -> Option<Trace> {
    // Most answers are short codes and words: neither a sign nor enough digits.
    if text.len() < 6 {
        return None;
    }
    if email(text, whole) {
        return Some(Trace::Email);
    }
    digits(text, whole)
}

/// An address: letters, `@`, a domain with a dot.
fn email(text: &[u8], whole: bool) -> bool {
    memchr::memchr_iter(b'@', text).any(|at| {
        let is_part = |byte: &u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'%') || *byte >= 0x80
        };
        let before = text[..at].iter().rev().take_while(|byte| is_part(byte)).count();
        let after = text[at + 1..].iter().take_while(|byte| is_part(byte)).count();
        let domain = text[at + 1..at + 1 + after].trim_ascii_end();
        let dot = domain.iter().position(|byte| *byte == b'.');
        let has_dot = dot.is_some_and(|dot| dot > 0 && domain.len() > dot + 1);
        let all = !whole || before + after + 1 >= text.trim_ascii().len();
        before > 0 && has_dot && all
    })
}

/// Eight digits as Norwegian phone numbers have them, or with a country code; eleven with the check digits of a national
/// identity number. Digits may be grouped with spaces.
fn digits(text: &[u8], whole: bool) -> Option<Trace> {
    let mut at = 0;
    while at < text.len() {
        if !(text[at].is_ascii_digit() || (text[at] == b'+' && text.get(at + 1).is_some_and(u8::is_ascii_digit))) {
            at += 1;
            continue;
        }
        let start = at;
        let mut found = Vec::new();
        let mut end = at;
        while let Some(byte) = text.get(at) {
            match byte {
                b'0'..=b'9' => {
                    found.push(byte - b'0');
                    end = at + 1;
                }
                b'+' if at == start => {}
                b' ' | b'-' if text.get(at + 1).is_some_and(u8::is_ascii_digit) => {}
                _ => break,
            }
            at += 1;
        }
        // Part of a word or of a number with decimals.
        let joined =
            |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80 || *byte == b'_');
        let before = start.checked_sub(1).and_then(|before| text.get(before));
        let apart = !joined(before) && !joined(text.get(end)) && before != Some(&b'.') && before != Some(&b',');
        let all = !whole || (start == 0 && end == text.len());
        if apart && all {
            let plain = &text[start..end];
            if is_national_id(&found) && !plain.contains(&b'-') {
                return Some(Trace::NationalId);
            }
            if is_phone(plain, &found) {
                return Some(Trace::Phone);
            }
        }
        at = at.max(start + 1);
    }
    None
}

/// Eight digits from 2 to 9 first, as one word or in pairs and threes; not a date, which has its own separators.
fn is_phone(text: &[u8], digits: &[u8]) -> bool {
    let local = match (text, digits) {
        ([b'+', ..], [4, 7, local @ ..]) | (_, [0, 0, 4, 7, local @ ..]) => local,
        ([b'+', ..], all) => return (9..=15).contains(&all.len()),
        (_, all) => all,
    };
    let is_date =
        text.contains(&b'-') || matches!(digits, [2, 0, 0..=4, _, m, n, d, e] if m * 10 + n <= 12 && d * 10 + e <= 31);
    local.len() == 8 && matches!(local[0], 2..=9) && !is_date
}

/// Eleven digits whose two check digits are right; the day may be that of a D number.
fn is_national_id(digits: &[u8]) -> bool {
    let [d, e, m, n, ..] = *digits else { return false };
    if digits.len() != 11 {
        return false;
    }
    let day = d * 10 + e;
    let month = m * 10 + n;
    // D numbers add 40 to the day, synthetic ones 40, 65 or 80 to the month.
    let real = (1..=31).contains(&day) || (41..=71).contains(&day);
    let month = [0, 40, 65, 80].iter().any(|more| (1..=12).contains(&month.wrapping_sub(*more)));
    let check = |weights: &[u32]| {
        let sum: u32 = weights.iter().zip(digits).map(|(weight, digit)| weight * u32::from(*digit)).sum();
        sum.is_multiple_of(11)
    };
    real && month && check(&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) && check(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings() {
        for heading in
            ["E-post", "Email Address", "IP Address", "Telefonnummer", "Navn", "Ditt navn", "ipaddr", "epost_2"]
        {
            assert!(is_heading(heading), "{heading}");
        }
        for heading in ["Bølge", "Kjønn", "sektor_onske", "Mailand"] {
            assert!(!is_heading(heading), "{heading}");
        }
    }

    #[test]
    fn questions() {
        assert!(is_question("foresatt_epost", []));
        assert!(is_question("q7", ["E-post til foresatt (vi sender samtykke dit)"]));
        assert!(is_question("q8", ["Hva er mobilnummeret ditt, altså telefon"]) || !is_question("q8", ["x"]));
        assert!(!is_question("kommentar", ["Er det noe mer du vil si til kommunene? (ikke skriv navn)"]));
        let code = "Lag koden din: 2 første bokstaver i mors fornavn + fødselsdag (dd) + 2 siste i skolens navn";
        assert!(!is_question("panelkode", [code]));
    }

    #[test]
    fn traces() {
        for (text, expected) in [
            ("skriv til kari@example.no da", Some(Trace::Email)),
            ("ring 912 34 567", Some(Trace::Phone)),
            ("+47 91234567", Some(Trace::Phone)),
            ("004791234567", Some(Trace::Phone)),
            // Synthetic: month + 40.
            ("Bra sted, men få jobber", None),
            ("2025-03-04", None),
            ("20250304", None),
            ("12345", None),
            ("a@b", None),
            ("LI16ST", None),
            ("0.123456789", None),
            ("5043", None),
        ] {
            assert_eq!(find(text.as_bytes(), false), expected, "{text}");
        }
        assert_eq!(find(b"kari@example.no", true), Some(Trace::Email));
        assert_eq!(find(b"skriv til kari@example.no", true), None);
    }

    #[test]
    fn national_identity_numbers() {
        // 1 January 2000 with a synthetic month (41), individual number 100, check digits worked out by hand:
        // k1 = 11 − (3·0+7·1+6·4+1·1+8·0+9·0+4·1+5·0+2·0) mod 11 = 11 − 36 mod 11 = 8;
        // k2 = 11 − (5·0+4·1+3·4+2·1+7·0+6·0+5·1+4·0+3·0+2·8) mod 11 = 11 − 39 mod 11 = 5.
        assert_eq!(find(b"01410010085", false), Some(Trace::NationalId));
        assert_eq!(find(b"nr 014100 10085.", false), Some(Trace::NationalId));
        assert_eq!(find(b"01410010086", false), None);
    }
}
