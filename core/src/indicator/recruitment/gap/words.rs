//! What figures of the gap are called, and what is said with them.

use super::super::assumptions::{Assumptions, Exits, Expansion, Growth};
use super::super::demand::asked;
use crate::cube::Category;
use crate::register::code::occupation::name;
use crate::register::recruitment::{Day, Field, Recruitment};
use crate::text::{Lang, Text};

/// One text from a function of the language.
fn text(words: impl Fn(Lang) -> String) -> Text {
    Text { nb: words(Lang::Nb), nn: words(Lang::Nn), en: words(Lang::En) }
}

/// All groups together.
pub(super) fn all() -> Category {
    Category { code: "all".into(), label: Text::new("Alle", "Alle", "All") }
}

/// A horizon: `h3`.
pub(super) fn horizon(years: u16) -> Category {
    let label = text(|lang| match (lang, years) {
        (Lang::Nb, _) => format!("innen {years} år"),
        (Lang::Nn, _) => format!("innan {years} år"),
        (Lang::En, 1) => "within 1 year".into(),
        (Lang::En, _) => format!("within {years} years"),
    });
    Category { code: format!("h{years}"), label }
}

/// An occupation, by code and name. The standard is kept here in bokmål alone, so the name is the same in every language.
pub(super) fn occupation(code: u16) -> Category {
    let label = match (code, name(code)) {
        (0, _) => Text::new("ukjent yrke", "ukjent yrke", "occupation not known"),
        (_, Some(name)) => Text::same(&format!("{code:04} {name}")),
        (_, None) => Text::same(&format!("STYRK-08 {code:04}")),
    };
    Category { code: format!("{code:04}"), label }
}

/// A column.
pub(super) fn column(code: &str) -> Category {
    let label = match code {
        "demand" => Text::new("behov", "behov", "demand"),
        "replacement" => Text::new("erstatning", "erstatning", "replacement"),
        "age_out" => Text::new("når pensjonsalderen", "når pensjonsalderen", "reach the age of retirement"),
        "exits" => Text::new("slutter før det", "sluttar før det", "leave before that"),
        "expansion" => Text::new("flere stillinger", "fleire stillingar", "more positions"),
        "internal" => Text::new("fra andre felt", "frå andre felt", "from other fields"),
        "supply" => Text::new("tilgang", "tilgang", "supply"),
        "here" => Text::new("bor her", "bur her", "live here"),
        "returning" => Text::new("kommer hjem", "kjem heim", "come home"),
        "education" => Text::new("fullfører utdanning", "fullfører utdanning", "finish an education"),
        _ => Text::new("mangler", "manglar", "missing"),
    };
    Category { code: code.into(), label }
}

/// Title, base and method of the gap.
pub(super) fn gap(day: Option<Day>, assumptions: &Assumptions) -> [Text; 3] {
    let title = Text::new("Hvor mange som vil mangle", "Kor mange som vil mangle", "How many will be missing");
    let base = Text::new(
        "Behov: de som slutter, og nye stillinger. Tilgang: de i CV-basen som vil ha jobb, etter hvor sannsynlig det er at de \
         kommer hjem. Under 0 er det flere enn det trengs.",
        "Behov: dei som sluttar, og nye stillingar. Tilgang: dei i CV-basen som vil ha jobb, etter kor sannsynleg det er at dei \
         kjem heim. Under 0 er det fleire enn det trengst.",
        "Demand: those who leave, and new positions. Supply: those in the CV base who want a job, by how likely it is that they \
         come home. Below 0 there are more than are needed.",
    );
    let [_, _, needed] = demand(day, assumptions);
    let [_, _, had] = supply(assumptions);
    let method = text(|lang| {
        let simulated = lang.pick(
            "Intervallet er de midterste 95 av 100 trekninger.",
            "Intervallet er dei midtarste 95 av 100 trekningar.",
            "The interval holds the middle 95 of 100 draws.",
        );
        format!("{} {} {simulated}", needed.get(lang), had.get(lang))
    });
    [title, base, method]
}

/// Title, base and method of demand.
pub(super) fn demand(day: Option<Day>, assumptions: &Assumptions) -> [Text; 3] {
    let title = Text::new("Hvor mange det blir bruk for", "Kor mange det blir bruk for", "How many will be needed");
    let base = text(|lang| {
        let day = day.map(Day::year).map_or(String::new(), |year| format!(" {year}"));
        match lang {
            Lang::Nb => format!("Ansatte på siste telledato{day}, hver person én gang."),
            Lang::Nn => format!("Tilsette på siste teljedato{day}, kvar person éin gong."),
            Lang::En => format!("Staff on the last reference day{day}, each person once."),
        }
    });
    let r = assumptions.retirement;
    let method = text(|lang| {
        let retire = match lang {
            Lang::Nb => format!("Alle som fyller {r} år innen fristen, går av."),
            Lang::Nn => format!("Alle som fyller {r} år innan fristen, går av."),
            Lang::En => format!("All who turn {r} within the time retire."),
        };
        let exits = match &assumptions.exits {
            Exits::AgeOut => lang.pick("Ingen slutter før det.", "Ingen sluttar før det.", "Nobody leaves before."),
            Exits::Rates(_) => lang.pick(
                "Før det slutter så mange hvert år som andelene etter alder sier.",
                "Før det sluttar så mange kvart år som delane etter alder seier.",
                "Before that, as many leave each year as the shares by age say.",
            ),
            Exits::Own => lang.pick(
                "Før det slutter så mange hvert år som registeret selv har vist, etter alder.",
                "Før det sluttar så mange kvart år som registeret sjølv har vist, etter alder.",
                "Before that, as many leave each year as the register itself has shown, by age.",
            ),
        };
        let expansion = match &assumptions.expansion {
            Expansion::None => lang.pick(
                "Det blir like mange stillinger som i dag.",
                "Det blir like mange stillingar som i dag.",
                "There will be as many positions as today.",
            ),
            Expansion::BusinessSurvey => lang.pick(
                "Nye stillinger er det bedriftene venter, regnet opp til alle i samme gruppe.",
                "Nye stillingar er det bedriftene ventar, rekna opp til alle i same gruppe.",
                "New positions are what businesses expect, expanded to all of their stratum.",
            ),
            Expansion::Given(_) => lang.pick(
                "Nye stillinger er prosenter som er oppgitt.",
                "Nye stillingar er prosentar som er oppgitte.",
                "New positions are percentages that were given.",
            ),
        };
        format!("{retire} {exits} {expansion}")
    });
    [title, base, method]
}

