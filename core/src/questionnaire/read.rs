//! Sheets to a questionnaire and back.

use super::expression::Expression;
use super::{Choice, ChoiceList, Field, Item, ItemKind, Origin, Questionnaire, Row, Settings, Sheet};
use crate::problem::{Problem, Problems};
use crate::read::table::CATEGORY_LIMIT;
use crate::read::{Missing, ReadProblem};
use std::collections::BTreeMap;

impl Questionnaire {
    /// From the three sheets. A sheet that is not there is empty; problems say where something is wrong, and what is
    /// wrong is kept as it stands: a type that is not known, a name that was used before.
    ///
    /// Expressions are parsed, but one with a fault is not a problem here: see [`Expression::error`].
    pub fn from_sheets(
        survey: Option<&Sheet>,
        choices: Option<&Sheet>,
        settings: Option<&Sheet>,
        problems: &mut Problems,
    ) -> Self {
        let fields = |sheet: Option<&Sheet>, of: fn(&str) -> Field| -> Vec<Field> {
            sheet.map(|sheet| sheet.columns.iter().map(|column| of(column)).collect()).unwrap_or_default()
        };
        let (of_survey, of_choices) = (fields(survey, Field::of_survey), fields(choices, Field::of_choices));
        let mut languages: Vec<String> = Vec::new();
        for field in of_survey.iter().chain(&of_choices) {
            if let Field::Label(language) | Field::Hint(language) = field
                && !languages.contains(language)
            {
                languages.push(language.clone());
            }
        }
        let mut own = Self { languages, ..Self::default() };
        let reader = |sheet, fields| Reader { sheet, fields, languages: &own.languages };
        if let Some(sheet) = choices {
            own.lists = reader(sheet, &of_choices).lists(problems);
        }
        let reader = |sheet, fields| Reader { sheet, fields, languages: &own.languages };
        if let Some(sheet) = survey {
            own.items = reader(sheet, &of_survey).items(&own.lists, problems);
        }
        if let Some(sheet) = settings {
            own.settings = settings_of(sheet);
        }
        let place =
            |sheet: Option<&Sheet>| sheet.map(|sheet| (sheet.file.clone(), sheet.columns.clone())).unwrap_or_default();
        let ((survey, survey_columns), (choices, choice_columns)) = (place(survey), place(choices));
        let (settings, setting_columns) = place(settings);
        own.origin = Origin { survey, choices, settings, survey_columns, choice_columns, setting_columns };
        own
    }

    /// From CSV sheets: (file name, bytes) each; `settings` may be left out.
    pub fn from_csv(
        survey: (&str, &[u8]),
        choices: (&str, &[u8]),
        settings: Option<(&str, &[u8])>,
        problems: &mut Problems,
    ) -> Self {
        let choices = sheet(choices, &["list_name", "name"], Field::of_choices, problems);
        let survey = sheet(survey, &["type", "name"], Field::of_survey, problems);
        let settings = settings.and_then(|(file, bytes)| Sheet::from_csv(file, bytes, problems));
        Self::from_sheets(survey.as_ref(), choices.as_ref(), settings.as_ref(), problems)
    }

    /// The sheets `survey`, `choices`, `settings` as they are written, columns as they were read. A column that is needed
    /// and was not there is added.
    #[must_use]
    pub fn to_sheets(&self) -> [Sheet; 3] {
        let mut origin = self.origin.clone();
        self.add_columns(&mut origin);
        let line = |index: usize| index as u64 + 2;
        let item = |(index, item): (usize, &Item)| Row {
            line: line(index),
            cells: origin.survey_columns.iter().map(|column| self.item_cell(item, column)).collect(),
        };
        let choices = self.lists.iter().flat_map(|list| list.choices.iter().map(move |choice| (list, choice)));
        let choice = |(index, (list, choice)): (usize, (&ChoiceList, &Choice))| Row {
            line: line(index),
            cells: origin.choice_columns.iter().map(|column| self.choice_cell(list, choice, column)).collect(),
        };
        let settings = origin.setting_columns.iter().map(|column| self.settings.cell(column)).collect();
        let sheet = |name: &str, columns: &[String], rows| Sheet { file: name.into(), columns: columns.to_vec(), rows };
        [
            sheet("survey", &origin.survey_columns, self.items.iter().enumerate().map(item).collect()),
            sheet("choices", &origin.choice_columns, choices.enumerate().map(choice).collect()),
            sheet("settings", &origin.setting_columns, vec![Row { line: 2, cells: settings }]),
        ]
    }

