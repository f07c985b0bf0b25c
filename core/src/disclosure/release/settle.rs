//! What of a wave can be shown beside everything that is out already.

use super::audit::{Said, audit, small};
use super::ground::Ground;
use super::unseen::{Beside, Scene, Statement};
use super::{Atom, Figure, Finding, Past, ReleaseProblem, SMALLEST_DIFFERENCE, Shown};
use crate::disclosure::{Fixed, Series};
use crate::problem::{Problem, Problems};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// How many said yes, at least and at most, by each thing that could be shown.
type Limits = Vec<(u64, u64)>;

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
    /// A figure as the policy shows it, or in so many wider bands: series and position of the period.
    pub(in crate::disclosure) figure: &'a dyn Fn(&Series, usize, Option<u64>) -> Figure,
    /// All that could be shown of a figure of so many people.
    pub(in crate::disclosure) limits: &'a dyn Fn(&Figure, Option<u64>) -> Limits,
    /// The wider bands that it could be shown in instead.
    pub(in crate::disclosure) wider: &'a dyn Fn(&Figure) -> &'static [u64],
    /// Widths of windows, in the project's order.
    pub(in crate::disclosure) windows: &'a [usize],
    /// Groups of municipalities that may be pooled.
    pub(in crate::disclosure) pool: &'a [Vec<usize>],
    /// The project file, for messages.
    pub(in crate::disclosure) file: &'a str,
    /// What figures could give away beside what was published before, as far as that is known.
    pub(in crate::disclosure) known: RefCell<BTreeMap<Unseen, Option<(Finding, String)>>>,
}

/// The people of a figure, and the wider bands that it is shown in.
type Unseen = (Vec<Atom>, Option<u64>);

/// Area and period.
type Key = (String, String);

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
    pub(in crate::disclosure) is_new: bool,
    /// The bands that it is shown in, where they are wider than the policy's.
    wider: Option<u64>,
    /// Where other people answer, or something else follows from what they say, than when it was published: how many now.
    pub(in crate::disclosure) now: Option<u64>,
}

impl Draft {
    fn key(&self) -> Key {
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
    stands: BTreeSet<Key>,
    hidden: BTreeSet<Key>,
    /// Shown in wider bands, and in which.
    wider: BTreeMap<Key, u64>,
}

/// A release as it would be, and what it could give away: this follows from the numbers of answers and from what was
/// published before.
struct Look {
    series: Vec<Series>,
    drafts: Vec<Draft>,
    scene: Scene,
    /// By draft its group in the scene.
    groups: Vec<usize>,
    found: Vec<Cause>,
}

/// What could be given away, of whom, and which pieces have to do with it.
struct Cause {
    finding: Finding,
    group: String,
    pieces: Vec<usize>,
}

impl Look {
    fn open(&self) -> usize {
        self.found.len()
    }

    fn shown(&self, new_only: bool) -> impl Iterator<Item = &Draft> {
        self.drafts.iter().filter(move |draft| draft.figure.is_shown() && (draft.is_new || !new_only))
    }

    /// The new figures that hang together with the first finding, those with fewest people first.
    fn involved(&self) -> Vec<&Draft> {
        let ground = &self.scene.ground;
        let mut pieces: BTreeSet<usize> =
            self.found.first().map(|cause| cause.pieces.iter().copied().collect()).unwrap_or_default();
        loop {
            let before = pieces.len();
            let touching = ground.groups.iter().filter(|group| group.iter().any(|piece| pieces.contains(piece)));
            let more: Vec<usize> = touching.flatten().copied().collect();
            pieces.extend(more);
            if pieces.len() == before {
                break;
            }
        }
        let is_in = |group: usize| ground.groups[group].iter().any(|piece| pieces.contains(piece));
        let drafts = self.drafts.iter().zip(&self.groups).filter(|(draft, group)| draft.is_new && is_in(**group));
        let mut drafts: Vec<&Draft> = drafts.map(|(draft, _)| draft).collect();
        drafts.sort_by_key(|draft| (draft.figure.n, draft.key()));
        drafts
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
        let mut hidden: BTreeMap<Key, (Finding, String)> = BTreeMap::new();
        while let Some(Cause { finding, group, .. }) = look.found.first() {
            let (finding, group) = (*finding, group.clone());
            reason.get_or_insert(finding);
            (decided, look) = self.coarser(&decided, &look, problems)?;
            for key in &decided.hidden {
                hidden.entry(key.clone()).or_insert((finding, group.clone()));
            }
        }
        (decided, look) = self.again(decided, look, problems)?;
        for (key, why) in self.one_after_the_other(&mut decided, &look) {
            reason.get_or_insert(why.0);
            hidden.entry(key).or_insert(why);
        }
        look = self.look(&decided, problems)?;
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
    fn said_before(&self) -> Vec<Statement<'_>> {
        let mut said: Vec<Statement<'_>> = Vec::new();
        let ours = self.earlier().filter_map(|figure| {
            let limits = (figure.at_least?, figure.at_most?);
            Some(Statement { atoms: &figure.atoms, limits, name: figure.name() })
        });
        for one in ours.chain(self.foreign().map(|figure| figure.statement())) {
            let is_same = |other: &Statement<'_>| other.limits == one.limits && Atom::are_same(other.atoms, one.atoms);
            if !said.iter().any(is_same) {
                said.push(one);
            }
        }
        said
    }

