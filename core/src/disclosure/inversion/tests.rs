use super::*;
use crate::interval::ProportionMethod;

fn pairs(shown: &Shown, roll: &Roll) -> Vec<(u64, u64)> {
    candidates(shown, roll).into_iter().map(|one| (one.x, one.n)).collect()
}

fn percent(value: f64, rounding: Rounding) -> Shown {
    Shown::Share { value, per: 100.0, rounding }
}

/// 1 of 8 is 12.5 %: 13 to people, 12 to R, and neither is excluded by one who does not know the rule.
#[test]
fn half_way_both_rules() {
    let whole = Rounding::decimals(0);
    for (shown, ties, fits) in [
        (12.0, Ties::Up, false),
        (13.0, Ties::Up, true),
        (12.0, Ties::Even, true),
        (13.0, Ties::Even, false),
        (12.0, Ties::Either, true),
        (13.0, Ties::Either, true),
    ] {
        assert_eq!(pairs(&percent(shown, whole.ties(ties)), &Roll::known(8)) == [(1, 8)], fits, "{shown} {ties:?}");
    }
}

/// P(X >= 3) = 0.053 and P(X >= 4) = 0.008 for nine with 10 %: the arrow says 4 at least.
#[test]
fn an_arrow_is_a_bound() {
    let flag = |raised, higher| Shown::Flag { raised, higher, reference: 0.1, alpha: 0.05 };
    assert_eq!(candidates(&flag(true, true), &Roll::known(9)).first(), Some(&Candidate { n: 9, x: 4 }));
    assert_eq!(candidates(&flag(false, true), &Roll::known(9)).last(), Some(&Candidate { n: 9, x: 3 }));
    // 0.9^28 = 0.052, 0.9^29 = 0.047: "lower" needs 29 answers, and then says that nobody did.
    assert_eq!(pairs(&flag(true, false), &Roll::between(28, 29)), [(0, 29)]);
    let verdict = Verdict::of(&candidates(&flag(true, false), &Roll::known(29)), 0);
    assert_eq!(verdict.alike, Some(Alike::Nobody));
}

/// 12.4 + 5.8 = 18.2 %: 2 of 11.
#[test]
fn points_above_the_county() {
    let tenth = Rounding::decimals(1);
    let shown =
        |reference_rounding| Shown::Difference { points: 5.8, reference: 12.4, rounding: tenth, reference_rounding };
    assert_eq!(pairs(&shown(None), &Roll::between(3, 30)), [(2, 11), (4, 22)]);
    assert_eq!(pairs(&shown(Some(tenth)), &Roll::known(11)), [(2, 11)]);
}

/// "91 % answered", eleven on the roll: ten answered.
#[test]
fn a_response_rate_is_n() {
    let shown = Shown::Response { value: 91.0, rounding: Rounding::decimals(0) };
    let verdict = Verdict::of(&candidates(&shown, &Roll::of_population(11)), 0);
    assert_eq!((verdict.n, verdict.x), (Some(10), None));
    assert!(candidates(&shown, &Roll::known(11)).is_empty());
}

/// Wang's interval of the pooled cohort with N known: 3 of 9 of 12 has limits 3/12 and 6/12, as no other x of 9 has.
#[test]
fn finite_population_intervals() {
    for method in [ProportionMethod::Wang, ProportionMethod::EqualTailed] {
        let roll = Roll { n: 9..=9, population: Some(12) };
        for x in 0..=9 {
            let counts = crate::interval::Counts { x, n: 9, population: Some(12) };
            let made = crate::interval::count_interval(method, counts, Level::P95).unwrap();
            let shown = Shown::Interval {
                lower: (100.0 * made.lower).round(),
                upper: (100.0 * made.upper).round(),
                method: IntervalMethod::Proportion(method),
                level: Level::P95,
                rounding: Rounding::decimals(0),
            };
            assert_eq!(pairs(&shown, &roll), [(x, 9)], "{method:?}");
            // Without N there is no such interval.
            assert!(candidates(&shown, &Roll::known(9)).is_empty());
        }
    }
}

