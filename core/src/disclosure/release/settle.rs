//! What of a wave can be shown beside everything that is out already.

use super::audit::{Found, Said, audit};
use super::ground::Ground;
use super::{Figure, Finding, Past, ReleaseProblem, SMALLEST_DIFFERENCE, Shown};
use crate::disclosure::{Fixed, Series};
use crate::problem::{Problem, Problems};
use std::collections::{BTreeMap, BTreeSet};

/// One wave of one indicator, and how it is cut and shown by itself.
pub(in crate::disclosure) struct Topic<'a> {
    /// Id of the indicator.
    pub(in crate::disclosure) indicator: &'a str,
    /// Id of the wave.
    pub(in crate::disclosure) wave: &'a str,
    /// Its figure and base.
    pub(in crate::disclosure) base: (&'a str, &'a str),
    /// What was published before.
    pub(in crate::disclosure) past: Past<'a>,
    /// The wave as it is cut, given what is decided.
    pub(in crate::disclosure) cut: &'a dyn Fn(&Fixed) -> Vec<Series>,
    /// A figure as the policy shows it: series and position of the period.
    pub(in crate::disclosure) figure: &'a dyn Fn(&Series, usize) -> Figure,
    /// Widths of windows, in the project's order.
    pub(in crate::disclosure) windows: &'a [usize],
    /// Groups of municipalities that may be pooled.
    pub(in crate::disclosure) pool: &'a [Vec<usize>],
    /// The project file, for messages.
    pub(in crate::disclosure) file: &'a str,
}

/// A figure of a release.
#[derive(Clone, Debug)]
pub(in crate::disclosure) struct Draft {
    /// Position of its series.
    pub(in crate::disclosure) series: usize,
    /// Position of its period there.
    pub(in crate::disclosure) period: usize,
    /// As it is published.
    pub(in crate::disclosure) figure: Figure,
    /// Whether it says something that was not said before.
    is_new: bool,
    /// Where its group is another one than when it was published: how many answer now.
    pub(in crate::disclosure) now: Option<u64>,
}

impl Draft {
    fn key(&self) -> (String, String) {
        (self.figure.area.clone(), self.figure.period.clone())
    }
}

/// What of a wave is shown.
pub(in crate::disclosure) struct Settled {
    pub(in crate::disclosure) fixed: Fixed,
    pub(in crate::disclosure) series: Vec<Series>,
    pub(in crate::disclosure) drafts: Vec<Draft>,
}

/// What the audit has decided so far. Figures are known by area and period.
#[derive(Clone, Default)]
struct Decided {
    fixed: Fixed,
    stands: BTreeSet<(String, String)>,
    hidden: BTreeSet<(String, String)>,
}

/// A release as it would be, and what it would give away.
struct Look {
    series: Vec<Series>,
    drafts: Vec<Draft>,
    ground: Ground,
    /// By group of the ground what it is called.
    names: Vec<String>,
    /// By draft its group.
    groups: Vec<usize>,
    /// None: what is published would contradict itself.
    found: Option<Vec<Found>>,
}

impl Look {
    fn open(&self) -> usize {
        self.found.as_ref().map_or(usize::MAX, Vec::len)
    }

    fn shown(&self, new_only: bool) -> impl Iterator<Item = &Draft> {
        self.drafts.iter().filter(move |draft| draft.figure.is_shown() && (draft.is_new || !new_only))
    }

    /// The new figures that hang together with the first finding, those with fewest people first.
    fn involved(&self) -> Vec<&Draft> {
        let mut pieces: BTreeSet<usize> = match &self.found {
            Some(found) => found.first().map(|found| found.pieces.iter().copied().collect()).unwrap_or_default(),
            None => (0..self.ground.sizes.len()).collect(),
        };
        loop {
            let before = pieces.len();
            let touching = self.ground.groups.iter().filter(|group| group.iter().any(|piece| pieces.contains(piece)));
            let more: Vec<usize> = touching.flatten().copied().collect();
            pieces.extend(more);
            if pieces.len() == before {
                break;
            }
        }
        let is_in = |group: usize| self.ground.groups[group].iter().any(|piece| pieces.contains(piece));
        let drafts = self.drafts.iter().zip(&self.groups).filter(|(draft, group)| draft.is_new && is_in(**group));
        let mut drafts: Vec<&Draft> = drafts.map(|(draft, _)| draft).collect();
        drafts.sort_by_key(|draft| (draft.figure.n, draft.key()));
        drafts
    }

