//! From cells to the sample: units, strata and domains in order.

use super::EstimateProblem;
use super::cells::{Cells, Place, Population};
use super::group::{Groups, Ordered};
use super::linked::Links;
use super::plan::Plan;
use crate::design::{DesignProblem, LonelyPsu, Prepared, Stage, Stages, Stratum};
use crate::problem::{Problem, Problems};
use std::sync::Arc;

/// A cell of a domain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// Its number.
    pub(super) cell: u32,
    /// The unit of the last stage that has ids; the stratum where none has.
    pub(super) unit: u32,
    /// The code of a share of each code, by its place among them.
    pub(super) category: u32,
    /// The person, where strata are linked.
    pub(super) person: Option<u32>,
}

/// The units of the first stage.
#[derive(Clone, Debug)]
pub(super) struct FirstStage {
    /// Whether they hold a record with a weight above 0.
    pub(super) weighted: Vec<bool>,
    /// The strata and then the unit by name, where replicates are given by name.
    pub(super) names: Vec<Vec<Arc<str>>>,
}

impl FirstStage {
    fn new(plan: &Plan, groups: &Groups, cells: &Cells, ordered: &Ordered) -> Option<Self> {
        let replication = plan.question.replication.as_ref()?;
        let depth = *plan.tree.units.first()?;
        let places = ordered.places(depth);
        let mut weighted = vec![false; places.len()];
        for (cell, number) in groups.ancestors(depth).into_iter().enumerate().take(cells.len()) {
            weighted[places[number as usize] as usize] |= cells.tally(cell).weighted > 0;
        }
        let named = matches!(replication, super::Replication::Given(_));
        let design = &plan.question.design;
        let columns: Vec<usize> = design
            .strata
            .iter()
            .chain(design.psu.first())
            .filter_map(|name| plan.head.position(name))
            .filter_map(|column| plan.tree.columns.iter().position(|own| *own == column))
            .collect();
        let names = ordered.order(depth).iter().filter(|_| named).map(|unit| {
            let codes = ordered.codes(depth, *unit);
            columns.iter().map(|column| Arc::clone(&codes[*column])).collect()
        });
        let names = names.collect();
        Some(Self { weighted, names })
    }
}

/// The sample that the cells are of.
#[derive(Clone, Debug)]
pub(super) struct Sampled {
    pub(super) stages: Prepared<'static>,
    /// Whether the last stage's units are records.
    pub(super) elements: bool,
    /// Units of the first stage.
    pub(super) units: u64,
    /// Degrees of freedom.
    pub(super) df: f64,
    /// The codes of a share of each code.
    pub(super) categories: Vec<Arc<str>>,
    /// What the sums of each cell are to be multiplied with, where weights come from populations.
    pub(super) factors: Vec<f64>,
    /// Units of the first stage, where there are replicates.
    pub(super) first: Option<FirstStage>,
    /// The people who are in several strata, where they link them.
    pub(super) links: Option<Links>,
    groups: Ordered,
    /// By place of the domain its number.
    domains: Vec<u32>,
    depth: usize,
    /// By place of the domain where its members begin, and where the last one's end.
    starts: Vec<usize>,
    members: Vec<Member>,
}

/// Reports a problem of the design: the column that it is of, and a record.
pub(super) trait Located: Fn(DesignProblem, Option<&str>, Option<Place>) -> Problem {}
impl<T: Fn(DesignProblem, Option<&str>, Option<Place>) -> Problem> Located for T {}