/// Title, base and method of supply.
pub(super) fn supply(assumptions: &Assumptions) -> [Text; 3] {
    let title = Text::new("Hvor mange som kan komme", "Kor mange som kan kome", "How many may come");
    let base = Text::new(
        "De i CV-basen som vil ha jobb her nå eller senere, og som er ferdige med utdanningen innen fristen.",
        "Dei i CV-basen som vil ha jobb her no eller seinare, og som er ferdige med utdanninga innan fristen.",
        "Those in the CV base who want a job here now or later, and who are done with their education within the time.",
    );
    let weight = assumptions.prior.weight;
    let method = text(|lang| match lang {
        Lang::Nb => format!(
            "De som bor her, teller som 1. De andre teller så mye som det er sannsynlig at de kommer hjem: etter hva de har \
             svart, hva slike svar har ført til før, og en antakelse som veier like mye som {weight} svar."
        ),
        Lang::Nn => format!(
            "Dei som bur her, tel som 1. Dei andre tel så mykje som det er sannsynleg at dei kjem heim: etter kva dei har \
             svart, kva slike svar har ført til før, og ei gissing som veg like mykje som {weight} svar."
        ),
        Lang::En => format!(
            "Those who live here count as 1. The others count by how likely they are to come home: by what they answered, what \
             such answers have led to before, and an assumption that weighs as much as {weight} answers."
        ),
    });
    [title, base, method]
}

/// Staff whose age is not known.
pub(super) fn no_age(n: u64) -> Option<Text> {
    (n > 0).then(|| {
        text(|lang| match lang {
            Lang::Nb => format!("{n} ansatte uten kjent alder er ikke regnet med blant dem som slutter."),
            Lang::Nn => format!("{n} tilsette utan kjend alder er ikkje rekna med blant dei som sluttar."),
            Lang::En => format!("{n} staff of unknown age are not counted among those who leave."),
        })
    })
}

/// Horizons of which no growth was given, or of some fields only.
fn not_given(register: &Recruitment, horizons: &[u16], growth: &[Growth]) -> Vec<Text> {
    let lacking = |horizon: &u16| {
        let lines = || growth.iter().filter(|line| line.years == *horizon);
        let has_line = |field: &&Field| lines().any(|line| line.field.as_ref().is_none_or(|id| *id == field.id));
        let without: Vec<&Field> = register.fields.iter().filter(|field| !has_line(field)).collect();
        (!without.is_empty()).then(|| {
            text(|lang| {
                let names: Vec<&str> = without.iter().map(|field| field.name.get(lang)).collect();
                let names = names.join("; ");
                match lang {
                    Lang::Nb => format!("Innen {horizon} år: ingen vekst er oppgitt, så den er satt til 0: {names}."),
                    Lang::Nn => format!("Innan {horizon} år: ingen vekst er oppgitt, så han er sett til 0: {names}."),
                    Lang::En => {
                        let years = if *horizon == 1 { "year" } else { "years" };
                        format!("Within {horizon} {years}: no growth was given, so it is taken as 0: {names}.")
                    }
                }
            })
        })
    };
    horizons.iter().filter_map(lacking).collect()
}

/// What must be said of expansion.
pub(super) fn expansion_notes(register: &Recruitment, assumptions: &Assumptions) -> Vec<Text> {
    match &assumptions.expansion {
        Expansion::None => return Vec::new(),
        Expansion::Given(growth) => return not_given(register, &assumptions.horizons, growth),
        Expansion::BusinessSurvey => {}
    }
    if register.businesses.is_none() {
        return vec![Text::new(
            "Ingen bedriftsundersøkelse: nye stillinger er ikke regnet med.",
            "Inga bedriftsundersøking: nye stillingar er ikkje rekna med.",
            "No business survey: new positions are not counted.",
        )];
    }
    let horizons = &assumptions.horizons;
    let other = asked(register, horizons)
        .into_iter()
        .zip(horizons)
        .filter(|(years, horizon)| years.map(u16::from) != Some(**horizon));
    other
        .map(|(years, horizon)| {
            text(|lang| match (lang, years) {
                (Lang::Nb, None) => {
                    format!("Innen {horizon} år: bedriftene er ikke spurt, nye stillinger er ikke regnet med.")
                }
                (Lang::Nn, None) => {
                    format!("Innan {horizon} år: bedriftene er ikkje spurde, nye stillingar er ikkje rekna med.")
                }
                (Lang::En, None) => {
                    format!("Within {horizon} years: businesses were not asked, new positions are not counted.")
                }
                (Lang::Nb, Some(years)) => {
                    format!("Innen {horizon} år: nye stillinger som bedriftene venter innen {years} år.")
                }
                (Lang::Nn, Some(years)) => {
                    format!("Innan {horizon} år: nye stillingar som bedriftene ventar innan {years} år.")
                }
                (Lang::En, Some(years)) => {
                    format!("Within {horizon} years: the new positions that businesses expect within {years} years.")
                }
            })
        })
        .collect()
}