/// A band says what it says: of 11, two fifths is 5 or 6, and the last band holds its upper end.
#[test]
fn a_band_is_a_range() {
    let band = |lower, upper, closed| Shown::Within { lower, upper, included: (true, closed) };
    assert_eq!(pairs(&band(40.0, 60.0, false), &Roll::known(11)), [(5, 11), (6, 11)]);
    assert_eq!(pairs(&band(80.0, 100.0, true), &Roll::known(10)), [(8, 10), (9, 10), (10, 10)]);
    let third = band(100.0 / 3.0, 200.0 / 3.0, false);
    assert_eq!(pairs(&third, &Roll::known(12)), [(4, 12), (5, 12), (6, 12), (7, 12)]);
}

#[test]
fn what_candidates_prove() {
    let of = |list: &[(u64, u64)], coalition| {
        let list: Vec<Candidate> = list.iter().map(|&(x, n)| Candidate { n, x }).collect();
        Verdict::of(&list, coalition)
    };
    assert_eq!(of(&[(7, 7)], 0).alike, Some(Alike::Everybody));
    assert_eq!(of(&[(0, 7), (0, 8)], 0), Verdict { candidates: 2, x: Some(0), n: None, alike: Some(Alike::Nobody) });
    assert_eq!(of(&[(0, 7), (7, 7)], 0).alike, Some(Alike::OneOfThem));
    assert_eq!(of(&[(6, 7), (7, 7)], 0).alike, None);
    assert_eq!(of(&[(6, 7), (7, 7)], 1).alike, Some(Alike::EverybodyBut(1)));
    // Who is the whole group learns nothing of others.
    assert_eq!(of(&[(0, 1), (1, 1)], 1).alike, Some(Alike::OneOfThem));
    assert_eq!(of(&[], 1), Verdict { candidates: 0, x: None, n: None, alike: None });
    assert!(!of(&[(3, 9), (4, 9)], 1).tells());
}

#[test]
fn hostile_figures_have_no_candidates() {
    let roll = Roll::between(0, 40);
    for value in [f64::NAN, f64::INFINITY, -1.0, 101.0] {
        assert!(candidates(&percent(value, Rounding::decimals(0)), &roll).is_empty());
    }
    let empty = Roll::between(9, 3);
    assert!(candidates(&percent(50.0, Rounding::decimals(0)), &empty).is_empty());
    let beta = Shown::Interval {
        lower: 0.0,
        upper: 50.0,
        method: IntervalMethod::Beta { yes: f64::NAN, no: -3.0 },
        level: Level::P95,
        rounding: Rounding::decimals(0),
    };
    assert!(candidates(&beta, &roll).is_empty());
}

/// Mean 3 of two with sd 2.83 is 1 and 5; without sd, 1 and 5, 2 and 4, or 3 and 3.
#[test]
fn mean_and_deviation_are_the_answers() {
    let rounding = Rounding::decimals(2);
    let both = mean::Mean { mean: 3.0, sd: Some(2.83), scale: (1, 5), rounding };
    assert_eq!(mean::answers(&both, 2, 10), [[1, 0, 0, 0, 1]]);
    assert_eq!(mean::answers(&mean::Mean { sd: None, ..both }, 2, 10).len(), 3);
    assert_eq!(mean::answers(&mean::Mean { sd: None, ..both }, 2, 2).len(), 2);
    assert_eq!(mean::everybody_answered(&both, 2), None);
    assert!(mean::totals(&mean::Mean { scale: (5, 1), ..both }, 2).is_empty());
}

/// Dots between a shown 30 % and a shown 50 % lie there; an order that cannot be leaves nothing.
#[test]
fn an_order_bounds_every_dot() {
    let all = |n| (0..=n).map(|x| Candidate { n, x }).collect::<Vec<_>>();
    let known = |x, n| vec![Candidate { n, x }];
    let left = rank::ranked(&[known(5, 10), all(9), known(3, 10)]);
    assert_eq!(left[1], [Candidate { n: 9, x: 3 }, Candidate { n: 9, x: 4 }]);
    assert!(rank::ranked(&[known(1, 10), known(9, 10)]).iter().all(Vec::is_empty));
}
