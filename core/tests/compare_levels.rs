//! Intervals of differences and changes at 90 % and 99 %, and tests of larger tables, beside the formulas written out in R
//! 4.2.2: Miettinen and Nurminen with the closed-form root of the cubic and `uniroot(tol = 1e-15)`, Tango with `uniroot`,
//! `mcnemar.test(correct = FALSE)` of k answers, `prop.trend.test`, Stuart and Maxwell's form with `solve`. Thousands of other
//! tables agreed as well; the reference cases in `tables.rs` are at 95 %.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::excessive_precision, reason = "as R printed them")]

use bygdepuls_core::compare::{
    Crosstab, Interval, Pairs, TwoGroups, agresti_caffo, miettinen_nurminen, newcombe, newcombe_paired, tango,
};
use bygdepuls_core::hypothesis::cochran_armitage::{self, Group};
use bygdepuls_core::hypothesis::{TestResult, bowker, stuart_maxwell};
use bygdepuls_core::interval::Level;

fn near(what: &str, ours: f64, r: f64, tolerance: f64) {
    assert!((ours - r).abs() <= tolerance * r.abs().max(1.0), "{what}: {ours} is not {r}");
}

fn limits(what: &str, ours: Interval, [lower, upper]: [f64; 2]) {
    near(what, ours.lower, lower, 1e-12);
    near(what, ours.upper, upper, 1e-12);
}

fn tested(what: &str, ours: &TestResult, [statistic, df, p]: [f64; 3]) {
    near(what, ours.statistic, statistic, 1e-12);
    assert_eq!(ours.parameter, [df], "{what}");
    assert!((ours.p_value / p - 1.0).abs() < 1e-10, "{what}: {} is not {p}", ours.p_value);
}

#[test]
fn differences_of_two_shares() {
    let level = |level| Level::new(level).unwrap();
    for (at, first, second, hybrid, plus_four, score) in [
        (
            0.9,
            (3, 7),
            (0, 3),
            [-0.103_864_038_211_192_44, 0.710_522_908_986_407_02],
            [-0.156_558_733_091_286_65, 0.645_447_621_980_175_47],
            [-0.146_999_265_755_708_99, 0.722_125_276_371_099_36],
        ),
        (
            0.9,
            (190, 236),
            (8, 9),
            [-0.181_155_801_814_789_46, 0.184_712_400_395_434_52],
            [-0.211_595_627_015_120_16, 0.180_274_007_458_206_46],
            [-0.185_385_632_506_304_13, 0.185_273_955_816_911_2],
        ),
        (
            0.99,
            (0, 4),
            (0, 3),
            [-0.688_631_842_745_253_02, 0.623_879_747_019_270_29],
            [-0.638_231_887_390_757_42, 0.571_565_220_724_090_77],
            [-0.720_688_926_008_865_03, 0.659_305_180_034_420_85],
        ),
        (
            0.99,
            (246, 296),
            (3, 4),
            [-0.147_756_260_117_817_62, 0.615_179_533_241_780_76],
            [-0.336_701_587_707_014_8, 0.661_086_375_179_050_56],
            [-0.151_815_932_019_123_41, 0.617_632_882_110_267_12],
        ),
    ] {
        let groups = TwoGroups::new(first, second).unwrap();
        limits("Newcombe", newcombe::hybrid(&groups, level(at)), hybrid);
        limits("Agresti–Caffo", agresti_caffo::plus_four(&groups, level(at)), plus_four);
        limits("Miettinen–Nurminen", miettinen_nurminen::score(&groups, level(at)), score);
    }
}

#[test]
fn changes_among_the_same_people() {
    for (at, [both, stopped, started, neither], hybrid, score) in [
        (0.9, [0, 0, 1, 0], [-0.032_565_477_580_002_389, 1.0], [-0.460_268_102_431_891_26, 1.0]),
        (
            0.9,
            [60, 52, 77, 58],
            [0.025_938_485_799_075_817, 0.174_913_170_364_875],
            [0.025_757_243_951_647_25, 0.175_480_558_444_621_71],
        ),
        (
            0.99,
            [1, 0, 0, 0],
            [-0.869_022_456_719_814_15, 0.869_022_456_719_814_15],
            [-0.869_022_456_719_814_15, 0.869_022_456_719_814_04],
        ),
        (
            0.99,
            [74, 2, 54, 33],
            [0.214_313_234_408_098_85, 0.412_748_556_947_301_7],
            [0.223_384_850_798_257_87, 0.421_811_666_363_450_58],
        ),
    ] {
        let pairs = Pairs::new(both, stopped, started, neither).unwrap();
        let level = Level::new(at).unwrap();
        limits("Newcombe, paired", newcombe_paired::hybrid(&pairs, level), hybrid);
        limits("Tango", tango::score(&pairs, level), score);
    }
}

#[test]
fn tables_of_several_answers() {
    let three = Crosstab::new(&[[11, 16, 5], [5, 11, 1], [15, 1, 1]]).unwrap();
    tested("Bowker", &bowker::test(&three).unwrap(), [10.761_904_761_904_763, 3.0, 0.013_085_542_620_539_57]);
    let maxwell = stuart_maxwell::test(&three).unwrap();
    tested("Stuart–Maxwell", &maxwell, [9.007_968_127_490_039_8, 2.0, 0.011_064_825_636_161_702]);
    let rows = [[14, 16, 20, 16, 15], [15, 12, 9, 2, 17], [3, 7, 15, 11, 3], [3, 17, 18, 2, 8], [13, 10, 18, 12, 1]];
    let five = Crosstab::new(&rows).unwrap();
    tested("Bowker", &bowker::test(&five).unwrap(), [48.745_930_405_455_098, 10.0, 4.533_965_304_367_572_2e-7]);
    let maxwell = stuart_maxwell::test(&five).unwrap();
    tested("Stuart–Maxwell", &maxwell, [25.066_573_351_029_199, 4.0, 4.878_272_297_430_289_7e-5]);
}

#[test]
fn trends_over_uneven_years() {
    let groups = [(2005.0, 28, 32), (2010.0, 3, 6), (2014.0, 2, 36), (2020.0, 25, 28), (2022.0, 4, 13)];
    let test = cochran_armitage::test(&groups.map(|(score, x, n)| Group { score, x, n })).unwrap();
    tested("Cochran–Armitage", &test, [3.256_357_884_830_104_7, 1.0, 0.071_146_986_298_055_243]);
}
