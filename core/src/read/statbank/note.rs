//! What was assumed in reading, in words.

use super::table::Role;
use crate::read::DecimalMark;
use crate::read::problem::fill;
use crate::text::Lang;

/// One assumption. None changes a number without being told here.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are the numbers and names in the sentence")]
pub enum Note {
    /// Not UTF-8, so read as Windows-1252, of which ISO-8859-1 text is a part.
    Windows1252,
    /// The file names an encoding, but its bytes are UTF-8.
    Declared { declared: String },
    /// The text stood in a fence of Markdown; what is outside it was left out.
    Fence,
    /// The separator that gives the most rows as many columns.
    Separator { separator: char },
    /// The decimal mark, and the line that shows it.
    Decimal { mark: DecimalMark, line: u64 },
    /// Numbers such as `1,234` whose mark was read as the file's decimal mark.
    ReadAsDecimal { count: u64, line: u64 },
    /// Spaces in numbers part the thousands.
    Spaces { count: u64, line: u64 },
    /// A point or comma in numbers parts the thousands.
    Thousands { mark: DecimalMark, count: u64, line: u64 },
    /// A dash alone, read as `-`.
    Dashes { count: u64, line: u64 },
    /// Cells with nothing in them.
    Blanks { count: u64 },
    /// The columns that hold figures, where more could be meant.
    Figures { names: Vec<String> },
    /// The measure has no name in the file.
    UnnamedMeasure { label: String },
    /// Headings end in periods: parted into measure and period.
    PeriodsAcross { example: String },
    /// Headings of which only some end in periods: each is a measure.
    UnlikeHeadings { names: Vec<String> },
    /// One heading less than columns, the first column being the only one with text.
    NoStubHeading,
    /// Cells left blank that repeat the one above.
    FilledDown { dimension: String, count: u64 },
    /// What a dimension is, by its values.
    RoleByValues { dimension: String, role: Role },
    /// Code and label were one text.
    Parted { dimension: String, example: String },
    /// A prefix was taken off codes.
    Prefix { dimension: String, example: String },
    /// A suffix of years was taken off labels.
    Suffix { dimension: String, count: u64 },
    /// 1 is men, 2 is women, 0 is both.
    SexCodes { dimension: String },
    /// Codes of three digits got a zero in front.
    LeadingZero { dimension: String, example: String },
    /// The whole country had no code.
    Nation { label: String },
    /// Not every combination is in the file.
    Incomplete { found: u64, size: u64 },
    /// A dimension that was not asked for, at the category for all.
    TotalTaken { dimension: String, category: String },
}

