//! A new project from nothing: the template, with a region's own name, municipalities and calendar.
//!
//! The questionnaire is the example region's battery in three languages; its name and municipalities are replaced
//! everywhere, in the questions too. What is wrong is found by reading the finished project as any other.

use super::Project;
use super::amend::header;
use crate::problem::{Explain, Privacy, Problem, Problems};
use crate::questionnaire::Sheet;
use crate::read::Codebook;
use crate::text::Lang;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Where what is given for a new project ends up, for messages.
const PROJECT: &str = "project.toml";
/// The region of the template.
const EXAMPLE: &str = "Indre Namdal";
/// The lists of municipalities in the battery: where people grew up, where they live.
const LISTS: [&str; 2] = ["kommune", "bosted"];
const SURVEY: &str = "questionnaire/survey.csv";
const CHOICES: &str = "questionnaire/choices.csv";
const SETTINGS: &str = "questionnaire/settings.csv";
/// The register of the population.
pub const POPULATION: &str = "register/population.csv";

const TEMPLATE: &str = include_str!("template/project.toml");
const README: &str = include_str!("template/README.md");
const BATTERY: [(&str, &str); 3] = [
    (SURVEY, include_str!("../../../examples/indre-namdal/questionnaire/survey.csv")),
    (CHOICES, include_str!("../../../examples/indre-namdal/questionnaire/choices.csv")),
    (SETTINGS, include_str!("../../../examples/indre-namdal/questionnaire/settings.csv")),
];
const SCHEMA: (&str, &str) =
    ("register/population.schema.json", include_str!("../../../examples/indre-namdal/register/population.schema.json"));

/// What a region says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// Its name.
    pub name: String,
    /// Code of four digits and name of each municipality, in the order in which they are shown.
    pub municipalities: Vec<(String, String)>,
    /// Code of each wave of the battery and the years since the cohort left 10th grade.
    pub waves: Vec<(String, u16)>,
    /// The year of the first round.
    pub year: u16,
    /// Its last day.
    pub closes: String,
    /// The day of every year on which forms open, as `MM-DD`, and those of reminders; the last day is that of `closes`. Without
    /// it the template's comment stands.
    pub fieldwork: Option<(String, Vec<String>)>,
    /// The register of the population as CSV; without it a header.
    pub population: Option<Vec<u8>>,
}

/// Why a project cannot be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewProblem {
    /// There is no name, or none that gives an id.
    NoName,
    /// No municipality at all.
    NoMunicipality,
    /// A line without a code of four digits and a name after it.
    Municipality,
    /// One code on two lines.
    Twice,
}

impl Explain for NewProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NoName => "new-name",
            Self::NoMunicipality => "new-no-municipality",
            Self::Municipality => "new-municipality",
            Self::Twice => "new-twice",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let words = match self {
            Self::NoName => ("regionen mangler navn", "regionen manglar namn", "the region has no name"),
            Self::NoMunicipality => {
                ("regionen har ingen kommuner", "regionen har ingen kommunar", "the region has no municipalities")
            }
            Self::Municipality => ("linja er ikke en kommune", "linja er ikkje ein kommune", "not a municipality"),
            Self::Twice => {
                ("kommunenummeret står to ganger", "kommunenummeret står to gonger", "the code stands twice")
            }
        };
        lang.pick(words.0, words.1, words.2).into()
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::NoName => (
                "et navn med minst én bokstav fra a til å",
                "eit namn med minst éin bokstav frå a til å",
                "a name with at least one letter",
            ),
            Self::NoMunicipality | Self::Municipality => (
                "kommunenummer med fire siffer og navn, som 5042 Lierne",
                "kommunenummer med fire siffer og namn, som 5042 Lierne",
                "a code of four digits and a name, such as 5042 Lierne",
            ),
            Self::Twice => return None,
        };
        Some(lang.pick(words.0, words.1, words.2).into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::NoName => ("skriv navnet på regionen", "skriv namnet på regionen", "write the region's name"),
            Self::NoMunicipality | Self::Municipality => (
                "skriv én kommune på hver linje",
                "skriv éin kommune på kvar linje",
                "write one municipality on each line",
            ),
            Self::Twice => ("ta bort den ene linja", "ta bort den eine linja", "remove one of the lines"),
        };
        Some(lang.pick(words.0, words.1, words.2).into())
    }
}

