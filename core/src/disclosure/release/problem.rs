//! What can stand in the way of a release.

use super::Finding;
use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;

/// What is wrong with the ledger, with foreign tables, or with a release beside what was published before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the names and numbers in the message")]
pub enum ReleaseProblem {
    /// Not a file of the ledger, with the reader's reason in English.
    NotALedger(String),
    /// Written by another version of the program.
    OtherVersion { known: u64 },
    /// The content does not have the digest that it says.
    Changed,
    /// The ledger of another project.
    OtherProject { project: String },
    /// It does not follow the release before it.
    Gap,
    /// The file does not have the name that belongs to its content.
    OtherName { name: String },
    /// A figure that cannot have been published so.
    Contradicts,
    /// The edition's date lies before the last release.
    BeforeLast { last: String },
    /// A municipality of an earlier figure that the project does not know.
    UnknownMunicipality { code: String, figure: String },
    /// Numbers of answers that do not fit a change of boundaries.
    Misfit { year: u16, municipality: String },
    /// Another figure or base of the same wave was published before.
    OtherBase { wave: String, earlier: String, date: String },
    /// A boundary with several codes on both sides.
    ManyToMany,
    /// A cell of a foreign table that is neither a count nor a sign for a hidden one.
    NotACount,
    /// No count of so many gives this percentage.
    NoCountFits { n: u64 },
    /// No line of a foreign table is about a municipality and year of the project.
    NothingOfHere,
    /// Foreign tables contradict each other or what was published here.
    ForeignContradicts { wave: String },
    /// A figure stays as it was published.
    Stands { figure: String, since: String, was: u64, now: u64 },
    /// A figure that would give something away is hidden.
    Hidden { figure: String, finding: Finding, group: String },
    /// Earlier releases and foreign tables already give something away.
    AlreadyOut { finding: Finding, group: String },
    /// People behind a published figure are under another name now.
    Elsewhere { figure: String, since: String, wave: String, year: u16, people: usize, of: usize },
    /// The public folder holds a release that the ledger does not know.
    UnknownRelease { number: u64 },
    /// Nothing of a wave can be shown.
    NothingLeft { wave: String, figures: Vec<String>, finding: Finding, since: String },
}

impl Finding {
    /// What is found out, as a sentence without a group.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::SmallDifference => lang.pick(
                "færre enn 10 personer kan skilles ut ved subtraksjon",
                "færre enn 10 personar kan skiljast ut ved subtraksjon",
                "fewer than 10 people can be told apart by subtraction",
            ),
            Self::Exact => lang.pick(
                "det følger nøyaktig hvor mange som sa ja",
                "det følgjer nøyaktig kor mange som sa ja",
                "it follows exactly how many said yes",
            ),
            Self::Alike => lang.pick(
                "det følger at alle, eller alle unntatt én, svarte likt",
                "det følgjer at alle, eller alle unntatt éin, svara likt",
                "it follows that all, or all but one, answered alike",
            ),
            Self::Narrow => lang.pick(
                "et lite antall følger på to personer nær",
                "eit lite tal følgjer på to personar nær",
                "a small number follows to within two people",
            ),
            Self::Changed => lang.pick(
                "svar er endret eller trukket, og tallet motsier det som er publisert",
                "svar er endra eller trekte, og talet motseier det som er publisert",
                "answers were changed or withdrawn, and the figure contradicts what is published",
            ),
        }
    }
}

