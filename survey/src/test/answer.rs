//! What a test says, as a table, CSV or JSON.

use bygdepuls_core::hypothesis::TestResult;
use bygdepuls_core::problem::{Problems, Severity};
use bygdepuls_core::read::problem::visible;
use bygdepuls_core::text::Lang;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// How the figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Aligned columns, rounded, for people.
    Table,
    /// One line for the test, one per coefficient and term; in full precision.
    Csv,
    /// As in `docs/schema/test.json`, in full precision.
    Json,
}

/// One line: the test itself, a coefficient, or a term.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) estimate: Option<f64>,
    pub(super) se: Option<f64>,
    pub(super) statistic: Option<f64>,
    /// `None` where the distribution has no degrees of freedom.
    pub(super) parameter: Option<Vec<f64>>,
    pub(super) p_value: Option<f64>,
    pub(super) ci: Option<(f64, f64)>,
    /// An odds ratio with its limits.
    pub(super) odds: Option<(f64, Option<(f64, f64)>)>,
}

impl Line {
    /// A line of a name and a result.
    pub(super) fn of(name: &str, result: &TestResult) -> Self {
        Self {
            name: name.into(),
            statistic: Some(result.statistic),
            parameter: (!result.parameter.is_empty()).then(|| result.parameter.clone()),
            p_value: Some(result.p_value),
            ..Self::default()
        }
    }

    fn odds_ratio(&self) -> [Option<f64>; 3] {
        let limits = self.odds.and_then(|(_, limits)| limits);
        // One that is too large for a number does not exist here.
        [self.odds.map(|odds| odds.0), limits.map(|limits| limits.0), limits.map(|limits| limits.1)]
            .map(|value| value.filter(|value| value.is_finite()))
    }

    fn json(&self, level: f64) -> Map<String, Value> {
        let mut json = Map::new();
        let mut put = |key: &str, value: Value| json.insert(key.into(), value);
        put("statistic", json!(self.statistic));
        put("parameter", json!(self.parameter));
        put("p_value", json!(self.p_value));
        if self.estimate.is_some() {
            put("estimate", json!(self.estimate));
            put("se", json!(self.se));
            put("ci", json!(self.ci.map(|(lower, upper)| [lower, upper])));
            put("ci_lower", json!(self.ci.map(|ci| ci.0)));
            put("ci_upper", json!(self.ci.map(|ci| ci.1)));
            put("level", json!(level));
        }
        if self.odds.is_some() {
            let [ratio, lower, upper] = self.odds_ratio();
            put("odds_ratio", json!(ratio));
            put("odds_ratio_ci", json!(lower.zip(upper).map(|(lower, upper)| [lower, upper])));
        }
        json
    }
}