impl New {
    /// The template's own region, as an example to change.
    #[must_use]
    pub fn example() -> Self {
        let municipality = |code: &str, name: &str| (code.to_owned(), name.to_owned());
        Self {
            name: EXAMPLE.into(),
            municipalities: vec![
                municipality("5042", "Lierne"),
                municipality("5043", "Raarvihke – Røyrvik"),
                municipality("5044", "Namsskogan"),
                municipality("5045", "Grong"),
            ],
            waves: Self::battery_waves(),
            year: 2026,
            closes: "2026-04-30".into(),
            fieldwork: None,
            population: Some(include_bytes!("../../../examples/indre-namdal/register/population.csv").to_vec()),
        }
    }

    /// The waves of the battery: 10th grade, its third year of upper secondary, five and ten years after that.
    #[must_use]
    pub fn battery_waves() -> Vec<(String, u16)> {
        [("1", 0), ("2", 3), ("3", 8), ("4", 13)].map(|(code, years)| (code.to_owned(), years)).to_vec()
    }

    /// Municipalities from lines of a code and a name, with a blank, comma, semicolon or tab between them. Blank lines do not
    /// count; every other line that is none is a problem of `file`, which is what the lines are called.
    ///
    /// ```
    /// # use bygdepuls_core::{problem::Problems, project::New};
    /// let read = New::municipalities("list", "5042 Lierne\n\n5043;Raarvihke – Røyrvik\n", &mut Problems::new());
    /// assert_eq!(read[1], ("5043".into(), "Raarvihke – Røyrvik".into()));
    /// ```
    pub fn municipalities(file: &str, lines: &str, problems: &mut Problems) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for (line, text) in (1..).zip(lines.lines()) {
            let text = text.trim();
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let (code, name) = text.split_at(digits);
            let name = name.trim_start_matches([' ', '\t', ',', ';', '–', '-']).trim_end_matches([' ', ',', ';']);
            let wrong = match () {
                () if text.is_empty() => continue,
                () if digits != 4 || name.is_empty() => NewProblem::Municipality,
                () if found.iter().any(|(known, _)| known == code) => NewProblem::Twice,
                () => {
                    found.push((code.into(), name.into()));
                    continue;
                }
            };
            let problem = Problem::error(file, wrong).line(line);
            problems.push(problem.value(text, Privacy::Open));
        }
        if found.is_empty() && problems.errors() == 0 {
            problems.push(Problem::error(file, NewProblem::NoMunicipality));
        }
        found
    }

    /// The id of the region: its name in small letters, digits and hyphens.
    #[must_use]
    pub fn id(&self) -> String {
        let mut id = String::new();
        for letter in self.name.to_lowercase().chars() {
            match letter {
                'a'..='z' | '0'..='9' => id.push(letter),
                'æ' | 'ä' => id.push_str("ae"),
                'ø' | 'ö' => id.push('o'),
                'å' | 'á' | 'à' => id.push('a'),
                'é' | 'è' => id.push('e'),
                'ï' => id.push('i'),
                'č' => id.push('c'),
                'š' => id.push('s'),
                'đ' => id.push('d'),
                'ŋ' => id.push('n'),
                'ŧ' => id.push('t'),
                'ž' => id.push('z'),
                _ if id.ends_with('-') || id.is_empty() => {}
                _ => id.push('-'),
            }
        }
        id.trim_end_matches('-').to_owned()
    }

    /// The files of the project, or what is wrong with what was given.
    #[must_use]
    pub fn files(&self, problems: &mut Problems) -> Option<BTreeMap<String, Vec<u8>>> {
        if self.id().is_empty() {
            problems.push(Problem::error(PROJECT, NewProblem::NoName).column("region.name"));
        }
        if self.municipalities.is_empty() {
            problems.push(Problem::error(PROJECT, NewProblem::NoMunicipality).column("municipality"));
        }
        if problems.errors() > 0 {
            return None;
        }
        let text = self.project();
        Project::parse(PROJECT, &text, problems)?;
        let mut files = BTreeMap::from([(PROJECT.to_owned(), text), ("README.md".to_owned(), README.to_owned())]);
        files.insert(SCHEMA.0.into(), self.schema());
        let [survey, choices, settings] = BATTERY.map(|sheet| self.sheet(sheet, problems));
        let codebook = Codebook::from_xlsform((SURVEY, &survey), (CHOICES, &choices), problems);
        let mut files: BTreeMap<String, Vec<u8>> =
            files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
        files.insert(format!("answers/{}.csv", self.year), header(&codebook));
        files.extend(
            [(SURVEY, survey), (CHOICES, choices), (SETTINGS, settings)].map(|(name, bytes)| (name.into(), bytes)),
        );
        let none = || b"kommunenr,year,age,total,female,male\n".to_vec();
        files.insert(POPULATION.into(), self.population.clone().unwrap_or_else(none));
        (problems.errors() == 0).then_some(files)
    }

    /// The project file.
    fn project(&self) -> String {
        // A string of JSON is one of TOML: control characters are left out.
        let quoted = |text: &str| json!(text.chars().filter(|c| !c.is_control()).collect::<String>()).to_string();
        let words = |nb: &str, nn: &str, en: &str| {
            format!("{{ nb = {}, nn = {}, en = {} }}", quoted(nb), quoted(nn), quoted(en))
        };
        let name = self.name.trim();
        let source = ["Ungdomsundersøkelsen i", "Ungdomsundersøkinga i", "Youth survey of"];
        let [nb, nn, en] = source.map(|words| format!("{words} {name}"));
        let mut municipalities = String::new();
        for (code, name) in &self.municipalities {
            let _ = writeln!(municipalities, "[[municipality]]\ncode = {}\nname = {}\n", quoted(code), quoted(name));
        }
        let mut waves = String::new();
        for (code, years) in &self.waves {
            let _ = writeln!(waves, "[[wave]]\ncode = {}\nyears_after = {years}\n", quoted(code));
        }
        let calendar = match &self.fieldwork {
            None => CALENDAR.to_owned(),
            Some((opens, reminders)) => {
                let closes = self.closes.get(5..).unwrap_or_default();
                let reminders: Vec<String> = reminders.iter().map(|day| quoted(day)).collect();
                let (opens, closes) = (quoted(opens), quoted(closes));
                format!("[calendar]\nopens = {opens}\ncloses = {closes}\nreminders = [{}]\n", reminders.join(", "))
            }
        };
        let year = self.year.to_string();
        [
            ("@ID@", self.id()),
            ("@NAME@", words(name, name, name)),
            ("@MUNICIPALITIES@\n", municipalities),
            ("@WAVES@\n", waves),
            ("@YEAR@", year),
            ("@CLOSES@", self.closes.clone()),
            ("@CALENDAR@\n", calendar),
            ("@SOURCE@", words(&nb, &nn, &en)),
        ]
        .iter()
        .fold(TEMPLATE.to_owned(), |text, (place, value)| text.replace(place, value))
    }

    /// A sheet of the battery with this region's name and municipalities.
    fn sheet(&self, (name, text): (&str, &str), problems: &mut Problems) -> Vec<u8> {
        if *self == Self::example() {
            return text.as_bytes().to_vec();
        }
        let Some(mut sheet) = Sheet::from_csv(name, text.as_bytes(), problems) else { return Vec::new() };
        let region = self.name.trim();
        if name == CHOICES {
            self.replace_municipalities(&mut sheet);
        }
        for cell in sheet.rows.iter_mut().flat_map(|row| &mut row.cells) {
            *cell = cell.replace(EXAMPLE, region).replace("in_unge", &format!("{}_unge", self.id().replace('-', "_")));
        }
        sheet.to_csv()
    }

    /// The schema of the register, which lists the municipalities.
    fn schema(&self) -> String {
        let codes: Vec<Value> = self.municipalities.iter().map(|(code, _)| json!(code)).collect();
        let mut schema: Value = serde_json::from_str(SCHEMA.1).unwrap_or_default();
        for field in schema["fields"].as_array_mut().into_iter().flatten() {
            if field["name"] == "kommunenr"
                && let Some(list) = field["constraints"]["enum"].as_array_mut()
                && *list != codes
            {
                list.clone_from(&codes);
                return format!("{schema:#}\n");
            }
        }
        SCHEMA.1.into()
    }

    /// Puts the municipalities in the place of the example's. What is none of them ("another municipality") stays last.
    fn replace_municipalities(&self, sheet: &mut Sheet) {
        let column = |name: &str| sheet.columns.iter().position(|column| column == name);
        let Some((list, code)) = column("list_name").zip(column("name")) else { return };
        let labels: Vec<usize> =
            (0..sheet.columns.len()).filter(|&place| sheet.columns[place].starts_with("label")).collect();
        for name in LISTS {
            let is_example = |cells: &[String]| cells[list] == name && cells[code].len() == 4;
            let Some(first) = sheet.rows.iter().position(|row| is_example(&row.cells)) else { continue };
            let pattern = sheet.rows[first].clone();
            sheet.rows.retain(|row| !is_example(&row.cells));
            let own = self.municipalities.iter().map(|(own, label)| {
                let mut row = pattern.clone();
                row.cells[code].clone_from(own);
                labels.iter().for_each(|&place| row.cells[place].clone_from(label));
                row
            });
            let own: Vec<_> = own.collect();
            sheet.rows.splice(first..first, own);
        }
    }
}

