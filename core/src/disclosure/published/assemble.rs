//! Several releases as one: what each says of the same cell, and all the sums that hold among them.

use super::{Published, PublishedCell, Roll, Share, Side};
use crate::disclosure::DisclosureProblem;
use crate::disclosure::audit::Fact;
use crate::disclosure::tables::{Branch, CellId, Hierarchy, LIMIT, Margin};
use crate::problem::{Privacy, Problem, Problems};
use std::collections::{BTreeMap, BTreeSet};

/// A cell of the releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its dimensions, in the order of the release that names it first.
    pub dims: Vec<String>,
    /// Its codes.
    pub key: Vec<String>,
    /// Whether it is a cell of a release. Others are only known to exist.
    pub is_named: bool,
    /// Its true count, where a release was given with it.
    pub truth: Option<u64>,
    /// Whether a release calls it hidden and holds its count all the same.
    pub is_printed: bool,
}

/// Releases put together: cells with the same codes are one, totals left out.
#[derive(Clone, Debug, Default)]
pub struct Assembled {
    /// The cells.
    pub cells: Vec<Cell>,
    /// By cell the count, where one was published.
    pub values: Vec<Option<u64>>,
    /// By cell the smallest count that it may have.
    pub lowest: Vec<u64>,
    /// By cell the largest, where one is known.
    pub highest: Vec<Option<u64>>,
    /// The sums that hold.
    pub margins: Vec<Margin>,
    /// What else is known.
    pub facts: Vec<Fact>,
    /// Groups: everybody, those with one answer, and the others.
    pub(super) groups: Vec<(CellId, CellId, Option<CellId>)>,
    ids: BTreeMap<Codes, CellId>,
    known_margins: BTreeSet<(CellId, Vec<CellId>)>,
}

/// Dimension and code, totals left out.
type Codes = Vec<(String, String)>;
/// By dimension, the codes that are everybody.
type Everybody = BTreeMap<String, BTreeSet<String>>;

/// What the dimension of the releases is called where one is the other and some people more.
const RELEASE: &str = "release";

