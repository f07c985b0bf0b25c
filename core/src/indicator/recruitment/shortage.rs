//! Positions that could not be filled, of all businesses, and how tight that makes the labour market.

use super::draft::{At, Draft, all, column};
use super::expansion::{self, Expansion, percentiles};
use super::figures::{Entry, Figures, Kind, NoFigure, PartOf, Shape};
use super::need;
use super::table::Axes;
use crate::compare::Interval;
use crate::problem::Problems;
use crate::register::recruitment::{Business, Recruitment};
use crate::text::Text;

/// Tightness: the shortage by the employment that is wanted, what there is and the shortage together.
///
/// # Formula
///
/// ```text
/// tightness = M / (S + M)                 in percent: times 100
/// ```
///
/// # Input and result
///
/// | name          | shape | unit    | rule                                                   |
/// |---------------|-------|---------|--------------------------------------------------------|
/// | `shortage`, M | 1     | persons | estimated, 0 or more                                   |
/// | `employed`, S | 1     | persons | actual employment of the same businesses, 0 or more    |
/// | result        | 1     | share   | none where both are 0                                  |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::shortage::{tightness_of_employed, tightness_of_wanted};
/// assert_eq!(tightness_of_wanted(50.0, 950.0), Some(0.05));
/// assert_eq!(tightness_of_employed(50.0, 1000.0), Some(0.05)); // by what there is: another denominator
/// ```
///
/// # Source
///
/// NAV, *Bedriftsundersøkelsen* 2021, summary: «forholdet mellom mangelen på arbeidskraft og ønsket sysselsetting».
#[must_use]
pub fn tightness_of_wanted(shortage: f64, employed: f64) -> Option<f64> {
    (shortage + employed > 0.0).then(|| shortage / (employed + shortage))
}

/// The shortage by actual employment, `M / S`: what others compute from NAV's tables. See [`tightness_of_wanted`].
#[must_use]
pub fn tightness_of_employed(shortage: f64, employed: f64) -> Option<f64> {
    (employed > 0.0).then(|| shortage / employed)
}

/// Positions short of each business in some areas and fields: the variables that are expanded.
struct Short<'a> {
    businesses: &'a [Business],
    survey: Expansion,
    areas: Vec<Vec<bool>>,
}

impl<'a> Short<'a> {
    fn read(registers: &'a Recruitment, problems: &mut Problems) -> Option<Self> {
        let Some((businesses, survey)) = expansion::of(registers) else {
            need(registers, expansion::missing(registers), problems);
            return None;
        };
        Some(Self { businesses, survey, areas: expansion::areas(registers, businesses) })
    }

    /// Positions short by business; of all fields without one.
    fn values(&self, area: usize, field: Option<u8>) -> Vec<f64> {
        let of = |(business, inside): (&Business, &bool)| {
            let wanted =
                business.shortages.iter().filter(|one| *inside && field.is_none_or(|field| one.field == field));
            wanted.map(|one| f64::from(one.positions)).sum()
        };
        self.businesses.iter().zip(&self.areas[area]).map(of).collect()
    }
}

/// An estimated total with its interval, which is not below what was seen.
fn estimated(short: &Short<'_>, values: &[f64], replicates: Option<Vec<f64>>, area: usize) -> Entry {
    let n = short.areas[area].iter().filter(|inside| **inside).count() as u64;
    if n == 0 {
        return expansion::unanswered();
    }
    let seen: f64 = values.iter().sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers of positions")]
    let behind = expansion::behind(short.businesses, |place, _| values[place] as u64);
    let value = short.survey.total(values).map(|(total, _)| total).map_err(|_| NoFigure::nobody());
    let weights = short.survey.weights().iter().zip(&short.areas[area]).filter(|(_, inside)| **inside);
    let heaviest = weights.map(|(weight, _)| *weight).fold(1.0, f64::max);
    let mut entry = Entry::plain(value, n, behind).worth(heaviest);
    entry.notes.clone_from(&short.survey.notes);
    match replicates.and_then(percentiles) {
        Some(limits) => {
            let lower = limits.lower.max(seen);
            entry.with(Interval { lower, upper: limits.upper.max(lower) }, "bootstrap")
        }
        None => entry.note(
            1,
            "uten intervall: utvalget viser ikke hvordan mangelen varierer",
            "utan intervall: utvalet viser ikkje korleis mangelen varierer",
            "no interval: the sample does not show how the shortage varies",
        ),
    }
}

/// The shortage estimate: positions not filled in the last three months for want of qualified applicants, by field.
///
/// A business that names no shortage has none. The estimate is a stratified expansion: see [`Expansion`].
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let short = Short::read(registers, problems)?;
    let fields = short.businesses.iter().flat_map(|business| &business.shortages).map(|one| (0, one.field));
    let axes = Axes::of(registers, fields);
    let field = |group: usize| group.checked_sub(1).and_then(|group| axes.groups.get(group).copied());
    let groups = axes.groups.len() + 1;
    let variables: Vec<Vec<f64>> = (0..registers.areas.len())
        .flat_map(|area| (0..groups).map(move |group| (area, group)))
        .map(|(area, group)| short.values(area, field(group)))
        .collect();
    let mut replicates = short.survey.bootstrap(&variables).into_iter();
    let of = |At { area, group, .. }: At| estimated(&short, &variables[area * groups + group], replicates.next(), area);
    Some(draft().fill(registers, expansion::period(registers), axes.fields(registers), of))
}

