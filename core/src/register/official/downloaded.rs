//! A register from a file of Statistics Norway as it was downloaded.
//!
//! Nothing is taken for something else in silence: what a dimension and a measure were read as is a note, and where the
//! file leaves a choice the project makes it (`columns`, `where`, `values`, `year`), or the file is refused.

use super::carried::text;
use super::form::{Axis, Form, is_named, level};
use super::problem::OfficialProblem;
use super::rows::{Row, Rows, field};
use super::{NATION, OLDEST, Register, Value};
use crate::problem::{Privacy, Problem, Problems, Severity};
use crate::read::Missing;
use crate::read::statbank::{
    Age, Category, Dimension, Key, Level, Long, Meaning, Measure, Note, Options, Role, StatTable, Value as Cell,
};
use crate::register::Sex;
use crate::register::municipality::{self, Status};
use crate::text::{Lang, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the file. `None` when it cannot be used; problems say why.
pub(super) fn read(
    register: &Register,
    form: &Form,
    data: &[u8],
    notes: &mut Vec<Text>,
    problems: &mut Problems,
) -> Option<Rows> {
    let options = Options { decimal: register.reading.decimal, ..Options::default() };
    let mut inner = Problems::new();
    let table = StatTable::read(&register.data, data, &options, &mut inner);
    let is_whole = told(inner, problems);
    let table = table.filter(|_| is_whole)?;
    notes.extend(table.notes.iter().map(words));
    let mut reader = Reader::new(&table, register, form, problems)?;
    reader.read(notes)?;
    let before = reader.problems.errors();
    let rows = reader.rows(notes);
    (reader.problems.errors() == before).then_some(rows)
}

/// Tells the problems of reading; whether there is nothing wrong. Every file that Statistics Norway writes ends its last line: one
/// that does not may be cut off inside its last number, which nothing else tells.
fn told(inner: Problems, problems: &mut Problems) -> bool {
    let before = problems.errors();
    for problem in inner.list() {
        let is_cut = problem.what.code() == "no-line-end";
        let severity = if is_cut { Severity::Error } else { problem.severity };
        problems.push(Problem { severity, ..problem.clone() });
    }
    for (file, more) in inner.more() {
        problems.push_more(file, u64::from(inner.errors() > 0) * more, u64::from(inner.errors() == 0) * more);
    }
    problems.errors() == before
}

/// A note in all languages.
fn words(note: &Note) -> Text {
    Text::new(&note.words(Lang::Nb), &note.words(Lang::Nn), &note.words(Lang::En))
}

/// A dimension and the categories of it that count.
type Only = (usize, Vec<String>);

/// Where the parts of a register come from.
enum Parts {
    /// None.
    None,
    /// A dimension.
    Dimension(usize),
    /// The measures.
    Measures,
}

struct Reader<'a> {
    table: &'a StatTable,
    register: &'a Register,
    form: &'a Form,
    problems: &'a mut Problems,
    /// Dimensions that are asked for, in the order of the keys of [`StatTable::long`].
    asked: Vec<usize>,
    only: Vec<Only>,
    parts: Parts,
    /// The dimension of women and men, where both are read.
    sexes: Option<usize>,
    /// By key columns: for each count what was found of it.
    found: BTreeMap<Vec<String>, BTreeMap<String, Vec<Value>>>,
    /// How many figures make up a count.
    whole: BTreeMap<String, usize>,
    counts: Vec<String>,
    skipped: BTreeSet<String>,
    odd: BTreeSet<String>,
    provisional: u64,
    /// Years of periods that are not years.
    periods: BTreeMap<String, u16>,
}

impl<'a> Reader<'a> {
    fn new(table: &'a StatTable, register: &'a Register, form: &'a Form, problems: &'a mut Problems) -> Option<Self> {
        let mut reader = Self {
            table,
            register,
            form,
            problems,
            asked: Vec::new(),
            only: Vec::new(),
            parts: Parts::None,
            sexes: None,
            found: BTreeMap::new(),
            whole: BTreeMap::new(),
            counts: Vec::new(),
            skipped: BTreeSet::new(),
            odd: BTreeSet::new(),
            provisional: 0,
            periods: BTreeMap::new(),
        };
        let before = reader.problems.errors();
        reader.find_dimensions();
        reader.check_names();
        reader.check_levels();
        (reader.problems.errors() == before).then_some(reader)
    }

