//! What can be wrong with a project file, or between the files of a project.

use crate::problem::Explain;
use crate::questionnaire::compare::ChangeKind;
use crate::text::{Lang, Text};

/// What can be wrong with a project file, or between the files of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProjectProblem {
    /// Not TOML.
    Syntax(String),
    /// A key nobody knows.
    UnknownKey {
        /// The nearest known key.
        suggestion: Option<String>,
        /// All keys that are known here.
        known: Vec<String>,
    },
    /// A key that must be there.
    MissingKey,
    /// A value of the wrong type or form.
    WrongType(Expected),
    /// A word that is not one of those allowed.
    UnknownWord(Vec<String>),
    /// Two entries with the same key.
    Twice,
    /// What is given has no effect beside what else is given.
    Unused {
        /// What it would need, as it is written: `exits = "rates"`.
        needs: String,
    },
    /// The id of the region is the code of a municipality.
    IdOfMunicipality,
    /// A file that the project names and that was not given.
    FileMissing,
    /// A file that cannot be read, with the system's reason.
    Unreadable(String),
    /// A column that the project names is not in the questionnaire.
    NotInQuestionnaire(Vec<String>),
    /// A variable of the wrong type for the part that it plays.
    WrongVariable(VariableType),
    /// A code that the project names is not among the categories of its variable.
    CodeNotInQuestionnaire {
        /// The variable.
        variable: String,
        /// Its codes.
        known: Vec<String>,
    },
    /// A field that a register must have is not in its schema.
    NotInSchema(Vec<String>),
    /// The register has no count of this cohort.
    CohortMissing {
        /// The age that is counted.
        age: u16,
        /// The cohort: the year it left 10th grade.
        cohort: u16,
    },
    /// No window of the project is as short as the number of rounds.
    WindowTooWide {
        /// How many rounds there are.
        rounds: usize,
    },
    /// A year's answers that no published window holds yet.
    Waits {
        /// The year.
        year: u16,
        /// Wave and area of the series.
        series: Vec<String>,
    },
    /// A code that no municipality has now.
    NoMunicipality {
        /// The code.
        code: String,
        /// What may be meant, code and name.
        near: Vec<String>,
    },
    /// The edition's date lies before the last closing date.
    TodayTooEarly {
        /// The last closing date.
        last: String,
    },
    /// A closing date that is not in the year of the answers or the next.
    ClosesInAnotherYear {
        /// The year of the answers.
        year: u16,
    },
    /// A date after the day that registers reach to.
    AfterToday {
        /// That day.
        today: String,
    },
    /// A step that is dated before the one that it follows.
    BeforeStep {
        /// The step that it follows.
        step: String,
    },
    /// The answers have no design that findings could be computed under, and why.
    NoFindings(Text),
    /// A figure of recruitment is asked for where no register of recruitment is named.
    NoRecruitment,
    /// Registers of recruitment of which nobody says what day they are of.
    NoDay,
    /// An indicator that is never public.
    NeverPublic {
        /// Its id.
        id: &'static str,
    },
    /// A question that an indicator counts is not the same question as the year before.
    SeriesBreaks {
        /// The year before.
        before: u16,
        /// The year in which it changed.
        year: u16,
        /// What changed.
        kinds: Vec<ChangeKind>,
    },
    /// Questions that no indicator counts and that are not the same as the year before.
    OtherSeriesBreak {
        /// The year before.
        before: u16,
        /// The year in which they changed.
        year: u16,
    },
    /// Fieldwork that closes on or before the day on which it opens.
    ClosesBeforeItOpens,
    /// The project file is not UTF-8.
    NotUtf8,
    /// More people answered than the cohort holds.
    MoreThanCohort {
        /// How many answered, those outside the base included.
        answered: u64,
        /// How many the cohort holds.
        population: u64,
    },
}

