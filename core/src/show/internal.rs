//! The internal report: exact figures with intervals, for those who are bound by confidentiality.
//!
//! It is written over whatever dimensions and measures the cube has. `figure` and `dont_know`, where they exist, divide
//! the page into sections and tables; the other dimensions are the rows. A pair of measures `x_lower`, `x_upper` is one
//! column, `from–to`. Every page says that it is internal: at the top, in the title, and on each printed sheet.

use super::markup::{escaped, id_of, push_all, push_element, push_text};
use super::{Part, number, push_time, source_line, words, work};
use crate::cube::{Category, Cell, Cube, Status};
use crate::disclosure::Family;
use crate::text::{Lang, Text};

/// The stylesheet of the internal page, written to `assets/internal.css` beside `assets/page.css`.
pub const CSS: &str = include_str!("internal.css");

/// The mark that stands on everything internal. Norwegian in every language: it is a legal term.
pub const MARK: &str = "INTERNT – unntatt offentlighet";

/// The internal report of a cube in one language.
#[must_use]
pub fn report(cube: &Cube, region: &Text, lang: Lang) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"");
    push_all(
        &mut out,
        &[lang.tag(), "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"robots\" content=\"noindex\">\n"],
    );
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    push_all(&mut out, &["<title>", MARK, ": ", &escaped(cube.title.get(lang)), "</title>\n"]);
    if Family::of(cube) == Family::Recruitment {
        out.push_str("<link rel=\"stylesheet\" href=\"assets/bygdepuls.css\">\n");
    }
    out.push_str("<link rel=\"stylesheet\" href=\"assets/page.css\">\n");
    out.push_str(
        "<link rel=\"stylesheet\" href=\"assets/internal.css\">\n</head>\n<body class=\"bp-page bp-internal\">\n",
    );
    push_all(
        &mut out,
        &["<header>\n<p class=\"bp-mark\"><strong lang=\"nb\">", MARK, ".</strong> ", duty(lang), "</p>\n<h1>"],
    );
    push_text(&mut out, cube.title.get(lang));
    if !cube.title.get(lang).contains(region.get(lang)) {
        push_element(&mut out, ": ", region.get(lang), "");
    }
    out.push_str("</h1>\n");
    push_element(&mut out, "<p class=\"bp-notice\"><strong>", cube.about.notice.get(lang), "</strong></p>\n");
    push_element(&mut out, "<p>", cube.about.base.get(lang), "</p>\n");
    out.push_str("</header>\n<main>\n");
    push_sections(&mut out, cube, lang);
    push_element(&mut out, &heading(words::method(lang)), cube.about.method.get(lang), "</p>\n");
    out.push_str("</main>\n<footer class=\"bp-foot\">\n");
    for source in &cube.about.sources {
        push_all(&mut out, &["<p>", words::source(false, lang), ": ", &escaped(&source_line(source, lang)), "</p>\n"]);
    }
    push_all(&mut out, &["<p>", words::updated(lang), " "]);
    push_time(&mut out, &cube.about.updated, lang);
    out.push_str(".</p>\n");
    push_all(
        &mut out,
        &["<p class=\"bp-mark\" lang=\"nb\"><strong>", MARK, "</strong></p>\n</footer>\n</body>\n</html>\n"],
    );
    out
}

/// The figures of a cube without a page around them, for a page that says itself that it is internal.
#[must_use]
pub fn sections(cube: &Cube, lang: Lang) -> String {
    let mut out = String::new();
    push_sections(&mut out, cube, lang);
    out
}

/// What the mark asks of the reader.
pub(super) const fn duty(lang: Lang) -> &'static str {
    lang.pick(
        "Siden viser nøyaktige tall om små grupper og er underlagt taushetsplikt (offentleglova § 13). Del den bare med dem \
         som har taushetsplikt og trenger den i arbeidet sitt. Den skal ikke legges ut.",
        "Sida viser nøyaktige tal om små grupper og er underlagd teieplikt (offentleglova § 13). Del henne berre med dei som \
         har teieplikt og treng henne i arbeidet sitt. Ho skal ikkje leggjast ut.",
        "This page shows exact figures about small groups and is subject to the duty of confidentiality (Norwegian Freedom \
         of Information Act, section 13). Share it only with those who are bound by that duty and need it for their work. \
         It must not be published.",
    )
}

fn heading(text: &str) -> String {
    let mut out = String::new();
    push_all(&mut out, &["<h2>", text, "</h2>\n<p>"]);
    out
}

