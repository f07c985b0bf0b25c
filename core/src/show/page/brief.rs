//! The brief: one sheet with the newest figures, for a council that has two minutes; and the same as a paragraph for case
//! papers. The public one is made of safe cubes. The internal one counts people, since nobody has odds ratios in mind.

use super::{CLOSE, File, file, link, open, push_top, words};
use crate::cube::{Cube, Status};
use crate::disclosure::SafeCube;
use crate::show::internal::MARK;
use crate::show::markup::{push_all, push_element, push_text};
use crate::show::number;
use crate::show::{newest_in_words, picture_of_newest};
use crate::text::{Lang, Text};

/// `brief.html` in one language: one sheet, the newest period of each figure, with a paragraph to copy.
#[must_use]
pub fn brief(cubes: &[SafeCube], region: &Text, lang: Lang) -> String {
    let mut heading = String::from(title(lang));
    if !region.get(lang).is_empty() {
        push_all(&mut heading, &[": ", region.get(lang)]);
    }
    let mut out = open(&heading, "brief", "bp-page bp-brief", "", lang);
    push_top(&mut out, "brief", &heading, lead(lang), lang);
    for cube in cubes {
        push_element(&mut out, "<section class=\"bp-entry\">\n<h2>", cube.title.get(lang), "</h2>\n");
        push_element(&mut out, "<p class=\"bp-notice\"><strong>", cube.about.notice.get(lang), "</strong></p>\n");
        out.push_str(&picture_of_newest(cube, lang));
        push_all(&mut out, &["<h3>", for_papers(lang), "</h3>\n"]);
        push_element(&mut out, "<p>", &newest_in_words(cube, lang), "</p>\n</section>\n");
    }
    out.push_str("</main>\n<footer class=\"bp-foot\"><p>");
    out.push_str(&link(&file("index", File::Page, lang), words::to_report(lang)));
    push_all(&mut out, &["</p></footer>", CLOSE]);
    out
}

/// `brief.txt` in one language: the paragraph alone, for case papers.
#[must_use]
pub fn paragraph(cubes: &[SafeCube], lang: Lang) -> String {
    cubes.iter().map(|cube| newest_in_words(cube, lang) + "\n").collect()
}

/// The internal brief: of the newest year of each wave in the whole region, the area with the code `id`, how many people.
#[must_use]
pub fn internal(cubes: &[Cube], id: &str, region: &Text, lang: Lang) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"");
    push_all(
        &mut out,
        &[lang.tag(), "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"robots\" content=\"noindex\">\n"],
    );
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    push_all(&mut out, &["<title>", MARK, ": ", title(lang), "</title>\n"]);
    out.push_str("<link rel=\"stylesheet\" href=\"assets/page.css\">\n");
    out.push_str("<link rel=\"stylesheet\" href=\"assets/internal.css\">\n</head>\n");
    push_all(
        &mut out,
        &["<body class=\"bp-page bp-internal\">\n<header>\n<p class=\"bp-mark\" lang=\"nb\"><strong>", MARK],
    );
    push_all(&mut out, &["</strong></p>\n<h1>", title(lang), ": "]);
    push_text(&mut out, region.get(lang));
    out.push_str("</h1>\n</header>\n<main>\n");
    for cube in cubes {
        push_element(&mut out, "<section>\n<h2>", cube.title.get(lang), "</h2>\n<ul>\n");
        for sentence in sentences(cube, id, lang) {
            push_element(&mut out, "<li>", &sentence, "</li>\n");
        }
        out.push_str("</ul>\n</section>\n");
    }
    push_all(&mut out, &["</main>\n<footer class=\"bp-foot\"><p class=\"bp-mark\" lang=\"nb\"><strong>", MARK]);
    push_all(&mut out, &["</strong></p></footer>", CLOSE]);
    out
}

/// One sentence for each figure and wave that has answers: its newest year, in one area, without don't know.
fn sentences(cube: &Cube, area: &str, lang: Lang) -> Vec<String> {
    let code = |axis: usize, at: &[usize]| cube.dimensions[axis].categories[at[axis]].code.as_str();
    let (Some(period), Some(place)) = (cube.dimension("period"), cube.dimension("area")) else { return Vec::new() };
    let mut newest: Vec<(Vec<usize>, usize, String)> = Vec::new();
    for (index, cell) in cube.cells.iter().enumerate() {
        let at = cube.position(index);
        let first = |axis: Option<usize>| axis.is_none_or(|axis| at[axis] == 0);
        let is_year = code(period, &at).parse::<u16>().is_ok();
        if cell.status != Status::Exact || !is_year || code(place, &at) != area || !first(cube.dimension("dont_know")) {
            continue;
        }
        let Some(sentence) = sentence(cube, index, period, lang) else { continue };
        let key: Vec<usize> = (0..at.len()).filter(|axis| *axis != period).map(|axis| at[axis]).collect();
        match newest.iter_mut().find(|(known, ..)| *known == key) {
            Some(entry) if entry.1 < at[period] => *entry = (key, at[period], sentence),
            Some(_) => {}
            None => newest.push((key, at[period], sentence)),
        }
    }
    newest.into_iter().map(|(.., sentence)| sentence).collect()
}

