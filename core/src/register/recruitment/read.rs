//! Reads all registers that a project names.

use super::lookup::{Lookup, positions};
use super::positions::PIECE;
use super::sheet::Sheet;
use super::{Day, Names, Recruitment};
use crate::cube::Source;
use crate::indicator::finding::outcomes;
use crate::problem::Problems;
use crate::project::{Project, RecruitmentFiles, RegisterFile};
use crate::register::code::education::Programmes;
use crate::text::Text;
use crate::work::Workers;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Id, built-in Table Schema, and how the source is named where the project does not say (bokmål, nynorsk, English).
pub const REGISTERS: [(&str, &str, [&str; 3]); 11] = [
    (
        "positions",
        include_str!("schema/positions.schema.json"),
        ["Register over utlyste stillinger", "Register over utlyste stillingar", "Register of positions advertised"],
    ),
    (
        "applicants",
        include_str!("schema/applicants.schema.json"),
        ["Register over søkere", "Register over søkarar", "Register of applicants"],
    ),
    (
        "staff",
        include_str!("schema/staff.schema.json"),
        ["Register over ansatte", "Register over tilsette", "Register of staff"],
    ),
    (
        "strata",
        include_str!("schema/strata.schema.json"),
        ["Register over bedrifter", "Register over bedrifter", "Register of businesses"],
    ),
    (
        "business",
        include_str!("schema/business.schema.json"),
        ["Bedriftsundersøkelse", "Bedriftsundersøking", "Business survey"],
    ),
    (
        "absence",
        include_str!("schema/absence.schema.json"),
        ["Register over sykefravær", "Register over sjukefråvær", "Register of sick leave"],
    ),
    (
        "trainees",
        include_str!("schema/trainees.schema.json"),
        ["Register over traineer", "Register over traineear", "Register of trainees"],
    ),
    (
        "trainee_places",
        include_str!("schema/trainee_places.schema.json"),
        ["Traineeplasser og søkere", "Traineeplassar og søkarar", "Trainee places and applicants"],
    ),
    (
        "introduction",
        include_str!("schema/introduction.schema.json"),
        [
            "Register over introduksjonsprogrammet",
            "Register over introduksjonsprogrammet",
            "Register of the introduction programme",
        ],
    ),
    ("cv", include_str!("schema/cv.schema.json"), ["CV-basen", "CV-basen", "CV base"]),
    (
        "courses",
        include_str!("schema/courses.schema.json"),
        ["Hva tidligere svar ble til", "Kva tidlegare svar vart til", "What earlier answers turned into"],
    ),
];

/// The source of a register, with what was done to its codes.
fn sourced(register: &RegisterFile, converted: bool) -> Source {
    let mut source = register.source.clone();
    if converted {
        source.name = source.name.followed_by(&Text::new(
            "(yrker gjort om fra STYRK-98 med SSBs korrespondansetabell 426)",
            "(yrke gjorde om frå STYRK-98 med korrespondansetabell 426 frå SSB)",
            "(occupations converted from STYRK-98 with Statistics Norway's correspondence table 426)",
        ));
    }
    source
}

/// How the source of a register is named where the project does not say.
fn source(id: &str) -> Source {
    let name = REGISTERS.iter().find(|(name, ..)| *name == id).map(|(.., name)| *name);
    let [nb, nn, en] = name.unwrap_or_default();
    Source { name: Text::new(nb, nn, en), date: String::new(), licence: String::new() }
}

/// What readers share.
pub(super) struct Reader<'a> {
    section: &'a RecruitmentFiles,
    files: &'a BTreeMap<String, Vec<u8>>,
    lookup: &'a Lookup<'a>,
    workers: Workers,
}

impl<'a> Reader<'a> {
    /// Opens a register; `None` where the project does not name it, or it cannot be read.
    fn open(&self, id: &str, problems: &mut Problems) -> Option<Sheet<'a>> {
        let (_, schema, _) = REGISTERS.iter().find(|(name, ..)| *name == id)?;
        Sheet::open(self.section.register(id)?, schema, self.files, (self.lookup, self.workers), problems)
    }
}

impl Recruitment {
    /// Reads the registers that a project names; `None` where it names none. All problems of all registers are reported; a
    /// register that cannot be read is as one that is not named, so that no figure may be made where there are errors.
    ///
    /// `today` is the day of the run: nothing may be dated after it. Consent must hold on it, and on the day of the `clock`: one
    /// that has ended since is no consent, and neither is one that is yet to begin.
    #[must_use]
    pub fn read(
        project: &Project,
        files: &BTreeMap<String, Vec<u8>>,
        today: Day,
        clock: Option<Day>,
        problems: &mut Problems,
    ) -> Option<Self> {
        Self::read_with(project, files, (today, clock), Workers::default(), problems)
    }

    /// As [`Recruitment::read`]; workers read the pieces of a large register.
    #[must_use]
    pub fn read_with(
        project: &Project,
        files: &BTreeMap<String, Vec<u8>>,
        days: (Day, Option<Day>),
        workers: Workers,
        problems: &mut Problems,
    ) -> Option<Self> {
        Self::read_these(project, &REGISTERS.map(|(id, ..)| id), files, days, workers, problems)
    }

