//! Municipalities that a register has as one, since one of them was divided: `1508+1580`.

/// The units of a register, by their codes with `+` between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Units(Vec<String>);

impl Units {
    /// Keeps a code that is a unit's.
    pub(super) fn add(&mut self, code: &str) {
        if code.contains('+') && !self.0.iter().any(|known| known == code) {
            self.0.push(code.to_owned());
        }
    }

    /// The codes under which a register has some municipalities, each once; `None` where it lacks one, or has it in a unit with
    /// another that is not among them.
    pub(super) fn whole(&self, members: &[String], has: impl Fn(&str) -> bool) -> Option<Vec<String>> {
        let mut codes: Vec<String> = Vec::new();
        for member in members {
            let code = if has(member) {
                member
            } else {
                let unit = self.0.iter().find(|unit| has(unit) && unit.split('+').any(|code| code == member))?;
                unit.split('+').all(|code| members.iter().any(|member| member == code)).then_some(unit)?
            };
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        Some(codes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_counts_once_and_only_whole() {
        let mut units = Units::default();
        units.add("1508+1580");
        let has = |code: &str| ["1506", "1508+1580"].contains(&code);
        let codes = |members: &[&str]| {
            let members: Vec<String> = members.iter().map(|code| (*code).to_owned()).collect();
            units.whole(&members, has)
        };
        assert_eq!(codes(&["1506", "1508", "1580"]), Some(vec!["1506".into(), "1508+1580".into()]));
        assert_eq!(codes(&["1508"]), None);
        assert_eq!(codes(&["1507"]), None);
    }
}