impl Note {
    /// A stable slug for scripts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Windows1252 => "windows-1252",
            Self::Declared { .. } => "other-encoding",
            Self::Fence => "fence",
            Self::Separator { .. } => "separator",
            Self::Decimal { .. } => "decimal-mark",
            Self::ReadAsDecimal { .. } => "read-as-decimal",
            Self::Spaces { .. } => "thousands-space",
            Self::Thousands { .. } => "thousands-mark",
            Self::Dashes { .. } => "dash",
            Self::Blanks { .. } => "blank-cells",
            Self::Figures { .. } => "figures",
            Self::UnnamedMeasure { .. } => "unnamed-measure",
            Self::PeriodsAcross { .. } => "periods-across",
            Self::UnlikeHeadings { .. } => "unlike-headings",
            Self::NoStubHeading => "no-stub-heading",
            Self::FilledDown { .. } => "filled-down",
            Self::RoleByValues { .. } => "role-by-values",
            Self::Parted { .. } => "code-and-label",
            Self::Prefix { .. } => "prefix",
            Self::Suffix { .. } => "validity",
            Self::SexCodes { .. } => "sex-codes",
            Self::LeadingZero { .. } => "leading-zero",
            Self::Nation { .. } => "nation",
            Self::Incomplete { .. } => "incomplete",
            Self::TotalTaken { .. } => "total-taken",
        }
    }

    /// The assumption as a sentence, lower case and without full stop.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let mark = |mark: DecimalMark| match mark {
            DecimalMark::Point => lang.pick("punktum", "punktum", "a point"),
            DecimalMark::Comma => lang.pick("komma", "komma", "a comma"),
        };
        let t = |nb, nn, en, values: &[&str]| fill(lang.pick(nb, nn, en), values);
        match self {
            Self::Windows1252 => t(
                "teksten er ikke UTF-8 og er lest som ISO-8859-1 (Windows-1252)",
                "teksten er ikkje UTF-8 og er lesen som ISO-8859-1 (Windows-1252)",
                "the text is not UTF-8 and was read as ISO-8859-1 (Windows-1252)",
                &[],
            ),
            Self::Declared { declared } => t(
                "fila sier «{0}», men teksten er UTF-8 og er lest slik",
                "fila seier «{0}», men teksten er UTF-8 og er lesen slik",
                "the file says {0}, but the text is UTF-8 and was read so",
                &[declared],
            ),
            Self::Fence => t(
                "teksten sto i en kodeblokk; det utenfor er utelatt",
                "teksten stod i ei kodeblokk; det utanfor er utelate",
                "the text stood in a fenced block; what is outside was left out",
                &[],
            ),
            Self::Separator { separator } => {
                let separator = if *separator == '\t' { "tab".into() } else { separator.to_string() };
                t("skilletegnet er «{0}»", "skiljeteiknet er «{0}»", "the separator is {0}", &[&separator])
            }
            Self::Decimal { mark: found, line } => t(
                "desimaltegnet er {0}, som linje {1} viser",
                "desimalteiknet er {0}, som linje {1} viser",
                "the decimal mark is {0}, as line {1} shows",
                &[mark(*found), &line.to_string()],
            ),
            Self::ReadAsDecimal { count, line } => t(
                "{0} tall med tre sifre etter merket er lest med filas desimaltegn, det første på linje {1}",
                "{0} tal med tre siffer etter merket er lesne med desimalteiknet til fila, det første på linje {1}",
                "{0} numbers with three digits after the mark were read by the file's decimal mark, the first on line {1}",
                &[&count.to_string(), &line.to_string()],
            ),
            Self::Spaces { count, line } => t(
                "mellomrom i {0} tall skiller tusener, det første på linje {1}",
                "mellomrom i {0} tal skil tusen, det første på linje {1}",
                "spaces in {0} numbers part thousands, the first on line {1}",
                &[&count.to_string(), &line.to_string()],
            ),
            Self::Thousands { mark: found, count, line } => t(
                "{0} i {1} tall skiller tusener, det første på linje {2}",
                "{0} i {1} tal skil tusen, det første på linje {2}",
                "{0} in {1} numbers parts thousands, the first on line {2}",
                &[mark(*found), &count.to_string(), &line.to_string()],
            ),
            Self::Dashes { count, line } => t(
                "{0} tankestreker er lest som «-», ekte null, den første på linje {1}",
                "{0} tankestrekar er lesne som «-», ekte null, den første på linje {1}",
                "{0} dashes were read as -, a true zero, the first on line {1}",
                &[&count.to_string(), &line.to_string()],
            ),
            Self::Blanks { count } => t(
                "{0} tomme celler har ikke noe tall",
                "{0} tomme celler har ikkje noko tal",
                "{0} empty cells have no number",
                &[&count.to_string()],
            ),
            Self::Figures { names } => t(
                "kolonner lest som tall: {0}",
                "kolonnar lesne som tal: {0}",
                "columns read as figures: {0}",
                &[&names.join(", ")],
            ),
            Self::UnnamedMeasure { label } => t(
                "fila gir ikke tallene noe navn; de heter «{0}» etter tittelen",
                "fila gjev ikkje tala noko namn; dei heiter «{0}» etter tittelen",
                "the file gives the figures no name; they are called {0} by the title",
                &[label],
            ),
            Self::PeriodsAcross { example } => t(
                "overskrifter som «{0}» er delt i måltall og tid",
                "overskrifter som «{0}» er delte i måltal og tid",
                "headings such as {0} were parted into measure and period",
                &[example],
            ),
            Self::UnlikeHeadings { names } => t(
                "bare noen overskrifter slutter med en tid, så hver er et måltall: {0}",
                "berre nokre overskrifter sluttar med ei tid, så kvar er eit måltal: {0}",
                "only some headings end in a period, so each is a measure: {0}",
                &[&names.join(", ")],
            ),
            Self::NoStubHeading => t(
                "den første kolonnen har ingen overskrift",
                "den første kolonnen har inga overskrift",
                "the first column has no heading",
                &[],
            ),
            Self::FilledDown { dimension, count } => t(
                "{1} tomme celler i «{0}» er fylt med den over",
                "{1} tomme celler i «{0}» er fylte med den over",
                "{1} blank cells of {0} were filled with the one above",
                &[dimension, &count.to_string()],
            ),
            Self::RoleByValues { dimension, role } => t(
                "«{0}» er lest som {1}, etter verdiene",
                "«{0}» er lesen som {1}, etter verdiane",
                "{0} was read as {1}, by its values",
                &[dimension, role.words(lang)],
            ),
            Self::Parted { dimension, example } => t(
                "verdier i «{0}» som «{1}» er delt i kode og navn",
                "verdiar i «{0}» som «{1}» er delte i kode og namn",
                "values of {0} such as {1} were parted into code and label",
                &[dimension, example],
            ),
            Self::Prefix { dimension, example } => t(
                "koder i «{0}» som «{1}» er lest uten forstavelsen: tall på grensene til den grupperingen",
                "kodar i «{0}» som «{1}» er lesne utan forstavinga: tal på grensene til den grupperinga",
                "codes of {0} such as {1} were read without the prefix: figures on the borders of that grouping",
                &[dimension, example],
            ),
            Self::Suffix { dimension, count } => t(
                "år i parentes etter {1} navn i «{0}» er lest som når koden gjelder",
                "år i parentes etter {1} namn i «{0}» er lesne som når koden gjeld",
                "years in brackets after {1} names of {0} were read as when the code is valid",
                &[dimension, &count.to_string()],
            ),
            Self::SexCodes { dimension } => t(
                "i «{0}» er 1 menn, 2 kvinner og 0 begge",
                "i «{0}» er 1 menn, 2 kvinner og 0 begge",
                "in {0}, 1 is men, 2 is women and 0 is both",
                &[dimension],
            ),
            Self::LeadingZero { dimension, example } => t(
                "koder i «{0}» med tre sifre, som «{1}», har fått en null foran",
                "kodar i «{0}» med tre siffer, som «{1}», har fått ein null føre",
                "codes of {0} with three digits, such as {1}, were given a zero in front",
                &[dimension, example],
            ),
            Self::Nation { label } => t(
                "«{0}» har ingen kode i fila og har fått 0, hele landet",
                "«{0}» har ingen kode i fila og har fått 0, heile landet",
                "{0} has no code in the file and was given 0, the whole country",
                &[label],
            ),
            Self::Incomplete { found, size } => t(
                "fila har {0} av de {1} cellene som kategoriene gir",
                "fila har {0} av dei {1} cellene som kategoriane gjev",
                "the file has {0} of the {1} cells that the categories make",
                &[&found.to_string(), &size.to_string()],
            ),
            Self::TotalTaken { dimension, category } => t(
                "av «{0}» er bare «{1}» brukt",
                "av «{0}» er berre «{1}» brukt",
                "of {0} only {1} was used",
                &[dimension, category],
            ),
        }
    }
}

impl Role {
    /// What it stands for, in words.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Region => lang.pick("region", "region", "region"),
            Self::Workplace => lang.pick("arbeidssted", "arbeidsstad", "place of work"),
            Self::Residence => lang.pick("bosted", "bustad", "place of residence"),
            Self::Time => lang.pick("tid", "tid", "time"),
            Self::Age => lang.pick("alder", "alder", "age"),
            Self::Sex => lang.pick("kjønn", "kjønn", "sex"),
            Self::Other => lang.pick("annet", "anna", "other"),
        }
    }
}
