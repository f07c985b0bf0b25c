//! One column of codes of a table, from day to day.

use super::super::amount::Amount;
use super::super::name::plain;
use super::super::problem::{MunicipalityProblem, words};
use super::super::roles::Roles;
use super::super::sheet::{Row, Sheet};
use super::super::{Code, Day, Group, Register, Transition};
use super::{Absent, Conversion, Splits};
use crate::problem::{Privacy, Problem, Problems};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// The rows of one group of municipalities with the same keys: they become one row.
#[derive(Default)]
struct Bucket {
    /// Position of the row of each code.
    parts: BTreeMap<Code, usize>,
}

/// Where a bucket belongs: the day of its codes, the first code of its group, its keys.
type Place = (Day, Code, Vec<String>);

pub(super) struct Pass<'a> {
    register: &'a Register,
    asked: &'a Conversion,
    roles: &'a Roles,
    code: usize,
    transitions: BTreeMap<Day, Transition>,
    /// Empty rows of codes that did not hold.
    skipped: u64,
    /// Rows of municipalities that were divided and are left out.
    left_out: u64,
    not_stated: bool,
    cannot_occur: bool,
    /// Codes that lost their zero.
    without_zero: u64,
    /// Groups that something was read of, with their days.
    used: BTreeSet<(Day, Code)>,
    days: BTreeMap<String, Day>,
    /// Names beside codes that were looked at.
    named: BTreeSet<(Day, Code, String)>,
    assumed: Vec<Text>,
}

impl<'a> Pass<'a> {
    pub(super) fn new(register: &'a Register, asked: &'a Conversion, roles: &'a Roles, code: usize) -> Self {
        Self {
            register,
            asked,
            roles,
            code,
            transitions: BTreeMap::new(),
            skipped: 0,
            left_out: 0,
            not_stated: false,
            cannot_occur: false,
            without_zero: 0,
            used: BTreeSet::new(),
            days: BTreeMap::new(),
            named: BTreeSet::new(),
            assumed: Vec::new(),
        }
    }

    /// The table in the new codes.
    pub(super) fn run(&mut self, sheet: Sheet, problems: &mut Problems) -> Option<Sheet> {
        let errors = problems.errors();
        let (mut order, mut buckets): (Vec<Place>, BTreeMap<Place, Bucket>) = (Vec::new(), BTreeMap::new());
        if self.asked.splits == Splits::Unit {
            self.units(&sheet);
        }
        for (position, row) in sheet.rows.iter().enumerate() {
            let Some((day, code)) = self.key(&sheet, row, problems) else { continue };
            let first = match self.group(day, code) {
                Some(group) => group.from[0],
                None => code,
            };
            let place = (day, first, self.keys(row));
            if !buckets.contains_key(&place) {
                order.push(place.clone());
            }
            let bucket = buckets.entry(place).or_default();
            if let Some(before) = bucket.parts.insert(code, position) {
                let what = MunicipalityProblem::Twice { line: sheet.rows[before].line };
                problems.push(self.at(&sheet, row, self.code, what));
            }
            self.used.insert((day, first));
        }
        if problems.errors() > errors {
            return None;
        }
        self.divided(&sheet, &buckets, problems);
        let mut incomplete: BTreeMap<Code, (BTreeSet<Code>, u64)> = BTreeMap::new();
        let mut rows = Vec::new();
        for place in order {
            let bucket = &buckets[&place];
            let group = self.group(place.0, place.1).cloned();
            if group.as_ref().is_some_and(Group::is_divided) && self.asked.splits != Splits::Unit {
                self.left_out += bucket.parts.len() as u64;
                continue;
            }
            if let Some(group) = group.as_ref().filter(|group| bucket.parts.len() < group.from.len()) {
                let missing = group.from.iter().filter(|code| !bucket.parts.contains_key(code));
                let known = incomplete.entry(group.to[0]).or_default();
                known.0.extend(missing);
                known.1 += 1;
            }
            rows.extend(self.row(&sheet, bucket, group.as_ref(), problems));
        }
        for (to, (missing, rows)) in incomplete.into_iter().filter(|_| self.asked.absent == Absent::Missing) {
            let missing = missing.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let what = MunicipalityProblem::Incomplete { to: to.to_string(), missing, rows };
            problems.push(Problem::warning(&sheet.file, what).column(&sheet.names[self.code]));
        }
        (problems.errors() == errors).then_some(Sheet { rows, ..sheet })
    }

