//! What can be wrong with a data file or a codebook, in words.

use crate::problem::Explain;
use crate::read::scan::Flaw;
use crate::text::Lang;
use std::borrow::Cow;

/// The largest field that is read, in bytes. A longer one is nearly always a quote that nobody closed.
pub const FIELD_LIMIT: usize = 1 << 20;

/// The largest record that is read, in bytes.
pub const RECORD_LIMIT: usize = 4 << 20;

/// What is wrong with a data file or a codebook.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are the numbers and names in the message")]
pub enum ReadProblem {
    /// No bytes, or only blank lines.
    EmptyFile,
    /// A header and nothing below it.
    NoRecords,
    /// UTF-16, found by its mark or by its zero bytes.
    Utf16,
    /// Bytes that are not UTF-8 in a file that otherwise is.
    InvalidUtf8,
    /// UTF-8 in a file that otherwise is Windows-1252.
    Utf8InWindows1252,
    /// UTF-8 that was read as Windows-1252 and written as UTF-8 again: `Ã¸`.
    Mojibake,
    /// Zero bytes; they are left out.
    ZeroBytes,
    /// Lines end in a carriage return alone.
    CarriageReturns,
    /// A field beyond [`FIELD_LIMIT`].
    FieldTooLong,
    /// A record beyond [`RECORD_LIMIT`].
    RecordTooLong,
    /// A record with another number of fields than the header.
    FieldCount { expected: usize, found: usize },
    /// The last record has too few fields and no line end.
    CutOff { expected: usize, found: usize },
    /// The last record has all its fields, but no line end.
    NoLineEnd,
    /// A quoted field that does not end.
    UnclosedQuote,
    /// Text between a closing quote and the next delimiter.
    TextAfterQuote,
    /// A quote inside a field that does not start with one; it is kept as it is.
    StrayQuote,
    /// Two columns with one name; `first` and `second` are positions from 1.
    DuplicateHeader { first: usize, second: usize },
    /// A column without a name.
    EmptyHeader { position: usize },
    /// The header once more, among the records.
    RepeatedHeader,
    /// The first line holds none of the codebook's names.
    NoHeader { names: Vec<String> },
    /// A column that must be there is not.
    MissingColumn { exists: Vec<String>, suggestion: Option<String> },
    /// Columns that the codebook does not know; they are not read.
    UnknownColumns { names: Vec<String> },
    /// A code outside the codebook.
    UnknownCode { codes: Vec<String> },
    /// Not a number.
    NotANumber { whole: bool },
    /// A number outside its range.
    OutOfRange { min: Option<f64>, max: Option<f64> },
    /// A column with both decimal points and decimal commas.
    MixedDecimalMarks { points: u64, commas: u64 },
    /// Another decimal mark than the codebook says.
    WrongDecimalMark { comma: bool },
    /// Not a date.
    NotADate,
    /// Codebook: a type that is not known.
    UnknownType,
    /// Codebook: a list of choices that does not exist.
    UnknownList { list: String, exists: Vec<String> },
    /// Codebook: a name is missing.
    NoName,
    /// Codebook: a name or code that was there before, on that line.
    Duplicate { line: Option<u64> },
    /// Codebook: a kind of missing that is not known.
    UnknownMissing,
    /// Codebook: a constraint that does not exist.
    UnknownConstraint,
    /// Codebook: a limit that is not a number.
    BadConstraint { key: &'static str, whole: bool },
    /// Codebook: not the JSON that was expected.
    Schema { reason: String },
}

impl ReadProblem {
    /// A flaw of form, in a file with so many columns.
    #[must_use]
    pub fn of(flaw: Flaw, columns: usize) -> Self {
        match flaw {
            Flaw::Count { found, cut_off: true } => Self::CutOff { expected: columns, found },
            Flaw::Count { found, .. } => Self::FieldCount { expected: columns, found },
            Flaw::NoLineEnd => Self::NoLineEnd,
            Flaw::StrayQuote => Self::StrayQuote,
            Flaw::TextAfterQuote => Self::TextAfterQuote,
            Flaw::UnclosedQuote => Self::UnclosedQuote,
            Flaw::TooLong => Self::FieldTooLong,
        }
    }
}

/// The words with `{0}`, `{1}` … replaced.
pub(crate) fn fill(words: &str, values: &[&str]) -> String {
    values
        .iter()
        .enumerate()
        .fold(words.to_owned(), |text, (index, value)| text.replace(&format!("{{{index}}}"), &visible(value)))
}

/// Control characters made visible: what comes from a file must not steer a terminal.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text.into();
    }
    text.chars()
        .flat_map(|letter| if letter.is_control() { letter.escape_default().collect() } else { vec![letter] })
        .collect()
}

