//! What must hold of every public output.

use super::sample::{band, cell, county, cube, exact, hidden, nothing, region, waves};
use super::work;
use crate::cube::Status;
use crate::disclosure::SafeCube;
use crate::show::{View, alt_text, figure, page, svg, table};
use crate::text::{Lang, Text};

fn view() -> View {
    View { today: Some("2026-11-21".into()), ..View::default() }
}

/// Outputs per language in [`outputs`], and the places of two of them.
const KINDS: usize = 7;
const PICTURE: usize = 1;
const ALT_TEXT: usize = 3;

/// Every public output of a cube in every language.
fn outputs(cube: &SafeCube) -> Vec<String> {
    let region = Text::same("Indre Namdal");
    let cubes = [cube.clone()];
    Lang::ALL
        .into_iter()
        .flat_map(|lang| {
            [
                figure(cube, &view(), lang),
                svg(cube, lang),
                table(cube, &view(), lang),
                alt_text(cube, lang),
                page::report(&cubes, &region, &view(), lang),
                page::embed(&cubes, &region, &view(), "", lang),
                page::standalone(cube, &view(), lang),
            ]
        })
        .collect()
}

#[test]
fn what_is_not_shown_leaves_no_trace() {
    let (wave, areas) = (&waves()[..1], [("r", Text::same("Indre Namdal"))]);
    let periods = ["2024", "2025", "2026"];
    let clean = cube(wave, &periods, &areas, vec![band(2, 5), hidden(), band(1, 3)]);
    // The same, with everything behind it left in the cells by mistake.
    let dirty = cube(
        wave,
        &periods,
        &areas,
        vec![
            cell(Status::Band, [Some(2.0), Some(5.0), Some(23.0), Some(11.0), Some(39.0), Some(26.0)]),
            cell(Status::Hidden, [Some(3.0), Some(5.0), Some(44.0), Some(14.0), Some(79.0), Some(9.0)]),
            cell(Status::Band, [Some(1.0), Some(3.0), Some(29.0), Some(10.0), Some(57.0), Some(14.0)]),
        ],
    );
    assert_eq!(outputs(&clean), outputs(&dirty));
    // One mark for every reason.
    let unanswered = cube(wave, &periods, &areas, vec![band(2, 5), cell(Status::NoAnswers, [None; 6]), band(1, 3)]);
    assert_eq!(outputs(&clean), outputs(&unanswered));
}

#[test]
fn outside_text_is_escaped_everywhere() {
    let evil = "<script>alert(\"x\")</script>'&";
    let waves = [("w", Text::same(evil))];
    let areas = [("a", Text::same(evil)), ("b", Text::same("]]>"))];
    let sample = cube(&waves, &["2026"], &areas, vec![band(2, 5), exact(50, 40, 60, 100)]);
    let mut inner = (*sample).clone();
    inner.id = evil.into();
    inner.title = Text::same(evil);
    inner.about.base = Text::same(evil);
    inner.about.notice = Text::same(evil);
    inner.about.method = Text::same(evil);
    inner.about.protection = Text::same(evil);
    inner.about.updated = evil.into();
    inner.about.valid_until = evil.into();
    for source in &mut inner.about.sources {
        source.name = Text::same(evil);
        source.date = evil.into();
        source.licence = evil.into();
    }
    for axis in &mut inner.dimensions {
        axis.label = Text::same(evil);
    }
    let evil = SafeCube::vouch(inner);
    for (place, output) in outputs(&evil).iter().enumerate() {
        if place % KINDS == ALT_TEXT {
            continue; // Plain text by contract: whoever puts it in a page escapes it.
        }
        assert!(!output.contains("<script>alert"), "{output}");
        assert!(!output.contains("\"x\""), "{output}");
    }
}

#[test]
fn pages_hold_no_inline_style_or_script() {
    for sample in [vec![region(), county(), nothing()], work::shapes()].concat() {
        for (place, output) in outputs(&sample).iter().enumerate() {
            assert!(!output.contains(" style="));
            assert!(!output.contains(" onclick") && !output.contains("<script>"));
            // Only the standalone SVG, a document of its own, may carry colours for dark.
            assert!(place % KINDS == PICTURE || !output.contains("<style"));
        }
    }
}