impl Sampled {
    /// `None` when the sample cannot have the design; problems say why.
    pub(super) fn new(
        plan: &Plan,
        groups: &Groups,
        cells: &Cells,
        decode: &dyn Fn(&[u8]) -> Arc<str>,
        located: impl Located,
        problems: &mut Problems,
    ) -> Option<Self> {
        let tree = &plan.tree;
        let before = problems.errors();
        let all: Vec<u32> = (0..).take(cells.len()).collect();
        let depth = tree.units.last().copied().unwrap_or(tree.strata);
        let ordered = groups.ordered(depth, decode);
        let unit_of: Vec<u32> = {
            let places = ordered.places(depth);
            groups.ancestors(depth).into_iter().take(all.len()).map(|number| places[number as usize]).collect()
        };
        not_nested(plan, groups, cells, decode, &located, problems);
        let (stages, factors) = stages(plan, groups, cells, &ordered, &located, problems);
        let people = tree.person.map(|column| people(groups, column, &all, decode));
        let links = people.as_ref().map(|people| links(plan, cells, people, &unit_of, &stages, &located, problems));
        if problems.errors() > before {
            return None;
        }
        let in_domains: Vec<u32> = all.iter().copied().filter(|cell| cells.tally(*cell as usize).inside > 0).collect();
        let own = tree.by.len() == tree.columns.len() && tree.by.iter().copied().eq(0..tree.by.len());
        let (projected, domain_of) = if own && in_domains.len() == groups.len() {
            (None, in_domains.clone())
        } else {
            let (projected, numbers) = groups.project(&tree.by, &in_domains);
            (Some(projected), numbers)
        };
        let by = projected.as_ref().unwrap_or(groups).ordered(tree.by.len(), decode);
        let (categories, category_of) = match tree.category {
            Some(column) => {
                let (codes, numbers) = groups.project(&[column], &in_domains);
                let codes = codes.ordered(1, decode);
                let ranks: Vec<u32> = numbers.iter().map(|number| codes.rank(1, *number)).collect();
                (codes.texts(0).to_vec(), ranks)
            }
            None => (Vec::new(), Vec::new()),
        };
        // By domain, and there by unit.
        let variables = cells.shape.variables;
        let n = |cell: u32| -> u64 {
            let first = cell as usize * variables;
            (first..first + variables).filter_map(|place| cells.sums.get(place)).map(|sums| sums.n).sum()
        };
        let order = by.order(tree.by.len());
        let places = by.places(tree.by.len());
        let mut starts = vec![0; order.len() + 1];
        for number in &domain_of {
            starts[places[*number as usize] as usize + 1] += 1;
        }
        (1..starts.len()).for_each(|place| starts[place] += starts[place - 1]);
        let by_unit = sorted_by(&in_domains, |cell| unit_of[*cell as usize], ordered.order(depth).len());
        let mut next = starts.clone();
        let mut members = vec![Member { cell: 0, unit: 0, category: 0, person: None }; in_domains.len()];
        for index in by_unit {
            let cell = in_domains[index];
            let next = &mut next[places[domain_of[index] as usize] as usize];
            let category = category_of.get(index).copied().unwrap_or_default();
            let person = people.as_ref().and_then(|people| people.of_cell[cell as usize]);
            members[*next] = Member { cell, unit: unit_of[cell as usize], category, person };
            *next += 1;
        }
        if people.is_some() {
            // Not in the order in which threads came upon them.
            for of_domain in starts.windows(2) {
                members[of_domain[0]..of_domain[1]].sort_by_key(|member| {
                    (member.unit, member.category, member.person, cells.places[member.cell as usize])
                });
            }
        }
        let df = df(plan, groups, cells);
        let units = match tree.units.first() {
            Some(depth) => ordered.order(*depth).len() as u64,
            None => (0..cells.len()).map(|cell| cells.tally(cell).records).sum(),
        };
        let mut sampled = Self {
            stages: stages.into_prepared(),
            elements: cells.shape.elements,
            units,
            df,
            categories,
            factors,
            links,
            first: FirstStage::new(plan, groups, cells, &ordered),
            domains: order.to_vec(),
            groups: by,
            depth: tree.by.len(),
            starts,
            members,
        };
        sampled.without_empty(plan, n, problems);
        sampled.without_unseen_categories(n);
        sampled.check_lonely(n, &located, problems).then_some(sampled)
    }

    /// How many domains there are.
    pub(super) fn domains(&self) -> usize {
        self.domains.len()
    }

    /// The cells of a domain, ascending by unit.
    pub(super) fn members(&self, domain: usize) -> &[Member] {
        &self.members[self.starts[domain]..self.starts[domain + 1]]
    }

    /// The unit of the first stage that a member lies in.
    pub(super) fn first_unit(&self, member: &Member) -> u32 {
        self.first_of(member.unit)
    }

    /// The unit of the first stage that a unit of the last stage with ids lies in.
    pub(super) fn first_of(&self, unit: u32) -> u32 {
        let stages = &self.stages.stages().stages;
        let with_ids = stages.len() - usize::from(self.elements);
        stages[..with_ids].iter().skip(1).rev().fold(unit, |unit, stage| stage.parent[unit as usize])
    }

    /// The codes of a domain.
    pub(super) fn codes(&self, domain: usize) -> Vec<Arc<str>> {
        self.groups.codes(self.depth, self.domains[domain])
    }

