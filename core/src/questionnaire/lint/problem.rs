//! What can be wrong with a questionnaire, in words.

use crate::problem::{Explain, Problem, Severity};
use crate::questionnaire::{ExpressionError, Questionnaire};
use crate::read::problem::fill;
use crate::text::Lang;

/// What is wrong with a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the numbers and names in the message")]
pub enum LintProblem {
    /// A note or group without a name.
    NoName,
    /// Not a name of XLSForm.
    InvalidName,
    /// Letters that some tools do not take in names.
    NotAscii,
    /// A name that was used before.
    NameTwice { line: u64 },
    /// What LimeSurvey cannot hold.
    LimeSurvey(LimeSurveyLimit),
    /// `end` without `begin`.
    EndWithoutBegin,
    /// `begin` without `end`.
    BeginWithoutEnd,
    /// Required, but there is nothing to answer.
    RequiredWithoutAnswer,
    /// A default language without a column.
    UnknownDefaultLanguage { exists: Vec<String> },
    /// A language of the project without a column.
    NoLanguage(Lang),
    /// A question without words.
    NoLabel { name: String },
    /// Words in one language and not in another.
    NotTranslated { name: String },
    /// A list that no question uses.
    UnusedList,
    /// A list with one choice.
    SingleChoice,
    /// A code with a space.
    CodeWithSpace,
    /// Two choices with the same words.
    SameWords { other: String },
    /// One choice for don't know and will not say together.
    TwoKindsOfMissing,
    /// Words of don't know, and nothing in the column `missing`.
    UnmarkedMissing,
    /// Words of don't know, and no column `missing` at all.
    NoMissingColumn { count: usize },
    /// The column says one kind of missing, the words the other.
    WrongMissing,
    /// Two choices of a list for one kind of missing.
    MissingTwice { other: String },
    /// A code that stands for another kind of missing in another list.
    MissingDiffers { list: String },
    /// An expression that cannot be understood.
    Expression(ExpressionError),
    /// `.` in a condition, where there is no answer yet.
    ThisInRelevant,
    /// A variable that does not exist.
    UnknownName { name: String, suggestion: Option<String> },
    /// A question that is asked later.
    RefersForward { name: String, line: u64 },
    /// A condition on the question's own answer.
    RefersToItself,
    /// A note or group, which nobody answers.
    NoAnswer { name: String },
    /// A code that the list does not have.
    UnknownCode { name: String, code: String, exists: Vec<String> },
    /// Several answers compared as one.
    SeveralCompared { name: String, code: String },
    /// Put to nobody.
    NeverPut,
    /// A condition that always holds.
    AlwaysPut,
    /// The column `waves` has waves that the routing never lets through.
    NeverInWaves { waves: Vec<String> },
    /// Waves that the column `waves` leaves out, and the condition lets through.
    WavesLetThrough { waves: Vec<String> },
    /// Decided by a question that these waves are not asked.
    NotAskedInWaves { name: String, waves: Vec<String> },
    /// A wave that does not exist.
    UnknownWave { exists: Vec<String> },
    /// A constraint that takes no answer.
    TakesNothing,
    /// A part of the self-made code that changes with the years.
    ChangingFact { word: String },
}

/// What LimeSurvey cannot hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the names in the message")]
pub enum LimeSurveyLimit {
    /// Two names that are one without underscores.
    SameCode { code: String, other: String },
    /// A name of more than 20 letters and digits.
    Long,
    /// A choice code of more than 5 letters and digits, or with others.
    Answer,
}

/// Faults that make a form fail in a survey tool, or ask the wrong people: nothing is exported with one of them.
const FATAL: [&str; 11] = [
    "no-name",
    "invalid-name",
    "duplicate",
    "end-without-begin",
    "begin-without-end",
    "expression",
    "this-in-relevant",
    "unknown-name",
    "refers-forward",
    "refers-to-itself",
    "no-answer",
];

/// Whether a problem keeps a questionnaire from being exported.
#[must_use]
pub fn is_fatal(problem: &Problem) -> bool {
    problem.severity == Severity::Error && FATAL.contains(&problem.what.code())
}

