//! Invented answers for the example region: `cargo xtask invent`.
//!
//! Real answers of this kind are not public. What is real is the size of every cohort: the fifteen-year-olds on
//! 1 January by municipality, read from the example's population register. Every one of them becomes an invented
//! person with a leaning towards the region, and each spring the four cohorts whose turn it is are asked. Nobody
//! real is behind a row.
//!
//! Whole numbers and one small random generator only, so that every machine writes the same bytes.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Chosen among four hundred so that the region's figures look like such figures do, and every kind of row occurs.
const SEED: u64 = 2_023_290;
/// Code and how much more (or less) its youth lean towards the region, in percentage points.
const MUNICIPALITIES: [(&str, i64); 4] = [("5042", 4), ("5043", 8), ("5044", 0), ("5045", -3)];
const ELSEWHERE: &str = "9";
/// Years between leaving 10th grade and each wave; share that responds; share that agrees in the first year.
const WAVES: [Wave; 4] = [
    Wave { code: "1", years_after: 0, responds: 97, agrees: 46, guests: 3 },
    Wave { code: "2", years_after: 3, responds: 79, agrees: 40, guests: 3 },
    Wave { code: "3", years_after: 8, responds: 63, agrees: 32, guests: 1 },
    Wave { code: "4", years_after: 13, responds: 54, agrees: 28, guests: 1 },
];
/// Opens on 1 April; `last_day` counts from there, so 29 is 30 April. `first_weekday`: of 1 April, Monday is 0.
const SURVEYS: [Survey; 4] = [
    Survey { year: 2023, last_day: 29, first_weekday: 5, dialect: Dialect::ExcelWindows },
    Survey { year: 2024, last_day: 32, first_weekday: 0, dialect: Dialect::ExcelUtf8 },
    Survey { year: 2025, last_day: 29, first_weekday: 1, dialect: Dialect::Plain },
    Survey { year: 2026, last_day: 29, first_weekday: 2, dialect: Dialect::AllQuoted },
];
const DAY: u64 = 86_400;

const MOTHERS: [&str; 16] =
    ["AN", "BE", "EL", "GU", "HE", "IN", "KA", "LI", "MA", "RA", "SI", "SO", "TO", "TR", "WE", "ÅS"];
const BIRTHPLACES: [&str; 8] = ["BO", "LE", "MO", "NA", "OS", "ST", "TR", "ØR"];

const COMMENTS: [&str; 24] = [
    "Bra sted, men få jobber",
    "Trenger buss på kvelden",
    "Eg vil gjerne heim, men finn ikkje hus.",
    "Fjellet og jakta er det beste med å bo her",
    "Mer skyss!\nBåde kveld og helg.",
    "Alle flytter samtidig, og da er det ingen igjen å komme hjem til",
    "Har søkt tre jobber; fikk ikke svar",
    "Lærlingplass nær heimen hadde gjort det enklare",
    "\"Bygda\" er mer enn sentrum",
    "Savner et sted å være etter skolen",
    "Kjempebra lærere",
    "Hytte ja, hus nei – foreløpig",
    "Det er dyrt å bygge og umulig å leie",
    "Eg saknar korpset",
    "Bor i Trondheim nå.\n\nKommer kanskje hjem når barna skal på skole.",
    "Nettet må virke overalt",
    "Takk for at dere spør",
    "Vi er få, så alle vet alt om alle; det er både bra og dårlig",
    "Partneren min må også ha jobb",
    "Flere av oss kunne tenke oss å flytte sammen",
    "Scooter og ski",
    "Treng barnehageplass før jobb",
    "Spør oss igjen om et år",
    "Ingen ting å tilføye…",
];

struct Wave {
    code: &'static str,
    years_after: u16,
    responds: u64,
    agrees: i64,
    /// Invited too, though they grew up outside the region.
    guests: u64,
}

struct Survey {
    year: u16,
    last_day: u64,
    first_weekday: u64,
    dialect: Dialect,
}

/// How the year's file was saved: as differently as in life.
#[derive(Clone, Copy)]
enum Dialect {
    /// Windows-1252, semicolon, CRLF.
    ExcelWindows,
    /// UTF-8 with a byte order mark, semicolon, CRLF.
    ExcelUtf8,
    /// UTF-8, comma, LF.
    Plain,
    /// UTF-8, comma, LF, every field quoted, an empty line at the end.
    AllQuoted,
}

