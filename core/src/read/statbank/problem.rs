//! What can be wrong with a file of the statistics bank, in words.

use super::table::Role;
use crate::problem::Explain;
use crate::read::DecimalMark;
use crate::read::problem::{few, fill};
use crate::text::Lang;

/// What a file is that holds no table as text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names of the forms")]
pub enum NoText {
    /// A web page, with its title.
    Html(String),
    Gzip,
    /// An archive that is no workbook.
    Zip,
    /// A workbook, where it is damaged or this build reads none.
    Workbook,
    Pdf,
    /// Anything else with zero bytes.
    Binary,
    /// The answer of the interface to a request that it refused.
    Refusal(String),
}

/// What is wrong with a file of the statistics bank.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are the numbers and names in the message")]
pub enum StatProblem {
    /// No table as text.
    NoText(NoText),
    /// Text, but no table that is known.
    NoTable,
    /// A code list or a correspondence where a table is needed, or the other way round.
    OtherKind { expected: &'static str },
    /// The sign for a letter that was lost.
    LostLetter,
    /// A sign inside a word that tells of another encoding.
    OddLetter,
    /// The first line holds figures or categories.
    NoHeadings,
    /// Headings and columns differ in number.
    HeadingCount { headings: usize, columns: usize },
    /// A heading that occurs twice.
    DoubleHeading { line: u64 },
    /// The values under a heading are not what it says: the headings are shifted.
    HeadingDoesNotFit { role: Role },
    /// No column of figures.
    NoFigures { names: Vec<String> },
    /// Nothing but figures.
    NoDimensions { names: Vec<String> },
    /// Two measures: a column of names, and headings.
    TwoMeasures { headings: Vec<String> },
    /// A column that was named does not exist.
    NoColumn { exists: Vec<String> },
    /// A column of codes is empty here.
    NoCategory,
    /// Not a period where most values are.
    NotAPeriod,
    /// A value of another kind than the others in its column: the row is shifted.
    OutOfPlace,
    /// Neither a number nor a symbol.
    NotANumber,
    /// `1.234` where nothing tells what the mark is.
    AmbiguousNumber,
    /// Another decimal mark than most of the file.
    OtherDecimalMark { found: DecimalMark },
    /// Two categories of a dimension with one code.
    DoubleCategory { first: String },
    /// A cell that the file had before, with another value.
    DoubleCell { line: u64, value: String },
    /// A cell that the file had before, with the same value; it counts once.
    RepeatedCell { line: u64 },
    /// The last cells of the table are not there.
    CutTable { found: u64, size: u64, sure: bool },
    /// Values and categories differ in number.
    CellCount { expected: u64, found: u64 },
    /// Too many combinations to count.
    TooLarge,
    /// Not JSON.
    Json { reason: String },
    /// A member that must be there is not, or is something else.
    Member { expected: &'static str },
    /// Several tables in one file.
    SeveralTables { names: Vec<String> },
    /// A status that is none of the standard symbols.
    UnknownStatus,
    /// PX: something else was expected here.
    Px { expected: &'static str },
    /// PX: a keyword that must be there is not.
    NoKeyword,
    /// PX: a variable without values, or values without a variable.
    PxVariable { exists: Vec<String> },
    /// A dimension that is needed is not there, or twice.
    NoDimension { role: Role, exists: Vec<String> },
    /// A dimension with several categories was not asked for.
    OpenDimension { categories: Vec<String> },
    /// A measure that is needed is not there.
    NoMeasure { exists: Vec<String> },
}

impl Explain for StatProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NoText(NoText::Html(_)) => "web-page",
            Self::NoText(NoText::Gzip | NoText::Zip) => "packed",
            Self::NoText(NoText::Refusal(_)) => "refused-request",
            Self::NoText(_) => "no-text",
            Self::NoTable => "no-table",
            Self::OtherKind { .. } => "other-kind",
            Self::LostLetter => "lost-letter",
            Self::OddLetter => "odd-letter",
            Self::NoHeadings => "no-headings",
            Self::HeadingCount { .. } => "heading-count",
            Self::DoubleHeading { .. } => "double-heading",
            Self::HeadingDoesNotFit { .. } => "heading-does-not-fit",
            Self::NoFigures { .. } => "no-figures",
            Self::NoDimensions { .. } => "no-dimensions",
            Self::TwoMeasures { .. } => "two-measures",
            Self::NoColumn { .. } => "missing-column",
            Self::NoCategory => "no-category",
            Self::NotAPeriod => "not-a-period",
            Self::OutOfPlace => "out-of-place",
            Self::NotANumber => "not-a-number",
            Self::AmbiguousNumber => "ambiguous-number",
            Self::OtherDecimalMark { .. } => "mixed-decimal-marks",
            Self::DoubleCategory { .. } => "double-category",
            Self::DoubleCell { .. } => "double-cell",
            Self::RepeatedCell { .. } => "repeated-cell",
            Self::CutTable { .. } => "cut-table",
            Self::CellCount { .. } => "cell-count",
            Self::TooLarge => "too-large",
            Self::Json { .. } => "json",
            Self::Member { .. } => "member",
            Self::SeveralTables { .. } => "several-tables",
            Self::UnknownStatus => "unknown-status",
            Self::Px { .. } => "px",
            Self::NoKeyword => "no-keyword",
            Self::PxVariable { .. } => "px-variable",
            Self::NoDimension { .. } => "no-dimension",
            Self::OpenDimension { .. } => "open-dimension",
            Self::NoMeasure { .. } => "no-measure",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_owned();
        let with = |nb, nn, en, values: &[&str]| fill(lang.pick(nb, nn, en), values);
        match self {
            Self::NoText(NoText::Html(title)) => with(
                "dette er en nettside, ikke en tabell: {0}",
                "dette er ei nettside, ikkje ein tabell: {0}",
                "this is a web page, not a table: {0}",
                &[title],
            ),
            Self::NoText(NoText::Gzip) => {
                t("fila er pakket (gzip)", "fila er pakka (gzip)", "the file is packed (gzip)")
            }
            Self::NoText(NoText::Zip) => t(
                "fila er et arkiv (zip), ikke en arbeidsbok",
                "fila er eit arkiv (zip), ikkje ei arbeidsbok",
                "the file is an archive (zip), not a workbook",
            ),
            Self::NoText(NoText::Workbook) => {
                t("arbeidsboka kan ikke leses", "arbeidsboka kan ikkje lesast", "the workbook cannot be read")
            }
            Self::NoText(NoText::Pdf) => t("fila er en PDF", "fila er ein PDF", "the file is a PDF"),
            Self::NoText(NoText::Binary) => t("fila er ikke tekst", "fila er ikkje tekst", "the file is not text"),
            Self::NoText(NoText::Refusal(reason)) => with(
                "dette er et avslag fra statistikkbanken, ikke en tabell: {0}",
                "dette er eit avslag frå statistikkbanken, ikkje ein tabell: {0}",
                "this is a refusal by the statistics bank, not a table: {0}",
                &[reason],
            ),
            Self::NoTable => {
                t("det er ingen tabell i fila", "det er ingen tabell i fila", "there is no table in the file")
            }
            Self::OtherKind { .. } => t(
                "fila er noe annet enn det som trengs",
                "fila er noko anna enn det som trengst",
                "the file is something else than what is needed",
            ),
            Self::LostLetter => t("en bokstav er gått tapt", "ein bokstav har gått tapt", "a letter was lost"),
            Self::OddLetter => t(
                "et tegn inne i et ord tyder på en annen tegnkoding",
                "eit teikn inne i eit ord tyder på ei anna teiknkoding",
                "a sign inside a word tells of another encoding",
            ),
            Self::NoHeadings => t(
                "den første linja har verdier, ikke overskrifter",
                "den første linja har verdiar, ikkje overskrifter",
                "the first line has values, not headings",
            ),
            Self::HeadingCount { headings, columns } => with(
                "{0} overskrifter over {1} kolonner",
                "{0} overskrifter over {1} kolonnar",
                "{0} headings over {1} columns",
                &[&headings.to_string(), &columns.to_string()],
            ),
            Self::DoubleHeading { .. } => {
                t("overskriften står to ganger", "overskrifta står to gonger", "the heading occurs twice")
            }
            Self::HeadingDoesNotFit { role } => with(
                "overskriften sier {0}, men verdiene er noe annet",
                "overskrifta seier {0}, men verdiane er noko anna",
                "the heading says {0}, but the values are something else",
                &[role.words(lang)],
            ),
            Self::NoFigures { .. } => t("ingen kolonne har tall", "ingen kolonne har tal", "no column has figures"),
            Self::NoDimensions { .. } => t(
                "alle kolonner ser ut som tall; ingen sier hva de gjelder",
                "alle kolonnar ser ut som tal; ingen seier kva dei gjeld",
                "every column looks like figures; none says what they are of",
            ),
            Self::TwoMeasures { .. } => t(
                "måltallet står både i en kolonne og i overskriftene",
                "måltalet står både i ein kolonne og i overskriftene",
                "the measure stands both in a column and in the headings",
            ),
            Self::NoColumn { .. } => t("kolonnen finnes ikke", "kolonnen finst ikkje", "there is no such column"),
            Self::NoCategory => t("verdien mangler", "verdien manglar", "the value is missing"),
            Self::NotAPeriod => t("dette er ikke en tid", "dette er ikkje ei tid", "this is not a period"),
            Self::OutOfPlace => t(
                "verdien hører ikke hjemme i denne kolonnen",
                "verdien høyrer ikkje heime i denne kolonnen",
                "the value does not belong in this column",
            ),
            Self::NotANumber => t("dette er ikke et tall", "dette er ikkje eit tal", "this is not a number"),
            Self::AmbiguousNumber => t(
                "tallet kan leses på to måter, og ingenting i fila avgjør hvilken",
                "talet kan lesast på to måtar, og ingenting i fila avgjer kva for ein",
                "the number can be read in two ways, and nothing in the file decides which",
            ),
            Self::OtherDecimalMark { .. } => t(
                "tallet har et annet desimaltegn enn resten av fila",
                "talet har eit anna desimalteikn enn resten av fila",
                "the number has another decimal mark than the rest of the file",
            ),
            Self::DoubleCategory { first } => with(
                "to verdier har samme kode; den andre er «{0}»",
                "to verdiar har same kode; den andre er «{0}»",
                "two values have one code; the other is {0}",
                &[first],
            ),
            Self::DoubleCell { line, value } => with(
                "cella står alt på linje {0}, med verdien {1}",
                "cella står alt på linje {0}, med verdien {1}",
                "the cell stands on line {0} already, with the value {1}",
                &[&line.to_string(), value],
            ),
            Self::RepeatedCell { line } => with(
                "raden står alt på linje {0}; den teller én gang",
                "rada står alt på linje {0}; ho tel éin gong",
                "the record stands on line {0} already; it counts once",
                &[&line.to_string()],
            ),
            Self::CutTable { found, size, sure } => {
                let words = if *sure {
                    lang.pick(
                        "tabellen er avkortet: {0} av {1} celler, og ingen linjeslutt",
                        "tabellen er avkorta: {0} av {1} celler, og ingen linjeslutt",
                        "the table is cut off: {0} of {1} cells, and no line end",
                    )
                } else {
                    lang.pick(
                        "tabellen kan være avkortet: {0} av {1} celler, og de som mangler, er de siste",
                        "tabellen kan vere avkorta: {0} av {1} celler, og dei som manglar, er dei siste",
                        "the table may be cut off: {0} of {1} cells, and those missing are the last",
                    )
                };
                fill(words, &[&found.to_string(), &size.to_string()])
            }
            Self::CellCount { .. } => t(
                "antallet verdier passer ikke med kategoriene",
                "talet på verdiar passar ikkje med kategoriane",
                "the number of values does not fit the categories",
            ),
            Self::TooLarge => t("tabellen er for stor", "tabellen er for stor", "the table is too large"),
            Self::Json { reason } => {
                with("dette er ikke JSON: {0}", "dette er ikkje JSON: {0}", "this is not JSON: {0}", &[reason])
            }
            Self::Member { .. } => t(
                "feltet mangler, eller er noe annet enn det skal være",
                "feltet manglar, eller er noko anna enn det skal vere",
                "the member is missing, or not what it should be",
            ),
            Self::SeveralTables { .. } => {
                t("fila har flere tabeller", "fila har fleire tabellar", "the file has several tables")
            }
            Self::UnknownStatus => t("tegnet er ukjent", "teiknet er ukjent", "the symbol is not known"),
            Self::Px { .. } => t(
                "fila følger ikke PX-formatet",
                "fila følgjer ikkje PX-formatet",
                "the file is not PX as it should be",
            ),
            Self::NoKeyword => t("nøkkelordet mangler", "nøkkelordet manglar", "the keyword is missing"),
            Self::PxVariable { .. } => t(
                "variabelen har ingen verdier, eller finnes ikke",
                "variabelen har ingen verdiar, eller finst ikkje",
                "the variable has no values, or does not exist",
            ),
            Self::NoDimension { role, .. } => with(
                "tabellen har ikke én dimensjon for {0}",
                "tabellen har ikkje éin dimensjon for {0}",
                "the table does not have one dimension for {0}",
                &[role.words(lang)],
            ),
            Self::OpenDimension { .. } => t(
                "tabellen er delt etter noe som det ikke er valgt i",
                "tabellen er delt etter noko som det ikkje er valt i",
                "the table is split by something of which nothing was chosen",
            ),
            Self::NoMeasure { .. } => t("måltallet finnes ikke", "måltalet finst ikkje", "there is no such measure"),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_owned());
        let with = |nb, nn, en, values: &[&str]| Some(fill(lang.pick(nb, nn, en), values));
        match self {
            Self::NoText(_) | Self::NoTable => t(
                "CSV, JSON-stat, PX eller xlsx fra statistikkbanken, eller en kodeliste fra Klass",
                "CSV, JSON-stat, PX eller xlsx frå statistikkbanken, eller ei kodeliste frå Klass",
                "CSV, JSON-stat, PX or xlsx of the statistics bank, or a code list of Klass",
            ),
            Self::OtherKind { expected } | Self::Member { expected } | Self::Px { expected } => {
                Some((*expected).into())
            }
            Self::NoHeadings | Self::HeadingCount { .. } => {
                t("én overskrift over hver kolonne", "éi overskrift over kvar kolonne", "one heading over each column")
            }
            Self::DoubleHeading { line } => with(
                "en overskrift som ikke står på linje {0} før",
                "ei overskrift som ikkje står på linje {0} før",
                "a heading that line {0} does not have already",
                &[&line.to_string()],
            ),
            Self::HeadingDoesNotFit { role } => Some(
                match role {
                    Role::Time => lang.pick(
                        "tider som 2024, 2024K1, 2024M03",
                        "tider som 2024, 2024K1, 2024M03",
                        "periods such as 2024, 2024K1, 2024M03",
                    ),
                    Role::Age => lang.pick(
                        "aldre som 015, 15 år, 105+",
                        "aldrar som 015, 15 år, 105+",
                        "ages such as 015, 15 år, 105+",
                    ),
                    Role::Sex => lang.pick(
                        "menn, kvinner, begge kjønn eller 1, 2, 0",
                        "menn, kvinner, begge kjønn eller 1, 2, 0",
                        "men, women, both sexes or 1, 2, 0",
                    ),
                    _ => lang.pick("regioner", "regionar", "regions"),
                }
                .into(),
            ),
            Self::NoFigures { names } | Self::NoDimensions { names } | Self::TwoMeasures { headings: names } => {
                with("kolonnene er {0}", "kolonnane er {0}", "the columns are {0}", &[&few(names)])
            }
            Self::NoColumn { exists }
            | Self::PxVariable { exists }
            | Self::NoDimension { exists, .. }
            | Self::NoMeasure { exists } => with("en av {0}", "ein av {0}", "one of {0}", &[&few(exists)]),
            Self::OpenDimension { categories } => with(
                "én kategori, eller en for alle; den har {0}",
                "éin kategori, eller ein for alle; han har {0}",
                "one category, or one for all; it has {0}",
                &[&few(categories)],
            ),
            Self::NotAPeriod => t(
                "en tid som 2024, 2024K1, 2024M03",
                "ei tid som 2024, 2024K1, 2024M03",
                "a period such as 2024, 2024K1, 2024M03",
            ),
            Self::NotANumber => t(
                "et tall, eller . .. ... : - som tegn for ikke noe tall",
                "eit tal, eller . .. ... : - som teikn for ikkje noko tal",
                "a number, or . .. ... : - as the symbol for none",
            ),
            Self::OtherDecimalMark { found } => Some(
                match found {
                    DecimalMark::Point => lang.pick("desimalkomma", "desimalkomma", "a decimal comma"),
                    DecimalMark::Comma => lang.pick("desimalpunktum", "desimalpunktum", "a decimal point"),
                }
                .into(),
            ),
            Self::CellCount { expected, found } => with(
                "{0} verdier; det er {1}",
                "{0} verdiar; det er {1}",
                "{0} values; there are {1}",
                &[&expected.to_string(), &found.to_string()],
            ),
            Self::SeveralTables { names } => with(
                "én tabell; fila har {0}",
                "éin tabell; fila har {0}",
                "one table; the file has {0}",
                &[&few(names)],
            ),
            Self::UnknownStatus => Some(". .. ... : - *".into()),
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_owned());
        match self {
            Self::NoText(NoText::Html(_) | NoText::Refusal(_) | NoText::Pdf | NoText::Binary) | Self::NoTable => t(
                "hent tabellen på nytt fra statistikkbanken, som CSV (UTF-8) eller JSON-stat",
                "hent tabellen på nytt frå statistikkbanken, som CSV (UTF-8) eller JSON-stat",
                "fetch the table again from the statistics bank, as CSV (UTF-8) or JSON-stat",
            ),
            Self::NoText(NoText::Gzip | NoText::Zip) => {
                t("pakk ut fila først", "pakk ut fila først", "unpack the file first")
            }
            Self::NoText(NoText::Workbook) => t(
                "åpne den i et regneark og lagre den som CSV (UTF-8)",
                "opne ho i eit rekneark og lagre ho som CSV (UTF-8)",
                "open it in a spreadsheet and save it as CSV (UTF-8)",
            ),
            Self::LostLetter | Self::OddLetter => t(
                "hent fila på nytt; åpner du den i et regneark, velg UTF-8 før du lagrer",
                "hent fila på nytt; opnar du ho i eit rekneark, vel UTF-8 før du lagrar",
                "fetch the file again; if you open it in a spreadsheet, choose UTF-8 before you save",
            ),
            Self::NoHeadings | Self::HeadingCount { .. } => t(
                "rett den første linja, eller gi overskriftene med --columns",
                "rett den første linja, eller gje overskriftene med --columns",
                "mend the first line, or give the headings with --columns",
            ),
            Self::HeadingDoesNotFit { .. } => t(
                "se etter om overskriftene er forskjøvet en kolonne",
                "sjå etter om overskriftene er forskovne ein kolonne",
                "look whether the headings are shifted by a column",
            ),
            Self::OutOfPlace => t(
                "se etter om raden er forskjøvet en kolonne",
                "sjå etter om rada er forskoven ein kolonne",
                "look whether the record is shifted by a column",
            ),
            Self::NoFigures { .. } | Self::NoDimensions { .. } => t(
                "gi kolonnene med tall med --figures",
                "gje kolonnane med tal med --figures",
                "name the columns of figures with --figures",
            ),
            Self::TwoMeasures { .. } => t(
                "hent tabellen med alle variabler nedover",
                "hent tabellen med alle variablar nedover",
                "fetch the table with all variables in the stub",
            ),
            Self::AmbiguousNumber => t(
                "si hvilket desimaltegn fila har, med --decimal comma eller --decimal point; i en prosjektfil decimal = \"comma\" eller \"point\"",
                "sei kva desimalteikn fila har, med --decimal comma eller --decimal point; i ei prosjektfil decimal = \"comma\" eller \"point\"",
                "say which decimal mark the file has, with --decimal comma or --decimal point; in a project file decimal = \"comma\" or \"point\"",
            ),
            Self::OtherDecimalMark { .. } => t(
                "se etter hvor tallet kommer fra; fila er trolig redigert",
                "sjå etter kvar talet kjem frå; fila er truleg redigert",
                "look where the number comes from; the file was probably edited",
            ),
            Self::DoubleCategory { .. } => t(
                "hent tabellen med koder, så verdiene kan skilles",
                "hent tabellen med kodar, så verdiane kan skiljast",
                "fetch the table with codes, so that the values can be told apart",
            ),
            Self::DoubleCell { .. } => t(
                "ta bort den ene, eller si med --figures hvilke kolonner som er tall, om en av dem er koder",
                "ta bort den eine, eller sei med --figures kva for kolonnar som er tal, om ein av dei er kodar",
                "remove one of them, or say with --figures which columns are figures if one of them holds codes",
            ),
            Self::CutTable { .. } | Self::CellCount { .. } => {
                t("hent fila på nytt", "hent fila på nytt", "fetch the file again")
            }
            Self::TooLarge => t(
                "hent en mindre del av tabellen",
                "hent ein mindre del av tabellen",
                "fetch a smaller part of the table",
            ),
            Self::SeveralTables { .. } => {
                t("lagre hver tabell for seg", "lagre kvar tabell for seg", "save each table on its own")
            }
            Self::OpenDimension { .. } => t(
                "hent tabellen uten denne delingen",
                "hent tabellen utan denne delinga",
                "fetch the table without this split",
            ),
            _ => None,
        }
    }
}
