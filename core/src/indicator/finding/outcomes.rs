//! From invited to resident: a funnel, and the times of those who are not there yet.

use super::words::of_hundred;
use super::{Cell, Evidence, Finding, Reason};
use crate::compare::{Interval, NoResult, TwoGroups, newcombe, real, risk_ratio};
use crate::date::days_between;
use crate::hypothesis::fisher_exact;
use crate::interval::{Level, wang, wilson};
use crate::problem::{Privacy, Problem, Problems};
use crate::project::{Expected, ProjectProblem};
use crate::read::table::read_texts;
use crate::register::recruitment::{self, Day};
use crate::survival::{KaplanMeier, NoCurve, Quantile, Spell, kaplan_meier};
use crate::text::{Lang, Text};
use std::collections::BTreeMap;

/// The steps that have a date, each in the column of its name.
const DATES: [&str; 6] = ["invited", "answered", "contacted", "applied", "hired", "left"];

/// How far each invited person has come.
///
/// # Formula
///
/// ```text
/// step k            x_k have come there, of the x_(k-1) who came to the step before       Wilson's interval
/// cumulative        x_k of all who were invited                                           Wilson's interval
/// positive, of all invited                    Wang's interval of the number among the N who were asked, n answered
/// time to hire      Kaplan-Meier from contacted to hired; not yet hired: last seen today
/// stay              Kaplan-Meier from hired to left; still there: last seen today; at 12 and 24 months (365 and 730 days)
/// ```
///
/// Who was hired three months ago is in the stay at twelve months as long as it is known: no longer.
///
/// Where the file has a column `tie`, 1 or 0, H1 is asked of hires too: of those contacted, the hired with and without a tie,
/// Newcombe's difference and Katz's ratio; and the stay of each.
///
/// # Input and result
///
/// A file `findings.outcomes`, a line per person: `invited`, `answered`, `contacted`, `applied`, `hired`, `left` as dates, empty
/// where it has not happened, and `answer`, 1 to 5, positive as the role `intent` says. `moved`, the day of moving here, may be
/// left out, as may `wave`. A later step without the one before counts
/// as if that had been: who was hired had applied. Dates after today, and a person who left before being hired, are errors.
///
/// # Source
///
/// Growth agreement for Indre Namdal 2024–2027, goal 1, measure 3 (CV base, first contact). Intervals: [`wilson`], [`wang`],
/// [`mod@crate::survival::kaplan_meier`].
pub fn find(evidence: &Evidence<'_>, problems: &mut Problems) -> Vec<Finding> {
    let finding = Finding::new("outcomes", title(), method());
    let Some(file) = &evidence.project.findings.outcomes else {
        return vec![finding.none(Reason::no_file("findings.outcomes"))];
    };
    let courses = read(file, evidence.files, evidence.today, problems);
    let Some(courses) = courses else { return vec![finding.none(Reason::bad_file(file))] };
    if courses.is_empty() {
        return vec![finding.none(NoCurve::Nobody)];
    }
    vec![filled(finding, &courses, evidence)]
}

/// One person's course.
pub(super) struct Course {
    /// The dates, in the order of `DATES`.
    dates: [Option<String>; 6],
    /// The code answered.
    pub(super) answer: Option<String>,
    /// The wave in which it was given, where the file says so.
    wave: Option<String>,
    /// The day of moving here, where the file has it.
    moved: Option<String>,
    /// Whether there was a tie to the region, where the file says so.
    tie: Option<bool>,
}

impl Course {
    /// A date by its name.
    pub(super) fn date(&self, name: &str) -> Option<&str> {
        let place = DATES.iter().position(|date| *date == name)?;
        self.dates[place].as_deref()
    }

    /// The day of coming back: of moving here, else of being hired.
    pub(super) fn returned(&self) -> Option<&str> {
        self.moved.as_deref().or_else(|| self.date("hired"))
    }

    /// How far the person has come: 0 invited, 1 answered, 2 positive, 3 contacted, 4 applied, 5 hired.
    fn step(&self, positive: &[String]) -> usize {
        let came = |name| self.date(name).is_some();
        match self.answer.as_ref().is_some_and(|answer| positive.contains(answer)) {
            _ if came("hired") => 5,
            _ if came("applied") => 4,
            _ if came("contacted") => 3,
            true => 2,
            false if came("answered") || self.answer.is_some() => 1,
            false => 0,
        }
    }
}