struct Person {
    cohort: u16,
    home: &'static str,
    pull: i64,
    girl: bool,
    code: String,
    /// 0 would rather live here, 9 999 would rather not; the same person keeps it from wave to wave.
    distance: u64,
}

/// One submitted form: the fields in the order of the questionnaire, and when it was opened.
struct Form {
    opened: u64,
    fields: Vec<String>,
}

/// SplitMix64 (Steele, Lea and Flood 2014): one addition, three shifts, two multiplications.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number from 0 up to but not including `n`.
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// True `percent` times in a hundred.
    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// A position in something of that length.
    fn position(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or_default()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.position(from.len())]
    }

    /// One of the codes, each as often as its weight says.
    fn weighted(&mut self, codes: &[(&'static str, u64)]) -> &'static str {
        let mut left = self.below(codes.iter().map(|(_, weight)| weight).sum());
        for (code, weight) in codes {
            if left < *weight {
                return code;
            }
            left -= weight;
        }
        ""
    }
}

/// Writes the four files of answers into the example.
///
/// # Errors
///
/// When the example's register or questionnaire cannot be read, or a file cannot be written.
pub(crate) fn run() -> Result<(), String> {
    let example = example();
    for (name, bytes) in answers(&example)? {
        let path = example.join(name);
        std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/indre-namdal")
}

/// The files of answers: name within the example, bytes.
fn answers(example: &Path) -> Result<Vec<(String, Vec<u8>)>, String> {
    let read = |name: &str| std::fs::read_to_string(example.join(name)).map_err(|error| format!("{name}: {error}"));
    let columns: Vec<String> = read("questionnaire/survey.csv")?
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(1).map(str::to_owned))
        .collect();
    let register = read("register/population.csv")?;

    let mut random = Random(SEED);
    let mut used = BTreeSet::new();
    let cohorts: BTreeSet<u16> =
        SURVEYS.iter().flat_map(|survey| WAVES.iter().map(|wave| survey.year - wave.years_after)).collect();
    let mut people = Vec::new();
    for cohort in cohorts {
        for (home, pull) in MUNICIPALITIES {
            let (girls, all) = fifteen_year_olds(&register, home, cohort)?;
            for position in 0..all {
                people.push(person(&mut random, &mut used, (cohort, home, pull), position < girls));
            }
        }
    }

    let mut files = Vec::new();
    for survey in &SURVEYS {
        let mut forms = Vec::new();
        let mut first_late = true;
        for wave in &WAVES {
            let guests: Vec<Person> = (0..wave.guests)
                .map(|_| {
                    let girl = random.chance(50);
                    person(&mut random, &mut used, (survey.year - wave.years_after, ELSEWHERE, 0), girl)
                })
                .collect();
            let mut fieldwork = Fieldwork {
                random: &mut random,
                columns: &columns,
                survey,
                wave,
                first_late,
                class_days: [0; 4],
                asked: 0,
            };
            fieldwork.choose_class_days();
            for person in people.iter().filter(|person| person.cohort == survey.year - wave.years_after).chain(&guests)
            {
                fieldwork.ask(person, &mut forms);
            }
            first_late = fieldwork.first_late;
        }
        forms.sort_by_key(|form| form.opened);
        files.push((format!("answers-invented/{}.csv", survey.year), write(survey.dialect, &columns, &forms)?));
    }
    Ok(files)
}

/// Girls and all fifteen-year-olds on 1 January of the year, from the population register.
fn fifteen_year_olds(register: &str, municipality: &str, year: u16) -> Result<(u64, u64), String> {
    let key = format!("{municipality},{year},15,");
    let counts: Vec<u64> = register
        .lines()
        .find_map(|line| line.strip_prefix(&key))
        .unwrap_or_default()
        .split(',')
        .filter_map(|field| field.parse().ok())
        .collect();
    match counts[..] {
        [all, girls, _boys] => Ok((girls, all)),
        _ => Err(format!("the register has no usable row for {municipality}, {year}, age 15")),
    }
}

fn person(
    random: &mut Random,
    used: &mut BTreeSet<String>,
    (cohort, home, pull): (u16, &'static str, i64),
    girl: bool,
) -> Person {
    let code = loop {
        let (mother, day, place) = (random.pick(&MOTHERS), 1 + random.below(31), random.pick(&BIRTHPLACES));
        let code = format!("{mother}{day:02}{place}");
        if used.insert(code.clone()) {
            break code;
        }
    };
    Person { cohort, home, pull, girl, code, distance: random.below(10_000) }
}

/// One wave in one year.
struct Fieldwork<'a> {
    random: &'a mut Random,
    columns: &'a [String],
    survey: &'a Survey,
    wave: &'a Wave,
    first_late: bool,
    /// Day on which the 10th grade of each municipality answers, all in one lesson.
    class_days: [u64; 4],
    asked: u64,
}

impl Fieldwork<'_> {
    /// A weekday after Easter, between 22 and 28 April.
    fn choose_class_days(&mut self) {
        for index in 0..self.class_days.len() {
            let mut day = 21 + self.random.below(5);
            while (self.survey.first_weekday + day) % 7 > 4 {
                day += 1;
            }
            self.class_days[index] = day;
        }
    }

    /// Seconds from 1 April at which the person opens the form.
    fn opening_time(&mut self, person: &Person) -> u64 {
        match MUNICIPALITIES.iter().position(|(code, _)| *code == person.home) {
            Some(index) if self.wave.code == "1" => self.class_days[index] * DAY + 9 * 3600 + self.random.below(1800),
            _ => {
                let days = self.survey.last_day + 1;
                let day = self.random.below(days).min(self.random.below(days));
                day * DAY + 7 * 3600 + self.random.below(15 * 3600)
            }
        }
    }

    /// No form, one form, or several when the person comes back to it.
    fn ask(&mut self, person: &Person, forms: &mut Vec<Form>) {
        if !self.random.chance(self.wave.responds) {
            return;
        }
        self.asked += 1;
        let closing = (self.survey.last_day + 1) * DAY;
        let opened = self.opening_time(person);
        let takes = 240 + self.random.below(660);
        if self.wave.code == "4" && self.asked == 1 {
            // The last second of the last day is in time.
            forms.push(self.form(person, closing - 301, 300));
            return;
        }
        if person.home == ELSEWHERE {
            forms.push(self.form(person, opened, takes));
            return;
        }
        match self.random.below(100) {
            0..3 => {
                let mut form = self.form(person, opened, takes);
                self.refuse(&mut form);
                forms.push(form);
            }
            3..7 => {
                // Late: the first one of the year by seconds.
                let opened = if std::mem::take(&mut self.first_late) {
                    closing - takes + 7
                } else {
                    closing + self.random.below(18) * DAY + 7 * 3600 + self.random.below(15 * 3600)
                };
                forms.push(self.form(person, opened, takes));
            }
            7..9 => {
                // In time, and once more when it was too late.
                forms.push(self.form_with_code(person, opened, takes));
                let too_late = closing + self.random.below(9) * DAY + 17 * 3600;
                forms.push(self.form_with_code(person, too_late, takes));
            }
            9..11 => {
                // Twice, and the second time counts.
                forms.push(self.form_with_code(person, opened, takes));
                forms.push(self.form_with_code(person, (opened + 2 * DAY).min(closing - 4000), takes));
            }
            11..13 => {
                // Complete; opened again and left: the complete one counts.
                forms.push(self.form_with_code(person, opened, takes));
                let mut again = self.form_with_code(person, (opened + DAY).min(closing - 4000), takes);
                self.break_off(&mut again, "int_kunne");
                forms.push(again);
            }
            13..15 => {
                // Left half-way, completed later.
                let mut first = self.form_with_code(person, opened, takes);
                self.break_off(&mut first, "kommune_na");
                forms.push(first);
                forms.push(self.form_with_code(person, (opened + DAY).min(closing - 4000), takes));
            }
            15..20 => {
                let mut form = self.form(person, opened, takes);
                self.break_off(&mut form, "panelkode");
                forms.push(form);
            }
            _ => forms.push(self.form(person, opened, takes)),
        }
    }

    fn column(&self, name: &str) -> usize {
        self.columns.iter().position(|column| column == name).unwrap_or_else(|| panic!("no question {name}"))
    }

    /// Consent refused: every later answer is blank, the form is submitted.
    fn refuse(&self, form: &mut Form) {
        let consent = self.column("samtykke_svar");
        form.fields[consent] = "2".into();
        let end = self.column("end");
        form.fields[consent + 1..end].fill(String::new());
    }

    /// Left at a question not before `earliest`: that one and everything later is blank, and `end` too.
    fn break_off(&mut self, form: &mut Form, earliest: &str) {
        let (first, last) = (self.column(earliest), self.column("kontakt_ja"));
        let stop = first + self.random.position(last - first + 1);
        form.fields[stop..].fill(String::new());
    }

    /// As [`Fieldwork::form`], for people who come back: code and home municipality are always given.
    fn form_with_code(&mut self, person: &Person, opened: u64, takes: u64) -> Form {
        let mut form = self.form(person, opened, takes);
        for (name, value) in [("panelkode", person.code.as_str()), ("kommune_oppvekst", person.home)] {
            let index = self.column(name);
            form.fields[index] = value.into();
        }
        form
    }

    /// A complete form, with a question left open here and there.
    fn form(&mut self, person: &Person, opened: u64, takes: u64) -> Form {
        let late_waves = self.wave.years_after > 3;
        let lives = match (late_waves, self.random.below(100)) {
            (false, _) => "",
            (true, 0..27) => person.home,
            (true, 27..36) => self.random.pick(&MUNICIPALITIES).0,
            (true, _) => ELSEWHERE,
        };
        let here = late_waves && lives != ELSEWHERE;
        let trend = 3 * i64::from(self.survey.year - SURVEYS[0].year);
        let agrees = if here { 84 } else { self.wave.agrees + person.pull + trend };
        let unsure = 12 - 2 * (self.wave.years_after / 4).min(3);
        let intent = self.agreement(person, agrees, u64::from(unsure), 2);

        let mut fields = Vec::with_capacity(self.columns.len());
        for column in self.columns {
            let answer = match column.as_str() {
                "start" => timestamp(self.survey.year, opened, self.random.below(1000)),
                "end" => timestamp(self.survey.year, opened + takes, self.random.below(1000)),
                "bolge" => self.wave.code.into(),
                "kull" => person.cohort.to_string(),
                "samtykke_svar" => "1".into(),
                "panelkode" => person.code.clone(),
                "kommune_oppvekst" => person.home.into(),
                "kommune_na" => lives.into(),
                "int_kunne" => intent.into(),
                question => self.other_answer(question, person, lives, intent, agrees),
            };
            let open = match column.as_str() {
                "start" | "end" | "bolge" | "kull" | "samtykke_svar" => 0,
                "kommune_oppvekst" => 1,
                _ => 3,
            };
            fields.push(if self.random.chance(open) { String::new() } else { answer });
        }
        // The answers that route others: what is left open there was not asked further on.
        let blank = |name: &str| fields[self.column(name)].is_empty();
        if blank("kommune_na") {
            let index = self.column("int_plan");
            fields[index].clear();
        }
        Form { opened, fields }
    }

    fn other_answer(&mut self, question: &str, person: &Person, lives: &str, intent: &str, agrees: i64) -> String {
        let late_waves = self.wave.years_after > 3;
        let answer = match question {
            "kjonn" => match self.random.below(100) {
                0..2 => "3",
                2..4 => "99",
                _ if person.girl => "1",
                _ => "2",
            },
            "plan_etter" if self.wave.code == "1" => {
                self.random.weighted(&[("1", 45), ("2", 40), ("4", 2), ("6", 3), ("7", 2), ("98", 8)])
            }
            "plan_etter" if self.wave.code == "2" => {
                self.random.weighted(&[("1", 20), ("3", 30), ("4", 12), ("5", 12), ("6", 16), ("7", 2), ("98", 8)])
            }
            "omdomme" => self.agreement(person, agrees + 28, 4, 1),
            "tilh_hjemme" => self.agreement(person, agrees + 25, 4, 1),
            "norm_venner" => self.agreement(person, agrees + 8, 15, 1),
            "int_betinget" => self.agreement(person, agrees + 12, 10, 1),
            "kontroll" => self.agreement(person, agrees + 10, 12, 1),
            "venner_naer" => {
                let fewest = if self.wave.code == "1" { 3 } else { 0 };
                return (fewest + self.random.below(7)).to_string();
            }
            "status_na" if self.wave.code == "3" => {
                self.random.weighted(&[("1", 58), ("2", 30), ("3", 4), ("4", 2), ("5", 4), ("99", 2)])
            }
            "status_na" if self.wave.code == "4" => {
                self.random.weighted(&[("1", 78), ("2", 6), ("3", 3), ("4", 4), ("5", 7), ("99", 2)])
            }
            "int_30" if self.wave.code != "4" => self.agreement(person, agrees - 5, 10, 0),
            "int_5ar" if late_waves => self.agreement(person, agrees - 8, 8, 0),
            "int_plan" if lives == ELSEWHERE => match intent {
                "4" | "5" => self.random.weighted(&[("1", 15), ("2", 55), ("3", 22), ("98", 8)]),
                _ => self.random.weighted(&[("2", 10), ("3", 55), ("4", 25), ("98", 10)]),
            },
            "betingelser" if intent != "1" => return self.conditions(),
            "prioritet_1" => self.random.weighted(&[
                ("1", 12),
                ("2", 25),
                ("3", 16),
                ("4", 14),
                ("5", 13),
                ("6", 7),
                ("7", 6),
                ("8", 2),
                ("98", 5),
            ]),
            "kontakt_ja" => self.random.weighted(&[("1", 45), ("2", 55)]),
            "kommentar" if self.random.chance(14) => self.random.pick(&COMMENTS),
            _ => "",
        };
        answer.into()
    }

    /// Agree 1 to 5, 98 or 99. Seven times in ten the person's own leaning decides, else chance.
    fn agreement(&mut self, person: &Person, agrees: i64, unsure: u64, silent: u64) -> &'static str {
        match self.random.below(100) {
            roll if roll < unsure => return "98",
            roll if roll < unsure + silent => return "99",
            _ => {}
        }
        let position = if self.random.chance(70) { person.distance } else { self.random.below(10_000) };
        let agrees = 100 * agrees.clamp(1, 95).unsigned_abs();
        let rest = 10_000 - agrees;
        match position {
            p if 20 * p < 9 * agrees => "5",
            p if p < agrees => "4",
            p if 10 * (p - agrees) < 3 * rest => "3",
            p if 10 * (p - agrees) < 6 * rest => "2",
            _ => "1",
        }
    }

    /// Up to three conditions, in the order of the form.
    fn conditions(&mut self) -> String {
        match self.random.below(100) {
            0..4 => return "0".into(),
            4..11 => return "98".into(),
            _ => {}
        }
        let mut chosen = [false; 11];
        for _ in 0..1 + self.random.below(3) {
            chosen[self.random.pick(&[1, 1, 1, 1, 2, 3, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10])] = true;
        }
        let codes: Vec<String> = (1..chosen.len()).filter(|&number| chosen[number]).map(|n| n.to_string()).collect();
        codes.join(" ")
    }
}

