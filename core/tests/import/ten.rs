//! The same 300 invented answers as ten survey tools write them come to the same bytes.

use crate::shared::{questionnaire, run};
use bygdepuls_core::questionnaire::import::{Form, Options};
use bygdepuls_core::questionnaire::{Item, ItemKind, Questionnaire};
use std::fmt::Write as _;

/// One person's answers: codes, numbers or texts, by item; several codes for several choices.
pub(crate) type Answers = Vec<Vec<String>>;

/// Numbers that are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

const TEXTS: [&str; 14] = [
    "Bra sted; men få jobber",
    "Savner «folk»",
    "=1+1",
    "-5 grader",
    "Han sa \"hei\", ok",
    "linje en\nlinje to",
    "æøå ÆØÅ é",
    "1,5",
    "@alle",
    "Ja",
    "tab\ther",
    "'n Sync",
    " mellomrom ",
    "",
];

pub(crate) fn invented(questionnaire: &Questionnaire) -> Vec<Answers> {
    let mut random = Random(2027);
    let mut person = |number: usize| -> Answers {
        let answer = |item: &Item| -> Vec<String> {
            let list = questionnaire.choices(item);
            match (&item.kind, list) {
                _ if item.name == "panelkode" => vec![format!("KO{number:04}")],
                _ if item.name == "kull" => vec!["2025".into()],
                _ if item.name.ends_with("epost") => vec![String::new()],
                (ItemKind::SelectMultiple { .. }, Some(list)) if random.below(4) > 0 => {
                    list.choices.iter().filter(|_| random.below(5) == 0).map(|choice| choice.code.clone()).collect()
                }
                (ItemKind::SelectMultiple { .. }, _) => Vec::new(),
                _ if random.below(4) == 0 && item.name != "bolge" => vec![String::new()],
                (_, Some(list)) => vec![list.choices[random.below(list.choices.len())].code.clone()],
                (ItemKind::Integer, _) => vec![[0, 1, 2, 7, 12, 100][random.below(6)].to_string()],
                _ => vec![TEXTS[random.below(TEXTS.len())].into()],
            }
        };
        questionnaire.variables().map(answer).collect()
    };
    (0..300).map(&mut person).collect()
}

/// How a tool writes its cells.
struct Tool {
    delimiter: char,
    quote_all: bool,
    line_end: &'static str,
    mark: bool,
    windows: bool,
    before: &'static [&'static str],
    cells: fn(usize) -> Vec<String>,
    heading: fn(&Item) -> String,
    labels: bool,
    several: Several,
    /// `7.0` for 7.
    decimals: bool,
    /// An apostrophe before what a spreadsheet would take for a formula.
    guard: bool,
    second_row: bool,
}

