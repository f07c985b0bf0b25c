//! A share by figure × variant × year × wave × home municipality, with everything private behind it.
//!
//! [`Shares`] is what an indicator counts. [`Shares::internal`] makes the internal cube of it: estimates, intervals and
//! nonresponse, for single years and for windows of years, for municipalities and for the region.
//! [`crate::disclosure::protect`] makes the public one.

use super::Words;
use crate::cube::{Category, Cell, Cube, Dimension, Measure, Role, Status};
use crate::disclosure::release::Person;
use crate::interval::remainder::{self, Stratum as Remainder};
use crate::interval::{Level, NoInterval, clopper_pearson, nonresponse, wang, wilson};
use crate::project::{DontKnow, Project};
use crate::text::Text;
use std::ops::{AddAssign, Range};

/// One share among several of an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// `return_intent`
    pub id: &'static str,
    /// What people read.
    pub label: Text,
    /// Whom it is among, to be put behind the name of a wave; empty: everybody.
    pub who: Text,
}

/// Answers and kinds of missing to the question behind a share, over all rows of a stratum that count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Gave one of the answers.
    pub answered: u64,
    /// "Don't know".
    pub dont_know: u64,
    /// "Will not say".
    pub refused: u64,
    /// Asked, left empty, answered something later.
    pub no_answer: u64,
    /// Asked, left empty, answered nothing later.
    pub break_off: u64,
    /// The question was not put.
    pub not_asked: u64,
    /// A value outside the codebook.
    pub invalid: u64,
}

/// The counts of one cohort of one municipality in one year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stratum {
    /// Said yes.
    pub x: u64,
    /// Answers in the base.
    pub n: u64,
    /// Answered, and are seen to be outside the base.
    pub outside: u64,
    /// N: how many the cohort holds.
    pub population: u64,
    /// Rows that count, whatever they answered to this question.
    pub responded: u64,
    /// What they answered.
    pub item: Item,
}

impl Stratum {
    /// N of the base: the cohort without those seen outside the base.
    #[must_use]
    pub const fn base_population(&self) -> u64 {
        self.population.saturating_sub(self.outside)
    }

    /// Whether the cohort holds all who answered.
    #[must_use]
    pub const fn fits(&self) -> bool {
        self.n + self.outside <= self.population && self.responded <= self.population
    }
}

impl AddAssign for Stratum {
    fn add_assign(&mut self, other: Self) {
        self.x += other.x;
        self.n += other.n;
        self.outside += other.outside;
        self.population += other.population;
        self.responded += other.responded;
        self.item.answered += other.item.answered;
        self.item.dont_know += other.item.dont_know;
        self.item.refused += other.item.refused;
        self.item.no_answer += other.item.no_answer;
        self.item.break_off += other.item.break_off;
        self.item.not_asked += other.item.not_asked;
        self.item.invalid += other.item.invalid;
    }
}

/// A window of consecutive rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// `2025` or `2023-2024`.
    pub code: String,
    /// Positions of its rounds.
    pub rounds: Range<usize>,
}

/// Municipalities that are shown as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The municipality's code, the region's id, or the codes joined by `+`.
    pub code: String,
    /// What people read.
    pub label: Text,
    /// Positions of its municipalities.
    pub municipalities: Vec<usize>,
}

/// Position of a stratum: figure, variant, round, wave, municipality.
pub type At = [usize; 5];

/// What an indicator counted.
#[derive(Clone, Debug)]
pub struct Shares<'a> {
    project: &'a Project,
    figures: Vec<Figure>,
    /// The figure that may be public, by wave. One per wave: together the figures of a wave give counts away.
    headline: Vec<usize>,
    /// What it is about.
    pub words: Words,
    strata: Vec<Option<Stratum>>,
    /// By stratum who is in the base.
    people: Vec<Vec<Person>>,
}

impl<'a> Shares<'a> {
    /// Nothing counted yet; no stratum exists.
    #[must_use]
    pub fn new(project: &'a Project, figures: Vec<Figure>, headline: Vec<usize>, words: Words) -> Self {
        let size = figures.len()
            * DontKnow::ALL.len()
            * project.survey.rounds.len()
            * project.survey.waves.len()
            * project.municipalities.len();
        Self { project, figures, headline, words, strata: vec![None; size], people: vec![Vec::new(); size] }
    }

