//! Whether a question was put to a respondent, fast: what decides is looked up once for each combination of choices, and
//! questions with the same conditions are decided together.

use super::dictionary::{Dictionary, Kind};
use crate::questionnaire::{Expression, Questionnaire, Routing};

/// The routing of the questionnaire, for the columns of one export.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    conditions: Vec<Condition>,
    gates: Vec<Gate>,
    /// The variables of each gate that the export has a column for.
    of: Vec<Vec<usize>>,
    /// The gate of each variable.
    gate_of: Vec<usize>,
    wave: Option<usize>,
    /// What came of each condition and of each gate in this row.
    held: Vec<Option<bool>>,
    open: Vec<Option<bool>>,
}

/// What questions have in common that are put to the same people.
#[derive(Clone, Debug, PartialEq)]
struct Gate {
    /// Positions of the conditions: all of them must hold.
    conditions: Vec<usize>,
    /// The waves that the column `waves` names, by choice of the wave variable.
    waves: Option<Vec<bool>>,
}

#[derive(Clone, Debug)]
struct Condition {
    expression: Expression,
    inputs: Vec<Input>,
    /// What it comes to by the choices of its inputs, once looked up. Empty where they are too many.
    table: Vec<Option<Option<bool>>>,
}

/// A variable that a condition refers to.
#[derive(Clone, Copy, Debug)]
struct Input {
    variable: usize,
    has_column: bool,
    /// How far its choices are apart in the table.
    stride: usize,
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
        let mut conditions: Vec<Condition> = Vec::new();
        let mut gates: Vec<Gate> = Vec::new();
        let mut of: Vec<Vec<usize>> = Vec::new();
        let mut gate_of = Vec::new();
        for (place, variable) in dictionary.variables.iter().enumerate() {
            let mut gate = Gate { conditions: Vec::new(), waves: None };
            if variable.question {
                for expression in routing.conditions(questionnaire, variable.item) {
                    let same = conditions.iter().position(|other| other.expression.source() == expression.source());
                    gate.conditions.push(same.unwrap_or_else(|| {
                        conditions.push(Condition::new(expression, dictionary, &has_column));
                        conditions.len() - 1
                    }));
                }
                let named = &questionnaire.items[variable.item].waves;
                let codes = |wave: usize| dictionary.list(wave).codes.iter().map(|code| named.contains(code)).collect();
                gate.waves = wave.filter(|_| !named.is_empty()).map(codes);
            }
            let gate = gates.iter().position(|other| *other == gate).unwrap_or_else(|| {
                gates.push(gate);
                of.push(Vec::new());
                gates.len() - 1
            });
            of[gate].extend(Some(place).filter(|place| has_column(*place)));
            gate_of.push(gate);
        }
        let (held, open) = (vec![None; conditions.len()], vec![None; gates.len()]);
        Self { conditions, gates, of, gate_of, wave, held, open }
    }

    /// Decides for a row. `states` has the choice of each variable plus one, 0 where it is blank; `text` gives the value of
    /// any other.
    pub(super) fn decide(&mut self, dictionary: &Dictionary, states: &[u16], text: &dyn Fn(usize) -> String) {
        let Self { conditions, gates, wave, held, open, .. } = self;
        for (held, condition) in held.iter_mut().zip(conditions) {
            *held = condition.holds(dictionary, states, text);
        }
        let wave = wave.and_then(|wave| usize::from(states[wave]).checked_sub(1));
        for (open, gate) in open.iter_mut().zip(gates) {
            let is_other_wave = gate.waves.as_ref().zip(wave).is_some_and(|(named, wave)| !named[wave]);
            let join = |whole: Option<bool>, place: &usize| match (whole, held[*place]) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (None, _) | (_, None) => None,
                _ => Some(true),
            };
            *open = gate.conditions.iter().fold(Some(!is_other_wave), join);
        }
    }

    /// Whether a variable is put in the row that was decided; `None` where what decides is not in the export.
    pub(super) fn is_asked(&self, variable: usize) -> Option<bool> {
        self.open[self.gate_of[variable]]
    }

    /// Variables that are put together, and whether they are in the row that was decided; `None` where what decides is not in
    /// the export.
    pub(super) fn gates(&self) -> impl Iterator<Item = (&[usize], Option<bool>)> {
        self.of.iter().map(Vec::as_slice).zip(self.open.iter().copied())
    }
}

impl Condition {
    fn new(expression: &Expression, dictionary: &Dictionary, has_column: impl Fn(usize) -> bool) -> Self {
        let references = expression.references();
        let input = |name: &&str| {
            let variable = dictionary.exact(name)?;
            Some(Input { variable, has_column: has_column(variable), stride: 0 })
        };
        // What is not a variable, such as a calculation, is not known.
        let inputs: Option<Vec<Input>> = references.iter().map(input).collect();
        let is_known = inputs.is_some();
        let mut inputs = inputs.unwrap_or_default();
        let mut size = Some(1_usize).filter(|_| is_known);
        for input in &mut inputs {
            let is_one = dictionary.variables[input.variable].kind == Kind::One;
            input.stride = size.unwrap_or(0);
            let states = || dictionary.list(input.variable).codes.len() + 1;
            size = size.filter(|_| is_one).and_then(|size| size.checked_mul(states())).filter(|size| *size <= MOST);
        }
        Self { expression: expression.clone(), inputs, table: vec![None; size.unwrap_or(0)] }
    }

    #[inline]
    fn holds(&mut self, dictionary: &Dictionary, states: &[u16], text: &dyn Fn(usize) -> String) -> Option<bool> {
        let key: usize = self.inputs.iter().map(|input| input.stride * usize::from(states[input.variable])).sum();
        match self.table.get(key) {
            Some(Some(known)) => *known,
            Some(None) => {
                let holds = self.evaluate(dictionary, states, text);
                self.table[key] = Some(holds);
                holds
            }
            None => self.evaluate(dictionary, states, text),
        }
    }

    fn evaluate(&self, dictionary: &Dictionary, states: &[u16], text: &dyn Fn(usize) -> String) -> Option<bool> {
        let value = |input: &Input| match dictionary.variables[input.variable].kind {
            Kind::One => {
                let choice = usize::from(states[input.variable]).checked_sub(1);
                choice.map(|choice| dictionary.list(input.variable).codes[choice].clone()).unwrap_or_default()
            }
            _ => text(input.variable),
        };
        let values: Vec<Option<String>> =
            self.inputs.iter().map(|input| input.has_column.then(|| value(input))).collect();
        self.expression.evaluate(&|name| {
            let wanted = dictionary.exact(name)?;
            let place = self.inputs.iter().position(|input| input.variable == wanted)?;
            values[place].as_deref()
        })
    }
}