#[test]
fn when_nothing_is_shown_the_sentence_stands_alone() {
    let html = figure(&nothing(), &view(), Lang::Nb);
    assert!(!html.contains("<table") && !html.contains("<svg"));
    assert_eq!(html.matches("Her viser vi ikke tall").count(), 1);
    assert!(html.contains("Oppdatert</dt><dd><time datetime=\"2026-11-21\">21.\u{a0}november 2026</time>"));
}

#[test]
fn a_hidden_panel_is_the_sentence_and_a_hidden_row_the_mark() {
    let html = figure(&region(), &view(), Lang::Nb);
    assert!(html.contains("<td colspan=\"2\" class=\"bp-hidden\">Her viser vi ikke tall"));
    assert_eq!(html.matches("<td class=\"bp-none\">:\u{a0}ikke\u{a0}vist</td>").count(), 2);
    assert_eq!(html.matches("Kolon (:) betyr ikke vist.").count(), 1);
}

#[test]
fn the_series_that_is_not_cut_that_way_is_not_there() {
    let html = table(&region(), &view(), Lang::En);
    assert_eq!(html.matches("<th scope=\"row\">").count(), 4 + 4 + 2);
}

/// A cube runs through the areas within each period; people read one area at a time.
#[test]
fn rows_stand_by_area_then_period() {
    let areas = [("a", Text::same("Grong")), ("b", Text::same("Lierne"))];
    let cells = vec![band(1, 5), band(2, 5), band(3, 5), band(4, 5)];
    let sample = cube(&waves()[..1], &["2025", "2026"], &areas, cells);
    let rows = ["Grong, 2025", "Grong, 2026", "Lierne, 2025", "Lierne, 2026"];
    let values = ["0–20%", "40–60%", "20–40%", "60–80%"];
    for output in [table(&sample, &view(), Lang::En), figure(&sample, &view(), Lang::En), svg(&sample, Lang::En)] {
        let places: Vec<usize> = rows.iter().map(|row| output.find(row).unwrap()).collect();
        assert!(places.is_sorted(), "{output}");
    }
    let html = table(&sample, &view(), Lang::En);
    for (row, value) in rows.iter().zip(values) {
        assert!(html.contains(&format!("<th scope=\"row\">{row}</th><td>{value}</td>")), "{html}");
    }
    let all = "Grong, 2025: 0–20%; Grong, 2026: 40–60%; Lierne, 2025: 20–40%; Lierne, 2026: 60–80%.";
    assert!(alt_text(&sample, Lang::En).contains(all));
}

#[test]
fn words_for_every_kind_of_value() {
    let html = table(&county(), &view(), Lang::Nn);
    assert!(html.contains("<td>61\u{a0}% <small>(54–68\u{a0}%, 1\u{a0}312\u{a0}svar)</small></td>"), "{html}");
    assert!(html.contains("<td>under\u{a0}8\u{a0}% <small>(64\u{a0}svar)</small></td>"));
    assert!(html.contains("<td>over\u{a0}92\u{a0}% <small>(64\u{a0}svar)</small></td>"));
    assert!(html.contains("<td>få</td>"));
}

#[test]
fn alternative_text_is_complete() {
    let text = alt_text(&region(), Lang::Nb);
    let start = "Kan tenke seg å bo i Indre Namdal som voksen. Eksempel: Svarene er oppdiktet. 10. klasse: 2023: 40–60\u{a0}%; \
                 2024: 60–80\u{a0}%; 2025: 40–60\u{a0}%; 2026: ikke vist.";
    assert!(text.starts_with(start), "{text}");
    assert!(
        text.contains("Fem år etter videregående, bor andre steder: 2023–2024: omtrent halvparten; 2025–2026: få.")
    );
    assert!(text.ends_with("Oppdatert 21.\u{a0}november 2026, gjelder til 1.\u{a0}desember 2027."));
}