    /// As [`Recruitment::read`], some of the registers only: whoever makes a list of the CV base needs no other to be right.
    #[must_use]
    pub fn read_some(
        project: &Project,
        ids: &[&str],
        files: &BTreeMap<String, Vec<u8>>,
        days: (Day, Option<Day>),
        problems: &mut Problems,
    ) -> Option<Self> {
        Self::read_these(project, ids, files, days, Workers::default(), problems)
    }

    fn read_these(
        project: &Project,
        ids: &[&str],
        files: &BTreeMap<String, Vec<u8>>,
        (today, clock): (Day, Option<Day>),
        workers: Workers,
        problems: &mut Problems,
    ) -> Option<Self> {
        let section = project.recruitment.as_ref()?;
        let own = project.municipalities.iter().map(|one| one.code.clone()).collect();
        let areas =
            std::iter::once((project.id.clone(), project.name.clone(), own)).chain(section.areas.iter().cloned());
        let (municipalities, areas) = positions(&areas.collect::<Vec<_>>());
        let programmes = section.educations.as_ref().and_then(|file| Some((file, files.get(file)?)));
        let programmes = programmes.and_then(|(file, bytes)| Programmes::read(file, bytes, problems)).map(Arc::new);
        let lookup = Lookup::new(today, &municipalities, section, programmes.clone());
        let clock = clock.unwrap_or(today);
        let of_consent = Lookup::new(clock.max(today), &municipalities, section, programmes);
        let reader = Reader { section, files, lookup: &lookup, workers };
        let base = Reader { lookup: &of_consent, ..reader };
        let mut employers = Names::default();
        let mut left_out = Vec::new();
        let open = |id: &str, problems: &mut Problems| {
            let reader = if id == "cv" { &base } else { &reader };
            if ids.contains(&id) { reader.open(id, problems) } else { None }
        };
        let positions =
            open("positions", problems).map(|sheet| super::positions::read(&sheet, PIECE, &mut employers, problems));
        let applicants =
            open("applicants", problems).map(|sheet| super::applicants::read(&sheet, &mut employers, problems));
        let staff = open("staff", problems).map(|sheet| super::staff::read(&sheet, &mut employers, problems));
        let strata_sheet = open("strata", problems);
        let strata = match section.register("strata") {
            Some(_) => strata_sheet.as_ref().map(|sheet| super::business::strata(sheet, section.industry, problems)),
            None => Some(super::business::Strata::default()),
        };
        let businesses = open("business", problems)
            .map(|sheet| super::business::read(&sheet, strata.as_ref(), section.industry, problems));
        if let (Some(sheet), Some(strata), Some(businesses)) = (&strata_sheet, &strata, &businesses) {
            super::business::answered(sheet, strata, businesses, problems);
        }
        let strata = strata.map(|strata| strata.rows).unwrap_or_default();
        let absence = open("absence", problems).map(|sheet| super::absence::read(&sheet, &mut employers, problems));
        let trainees = open("trainees", problems).map(|sheet| super::trainees::read(&sheet, problems));
        let trainee_places = open("trainee_places", problems).map(|sheet| super::trainees::places(&sheet, problems));
        let participants = open("introduction", problems).map(|sheet| super::introduction::read(&sheet, problems));
        let cvs = open("cv", problems).map(|sheet| super::cvs::read(&sheet, clock.min(today), &mut left_out, problems));
        let courses = open("courses", problems).map(|sheet| super::courses::read(&sheet, problems));
        let named = section.registers.iter().filter(|register| ids.contains(&register.id));
        let converted = |id| lookup.has_converted(id) || of_consent.has_converted(id);
        let mut sources: Vec<_> =
            named.map(|register| (register.id, sourced(register, converted(register.id)))).collect();
        // What earlier answers turned into is in the file of the findings too, where a project has it.
        let outcomes = project.findings.outcomes.as_ref();
        let outcomes = outcomes.filter(|_| ids.contains(&"courses") && section.register("courses").is_none());
        let courses = courses.or_else(|| outcomes::courses(outcomes?, files, &today.to_iso(), problems));
        if courses.is_some() && outcomes.is_some() {
            sources.push(("courses", source("courses")));
        }
        let fields = section.fields.clone();
        Some(Self {
            municipalities,
            areas,
            fields,
            employers,
            positions,
            applicants,
            staff,
            strata,
            businesses,
            absence,
            trainees,
            trainee_places,
            participants,
            cvs,
            left_out,
            courses,
            sources,
            assumptions: section.gap.clone(),
            ..Self::new(&project.file, today)
        })
    }
}

/// The positions of a project, read in pieces of so many bytes.
#[cfg(test)]
pub(super) fn in_pieces(
    project: &Project,
    files: &BTreeMap<String, Vec<u8>>,
    today: Day,
    size: usize,
    problems: &mut Problems,
) -> (Option<super::Positions>, Names) {
    let Some(section) = project.recruitment.as_ref() else { return Default::default() };
    let own: Vec<String> = project.municipalities.iter().map(|one| one.code.clone()).collect();
    let lookup = Lookup::new(today, &own, section, None);
    // The last part first: nothing may depend on it.
    let workers = Workers { count: 3, run: |parts, part| (0..parts).rev().for_each(part) };
    let reader = Reader { section, files, lookup: &lookup, workers };
    let mut employers = Names::default();
    let positions =
        reader.open("positions", problems).map(|sheet| super::positions::read(&sheet, size, &mut employers, problems));
    (positions, employers)
}
