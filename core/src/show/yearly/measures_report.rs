//! The yearly report on measures, to the ministry that follows the pilot: what is new, what was changed and why, what has ended
//! and what it gave, and in how many municipalities each milestone has been reached. One page, made from the register of measures.

use super::html::{Table, push_paragraph};
use crate::project::Project;
use crate::register::measures::{Measure, Status};
use crate::show::internal::MARK;
use crate::show::markup::{fill, push_all};
use crate::show::page::{File, file};
use crate::text::Lang;

/// The stem of the files.
const STEM: &str = "measures-report";

/// The name of the page of a language.
#[must_use]
pub fn name(lang: Lang) -> String {
    file(STEM, File::Page, lang)
}

/// Measures by what has become of them within a year. A measure can be in several: begun, changed and ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Year<'a> {
    /// Begun in the year, or to begin in it.
    pub new: Vec<&'a Measure>,
    /// Changed in it.
    pub changed: Vec<&'a Measure>,
    /// Done or stopped in it.
    pub ended: Vec<&'a Measure>,
    /// Of none of these: neither done nor stopped before.
    pub others: Vec<&'a Measure>,
}

/// What has become of measures within a year, by their dates.
///
/// A measure without a date of beginning is not new: nobody said when it began. One that has ended without a date is told
/// among the ended ones of every year, as it cannot be said of which.
///
/// # Example
///
/// ```
/// use bygdepuls_core::{problem::Problems, register::measures::Measures, show::yearly::of_year};
/// let file = b"id,title_nb,responsible,status,answers,start,end,result_nb,changed,change_nb\n\
///     1,Buss,AtB,started,,2026-02-01,,,2026-08-15,Flere avganger: full buss\n\
///     2,Kurs,Bygdevekst,done,,2025-01-10,2026-06-30,12 deltakere,,\n";
/// let measures = Measures::read("measures.csv", file, &mut Problems::new()).unwrap();
/// let year = of_year(&measures.list, "2026");
/// let ids = |list: &[&bygdepuls_core::register::measures::Measure]| list.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
/// assert_eq!((ids(&year.new), ids(&year.changed), ids(&year.ended)), (vec!["1".into()], vec!["1".into()], vec!["2".into()]));
/// ```
#[must_use]
pub fn of_year<'a>(measures: &'a [Measure], year: &str) -> Year<'a> {
    let within = |date: Option<&String>| date.is_some_and(|date| date.starts_with(year));
    let ended = |one: &Measure| matches!(one.status, Status::Done | Status::Stopped);
    let of = |wanted: &dyn Fn(&Measure) -> bool| measures.iter().filter(|one| wanted(one)).collect::<Vec<_>>();
    let is_new = |one: &Measure| within(one.dates.0.as_ref());
    let is_changed = |one: &Measure| within(one.changed.as_ref());
    let is_ended = |one: &Measure| ended(one) && (one.dates.1.is_none() || within(one.dates.1.as_ref()));
    Year {
        new: of(&is_new),
        changed: of(&is_changed),
        ended: of(&is_ended),
        others: of(&|one| !ended(one) && !is_new(one) && !is_changed(one)),
    }
}

/// In how many of the municipalities a milestone has been reached: k of n, and which of them have it.
///
/// ```
/// use bygdepuls_core::{problem::Problems, register::measures::Measures, show::yearly::reached};
/// let file = b"id,title_nb,responsible,status,answers,milestone_nb,reached\n1,Los,K,started,,Los i alle kommuner,5042 5045 5042\n";
/// let measures = Measures::read("measures.csv", file, &mut Problems::new()).unwrap();
/// let all = ["5042", "5043", "5044", "5045"];
/// assert_eq!(reached(&measures.list[0], &all), [true, false, false, true]); // 2 of 4, though one stands twice
/// ```
#[must_use]
pub fn reached(measure: &Measure, municipalities: &[&str]) -> Vec<bool> {
    municipalities.iter().map(|code| measure.reached.iter().any(|one| one == code)).collect()
}

