//! The district index: how large a municipality's district challenges are, from 0 (largest) to 100 (smallest).

use super::problem::CentralityProblem;
use super::units::column;
use crate::problem::{Privacy, Problem, Problems};
use crate::read::{Columns, Head, Want};
use crate::text::Text;

/// The four indicators: name of the column, share, other names.
const INDICATORS: [(&str, f64, &[&str]); 4] = [
    ("centrality", 0.4, &["centrality", "index", "sentralitet", "sentralitetsindeks", "centrality_index"]),
    ("population_growth", 0.4, &["population_growth", "befolkningsvekst", "befolkning"]),
    ("employment_growth", 0.1, &["employment_growth", "sysselsettingsvekst", "sysselsetjingsvekst", "sysselsetting"]),
    ("diversity", 0.1, &["diversity", "næringsmangfold", "næringsmangfald", "mangfold", "mangfald"]),
];

/// A municipality.
#[derive(Clone, Debug, PartialEq)]
pub struct District {
    /// Its code, as written.
    pub code: String,
    /// The four indicators, each from 0 to 100: centrality, population, employment, diversity.
    pub parts: [f64; 4],
    /// The index.
    pub index: f64,
}

/// The district index of 2020 for every municipality of a file.
///
/// # Formula
///
/// ```text
/// y[k,m] = 100 * (min(max(x[k,m], lo[k]), hi[k]) - lo[k]) / (hi[k] - lo[k])
/// index  = 0.4 y[centrality] + 0.4 y[population growth] + 0.1 y[employment growth] + 0.1 y[diversity]
/// ```
///
/// lo and hi are the quantiles at `truncate` and 1 - `truncate` over all municipalities (Hyndman and Fan's rule 7); at 0
/// they are the least and the largest value.
///
/// # Input and result
///
/// | name               | shape | unit          | rule                                                   |
/// |--------------------|-------|---------------|--------------------------------------------------------|
/// | centrality         | n     | index         | Statistics Norway's, 0 to 1000                         |
/// | population growth  | n     | percent       | over ten years                                         |
/// | employment growth  | n     | percent       | over ten years                                         |
/// | diversity          | n     | share         | 1 - Herfindahl of employment by industry, private sector |
/// | truncate           | 1     | share         | 0 or more, below 0.5                                   |
/// | result             | n     | 0 to 100      | not rounded; larger is less of a district              |
///
/// All four must be there for every municipality: one that is left out would move the scale of the others.
///
/// # Known and assumed
///
/// Known: the indicators, their shares, that each is truncated, put on one scale and added up, and that the result lies
/// between 0 and 100. Not printed in any source found: where they are truncated. The default does not; give `truncate`
/// to do so. In the ministry's table for 2022 both kinds of growth are those of the labour market region (Hamar and Stange
/// have the same); they are taken as given here.
///
/// # Errors
///
/// `None`, with problems: a column or a value that is missing, a municipality twice, an indicator that is the same
/// everywhere.
///
/// # Source
///
/// Ministry of Local Government and Modernisation, *Distriktsindeksen 2020*, chapter 2; *Distriktsindeksen 2022*.
pub fn districts(file: &str, bytes: &[u8], truncate: f64, problems: &mut Problems) -> Option<Vec<District>> {
    let before = problems.errors();
    let head = Head::find(file, bytes, true, &mut Problems::new());
    let named = |usual: &[&str]| {
        head.as_ref().and_then(|head| column(head, None, usual)).unwrap_or_else(|| usual[0].to_owned())
    };
    let code = named(&["municipality", "kommune", "kommunenr", "kommunenummer", "code", "kode"]);
    let names = INDICATORS.map(|(_, _, usual)| named(usual));
    let mut wanted = vec![Want::Category(code.clone())];
    wanted.extend(names.iter().map(|name| Want::Required(name.clone())));
    let data = Columns::read(file, bytes, &wanted, &[], problems)?;
    let codes = data.categories(&code)?;
    let mut first: Vec<Option<usize>> = vec![None; codes.labels.len()];
    for row in 0..data.rows() {
        let Some(seen) = first.get_mut(codes.codes[row] as usize) else { continue };
        if let Some(before) = seen.replace(row) {
            let what = CentralityProblem::MunicipalityTwice { line: data.lines[before] };
            let value = codes.label(row).map(ToString::to_string).unwrap_or_default();
            problems.push(data.at(Problem::error(file, what), row).column(code.as_str()).value(value, Privacy::Open));
        }
    }
    if problems.errors() > before {
        return None;
    }
    let mut parts = vec![[0.0; 4]; data.rows()];
    for (place, name) in names.iter().enumerate() {
        let values = data.required(name)?;
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (quantile(&sorted, truncate)?, quantile(&sorted, 1.0 - truncate)?);
        if high <= low {
            problems.push(Problem::error(file, CentralityProblem::AllTheSame).column(name.as_str()));
            continue;
        }
        for (parts, value) in parts.iter_mut().zip(values) {
            parts[place] = 100.0 * ((value.clamp(low, high) - low) / (high - low));
        }
    }
    if problems.errors() > before {
        return None;
    }
    let district = |(row, parts): (usize, [f64; 4])| District {
        code: codes.label(row).map(ToString::to_string).unwrap_or_default(),
        parts,
        index: INDICATORS.iter().zip(parts).map(|((_, share, _), part)| share * part).sum(),
    };
    Some(parts.into_iter().enumerate().map(district).collect())
}