/// How it writes several choices.
enum Several {
    /// A column each: its heading from item, code and label; ticked, from code and label; not ticked.
    Columns(fn(&Item, &str, &str) -> String, fn(&str, &str) -> String, &'static str),
    /// One cell: what joins the choices, and whether it also stands behind the last.
    Cell(&'static str, bool),
    /// One cell of codes and a column each, as KoboToolbox writes both.
    Both,
}

fn plain(item: &Item) -> String {
    item.name.clone()
}

fn question(item: &Item) -> String {
    item.label[0].clone()
}

const NETTSKJEMA: Tool = Tool {
    delimiter: ';',
    quote_all: true,
    line_end: "\n",
    mark: false,
    windows: false,
    before: &["$submission_id", "$created"],
    cells: |row| vec![format!("9000{row}"), "2025-03-04T10:15:02+01:00".into()],
    heading: plain,
    labels: false,
    several: Several::Columns(|item, code, _| format!("{}.{code}", item.name), |_, _| "1".into(), "0"),
    decimals: true,
    guard: false,
    second_row: false,
};

fn tools() -> Vec<(&'static str, Tool)> {
    let lime = |row: usize| vec![row.to_string(), "2025-03-04 10:15:02".into(), "6".into(), "nb".into()];
    vec![
        ("nettskjema", NETTSKJEMA),
        ("nettskjema-tsd", Tool { delimiter: ',', quote_all: false, decimals: false, ..NETTSKJEMA }),
        (
            "limesurvey",
            Tool {
                line_end: "\r\n",
                mark: true,
                before: &["id", "submitdate", "lastpage", "startlanguage"],
                cells: lime,
                heading: |item| item.name.replace('_', ""),
                several: Several::Columns(
                    |item, code, _| format!("{}[{code}]", item.name.replace('_', "")),
                    |_, _| "Y".into(),
                    "",
                ),
                decimals: false,
                guard: true,
                ..NETTSKJEMA
            },
        ),
        (
            "limesurvey",
            Tool {
                delimiter: ',',
                line_end: "\r\n",
                mark: true,
                before: &["Response ID", "Date submitted", "Last page", "Start language"],
                cells: lime,
                heading: question,
                labels: true,
                several: Several::Columns(
                    |item, _, label| format!("{} [{label}]", item.label[0]),
                    |_, _| "Ja".into(),
                    "Nei",
                ),
                decimals: false,
                guard: true,
                ..NETTSKJEMA
            },
        ),
        (
            "microsoft-forms",
            Tool {
                quote_all: false,
                line_end: "\r\n",
                windows: true,
                before: &["ID", "Starttidspunkt", "Fullføringstidspunkt", "E-post", "Navn"],
                cells: |row| {
                    let own = [&row.to_string(), "04.03.2025 10:12", "04.03.2025 10:15", "anonymous", ""];
                    own.map(String::from).to_vec()
                },
                heading: question,
                labels: true,
                several: Several::Cell(";", true),
                decimals: false,
                ..NETTSKJEMA
            },
        ),
        (
            "surveymonkey",
            Tool {
                delimiter: ',',
                quote_all: false,
                line_end: "\r\n",
                before: &["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"],
                cells: |row| {
                    let own = [&format!("118{row}"), "43", "03/04/2025 10:12:00 AM", "03/04/2025 10:15:02 AM", ""];
                    own.map(String::from).to_vec()
                },
                heading: question,
                labels: true,
                several: Several::Columns(|_, _, label| label.into(), |_, label| label.into(), ""),
                decimals: false,
                second_row: true,
                ..NETTSKJEMA
            },
        ),
        (
            "surveyxact",
            Tool {
                quote_all: false,
                line_end: "\r\n",
                windows: true,
                before: &["respondent", "statoverall"],
                cells: |row| vec![row.to_string(), "4".into()],
                several: Several::Columns(|item, code, _| format!("{}_{code}", item.name), |_, _| "1".into(), "2"),
                decimals: false,
                ..NETTSKJEMA
            },
        ),
        (
            "questback",
            Tool {
                line_end: "\r\n",
                mark: true,
                before: &["lfdn", "dispcode"],
                cells: |row| vec![row.to_string(), "31".into()],
                labels: true,
                several: Several::Columns(|item, code, _| format!("{}_{code}", item.name), |code, _| code.into(), ""),
                decimals: false,
                ..NETTSKJEMA
            },
        ),
        (
            "kobotoolbox",
            Tool {
                before: &["_id", "_submission_time"],
                cells: |row| vec![row.to_string(), "2025-03-04T09:15:03".into()],
                several: Several::Both,
                decimals: false,
                ..NETTSKJEMA
            },
        ),
        (
            "odk",
            Tool {
                delimiter: ',',
                quote_all: false,
                line_end: "\r\n",
                before: &["SubmissionDate", "KEY"],
                cells: |row| vec!["2025-03-04T09:15:02.114Z".into(), format!("uuid:{row}")],
                heading: |item| format!("side-{}", item.name),
                several: Several::Cell(" ", false),
                decimals: false,
                ..NETTSKJEMA
            },
        ),
    ]
}

impl Tool {
    fn export(&self, questionnaire: &Questionnaire, people: &[Answers]) -> Vec<u8> {
        let mut rows = vec![self.before.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()];
        let mut second = vec![String::new(); self.before.len()];
        for item in questionnaire.variables() {
            match (&self.several, questionnaire.choices(item)) {
                (Several::Columns(heading, ..), Some(list)) if is_several(item) => {
                    for (place, choice) in list.choices.iter().enumerate() {
                        let first = if place == 0 { (self.heading)(item) } else { String::new() };
                        let own = heading(item, &choice.code, &choice.label[0]);
                        rows[0].push(if self.second_row { first } else { own });
                        second.push(choice.label[0].clone());
                    }
                }
                (Several::Both, Some(list)) if is_several(item) => {
                    rows[0].push((self.heading)(item));
                    rows[0].extend(list.choices.iter().map(|choice| format!("{}/{}", item.name, choice.code)));
                }
                _ => {
                    rows[0].push((self.heading)(item));
                    second.push("Response".into());
                }
            }
        }
        if self.second_row {
            rows.push(second);
        }
        for (row, answers) in people.iter().enumerate() {
            let mut cells = (self.cells)(row);
            for (item, answer) in questionnaire.variables().zip(answers) {
                self.cells_of(questionnaire, item, answer, &mut cells);
            }
            rows.push(cells);
        }
        self.text(&rows)
    }

    fn cells_of(&self, questionnaire: &Questionnaire, item: &Item, answer: &[String], cells: &mut Vec<String>) {
        let list = questionnaire.choices(item);
        let label = |code: &str| match list.and_then(|list| list.choice(code)) {
            Some(choice) if self.labels => choice.label[0].clone(),
            _ => code.to_owned(),
        };
        let Some(list) = list.filter(|_| is_several(item)) else {
            let mut cell = label(&answer[0]);
            if self.decimals && item.kind == ItemKind::Integer && !cell.is_empty() {
                cell += ".0";
            }
            let is_formula = item.kind == ItemKind::Text && cell.starts_with(['=', '+', '-', '@']);
            cells.push(if self.guard && is_formula { format!("'{cell}") } else { cell });
            return;
        };
        match &self.several {
            Several::Columns(_, ticked, not) => {
                for choice in &list.choices {
                    let yes = answer.contains(&choice.code);
                    cells.push(if yes { ticked(&choice.code, &choice.label[0]) } else { (*not).into() });
                }
            }
            Several::Cell(join, behind) => {
                let mut cell = answer.iter().map(|code| label(code)).collect::<Vec<_>>().join(join);
                if *behind && !cell.is_empty() {
                    cell += join;
                }
                cells.push(cell);
            }
            Several::Both => {
                cells.push(answer.join(" "));
                for choice in &list.choices {
                    let tick = if answer.is_empty() {
                        ""
                    } else if answer.contains(&choice.code) {
                        "1"
                    } else {
                        "0"
                    };
                    cells.push(tick.into());
                }
            }
        }
    }

    fn text(&self, rows: &[Vec<String>]) -> Vec<u8> {
        let mut text = String::new();
        for row in rows {
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    text.push(self.delimiter);
                }
                if self.quote_all || cell.contains([self.delimiter, '"', '\n', '\r']) {
                    write!(text, "\"{}\"", cell.replace('"', "\"\"")).unwrap();
                } else {
                    text.push_str(cell);
                }
            }
            text.push_str(self.line_end);
        }
        if self.windows {
            // Each of these letters has the number of its place in Windows-1252.
            let byte = |letter: char| match letter {
                '–' => 0x96,
                '…' => 0x85,
                letter => u8::try_from(u32::from(letter)).unwrap(),
            };
            return text.chars().map(byte).collect();
        }
        let mark: &[u8] = if self.mark { b"\xef\xbb\xbf" } else { b"" };
        [mark, text.as_bytes()].concat()
    }
}