/// The form that a value should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A string.
    Text,
    /// A string, or a table with `nb`, `nn` and `en`.
    Words,
    /// A whole number in a range.
    Whole(u64, u64),
    /// A number in a range, with decimals or without.
    Number(i32, i32),
    /// So many numbers from 0 to 1, in a list.
    Shares(usize),
    /// A date, `"2026-11-30"`.
    Date,
    /// A list of strings.
    TextList,
    /// A list of whole numbers, 1 or more, rising.
    WholeList,
    /// A date, or the word for the year of each row.
    Codes,
    /// A table of names with a name or a list of names each.
    Lists,
    /// A table.
    Table,
    /// A list of tables, `[[…]]`, with at least one entry.
    Tables,
    /// Letters a to z, digits, `-` and `_`.
    Id,
    /// A day of every year, `"04-30"`.
    MonthDay,
    /// A list of such days.
    MonthDays,
    /// A list of beginnings of occupations, `["22", "532"]`.
    OccupationBeginnings,
    /// A list of beginnings of fields of education, `["6", "71"]`.
    EducationBeginnings,
}

impl Explain for ProjectProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "project-syntax",
            Self::UnknownKey { .. } => "unknown-key",
            Self::MissingKey => "missing-key",
            Self::WrongType(_) => "wrong-type",
            Self::UnknownWord(_) => "unknown-word",
            Self::Twice => "twice",
            Self::Unused { .. } => "unused",
            Self::IdOfMunicipality => "id-of-municipality",
            Self::FileMissing => "file-missing",
            Self::Unreadable(_) => "unreadable",
            Self::NotInQuestionnaire(_) => "not-in-questionnaire",
            Self::WrongVariable(_) => "wrong-variable",
            Self::CodeNotInQuestionnaire { .. } => "code-not-in-questionnaire",
            Self::NotInSchema(_) => "not-in-schema",
            Self::CohortMissing { .. } => "cohort-missing",
            Self::WindowTooWide { .. } => "window-too-wide",
            Self::Waits { .. } => "waits",
            Self::NoMunicipality { .. } => "no-municipality",
            Self::TodayTooEarly { .. } => "today-too-early",
            Self::ClosesInAnotherYear { .. } => "closes-in-another-year",
            Self::AfterToday { .. } => "after-today",
            Self::BeforeStep { .. } => "before-step",
            Self::NoFindings(_) => "no-findings",
            Self::NoRecruitment => "no-recruitment",
            Self::NoDay => "no-day",
            Self::NeverPublic { .. } => "never-public",
            Self::SeriesBreaks { .. } => "series-breaks",
            Self::OtherSeriesBreak { .. } => "other-series-break",
            Self::ClosesBeforeItOpens => "closes-before-it-opens",
            Self::NotUtf8 => "not-utf-8",
            Self::MoreThanCohort { .. } => "more-than-cohort",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
        match self {
            Self::Syntax(reason) => {
                let reason = reason.lines().next().unwrap_or_default();
                format!(
                    "{}: {reason}",
                    t(
                        "prosjektfila er ikke gyldig TOML",
                        "prosjektfila er ikkje gyldig TOML",
                        "the project file is not valid TOML"
                    )
                )
            }
            Self::UnknownKey { .. } => t("ukjent nøkkel", "ukjend nøkkel", "unknown key"),
            Self::MissingKey => t("nøkkelen mangler", "nøkkelen manglar", "the key is missing"),
            Self::WrongType(_) => t("verdien har feil form", "verdien har feil form", "the value has the wrong form"),
            Self::UnknownWord(_) => t("ukjent verdi", "ukjend verdi", "unknown value"),
            Self::Twice => t("står to ganger", "står to gonger", "given twice"),
            Self::Unused { .. } => t(
                "dette brukes ikke slik prosjektfila ellers er",
                "dette blir ikkje brukt slik prosjektfila elles er",
                "this is not used as the project file stands",
            ),
            Self::IdOfMunicipality => t(
                "regionen har samme id som en kommune",
                "regionen har same id som ein kommune",
                "the region has the id of a municipality",
            ),
            Self::FileMissing => t("fila finnes ikke", "fila finst ikkje", "the file does not exist"),
            Self::Unreadable(reason) => {
                format!("{}: {reason}", t("fila kan ikke leses", "fila kan ikkje lesast", "the file cannot be read"))
            }
            Self::NotInQuestionnaire(_) => t(
                "spørreskjemaet har ikke denne variabelen",
                "spørjeskjemaet har ikkje denne variabelen",
                "the questionnaire does not have this variable",
            ),
            Self::WrongVariable(_) => t(
                "variabelen har feil type for rollen sin",
                "variabelen har feil type for rolla si",
                "the variable has the wrong type for its part",
            ),
            Self::CodeNotInQuestionnaire { variable, .. } => {
                let words = t(
                    "koden står ikke i spørreskjemaet, under",
                    "koden står ikkje i spørjeskjemaet, under",
                    "the code is not in the questionnaire, under",
                );
                format!("{words} {variable}")
            }
            Self::NotInSchema(_) => {
                t("skjemaet mangler feltet", "skjemaet manglar feltet", "the schema lacks the field")
            }
            Self::CohortMissing { age, cohort } => match lang {
                Lang::Nb => format!("registeret har ikke antallet {age}-åringer 1. januar {cohort}"),
                Lang::Nn => format!("registeret har ikkje talet på {age}-åringar 1. januar {cohort}"),
                Lang::En => format!("the register has no number of {age}-year-olds on 1 January {cohort}"),
            },
            Self::WindowTooWide { .. } => t(
                "alle vinduene er bredere enn antall år med svar",
                "alle vindauga er breiare enn talet på år med svar",
                "every window is wider than the number of years with answers",
            ),
            Self::Waits { year, series } => {
                let words = match lang {
                    Lang::Nb => format!("svarene fra {year} vises ikke ennå: vinduet deres er ikke fullt"),
                    Lang::Nn => format!("svara frå {year} blir ikkje viste enno: vindauget deira er ikkje fullt"),
                    Lang::En => format!("the answers of {year} are not shown yet: their window is not full"),
                };
                format!("{words} ({})", series.join(", "))
            }
            Self::NoMunicipality { code, .. } => match lang {
                Lang::Nb => format!("ingen kommune har koden {code} nå"),
                Lang::Nn => format!("ingen kommune har koden {code} no"),
                Lang::En => format!("no municipality has the code {code} now"),
            },
            Self::TodayTooEarly { .. } => t(
                "--today er før siste svarfrist",
                "--today er før siste svarfrist",
                "--today is before the last closing date",
            ),
            Self::ClosesInAnotherYear { .. } => t(
                "svarfristen hører ikke til året",
                "svarfristen høyrer ikkje til året",
                "the closing date does not belong to the year",
            ),
            Self::AfterToday { .. } => t(
                "datoen er etter dagen registeret går til",
                "datoen er etter dagen registeret går til",
                "the date is after the day that the register reaches to",
            ),
            Self::BeforeStep { step } => match lang {
                Lang::Nb => format!("datoen er før steget den følger etter, {step}"),
                Lang::Nn => format!("datoen er før steget han følgjer etter, {step}"),
                Lang::En => format!("the date is before the step that it follows, {step}"),
            },
            Self::NoFindings(words) => words.get(lang).to_owned(),
            Self::NoRecruitment => t(
                "prosjektfila nevner ingen registre over rekruttering",
                "prosjektfila nemner ingen register over rekruttering",
                "the project file names no registers of recruitment",
            ),
            Self::NoDay => t(
                "ingen av registrene over rekruttering har noen dato, så det er ikke kjent hvilken dag tallene gjelder",
                "ingen av registera over rekruttering har nokon dato, så det er ikkje kjent kva dag tala gjeld",
                "no register of recruitment has a date, so that it is not known what day the figures are of",
            ),
            Self::NeverPublic { id } => match lang {
                Lang::Nb => format!("`{id}` blir aldri offentlig, og kan ikke være en indikator"),
                Lang::Nn => format!("`{id}` blir aldri offentleg, og kan ikkje vere ein indikator"),
                Lang::En => format!("`{id}` is never public, and cannot be an indicator"),
            },
            Self::SeriesBreaks { before, year, kinds } => {
                let kinds: Vec<&str> = kinds.iter().map(|kind| kind.words(lang)).collect();
                let words = match lang {
                    Lang::Nb => format!("spørsmålet er ikke det samme i {year} som i {before}"),
                    Lang::Nn => format!("spørsmålet er ikkje det same i {year} som i {before}"),
                    Lang::En => format!("the question of {year} is not that of {before}"),
                };
                format!("{words}: {}", kinds.join(", "))
            }
            Self::OtherSeriesBreak { before, year } => match lang {
                Lang::Nb => format!("spørsmål der svarene fra {year} ikke kan settes ved siden av dem fra {before}"),
                Lang::Nn => format!("spørsmål der svara frå {year} ikkje kan setjast ved sida av dei frå {before}"),
                Lang::En => format!("questions whose answers of {year} cannot be set beside those of {before}"),
            },
            Self::ClosesBeforeItOpens => t(
                "svarfristen er ikke etter første svardag",
                "svarfristen er ikkje etter første svardag",
                "fieldwork closes before it opens",
            ),
            Self::NotUtf8 => {
                t("prosjektfila er ikke UTF-8", "prosjektfila er ikkje UTF-8", "the project file is not UTF-8")
            }
            Self::MoreThanCohort { answered, population } => match lang {
                Lang::Nb => format!("flere svarte ({answered}) enn kullet har ({population})"),
                Lang::Nn => format!("fleire svara ({answered}) enn kullet har ({population})"),
                Lang::En => format!("more answered ({answered}) than the cohort holds ({population})"),
            },
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let one_of = |words: &[String]| format!("{} {}", lang.pick("en av", "ein av", "one of"), words.join(", "));
        match self {
            Self::UnknownKey { known, .. } | Self::UnknownWord(known) | Self::NotInSchema(known) => Some(one_of(known)),
            Self::CodeNotInQuestionnaire { known, .. } => Some(one_of(known)),
            Self::WrongVariable(kind) => Some(kind.words(lang)),
            Self::NotInQuestionnaire(known) => Some(one_of(known)),
            Self::WrongType(expected) => Some(expected.words(lang)),
            Self::NoDay => Some("`date = \"2026-12-01\"`".into()),
            Self::WindowTooWide { rounds } => Some(match lang {
                Lang::Nb => format!("et vindu på høyst {rounds} år"),
                Lang::Nn => format!("eit vindauge på høgst {rounds} år"),
                Lang::En => format!("a window of at most {rounds} years"),
            }),
            Self::AfterToday { today } => Some(match lang {
                Lang::Nb | Lang::Nn => format!("{today} eller før"),
                Lang::En => format!("{today} or before"),
            }),
            Self::TodayTooEarly { last } => Some(match lang {
                Lang::Nb | Lang::Nn => format!("{last} eller senere"),
                Lang::En => format!("{last} or later"),
            }),
            Self::ClosesInAnotherYear { year } => Some(match lang {
                Lang::Nb => format!("en dato i {year} eller {}", year + 1),
                Lang::Nn => format!("ein dato i {year} eller {}", year + 1),
                Lang::En => format!("a date in {year} or {}", year + 1),
            }),
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_string());
        match self {
            Self::Syntax(_) => t(
                "rett linja; tekst skal stå i anførselstegn",
                "rett linja; tekst skal stå i hermeteikn",
                "mend the line; text stands in quotes",
            ),
            Self::NotUtf8 => {
                t("lagre fila på nytt som UTF-8", "lagre fila på nytt som UTF-8", "save the file again as UTF-8")
            }
            Self::Waits { .. } => t(
                "kortere vinduer i `disclosure.windows` tåler bare grupper med nok svar hvert år",
                "kortare vindauge i `disclosure.windows` toler berre grupper med nok svar kvart år",
                "shorter windows in `disclosure.windows` need groups with enough answers every year",
            ),
            Self::UnknownKey { suggestion: Some(near), .. } => Some(match lang {
                Lang::Nb => format!("mente du `{near}`?"),
                Lang::Nn => format!("meinte du `{near}`?"),
                Lang::En => format!("did you mean `{near}`?"),
            }),
            Self::UnknownKey { suggestion: None, .. } => t("fjern nøkkelen", "fjern nøkkelen", "remove the key"),
            Self::NoRecruitment => t(
                "legg til `[recruitment]`; registrene står i docs/recruitment-registers.md",
                "legg til `[recruitment]`; registera står i docs/recruitment-registers.md",
                "add `[recruitment]`; docs/recruitment-registers.md describes the registers",
            ),
            Self::NoDay => t(
                "gi et av registrene `date`, dagen det er fra, eller kjør med --today",
                "gi eitt av registera `date`, dagen det er frå, eller køyr med --today",
                "give one of the registers a `date`, the day that it is of, or run with --today",
            ),
            Self::NeverPublic { .. } => t(
                "fjern den; `bygdepuls recruitment` regner den ut til internt bruk",
                "fjern han; `bygdepuls recruitment` reknar han ut til internt bruk",
                "remove it; `bygdepuls recruitment` computes it for internal use",
            ),
            Self::MissingKey => t(
                "legg den til; `bygdepuls new` viser et eksempel",
                "legg han til; `bygdepuls new` viser eit døme",
                "add it; `bygdepuls new` shows an example",
            ),
            Self::NoMunicipality { near, .. } if !near.is_empty() => {
                Some(format!("{} {}?", lang.pick("mente du", "meinte du", "did you mean"), near.join(", ")))
            }
            Self::Twice => t("fjern den ene", "fjern den eine", "remove one of them"),
            Self::Unused { needs } => Some(match lang {
                Lang::Nb => format!("fjern det, eller skriv `{needs}`"),
                Lang::Nn => format!("fjern det, eller skriv `{needs}`"),
                Lang::En => format!("remove it, or write `{needs}`"),
            }),
            Self::FileMissing => t(
                "stier regnes fra mappa der prosjektfila ligger",
                "stigar blir rekna frå mappa der prosjektfila ligg",
                "paths are relative to the folder of the project file",
            ),
            Self::SeriesBreaks { year, .. } => Some(match lang {
                Lang::Nb => format!(
                    "still spørsmålet som før; er det likevel det samme, skriv navnet i `comparable` under `[[answers]]` for {year}"
                ),
                Lang::Nn => format!(
                    "still spørsmålet som før; er det likevel det same, skriv namnet i `comparable` under `[[answers]]` for {year}"
                ),
                Lang::En => format!(
                    "ask it as before; if it is the same question all the same, name it in `comparable` under `[[answers]]` of {year}"
                ),
            }),
            Self::OtherSeriesBreak { .. } => t(
                "`bygdepuls questionnaire compare` sier hva som er endret",
                "`bygdepuls questionnaire compare` seier kva som er endra",
                "`bygdepuls questionnaire compare` says what changed",
            ),
            Self::CohortMissing { .. } => t(
                "hent flere år av SSB-tabell 07459, eller gi en klasseliste i `register.population.invited`",
                "hent fleire år av SSB-tabell 07459, eller gi ei klasseliste i `register.population.invited`",
                "fetch more years of SSB table 07459, or give a class list in `register.population.invited`",
            ),
            Self::MoreThanCohort { .. } => t(
                "det blir ikke noe intervall for dette kullet; en klasseliste i `register.population.invited` går foran registeret",
                "det blir ikkje noko intervall for dette kullet; ei klasseliste i `register.population.invited` går føre registeret",
                "there is no finite interval for this cohort; a class list in `register.population.invited` wins over the register",
            ),
            _ => None,
        }
    }
}

