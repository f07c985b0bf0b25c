//! Whether a text says how many people: what may be said of them stands in the figures, not in somebody's own words.
//!
//! ```text
//! 12 av 15    40 %    12 svar    12 nye innbyggere    12 flyttet hjem    tolv kom tilbake    halvparten av de unge
//! ```
//!
//! A number of things is none of people: `3 busser`, `2 workshop`. Years, ordinals (`10. trinn`) and numbers that name something
//! (`Fylkesveg 17`) count nobody.

/// People, and what they gave, behind a number: `12 elever`. Whole words: `barn` counts people, `barnehager` does not.
const PEOPLE: &str = "prosent prosentpoeng percent pst svar svara svarene answer answers response responses respondents \
    respondenter respondentar elev elever elevar elevene elevane pupil pupils student students studenter studentar studentene \
    ung unge ungdom ungdommer ungdommar ungdommene ungdommane young youth youths jente jenter jentene girl girls gutt gutter \
    gutar guttene gutane boy boys kvinne kvinner kvinnene woman women mann menn mennene man men person personer personar \
    personene personane persons people folk menneske mennesker menneske innbygger innbyggere innbyggjar innbyggjarar inhabitants \
    resident residents borgere borgarar citizens barn child children kids voksne vaksne adults lærling lærlinger lærlingar \
    apprentice apprentices traineer trainees deltaker deltakere deltakar deltakarar deltagere participant participants søker \
    søkere søkjar søkjarar applicant applicants ansatte tilsette ansatt tilsett employees medlem medlemmer medlemmar members \
    besøkende besøkjande visitors familie familier familiar family families husholdninger husstander hushald households \
    hjemvendte heimvende tilflyttere tilflyttarar innflyttere innflyttarar utflyttere utflyttarar newcomers returnees movers";

/// What people do, right behind a number, and where they go: `12 flyttet`, `12 hjem`.
const DONE: &str = "flyttet flytta flytter flyttar vendte vende reiste reist ønsket ønska ønsker ønskjer ønskte valgte valde velger \
    vel deltok deltar deltek deltatt delteke møtte bosatte buset busette jobbet jobba arbeidde studerer studerte \
    startet starta begynte byrja meldte søkte søkt søker stemte krysset kryssa trives trivst likte liker likar svarte svarer \
    kom kommer kjem kommet dro drog sa sier seier mener meiner mente meinte vil ville kan kunne fikk fekk får ble blei vart \
    blir bor bur bodde budde gikk gjekk går tok tar tek har hadde er var fant fann så takket takka moved move came come said \
    say want wanted would applied apply took joined join returned return stayed stay chose voted got had have are were live \
    lived left started began hjem heim tilbake home back hit";

/// What may stand between a number and the people: `12 av de nye`.
const BETWEEN: &str = "av of de dei the våre our alle all nye ny new flere fleire more andre other tidligere tidlegare former lokale \
    local gamle old unike ulike faste tilsammen totalt in";

/// Numbers in words, from two on.
const NUMBERS: &str = "to tre fire fem seks sju syv åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tjue tyve \
    tretti førti femti seksti sytti åtti nitti hundre two three four five six seven eight nine ten eleven twelve \
    fifteen twenty thirty forty fifty hundred halvparten halvdelen half tredjedel firedel fjerdedel";

/// What a number behind it names: `Fylkesveg 17 ble utbedret`.
const NAMING: &str = "fylkesveg fylkesvei riksveg riksvei veg vei fv rv e nr nummer number no uke veke week trinn steg step fase phase \
    linje line rute route road punkt tiltak measure sak kapittel del part klokka";

/// Whether a text says how many people, or which share of something.
pub(super) fn says_how_many(text: &str) -> bool {
    let text = text.to_lowercase();
    let words = words(&text);
    (0..words.len()).any(|at| is_count(&words, at))
}

