//! Rounds: answers of a year, and the questionnaire that they were given on.

use super::{Files, keep, parse, text};
use crate::problem::Problems;
use crate::project::Project;
use crate::read::{Codebook, Kind};
use serde_json::json;
use std::fmt::{Display, Write as _};

/// Puts a year's answers into the project: as a new round, or in the place of those that are there. Whether it was done.
pub fn put_round(files: &mut Files, year: u16, closes: &str, answers: Vec<u8>, problems: &mut Problems) -> bool {
    let Some(project) = parse(files, problems) else { return false };
    let known = project.survey.rounds.iter().find(|round| round.year == year).map(|round| round.answers.clone());
    let file = known.unwrap_or_else(|| format!("answers/{year}.csv"));
    let changed = with_round(&text(files), year, &[("file", json!(file)), ("closes", json!(closes))]);
    let done = keep(files, changed, problems);
    if done {
        files.insert(file, answers);
    }
    done
}

/// Gives a year a questionnaire of its own: the sheets `survey`, `choices` and `settings`. A year without answers gets a file
/// with a header. `comparable` are questions that the owner says are still the same. Whether it was done.
pub fn put_form(
    files: &mut Files,
    (year, closes): (u16, &str),
    sheets: [Vec<u8>; 3],
    comparable: &[String],
    problems: &mut Problems,
) -> bool {
    let Some(project) = parse(files, problems) else { return false };
    let names = ["survey", "choices", "settings"].map(|sheet| format!("questionnaire-{year}/{sheet}.csv"));
    let [survey, choices, _] = &names;
    let own = format!("{{ survey = {}, choices = {} }}", json!(survey), json!(choices));
    let known = project.survey.rounds.iter().find(|round| round.year == year).map(|round| round.answers.clone());
    let file = known.unwrap_or_else(|| format!("answers/{year}.csv"));
    let mut keys =
        vec![("file", json!(file).to_string()), ("closes", json!(closes).to_string()), ("questionnaire", own)];
    if !comparable.is_empty() {
        keys.push(("comparable", json!(comparable).to_string()));
    }
    let done = keep(files, with_round(&text(files), year, &keys), problems);
    if done {
        files.entry(file).or_insert_with(|| {
            header(&Codebook::from_xlsform((survey, &sheets[0]), (choices, &sheets[1]), &mut Problems::new()))
        });
        files.extend(names.into_iter().zip(sheets));
    }
    done
}

/// A file of answers that nobody has given: one column per variable of the questionnaire.
pub(in crate::project) fn header(codebook: &Codebook) -> Vec<u8> {
    let names: Vec<&str> = codebook.variables.iter().map(|variable| variable.name.as_str()).collect();
    (names.join(",") + "\n").into_bytes()
}

/// The project file with some keys in the section of a year: where they stand, otherwise at its head; a new section where
/// there is none.
fn with_round(text: &str, year: u16, keys: &[(&str, impl Display)]) -> String {
    let is_key = |line: &str, name: &str| line.split_once('=').is_some_and(|(key, _)| key.trim() == name);
    let value = |line: &str| line.split_once('=').map(|(_, value)| value.trim().to_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let heads: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].trim_start().starts_with('[')).collect();
    let own = year.to_string();
    let is_year = |line: &str| is_key(line, "year") && value(line).split([' ', '#']).next() == Some(own.as_str());
    let section = heads.iter().enumerate().find_map(|(place, &head)| {
        let section = head..heads.get(place + 1).copied().unwrap_or(lines.len());
        let is_own =
            lines[head].trim().starts_with("[[answers]]") && lines[section.clone()].iter().any(|line| is_year(line));
        is_own.then_some(section)
    });
    let Some(section) = section else {
        let mut changed = format!("{text}\n[[answers]]\nyear = {year}\n");
        keys.iter().for_each(|(key, value)| {
            let _ = writeln!(changed, "{key} = {value}");
        });
        return changed;
    };
    let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    for (key, value) in keys {
        let line = format!("{key} = {value}\n");
        match section.clone().find(|&at| is_key(lines[at], key)) {
            Some(at) => changed[at] = line,
            None => changed[section.start].push_str(&line),
        }
    }
    changed.concat()
}

