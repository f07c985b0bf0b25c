//! How a release is cut: pool years first, then municipalities, before anything is hidden.
//!
//! The cut follows n alone. Each series (area × wave) is cut in one way over the whole time, so that no published
//! window can be subtracted from another.

use super::{Policy, Tier};
use crate::indicator::share::{Area, Period};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// By what a wave is cut.
#[derive(Clone, Copy, Debug)]
pub struct Cutting<'a> {
    /// Thresholds.
    pub policy: &'a Policy,
    /// Widths of windows, in the order in which they are tried.
    pub windows: &'a [usize],
    /// Groups of municipalities that may be pooled.
    pub pool: &'a [Vec<usize>],
    /// What is decided already.
    pub fixed: &'a Fixed,
}

/// What earlier releases, or an audit, have decided of the cut of a wave. Areas are their municipalities in rising order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// By area the periods that were published, or hidden by an audit: they stay, and others come between them.
    pub periods: BTreeMap<Vec<usize>, Vec<Period>>,
    /// Areas of which something was shown.
    pub shown: BTreeSet<Vec<usize>>,
    /// By area the smallest width, where a smaller one would give something away.
    pub at_least: BTreeMap<Vec<usize>, usize>,
    /// Groups that are pooled whatever n is.
    pub pooled: BTreeSet<Vec<usize>>,
}

impl Fixed {
    /// The key of an area.
    #[must_use]
    pub fn key(municipalities: &[usize]) -> Vec<usize> {
        let mut key = municipalities.to_vec();
        key.sort_unstable();
        key
    }

    /// Whether a group was published as one.
    fn is_pooled(&self, group: &[usize]) -> bool {
        let key = Self::key(group);
        self.pooled.contains(&key) || self.periods.contains_key(&key)
    }

    /// Whether parts of a group were shown for themselves.
    fn is_apart(&self, group: &[usize]) -> bool {
        self.shown.iter().any(|area| area.len() < group.len() && area.iter().all(|place| group.contains(place)))
    }
}

/// One area of one wave over time, cut into periods that do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Position of the wave.
    pub wave: usize,
    /// The area, perhaps several municipalities pooled.
    pub area: Area,
    /// Rounds per period.
    pub width: usize,
    /// The periods.
    pub periods: Vec<Period>,
    /// Whether every period is shown; otherwise it stays partly or wholly hidden although it was pooled.
    pub shown: bool,
}