/// `measures-report.html` in one language; the year is that of the edition.
#[must_use]
pub fn measures_report(project: &Project, measures: &[Measure], updated: &str, lang: Lang) -> String {
    let year = updated.get(..4).unwrap_or(updated);
    let heading = format!(
        "{}: {} {year}",
        lang.pick("Rapport om tiltakene", "Rapport om tiltaka", "Report on the measures"),
        project.name.get(lang)
    );
    let mut out = super::begun(&heading, project, updated, lang);
    out.push_str("<main class=\"bp-measures\">\n");
    let of = of_year(measures, year);
    counts(&mut out, &of, lang);
    let titles = [
        lang.pick("Nye tiltak", "Nye tiltak", "New measures"),
        lang.pick("Endrede tiltak", "Endra tiltak", "Measures that were changed"),
        lang.pick("Avsluttede tiltak", "Avslutta tiltak", "Measures that have ended"),
    ];
    let last = [
        "",
        lang.pick("Hva og hvorfor", "Kva og kvifor", "What and why"),
        lang.pick("Hva det ga", "Kva det gav", "What came of it"),
    ];
    for (place, list) in [&of.new, &of.changed, &of.ended].into_iter().enumerate() {
        let (id, title) = (["t-new", "t-changed", "t-ended"][place], titles[place]);
        part(&mut out, title, |out| table(out, id, title, last[place], list, lang));
    }
    let title =
        lang.pick("Milepæler i alle kommunene", "Milepælar i alle kommunane", "Milestones in all municipalities");
    part(&mut out, title, |out| milestones(out, title, project, measures, lang));
    push_all(&mut out, &["</main>\n<footer class=\"bp-foot\">\n<p class=\"bp-mark\" lang=\"nb\"><strong>", MARK]);
    out.push_str("</strong></p>\n</footer>\n</body>\n</html>\n");
    out
}

/// How many there are of each kind.
fn counts(out: &mut String, of: &Year<'_>, lang: Lang) {
    let [new, changed, ended, others] = [&of.new, &of.changed, &of.ended, &of.others].map(Vec::len);
    let words = match lang {
        Lang::Nb => {
            format!("{new} nye tiltak, {changed} endret, {ended} avsluttet. {others} går eller er planlagt som før.")
        }
        Lang::Nn => {
            format!("{new} nye tiltak, {changed} endra, {ended} avslutta. {others} går eller er planlagde som før.")
        }
        Lang::En => {
            format!("{new} new measures, {changed} changed, {ended} ended. {others} go on or are planned as before.")
        }
    };
    push_paragraph(out, &words);
}

/// A part of the page with its heading.
fn part(out: &mut String, title: &str, body: impl FnOnce(&mut String)) {
    fill(out, "<section class=\"bp-section\">\n<h2>{}</h2>\n", &[title]);
    body(out);
    out.push_str("</section>\n");
}

fn table(out: &mut String, id: &str, title: &str, last: &str, list: &[&Measure], lang: Lang) {
    if list.is_empty() {
        push_paragraph(out, lang.pick("Ingen.", "Ingen.", "None."));
        return;
    }
    let heads = [
        lang.pick("Tiltak", "Tiltak", "Measure"),
        lang.pick("Ansvarlig", "Ansvarleg", "Responsible"),
        "Status",
        lang.pick("Fra", "Frå", "From"),
        lang.pick("Til", "Til", "To"),
        last,
    ];
    let mut table = Table::new(id, title, &heads);
    for one in list {
        let date = |date: Option<&String>| date.map(|date| crate::show::date::words(date, lang)).unwrap_or_default();
        let text = match id {
            "t-changed" => &one.change,
            "t-ended" => &one.result,
            _ => &crate::text::Text::default(),
        };
        table.row(vec![
            format!("{} {}", one.id, one.title.get(lang)),
            one.responsible.clone(),
            one.status.words(lang).to_owned(),
            date(one.dates.0.as_ref()),
            date(one.dates.1.as_ref()),
            text.get(lang).to_owned(),
        ]);
    }
    table.push(out);
}

/// Milestones with the municipalities that have them.
fn milestones(out: &mut String, title: &str, project: &Project, measures: &[Measure], lang: Lang) {
    let mut list = measures.iter().filter(|one| !one.milestone.nb.is_empty()).peekable();
    if list.peek().is_none() {
        push_paragraph(
            out,
            lang.pick(
                "Registeret har ingen milepæler. Skriv dem i kolonnen milestone_nb, og kommunene som har nådd dem, i reached.",
                "Registeret har ingen milepælar. Skriv dei i kolonnen milestone_nb, og kommunane som har nådd dei, i reached.",
                "The register has no milestones. Write them in the column milestone_nb, and the municipalities that have reached them in reached.",
            ),
        );
        return;
    }
    let heads = [
        lang.pick("Milepæl", "Milepæl", "Milestone"),
        lang.pick("Nådd", "Nådd", "Reached"),
        lang.pick("Har den", "Har han", "Have it"),
        lang.pick("Mangler", "Manglar", "Lack it"),
    ];
    let mut table = Table::new("t-milestones", title, &heads);
    let codes: Vec<&str> = project.municipalities.iter().map(|one| one.code.as_str()).collect();
    for one in list {
        let has = reached(one, &codes);
        let names = |wanted: bool| -> String {
            let chosen = project.municipalities.iter().zip(&has).filter(|(_, has)| **has == wanted);
            chosen.map(|(one, _)| one.name.get(lang)).collect::<Vec<_>>().join(", ")
        };
        let k = has.iter().filter(|has| **has).count();
        let of = format!("{k}\u{a0}{}\u{a0}{}", lang.pick("av", "av", "of"), codes.len());
        table.row(vec![one.milestone.get(lang).to_owned(), of, names(true), names(false)]);
    }
    table.push(out);
}