    fn foreign(&self) -> impl Iterator<Item = &super::ForeignFigure> {
        let topic = (self.indicator, self.wave);
        self.past.foreign.iter().filter(move |figure| (figure.indicator.as_str(), figure.wave.as_str()) == topic)
    }

    /// Whether what is out fits together; warns of what it gives away.
    fn past_is_sound(&self, problems: &mut Problems) -> bool {
        let before = self.said_before();
        let groups: Vec<&[Atom]> = before.iter().map(|one| one.atoms).collect();
        let Some(ground) = self.ground(&groups, problems) else { return false };
        let Ok(found) = audit(&ground, &said(&before), &[]) else {
            let what = ReleaseProblem::ForeignContradicts { wave: self.wave.into() };
            problems.push(match self.first_contradiction() {
                Some(figure) => Problem::error(&figure.file, what).line(figure.line),
                None => Problem::error(self.file, what).column("foreign"),
            });
            return false;
        };
        let scene = Scene { ground, names: before.into_iter().map(|one| one.name).collect() };
        let mut told = BTreeSet::new();
        for one in found.iter().filter(|one| told.insert(&one.pieces)) {
            let what = ReleaseProblem::AlreadyOut { finding: one.finding, group: scene.name(&one.pieces) };
            problems.push(Problem::warning(self.file, what).column("disclosure"));
        }
        true
    }

    /// The first line of others with which what is published cannot be.
    fn first_contradiction(&self) -> Option<&super::ForeignFigure> {
        let theirs: Vec<&super::ForeignFigure> = self.foreign().collect();
        let all = self.said_before();
        let ours = all.iter().filter(|one| !theirs.iter().any(|figure| figure.place() == one.name));
        let mut some: Vec<Statement<'_>> = ours.cloned().collect();
        for figure in theirs {
            some.push(figure.statement());
            let groups: Vec<&[Atom]> = some.iter().map(|one| one.atoms).collect();
            let ground = Ground::new(&groups, self.past.boundaries).ok()?;
            if audit(&ground, &said(&some), &[]).is_err() {
                return Some(figure);
            }
        }
        None
    }

    fn ground(&self, groups: &[&[Atom]], problems: &mut Problems) -> Option<Ground> {
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
        let mut groups: Vec<&[Atom]> = before.iter().map(|one| one.atoms).collect();
        let own: Vec<usize> = (groups.len()..).take(drafts.len()).collect();
        groups.extend(
            drafts.iter().map(|draft| if draft.figure.is_shown() { draft.figure.atoms.as_slice() } else { &[] }),
        );
        let ground = self.ground(&groups, problems)?;
        let is_new = |(draft, _): &(&Draft, &usize)| draft.is_new && draft.figure.is_shown();
        let new: Vec<(&Draft, usize)> =
            drafts.iter().zip(&own).filter(is_new).map(|(draft, group)| (draft, *group)).collect();
        let names = before.iter().map(|one| one.name.clone()).chain(drafts.iter().map(|draft| draft.figure.name()));
        let scene = Scene { ground, names: names.collect() };
        let groups: Vec<Said> = new.iter().map(|(_, group)| says(*group, (0, 0))).collect();
        let few = small(&scene.ground, &said(&before), &groups).into_iter().map(|found| Cause {
            finding: found.finding,
            group: scene.name(&found.pieces),
            pieces: found.pieces,
        });
        let alone = new.iter().filter_map(|(draft, group)| {
            let (finding, name) = self.could_give(draft, &before)?;
            Some(Cause { finding, group: name, pieces: scene.ground.groups[*group].clone() })
        });
        let found: Vec<Cause> = few.chain(alone).collect();
        Some(Look { series, drafts, scene, groups: own, found })
    }