    /// Columns that what is written needs and that were not read.
    fn add_columns(&self, origin: &mut Origin) {
        let need = |columns: &mut Vec<String>, of: fn(&str) -> Field, name: &str| {
            let field = of(name);
            let there =
                columns.iter().any(|column| if field == Field::Other { column == name } else { of(column) == field });
            if !there {
                columns.push(name.into());
            }
        };
        let label =
            |base: &str, language: &str| if language.is_empty() { base.into() } else { format!("{base}::{language}") };
        let survey = &mut origin.survey_columns;
        ["type", "name"].iter().for_each(|name| need(survey, Field::of_survey, name));
        self.languages.iter().for_each(|language| need(survey, Field::of_survey, &label("label", language)));
        for (place, language) in self.languages.iter().enumerate() {
            if self.items.iter().any(|item| item.hint.get(place).is_some_and(|hint| !hint.is_empty())) {
                need(survey, Field::of_survey, &label("hint", language));
            }
        }
        let any = |test: &dyn Fn(&Item) -> bool| self.items.iter().any(test);
        for (name, used) in [
            ("relevant", any(&|item| item.relevant.is_some())),
            ("constraint", any(&|item| item.constraint.is_some())),
            ("required", any(&|item| !item.required.is_empty())),
            ("appearance", any(&|item| !item.appearance.is_empty())),
            ("default", any(&|item| !item.default.is_empty())),
            ("choice_filter", any(&|item| item.choice_filter.is_some())),
            ("calculation", any(&|item| item.calculation.is_some())),
            ("waves", any(&|item| !item.waves.is_empty())),
        ] {
            if used {
                need(survey, Field::of_survey, name);
            }
        }
        for (column, _) in self.items.iter().flat_map(|item| &item.other) {
            need(survey, Field::of_survey, column);
        }
        let choices = &mut origin.choice_columns;
        ["list_name", "name"].iter().for_each(|name| need(choices, Field::of_choices, name));
        self.languages.iter().for_each(|language| need(choices, Field::of_choices, &label("label", language)));
        if self.lists.iter().flat_map(|list| &list.choices).any(|choice| choice.missing.is_some()) {
            need(choices, Field::of_choices, "missing");
        }
        for (column, _) in self.lists.iter().flat_map(|list| &list.choices).flat_map(|choice| &choice.other) {
            need(choices, Field::of_choices, column);
        }
        let settings = &mut origin.setting_columns;
        let Settings { title, id, version, default_language, other } = &self.settings;
        let own =
            [("form_title", title), ("form_id", id), ("version", version), ("default_language", default_language)];
        let used = own.iter().filter(|(_, cell)| !cell.is_empty()).map(|(name, _)| *name);
        for name in used.chain(other.iter().map(|(name, _)| name.as_str())) {
            if !settings.iter().any(|column| column == name) {
                settings.push(name.into());
            }
        }
    }

    fn item_cell(&self, item: &Item, column: &str) -> String {
        let words = |list: &[String], language: &str| {
            let place = self.languages.iter().position(|own| own == language);
            place.and_then(|place| list.get(place)).cloned().unwrap_or_default()
        };
        let source = |expression: &Option<Expression>| {
            expression.as_ref().map(|own| own.source().to_owned()).unwrap_or_default()
        };
        match Field::of_survey(column) {
            Field::Type => item.written_type.clone(),
            Field::Name => item.name.clone(),
            Field::Label(language) => words(&item.label, &language),
            Field::Hint(language) => words(&item.hint, &language),
            Field::Relevant => source(&item.relevant),
            Field::Constraint => source(&item.constraint),
            Field::Required => item.required.clone(),
            Field::Appearance => item.appearance.clone(),
            Field::Default => item.default.clone(),
            Field::ChoiceFilter => source(&item.choice_filter),
            Field::Calculation => source(&item.calculation),
            Field::Waves => {
                let short = item.waves.iter().all(|code| code.chars().count() == 1);
                item.waves.join(if short { "" } else { " " })
            }
            _ => item.other(column).to_owned(),
        }
    }

