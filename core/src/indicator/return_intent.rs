//! Return intent: who can imagine living in the region as an adult.

use super::share::{Figure, Shares, Stratum};
use super::{Frame, Words, question};
use crate::problem::Problems;
use crate::project::DontKnow;
use crate::read::Missing;
use crate::sample::{Row, Sample};
use crate::text::Text;

/// The trend item: "I could imagine living in … as an adult", 1 to 5.
pub const QUESTION: &str = "int_kunne";
/// "Slightly agree" and "fully agree".
pub const YES: [&str; 2] = ["4", "5"];

/// The figures, in the order of the cube.
const FIGURES: [&str; 4] = ["intent", "return_intent", "already_home", "lives_or_wants"];

/// Counts the share who can imagine living in the region as adults, by year × wave × home municipality.
///
/// # Formula
///
/// ```text
/// yes  = int_kunne is 4 or 5
/// base = int_kunne is 1 to 5; with "don't know" inside the base also 98. Never 99 or empty.
///
/// waves that are not asked where they live now (W1, W2)
///   intent          x = yes,              n = base
/// waves that are asked (W3, W4)
///   return_intent   x = elsewhere & yes,  n = elsewhere & base
///   already_home    x = here,             n = here or elsewhere
///   lives_or_wants  x = here + (elsewhere & yes),  n = here + (elsewhere & base)
///
/// N of the base = N of the cohort - those seen outside the base
/// ```
///
/// Seen outside the base are: "don't know" where it is outside (of those elsewhere, in W3 and W4), and for
/// `return_intent` also those who live here. Refusals, empty fields and silence are not: they may belong to the base.
/// "Here" is any municipality of the region, "elsewhere" is any other answer to `kommune_na`; without an answer a person
/// is in no base of W3 and W4.
///
/// # Input and result
///
/// | name   | shape                       | unit                                                       |
/// |--------|-----------------------------|------------------------------------------------------------|
/// | sample | rows that count             | codes of `int_kunne`, `kommune_na`                         |
/// | frame  | round × wave × municipality | persons: 15-year-olds on 1 January when 10th grade was left |
/// | result | figure × variant × round × wave × municipality | persons                                 |
///
/// # Errors
///
/// Problems: a variable that the questionnaire lacks. Warning: more answers than the cohort holds.
///
/// # Source
///
/// Growth agreement for Indre Namdal 2024–2027, goal 1, measure 3 (yearly survey of four waves); trend item of the
/// project's questionnaire.
#[must_use]
pub fn count<'a>(sample: &Sample<'a>, frame: &Frame, problems: &mut Problems) -> Option<Shares<'a>> {
    let project = sample.project;
    let survey = &project.survey;
    question::check(sample, QUESTION, &YES, problems)?;
    let here: Vec<&str> = project.municipalities.iter().map(|municipality| municipality.code.as_str()).collect();
    let asked_where =
        |wave: usize| sample.tables.iter().any(|table| sample.is_asked(table, wave, &survey.roles.lives_now));
    let figures = FIGURES.map(|id| Figure { id, label: label(id), who: who(id) }).into();
    let headline = (0..survey.waves.len()).map(|wave| usize::from(asked_where(wave))).collect();
    let mut shares = Shares::new(project, figures, headline, words(sample));

    for round in 0..survey.rounds.len() {
        for wave in 0..survey.waves.len() {
            let present: &[usize] = if asked_where(wave) { &[1, 2, 3] } else { &[0] };
            for municipality in 0..project.municipalities.len() {
                let population = frame.size(round, wave, municipality);
                for &figure in present {
                    for variant in DontKnow::ALL {
                        let empty = Stratum { population, ..Stratum::default() };
                        shares.set([figure, variant as usize, round, wave, municipality], empty);
                    }
                }
            }
        }
    }
    for row in &sample.rows {
        count_row(&mut shares, sample, row, &here, asked_where(row.wave));
    }
    question::warn_of_too_many(&shares, sample, problems);
    Some(shares)
}

/// Where a person lives, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    NotAsked,
    Here,
    Elsewhere,
    Unknown,
}