    /// Makes what is one unit on one of the days of the table a unit on all of them, so that a series has the same ones in all
    /// its years.
    fn units(&mut self, sheet: &Sheet) {
        // Days that are none are told when the rows are read.
        for row in &sheet.rows {
            let _ = self.day(sheet, row, &mut Problems::new());
        }
        let mut units: Vec<BTreeSet<Code>> = Vec::new();
        for group in self.transitions.values().flat_map(|one| &one.groups).filter(|group| group.is_divided()) {
            let mut unit: BTreeSet<Code> = group.to.iter().copied().collect();
            units.retain(|other| {
                let apart = other.is_disjoint(&unit);
                if !apart {
                    unit.extend(other);
                }
                apart
            });
            units.push(unit);
        }
        self.transitions.values_mut().for_each(|one| *one = one.with_units(&units));
    }

    fn at(&self, sheet: &Sheet, row: &Row, column: usize, what: MunicipalityProblem) -> Problem {
        let problem = Problem::error(&sheet.file, what).line(row.line).record(row.record);
        problem.column(&sheet.names[column]).value(&row.fields[column], Privacy::Open)
    }

    fn group(&self, day: Day, code: Code) -> Option<&Group> {
        self.transitions.get(&day)?.of(code)
    }

    /// The fields that tell rows apart.
    fn keys(&self, row: &Row) -> Vec<String> {
        let roles = self.roles;
        let is_key = |column: &usize| {
            *column != self.code
                && !roles.sums.contains(column)
                && !roles.drops.contains(column)
                && !roles.names.iter().any(|(name, code)| name == column && *code == self.code)
        };
        (0..row.fields.len()).filter(is_key).map(|column| row.fields[column].trim().to_string()).collect()
    }

    /// The day that the codes of a row are of.
    fn day(&mut self, sheet: &Sheet, row: &Row, problems: &mut Problems) -> Option<Day> {
        let day = match (self.asked.from, self.roles.year) {
            (Some(day), _) => day,
            (None, Some(year)) => {
                let text = row.fields[year].trim().to_string();
                match self.days.get(&text) {
                    Some(day) => *day,
                    None => match Day::parse(&text) {
                        Ok((day, note)) => {
                            if self.assumed.is_empty() {
                                self.assumed.extend(note);
                            }
                            self.days.insert(text, day);
                            day
                        }
                        Err(what) => {
                            problems.push(self.at(sheet, row, year, what));
                            return None;
                        }
                    },
                }
            }
            (None, None) => return None,
        };
        if !self.transitions.contains_key(&day) {
            self.transitions.insert(day, self.register.transition(day, self.asked.to));
        }
        Some(day)
    }

    /// The day and the code of a row; `None` where there is nothing in it, or a problem.
    fn key(&mut self, sheet: &Sheet, row: &Row, problems: &mut Problems) -> Option<(Day, Code)> {
        let day = self.day(sheet, row, problems)?;
        let text = row.fields[self.code].trim();
        let own = self.own_name(row);
        let code = match (Code::leading(text), Code::without_zero(text)) {
            (Some(code), _) => code,
            (None, Some(code)) => {
                self.without_zero += 1;
                code
            }
            (None, None) => {
                let answer = self.register.search(text, Some(day));
                let note = answer.notes.first().cloned().filter(|_| !text.is_empty());
                problems.push(self.at(sheet, row, self.code, MunicipalityProblem::NotACode { note }));
                return None;
            }
        };
        if code == Code::NOT_STATED {
            self.not_stated = true;
            return Some((day, code));
        }
        if self.register.get(code, day).is_some() {
            let mut told =
                |(_, name): &(usize, &str)| name.is_empty() || !self.named.insert((day, code, (*name).into()));
            if let Some((column, name)) = own.filter(|own| !told(own)) {
                let answer = self.register.search(&format!("{code} {name}"), Some(day));
                if answer.found().is_none() {
                    let what = MunicipalityProblem::unclear(self.register, &answer);
                    let problem = Problem::warning(&sheet.file, what).line(row.line).record(row.record);
                    problems.push(problem.column(&sheet.names[column]).value(name, Privacy::Open));
                }
            }
            return Some((day, code));
        }
        let empty =
            self.roles.sums.iter().all(|column| Amount::parse(&row.fields[*column]).is_some_and(Amount::is_nothing));
        if empty && !self.register.history(code).is_empty() {
            self.skipped += 1;
            return None;
        }
        let notes = self.register.search(&code.to_string(), Some(day)).notes;
        problems.push(self.at(sheet, row, self.code, MunicipalityProblem::NotThen { day: day.to_string(), notes }));
        None
    }