    fn choice_cell(&self, list: &ChoiceList, choice: &Choice, column: &str) -> String {
        match Field::of_choices(column) {
            Field::ListName => list.name.clone(),
            Field::Name => choice.code.clone(),
            Field::Label(language) => {
                let place = self.languages.iter().position(|own| *own == language);
                place.and_then(|place| choice.label.get(place)).cloned().unwrap_or_default()
            }
            Field::Missing => choice.missing_word().into(),
            _ => choice.other.iter().find(|(name, _)| name == column).map(|(_, cell)| cell.clone()).unwrap_or_default(),
        }
    }
}

impl Settings {
    fn cell(&self, column: &str) -> String {
        match column {
            "form_title" => self.title.clone(),
            "form_id" => self.id.clone(),
            "version" => self.version.clone(),
            "default_language" => self.default_language.clone(),
            _ => self.other.iter().find(|(name, _)| name == column).map(|(_, cell)| cell.clone()).unwrap_or_default(),
        }
    }
}

/// A CSV sheet that has the columns it needs.
fn sheet(
    (file, bytes): (&str, &[u8]),
    needed: &[&str],
    of: fn(&str) -> Field,
    problems: &mut Problems,
) -> Option<Sheet> {
    let sheet = Sheet::from_csv(file, bytes, problems)?;
    has_columns(&sheet, needed, of, problems).then_some(sheet)
}

/// Whether a sheet has the columns it needs; each that is not there is a problem.
pub(super) fn has_columns(sheet: &Sheet, needed: &[&str], of: fn(&str) -> Field, problems: &mut Problems) -> bool {
    let missing = needed.iter().filter(|name| !sheet.columns.iter().any(|column| of(column) == of(name)));
    let missing: Vec<&&str> = missing.collect();
    for name in &missing {
        let what = ReadProblem::MissingColumn { exists: sheet.columns.clone(), suggestion: None };
        problems.push(Problem::error(&sheet.file, what).line(1).column(**name));
    }
    missing.is_empty()
}

fn settings_of(sheet: &Sheet) -> Settings {
    let mut settings = Settings::default();
    let Some(row) = sheet.rows.first() else { return settings };
    for (column, cell) in sheet.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
        match column.as_str() {
            "form_title" => settings.title.clone_from(cell),
            "form_id" => settings.id.clone_from(cell),
            "version" => settings.version.clone_from(cell),
            "default_language" => settings.default_language.clone_from(cell),
            _ => settings.other.push((column.clone(), cell.clone())),
        }
    }
    settings
}

/// The reading of one sheet.
struct Reader<'a> {
    sheet: &'a Sheet,
    fields: &'a [Field],
    languages: &'a [String],
}