#[test]
fn an_old_figure_says_so() {
    let late = View { today: Some("2027-12-02".into()), ..View::default() };
    let html = figure(&region(), &late, Lang::Nb);
    assert!(
        html.contains(
            "Disse tallene er gamle. De gjaldt til <time datetime=\"2027-12-01\">1.\u{a0}desember 2027</time>"
        )
    );
    assert!(!figure(&region(), &view(), Lang::Nb).contains("bp-old"));
    assert!(!figure(&region(), &View::default(), Lang::Nb).contains("bp-old"));
    // Pictures know the day of their edition.
    let mut late = crate::cube::Cube::clone(&region());
    assert!(!alt_text(&region(), Lang::Nb).contains("gamle"));
    late.about.updated = "2099-01-01".into();
    let late = SafeCube::vouch(late);
    assert!(alt_text(&late, Lang::Nb).contains("Disse tallene er gamle. De gjaldt til"));
    assert!(svg(&late, Lang::En).contains("These figures are old"));
}

#[test]
fn broken_cells_are_hidden_not_drawn() {
    let (wave, areas) = (&waves()[..1], [("r", Text::same("Indre Namdal"))]);
    for (band_, bands) in [(0.0, 5.0), (6.0, 5.0), (1.0, 0.0), (f64::NAN, 5.0), (1.0, 1.0e9)] {
        let broken = cell(Status::Band, [Some(band_), Some(bands), None, None, None, None]);
        let drawn = figure(&cube(wave, &["2025", "2026"], &areas, vec![broken, band(1, 5)]), &view(), Lang::En);
        assert!(drawn.contains(":\u{a0}not\u{a0}shown"));
    }
}

#[test]
fn a_cube_without_time_and_place_still_has_labels() {
    let mut inner = (*region()).clone();
    inner.dimensions.truncate(1);
    inner.cells = vec![band(1, 5), band(2, 5), hidden(), band(4, 5)];
    let html = table(&SafeCube::vouch(inner.clone()), &view(), Lang::Nb);
    assert_eq!(html.matches("<th scope=\"row\">Andel</th>").count(), 3);
    assert!(!html.contains("></th>"));
    // Nothing at all is the sentence.
    inner.dimensions.clear();
    inner.cells.clear();
    assert!(figure(&SafeCube::vouch(inner), &view(), Lang::Nb).contains("Her viser vi ikke tall"));
}

#[test]
fn no_value_makes_it_panic() {
    let (wave, areas) = (&waves()[..1], [("r", Text::same("Indre Namdal"))]);
    let odd = [f64::NAN, f64::INFINITY, -5.0, 0.0, 2.5, 100.0, 101.0, 1.0e300];
    for status in [Status::Exact, Status::Band, Status::Under, Status::Over, Status::Hidden, Status::NoAnswers] {
        for first in odd {
            for second in odd {
                let values = [Some(first), Some(second), Some(first), Some(second), Some(first), Some(second)];
                let sample = cube(wave, &["2025", "2026"], &areas, vec![cell(status, values), band(1, 5)]);
                for output in outputs(&sample) {
                    assert!(!output.contains("NaN") && !output.contains("width=\"-"), "{output}");
                }
            }
        }
    }
}

/// The samples in `tests/data` are the sample here. `BLESS=1 cargo test` writes them anew.
#[test]
fn the_published_sample_is_up_to_date() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data");
    let samples = [
        ("sample_cube.json", region()),
        ("sample_county.json", county()),
        ("sample_gap.json", work::gap()),
        ("sample_curve.json", work::curve()),
        ("sample_funnel.json", work::funnel()),
        ("sample_open.json", work::open()),
    ];
    for (name, sample) in samples {
        let bytes = crate::export::jsonstat::write(&sample);
        let path = root.join(name);
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all(&root).unwrap();
            std::fs::write(&path, &bytes).unwrap();
        }
        assert!(std::fs::read(&path).unwrap() == bytes, "{name} is old: run the tests once with BLESS=1");
    }
}
