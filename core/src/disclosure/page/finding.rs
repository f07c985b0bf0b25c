//! What was found, and what to do about it.

use crate::disclosure::inversion::{Alike, Candidate, Verdict};
use crate::text::Lang;
use std::fmt::Write as _;

/// Something in a file that says more than the cubes.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 where a line says nothing.
    pub line: usize,
    /// Where in the file: an element, an attribute, a member, a column, a chunk. Empty for the whole file.
    pub place: String,
    /// What it is.
    pub leak: Leak,
    /// What stands there.
    pub value: String,
    /// The cell that it is of, as codes: `wave=w1 period=2025`. Empty where no cell can be told.
    pub cell: String,
    /// The (x, n) that are left of those that the band and the roll allow. Empty where the figure cannot be turned back.
    pub candidates: Vec<Candidate>,
}

/// A way to say more than the cubes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leak {
    /// A figure that no cube holds.
    Figure,
    /// Other words than those of the cell's band.
    OtherWords,
    /// A shape that begins or ends elsewhere than its band.
    Geometry,
    /// Cells that show the same are drawn or written differently.
    Uneven,
    /// Shapes of one kind in more heights, colours, opacities or places than there are bands.
    Colours,
    /// What is not shown is marked in more than one way.
    HiddenMark,
    /// Rows in another order than the cube's.
    Order,
    /// An attribute that no row or element has.
    Attribute,
    /// An element that no page has.
    Element,
    /// A comment.
    Comment,
    /// A script in the page.
    Script,
    /// A stylesheet in the page.
    Style,
    /// A value that the cell's status does not allow.
    CellValue,
    /// A member that no cube has, or another value than the cube's.
    Field,
    /// A column or a text that the table of the cube does not have.
    Column,
    /// Text in a picture.
    PictureText,
    /// A picture that is not its SVG, drawn.
    PictureOther,
    /// Something is loaded from elsewhere.
    ThirdParty,
    /// Something is kept in the reader's browser.
    Cookie,
    /// A file that is not written here.
    UnknownFile,
    /// An internal file.
    Internal,
    /// Something that the cubes do not give.
    NotDerived,
    /// Something is missing that the cubes give.
    LeftOut,
    /// A cube says something else than all other files.
    Disagreement,
    /// Letters that are not seen, or of another script; drawings made of letters.
    Letters,
    /// A program that is not the one whose digest is beside it.
    Program,
    /// A file that cannot be read as what it claims to be.
    Malformed,
    /// There is no published cube to hold the folder against.
    NoCube,
}

impl Finding {
    pub(super) fn new(file: &str, leak: Leak) -> Self {
        Self {
            file: file.into(),
            line: 0,
            place: String::new(),
            leak,
            value: String::new(),
            cell: String::new(),
            candidates: Vec::new(),
        }
    }

    pub(super) fn line(self, line: usize) -> Self {
        Self { line, ..self }
    }

    pub(super) fn place(self, place: &str) -> Self {
        Self { place: place.into(), ..self }
    }

    pub(super) fn leak(self, leak: Leak) -> Self {
        Self { leak, ..self }
    }

    pub(super) fn value(self, value: &str) -> Self {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { value: value.chars().take(200).collect(), ..self }
    }

    pub(super) fn cell(self, cell: String) -> Self {
        Self { cell, ..self }
    }

    pub(super) fn candidates(self, candidates: Vec<Candidate>) -> Self {
        Self { candidates, ..self }
    }

