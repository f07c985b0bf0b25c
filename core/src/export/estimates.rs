//! Estimates as JSON: what `bygdepuls estimate --format json` prints, wherever it is written.

use crate::estimate::in_memory::Answer;
use crate::estimate::{Estimate, Figures};
use crate::problem::{Problems, Severity};
use crate::text::Lang;
use std::io::{self, Write};

/// Figures that can be had one by one.
pub trait Answers: Sync {
    /// How many there are.
    fn count(&self) -> usize;
    /// One of them.
    fn figure(&self, number: usize) -> Estimate;
    /// The covariances, where they were asked for.
    fn covariance(&self) -> Option<Vec<Vec<Option<f64>>>>;
}

impl Answers for Figures {
    fn count(&self) -> usize {
        self.len()
    }
    fn figure(&self, number: usize) -> Estimate {
        self.figure(number)
    }
    fn covariance(&self) -> Option<Vec<Vec<Option<f64>>>> {
        self.covariance()
    }
}

impl Answers for Answer {
    fn count(&self) -> usize {
        self.estimates.len()
    }
    fn figure(&self, number: usize) -> Estimate {
        self.estimates[number].clone()
    }
    fn covariance(&self) -> Option<Vec<Vec<Option<f64>>>> {
        self.covariance.clone()
    }
}

/// Writes `{"cells":[…],"warnings":[…]}` and a line end: one cell per figure, numbers in full precision, and the warnings
/// among the problems as sentences. Where covariances were asked for, `"covariance":[[…],…]` stands between.
///
/// # Errors
///
/// What `out` says.
///
/// # Example
///
/// ```
/// use bygdepuls_core::{export::estimates, problem::Problems, text::Lang};
/// use bygdepuls_core::estimate::{Question, Statistic, Stream};
/// let question = Question { statistics: vec![Statistic::Total { column: "y".into() }], ..Question::default() };
/// let mut stream = Stream::new("f.csv", question);
/// stream.push(b"y\n1\n2\n");
/// let mut problems = Problems::new();
/// let figures = stream.finish(&mut problems).unwrap();
/// let mut text = Vec::new();
/// estimates::json(&figures, &problems, Lang::En, &mut text)?;
/// assert!(text.starts_with(br#"{"cells":[{"by":{},"statistic":"total","variable":"y","value":null,"estimate":3.0,"#));
/// assert!(text.ends_with(b"}],\"warnings\":[]}\n"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn json(
    figures: &(impl Answers + ?Sized),
    problems: &Problems,
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<()> {
    json_around(figures, problems, lang, out, |out| {
        (0..figures.count()).try_for_each(|number| cell(figures, number, &mut *out))
    })
}

/// As [`json`], but `cells` writes each [`cell`] in order, by whatever threads make them.
///
/// # Errors
///
/// What `out` or `cells` says.
pub fn json_around<W: Write + ?Sized>(
    figures: &(impl Answers + ?Sized),
    problems: &Problems,
    lang: Lang,
    out: &mut W,
    cells: impl FnOnce(&mut W) -> io::Result<()>,
) -> io::Result<()> {
    let warnings = problems.list().iter().filter(|problem| problem.severity == Severity::Warning);
    let warnings: Vec<_> = warnings.map(|problem| problem.what.message(lang)).collect();
    write!(out, "{{\"cells\":[")?;
    cells(out)?;
    write!(out, "]")?;
    if let Some(covariance) = figures.covariance() {
        write!(out, ",\"covariance\":")?;
        serde_json::to_writer(&mut *out, &covariance)?;
    }
    write!(out, ",\"warnings\":")?;
    serde_json::to_writer(&mut *out, &warnings)?;
    writeln!(out, "}}")
}

/// Writes one figure, after a comma where it is not the first.
///
/// # Errors
///
/// What `out` says.
pub fn cell(figures: &(impl Answers + ?Sized), number: usize, out: &mut impl Write) -> io::Result<()> {
    if number > 0 {
        write!(out, ",")?;
    }
    Ok(serde_json::to_writer(out, &figures.figure(number))?)
}