fn filled(mut finding: Finding, courses: &[Course], evidence: &Evidence<'_>) -> Finding {
    let (level, today) = (evidence.level, evidence.today);
    let positive = &evidence.project.findings.intent.1;
    let came = |step: usize| courses.iter().filter(|course| course.step(positive) >= step).count() as u64;
    for (step, name) in ["invited", "answered", "positive", "contacted", "applied", "hired"].iter().enumerate() {
        let x = came(step);
        if step == 0 {
            finding.cells.push(Cell::new("count", name, step_words(name), x).estimate(real(x)).x(x));
            continue;
        }
        for (statistic, n) in [("share_of_step_before", came(step - 1)), ("share_of_invited", came(0))] {
            let cell = Cell::new(statistic, name, step_words(name), n).x(x);
            finding.cells.push(share(cell, x, n, level));
        }
    }
    let (invited, answered, yes) = (came(0), came(1), came(2));
    let asked = Cell::new("share_if_all_had_answered", "positive", step_words("positive"), answered).x(yes);
    let of_all = wang::interval(invited, answered, yes, level).map(|interval| Interval {
        lower: real(interval.lower) / real(invited),
        upper: real(interval.upper) / real(invited),
    });
    let asked = if answered > 0 { asked.estimate(real(yes) / real(answered)) } else { asked };
    finding.cells.push(asked.interval("wang", level, of_all));

    finding.cells.extend(by_tie(courses, today, level));
    let between = |from: &str, to: &str| spells(courses.iter(), from, to, today);
    match kaplan_meier(&between("contacted", "hired")) {
        Ok(curve) => finding.cells.push(median("median_days", "contacted_to_hired", &curve, level)),
        Err(reason) => {
            finding.cells.push(Cell::new("median_days", "contacted_to_hired", step_words("hired"), 0).none(reason))
        }
    }
    let stay = kaplan_meier(&between("hired", "left"));
    for (days, months) in [(365.0, 12), (730.0, 24)] {
        let label = |lang: Lang| match lang {
            Lang::Nb => format!("bor her fortsatt etter {months} måneder"),
            Lang::Nn => format!("bur her framleis etter {months} månader"),
            Lang::En => format!("still resident after {months} months"),
        };
        let label = Text { nb: label(Lang::Nb), nn: label(Lang::Nn), en: label(Lang::En) };
        let cell = Cell::new("resident", "hired_to_left", label, 0).value(format!("{months} months"));
        finding.cells.push(
            match stay.as_ref().map_err(|reason| *reason).and_then(|curve| Ok((curve, curve.at(days)?))) {
                Ok((curve, step)) => {
                    let mut cell = cell.estimate(step.survival);
                    cell.n = curve.n;
                    cell.se = step.se;
                    let words = |lang: Lang| {
                        format!(
                            "{} {}",
                            step.at_risk,
                            lang.pick("fulgt så lenge", "følgde så lenge", "followed so long")
                        )
                    };
                    cell.notes.push(Text { nb: words(Lang::Nb), nn: words(Lang::Nn), en: words(Lang::En) });
                    cell.interval("log-log", level, step.interval(level).map(Into::into))
                }
                Err(reason) => cell.none(reason),
            },
        );
    }
    if let Ok(curve) = &stay {
        finding.cells.push(median("median_days", "hired_to_left", curve, level));
    }
    for (name, spells) in
        [("contacted_to_hired", between("contacted", "hired")), ("hired_to_left", between("hired", "left"))]
    {
        let Ok(curve) = kaplan_meier(&spells) else { continue };
        for step in &curve.steps {
            let label = Text::same(&format!("{} d", step.time));
            let mut cell = Cell::new("survival", name, label, step.at_risk).value(step.time.to_string()).x(step.ended);
            cell.se = step.se;
            let interval = step.interval(level).map(Into::into);
            finding.cells.push(cell.estimate(step.survival).interval("log-log", level, interval));
        }
    }
    finding.sentences.push(sentence(
        &["invited", "answered", "positive", "contacted", "applied", "hired"].map(step_words),
        &[0, 1, 2, 3, 4, 5].map(came),
    ));
    finding
}

/// The time from one step to another; of those who have not come there, until today.
fn spells<'a>(courses: impl Iterator<Item = &'a Course>, from: &str, to: &str, today: &str) -> Vec<Spell> {
    let spell = |course: &Course| {
        let start = course.date(from)?;
        Some(match course.date(to) {
            Some(end) => Spell::ended(days_between(start, end)?),
            None => Spell::censored(days_between(start, today)?),
        })
    };
    courses.filter_map(spell).collect()
}