/// `10. klasse, 2026: 9 av 14 som svarte; 20 i kullet. Av alle i kullet er det mellom 11 og 15.`
fn sentence(cube: &Cube, index: usize, period: usize, lang: Lang) -> Option<String> {
    let cell = &cube.cells[index];
    let at = cube.position(index);
    let label = |axis: usize| cube.dimensions[axis].categories[at[axis]].label.get(lang);
    let people = |value: f64| number::whole(value).map(|count| number::count(count, lang));
    let value = |measure: &str| cube.value(cell, measure);
    let (x, n, base) = (people(value("x")?)?, people(value("n")?)?, value("base_population")?);
    let mut out = String::new();
    for name in ["figure", "wave"] {
        if let Some(axis) = cube.dimension(name) {
            push_all(&mut out, &[label(axis), ", "]);
        }
    }
    push_all(&mut out, &[label(period), ": ", &x, lang.pick(" av ", " av ", " of "), &n]);
    push_all(&mut out, &[lang.pick(" som svarte, av ", " som svara, av ", " who answered, of "), &people(base)?]);
    out.push_str(lang.pick(" i kullet", " i kullet", " in the cohort"));
    if let (Some(lower), Some(upper)) = (value("ci_lower"), value("ci_upper")) {
        let (lower, upper) = (people((lower * base).round())?, people((upper * base).round())?);
        out.push_str(lang.pick(
            ". I hele kullet, med 95 % sikkerhet: ",
            ". I heile kullet, med 95 % tryggleik: ",
            ". In the whole cohort, with 95% confidence: ",
        ));
        push_all(&mut out, &[&lower, "–", &upper, lang.pick(" personer", " personar", " people")]);
    }
    out.push('.');
    Some(out)
}

/// Title of the sheet with the newest figures.
const fn title(lang: Lang) -> &'static str {
    lang.pick("Kort fortalt", "Kort fortalt", "In brief")
}

const fn lead(lang: Lang) -> &'static str {
    lang.pick(
        "De nyeste tallene på ett ark. Avsnittet under figuren kan limes inn i en sak.",
        "Dei nyaste tala på eitt ark. Avsnittet under figuren kan limast inn i ei sak.",
        "The newest figures on one sheet. The paragraph below the figure can be pasted into case papers.",
    )
}

const fn for_papers(lang: Lang) -> &'static str {
    lang.pick("Til saksframlegget", "Til saksframlegget", "For case papers")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::{About, Category, Cell, Dimension, Measure, Role};

    fn dimension(id: &str, codes: &[&str]) -> Dimension {
        let category = |code: &&str| Category { code: (*code).into(), label: Text::same(code) };
        let categories = codes.iter().map(category).collect();
        Dimension { id: id.into(), label: Text::same(id), role: Role::Other, categories }
    }

    /// The newest year of the whole region: not the pooled years after it, not the municipality before it.
    #[test]
    fn the_newest_year_of_the_region_in_people() {
        let names = ["x", "n", "base_population", "ci_lower", "ci_upper"];
        let measures =
            names.map(|id| Measure { id: id.into(), label: Text::same(id), unit: "persons".into(), decimals: 0 });
        let cell = |values: [f64; 5]| Cell { status: Status::Exact, values: values.map(Some).to_vec() };
        let mut cells = vec![cell([1.0, 2.0, 4.0, 0.25, 0.75]); 6];
        // Period 2026, area region.
        cells[3] = cell([9.0, 14.0, 20.0, 0.55, 0.75]);
        let cube = Cube {
            id: "here".into(),
            title: Text::same("Here"),
            dimensions: vec![
                dimension("wave", &["w1"]),
                dimension("period", &["2025", "2026", "2025-2026"]),
                dimension("area", &["5042", "r"]),
            ],
            measures: measures.to_vec(),
            cells,
            about: About::default(),
        };
        assert_eq!(
            sentences(&cube, "r", Lang::Nb),
            ["w1, 2026: 9 av 14 som svarte, av 20 i kullet. I hele kullet, med 95 % sikkerhet: 11–15 personer."]
        );
    }
}
