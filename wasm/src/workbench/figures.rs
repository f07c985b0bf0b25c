//! Figures, findings, and the editions for the public and for those bound by confidentiality.

use super::{Workbench, language, packed, with};
use bygdepuls_core::disclosure::page::{self, File, Rolls};
use bygdepuls_core::edition;
use bygdepuls_core::interval::Level;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::amend::KEY;
use bygdepuls_core::project::{Ask, Findings};
use bygdepuls_core::show::{self, View};
use bygdepuls_core::text::Lang;
use serde_json::{Value, json};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

#[wasm_bindgen]
impl Workbench {
    /// What is open, what is wrong with it and what a run would show: JSON.
    pub fn overview(&mut self, today: &str, lang: &str) -> String {
        let lang = language(lang);
        let mut about = self.about(lang);
        let names: Vec<&String> = self.files.keys().filter(|name| *name != KEY).collect();
        about["files"] = json!(names);
        about["key"] = self.files.contains_key(KEY).into();
        about["names"] = self.has_names().into();
        let (problems, done) = self.run(today);
        if let Some((outcome, loaded)) = done {
            about["counted"] = outcome.counted.iter().map(|(year, rows)| json!([year, rows])).collect();
            let left_out = outcome.left_out.iter();
            about["left_out"] = left_out.map(|(year, why, rows)| json!([year, rows, why.words(lang)])).collect();
            about["release"] = outcome.release.is_some().into();
            about["released"] = loaded.ledger().releases.len().into();
        }
        with(&problems, lang, about)
    }

    /// Figures: what the public sees, or everything with its interval, as markup.
    pub fn figures(&mut self, internal: bool, today: &str, lang: &str) -> String {
        let lang = language(lang);
        let Some((outcome, loaded)) = self.run(today).1 else { return String::new() };
        if internal {
            let exact = loaded.internal_cubes(outcome, Some(today));
            return exact.iter().map(|cube| show::internal::sections(cube, lang)).collect();
        }
        if loaded.project.release.internal_only {
            return String::new();
        }
        let view = |id: &str| View { today: Some(today.into()), id: id.into(), heading_level: 3 };
        outcome.public.iter().map(|cube| show::figure(cube, &view(&cube.id), lang)).collect()
    }

    /// What the answers and registers say about the hypotheses, what would bring people home and what has come of it: JSON.
    /// Internal.
    pub fn findings(&mut self, today: &str, lang: &str) -> String {
        let lang = language(lang);
        let (problems, found) = self.found(today);
        let Some(found) = found else { return with(&problems, lang, json!({})) };
        // Figures as they are written in Norwegian.
        let number = |cell: String| if lang == Lang::En { cell } else { cell.replace('.', ",") };
        let list = found.list.iter().map(|finding| {
            let rows = finding.rows(lang).into_iter().map(|[what, of, n, yes, figure, between, p, notes]| {
                json!([what, of, n, yes, number(figure), number(between), number(p), notes])
            });
            let groups = finding.together.iter().map(|one| {
                let groups: Vec<String> = one.groups.iter().map(|group| group.join(", ")).collect();
                groups.join(" | ")
            });
            json!({
                "id": finding.id,
                "title": finding.title.get(lang),
                "reason": finding.reason.as_ref().map(|reason| reason.get(lang)),
                "method": finding.method.get(lang),
                "sentences": finding.sentences.iter().map(|one| one.get(lang)).collect::<Vec<_>>(),
                "rows": rows.collect::<Vec<Value>>(),
                "together": groups.collect::<Vec<_>>(),
            })
        });
        let values =
            json!({ "answers": found.rows, "list": list.collect::<Vec<_>>(), "page": found.pages[0].is_some() });
        with(&problems, lang, values)
    }

    /// The page back to those who answered, in a language; empty without a register of measures.
    pub fn page_back(&mut self, today: &str, lang: &str) -> String {
        let lang = language(lang);
        let pages = self.found(today).1.map(|found| found.pages).unwrap_or_default();
        let own = Lang::ALL.iter().zip(pages).find(|(own, _)| **own == lang);
        own.and_then(|(_, page)| page).unwrap_or_default()
    }

