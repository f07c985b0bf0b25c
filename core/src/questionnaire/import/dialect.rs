//! Survey tools, and how each writes its exports.

use super::date::First;
use super::fold;
use crate::text::Lang;

/// The tool that wrote an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names of the tools")]
pub enum Dialect {
    /// What this command writes.
    Bygdepuls,
    Nettskjema,
    NettskjemaTsd,
    LimeSurvey,
    MicrosoftForms,
    SurveyXact,
    Questback,
    SurveyMonkey,
    Kobo,
    Odk,
    /// Any other table with one row per respondent.
    Other,
}

/// What a tool's own column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The tool's own number of the submission.
    Id,
    Started,
    Submitted,
    /// How far the respondent came, as a code.
    Status,
    /// Who it is, or how to reach them.
    Contact,
    /// Anything else of the tool's own.
    Other,
}

/// What the cells of closed questions hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefer {
    Codes,
    Labels,
    Either,
}

use Role::{Contact, Id, Other, Started, Status, Submitted};

/// Headings of the tools' own columns, as [`key`] has them.
const SYSTEM: &[(Dialect, &[(&str, Role)])] = &[
    (
        Dialect::Nettskjema,
        &[("$submissionid", Id), ("submissionid", Id), ("$created", Submitted), ("created", Submitted)],
    ),
    (
        Dialect::LimeSurvey,
        &[
            ("id", Id),
            ("responseid", Id),
            ("svarid", Id),
            ("submitdate", Submitted),
            ("datesubmitted", Submitted),
            ("innsendingsdato", Submitted),
            ("datoinnsendt", Submitted),
            ("datoforinnsending", Submitted),
            ("startdate", Started),
            ("datestarted", Started),
            ("startdato", Started),
            ("lastpage", Other),
            ("sisteside", Other),
            ("startlanguage", Other),
            ("startsprak", Other),
            ("seed", Other),
            ("fro", Other),
            ("datestamp", Other),
            ("datelastaction", Other),
            ("interviewtime", Other),
            ("totaltime", Other),
            ("ipaddr", Contact),
            ("refurl", Contact),
            ("referrerurl", Contact),
            ("token", Contact),
            ("accesscode", Contact),
        ],
    ),
    (
        Dialect::MicrosoftForms,
        &[
            ("id", Id),
            ("starttidspunkt", Started),
            ("starttime", Started),
            ("starttid", Started),
            ("fullforingstidspunkt", Submitted),
            ("completiontime", Submitted),
            ("fullforingstid", Submitted),
            ("slutttidspunkt", Submitted),
            ("sluttidspunkt", Submitted),
            ("epost", Contact),
            ("email", Contact),
            ("navn", Contact),
            ("namn", Contact),
            ("name", Contact),
            ("sistendret", Other),
            ("sistendretklokkeslett", Other),
            ("lastmodifiedtime", Other),
            ("sprak", Other),
            ("language", Other),
            ("totalpoints", Other),
            ("quizfeedback", Other),
        ],
    ),
    (
        Dialect::SurveyXact,
        &[
            ("respondent", Id),
            ("respondentid", Id),
            ("statoverall", Status),
            ("closetime", Submitted),
            ("starttime", Started),
            ("createdtime", Other),
            ("created", Other),
            ("modified", Other),
            ("organisation", Other),
            ("responsedigest", Other),
            ("digitaldistributionerrormessage", Other),
        ],
    ),
    (
        Dialect::Questback,
        &[
            ("lfdn", Id),
            ("externallfdn", Contact),
            ("tester", Other),
            ("dispcode", Status),
            ("lastpage", Other),
            ("quality", Other),
            ("duration", Other),
            ("datetime", Started),
            ("dateoflastaccess", Submitted),
            ("dateoffirstmail", Other),
            ("participantcode", Contact),
            ("referer", Other),
            ("browser", Other),
            ("hflip", Other),
            ("rtsfinished", Other),
            ("rtsstart", Other),
            ("rtsbreak", Other),
        ],
    ),
    (
        Dialect::SurveyMonkey,
        &[
            ("respondentid", Id),
            ("collectorid", Other),
            ("startdate", Started),
            ("datecreated", Started),
            ("enddate", Submitted),
            ("datemodified", Submitted),
            ("ipaddress", Contact),
            ("emailaddress", Contact),
            ("firstname", Contact),
            ("lastname", Contact),
            ("customdata1", Contact),
            ("customdata2", Contact),
            ("customdata3", Contact),
            ("customdata4", Contact),
            ("customdata5", Contact),
            ("customdata6", Contact),
        ],
    ),
    (
        Dialect::Kobo,
        &[
            ("_id", Id),
            ("_submissiontime", Submitted),
            ("start", Started),
            ("end", Submitted),
            ("today", Other),
            ("username", Contact),
            ("deviceid", Contact),
            ("phonenumber", Contact),
            ("simserial", Contact),
            ("subscriberid", Contact),
            ("email", Contact),
            ("_submittedby", Contact),
            ("formhubuuid", Other),
            ("metainstanceid", Other),
            ("metarootuuid", Other),
            ("metainstancename", Contact),
        ],
    ),
    (
        Dialect::Odk,
        &[
            ("key", Id),
            ("submissiondate", Submitted),
            ("start", Started),
            ("end", Submitted),
            ("today", Other),
            ("status", Other),
            ("instanceid", Other),
            ("metainstanceid", Other),
            ("metainstancename", Contact),
            ("instancename", Contact),
            ("submitterid", Contact),
            ("submittername", Contact),
            ("username", Contact),
            ("email", Contact),
            ("phonenumber", Contact),
            ("deviceid", Contact),
            ("attachmentspresent", Other),
            ("attachmentsexpected", Other),
            ("reviewstate", Other),
            ("edits", Other),
            ("formversion", Other),
            ("setofparent", Other),
            ("parentkey", Other),
        ],
    ),
];