fn count_row(shares: &mut Shares<'_>, sample: &Sample<'_>, row: &Row, here: &[&str], asked_where: bool) {
    let answer = sample.answer(row, QUESTION);
    let place = match sample.answer(row, &sample.project.survey.roles.lives_now) {
        _ if !asked_where => Place::NotAsked,
        Ok(code) if here.contains(&code) => Place::Here,
        Ok(_) => Place::Elsewhere,
        Err(_) => Place::Unknown,
    };
    let yes = answer.is_ok_and(|code| YES.contains(&code));
    let person = sample.person(row, QUESTION);
    for (figure, id) in FIGURES.iter().enumerate() {
        for variant in DontKnow::ALL {
            let at = [figure, variant as usize, row.round, row.wave, row.municipality];
            let Some(stratum) = shares.stratum_mut(at) else { continue };
            let does_not_know = answer == Err(Missing::DontKnow);
            let in_base = answer.is_ok() || (does_not_know && variant == DontKnow::Inside);
            // (said yes, in the base, seen outside the base)
            let (x, n, outside) = match (*id, place) {
                ("intent", _) => (yes, in_base, does_not_know && !in_base),
                ("return_intent", Place::Here) => (false, false, true),
                ("return_intent", Place::Elsewhere) => (yes, in_base, does_not_know && !in_base),
                ("already_home" | "lives_or_wants", Place::Here) => (true, true, false),
                ("already_home", Place::Elsewhere) => (false, true, false),
                ("lives_or_wants", Place::Elsewhere) => (yes, in_base, does_not_know && !in_base),
                _ => (false, false, false),
            };
            stratum.responded += 1;
            stratum.x += u64::from(x);
            stratum.n += u64::from(n);
            stratum.outside += u64::from(outside);
            stratum.item.add(answer.err());
            if let Some(person) = person.filter(|_| n) {
                shares.add_person(at, person);
            }
        }
    }
}

fn label(figure: &str) -> Text {
    match figure {
        "intent" => Text::new("kan tenke seg å bo her", "kan tenkje seg å bu her", "intent to live here"),
        "return_intent" => Text::new(
            "kan tenke seg å flytte hjem, av dem som bor andre steder",
            "kan tenkje seg å flytte heim, av dei som bur andre stader",
            "return intent, among those who live elsewhere",
        ),
        "already_home" => Text::new("bor her allerede", "bur her allereie", "already home"),
        _ => Text::new("bor her eller vil det", "bur her eller vil det", "lives here or wants to"),
    }
}

fn who(figure: &str) -> Text {
    match figure {
        "return_intent" => Text::new(", bor utenfor regionen", ", bur utanfor regionen", ", live outside the region"),
        _ => Text::default(),
    }
}

fn words(sample: &Sample<'_>) -> Words {
    let region = &sample.project.name;
    let quote = question::quote(sample, QUESTION);
    // What an answer is: the scale alone, with "don't know", or either, said elsewhere.
    let base = |nb: &str, nn: &str, en: &str| {
        Text::new(
            &format!(
                "Andelen som er litt eller helt enig i «{}», av dem som har svart {nb}. Etter videregående: bare de som \
                 bor utenfor regionen. Etter kommunen der de vokste opp.",
                quote.nb
            ),
            &format!(
                "Delen som er litt eller heilt einig i «{}», av dei som har svara {nn}. Etter vidaregåande: berre dei \
                 som bur utanfor regionen. Etter kommunen der dei vaks opp.",
                quote.nn
            ),
            &format!(
                "The share who somewhat or strongly agree with “{}”, of those who answered {en}. After upper secondary \
                 school: only those who live outside the region. By the municipality they grew up in.",
                quote.en
            ),
        )
    };
    let scale = ("på en skala fra 1 til 5", "på ein skala frå 1 til 5", "on a scale from 1 to 5");
    Words {
        title: Text::new(
            &format!("Kan tenke seg å bo i {} som voksen", region.nb),
            &format!("Kan tenkje seg å bu i {} som vaksen", region.nn),
            &format!("Can imagine living in {} as an adult", region.en),
        ),
        base: match sample.project.release.dont_know {
            DontKnow::Outside => base(scale.0, scale.1, scale.2),
            DontKnow::Inside => base(
                &format!("{}, eller «vet ikke»", scale.0),
                &format!("{}, eller «veit ikkje»", scale.1),
                &format!("{}, or “don't know”", scale.2),
            ),
        },
        internal_base: base(
            &format!("{} (eller «vet ikke», der det regnes med)", scale.0),
            &format!("{} (eller «veit ikkje», der det er rekna med)", scale.1),
            &format!("{} (or “don't know”, where that is counted in)", scale.2),
        ),
        method: question::method(),
    }
}