    fn refuse(&mut self, what: OfficialProblem, column: &str) {
        self.problems.push(Problem::error(&self.table.file, what).column(column));
    }

    fn named(&mut self, name: &str) -> Option<usize> {
        let found = self.table.dimensions.iter().position(|axis| axis.id == name || axis.label == name);
        if found.is_none() {
            let exists = self.table.dimensions.iter().map(|axis| axis.label.clone()).collect();
            self.refuse(OfficialProblem::NoSuchDimension(exists), name);
        }
        found
    }

    fn mapped(&self, column: &str) -> Option<&'a [String]> {
        self.register.reading.columns.iter().find(|(name, _)| name == column).map(|(_, names)| names.as_slice())
    }

    /// Which dimension is which; what is missing is reported.
    fn find_dimensions(&mut self) {
        for (name, list) in &self.register.reading.only {
            if let Some(axis) = self.named(name) {
                let dimension = &self.table.dimensions[axis];
                for one in list.iter().filter(|one| !dimension.categories.iter().any(|category| is(category, one))) {
                    let exists = dimension.categories.iter().map(|category| category.label.clone()).collect();
                    let problem = Problem::error(&self.table.file, OfficialProblem::NoSuchCategory(exists));
                    self.problems.push(problem.column(name).value(one, Privacy::Open));
                }
                self.only.push((axis, list.clone()));
            }
        }
        let known: Vec<&str> = self.form.columns();
        for (name, _) in self.register.reading.columns.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            let known = known.iter().map(|name| (*name).to_owned()).collect();
            self.refuse(OfficialProblem::NoSuchColumn(known), name);
        }
        for (column, axis) in self.form.keys {
            let dimension = match (self.mapped(column), axis) {
                (Some([name]), _) => self.named(name),
                (Some(_), _) => {
                    self.refuse(OfficialProblem::OneDimension, column);
                    None
                }
                (None, Axis::Part) => {
                    self.find_parts(column);
                    continue;
                }
                (None, Axis::Year) if self.register.reading.year.is_some() => {
                    if self.table.dimension(Role::Time).is_some() {
                        self.refuse(OfficialProblem::TwoYears, "year");
                    }
                    continue;
                }
                (None, _) => self.of_axis(column, *axis),
            };
            if let (Some(dimension), Axis::Part) = (dimension, axis) {
                self.parts = Parts::Dimension(dimension);
            }
            self.asked.extend(dimension);
        }
        if self.form.id == "age_bands" {
            let axis = self.of_axis("a0_5", Axis::Age);
            self.asked.extend(axis);
        }
        // Women and men are added up where the file has no row for both; the population has them one by one too.
        let sex = self.table.dimension(Role::Sex).filter(|sex| !self.only.iter().any(|(axis, _)| axis == sex));
        if let Some(sex) = sex.filter(|sex| !self.asked.contains(sex)) {
            let has = |wanted: Option<Sex>| {
                self.table.dimensions[sex].categories.iter().any(|one| one.meaning == Meaning::Sex(wanted))
            };
            let both = has(Some(Sex::Female)) && has(Some(Sex::Male));
            if both && (self.form.id == "population" || !has(None)) {
                self.sexes = Some(sex);
                self.asked.push(sex);
            }
        }
        for (axis, _) in &self.only {
            if !self.asked.contains(axis) {
                self.asked.push(*axis);
            }
        }
    }

    /// Warns of names beside codes of municipalities that never had them.
    fn check_names(&mut self) {
        let municipalities = municipality::Register::embedded();
        let places = [Role::Region, Role::Workplace, Role::Residence];
        for dimension in self.table.dimensions.iter().filter(|dimension| places.contains(&dimension.role)) {
            for one in dimension.categories.iter().filter(|one| one.level() == Some(Level::Municipality)) {
                let answer = municipalities.search(&format!("{} {}", one.code, one.label), None);
                let is_named = one.label != one.code && one.label != one.written;
                if is_named && answer.status == Status::Contradiction {
                    let problem =
                        Problem::warning(&self.table.file, OfficialProblem::OtherName { notes: answer.notes });
                    self.problems.push(problem.column(&dimension.label).value(&one.written, Privacy::Open));
                }
            }
        }
    }

    /// Higher education is short and long together, where a table tells them apart.
    fn check_levels(&mut self) {
        let Parts::Dimension(at) = self.parts else { return };
        let own = self.register.reading.values.iter().any(|(part, _)| part == "higher");
        if self.form.id != "education" || own {
            return;
        }
        let dimension = &self.table.dimensions[at];
        let higher = dimension.categories.iter().map(|one| parted(&one.code, &one.label));
        let higher: Vec<(&str, &str)> = higher.filter(|(code, label)| level(code, label) == Some("higher")).collect();
        let has = |code: &str, words: [&str; 2]| {
            higher
                .iter()
                .any(|(own, label)| *own == code || words.iter().any(|word| label.to_lowercase().contains(word)))
        };
        if has("03a", [", kort", "short"]) != has("04a", [", lang", "long"]) {
            self.refuse(OfficialProblem::HalfOfHigher, &dimension.label);
        }
    }

    /// The dimension of an axis. Jobs stand in the municipality of work where a table has no other.
    fn of_axis(&mut self, column: &str, axis: Axis) -> Option<usize> {
        let roles: &[Role] = match axis {
            Axis::Region if self.form.id == "jobs" => &[Role::Region, Role::Workplace],
            Axis::Region => &[Role::Region],
            Axis::Workplace => &[Role::Workplace],
            Axis::Residence => &[Role::Residence],
            Axis::Year => &[Role::Time],
            Axis::Age => &[Role::Age],
            Axis::Sex => &[Role::Sex],
            Axis::Part => &[],
        };
        let found = roles.iter().find_map(|role| self.table.dimension(*role));
        if found.is_none() {
            let exists = self.table.dimensions.iter().map(|axis| axis.label.clone()).collect();
            self.refuse(OfficialProblem::NoDimensionFor { column: column.to_owned(), exists }, column);
        }
        found
    }

    /// The dimension of industries or levels: the only one that is nothing else.
    fn find_parts(&mut self, column: &str) {
        let is_free = |(at, axis): &(usize, &Dimension)| {
            axis.role == Role::Other && axis.categories.len() > 1 && !self.only.iter().any(|(only, _)| only == at)
        };
        let free: Vec<usize> = self.table.dimensions.iter().enumerate().filter(is_free).map(|(at, _)| at).collect();
        match free.as_slice() {
            [one] => {
                self.parts = Parts::Dimension(*one);
                self.asked.push(*one);
            }
            [] if self.form.id == "education"
                && self.table.measures.iter().any(|one| self.part_of_measure(one).is_some()) =>
            {
                self.parts = Parts::Measures;
            }
            _ => {
                let exists = self.table.dimensions.iter().map(|axis| axis.label.clone()).collect();
                self.refuse(OfficialProblem::NoDimensionFor { column: column.to_owned(), exists }, column);
            }
        }
    }

    /// The part that a category or measure is: as the project says, else a level of education that is known, else its code.
    fn part(&self, code: &str, label: &str) -> String {
        let (code, label) = parted(code, label);
        let values = &self.register.reading.values;
        if let Some((part, _)) = values.iter().find(|(_, list)| list.iter().any(|one| one == code || one == label)) {
            return part.clone();
        }
        if self.form.id == "education" {
            return level(code, label).map_or_else(|| code.to_owned(), str::to_owned);
        }
        let total = ["alle næringer", "alle næringar", "i alt", "all industries", "total"];
        if code == "00-99" || total.contains(&label.to_lowercase().as_str()) { "all".into() } else { code.to_owned() }
    }

    fn part_of_measure(&self, measure: &Measure) -> Option<String> {
        let part = self.part(&measure.code, &measure.label);
        (part != measure.code).then_some(part)
    }

    /// Reads the figures of every column.
    fn read(&mut self, notes: &mut Vec<Text>) -> Option<()> {
        let before = self.problems.errors();
        if let Parts::Measures = self.parts {
            let (known, others): (Vec<&Measure>, Vec<&Measure>) =
                self.table.measures.iter().partition(|one| self.part_of_measure(one).is_some());
            if !others.is_empty() {
                notes.push(text("utelatt: {0}", "utelate: {0}", "left out: {0}", &[&labels(&others)]));
            }
            let column = self.form.counts[0].column;
            self.counts.push(column.to_owned());
            for measure in known {
                let part = self.part_of_measure(measure)?;
                notes.push(text(
                    "«{0}» er lest som {1}",
                    "«{0}» er lese som {1}",
                    "“{0}” is read as {1}",
                    &[&measure.label, &part],
                ));
                self.column(column, &measure.code, Some(&part), notes);
            }
            self.whole.insert(column.to_owned(), 1);
        } else {
            for count in self.form.counts {
                let measures = self.measures(count.column, count.terms);
                if count.column == "total" && self.form.id == "age_bands" {
                    self.whole.clear();
                } else {
                    self.counts.push(count.column.to_owned());
                }
                for measure in &measures {
                    if measure.label != count.column || self.table.measures.len() > 1 {
                        notes.push(text(
                            "kolonnen {0} er «{1}»",
                            "kolonnen {0} er «{1}»",
                            "the column {0} is “{1}”",
                            &[count.column, &measure.label],
                        ));
                    }
                    self.column(count.column, &measure.code, None, notes);
                }
                self.whole.insert(count.column.to_owned(), measures.len());
            }
        }
        (self.problems.errors() == before).then_some(())
    }

    /// The measures that are added up to a column: those that the project names, those whose names are known, or the only
    /// one of the table, unless it is no count.
    fn measures(&mut self, column: &'static str, terms: &[&[&str]]) -> Vec<&'a Measure> {
        let all = &self.table.measures;
        let exists = || all.iter().map(|one| one.label.clone()).collect::<Vec<_>>();
        if let Some(names) = self.mapped(column) {
            let found: Vec<Option<&Measure>> =
                names.iter().map(|name| self.table.measure(name).map(|at| &all[at])).collect();
            if let Some(at) = found.iter().position(Option::is_none) {
                self.refuse(OfficialProblem::NoMeasureFor { column, exists: exists() }, &names[at]);
            }
            return found.into_iter().flatten().collect();
        }
        let is_count = |one: &&Measure| !is_rate(&one.label) && !is_rate(&one.unit);
        let mut found = Vec::new();
        for names in terms {
            let fits = |one: &&Measure| {
                let own = one.code == column || one.label == column;
                own || is_named(&one.code, names) || is_named(&one.label, names)
            };
            let candidates: Vec<&Measure> = all.iter().filter(is_count).filter(fits).collect();
            match candidates.as_slice() {
                [one] => found.push(*one),
                [] if all.len() == 1 && self.form.counts.len() == 1 && is_count(&&all[0]) => found.push(&all[0]),
                _ => {
                    self.refuse(OfficialProblem::NoMeasureFor { column, exists: exists() }, column);
                    return Vec::new();
                }
            }
        }
        found
    }

    /// The figures of one measure.
    fn column(&mut self, column: &str, measure: &str, part: Option<&str>, notes: &mut Vec<Text>) {
        let keys: Vec<Key<'_>> = self.asked.iter().map(|at| Key::Named(&self.table.dimensions[*at].id)).collect();
        let table = self.table;
        let Some(long) = table.long(&keys, Some(measure), self.problems) else { return };
        for note in long.notes.iter().map(words).filter(|note| !notes.contains(note)).collect::<Vec<_>>() {
            notes.push(note);
        }
        let mut refused = BTreeSet::new();
        for record in 0..long.len() {
            match self.key(&long, record, part) {
                Ok(Some((key, band))) => self.put(key, band.as_deref().unwrap_or(column), &long, record),
                Ok(None) => {}
                Err((what, column, value)) => {
                    if refused.insert((column.clone(), value.clone())) {
                        let problem = Problem::error(&table.file, what).column(column);
                        self.problems.push(problem.value(value, Privacy::Open));
                    }
                }
            }
        }
    }

    fn put(&mut self, key: Vec<String>, column: &str, long: &Long<'_>, record: usize) {
        let value = match long.value(record) {
            Some(Cell::Number { value, provisional }) => {
                self.provisional += u64::from(provisional);
                Value::read(value)
            }
            Some(Cell::Nil) => Value::read(0.0),
            Some(Cell::Missing(Missing::Blank)) | None => Value::none(Missing::NotAvailable),
            Some(Cell::Missing(why)) => Value::none(why),
        };
        let sex = self.sexes.and_then(|sexes| {
            let at = self.asked.iter().position(|one| *one == sexes)?;
            if let Meaning::Sex(sex) = long.category(record, at)?.meaning { sex } else { None }
        });
        let by_sex = self.sexes.is_some();
        let row = self.found.entry(key).or_default();
        match sex {
            Some(sex) if self.form.id == "population" => {
                let name = if sex == Sex::Female { "female" } else { "male" };
                row.entry(name.into()).or_default().push(value);
            }
            // Both together, where women and men are there one by one: the population has its own row for it.
            None if by_sex && self.form.id != "population" => {}
            _ => row.entry(column.to_owned()).or_default().push(value),
        }
    }

    /// The fields that tell a record apart, and of bands of age the column; `None` where the record does not count.
    #[expect(clippy::type_complexity, reason = "what is wrong, in which column, with which value")]
    fn key(
        &mut self,
        long: &Long<'_>,
        record: usize,
        part: Option<&str>,
    ) -> Result<Option<(Vec<String>, Option<String>)>, (OfficialProblem, String, String)> {
        for (axis, list) in &self.only {
            let at = self.asked.iter().position(|one| one == axis).unwrap_or_default();
            if !long.category(record, at).is_some_and(|category| list.iter().any(|one| is(category, one))) {
                return Ok(None);
            }
        }
        let mut fields = Vec::new();
        let mut next = 0;
        for (_, axis) in self.form.keys {
            let is_year = *axis == Axis::Year && self.register.reading.year.is_some();
            let of_measure = *axis == Axis::Part && matches!(self.parts, Parts::Measures);
            if is_year || of_measure {
                let year = self.register.reading.year.map(|year| year.to_string()).unwrap_or_default();
                fields.push(if is_year { year } else { part.unwrap_or_default().to_owned() });
                continue;
            }
            let label = self.table.dimensions[self.asked[next]].label.clone();
            let Some(category) = long.category(record, next) else { return Ok(None) };
            next += 1;
            let wrong = |what| (what, label.clone(), category.written.clone());
            match axis {
                Axis::Region | Axis::Workplace | Axis::Residence => match region(category) {
                    Some(code) => fields.push(code),
                    None => {
                        let is_word = !category.code.bytes().any(|byte| byte.is_ascii_digit());
                        let list = if is_word { &mut self.odd } else { &mut self.skipped };
                        list.insert(category.written.clone());
                        return Ok(None);
                    }
                },
                Axis::Year => {
                    let period = category.period().ok_or_else(|| wrong(OfficialProblem::NotAYear))?;
                    let (year, written) = (period.year(), category.code.clone());
                    if self.periods.iter().any(|(other, of)| *of == year && *other != written) {
                        return Err(wrong(OfficialProblem::SeveralPeriods { year }));
                    }
                    self.periods.insert(written, year);
                    fields.push(year.to_string());
                }
                Axis::Age => match category.age() {
                    Some(Age::ALL) => return Ok(None),
                    Some(age) if age.single().is_some_and(|age| age < OLDEST) => fields.push(age.from.to_string()),
                    Some(Age { from: OLDEST, .. }) => fields.push(OLDEST.to_string()),
                    _ => return Err(wrong(OfficialProblem::NotASingleAge)),
                },
                Axis::Sex => match category.meaning {
                    Meaning::Sex(Some(Sex::Female)) => fields.push("female".into()),
                    Meaning::Sex(Some(Sex::Male)) => fields.push("male".into()),
                    Meaning::Sex(None) => return Ok(None),
                    _ => return Err(wrong(OfficialProblem::NotASex)),
                },
                Axis::Part => fields.push(self.part(&category.code, &category.label)),
            }
        }
        if self.form.id != "age_bands" {
            return Ok(Some((fields, None)));
        }
        let label = self.table.dimensions[self.asked[next]].label.clone();
        let Some(category) = long.category(record, next) else { return Ok(None) };
        let band = match category.age() {
            Some(Age::ALL) => "total".to_owned(),
            Some(Age { from, to: None }) => format!("a{from}p"),
            Some(Age { from, to: Some(to) }) => format!("a{from}_{to}"),
            None => return Err((OfficialProblem::NotAnAge, label, category.written.clone())),
        };
        if !self.counts.contains(&band) {
            self.counts.push(band.clone());
        }
        Ok(Some((fields, Some(band))))
    }

    /// What was found, as rows; a count of which a part is missing is not known.
    fn rows(&mut self, notes: &mut Vec<Text>) -> Rows {
        let both = |dimension: &Dimension| dimension.categories.iter().any(|one| one.meaning == Meaning::Sex(None));
        let of_both = self.sexes.is_some_and(|sexes| both(&self.table.dimensions[sexes]));
        let sexes = if self.sexes.is_some() && !(self.form.id == "population" && of_both) { 2 } else { 1 };
        if sexes == 2 {
            notes.push(Text::new(
                "kvinner og menn er lagt sammen",
                "kvinner og menn er lagde saman",
                "women and men were added up",
            ));
        }
        if self.form.id == "population" && self.sexes.is_some() {
            self.counts.extend(["female".into(), "male".into()]);
        }
        let parts = self.parts_of_parts(notes);
        let part_at = self.form.keys.iter().position(|(_, axis)| *axis == Axis::Part);
        let mut list = Vec::new();
        for (key, found) in &self.found {
            let share = part_at.and_then(|at| parts.get(&key[at])).copied().unwrap_or(1);
            let total = |column: &String| -> Value {
                let women_and_men: Vec<Value>;
                let (values, times) = if column == "total" && self.form.id == "population" && sexes == 2 {
                    women_and_men =
                        ["female", "male"].iter().flat_map(|sex| found.get(*sex)).flatten().copied().collect();
                    (&women_and_men, 2)
                } else {
                    let Some(values) = found.get(column) else { return Value::none(Missing::NotAvailable) };
                    (values, if self.form.id == "population" { 1 } else { sexes })
                };
                let terms = self.whole.get(column).copied().unwrap_or(1).max(1);
                if values.len() < times * terms * share {
                    return Value::sum(values.iter().copied().chain([Value::none(Missing::NotAvailable)]));
                }
                Value::sum(values.iter().copied())
            };
            let fields = key.iter().cloned().chain(self.counts.iter().map(|column| field(total(column))));
            list.push(Row { line: None, fields: fields.collect() });
        }
        self.tell(&list, notes);
        let label = |at: usize| self.table.dimensions.get(at).map(|axis| axis.label.clone());
        let mut asked = self.asked.iter();
        let mut columns: Vec<(String, String)> = Vec::new();
        for (name, axis) in self.form.keys {
            let given = (*axis == Axis::Year && self.register.reading.year.is_some())
                || (*axis == Axis::Part && matches!(self.parts, Parts::Measures));
            let own = if given { None } else { asked.next().and_then(|at| label(*at)) };
            columns.push(((*name).to_owned(), own.unwrap_or_else(|| (*name).to_owned())));
        }
        columns.extend(self.counts.iter().map(|name| (name.clone(), name.clone())));
        let grouped = self.table.notes.iter().any(|note| matches!(note, Note::Prefix { .. }));
        Rows { file: self.table.file.clone(), columns, keys: self.form.keys.len(), list, grouped }
    }

    /// How many categories make up each part; those that are several are noted.
    fn parts_of_parts(&self, notes: &mut Vec<Text>) -> BTreeMap<String, usize> {
        let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
        if let Parts::Dimension(at) = self.parts {
            for category in &self.table.dimensions[at].categories {
                let is_out = |(axis, list): &Only| *axis == at && !list.iter().any(|one| is(category, one));
                if !self.only.iter().any(is_out) {
                    let label = parted(&category.code, &category.label).1.to_owned();
                    members.entry(self.part(&category.code, &category.label)).or_default().push(label);
                }
            }
        }
        let named = members.iter().filter(|(part, list)| list.len() > 1 || !list.contains(part));
        let named: Vec<String> = named.map(|(part, list)| format!("{part} = {}", list.join(" + "))).collect();
        if !named.is_empty() && self.form.id == "education" {
            notes.push(text("nivåer: {0}", "nivå: {0}", "levels: {0}", &[&named.join("; ")]));
        }
        members.into_iter().map(|(part, list)| (part, list.len())).collect()
    }

    /// Says what was left out and marked; a file in which no region is a municipality is refused.
    fn tell(&mut self, list: &[Row], notes: &mut Vec<Text>) {
        let some = |names: &BTreeSet<String>| names.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
        let at = self.form.keys.iter().position(|(_, axis)| axis.is_place()).unwrap_or_default();
        if list.iter().all(|row| row.fields[at] == NATION) {
            let exists = self.odd.iter().chain(&self.skipped).take(8).cloned().collect();
            self.refuse(OfficialProblem::NoMunicipalities(exists), self.form.keys[at].0);
        }
        for names in [&self.skipped, &self.odd].into_iter().filter(|names| !names.is_empty()) {
            notes.push(text(
                "{0} områder som ikke er kommuner eller landet, er utelatt ({1})",
                "{0} område som ikkje er kommunar eller landet, er utelatne ({1})",
                "{0} areas that are neither municipalities nor the country are left out ({1})",
                &[&names.len().to_string(), &some(names)],
            ));
        }
        let partial: Vec<&String> = self.periods.keys().filter(|written| written.len() != 4).collect();
        if let Some(example) = partial.first() {
            let year = self.periods[*example].to_string();
            notes.push(text(
                "perioder er lest som år, {0} som {1}",
                "periodar er lesne som år, {0} som {1}",
                "periods are read as years, {0} as {1}",
                &[example, &year],
            ));
        }
        if let Some(year) = self.register.reading.year {
            notes.push(text(
                "året {0} er gitt av prosjektet, ikke av fila",
                "året {0} er gitt av prosjektet, ikkje av fila",
                "the year {0} is given by the project, not by the file",
                &[&year.to_string()],
            ));
        }
        if self.provisional > 0 {
            notes.push(text(
                "{0} tall er foreløpige (*)",
                "{0} tal er førebelse (*)",
                "{0} figures are provisional (*)",
                &[&self.provisional.to_string()],
            ));
        }
        for (name, list) in &self.register.reading.only {
            notes.push(text(
                "av «{0}» er bare «{1}» brukt",
                "av «{0}» er berre «{1}» brukt",
                "of {0} only {1} was used",
                &[name, &list.join(", ")],
            ));
        }
    }
}

