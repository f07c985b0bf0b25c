//! Education level against the nation.

use super::Registers;
use super::figures::{Column, Draft, Figure, Figures, Unit, column, period};
use crate::problem::Problems;
use crate::register::official::{Area, NATION, Value};
use crate::text::Text;

/// Levels that are no level: they stand in neither part of a share.
const NOT_STATED: &str = "unspecified";
const ALL: &str = "all";
/// Higher education, the headline.
const HIGHER: &str = "higher";
/// Levels that together are everybody whose education is known; vocational college is one more in newer tables.
const LEVELS: [&str; 3] = ["basic", "upper_secondary", HIGHER];

/// What a share is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    /// The levels together.
    Levels,
    /// Everybody but those whose education is not known.
    AllLessNotStated,
    /// Everybody: the register does not say of whom it is not known.
    All,
}

/// Location quotient: an area's share of a level, for each hundred of the nation's share.
///
/// # Formula
///
/// ```text
/// share              = level / (all - unspecified)
/// location quotient  = 100 * share of the area / share of the nation
/// ```
///
/// People of whom no education is known are in no part. 100: as in the nation.
///
/// # Input and result
///
/// | name           | shape | unit                        | rule                |
/// |----------------|-------|-----------------------------|---------------------|
/// | `level`, `all` | 1     | persons of 16 and over      | all > 0, else no result |
/// | `of_nation`    | 2     | the same in the nation      | > 0, else no result |
/// | result         | 1     | nation = 100                | not rounded         |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::region::education::location_quotient;
/// assert_eq!(location_quotient(20.0, 100.0, 4000.0, 10_000.0), Some(50.0));
/// ```
///
/// # Source
///
/// Statistics Norway, Educational attainment of the population, tables 09429 and "kommunetall for utdanningsnivå" (percent
/// of all but unspecified). Location quotient: Isard, Methods of Regional Analysis (1960).
#[must_use]
pub fn location_quotient(level: f64, all: f64, nation_level: f64, nation_all: f64) -> Option<f64> {
    (all > 0.0 && nation_all > 0.0 && nation_level > 0.0).then(|| 100.0 * (level / all) / (nation_level / nation_all))
}

/// Education by area, of the newest year: the share with higher education, its location quotient, and the other levels.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let Some(education) = &registers.education else {
        registers.need(&["education"], problems);
        return None;
    };
    let year = education.years().last().copied()?;
    let levels: Vec<&String> =
        education.parts().iter().filter(|level| ![ALL, NOT_STATED].contains(&level.as_str())).collect();
    if !levels.iter().any(|level| *level == HIGHER) {
        registers.need_years("level = higher", problems);
        return None;
    }
    let has = |code: &str| code != NATION && education.has(year, code);
    registers.warn("education", &has, problems);
    let nation = registers.areas.nation();
    // A share of all whose education is known, where the register tells who that is.
    let is_there = |level: &str| education.parts().iter().any(|part| part == level);
    let base = match (LEVELS.iter().all(|level| is_there(level)), is_there(ALL), is_there(NOT_STATED)) {
        (true, ..) => Base::Levels,
        (false, true, true) => Base::AllLessNotStated,
        (false, true, false) => Base::All,
        (false, false, _) => {
            registers.need_years("level = all, or all levels", problems);
            return None;
        }
    };
    let counts = |area: &Area, level: &str| -> (Value, Value) {
        let get = |level| education.get(area, year, level, "persons");
        let all = match base {
            Base::Levels => education.over_parts(area, year, &[ALL, NOT_STATED], "persons"),
            Base::AllLessNotStated => Value::of([get(ALL), get(NOT_STATED)], |[all, not]| Some(all - not)),
            Base::All => get(ALL),
        };
        (get(level), all)
    };
    let mut columns: Vec<Column> = vec![
        column("higher", "universitet og høgskole, %", "universitet og høgskule, %", "higher education, %"),
        column("location_quotient", "mot landet (100)", "mot landet (100)", "against the nation (100)"),
    ];
    let others: Vec<&str> = levels.iter().map(|level| level.as_str()).filter(|level| *level != HIGHER).collect();
    columns.extend(others.iter().map(|level| level_column(level)));
    let draft = Draft {
        title: Text::new("Utdanningsnivå", "Utdanningsnivå", "Level of education"),
        base: if base == Base::All {
            Text::new(
                "Høyeste fullførte utdanning, andel av alle på 16 år og over.",
                "Høgaste fullførte utdanning, del av alle på 16 år og over.",
                "Highest completed education, share of all aged 16 and over.",
            )
        } else {
            Text::new(
                "Høyeste fullførte utdanning, andel av dem på 16 år og over med kjent utdanning.",
                "Høgaste fullførte utdanning, del av dei på 16 år og over med kjend utdanning.",
                "Highest completed education, share of those aged 16 and over whose education is known.",
            )
        },
        method: if base == Base::All {
            Text::new(
                "Registeret sier ikke hvor mange som er uoppgitt: de er med i alle, så andelene er noe lavere enn Statistisk \
                 sentralbyrås. Mot landet: andelen her delt på andelen i landet, ganger 100.",
                "Registeret seier ikkje kor mange som er uoppgitt: dei er med i alle, så delane er noko lågare enn dei til \
                 Statistisk sentralbyrå. Mot landet: delen her delt på delen i landet, gonger 100.",
                "The register does not say how many are unspecified: they are among all, so the shares are somewhat below \
                 Statistics Norway's. Against the nation: the share here by the share in the nation, times 100.",
            )
        } else {
            Text::new(
                "Uoppgitt er holdt utenfor. Mot landet: andelen her delt på andelen i landet, ganger 100.",
                "Uoppgitt er halde utanfor. Mot landet: delen her delt på delen i landet, gonger 100.",
                "Unspecified is left out. Against the nation: the share here by the share in the nation, times 100.",
            )
        },
        unit: Unit::Percent,
        decimals: 1,
        period: period(year, year),
        columns,
        has: &has,
        registers: &["education"],
    };
    Some(draft.figures(registers, &|at, area| {
        if at != 1 {
            let (level, all) = counts(area, if at == 0 { HIGHER } else { others[at - 2] });
            return Figure::share(level, all);
        }
        let ((level, all), (of_nation, nation_all)) = (counts(area, HIGHER), counts(&nation, HIGHER));
        let value = Value::of([level, all, of_nation, nation_all], |[a, b, c, d]| location_quotient(a, b, c, d));
        let share = Figure::share(level, all);
        let spread =
            Value::of([share.spread, of_nation, nation_all], |[spread, level, all]| Some(spread * all / level));
        Figure { value, spread, ..share }
    }))
}

fn level_column(level: &str) -> Column {
    match level {
        "basic" => column(level, "grunnskole, %", "grunnskule, %", "basic school, %"),
        "upper_secondary" => column(level, "videregående, %", "vidaregåande, %", "upper secondary, %"),
        "vocational_tertiary" => column(level, "fagskole, %", "fagskule, %", "vocational college, %"),
        _ => column(level, &format!("{level}, %"), &format!("{level}, %"), &format!("{level}, %")),
    }
}
