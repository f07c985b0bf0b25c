//! Trainees: how many seek a place, how many are offered a job, and how many stay.

use super::draft::{Draft, all, column, year};
use super::figures::{Behind, Column, Entry, Figures, Kind, NoFigure, Shape};
use super::need;
use super::spells::{Spells, days_of};
use crate::compare::real;
use crate::cube::Category;
use crate::problem::Problems;
use crate::register::recruitment::{Day, Recruitment, Trainee};
use crate::text::Text;

/// Trainee demand: applicants by places.
///
/// # Formula
///
/// ```text
/// demand = applicants / places
/// ```
///
/// # Input and result
///
/// | name         | shape | unit    | rule                   |
/// |--------------|-------|---------|------------------------|
/// | `applicants` | 1     | persons | 0 or more              |
/// | `places`     | 1     | places  | > 0, else no result    |
/// | result       | 1     | ratio   | times as many          |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::trainees::trainee_demand;
/// assert_eq!(trainee_demand(84, 6), Some(14.0));
/// ```
///
/// # Source
///
/// Benchmark 10–20 applicants per place, and about 15 % of trainees in municipalities of centrality 5–6: distriktssenteret.no,
/// regional trainee programmes (NF 2/2021).
#[must_use]
pub fn trainee_demand(applicants: u64, places: u64) -> Option<f64> {
    (places > 0).then(|| real(applicants) / real(places))
}

/// Applicants per trainee place by year, of the region: the register does not say where a place is, so that other areas have no
/// figure.
#[must_use]
pub fn demand(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some(rows) = &registers.trainee_places else {
        need(registers, "trainee_places", problems);
        return None;
    };
    let mut years: Vec<u16> = rows.iter().map(|row| row.year).collect();
    years.sort_unstable();
    years.dedup();
    let periods = years.iter().map(|one| year(*one)).collect();
    Some(draft_demand().fill(registers, periods, vec![all()], |at| {
        if at.column > 0 {
            return Entry::published(DEMAND[at.column - 1]);
        }
        // Places are of the programme, not of an area.
        if at.area > 0 {
            return Entry::plain(Err(no_place()), 0, Behind::default());
        }
        let of_year = rows.iter().filter(|row| row.year == years[at.period]);
        let (places, applicants) = of_year.fold((0, 0), |(places, applicants), row| {
            (places + u64::from(row.places), applicants + u64::from(row.applicants))
        });
        let value = trainee_demand(applicants, places).ok_or_else(NoFigure::nobody);
        // An applicant more moves the value by one of the places.
        Entry::plain(value, places, Behind { units: applicants, ..Behind::default() }).worth(1.0 / real(places))
    }))
}

fn no_place() -> NoFigure {
    let words =
        Text::new("registeret sier ikke hvor", "registeret seier ikkje kvar", "the register does not say where");
    NoFigure { code: "no_place", words }
}

/// Applicants per place elsewhere.
const DEMAND: [f64; 2] = [10.0, 20.0];