/// Whether a category is the one that somebody names.
fn is(category: &Category, name: &str) -> bool {
    category.code == name || category.label == name || category.written == name
}

/// Code and label where a file has them in one text, `00-99 Alle næringer`.
fn parted<'a>(code: &'a str, label: &'a str) -> (&'a str, &'a str) {
    let is_code = |text: &str| {
        text.len() <= 6
            && text.starts_with(|first: char| first.is_ascii_digit())
            && !text.contains(|c: char| c.is_whitespace())
    };
    match code.split_once(' ') {
        Some((first, rest)) if code == label && is_code(first) && !rest.trim().is_empty() => (first, rest.trim()),
        _ => (code, label),
    }
}

/// The code of a municipality or of the country.
fn region(category: &Category) -> Option<String> {
    match category.level()? {
        Level::Nation => Some(NATION.into()),
        Level::Municipality => Some(category.code.clone()),
        _ => None,
    }
}

/// Whether words are those of a share, which is no count.
fn is_rate(words: &str) -> bool {
    let words = words.to_lowercase();
    ["%", "prosent", "percent", "andel", "per 1", "indeks", "index", "promille"].iter().any(|word| words.contains(word))
}

fn labels(measures: &[&Measure]) -> String {
    measures.iter().map(|one| one.label.as_str()).collect::<Vec<_>>().join(", ")
}
