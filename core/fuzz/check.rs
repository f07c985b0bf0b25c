//! What must hold for any bytes: nothing panics, no record gets lost, and where a file is cut changes nothing. Run by the
//! fuzzer over new inputs and by `cargo test` over the corpus.

use bygdepuls_core::estimate::{Estimate, Grouped, Plan, Question, Statistic};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::{Codebook, Head, read_table, scan::cut};
use bygdepuls_core::text::Lang;

const SURVEY: &[u8] =
    b"type,name,label,waves\nhidden,a,A,\nselect_one l,b,B,12\nselect_multiple l,c,C,\ninteger,d,D,\n\
    decimal,e,E,\ndate,f,F,\ntext,g,G,\n";
const CHOICES: &[u8] = b"list_name,name,label,missing\nl,1,Ja,\nl,2,Nei,\nl,9,?,dont_know\n";

/// Panics when something that must hold does not.
pub(crate) fn check(bytes: &[u8]) {
    let mut problems = Problems::new();
    let codebook = Codebook::from_xlsform(("s", SURVEY), ("c", CHOICES), &mut problems);
    assert_eq!(problems.list().len(), 0);
    let table = read_table("f", bytes, &codebook, &mut problems);
    if let Some(table) = &table {
        for column in &table.columns {
            for record in 0..table.len() {
                let values = [
                    column.category(record).is_ok(),
                    column.categories(record).is_ok(),
                    column.number(record).is_ok(),
                    column.text(record).is_ok(),
                ];
                let present = values.iter().filter(|value| **value).count();
                assert_eq!(present, usize::from(column.missing(record).is_none()));
            }
        }
        assert!(table.lines.is_sorted());
    }
    let _ = Codebook::from_xlsform(("s", bytes), ("c", CHOICES), &mut problems);
    let _ = Codebook::from_xlsform(("s", SURVEY), ("c", bytes), &mut problems);
    let _ = Codebook::from_table_schema("t", bytes, &mut problems);
    for problem in problems.list() {
        for lang in Lang::ALL {
            let words = [Some(problem.what.message(lang)), problem.what.expected(lang), problem.what.help(lang)];
            assert!(words.into_iter().flatten().all(|words| !words.is_empty()));
        }
    }
    let whole = estimate(bytes, usize::MAX);
    assert_eq!(whole, estimate(bytes, 7));
    assert_eq!(whole, estimate(bytes, 64));
}

/// Figures and places of problems, read in pieces of at least so many bytes.
fn estimate(bytes: &[u8], step: usize) -> Option<(Vec<Estimate>, Vec<String>)> {
    let mut problems = Problems::new();
    let head = Head::find("f", bytes, true, &mut problems)?;
    let start = head.start;
    let names = &head.names;
    let last = names.last()?.clone();
    let question = Question {
        statistics: vec![Statistic::Mean { column: names.first()?.clone() }],
        design: bygdepuls_core::design::DesignQuestion {
            weights: (names.len() > 2).then(|| last.clone()),
            ..Default::default()
        },
        by: names.get(1).cloned().into_iter().collect(),
        missing: vec!["9".into()],
        ..Question::default()
    };
    let plan = Plan::new("f", head, &question, &mut problems)?;
    let mut states = [Grouped::new(&plan), Grouped::new(&plan)];
    let (mut from, mut to, mut number) = (start, start, 0);
    while bytes.len() - to > step {
        to += step;
        if let Some(length) = cut(&bytes[from..to], plan.delimiter()) {
            states[usize::from(number % 2 == 0)].piece(number, &bytes[from..from + length], false);
            from += length;
            number += 1;
        }
    }
    states[0].piece(number, &bytes[from..], true);
    let [mut all, other] = states;
    all.merge(other);
    let estimates = all.finish(&mut problems);
    let place = |problem: &bygdepuls_core::problem::Problem| {
        format!("{:?} {:?} {:?} {}", problem.line, problem.record, problem.column, problem.what.code())
    };
    Some((estimates, problems.list().iter().map(place).collect()))
}