    /// The project whose answers were counted.
    #[must_use]
    pub fn project(&self) -> &'a Project {
        self.project
    }

    /// Position of the figure that may be public for a wave.
    #[must_use]
    pub fn headline(&self, wave: usize) -> usize {
        self.headline[wave]
    }

    /// The figures.
    #[must_use]
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    fn index(&self, [figure, variant, round, wave, municipality]: At) -> usize {
        let Project { survey, municipalities, .. } = self.project;
        let rounds = (figure * DontKnow::ALL.len() + variant) * survey.rounds.len() + round;
        (rounds * survey.waves.len() + wave) * municipalities.len() + municipality
    }

    /// Makes a stratum exist.
    pub fn set(&mut self, at: At, stratum: Stratum) {
        let index = self.index(at);
        self.strata[index] = Some(stratum);
    }

    /// Counts a person among the base of a stratum.
    pub fn add_person(&mut self, at: At, person: Person) {
        let index = self.index(at);
        self.people[index].push(person);
    }

    /// Who is in the base of a stratum, in the order of the rows.
    #[must_use]
    pub fn people(&self, at: At) -> &[Person] {
        &self.people[self.index(at)]
    }

    /// A stratum, if the figure exists there.
    #[must_use]
    pub fn stratum(&self, at: At) -> Option<&Stratum> {
        self.strata[self.index(at)].as_ref()
    }

    /// A stratum to count in.
    pub fn stratum_mut(&mut self, at: At) -> Option<&mut Stratum> {
        let index = self.index(at);
        self.strata[index].as_mut()
    }

    /// The strata of a period and an area; empty if the figure does not exist there.
    #[must_use]
    pub fn strata(
        &self,
        figure: usize,
        variant: DontKnow,
        wave: usize,
        period: &Period,
        municipalities: &[usize],
    ) -> Vec<Stratum> {
        let rounds = period.rounds.clone();
        let places = rounds.flat_map(|round| municipalities.iter().map(move |&municipality| (round, municipality)));
        places
            .filter_map(|(round, municipality)| {
                self.stratum([figure, variant as usize, round, wave, municipality]).copied()
            })
            .collect()
    }

    /// Non-overlapping windows of a width, from the first round on; an unfinished last window is left out.
    #[must_use]
    pub fn windows(&self, width: usize) -> Vec<Period> {
        self.windows_in(width, 0..usize::MAX)
    }

    /// The same in some of the rounds.
    #[must_use]
    pub fn windows_in(&self, width: usize, some: Range<usize>) -> Vec<Period> {
        let rounds = &self.project.survey.rounds;
        (0..some.end.min(rounds.len()).saturating_sub(some.start) / width.max(1))
            .map(|window| {
                let rounds_of = some.start + window * width..some.start + (window + 1) * width;
                let years: Vec<u16> = rounds[rounds_of.clone()].iter().map(|round| round.year).collect();
                let code = period_code(&years);
                Period { code, rounds: rounds_of }
            })
            .collect()
    }

    /// The municipalities one by one.
    #[must_use]
    pub fn single_areas(&self) -> Vec<Area> {
        let entries = self.project.municipalities.iter().enumerate();
        entries
            .map(|(position, entry)| Area {
                code: entry.code.clone(),
                label: entry.name.clone(),
                municipalities: vec![position],
            })
            .collect()
    }

    /// All municipalities as one.
    #[must_use]
    pub fn region(&self) -> Area {
        Area {
            code: self.project.id.clone(),
            label: self.project.name.clone(),
            municipalities: (0..self.project.municipalities.len()).collect(),
        }
    }

    /// The internal cube: figure × don't-know × wave × period × area.
    ///
    /// Periods are the single years and then the project's wider windows; areas are the municipalities and the region.
    #[must_use]
    pub fn internal(&self, id: &str) -> Cube {
        let survey = &self.project.survey;
        let mut periods = self.windows(1);
        for &width in self.project.release.windows.iter().filter(|&&width| width > 1) {
            periods.extend(self.windows(width));
        }
        let mut areas = self.single_areas();
        areas.push(self.region());
        let mut cells = Vec::new();
        for figure in 0..self.figures.len() {
            for variant in DontKnow::ALL {
                for wave in 0..survey.waves.len() {
                    for period in &periods {
                        for area in &areas {
                            let strata = self.strata(figure, variant, wave, period, &area.municipalities);
                            cells.push(internal_cell(&strata));
                        }
                    }
                }
            }
        }
        let figures = self.figures.iter().map(|figure| category(figure.id, figure.label.clone())).collect();
        let dont_know = vec![
            category("outside", Text::new("utenfor grunnlaget", "utanfor grunnlaget", "outside the base")),
            category("inside", Text::new("i grunnlaget", "i grunnlaget", "inside the base")),
        ];
        let waves = survey.waves.iter().map(|wave| category(&wave.id, wave.name.clone())).collect();
        let dimensions = vec![
            dimension("figure", Text::new("Tall", "Tal", "Figure"), Role::Other, figures),
            dimension("dont_know", Text::new("«vet ikke»", "«veit ikkje»", "“don't know”"), Role::Other, dont_know),
            dimension("wave", Text::new("Bølge", "Bølgje", "Wave"), Role::Other, waves),
            period_dimension(&periods),
            area_dimension(&areas),
        ];
        let measures = MEASURES
            .iter()
            .map(|&(id, unit, decimals, nb, nn, en)| Measure {
                id: id.into(),
                label: Text::new(nb, nn, en),
                unit: unit.into(),
                decimals,
            })
            .collect();
        Cube { id: id.into(), title: self.words.title.clone(), dimensions, measures, cells, about: Default::default() }
    }
}

