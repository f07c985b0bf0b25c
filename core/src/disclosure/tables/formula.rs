//! Which combinations of columns are published, as R writes it: `~ (mun + region) * answer + sex * answer`.

use std::collections::BTreeSet;

/// The most brackets inside each other.
const DEPTH: usize = 100;

/// Combinations of columns; the empty one is the grand total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// Each as the names of its columns.
    pub terms: BTreeSet<BTreeSet<String>>,
}

/// What is no formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormulaProblem {
    /// Something else than a name, `+`, `*`, `:` or a bracket was found, or the end.
    Unexpected {
        /// What stands there; nothing at the end.
        found: String,
    },
}

impl Formula {
    /// Reads a formula: `a:b` is the table of both, `a*b` that with its margins, `+` puts tables together; `~` before it is
    /// left out. The grand total is always there.
    ///
    /// # Errors
    ///
    /// [`FormulaProblem`].
    ///
    /// ```
    /// # use bygdepuls_core::disclosure::tables::Formula;
    /// let formula = Formula::parse("~ (mun + region) * answer")?;
    /// assert_eq!(formula.terms.len(), 6); // total, mun, region, answer, mun:answer, region:answer
    /// # Ok::<(), bygdepuls_core::disclosure::tables::FormulaProblem>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, FormulaProblem> {
        let mut tokens = tokens(text);
        let depth = tokens.iter().scan(0_usize, |depth, token| {
            *depth = if token == "(" { *depth + 1 } else { depth.saturating_sub(usize::from(token == ")")) };
            Some(*depth)
        });
        if depth.max().unwrap_or_default() > DEPTH {
            return Err(FormulaProblem::Unexpected { found: "(".repeat(3) + "…" });
        }
        tokens.reverse();
        if tokens.last().is_some_and(|token| token == "~") {
            tokens.pop();
        }
        let mut terms = sum(&mut tokens)?;
        if let Some(found) = tokens.pop() {
            return Err(FormulaProblem::Unexpected { found });
        }
        terms.insert(BTreeSet::new());
        Ok(Self { terms })
    }
}

type Terms = BTreeSet<BTreeSet<String>>;

fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut in_name = false;
    for letter in text.chars() {
        let is_name = !letter.is_whitespace() && !"~+*:()".contains(letter);
        match tokens.last_mut() {
            Some(name) if is_name && in_name => name.push(letter),
            _ if !letter.is_whitespace() => tokens.push(letter.into()),
            _ => {}
        }
        in_name = is_name;
    }
    tokens
}

fn sum(tokens: &mut Vec<String>) -> Result<Terms, FormulaProblem> {
    let mut terms = product(tokens)?;
    while tokens.last().is_some_and(|token| token == "+") {
        tokens.pop();
        terms.extend(product(tokens)?);
    }
    Ok(terms)
}

fn product(tokens: &mut Vec<String>) -> Result<Terms, FormulaProblem> {
    let mut terms = crossing(tokens)?;
    while tokens.last().is_some_and(|token| token == "*") {
        tokens.pop();
        let other = crossing(tokens)?;
        let both = crossed(&terms, &other);
        terms.extend(other);
        terms.extend(both);
    }
    Ok(terms)
}

fn crossing(tokens: &mut Vec<String>) -> Result<Terms, FormulaProblem> {
    let mut terms = one(tokens)?;
    while tokens.last().is_some_and(|token| token == ":") {
        tokens.pop();
        terms = crossed(&terms, &one(tokens)?);
    }
    Ok(terms)
}

fn one(tokens: &mut Vec<String>) -> Result<Terms, FormulaProblem> {
    match tokens.pop() {
        Some(token) if token == "(" => {
            let terms = sum(tokens)?;
            match tokens.pop() {
                Some(token) if token == ")" => Ok(terms),
                found => Err(FormulaProblem::Unexpected { found: found.unwrap_or_default() }),
            }
        }
        Some(token) if token == "1" => Ok([BTreeSet::new()].into()),
        Some(token) if !"~+*:)".contains(&*token) => Ok([[token].into()].into()),
        found => Err(FormulaProblem::Unexpected { found: found.unwrap_or_default() }),
    }
}

fn crossed(a: &Terms, b: &Terms) -> Terms {
    a.iter().flat_map(|a| b.iter().map(move |b| a.union(b).cloned().collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        let formula = Formula::parse(text).unwrap();
        formula.terms.iter().map(|term| term.iter().cloned().collect::<Vec<_>>().join(":")).collect()
    }

    #[test]
    fn as_r_expands_it() {
        assert_eq!(terms("~ a*b"), ["", "a", "a:b", "b"]);
        assert_eq!(terms("~ mun*answer + mun*sex + sex*answer").len(), 7);
        assert_eq!(terms("a:b:c"), ["", "a:b:c"]);
        assert_eq!(terms("(a + b):c"), ["", "a:c", "b:c"]);
        let deep = "(".repeat(100_000);
        for wrong in [deep.as_str(), "", "~", "a +", "(a", "a)", "a * * b"] {
            assert!(Formula::parse(wrong).is_err(), "{wrong}");
        }
    }
}
