//! What can be wrong with a table that is to be protected.

use super::form::Kind;
use super::tables::{FormulaProblem, HierarchyProblem};
use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;

/// What is wrong with a table, its hierarchies or its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the names and numbers in the message")]
pub enum DisclosureProblem {
    /// A hierarchy that is none.
    Hierarchy(HierarchyProblem),
    /// A formula that is none.
    Formula(FormulaProblem),
    /// A column of a formula whose codes are in no hierarchy.
    NoDimension,
    /// A code that the hierarchy does not have.
    OutsideHierarchy,
    /// A code that is a sum of others.
    SumAmongParts,
    /// A count that is negative or no whole number.
    NotACount,
    /// More cells than can be held.
    TooManyCells { limit: usize },
    /// More people than can be counted.
    TooManyPeople { limit: u64 },
    /// A table without records.
    NoRecords,
    /// A file that is no JSON.
    NotJson,
    /// A value of another kind than is asked for.
    WrongKind { kind: Kind },
    /// A member of an object that means nothing there.
    UnknownMember { exists: Vec<String> },
    /// A member that must be there.
    MemberMissing { name: String },
    /// Two members of one name.
    MemberTwice,
    /// A text that must be one of some.
    UnknownKind { exists: Vec<String> },
    /// Codes that differ in the spaces around them only.
    CodesAlike,
    /// A stated sum that is not what its parts add up to.
    NotTheSum,
    /// A code that no dimension has.
    NoSuchCode,
    /// A cell that no release knows.
    NoSuchCell,
    /// A table of no dimension.
    NoDimensions,
    /// A dimension that is named twice.
    DimensionTwice,
    /// A hierarchy without the dimension that it is of, where there are several.
    WhichDimension,
    /// A dimension that the table does not have.
    UnknownDimension { exists: Vec<String> },
    /// Two tables that give different counts for the same cell.
    Mismatch { first: u64, second: u64 },
    /// A key with more or fewer codes than there are dimensions.
    KeyLength { dims: usize },
    /// A shown cell without its count.
    ShownWithoutCount,
    /// A cell that was published with two counts.
    TwoCounts { first: u64, second: u64 },
    /// A fact with numbers that are too large or too fine.
    NotAFact,
    /// Not a percentage.
    NotAShare,
    /// Published figures that no counts fit.
    Contradiction,
    /// Records of a cell that has one already.
    AddedUp { count: u64 },
    /// A cell that stays open to an attacker, whatever is hidden.
    Exposed,
    /// A name that the output needs for itself.
    NameTaken,
}

