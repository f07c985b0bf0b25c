//! What a dimension stands for, by its name or by its values.

use super::code::{self, Age};
use super::period::Period;
use super::table::Role;

/// What a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A dimension of a role.
    Role(Role),
    /// The measures: *statistikkvariabel*, `ContentsCode`.
    Contents,
    /// Nothing that is known here.
    Unknown,
}

/// What the name of a column or variable says, in Norwegian, English or as a code.
pub(super) fn of_name(name: &str) -> Named {
    // Code and name together, `Region - region`: the code says it.
    if let Some((code, _)) = code::both(name)
        && let named @ (Named::Contents | Named::Role(_)) = of_name(code)
    {
        return named;
    }
    let name = name.trim().to_lowercase();
    let is = |names: &[&str]| names.contains(&name.as_str());
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if is(&[
        "statistikkvariabel",
        "contentscode",
        "contents",
        "tabellinnhold",
        "statistical variable",
        "eliminatedvalue",
    ]) {
        return Named::Contents;
    }
    if is(&["tid", "time", "år", "year", "aar", "kvartal", "quarter", "måned", "månad", "month", "uke", "veke", "week"])
        || is(&["periode", "period", "intervall (år)", "halvår"])
    {
        return Named::Role(Role::Time);
    }
    if is(&["alder", "age", "aldersgruppe", "alder2", "age group", "ettårig alder", "alderu", "alder_gruppe"]) {
        return Named::Role(Role::Age);
    }
    if is(&["kjønn", "kjonn", "kjoenn", "sex", "gender"]) {
        return Named::Role(Role::Sex);
    }
    let place =
        has(&["kommune", "municipality", "region", "fylke", "county", "grunnkrets", "bydel", "omrade", "område"])
            || has(&["sted", "stad", "komm"]);
    // "Sysselsatte personer etter arbeidssted" counts people; it is no place.
    let place = place && !has(&["sysselsat", "sysselset", "employed", "person", "pendle", "prosent", "percent"]);
    if place && (has(&["arbeidssted", "arbeidsstad", "arbsted"]) || name.starts_with("work")) {
        return Named::Role(Role::Workplace);
    }
    if place && (has(&["bosted", "bustad"]) || name.starts_with("home") || has(&["residence"])) {
        return Named::Role(Role::Residence);
    }
    if is(&[
        "region",
        "regioner",
        "kommune",
        "kommunenr",
        "kommunenummer",
        "kommuner",
        "municipality",
        "fylke",
        "fylkesnr",
    ]) || is(&["county", "grunnkrets", "bydel", "område", "bokommune", "kommune_kode", "kommnr", "økonomisk region"])
        || name.starts_with("kommunenr")
    {
        return Named::Role(Role::Region);
    }
    Named::Unknown
}

/// What values say whose name does not: every one of them must.
pub(super) fn of_values<'a>(values: impl Iterator<Item = &'a str> + Clone) -> Option<Role> {
    let all = |is: fn(&str) -> bool| values.clone().all(is);
    if values.clone().next().is_none() {
        None
    } else if values.clone().any(is_municipality) && all(|value| is_municipality(value) || code::is_nation(value)) {
        Some(Role::Region)
    } else if all(|value| Period::parse(value).is_some()) {
        Some(Role::Time)
    } else if all(|value| value.parse::<u32>().is_err() && code::sex(value).is_some()) {
        Some(Role::Sex)
    } else if all(|value| value.parse::<u32>().is_err() && Age::parse(value).is_some()) {
        Some(Role::Age)
    } else {
        None
    }
}

/// `3432 Lesja`, `K-3432`, or the whole country.
fn is_municipality(value: &str) -> bool {
    let four = |code: &str| code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit());
    let parted =
        code::split(value).is_some_and(|(code, _)| code::without_prefix(code).map_or_else(|| four(code), four));
    parted || code::without_prefix(value).is_some_and(four)
}

