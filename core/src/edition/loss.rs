//! What protection costs in a release, for those who are bound by confidentiality: it holds numbers of answers.

use crate::cube::{Cube, Status};
use crate::disclosure::{Series, Tier};
use crate::problem::Problems;
use crate::project::{Outcome, Outlook, Project};
use crate::text::Lang;
use std::fmt::Write as _;

/// The codes of the warnings that a release gives.
const HIDDEN_BY_AUDIT: &str = "hidden-by-audit";
const STANDS: &str = "stands-as-published";

/// The report: figures and answers that are hidden, what was pooled and coarsened, and why.
#[must_use]
pub fn text(outcome: &Outcome, project: &Project, problems: &Problems, lang: Lang) -> String {
    let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en);
    let mut text = t(
        "INTERNT: hva vernet koster. Antall svar i små grupper; ikke legg det ut.\n",
        "INTERNT: kva vernet kostar. Talet på svar i små grupper; ikkje legg det ut.\n",
        "INTERNAL: what protection costs. Numbers of answers in small groups; not to be published.\n",
    )
    .to_owned();
    for (outlook, cube) in outcome.outlook.iter().zip(&outcome.public) {
        let _ = writeln!(text, "\n{}", cube.title.get(lang));
        text.push_str(&of_cube(outlook, cube, project, lang));
    }
    let count = |code: &str| problems.list().iter().filter(|problem| problem.what.code() == code).count();
    let (audit, stands) = (count(HIDDEN_BY_AUDIT), count(STANDS));
    let _ = writeln!(
        text,
        "\n{}: {audit}\n{}: {stands}",
        t("Tall skjult etter kontrollen", "Tal skjulte etter kontrollen", "Figures hidden by the audit"),
        t(
            "Tall som står som de ble publisert",
            "Tal som står som dei vart publiserte",
            "Figures that stand as they were published"
        ),
    );
    for problem in problems.list().iter().filter(|problem| [HIDDEN_BY_AUDIT, STANDS].contains(&problem.what.code())) {
        let _ = writeln!(text, "  {}", problem.what.message(lang));
    }
    text
}

/// What one figure of a series is.
struct Figure {
    answers: u64,
    tier: Tier,
    is_hidden: bool,
}

fn of_cube(outlook: &Outlook, cube: &Cube, project: &Project, lang: Lang) -> String {
    let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en);
    let mut text = String::new();
    let mut figures = Vec::new();
    let mut pooled = String::new();
    for (wave, series) in series(outlook) {
        figures.extend(series.periods.iter().filter_map(|period| figure(outlook, cube, wave, series, &period.code)));
        let name = format!("{}, {}", project.survey.waves[wave].name.get(lang), series.area.label.get(lang));
        let below = t(
            "færre enn {} svar i et enkelt år",
            "færre enn {} svar i eit einskilt år",
            "fewer than {} answers in a single year",
        );
        let below = below.replace("{}", &outlook.policy.thirds_from.to_string());
        if series.width > 1 {
            let years = t("år om gangen", "år om gongen", "years at a time");
            let _ = writeln!(pooled, "    {name}: {} {years} ({below})", series.width);
        }
        let parts = series.area.municipalities.len();
        if parts > 1 && series.area.code.contains('+') {
            let words = t("kommuner sammen", "kommunar saman", "municipalities as one");
            let why =
                t("en av dem hadde for få svar", "éin av dei hadde for få svar", "one of them had too few answers");
            let _ = writeln!(pooled, "    {name}: {parts} {words} ({why})");
        }
    }
    let hidden = || figures.iter().filter(|figure| figure.is_hidden);
    let answers = |figures: &mut dyn Iterator<Item = &Figure>| figures.map(|figure| figure.answers).sum::<u64>();
    let (all, lost) = (answers(&mut figures.iter()), answers(&mut hidden()));
    let too_few = hidden().filter(|figure| figure.tier == Tier::Hidden).count();
    let of = t("av", "av", "of");
    let mut line = |name: &str, value: String| {
        let _ = writeln!(text, "  {name:<38}{value}");
    };
    line(
        t("skjulte tall", "skjulte tal", "hidden figures"),
        share(hidden().count() as u64, of, figures.len() as u64, lang),
    );
    line(t("  for få svar", "  for få svar", "  too few answers"), too_few.to_string());
    line(
        t("  ellers kunne noe regnes ut", "  elles kunne noko reknast ut", "  something could be worked out else"),
        (hidden().count() - too_few).to_string(),
    );
    line(t("svar bak dem", "svar bak dei", "answers behind them"), share(lost, of, all, lang));
    let coarse = figures.iter().filter(|figure| !figure.is_hidden && figure.tier == Tier::Thirds).count();
    let (from, to) = (outlook.policy.thirds_from, outlook.policy.fifths_from.saturating_sub(1));
    let answers = t("svar", "svar", "answers");
    line(
        t("grovere: tredeler, ikke femdeler", "grovare: tredelar, ikkje femdelar", "coarser: thirds, not fifths"),
        format!("{coarse} ({from}–{to} {answers})"),
    );
    let none = t("ingenting", "ingenting", "nothing");
    line(t("slått sammen", "slått saman", "pooled"), if pooled.is_empty() { none.into() } else { String::new() });
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n" + &pooled
}

/// The series of the level that is published, each once.
fn series(outlook: &Outlook) -> Vec<(usize, &Series)> {
    let mut found: Vec<(usize, &Series)> = Vec::new();
    for row in outlook.rows.iter().filter(|row| row.level == outlook.published) {
        let Some(series) = &row.series else { continue };
        if !found.iter().any(|(wave, other)| *wave == row.wave && other.area.code == series.area.code) {
            found.push((row.wave, series));
        }
    }
    found
}

/// A figure of a series; none where the cube has no such cell.
fn figure(outlook: &Outlook, cube: &Cube, wave: usize, series: &Series, period: &str) -> Option<Figure> {
    let place = |id: &str, code: &str| {
        cube.dimensions[cube.dimension(id)?].categories.iter().position(|category| category.code == code)
    };
    let mut at = vec![0; cube.dimensions.len()];
    at[cube.dimension("wave")?] = wave;
    at[cube.dimension("period")?] = place("period", period)?;
    at[cube.dimension("area")?] = place("area", &series.area.code)?;
    let cell = cube.cell(&at).filter(|cell| cell.status != Status::Absent)?;
    let rounds = series.periods.iter().find(|own| own.code == period)?.rounds.clone();
    let inside = |places: &[usize]| places.iter().all(|place| series.area.municipalities.contains(place));
    let rows = outlook.rows.iter().filter(|row| row.level == outlook.published && row.wave == wave);
    let years = rows
        .filter(|row| inside(&row.area.municipalities))
        .flat_map(|row| row.years.get(rounds.clone()).into_iter().flatten());
    let answers = years.flatten().map(|(_, answers)| answers).sum();
    Some(Figure {
        answers,
        tier: outlook.policy.tier(answers, &series.area.code),
        is_hidden: cell.status == Status::Hidden,
    })
}

/// `3 of 16, 18.8%`.
#[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
fn share(part: u64, of: &str, whole: u64, lang: Lang) -> String {
    if whole == 0 {
        return format!("{part} {of} {whole}");
    }
    let percent = format!("{:.1}", 100.0 * part as f64 / whole as f64);
    let percent = lang
        .pick("{} %", "{} %", "{}%")
        .replace("{}", &if lang == Lang::En { percent } else { percent.replace('.', ",") });
    format!("{part} {of} {whole}, {percent}")
}