    /// The codes of a domain, as places among the codes of their columns.
    pub(super) fn ranks(&self, domain: usize) -> Vec<u32> {
        self.groups.ranks(self.depth, self.domains[domain])
    }

    /// The codes of a column to group by.
    pub(super) fn texts(&self, column: usize) -> &[Arc<str>] {
        self.groups.texts(column)
    }

    /// Leaves out domains without any value, and says so.
    fn without_empty(&mut self, plan: &Plan, n: impl Fn(u32) -> u64, problems: &mut Problems) {
        if self.depth == 0 {
            return;
        }
        let empty: Vec<usize> = (0..self.domains())
            .filter(|domain| self.members(*domain).iter().all(|member| n(member.cell) == 0))
            .collect();
        let Some(first) = empty.first() else { return };
        let codes = self.codes(*first);
        let names = plan.question.by.iter().zip(codes).map(|(column, code)| format!("{column} {code}"));
        let first = names.collect::<Vec<_>>().join(", ");
        problems.push(Problem::warning(&plan.file, EstimateProblem::EmptyGroups { count: empty.len(), first }));
        let kept: Vec<usize> = (0..self.domains()).filter(|domain| empty.binary_search(domain).is_err()).collect();
        let mut members = Vec::with_capacity(self.members.len());
        let mut starts = vec![0];
        for domain in &kept {
            members.extend_from_slice(self.members(*domain));
            starts.push(members.len());
        }
        self.domains = kept.iter().map(|domain| self.domains[*domain]).collect();
        (self.members, self.starts) = (members, starts);
    }

    /// Leaves out codes that mean a missing value, or that only records outside have.
    fn without_unseen_categories(&mut self, n: impl Fn(u32) -> u64) {
        let mut seen = vec![false; self.categories.len()];
        for member in &self.members {
            if let Some(seen) = seen.get_mut(member.category as usize) {
                *seen |= n(member.cell) > 0;
            }
        }
        let mut place = 0;
        let places: Vec<u32> = seen
            .iter()
            .map(|seen| {
                let own = place;
                place += u32::from(*seen);
                if *seen { own } else { u32::MAX }
            })
            .collect();
        for member in &mut self.members {
            member.category = places.get(member.category as usize).copied().unwrap_or_default();
        }
        let mut seen = seen.into_iter();
        self.categories.retain(|_| seen.next().unwrap_or_default());
    }

    /// With [`LonelyPsu::Fail`], the first stratum of one unit that an estimate would need.
    fn check_lonely(&self, n: impl Fn(u32) -> u64, located: &impl Located, problems: &mut Problems) -> bool {
        let stages = self.stages.stages();
        if stages.lonely != LonelyPsu::Fail {
            return true;
        }
        let influence: Vec<(u32, f64)> = {
            let mut units: Vec<u32> =
                self.members.iter().filter(|member| n(member.cell) > 0).map(|member| member.unit).collect();
            units.sort_unstable();
            units.dedup();
            units.into_iter().map(|unit| (unit, 1.0)).collect()
        };
        match super::terms::variance_of(self, &influence) {
            Ok(()) => true,
            Err(problem) => {
                problems.push(located(problem, None, None));
                false
            }
        }
    }
}

/// Places of a list in ascending order of a small number, those of the same number in the order they had.
fn sorted_by<T>(list: &[T], number: impl Fn(&T) -> u32, numbers: usize) -> Vec<usize> {
    let mut starts = vec![0; numbers + 1];
    list.iter().for_each(|item| starts[number(item) as usize + 1] += 1);
    (1..starts.len()).for_each(|place| starts[place] += starts[place - 1]);
    let mut order = vec![0; list.len()];
    for (place, item) in list.iter().enumerate() {
        let next: &mut usize = &mut starts[number(item) as usize];
        order[*next] = place;
        *next += 1;
    }
    order
}

/// Sampling units less strata, of those with a weight above 0.
#[allow(clippy::cast_precision_loss, reason = "numbers of units")]
fn df(plan: &Plan, groups: &Groups, cells: &Cells) -> f64 {
    let tree = &plan.tree;
    let seen = |depth: usize| {
        let numbers = groups.ancestors(depth);
        let mut seen = vec![false; numbers.iter().max().map_or(0, |most| *most as usize + 1)];
        for (cell, number) in numbers.into_iter().enumerate().take(cells.len()) {
            seen[number as usize] |= cells.tally(cell).weighted > 0;
        }
        seen.into_iter().filter(|seen| *seen).count() as f64
    };
    let units = match tree.units.first() {
        Some(depth) => seen(*depth),
        None => (0..cells.len()).map(|cell| cells.tally(cell).weighted).sum::<u64>() as f64,
    };
    units - seen(tree.strata)
}