/// Cuts the series of one wave.
///
/// For each area the first width of [`Cutting::windows`] at which every period reaches a tier; an area that no width helps
/// is pooled with the others of its group, and the whole group is cut anew. What then still is too small is cut by the last
/// width, and hidden where n is too small. What was published before stays as it was cut: windows are tried for the rounds
/// that it leaves free.
///
/// `periods_of(width, rounds)` gives the windows of a width in some rounds, cut to those that there are; `n(period, municipalities)` the answers in a
/// window, `None` where that is not known.
pub fn plan(
    cutting: &Cutting<'_>,
    wave: usize,
    areas: &[Area],
    periods_of: &impl Fn(usize, Range<usize>) -> Vec<Period>,
    n: &impl Fn(&Period, &[usize]) -> Option<u64>,
) -> Vec<Series> {
    let Cutting { policy, windows, pool, fixed } = *cutting;
    let cut = |area: &Area| {
        let key = Fixed::key(&area.municipalities);
        let published = fixed.periods.get(&key).map_or(&[][..], Vec::as_slice);
        let starts = [0].into_iter().chain(published.iter().map(|period| period.rounds.end));
        let ends = published.iter().map(|period| period.rounds.start).chain([usize::MAX]);
        let free: Vec<Range<usize>> = starts.zip(ends).map(|(start, end)| start..end).collect();
        let in_free = |width: usize| -> Vec<Period> {
            free.iter()
                .filter(|rounds| !rounds.is_empty())
                .flat_map(|rounds| periods_of(width, rounds.clone()))
                .collect()
        };
        let at_least = fixed.at_least.get(&key).copied().unwrap_or(0);
        let mut series = None;
        for &width in windows.iter().filter(|width| **width >= at_least) {
            let later = in_free(width);
            let reaches = |period: &Period| {
                n(period, &area.municipalities).is_some_and(|n| policy.tier(n, &area.code) > Tier::Hidden)
            };
            if later.is_empty() && (published.is_empty() || !in_free(1).is_empty()) {
                continue;
            }
            let shown = later.iter().all(reaches);
            let mut periods = [published, &later].concat();
            periods.sort_by_key(|period| period.rounds.start);
            series = Some(Series { wave, area: area.clone(), width, periods, shown });
            if shown {
                break;
            }
        }
        // Later rounds fill no window yet.
        let alone = || Series { wave, area: area.clone(), width: 1, periods: published.to_vec(), shown: true };
        series.or_else(|| (!published.is_empty()).then(alone))
    };
    let mut result: Vec<Series> = areas.iter().filter_map(cut).collect();
    for group in pool {
        let inside = |series: &Series| series.area.municipalities.iter().all(|place| group.contains(place));
        let is_shown = result.iter().filter(|series| inside(series)).all(|series| series.shown);
        if group.len() < 2 || fixed.is_apart(group) || (is_shown && !fixed.is_pooled(group)) {
            continue;
        }
        let members: Vec<&Area> =
            areas.iter().filter(|area| area.municipalities.iter().all(|p| group.contains(p))).collect();
        // The whole group or nothing: a member that stayed beside the sum would give the others away.
        if members.len() == group.len()
            && let Some(series) = cut(&together(&members))
        {
            let first = result.iter().position(inside).unwrap_or_default();
            result.retain(|series| !inside(series));
            result.insert(first.min(result.len()), series);
        }
    }
    result
}