/// `2025`; `2023-2026` for years in a row; `2023+2026` for years that are not.
pub(crate) fn period_code(years: &[u16]) -> String {
    match years {
        [first, .., last] if years.windows(2).all(|pair| pair[0] + 1 == pair[1]) => format!("{first}-{last}"),
        _ => years.iter().map(u16::to_string).collect::<Vec<_>>().join("+"),
    }
}

/// A category.
#[must_use]
pub fn category(code: &str, label: Text) -> Category {
    Category { code: code.into(), label }
}

/// A dimension.
#[must_use]
pub fn dimension(id: &str, label: Text, role: Role, categories: Vec<Category>) -> Dimension {
    Dimension { id: id.into(), label, role, categories }
}

/// The dimension of periods.
#[must_use]
pub fn period_dimension(periods: &[Period]) -> Dimension {
    let categories = periods
        .iter()
        .map(|period| category(&period.code, Text::same(&period.code.replace('-', "–").replace('+', " + "))))
        .collect();
    dimension("period", Text::new("År", "År", "Year"), Role::Time, categories)
}

/// The dimension of areas.
#[must_use]
pub fn area_dimension(areas: &[Area]) -> Dimension {
    let categories = areas.iter().map(|area| category(&area.code, area.label.clone())).collect();
    dimension("area", Text::new("Område", "Område", "Area"), Role::Geo, categories)
}

/// Measures of an internal cell: id, unit, decimals, label in bokmål, nynorsk and English. Shares run from 0 to 1.
const MEASURES: &[(&str, &str, u8, &str, &str, &str)] = &[
    ("estimate", "share", 3, "andel", "del", "share"),
    ("x", "persons", 0, "ja", "ja", "yes"),
    ("n", "persons", 0, "svar i grunnlaget", "svar i grunnlaget", "answers in the base"),
    ("base_population", "persons", 0, "grunnlaget i kullet", "grunnlaget i kullet", "base in the cohort"),
    ("population", "persons", 0, "kullet", "kullet", "cohort"),
    ("responded", "persons", 0, "deltok", "deltok", "took part"),
    ("response_rate", "share", 3, "svarandel", "svardel", "response rate"),
    ("item_response_rate", "share", 3, "svarandel i grunnlaget", "svardel i grunnlaget", "response rate in the base"),
    ("ci_lower", "share", 3, "95 % fra, dette kullet", "95 % frå, dette kullet", "95 % from, this cohort"),
    ("ci_upper", "share", 3, "95 % til, dette kullet", "95 % til, dette kullet", "95 % to, this cohort"),
    ("strata", "strata", 0, "kull i tallet", "kull i talet", "cohorts in the figure"),
    ("clopper_pearson_lower", "share", 3, "Clopper–Pearson fra", "Clopper–Pearson frå", "Clopper–Pearson from"),
    ("clopper_pearson_upper", "share", 3, "Clopper–Pearson til", "Clopper–Pearson til", "Clopper–Pearson to"),
    ("wilson_lower", "share", 3, "Wilson fra", "Wilson frå", "Wilson from"),
    ("wilson_upper", "share", 3, "Wilson til", "Wilson til", "Wilson to"),
    ("bound_lower", "share", 3, "frafall alene: fra", "fråfall aleine: frå", "nonresponse alone: from"),
    ("bound_upper", "share", 3, "frafall alene: til", "fråfall aleine: til", "nonresponse alone: to"),
    ("item_dont_know", "persons", 0, "vet ikke", "veit ikkje", "don't know"),
    ("item_refused", "persons", 0, "vil ikke svare", "vil ikkje svare", "will not say"),
    ("item_no_answer", "persons", 0, "ubesvart", "ikkje svara", "no answer"),
    ("item_break_off", "persons", 0, "avbrutt", "avbrote", "broken off"),
    ("item_not_asked", "persons", 0, "ikke spurt", "ikkje spurt", "not asked"),
    ("item_invalid", "persons", 0, "ugyldig", "ugyldig", "invalid"),
];

