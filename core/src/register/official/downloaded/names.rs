//! Municipalities by their names, where a downloaded file has no codes.

use super::super::carried::{Codes, text};
use super::super::problem::OfficialProblem;
use super::{Reader, is};
use crate::problem::{Privacy, Problem};
use crate::read::statbank::{Category, Level};
use crate::register::municipality::{self, County, Day};
use crate::text::Text;

impl Reader<'_> {
    /// Looks names up among the municipalities of a day, in dimensions of places in which nothing has the code of one. Beside
    /// them there may be counties and the country; any other name is refused, since the names of other regions, such as
    /// economic ones, are names of municipalities too.
    pub(super) fn find_names(&mut self, day: Option<Day>, notes: &mut Vec<Text>) {
        let day = match self.register.reading.codes {
            Some(Codes::Of(day)) => Some(day),
            Some(Codes::OfYear) => None,
            None => day,
        };
        let Some(day) = day else { return };
        let table = self.table;
        let asked = self.asked.iter().map(|at| (*at, &table.dimensions[*at]));
        let places: Vec<_> = asked.filter(|(_, dimension)| dimension.role.is_place()).collect();
        for (at, dimension) in places {
            let only = self.only.iter().find(|(axis, _)| *axis == at).map(|(_, list)| list.clone());
            let counts = |one: &&Category| only.as_ref().is_none_or(|list| list.iter().any(|name| is(one, name)));
            if dimension.categories.iter().all(|one| one.level() != Some(Level::Municipality)) {
                let names: Vec<&Category> = dimension.categories.iter().filter(counts).collect();
                self.names_of(&dimension.label, &names, day, notes);
            }
        }
    }

    fn names_of(&mut self, dimension: &str, names: &[&Category], day: Day, notes: &mut Vec<Text>) {
        let register = municipality::Register::embedded();
        let is_county = |name: &str| name.split(" - ").any(|name| County::all().any(|county| county.is_called(name)));
        let (mut found, mut unclear) = (Vec::new(), Vec::new());
        for one in names.iter().filter(|one| is_name_on(one, day)) {
            let answer = register.find(&one.label, Some(day));
            if let Some(municipality) = answer.found() {
                self.named.insert(one.written.clone(), municipality.code.to_string());
                found.push(format!("{} {}", municipality.code, one.label));
            } else if !is_county(&one.label) {
                let could = answer.municipalities.iter().chain(&answer.suggestions);
                let could = could.map(|one| format!("{} {}", one.code, one.name)).collect();
                unclear.push((one.written.clone(), OfficialProblem::NameUnclear { could, notes: answer.notes }));
            }
        }
        // Where nothing is a municipality, that is said once.
        let Some(example) = found.first() else { return };
        for (name, what) in unclear {
            let problem = Problem::error(&self.table.file, what).column(dimension);
            self.problems.push(problem.value(name, Privacy::Open));
        }
        notes.push(text(
            "«{0}» har navn uten koder; {1} av dem er lest som kommunene som heter det {2}, som {3}",
            "«{0}» har namn utan kodar; {1} av dei er lesne som kommunane som heiter det {2}, som {3}",
            "{0} has names without codes; {1} of them are read as the municipalities called so on {2}, such as {3}",
            &[dimension, &found.len().to_string(), &day.to_string(), example],
        ));
    }
}

/// Whether a category is a name that may hold on a day: no code, and no years of validity beside that day.
fn is_name_on(one: &Category, day: Day) -> bool {
    let is_word = one.level() == Some(Level::Other) && !one.code.bytes().any(|byte| byte.is_ascii_digit());
    let validity = one.validity;
    is_word && validity.from.is_none_or(|from| from <= day.year()) && validity.to.is_none_or(|to| to >= day.year())
}
