//! Tables that others published of the same answers.

use super::unseen::Statement;
use super::{Atom, ReleaseProblem};
use crate::problem::{Privacy, Problem, Problems};
use crate::read::{Codebook, Kind, Variable, read_table};
use crate::text::Text;

/// A table that somebody else published, as the project file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignTable {
    /// The file.
    pub file: String,
    /// Who published it.
    pub publisher: String,
    /// When.
    pub date: String,
    /// Id of the indicator that it is about.
    pub indicator: String,
    /// Id of the wave.
    pub wave: String,
    /// The column with the municipality's code, or the region's id.
    pub municipality: String,
    /// The column with the year.
    pub year: String,
    /// The column with how many said yes.
    pub count: Option<String>,
    /// The column with the percentage.
    pub percent: Option<String>,
    /// The column with the number of answers; without it, as many as here.
    pub n: Option<String>,
}

/// What a line of such a table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignFigure {
    /// Id of the indicator.
    pub indicator: String,
    /// Id of the wave.
    pub wave: String,
    /// Who is behind it.
    pub atoms: Vec<Atom>,
    /// How many said yes, at least.
    pub at_least: u64,
    /// At most.
    pub at_most: u64,
    /// The file.
    pub file: String,
    /// The line.
    pub line: u64,
    /// Who published it, and when.
    pub publisher: String,
}

impl ForeignFigure {
    /// File, line and publisher.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{} ({})", self.file, self.line, self.publisher)
    }

    pub(super) fn statement(&self) -> Statement<'_> {
        Statement { atoms: &self.atoms, limits: (self.at_least, self.at_most), name: self.place() }
    }
}

impl ForeignTable {
    /// Reads its figures. `answers` gives the municipalities behind a code with their answers here, in a year; what it
    /// does not know is no figure of this survey.
    #[must_use]
    pub fn read(
        &self,
        bytes: &[u8],
        answers: &dyn Fn(&str, u16) -> Vec<Atom>,
        problems: &mut Problems,
    ) -> Option<Vec<ForeignFigure>> {
        let named =
            [Some(&self.municipality), Some(&self.year), self.count.as_ref(), self.percent.as_ref(), self.n.as_ref()];
        let codebook = Codebook {
            variables: named
                .into_iter()
                .flatten()
                .map(|name| Variable {
                    name: name.clone(),
                    label: Text::same(name),
                    kind: Kind::Text,
                    missing: Vec::new(),
                    required: true,
                    waves: Vec::new(),
                    privacy: Privacy::Open,
                })
                .collect(),
        };
        // Other columns are none of our business.
        let mut found = Problems::new();
        let table = read_table(&self.file, bytes, &codebook, &mut found);
        let errors = found.list().iter().filter(|problem| problem.severity == crate::problem::Severity::Error);
        errors.cloned().for_each(|problem| problems.push(problem));
        let table = table.filter(|_| found.errors() == 0)?;
        let text = |name: &str, record: usize| {
            table.column(name).and_then(|column| column.text(record).ok()).unwrap_or_default().trim()
        };
        let before = problems.errors();
        let mut figures = Vec::new();
        let mut is_of_here = false;
        for record in 0..table.len() {
            let line = table.lines[record];
            let mut fault = |column: &str, what: ReleaseProblem| {
                let problem = Problem::error(&self.file, what).line(line).record(record as u64 + 1).column(column);
                problems.push(problem.value(text(column, record), Privacy::Open));
            };
            let Ok(year) = text(&self.year, record).parse::<u16>() else {
                fault(&self.year, ReleaseProblem::NotACount);
                continue;
            };
            let mut atoms = answers(text(&self.municipality, record), year);
            if let Some(column) = &self.n
                && let [atom] = atoms.as_mut_slice()
                && !is_hidden(text(column, record))
            {
                match text(column, record).parse::<u32>() {
                    Ok(n) => atom.n = n.into(),
                    Err(_) => fault(column, ReleaseProblem::NotACount),
                }
            }
            is_of_here |= !atoms.is_empty();
            let n: u64 = atoms.iter().map(|atom| atom.n).sum();
            if n == 0 {
                continue;
            }
            let limits = [(&self.count, false), (&self.percent, true)];
            let mut said = (0, n);
            for (column, is_percent) in limits {
                let Some(column) = column else { continue };
                let cell = text(column, record);
                if is_hidden(cell) {
                    continue;
                }
                let Some((low, high)) = (if is_percent { of_percent(cell, n) } else { of_count(cell, n) }) else {
                    fault(column, ReleaseProblem::NotACount);
                    continue;
                };
                said = (said.0.max(low), said.1.min(high));
                if said.0 > said.1 {
                    fault(column, ReleaseProblem::NoCountFits { n });
                }
            }
            if said != (0, n) {
                figures.push(ForeignFigure {
                    indicator: self.indicator.clone(),
                    wave: self.wave.clone(),
                    atoms,
                    at_least: said.0,
                    at_most: said.1,
                    file: self.file.clone(),
                    line,
                    publisher: format!("{}, {}", self.publisher, self.date),
                });
            }
        }
        if !is_of_here && problems.errors() == before {
            let columns = format!("{}, {}", self.municipality, self.year);
            problems.push(Problem::error(&self.file, ReleaseProblem::NothingOfHere).column(columns));
        }
        (problems.errors() == before).then_some(figures)
    }
}