/// Whether values are what a role says: at least half of them, or for sexes one. An unknown word for a total or a rest
/// may always be there.
pub(super) fn fits<'a>(role: Role, values: impl Iterator<Item = &'a str> + Clone) -> bool {
    let all = values.clone().count();
    let count = |is: fn(&str) -> bool| values.clone().filter(|value| is(value)).count();
    match role {
        Role::Time => 2 * count(|value| period(value).is_some()) >= all,
        Role::Age => 2 * count(|value| Age::parse(value).is_some() || coded(Role::Age, value).is_some()) >= all,
        Role::Sex => count(|value| code::sex(value).is_some() || coded(Role::Sex, value).is_some()) > 0,
        Role::Region | Role::Workplace | Role::Residence => {
            let other = |value: &str| {
                let is_word = value.parse::<u32>().is_err();
                is_word
                    && (code::sex(value).is_some_and(|sex| sex.is_some())
                        || Age::parse(value).is_some_and(|age| age != Age::ALL))
            };
            2 * count(other) <= all
        }
        Role::Other => true,
    }
}

/// A period, alone or as code and label in one text.
pub(super) fn period(value: &str) -> Option<Period> {
    Period::parse(coded(Role::Time, value).map_or(value, |(code, _)| code))
}

/// Code and label in one text, as PxWebApi 2 writes them: `2021 - 2021`, `015 15 år`, `2 Kvinner`. Both must say the same.
pub(super) fn coded(role: Role, value: &str) -> Option<(&str, &str)> {
    let (code, label) = code::both(value).or_else(|| value.split_once(' '))?;
    let label = label.trim();
    let same = match role {
        Role::Age => Age::parse(code).is_some_and(|age| Age::parse(label) == Some(age)),
        Role::Sex => code::sex(code).is_some_and(|sex| code::sex(label) == Some(sex)),
        _ => code == label,
    };
    same.then_some((code, label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell() {
        for (name, named) in [
            ("region", Named::Role(Role::Region)),
            ("kommunenr", Named::Role(Role::Region)),
            ("arbeidsstedskommune", Named::Role(Role::Workplace)),
            ("ArbstedKomm", Named::Role(Role::Workplace)),
            ("bostedskommune", Named::Role(Role::Residence)),
            ("work_kommunenr_2017", Named::Role(Role::Workplace)),
            ("home_kommunenr_2017", Named::Role(Role::Residence)),
            ("Tid", Named::Role(Role::Time)),
            ("år", Named::Role(Role::Time)),
            ("Alder", Named::Role(Role::Age)),
            ("kjønn", Named::Role(Role::Sex)),
            ("ContentsCode", Named::Contents),
            ("workplaces", Named::Unknown),
            ("Sysselsatte personer etter arbeidssted", Named::Unknown),
            ("Sysselsette personar etter bustad", Named::Unknown),
            ("a0_5", Named::Unknown),
            ("PolitParti", Named::Unknown),
            ("Region - region", Named::Role(Role::Region)),
            ("ContentsCode - statistikkvariabel", Named::Contents),
            ("NACE2007 - næring (SN2007)", Named::Unknown),
        ] {
            assert_eq!(of_name(name), named, "{name}");
        }
    }

    #[test]
    fn values_tell_where_all_do() {
        let role = |values: &[&'static str]| of_values(values.iter().copied());
        assert_eq!(role(&["3432 Lesja", "K-3407 Gjøvik"]), Some(Role::Region));
        assert_eq!(role(&["2024", "2025"]), Some(Role::Time));
        assert_eq!(role(&["Menn", "Begge kjønn"]), Some(Role::Sex));
        assert_eq!(role(&["0-5 år", "105+"]), Some(Role::Age));
        assert_eq!(role(&["1", "2"]), None);
        assert_eq!(role(&[]), None);
        assert!(fits(Role::Time, ["2021 2021"].into_iter()));
        assert!(fits(Role::Age, ["015 15 år", "105+ 105 år eller eldre"].into_iter()));
        assert!(!fits(Role::Age, ["015 16 år"].into_iter()));
        assert!(fits(Role::Sex, ["1 Menn"].into_iter()));
        assert!(!fits(Role::Sex, ["1 Kvinner"].into_iter()));
        assert!(!fits(Role::Time, ["3432 Lesja"].into_iter()));
        assert!(!fits(Role::Region, ["0-5 år"].into_iter()));
    }
}