/// By which methods the intervals of an internal cell are made.
#[must_use]
pub fn interval_methods() -> Text {
    Text::new(
        "Intervallet for dette kullet (95 %): for ett kull i én kommune Wangs eksakte intervall, for flere kull Bayes på \
         dem som ikke svarte, med uniform prior.",
        "Intervallet for dette kullet (95 %): for eitt kull i éin kommune Wangs eksakte intervall, for fleire kull Bayes på \
         dei som ikkje svara, med uniform prior.",
        "The interval for this cohort (95%): for one cohort of one municipality Wang's exact one, for several cohorts Bayes \
         on those who did not answer, with a uniform prior.",
    )
}

/// The share over strata: each weighs as many as its base holds.
///
/// # Formula
///
/// ```text
/// sum_h N_h x_h / n_h  /  sum_h N_h,   over strata with n_h > 0
/// ```
///
/// `None` where nobody answered, or where no stratum with answers has anybody in its base. In a single stratum this is
/// x / n.
///
/// # Source
///
/// W. G. Cochran, *Sampling Techniques*, 3rd ed., 1977, section 5.3.
#[must_use]
pub fn stratified_share(strata: &[Stratum]) -> Option<f64> {
    let answered: Vec<&Stratum> = strata.iter().filter(|stratum| stratum.n > 0).collect();
    if let [alone] = answered.as_slice() {
        return Some(as_f64(alone.x) / as_f64(alone.n));
    }
    let weight: u64 = answered.iter().map(|stratum| stratum.base_population()).sum();
    if weight == 0 {
        return None;
    }
    let part = |stratum: &&Stratum| as_f64(stratum.base_population() * stratum.x) / as_f64(stratum.n);
    Some(answered.iter().map(part).sum::<f64>() / as_f64(weight))
}