/// One section per figure, one table per treatment of don't know.
fn push_sections(out: &mut String, cube: &Cube, lang: Lang) {
    push_picture(out, cube, lang);
    let figure = cube.dimensions.iter().position(|axis| axis.id.starts_with("figure"));
    let variant = cube.dimension("dont_know");
    let rows: Vec<usize> =
        (0..cube.dimensions.len()).filter(|axis| Some(*axis) != figure && Some(*axis) != variant).collect();
    for (place, section) in categories(cube, figure).into_iter().enumerate() {
        let chosen: Vec<(usize, &Cell)> =
            cube.cells.iter().enumerate().filter(|(_, cell)| cell.status != Status::Absent).collect();
        let of = |axis: Option<usize>, position: usize, index: usize| {
            axis.is_none_or(|axis| cube.position(index)[axis] == position)
        };
        let chosen: Vec<(usize, &Cell)> = chosen.into_iter().filter(|(index, _)| of(figure, place, *index)).collect();
        if chosen.is_empty() {
            continue;
        }
        let title = section.map_or(cube.title.get(lang), |section| section.label.get(lang));
        push_element(out, "<section>\n<h2>", title, "</h2>\n");
        for (place_of_variant, kind) in categories(cube, variant).into_iter().enumerate() {
            let cells: Vec<(usize, &Cell)> =
                chosen.iter().copied().filter(|(index, _)| of(variant, place_of_variant, *index)).collect();
            if !cells.is_empty() {
                let mut caption = String::from(title);
                if let (Some(axis), Some(kind)) = (variant, kind) {
                    let axis = cube.dimensions[axis].label.get(lang);
                    push_all(&mut caption, &[". ", axis, ": ", kind.label.get(lang)]);
                }
                let mut id = String::from("t-");
                number::push_plain(&mut id, i64::try_from(place).unwrap_or(0));
                id.push('-');
                number::push_plain(&mut id, i64::try_from(place_of_variant).unwrap_or(0));
                push_table(out, cube, &cells, &rows, &caption, &id_of(&id), lang);
            }
        }
        out.push_str("</section>\n");
    }
}

/// The picture of a figure of recruitment, whose tables stand below.
fn push_picture(out: &mut String, cube: &Cube, lang: Lang) {
    if Family::of(cube) == Family::Recruitment {
        push_all(out, &["<section class=\"bp-figure\" lang=\"", lang.tag(), "\">\n"]);
        work::inline(out, cube, &id_of(&cube.id), cube.title.get(lang), lang);
        for key in work::keys(cube, Part::Picture, lang) {
            push_element(out, "<p>", key, "</p>\n");
        }
        out.push_str("</section>\n");
    }
}

/// The categories of a dimension; a single nothing where the cube has no such dimension.
fn categories(cube: &Cube, axis: Option<usize>) -> Vec<Option<&Category>> {
    axis.map_or_else(|| vec![None], |axis| cube.dimensions[axis].categories.iter().map(Some).collect())
}

/// One column of the table: a measure, or the lower and upper end of an interval.
struct Column {
    head: String,
    lower: usize,
    upper: Option<usize>,
}

/// The columns that hold anything in these cells.
fn columns(cube: &Cube, cells: &[(usize, &Cell)], lang: Lang) -> Vec<Column> {
    let mut out = Vec::new();
    for (place, measure) in cube.measures.iter().enumerate() {
        if cells.iter().all(|(_, cell)| cell.values.get(place).copied().flatten().is_none()) {
            continue;
        }
        let stem = measure.id.strip_suffix("_upper").filter(|stem| cube.measure(&[stem, "_lower"].concat()).is_some());
        if stem.is_some() {
            continue; // It stands with its lower end.
        }
        let upper = measure.id.strip_suffix("_lower").and_then(|stem| cube.measure(&[stem, "_upper"].concat()));
        let head = match (&measure.id[..], upper) {
            ("ci_lower", Some(_)) => {
                lang.pick("Intervall, dette kullet", "Intervall, dette kullet", "Interval, this cohort")
            }
            ("clopper_pearson_lower", Some(_)) => "Clopper–Pearson",
            ("wilson_lower", Some(_)) => "Wilson",
            ("bound_lower", Some(_)) => {
                lang.pick("Grenser ved frafall", "Grenser ved fråfall", "Bounds for nonresponse")
            }
            _ => measure.label.get(lang),
        };
        out.push(Column { head: head.into(), lower: place, upper });
    }
    out
}