/// Whether a text is a number and nothing else.
pub(super) fn is_number(text: &str) -> bool {
    let words = words(text);
    matches!(words.as_slice(), [Part::Number(..)])
}

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|own| own == word)
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part<'a> {
    /// A number in digits; not an ordinal, not part of a word.
    Number(&'a str),
    Word(&'a str),
    /// What separates: `.`, `;`, `:`, or `/` and `%`.
    Sign(char),
}

/// A text cut into numbers, words and signs.
fn words(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_part = |letter: char| letter.is_alphanumeric();
        let is_digit = |letter: char| letter.is_ascii_digit();
        if is_digit(first) {
            let inside = |letter: char| is_digit(letter) || matches!(letter, '.' | ',');
            let end = rest.find(|letter| !inside(letter)).unwrap_or(rest.len());
            let number = rest[..end].trim_end_matches(['.', ',']);
            let after = &rest[end..];
            // `10. trinn` names one; `12.` at the end of a sentence does not.
            let is_ordinal = rest[number.len()..end] == *"." && after.trim_start().starts_with(char::is_lowercase);
            let joined = after.starts_with(char::is_alphabetic);
            found.push(if is_ordinal || joined { Part::Word("") } else { Part::Number(number) });
            rest = after;
        } else if is_part(first) {
            let end = rest.find(|letter: char| !is_part(letter)).unwrap_or(rest.len());
            found.push(Part::Word(&rest[..end]));
            rest = &rest[end..];
        } else {
            if matches!(first, '%' | '/' | '.' | ';' | ':' | '!' | '?') {
                found.push(Part::Sign(first));
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

/// Whether the number at a place is one of people, or a share.
fn is_count(words: &[Part<'_>], at: usize) -> bool {
    let in_words = |word: &Part<'_>| matches!(word, Part::Word(word) if is_in(NUMBERS, word));
    let is_digits = matches!(words[at], Part::Number(_));
    if !is_digits && !in_words(&words[at]) {
        return false;
    }
    let rest = &words[at + 1..];
    let before = at.checked_sub(1).map(|before| words[before]);
    // "Open to young people": between words it is English, but for "to av" and "av to".
    let is_between = matches!(before, Some(Part::Word(word)) if !matches!(word, "av" | "bare" | "berre"));
    if words[at] == Part::Word("to") && is_between && rest.first() != Some(&Part::Word("av")) {
        return false;
    }
    let is_number =
        |word: Option<&Part<'_>>| word.is_some_and(|word| matches!(word, Part::Number(_)) || in_words(word));
    // A share: `40 %`, `7/11`, `9 of 12`, `two out of three`.
    match rest {
        [Part::Sign('%'), ..] | [Part::Word("per"), Part::Word("cent"), ..] => return true,
        [Part::Sign('/'), next, ..] if is_digits && matches!(next, Part::Number(_)) => return true,
        [Part::Word("out"), Part::Word("of"), next, ..] if is_number(Some(next)) => return true,
        [Part::Word("av" | "of"), next, ..] if is_number(Some(next)) => return true,
        [Part::Word("av"), Part::Word("de" | "dei"), next, ..] if is_number(Some(next)) => return true,
        _ => {}
    }
    // People, with a few words between.
    let between = |word: &&Part<'_>| matches!(word, Part::Word(word) if is_in(BETWEEN, word));
    let skipped = rest.iter().take_while(between).take(3).count();
    if matches!(rest.get(skipped), Some(Part::Word(word)) if is_in(PEOPLE, word)) {
        return true;
    }
    // What they did. A year does nothing, and a road that has a number is rebuilt.
    let is_year =
        matches!(words[at], Part::Number(number) if number.len() == 4 && matches!(&number[..2], "19" | "20" | "21"));
    let named = matches!(before, Some(Part::Word(word)) if is_in(NAMING, word));
    let acts = matches!(rest.first(), Some(Part::Word(word)) if is_in(DONE, word));
    acts && !is_year && !named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_or_a_number_of_people() {
        for text in [
            "12 av 15 sa ja",
            "40 % vil hjem",
            "40\u{a0}prosent",
            "7/11 kom",
            "18 ungdommer svarte",
            "two, 9 of 10",
            "12 flyttet hjem",
            "12 flytta heim",
            "Til nå: 12 kom tilbake",
            "3 nye innbyggere",
            "Tolv flyttet hjem",
            "Fem av ti sa ja",
            "To av de tre kom",
            "Bare to kom",
            "Halvparten av de unge er med",
            "12 hjem, 3 tilbake",
            "12 ble",
            "5 har søkt",
            "12 moved home",
            "Twelve people came",
            "12 more young people",
            "four stayed",
            "Kurset hadde 14 deltakere",
            "Over 20 søkere",
            "6 lærlinger fikk plass",
            "12 men and women",
            "15 per cent",
        ] {
            assert!(says_how_many(text), "{text}");
        }
    }

    #[test]
    fn a_number_of_things_counts_nobody() {
        for text in [
            "Gjennomføre 2 workshop",
            "Fra 2026",
            "Fylkesveg 17",
            "Fylkesveg 17 ble utbedret",
            "Buss 3 kvelder i uka",
            "",
            "I 2026 kom bussen",
            "2027 blir året",
            "10. trinn har fått besøk",
            "17. mai er feiret",
            "3 nye busser",
            "2 faste kvelder for ungdom",
            "2 workshop for elever",
            "4 møter, men bare om våren",
            "Tre avganger om dagen",
            "Fra to til fire avganger",
            "Open to young people",
            "Support to people who move",
            "5 boliger er bygd",
            "3 barnehager, 2 ungdomshus og 4 arbeidsplasser",
            "Startlån til 5 boliger",
            "12 millioner kroner",
            "Kl. 18.30",
            "E6 er åpnet",
            "Trinn 2 er ferdig",
            "Half a year",
        ] {
            assert!(!says_how_many(text), "{text}");
        }
        assert!(is_number("12") && is_number(" 12. ") && !is_number("2 busser") && !is_number(""));
    }
}
