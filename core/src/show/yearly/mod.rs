//! The yearly report, internal edition: one document of what the answers and registers of a project say, to read on a screen
//! or print on A4. Exact figures of small groups, in numbers of people; the public edition is [`mod@super::page::yearly`].
//!
//! | section | where |
//! |---|---|
//! | what is new this year | `news.rs` |
//! | who can imagine living here | `intent.rs` |
//! | change, and how small a change could have been seen | `change.rs` |
//! | who answered, and who is missing | `response.rs` |
//! | the same people over the years | `linking.rs` |
//! | cohort by year | `lexis.rs` |
//! | hypotheses, conditions, priorities, outcomes, trials | `finding.rs` |
//! | what is done about it | `measures.rs`; as a page of its own, for the ministry, `measures_report.rs` |
//! | recruitment and competence | `recruitment.rs` |
//! | methods, sources | `about.rs` |
//!
//! A section whose input a project lacks says so in one sentence.

mod about;
mod change;
mod finding;
mod html;
mod intent;
mod lexis;
mod linking;
mod measures;
mod measures_report;
mod news;
mod recruitment;
mod response;

pub use measures_report::{Year as MeasuresOfYear, measures_report, name as measures_report_name, of_year, reached};

use super::internal::{MARK, duty};
use super::markup::{fill, push_all, push_element, push_text};
use super::page::{File, file};
use super::{number, words as figure_words};
use crate::cube::Cube;
use crate::indicator::finding::Finding;
use crate::indicator::finding::measures::Answered;
use crate::project::Project;
use crate::text::{Lang, Text};
use crate::track::Track;

/// The stem of the files.
pub(crate) const STEM: &str = "report";

/// All that a year's internal report is made of.
#[derive(Clone, Copy, Debug)]
pub struct Year<'a> {
    /// The project.
    pub project: &'a Project,
    /// The internal cubes of its indicators.
    pub cubes: &'a [Cube],
    /// The internal cubes of the region's own registers, and what is said with each.
    pub recruitment: &'a [(Cube, Vec<Text>)],
    /// Due, response, linkage, change.
    pub track: &'a Track,
    /// The findings, in the order of their catalogue.
    pub findings: &'a [Finding],
    /// Measures by the finding that they answer; none without a register.
    pub answered: Option<&'a Answered>,
    /// The date of the edition.
    pub updated: &'a str,
}

impl Year<'_> {
    /// The newest year with answers.
    fn newest(&self) -> u16 {
        self.project.survey.rounds.last().map_or(0, |round| round.year)
    }

    /// What a wave is called.
    fn wave<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        self.project.survey.waves.iter().find(|wave| wave.id == id).map_or(id, |wave| wave.name.get(lang))
    }

    /// What an area is called.
    fn place<'a>(&'a self, code: &'a str, lang: Lang) -> &'a str {
        let place = self.project.municipalities.iter().find(|one| one.code == code);
        place.map_or(self.project.name.get(lang), |one| one.name.get(lang))
    }

    fn finding(&self, id: &str) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.id == id)
    }
}

/// One section of the report.
struct Section {
    id: &'static str,
    title: &'static str,
    body: String,
}

/// An internal page until its header ends: title, mark, who may read it, what the project says of itself, and when it was made.
fn begun(heading: &str, project: &Project, updated: &str, lang: Lang) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"");
    push_all(&mut out, &[lang.tag(), "\">\n<head>\n<meta charset=\"utf-8\">\n"]);
    out.push_str("<meta name=\"robots\" content=\"noindex\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    fill(&mut out, "<title>{}: {}</title>\n", &[MARK, heading]);
    for sheet in ["bygdepuls", "page", "internal", "report"] {
        push_all(&mut out, &["<link rel=\"stylesheet\" href=\"assets/", sheet, ".css\">\n"]);
    }
    out.push_str("</head>\n<body class=\"bp-page bp-internal bp-report\">\n");
    push_all(
        &mut out,
        &["<header>\n<p class=\"bp-mark\"><strong lang=\"nb\">", MARK, ".</strong> ", duty(lang), "</p>\n"],
    );
    push_element(&mut out, "<h1>", heading, "</h1>\n");
    push_element(&mut out, "<p class=\"bp-notice\"><strong>", project.notice.get(lang), "</strong></p>\n");
    push_all(&mut out, &["<p>", figure_words::updated(lang), " "]);
    super::push_time(&mut out, updated, lang);
    out.push_str(".</p>\n</header>\n");
    out
}