fn push_table(
    out: &mut String,
    cube: &Cube,
    cells: &[(usize, &Cell)],
    rows: &[usize],
    caption: &str,
    id: &str,
    lang: Lang,
) {
    let columns = columns(cube, cells, lang);
    push_all(out, &["<div class=\"bp-scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"", id, "\">\n<table>"]);
    push_all(
        out,
        &[
            "<caption id=\"",
            id,
            "\">",
            &escaped(caption),
            "</caption>\n<thead><tr class=\"bp-sheet\" lang=\"nb\"><td colspan=\"",
        ],
    );
    number::push_plain(out, i64::try_from(rows.len() + columns.len()).unwrap_or(1));
    push_all(out, &["\">", MARK, "</td></tr>\n<tr>"]);
    for &axis in rows {
        push_element(out, "<th scope=\"col\">", cube.dimensions[axis].label.get(lang), "</th>");
    }
    for column in &columns {
        push_element(out, "<th scope=\"col\" class=\"bp-number\">", &column.head, "</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    let mut before = String::new();
    for (index, cell) in cells {
        let at = cube.position(*index);
        let first =
            rows.first().map(|&axis| cube.dimensions[axis].categories[at[axis]].code.clone()).unwrap_or_default();
        out.push_str(if before.is_empty() || before == first { "<tr>" } else { "<tr class=\"bp-new\">" });
        before = first;
        for &axis in rows {
            push_element(
                out,
                "<th scope=\"row\">",
                cube.dimensions[axis].categories[at[axis]].label.get(lang),
                "</th>",
            );
        }
        for column in &columns {
            let lower = value(cube, cell, column.lower, lang);
            let upper = column.upper.and_then(|upper| value(cube, cell, upper, lang));
            out.push_str("<td>");
            match (lower, upper) {
                (Some(lower), Some(upper)) => push_span(out, &lower, &upper),
                (Some(lower), None) => push_text(out, &lower),
                _ if cell.status == Status::NoAnswers => {
                    out.push_str(lang.pick("ingen svar", "ingen svar", "no answers"))
                }
                _ => out.push('–'),
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>\n</div>\n");
}

/// `12,3–45,6 %`: the unit stands once.
fn push_span(out: &mut String, lower: &str, upper: &str) {
    let unit = ["\u{a0}%", "%"].into_iter().find(|unit| lower.ends_with(unit) && upper.ends_with(unit));
    push_text(out, unit.and_then(|unit| lower.strip_suffix(unit)).unwrap_or(lower));
    out.push('–');
    push_text(out, upper);
}

/// A value in words by its unit; shares as percent. A share gets at least one decimal.
fn value(cube: &Cube, cell: &Cell, measure: usize, lang: Lang) -> Option<String> {
    let value = cell.values.get(measure).copied().flatten()?;
    let measure = &cube.measures[measure];
    Some(match &measure.unit[..] {
        // Shares run from 0 to 1: three decimals of a share are one of a percentage.
        "share" => number::share(value, measure.decimals.saturating_sub(2), lang),
        "percent" => number::share(value / 100.0, measure.decimals, lang),
        _ => number::decimal(value, measure.decimals, lang),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::{About, Dimension, Measure, Role};

    fn axis(id: &str, role: Role, labels: &[&str]) -> Dimension {
        let categories =
            labels.iter().map(|label| Category { code: (*label).into(), label: Text::same(label) }).collect();
        Dimension { id: id.into(), label: Text::same(id), role, categories }
    }

    fn sample() -> Cube {
        let measures = [
            ("n", "persons"),
            ("base_population", "persons"),
            ("response_rate", "share"),
            ("estimate", "share"),
            ("ci_lower", "share"),
            ("ci_upper", "share"),
            ("refused", "persons"),
        ];
        let measures = measures.map(|(id, unit)| Measure {
            id: id.into(),
            label: Text::same(id),
            unit: unit.into(),
            decimals: if unit == "share" { 3 } else { 0 },
        });
        let full = |status, n: f64| Cell {
            status,
            values: vec![Some(n), Some(1_234.0), Some(0.7), Some(0.6), Some(0.512), Some(0.69), None],
        };
        let none = Cell { status: Status::NoAnswers, values: vec![Some(0.0), None, None, None, None, None, None] };
        let absent = Cell { status: Status::Absent, values: vec![None; 7] };
        Cube {
            id: "return_intent".into(),
            title: Text::same("Return & intent"),
            dimensions: vec![
                axis("figure", Role::Other, &["intent", "already_home"]),
                axis("dont_know", Role::Other, &["outside"]),
                axis("period", Role::Time, &["2025", "2026"]),
            ],
            measures: measures.into(),
            cells: vec![full(Status::Exact, 35.0), none, absent.clone(), absent],
            about: About { updated: "2026-11-21".into(), ..About::default() },
        }
    }

    #[test]
    fn every_page_says_that_it_is_internal() {
        for lang in Lang::ALL {
            let page = report(&sample(), &Text::same("Indre <Namdal>"), lang);
            assert_eq!(page.matches(MARK).count(), 4);
            assert!(page.contains("<title>INTERNT") && page.contains("noindex"));
            assert!(page.contains("Return &amp; intent: Indre &lt;Namdal&gt;"));
        }
    }

    #[test]
    fn exact_figures_with_intervals() {
        let page = report(&sample(), &Text::default(), Lang::Nb);
        let row = "<tr><th scope=\"row\">2025</th><td>35</td><td>1\u{a0}234</td><td>70,0\u{a0}%</td><td>60,0\u{a0}%</td>\
                   <td>51,2–69,0\u{a0}%</td></tr>";
        assert!(page.contains(row), "{page}");
        assert!(page.contains("<td>ingen svar</td>"));
        // A figure without cells has no section, a measure without values no column.
        assert!(!page.contains("already_home") && !page.contains("refused"));
        assert!(report(&sample(), &Text::default(), Lang::En).contains("<td>51.2–69.0%</td>"));
    }
}