    /// The yearly report, as a page: the public edition, or the internal one. Empty where there is none.
    pub fn report(&mut self, internal: bool, today: &str, lang: &str) -> String {
        let lang = language(lang);
        let (mut problems, done) = self.run(today);
        let Some((outcome, loaded)) = done else { return String::new() };
        if !internal {
            let view = View { today: Some(today.into()), ..View::default() };
            return show::page::yearly(&outcome.public, outcome.measures.as_ref(), &loaded.project.name, &view, lang);
        }
        let files = edition::internal(outcome, loaded, Some(today), &mut problems).unwrap_or_default();
        let page = files.into_iter().find(|(name, _)| *name == show::yearly::name(lang));
        page.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// The internal edition, as `bygdepuls run --internal` writes it, as a zip.
    pub fn internal(&mut self, today: &str, lang: &str) -> Result<Vec<u8>, JsError> {
        let lang = language(lang);
        let (mut problems, done) = self.run(today);
        let words = lang.pick("prosjektet har feil", "prosjektet har feil", "the project has problems");
        let Some((outcome, loaded)) = done else { return Err(JsError::new(words)) };
        let files = edition::internal(outcome, loaded, Some(today), &mut problems);
        let mut files = files.ok_or_else(|| JsError::new(words))?;
        if !loaded.project.release.internal_only {
            let loss = |lang: Lang| edition::loss::text(outcome, &loaded.project, &problems, lang).into_bytes();
            files.extend(Lang::ALL.map(|lang| (format!("loss.{}.txt", lang.tag()), loss(lang))));
        }
        packed(&files.into_iter().collect(), lang)
    }

    /// Everything for the web editor, as a zip; the ledger remembers it from now on.
    pub fn publish(&mut self, today: &str, lang: &str) -> Result<Vec<u8>, JsError> {
        let lang = language(lang);
        let Some((outcome, loaded)) = self.run(today).1 else {
            let words = lang.pick("prosjektet har feil", "prosjektet har feil", "the project has problems");
            return Err(JsError::new(words));
        };
        if loaded.project.release.internal_only {
            let words = lang.pick("ingenting kan publiseres", "ingenting kan publiserast", "nothing may be published");
            return Err(JsError::new(words));
        }
        let mut files =
            edition::public(outcome, &loaded.project, Some(today)).map_err(|reason| JsError::new(&reason))?;
        let release = outcome.release.as_ref().map(|release| (release.name(), release.write()));
        files.extend(self.widget.iter().cloned());
        if let Some(why) = refusal(&files, lang) {
            return Err(JsError::new(&why));
        }
        let zip = packed(&files.into_iter().collect(), lang)?;
        if let Some((name, bytes)) = release {
            self.files.insert(name, bytes);
            self.changed();
        }
        Ok(zip)
    }
}

/// What is about to be published, held against its cubes, as the command line does: why it may not be, or nothing.
fn refusal(files: &[(String, Vec<u8>)], lang: Lang) -> Option<String> {
    let files: Vec<File<'_>> = files.iter().map(|(name, bytes)| File { name, bytes }).collect();
    let report = page::audit(&files, &Rolls::default(), None);
    let found = report.findings.first()?;
    let words = lang.pick(
        "det som skulle publiseres, sier mer enn figurene. Ingenting er laget. Dette er en feil i bygdepuls: meld den",
        "det som skulle publiserast, seier meir enn figurane. Ingenting er laga. Dette er ein feil i bygdepuls: meld han",
        "what was to be published says more than its figures. Nothing was made. This is an error of bygdepuls: report it",
    );
    Some(format!("{words} ({}: {})", found.file, found.leak.message(lang)))
}

impl Workbench {
    fn found(&mut self, today: &str) -> (Problems, Option<Findings>) {
        self.load(today);
        let Some((_, found, loaded)) = &self.read else { return (Problems::new(), None) };
        let mut problems = found.clone();
        let years = u16::MIN..=u16::MAX;
        let ask = Ask { only: &[], years, today: Some(today), level: Level::P95, seed: 1 };
        let asked = loaded.as_ref().filter(|loaded| !loaded.project.survey.rounds.is_empty());
        let findings = asked.and_then(|loaded| loaded.findings(&ask, &mut problems));
        let findings = findings.filter(|_| problems.errors() == 0);
        (problems, findings)
    }
}