/// What a test says.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    /// The name on the command line.
    pub(super) kind: &'static str,
    /// The method, in three languages.
    pub(super) method: [&'static str; 3],
    pub(super) test: Line,
    pub(super) coefficients: Vec<Line>,
    pub(super) terms: Vec<Line>,
    /// What else there is, by its key in the JSON.
    pub(super) more: Vec<(&'static str, Value)>,
    pub(super) level: f64,
    /// Records used.
    pub(super) n: usize,
}

impl Answer {
    pub(super) fn write(&self, format: Format, problems: &Problems, lang: Lang, out: &mut Vec<u8>) -> io::Result<()> {
        match format {
            Format::Json => {
                serde_json::to_writer(&mut *out, &self.json(problems, lang))?;
                writeln!(out)
            }
            Format::Csv => self.csv(out).map_err(io::Error::other),
            Format::Table => self.table(lang, out),
        }
    }

    fn json(&self, problems: &Problems, lang: Lang) -> Value {
        let mut json = Map::new();
        json.insert("test".into(), self.kind.into());
        json.insert("method".into(), self.method[2].into());
        json.extend(self.test.json(self.level));
        json.insert("n".into(), self.n.into());
        json.extend(self.more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        if !self.coefficients.is_empty() {
            let lines = |lines: &[Line], key: &str| -> Value {
                let line = |line: &Line| {
                    let mut json = line.json(self.level);
                    json.insert(key.into(), line.name.clone().into());
                    Value::Object(json)
                };
                lines.iter().map(line).collect()
            };
            json.insert("cells".into(), lines(&self.coefficients, "name"));
            json.insert("terms".into(), lines(&self.terms, "term"));
        }
        let warnings = problems.list().iter().filter(|problem| problem.severity == Severity::Warning);
        json.insert("warnings".into(), warnings.map(|problem| problem.what.message(lang)).collect());
        Value::Object(json)
    }

    fn csv(&self, out: &mut Vec<u8>) -> csv::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record([
            "part",
            "name",
            "estimate",
            "se",
            "statistic",
            "df1",
            "df2",
            "p_value",
            "ci_lower",
            "ci_upper",
            "odds_ratio",
            "odds_ratio_lower",
            "odds_ratio_upper",
        ])?;
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let test = std::iter::once(("test", &self.test));
        let coefficients = self.coefficients.iter().map(|line| ("coefficient", line));
        for (part, line) in test.chain(coefficients).chain(self.terms.iter().map(|line| ("term", line))) {
            let df = |place: usize| line.parameter.as_ref().and_then(|parameter| parameter.get(place).copied());
            let mut fields = vec![part.to_owned(), line.name.clone()];
            let ci = [line.ci.map(|ci| ci.0), line.ci.map(|ci| ci.1)];
            let numbers = [line.estimate, line.se, line.statistic, df(0), df(1), line.p_value];
            fields.extend(numbers.into_iter().chain(ci).chain(line.odds_ratio()).map(number));
            writer.write_record(fields)?;
        }
        Ok(writer.flush()?)
    }

    fn table(&self, lang: Lang, out: &mut Vec<u8>) -> io::Result<()> {
        writeln!(out, "{}", lang.pick(self.method[0], self.method[1], self.method[2]))?;
        if !self.coefficients.is_empty() {
            writeln!(out)?;
            self.lines(&self.coefficients, lang.pick("koeffisient", "koeffisient", "coefficient"), lang, out)?;
        }
        writeln!(out)?;
        let mut test = self.test.clone();
        if test.name.is_empty() {
            test.name = lang.pick("alle ledd", "alle ledd", "all terms").into();
        }
        let terms: Vec<Line> = self.terms.iter().cloned().chain([test]).collect();
        self.lines(&terms, if self.terms.is_empty() { "" } else { lang.pick("ledd", "ledd", "term") }, lang, out)?;
        writeln!(out, "\nn = {}", self.n)
    }

    /// Aligned lines; columns that no line has are left out.
    fn lines(&self, lines: &[Line], first: &str, lang: Lang, out: &mut Vec<u8>) -> io::Result<()> {
        let t = |nb: &str, nn: &str, en: &str| lang.pick(nb, nn, en).to_string();
        let odds = t("oddsforhold", "oddsforhold", "odds ratio");
        let level = format!("{} %", 100.0 * self.level);
        let rounded = |value: f64| {
            if value == 0.0 || (1e-4..1e7).contains(&value.abs()) {
                format!("{value:.4}")
            } else {
                format!("{value:.3e}")
            }
        };
        let number = |value: Option<f64>| value.map(rounded);
        let between =
            |ends: Option<(f64, f64)>| ends.map(|(low, high)| format!("{} – {}", rounded(low), rounded(high)));
        let df = |line: &Line| {
            let one = |df: &f64| if df.fract() == 0.0 { format!("{df}") } else { format!("{df:.2}") };
            line.parameter.as_ref().map(|parameter| parameter.iter().map(one).collect::<Vec<_>>().join("; "))
        };
        let columns: [(String, Vec<Option<String>>); 9] = [
            (first.into(), lines.iter().map(|line| Some(visible(&line.name).into_owned())).collect()),
            (t("estimat", "estimat", "estimate"), lines.iter().map(|line| number(line.estimate)).collect()),
            ("se".into(), lines.iter().map(|line| number(line.se)).collect()),
            (level.clone(), lines.iter().map(|line| between(line.ci)).collect()),
            (odds, lines.iter().map(|line| number(line.odds_ratio()[0])).collect()),
            (level, lines.iter().map(|line| between(line.odds_ratio()[1].zip(line.odds_ratio()[2]))).collect()),
            (t("testverdi", "testverdi", "statistic"), lines.iter().map(|line| number(line.statistic)).collect()),
            ("df".into(), lines.iter().map(df).collect()),
            ("p".into(), lines.iter().map(|line| number(line.p_value)).collect()),
        ];
        let shown: Vec<_> = columns.iter().filter(|(_, cells)| cells.iter().any(Option::is_some)).collect();
        let width = |(head, cells): &(String, Vec<Option<String>>)| {
            let widths = cells.iter().map(|cell| cell.as_ref().map_or(1, |cell| cell.chars().count()));
            widths.chain([head.chars().count()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = shown.iter().map(|column| width(column)).collect();
        for row in 0..=lines.len() {
            let cells = shown.iter().zip(&widths).enumerate().map(|(place, ((head, cells), width))| {
                let cell = if row == 0 { head } else { cells[row - 1].as_deref().unwrap_or("–") };
                if place == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
            writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }
}