/// The signs for what is not shown.
fn is_hidden(cell: &str) -> bool {
    ["", ":", ".", "..", "-", "–", "*"].contains(&cell)
}

/// `7`, or `<5`.
fn of_count(cell: &str, n: u64) -> Option<(u64, u64)> {
    match cell.strip_prefix('<') {
        Some(limit) => Some((0, limit.trim().parse::<u64>().ok()?.saturating_sub(1).min(n))),
        None => cell.parse::<u64>().ok().map(|count| (count, count.min(n))),
    }
}

/// The counts of n that are shown as a percentage: `18`, `18.2`, `18,2 %`, rounded either way at the halves.
fn of_percent(cell: &str, n: u64) -> Option<(u64, u64)> {
    let cell = cell.trim_end_matches('%').trim_end().replace(',', ".");
    let (whole, decimals) = cell.split_once('.').unwrap_or((&cell, ""));
    let scale = 10u64.checked_pow(u32::try_from(decimals.len()).ok()?).filter(|scale| *scale <= 1_000_000)?;
    let digits = format!("{whole}{decimals}");
    let is_number = !whole.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let value = digits.parse::<u64>().ok().filter(|value| is_number && *value <= 100 * scale)?;
    // |100 x / n - value / scale| <= 1 / (2 scale), times 2 scale n: (2 value - 1) n <= 200 scale x <= (2 value + 1) n.
    let low = ((2 * value).saturating_sub(1) * n).div_ceil(200 * scale);
    let high = ((2 * value + 1) * n / (200 * scale)).min(n);
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_in_people() {
        assert_eq!(of_percent("18", 11), Some((2, 2)));
        assert_eq!(of_percent("18,2 %", 22), Some((4, 4)));
        assert_eq!(of_percent("42", 300), Some((125, 127)), "124.5 to 127.5");
        assert_eq!(of_percent("50", 1), Some((1, 0)), "none");
        assert_eq!([of_percent("101", 9), of_percent("-3", 9), of_percent("1e2", 9), of_percent("", 9)], [None; 4]);
        assert_eq!(
            (of_count("<5", 12), of_count("7", 12), of_count("7", 3), of_count("x", 3)),
            (Some((0, 4)), Some((7, 7)), Some((7, 3)), None)
        );
    }

    #[test]
    fn a_table_of_others() {
        let table = ForeignTable {
            file: "f.csv".into(),
            publisher: "P".into(),
            date: "2026-01-01".into(),
            indicator: "i".into(),
            wave: "w1".into(),
            municipality: "kommune".into(),
            year: "aar".into(),
            count: None,
            percent: Some("andel".into()),
            n: Some("n".into()),
        };
        let here = |code: &str, year: u16| match (code, year) {
            ("5042", 2025) => vec![Atom { year, municipality: code.into(), n: 12, people: Vec::new() }],
            _ => Vec::new(),
        };
        let mut problems = Problems::new();
        let csv =
            "kommune,aar,andel,n,navn\n5042,2025,\"18,2\",11,A\n5042,2025,50,,B\n9999,2025,1,9,C\n5042,2025,:,12,D\n";
        let figures = table.read(csv.as_bytes(), &here, &mut problems).unwrap();
        let said: Vec<_> = figures.iter().map(|figure| (figure.atoms[0].n, figure.at_least, figure.at_most)).collect();
        assert_eq!((said, problems.list().len()), (vec![(11, 2, 2), (12, 6, 6)], 0));
        assert!(table.read(b"kommune,aar,andel,n\n5042,2025,30,4\n", &here, &mut problems).is_none());
        assert_eq!(problems.list()[0].what.code(), "foreign-no-count-fits");
    }
}