/// H1 of hires: with a tie and without.
fn by_tie(courses: &[Course], today: &str, level: Level) -> Vec<Cell> {
    if courses.iter().all(|course| course.tie.is_none()) {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let mut counts = Vec::new();
    for (tie, value) in [(true, "with_tie"), (false, "without_tie")] {
        let own = || courses.iter().filter(move |course| course.tie == Some(tie));
        let contacted = own().filter(|course| course.date("contacted").is_some());
        let n = contacted.clone().count() as u64;
        let x = contacted.filter(|course| course.date("hired").is_some()).count() as u64;
        let hired = Cell::new("hired_by_tie", "tie", step_words("hired"), n).value(value).x(x);
        cells.push(share(hired, x, n, level));
        counts.push((x, n));
        let words = Text::new(
            "bor her fortsatt etter 12 måneder",
            "bur her framleis etter 12 månader",
            "still resident after 12 months",
        );
        let stay = Cell::new("resident_by_tie", "tie", words, 0).value(value);
        let curve = kaplan_meier(&spells(own(), "hired", "left", today));
        cells.push(match curve.and_then(|curve| Ok((curve.n, curve.at(365.0)?))) {
            Ok((n, step)) => {
                let stay = Cell { n, se: step.se, ..stay.estimate(step.survival) };
                stay.interval("log-log", level, step.interval(level).map(Into::into))
            }
            Err(reason) => stay.none(reason),
        });
    }
    let n = counts[0].1 + counts[1].1;
    let cell = |statistic: &'static str| Cell::new(statistic, "tie", step_words("hired"), n);
    match TwoGroups::new(counts[0], counts[1]) {
        Ok(groups) => {
            let mut difference = cell("hired_difference").estimate(groups.difference());
            difference.p_value = fisher_exact::test(&groups).ok().map(|test| test.two_sided);
            let interval = Ok::<_, NoResult>(newcombe::hybrid(&groups, level));
            cells.push(difference.interval("newcombe", level, interval));
            let ratio = cell("hired_ratio").interval("katz", level, risk_ratio::katz(&groups, level));
            cells.push(match risk_ratio::ratio(&groups) {
                Ok(estimate) => ratio.estimate(estimate),
                Err(_) => ratio,
            });
        }
        Err(reason) => cells.push(cell("hired_difference").none(reason)),
    }
    cells
}

/// A share of counts with Wilson's interval.
pub(super) fn share(cell: Cell, x: u64, n: u64, level: Level) -> Cell {
    if n == 0 {
        return cell.none(crate::interval::NoInterval::NoAnswers);
    }
    cell.estimate(real(x) / real(n)).interval("wilson", level, wilson::score(x, n, level).map(Into::into))
}

fn median(statistic: &'static str, name: &str, curve: &KaplanMeier, level: Level) -> Cell {
    let Quantile { estimate, lower, upper } = curve.quantile(0.5, level);
    let label = match name {
        "hired_to_left" => {
            Text::new("dager fra ansatt til flyttet", "dagar frå tilsett til flytta", "days from hired to left")
        }
        _ => Text::new(
            "dager fra kontaktet til ansatt",
            "dagar frå kontakta til tilsett",
            "days from contacted to hired",
        ),
    };
    let mut cell = Cell::new(statistic, name, label, curve.n).x(curve.steps.iter().map(|step| step.ended).sum());
    cell = match estimate {
        Ok(days) => cell.estimate(days),
        Err(reason) => cell.none(reason),
    };
    if lower.is_ok() || upper.is_ok() {
        cell.level = Some(level.as_f64());
        cell.ci_method = Some("brookmeyer-crowley");
        (cell.ci_lower, cell.ci_upper) = (lower.ok(), upper.ok());
    }
    cell
}

/// What each answer has turned into, for the chance of coming home: a line of the file with an answer 1 to 5 and the day on
/// which it was given. A column `wave` may say in which wave. `None` where the file cannot be read; the problems say why.
#[must_use]
pub fn courses(
    file: &str,
    files: &BTreeMap<String, Vec<u8>>,
    today: &str,
    problems: &mut Problems,
) -> Option<Vec<recruitment::Course>> {
    let course = |course: &Course| {
        let intent = course.answer.as_ref()?.parse().ok().filter(|intent| (1..=5).contains(intent))?;
        let answered = Day::iso(course.date("answered")?)?;
        let returned = course.returned().and_then(Day::iso);
        Some(recruitment::Course {
            wave: recruitment::wave(course.wave.as_deref().unwrap_or_default()),
            intent,
            answered,
            returned,
        })
    };
    Some(read(file, files, today, problems)?.iter().filter_map(course).collect())
}

pub(super) fn read(
    file: &str,
    files: &BTreeMap<String, Vec<u8>>,
    today: &str,
    problems: &mut Problems,
) -> Option<Vec<Course>> {
    let before = problems.errors();
    let (_, table) = read_texts(file, files.get(file)?, problems)?;
    for name in DATES.iter().chain(&["answer"]).filter(|name| table.column(name).is_none()) {
        let known = table.columns.iter().map(|column| column.variable.name.clone()).collect();
        problems.push(Problem::error(file, ProjectProblem::NotInSchema(known)).column(*name));
    }
    if problems.errors() > before {
        return None;
    }
    let word = |name: &str, record: usize| {
        let text = table.column(name)?.text(record).ok()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let mut courses = Vec::new();
    for record in 0..table.len() {
        let line = table.lines.get(record).copied().unwrap_or_default();
        let dates = DATES.map(|name| word(name, record));
        let mut wrong = |name: &str, value: &str, what: ProjectProblem| {
            let problem = Problem::error(file, what).line(line).record(record as u64 + 1).column(name);
            problems.push(problem.value(value, Privacy::Answer));
        };
        for (name, date) in DATES.iter().zip(&dates) {
            match date {
                Some(date) if !crate::date::is_date(date) => {
                    wrong(name, date, ProjectProblem::WrongType(Expected::Date))
                }
                Some(date) if date.as_str() > today => {
                    wrong(name, date, ProjectProblem::AfterToday { today: today.into() });
                }
                _ => {}
            }
        }
        // Steps in the order of time, of those that are there.
        let there: Vec<_> = DATES.iter().zip(&dates).filter_map(|(name, date)| Some((name, date.as_ref()?))).collect();
        for pair in there.windows(2).filter(|pair| pair[1].1 < pair[0].1) {
            wrong(pair[1].0, pair[1].1, ProjectProblem::BeforeStep { step: (*pair[0].0).into() });
        }
        if let (Some(left), None) = (&dates[5], &dates[4]) {
            wrong("left", left, ProjectProblem::BeforeStep { step: "hired".into() });
        }
        let moved = word("moved", record);
        if let Some(moved) = moved.as_ref().filter(|moved| !crate::date::is_date(moved)) {
            wrong("moved", moved, ProjectProblem::WrongType(Expected::Date));
        }
        let tie = word("tie", record).map(|tie| tie == "1");
        let wave = word("wave", record);
        courses.push(Course { dates, answer: word("answer", record), wave, moved, tie });
    }
    (problems.errors() == before).then_some(courses)
}

fn step_words(name: &str) -> Text {
    match name {
        "invited" => Text::new("invitert", "invitert", "invited"),
        "answered" => Text::new("svarte", "svara", "answered"),
        "positive" => Text::new("kan tenke seg det", "kan tenkje seg det", "positive"),
        "contacted" => Text::new("kontaktet", "kontakta", "contacted"),
        "applied" => Text::new("søkte", "søkte", "applied"),
        _ => Text::new("ansatt", "tilsett", "hired"),
    }
}

fn sentence(names: &[Text; 6], counts: &[u64; 6]) -> Text {
    let one = |lang: Lang| {
        let steps: Vec<String> = names.iter().zip(counts).map(|(name, n)| format!("{n} {}", name.get(lang))).collect();
        let share = if counts[0] > 0 { of_hundred(real(counts[5]) / real(counts[0])) } else { 0 };
        let tail = match lang {
            Lang::Nb => format!("{share} av 100 inviterte er ansatt."),
            Lang::Nn => format!("{share} av 100 inviterte er tilsette."),
            Lang::En => format!("{share} of 100 invited have been hired."),
        };
        format!("{}. {tail}", steps.join(" → "))
    };
    Text { nb: one(Lang::Nb), nn: one(Lang::Nn), en: one(Lang::En) }
}

fn title() -> Text {
    Text::new("Fra ønske til bosatt", "Frå ønske til busett", "From intent to resident")
}

fn method() -> Text {
    Text::new(
        "Hver andel av dem som kom til steget før, og av alle inviterte. Tid til ansettelse og tid som bosatt: Kaplan–Meier, der \
         de det ikke har skjedd for ennå, teller så lenge de er fulgt.",
        "Kvar del av dei som kom til steget før, og av alle inviterte. Tid til tilsetjing og tid som busett: Kaplan–Meier, der \
         dei det ikkje har hendt for enno, tel så lenge dei er følgde.",
        "Each share of those who came to the step before, and of all invited. Time to hire and time as resident: Kaplan–Meier, \
         where those for whom it has not happened yet count as long as they were followed.",
    )
}
