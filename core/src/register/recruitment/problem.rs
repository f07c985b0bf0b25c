//! What can be wrong with a register of recruitment.

use crate::problem::Explain;
use crate::text::Lang;

/// What can be wrong with a register of recruitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecruitmentProblem {
    /// A date after the day of the run.
    AfterToday {
        /// The day of the run.
        today: String,
    },
    /// Work that begins after the day of the run: left empty until then. A warning.
    StartsLater,
    /// A date before one that it cannot be before.
    Before {
        /// The column of the other, as in the file.
        other: String,
    },
    /// A date that says nothing without another.
    Needs {
        /// The column of the other.
        other: String,
    },
    /// A number that says nothing without another.
    NeedsNumber {
        /// The column of the other.
        other: String,
    },
    /// Two that cannot both be.
    NotBoth {
        /// The column of the other.
        other: String,
    },
    /// More than there are.
    MoreThan {
        /// The column of how many there are.
        other: String,
    },
    /// More days on hold than the recruitment lasted.
    OnHold {
        /// How many days it lasted.
        days: i32,
    },
    /// The same row once more. It is counted once. A warning.
    SameRow {
        /// The line of the first.
        line: u32,
    },
    /// Another row with the same id.
    OtherRow {
        /// The line of the first.
        line: u32,
    },
    /// Not a municipality; the ones that may be meant.
    NoPlace {
        /// Code and name.
        near: Vec<String>,
    },
    /// A code that is not in use any more; those that it became.
    OldPlace {
        /// Code and name.
        now: Vec<String>,
    },
    /// Rows of municipalities that are in no area. They are left out. A warning.
    Outside {
        /// Rows by code.
        rows: Vec<(String, u64)>,
    },
    /// Occupations that were written in STYRK-98, mostly in the seven digits of payroll. A warning.
    Converted {
        /// How many rows.
        rows: u64,
    },
    /// A row for one person that says it is of several.
    OnePerson,
    /// A stratum that the list of strata does not have.
    UnknownStratum {
        /// Those that it has.
        known: Vec<String>,
    },
    /// A stratum in which more answered than it has.
    MoreAnswered {
        /// How many answered.
        answered: usize,
    },
    /// Another word than the ones that are known.
    UnknownWord {
        /// Those that are known.
        known: Vec<String>,
    },
    /// Rows of one business that say different things of it.
    OtherBusiness {
        /// The line of the first row.
        line: u32,
    },
    /// A number below another that it cannot be below.
    LessThan {
        /// The column of the other.
        other: String,
    },
    /// A contact that somebody has who must not be contacted. A warning.
    SharedContact {
        /// The line of that row.
        line: u32,
    },
    /// Somebody who withdrew the consent on another row. The row is left out. A warning.
    WithdrawnElsewhere {
        /// The line of that row.
        line: u32,
    },
    /// People of whom nobody knows whether they are of age. A warning.
    AgeUnknown {
        /// How many rows.
        rows: u64,
    },
    /// Rows of the CV base without a consent that holds. A note.
    LeftOut {
        /// By why.
        rows: Vec<(&'static str, u64)>,
    },
}

impl RecruitmentProblem {
    /// Why rows of the CV base are left out, in words.
    #[must_use]
    pub fn why(code: &str, lang: Lang) -> &'static str {
        match code {
            "not_given" => lang.pick("ikke gitt samtykke", "ikkje gitt samtykke", "no consent given"),
            "not_yet" => {
                lang.pick("samtykket gjelder ikke ennå", "samtykket gjeld ikkje enno", "consent not yet in force")
            }
            "ended" => lang.pick("samtykket er gått ut", "samtykket er gått ut", "consent has ended"),
            "withdrawn" => lang.pick("samtykket er trukket", "samtykket er trekt", "consent was withdrawn"),
            "no_guardian" => lang.pick(
                "under 18 år uten samtykke fra foresatte",
                "under 18 år utan samtykke frå føresette",
                "under 18 without a guardian's consent",
            ),
            _ => "",
        }
    }
}