/// The first few names.
pub(crate) fn few(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut text = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        text += ", …";
    }
    text
}

/// The first names of a list, and how many more there are.
pub(crate) fn names(list: &[String], lang: Lang) -> String {
    const SHOWN: usize = 30;
    let mut text = list.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if list.len() > SHOWN {
        let more = (list.len() - SHOWN).to_string();
        text += &fill(lang.pick(" og {0} til", " og {0} til", " and {0} more"), &[&more]);
    }
    text
}

impl Explain for ReadProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::EmptyFile => "empty-file",
            Self::NoRecords => "no-records",
            Self::Utf16 => "utf-16",
            Self::InvalidUtf8 => "invalid-utf-8",
            Self::Utf8InWindows1252 => "utf-8-in-windows-1252",
            Self::Mojibake => "mojibake",
            Self::ZeroBytes => "zero-bytes",
            Self::CarriageReturns => "carriage-returns",
            Self::FieldTooLong => "field-too-long",
            Self::RecordTooLong => "record-too-long",
            Self::FieldCount { expected, found } if found < expected => "too-few-fields",
            Self::FieldCount { .. } => "too-many-fields",
            Self::CutOff { .. } => "cut-off",
            Self::NoLineEnd => "no-line-end",
            Self::UnclosedQuote => "unclosed-quote",
            Self::TextAfterQuote => "text-after-quote",
            Self::StrayQuote => "stray-quote",
            Self::DuplicateHeader { .. } => "duplicate-header",
            Self::EmptyHeader { .. } => "empty-header",
            Self::RepeatedHeader => "repeated-header",
            Self::NoHeader { .. } => "no-header",
            Self::MissingColumn { .. } => "missing-column",
            Self::UnknownColumns { .. } => "unknown-columns",
            Self::UnknownCode { .. } => "unknown-code",
            Self::NotANumber { .. } => "not-a-number",
            Self::OutOfRange { .. } => "out-of-range",
            Self::MixedDecimalMarks { .. } => "mixed-decimal-marks",
            Self::WrongDecimalMark { .. } => "wrong-decimal-mark",
            Self::NotADate => "not-a-date",
            Self::UnknownType => "unknown-type",
            Self::UnknownList { .. } => "unknown-list",
            Self::NoName => "no-name",
            Self::Duplicate { .. } => "duplicate",
            Self::UnknownMissing => "unknown-missing",
            Self::UnknownConstraint => "unknown-constraint",
            Self::BadConstraint { .. } => "bad-constraint",
            Self::Schema { .. } => "schema",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let words = match self {
            Self::EmptyFile => lang.pick("filen er tom", "fila er tom", "the file is empty"),
            Self::NoRecords => lang.pick(
                "filen har overskrifter, men ingen rader",
                "fila har overskrifter, men ingen rader",
                "the file has a header but no records",
            ),
            Self::Utf16 => lang.pick("filen er i UTF-16", "fila er i UTF-16", "the file is UTF-16"),
            Self::InvalidUtf8 => lang.pick(
                "filen er i UTF-8, men dette er ikke gyldig UTF-8",
                "fila er i UTF-8, men dette er ikkje gyldig UTF-8",
                "the file is UTF-8, but this is not valid UTF-8",
            ),
            Self::Utf8InWindows1252 => lang.pick(
                "filen er i Windows-1252, men dette er UTF-8 (og blir til noe som Ã¸ for ø)",
                "fila er i Windows-1252, men dette er UTF-8 (og blir til noko som Ã¸ for ø)",
                "the file is Windows-1252, but this is UTF-8 (and becomes something like Ã¸ for ø)",
            ),
            Self::Mojibake => lang.pick(
                "teksten er lagret to ganger i UTF-8 (som Ã¸ for ø)",
                "teksten er lagra to gonger i UTF-8 (som Ã¸ for ø)",
                "the text has been encoded twice in UTF-8 (like Ã¸ for ø)",
            ),
            Self::ZeroBytes => lang.pick(
                "filen har nullbyter; de er utelatt",
                "fila har nullbytar; dei er utelatne",
                "the file has zero bytes; they are left out",
            ),
            Self::CarriageReturns => lang.pick(
                "linjene slutter med vognretur alene",
                "linjene sluttar med vognretur åleine",
                "lines end in a carriage return alone",
            ),
            Self::FieldTooLong => lang.pick("feltet er for langt", "feltet er for langt", "the field is too long"),
            Self::RecordTooLong => lang.pick("raden er for lang", "rada er for lang", "the record is too long"),
            Self::FieldCount { expected, found } if found < expected => {
                lang.pick("raden har for få felt", "rada har for få felt", "the record has too few fields")
            }
            Self::FieldCount { .. } => {
                lang.pick("raden har for mange felt", "rada har for mange felt", "the record has too many fields")
            }
            Self::CutOff { .. } => {
                lang.pick("filen slutter midt i en rad", "fila sluttar midt i ei rad", "the file ends inside a record")
            }
            Self::NoLineEnd => lang.pick(
                "den siste linja har ingen linjeslutt; filen kan være avkortet",
                "den siste linja har ingen linjeslutt; fila kan vere avkorta",
                "the last line has no line end; the file may be cut off",
            ),
            Self::UnclosedQuote => lang.pick(
                "anførselstegnet som åpner feltet, blir aldri lukket",
                "hermeteiknet som opnar feltet, blir aldri lukka",
                "the quote that opens the field is never closed",
            ),
            Self::TextAfterQuote => lang.pick(
                "det står tekst etter anførselstegnet som lukker feltet",
                "det står tekst etter hermeteiknet som lukkar feltet",
                "there is text after the quote that closes the field",
            ),
            Self::StrayQuote => lang.pick(
                "anførselstegn inne i et felt som ikke begynner med et; det er beholdt",
                "hermeteikn inne i eit felt som ikkje byrjar med eit; det er halde på",
                "a quote inside a field that does not start with one; it is kept",
            ),
            Self::DuplicateHeader { .. } => {
                lang.pick("to kolonner har samme navn", "to kolonnar har same namn", "two columns have the same name")
            }
            Self::EmptyHeader { .. } => {
                lang.pick("en kolonne mangler navn", "ein kolonne manglar namn", "a column has no name")
            }
            Self::RepeatedHeader => lang.pick(
                "overskriftene står en gang til blant radene",
                "overskriftene står ein gong til blant radene",
                "the header appears again among the records",
            ),
            Self::NoHeader { .. } => lang.pick(
                "den første linja har ingen av kodebokas navn",
                "den første linja har ingen av namna i kodeboka",
                "the first line has none of the codebook's names",
            ),
            Self::MissingColumn { .. } => lang.pick("kolonnen mangler", "kolonnen manglar", "the column is missing"),
            Self::UnknownColumns { .. } => lang.pick(
                "kolonner som kodeboken ikke kjenner, blir ikke lest: {0}",
                "kolonnar som kodeboka ikkje kjenner, blir ikkje lesne: {0}",
                "columns that the codebook does not know are not read: {0}",
            ),
            Self::UnknownCode { .. } => {
                lang.pick("koden er ikke i kodeboken", "koden er ikkje i kodeboka", "the code is not in the codebook")
            }
            Self::NotANumber { whole: true } => {
                lang.pick("dette er ikke et heltall", "dette er ikkje eit heiltal", "this is not a whole number")
            }
            Self::NotANumber { whole: false } => {
                lang.pick("dette er ikke et tall", "dette er ikkje eit tal", "this is not a number")
            }
            Self::OutOfRange { .. } => lang.pick(
                "tallet er utenfor det som er lov",
                "talet er utanfor det som er lov",
                "the number is out of range",
            ),
            Self::MixedDecimalMarks { .. } => lang.pick(
                "kolonnen har både desimalpunktum og desimalkomma",
                "kolonnen har både desimalpunktum og desimalkomma",
                "the column has both decimal points and decimal commas",
            ),
            Self::WrongDecimalMark { .. } => lang.pick(
                "feil desimaltegn for denne kolonnen",
                "feil desimalteikn for denne kolonnen",
                "the wrong decimal mark for this column",
            ),
            Self::NotADate => lang.pick("dette er ikke en dato", "dette er ikkje ein dato", "this is not a date"),
            Self::UnknownType => {
                lang.pick("variabeltypen er ukjent", "variabeltypen er ukjend", "the type of the variable is not known")
            }
            Self::UnknownList { .. } => lang.pick(
                "listen «{0}» finnes ikke blant svaralternativene",
                "lista «{0}» finst ikkje blant svaralternativa",
                "the list {0} is not among the choices",
            ),
            Self::NoName => lang.pick("navnet mangler", "namnet manglar", "the name is missing"),
            Self::Duplicate { .. } => {
                lang.pick("navnet er brukt før", "namnet er brukt før", "the name was used before")
            }
            Self::UnknownMissing => lang.pick(
                "denne typen manglende svar er ukjent",
                "denne typen manglande svar er ukjend",
                "this kind of missing is not known",
            ),
            Self::UnknownConstraint => lang.pick(
                "denne begrensningen finnes ikke",
                "denne avgrensinga finst ikkje",
                "there is no such constraint",
            ),
            Self::BadConstraint { .. } => {
                lang.pick("«{0}» er ikke et tall", "«{0}» er ikkje eit tal", "{0} is not a number")
            }
            Self::Schema { .. } => lang.pick(
                "tabellskjemaet kan ikke leses: {0}",
                "tabellskjemaet kan ikkje lesast: {0}",
                "the table schema cannot be read: {0}",
            ),
        };
        match self {
            Self::UnknownColumns { names: list } => fill(words, &[&names(list, lang)]),
            Self::UnknownList { list, .. } => fill(words, &[list]),
            Self::BadConstraint { key, .. } => fill(words, &[key]),
            Self::Schema { reason } => fill(words, &[reason]),
            _ => words.to_owned(),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        Some(match self {
            Self::Utf16 | Self::InvalidUtf8 | Self::Utf8InWindows1252 => {
                lang.pick("UTF-8 eller Windows-1252", "UTF-8 eller Windows-1252", "UTF-8 or Windows-1252").into()
            }
            Self::FieldTooLong => fill(
                lang.pick("høyst {0} byte i et felt", "høgst {0} byte i eit felt", "at most {0} bytes in a field"),
                &[&FIELD_LIMIT.to_string()],
            ),
            Self::RecordTooLong => fill(
                lang.pick("høyst {0} byte i en rad", "høgst {0} byte i ei rad", "at most {0} bytes in a record"),
                &[&RECORD_LIMIT.to_string()],
            ),
            Self::FieldCount { expected, found } | Self::CutOff { expected, found } => fill(
                lang.pick(
                    "{0} felt, som i overskriften; fant {1}",
                    "{0} felt, som i overskrifta; fann {1}",
                    "{0} fields, as in the header; found {1}",
                ),
                &[&expected.to_string(), &found.to_string()],
            ),
            Self::DuplicateHeader { first, second } => fill(
                lang.pick(
                    "ulike navn i kolonne {0} og {1}",
                    "ulike namn i kolonne {0} og {1}",
                    "different names in columns {0} and {1}",
                ),
                &[&first.to_string(), &second.to_string()],
            ),
            Self::EmptyHeader { position } => fill(
                lang.pick("et navn på kolonne {0}", "eit namn på kolonne {0}", "a name for column {0}"),
                &[&position.to_string()],
            ),
            Self::NoHeader { names: list } => {
                fill(lang.pick("overskriftene {0}", "overskriftene {0}", "the header {0}"), &[&names(list, lang)])
            }
            Self::MissingColumn { exists, .. } if exists.is_empty() => {
                lang.pick("en kolonne med dette navnet", "ein kolonne med dette namnet", "a column of this name").into()
            }
            Self::MissingColumn { exists, .. } => fill(
                lang.pick(
                    "en kolonne med dette navnet; filen har {0}",
                    "ein kolonne med dette namnet; fila har {0}",
                    "a column of this name; the file has {0}",
                ),
                &[&names(exists, lang)],
            ),
            Self::UnknownCode { codes } => {
                fill(lang.pick("en av {0}", "ein av {0}", "one of {0}"), &[&names(codes, lang)])
            }
            Self::UnknownConstraint => "required, minimum, maximum, enum".into(),
            Self::NotANumber { whole } | Self::BadConstraint { whole, .. } => {
                if *whole {
                    lang.pick("et heltall", "eit heiltal", "a whole number").into()
                } else {
                    lang.pick("et tall", "eit tal", "a number").into()
                }
            }
            Self::OutOfRange { min, max } => {
                let show = |bound: &Option<f64>| bound.map(|value| value.to_string()).unwrap_or_default();
                let words = match (min, max) {
                    (Some(_), Some(_)) => lang.pick("fra {0} til {1}", "frå {0} til {1}", "from {0} to {1}"),
                    (Some(_), None) => lang.pick("{0} eller mer", "{0} eller meir", "{0} or more"),
                    _ => lang.pick("{1} eller mindre", "{1} eller mindre", "{1} or less"),
                };
                fill(words, &[&show(min), &show(max)])
            }
            Self::MixedDecimalMarks { points, commas } => fill(
                lang.pick(
                    "ett desimaltegn i hele kolonnen; fant {0} punktum og {1} komma",
                    "eitt desimalteikn i heile kolonnen; fann {0} punktum og {1} komma",
                    "one decimal mark in the whole column; found {0} points and {1} commas",
                ),
                &[&points.to_string(), &commas.to_string()],
            ),
            Self::WrongDecimalMark { comma } => {
                if *comma {
                    lang.pick("desimalkomma", "desimalkomma", "a decimal comma").into()
                } else {
                    lang.pick("desimalpunktum", "desimalpunktum", "a decimal point").into()
                }
            }
            Self::NotADate => lang
                .pick(
                    "ÅÅÅÅ-MM-DD, gjerne med klokkeslett",
                    "ÅÅÅÅ-MM-DD, gjerne med klokkeslett",
                    "YYYY-MM-DD, with or without a time",
                )
                .into(),
            Self::UnknownType => {
                "select_one, select_multiple, integer, decimal, text, hidden, date, start, end, today, \
                                  note, calculate, begin group, end group; string, integer, number, date, year, any"
                    .into()
            }
            Self::UnknownList { exists, .. } => {
                fill(lang.pick("en av {0}", "ein av {0}", "one of {0}"), &[&names(exists, lang)])
            }
            Self::UnknownMissing => "dont_know, refused".into(),
            Self::Duplicate { line: Some(line) } => fill(
                lang.pick(
                    "et nytt navn; det første står på linje {0}",
                    "eit nytt namn; det første står på linje {0}",
                    "a new name; the first is on line {0}",
                ),
                &[&line.to_string()],
            ),
            _ => return None,
        })
    }

    fn help(&self, lang: Lang) -> Option<String> {
        Some(match self {
            Self::Utf16 | Self::InvalidUtf8 | Self::Utf8InWindows1252 | Self::Mojibake => lang
                .pick(
                    "lagre filen på nytt som «CSV UTF-8»",
                    "lagre fila på nytt som «CSV UTF-8»",
                    "save the file again as \"CSV UTF-8\"",
                )
                .into(),
            Self::EmptyFile | Self::NoRecords | Self::NoLineEnd => lang
                .pick(
                    "se etter om eksporten ble ferdig",
                    "sjå etter om eksporten blei ferdig",
                    "check that the export was completed",
                )
                .into(),
            Self::CarriageReturns => lang
                .pick("lagre filen på nytt som CSV", "lagre fila på nytt som CSV", "save the file again as CSV")
                .into(),
            Self::ZeroBytes => lang
                .pick(
                    "eksporter filen på nytt om verdier ser rare ut",
                    "eksporter fila på nytt om verdiar ser rare ut",
                    "export the file again if values look odd",
                )
                .into(),
            Self::FieldTooLong | Self::RecordTooLong => lang
                .pick(
                    "se etter et anførselstegn som ikke er lukket, der feltet begynner",
                    "sjå etter eit hermeteikn som ikkje er lukka, der feltet byrjar",
                    "look for a quote that is not closed where the field starts",
                )
                .into(),
            Self::FieldCount { expected, found } if found > expected => lang
                .pick(
                    "sett anførselstegn rundt tekst som inneholder skilletegnet",
                    "set hermeteikn rundt tekst som inneheld skiljeteiknet",
                    "put quotes around text that contains the delimiter",
                )
                .into(),
            Self::FieldCount { .. } => lang
                .pick(
                    "se etter et linjeskift inne i et felt uten anførselstegn",
                    "sjå etter eit linjeskift inne i eit felt utan hermeteikn",
                    "look for a line break inside a field without quotes",
                )
                .into(),
            Self::CutOff { .. } | Self::UnclosedQuote => lang
                .pick(
                    "filen er kanskje avkortet: hent den på nytt, eller lukk anførselstegnet",
                    "fila er kanskje avkorta: hent ho på nytt, eller lukk hermeteiknet",
                    "the file may be cut off: fetch it again, or close the quote",
                )
                .into(),
            Self::TextAfterQuote | Self::StrayQuote => lang
                .pick(
                    "skriv et anførselstegn inne i teksten som to (\"\"), og sett anførselstegn rundt hele feltet",
                    "skriv eit hermeteikn inne i teksten som to (\"\"), og set hermeteikn rundt heile feltet",
                    "write a quote inside the text as two (\"\") and put quotes around the whole field",
                )
                .into(),
            Self::DuplicateHeader { .. } => {
                lang.pick("gi den ene et nytt navn", "gi den eine eit nytt namn", "rename one of them").into()
            }
            Self::RepeatedHeader => lang
                .pick(
                    "slett raden; filen er kanskje satt sammen av flere",
                    "slett rada; fila er kanskje sett saman av fleire",
                    "delete the record; the file may have been joined from several",
                )
                .into(),
            Self::NoHeader { .. } => lang
                .pick(
                    "sett inn linja med overskrifter, eller se etter om det er en annen fil",
                    "set inn linja med overskrifter, eller sjå etter om det er ei anna fil",
                    "put the header line in, or see whether it is another file",
                )
                .into(),
            Self::MissingColumn { exists, .. } if exists.is_empty() => lang
                .pick(
                    "se etter om den første linja er overskriftene",
                    "sjå etter om den første linja er overskriftene",
                    "see whether the first line is the header",
                )
                .into(),
            Self::MissingColumn { suggestion: Some(name), .. } => {
                fill(lang.pick("mente du «{0}»?", "meinte du «{0}»?", "did you mean {0}?"), &[name])
            }
            Self::UnknownCode { .. } => lang
                .pick(
                    "rett verdien, eller legg koden til i kodeboken",
                    "rett verdien, eller legg koden til i kodeboka",
                    "correct the value, or add the code to the codebook",
                )
                .into(),
            Self::NotANumber { .. } | Self::MixedDecimalMarks { .. } | Self::WrongDecimalMark { .. } => lang
                .pick(
                    "skriv tall uten mellomrom og tusenskille, med samme desimaltegn i hele kolonnen",
                    "skriv tal utan mellomrom og tusenskilje, med same desimalteikn i heile kolonnen",
                    "write numbers without spaces or thousands separators, with one decimal mark in the column",
                )
                .into(),
            Self::NotADate => lang
                .pick("skriv for eksempel 2026-03-31", "skriv til dømes 2026-03-31", "write for example 2026-03-31")
                .into(),
            _ => return None,
        })
    }
}