    /// What a group is called: the smallest published one that it is in, and how many it has.
    fn name(&self, pieces: &[usize]) -> String {
        let holds = |group: &&Vec<usize>| pieces.iter().all(|piece| group.contains(piece));
        let groups = self.ground.groups.iter().enumerate().filter(|(_, group)| holds(group));
        let smallest = groups.min_by_key(|(number, group)| (self.ground.size(group), *number));
        let name = smallest.map(|(number, _)| self.names[number].as_str()).unwrap_or_default();
        format!("{name} (n = {})", self.ground.size(pieces))
    }
}

impl Topic<'_> {
    /// Decides; problems say what stands, what is hidden and what is out already. `None` when nothing can be published.
    pub(in crate::disclosure) fn settle(&self, fixed: Fixed, problems: &mut Problems) -> Option<Settled> {
        let error = |what: ReleaseProblem| Problem::error(self.file, what).column("disclosure");
        let other = self.earlier().find(|figure| (figure.figure.as_str(), figure.base.as_str()) != self.base);
        if let Some(other) = other {
            let earlier = format!("{}, {}", other.figure, other.base);
            let what = ReleaseProblem::OtherBase { wave: self.wave.into(), earlier, date: other.since.clone() };
            problems.push(error(what));
            return None;
        }
        let mut decided = Decided { fixed, ..Decided::default() };
        let mut look = self.look(&decided, problems)?;
        if !self.past_is_sound(problems) {
            return None;
        }
        let (first, mut reason) = (look.shown(true).map(|draft| draft.figure.name()).collect::<Vec<_>>(), None);
        let mut warnings = Vec::new();
        let mut hidden: BTreeMap<(String, String), (Finding, String)> = BTreeMap::new();
        while look.open() > 0 {
            let finding = look.found.as_ref().map_or(Finding::Exact, |found| found[0].finding);
            reason.get_or_insert(finding);
            let group = look.found.as_ref().map_or(String::new(), |found| look.name(&found[0].pieces));
            (decided, look) = self.coarser(&decided, &look, problems)?;
            for key in &decided.hidden {
                hidden.entry(key.clone()).or_insert((finding, group.clone()));
            }
        }
        (decided, look) = self.again(decided, look, problems)?;
        for draft in &look.drafts {
            if let Some((finding, group)) = hidden.remove(&draft.key()).filter(|_| draft.figure.by_audit) {
                warnings.push(ReleaseProblem::Hidden { figure: draft.figure.name(), finding, group });
            }
        }
        if let Some(finding) = reason.filter(|_| !first.is_empty() && look.shown(false).next().is_none()) {
            let since = self.earlier().last().map(|figure| figure.since.clone()).unwrap_or_default();
            problems.push(error(ReleaseProblem::NothingLeft {
                wave: self.wave.into(),
                figures: first,
                finding,
                since,
            }));
            return None;
        }
        for draft in &look.drafts {
            if let Some(now) = draft.now {
                let Figure { since, n, .. } = &draft.figure;
                let figure = draft.figure.name();
                warnings.push(ReleaseProblem::Stands { figure, since: since.clone(), was: *n, now });
            }
        }
        for what in warnings {
            problems.push(Problem::warning(self.file, what).column("disclosure"));
        }
        Some(Settled { fixed: decided.fixed, series: look.series, drafts: look.drafts })
    }

    /// What was published of this here.
    fn earlier(&self) -> impl DoubleEndedIterator<Item = &Figure> {
        let figures = self.past.ledger.figures().filter(|figure| figure.is_shown());
        figures.filter(|figure| figure.topic() == (self.indicator, self.wave))
    }

    /// The same without what was said twice, and what others said.
    fn said_before(&self) -> Vec<(&[super::Atom], (u64, u64), String)> {
        let mut said: Vec<(&[super::Atom], (u64, u64), String)> = Vec::new();
        let ours = self
            .earlier()
            .filter_map(|figure| Some((figure.atoms.as_slice(), (figure.at_least?, figure.at_most?), figure.name())));
        let about = |figure: &&super::ForeignFigure| {
            (figure.indicator.as_str(), figure.wave.as_str()) == (self.indicator, self.wave)
        };
        let theirs = self.past.foreign.iter().filter(about);
        let theirs =
            theirs.map(|figure| (figure.atoms.as_slice(), (figure.at_least, figure.at_most), figure.place.clone()));
        for one in ours.chain(theirs) {
            if !said.iter().any(|other| other.0 == one.0 && other.1 == one.1) {
                said.push(one);
            }
        }
        said
    }

    /// Whether what is out fits together; warns of what it gives away.
    fn past_is_sound(&self, problems: &mut Problems) -> bool {
        let before = self.said_before();
        let groups: Vec<&[super::Atom]> = before.iter().map(|(atoms, ..)| *atoms).collect();
        let Some(ground) = self.ground(&groups, problems) else { return false };
        let said: Vec<Said> = before.iter().enumerate().map(|(group, (_, limits, _))| says(group, *limits)).collect();
        let Ok(found) = audit(&ground, &said, &[]) else {
            let what = ReleaseProblem::ForeignContradicts { wave: self.wave.into() };
            problems.push(Problem::error(self.file, what).column("foreign"));
            return false;
        };
        let names = before.into_iter().map(|(.., name)| name).collect();
        let empty = (Vec::new(), Vec::new(), Vec::new());
        let look = Look { series: empty.0, drafts: empty.1, groups: empty.2, ground, names, found: None };
        let mut told = BTreeSet::new();
        for one in found.iter().filter(|one| told.insert(&one.pieces)) {
            let what = ReleaseProblem::AlreadyOut { finding: one.finding, group: look.name(&one.pieces) };
            problems.push(Problem::warning(self.file, what).column("disclosure"));
        }
        true
    }

    fn ground(&self, groups: &[&[super::Atom]], problems: &mut Problems) -> Option<Ground> {
        match Ground::new(groups, self.past.boundaries) {
            Ok(ground) => Some(ground),
            Err(super::Misfit { year, municipality }) => {
                let what = ReleaseProblem::Misfit { year, municipality };
                problems.push(Problem::error(self.file, what).column("boundaries"));
                None
            }
        }
    }

    fn look(&self, decided: &Decided, problems: &mut Problems) -> Option<Look> {
        let series = (self.cut)(&decided.fixed);
        let periods = |(number, one): (usize, &Series)| (0..one.periods.len()).map(move |period| (number, period));
        let places = series.iter().enumerate().flat_map(periods);
        let drafts: Vec<Draft> = places.map(|(at, period)| self.draft(&series[at], at, period, decided)).collect();
        let before = self.said_before();
        let mut groups: Vec<&[super::Atom]> = before.iter().map(|(atoms, ..)| *atoms).collect();
        let own: Vec<usize> = (groups.len()..).take(drafts.len()).collect();
        groups.extend(
            drafts.iter().map(|draft| if draft.figure.is_shown() { draft.figure.atoms.as_slice() } else { &[] }),
        );
        let ground = self.ground(&groups, problems)?;
        let earlier: Vec<Said> =
            before.iter().enumerate().map(|(group, (_, limits, _))| says(group, *limits)).collect();
        let new: Vec<Said> = drafts
            .iter()
            .zip(&own)
            .filter(|(draft, _)| draft.is_new)
            .filter_map(|(draft, group)| Some(says(*group, draft.figure.at_least.zip(draft.figure.at_most)?)))
            .collect();
        let found = if new.is_empty() { Some(Vec::new()) } else { audit(&ground, &earlier, &new).ok() };
        let names = before.into_iter().map(|(.., name)| name).chain(drafts.iter().map(|draft| draft.figure.name()));
        let names = names.collect();
        Some(Look { series, drafts, ground, names, groups: own, found })
    }

    /// A figure as the policy, earlier releases and the audit let it be.
    fn draft(&self, series: &Series, at: usize, period: usize, decided: &Decided) -> Draft {
        let mut figure = (self.figure)(series, period);
        let key = (figure.area.clone(), figure.period.clone());
        let hide = |figure: Figure| Figure { shown: Shown::hidden(), at_least: None, at_most: None, ..figure };
        let draft = |figure: Figure, is_new: bool, now: Option<u64>| Draft { series: at, period, figure, is_new, now };
        if !figure.is_shown() {
            return draft(figure, false, None);
        }
        let is_near = |other: &&Figure| other.n.abs_diff(figure.n) < SMALLEST_DIFFERENCE;
        let last = self.earlier().rfind(|other| other.is_same(&figure));
        if let Some(last) = last {
            let near = self.earlier().filter(|other| other.is_same(&figure)).any(|other| is_near(&other));
            if near || decided.stands.contains(&key) {
                let now = (last.group != figure.group).then_some(figure.n);
                let names = (figure.period, figure.area);
                return draft(Figure { period: names.0, area: names.1, ..last.clone() }, false, now);
            }
        } else {
            // What an audit once hid stays hidden as long as the group is nearly the same.
            let hid = self.past.ledger.figures().rfind(|other| other.by_audit && other.is_same(&figure));
            if hid.is_some_and(|other| is_near(&other)) {
                figure.by_audit = true;
                return draft(hide(figure), false, None);
            }
        }
        if decided.hidden.contains(&key) {
            figure.by_audit = true;
            return draft(hide(figure), false, None);
        }
        draft(figure, true, None)
    }

    /// One step towards a release that gives nothing away: the first after which less follows, among those that take back as
    /// little as can be. Figures with few people come first.
    fn coarser(&self, decided: &Decided, look: &Look, problems: &mut Problems) -> Option<(Decided, Look)> {
        let new = look.involved();
        let stood = |draft: &&&Draft| self.earlier().any(|other| other.is_same(&draft.figure));
        let mut steps: Vec<Decided> = Vec::new();
        let mut step = |change: &dyn Fn(&mut Decided)| {
            let mut next = decided.clone();
            change(&mut next);
            steps.push(next);
        };
        for draft in new.iter().filter(stood) {
            step(&|next| {
                let _ = next.stands.insert(draft.key());
            });
        }
        let mut tried = BTreeSet::new();
        for draft in new.iter().filter(|draft| tried.insert(draft.series)) {
            let series = &look.series[draft.series];
            let area = Fixed::key(&series.area.municipalities);
            for width in self.windows.iter().filter(|width| **width > series.width) {
                step(&|next| {
                    let _ = next.fixed.at_least.insert(area.clone(), *width);
                });
            }
            let inside = |group: &&Vec<usize>| area.iter().all(|place| group.contains(place));
            for group in self.pool.iter().filter(inside) {
                step(&|next| {
                    let _ = next.fixed.pooled.insert(Fixed::key(group));
                });
            }
        }
        for draft in &new {
            step(&|next| {
                let _ = next.hidden.insert(draft.key());
            });
        }
        let last = new.iter().find(stood).or(new.first())?;
        for next in steps {
            let seen = self.look(&next, problems)?;
            if seen.open() < look.open() && seen.shown(false).next().is_some() {
                return Some((next, seen));
            }
        }
        // No step alone helps: nor did showing what stood before.
        let mut next = decided.clone();
        if stood(&last) && !next.stands.contains(&last.key()) {
            next.stands.insert(last.key());
        } else {
            next.hidden.insert(last.key());
        }
        let seen = self.look(&next, problems)?;
        Some((next, seen))
    }

    /// What was taken back and need not have been, since a later step was enough: those with most people first.
    fn again(&self, mut decided: Decided, mut look: Look, problems: &mut Problems) -> Option<(Decided, Look)> {
        let mut all: Vec<&Draft> = look.drafts.iter().collect();
        all.sort_by_key(|draft| std::cmp::Reverse((draft.figure.n, draft.key())));
        let keys: Vec<(String, String)> = all.into_iter().map(Draft::key).collect();
        for key in keys {
            let mut next = decided.clone();
            if next.hidden.remove(&key) || next.stands.remove(&key) {
                let seen = self.look(&next, problems)?;
                if seen.open() == 0 {
                    (decided, look) = (next, seen);
                }
            }
        }
        Some((decided, look))
    }
}

fn says(group: usize, (at_least, at_most): (u64, u64)) -> Said {
    Said { group, at_least, at_most }
}
