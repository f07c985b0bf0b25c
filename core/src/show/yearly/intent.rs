//! Who can imagine living here: every indicator of answers, in the region year by year and in the municipalities together.

use super::Year;
use super::html::{Point, Table, people, percent, push_chart, push_paragraph, span};
use crate::cube::{Cell, Cube, Status};
use crate::show::markup::fill;
use crate::show::page::{File, file};
use crate::text::Lang;

pub(super) fn body(year: &Year<'_>, lang: Lang) -> String {
    let mut out = String::new();
    for cube in year.cubes {
        indicator(&mut out, year, cube, lang);
    }
    push_paragraph(
        &mut out,
        lang.pick(
            "Intervallet sier hvor andelen i hele kullet mest sannsynlig ligger (95 %), når det er tatt hensyn til at noen ikke \
             svarte. Har alle svart, er det ikke noe usikkert ved tallet.",
            "Intervallet seier kvar delen i heile kullet mest sannsynleg ligg (95 %), når det er teke omsyn til at nokon ikkje \
             svara. Har alle svara, er det ikkje noko uvisst ved talet.",
            "The interval says where the share of the whole cohort most likely lies (95%), given that some did not answer. Where \
             everybody answered, nothing about the figure is uncertain.",
        ),
    );
    out
}

fn indicator(out: &mut String, year: &Year<'_>, cube: &Cube, lang: Lang) {
    fill(out, "<h3>{}</h3>\n<p>{}</p>\n", &[cube.title.get(lang), cube.about.base.get(lang)]);
    let cells = headline(cube);
    let region: Vec<&Figure<'_>> =
        cells.iter().filter(|one| one.area == year.project.id && one.period.parse::<u16>().is_ok()).collect();
    let mut panels: Vec<(String, Vec<Point>)> = Vec::new();
    for one in &region {
        let Some(share) = cube.value(one.cell, "estimate") else { continue };
        let heading = one.heading(cube, lang);
        let point = Point { label: one.period.to_owned(), share, interval: limits(cube, one.cell) };
        match panels.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, points)) => points.push(point),
            None => panels.push((heading, vec![point])),
        }
    }
    let chart = lang.pick("Regionen, år for år", "Regionen, år for år", "The region, year by year");
    push_chart(out, &format!("c-{}", cube.id), &format!("{}. {chart}", cube.title.get(lang)), panels, lang);
    table(out, cube, &format!("r-{}", cube.id), chart, false, &region, lang);
    let widest = cells.iter().filter(|one| one.area == year.project.id).map(|one| one.period_at).max();
    let parts: Vec<&Figure<'_>> =
        cells.iter().filter(|one| Some(one.period_at) == widest && one.area != year.project.id).collect();
    let caption =
        lang.pick("Kommunene, alle år samlet", "Kommunane, alle år samla", "The municipalities, years together");
    table(out, cube, &format!("m-{}", cube.id), caption, true, &parts, lang);
    let page = file(&cube.id, File::Page, lang);
    let words = lang.pick("Alle tallene for ", "Alle tala for ", "All figures of ");
    fill(out, "<p class=\"bp-more\">{}<a href=\"{}\">{}</a></p>\n", &[words, &page, cube.title.get(lang)]);
}

/// A dimension, and a place in it.
type Place = Option<(usize, usize)>;

/// A cell of the headline figure of a wave, without don't know.
pub(super) struct Figure<'a> {
    pub(super) cell: &'a Cell,
    pub(super) wave: &'a str,
    wave_at: Place,
    figure_at: Place,
    pub(super) period: &'a str,
    period_at: usize,
    pub(super) area: &'a str,
    area_at: (usize, usize),
}

impl Figure<'_> {
    /// The wave, and the figure where the cube has several.
    fn heading(&self, cube: &Cube, lang: Lang) -> String {
        let label = |(axis, at): (usize, usize)| cube.dimensions[axis].categories[at].label.get(lang);
        let figure = self.figure_at.filter(|(axis, _)| cube.dimensions[*axis].categories.len() > 1);
        [self.wave_at, figure].into_iter().flatten().map(label).collect::<Vec<_>>().join(": ")
    }
}

/// The cells with answers of the first figure that a wave has, without don't know; none of cubes of another shape.
pub(super) fn headline(cube: &Cube) -> Vec<Figure<'_>> {
    let (Some(period), Some(area)) = (cube.dimension("period"), cube.dimension("area")) else { return Vec::new() };
    let (wave, figure, variant) = (cube.dimension("wave"), cube.dimension("figure"), cube.dimension("dont_know"));
    let code = |axis: usize, at: &[usize]| cube.dimensions[axis].categories[at[axis]].code.as_str();
    let place = |axis: Option<usize>, at: &[usize]| axis.map(|axis| (axis, at[axis]));
    let mut first: Vec<(Place, Place)> = Vec::new();
    let mut cells = Vec::new();
    for (index, cell) in cube.cells.iter().enumerate() {
        let at = cube.position(index);
        if cell.status == Status::Absent || variant.is_some_and(|axis| at[axis] > 0) {
            continue;
        }
        let (wave_at, figure_at) = (place(wave, &at), place(figure, &at));
        match first.iter().find(|(known, _)| *known == wave_at) {
            Some((_, known)) if *known != figure_at => continue,
            Some(_) => {}
            None => first.push((wave_at, figure_at)),
        }
        if cell.status == Status::Exact {
            cells.push(Figure {
                cell,
                wave: wave.map_or("", |axis| code(axis, &at)),
                wave_at,
                figure_at,
                period: code(period, &at),
                period_at: at[period],
                area: code(area, &at),
                area_at: (area, at[area]),
            });
        }
    }
    cells.sort_by_key(|one| (one.wave_at, one.area_at, one.period_at));
    cells
}

fn limits(cube: &Cube, cell: &Cell) -> Option<(f64, f64)> {
    cube.value(cell, "ci_lower").zip(cube.value(cell, "ci_upper"))
}

fn table(out: &mut String, cube: &Cube, id: &str, caption: &str, places: bool, figures: &[&Figure<'_>], lang: Lang) {
    let heads = [
        lang.pick("Bølge", "Bølgje", "Wave"),
        if places { lang.pick("Kommune", "Kommune", "Municipality") } else { "" },
        lang.pick("År", "År", "Year"),
        lang.pick("#Ja", "#Ja", "#Yes"),
        lang.pick("#Svar", "#Svar", "#Answers"),
        lang.pick("#I kullet", "#I kullet", "#In the cohort"),
        lang.pick("#Andel", "#Del", "#Share"),
        "#95 %",
    ];
    let mut table = Table::new(id, &format!("{}. {caption}", cube.title.get(lang)), &heads);
    for one in figures {
        let whole = |measure: &str| {
            let value = cube.value(one.cell, measure).and_then(crate::show::number::whole);
            people(value.and_then(|value| u64::try_from(value).ok()), lang)
        };
        let area = cube.dimensions[one.area_at.0].categories[one.area_at.1].label.get(lang);
        table.row(vec![
            one.wave_at.map_or("", |(axis, at)| cube.dimensions[axis].categories[at].label.get(lang)).to_owned(),
            if places { area.to_owned() } else { String::new() },
            one.period.replace('-', "–"),
            whole("x"),
            whole("n"),
            whole("base_population"),
            percent(cube.value(one.cell, "estimate"), lang),
            span(limits(cube, one.cell), lang),
        ]);
    }
    table.push(out);
}