/// What becomes of trainees: the share that was offered a job in the region, and the share that lives there 0, 12, 24 and 36
/// months after the end, each beside what an evaluation found.
///
/// # Formula
///
/// ```text
/// offered     = offered a job / trainees of whom it is known
/// resident(k) = S(365 k / 12)      S Kaplan and Meier's of the days from the end of the place to the move away
/// ```
///
/// # Input and result
///
/// | name            | shape    | unit   | rule                                                                           |
/// |-----------------|----------|--------|--------------------------------------------------------------------------------|
/// | `ended`         | trainees | day    | those whose place has ended by the day of the run; others are in no count      |
/// | `moved`         | trainees | day    | on the day of the end or before: did not live there at the end                 |
/// | `seen`          | trainees | day    | the last day on which it is known; none: the day of the run; before the end: not counted |
/// | result          | 5        | shares | all years of the programme together                                            |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::retention::retention;
/// use bygdepuls_core::survival::{Moments, Spell};
/// // Of four one moved before the end, one after 500 days; one was last seen there after 400 days, one after 800.
/// let spells = [Spell::ended(0.0), Spell::ended(500.0), Spell::censored(400.0), Spell::censored(800.0)];
/// let moments = Moments::of(&spells, 1)?;
/// let resident = [0, 12, 24].map(|months| retention(&moments, months));
/// assert_eq!(resident, [Ok(0.75), Ok(0.75), Ok(0.375)]);
/// # Ok::<(), bygdepuls_core::survival::NoCurve>(())
/// ```
///
/// # Source
///
/// Benchmark: job offer 82 %, resident at the end 67 %, after 2 years 62 %, after 3 years 59 %; additional share about 54 %:
/// ideas2evidence 2011, distriktssenteret.no, bosettingsvirkninger.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some(trainees) = &registers.trainees else {
        need(registers, "trainees", problems);
        return None;
    };
    let ended: Vec<(&Trainee, Day)> =
        trainees.iter().filter_map(|one| Some((one, one.ended.filter(|day| *day <= registers.today)?))).collect();
    let period = match (ended.iter().map(|(one, _)| one.year).min(), ended.iter().map(|(one, _)| one.year).max()) {
        (Some(first), Some(last)) if first < last => {
            vec![Category { code: format!("{first}-{last}"), label: Text::same(&format!("{first}–{last}")) }]
        }
        (Some(first), _) => vec![year(first)],
        _ => Vec::new(),
    };
    Some(draft().fill(registers, period, vec![all()], |at| {
        let area = &registers.areas[at.area];
        let here = ended.iter().filter(|(one, _)| area.municipalities.contains(&one.place));
        match COLUMNS[at.column] {
            Of::Published(value) => Entry::published(value),
            Of::Offered => {
                let known: Vec<bool> = here.clone().filter_map(|(one, _)| one.offered).collect();
                let n = known.len() as u64;
                let offered = known.iter().filter(|offered| **offered).count() as u64;
                let unknown = here.count() as u64 - n;
                Entry::share(offered, n, Behind { units: n, ..Behind::default() }).note(
                    unknown,
                    "{} der det ikke er kjent, regnes ikke med",
                    "{} der det ikkje er kjent, blir ikkje rekna med",
                    "{} of whom it is not known are not counted",
                )
            }
            Of::Resident(months) => resident(registers, here.copied(), months),
        }
    }))
}

/// Residents some months after the end.
fn resident<'a>(registers: &Recruitment, here: impl Iterator<Item = (&'a Trainee, Day)>, months: u32) -> Entry {
    let mut spells = Spells::<2>::default();
    let (mut n, mut unseen) = (0, 0);
    for (one, end) in here {
        let last = one.seen.unwrap_or(registers.today).min(registers.today);
        let (days, how) = match one.moved.filter(|day| *day <= registers.today) {
            Some(moved) => (moved.since(end).max(0), 0),
            None => (last.since(end), 1),
        };
        match u32::try_from(days) {
            Ok(days) => {
                spells.add(days, how);
                n += 1;
            }
            Err(_) => unseen += 1,
        }
    }
    let curve = spells.moments().map(|moments| moments.kaplan_meier());
    Entry::staying(
        &curve,
        days_of(months),
        [0, 12, 24, 36].map(days_of).into_iter(),
        Behind { units: n, ..Behind::default() },
    )
    .note(
        unseen,
        "{} ble sist sett før slutten og regnes ikke med",
        "{} vart sist sett før slutten og blir ikkje rekna med",
        "{} were last seen before the end and are not counted",
    )
}

/// What a column is of.
#[derive(Clone, Copy)]
enum Of {
    Offered,
    Resident(u32),
    Published(f64),
}

const COLUMNS: [Of; 10] = [
    Of::Offered,
    Of::Published(0.82),
    Of::Resident(0),
    Of::Published(0.67),
    Of::Resident(12),
    Of::Resident(24),
    Of::Published(0.62),
    Of::Resident(36),
    Of::Published(0.59),
    Of::Published(0.54),
];

