//! What can be wrong with an export, in words.

use super::dialect::Dialect;
use crate::problem::Explain;
use crate::read::problem::{fill, names};
use crate::text::Lang;

/// What is wrong with an export, or was done to it and should be looked at.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are the numbers and names in the message")]
pub enum ImportProblem {
    /// None of the columns is a question of the questionnaire.
    NoQuestions { names: Vec<String> },
    /// SurveyMonkey writes two header rows, and the second is not there.
    NoSecondHeader,
    /// Two columns hold the same answers.
    TwoColumns { variable: String, other: String },
    /// A column that is not a question, or may be several.
    NotPlaced { several: Vec<String> },
    /// A column of a question, for a choice that it does not have.
    NoSuchChoice { variable: String },
    /// A column that another one is better for.
    Weaker { other: String },
    /// Variables of the questionnaire without a column in any export.
    NotInExport { names: Vec<String> },
    /// A column that the user names and that is not there.
    NoSuchColumn { exists: Vec<String> },
    /// A variable that the user names and that is not there.
    NoSuchVariable,
    /// Neither a code nor a label of the question.
    NotAChoice { choices: Vec<String> },
    /// A value that may be several choices.
    SeveralChoices { codes: Vec<String> },
    /// A value in the column of one choice that says neither yes nor no.
    NotAMark,
    /// The column of several choices says other than the columns of each.
    Contradiction,
    /// Not a number.
    NotANumber { whole: bool },
    /// A number with decimals where the question asks for a whole one; kept.
    NotWhole,
    /// A mark before three digits: thousands or decimals.
    Thousands,
    /// A column with decimal points and commas.
    MixedMarks,
    /// Not a date.
    NotADate,
    /// A date in which day and month cannot be told apart.
    DayOrMonth,
    /// A label that was encoded twice; it was put right.
    MojibakeLabel,
    /// A free text that seems to hold contact details; kept.
    ContactInText { cells: u64 },
    /// A text column that holds contact details and nothing else: split off.
    ContactColumn,
    /// Addresses of people who by the routing were not asked for one; not kept.
    ContactNotAsked { cells: u64 },
    /// Answers to a question that was not put; kept.
    NotAsked { answers: u64 },
    /// Rows that were not sent in.
    Partial { rows: u64, dropped: bool },
    /// A row with the code or number of another: left out.
    Duplicate { kept: u64 },
    /// An archive with the export inside.
    Archive,
    /// A workbook that cannot be opened.
    BrokenWorkbook,
    /// A file of SPSS, in a build that does not read it.
    Spss,
    /// A file of SPSS that cannot be opened.
    BrokenSpss,
    /// A build without workbooks.
    NoWorkbooks,
    /// The tool is not the one that was named.
    OtherDialect { found: Dialect },
}

impl ImportProblem {
    /// Whether `--keep-going` makes it a warning: one cell or row is left out.
    pub(super) fn can_be_left_out(&self) -> bool {
        matches!(
            self,
            Self::NotAChoice { .. }
                | Self::SeveralChoices { .. }
                | Self::NotAMark
                | Self::Contradiction
                | Self::NotANumber { .. }
                | Self::Thousands
                | Self::MixedMarks
                | Self::NotADate
                | Self::DayOrMonth
        )
    }
}

