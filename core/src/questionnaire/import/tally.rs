//! What was done and what was found, counted, with the first lines.

/// How often, and where first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often.
    pub count: u64,
    /// The first lines, up to [`Tally::LINES`].
    pub lines: Vec<u64>,
}

impl Tally {
    /// Lines that are kept.
    pub const LINES: usize = 20;

    /// Counts one at a line.
    #[inline]
    pub(super) fn add(&mut self, line: u64) {
        self.count += 1;
        if self.lines.len() < Self::LINES {
            self.lines.push(line);
        }
    }

    /// Adds what was counted in other rows of the same export.
    pub(super) fn append(&mut self, other: &Self) {
        self.count += other.count;
        self.lines.extend(&other.lines);
        self.lines.sort_unstable();
        self.lines.truncate(Self::LINES);
    }
}

/// What was changed in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A label became its code.
    Label,
    /// A label with other punctuation became its code.
    Punctuation,
    /// A code in another form became the questionnaire's: `5.0`, `q`.
    CodeForm,
    /// Code and label together became the code.
    CodeAndLabel,
    /// A text that was encoded twice was put right.
    Mojibake,
    /// A tick in words or another number became 1 or 0.
    Tick,
    /// Several choices in one cell became a column each.
    Split,
    /// A decimal comma became a point.
    DecimalComma,
    /// A number was written shorter: `7.0`.
    NumberForm,
    /// Marks between thousands were taken out.
    Thousands,
    /// A date became ISO 8601.
    DateForm,
    /// Spaces around a value were taken off.
    Trimmed,
    /// An exporter's guard against formulas was taken off.
    Guard,
    /// A word for "not shown" became empty.
    NotShown,
}

impl Change {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Label,
        Self::Punctuation,
        Self::CodeForm,
        Self::CodeAndLabel,
        Self::Mojibake,
        Self::Tick,
        Self::Split,
        Self::DecimalComma,
        Self::NumberForm,
        Self::Thousands,
        Self::DateForm,
        Self::Trimmed,
        Self::Guard,
        Self::NotShown,
    ];

    /// A stable slug.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Label => "label_to_code",
            Self::Punctuation => "punctuation",
            Self::CodeForm => "code_form",
            Self::CodeAndLabel => "code_and_label",
            Self::Mojibake => "mojibake",
            Self::Tick => "tick",
            Self::Split => "split",
            Self::DecimalComma => "decimal_comma",
            Self::NumberForm => "number_form",
            Self::Thousands => "thousands",
            Self::DateForm => "date_form",
            Self::Trimmed => "trimmed",
            Self::Guard => "guard_undone",
            Self::NotShown => "not_shown",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn words(self, lang: crate::text::Lang) -> &'static str {
        match self {
            Self::Label => lang.pick("tekst til kode", "tekst til kode", "label to code"),
            Self::Punctuation => lang.pick(
                "tekst med andre skilletegn til kode",
                "tekst med andre skiljeteikn til kode",
                "label with other punctuation to code",
            ),
            Self::CodeForm => lang.pick("kode i annen form", "kode i anna form", "code in another form"),
            Self::CodeAndLabel => {
                lang.pick("kode og tekst til kode", "kode og tekst til kode", "code and label to code")
            }
            Self::Mojibake => {
                lang.pick("dobbelt kodet tekst rettet", "dobbelt koda tekst retta", "text encoded twice put right")
            }
            Self::Tick => lang.pick("avkryssing til 1 og 0", "avkryssing til 1 og 0", "tick to 1 and 0"),
            Self::Split => lang.pick("flere valg delt opp", "fleire val delte opp", "several choices split"),
            Self::DecimalComma => {
                lang.pick("desimalkomma til punktum", "desimalkomma til punktum", "decimal comma to point")
            }
            Self::NumberForm => lang.pick("tall kortet ned", "tal korta ned", "number shortened"),
            Self::Thousands => lang.pick("tusenskille fjernet", "tusenskilje fjerna", "thousands marks removed"),
            Self::DateForm => lang.pick("dato til ISO 8601", "dato til ISO 8601", "date to ISO 8601"),
            Self::Trimmed => lang.pick("mellomrom fjernet", "mellomrom fjerna", "spaces removed"),
            Self::Guard => lang.pick("formelvern fjernet", "formelvern fjerna", "formula guard removed"),
            Self::NotShown => lang.pick("«ikke vist» til tomt", "«ikkje vist» til tomt", "“not shown” to empty"),
        }
    }
}

/// The changes of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes([Tally; 14]);

impl Changes {
    #[inline]
    pub(super) fn add(&mut self, change: Change, line: u64) {
        self.0[change as usize].add(line);
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| own.append(other));
    }

    /// Those that happened.
    pub fn iter(&self) -> impl Iterator<Item = (Change, &Tally)> {
        Change::ALL.into_iter().zip(&self.0).filter(|(_, tally)| tally.count > 0)
    }
}
