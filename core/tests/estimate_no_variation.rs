//! A sample that does not vary: the standard error is 0 as in R, and no figure passes for certain that is not.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::design::DesignQuestion;
use bygdepuls_core::estimate::{
    Contrast, Estimate, Grouped, Make, Note, Plan, QuantileIntervalMethod, QuantileRule, Question, Replication,
    Statistic, in_memory,
};
use bygdepuls_core::interval::{NoInterval, ProportionMethod};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::Head;
use bygdepuls_core::weight::targets::Targets;
use std::sync::Arc;

fn streamed(text: &str, question: &Question) -> Vec<Estimate> {
    let mut problems = Problems::new();
    let head = Head::find("f.csv", text.as_bytes(), true, &mut problems).unwrap();
    let start = head.start;
    let plan = Plan::new("f.csv", head, question, &mut problems).unwrap();
    let mut grouped = Grouped::new(&plan);
    grouped.piece(0, &text.as_bytes()[start..], true);
    grouped.finish(&mut problems)
}

fn in_memory(text: &str, question: &Question) -> Vec<Estimate> {
    in_memory::estimates("f.csv", text.as_bytes(), question, &mut Problems::new()).unwrap().estimates
}

fn question(statistic: Statistic) -> Question {
    Question { statistics: vec![statistic], ..Question::default() }
}

fn mean() -> Statistic {
    Statistic::Mean { column: "y".into() }
}

fn with(statistic: Statistic, method: ProportionMethod) -> Question {
    let mut question = question(statistic);
    question.report.interval = Some(method);
    question
}

fn show(cell: &Estimate) -> String {
    let number = |x: Option<f64>| x.map_or("–".to_owned(), |x| x.to_string());
    let notes: Vec<_> = cell.notes.iter().map(|note| format!("{note:?}")).collect();
    let numbers = [cell.estimate, cell.se, cell.ci_lower, cell.ci_upper].map(number).join(" ");
    format!("{numbers} {}", notes.join(" ")).trim_end().to_owned()
}

const ALL_ALIKE: Note = Note::NoInterval(NoInterval::AllAlike);

#[test]
fn t_and_z_have_no_interval_of_a_share_there() {
    for (code, share) in [("y=1", 1.0), ("y=0", 0.0)] {
        for method in [ProportionMethod::T, ProportionMethod::Z] {
            for ask in [streamed, in_memory] {
                let cell = ask("y\n1\n1\n1\n", &with(Statistic::share(code), method)).remove(0);
                assert_eq!((cell.estimate, cell.se, cell.ci_lower), (Some(share), Some(0.0), None));
                assert_eq!((cell.ci_method, cell.notes.as_slice()), (None, &[ALL_ALIKE][..]));
            }
        }
        let cell = streamed("y\n1\n1\n1\n", &question(Statistic::share(code))).remove(0);
        assert!(cell.ci_upper.unwrap() - cell.ci_lower.unwrap() > 0.6, "{cell:?}");
        assert_eq!((cell.ci_method, cell.notes.as_slice()), (Some("korn-graubard"), &[][..]));
    }
    // Two classes of which half said yes do not vary either.
    let text = "y,p\n1,a\n0,a\n1,b\n0,b\n";
    let mut classes = with(Statistic::share("y=1"), ProportionMethod::T);
    classes.design.psu.push("p".into());
    for ask in [streamed, in_memory] {
        assert_eq!(show(&ask(text, &classes)[0]), "0.5 0 – – NoVariation");
    }
    classes.report.interval = None;
    let cell = streamed(text, &classes).remove(0);
    assert!(cell.ci_upper.unwrap() - cell.ci_lower.unwrap() > 0.6 && cell.notes.is_empty(), "{cell:?}");
}

/// R gives these without a word: `confint(svymean(~y, svydesign(id = ~1, data = data.frame(y = c(2, 2, 2)))))` is 2 to 2.
#[test]
fn equal_values_are_noted() {
    let text = "y,x,w\n2,4,1\n2,4,3\n2,4,7\n";
    for (statistic, expected) in [
        (mean(), "2 0 2 2 NoVariation"),
        (Statistic::Total { column: "y".into() }, "6 0 6 6 NoVariation"),
        (Statistic::count("y=2"), "3 0 3 3 NoVariation"),
        (Statistic::Ratio { numerator: "y".into(), denominator: "x".into() }, "0.5 0 0.5 0.5 NoVariation"),
    ] {
        for ask in [streamed, in_memory] {
            assert_eq!(show(&ask(text, &question(statistic.clone()))[0]), expected);
        }
    }
    // 0.1 and 0.7 are no sums of powers of 2: what rounding leaves is 0 all the same.
    let weighted = Question {
        design: DesignQuestion { weights: Some("w".into()), ..DesignQuestion::default() },
        ..question(mean())
    };
    let rounded = "y,w\n0.1,0.7\n0.1,0.3\n0.1,1.1\n0.1,13.7\n";
    for ask in [streamed, in_memory] {
        let cell = ask(rounded, &weighted).remove(0);
        assert_eq!((cell.se, cell.notes.as_slice()), (Some(0.0), &[Note::NoVariation][..]));
    }
    // Replicates that are all alike.
    let mut jackknife = question(mean());
    jackknife.replication = Some(Replication::Made { method: Make::Jkn, mse: false });
    assert_eq!(in_memory(text, &jackknife)[0].notes, [Note::NoVariation]);
}