/// The type that a variable must have for its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableType {
    /// `select_one`
    Category,
    /// `text`
    Text,
    /// `date`, `start`, `end`
    Date,
}

impl VariableType {
    fn words(self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
        match self {
            Self::Category => t(
                "et spørsmål med ett valg, select_one",
                "eit spørsmål med eitt val, select_one",
                "a question with one choice, select_one",
            ),
            Self::Text => t("tekst", "tekst", "text"),
            Self::Date => t(
                "en dato eller et tidspunkt: date, start, end",
                "ein dato eller eit tidspunkt: date, start, end",
                "a date or a time: date, start, end",
            ),
        }
    }
}

impl Expected {
    fn words(self, lang: Lang) -> String {
        let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
        match self {
            Self::Text => t("tekst i anførselstegn", "tekst i hermeteikn", "text in quotes"),
            Self::Words => t(
                "tekst, eller { nb = \"…\", nn = \"…\", en = \"…\" }",
                "tekst, eller { nb = \"…\", nn = \"…\", en = \"…\" }",
                "text, or { nb = \"…\", nn = \"…\", en = \"…\" }",
            ),
            Self::Whole(low, high) => match lang {
                Lang::Nb => format!("et helt tall fra {low} til {high}"),
                Lang::Nn => format!("eit heilt tal frå {low} til {high}"),
                Lang::En => format!("a whole number from {low} to {high}"),
            },
            Self::Number(low, high) => match lang {
                Lang::Nb => format!("et tall fra {low} til {high}"),
                Lang::Nn => format!("eit tal frå {low} til {high}"),
                Lang::En => format!("a number from {low} to {high}"),
            },
            Self::Shares(many) => match lang {
                Lang::Nb => format!("en liste av {many} tall fra 0 til 1"),
                Lang::Nn => format!("ei liste av {many} tal frå 0 til 1"),
                Lang::En => format!("a list of {many} numbers from 0 to 1"),
            },
            Self::Date => t("en dato, \"2026-11-30\"", "ein dato, \"2026-11-30\"", "a date, \"2026-11-30\""),
            Self::TextList => {
                t("en liste av tekster, [\"…\"]", "ei liste av tekstar, [\"…\"]", "a list of texts, [\"…\"]")
            }
            Self::WholeList => t(
                "en liste av stigende hele tall, [1, 2]",
                "ei liste av stigande heile tal, [1, 2]",
                "a list of rising whole numbers, [1, 2]",
            ),
            Self::Codes => t(
                "en dato eller et år, \"2017-01-01\", eller \"year\"",
                "ein dato eller eit år, \"2017-01-01\", eller \"year\"",
                "a date or a year, \"2017-01-01\", or \"year\"",
            ),
            Self::Lists => t(
                "navn med ett eller flere navn, { navn = \"…\", navn = [\"…\", \"…\"] }",
                "namn med eitt eller fleire namn, { namn = \"…\", namn = [\"…\", \"…\"] }",
                "names with one or more names each, { name = \"…\", name = [\"…\", \"…\"] }",
            ),
            Self::Table => t("en tabell", "ein tabell", "a table"),
            Self::Tables => t(
                "minst én tabell i doble klammer, [[…]]",
                "minst éin tabell i doble klammer, [[…]]",
                "at least one table in double brackets, [[…]]",
            ),
            Self::MonthDay => t("måned og dag, \"04-30\"", "månad og dag, \"04-30\"", "month and day, \"04-30\""),
            Self::MonthDays => t(
                "en liste av måned og dag, [\"04-11\", \"04-21\"]",
                "ei liste av månad og dag, [\"04-11\", \"04-21\"]",
                "a list of month and day, [\"04-11\", \"04-21\"]",
            ),
            Self::OccupationBeginnings => t(
                "en liste av begynnelser på koder i STYRK-08, [\"22\", \"532\"]",
                "ei liste av byrjingar på kodar i STYRK-08, [\"22\", \"532\"]",
                "a list of beginnings of codes of STYRK-08, [\"22\", \"532\"]",
            ),
            Self::EducationBeginnings => t(
                "en liste av fagfelt i NUS2000, uten siffer for nivå, [\"6\", \"71\"]",
                "ei liste av fagfelt i NUS2000, utan siffer for nivå, [\"6\", \"71\"]",
                "a list of fields of NUS2000, without the digit of the level, [\"6\", \"71\"]",
            ),
            Self::Id => t(
                "små bokstaver a–z, tall, - og _",
                "små bokstavar a–z, tal, - og _",
                "lower-case letters a to z, digits, - and _",
            ),
        }
    }
}