/// The calendar where none is given: a comment.
const CALENDAR: &str = "\
# [calendar]
# opens = \"04-01\"
# closes = \"04-30\"
# reminders = [\"04-11\", \"04-21\"]
# analysis = \"05-31\"
# publication = \"06-15\"
";

#[cfg(test)]
mod tests {
    use super::*;

    fn region() -> New {
        New {
            name: "Øst-Finnmark \"kyst\"".into(),
            municipalities: vec![("5628".into(), "Deatnu – Tana".into()), ("5634".into(), "Vardø".into())],
            waves: New::battery_waves(),
            year: 2027,
            closes: "2027-04-30".into(),
            fieldwork: Some(("04-05".into(), vec!["04-12".into(), "04-19".into()])),
            population: None,
        }
    }

    #[test]
    fn the_example_is_the_template_as_it_was() {
        let files = New::example().files(&mut Problems::new()).unwrap();
        let text = String::from_utf8(files[PROJECT].clone()).unwrap();
        assert!(text.contains("id = \"indre-namdal\"\nname = { nb = \"Indre Namdal\", nn ="), "{text}");
        assert!(text.contains("[[wave]]\ncode = \"4\"\nyears_after = 13\n\n# One file"), "{text}");
        assert!(!text.contains('@'));
        assert_eq!(files[CHOICES], BATTERY[1].1.as_bytes());
        assert_eq!(files["answers/2026.csv"].iter().filter(|&&byte| byte == b'\n').count(), 1);
    }

