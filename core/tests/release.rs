//! Releases after each other: what stands, what is shown anew, and that all of them together give nothing away.
//!
//! Small surveys made here, run through the project file as a user would. What an attacker can know is found by trying
//! every table of whole people that fits all that was published, independently of the audit.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::disclosure::release::{Figure, Release};
use bygdepuls_core::export::jsonstat;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::{Outcome, Project};
use bygdepuls_core::text::Lang;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const SURVEY: &str = "type,name,label,waves\nselect_one bolge,bolge,B,\nselect_one ja,samtykke_svar,S,\ntext,panelkode,P,\n\
    select_one kommune,kommune_oppvekst,K,\nselect_one bosted,kommune_na,N,3\nselect_one enig,int_kunne,I,\nend,end,E,\n";
const SCHEMA: &str = r#"{"fields":[{"name":"kommunenr","type":"string"},{"name":"year","type":"integer"},
    {"name":"age","type":"integer"},{"name":"total","type":"integer"}]}"#;

const FOREIGN: &str = "[[foreign]]\nfile = \"udir.csv\"\npublisher = \"Udir\"\ndate = \"2025-06-01\"\nindicator = \"return_intent\"\n\
                       wave = \"w1\"\nmunicipality = \"kommune\"\nyear = \"aar\"\npercent = \"andel\"\nn = \"n\"\n";