    /// What the candidates prove, to somebody who knows one answer.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict::of(&self.candidates, 1)
    }

    /// What a reader learns, in words: `2 of 11`, `one of 2: 2 of 11, 4 of 22`. None where it cannot be turned back.
    #[must_use]
    pub fn tells(&self, lang: Lang) -> Option<String> {
        let of = |one: &Candidate| format!("{} {} {}", one.x, lang.pick("av", "av", "of"), one.n);
        let mut out = match self.candidates.as_slice() {
            [] => return None,
            [one] => of(one),
            several => {
                let first: Vec<String> = several.iter().take(6).map(of).collect();
                let dots = if several.len() > first.len() { ", …" } else { "" };
                let count = several.len();
                let words = lang.pick("ett av", "eitt av", "one of");
                format!("{words} {count}: {}{dots}", first.join(", "))
            }
        };
        let verdict = self.verdict();
        if self.candidates.len() > 1
            && let Some(n) = verdict.n
        {
            let _ = write!(out, "; n = {n}");
        }
        let proof = verdict.alike.map(|alike| match alike {
            Alike::Nobody => lang.pick("ingen sa ja", "ingen sa ja", "nobody said yes"),
            Alike::Everybody => lang.pick("alle sa ja", "alle sa ja", "everybody said yes"),
            Alike::OneOfThem => lang.pick("alle svarte likt", "alle svara likt", "all answered alike"),
            Alike::NobodyBut(_) => lang.pick(
                "høyst én sa ja, og den vet at de andre ikke gjorde det",
                "høgst éin sa ja, og den veit at dei andre ikkje gjorde det",
                "at most one said yes, who knows that the others did not",
            ),
            Alike::EverybodyBut(_) => lang.pick(
                "høyst én sa nei, og den vet at de andre ikke gjorde det",
                "høgst éin sa nei, og den veit at dei andre ikkje gjorde det",
                "at most one said no, who knows that the others did not",
            ),
        });
        if let Some(proof) = proof {
            let _ = write!(out, "; {proof}");
        }
        Some(out)
    }
}

