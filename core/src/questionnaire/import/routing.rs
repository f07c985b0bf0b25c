//! Whether a question was put to a respondent, fast: what decides is looked up once for each combination of choices.

use super::dictionary::{Dictionary, Kind};
use crate::questionnaire::{Expression, Questionnaire, Routing};

/// The routing of the questionnaire, for the columns of one export.
#[derive(Debug)]
pub(super) struct Asked {
    conditions: Vec<Condition>,
    /// Positions of the conditions of each variable: all of them must hold.
    of: Vec<Vec<usize>>,
    /// For each variable the waves that its column `waves` names, by choice of the wave variable.
    waves: Vec<Option<Vec<bool>>>,
    wave: Option<usize>,
    /// What came of each condition in this row.
    known: Vec<Option<Option<bool>>>,
}

#[derive(Debug)]
struct Condition {
    expression: Expression,
    /// The variables that it refers to; whether the export has a column for each.
    inputs: Vec<(usize, bool)>,
    /// What it comes to by the choices of its inputs, once looked up. Empty where they are too many.
    table: Vec<Option<Option<bool>>>,
}

/// Combinations of choices that are remembered.
const MOST: usize = 1 << 16;

impl Asked {
    pub(super) fn new(
        questionnaire: &Questionnaire,
        dictionary: &Dictionary,
        has_column: impl Fn(usize) -> bool,
    ) -> Self {
        let routing = Routing::of(questionnaire);
        let wave = questionnaire.wave_variable().and_then(|item| dictionary.exact(&item.name));
        let wave = wave.filter(|wave| dictionary.variables[*wave].kind == Kind::One && has_column(*wave));
        let mut own = Self { conditions: Vec::new(), of: Vec::new(), waves: Vec::new(), wave, known: Vec::new() };
        for variable in &dictionary.variables {
            let mut places = Vec::new();
            for expression in routing.conditions(questionnaire, variable.item) {
                let same = own.conditions.iter().position(|other| other.expression.source() == expression.source());
                places.push(same.unwrap_or_else(|| {
                    own.conditions.push(Condition::new(expression, dictionary, &has_column));
                    own.conditions.len() - 1
                }));
            }
            own.of.push(places);
            let named = &questionnaire.items[variable.item].waves;
            let codes = |wave: usize| dictionary.list(wave).codes.iter().map(|code| named.contains(code)).collect();
            own.waves.push(wave.filter(|_| !named.is_empty()).map(codes));
        }
        own.known = vec![None; own.conditions.len()];
        own
    }

    /// Begins a row.
    pub(super) fn next_row(&mut self) {
        self.known.fill(None);
    }

    /// Whether a variable is put: `None` where what decides is not in the export. `states` has the choice of each variable
    /// plus one, 0 where it is blank; `text` gives the value of any other.
    pub(super) fn is_asked(
        &mut self,
        variable: usize,
        dictionary: &Dictionary,
        states: &[u16],
        text: &dyn Fn(usize) -> String,
    ) -> Option<bool> {
        let wave = self.wave.and_then(|wave| usize::from(states[wave]).checked_sub(1));
        if let (Some(named), Some(wave)) = (&self.waves[variable], wave)
            && !named[wave]
        {
            return Some(false);
        }
        let mut whole = Some(true);
        for place in &self.of[variable] {
            let conditions = &mut self.conditions;
            let holds = *self.known[*place].get_or_insert_with(|| conditions[*place].holds(dictionary, states, text));
            match holds {
                Some(true) => {}
                Some(false) => return Some(false),
                None => whole = None,
            }
        }
        whole
    }
}

impl Condition {
    fn new(expression: &Expression, dictionary: &Dictionary, has_column: impl Fn(usize) -> bool) -> Self {
        let references = expression.references();
        let inputs: Option<Vec<(usize, bool)>> = references
            .iter()
            .map(|name| dictionary.exact(name).map(|variable| (variable, has_column(variable))))
            .collect();
        let is_one = |(variable, _): &(usize, bool)| dictionary.variables[*variable].kind == Kind::One;
        let size = inputs.as_ref().filter(|inputs| inputs.iter().all(is_one)).and_then(|inputs| {
            let sizes = inputs.iter().map(|(variable, _)| dictionary.list(*variable).codes.len() + 1);
            sizes.into_iter().try_fold(1_usize, |all, size| all.checked_mul(size).filter(|all| *all <= MOST))
        });
        // What is not a variable, such as a calculation, is not known.
        let inputs = inputs.unwrap_or_default();
        Self { expression: expression.clone(), inputs, table: vec![None; size.unwrap_or(0)] }
    }

    fn holds(&mut self, dictionary: &Dictionary, states: &[u16], text: &dyn Fn(usize) -> String) -> Option<bool> {
        if self.table.is_empty() {
            return self.evaluate(dictionary, states, text);
        }
        let key = self.inputs.iter().fold(0, |key, (variable, _)| {
            key * (dictionary.list(*variable).codes.len() + 1) + usize::from(states[*variable])
        });
        if let Some(known) = self.table[key] {
            return known;
        }
        let holds = self.evaluate(dictionary, states, text);
        self.table[key] = Some(holds);
        holds
    }

    fn evaluate(&self, dictionary: &Dictionary, states: &[u16], text: &dyn Fn(usize) -> String) -> Option<bool> {
        let values: Vec<Option<String>> = self
            .inputs
            .iter()
            .map(|(variable, there)| {
                there.then(|| match dictionary.variables[*variable].kind {
                    Kind::One => {
                        let code = usize::from(states[*variable]).checked_sub(1);
                        code.map(|choice| dictionary.list(*variable).codes[choice].clone()).unwrap_or_default()
                    }
                    _ => text(*variable),
                })
            })
            .collect();
        self.expression.evaluate(&|name| {
            let wanted = dictionary.exact(name)?;
            let place = self.inputs.iter().position(|(variable, _)| *variable == wanted)?;
            values[place].as_deref()
        })
    }
}