impl Explain for RecruitmentProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::AfterToday { .. } => "after-today",
            Self::StartsLater => "starts-later",
            Self::Before { .. } => "before-another-date",
            Self::Needs { .. } => "needs-another-date",
            Self::NeedsNumber { .. } => "needs-another-number",
            Self::NotBoth { .. } => "not-both",
            Self::MoreThan { .. } => "more-than-there-are",
            Self::OnHold { .. } => "on-hold-too-long",
            Self::SameRow { .. } => "same-row-twice",
            Self::OtherRow { .. } => "id-twice",
            Self::NoPlace { .. } => "not-a-municipality",
            Self::OldPlace { .. } => "old-municipality",
            Self::Outside { .. } => "outside-the-areas",
            Self::Converted { .. } => "occupation-converted",
            Self::OnePerson => "one-person",
            Self::UnknownStratum { .. } => "unknown-stratum",
            Self::MoreAnswered { .. } => "more-answered",
            Self::UnknownWord { .. } => "unknown-word",
            Self::OtherBusiness { .. } => "business-differs",
            Self::LessThan { .. } => "less-than-another",
            Self::SharedContact { .. } => "shared-contact",
            Self::WithdrawnElsewhere { .. } => "withdrawn-on-another-row",
            Self::AgeUnknown { .. } => "age-not-known",
            Self::LeftOut { .. } => "no-valid-consent",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_owned();
        let of = |words: String, other: &str| format!("{words} {other}");
        match self {
            Self::AfterToday { .. } => {
                t("datoen er etter dagens dato", "datoen er etter dagens dato", "the date is after the day of the run")
            }
            Self::StartsLater => t(
                "arbeidet begynner etter dagens dato, og er ikke regnet som begynt",
                "arbeidet byrjar etter dagens dato, og er ikkje rekna som byrja",
                "work begins after the day of the run, and is not counted as begun",
            ),
            Self::Before { other } => of(t("datoen er før", "datoen er før", "the date is before"), other),
            Self::Needs { other } => {
                of(t("datoen krever også en dato i", "datoen krev òg ein dato i", "the date also needs one in"), other)
            }
            Self::NeedsNumber { other } => {
                of(t("tallet krever også et tall i", "talet krev òg eit tal i", "the number also needs one in"), other)
            }
            Self::NotBoth { other } => of(
                t("kan ikke stå på samme rad som", "kan ikkje stå på same rad som", "cannot stand on one row with"),
                other,
            ),
            Self::MoreThan { other } => {
                of(t("tallet er større enn", "talet er større enn", "the number is larger than"), other)
            }
            Self::LessThan { other } => {
                of(t("tallet er mindre enn", "talet er mindre enn", "the number is smaller than"), other)
            }
            Self::OnHold { days } => match lang {
                Lang::Nb => format!("flere dager på vent enn rekrutteringen varte ({days})"),
                Lang::Nn => format!("fleire dagar på vent enn rekrutteringa varte ({days})"),
                Lang::En => format!("more days on hold than the recruitment lasted ({days})"),
            },
            Self::SameRow { line } => match lang {
                Lang::Nb => format!("raden er lik den på linje {line}, og er regnet én gang"),
                Lang::Nn => format!("rada er lik den på linje {line}, og er rekna éin gong"),
                Lang::En => format!("the row is the same as on line {line}, and is counted once"),
            },
            Self::OtherRow { line } => match lang {
                Lang::Nb => format!("id-en står også på linje {line}, med andre opplysninger"),
                Lang::Nn => format!("id-en står òg på linje {line}, med andre opplysningar"),
                Lang::En => format!("the id also stands on line {line}, with other values"),
            },
            Self::NoPlace { .. } => t(
                "dette er ikke en kommunekode",
                "dette er ikkje ein kommunekode",
                "this is not a code of a municipality",
            ),
            Self::OldPlace { .. } => t(
                "kommunekoden er ikke i bruk lenger",
                "kommunekoden er ikkje i bruk lenger",
                "the code of the municipality is not in use any more",
            ),
            Self::Outside { rows } => {
                let all: u64 = rows.iter().map(|(_, count)| count).sum();
                let list: Vec<String> = rows.iter().take(10).map(|(code, count)| format!("{code}: {count}")).collect();
                let more = if rows.len() > 10 { ", …" } else { "" };
                let list = list.join(", ");
                match lang {
                    Lang::Nb => format!("{all} rader er fra kommuner utenfor områdene, og er ikke med ({list}{more})"),
                    Lang::Nn => format!("{all} rader er frå kommunar utanfor områda, og er ikkje med ({list}{more})"),
                    Lang::En => {
                        format!("{all} rows are of municipalities outside the areas, and are left out ({list}{more})")
                    }
                }
            }
            Self::Converted { rows } => match lang {
                Lang::Nb => format!("yrker i sju siffer eller i STYRK-98 er gjort om til STYRK-08 (rader: {rows})"),
                Lang::Nn => format!("yrke i sju siffer eller i STYRK-98 er gjorde om til STYRK-08 (rader: {rows})"),
                Lang::En => {
                    format!("occupations in seven digits or in STYRK-98 were converted to STYRK-08 (rows: {rows})")
                }
            },
            Self::OnePerson => t(
                "raden er for én person, og sier flere",
                "rada er for éin person, og seier fleire",
                "the row is of one person, and says more than one",
            ),
            Self::UnknownStratum { .. } => t(
                "stratumet står ikke i lista over strata",
                "stratumet står ikkje i lista over strata",
                "the list of strata does not have this stratum",
            ),
            Self::MoreAnswered { answered } => match lang {
                Lang::Nb => format!("{answered} bedrifter svarte, flere enn det er i stratumet"),
                Lang::Nn => format!("{answered} bedrifter svara, fleire enn det er i stratumet"),
                Lang::En => format!("{answered} businesses answered, more than the stratum has"),
            },
            Self::UnknownWord { .. } => t("ukjent verdi", "ukjend verdi", "unknown value"),
            Self::OtherBusiness { line } => match lang {
                Lang::Nb => format!("raden sier noe annet om bedriften enn linje {line}"),
                Lang::Nn => format!("rada seier noko anna om bedrifta enn linje {line}"),
                Lang::En => format!("the row says something else of the business than line {line}"),
            },
            Self::SharedContact { line } => match lang {
                Lang::Nb => format!("samme kontaktopplysning står på linje {line}, som ikke har gyldig samtykke"),
                Lang::Nn => format!("same kontaktopplysning står på linje {line}, som ikkje har gyldig samtykke"),
                Lang::En => format!("the same contact stands on line {line}, whose consent does not hold"),
            },
            Self::WithdrawnElsewhere { line } => match lang {
                Lang::Nb => format!("samme person trakk samtykket på linje {line}, og raden er ikke med"),
                Lang::Nn => format!("same person trekte samtykket på linje {line}, og rada er ikkje med"),
                Lang::En => format!("the same person withdrew the consent on line {line}, and the row is left out"),
            },
            Self::AgeUnknown { rows } => match lang {
                Lang::Nb => format!("{rows} rader har verken fødselsdato eller kull, og er regnet som myndige"),
                Lang::Nn => format!("{rows} rader har verken fødselsdato eller kull, og er rekna som myndige"),
                Lang::En => {
                    format!("{rows} rows have neither a date of birth nor a cohort, and are counted as of age")
                }
            },
            Self::LeftOut { rows } => {
                let all: u64 = rows.iter().map(|(_, count)| count).sum();
                let list: Vec<String> =
                    rows.iter().map(|(code, count)| format!("{}: {count}", Self::why(code, lang))).collect();
                let list = list.join(", ");
                match lang {
                    Lang::Nb => format!("{all} rader uten gyldig samtykke er ikke med ({list})"),
                    Lang::Nn => format!("{all} rader utan gyldig samtykke er ikkje med ({list})"),
                    Lang::En => format!("{all} rows without a consent that holds are left out ({list})"),
                }
            }
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let one_of = |words: &[String]| format!("{} {}", lang.pick("en av", "ein av", "one of"), words.join(", "));
        match self {
            Self::AfterToday { today } => Some(format!("{today} {}", lang.pick("eller før", "eller før", "or before"))),
            Self::UnknownStratum { known } | Self::UnknownWord { known } => Some(one_of(known)),
            Self::MoreAnswered { answered } => {
                Some(format!("{answered} {}", lang.pick("eller flere", "eller fleire", "or more")))
            }
            Self::NoPlace { .. } | Self::OldPlace { .. } => {
                Some(lang.pick("fire siffer, som 5042", "fire siffer, som 5042", "four digits, such as 5042").into())
            }
            _ => None,
        }
    }

    fn help_tells_value(&self) -> bool {
        matches!(self, Self::NoPlace { .. } | Self::OldPlace { .. })
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_owned());
        match self {
            Self::NoPlace { near } | Self::OldPlace { now: near } if !near.is_empty() => {
                Some(format!("{} {}?", lang.pick("mente du", "meinte du", "did you mean"), near.join(", ")))
            }
            Self::SameRow { .. } => t("slett den ene", "slett den eine", "delete one of them"),
            Self::OtherRow { .. } => t(
                "slett den som er feil, eller gi stillingene hver sin id",
                "slett den som er feil, eller gi stillingane kvar sin id",
                "delete the wrong one, or give each its own id",
            ),
            Self::Outside { .. } => t(
                "skal de være med, legg kommunene til i `[[recruitment.area]]`",
                "skal dei vere med, legg kommunane til i `[[recruitment.area]]`",
                "if they belong here, add the municipalities under `[[recruitment.area]]`",
            ),
            Self::Converted { .. } => t(
                "etter SSBs korrespondansetabell 426; kilden til figurene sier det",
                "etter korrespondansetabell 426 frå SSB; kjelda til figurane seier det",
                "by Statistics Norway's correspondence table 426; the source of figures says so",
            ),
            Self::AfterToday { .. } => t(
                "rett datoen, eller kjør med en senere --today",
                "rett datoen, eller køyr med ein seinare --today",
                "mend the date, or run with a later --today",
            ),
            Self::WithdrawnElsewhere { .. } => t(
                "slett begge radene, eller gi hver person sine egne kontaktopplysninger",
                "slett begge radene, eller gi kvar person sine eigne kontaktopplysningar",
                "delete both rows, or give each person contacts of their own",
            ),
            Self::AgeUnknown { .. } => t(
                "fyll ut birth_date eller cohort: den som er under 18 år, må ha samtykke fra foresatte",
                "fyll ut birth_date eller cohort: den som er under 18 år, må ha samtykke frå føresette",
                "fill in birth_date or cohort: whoever is under 18 needs a guardian's consent",
            ),
            Self::Before { .. } | Self::LessThan { .. } | Self::MoreThan { .. } | Self::OnHold { .. } => t(
                "se etter hvilken av de to som er feil, og rett den",
                "sjå etter kva for ein av dei to som er feil, og rett han",
                "see which of the two is wrong, and mend it",
            ),
            Self::Needs { .. } | Self::NeedsNumber { .. } => t(
                "fyll ut begge, eller la begge stå tomme",
                "fyll ut begge, eller la begge stå tomme",
                "fill in both, or leave both empty",
            ),
            Self::OnePerson => t(
                "skriv 1, eller la person stå tom",
                "skriv 1, eller la person stå tom",
                "write 1, or leave person empty",
            ),
            Self::UnknownStratum { .. } => t(
                "rett koden, eller legg stratumet til i registeret over strata",
                "rett koden, eller legg stratumet til i registeret over strata",
                "mend the code, or add the stratum to the register of strata",
            ),
            Self::MoreAnswered { .. } => t(
                "skriv hvor mange bedrifter stratumet har i alt, eller rett stratumet til dem som svarte",
                "skriv kor mange bedrifter stratumet har i alt, eller rett stratumet til dei som svara",
                "write how many businesses the stratum has in all, or mend the stratum of those that answered",
            ),
            Self::UnknownWord { .. } => t(
                "skriv et av ordene, eller la feltet stå tomt der verdien ikke er kjent",
                "skriv eitt av orda, eller la feltet stå tomt der verdien ikkje er kjend",
                "write one of the words, or leave the field empty where the value is not known",
            ),
            Self::OtherBusiness { .. } => t(
                "la alle radene til en bedrift ha samme stratum, kommune, ansatte og svar",
                "la alle radene til ei bedrift ha same stratum, kommune, tilsette og svar",
                "give all rows of a business the same stratum, municipality, employees and answers",
            ),
            Self::NotBoth { .. } => {
                t("fjern den som ikke gjelder", "fjern den som ikkje gjeld", "remove the one that does not hold")
            }
            Self::SharedContact { .. } => t(
                "er det samme person, slett raden: et samtykke som er trukket, gjelder hele personen",
                "er det same person, slett rada: eit samtykke som er trekt, gjeld heile personen",
                "if it is the same person, delete the row: a consent that was withdrawn is withdrawn for the whole person",
            ),
            _ => None,
        }
    }
}
