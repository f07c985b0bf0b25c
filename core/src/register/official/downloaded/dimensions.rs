//! Which dimension of a downloaded file is which column of a register.

use super::super::form::{Axis, level};
use super::super::problem::OfficialProblem;
use super::{Parts, Reader, is, parted};
use crate::problem::{Privacy, Problem};
use crate::read::statbank::{Dimension, Level, Meaning, Role};
use crate::register::Sex;
use crate::register::municipality::{self, Status};

impl Reader<'_> {
    /// Which dimension is which; what is missing is reported.
    pub(super) fn find_dimensions(&mut self) {
        for (name, list) in &self.register.reading.only {
            if let Some(axis) = self.dimension(name) {
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
                (Some([name]), _) => self.dimension(name),
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
        // Without ages it is the total alone.
        if self.form.id == "age_bands" {
            self.asked.extend(self.table.dimension(Role::Age));
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
    pub(super) fn check_names(&mut self) {
        let municipalities = municipality::Register::embedded();
        for dimension in self.table.dimensions.iter().filter(|dimension| dimension.role.is_place()) {
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
    pub(super) fn check_levels(&mut self) {
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
}
