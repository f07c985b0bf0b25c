//! How a release is cut: pool years first, then municipalities, before anything is hidden.
//!
//! The cut follows n alone. Each series (area × wave) is cut in one way over the whole time, so that no published
//! window can be subtracted from another.

use super::{Policy, Tier};
use crate::indicator::share::{Area, Period};
use crate::text::Text;

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
/// For each area the first width of `windows` at which every period reaches a tier; an area that no width helps is
/// pooled with the others of its group in `pool`, and the whole group is cut anew. What then still is too small is cut
/// by the last width, and hidden where n is too small.
///
/// `periods_of(width)` gives the windows of a width; `n(period, municipalities)` the answers in a window, `None` where
/// that is not known.
pub fn plan(
    policy: &Policy,
    wave: usize,
    areas: &[Area],
    windows: &[usize],
    pool: &[Vec<usize>],
    periods_of: &impl Fn(usize) -> Vec<Period>,
    n: &impl Fn(&Period, &[usize]) -> Option<u64>,
) -> Vec<Series> {
    let cut = |area: &Area| {
        let mut series = None;
        for &width in windows {
            let periods = periods_of(width);
            let reaches = |period: &Period| {
                n(period, &area.municipalities).is_some_and(|n| policy.tier(n, &area.code) > Tier::Hidden)
            };
            if periods.is_empty() {
                continue;
            }
            let shown = periods.iter().all(reaches);
            series = Some(Series { wave, area: area.clone(), width, periods, shown });
            if shown {
                break;
            }
        }
        series
    };
    let mut result: Vec<Series> = areas.iter().filter_map(cut).collect();
    for group in pool {
        let inside = |series: &Series| series.area.municipalities.iter().all(|place| group.contains(place));
        if group.len() < 2 || result.iter().filter(|series| inside(series)).all(|series| series.shown) {
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

    fn periods_of(width: usize) -> Vec<Period> {
        (0..4 / width)
            .map(|window| Period { code: format!("{window}x{width}"), rounds: window * width..(window + 1) * width })
            .collect()
    }

    fn cut(answers: &[[u64; 4]], windows: &[usize], pool: &[Vec<usize>]) -> Vec<(String, usize, bool)> {
        let areas: Vec<Area> = (0..answers.len()).map(area).collect();
        let n = |period: &Period, places: &[usize]| {
            Some(places.iter().map(|&place| answers[place][period.rounds.clone()].iter().sum::<u64>()).sum())
        };
        let series = plan(&Policy::default(), 0, &areas, windows, pool, &periods_of, &n);
        series.into_iter().map(|series| (series.area.code, series.width, series.shown)).collect()
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
}
