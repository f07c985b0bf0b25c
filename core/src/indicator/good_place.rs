//! Reputation: who says that the region is a good place to live.

use super::share::{Figure, Shares, Stratum};
use super::{Frame, Words, question};
use crate::problem::Problems;
use crate::project::DontKnow;
use crate::read::Missing;
use crate::sample::Sample;
use crate::text::Text;

/// The question: "All in all, … is a good place to live", 1 to 5.
pub const QUESTION: &str = "omdomme";
/// "Slightly agree" and "fully agree".
pub const YES: [&str; 2] = ["4", "5"];

/// Counts the share who say that the region is a good place to live, by year × wave × home municipality.
///
/// Everybody who takes part is asked, wherever they live now and whatever they answered before. That is why it may be public:
/// of a question that only some are asked, the number of answers is itself an answer to the question before.
///
/// # Formula
///
/// ```text
/// yes  = omdomme is 4 or 5
/// base = omdomme is 1 to 5; with "don't know" inside the base also 98. Never 99 or empty.
///
/// N of the base = N of the cohort - those who don't know, where they are outside
/// ```
///
/// # Input and result
///
/// | name   | shape                       | unit                                                       |
/// |--------|-----------------------------|------------------------------------------------------------|
/// | sample | rows that count             | codes of `omdomme`                                         |
/// | frame  | round × wave × municipality | persons: 15-year-olds on 1 January when 10th grade was left |
/// | result | variant × round × wave × municipality | persons                                          |
///
/// # Errors
///
/// Problems: a questionnaire without the question, or without the answers 4 and 5. Warning: more answers than the cohort holds.
///
/// # Source
///
/// Growth agreement for Indre Namdal 2024–2027, goal 1, measure 1 (reputation); question of the project's questionnaire.
#[must_use]
pub fn count<'a>(sample: &Sample<'a>, frame: &Frame, problems: &mut Problems) -> Option<Shares<'a>> {
    let project = sample.project;
    let survey = &project.survey;
    question::check(sample, QUESTION, &YES, problems)?;
    let label = Text::new("et godt sted å bo", "ein god stad å bu", "a good place to live");
    let figures = vec![Figure { id: "good_place", label, who: Text::default() }];
    let mut shares = Shares::new(project, figures, vec![0; survey.waves.len()], words(sample));
    for round in 0..survey.rounds.len() {
        for wave in 0..survey.waves.len() {
            for municipality in 0..project.municipalities.len() {
                let population = frame.size(round, wave, municipality);
                for variant in DontKnow::ALL {
                    let empty = Stratum { population, ..Stratum::default() };
                    shares.set([0, variant as usize, round, wave, municipality], empty);
                }
            }
        }
    }
    for row in &sample.rows {
        let answer = sample.answer(row, QUESTION);
        let person = sample.person(row, QUESTION);
        for variant in DontKnow::ALL {
            let at = [0, variant as usize, row.round, row.wave, row.municipality];
            let Some(stratum) = shares.stratum_mut(at) else { continue };
            let does_not_know = answer == Err(Missing::DontKnow);
            let in_base = answer.is_ok() || (does_not_know && variant == DontKnow::Inside);
            stratum.responded += 1;
            stratum.x += u64::from(answer.is_ok_and(|code| YES.contains(&code)));
            stratum.n += u64::from(in_base);
            stratum.outside += u64::from(does_not_know && !in_base);
            stratum.item.add(answer.err());
            if let Some(person) = person.filter(|_| in_base) {
                shares.add_person(at, person);
            }
        }
    }
    question::warn_of_too_many(&shares, sample, problems);
    Some(shares)
}

fn words(sample: &Sample<'_>) -> Words {
    let region = &sample.project.name;
    let quote = question::quote(sample, QUESTION);
    let base = |nb: &str, nn: &str, en: &str| {
        Text::new(
            &format!(
                "Andelen som er litt eller helt enig i «{}», av alle som har svart {nb}, uansett hvor de bor nå. Etter \
                 kommunen der de vokste opp.",
                quote.nb
            ),
            &format!(
                "Delen som er litt eller heilt einig i «{}», av alle som har svara {nn}, uansett kvar dei bur no. Etter \
                 kommunen der dei vaks opp.",
                quote.nn
            ),
            &format!(
                "The share who somewhat or strongly agree with “{}”, of all who answered {en}, wherever they live now. By the \
                 municipality they grew up in.",
                quote.en
            ),
        )
    };
    let scale = ("på en skala fra 1 til 5", "på ein skala frå 1 til 5", "on a scale from 1 to 5");
    let with = |nb: &str, nn: &str, en: &str| {
        base(&format!("{} {nb}", scale.0), &format!("{} {nn}", scale.1), &format!("{} {en}", scale.2))
    };
    Words {
        title: Text::new(
            &format!("Synes at {} er et godt sted å bo", region.nb),
            &format!("Synest at {} er ein god stad å bu", region.nn),
            &format!("Say that {} is a good place to live", region.en),
        ),
        base: match sample.project.release.dont_know {
            DontKnow::Outside => base(scale.0, scale.1, scale.2),
            DontKnow::Inside => with("eller «vet ikke»", "eller «veit ikkje»", "or “don't know”"),
        },
        internal_base: with(
            "(eller «vet ikke», der det regnes med)",
            "(eller «veit ikkje», der det er rekna med)",
            "(or “don't know”, where that is counted in)",
        ),
        method: question::method(),
    }
}