/// `report.html` in one language, for those who are bound by confidentiality.
#[must_use]
pub fn internal(year: &Year<'_>, lang: Lang) -> String {
    let sections = sections(year, lang);
    let heading = format!("{}: {} {}", title(lang), year.project.name.get(lang), year.newest());
    let mut out = begun(&heading, year.project, year.updated, lang);
    push_all(&mut out, &["<nav class=\"bp-contents\" aria-label=\"", contents(lang), "\"><ol>"]);
    for section in &sections {
        fill(&mut out, "<li><a href=\"#{}\">{}</a></li>", &[section.id, section.title]);
    }
    out.push_str("</ol></nav>\n<main>\n");
    for (place, section) in sections.iter().enumerate() {
        let number = number::count(i64::try_from(place + 1).unwrap_or(0), lang);
        fill(
            &mut out,
            "<section class=\"bp-section\" id=\"{}\">\n<h2>{}. {}</h2>\n",
            &[section.id, &number, section.title],
        );
        push_all(&mut out, &[&section.body, "</section>\n"]);
    }
    out.push_str("</main>\n<footer class=\"bp-foot\">\n<p>");
    push_text(&mut out, year.project.name.get(lang));
    push_all(&mut out, &[". ", figure_words::updated(lang), " "]);
    super::push_time(&mut out, year.updated, lang);
    push_all(
        &mut out,
        &[".</p>\n<p class=\"bp-mark\" lang=\"nb\"><strong>", MARK, "</strong></p>\n</footer>\n</body>\n</html>\n"],
    );
    out
}

fn sections(year: &Year<'_>, lang: Lang) -> Vec<Section> {
    let of = |id, title, body| Section { id, title, body };
    vec![
        of("nytt", lang.pick("Nytt i år", "Nytt i år", "What is new this year"), news::body(year, lang)),
        of(
            "onske",
            lang.pick("Hvem kan tenke seg å bo her?", "Kven kan tenkje seg å bu her?", "Who can imagine living here?"),
            intent::body(year, lang),
        ),
        of("endring", lang.pick("Endring", "Endring", "Change"), change::body(year, lang)),
        of(
            "svar",
            lang.pick(
                "Hvem svarte, og hvem mangler?",
                "Kven svara, og kven manglar?",
                "Who answered, and who is missing?",
            ),
            response::body(year, lang),
        ),
        of(
            "lenking",
            lang.pick("De samme personene over tid", "Dei same personane over tid", "The same people over time"),
            linking::body(year, lang),
        ),
        of(
            "kull",
            lang.pick("Kull, alder og år", "Kull, alder og år", "Cohort, age and year"),
            lexis::body(year, lang),
        ),
        of(
            "hypoteser",
            lang.pick(
                "Betyr tilknytning og venner noe?",
                "Betyr tilknyting og venner noko?",
                "Do ties and friends matter?",
            ),
            finding::bodies(year, &["h1", "h2", "together"], lang),
        ),
        of(
            "hjem",
            lang.pick(
                "Hva skal til for å komme hjem?",
                "Kva skal til for å kome heim?",
                "What would bring people home?",
            ),
            finding::bodies(year, &["conditions", "motive", "importance", "priorities"], lang),
        ),
        of(
            "tiltak",
            lang.pick("Men hva gjøres?", "Men kva blir gjort?", "But what is done about it?"),
            measures::body(year, lang),
        ),
        of(
            "utfall",
            lang.pick("Fra ønske til bosatt", "Frå ønske til busett", "From intent to resident"),
            finding::bodies(year, &["outcomes", "likely"], lang),
        ),
        of(
            "forsok",
            lang.pick("Forsøk: før og etter", "Forsøk: før og etter", "Trials: before and after"),
            finding::bodies(year, &["trial"], lang),
        ),
        of(
            "rekruttering",
            lang.pick("Rekruttering og kompetanse", "Rekruttering og kompetanse", "Recruitment and competence"),
            recruitment::body(year, lang),
        ),
        of(
            "slik",
            lang.pick("Slik er tallene laget", "Slik er tala laga", "How the figures were made"),
            about::body(year, lang),
        ),
    ]
}

/// The name of the report of a language, as pages link to it.
#[must_use]
pub fn name(lang: Lang) -> String {
    file(STEM, File::Page, lang)
}

/// What the report is called.
pub(crate) const fn title(lang: Lang) -> &'static str {
    lang.pick("Årsrapport", "Årsrapport", "Yearly report")
}

const fn contents(lang: Lang) -> &'static str {
    lang.pick("Innhold", "Innhald", "Contents")
}