impl LintProblem {
    /// A name that does not exist, with the nearest that does.
    pub(super) fn unknown(name: &str, own: &Questionnaire) -> Self {
        let near = |other: &str| strsim::jaro_winkler(&name.to_lowercase(), &other.to_lowercase());
        let names = own.items.iter().filter(|item| item.kind.is_variable()).map(|item| item.name.as_str());
        let nearest = names.max_by(|a, b| near(a).total_cmp(&near(b))).filter(|other| near(other) > 0.8);
        Self::UnknownName { name: name.into(), suggestion: nearest.map(str::to_owned) }
    }
}

impl Explain for LintProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NoName => "no-name",
            Self::InvalidName => "invalid-name",
            Self::NotAscii => "not-ascii",
            Self::NameTwice { .. } => "duplicate",
            Self::LimeSurvey(LimeSurveyLimit::SameCode { .. }) => "limesurvey-same-code",
            Self::LimeSurvey(LimeSurveyLimit::Long) => "limesurvey-long-code",
            Self::LimeSurvey(LimeSurveyLimit::Answer) => "limesurvey-answer-code",
            Self::EndWithoutBegin => "end-without-begin",
            Self::BeginWithoutEnd => "begin-without-end",
            Self::RequiredWithoutAnswer => "required-without-answer",
            Self::UnknownDefaultLanguage { .. } => "unknown-default-language",
            Self::NoLanguage(_) => "no-language",
            Self::NoLabel { .. } => "no-label",
            Self::NotTranslated { .. } => "not-translated",
            Self::UnusedList => "unused-list",
            Self::SingleChoice => "single-choice",
            Self::CodeWithSpace => "code-with-space",
            Self::SameWords { .. } => "same-words",
            Self::TwoKindsOfMissing => "two-kinds-of-missing",
            Self::UnmarkedMissing => "unmarked-missing",
            Self::NoMissingColumn { .. } => "no-missing-column",
            Self::WrongMissing => "wrong-missing",
            Self::MissingTwice { .. } => "missing-twice",
            Self::MissingDiffers { .. } => "missing-differs",
            Self::Expression(_) => "expression",
            Self::ThisInRelevant => "this-in-relevant",
            Self::UnknownName { .. } => "unknown-name",
            Self::RefersForward { .. } => "refers-forward",
            Self::RefersToItself => "refers-to-itself",
            Self::NoAnswer { .. } => "no-answer",
            Self::UnknownCode { .. } => "unknown-code",
            Self::SeveralCompared { .. } => "several-compared",
            Self::NeverPut => "never-put",
            Self::AlwaysPut => "always-put",
            Self::NeverInWaves { .. } => "never-in-waves",
            Self::WavesLetThrough { .. } => "waves-let-through",
            Self::NotAskedInWaves { .. } => "not-asked-in-waves",
            Self::UnknownWave { .. } => "unknown-wave",
            Self::TakesNothing => "takes-nothing",
            Self::ChangingFact { .. } => "changing-fact",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let words = match self {
            Self::NoName => lang.pick("navnet mangler", "namnet manglar", "the name is missing"),
            Self::InvalidName => {
                lang.pick("dette kan ikke være et navn", "dette kan ikkje vere eit namn", "this cannot be a name")
            }
            Self::NotAscii => lang.pick(
                "navnet har bokstaver som ikke alle verktøy tar",
                "namnet har bokstavar som ikkje alle verktøy tek",
                "the name has letters that not every tool takes",
            ),
            Self::NameTwice { .. } => {
                lang.pick("navnet er brukt før", "namnet er brukt før", "the name was used before")
            }
            Self::LimeSurvey(LimeSurveyLimit::SameCode { code, other }) => {
                return fill(
                    lang.pick(
                        "i LimeSurvey, uten understrek, får denne samme kode som {1}: {0}",
                        "i LimeSurvey, utan understrek, får denne same kode som {1}: {0}",
                        "in LimeSurvey, without underscores, this has the same code as {1}: {0}",
                    ),
                    &[code, other],
                );
            }
            Self::LimeSurvey(LimeSurveyLimit::Long) => lang.pick(
                "navnet er lengre enn de 20 tegnene LimeSurvey tar; det kortes der",
                "namnet er lengre enn dei 20 teikna LimeSurvey tek; det blir korta der",
                "the name is longer than the 20 characters that LimeSurvey takes; it is shortened there",
            ),
            Self::LimeSurvey(LimeSurveyLimit::Answer) => lang.pick(
                "LimeSurvey tar svarkoder på høyst 5 bokstaver og sifre; koden får et nummer der",
                "LimeSurvey tek svarkodar på høgst 5 bokstavar og siffer; koden får eit nummer der",
                "LimeSurvey takes answer codes of at most 5 letters and digits; the code is numbered there",
            ),
            Self::EndWithoutBegin => lang.pick(
                "slutten på en gruppe som ikke er begynt",
                "slutten på ei gruppe som ikkje er byrja",
                "the end of a group that was not begun",
            ),
            Self::BeginWithoutEnd => {
                lang.pick("gruppa blir aldri avsluttet", "gruppa blir aldri avslutta", "the group is never ended")
            }
            Self::RequiredWithoutAnswer => lang.pick(
                "må besvares, men her er ingenting å svare på",
                "må svarast på, men her er ingenting å svare på",
                "must be answered, but there is nothing to answer",
            ),
            Self::UnknownDefaultLanguage { .. } => lang.pick(
                "standardspråket har ingen kolonne",
                "standardspråket har ingen kolonne",
                "the default language has no column",
            ),
            Self::NoLanguage(Lang::Nn) => {
                lang.pick("skjemaet er ikke på nynorsk", "skjemaet er ikkje på nynorsk", "the form is not in nynorsk")
            }
            Self::NoLanguage(_) => {
                lang.pick("skjemaet er ikke på bokmål", "skjemaet er ikkje på bokmål", "the form is not in bokmål")
            }
            Self::NoLabel { name } => {
                return fill(lang.pick("{0} har ingen tekst", "{0} har ingen tekst", "{0} has no words"), &[name]);
            }
            Self::NotTranslated { name } => {
                return fill(
                    lang.pick(
                        "{0} mangler tekst på dette språket",
                        "{0} manglar tekst på dette språket",
                        "{0} has no words in this language",
                    ),
                    &[name],
                );
            }
            Self::UnusedList => {
                lang.pick("ingen spørsmål bruker lista", "ingen spørsmål bruker lista", "no question uses the list")
            }
            Self::SingleChoice => lang.pick(
                "lista har bare ett svaralternativ",
                "lista har berre eitt svaralternativ",
                "the list has one choice only",
            ),
            Self::CodeWithSpace => lang.pick(
                "koden har mellomrom, som skiller flere svar",
                "koden har mellomrom, som skil fleire svar",
                "the code has a space, which separates several answers",
            ),
            Self::SameWords { other } => {
                return fill(
                    lang.pick(
                        "samme tekst som svaralternativ {0}",
                        "same tekst som svaralternativ {0}",
                        "the same words as choice {0}",
                    ),
                    &[other],
                );
            }
            Self::TwoKindsOfMissing => lang.pick(
                "«vet ikke» og «vil ikke svare» i samme svaralternativ",
                "«veit ikkje» og «vil ikkje svare» i same svaralternativ",
                "don't know and will not say in one choice",
            ),
            Self::UnmarkedMissing => lang.pick(
                "svaralternativet er ikke merket som manglende svar, og regnes som et svar",
                "svaralternativet er ikkje merkt som manglande svar, og blir rekna som eit svar",
                "the choice is not marked as missing, and counts as an answer",
            ),
            Self::NoMissingColumn { count } => {
                return fill(
                    lang.pick(
                        "{0} svaralternativer som «vet ikke» er ikke merket som manglende svar, og regnes som svar",
                        "{0} svaralternativ som «veit ikkje» er ikkje merkte som manglande svar, og blir rekna som svar",
                        "{0} choices such as don't know are not marked as missing, and count as answers",
                    ),
                    &[&count.to_string()],
                );
            }
            Self::WrongMissing => lang.pick(
                "kolonnen sier noe annet enn teksten",
                "kolonnen seier noko anna enn teksten",
                "the column says something else than the words",
            ),
            Self::MissingTwice { other } => {
                return fill(
                    lang.pick(
                        "svaralternativ {0} i lista står for det samme",
                        "svaralternativ {0} i lista står for det same",
                        "choice {0} of the list stands for the same",
                    ),
                    &[other],
                );
            }
            Self::MissingDiffers { list } => {
                return fill(
                    lang.pick(
                        "koden betyr noe annet i lista {0}",
                        "koden tyder noko anna i lista {0}",
                        "the code means something else in the list {0}",
                    ),
                    &[list],
                );
            }
            Self::Expression(error) => return error.message(lang),
            Self::ThisInRelevant => lang.pick(
                "punktum er svaret selv, som ikke er gitt ennå",
                "punktum er svaret sjølv, som ikkje er gitt enno",
                "a point is the answer itself, which is not given yet",
            ),
            Self::UnknownName { name, .. } => {
                return fill(lang.pick("${{0}} finnes ikke", "${{0}} finst ikkje", "${{0}} does not exist"), &[name]);
            }
            Self::RefersForward { name, line } => {
                return fill(
                    lang.pick(
                        "${{0}} kommer først senere, på linje {1}",
                        "${{0}} kjem først seinare, på linje {1}",
                        "${{0}} comes later, on line {1}",
                    ),
                    &[name, &line.to_string()],
                );
            }
            Self::RefersToItself => lang.pick(
                "spørsmålet er avhengig av sitt eget svar",
                "spørsmålet er avhengig av sitt eige svar",
                "the question depends on its own answer",
            ),
            Self::NoAnswer { name } => {
                return fill(
                    lang.pick("${{0}} har ikke noe svar", "${{0}} har ikkje noko svar", "${{0}} has no answer"),
                    &[name],
                );
            }
            Self::UnknownCode { name, code, .. } => {
                return fill(
                    lang.pick(
                        "${{0}} har ikke koden {1}",
                        "${{0}} har ikkje koden {1}",
                        "${{0}} does not have the code {1}",
                    ),
                    &[name, code],
                );
            }
            Self::SeveralCompared { name, .. } => {
                return fill(
                    lang.pick(
                        "${{0}} kan ha flere svar; dette gjelder bare dem som har gitt dette ene",
                        "${{0}} kan ha fleire svar; dette gjeld berre dei som har gitt dette eine",
                        "${{0}} can have several answers; this holds for those who gave this one alone",
                    ),
                    &[name],
                );
            }
            Self::NeverPut => {
                lang.pick("ingen får dette spørsmålet", "ingen får dette spørsmålet", "nobody is asked this")
            }
            Self::AlwaysPut => lang.pick(
                "betingelsen er oppfylt uansett hva som svares",
                "vilkåret er oppfylt uansett kva som blir svart",
                "the condition holds whatever is answered",
            ),
            Self::NeverInWaves { waves } => {
                return fill(
                    lang.pick(
                        "kolonnen waves har bølge {0}, men betingelsen slipper den aldri til",
                        "kolonnen waves har bølgje {0}, men vilkåret slepp henne aldri til",
                        "the column waves has wave {0}, which the condition never lets through",
                    ),
                    &[&waves.join(", ")],
                );
            }
            Self::WavesLetThrough { waves } => {
                return fill(
                    lang.pick(
                        "kolonnen waves har ikke bølge {0}, men betingelsen slipper den til",
                        "kolonnen waves har ikkje bølgje {0}, men vilkåret slepp henne til",
                        "the column waves does not have wave {0}, but the condition lets it through",
                    ),
                    &[&waves.join(", ")],
                );
            }
            Self::NotAskedInWaves { name, waves } => {
                return fill(
                    lang.pick(
                        "${{0}} avgjør, men bølge {1} får ikke det spørsmålet",
                        "${{0}} avgjer, men bølgje {1} får ikkje det spørsmålet",
                        "${{0}} decides, but wave {1} is not asked it",
                    ),
                    &[name, &waves.join(", ")],
                );
            }
            Self::UnknownWave { .. } => {
                lang.pick("en bølge som ikke finnes", "ei bølgje som ikkje finst", "a wave that does not exist")
            }
            Self::TakesNothing => lang.pick("ingen svar er lov", "ingen svar er lov", "no answer is taken"),
            Self::ChangingFact { word } => {
                return fill(
                    lang.pick(
                        "koden bruker noe som endrer seg med årene: «{0}»",
                        "koden bruker noko som endrar seg med åra: «{0}»",
                        "the code uses something that changes with the years: {0}",
                    ),
                    &[word],
                );
            }
        };
        words.into()
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::InvalidName => lang.pick(
                "en bokstav eller understrek, så bokstaver, sifre, understrek, bindestrek og punktum",
                "ein bokstav eller understrek, så bokstavar, siffer, understrek, bindestrek og punktum",
                "a letter or underscore, then letters, digits, underscores, hyphens and points",
            ),
            Self::NameTwice { line } => {
                return Some(fill(
                    lang.pick(
                        "et nytt navn; det første står på linje {0}",
                        "eit nytt namn; det første står på linje {0}",
                        "a new name; the first is on line {0}",
                    ),
                    &[&line.to_string()],
                ));
            }
            Self::UnknownDefaultLanguage { exists }
            | Self::UnknownWave { exists }
            | Self::UnknownCode { exists, .. } => {
                return Some(exists.join(", "));
            }
            Self::Expression(error) => return error.expected(lang),
            Self::ChangingFact { .. } => lang.pick(
                "det samme svaret ved 16, 19, 24 og 29 år",
                "det same svaret ved 16, 19, 24 og 29 år",
                "the same answer at 16, 19, 24 and 29",
            ),
            _ => return None,
        };
        Some(words.into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::NotAscii => lang.pick("skriv aa, ae, o i navn", "skriv aa, ae, o i namn", "write aa, ae, o in names"),
            Self::LimeSurvey(LimeSurveyLimit::SameCode { .. }) => {
                lang.pick("gi den ene et nytt navn", "gi den eine eit nytt namn", "rename one of them")
            }
            Self::RequiredWithoutAnswer => {
                lang.pick("tøm kolonnen required", "tøm kolonnen required", "leave the column required blank")
            }
            Self::NoLanguage(_) => lang.pick(
                "legg til en kolonne label::… for språket, også blant svaralternativene",
                "legg til ein kolonne label::… for språket, også blant svaralternativa",
                "add a column label::… for it, among the choices too",
            ),
            Self::UnusedList => {
                lang.pick("ta den bort, eller rett navnet", "ta henne bort, eller rett namnet", "remove it, or correct the name")
            }
            Self::CodeWithSpace => lang.pick("skriv understrek i stedet", "skriv understrek i staden", "write an underscore"),
            Self::TwoKindsOfMissing => lang.pick(
                "del det i to: de to betyr ulike ting",
                "del det i to: dei to tyder ulike ting",
                "split it in two: they mean different things",
            ),
            Self::UnmarkedMissing | Self::NoMissingColumn { .. } => lang.pick(
                "skriv dont_know eller refused i kolonnen missing",
                "skriv dont_know eller refused i kolonnen missing",
                "write dont_know or refused in the column missing",
            ),
            Self::MissingDiffers { .. } => lang.pick(
                "bruk samme kode for det samme i alle lister: 98 vet ikke, 99 vil ikke svare",
                "bruk same kode for det same i alle lister: 98 veit ikkje, 99 vil ikkje svare",
                "use one code for one meaning in all lists: 98 don't know, 99 will not say",
            ),
            Self::UnknownName { suggestion: Some(name), .. } => {
                return Some(fill(lang.pick("mente du {0}?", "meinte du {0}?", "did you mean {0}?"), &[name]));
            }
            Self::RefersForward { .. } => lang.pick(
                "flytt det ene spørsmålet, eller endre betingelsen",
                "flytt det eine spørsmålet, eller endre vilkåret",
                "move one of the questions, or change the condition",
            ),
            Self::SeveralCompared { name, code } => {
                return Some(format!("selected(${{{name}}}, '{code}')"));
            }
            Self::AlwaysPut => lang.pick(
                "ta bort betingelsen, eller rett den",
                "ta bort vilkåret, eller rett det",
                "remove the condition, or correct it",
            ),
            Self::WavesLetThrough { .. } => lang.pick(
                "skriv bølgene i betingelsen: verktøyene leser ikke kolonnen waves",
                "skriv bølgjene i vilkåret: verktøya les ikkje kolonnen waves",
                "write the waves in the condition: survey tools do not read the column waves",
            ),
            Self::NotAskedInWaves { .. } => lang.pick(
                "still spørsmålet til de bølgene også, eller ta bølgene ut av betingelsen",
                "still spørsmålet til dei bølgjene òg, eller ta bølgjene ut av vilkåret",
                "ask those waves too, or take them out of the condition",
            ),
            Self::ChangingFact { .. } => lang.pick(
                "bygg koden av fakta som varer: mors fornavn, dagen du er født, stedet der du er født; koden er en \
                 personopplysning",
                "bygg koden av fakta som varer: førenamnet til mor, dagen du er fødd, staden der du er fødd; koden er ei \
                 personopplysning",
                "build the code from facts that last: the mother's first name, the day of birth, the place of birth; the \
                 code is personal data",
            ),
            _ => return None,
        };
        Some(words.into())
    }
}