/// A survey of one wave: batches of answers, each (year, municipality, how many said yes, how many no).
#[derive(Clone, Debug, Default)]
struct Survey {
    codes: Vec<&'static str>,
    years: Vec<u16>,
    batches: Vec<(u16, &'static str, u64, u64)>,
    disclosure: String,
    more: String,
    /// The code of the wave; empty: 1.
    wave: &'static str,
    /// By how many years the project file says that all of it was later. The dates in the answers stay.
    moved: u16,
    /// A second wave, with code 2: how many answers of the first one it has again, each with the same code and date.
    again: usize,
    /// What others said: batches, and how many of them said yes, at least and at most.
    foreign: Vec<(Vec<usize>, u64, u64)>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Survey {
    fn new(codes: &[&'static str], years: &[u16], disclosure: &str) -> Self {
        let disclosure = disclosure.into();
        Self { codes: codes.to_vec(), years: years.to_vec(), disclosure, ..Self::default() }
    }

    /// A table of others about one batch: a percentage with one decimal, which is the count.
    fn add_foreign(&mut self, batch: usize) {
        let (year, code, yes, no) = self.batches[batch];
        self.more = FOREIGN.into();
        let percent = (2000 * yes + yes + no) / (2 * (yes + no));
        let table = format!("kommune,aar,andel,n\n{code},{year},{}.{},{}\n", percent / 10, percent % 10, yes + no);
        self.files.insert("udir.csv".into(), table.into());
        self.foreign.push((vec![batch], yes, yes));
    }

    fn add(&mut self, year: u16, code: &'static str, yes: u64, no: u64) -> &mut Self {
        self.batches.push((year, code, yes, no));
        self
    }

    fn try_run(&self, today: Option<&str>, problems: &mut Problems) -> Option<Outcome> {
        let mut text = String::from("[region]\nid = \"r\"\nname = \"R\"\n");
        let mut choices = String::from("list_name,name,label,missing\nja,1,ja,\nkommune,9,annen,\nbosted,9,annen,\n");
        let wave = if self.wave.is_empty() { "1" } else { self.wave };
        choices += &format!("bolge,{wave},en,\nbolge,2,to,\n");
        let mut population = String::from("kommunenr,year,age,total\n");
        for code in &self.codes {
            text += &format!("[[municipality]]\ncode = \"{code}\"\nname = \"{code}\"\n");
            choices += &format!("kommune,{code},{code},\nbosted,{code},{code},\n");
            for year in self.years.iter().map(|year| year + self.moved) {
                population += &format!("{code},{year},15,500\n{code},{},15,500\n", year - 20);
            }
        }
        (1..=5).for_each(|code| choices += &format!("enig,{code},{code},\n"));
        text += "[questionnaire]\nsurvey = \"survey.csv\"\nchoices = \"choices.csv\"\n[roles]\n";
        text += &format!("[[wave]]\ncode = \"{wave}\"\nyears_after = 0\n");
        if self.again > 0 {
            text += "[[wave]]\ncode = \"2\"\nyears_after = 20\n";
        }
        let mut files = self.files.clone();
        for year in &self.years {
            let of = year + self.moved;
            text += &format!("[[answers]]\nyear = {of}\nfile = \"{year}.csv\"\ncloses = \"{of}-04-30\"\n");
            let mut rows = String::from("bolge,samtykke_svar,panelkode,kommune_oppvekst,kommune_na,int_kunne,end\n");
            for (batch, (of, code, yes, no)) in self.batches.iter().enumerate().filter(|(_, batch)| batch.0 == *year) {
                let late = self.batches[..batch].iter().filter(|other| (other.0, other.1) == (*of, *code)).count();
                for person in 0..yes + no {
                    let answer = if person < *yes { 5 } else { 1 };
                    rows += &format!("{wave},1,b{late}p{person},{code},,{answer},{of}-04-02\n");
                }
                for person in 0..(yes + no).min(self.again as u64) {
                    let answer = if person < *yes { 5 } else { 1 };
                    rows += &format!("2,1,b{late}p{person},{code},,{answer},{of}-04-02\n");
                }
            }
            files.insert(format!("{year}.csv"), rows.into_bytes());
        }
        text += "[register.population]\nfile = \"population.csv\"\nschema = \"schema.json\"\n[output]\nindicators = [\"return_intent\"]\n";
        text += &format!("[disclosure]\n{}\n[[source]]\ntext = \"S\"\n{}", self.disclosure, self.more);
        for (name, text) in [
            ("survey.csv", SURVEY),
            ("choices.csv", &choices),
            ("schema.json", SCHEMA),
            ("population.csv", &population),
        ] {
            files.insert(name.into(), text.into());
        }
        let project = Project::parse("project.toml", &text, problems)?;
        project.load(&files, problems)?.compute(today, problems)
    }

    /// Publishes: the ledger remembers.
    fn publish(&mut self) -> (Outcome, Problems) {
        let mut problems = Problems::new();
        let outcome = self.try_run(None, &mut problems).unwrap_or_else(|| panic!("{:#?}", problems.list()));
        if let Some(release) = &outcome.release {
            self.files.insert(release.name(), release.write());
        }
        (outcome, problems)
    }

    fn refused(&self) -> Vec<&'static str> {
        let mut problems = Problems::new();
        assert!(self.try_run(None, &mut problems).is_none());
        codes(&problems)
    }

    fn releases(&self) -> Vec<Release> {
        let ledger = self.files.iter().filter(|(name, _)| name.starts_with("releases/"));
        ledger.map(|(_, bytes)| serde_json::from_slice(bytes).unwrap()).collect()
    }
}

fn codes(problems: &Problems) -> Vec<&'static str> {
    problems.list().iter().map(|problem| problem.what.code()).collect()
}

fn bytes(outcome: &Outcome) -> Vec<u8> {
    jsonstat::write(&outcome.public[0])
}

/// Figures with their bands: `2025 5042 2/3`.
fn shown(outcome: &Outcome) -> Vec<String> {
    let cube = &outcome.public[0];
    let cells = cube.cells.iter().enumerate().filter(|(_, cell)| cell.status.code() != "absent");
    let name = |index: usize| {
        let at = cube.position(index);
        format!("{} {}", cube.dimensions[1].categories[at[1]].code, cube.dimensions[2].categories[at[2]].code)
    };
    let number = |value: Option<f64>| value.map_or("-".into(), |value| value.to_string());
    cells
        .map(|(index, cell)| match cell.status.code() {
            "band" => format!("{} {}/{}", name(index), number(cell.values[0]), number(cell.values[1])),
            status => format!("{} {status}", name(index)),
        })
        .collect()
}

/// Batches, and how many of them said yes, at least and at most.
type Fact = (Vec<usize>, u64, u64);

/// People who can be told apart, how many each group has, and what was said of sums of them.
#[derive(Clone)]
struct Attack {
    sizes: Vec<u64>,
    truth: Vec<u64>,
    facts: Vec<(Vec<usize>, u64, u64)>,
    /// How many of the facts, from the first one on, others have published.
    foreign: usize,
}

impl Attack {
    /// All releases of a survey whose batches only ever grew. The batches behind a figure are known by their number.
    fn new(survey: &Survey) -> Self {
        let mut facts: Vec<(Vec<usize>, u64, u64)> = survey.foreign.clone();
        for figure in survey.releases().iter().flat_map(|release| &release.figures).filter(|figure| figure.is_shown()) {
            let fact = Self::fact(survey, figure);
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
        let sizes = survey.batches.iter().map(|(.., yes, no)| yes + no).collect();
        let truth = survey.batches.iter().map(|batch| batch.2).collect();
        Self { sizes, truth, facts, foreign: survey.foreign.len() }
    }

    fn fact(survey: &Survey, figure: &Figure) -> (Vec<usize>, u64, u64) {
        let mut group = Vec::new();
        for atom in &figure.atoms {
            let mut left = atom.n;
            for (batch, (year, code, yes, no)) in survey.batches.iter().enumerate() {
                if (*year, *code) == (atom.year, atom.municipality.as_str()) && left > 0 {
                    left = left.checked_sub(yes + no).expect("whole batches");
                    group.push(batch);
                }
            }
            assert_eq!(left, 0);
        }
        group.sort_unstable();
        let (band, bands) = (figure.shown.band.unwrap(), figure.shown.bands.unwrap());
        // Anew, by trying: band of x of n.
        let fits = |x: &u64| (bands * x / figure.n + 1).min(bands) == band;
        let low = (0..=figure.n).find(fits).unwrap();
        let high = (0..=figure.n).rfind(fits).unwrap();
        (group, low, high)
    }

    /// Whether there is a table in which a group has a count that a test allows.
    fn is_possible(&self, group: &[usize], low: u64, high: u64) -> bool {
        let mut facts = self.facts.clone();
        facts.push((group.to_vec(), low, high));
        self.search(&facts, &mut Vec::new())
    }

    fn search(&self, facts: &[(Vec<usize>, u64, u64)], table: &mut Vec<u64>) -> bool {
        let fits = facts.iter().all(|(group, low, high)| {
            let (known, open): (Vec<usize>, Vec<usize>) = group.iter().partition(|batch| **batch < table.len());
            let sum: u64 = known.iter().map(|batch| table[*batch]).sum();
            sum <= *high && sum + open.iter().map(|batch| self.sizes[*batch]).sum::<u64>() >= *low
        });
        if !fits || table.len() == self.sizes.len() {
            return fits;
        }
        for count in 0..=self.sizes[table.len()] {
            table.push(count);
            let found = self.search(facts, table);
            table.pop();
            if found {
                return true;
            }
        }
        false
    }

    /// The batches, the published groups, and every difference of two of which one lies in the other.
    fn groups(&self) -> BTreeSet<Vec<usize>> {
        let mut groups: BTreeSet<Vec<usize>> = (0..self.sizes.len()).map(|batch| vec![batch]).collect();
        for (whole, ..) in &self.facts {
            groups.insert(whole.clone());
            for (part, ..) in self.facts.iter().filter(|(part, ..)| part.iter().all(|batch| whole.contains(batch))) {
                groups.insert(whole.iter().filter(|batch| !part.contains(batch)).copied().collect());
            }
        }
        groups.remove(&Vec::new());
        groups
    }

    /// What of a group is given away.
    fn given_away(&self, group: &[usize]) -> Vec<&'static str> {
        let n: u64 = group.iter().map(|batch| self.sizes[*batch]).sum();
        let x: u64 = group.iter().map(|batch| self.truth[*batch]).sum();
        let mut found = Vec::new();
        if n == 0 {
            return found;
        }
        let is_open = (x > 0 && self.is_possible(group, 0, x - 1)) || self.is_possible(group, x + 1, n);
        if !is_open {
            found.push("exact");
        }
        if n >= 3 && !self.is_possible(group, 2, n) {
            found.push("at most one yes");
        }
        if n >= 3 && !self.is_possible(group, 0, n - 2) {
            found.push("at most one no");
        }
        let without = |whole: &[usize], part: &[usize]| -> Vec<usize> {
            whole.iter().copied().filter(|batch| !part.contains(batch)).collect()
        };
        let is_difference = self.facts.iter().any(|(whole, ..)| {
            let mut parts = self.facts.iter().filter(|(part, ..)| part.iter().all(|batch| whole.contains(batch)));
            whole == group || parts.any(|(part, ..)| without(whole, part) == group)
        });
        if n < 10 && is_difference {
            found.push("few by subtraction");
        }
        found
    }