/// Units that lie in two strata, where ids are not those inside a stratum.
fn not_nested(
    plan: &Plan,
    groups: &Groups,
    cells: &Cells,
    decode: &dyn Fn(&[u8]) -> Arc<str>,
    located: &impl Located,
    problems: &mut Problems,
) {
    let tree = &plan.tree;
    let Some(depth) = tree.units.first().filter(|_| !plan.question.design.nest) else { return };
    let columns: Vec<usize> = (tree.strata..*depth).collect();
    if columns.is_empty() || tree.strata == 0 {
        return;
    }
    let leaves: Vec<u32> = (0..).take(cells.len()).collect();
    let (ids, numbers) = groups.project(&columns, &leaves);
    let strata = groups.ancestors(tree.strata);
    // For each id the strata that it occurs in, each with the first record there.
    let mut first: Vec<Vec<(Place, u32)>> = vec![Vec::new(); ids.len()];
    for ((id, stratum), place) in numbers.iter().zip(&strata).zip(&cells.places) {
        let list = &mut first[*id as usize];
        match list.iter_mut().find(|(_, own)| own == stratum) {
            Some((own, _)) => *own = (*own).min(*place),
            None => list.push((*place, *stratum)),
        }
    }
    let labels = ids.ordered(columns.len(), decode);
    let mut found: Vec<(Place, String)> = Vec::new();
    for (id, list) in (0..).zip(&mut first) {
        list.sort_unstable();
        if let Some((place, _)) = list.get(1) {
            found.push((*place, labels.codes(columns.len(), id).join(":")));
        }
    }
    found.sort();
    let column = plan.question.design.psu.first().map(String::as_str);
    for (place, unit) in found {
        problems.push(located(DesignProblem::NotNested { unit, stage: 1, row: 0 }, column, Some(place)));
    }
}

/// The person of each cell; none where the field is empty.
struct People {
    of_cell: Vec<Option<u32>>,
    /// By person.
    names: Vec<Arc<str>>,
}

fn people(groups: &Groups, column: usize, cells: &[u32], decode: &dyn Fn(&[u8]) -> Arc<str>) -> People {
    let (ids, numbers) = groups.project(&[column], cells);
    let ids = ids.ordered(1, decode);
    let names = ids.texts(0).to_vec();
    let person = |number: &u32| Some(ids.rank(1, *number)).filter(|rank| !names[*rank as usize].is_empty());
    People { of_cell: numbers.iter().map(person).collect(), names }
}

/// What links the strata; a problem for each person who is in one of them twice.
fn links(
    plan: &Plan,
    cells: &Cells,
    people: &People,
    stratum_of: &[u32],
    stages: &Stages,
    located: &impl Located,
    problems: &mut Problems,
) -> Links {
    let mut records: Vec<(u32, u32, Place, u64)> = Vec::new();
    for (cell, (person, stratum)) in people.of_cell.iter().zip(stratum_of).enumerate() {
        if let Some(person) = person {
            records.push((*person, *stratum, cells.places[cell], cells.tally(cell).records));
        }
    }
    records.sort_unstable();
    let mut strata: Vec<(u32, u32)> = Vec::with_capacity(records.len());
    for same in records.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (person, stratum, first, _) = same[0];
        strata.push((person, stratum));
        if same.iter().map(|(.., records)| records).sum::<u64>() > 1 {
            let place = same.get(1).map_or(first, |(.., place, _)| *place);
            let label = stages.stages.first().and_then(|stage| stage.strata.get(stratum as usize));
            let what = EstimateProblem::PersonTwice {
                person: people.names[person as usize].to_string(),
                stratum: label.map(|stratum| stratum.label.clone()).unwrap_or_default(),
            };
            let column = plan.question.person.as_deref();
            // The place is found for a problem of the design; only what is wrong differs.
            let there = located(DesignProblem::InvalidFpc { stage: 1, row: 0 }, column, Some(place));
            problems.push(Problem { what: Arc::new(what), ..there });
        }
    }
    Links::new(&strata, stages.stages.first().map_or(&[][..], |stage| stage.strata.as_slice()))
}

