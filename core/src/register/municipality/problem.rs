//! What can be wrong with a day, a code, a name or a table of municipalities.

use super::{Answer, Register};
use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::{Lang, Text};

/// What can be wrong with a day, a code, a name or a table of municipalities.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the names and codes in the message")]
pub enum MunicipalityProblem {
    /// Not a day of the calendar.
    NotADay,
    /// A day before the register begins or after it ends.
    OutsideTheRegister,
    /// No column holds codes, or none holds names.
    NoColumn { exists: Vec<String>, option: &'static str },
    /// Several columns hold codes.
    SeveralCodeColumns { columns: Vec<String> },
    /// An option names a column that is not there.
    MissingColumn { exists: Vec<String> },
    /// A column is named for two things.
    TwoRoles,
    /// Neither a day nor a column of years.
    NoDay,
    /// Not a code of four digits.
    NotACode { note: Option<Text> },
    /// A code that lost its zero in front: a warning.
    WithoutZero { code: String },
    /// A code that no municipality had on the day.
    NotThen { day: String, notes: Vec<Text> },
    /// A row of figures for several municipalities together.
    Divided { from: String, to: String, divisions: String },
    /// Two rows with one code and the same keys.
    Twice { line: u64 },
    /// Not a number, and no symbol of SSB.
    NotANumber,
    /// Columns that look like shares, means or flows over borders.
    Ratios { columns: Vec<String>, counts: Vec<String> },
    /// No column looks like counts.
    NoCounts { exists: Vec<String> },
    /// A column of numbers that could be a key or a count.
    Undecided,
    /// A column that holds codes of municipalities too.
    MoreCodes,
    /// Municipalities that are merged, and of which some have no row: a warning.
    Incomplete { to: String, missing: String, rows: u64 },
    /// A municipality of the area that the list does not have.
    Missing { area: String },
    /// A municipality that is in the list already.
    Double { label: String, line: u64 },
    /// A name or a code that is not one municipality of the day.
    Unclear { status: &'static str, notes: Vec<Text>, instead: String },
    /// A municipality outside the area.
    Outside { label: String, area: String },
    /// A name that is spelt otherwise in the register.
    Misspelt { label: String },
    /// A class that another edition has, or none.
    OtherClass { edition: String, class: String, label: String },
    /// An edition that the table of classes does not have.
    UnknownEdition { exists: Vec<String> },
    /// The county is none.
    UnknownCounty,
}

impl MunicipalityProblem {
    /// A search that did not come to one municipality, with those that it could have come to.
    pub(super) fn unclear(register: &Register, answer: &Answer<'_>) -> Self {
        let all = if answer.suggestions.is_empty() { &answer.municipalities } else { &answer.suggestions };
        let instead = all.iter().map(|one| register.label(one)).collect::<Vec<_>>().join(", ");
        Self::Unclear { status: answer.status.code(), notes: answer.notes.clone(), instead }
    }
}

/// A text in three languages with `{0}`, `{1}` … replaced.
pub(super) fn words(nb: &str, nn: &str, en: &str, values: &[&str]) -> Text {
    Text { nb: fill(nb, values), nn: fill(nn, values), en: fill(en, values) }
}

fn joined(notes: &[Text], lang: Lang) -> String {
    notes.iter().map(|note| note.get(lang)).collect::<Vec<_>>().join("; ")
}

impl Explain for MunicipalityProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NotADay => "not-a-day",
            Self::OutsideTheRegister => "outside-the-register",
            Self::NoColumn { .. } => "no-column",
            Self::SeveralCodeColumns { .. } => "several-code-columns",
            Self::MissingColumn { .. } => "missing-column",
            Self::TwoRoles => "two-roles",
            Self::NoDay => "no-day",
            Self::NotACode { .. } => "not-a-code",
            Self::WithoutZero { .. } => "without-zero",
            Self::NotThen { .. } => "not-then",
            Self::Divided { .. } => "divided",
            Self::Twice { .. } => "twice",
            Self::NotANumber => "not-a-number",
            Self::Ratios { .. } => "ratios",
            Self::NoCounts { .. } => "no-counts",
            Self::Undecided => "undecided-column",
            Self::MoreCodes => "more-codes",
            Self::Incomplete { .. } => "incomplete",
            Self::Missing { .. } => "missing",
            Self::Double { .. } => "double",
            Self::Unclear { status, .. } => status,
            Self::Outside { .. } => "outside",
            Self::Misspelt { .. } => "misspelt",
            Self::OtherClass { .. } => "other-class",
            Self::UnknownEdition { .. } => "unknown-edition",
            Self::UnknownCounty => "unknown-county",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb: &str, nn: &str, en: &str, values: &[&str]| words(nb, nn, en, values).get(lang).to_owned();
        match self {
            Self::NotADay => t("dette er ingen dato", "dette er ingen dato", "this is no date", &[]),
            Self::OutsideTheRegister => t(
                "datoen er utenfor registeret",
                "datoen er utanfor registeret",
                "the date is outside the register",
                &[],
            ),
            Self::NoColumn { .. } => {
                t("ingen kolonne har kommuner", "ingen kolonne har kommunar", "no column holds municipalities", &[])
            }
            Self::SeveralCodeColumns { columns } => t(
                "flere kolonner har kommunekoder: {0}",
                "fleire kolonnar har kommunekodar: {0}",
                "several columns hold codes of municipalities: {0}",
                &[&columns.join(", ")],
            ),
            Self::MissingColumn { .. } => t(
                "filen har ikke denne kolonnen",
                "fila har ikkje denne kolonnen",
                "the file does not have this column",
                &[],
            ),
            Self::TwoRoles => t(
                "kolonnen er nevnt for to ting",
                "kolonnen er nemnd for to ting",
                "the column is named for two things",
                &[],
            ),
            Self::NoDay => t(
                "kodene er ikke nøkler uten dato",
                "kodane er ikkje nøklar utan dato",
                "codes are no keys without a date",
                &[],
            ),
            Self::NotACode { note: Some(note) } => note.get(lang).to_owned(),
            Self::NotACode { note: None } => {
                t("dette er ingen kommunekode", "dette er ingen kommunekode", "this is no code of a municipality", &[])
            }
            Self::WithoutZero { code } => t(
                "koden har tre sifre; lest som {0}",
                "koden har tre siffer; lese som {0}",
                "the code has three digits; read as {0}",
                &[code],
            ),
            Self::NotThen { day, notes } if notes.is_empty() => t(
                "ingen kommune hadde koden {0}",
                "ingen kommune hadde koden {0}",
                "no municipality had the code on {0}",
                &[day],
            ),
            Self::NotThen { notes, .. } | Self::Unclear { notes, .. } => joined(notes, lang),
            Self::Divided { from, to, divisions } => t(
                "{0} kan ikke gjøres om til {1}: {2}",
                "{0} kan ikkje gjerast om til {1}: {2}",
                "{0} cannot be converted to {1}: {2}",
                &[from, to, divisions],
            ),
            Self::Twice { line } => t(
                "samme kommune og samme nøkler som på linje {0}",
                "same kommune og same nøklar som på linje {0}",
                "the same municipality and the same keys as on line {0}",
                &[&line.to_string()],
            ),
            Self::NotANumber => t("dette er ikke et tall", "dette er ikkje eit tal", "this is not a number", &[]),
            Self::Ratios { columns, .. } => t(
                "disse kolonnene ser ut som andeler, gjennomsnitt eller strømmer over grenser, og kan ikke legges sammen: {0}",
                "desse kolonnane ser ut som delar, gjennomsnitt eller straumar over grenser, og kan ikkje leggjast saman: {0}",
                "these columns look like shares, means or flows over borders, which cannot be added up: {0}",
                &[&columns.join(", ")],
            ),
            Self::NoCounts { .. } => t(
                "ingen kolonne ser ut som antall",
                "ingen kolonne ser ut som talet på noko",
                "no column looks like counts",
                &[],
            ),
            Self::Undecided => t(
                "kolonnen har hele tall, og kan være nøkkel eller antall",
                "kolonnen har heile tal, og kan vere nøkkel eller tal på noko",
                "the column holds whole numbers, and could be a key or counts",
                &[],
            ),
            Self::MoreCodes => t(
                "kolonnen har også kommunekoder",
                "kolonnen har òg kommunekodar",
                "the column holds codes of municipalities too",
                &[],
            ),
            Self::Incomplete { to, missing, rows } => t(
                "{0} er ikke hel: tabellen har ikke {1} i {2} av radene; summen står som «..»",
                "{0} er ikkje heil: tabellen har ikkje {1} i {2} av radene; summen står som «..»",
                "{0} is not whole: the table does not have {1} in {2} of its rows; the sum is “..”",
                &[to, missing, &rows.to_string()],
            ),
            Self::Missing { area } => t(
                "kommunen mangler i lista ({0})",
                "kommunen manglar i lista ({0})",
                "the municipality is missing from the list ({0})",
                &[area],
            ),
            Self::Double { label, line } => t(
                "{0} står i lista to ganger, også på linje {1}",
                "{0} står i lista to gonger, òg på linje {1}",
                "{0} is in the list twice, on line {1} too",
                &[label, &line.to_string()],
            ),
            Self::Outside { label, area } => {
                t("{0} er ikke i {1}", "{0} er ikkje i {1}", "{0} is not in {1}", &[label, area])
            }
            Self::Misspelt { label } => t(
                "navnet er ikke skrevet som i registeret",
                "namnet er ikkje skrive som i registeret",
                "the name is not spelt as in the register",
                &[label],
            ),
            Self::OtherClass { edition, label, .. } => t(
                "{0} har en annen klasse i utgaven {1}",
                "{0} har ein annan klasse i utgåva {1}",
                "{0} has another class in the edition {1}",
                &[label, edition],
            ),
            Self::UnknownEdition { .. } => t(
                "klassetabellen har ikke denne utgaven",
                "klassetabellen har ikkje denne utgåva",
                "the table of classes does not have this edition",
                &[],
            ),
            Self::UnknownCounty => t("dette er ikke et fylke", "dette er ikkje eit fylke", "this is no county", &[]),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let t = |nb: &str, nn: &str, en: &str, values: &[&str]| Some(words(nb, nn, en, values).get(lang).to_owned());
        match self {
            Self::NotADay => t(
                "2024-01-31, 31.01.2024, 2024, 2024M01 eller 2024K1",
                "2024-01-31, 31.01.2024, 2024, 2024M01 eller 2024K1",
                "2024-01-31, 31.01.2024, 2024, 2024M01 or 2024K1",
                &[],
            ),
            Self::OutsideTheRegister => {
                t("1838-01-01 til 2026-12-31", "1838-01-01 til 2026-12-31", "1838-01-01 to 2026-12-31", &[])
            }
            Self::NoColumn { exists, .. }
            | Self::MissingColumn { exists }
            | Self::NoCounts { exists }
            | Self::UnknownEdition { exists } => t("en av {0}", "ein av {0}", "one of {0}", &[&exists.join(", ")]),
            Self::NotACode { .. } => t("fire sifre, som 0301", "fire siffer, som 0301", "four digits, as 0301", &[]),
            Self::NotANumber => t(
                "et tall, eller et av SSBs tegn: . .. … : -",
                "eit tal, eller eit av teikna til SSB: . .. … : -",
                "a number, or one of SSB's symbols: . .. … : -",
                &[],
            ),
            Self::Misspelt { label } => Some(label.clone()),
            Self::Unclear { instead, .. } if !instead.is_empty() => Some(instead.clone()),
            Self::OtherClass { class, .. } => Some(class.clone()),
            Self::UnknownCounty => t(
                "to sifre eller et navn, som 34 eller Innlandet",
                "to siffer eller eit namn, som 34 eller Innlandet",
                "two digits or a name, as 34 or Innlandet",
                &[],
            ),
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb: &str, nn: &str, en: &str, values: &[&str]| Some(words(nb, nn, en, values).get(lang).to_owned());
        match self {
            Self::OutsideTheRegister => t(
                "senere endringer er ikke kjent ennå, og blir ikke gjettet",
                "seinare endringar er ikkje kjende enno, og blir ikkje gjetta",
                "later changes are not known yet, and are not guessed",
                &[],
            ),
            Self::NoColumn { option, .. } => {
                t("oppgi kolonnen med {0}", "oppgi kolonnen med {0}", "name the column with {0}", &[option])
            }
            Self::SeveralCodeColumns { .. } => t(
                "oppgi den som skal gjøres om med --code-column; flere med komma mellom",
                "oppgi den som skal gjerast om med --code-column; fleire med komma mellom",
                "name the one to convert with --code-column; several with commas between",
                &[],
            ),
            Self::NoDay => t(
                "oppgi datoen som kodene gjelder for med --from, eller kolonnen med år med --year-column",
                "oppgi datoen som kodane gjeld for med --from, eller kolonnen med år med --year-column",
                "give the date that the codes are of with --from, or the column of years with --year-column",
                &[],
            ),
            Self::NotACode { .. } => t(
                "fjern rader for land, fylker og regioner: de er summer av kommunene",
                "fjern rader for land, fylke og regionar: dei er summar av kommunane",
                "remove rows of countries, counties and regions: they are sums of the municipalities",
                &[],
            ),
            Self::NotThen { .. } => t(
                "oppgi en annen dato med --from, eller rett koden",
                "oppgi ein annan dato med --from, eller rett koden",
                "give another date with --from, or correct the code",
                &[],
            ),
            Self::Divided { .. } => t(
                "ingen kilde sier hvor mye som gikk til hver; --splits unit holder dem samlet som én enhet, --splits leave-out \
                 utelater dem; i en prosjektfil splits = \"unit\" eller \"leave-out\"",
                "inga kjelde seier kor mykje som gjekk til kvar; --splits unit held dei samla som éi eining, --splits leave-out \
                 utelèt dei; i ei prosjektfil splits = \"unit\" eller \"leave-out\"",
                "no source says how much went to each; --splits unit keeps them together as one unit, --splits leave-out \
                 leaves them out; in a project file splits = \"unit\" or \"leave-out\"",
                &[],
            ),
            Self::Twice { .. } => t(
                "fjern den ene raden, eller oppgi kolonnen som skiller dem med --key",
                "fjern den eine rada, eller oppgi kolonnen som skil dei med --key",
                "remove one of the rows, or name the column that tells them apart with --key",
                &[],
            ),
            Self::Ratios { counts, .. } if counts.is_empty() => Self::NoCounts { exists: Vec::new() }.help(lang),
            Self::Ratios { columns, counts } => t(
                "regn dem ut på nytt av antallene; her: --sum {0} --drop {1}",
                "rekn dei ut på nytt av tala; her: --sum {0} --drop {1}",
                "compute them again from the counts; here: --sum {0} --drop {1}",
                &[&counts.join(","), &columns.join(",")],
            ),
            Self::NoCounts { .. } => t(
                "oppgi kolonnene som skal legges sammen med --sum",
                "oppgi kolonnane som skal leggjast saman med --sum",
                "name the columns to add up with --sum",
                &[],
            ),
            Self::Undecided => t(
                "si hva den er: --sum, --key eller --drop",
                "sei kva han er: --sum, --key eller --drop",
                "say what it is: --sum, --key or --drop",
                &[],
            ),
            Self::MoreCodes => t(
                "oppgi den også i --code-column, eller som --key hvis den ikke skal gjøres om",
                "oppgi han òg i --code-column, eller som --key dersom han ikkje skal gjerast om",
                "name it in --code-column too, or as --key if it is not to be converted",
                &[],
            ),
            Self::Incomplete { .. } => t(
                "med --absent zero telles rader som ikke finnes, som 0",
                "med --absent zero blir rader som ikkje finst, talde som 0",
                "with --absent zero rows that are not there count as 0",
                &[],
            ),
            _ => None,
        }
    }
}