impl Project {
    /// The project without the rounds that nobody has answered and that are not over on a day: what is planned is no
    /// nonresponse. When no round is left, waves are still called what the questionnaire calls them.
    #[must_use]
    pub fn begun(mut self, files: &Files, day: &str) -> Self {
        let is_empty =
            |file: &str| files.get(file).is_some_and(|bytes| bytes.iter().filter(|&&byte| byte == b'\n').count() <= 1);
        let sheets = self.survey.latest().clone();
        self.survey.rounds.retain(|round| round.closes.as_str() <= day || !is_empty(&round.answers));
        self.date = self.survey.rounds.iter().map(|round| round.closes.clone()).max().unwrap_or_default();
        let named = files.get(&sheets.survey).zip(files.get(&sheets.choices));
        if let Some((survey, choices)) = named.filter(|_| self.survey.rounds.is_empty()) {
            let sheets = ((sheets.survey.as_str(), survey.as_slice()), (sheets.choices.as_str(), choices.as_slice()));
            let codebook = Codebook::from_xlsform(sheets.0, sheets.1, &mut Problems::new());
            let role = codebook.variable(&self.survey.roles.wave).map(|variable| &variable.kind);
            let Some(Kind::Category(categories)) = role else { return self };
            for wave in &mut self.survey.waves {
                if let Some(category) = categories.iter().find(|category| category.code == wave.code) {
                    wave.name.clone_from(&category.label);
                }
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::amend::tests::{files, project};

    const SURVEY: &str = "questionnaire/survey.csv";

    #[test]
    fn a_round_is_added_or_replaced() {
        let (mut files, mut problems) = (files(), Problems::new());
        assert!(put_round(&mut files, 2027, "2027-04-30", b"a\n".to_vec(), &mut problems));
        assert!(put_round(&mut files, 2026, "2026-05-12", b"b\n".to_vec(), &mut problems));
        let rounds = project(&files).survey.rounds;
        assert_eq!(
            (rounds.len(), rounds[0].closes.as_str(), rounds[1].closes.as_str()),
            (2, "2026-05-12", "2027-04-30")
        );
        assert_eq!(
            (files["answers/2026.csv"].as_slice(), files["answers/2027.csv"].as_slice()),
            (&b"b\n"[..], &b"a\n"[..])
        );
        // A day of another year undoes it.
        let before = files.clone();
        assert!(!put_round(&mut files, 2028, "2027-04-30", Vec::new(), &mut problems));
        assert_eq!((problems.errors(), &files), (1, &before));
    }

    #[test]
    fn a_year_gets_its_own_questionnaire_and_what_is_planned_is_no_nonresponse() {
        let (mut files, mut problems) = (files(), Problems::new());
        let sheets =
            ["survey", "choices", "settings"].map(|sheet| files[&format!("questionnaire/{sheet}.csv")].clone());
        let comparable = ["int_kunne".to_owned()];
        assert!(put_form(&mut files, (2027, "2027-04-30"), sheets, &comparable, &mut problems), "{problems:?}");
        let rounds = project(&files).survey.rounds;
        assert_eq!(rounds[1].questionnaire.survey, "questionnaire-2027/survey.csv");
        assert_eq!(
            (rounds[1].comparable.as_slice(), rounds[0].questionnaire.survey.as_str()),
            (&comparable[..], SURVEY)
        );
        assert_eq!(files["answers/2027.csv"], files["answers/2026.csv"]);
        assert!(put_round(&mut files, 2027, "2027-05-02", b"x\n1\n".to_vec(), &mut problems));
        let round = project(&files).survey.rounds.remove(1);
        assert_eq!(
            (round.closes.as_str(), round.questionnaire.choices.as_str()),
            ("2027-05-02", "questionnaire-2027/choices.csv")
        );
        // 2026 has no answers: before its last day it is left out, and from then on it counts.
        let begun = |day: &str| project(&files).begun(&files, day).survey.rounds.len();
        assert_eq!((begun("2026-04-29"), begun("2026-04-30")), (1, 2));
    }

    #[test]
    fn before_the_first_answer_it_is_known_who_is_due() {
        let (files, mut problems) = (files(), Problems::new());
        let project = project(&files).begun(&files, "2026-01-01");
        assert_eq!((project.survey.rounds.len(), project.survey.waves[0].name.nb.as_str()), (0, "10. klasse"));
        let loaded = project.load(&files, &mut problems).unwrap();
        let options =
            crate::track::Options { due: Some(2026..=2026), today: Some("2026-01-01"), key: None, link_near: false };
        let track = loaded.track(&options, &mut problems).unwrap();
        assert_eq!(problems.errors(), 0, "{problems:?}");
        // 15-year-olds on 1 January 2026 in the four municipalities.
        assert_eq!(track.due_totals[0].population, Some(61));
        assert!(
            !crate::track::calendar::ics("a", &track.region, &track.calendar, "2026-01-01", crate::text::Lang::Nb)
                .is_empty()
        );
    }
}
