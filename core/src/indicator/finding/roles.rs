//! Which question plays which part in the findings.

/// The section `[findings]` of a project file; what it leaves out is as in the battery of questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Roles {
    /// Who can imagine living here: the question, and its answers that mean yes.
    pub intent: (String, Vec<String>),
    /// What counts as a tie to the region, the most telling first.
    pub ties: Vec<Tie>,
    /// How many close friends live here.
    pub friends: String,
    /// Where the groups by number of friends begin: 0, 1, 3 and 6.
    pub friends_from: Vec<u64>,
    /// What else the models hold, beside wave, year and home municipality.
    pub adjust: Vec<String>,
    /// Moved at the same time as friends: the question, and its answers that mean yes.
    pub moved_with: (String, Vec<String>),
    /// The year of the last move.
    pub moved_year: String,
    /// The class; without one the home municipality of the cohort stands for it.
    pub class: String,
    /// What must be in place; several may be ticked.
    pub conditions: String,
    /// The main reason.
    pub motive: String,
    /// Importance of a quality, by what its questions begin with, and the answers that mean important.
    pub important: (String, Vec<String>),
    /// Satisfaction with it.
    pub satisfied: (String, Vec<String>),
    /// The most important measure, the second, the third.
    pub priorities: Vec<String>,
    /// File: the course of each person from invited to resident.
    pub outcomes: Option<String>,
    /// After how many years an earlier answer is held against what happened.
    pub horizon: u64,
    /// File: who moved, and when.
    pub moves: Option<String>,
    /// Trials with a survey before and after.
    pub trials: Vec<Trial>,
    /// File: the register of measures.
    pub measures: Option<String>,
    /// Whether the register is published with the figures.
    pub measures_public: bool,
    /// File: notes from youth councils and focus groups.
    pub notes: Option<String>,
}

/// What counts as a tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The question.
    pub variable: String,
    /// Its answers that mean a tie.
    pub yes: Vec<String>,
}

/// A trial: one file with answers before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Its id.
    pub id: String,
    /// The file.
    pub file: String,
    /// The column of the outcome: numbers, or codes of which some are yes.
    pub outcome: String,
    /// The codes that are yes; none: the outcome is a number.
    pub yes: Vec<String>,
    /// The column that says when, with the codes before and after.
    pub period: (String, String, String),
    /// The column that says where, with the codes of the trial and of the comparison.
    pub group: Option<(String, String, String)>,
    /// The column of the person who answered both times.
    pub person: Option<String>,
    /// The column of the village or route that was given the trial as a whole.
    pub cluster: Option<String>,
    /// Columns of numbers that are compared at the start.
    pub baseline: Vec<String>,
}

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The battery's own questions.
///
/// A tie is a fact of a person's life, family, partner, property, work, before it is a feeling: feeling at home comes last, and
/// is asked of all waves. Having grown up in the region is none: all who are asked have. Friends are none either: they are the
/// second hypothesis.
impl Default for Roles {
    fn default() -> Self {
        let tie = |variable: &str, yes: &[&str]| Tie { variable: variable.into(), yes: list(yes) };
        Self {
            intent: ("int_kunne".into(), list(&["4", "5"])),
            ties: vec![
                tie("tilknytning", &["2", "3", "4", "5"]),
                tie("sommerjobb", &["1"]),
                tie("tilh_hjemme", &["4", "5"]),
            ],
            friends: "venner_naer".into(),
            friends_from: vec![0, 1, 3, 6],
            adjust: list(&["kjonn"]),
            moved_with: ("flyttet_sammen".into(), list(&["1"])),
            moved_year: "flytteaar".into(),
            class: "klasse".into(),
            conditions: "betingelser".into(),
            motive: "motiv_hoved".into(),
            important: ("viktig_".into(), list(&["3", "4"])),
            satisfied: ("fornoyd_".into(), list(&["4", "5"])),
            priorities: list(&["prioritet_1", "prioritet_2", "prioritet_3"]),
            outcomes: None,
            horizon: 5,
            moves: None,
            trials: Vec::new(),
            measures: None,
            measures_public: false,
            notes: None,
        }
    }
}