fn columns() -> Vec<Column> {
    let ours = |code, nb, nn, en| column(code, Kind::Share, nb, nn, en);
    let theirs = |code, nb, nn, en| column(code, Kind::Published, nb, nn, en);
    vec![
        ours("offered", "tilbud om jobb", "tilbod om jobb", "offered a job"),
        theirs(
            "offered_published",
            "tilbud om jobb, evaluering",
            "tilbod om jobb, evaluering",
            "offered a job, evaluation",
        ),
        ours("m0", "bosatt ved slutten", "busett ved slutten", "resident at the end"),
        theirs(
            "m0_published",
            "bosatt ved slutten, evaluering",
            "busett ved slutten, evaluering",
            "resident at the end, evaluation",
        ),
        ours("m12", "bosatt etter 12 måneder", "busett etter 12 månader", "resident after 12 months"),
        ours("m24", "bosatt etter 24 måneder", "busett etter 24 månader", "resident after 24 months"),
        theirs(
            "m24_published",
            "bosatt etter 2 år, evaluering",
            "busett etter 2 år, evaluering",
            "resident after 2 years, evaluation",
        ),
        ours("m36", "bosatt etter 36 måneder", "busett etter 36 månader", "resident after 36 months"),
        theirs(
            "m36_published",
            "bosatt etter 3 år, evaluering",
            "busett etter 3 år, evaluering",
            "resident after 3 years, evaluation",
        ),
        theirs(
            "additional_published",
            "addisjonell andel, evaluering",
            "addisjonell del, evaluering",
            "additional share, evaluation",
        ),
    ]
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new("Hva blir det av traineene", "Kva blir det av traineane", "What becomes of trainees"),
        base: Text::new(
            "Traineer med avsluttet plass: andel med tilbud om jobb i regionen, og andel som bor der etter slutten. Alle år samlet.",
            "Traineear med avslutta plass: del med tilbod om jobb i regionen, og del som bur der etter slutten. Alle år samla.",
            "Trainees whose place has ended: share offered a job in the region, and share that lives there after the end. All years together.",
        ),
        method: Text::new(
            "Bosatt: Kaplan–Meier fra slutten til flytting, sensurert da de sist ble sett; intervall log-log. Tilbud: intervall Wilson, 95 %. Evalueringen: ideas2evidence 2011 (distriktssenteret.no); den har ikke noe tall for 12 måneder.",
            "Busett: Kaplan–Meier frå slutten til flytting, sensurert då dei sist vart sette; intervall log-log. Tilbod: intervall Wilson, 95 %. Evalueringa: ideas2evidence 2011 (distriktssenteret.no); ho har ikkje noko tal for 12 månader.",
            "Resident: Kaplan–Meier from the end to the move, censored when last seen; interval log-log. Offers: Wilson, 95 %. The evaluation: ideas2evidence 2011 (distriktssenteret.no); it has no figure for 12 months.",
        ),
        unit: "percent",
        decimals: 0,
        shape: Shape::Bars,
        columns: columns(),
        registers: &["trainees"],
    }
}

fn draft_demand() -> Draft<'static> {
    Draft {
        title: Text::new("Søkere per traineeplass", "Søkjarar per traineeplass", "Applicants per trainee place"),
        base: Text::new(
            "Søkere per traineeplass i programmet, etter år.",
            "Søkjarar per traineeplass i programmet, etter år.",
            "Applicants per trainee place of the programme, by year.",
        ),
        method: Text::new(
            "Andre ordninger har 10–20 søkere per plass (distriktssenteret.no, NF 2/2021).",
            "Andre ordningar har 10–20 søkjarar per plass (distriktssenteret.no, NF 2/2021).",
            "Other programmes have 10–20 applicants per place (distriktssenteret.no, NF 2/2021).",
        ),
        unit: "per_place",
        decimals: 1,
        columns: vec![
            column("demand", Kind::Ratio, "søkere per plass", "søkjarar per plass", "applicants per place"),
            column("lowest_published", Kind::Published, "andre, minst", "andre, minst", "others, lowest"),
            column("highest_published", Kind::Published, "andre, mest", "andre, mest", "others, highest"),
        ],
        registers: &["trainee_places"],
        ..draft()
    }
}