impl Dialect {
    /// All of them, in the order in which they are recognised.
    pub const ALL: [Self; 11] = [
        Self::Bygdepuls,
        Self::Nettskjema,
        Self::NettskjemaTsd,
        Self::SurveyMonkey,
        Self::MicrosoftForms,
        Self::LimeSurvey,
        Self::SurveyXact,
        Self::Questback,
        Self::Kobo,
        Self::Odk,
        Self::Other,
    ];

    /// A stable name, as the command line takes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bygdepuls => "bygdepuls",
            Self::Nettskjema => "nettskjema",
            Self::NettskjemaTsd => "nettskjema-tsd",
            Self::LimeSurvey => "limesurvey",
            Self::MicrosoftForms => "microsoft-forms",
            Self::SurveyXact => "surveyxact",
            Self::Questback => "questback",
            Self::SurveyMonkey => "surveymonkey",
            Self::Kobo => "kobotoolbox",
            Self::Odk => "odk",
            Self::Other => "other",
        }
    }

    /// The name of the tool.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Bygdepuls => "Bygdepuls",
            Self::Nettskjema => "Nettskjema",
            Self::NettskjemaTsd => lang.pick("Nettskjema gjennom TSD", "Nettskjema gjennom TSD", "Nettskjema via TSD"),
            Self::LimeSurvey => "LimeSurvey",
            Self::MicrosoftForms => "Microsoft Forms",
            Self::SurveyXact => "SurveyXact",
            Self::Questback => "Questback",
            Self::SurveyMonkey => "SurveyMonkey",
            Self::Kobo => "KoboToolbox",
            Self::Odk => "ODK Central",
            Self::Other => lang.pick("en annen tabell", "ein annan tabell", "another table"),
        }
    }

    /// Other names that people give it.
    #[must_use]
    pub const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::NettskjemaTsd => &["tsd"],
            Self::MicrosoftForms => &["msforms", "forms", "ms-forms"],
            Self::Kobo => &["kobo"],
            Self::Odk => &["odk-central"],
            _ => &[],
        }
    }

    /// By any of its names.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.code() == code || dialect.aliases().contains(&code))
    }

    /// The tool whose own columns stand in a header, and which of them told.
    pub(super) fn find(names: &[String], delimiter: u8) -> (Self, Vec<String>) {
        let keys: Vec<String> = names.iter().map(|name| key(name)).collect();
        let tell = |signs: &[&str]| -> Vec<String> {
            let found = keys.iter().zip(names).filter(|(key, _)| signs.contains(&key.as_str()));
            found.map(|(_, name)| name.clone()).collect()
        };
        let begins = |sign: &str| -> Vec<String> {
            let found = keys.iter().zip(names).filter(|(key, _)| key.starts_with(sign));
            found.map(|(_, name)| name.clone()).take(3).collect()
        };
        let dollar = begins("$");
        if !dollar.is_empty() {
            let dialect = if delimiter == b',' { Self::NettskjemaTsd } else { Self::Nettskjema };
            return (dialect, dollar);
        }
        let pairs: [(Self, &[&str], usize); 9] = [
            (Self::SurveyMonkey, &["respondentid", "collectorid"], 2),
            (
                Self::MicrosoftForms,
                &[
                    "starttidspunkt",
                    "starttime",
                    "starttid",
                    "fullforingstidspunkt",
                    "completiontime",
                    "fullforingstid",
                    "slutttidspunkt",
                    "sluttidspunkt",
                ],
                2,
            ),
            (Self::LimeSurvey, &["submitdate", "startlanguage", "datesubmitted", "startsprak", "innsendingsdato"], 1),
            (Self::LimeSurvey, &["responseid", "lastpage", "seed"], 2),
            (Self::Questback, &["lfdn", "dispcode"], 1),
            (Self::Kobo, &["_uuid", "_submissiontime", "_validationstatus", "_submittedby"], 1),
            (Self::Kobo, &["_id", "_index"], 1),
            (Self::Odk, &["submissiondate", "key", "metainstanceid", "instanceid"], 2),
            (Self::SurveyXact, &["statoverall", "respondent"], 2),
        ];
        for (dialect, signs, needed) in pairs {
            let found = tell(signs);
            if found.len() >= needed {
                return (dialect, found);
            }
        }
        for sign in ["statoverall", "statcollect", "statdistribution"] {
            let found = begins(sign);
            if !found.is_empty() {
                return (Self::SurveyXact, found);
            }
        }
        (Self::Other, Vec::new())
    }

    /// What a column of the tool's own holds; `None` for a question.
    pub(super) fn role(self, heading: &str) -> Option<Role> {
        let key = key(heading);
        let table = if self == Self::NettskjemaTsd { Self::Nettskjema } else { self };
        let own = SYSTEM.iter().find(|(dialect, _)| *dialect == table)?.1;
        if let Some((_, role)) = own.iter().find(|(name, _)| *name == key) {
            return Some(*role);
        }
        let is_own = match table {
            Self::Nettskjema => key.starts_with('$'),
            Self::Kobo => key.starts_with('_'),
            Self::SurveyXact => key.starts_with("stat") && key.ends_with(|last: char| last.is_ascii_digit()),
            Self::LimeSurvey => {
                key.ends_with("time")
                    && ["grouptime", "questiontime", "interviewtime"].iter().any(|one| key.starts_with(one))
            }
            Self::Questback => key.starts_with("rts") && key[3..].bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        is_own.then_some(Other)
    }

    /// What closed questions hold.
    pub(super) fn prefer(self) -> Prefer {
        match self {
            Self::Bygdepuls | Self::Odk | Self::NettskjemaTsd => Prefer::Codes,
            Self::MicrosoftForms | Self::SurveyMonkey => Prefer::Labels,
            _ => Prefer::Either,
        }
    }

    /// What comes first in its dates, where a column does not tell.
    pub(super) fn first(self) -> First {
        match self {
            Self::SurveyMonkey => First::Month,
            _ => First::Unknown,
        }
    }

    /// Whether the status of a row says that it was sent in.
    pub(super) fn is_complete(self, status: &str) -> bool {
        match self {
            Self::SurveyXact => matches!(fold::name(status).as_str(), "4" | "completed" | "gjennomfort" | "gennemfort"),
            Self::Questback => matches!(fold::name(status).as_str(), "31" | "32" | "completed"),
            _ => !status.is_empty(),
        }
    }
}

/// A heading as the tables above have it: folded, with the signs that tools put before their own columns.
fn key(heading: &str) -> String {
    let heading = heading.trim();
    let sign = match heading.chars().next() {
        Some(sign @ ('$' | '_')) => sign.to_string(),
        _ => String::new(),
    };
    sign + &fold::name(heading)
}
