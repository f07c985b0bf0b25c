//! A change that is made only if nothing is more wrong after it.

use super::{Files, parse};
use crate::indicator::finding;
use crate::interval::Level;
use crate::problem::{Problem, Problems, Severity};
use crate::project::Ask;
use crate::text::Lang;

/// The register of the population lacks a cohort.
const SHORT: &str = "cohort-missing";

/// Makes a change, unless the whole project has an error after it, as of a day, that it did not have before; then the files stay
/// as they were. Whether it was made; problems hold what is new, warnings too. Errors with one of the codes `later` undo nothing:
/// another file mends them. Neither do more cohorts that the register of the population lacks, where it lacks some already.
pub fn if_right(
    files: &mut Files,
    day: &str,
    later: &[&str],
    problems: &mut Problems,
    change: impl FnOnce(&mut Files, &mut Problems) -> bool,
) -> bool {
    let mut changed = files.clone();
    let errors = problems.errors();
    if !change(&mut changed, problems) || problems.errors() > errors {
        return false;
    }
    let (before, after) = (wrong(files, day), wrong(&changed, day));
    let is_same = |one: &Problem, other: &Problem| {
        (&one.file, &one.column, &one.value) == (&other.file, &other.column, &other.value)
            && one.what.message(Lang::En) == other.what.message(Lang::En)
    };
    let new = after.list().iter().filter(|one| !before.list().iter().any(|known| is_same(known, one)));
    let is_short = before.list().iter().any(|one| one.what.code() == SHORT);
    let mut is_right = true;
    for problem in new {
        let code = problem.what.code();
        is_right &= problem.severity == Severity::Warning || later.contains(&code) || (is_short && code == SHORT);
        problems.push(problem.clone());
    }
    if is_right {
        *files = changed;
    }
    is_right
}

/// All that is wrong with a project as of a day: what `check` finds, and what is wrong with the files of its findings.
fn wrong(files: &Files, day: &str) -> Problems {
    let mut problems = Problems::new();
    let Some(project) = parse(files, &mut problems).map(|project| project.begun(files, day)) else { return problems };
    finding::check(&project, files, day, &mut problems);
    if let Some(loaded) = project.load(files, &mut problems)
        && loaded.project.has_survey()
        && loaded.compute(Some(day), &mut problems).is_some()
    {
        // Whether measures answer what was asked.
        let only = ["measures".to_owned()];
        let ask = Ask { only: &only, years: u16::MIN..=u16::MAX, today: Some(day), level: Level::P95, seed: 1 };
        let mut own = Problems::new();
        let _ = loaded.findings(&ask, &mut own);
        problems.add_new(own);
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::amend::tests::files;
    use crate::project::amend::{PROJECT, put_round};

    fn put(files: &mut Files, later: &[&str], from: &str, to: &str) -> (bool, Vec<&'static str>) {
        let mut problems = Problems::new();
        let done = if_right(files, "2026-05-01", later, &mut problems, |files, _| {
            let text = String::from_utf8(files[PROJECT].clone()).unwrap();
            assert!(text.contains(from));
            files.insert(PROJECT.into(), text.replace(from, to).into_bytes());
            true
        });
        (done, problems.list().iter().map(|one| one.what.code()).collect())
    }

    #[test]
    fn a_new_error_undoes_it_and_an_old_one_does_not() {
        let mut own = files();
        let before = own.clone();
        // 2026 - 20: nobody was 15 in the register of 2006.
        let missing = "cohort-missing";
        let (done, codes) = put(&mut own, &[], "years_after = 13", "years_after = 40");
        assert_eq!((done, codes.contains(&missing), &own), (false, true, &before));
        let (done, codes) = put(&mut own, &[missing], "years_after = 13", "years_after = 40");
        assert_eq!((done, codes.contains(&missing)), (true, true));
        // It is missing already: nothing new is wrong, and another cohort may be missing too.
        assert_eq!(put(&mut own, &[], "update_month = 6", "update_month = 7"), (true, Vec::new()));
        let (done, codes) = put(&mut own, &[], "years_after = 40", "years_after = 39");
        assert_eq!((done, codes.contains(&missing)), (true, true));
        let mut problems = Problems::new();
        let is_done = if_right(&mut own, "2026-05-01", &[], &mut problems, |files, problems| {
            put_round(files, 2027, "2020-01-01", Vec::new(), problems)
        });
        assert_eq!((is_done, problems.errors()), (false, 1));
    }
}