fn internal_cell(strata: &[Stratum]) -> Cell {
    if strata.is_empty() {
        return Cell { status: Status::Absent, values: vec![None; MEASURES.len()] };
    }
    let mut all = Stratum::default();
    for stratum in strata {
        all += *stratum;
    }
    // The base of the whole is the sum of the bases: a stratum whose outsiders outnumber its cohort takes from no other.
    let base: u64 = strata.iter().map(Stratum::base_population).sum();
    // More answers than people, in the base or at all: the register's cohort is not the one that answered.
    let fits = strata.iter().all(Stratum::fits);
    let cohort = if !fits {
        Err(NoInterval::MoreAnswersThanPopulation)
    } else if let [alone] = strata {
        wang::interval(base, alone.n, alone.x, Level::P95)
    } else {
        let remainders: Vec<Remainder> = strata
            .iter()
            .map(|stratum| Remainder { population: stratum.base_population(), n: stratum.n, x: stratum.x })
            .collect();
        remainder::uniform_prior(&remainders, Level::P95)
    };
    let bounds = if fits { nonresponse::bounds(base, all.n, all.x).ok() } else { None };
    let cp = clopper_pearson::equal_tailed(all.x, all.n, Level::P95).ok();
    let score = wilson::score(all.x, all.n, Level::P95).ok();
    let of_base = |count: u64| (base > 0).then(|| as_f64(count) / as_f64(base));
    let count = |number: u64| Some(as_f64(number));
    let rate = |part: u64, whole: u64| (whole > 0).then(|| as_f64(part) / as_f64(whole));
    let item = all.item;
    let values = vec![
        stratified_share(strata),
        count(all.x),
        count(all.n),
        count(base),
        count(all.population),
        count(all.responded),
        rate(all.responded, all.population),
        rate(all.n, base),
        cohort.ok().and_then(|interval| of_base(interval.lower)),
        cohort.ok().and_then(|interval| of_base(interval.upper)),
        count(strata.len() as u64),
        cp.map(|interval| interval.lower),
        cp.map(|interval| interval.upper),
        score.map(|interval| interval.lower),
        score.map(|interval| interval.upper),
        bounds.and_then(|bounds| of_base(bounds.lower)),
        bounds.and_then(|bounds| of_base(bounds.upper)),
        count(item.dont_know),
        count(item.refused),
        count(item.no_answer),
        count(item.break_off),
        count(item.not_asked),
        count(item.invalid),
    ];
    debug_assert_eq!(values.len(), MEASURES.len());
    Cell { status: if all.n == 0 { Status::NoAnswers } else { Status::Exact }, values }
}

/// Counts of people are far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "counts of people")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stratum(population: u64, n: u64, x: u64) -> Stratum {
        Stratum { population, n, x, ..Stratum::default() }
    }

    fn value(cell: &Cell, id: &str) -> Option<f64> {
        cell.values[MEASURES.iter().position(|measure| measure.0 == id).unwrap()]
    }

    /// Worked by hand: (10·2/8 + 12·5/9) / 22.
    #[test]
    fn each_municipality_weighs_as_many_as_its_base_holds() {
        let share = stratified_share(&[stratum(10, 8, 2), stratum(12, 9, 5)]).unwrap();
        assert!((share - (2.5 + 60.0 / 9.0) / 22.0).abs() < 1e-15);
        // One that nobody answered in does not weigh.
        assert_eq!(stratified_share(&[stratum(10, 8, 2), stratum(12, 0, 0)]), Some(0.25));
        assert_eq!(stratified_share(&[stratum(10, 0, 0)]), None);
    }

    #[test]
    fn more_answers_than_people_leave_no_finite_interval() {
        for strata in [vec![stratum(3, 4, 2)], vec![stratum(3, 4, 2), stratum(10, 5, 1)]] {
            let cell = internal_cell(&strata);
            assert_eq!(cell.status, Status::Exact);
            for id in ["ci_lower", "ci_upper", "bound_lower", "bound_upper"] {
                assert_eq!(value(&cell, id), None, "{id}");
            }
            assert!(value(&cell, "wilson_lower").is_some() && value(&cell, "estimate").is_some());
        }
    }

    /// The cohort of 12, 2 of whom don't know: N of the base is 10.
    #[test]
    fn those_seen_outside_the_base_shrink_it() {
        let cell = internal_cell(&[Stratum { outside: 2, ..stratum(12, 8, 3) }]);
        assert_eq!(value(&cell, "base_population"), Some(10.0));
        assert_eq!((value(&cell, "ci_lower"), value(&cell, "ci_upper")), (Some(0.3), Some(0.5)));
        assert_eq!(value(&cell, "bound_upper"), Some(0.5));
    }

    /// Worked by hand in docs/method.md, section 6. Equal-tailed it would be 4 to 12.
    #[test]
    fn one_cohort_has_the_interval_of_wang() {
        let cell = internal_cell(&[stratum(15, 7, 4)]);
        assert_eq!((value(&cell, "ci_lower"), value(&cell, "ci_upper")), (Some(5.0 / 15.0), Some(12.0 / 15.0)));
    }

    #[test]
    fn nobody_answered() {
        let cell = internal_cell(&[stratum(3, 0, 0)]);
        assert_eq!((cell.status, value(&cell, "estimate"), value(&cell, "n")), (Status::NoAnswers, None, Some(0.0)));
    }
}