impl Leak {
    /// A stable word for scripts: `figure`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::OtherWords => "other-words",
            Self::Geometry => "geometry",
            Self::Uneven => "uneven",
            Self::Colours => "colours",
            Self::HiddenMark => "hidden-mark",
            Self::Order => "order",
            Self::Attribute => "attribute",
            Self::Element => "element",
            Self::Comment => "comment",
            Self::Script => "script",
            Self::Style => "style",
            Self::CellValue => "cell-value",
            Self::Field => "field",
            Self::Column => "column",
            Self::PictureText => "picture-text",
            Self::PictureOther => "picture-other",
            Self::ThirdParty => "third-party",
            Self::Cookie => "cookie",
            Self::UnknownFile => "unknown-file",
            Self::Internal => "internal",
            Self::NotDerived => "not-derived",
            Self::LeftOut => "left-out",
            Self::Disagreement => "disagreement",
            Self::Letters => "letters",
            Self::Program => "program",
            Self::Malformed => "malformed",
            Self::NoCube => "no-cube",
        }
    }

    /// What is wrong. Starts in lower case, without a full stop.
    #[must_use]
    pub fn message(self, lang: Lang) -> &'static str {
        let [nb, nn, en] = self.words().0;
        lang.pick(nb, nn, en)
    }

    /// What to do. Starts in lower case, without a full stop.
    #[must_use]
    pub fn help(self, lang: Lang) -> &'static str {
        let [nb, nn, en] = self.words().1;
        lang.pick(nb, nn, en)
    }

    #[expect(clippy::too_many_lines, reason = "a list of texts")]
    const fn words(self) -> ([&'static str; 3], [&'static str; 3]) {
        const REMOVE: [&str; 3] = [
            "ta det bort, og kjør `bygdepuls run` på nytt",
            "ta det bort, og køyr `bygdepuls run` på nytt",
            "remove it, and run `bygdepuls run` again",
        ];
        const AGAIN: [&str; 3] = [
            "skriv mappa på nytt med `bygdepuls run`; det som skal endres, endres i prosjektet",
            "skriv mappa på nytt med `bygdepuls run`; det som skal endrast, blir endra i prosjektet",
            "write the folder again with `bygdepuls run`; what should change is changed in the project",
        ];
        const BAND: [&str; 3] =
            ["vis feltet og ikke noe annet", "vis feltet og ikkje noko anna", "show the band and nothing else"];
        match self {
            Self::Figure => (
                ["et tall som ikke står i kuben", "eit tal som ikkje står i kuben", "a figure that is not in the cube"],
                BAND,
            ),
            Self::OtherWords => (
                ["andre ord enn feltets egne", "andre ord enn dei feltet har", "other words than those of the band"],
                BAND,
            ),
            Self::Geometry => (
                [
                    "en form som begynner eller slutter et annet sted enn feltet",
                    "ei form som byrjar eller sluttar ein annan stad enn feltet",
                    "a shape that begins or ends elsewhere than its band",
                ],
                [
                    "tegn hele feltet: plass og lengde må følge av feltet alene",
                    "teikn heile feltet: plass og lengd må følgje av feltet åleine",
                    "draw the whole band: place and length must follow from the band alone",
                ],
            ),
            Self::Uneven => (
                [
                    "celler som viser det samme, er laget ulikt",
                    "celler som viser det same, er laga ulikt",
                    "cells that show the same are made differently",
                ],
                [
                    "gi dem samme elementer og attributter",
                    "gi dei same element og attributt",
                    "give them the same elements and attributes",
                ],
            ),
            Self::Colours => (
                [
                    "former av samme slag har flere høyder, farger eller plasseringer enn det er felt",
                    "former av same slag har fleire høgder, fargar eller plasseringar enn det er felt",
                    "shapes of one kind have more heights, colours or places than there are bands",
                ],
                [
                    "én farge, høyde og gjennomsiktighet per slag form",
                    "éin farge, høgd og gjennomsikt per slag form",
                    "one colour, height and opacity per kind of shape",
                ],
            ),
            Self::HiddenMark => (
                [
                    "det som ikke vises, er merket på mer enn én måte",
                    "det som ikkje blir vist, er merkt på meir enn éin måte",
                    "what is not shown is marked in more than one way",
                ],
                [
                    "bruk ett merke, kolon, uansett grunn: skjult, sekundært skjult og manglende",
                    "bruk eitt merke, kolon, uansett grunn: skjult, sekundært skjult og manglande",
                    "use one mark, the colon, for every reason: hidden, secondary and missing",
                ],
            ),
            Self::Order => (
                [
                    "rader i en annen rekkefølge enn kubens: rekkefølgen kan vise hvem som har mest",
                    "rader i ei anna rekkjefølgje enn kuben si: rekkjefølgja kan vise kven som har mest",
                    "rows in another order than the cube's: order can tell who has most",
                ],
                ["bruk kubens rekkefølge", "bruk rekkjefølgja i kuben", "keep the order of the cube"],
            ),
            Self::Attribute => (
                [
                    "et attributt som ikke skal være der",
                    "eit attributt som ikkje skal vere der",
                    "an attribute that should not be there",
                ],
                REMOVE,
            ),
            Self::Element => (
                [
                    "et element som ikke skal være der",
                    "eit element som ikkje skal vere der",
                    "an element that should not be there",
                ],
                REMOVE,
            ),
            Self::Comment => (["en kommentar", "ein kommentar", "a comment"], REMOVE),
            Self::Script => (["skript i siden", "skript i sida", "script in the page"], REMOVE),
            Self::Style => (
                [
                    "stilark som figuren ikke har",
                    "stilark som figuren ikkje har",
                    "a stylesheet that the figure does not have",
                ],
                REMOVE,
            ),
            Self::CellValue => (
                [
                    "en verdi som cellas status ikke tillater",
                    "ein verdi som statusen til cella ikkje tillèt",
                    "a value that the status of the cell does not allow",
                ],
                REMOVE,
            ),
            Self::Field => (
                [
                    "et felt eller en verdi som kuben ikke har",
                    "eit felt eller ein verdi som kuben ikkje har",
                    "a member or a value that the cube does not have",
                ],
                REMOVE,
            ),
            Self::Column => (
                [
                    "en kolonne eller tekst som kuben ikke har",
                    "ein kolonne eller tekst som kuben ikkje har",
                    "a column or a text that the cube does not have",
                ],
                REMOVE,
            ),
            Self::PictureText => (
                ["tekst i bildefila", "tekst i biletfila", "text in the picture file"],
                ["lagre bildet uten metadata", "lagre biletet utan metadata", "save the picture without metadata"],
            ),
            Self::PictureOther => (
                [
                    "bildet er ikke tegnet av SVG-fila ved siden av",
                    "biletet er ikkje teikna av SVG-fila ved sida av",
                    "the picture is not drawn from the SVG beside it",
                ],
                AGAIN,
            ),
            Self::ThirdParty => (
                [
                    "noe hentes fra et annet sted",
                    "noko blir henta frå ein annan stad",
                    "something is loaded from elsewhere",
                ],
                [
                    "legg fila i mappa, eller ta den bort: den andre får vite hvem som leser",
                    "legg fila i mappa, eller ta ho bort: den andre får vite kven som les",
                    "put the file in the folder, or remove it: the other side learns who reads",
                ],
            ),
            Self::Cookie => (
                [
                    "noe lagres i leserens nettleser",
                    "noko blir lagra i nettlesaren til lesaren",
                    "something is kept in the reader's browser",
                ],
                REMOVE,
            ),
            Self::UnknownFile => (
                [
                    "en fil som ikke hører til utgaven",
                    "ei fil som ikkje høyrer til utgåva",
                    "a file that is no part of the release",
                ],
                REMOVE,
            ),
            Self::Internal => (
                ["en intern fil", "ei intern fil", "an internal file"],
                [
                    "flytt den til mappa for interne filer",
                    "flytt ho til mappa for interne filer",
                    "move it to the folder of internal files",
                ],
            ),
            Self::NotDerived => (
                [
                    "her står noe annet enn det kuben gir",
                    "her står noko anna enn det kuben gir",
                    "something that the cube does not give",
                ],
                AGAIN,
            ),
            Self::LeftOut => (
                [
                    "her mangler noe som kuben gir",
                    "her manglar noko som kuben gir",
                    "something that the cube gives is missing",
                ],
                AGAIN,
            ),
            Self::Disagreement => (
                [
                    "kuben sier noe annet enn de andre filene",
                    "kuben seier noko anna enn dei andre filene",
                    "the cube says something else than the other files",
                ],
                AGAIN,
            ),
            Self::Letters => (
                [
                    "tegn som ikke vises, bokstaver fra en annen skrift, eller tegning med tegn",
                    "teikn som ikkje blir viste, bokstavar frå ei anna skrift, eller teikning med teikn",
                    "letters that are not seen, letters of another script, or a drawing made of letters",
                ],
                REMOVE,
            ),
            Self::Program => (
                [
                    "programmet er ikke det som integrity.json har summen av",
                    "programmet er ikkje det som integrity.json har summen av",
                    "the program is not the one whose digest is in integrity.json",
                ],
                AGAIN,
            ),
            Self::Malformed => (
                [
                    "kan ikke leses: nettlesere gjetter, og det som gjettes, kan ikke revideres",
                    "kan ikkje lesast: nettlesarar gjettar, og det som blir gjetta, kan ikkje reviderast",
                    "cannot be read: browsers guess, and what is guessed cannot be audited",
                ],
                AGAIN,
            ),
            Self::NoCube => (
                [
                    "det er ingen publisert kube i mappa å holde filene opp mot",
                    "det er ingen publisert kube i mappa å halde filene opp mot",
                    "there is no published cube in the folder to hold the files against",
                ],
                [
                    "gi mappa som `bygdepuls run` skrev, med kubene (JSON-stat)",
                    "gi mappa som `bygdepuls run` skreiv, med kubane (JSON-stat)",
                    "give the folder that `bygdepuls run` wrote, with the cubes (JSON-stat)",
                ],
            ),
        }
    }
}