/// The quantile by Hyndman and Fan's rule 7; `None` of nothing.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    #[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
    let at = share * last as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the list")]
    let low = (libm::floor(at) as usize).min(last);
    let high = (low + 1).min(last);
    Some(sorted[low] + (at - libm::floor(at)) * (sorted[high] - sorted[low]))
}

/// What was assumed.
#[must_use]
pub fn note(truncate: f64) -> Text {
    let [a, b] = [truncate, 1.0 - truncate];
    Text {
        nb: format!(
            "Hver indikator er kappet ved kvantilene {a} og {b} og satt fra 0 til 100 (antatt: departementet oppgir ikke hvor)."
        ),
        nn: format!(
            "Kvar indikator er kappa ved kvantila {a} og {b} og sett frå 0 til 100 (gått ut frå: departementet oppgir ikkje kvar)."
        ),
        en: format!(
            "Each indicator is cut at the quantiles {a} and {b} and put from 0 to 100 (assumed: the ministry does not print where)."
        ),
    }
}

/// The table as CSV.
#[must_use]
pub fn csv(districts: &[District]) -> String {
    let mut out = String::from("municipality,centrality,population,employment,diversity,district_index\n");
    for District { code, parts: [a, b, c, d], index } in districts {
        let code = super::report::field(code);
        out += &format!("{code},{a},{b},{c},{d},{index}\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three municipalities; each part is 0, 50 or 100, by hand.
    const FILE: &str = "kommunenr;sentralitet;befolkningsvekst;sysselsettingsvekst;mangfold\n\
                        0301;1000;10,0;8;0,95\n3403;650;0,0;-4;0,95\n5043;300;-10,0;2;0,75\n";

    #[test]
    fn worked_by_hand() {
        let mut problems = Problems::new();
        let found = districts("d.csv", FILE.as_bytes(), 0.0, &mut problems).unwrap();
        assert_eq!(problems.list().len(), 0);
        assert_eq!(found[0].index, 100.0);
        assert_eq!(found[1].parts, [50.0, 50.0, 0.0, 100.0]);
        assert_eq!(found[1].index, 50.0);
        assert_eq!((found[2].parts, found[2].index), ([0.0, 0.0, 50.0, 0.0], 5.0));
        // The quartiles of three values are the means of neighbours.
        let cut = districts("d.csv", FILE.as_bytes(), 0.25, &mut problems).unwrap();
        assert_eq!((cut[0].parts[0], cut[1].parts[0], cut[2].parts[0]), (100.0, 50.0, 0.0));
        assert_eq!(cut[2].parts[3], 0.0);
    }

    #[test]
    fn what_cannot_be_scaled_is_refused() {
        let codes = |text: &str| {
            let mut problems = Problems::new();
            assert!(districts("d.csv", text.as_bytes(), 0.0, &mut problems).is_none());
            problems.list().iter().map(|problem| problem.what.code()).collect::<Vec<_>>()
        };
        assert_eq!(codes(&FILE.replace("0,75", "0,95")), ["all-the-same"]);
        assert_eq!(codes(&FILE.replace("3403", "0301")), ["municipality-twice"]);
        assert_eq!(codes(&FILE.replace("mangfold", "x")), ["missing-column"]);
        assert_eq!(codes(&FILE.replace("650", "..")), ["not-a-number"]);
    }
}