fn together(areas: &[&Area]) -> Area {
    let join = |name: fn(&Text) -> &str, and: &str| {
        let names: Vec<&str> = areas.iter().map(|area| name(&area.label)).collect();
        let (last, first) = names.split_last().map_or(("", &[][..]), |(last, first)| (*last, first));
        if first.is_empty() { last.to_string() } else { format!("{} {and} {last}", first.join(", ")) }
    };
    Area {
        code: areas.iter().map(|area| area.code.as_str()).collect::<Vec<_>>().join("+"),
        label: Text {
            nb: join(|text| &text.nb, "og"),
            nn: join(|text| &text.nn, "og"),
            en: join(|text| &text.en, "and"),
        },
        municipalities: areas.iter().flat_map(|area| area.municipalities.iter().copied()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(place: usize) -> Area {
        let code = format!("504{place}");
        Area { label: Text::same(&code), code, municipalities: vec![place] }
    }

    fn periods_of(width: usize, rounds: Range<usize>) -> Vec<Period> {
        let start = |window: usize| rounds.start + window * width;
        (0..(rounds.end.min(4) - rounds.start) / width)
            .map(|window| Period { code: format!("{window}x{width}"), rounds: start(window)..start(window + 1) })
            .collect()
    }

    fn cut(answers: &[[u64; 4]], windows: &[usize], pool: &[Vec<usize>]) -> Vec<(String, usize, bool)> {
        let series = cut_after(&Fixed::default(), answers, windows, pool);
        series.into_iter().map(|series| (series.area.code, series.width, series.shown)).collect()
    }

    fn cut_after(fixed: &Fixed, answers: &[[u64; 4]], windows: &[usize], pool: &[Vec<usize>]) -> Vec<Series> {
        let areas: Vec<Area> = (0..answers.len()).map(area).collect();
        let n = |period: &Period, places: &[usize]| {
            Some(places.iter().map(|&place| answers[place][period.rounds.clone()].iter().sum::<u64>()).sum())
        };
        plan(&Cutting { policy: &Policy::default(), windows, pool, fixed }, 0, &areas, &periods_of, &n)
    }

    #[test]
    fn years_are_pooled_before_anything_is_hidden() {
        assert_eq!(cut(&[[10, 12, 30, 11]], &[1, 2, 4], &[]), [("5040".into(), 1, true)]);
        // One year of 9 pools them all: 9 + 12 and 30 + 11 overlap with no single year.
        assert_eq!(cut(&[[9, 12, 30, 11]], &[1, 2, 4], &[]), [("5040".into(), 2, true)]);
        assert_eq!(cut(&[[2, 3, 2, 3]], &[1, 2, 4], &[]), [("5040".into(), 4, true)]);
        assert_eq!(cut(&[[2, 3, 2, 2]], &[1, 2, 4], &[]), [("5040".into(), 4, false)]);
    }

    #[test]
    fn then_municipalities_are_pooled_whole() {
        let answers = [[2, 2, 2, 2], [9, 9, 9, 9], [20, 20, 20, 20]];
        let pooled = cut(&answers, &[1, 2, 4], &[vec![0, 1]]);
        assert_eq!(pooled, [("5040+5041".into(), 1, true), ("5042".into(), 1, true)]);
        // Not pooled when each can be shown.
        assert_eq!(cut(&[[10; 4], [10; 4]], &[1], &[vec![0, 1]]).len(), 2);
    }

    #[test]
    fn an_unfinished_window_is_no_window() {
        // Width 5 over four rounds has no period: the series keeps the width before.
        assert_eq!(cut(&[[9, 9, 9, 9]], &[1, 5], &[]), [("5040".into(), 1, false)]);
    }

    fn rounds(series: &Series) -> Vec<Range<usize>> {
        series.periods.iter().map(|period| period.rounds.clone()).collect()
    }

    /// Two years at a time were published; now every year alone would do, and the next ones are too small alone.
    #[test]
    fn what_was_published_stays_as_it_was_cut() {
        let published = |width, of: Range<usize>| -> Fixed {
            let periods = periods_of(width, 0..4)[of].to_vec();
            Fixed { periods: [(vec![0], periods)].into(), shown: [vec![0]].into(), ..Fixed::default() }
        };
        let series = cut_after(&published(2, 0..1), &[[30, 30, 30, 30]], &[1, 2, 4], &[]);
        assert_eq!(rounds(&series[0]), [0..2, 2..3, 3..4]);
        let series = cut_after(&published(1, 0..2), &[[30, 30, 6, 6]], &[1, 2, 4], &[]);
        assert_eq!((rounds(&series[0]), series[0].shown), (vec![0..1, 1..2, 2..4], true));
        let series = cut_after(&published(2, 0..2), &[[30, 30, 30, 30]], &[1, 2, 4], &[]);
        assert_eq!((rounds(&series[0]), series[0].width), (vec![0..2, 2..4], 1));
        // A year before what was published, or between.
        let series = cut_after(&published(1, 1..3), &[[5, 30, 30, 30]], &[1, 2], &[]);
        assert_eq!((rounds(&series[0]), series[0].shown), (vec![0..1, 1..2, 2..3, 3..4], false));
        // The last year is too small alone, and fills no window of two.
        let series = cut_after(&published(1, 0..3), &[[30, 30, 30, 6]], &[2, 4], &[]);
        assert_eq!((rounds(&series[0]), series[0].shown), (vec![0..1, 1..2, 2..3], true));
    }

    #[test]
    fn what_was_pooled_stays_pooled_and_what_was_apart_stays_apart() {
        let with = |area: &[usize]| Fixed {
            periods: [(area.to_vec(), periods_of(1, 0..4))].into(),
            shown: [area.to_vec()].into(),
            ..Fixed::default()
        };
        let codes = |fixed: &Fixed, answers: &[[u64; 4]]| -> Vec<String> {
            cut_after(fixed, answers, &[1], &[vec![0, 1]]).into_iter().map(|series| series.area.code).collect()
        };
        assert_eq!(codes(&with(&[0, 1]), &[[20; 4], [20; 4]]), ["5040+5041"]);
        assert_eq!(codes(&with(&[0]), &[[20; 4], [2; 4]]), ["5040", "5041"]);
    }
}
