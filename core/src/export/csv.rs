//! Cubes as tidy CSV: one row per cell, one column per dimension and measure.
//!
//! RFC 4180: UTF-8, comma, point for decimals, CRLF, quotes only where needed. Per dimension the code and its label;
//! `status` holds [`Status::code`](crate::cube::Status::code), an empty field a figure that does not exist or may not be
//! shown. What a figure must always carry stands in every row, so that no row loses it: `notice`, `source`, `updated`.
//! Cells without a meaning are left out.
//!
//! ```text
//! wave,wave_label,period,period_label,area,area_label,status,band,bands,share,ci_lower,ci_upper,n,notice,source,updated
//! w1,10. klasse,2025,2025,r,Indre Namdal,band,3,5,,,,,Oppdiktede svar.,SSB tabell 07459,2026-11-21
//! w1,10. klasse,2026,2026,r,Indre Namdal,:,,,,,,,Oppdiktede svar.,SSB tabell 07459,2026-11-21
//! ```

use crate::cube::{Cell, Cube, Status};
#[cfg(feature = "compute")]
use crate::disclosure::Family;
use crate::disclosure::SafeCube;
use crate::text::Lang;

/// A published cube as CSV, labels in one language. Shares of answers are whole numbers; a hidden cell has none,
/// whatever it holds.
#[must_use]
pub fn write(cube: &SafeCube, lang: Lang) -> Vec<u8> {
    write_any(cube, lang, "", |cell, measure| {
        let allowed = match cell.status {
            Status::Band => matches!(measure, "band" | "bands"),
            Status::Exact => !matches!(measure, "band" | "bands"),
            Status::Under | Status::Over => matches!(measure, "share" | "n"),
            _ => false,
        };
        if !allowed {
            return String::new();
        }
        // Official statistics are published as they are, and figures of recruitment as they were rounded for it.
        #[cfg(feature = "compute")]
        if Family::of(cube) != Family::Answers {
            return exact(cube, cell, measure);
        }
        let mut number = String::new();
        if let Some(value) = cube.value(cell, measure).and_then(crate::show::number::whole) {
            crate::show::number::push_plain(&mut number, value);
        }
        number
    })
}

/// An internal cube as CSV, with exact figures; the first column of every row says that it is internal.
#[cfg(feature = "compute")]
#[must_use]
pub fn write_internal(cube: &Cube, lang: Lang) -> Vec<u8> {
    write_any(cube, lang, "INTERNT", |cell, measure| exact(cube, cell, measure))
}

/// A value with all its digits.
#[cfg(feature = "compute")]
fn exact(cube: &Cube, cell: &Cell, measure: &str) -> String {
    cube.value(cell, measure).filter(|value| value.is_finite()).map(|value| value.to_string()).unwrap_or_default()
}

fn write_any(cube: &Cube, lang: Lang, mark: &str, number: impl Fn(&Cell, &str) -> String) -> Vec<u8> {
    let mut out = String::new();
    let mut row: Vec<&str> = Vec::new();
    let labels: Vec<String> = cube.dimensions.iter().map(|axis| [axis.id.as_str(), "_label"].concat()).collect();
    if !mark.is_empty() {
        row.push("marking");
    }
    for (axis, label) in cube.dimensions.iter().zip(&labels) {
        row.extend([axis.id.as_str(), label]);
    }
    row.push("status");
    row.extend(cube.measures.iter().map(|measure| measure.id.as_str()));
    row.extend(["notice", "source", "updated"]);
    push_row(&mut out, &row);

    let sources: Vec<&str> = cube.about.sources.iter().map(|source| source.name.get(lang)).collect();
    let sources = sources.join("; ");
    for (index, cell) in cube.cells.iter().enumerate().filter(|(_, cell)| cell.status != Status::Absent) {
        let numbers: Vec<String> = cube.measures.iter().map(|measure| number(cell, &measure.id)).collect();
        let mut row: Vec<&str> = if mark.is_empty() { Vec::new() } else { vec![mark] };
        for (axis, &position) in cube.dimensions.iter().zip(&cube.position(index)) {
            let category = &axis.categories[position];
            row.extend([category.code.as_str(), category.label.get(lang)]);
        }
        // A public file has one word for all that is not shown.
        row.push(if mark.is_empty() && cell.status == Status::NoAnswers { Status::Hidden } else { cell.status }.code());
        row.extend(numbers.iter().map(String::as_str));
        row.extend([cube.about.notice.get(lang), &sources, &cube.about.updated]);
        push_row(&mut out, &row);
    }
    out.into_bytes()
}

pub(super) fn push_row(out: &mut String, fields: &[&str]) {
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        if field.contains([',', '"', '\n', '\r']) || field.starts_with(' ') || field.ends_with(' ') {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(field);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::{Category, Dimension, Measure, Role};
    use crate::text::Text;

    fn cube(cells: &[(Status, [Option<f64>; 4])]) -> Cube {
        let categories = (0..cells.len())
            .map(|place| Category { code: place.to_string(), label: Text::same("Os, \"Vang\"") })
            .collect();
        let measures = ["band", "bands", "share", "n"].map(|id| Measure {
            id: id.into(),
            label: Text::same(id),
            unit: String::new(),
            decimals: 0,
        });
        Cube {
            id: "sample".into(),
            title: Text::same("Sample"),
            dimensions: vec![Dimension { id: "area".into(), label: Text::same("Area"), role: Role::Geo, categories }],
            measures: measures.into(),
            cells: cells.iter().map(|(status, values)| Cell { status: *status, values: values.to_vec() }).collect(),
            about: crate::cube::About { updated: "2026-11-21".into(), ..Default::default() },
        }
    }

    #[test]
    fn a_row_per_cell_and_nothing_behind_it() {
        let all = [Some(2.0), Some(5.0), Some(31.0), Some(26.0)];
        let internal = cube(&[
            (Status::Band, all),
            (Status::Hidden, all),
            (Status::NoAnswers, all),
            (Status::Exact, all),
            (Status::Under, all),
            (Status::Absent, all),
        ]);
        let label = "\"Os, \"\"Vang\"\"\"";
        let expected = format!(
            "area,area_label,status,band,bands,share,n,notice,source,updated\r\n\
             0,{label},band,2,5,,,,,2026-11-21\r\n\
             1,{label},:,,,,,,,2026-11-21\r\n\
             2,{label},:,,,,,,,2026-11-21\r\n\
             3,{label},exact,,,31,26,,,2026-11-21\r\n\
             4,{label},under,,,31,26,,,2026-11-21\r\n"
        );
        assert_eq!(String::from_utf8(write(&SafeCube::vouch(internal), Lang::Nb)).unwrap(), expected);
    }

    #[cfg(feature = "compute")]
    #[test]
    fn internal_rows_say_so_and_keep_every_digit() {
        let sample = cube(&[(Status::Exact, [None, Some(f64::NAN), Some(0.1 + 0.2), Some(26.0)])]);
        let expected = "marking,area,area_label,status,band,bands,share,n,notice,source,updated\r\n\
                        INTERNT,0,\"Os, \"\"Vang\"\"\",exact,,,0.30000000000000004,26,,,2026-11-21\r\n";
        assert_eq!(String::from_utf8(write_internal(&sample, Lang::Nb)).unwrap(), expected);
    }
}