/// The stages, and what weights from populations are for each cell.
fn stages(
    plan: &Plan,
    groups: &Groups,
    cells: &Cells,
    ordered: &Ordered,
    located: &impl Located,
    problems: &mut Problems,
) -> (Stages, Vec<f64>) {
    let tree = &plan.tree;
    let design = &plan.question.design;
    let mut built = Vec::new();
    let mut probabilities = vec![1.0; cells.len()];
    let depths: Vec<Option<usize>> =
        tree.units.iter().copied().map(Some).chain(cells.shape.elements.then_some(None)).collect();
    let mut above = tree.strata;
    for (number, depth) in depths.into_iter().enumerate() {
        let places = ordered.places(above);
        let strata_of: Vec<u32> =
            groups.ancestors(above).into_iter().take(cells.len()).map(|node| places[node as usize]).collect();
        let count = ordered.order(above).len();
        let mut sampled = vec![0_u64; count];
        let mut stratum = Vec::new();
        match depth {
            Some(depth) => {
                for unit in ordered.order(depth) {
                    let node = (above..depth).rev().fold(*unit, |node, level| ordered.parent(level + 1, node));
                    sampled[places[node as usize] as usize] += 1;
                    stratum.push(places[node as usize]);
                }
            }
            None => {
                for (cell, stratum) in strata_of.iter().enumerate() {
                    sampled[*stratum as usize] += cells.tally(cell).records;
                }
            }
        }
        let population = populations(plan, cells, number, &strata_of, count);
        let label = |place: usize| ordered.codes(above, ordered.order(above)[place]).join(":");
        let sizes = population.iter().any(|population| population.most.0 > 1.0);
        let column = design.fpc.get(number).map(String::as_str);
        let mut mixed = None;
        let mut strata = Vec::with_capacity(count);
        for (place, sampled) in sampled.into_iter().enumerate() {
            let sampled = u32::try_from(sampled).unwrap_or(u32::MAX);
            let mut size = None;
            if let Some(given) = population.get(place) {
                let stage = number + 1;
                if sizes && given.least.0 < 1.0 {
                    mixed = mixed.into_iter().chain([given.least.1]).min();
                }
                if given.least.0 < given.most.0 {
                    let what = DesignProblem::FpcVaries { stratum: label(place), stage, row: 0 };
                    problems.push(located(what, column, Some(given.least.1.max(given.most.1))));
                }
                let value = if sizes { given.least.0 } else { f64::from(sampled) / given.least.0 };
                if value < f64::from(sampled) * (1.0 - 1e-9) {
                    let stratum = label(place);
                    let what = DesignProblem::MoreThanPopulation { stratum, stage, sampled, population: value, row: 0 };
                    problems.push(located(what, column, Some(given.least.1)));
                }
                size = value.is_finite().then_some(value);
            }
            strata.push(Stratum { label: label(place), sampled, population: size });
        }
        if let Some(place) = mixed {
            problems.push(located(DesignProblem::MixedFpc { stage: number + 1, row: 0 }, column, Some(place)));
        }
        if !population.is_empty() {
            for (probability, stratum) in probabilities.iter_mut().zip(&strata_of) {
                let stratum = &strata[*stratum as usize];
                *probability *= stratum.population.map_or(1.0, |population| f64::from(stratum.sampled) / population);
            }
        }
        let parent = if number == 0 { Vec::new() } else { stratum.clone() };
        built.push(Stage { strata, stratum, parent, unit_correction: None });
        above = depth.unwrap_or(above);
    }
    let stages = Stages { stages: built, lonely: design.lonely, adjust_domain_lonely: design.adjust_domain_lonely };
    let derived = design.weights.is_none() && !design.fpc.is_empty();
    let factors =
        if derived { probabilities.into_iter().map(|probability| 1.0 / probability).collect() } else { Vec::new() };
    (stages, factors)
}

/// The populations of a stage by stratum; none where no column says them.
fn populations(plan: &Plan, cells: &Cells, stage: usize, strata_of: &[u32], count: usize) -> Vec<Population> {
    let many = plan.populations.len();
    if stage >= many {
        return Vec::new();
    }
    let mut population = vec![Population::default(); count];
    for (cell, stratum) in strata_of.iter().enumerate() {
        population[*stratum as usize].merge(&cells.populations[cell * many + stage]);
    }
    population
}