impl Explain for ImportProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NoQuestions { .. } => "no-questions",
            Self::NoSecondHeader => "no-second-header",
            Self::TwoColumns { .. } => "two-columns",
            Self::NotPlaced { several } if several.is_empty() => "column-not-placed",
            Self::NotPlaced { .. } => "column-ambiguous",
            Self::NoSuchChoice { .. } => "column-of-no-choice",
            Self::Weaker { .. } => "column-not-needed",
            Self::NotInExport { .. } => "not-in-export",
            Self::NoSuchColumn { .. } => "no-such-column",
            Self::NoSuchVariable => "no-such-variable",
            Self::NotAChoice { .. } => "not-a-choice",
            Self::SeveralChoices { .. } => "ambiguous-choice",
            Self::NotAMark => "not-a-mark",
            Self::Contradiction => "contradiction",
            Self::NotANumber { .. } => "not-a-number",
            Self::NotWhole => "not-whole",
            Self::Thousands => "thousands-or-decimals",
            Self::MixedMarks => "mixed-decimal-marks",
            Self::NotADate => "not-a-date",
            Self::DayOrMonth => "day-or-month",
            Self::MojibakeLabel => "mojibake-label",
            Self::ContactInText { .. } => "contact-in-text",
            Self::ContactColumn => "contact-column",
            Self::ContactNotAsked { .. } => "contact-not-asked",
            Self::NotAsked { .. } => "answered-not-asked",
            Self::Partial { .. } => "partial",
            Self::Duplicate { .. } => "duplicate-submission",
            Self::Archive => "archive",
            Self::BrokenWorkbook => "broken-workbook",
            Self::Spss => "spss",
            Self::BrokenSpss => "broken-spss",
            Self::NoWorkbooks => "no-workbooks",
            Self::OtherDialect { .. } => "other-dialect",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let words = match self {
            Self::NoQuestions { .. } => lang.pick(
                "ingen av kolonnene er et spørsmål i spørreskjemaet; kanskje mangler linja med overskrifter",
                "ingen av kolonnane er eit spørsmål i spørjeskjemaet; kanskje manglar linja med overskrifter",
                "none of the columns is a question of the questionnaire; perhaps the header is missing",
            ),
            Self::NoSecondHeader => lang.pick(
                "den andre linja med overskrifter mangler",
                "den andre linja med overskrifter manglar",
                "the second header row is missing",
            ),
            Self::TwoColumns { .. } => lang.pick(
                "to kolonner passer like godt til {0}",
                "to kolonnar passar like godt til {0}",
                "two columns fit {0} equally well",
            ),
            Self::NotPlaced { several } if several.is_empty() => lang.pick(
                "kolonnen finnes ikke i spørreskjemaet og er ikke lest",
                "kolonnen finst ikkje i spørjeskjemaet og er ikkje lesen",
                "the column is not in the questionnaire and was not read",
            ),
            Self::NotPlaced { .. } => lang.pick(
                "kolonnen kan være flere spørsmål og er ikke lest: {0}",
                "kolonnen kan vere fleire spørsmål og er ikkje lesen: {0}",
                "the column may be several questions and was not read: {0}",
            ),
            Self::NoSuchChoice { .. } => lang.pick(
                "kolonnen hører til {0}, men er ingen av svaralternativene; den er ikke lest",
                "kolonnen høyrer til {0}, men er ingen av svaralternativa; han er ikkje lesen",
                "the column belongs to {0}, but is none of its choices; it was not read",
            ),
            Self::Weaker { .. } => lang.pick(
                "kolonnen er ikke lest: en annen passer bedre til samme spørsmål",
                "kolonnen er ikkje lesen: ein annan passar betre til same spørsmål",
                "the column was not read: another one fits the same question better",
            ),
            Self::NotInExport { .. } => lang.pick(
                "spørsmål uten kolonne i eksporten; de står tomme: {0}",
                "spørsmål utan kolonne i eksporten; dei står tomme: {0}",
                "questions without a column in the export; they stay empty: {0}",
            ),
            Self::NoSuchColumn { .. } => lang.pick(
                "eksporten har ingen slik kolonne",
                "eksporten har ingen slik kolonne",
                "the export has no such column",
            ),
            Self::NoSuchVariable => lang.pick(
                "spørreskjemaet har ingen slik variabel",
                "spørjeskjemaet har ingen slik variabel",
                "the questionnaire has no such variable",
            ),
            Self::NotAChoice { .. } => lang.pick(
                "dette er verken kode eller tekst til et svaralternativ",
                "dette er korkje kode eller tekst til eit svaralternativ",
                "this is neither code nor label of a choice",
            ),
            Self::SeveralChoices { .. } => lang.pick(
                "dette kan være flere av svaralternativene: {0}",
                "dette kan vere fleire av svaralternativa: {0}",
                "this may be several of the choices: {0}",
            ),
            Self::NotAMark => lang.pick(
                "dette sier ikke om alternativet er valgt",
                "dette seier ikkje om alternativet er valt",
                "this does not say whether the choice was ticked",
            ),
            Self::Contradiction => lang.pick(
                "samlekolonnen og kolonnene for hvert alternativ sier ikke det samme",
                "samlekolonnen og kolonnane for kvart alternativ seier ikkje det same",
                "the column of all choices and the columns of each do not say the same",
            ),
            Self::NotANumber { whole: true } => {
                lang.pick("dette er ikke et heltall", "dette er ikkje eit heiltal", "this is not a whole number")
            }
            Self::NotANumber { whole: false } => {
                lang.pick("dette er ikke et tall", "dette er ikkje eit tal", "this is not a number")
            }
            Self::NotWhole => lang.pick(
                "spørsmålet ber om et heltall; tallet er beholdt med desimaler",
                "spørsmålet ber om eit heiltal; talet er halde på med desimalar",
                "the question asks for a whole number; the number was kept with its decimals",
            ),
            Self::Thousands => lang.pick(
                "tegnet foran tre siffer kan skille tusener eller desimaler",
                "teiknet framfor tre siffer kan skilje tusen eller desimalar",
                "the mark before three digits may stand for thousands or decimals",
            ),
            Self::MixedMarks => lang.pick(
                "kolonnen har både desimalpunktum og desimalkomma",
                "kolonnen har både desimalpunktum og desimalkomma",
                "the column has both decimal points and decimal commas",
            ),
            Self::NotADate => lang.pick("dette er ikke en dato", "dette er ikkje ein dato", "this is not a date"),
            Self::DayOrMonth => lang.pick(
                "dag og måned kan ikke skilles i denne kolonnen",
                "dag og månad kan ikkje skiljast i denne kolonnen",
                "day and month cannot be told apart in this column",
            ),
            Self::MojibakeLabel => lang.pick(
                "teksten er lagret to ganger i UTF-8 (som Ã¸ for ø); den ble rettet og funnet igjen",
                "teksten er lagra to gonger i UTF-8 (som Ã¸ for ø); han vart retta og funnen att",
                "the text has been encoded twice in UTF-8 (like Ã¸ for ø); it was put right and found",
            ),
            Self::ContactInText { .. } => lang.pick(
                "fritekst med noe som ligner e-post, telefon eller fødselsnummer: {0} svar; de er beholdt",
                "fritekst med noko som liknar e-post, telefon eller fødselsnummer: {0} svar; dei er haldne på",
                "free text with what looks like e-mail, phone or national identity number: {0} answers; they were kept",
            ),
            Self::ContactColumn => lang.pick(
                "kolonnen holder kontaktopplysninger; den er skilt fra svarene",
                "kolonnen held kontaktopplysningar; han er skild frå svara",
                "the column holds contact details; it was split off from the answers",
            ),
            Self::ContactNotAsked { .. } => lang.pick(
                "adresser til noen som etter rutingen ikke ble spurt om dem: {0}; de er ikke tatt vare på",
                "adresser til nokon som etter rutinga ikkje vart spurde om dei: {0}; dei er ikkje tekne vare på",
                "addresses of people who by the routing were not asked for them: {0}; they were not kept",
            ),
            Self::NotAsked { .. } => lang.pick(
                "svar på et spørsmål som etter rutingen ikke ble stilt: {0}; de er beholdt",
                "svar på eit spørsmål som etter rutinga ikkje vart stilt: {0}; dei er haldne på",
                "answers to a question that by the routing was not put: {0}; they were kept",
            ),
            Self::Partial { dropped: false, .. } => lang.pick(
                "rader som ikke er sendt inn: {0}; de er beholdt",
                "rader som ikkje er sende inn: {0}; dei er haldne på",
                "rows that were not sent in: {0}; they were kept",
            ),
            Self::Partial { dropped: true, .. } => lang.pick(
                "rader som ikke er sendt inn: {0}; de er utelatt",
                "rader som ikkje er sende inn: {0}; dei er utelatne",
                "rows that were not sent in: {0}; they were left out",
            ),
            Self::Duplicate { .. } => lang.pick(
                "samme person har svart flere ganger; raden på linje {0} er beholdt i stedet",
                "same person har svart fleire gonger; rada på linje {0} er halden på i staden",
                "the same person answered more than once; the row on line {0} was kept instead",
            ),
            Self::Archive => lang.pick(
                "dette er et arkiv (zip), ikke en eksport",
                "dette er eit arkiv (zip), ikkje ein eksport",
                "this is an archive (zip), not an export",
            ),
            Self::BrokenWorkbook => {
                lang.pick("arbeidsboka kan ikke åpnes", "arbeidsboka kan ikkje opnast", "the workbook cannot be opened")
            }
            Self::Spss => lang.pick(
                "dette er en SPSS-fil, som ikke leses her",
                "dette er ei SPSS-fil, som ikkje blir lesen her",
                "this is a file of SPSS, which is not read here",
            ),
            Self::BrokenSpss => lang.pick(
                "SPSS-fila kan ikke åpnes: den er skadet, avkortet eller kryptert",
                "SPSS-fila kan ikkje opnast: ho er skadd, avkorta eller kryptert",
                "the file of SPSS cannot be opened: it is damaged, cut or encrypted",
            ),
            Self::NoWorkbooks => lang.pick(
                "arbeidsbøker leses ikke her",
                "arbeidsbøker blir ikkje lesne her",
                "workbooks are not read here",
            ),
            Self::OtherDialect { .. } => lang.pick(
                "eksporten ser ut til å komme fra et annet verktøy enn det oppgitte: {0}",
                "eksporten ser ut til å kome frå eit anna verktøy enn det oppgjevne: {0}",
                "the export looks like one of another tool than the one named: {0}",
            ),
        };
        match self {
            Self::TwoColumns { variable, .. } | Self::NoSuchChoice { variable } => fill(words, &[variable]),
            Self::NotPlaced { several: list }
            | Self::NotInExport { names: list }
            | Self::SeveralChoices { codes: list } => fill(words, &[&names(list, lang)]),
            Self::ContactInText { cells: count }
            | Self::ContactNotAsked { cells: count }
            | Self::NotAsked { answers: count }
            | Self::Partial { rows: count, .. }
            | Self::Duplicate { kept: count } => fill(words, &[&count.to_string()]),
            Self::OtherDialect { found } => fill(words, &[found.words(lang)]),
            _ => words.to_owned(),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        Some(match self {
            Self::NoQuestions { names: list } => fill(
                lang.pick("noen av disse: {0}", "nokre av desse: {0}", "some of these: {0}"),
                &[&names(list, lang)],
            ),
            Self::NoSuchColumn { exists } => {
                fill(lang.pick("en av disse: {0}", "ein av desse: {0}", "one of these: {0}"), &[&names(exists, lang)])
            }
            Self::NotAChoice { choices } => {
                fill(lang.pick("en av disse: {0}", "ein av desse: {0}", "one of these: {0}"), &[&names(choices, lang)])
            }
            Self::NotAMark => lang
                .pick(
                    "1, 0, ja, nei, Y, alternativets kode eller tekst",
                    "1, 0, ja, nei, Y, koden eller teksten til alternativet",
                    "1, 0, yes, no, Y, code or label of the choice",
                )
                .into(),
            Self::NotADate => lang
                .pick(
                    "2025-03-04, 04.03.2025 eller 3/4/2025",
                    "2025-03-04, 04.03.2025 eller 3/4/2025",
                    "2025-03-04, 04.03.2025 or 3/4/2025",
                )
                .into(),
            _ => return None,
        })
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::NoQuestions { .. } => lang.pick(
                "eksporter på nytt med overskrifter, eller gi riktig spørreskjema med --questionnaire",
                "eksporter på nytt med overskrifter, eller gje rett spørjeskjema med --questionnaire",
                "export again with a header, or give the right questionnaire with --questionnaire",
            ),
            Self::NoSecondHeader => lang.pick(
                "last ned CSV-fila på nytt, og ikke slett den andre linja",
                "last ned CSV-fila på nytt, og ikkje slett den andre linja",
                "download the CSV file again, and do not delete its second line",
            ),
            Self::TwoColumns { other, .. } => {
                let words = lang.pick(
                    "den andre kolonnen er «{0}»; velg med --place KOLONNE=VARIABEL eller --ignore KOLONNE",
                    "den andre kolonnen er «{0}»; vel med --place KOLONNE=VARIABEL eller --ignore KOLONNE",
                    "the other column is “{0}”; choose with --place COLUMN=VARIABLE or --ignore COLUMN",
                );
                return Some(fill(words, &[other]));
            }
            Self::NotPlaced { .. } | Self::NoSuchChoice { .. } => lang.pick(
                "er den et spørsmål, si hvilket: --place KOLONNE=VARIABEL",
                "er han eit spørsmål, sei kva for eit: --place KOLONNE=VARIABEL",
                "if it is a question, say which: --place COLUMN=VARIABLE",
            ),
            Self::Weaker { other } => {
                let words = lang.pick("kolonnen «{0}» er lest", "kolonnen «{0}» er lesen", "the column “{0}” was read");
                return Some(fill(words, &[other]));
            }
            Self::NotAChoice { .. } | Self::SeveralChoices { .. } => lang.pick(
                "legg teksten til i spørreskjemaet, rett cellen, eller la den stå tom med --keep-going",
                "legg teksten til i spørjeskjemaet, rett cella, eller la henne stå tom med --keep-going",
                "add the label to the questionnaire, mend the cell, or leave it empty with --keep-going",
            ),
            Self::NotAMark
            | Self::Contradiction
            | Self::NotANumber { .. }
            | Self::Thousands
            | Self::MixedMarks
            | Self::NotADate => lang.pick(
                "rett cellen, eller la den stå tom med --keep-going",
                "rett cella, eller la henne stå tom med --keep-going",
                "mend the cell, or leave it empty with --keep-going",
            ),
            Self::DayOrMonth => lang.pick(
                "si hva som kommer først, med --dates day eller --dates month",
                "sei kva som kjem først, med --dates day eller --dates month",
                "say which comes first, with --dates day or --dates month",
            ),
            Self::ContactInText { .. } => lang.pick(
                "les svarene og fjern det som peker på noen, før de deles",
                "les svara og fjern det som peikar på nokon, før dei blir delte",
                "read the answers and remove what points to somebody before they are shared",
            ),
            Self::ContactColumn => lang.pick(
                "--contacts FIL skriver den til en egen fil",
                "--contacts FIL skriv han til ei eiga fil",
                "--contacts FILE writes it to a file of its own",
            ),
            Self::NotAsked { .. } | Self::ContactNotAsked { .. } => lang.pick(
                "se om rutingen i verktøyet er den samme som i spørreskjemaet",
                "sjå om rutinga i verktøyet er den same som i spørjeskjemaet",
                "see whether the tool's routing is the questionnaire's",
            ),
            Self::Partial { dropped: false, .. } => {
                lang.pick("--drop-partial utelater dem", "--drop-partial utelèt dei", "--drop-partial leaves them out")
            }
            Self::Archive => lang.pick(
                "pakk ut arkivet og gi fila i det",
                "pakk ut arkivet og gje fila i det",
                "unpack the archive and give the file inside it",
            ),
            Self::Spss | Self::BrokenSpss => lang.pick(
                "eksporter fra verktøyet som CSV med koder; i SPSS: File, Save As, CSV, uten avkryssing for «value labels»",
                "eksporter frå verktøyet som CSV med kodar; i SPSS: File, Save As, CSV, utan avkryssing for «value labels»",
                "export from the tool as CSV with codes; in SPSS: File, Save As, CSV, with “value labels” not ticked",
            ),
            Self::BrokenWorkbook | Self::NoWorkbooks => {
                lang.pick("eksporter som CSV", "eksporter som CSV", "export as CSV")
            }
            _ => return None,
        };
        Some(words.into())
    }
}
