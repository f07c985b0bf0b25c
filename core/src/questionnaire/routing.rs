//! Which questions are put to which wave, as the routing says it.

use super::{Expression, Item, Questionnaire};
use std::collections::BTreeMap;

/// For every item, what must hold for it to be put, and which waves can be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Routing {
    /// The codes of the waves.
    pub waves: Vec<String>,
    /// Positions of the groups around each item, outermost first.
    groups: Vec<Vec<usize>>,
    /// For each wave and item, whether it is put: `Some(false)` never, `Some(true)` always, `None` it depends on answers.
    asked: Vec<Vec<Option<bool>>>,
}

impl Routing {
    /// Follows the routing once for every wave. What is not put to a wave is blank there for what refers to it later.
    #[must_use]
    pub fn of(questionnaire: &Questionnaire) -> Self {
        let waves = questionnaire.waves();
        let groups = groups(&questionnaire.items);
        let mut own = Self { waves, groups, asked: Vec::new() };
        let wave_variable = questionnaire.wave_variable().map(|item| item.name.as_str());
        for wave in &own.waves {
            let mut asked: Vec<Option<bool>> = Vec::new();
            let mut first: BTreeMap<&str, usize> = BTreeMap::new();
            for (place, item) in questionnaire.items.iter().enumerate() {
                let value = |name: &str| -> Option<&str> {
                    if Some(name) == wave_variable {
                        return Some(wave);
                    }
                    let before = *first.get(name)?;
                    (asked[before] == Some(false)).then_some("")
                };
                let named = item.waves.is_empty() || item.waves.contains(wave);
                let holds = own.conditions(questionnaire, place).map(|condition| condition.evaluate(&value));
                let mut whole = Some(true);
                for part in holds {
                    match part {
                        Some(true) => {}
                        Some(false) => {
                            whole = Some(false);
                            break;
                        }
                        None => whole = None,
                    }
                }
                asked.push(if named { whole } else { Some(false) });
                if !item.name.is_empty() {
                    first.entry(&item.name).or_insert(place);
                }
            }
            own.asked.push(asked);
        }
        own
    }

    /// What must hold for an item to be put: its own condition and those of the groups around it.
    pub fn conditions<'q>(
        &self,
        questionnaire: &'q Questionnaire,
        item: usize,
    ) -> impl Iterator<Item = &'q Expression> {
        let around: Vec<usize> = self.groups.get(item).cloned().unwrap_or_default();
        around.into_iter().chain([item]).filter_map(|place| questionnaire.items.get(place)?.relevant.as_ref())
    }

    /// Whether an item is put to a wave: `Some(false)` never, `Some(true)` always, `None` it depends on answers.
    #[must_use]
    pub fn asked(&self, wave: &str, item: usize) -> Option<bool> {
        let wave = self.waves.iter().position(|code| code == wave)?;
        self.asked.get(wave)?.get(item).copied()?
    }

    /// The waves that an item can be put to, by the column `waves` and the routing together.
    #[must_use]
    pub fn waves_of(&self, item: usize) -> Vec<&str> {
        let can = |wave: &&String| self.asked(wave, item) != Some(false);
        self.waves.iter().filter(can).map(String::as_str).collect()
    }

    /// Positions of the groups around an item, outermost first.
    #[must_use]
    pub fn groups(&self, item: usize) -> &[usize] {
        self.groups.get(item).map(Vec::as_slice).unwrap_or_default()
    }
}

fn groups(items: &[Item]) -> Vec<Vec<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let around = |(place, item): (usize, &Item)| {
        if item.kind.is_end() {
            open.pop();
        }
        let around = open.clone();
        if item.kind.is_begin() {
            open.push(place);
        }
        around
    };
    items.iter().enumerate().map(around).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problems;

    const SURVEY: &str = "type,name,label,relevant,waves
hidden,bolge,Wave,,
select_one yn,home,Home,${bolge} = '3' or ${bolge} = '4',
text,why,Why,${home} = '1',
begin group,g,G,${bolge} = '1',
text,dream,Dream,,
text,other,Other,${dream} != '',12
end group,,,,
text,last,Last,${why} = 'x' or ${bolge} = '2',
";

    #[test]
    fn what_is_not_put_is_blank_later() {
        let choices = "list_name,name,label\nyn,1,Y\nyn,2,N\nbolge,1,A\nbolge,2,B\nbolge,3,C\nbolge,4,D\n";
        let sheets = (("s", SURVEY.as_bytes()), ("c", choices.as_bytes()));
        let questionnaire = Questionnaire::from_csv(sheets.0, sheets.1, None, &mut Problems::new());
        let routing = Routing::of(&questionnaire);
        let waves: Vec<String> = (0..questionnaire.items.len()).map(|item| routing.waves_of(item).concat()).collect();
        assert_eq!(waves, ["1234", "34", "34", "1", "1", "1", "1234", "234"]);
        assert_eq!(
            (routing.asked("3", 1), routing.asked("3", 2), routing.asked("2", 7)),
            (Some(true), None, Some(true))
        );
        assert_eq!(routing.groups(4), [3]);
    }
}
