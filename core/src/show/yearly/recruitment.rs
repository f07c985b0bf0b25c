//! Recruitment and competence: every figure of the region's own registers that the project computes, as a picture of everybody, a
//! gap by field, and who could close it. Fields, other periods and the tables are on the page of each figure.

use super::Year;
use super::html::{push_heading, push_list, push_paragraph};
use crate::cube::{Cell, Cube};
use crate::disclosure::recruitment::ALL;
use crate::indicator::recruitment::Shape;
use crate::show::markup::{fill, push_element};
use crate::show::page::{File, file};
use crate::show::{Part, work};
use crate::text::Lang;

pub(super) fn body(year: &Year<'_>, lang: Lang) -> String {
    let mut out = String::new();
    if year.recruitment.is_empty() {
        push_paragraph(
            &mut out,
            lang.pick(
                "Prosjektet regner ikke ut tall fra egne registre. Oppgi registrene under recruitment i prosjektfila, og tallene \
                 under output.indicators.",
                "Prosjektet reknar ikkje ut tal frå eigne register. Oppgi registera under recruitment i prosjektfila, og tala \
                 under output.indicators.",
                "The project computes no figures of its own registers. Name the registers under recruitment in the project file, \
                 and the figures under output.indicators.",
            ),
        );
    }
    for (cube, sentences) in year.recruitment {
        push_heading(&mut out, cube.title.get(lang));
        push_paragraph(&mut out, cube.about.base.get(lang));
        out.push_str("<div class=\"bp-figure\">\n");
        let drawn = of_everybody(cube);
        work::inline(&mut out, &drawn, &format!("w-{}", cube.id), cube.title.get(lang), lang);
        for key in work::keys(&drawn, Part::Picture, lang) {
            push_element(&mut out, "<p>", key, "</p>\n");
        }
        out.push_str("</div>\n");
        if !sentences.is_empty() {
            let who = lang.pick("Hvem som kan dekke det", "Kven som kan dekkje det", "Who could close it");
            fill(&mut out, "<details><summary>{}</summary>\n", &[who]);
            push_list(&mut out, &sentences.iter().map(|sentence| sentence.get(lang).to_owned()).collect::<Vec<_>>());
            out.push_str("</details>\n");
        }
        let page = file(&cube.id, File::Page, lang);
        let words = lang.pick("Alle tallene for ", "Alle tala for ", "All figures of ");
        fill(&mut out, "<p class=\"bp-more\">{}<a href=\"{}\">{}</a></p>\n", &[words, &page, cube.title.get(lang)]);
    }
    out
}

/// The group of everybody alone, up to the newest year with half as many behind it as the largest: the first months of a year
/// that has just begun are no picture. All of a gap, which is about fields and years ahead.
fn of_everybody(cube: &Cube) -> Cube {
    let is_gap = cube.dimensions.first().is_some_and(|axis| axis.id == Shape::Gap.axis());
    let [_, periods, _, groups] = &cube.dimensions[..] else { return cube.clone() };
    let Some(all) = groups.categories.iter().position(|group| group.code == ALL).filter(|_| !is_gap) else {
        return cube.clone();
    };
    let mut behind = vec![0.0_f64; periods.categories.len()];
    for (index, cell) in cube.cells.iter().enumerate() {
        let at = cube.position(index);
        if at[3] == all {
            behind[at[1]] = behind[at[1]].max(cube.value(cell, "n").unwrap_or_default());
        }
    }
    let most = behind.iter().copied().fold(0.0, f64::max);
    let newest = behind.iter().rposition(|n| 2.0 * n >= most).unwrap_or_default();
    let kept = |(index, _): &(usize, &Cell)| {
        let at = cube.position(*index);
        at[3] == all && at[1] <= newest
    };
    let mut out = cube.clone();
    out.cells = cube.cells.iter().enumerate().filter(kept).map(|(_, cell)| cell.clone()).collect();
    out.dimensions[1].categories.truncate(newest + 1);
    out.dimensions[3].categories = vec![groups.categories[all].clone()];
    out
}