impl Explain for ReleaseProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NotALedger(_) => "not-a-ledger",
            Self::OtherVersion { .. } => "ledger-version",
            Self::Changed => "ledger-changed",
            Self::OtherProject { .. } => "ledger-of-another-project",
            Self::Gap => "ledger-gap",
            Self::OtherName { .. } => "ledger-name",
            Self::Contradicts => "ledger-contradicts",
            Self::BeforeLast { .. } => "before-last-release",
            Self::UnknownMunicipality { .. } => "municipality-of-earlier-release",
            Self::Misfit { .. } => "boundary-misfit",
            Self::OtherBase { .. } => "other-base-published",
            Self::ManyToMany => "boundary-many-to-many",
            Self::NotACount => "foreign-not-a-count",
            Self::NoCountFits { .. } => "foreign-no-count-fits",
            Self::NothingOfHere => "foreign-of-nothing-here",
            Self::ForeignContradicts { .. } => "foreign-contradicts",
            Self::Stands { .. } => "stands-as-published",
            Self::Hidden { .. } => "hidden-by-audit",
            Self::AlreadyOut { .. } => "already-out",
            Self::Elsewhere { .. } => "same-people",
            Self::UnknownRelease { .. } => "release-not-in-ledger",
            Self::NothingLeft { .. } => "nothing-left",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb: &str, nn: &str, en: &str, values: &[&str]| fill(lang.pick(nb, nn, en), values);
        match self {
            Self::NotALedger(reason) => t(
                "dette er ingen fil i oversikten over utgaver: {0}",
                "dette er inga fil i oversynet over utgåver: {0}",
                "this is no file of the ledger of releases: {0}",
                &[reason],
            ),
            Self::OtherVersion { known } => t(
                "fila er skrevet av en annen versjon; denne leser versjon {0}",
                "fila er skriven av ein annan versjon; denne les versjon {0}",
                "the file was written by another version; this one reads version {0}",
                &[&known.to_string()],
            ),
            Self::Changed => t(
                "fila er endret etter at den ble skrevet",
                "fila er endra etter at ho vart skriven",
                "the file was changed after it was written",
                &[],
            ),
            Self::OtherProject { project } => t(
                "utgaven hører til et annet prosjekt enn {0}",
                "utgåva høyrer til eit anna prosjekt enn {0}",
                "the release belongs to another project than {0}",
                &[project],
            ),
            Self::Gap => t(
                "utgaven følger ikke den forrige: en fil mangler eller er byttet ut",
                "utgåva følgjer ikkje den førre: ei fil manglar eller er bytt ut",
                "the release does not follow the one before: a file is missing or was replaced",
                &[],
            ),
            Self::OtherName { name } => t(
                "etter innholdet skulle fila hete {0}",
                "etter innhaldet skulle fila heite {0}",
                "by its content the file should be called {0}",
                &[name],
            ),
            Self::Contradicts => {
                t("tallet motsier seg selv", "talet motseier seg sjølv", "the figure contradicts itself", &[])
            }
            Self::BeforeLast { last } => t(
                "utgaven er datert før den forrige, {0}",
                "utgåva er datert før den førre, {0}",
                "the edition is dated before the last one, {0}",
                &[last],
            ),
            Self::UnknownMunicipality { code, figure } => t(
                "kommunen {0} er ikke i prosjektet, men ligger bak noe som er publisert: {1}",
                "kommunen {0} er ikkje i prosjektet, men ligg bak noko som er publisert: {1}",
                "municipality {0} is not in the project, but is behind something that was published: {1}",
                &[code, figure],
            ),
            Self::Misfit { year, municipality } => t(
                "{1} har færre svar i {0} enn det som er publisert for delene",
                "{1} har færre svar i {0} enn det som er publisert for delane",
                "{1} has fewer answers in {0} than what was published of its parts",
                &[&year.to_string(), municipality],
            ),
            Self::OtherBase { wave, earlier, date } => t(
                "for {0} ble et annet grunnlag publisert {2}: {1}. De to sammen røper hvor mange som er i det ene og ikke i \
                 det andre",
                "for {0} vart eit anna grunnlag publisert {2}: {1}. Dei to saman røper kor mange som er i det eine og ikkje \
                 i det andre",
                "for {0} another base was published on {2}: {1}. The two together tell how many are in one and not in the \
                 other",
                &[wave, earlier, date],
            ),
            Self::ManyToMany => t(
                "flere kommuner på begge sider",
                "fleire kommunar på begge sider",
                "several municipalities on both sides",
                &[],
            ),
            Self::NotACount => t(
                "verken et antall, en andel eller et tegn for skjult",
                "verken eit tal, ein del eller eit teikn for gøymt",
                "neither a count, a percentage nor a sign for hidden",
                &[],
            ),
            Self::NoCountFits { n } => t(
                "ingen av {0} svar gir dette",
                "ingen av {0} svar gir dette",
                "no count of {0} answers gives this",
                &[&n.to_string()],
            ),
            Self::NothingOfHere => t(
                "ingen linje gjelder en kommune og et år i prosjektet",
                "inga linje gjeld ein kommune og eit år i prosjektet",
                "no line is about a municipality and a year of the project",
                &[],
            ),
            Self::ForeignContradicts { wave } => t(
                "for {0} motsier det som er publisert, eller de andres tabeller, hverandre",
                "for {0} motseier det som er publisert, eller tabellane til andre, kvarandre",
                "for {0}, what was published or the tables of others contradict each other",
                &[wave],
            ),
            Self::Stands { figure, since, was, now } => t(
                "{0} står som publisert {1}: {2} svar den gang, {3} nå",
                "{0} står som publisert {1}: {2} svar den gongen, {3} no",
                "{0} stands as published on {1}: {2} answers then, {3} now",
                &[figure, since, &was.to_string(), &now.to_string()],
            ),
            Self::Hidden { figure, finding, group } => t(
                "{0} skjules: ellers kunne {2} røpes ({1})",
                "{0} blir gøymt: elles kunne {2} bli røpt ({1})",
                "{0} is hidden: otherwise {2} could be given away ({1})",
                &[figure, finding.words(lang), group],
            ),
            Self::AlreadyOut { finding, group } => t(
                "det som alt er publisert, røper {1}: {0}",
                "det som alt er publisert, røper {1}: {0}",
                "what is published already gives {1} away: {0}",
                &[finding.words(lang), group],
            ),
            Self::Elsewhere { figure, since, wave, year, people, of } => t(
                "{2} av {3} personer bak {0}, publisert {1}, er nå under {4} {5}: vises de der også, røper de to tallene \
                 sammen hvem som er kommet til",
                "{2} av {3} personar bak {0}, publisert {1}, er no under {4} {5}: blir dei viste der òg, røper dei to tala \
                 saman kven som er komne til",
                "{2} of {3} people behind {0}, published on {1}, are now under {4} {5}: shown there too, the two figures \
                 together give away who was added",
                &[figure, since, &people.to_string(), &of.to_string(), wave, &year.to_string()],
            ),
            Self::UnknownRelease { number } => t(
                "mappa holder utgave {0}, som ikke er i oversikten over utgaver",
                "mappa held utgåve {0}, som ikkje er i oversynet over utgåver",
                "the folder holds release {0}, which is not in the ledger of releases",
                &[&number.to_string()],
            ),
            Self::NothingLeft { wave, figures, finding, .. } => t(
                "ingenting av {0} kan publiseres ved siden av det som er ute ({2}). I veien står {1}",
                "ingenting av {0} kan publiserast ved sida av det som er ute ({2}). I vegen står {1}",
                "nothing of {0} can be published beside what is out already ({2}). In the way: {1}",
                &[wave, &figures.join("; "), finding.words(lang)],
            ),
        }
    }

    fn expected(&self, _: Lang) -> Option<String> {
        None
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_string());
        match self {
            Self::NotALedger(_) | Self::Changed | Self::Gap | Self::OtherName { .. } | Self::Contradicts => t(
                "hent fila fra sikkerhetskopien; uten den vet ingen hva som er publisert",
                "hent fila frå tryggingskopien; utan henne veit ingen kva som er publisert",
                "take the file from the backup; without it nobody knows what was published",
            ),
            Self::Elsewhere { .. } => t(
                "gi svarene bølgen, året og kommunen de ble publisert under; en kommune som er slått sammen eller delt, \
                 hører hjemme i [[boundaries]]",
                "gi svara bølgja, året og kommunen dei vart publiserte under; ein kommune som er slått saman eller delt, \
                 høyrer heime i [[boundaries]]",
                "give the answers the wave, year and municipality that they were published under; a municipality that was \
                 merged or divided belongs in [[boundaries]]",
            ),
            Self::UnknownRelease { .. } => t(
                "hent releases/ fra sikkerhetskopien. Ble utgaven aldri lagt ut, kan mappa slettes",
                "hent releases/ frå tryggingskopien. Vart utgåva aldri lagd ut, kan mappa slettast",
                "take releases/ from the backup. If the release was never put out, the folder may be deleted",
            ),
            Self::OtherVersion { .. } => t(
                "bruk den nyeste versjonen av programmet",
                "bruk den nyaste versjonen av programmet",
                "use the newest version of the program",
            ),
            Self::UnknownMunicipality { code, .. } => Some(fill(
                lang.pick(
                    "legg til [[boundaries]] med old = [\"{0}\"], new = [koden den har nå] og year",
                    "legg til [[boundaries]] med old = [\"{0}\"], new = [koden ho har no] og year",
                    "add [[boundaries]] with old = [\"{0}\"], new = [the code it has now] and year",
                ),
                &[code],
            )),
            Self::ManyToMany => t(
                "skriv én [[boundaries]] for hver kommune som ble slått sammen eller delt",
                "skriv éin [[boundaries]] for kvar kommune som vart slått saman eller delt",
                "write one [[boundaries]] for each municipality that was merged or divided",
            ),
            Self::NothingOfHere => t(
                "kommunene skrives med kode, eller med regionens id; årene med fire sifre",
                "kommunane blir skrivne med kode, eller med id-en til regionen; åra med fire siffer",
                "municipalities are written by code, or by the region's id; years with four digits",
            ),
            Self::OtherBase { .. } => t(
                "hold fast ved `disclosure.dont_know` og spørsmålet fra den gang",
                "hald fast ved `disclosure.dont_know` og spørsmålet frå den gongen",
                "keep `disclosure.dont_know` and the question of that time",
            ),
            Self::Misfit { .. } | Self::ForeignContradicts { .. } => t(
                "se etter om tabellen gjelder de samme svarene, og om [[boundaries]] stemmer",
                "sjå etter om tabellen gjeld dei same svara, og om [[boundaries]] stemmer",
                "see whether the table is about the same answers, and whether [[boundaries]] is right",
            ),
            Self::Stands { .. } => t(
                "et nytt tall krever at gruppa har endret seg med minst 10, og så mange at ingen svar kan røpes",
                "eit nytt tal krev at gruppa har endra seg med minst 10, og så mange at ingen svar kan bli røpte",
                "a new figure needs a group that has changed by at least 10, and by so many that no answers could be given away",
            ),
            Self::NothingLeft { since, .. } => Some(fill(
                lang.pick(
                    "bredere vinduer og sammenslåtte kommuner er prøvd. Nivået og vinduene fra {0} slipper gjennom, og det \
                     gjør nye år",
                    "breiare vindauge og samanslåtte kommunar er prøvde. Nivået og vindauga frå {0} slepp gjennom, og det \
                     gjer nye år",
                    "wider windows and pooled municipalities were tried. The level and the windows of {0} pass, and so do \
                     new years",
                ),
                &[since],
            )),
            _ => None,
        }
    }
}