    #[test]
    fn a_region_of_its_own_is_a_project_that_can_be_read() {
        let mut problems = Problems::new();
        let mut new = region();
        let schema = "kommunenr,year,age,total,female,male\n";
        let rows = ["5628", "5634"].iter().flat_map(|code| {
            [2027, 2024, 2019, 2014].map(|year| format!("{code},{year},15,12,6,6\n")).into_iter().collect::<Vec<_>>()
        });
        new.population = Some((schema.to_owned() + &rows.collect::<String>()).into_bytes());
        let files = new.files(&mut problems).unwrap();
        let text = String::from_utf8(files[PROJECT].clone()).unwrap();
        let project = Project::parse(PROJECT, &text, &mut problems).unwrap();
        assert_eq!((project.id.as_str(), project.name.nn.as_str()), ("ost-finnmark-kyst", "Øst-Finnmark \"kyst\""));
        assert_eq!(project.calendar.opens.as_deref(), Some("04-05"));
        assert_eq!(project.calendar.closes.as_deref(), Some("04-30"));
        assert_eq!(project.municipalities[1].code, "5634");
        let loaded = project.load(&files, &mut problems);
        assert_eq!(problems.errors(), 0, "{:?}", problems.list());
        assert!(
            loaded.unwrap().compute(None, &mut problems).unwrap().public[0]
                .cells
                .iter()
                .all(|cell| { cell.status == crate::cube::Status::Hidden })
        );
    }

    #[test]
    fn the_battery_asks_about_the_region_and_lists_its_municipalities() {
        let files = region().files(&mut Problems::new()).unwrap();
        let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
        assert!(!text(SURVEY).contains(EXAMPLE) && !text(CHOICES).contains(EXAMPLE));
        assert!(text(SURVEY).contains("Jeg føler meg hjemme i Øst-Finnmark \"\"kyst\"\""));
        let rows: Vec<String> =
            text(CHOICES).lines().filter(|line| line.starts_with("kommune,")).map(str::to_owned).collect();
        assert_eq!(rows[0], "kommune,5628,Deatnu – Tana,Deatnu – Tana,Deatnu – Tana,");
        assert_eq!(rows.len(), 3);
        assert!(rows[2].starts_with("kommune,9,"));
        assert!(text(SETTINGS).contains("ost_finnmark_kyst_unge"));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_line() {
        let mut problems = Problems::new();
        assert_eq!(
            New::municipalities("a", "Lierne\n5043 Røyrvik\n5043, Igjen\n504 Grong\n5045\n", &mut problems).len(),
            1
        );
        let told: Vec<(Option<u64>, &str)> =
            problems.list().iter().map(|problem| (problem.line, problem.what.code())).collect();
        let wrong = "new-municipality";
        assert_eq!(told, [(Some(1), wrong), (Some(3), "new-twice"), (Some(4), wrong), (Some(5), wrong)]);
        let mut problems = Problems::new();
        assert!(New { name: " – ".into(), ..region() }.files(&mut problems).is_none());
        assert_eq!(problems.list()[0].what.code(), "new-name");
        let mut problems = Problems::new();
        let _ = New { closes: "2027-02-30".into(), ..region() }.files(&mut problems);
        assert!(problems.errors() > 0);
        assert!(New::municipalities("a", "\n", &mut Problems::new()).is_empty());
    }
}