    /// The name beside the code.
    fn own_name<'r>(&self, row: &'r Row) -> Option<(usize, &'r str)> {
        let own = self.roles.names.iter().find(|(_, code)| *code == self.code);
        own.map(|(name, _)| (*name, row.fields[*name].trim()))
    }

    /// Every division of municipalities that the table has, once, unless it may be carried or left out.
    fn divided(&self, sheet: &Sheet, buckets: &BTreeMap<Place, Bucket>, problems: &mut Problems) {
        if self.asked.splits != Splits::Refuse {
            return;
        }
        let mut told = BTreeSet::new();
        for ((day, first, _), bucket) in buckets {
            let Some(group) = self.group(*day, *first).filter(|group| group.is_divided()) else { continue };
            if !told.insert((group.from.clone(), group.to.clone())) {
                continue;
            }
            let Some(row) = bucket.parts.values().min().map(|position| &sheet.rows[*position]) else { continue };
            let divisions: Vec<String> = group
                .divisions
                .iter()
                .map(|one| format!("{} {} → {}", one.day, one.one, one.several.join(" + ")))
                .collect();
            let what = MunicipalityProblem::Divided {
                from: joined(&group.from),
                to: joined(&group.to),
                divisions: divisions.join("; "),
            };
            problems.push(self.at(sheet, row, self.code, what));
        }
    }

    /// The row that a bucket becomes.
    fn row(&mut self, sheet: &Sheet, bucket: &Bucket, group: Option<&Group>, problems: &mut Problems) -> Option<Row> {
        let first = *bucket.parts.values().min()?;
        let mut row = sheet.rows[first].clone();
        let codes = group.map_or_else(|| bucket.parts.keys().copied().collect(), |group| group.to.clone());
        let names = codes.iter().filter_map(|code| self.register.get(*code, self.asked.to));
        let names = names.map(|one| one.name.clone()).collect::<Vec<_>>().join(" + ");
        // A field with a code and a name has both of them again.
        let both = row.fields[self.code].trim().contains(' ') && group.is_some();
        row.fields[self.code] = if both { format!("{} {names}", joined(&codes)) } else { joined(&codes) };
        if let (Some((name, _)), true) = (self.own_name(&row), group.is_some()) {
            row.fields[name] = names;
        }
        let whole = group.is_none_or(|group| bucket.parts.len() == group.from.len());
        for column in &self.roles.sums {
            let mut amounts = Vec::new();
            let mut mark = '.';
            for position in bucket.parts.values() {
                let field = &sheet.rows[*position].fields[*column];
                mark = if field.contains(',') { ',' } else { mark };
                match Amount::parse(field) {
                    Some(amount) => amounts.push(amount),
                    None => {
                        problems.push(self.at(sheet, &sheet.rows[*position], *column, MunicipalityProblem::NotANumber))
                    }
                }
            }
            if !whole && self.asked.absent == Absent::Missing {
                amounts.push(Amount::Missing);
            }
            self.cannot_occur |= amounts.len() > 1 && amounts.contains(&Amount::CannotOccur);
            if amounts.len() > 1 {
                row.fields[*column] = Amount::sum(&amounts).text(mark);
            }
        }
        Some(row)
    }

    /// What was assumed.
    pub(super) fn notes(&self, sheet: &Sheet) -> Vec<Text> {
        let mut notes = self.assumed.clone();
        let mut kinds = [0_usize; 4];
        for (day, first) in &self.used {
            let Some(group) = self.group(*day, *first) else { continue };
            let kind = match (group.from.as_slice(), group.to.as_slice()) {
                ([old], [new]) if old == new => 0,
                ([_], [_]) => 1,
                (_, [_]) => 2,
                _ => 3,
            };
            kinds[kind] += 1;
        }
        let from = match self.asked.from {
            Some(day) => day.to_string(),
            None => self.roles.year.map(|year| sheet.names[year].clone()).unwrap_or_default(),
        };
        let counts = kinds.map(|count| count.to_string());
        notes.push(words(
            "{0}: koder fra {1} til {2}: {3} uendret, {4} ny kode, {5} slått sammen, {6} delt",
            "{0}: kodar frå {1} til {2}: {3} uendra, {4} ny kode, {5} slått saman, {6} delt",
            "{0}: codes of {1} to those of {2}: {3} unchanged, {4} a new code, {5} merged, {6} divided",
            &[
                &sheet.names[self.code],
                &from,
                &self.asked.to.to_string(),
                &counts[0],
                &counts[1],
                &counts[2],
                &counts[3],
            ],
        ));
        self.counted(&mut notes);
        for border in self.register.borders() {
            let between = |day: &Day| (*day.min(&self.asked.to) < border.day) && border.day <= *day.max(&self.asked.to);
            let touched =
                self.used.iter().any(|(day, code)| between(day) && (*code == border.gave || *code == border.got));
            if touched {
                notes.push(self.register.border_note(border));
            }
        }
        for ((_, first), group) in self.used.iter().filter_map(|one| Some((one, self.group(one.0, one.1)?))) {
            if !group.divisions.is_empty() && group.is_divided() && self.asked.splits == Splits::Unit {
                let names: Vec<&str> = group
                    .to
                    .iter()
                    .filter_map(|code| self.register.get(*code, self.asked.to))
                    .map(|one| plain(&one.name))
                    .collect();
                let reasons =
                    group.divisions.iter().map(|one| format!("{} {} → {}", one.day, one.one, one.several.join(" + ")));
                let note = words(
                    "{0} er holdt samlet som {1} ({2}): {3}",
                    "{0} er halde samla som {1} ({2}): {3}",
                    "{0} is kept together as {1} ({2}): {3}",
                    &[
                        &joined(&group.from),
                        &joined(&group.to),
                        &names.join(" + "),
                        &reasons.collect::<Vec<_>>().join("; "),
                    ],
                );
                if !notes.contains(&note) && group.from[0] == *first {
                    notes.push(note);
                }
            }
        }
        notes
    }

    fn counted(&self, notes: &mut Vec<Text>) {
        let mut count = |count: u64, nb: &str, nn: &str, en: &str| {
            if count > 0 {
                notes.push(words(nb, nn, en, &[&count.to_string()]));
            }
        };
        count(
            self.skipped,
            "{0} tomme rader hadde en kode som ikke gjaldt da, og er utelatt",
            "{0} tomme rader hadde ein kode som ikkje gjaldt då, og er utelatne",
            "{0} empty rows had a code that did not hold then, and are left out",
        );
        count(
            self.left_out,
            "{0} rader er utelatt: kommunene er delt, og ingen kilde sier hvor mye som gikk til hver",
            "{0} rader er utelatne: kommunane er delte, og inga kjelde seier kor mykje som gjekk til kvar",
            "{0} rows are left out: the municipalities were divided, and no source says how much went to each",
        );
        count(
            self.without_zero,
            "{0} koder hadde tre sifre, og er lest med en null foran",
            "{0} kodar hadde tre siffer, og er lesne med ein null framfor",
            "{0} codes had three digits, and are read with a zero in front",
        );
        count(
            u64::from(self.not_stated),
            "9999 (uoppgitt) er ingen kommune, og står som den er",
            "9999 (ikkje oppgitt) er ingen kommune, og står som han er",
            "9999 (not stated) is no municipality, and stands as it is",
        );
        count(
            u64::from(self.cannot_occur),
            "«.» (kan ikke forekomme) er lagt til som 0",
            "«.» (kan ikkje førekome) er lagt til som 0",
            "“.” (cannot occur) is added as 0",
        );
        count(
            u64::from(self.asked.absent == Absent::Zero),
            "rader som ikke finnes, er talt som 0",
            "rader som ikkje finst, er talde som 0",
            "rows that are not there are counted as 0",
        );
    }
}

fn joined(codes: &[Code]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
}