fn is_several(item: &Item) -> bool {
    matches!(item.kind, ItemKind::SelectMultiple { .. })
}

/// What the questionnaire makes of the answers, written here without the import.
pub(crate) fn expected(questionnaire: &Questionnaire, people: &[Answers]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut header = Vec::new();
    for item in questionnaire.variables() {
        match questionnaire.choices(item).filter(|_| is_several(item)) {
            Some(list) => header.extend(list.choices.iter().map(|choice| format!("{}/{}", item.name, choice.code))),
            None => header.push(item.name.clone()),
        }
    }
    writer.write_record(&header).unwrap();
    for answers in people {
        let mut row: Vec<&str> = Vec::new();
        for (item, answer) in questionnaire.variables().zip(answers) {
            match questionnaire.choices(item).filter(|_| is_several(item)) {
                Some(list) => row.extend(list.choices.iter().map(|choice| match answer.contains(&choice.code) {
                    _ if answer.is_empty() => "",
                    true => "1",
                    false => "0",
                })),
                None => row.push(&answer[0]),
            }
        }
        writer.write_record(&row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Both files as rows of cells: which quotes stand where is no matter of answers.
fn rows(text: &[u8]) -> Vec<csv::StringRecord> {
    csv::ReaderBuilder::new().has_headers(false).from_reader(text).records().map(Result::unwrap).collect()
}

#[test]
fn ten_dialects_one_answer() {
    let questionnaire = questionnaire();
    let people = invented(&questionnaire);
    let expected = expected(&questionnaire, &people);
    let mut first: Option<Vec<u8>> = None;
    let tools = tools();
    assert_eq!(tools.len(), 10);
    for (code, tool) in &tools {
        let export = tool.export(&questionnaire, &people);
        let (outcome, problems) = run(&questionnaire, &export, Options::default());
        let errors: Vec<_> = problems.iter().filter(|problem| problem.starts_with("error")).collect();
        assert!(errors.is_empty(), "{code}: {errors:?}");
        let outcome = outcome.unwrap();
        assert_eq!(outcome.report.files[0].dialect.code(), *code);
        assert_eq!(rows(&outcome.answers), rows(expected.as_bytes()), "{code}");
        let first = first.get_or_insert_with(|| outcome.answers.clone());
        assert_eq!(*first, outcome.answers, "{code}");
        let (again, _) = run(&questionnaire, &export, Options::default());
        assert_eq!(again.unwrap().answers, *first, "{code}, twice");
    }
    // Our own answers again; and what a spreadsheet is given, back.
    let answers = first.unwrap();
    let (own, _) = run(&questionnaire, &answers, Options::default());
    assert_eq!(own.unwrap().answers, answers);
    let (excel, _) = run(&questionnaire, &answers, Options { form: Form::Excel, ..Options::default() });
    let excel = excel.unwrap().answers;
    assert!(excel.starts_with(b"\xef\xbb\xbfbolge;kull;"));
    let (back, _) = run(&questionnaire, &excel, Options::default());
    assert_eq!(back.unwrap().answers, answers);
    // The pieces in which bytes come are no matter.
    assert_eq!(in_pieces(&questionnaire, &tools[0].1.export(&questionnaire, &people), 997), answers);
}

fn in_pieces(questionnaire: &Questionnaire, bytes: &[u8], size: usize) -> Vec<u8> {
    use bygdepuls_core::problem::Problems;
    use bygdepuls_core::questionnaire::import::Import;
    let mut problems = Problems::new();
    let mut first = Import::new(questionnaire, Options::default());
    first.open("export");
    bytes.chunks(size).for_each(|piece| first.push(piece, &mut problems));
    first.close(&mut problems);
    let mut second = first.ready(&mut problems).unwrap();
    let mut answers = second.header();
    assert!(second.open("export"));
    bytes.chunks(size).for_each(|piece| second.push(piece, &mut answers));
    second.close(&mut answers);
    second.finish(answers, &mut problems).answers
}
