//! Municipalities that a project did not have before.

use super::{Files, parse};
use crate::problem::Problems;
use crate::project::Project;
use crate::questionnaire::Sheet;
use crate::text::Text;
use serde_json::Value;
use std::collections::BTreeSet;

/// Makes the municipalities that the project has beyond those of before choices of every questionnaire, and codes that the
/// register of the population may hold.
pub(super) fn welcome(files: &mut Files, before: &Project) {
    let Some(project) = parse(files, &mut Problems::new()) else { return };
    let is_known = |code: &str| before.municipalities.iter().any(|known| known.code == code);
    let new = project.municipalities.iter().filter(|one| !is_known(&one.code));
    let new: Vec<(&str, &Text)> = new.map(|one| (one.code.as_str(), &one.name)).collect();
    if new.is_empty() {
        return;
    }
    let survey = &project.survey;
    let all = survey.rounds.iter().map(|round| &round.questionnaire).chain([&survey.questionnaire]);
    let all: BTreeSet<_> = all.collect();
    for sheets in all {
        let read = |name: &String| Sheet::from_csv(name, files.get(name)?, &mut Problems::new());
        let Some((questions, mut choices)) = read(&sheets.survey).zip(read(&sheets.choices)) else { continue };
        for variable in [&survey.roles.home, &survey.roles.lives_now] {
            if let Some(list) = list_of(&questions, variable) {
                add_choices(&mut choices, &list, &new);
            }
        }
        files.insert(sheets.choices.clone(), choices.to_csv());
    }
    let population = project.registers.iter().find(|register| register.id == "population");
    let Some(schema) = population.and_then(|register| register.schema.as_ref()) else { return };
    let known = files.get(schema).and_then(|bytes| with_codes(bytes, &new));
    files.extend(known.map(|bytes| (schema.clone(), bytes)));
}

/// The list of choices of a question.
fn list_of(questions: &Sheet, variable: &str) -> Option<String> {
    let column = |name: &str| questions.columns.iter().position(|column| column == name);
    let (kind, name) = column("type").zip(column("name"))?;
    let row = questions.rows.iter().find(|row| row.cells[name] == variable)?;
    row.cells[kind].split_whitespace().nth(1).map(str::to_owned)
}

/// Adds choices behind the last municipality of a list; every language has the municipality's own name.
fn add_choices(choices: &mut Sheet, list: &str, new: &[(&str, &Text)]) {
    let column = |name: &str| choices.columns.iter().position(|column| column == name);
    let Some((list_name, code)) = column("list_name").zip(column("name")) else { return };
    let labels: Vec<usize> =
        (0..choices.columns.len()).filter(|&place| choices.columns[place].starts_with("label")).collect();
    let is_own = |cells: &[String]| cells[list_name] == list;
    let is_municipality = |cells: &[String]| is_own(cells) && cells[code].len() == 4;
    for (own, name) in new {
        let is_there = choices.rows.iter().any(|row| is_own(&row.cells) && row.cells[code] == **own);
        let Some(last) = choices.rows.iter().rposition(|row| is_municipality(&row.cells)) else { return };
        if is_there {
            continue;
        }
        let mut row = choices.rows[last].clone();
        (*own).clone_into(&mut row.cells[code]);
        labels.iter().for_each(|&place| row.cells[place].clone_from(&name.nb));
        choices.rows.insert(last + 1, row);
    }
}

/// The register's schema, where it lists municipalities, with more of them.
fn with_codes(schema: &[u8], new: &[(&str, &Text)]) -> Option<Vec<u8>> {
    let mut schema: Value = serde_json::from_slice(schema).ok()?;
    let fields = schema["fields"].as_array_mut()?;
    let field = fields.iter_mut().find(|field| field["name"] == "kommunenr")?;
    let list = field["constraints"]["enum"].as_array_mut()?;
    for (code, _) in new {
        if !list.iter().any(|known| known == code) {
            list.push((*code).into());
        }
    }
    Some(format!("{schema:#}\n").into_bytes())
}