impl Explain for DisclosureProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Hierarchy(HierarchyProblem::Circle { .. }) => "hierarchy-circle",
            Self::Hierarchy(HierarchyProblem::Twice { .. }) => "hierarchy-twice",
            Self::Hierarchy(HierarchyProblem::Uneven { .. }) => "hierarchy-uneven",
            Self::Formula(_) => "formula",
            Self::NoDimension => "no-dimension",
            Self::OutsideHierarchy => "outside-hierarchy",
            Self::SumAmongParts => "sum-among-parts",
            Self::NotACount => "not-a-count",
            Self::TooManyCells { .. } => "too-many-cells",
            Self::TooManyPeople { .. } => "too-many-people",
            Self::NoRecords => "empty-table",
            Self::NotJson => "not-json",
            Self::WrongKind { .. } => "wrong-kind",
            Self::UnknownMember { .. } => "unknown-member",
            Self::MemberMissing { .. } => "member-missing",
            Self::MemberTwice => "member-twice",
            Self::UnknownKind { .. } => "unknown-kind",
            Self::CodesAlike => "codes-alike",
            Self::NotTheSum => "not-the-sum",
            Self::NoSuchCode => "no-such-code",
            Self::NoSuchCell => "no-such-cell",
            Self::NoDimensions => "no-dimensions",
            Self::DimensionTwice => "dimension-twice",
            Self::WhichDimension => "which-dimension",
            Self::UnknownDimension { .. } => "unknown-dimension",
            Self::Mismatch { .. } => "mismatch",
            Self::KeyLength { .. } => "key-length",
            Self::ShownWithoutCount => "shown-without-count",
            Self::TwoCounts { .. } => "two-counts",
            Self::NotAFact => "not-a-fact",
            Self::NotAShare => "not-a-share",
            Self::Contradiction => "contradiction",
            Self::AddedUp { .. } => "added-up",
            Self::Exposed => "exposed",
            Self::NameTaken => "name-taken",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Hierarchy(HierarchyProblem::Circle { code }) => fill(
                lang.pick(
                    "koden {0} ligger under seg selv",
                    "koden {0} ligg under seg sjølv",
                    "code {0} lies below itself",
                ),
                &[code],
            ),
            Self::Hierarchy(HierarchyProblem::Twice { parent, child }) => fill(
                lang.pick(
                    "koden {1} er to ganger med i summen {0}",
                    "koden {1} er to gonger med i summen {0}",
                    "code {1} is summed to {0} twice",
                ),
                &[parent, child],
            ),
            Self::Hierarchy(HierarchyProblem::Uneven { parent, code }) => fill(
                lang.pick(
                    "to inndelinger av {0} dekker ikke det samme: {1} er bare i den ene",
                    "to inndelingar av {0} dekkjer ikkje det same: {1} er berre i den eine",
                    "two trees of {0} do not cover the same: {1} is in one of them only",
                ),
                &[parent, code],
            ),
            Self::Formula(FormulaProblem::Unexpected { found }) if found.is_empty() => lang
                .pick("formelen slutter for tidlig", "formelen sluttar for tidleg", "the formula ends too early")
                .into(),
            Self::Formula(FormulaProblem::Unexpected { found }) => fill(
                lang.pick("uventet «{0}» i formelen", "uventa «{0}» i formelen", "unexpected {0} in the formula"),
                &[found],
            ),
            Self::NoDimension => lang
                .pick(
                    "kolonnen i formelen hører ikke til noen dimensjon",
                    "kolonnen i formelen høyrer ikkje til nokon dimensjon",
                    "the column in the formula belongs to no dimension",
                )
                .into(),
            Self::OutsideHierarchy => lang
                .pick("koden er ikke i hierarkiet", "koden er ikkje i hierarkiet", "the code is not in the hierarchy")
                .into(),
            Self::SumAmongParts => lang
                .pick(
                    "koden er en sum av andre; tabellen skal ha de innerste",
                    "koden er ein sum av andre; tabellen skal ha dei inste",
                    "the code is a sum of others; the table takes the innermost ones",
                )
                .into(),
            Self::NotACount => lang.pick("ikke et antall", "ikkje eit tal på nokon", "not a count").into(),
            Self::TooManyCells { limit } => fill(
                lang.pick(
                    "tabellen har mer enn {0} celler",
                    "tabellen har meir enn {0} celler",
                    "the table has more than {0} cells",
                ),
                &[&limit.to_string()],
            ),
            Self::TooManyPeople { limit } => fill(
                lang.pick(
                    "tabellen har mer enn {0} personer",
                    "tabellen har meir enn {0} personar",
                    "the table has more than {0} people",
                ),
                &[&limit.to_string()],
            ),
            Self::NoRecords => {
                lang.pick("tabellen har ingen poster", "tabellen har ingen postar", "the table has no records").into()
            }
            Self::NotJson => lang
                .pick(
                    "fila er ikke JSON fra dette stedet",
                    "fila er ikkje JSON frå denne staden",
                    "the file is no JSON from here on",
                )
                .into(),
            Self::WrongKind { .. } => {
                lang.pick("en annen slags verdi", "ein annan slags verdi", "a value of another kind").into()
            }
            Self::UnknownMember { .. } => lang
                .pick("nøkkelen betyr ikke noe her", "nøkkelen tyder ikkje noko her", "the key means nothing here")
                .into(),
            Self::MemberMissing { name } => {
                fill(lang.pick("nøkkelen {0} mangler", "nøkkelen {0} manglar", "the key {0} is missing"), &[name])
            }
            Self::MemberTwice => {
                lang.pick("nøkkelen står to ganger", "nøkkelen står to gonger", "the key stands twice").into()
            }
            Self::UnknownKind { .. } => lang.pick("ukjent regel", "ukjend regel", "unknown rule").into(),
            Self::CodesAlike => lang
                .pick(
                    "to koder er like når mellomrommene rundt dem er borte",
                    "to kodar er like når mellomromma rundt dei er borte",
                    "two codes are the same without the spaces around them",
                )
                .into(),
            Self::NotTheSum => lang
                .pick(
                    "summen i fila er ikke det radene den er summen av, gir",
                    "summen i fila er ikkje det radene han er summen av, gir",
                    "the sum in the file is not what the records that it sums up give",
                )
                .into(),
            Self::NoSuchCode => {
                lang.pick("ingen dimensjon har koden", "ingen dimensjon har koden", "no dimension has the code").into()
            }
            Self::NoSuchCell => lang
                .pick(
                    "ingen av tabellene har ei celle med disse kodene",
                    "ingen av tabellane har ei celle med desse kodane",
                    "none of the tables has a cell with these codes",
                )
                .into(),
            Self::NoDimensions => lang
                .pick("tabellen har ingen dimensjon", "tabellen har ingen dimensjon", "the table has no dimension")
                .into(),
            Self::DimensionTwice => lang
                .pick(
                    "dimensjonen er nevnt to ganger",
                    "dimensjonen er nemnd to gonger",
                    "the dimension is named twice",
                )
                .into(),
            Self::WhichDimension => lang
                .pick(
                    "hierarkiet sier ikke hvilken dimensjon det er av",
                    "hierarkiet seier ikkje kva dimensjon det er av",
                    "the hierarchy does not say which dimension it is of",
                )
                .into(),
            Self::UnknownDimension { .. } => lang
                .pick(
                    "tabellen har ikke denne dimensjonen",
                    "tabellen har ikkje denne dimensjonen",
                    "the table does not have this dimension",
                )
                .into(),
            Self::Mismatch { .. } => lang
                .pick(
                    "to tabeller gir ulike antall for samme celle",
                    "to tabellar gir ulike tal for same celle",
                    "two tables give different counts for the same cell",
                )
                .into(),
            Self::KeyLength { dims } => fill(
                lang.pick(
                    "nøkkelen har ikke {0} koder, en for hver dimensjon",
                    "nøkkelen har ikkje {0} kodar, ein for kvar dimensjon",
                    "the key does not have {0} codes, one for each dimension",
                ),
                &[&dims.to_string()],
            ),
            Self::ShownWithoutCount => lang
                .pick(
                    "en celle som vises, er uten antall",
                    "ei celle som blir vist, er utan tal",
                    "a cell that is shown has no count",
                )
                .into(),
            Self::TwoCounts { first, second } => fill(
                lang.pick(
                    "cella er publisert med to antall, {0} og {1}",
                    "cella er publisert med to tal, {0} og {1}",
                    "the cell was published with two counts, {0} and {1}",
                ),
                &[&first.to_string(), &second.to_string()],
            ),
            Self::NotAFact => lang
                .pick(
                    "tallene i opplysningen er for store eller har mer enn seks desimaler",
                    "tala i opplysninga er for store eller har meir enn seks desimalar",
                    "the numbers of the fact are too large or have more than six decimals",
                )
                .into(),
            Self::NotAShare => lang.pick("ikke en prosentandel", "ikkje ein prosentdel", "not a percentage").into(),
            Self::AddedUp { count: 1 } => lang
                .pick(
                    "en rad er om ei celle som allerede har en: antallene er lagt sammen",
                    "ei rad er om ei celle som alt har ei: tala er lagde saman",
                    "a record is of a cell that has one already: the counts are added up",
                )
                .into(),
            Self::AddedUp { count } => fill(
                lang.pick(
                    "{0} rader er om en celle som allerede har en: antallene er lagt sammen",
                    "{0} rader er om ei celle som alt har ei: tala er lagde saman",
                    "{0} records are of a cell that has one already: the counts are added up",
                ),
                &[&count.to_string()],
            ),
            Self::Contradiction => lang
                .pick(
                    "ingen antall passer til det som er publisert",
                    "ingen tal passar til det som er publisert",
                    "no counts fit what was published",
                )
                .into(),
            Self::Exposed => lang
                .pick(
                    "det som er synlig, ville røpet for mye om cella",
                    "det som er synleg, ville røpt for mykje om cella",
                    "what is shown would give away too much of the cell",
                )
                .into(),
            Self::NameTaken => lang
                .pick(
                    "navnet er et av utdataenes egne",
                    "namnet er eit av dei utdata har sjølve",
                    "the name is one of the output's own",
                )
                .into(),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let text = match self {
            Self::NotACount => {
                lang.pick("et helt tall, 0 eller mer", "eit heilt tal, 0 eller meir", "a whole number, 0 or more")
            }
            Self::Formula(_) => lang.pick(
                "navn på kolonner med +, *, : og parenteser, som ~ (kommune + region) * svar",
                "namn på kolonnar med +, *, : og parentesar, som ~ (kommune + region) * svar",
                "names of columns with +, *, : and brackets, as ~ (town + region) * answer",
            ),
            Self::UnknownDimension { exists } | Self::UnknownMember { exists } | Self::UnknownKind { exists } => {
                return Some(exists.join(", "));
            }
            Self::WrongKind { kind } => in_words(*kind, lang),
            Self::NotAShare => lang.pick("mellom 0 og 100", "mellom 0 og 100", "between 0 and 100"),
            _ => return None,
        };
        Some(text.into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let text = match self {
            Self::OutsideHierarchy | Self::NoDimension => lang.pick(
                "føy koden til i hierarkiet, eller rett den i tabellen",
                "føy koden til i hierarkiet, eller rett han i tabellen",
                "add the code to the hierarchy, or correct it in the table",
            ),
            Self::SumAmongParts => lang.pick(
                "ta bort raden, for summer blir regnet ut, eller si at fila har summer: --totals-included",
                "ta bort rada, for summar blir rekna ut, eller sei at fila har summar: --totals-included",
                "remove the record, for sums are computed, or say that the file has sums: --totals-included",
            ),
            Self::TooManyCells { .. } => lang.pick(
                "del tabellen, eller ta bort en dimensjon",
                "del tabellen, eller ta bort ein dimensjon",
                "split the table, or leave out a dimension",
            ),
            Self::NameTaken => lang.pick(
                "gi kolonnen et annet navn, eller skriv --format json",
                "gi kolonnen eit anna namn, eller skriv --format json",
                "give the column another name, or write --format json",
            ),
            Self::WhichDimension => {
                lang.pick("føy til en kolonne dimension", "føy til ein kolonne dimension", "add a column dimension")
            }
            Self::Mismatch { .. } => lang.pick(
                "lenkede tabeller teller de samme menneskene; antallene vises ikke her",
                "lenkja tabellar tel dei same menneska; tala blir ikkje viste her",
                "linked tables count the same people; the counts are not shown here",
            ),
            Self::ShownWithoutCount => lang.pick(
                "gi antallet som value eller count, eller hidden: true",
                "gi talet som value eller count, eller hidden: true",
                "give the count as value or count, or hidden: true",
            ),
            Self::TwoCounts { .. } => lang.pick(
                "dekker den andre publiseringen de samme og noen til: --grown",
                "dekkjer den andre publiseringa dei same og nokon til: --grown",
                "if the second release covers the same people and some more: --grown",
            ),
            _ => return None,
        };
        Some(text.into())
    }
}

/// A kind of value in words.
fn in_words(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Text => lang.pick("en tekst", "ein tekst", "a text"),
        Kind::Code => lang.pick("en tekst eller et tall", "ein tekst eller eit tal", "a text or a number"),
        Kind::Flag => lang.pick("true eller false", "true eller false", "true or false"),
        Kind::Whole => {
            lang.pick("et helt tall, 0 eller mer", "eit heilt tal, 0 eller meir", "a whole number, 0 or more")
        }
        Kind::Positive => lang.pick("et tall, 0 eller mer", "eit tal, 0 eller meir", "a number, 0 or more"),
        Kind::Number => lang.pick("et tall", "eit tal", "a number"),
        Kind::List => lang.pick("en liste: […]", "ei liste: […]", "a list: […]"),
        Kind::Texts => {
            lang.pick("en tekst eller en liste av dem", "ein tekst eller ei liste av dei", "a text, or a list of texts")
        }
        Kind::Pair => lang.pick("en liste av to", "ei liste av to", "a list of two"),
        Kind::Members => lang.pick("nøkler og verdier: {…}", "nøklar og verdiar: {…}", "keys and values: {…}"),
    }
}