#[test]
fn quantiles_variances_and_correlations() {
    let quantile = |p: f64| {
        question(Statistic::Quantile {
            column: "y".into(),
            probabilities: vec![p],
            rule: QuantileRule::Math,
            interval: QuantileIntervalMethod::Mean,
        })
    };
    assert_eq!(show(&in_memory("y\n2\n2\n2\n", &quantile(0.5))[0]), "2 0 2 2 NoVariation");
    // At the largest value nobody is above: that share does not vary.
    assert_eq!(in_memory("y\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", &quantile(0.99))[0].notes, [Note::NoVariation]);
    assert_eq!(in_memory("y\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", &quantile(0.5))[0].notes, []);
    let variance = question(Statistic::Variance { column: "y".into() });
    assert_eq!(show(&in_memory("y\n2\n2\n2\n", &variance)[0]), "0 0 0 0 NoVariation");
    let correlation = question(Statistic::Correlation { first: "y".into(), second: "x".into() });
    // Of two records it is always 1 or -1.
    let cell = in_memory("y,x\n1,5\n2,9\n", &correlation).remove(0);
    assert!((cell.estimate.unwrap() - 1.0).abs() < 1e-15);
    assert_eq!((cell.se, cell.notes.as_slice()), (Some(0.0), &[Note::NoVariation][..]));
}

/// A change that no interval supports is none: three of three against none of three is no finding by t.
#[test]
fn a_contrast_of_what_does_not_vary_has_no_interval() {
    let text = "g,y\na,1\na,1\na,1\nb,0\nb,0\nb,0\n";
    for (statistic, method) in [(Statistic::share("y=1"), None), (mean(), Some(ProportionMethod::Z))] {
        let mut question = question(statistic);
        question.by = vec!["g".into()];
        question.report.interval = method;
        question.report.contrasts = vec![Contrast::parse("g:a-b").unwrap()];
        for ask in [streamed, in_memory] {
            assert_eq!(show(&ask(text, &question)[2]), "1 0 – – NoVariation");
        }
    }
}

#[test]
fn what_varies_little_varies() {
    // A billion seconds, and one more.
    let text = "y\n1000000000\n1000000001\n1000000000\n";
    for ask in [streamed, in_memory] {
        let cell = ask(text, &question(mean())).remove(0);
        assert!((cell.se.unwrap() - 1.0 / 3.0).abs() < 1e-6 && cell.notes.is_empty(), "{cell:?}");
    }
    // The mean is 0, what it is a mean of is not.
    let cell = streamed("y\n-1\n1\n", &question(mean())).remove(0);
    assert_eq!((cell.estimate, cell.se, cell.notes.len()), (Some(0.0), Some(1.0), 0));
}

#[test]
fn strata_that_were_asked_in_full_are_certain() {
    let text = "h,y,N\na,1,3\na,2,3\na,3,3\nb,4,9\nb,4,9\nb,4,9\n";
    let design = DesignQuestion { strata: vec!["h".into()], fpc: vec!["N".into()], ..DesignQuestion::default() };
    let by = Question { design, by: vec!["h".into()], ..question(mean()) };
    for ask in [streamed, in_memory] {
        let cells = ask(text, &by);
        assert_eq!(show(&cells[0]), "2 0 2 2 Census");
        assert_eq!(show(&cells[1]), "4 0 4 4 NoVariation");
    }
}

#[test]
fn a_figure_that_calibration_fixes_is_known() {
    let text = "sex,y,w\nF,1,2\nF,0,3\nM,1,2\nM,1,4\n";
    let mut problems = Problems::new();
    let targets = Targets::post_stratification(&["sex".to_owned()], "t.csv", b"sex,N\nF,6\nM,9\n", &mut problems);
    let calibrated = |statistic: Statistic| Question {
        design: DesignQuestion { weights: Some("w".into()), ..DesignQuestion::default() },
        calibration: Some(Arc::new(targets.clone().unwrap())),
        ..question(statistic)
    };
    assert_eq!(show(&in_memory(text, &calibrated(Statistic::count("sex=F")))[0]), "6 0 6 6 Calibrated");
    let equal = in_memory(&text.replace(",0,", ",1,"), &calibrated(mean())).remove(0);
    assert_eq!((equal.se, equal.notes.as_slice()), (Some(0.0), &[Note::NoVariation][..]));
    assert!(in_memory(text, &calibrated(mean()))[0].se.unwrap() > 0.1);
}