/// Tightness of the labour market: the shortage by wanted and by actual employment.
///
/// S is what the strata say of those that answered; of an area, the part of it that its businesses have in the survey.
#[must_use]
pub fn tightness(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let short = Short::read(registers, problems)?;
    let areas = registers.areas.len();
    let variables: Vec<Vec<f64>> = (0..areas).map(|area| short.values(area, None)).collect();
    let replicates = short.survey.bootstrap(&variables);
    let employed: Vec<f64> = (0..areas).map(|area| employed(registers, &short, area)).collect();
    Some(draft_tightness().fill(registers, expansion::period(registers), vec![all()], |at| {
        let entry = estimated(&short, &variables[at.area], replicates.get(at.area).cloned(), at.area);
        let formula = if at.column == 0 { tightness_of_wanted } else { tightness_of_employed };
        let ratio = |shortage: f64| formula(shortage, employed[at.area]);
        let interval = entry
            .interval
            .and_then(|limits| Some(Interval { lower: ratio(limits.lower)?, upper: ratio(limits.upper)? }));
        // A position more, times what its business stands for.
        let worth =
            entry.value.as_ref().ok().zip(entry.worth).map(|(shortage, heaviest)| {
                heaviest / (employed[at.area] + if at.column == 0 { *shortage } else { 0.0 })
            });
        let part = entry.value.as_ref().ok().zip(entry.worth);
        let part = part.map(|(number, worth)| PartOf {
            number: *number,
            interval: entry.interval,
            worth,
            rest: employed[at.area],
        });
        let value = entry.value.and_then(|shortage| ratio(shortage).ok_or_else(NoFigure::nobody));
        Entry { value, interval, worth, part, ..entry }
    }))
}

/// Employment of the strata that answered, and of each the part that lies in an area.
fn employed(registers: &Recruitment, short: &Short<'_>, area: usize) -> f64 {
    let mut sums = vec![(0.0, 0.0); registers.strata.len()];
    let rows = short.businesses.iter().zip(short.survey.weights()).zip(&short.areas[area]);
    for ((business, weight), inside) in rows {
        if let Some((here, everywhere)) = sums.get_mut(usize::from(business.stratum)) {
            // A business without employees still lies somewhere.
            let size = weight * f64::from(business.employed.max(1));
            *everywhere += size;
            *here += if *inside { size } else { 0.0 };
        }
    }
    let part = |(here, everywhere): (f64, f64)| if everywhere > 0.0 { here / everywhere } else { 0.0 };
    sums.into_iter().zip(&registers.strata).map(|(sums, stratum)| part(sums) * f64::from(stratum.employed)).sum()
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new("Mangel på arbeidskraft", "Mangel på arbeidskraft", "Shortage of labour"),
        base: Text::new(
            "Stillinger som ikke ble besatt de siste tre månedene fordi for få kvalifiserte søkte, anslått for alle virksomheter.",
            "Stillingar som ikkje vart besette dei siste tre månadene fordi for få kvalifiserte søkte, estimert for alle verksemder.",
            "Positions not filled in the last three months because too few qualified people applied, estimated for all businesses.",
        ),
        method: Text::new(
            "Hver virksomhet som svarte, står for N/n i sitt stratum. Intervall: Rao–Wu-bootstrap med endelighetskorreksjon, 1 999 trekninger med fast frø, 95 %; aldri under det som ble sett. NAV bruker en annen modell, så nivåene er ikke uten videre like.",
            "Kvar verksemd som svara, står for N/n i sitt stratum. Intervall: Rao–Wu-bootstrap med endelegkorreksjon, 1 999 trekkingar med fast frø, 95 %; aldri under det som vart sett. NAV bruker ein annan modell, så nivåa er ikkje utan vidare like.",
            "Every business that answered stands for N/n of its stratum. Interval: Rao–Wu bootstrap with finite population correction, 1,999 draws with a fixed seed, 95 %; never below what was seen. NAV uses another model, so levels need not agree.",
        ),
        unit: "positions",
        decimals: 0,
        shape: Shape::Bars,
        columns: vec![column("shortage", Kind::Count, "mangel", "mangel", "shortage")],
        registers: &["business", "strata"],
    }
}

fn draft_tightness() -> Draft<'static> {
    Draft {
        title: Text::new(
            "Stramhet i arbeidsmarkedet",
            "Stramleik i arbeidsmarknaden",
            "Tightness of the labour market",
        ),
        base: Text::new(
            "Anslått mangel på arbeidskraft i prosent av ønsket sysselsetting (faktisk og mangel), og i prosent av faktisk sysselsetting.",
            "Estimert mangel på arbeidskraft i prosent av ønskt sysselsetjing (faktisk og mangel), og i prosent av faktisk sysselsetjing.",
            "Estimated shortage of labour in percent of wanted employment (actual and shortage), and in percent of actual employment.",
        ),
        method: Text::new(
            "M/(S+M), som NAVs strammhetsindikator, og M/S. S er sysselsatte i strataene som svarte. Intervall: bootstrap av M, S regnes som kjent.",
            "M/(S+M), som strammleiksindikatoren til NAV, og M/S. S er sysselsette i strataa som svara. Intervall: bootstrap av M, S blir rekna som kjend.",
            "M/(S+M), as NAV's indicator of tightness, and M/S. S are those employed in the strata that answered. Interval: bootstrap of M, S taken as known.",
        ),
        unit: "percent",
        decimals: 1,
        shape: Shape::Bars,
        columns: vec![
            column("of_wanted", Kind::Ratio, "av ønsket, M/(S+M)", "av ønskt, M/(S+M)", "of wanted, M/(S+M)"),
            column("of_employed", Kind::Internal, "av faktisk, M/S", "av faktisk, M/S", "of actual, M/S"),
        ],
        registers: &["business", "strata"],
    }
}