    /// What a figure could give away beside what was published before, whatever its answers are.
    fn could_give(&self, draft: &Draft, before: &[Statement<'_>]) -> Option<(Finding, String)> {
        let Draft { figure, wider, .. } = draft;
        let key = (figure.atoms.clone(), *wider);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let beside = Beside::new(&figure.atoms, figure.name(), before, self.past.boundaries)?;
        let found = beside.could_give(&(self.limits)(figure, *wider));
        self.known.borrow_mut().insert(key, found.clone());
        found
    }

    /// Publishes the new figures one after the other, those with most people first: each in the finest bands of which none
    /// would give anything away beside what readers have by then. Where there are no such bands it stands as it was, or is
    /// hidden: these, and why.
    fn one_after_the_other(&self, decided: &mut Decided, look: &Look) -> Vec<(Key, (Finding, String))> {
        let mut new: Vec<&Draft> = look.shown(true).collect();
        new.sort_by_key(|draft| (std::cmp::Reverse(draft.figure.n), draft.key()));
        let mut published = self.said_before();
        let mut taken_back = Vec::new();
        for draft in new {
            let (figure, key) = (&draft.figure, draft.key());
            let Some(beside) = Beside::new(&figure.atoms, figure.name(), &published, self.past.boundaries) else {
                continue;
            };
            let stood = self.stood(draft);
            let wider = (self.wider)(figure).iter().copied().map(Some);
            let wider = wider.filter(|bands| !stood && draft.wider.is_none_or(|least| *bands < Some(least)));
            let mut first = None;
            let bands = [draft.wider].into_iter().chain(wider).find(|bands| {
                let found = beside.could_give(&(self.limits)(figure, *bands));
                let is_safe = found.is_none();
                first = first.take().or(found);
                is_safe
            });
            let shown = bands.map(|bands| (self.figure)(&look.series[draft.series], draft.period, bands));
            let limits = shown.and_then(|figure| figure.at_least.zip(figure.at_most));
            match limits.filter(|limits| beside.fits(*limits)) {
                Some(limits) => {
                    decided.wider.extend(bands.flatten().map(|bands| (key, bands)));
                    published.push(Statement { atoms: &figure.atoms, limits, name: figure.name() });
                }
                None => {
                    if stood { &mut decided.stands } else { &mut decided.hidden }.insert(key.clone());
                    taken_back.push((key, first.unwrap_or((Finding::Changed, figure.name()))));
                }
            }
        }
        taken_back
    }

    /// Whether a figure was shown before.
    fn stood(&self, draft: &Draft) -> bool {
        self.earlier().any(|other| other.is_same(&draft.figure))
    }

    /// A figure as the policy, earlier releases and the audit let it be.
    fn draft(&self, series: &Series, at: usize, period: usize, decided: &Decided) -> Draft {
        let mut figure = (self.figure)(series, period, None);
        let key = (figure.area.clone(), figure.period.clone());
        let hide = |figure: Figure| Figure { shown: Shown::hidden(), at_least: None, at_most: None, ..figure };
        let draft = |figure: Figure, is_new: bool, now: Option<u64>| Draft {
            series: at,
            period,
            figure,
            is_new,
            wider: None,
            now,
        };
        if !figure.is_shown() {
            return draft(figure, false, None);
        }
        let is_near = |other: &&Figure| other.n.abs_diff(figure.n) < SMALLEST_DIFFERENCE;
        let last = self.earlier().rfind(|other| other.is_same(&figure));
        if let Some(last) = last {
            let near = self.earlier().filter(|other| other.is_same(&figure)).any(|other| is_near(&other));
            if near || decided.stands.contains(&key) {
                // In the bands of that time.
                let bands = last.shown.bands.filter(|bands| (self.wider)(&figure).contains(bands));
                let shown = (self.figure)(series, period, bands).shown;
                let now = (last.atoms != figure.atoms || last.shown != shown).then_some(figure.n);
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
        match decided.wider.get(&key).copied() {
            None => draft(figure, true, None),
            wider => Draft { wider, ..draft((self.figure)(series, period, wider), true, None) },
        }
    }

    /// One step towards a release that gives nothing away: the first after which less follows, among those that take back as
    /// little as can be. Figures with few people come first.
    fn coarser(&self, decided: &Decided, look: &Look, problems: &mut Problems) -> Option<(Decided, Look)> {
        let new = look.involved();
        let stood = |draft: &&&Draft| self.stood(draft);
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
        // A small difference is one in any bands.
        if look.found.first().is_some_and(|cause| cause.finding != Finding::SmallDifference) {
            for draft in new.iter().filter(|draft| !stood(draft)) {
                let wider = (self.wider)(&draft.figure).iter().copied();
                wider.filter(|bands| draft.wider.is_none_or(|least| *bands < least)).for_each(|bands| {
                    step(&|next| {
                        let _ = next.wider.insert(draft.key(), bands);
                    });
                });
            }
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
        let keys: Vec<Key> = all.into_iter().map(Draft::key).collect();
        for key in keys {
            let mut next = decided.clone();
            if next.hidden.remove(&key) || next.stands.remove(&key) || next.wider.remove(&key).is_some() {
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

fn said(statements: &[Statement<'_>]) -> Vec<Said> {
    statements.iter().enumerate().map(|(group, one)| says(group, one.limits)).collect()
}