impl Assembled {
    /// Puts releases together. `None` when there are errors; problems say which.
    ///
    /// With `grown` the second of two releases covers everybody in the first and some more: then cells of both are not the
    /// same, and those who came are a table of their own.
    pub fn new(releases: &[(String, Published)], grown: bool, rolls: &[Roll], problems: &mut Problems) -> Option<Self> {
        let before = problems.errors();
        let mut all: Vec<(&str, Published)> = Vec::new();
        // By release how many tables there are before it.
        let mut starts = Vec::new();
        for (number, (file, release)) in releases.iter().enumerate() {
            starts.push(all.len());
            let mut open = vec![release];
            while let Some(release) = open.pop() {
                open.extend(&release.linked);
                let release = Published { linked: Vec::new(), ..release.clone() };
                let name = ["first", "second"].get(number).filter(|_| grown);
                all.push((file, if let Some(name) = name { release.within(name) } else { release }));
            }
        }
        if let (true, [_, start]) = (grown, starts.as_slice()) {
            let (first, second) = all.split_at(*start);
            let same = |table: &Published| second.iter().find(|(_, other)| other.dims == table.dims);
            let grown =
                first.iter().filter_map(|(_, table)| same(table).map(|(file, other)| (*file, growth(table, other))));
            let grown: Vec<(&str, Published)> = grown.collect();
            all.extend(grown);
        }
        let everybody = everybody(&all, problems);
        let mut assembled = Self::default();
        for (file, release) in &all {
            for name in release.response_dim.iter().filter(|name| !release.dims.contains(name)) {
                let what = DisclosureProblem::UnknownDimension { exists: release.dims.clone() };
                problems.push(Problem::error(file, what).column("response_dim").value(name, Privacy::Open));
            }
            assembled.name(file, release, &everybody, problems);
        }
        if problems.errors() == before {
            assembled.mention(&all, &everybody, problems);
        }
        for (file, release) in all.iter().filter(|(_, release)| release.complete || release.others_exist) {
            assembled.complete(file, release, &everybody, problems);
        }
        if problems.errors() > before {
            return None;
        }
        for (file, release) in &all {
            assembled.sums(file, release, &everybody, problems);
        }
        for (_, release) in &all {
            for place in (0..release.dims.len()).filter(|place| release.response_dim.contains(&release.dims[*place])) {
                assembled.groups_of(release, place, &everybody);
            }
        }
        assembled.limit(rolls, &everybody);
        if let Some((file, _)) = all.first() {
            assembled.check(file, problems);
        }
        (problems.errors() == before).then_some(assembled)
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    fn push(&mut self, dims: &[String], key: &[String]) -> CellId {
        let id = CellId::try_from(self.cells.len()).unwrap_or(CellId::MAX);
        let cell = Cell { dims: dims.to_vec(), key: key.to_vec(), is_named: false, truth: None, is_printed: false };
        self.cells.push(cell);
        self.values.push(None);
        self.lowest.push(0);
        self.highest.push(None);
        id
    }

    fn cell(&mut self, dims: &[String], key: &[String], everybody: &Everybody) -> CellId {
        let codes = codes(dims, key, everybody);
        if let Some(id) = self.ids.get(&codes) {
            return *id;
        }
        let id = self.push(dims, key);
        self.ids.insert(codes, id);
        id
    }

    /// The cells that a release names.
    fn name(&mut self, file: &str, release: &Published, everybody: &Everybody, problems: &mut Problems) {
        for (place, cell) in release.cells.iter().enumerate() {
            let mut wrong = |what| {
                let problem = Problem::error(file, what).column(format!("cells[{place}]"));
                problems.push(problem.value(cell.key.join(" × "), Privacy::Open));
            };
            if cell.key.len() != release.dims.len() {
                wrong(DisclosureProblem::KeyLength { dims: release.dims.len() });
                continue;
            }
            let PublishedCell { value, truth, lb, ub, .. } = cell;
            let is_count = |number: &Option<f64>| number.is_none_or(|number| count(number).is_some());
            if ![value, truth].into_iter().all(is_count) || [lb, ub].iter().any(|limit| limit.is_some_and(f64::is_nan))
            {
                wrong(DisclosureProblem::NotACount);
                continue;
            }
            if cell.hidden == Some(false) && value.is_none() {
                wrong(DisclosureProblem::ShownWithoutCount);
                continue;
            }
            let id = self.cell(&release.dims, &cell.key, everybody) as usize;
            let own = &mut self.cells[id];
            own.is_named = true;
            own.is_printed |= cell.hidden == Some(true) && value.is_some();
            own.truth = own.truth.or(truth.and_then(count));
            if let Some(value) = value.and_then(count) {
                if let Some(other) = self.values[id].filter(|other| *other != value) {
                    wrong(DisclosureProblem::TwoCounts { first: other, second: value });
                    continue;
                }
                self.values[id] = Some(value);
            }
            let least = lb.or(release.suppressed_lb.filter(|_| value.is_none())).map(f64::ceil).and_then(count);
            self.lowest[id] = self.lowest[id].max(least.unwrap_or_default());
            if let Some(most) = ub.map(f64::floor) {
                let most = count(most).unwrap_or_default();
                self.highest[id] = Some(self.highest[id].map_or(most, |other| other.min(most)));
            }
        }
    }

    /// The cells of which only shares and facts speak: they exist if some table has their codes.
    fn mention(&mut self, all: &[(&str, Published)], everybody: &Everybody, problems: &mut Problems) {
        let mut known: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
        for (_, release) in all {
            for (name, codes) in release.dims.iter().zip(codes_by_dimension(release)) {
                known.entry(name).or_default().extend(codes);
            }
        }
        for (file, release) in all {
            let shares = release.shares.iter().enumerate();
            let shares = shares.flat_map(|(place, share)| {
                [(format!("shares[{place}].num"), &share.num), (format!("shares[{place}].den"), &share.den)]
            });
            let facts = release.facts.iter().enumerate();
            let facts = facts.flat_map(|(place, side)| {
                let terms = side.terms.iter().enumerate();
                terms.map(move |(term, (key, _))| (format!("facts[{place}].terms[{term}]"), key))
            });
            for (path, key) in shares.chain(facts).filter(|(_, key)| key.len() == release.dims.len()) {
                let has = |(name, code)| known.get(name).is_some_and(|codes: &BTreeSet<String>| codes.contains(code));
                if release.dims.iter().zip(key).all(has) {
                    self.cell(&release.dims, key, everybody);
                } else {
                    let problem = Problem::error(file, DisclosureProblem::NoSuchCell).column(path);
                    problems.push(problem.value(key.join(" × "), Privacy::Open));
                }
            }
        }
    }

    /// Cells that a release does not name, but that exist.
    fn complete(&mut self, file: &str, release: &Published, everybody: &Everybody, problems: &mut Problems) {
        let codes = codes_by_dimension(release);
        let cells = codes.iter().try_fold(1, |cells: usize, codes| cells.checked_mul(codes.len()));
        if cells.is_none_or(|cells| cells > LIMIT) {
            problems.push(Problem::error(file, DisclosureProblem::TooManyCells { limit: LIMIT }));
            return;
        }
        let mut key: Vec<usize> = vec![0; codes.len()];
        for _ in 0..cells.unwrap_or_default() {
            let names: Vec<String> = key.iter().zip(&codes).map(|(code, codes)| codes[*code].clone()).collect();
            let id = self.cell(&release.dims, &names, everybody) as usize;
            self.cells[id].is_named |= release.complete;
            for (place, codes) in key.iter_mut().zip(&codes).rev() {
                *place = (*place + 1) % codes.len();
                if *place > 0 {
                    break;
                }
            }
        }
    }

    /// The cells of all releases as a release would name them.
    fn keys(&self, release: &Published, everybody: &Everybody) -> Vec<(Vec<String>, CellId)> {
        let place: BTreeMap<&String, usize> =
            release.dims.iter().enumerate().map(|(place, name)| (name, place)).collect();
        let total: Vec<Option<&String>> =
            release.dims.iter().map(|name| everybody.get(name).and_then(|codes| codes.first())).collect();
        let as_named = |codes: &Codes| -> Option<Vec<String>> {
            let mut key: Vec<Option<&String>> = total.clone();
            for (name, code) in codes {
                key[*place.get(name)?] = Some(code);
            }
            key.into_iter().map(|code| code.cloned()).collect()
        };
        self.ids.iter().filter_map(|(codes, id)| Some((as_named(codes)?, *id))).collect()
    }

    fn find(&self, dims: &[String], key: &[String], everybody: &Everybody) -> Option<CellId> {
        self.ids.get(&codes(dims, key, everybody)).copied()
    }

    fn margin(&mut self, total: CellId, parts: Vec<CellId>) {
        if !parts.contains(&total) && self.known_margins.insert((total, parts.clone())) {
            self.margins.push(Margin { total, parts, spare: false });
        }
    }

    /// All that a release says of sums.
    fn sums(&mut self, file: &str, release: &Published, everybody: &Everybody, problems: &mut Problems) {
        let dims = &release.dims;
        let none = BTreeMap::new();
        let hierarchies = release.hierarchies.as_ref().unwrap_or(&none);
        // By dimension and code what it is the sum of.
        let branches: Vec<BTreeMap<&String, Vec<&Branch>>> = dims
            .iter()
            .map(|name| {
                let mut of: BTreeMap<&String, Vec<&Branch>> = BTreeMap::new();
                for branch in hierarchies.get(name).into_iter().flatten().filter(|branch| !branch.children.is_empty()) {
                    of.entry(&branch.parent).or_default().push(branch);
                }
                of
            })
            .collect();
        for (mut key, total) in self.keys(release, everybody) {
            for (place, branches) in branches.iter().enumerate() {
                // Everybody may have several names: the sum of each.
                let own = key[place].clone();
                let names: Vec<&String> = match everybody.get(&dims[place]) {
                    Some(all) if all.contains(&own) => all.iter().collect(),
                    _ => vec![&own],
                };
                for branch in names.into_iter().filter_map(|name| branches.get(name)).flatten() {
                    let mut parts = Vec::with_capacity(branch.children.len());
                    for child in &branch.children {
                        key[place].clone_from(child);
                        parts.extend(self.find(dims, &key, everybody));
                    }
                    if parts.len() == branch.children.len() {
                        self.margin(total, parts);
                    }
                }
                key[place] = own;
            }
        }
        let wrong = |keys: &[&Vec<String>], what: &str| {
            let key = keys.iter().find(|key| key.len() != dims.len())?;
            let problem = Problem::error(file, DisclosureProblem::KeyLength { dims: dims.len() });
            Some(problem.column(what).value(key.join(" × "), Privacy::Open))
        };
        for relation in &release.relations {
            let keys: Vec<&Vec<String>> = std::iter::once(&relation.total).chain(&relation.parts).collect();
            if let Some(problem) = wrong(&keys, "relations") {
                problems.push(problem);
                continue;
            }
            let ids: Vec<CellId> = keys.into_iter().map(|key| self.cell(dims, key, everybody)).collect();
            self.margin(ids[0], ids[1..].to_vec());
        }
        for share in &release.shares {
            if let Some(problem) = wrong(&[&share.num, &share.den], "shares") {
                problems.push(problem);
                continue;
            }
            let (num, den) = (self.cell(dims, &share.num, everybody), self.cell(dims, &share.den, everybody));
            if !self.share(num, den, share) {
                problems.push(Problem::error(file, DisclosureProblem::NotAShare).column("shares"));
            }
        }
        for side in &release.facts {
            let keys: Vec<&Vec<String>> = side.terms.iter().map(|(key, _)| key).collect();
            if let Some(problem) = wrong(&keys, "facts") {
                problems.push(problem);
                continue;
            }
            match self.fact(side, dims, everybody) {
                Some(fact) => self.facts.push(fact),
                None => problems.push(Problem::error(file, DisclosureProblem::NotAFact).column("facts")),
            }
        }
    }

    /// A percentage: the count lies between two multiples of the whole, which is linear even where both are unknown.
    /// Whether it is one.
    fn share(&mut self, num: CellId, den: CellId, share: &Share) -> bool {
        let half = share.step.map_or_else(|| 0.5 / f64::from(10_u32.pow(share.decimals.min(6))), |step| step / 2.0);
        // In millionths of a percent.
        let whole = |number: f64| signed((number * 1e6).round());
        let sound = (0.0..=100.0).contains(&share.pct) && half > 0.0 && half <= 50.0;
        let (Some(low), Some(high), true) = (whole(share.pct - half), whole(share.pct + half), sound) else {
            return false;
        };
        let hundred = 100_000_000;
        for (limit, sign) in [(high, 1), (low, -1)] {
            let by = gcd(limit.abs(), hundred);
            let terms = vec![(num, sign * hundred / by), (den, -sign * limit / by)];
            self.facts.push(Fact { terms, at_least: None, at_most: Some(0) });
        }
        self.facts.push(Fact { terms: vec![(num, 1), (den, -1)], at_least: None, at_most: Some(0) });
        true
    }

    /// A fact in whole numbers: parts of a person are made whole by as many decimals as it takes, six at most.
    fn fact(&mut self, side: &Side, dims: &[String], everybody: &Everybody) -> Option<Fact> {
        let scale = (0..=6)
            .map(|decimals| f64::from(10_u32.pow(decimals)))
            .find(|scale| side.terms.iter().all(|(_, times)| ((times * scale).round() - times * scale).abs() < 1e-6))?;
        let mut terms = Vec::new();
        for (key, times) in &side.terms {
            terms.push((self.cell(dims, key, everybody), signed((times * scale).round())?));
        }
        let limit = |limit: Option<f64>, round: fn(f64) -> f64, slack: f64| match limit {
            Some(limit) => signed(round(limit * scale + slack)).map(Some),
            None => Some(None),
        };
        Some(Fact { terms, at_least: limit(side.lo, f64::ceil, -1e-6)?, at_most: limit(side.hi, f64::floor, 1e-6)? })
    }

    /// Reports sums of published counts that do not hold.
    fn check(&self, file: &str, problems: &mut Problems) {
        for margin in &self.margins {
            let value = |cell: &CellId| self.values[*cell as usize];
            let parts: Option<u64> = margin.parts.iter().map(value).sum();
            if let (Some(parts), Some(total)) = (parts, value(&margin.total))
                && parts != total
            {
                let key = self.cells[margin.total as usize].key.join(" × ");
                let problem = Problem::error(file, DisclosureProblem::Contradiction);
                problems.push(problem.value(format!("{key}: {total}, {parts}"), Privacy::Open));
            }
        }
    }

    /// The groups of which a release asks whether all gave the same answer.
    fn groups_of(&mut self, release: &Published, place: usize, everybody: &Everybody) {
        let total = release.response_total.clone().or_else(|| everybody.get(&release.dims[place])?.first().cloned());
        let total = total.unwrap_or_else(|| "Total".into());
        let all = everybody.get(&release.dims[place]);
        // Where there is one answer only, everybody knows that all gave it.
        let is_total = |code: &String| *code == total || all.is_some_and(|all| all.contains(code));
        if codes_by_dimension(release)[place].iter().filter(|code| !is_total(code)).count() < 2 {
            return;
        }
        for (mut key, answer) in self.keys(release, everybody) {
            if is_total(&key[place]) {
                continue;
            }
            key[place].clone_from(&total);
            let Some(whole) = self.find(&release.dims, &key, everybody) else { continue };
            let known = self.values[whole as usize].is_some() && self.values[answer as usize].is_some();
            let rest = (!known).then(|| {
                let rest = self.push(&release.dims, &key);
                self.margins.push(Margin { total: whole, parts: vec![answer, rest], spare: false });
                rest
            });
            self.groups.push((whole, answer, rest));
        }
    }

    /// No more are counted in a group than there are in it.
    fn limit(&mut self, rolls: &[Roll], everybody: &Everybody) {
        for roll in rolls {
            let (dims, key): (Vec<String>, Vec<String>) = roll.codes.iter().cloned().unzip();
            if let Some(id) = self.find(&dims, &key, everybody) {
                let highest = &mut self.highest[id as usize];
                *highest = Some(highest.map_or(roll.people, |other| other.min(roll.people)));
            }
        }
    }
}

impl Published {
    /// The same as part of several releases that are not of the same people.
    fn within(mut self, name: &str) -> Self {
        let before = |key: &mut Vec<String>| key.insert(0, name.to_owned());
        self.dims.insert(0, RELEASE.into());
        self.cells.iter_mut().for_each(|cell| before(&mut cell.key));
        for relation in &mut self.relations {
            before(&mut relation.total);
            relation.parts.iter_mut().for_each(before);
        }
        for share in &mut self.shares {
            before(&mut share.num);
            before(&mut share.den);
        }
        self.facts.iter_mut().flat_map(|side| &mut side.terms).for_each(|(key, _)| before(key));
        self
    }
}

/// Those who came between two releases: a table of its own, of which nothing was published.
fn growth(first: &Published, second: &Published) -> Published {
    let name = |key: &[String], name: &str| -> Vec<String> {
        std::iter::once(name.to_owned()).chain(key[1..].iter().cloned()).collect()
    };
    let truths: BTreeMap<&[String], Option<f64>> =
        second.cells.iter().filter(|cell| !cell.key.is_empty()).map(|cell| (&cell.key[1..], cell.truth)).collect();
    let mut cells = Vec::new();
    let mut relations = Vec::new();
    for cell in first.cells.iter().filter(|cell| cell.key.len() == first.dims.len()) {
        let Some(truth) = truths.get(&cell.key[1..]) else { continue };
        let key = name(&cell.key, "difference");
        relations
            .push(super::Relation { total: name(&cell.key, "second"), parts: vec![cell.key.clone(), key.clone()] });
        let truth = truth.zip(cell.truth).map(|(second, first)| second - first).filter(|truth| *truth >= 0.0);
        cells.push(PublishedCell { key, value: None, hidden: Some(true), truth, lb: None, ub: None });
    }
    Published {
        dims: first.dims.clone(),
        hierarchies: first.hierarchies.clone(),
        response_dim: first.response_dim.clone(),
        response_total: first.response_total.clone(),
        cells,
        relations,
        ..Published::default()
    }
}

fn codes(dims: &[String], key: &[String], everybody: &Everybody) -> Codes {
    let mut codes: Codes = dims
        .iter()
        .zip(key)
        .filter(|(name, code)| !everybody.get(*name).is_some_and(|codes| codes.contains(*code)))
        .map(|(name, code)| (name.clone(), code.clone()))
        .collect();
    codes.sort_unstable();
    codes
}

/// By dimension of a release the codes that it names, in cells or hierarchies.
fn codes_by_dimension(release: &Published) -> Vec<Vec<String>> {
    let of = |(place, name): (usize, &String)| {
        let branches = release.hierarchies.iter().filter_map(|all| all.get(name)).flatten();
        let summed = branches.flat_map(|branch| std::iter::once(&branch.parent).chain(&branch.children));
        let named = release.cells.iter().filter_map(|cell| cell.key.get(place));
        named.chain(summed).cloned().collect::<BTreeSet<String>>().into_iter().collect()
    };
    release.dims.iter().enumerate().map(of).collect()
}

/// By dimension the codes that all others are summed to.
fn everybody(all: &[(&str, Published)], problems: &mut Problems) -> Everybody {
    let mut everybody = Everybody::new();
    for (file, release) in all {
        for (name, branches) in release.hierarchies.iter().flatten() {
            match Hierarchy::new(branches, &[]) {
                Ok(hierarchy) => {
                    let roots = (0..hierarchy.len()).filter(|code| hierarchy.is_root(*code));
                    let roots = roots.map(|code| hierarchy.code(code).to_owned());
                    everybody.entry(name.clone()).or_default().extend(roots);
                }
                Err(problem) => {
                    problems.push(Problem::error(file, DisclosureProblem::Hierarchy(problem)).column(name));
                }
            }
        }
    }
    everybody
}

/// A number of people.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number below 2^50")]
pub(super) fn count(number: f64) -> Option<u64> {
    ((0.0..1e15).contains(&number) && number.fract() == 0.0).then_some(number as u64)
}

#[allow(clippy::cast_possible_truncation, reason = "a whole number below 2^50")]
fn signed(number: f64) -> Option<i64> {
    (number.abs() < 1e15).then_some(number as i64)
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}