    /// Nothing exact, no group of three or more nearly all alike, and no fewer than ten by subtraction, unless others alone
    /// have given it away.
    fn fails(&self) {
        for (group, low, high) in &self.facts {
            let sum: u64 = group.iter().map(|batch| self.truth[*batch]).sum();
            assert!((*low..=*high).contains(&sum), "what is published is true");
        }
        let others = Self { facts: self.facts[..self.foreign].to_vec(), ..self.clone() };
        for group in self.groups() {
            let before = others.given_away(&group);
            let found: Vec<_> = self.given_away(&group).into_iter().filter(|found| !before.contains(found)).collect();
            assert!(found.is_empty(), "{group:?} of {:?}: {found:?} from {:?}", self.sizes, self.facts);
        }
    }
}

#[test]
fn the_same_input_again_is_no_new_release() {
    let mut survey = Survey::new(&["A1", "B1"], &[2024, 2025], "level = \"municipality\"");
    survey.add(2024, "A1", 6, 9).add(2024, "B1", 4, 16).add(2025, "A1", 9, 3).add(2025, "B1", 2, 5);
    let (first, problems) = survey.publish();
    assert_eq!(codes(&problems), [""; 0]);
    assert_eq!(shown(&first), ["2024 A1 2/3", "2024 B1 2/5", "2025 A1 3/3", "2025 B1 :"]);
    let (second, problems) = survey.publish();
    assert!(second.release.is_none() && bytes(&first) == bytes(&second) && problems.list().is_empty());
    assert_eq!(first.release, survey.clone().releases().pop());
}

/// T15: with one answer more, everybody would know what it was.
#[test]
fn a_late_answer_changes_nothing_that_is_shown() {
    let mut survey = Survey::new(&["A1"], &[2025], "");
    let (first, _) = survey.add(2025, "A1", 6, 9).publish();
    let (second, problems) = survey.add(2025, "A1", 1, 0).publish();
    assert_eq!((codes(&problems), bytes(&second) == bytes(&first)), (vec!["stands-as-published"], true));
    assert_eq!(
        problems.list()[0].what.message(Lang::En),
        "w1 2025 r stands as published on 2025-04-30: 15 answers then, 16 now"
    );
    assert!(second.release.is_none());
    // In a later edition the page says that it stands.
    let mut problems = Problems::new();
    let later = survey.try_run(Some("2025-09-01"), &mut problems).unwrap();
    assert_eq!(shown(&later), shown(&first));
    assert!(later.public[0].about.protection.en.contains("stand as published on 2025-04-30"));
}

/// A changed or withdrawn answer: the group is another one, and as large or smaller.
#[test]
fn a_changed_answer_changes_nothing_either() {
    let mut survey = Survey::new(&["A1"], &[2025], "");
    let (first, _) = survey.add(2025, "A1", 4, 8).publish();
    for (yes, no) in [(3, 9), (5, 7), (3, 8), (12, 0)] {
        survey.batches[0] = (2025, "A1", yes, no);
        let (second, problems) = survey.publish();
        // 5 of 12 is the same third as 4 of 12: the figure is right as it stands.
        let said = if (yes, no) == (5, 7) { vec![] } else { vec!["stands-as-published"] };
        assert_eq!((codes(&problems), bytes(&second) == bytes(&first)), (said, true));
    }
    // Too few left: nothing is shown, and nothing is said by that.
    survey.batches[0] = (2025, "A1", 4, 5);
    assert_eq!(shown(&survey.publish().0), ["2025 r :"]);
}

#[test]
fn ten_late_answers_are_shown_where_nothing_follows_from_it() {
    let mut survey = Survey::new(&["A1"], &[2025], "");
    let (first, _) = survey.add(2025, "A1", 15, 15).publish();
    // 12 to 17 of 30.
    assert_eq!(shown(&first), ["2025 r 3/5"]);
    // Twelve more are 42, of whom 9 to 16 would be the second fifth: 4 of the twelve at most. So whatever they said, it stands.
    for yes in 0..=12 {
        let mut more = survey.clone();
        let (second, problems) = more.add(2025, "A1", yes, 12 - yes).publish();
        assert_eq!((bytes(&second) == bytes(&first), codes(&problems)), (true, vec!["stands-as-published"]), "{yes}");
        assert!(second.release.is_none());
    }
    // Fifteen more are 45: fifths from 9, 18, 27 and 36. None of them comes nearer than 0 to 5 or 10 to 15 of the fifteen.
    for yes in 0..=15 {
        let mut more = survey.clone();
        let (second, problems) = more.add(2025, "A1", yes, 15 - yes).publish();
        let fifth = (15 + yes) / 9 + 1;
        assert_eq!((shown(&second), codes(&problems)), (vec![format!("2025 r {fifth}/5")], vec![]), "{yes}");
        assert_eq!(second.release.as_ref().map(|release| release.figures[0].n), Some(45));
        Attack::new(&more).fails();
    }
}

/// The survey with other counts of yes, published in some ways one after the other, each with so many of its batches: what
/// was shown each time, and what is known by that of the batches.
fn published(survey: &Survey, counts: &[u64], ways: &[(&str, usize)]) -> (Vec<Vec<String>>, Vec<Fact>) {
    let mut survey = survey.clone();
    let with = |((year, code, yes, no), x): (&(u16, &'static str, u64, u64), &u64)| (*year, *code, *x, yes + no - x);
    let all: Vec<_> = survey.batches.iter().zip(counts).map(with).collect();
    let mut seen = Vec::new();
    for (way, batches) in ways {
        survey.disclosure = (*way).into();
        survey.batches = all[..*batches].to_vec();
        let mut problems = Problems::new();
        seen.push(match survey.try_run(None, &mut problems) {
            Some(outcome) => {
                outcome.release.iter().for_each(|release| drop(survey.files.insert(release.name(), release.write())));
                [shown(&outcome), vec![outcome.public[0].about.protection.en.clone()]].concat()
            }
            None => codes(&problems).into_iter().map(String::from).collect(),
        });
    }
    survey.batches = all;
    (seen, Attack::new(&survey).facts)
}

/// What is not shown tells nothing: every table that the numbers of answers and the shown bands allow gives the same
/// releases. `every`: of those tables one in so many is tried.
fn tells_nothing(survey: &Survey, counts: &[u64], ways: &[(&str, usize)], every: usize) {
    let (expected, facts) = published(survey, counts, ways);
    let sizes: Vec<u64> = survey.batches.iter().map(|(.., yes, no)| yes + no).collect();
    let mut table = vec![0; counts.len()];
    let mut at = 0;
    loop {
        let sum = |group: &[usize]| group.iter().map(|batch| table[*batch]).sum::<u64>();
        if facts.iter().all(|(group, low, high)| (*low..=*high).contains(&sum(group))) {
            at += 1;
            if at % every == 0 {
                assert_eq!(published(survey, &table, ways).0, expected, "{table:?} and {counts:?} of {sizes:?}");
            }
        }
        let Some(next) = (0..table.len()).find(|batch| table[*batch] < sizes[*batch]) else { break };
        table[next] += 1;
        table[..next].fill(0);
    }
    assert!(at > 0);
}

/// Late answers, and another level: of all tables that look the same, one in seven.
#[test]
fn what_is_not_shown_tells_nothing() {
    let (region, places) = ("level = \"region\"", "level = \"municipality\"");
    let mut late = Survey::new(&["A1"], &[2025], "");
    late.add(2025, "A1", 20, 0).add(2025, "A1", 11, 0);
    for counts in [[0, 0], [4, 11], [5, 5], [10, 0], [10, 10], [12, 3], [16, 11], [20, 11]] {
        tells_nothing(&late, &counts, &[(region, 1), (region, 2)], 7);
    }
    let mut parts = Survey::new(&["A1", "B1"], &[2025], "");
    parts.add(2025, "A1", 13, 0).add(2025, "B1", 14, 0);
    for counts in [[0, 0], [6, 7], [5, 0], [2, 13], [13, 14], [8, 3], [13, 0]] {
        tells_nothing(&parts, &counts, &[(region, 2), (places, 2)], 7);
    }
    let mut three = Survey::new(&["A1", "B1", "C1"], &[2025], "");
    three.add(2025, "A1", 10, 0).add(2025, "B1", 11, 0).add(2025, "C1", 12, 0);
    for counts in [[0, 1, 2], [5, 5, 5], [3, 9, 6], [10, 10, 1]] {
        tells_nothing(&three, &counts, &[(region, 3), (places, 3)], 97);
    }
}

/// A wave that is called something else is the same people: with a late answer among them it would be exact.
#[test]
fn another_name_is_no_new_beginning() {
    let mut survey = Survey::new(&["A1", "B1"], &[2025], "");
    survey.add(2025, "A1", 6, 9).add(2025, "B1", 3, 5).publish();
    assert_eq!(survey.releases()[0].figures[0].atoms[0].people.len(), 15);
    let renamed = |change: &dyn Fn(&mut Survey)| {
        let mut again = survey.clone();
        again.add(2025, "A1", 1, 0);
        change(&mut again);
        let mut problems = Problems::new();
        assert!(again.try_run(None, &mut problems).is_none());
        assert_eq!(codes(&problems), ["same-people"]);
        problems.list()[0].what.message(Lang::En)
    };
    // Both municipalities have the codes p0 to p7 on the same day: 15 tokens.
    assert_eq!(
        renamed(&|survey| survey.wave = "7"),
        "15 of 15 people behind w1 2025 r, published on 2025-04-30, are now under w7 2025: shown there too, the two figures \
         together give away who was added"
    );
    assert!(renamed(&|survey| survey.moved = 1).contains("are now under w1 2026"));
    // With other dates in the answers too: in one wave nobody is asked twice.
    let other_dates = |survey: &mut Survey| {
        survey.years = vec![2026];
        survey.batches.iter_mut().for_each(|batch| batch.0 = 2026);
    };
    assert!(renamed(&other_dates).contains("are now under w1 2026"));
    // Other people under the name of A1's.
    let mut swapped = survey.clone();
    swapped.disclosure = "level = \"municipality\"".into();
    swapped.files.retain(|name, _| !name.starts_with("releases/"));
    swapped.batches = vec![(2025, "A1", 6, 9)];
    swapped.publish();
    swapped.batches = vec![(2025, "B1", 6, 9)];
    assert_eq!(swapped.refused(), ["same-people"]);
}

/// The same codes year after year, and in two waves of one year with the same answers on the same day.
#[test]
fn panels_are_no_other_name() {
    let mut survey = Survey::new(&["A1"], &[2024], "");
    survey.add(2024, "A1", 6, 9).publish();
    survey.years.push(2025);
    survey.add(2025, "A1", 6, 9).publish();
    survey.again = 15;
    let (outcome, problems) = survey.publish();
    assert_eq!(codes(&problems), [""; 0]);
    assert_eq!(outcome.release.unwrap().figures.iter().filter(|figure| figure.wave == "w2").count(), 2);
    assert!(survey.publish().0.release.is_none());
}

/// T13, T17: first the region, then its municipalities.
#[test]
fn one_page_after_the_other() {
    let mut survey = Survey::new(&["A1", "B1", "C1"], &[2024, 2025], "level = \"region\"");
    for (year, code, yes, no) in [
        (2024, "A1", 6, 6),
        (2024, "B1", 9, 4),
        (2024, "C1", 2, 4),
        (2025, "A1", 5, 8),
        (2025, "B1", 3, 9),
        (2025, "C1", 7, 5),
    ] {
        survey.add(year, code, yes, no);
    }
    let (first, _) = survey.publish();
    assert_eq!(shown(&first), ["2024 r 3/5", "2025 r 3/5"]);
    survey.disclosure = "level = \"municipality\"\nwindows = [1, 2]".into();
    let (second, problems) = survey.publish();
    // C1 has too few in 2024, so its years are pooled, and A1 is hidden, since C1 in 2024 is otherwise what is left. Of the
    // three in 2025 two may be shown: with the third, some bands would give the others away.
    let expected = ["2024 A1 :", "2024 B1 3/3", "2024-2025 C1 2/3", "2025 A1 2/3", "2025 B1 :"].map(String::from);
    assert_eq!((shown(&second), codes(&problems)), (expected.to_vec(), vec!["hidden-by-audit"; 2]));
    Attack::new(&survey).fails();
    let again = survey.publish();
    assert!(again.0.release.is_none() && bytes(&again.0) == bytes(&second));
}

/// T16: two years at a time, then every year.
#[test]
fn windows_never_overlap_what_was_published() {
    let mut survey = Survey::new(&["A1"], &[2022, 2023], "windows = [2]");
    survey.add(2022, "A1", 12, 14).add(2023, "A1", 11, 13);
    assert_eq!(shown(&survey.publish().0), ["2022-2023 r 3/5"]);
    survey.disclosure = "windows = [1, 2]".into();
    let (second, problems) = survey.publish();
    assert_eq!((shown(&second), codes(&problems)), (vec!["2022-2023 r 3/5".into()], vec![]));
    survey.years.push(2024);
    survey.add(2024, "A1", 3, 30);
    assert_eq!(shown(&survey.publish().0), ["2022-2023 r 3/5", "2024 r 1/5"]);
    Attack::new(&survey).fails();
}

/// Two of three municipalities of a region that is out: the third has 6 answers.
#[test]
fn a_small_rest_is_not_left_over() {
    let mut survey = Survey::new(&["A1", "B1", "C1"], &[2025], "level = \"region\"");
    survey.add(2025, "A1", 6, 6).add(2025, "B1", 9, 5).add(2025, "C1", 2, 4).publish();
    survey.disclosure = "level = \"municipality\"".into();
    let (second, problems) = survey.publish();
    assert_eq!(shown(&second), ["2025 A1 :", "2025 B1 2/3", "2025 C1 :"]);
    assert_eq!(codes(&problems), ["hidden-by-audit"]);
    let message = problems.list()[0].what.message(Lang::En);
    assert!(
        message.contains("w1 2025 A1") && message.contains("fewer than 10") && message.contains("(n = 6)"),
        "{message}"
    );
    // It stays hidden.
    let (third, problems) = survey.publish();
    assert!(third.release.is_none() && bytes(&third) == bytes(&second) && problems.list().is_empty());
    // Where the two may be pooled, they are.
    let mut survey = survey.clone();
    survey.files.retain(|name, _| name.starts_with("releases/0001"));
    survey.disclosure += "\npool = [[\"A1\", \"C1\"]]";
    let (pooled, problems) = survey.publish();
    assert_eq!((shown(&pooled), codes(&problems)), (vec!["2025 A1+C1 2/3".into(), "2025 B1 2/3".into()], vec![]));
    Attack::new(&survey).fails();
}

/// T14: somebody else shows B1, and with the region A1 follows.
#[test]
fn a_table_of_others() {
    let mut survey = Survey::new(&["A1", "B1"], &[2025], "level = \"region\"");
    survey.add(2025, "A1", 3, 4).add(2025, "B1", 5, 8);
    assert_eq!(shown(&survey.clone().publish().0), ["2025 r 3/5"]);
    survey.more = "[[foreign]]\nfile = \"udir.csv\"\npublisher = \"Udir\"\ndate = \"2025-06-01\"\nindicator = \"return_intent\"\n\
                   wave = \"w1\"\nmunicipality = \"kommune\"\nyear = \"aar\"\npercent = \"andel\"\n"
        .into();
    survey.files.insert("udir.csv".into(), "kommune,aar,andel\nB1,2025,38\nA1,2025,:\n".into());
    assert_eq!(survey.refused(), ["nothing-left"]);
    let mut problems = Problems::new();
    let _ = survey.try_run(None, &mut problems);
    let what = &problems.list()[0].what;
    assert_eq!(
        what.message(Lang::En),
        "nothing of w1 can be published beside what is out already (fewer than 10 people can be told apart by subtraction). \
         In the way: w1 2025 r"
    );
    assert!(what.help(Lang::En).unwrap().contains("wider windows"), "{:?}", what.help(Lang::En));
    // With a second year there is a coarser cut.
    survey.years.push(2026);
    survey.add(2026, "A1", 9, 9).add(2026, "B1", 6, 6);
    survey.disclosure += "\nwindows = [1, 2]";
    // 23 of 50: in fifths the first one, 0 to 9, would leave 0 to 4 beside B1's 5. In thirds it is 0 to 11 at least.
    let (coarser, problems) = survey.publish();
    assert_eq!((shown(&coarser), codes(&problems)), (vec!["2025-2026 r 2/3".into()], vec![]));
    assert!(coarser.public[0].about.protection.en.ends_with("something that was published before."));
    let again = survey.publish().0;
    assert!(again.release.is_none() && bytes(&again) == bytes(&coarser));
    // What others give away alone is none of ours, but said.
    survey.files.insert("udir.csv".into(), "kommune,aar,andel\nB1,2025,0\n".into());
    let mut problems = Problems::new();
    assert!(survey.try_run(None, &mut problems).is_some());
    assert_eq!(codes(&problems), [""; 0], "it says so itself");
    // Nothing in it is about this region, or it writes its codes in another way.
    survey.files.insert("udir.csv".into(), "kommune,aar,andel\nBygd,2025,38\n".into());
    assert_eq!(survey.refused(), ["foreign-of-nothing-here"]);
    // It cannot be about the same answers.
    survey.files.insert("udir.csv".into(), "kommune,aar,andel\nB1,2025,38\nr,2025,5\n".into());
    assert_eq!(survey.refused(), ["foreign-contradicts"]);
    let mut problems = Problems::new();
    let _ = survey.try_run(None, &mut problems);
    assert_eq!((problems.list()[0].file.as_str(), problems.list()[0].line), ("udir.csv", Some(3)));
}

/// A1 and B1 became C1; D1 was there all the time.
#[test]
fn a_change_of_boundaries() {
    let mut survey = Survey::new(&["A1", "B1", "D1"], &[2025], "level = \"municipality\"");
    survey.add(2025, "A1", 6, 6).add(2025, "B1", 2, 4).add(2025, "D1", 5, 9).publish();
    assert_eq!(survey.releases()[0].figures.iter().filter(|figure| figure.is_shown()).count(), 2);
    let mut after = Survey { files: survey.files.clone(), ..Survey::new(&["C1", "D1"], &[2025], &survey.disclosure) };
    after.add(2025, "C1", 8, 10).add(2025, "D1", 5, 9);
    assert_eq!(after.refused(), ["municipality-of-earlier-release"]);
    let mut problems = Problems::new();
    let _ = after.try_run(None, &mut problems);
    let help = problems.list()[0].what.help(Lang::En).unwrap();
    assert!(help.starts_with("add [[boundaries]] with old = [\"A1\"]"), "{help}");
    after.more = "[[boundaries]]\nold = [\"A1\", \"B1\"]\nnew = [\"C1\"]\nyear = 2026\n".into();
    // C1 without A1 is B1, with 6 answers.
    let (outcome, problems) = after.publish();
    assert_eq!(
        (shown(&outcome), codes(&problems)),
        (vec!["2025 C1 :".into(), "2025 D1 2/3".into()], vec!["hidden-by-audit"])
    );
    // With 18 in B1 it can be shown, in thirds: 0 to 5 of 30, the first fifth, would leave 0 or 1 beside A1's 4 to 7.
    after.batches[0] = (2025, "C1", 12, 18);
    after.files.retain(|name, _| name.starts_with("releases/0001"));
    assert_eq!(shown(&after.publish().0)[0], "2025 C1 2/3");
    // Fewer answers than were published of a part.
    after.batches[0] = (2025, "C1", 5, 6);
    assert_eq!(after.refused(), ["boundary-misfit"]);
    after.more = "[[boundaries]]\nold = [\"A1\", \"B1\"]\nnew = [\"C1\", \"D1\"]\nyear = 2026\n".into();
    assert_eq!(after.refused(), ["boundary-many-to-many"]);
    // What it became is no municipality here, unless that became another one.
    after.more = "[[boundaries]]\nold = [\"A1\", \"B1\"]\nnew = [\"E1\"]\nyear = 2026\n".into();
    assert_eq!(after.refused(), ["unknown-word"]);
    after.more += "[[boundaries]]\nold = [\"E1\"]\nnew = [\"C1\"]\nyear = 2027\n";
    after.batches[0] = (2025, "C1", 12, 18);
    assert_eq!(shown(&after.publish().0)[0], "2025 C1 2/3");
}

/// Thresholds and names at their edges.
#[test]
fn edges_of_the_project_file() {
    let mut survey = Survey::new(&["A1"], &[2025], "thirds_from = 1000");
    let (outcome, _) = survey.add(2025, "A1", 20, 20).publish();
    let words = "Fewer than 1000 answers are not shown. 1000 answers or more as one fifth of the scale.";
    assert_eq!(shown(&outcome), ["2025 r :"]);
    assert!(outcome.public[0].about.protection.en.starts_with(words), "{}", outcome.public[0].about.protection.en);
    // A figure of the region would be that of the municipality.
    assert_eq!(Survey::new(&["r"], &[2025], "").refused()[0], "id-of-municipality");
}

/// With and without "don't know" together pin the count.
#[test]
fn one_base_is_public() {
    let mut survey = Survey::new(&["A1"], &[2025], "");
    survey.add(2025, "A1", 6, 9).publish();
    survey.disclosure = "dont_know = \"inside\"".into();
    assert_eq!(survey.refused(), ["other-base-published"]);
}

#[test]
fn a_ledger_that_was_tampered_with() {
    let mut survey = Survey::new(&["A1"], &[2024, 2025], "");
    survey.add(2024, "A1", 6, 9).publish();
    survey.add(2025, "A1", 8, 9).publish();
    let names: Vec<String> = survey.files.keys().filter(|name| name.starts_with("releases/")).cloned().collect();
    assert_eq!(names, ["releases/0001-2025-04-30.json", "releases/0002-2025-04-30.json"]);
    type Files = BTreeMap<String, Vec<u8>>;
    let refused = |change: &dyn Fn(&mut Files)| {
        let mut survey = survey.clone();
        change(&mut survey.files);
        survey.refused()
    };
    let edit = |name: &str, from: &str, to: &str| {
        refused(&|files| {
            let text = String::from_utf8(files[name].clone()).unwrap();
            assert!(text.contains(from), "{text}");
            files.insert(name.into(), text.replacen(from, to, 1).into_bytes());
        })
    };
    assert_eq!(edit(&names[0], "\"n\": 15", "\"n\": 35"), ["ledger-changed", "ledger-contradicts"]);
    assert_eq!(edit(&names[1], "\"project\": \"r\"", "\"project\": \"q\""), ["ledger-changed"]);
    assert_eq!(edit(&names[1], "\"version\": 1", "\"version\": 2"), ["ledger-version"]);
    assert_eq!(edit(&names[1], "\"number\"", "\"nummer\""), ["not-a-ledger"]);
    assert_eq!(edit(&names[1], "{", ""), ["not-a-ledger"]);
    assert_eq!(refused(&|files| drop(files.remove(&names[0]))), ["ledger-gap"]);
    let renamed = |files: &mut Files| {
        let bytes = files.remove(&names[1]).unwrap();
        files.insert("releases/0002-2025-05-01.json".into(), bytes);
    };
    assert_eq!(refused(&renamed), ["ledger-name"]);
    let twice = |files: &mut Files| {
        let bytes = files[&names[1]].clone();
        files.insert("releases/0003-2025-04-30.json".into(), bytes);
    };
    assert!(refused(&twice).contains(&"ledger-gap"));
    // The last one taken away leaves no trace: the two that are left are a ledger.
    let mut cut_off = survey.clone();
    cut_off.files.remove(&names[1]);
    assert_eq!(shown(&cut_off.publish().0).len(), 2);
}

#[test]
fn the_ledger_has_the_keys_of_its_schema() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../docs/schema/release.json")).unwrap();
    let mut survey = Survey::new(&["A1"], &[2024, 2025], "larger_units = [\"r\"]");
    survey.add(2024, "A1", 12, 30).add(2025, "A1", 4, 9).publish();
    let (name, bytes) = survey.files.iter().find(|(name, _)| name.starts_with("releases/")).unwrap();
    assert_eq!(name, "releases/0001-2025-04-30.json");
    let file: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    let keys = |value: &serde_json::Value| -> BTreeSet<String> { value.as_object().unwrap().keys().cloned().collect() };
    let figure = &schema["properties"]["figures"]["items"];
    let pairs = [
        (&file, &schema),
        (&file["figures"][0], figure),
        (&file["figures"][0]["atoms"][0], &figure["properties"]["atoms"]["items"]),
    ];
    for (value, schema) in pairs {
        assert_eq!(keys(value), keys(&schema["properties"]));
    }
    let shown = &figure["properties"]["shown"]["properties"];
    assert!(keys(&file["figures"][0]["shown"]).is_subset(&keys(shown)));
    // 12 of 42 in whole percent: the count itself.
    assert_eq!((&file["figures"][0]["shown"]["share"], &file["figures"][0]["at_least"]), (&29.into(), &12.into()));
    assert_eq!((&file["figures"][1]["shown"]["status"], &file["figures"][1]["at_most"]), (&"band".into(), &4.into()));
}

/// An edition cannot be dated before what is remembered.
#[test]
fn time_does_not_run_backwards() {
    let mut survey = Survey::new(&["A1"], &[2024], "");
    let outcome = survey.add(2024, "A1", 6, 9).try_run(Some("2025-06-01"), &mut Problems::new()).unwrap();
    let release = outcome.release.unwrap();
    survey.files.insert(release.name(), release.write());
    survey.years.push(2025);
    survey.add(2025, "A1", 8, 9);
    assert_eq!(survey.refused(), ["before-last-release"]);
}

fn counts() -> impl Strategy<Value = (u64, u64)> {
    (0..=9u64, 0..=8u64)
}

/// Each is several runs of a project: few, unless asked for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(16)
}

const WAYS: [&str; 5] = [
    "level = \"region\"",
    "level = \"municipality\"",
    "level = \"municipality\"\nwindows = [1, 2]\npool = [[\"B1\", \"C1\"]]",
    "level = \"region\"\nwindows = [2]",
    "level = \"municipality\"\nwindows = [2]",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: cases().div_ceil(4), failure_persistence: None, ..ProptestConfig::default() })]

    /// Some other counts that the numbers of answers and all that was shown allow: the same releases.
    #[test]
    fn other_counts_that_fit_give_the_same_releases(
        first in prop::collection::vec((0..=15u64, 0..=15u64), 6),
        late in prop::collection::vec((0..6usize, 8..=15u64, 0..=9u64), 0..3),
        ways in prop::collection::vec(0..5usize, 3),
        others in prop::option::of(0..6usize),
        steps in prop::collection::vec((0..8usize, 0..=24u64), 60),
    ) {
        let places = [(2024, "A1"), (2024, "B1"), (2024, "C1"), (2025, "A1"), (2025, "B1"), (2025, "C1")];
        let mut survey = Survey::new(&["A1", "B1", "C1"], &[2024, 2025], "");
        for ((year, code), (yes, no)) in places.iter().zip(&first) {
            survey.add(*year, code, *yes, *no);
        }
        let others = others.filter(|place| first[*place] != (0, 0));
        if let Some(place) = others {
            survey.add_foreign(place);
        }
        let mut batches = vec![6];
        for (place, yes, no) in &late {
            survey.add(places[*place].0, places[*place].1, *yes, *no);
            batches.push(survey.batches.len());
        }
        let ways: Vec<(&str, usize)> =
            ways.iter().enumerate().map(|(turn, way)| (WAYS[*way], batches[turn.min(batches.len() - 1)])).collect();
        let truth: Vec<u64> = survey.batches.iter().map(|batch| batch.2).collect();
        let (expected, facts) = published(&survey, &truth, &ways);
        let mut table = truth;
        for (step, (batch, count)) in steps.into_iter().enumerate() {
            let batch = batch % table.len();
            let (was, n) = (table[batch], survey.batches[batch].2 + survey.batches[batch].3);
            table[batch] = count.min(n);
            let sum = |group: &[usize]| group.iter().map(|batch| table[*batch]).sum::<u64>();
            if !facts.iter().all(|(group, low, high)| (*low..=*high).contains(&sum(group))) {
                table[batch] = was;
            }
            if step % 30 == 29 {
                prop_assert_eq!(&published(&survey, &table, &ways).0, &expected, "{:?}", &table);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// Random small surveys, late answers, a table of others, another level or other windows each time.
    #[test]
    fn releases_after_each_other_give_nothing_away(
        first in prop::collection::vec(counts(), 6),
        late in prop::collection::vec((0..6usize, 0..=6u64, 0..=6u64), 0..3),
        others in prop::option::of(0..6usize),
        ways in prop::collection::vec(0..5usize, 3),
    ) {
        let places = [(2024, "A1"), (2024, "B1"), (2024, "C1"), (2025, "A1"), (2025, "B1"), (2025, "C1")];
        let mut survey = Survey::new(&["A1", "B1", "C1"], &[2024, 2025], WAYS[ways[0]]);
        for ((year, code), (yes, no)) in places.iter().zip(&first) {
            survey.add(*year, code, *yes, *no);
        }
        // Others publish before the first release.
        let others = others.filter(|place| first[*place] != (0, 0));
        let mut late = late.into_iter();
        for (turn, way) in ways.iter().enumerate() {
            survey.disclosure = WAYS[*way].into();
            if let Some(place) = others.filter(|_| turn == 0) {
                survey.add_foreign(place);
            }
            let mut problems = Problems::new();
            if let Some(outcome) = survey.try_run(None, &mut problems) {
                if let Some(release) = outcome.release.clone() {
                    survey.files.insert(release.name(), release.write());
                }
                let again = survey.try_run(None, &mut Problems::new()).unwrap();
                prop_assert_eq!(shown(&again), shown(&outcome));
                prop_assert!(again.release.is_none() && bytes(&again) == bytes(&outcome));
            } else {
                prop_assert!(codes(&problems).contains(&"nothing-left"), "{:?}", codes(&problems));
            }
            if turn < 2 && let Some((place, yes, no)) = late.next() {
                survey.add(places[place].0, places[place].1, yes, no);
            }
        }
        Attack::new(&survey).fails();
    }
}