/// ISO 8601 in Norwegian summer time, which runs through April and May.
fn timestamp(year: u16, seconds: u64, milliseconds: u64) -> String {
    let (day, rest) = (seconds / DAY, seconds % DAY);
    let (month, day) = if day < 30 { (4, day + 1) } else { (5, day - 29) };
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}+02:00")
}

fn write(dialect: Dialect, columns: &[String], forms: &[Form]) -> Result<Vec<u8>, String> {
    let (delimiter, newline, all_quoted) = match dialect {
        Dialect::ExcelWindows | Dialect::ExcelUtf8 => (';', "\r\n", false),
        Dialect::Plain => (',', "\n", false),
        Dialect::AllQuoted => (',', "\n", true),
    };
    let mut text = String::new();
    for fields in std::iter::once(columns).chain(forms.iter().map(|form| form.fields.as_slice())) {
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                text.push(delimiter);
            }
            if all_quoted || field.contains([delimiter, '"', '\n']) {
                let _ = write!(text, "\"{}\"", field.replace('"', "\"\""));
            } else {
                text.push_str(field);
            }
        }
        text.push_str(newline);
    }
    match dialect {
        Dialect::ExcelWindows => text.chars().map(windows_1252).collect(),
        Dialect::ExcelUtf8 => Ok(format!("\u{feff}{text}").into_bytes()),
        Dialect::Plain => Ok(text.into_bytes()),
        Dialect::AllQuoted => Ok(format!("{text}\n").into_bytes()),
    }
}

fn windows_1252(character: char) -> Result<u8, String> {
    match character {
        '…' => Ok(0x85),
        '–' => Ok(0x96),
        '\u{80}'..='\u{9f}' => Err(format!("no byte for {character:?}")),
        _ => u8::try_from(u32::from(character)).map_err(|_| format!("no byte for {character:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The committed answers are the ones that this generator writes.
    #[test]
    fn files_in_the_repository_are_these() {
        for (name, bytes) in answers(&example()).unwrap() {
            assert!(std::fs::read(example().join(&name)).unwrap() == bytes, "{name}: run `cargo xtask invent`");
        }
    }
}