impl Reader<'_> {
    fn column(&self, field: &Field) -> Option<usize> {
        self.fields.iter().position(|other| other == field)
    }

    fn get(&self, row: usize, field: &Field) -> &str {
        self.sheet.cell(row, self.column(field))
    }

    fn problem(&self, row: usize, field: &Field, what: ReadProblem) -> Problem {
        self.sheet.problem(row, self.column(field).unwrap_or_default(), what)
    }

    /// The words of a row in each language.
    fn words(&self, row: usize, field: impl Fn(String) -> Field) -> Vec<String> {
        self.languages.iter().map(|language| self.get(row, &field(language.clone())).to_owned()).collect()
    }

    fn other(&self, row: usize) -> Vec<(String, String)> {
        let columns = self.sheet.columns.iter().zip(&self.sheet.rows[row].cells).zip(self.fields);
        let other = columns.filter(|((_, cell), field)| **field == Field::Other && !cell.is_empty());
        other.map(|((column, cell), _)| (column.clone(), cell.clone())).collect()
    }

    fn lists(&self, problems: &mut Problems) -> Vec<ChoiceList> {
        let mut lists: Vec<ChoiceList> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        // The line of each code of each list.
        let mut lines: BTreeMap<(usize, String), u64> = BTreeMap::new();
        for row in 0..self.sheet.rows.len() {
            let (name, code) = (self.get(row, &Field::ListName), self.get(row, &Field::Name));
            if name.is_empty() && code.is_empty() {
                continue;
            }
            if name.is_empty() || code.is_empty() {
                let field = if name.is_empty() { Field::ListName } else { Field::Name };
                problems.push(self.problem(row, &field, ReadProblem::NoName));
                continue;
            }
            let index = *places.entry(name.to_owned()).or_insert_with(|| {
                lists.push(ChoiceList { name: name.into(), choices: Vec::new() });
                lists.len() - 1
            });
            let line = self.sheet.rows[row].line;
            let before = lines.get(&(index, code.to_owned())).copied();
            if before.is_some() || lists[index].choices.len() >= CATEGORY_LIMIT {
                problems.push(self.problem(row, &Field::Name, ReadProblem::Duplicate { line: before }));
                continue;
            }
            lines.insert((index, code.to_owned()), line);
            let missing = match self.get(row, &Field::Missing) {
                "" => None,
                "dont_know" => Some(Missing::DontKnow),
                "refused" => Some(Missing::Refused),
                _ => {
                    problems.push(self.problem(row, &Field::Missing, ReadProblem::UnknownMissing));
                    continue;
                }
            };
            let label = self.words(row, Field::Label);
            lists[index].choices.push(Choice { code: code.into(), label, missing, other: self.other(row), line });
        }
        lists
    }

    fn items(&self, lists: &[ChoiceList], problems: &mut Problems) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut lines: BTreeMap<String, u64> = BTreeMap::new();
        for row in 0..self.sheet.rows.len() {
            let written = self.get(row, &Field::Type);
            if written.is_empty() {
                continue;
            }
            let name = self.get(row, &Field::Name);
            let kind = ItemKind::parse(written, name, |list| lists.iter().any(|other| other.name == list));
            if let Some(list) = kind.list().filter(|_| kind.is_select())
                && !list.starts_with("${")
                && !lists.iter().any(|other| other.name == list)
            {
                let exists = lists.iter().map(|list| list.name.clone()).collect();
                problems.push(self.problem(row, &Field::Type, ReadProblem::UnknownList { list: list.into(), exists }));
            } else if kind == ItemKind::Unknown {
                problems.push(self.problem(row, &Field::Type, ReadProblem::UnknownType));
            } else if kind.is_variable() {
                if name.is_empty() {
                    problems.push(self.problem(row, &Field::Name, ReadProblem::NoName));
                } else if let Some(before) = lines.get(name) {
                    problems.push(self.problem(row, &Field::Name, ReadProblem::Duplicate { line: Some(*before) }));
                } else {
                    lines.insert(name.into(), self.sheet.rows[row].line);
                }
            }
            let get = |field| self.get(row, &field).to_owned();
            let expression = |field| Some(self.get(row, &field)).filter(|text| !text.is_empty()).map(Expression::parse);
            items.push(Item {
                kind,
                written_type: written.into(),
                name: name.into(),
                label: self.words(row, Field::Label),
                hint: self.words(row, Field::Hint),
                relevant: expression(Field::Relevant),
                constraint: expression(Field::Constraint),
                required: get(Field::Required),
                appearance: get(Field::Appearance),
                default: get(Field::Default),
                choice_filter: expression(Field::ChoiceFilter),
                calculation: expression(Field::Calculation),
                waves: waves(self.get(row, &Field::Waves)),
                other: self.other(row),
                line: self.sheet.rows[row].line,
            });
        }
        items
    }
}

/// `1234` or `1 2 3 4`: the codes of the waves.
fn waves(cell: &str) -> Vec<String> {
    if cell.contains([' ', ',']) {
        cell.split([' ', ',']).filter(|code| !code.is_empty()).map(str::to_owned).collect()
    } else {
        cell.chars().map(String::from).collect()
    }
}
