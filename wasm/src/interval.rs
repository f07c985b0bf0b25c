//! Intervals of counts.

use crate::options::Options;
use crate::question::level;
use bygdepuls_core::export::intervals;
use bygdepuls_core::interval::{Counts, ProportionMethod, cells};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// What `bygdepuls interval --format json` prints, to the byte, from its options as JSON.
#[wasm_bindgen]
pub fn interval(options: &str) -> Result<String, JsError> {
    answer(options).map_err(|reason| JsError::new(&reason))
}

fn answer(options: &str) -> Result<String, String> {
    let mut options = Options::read(options)?;
    let whole = ["et heltall, 0 eller mer", "eit heiltal, 0 eller meir", "a whole number, 0 or more"];
    let mut count = |name: &str| options.parsed(name, whole, |text| text.parse::<u64>().ok());
    let (successes, n, population) = (count("successes")?, count("n")?, count("population")?);
    let needed = |name: &str| format!("{name} {}", options.pick(["må være med", "må vere med", "is needed"]));
    let counts =
        Counts { x: successes.ok_or_else(|| needed("successes"))?, n: n.ok_or_else(|| needed("n"))?, population };
    let (lang, level) = (options.lang, level(&mut options)?);
    let names = options.list("method", ',')?;
    options.end()?;
    let methods = if names.is_empty() {
        vec![ProportionMethod::of_counts(counts)]
    } else if names.iter().any(|name| name == "all") {
        Vec::new()
    } else {
        let unknown =
            |name: &String| format!("{} {name}", lang.pick("ukjent metode", "ukjend metode", "unknown method"));
        let method = |name: &String| ProportionMethod::parse(name).ok_or_else(|| unknown(name));
        names.iter().map(method).collect::<Result<_, _>>()?
    };
    if let Some(method) = methods.iter().find(|method| method.needs_population() && counts.population.is_none()) {
        let needs = lang.pick(
            "metoden NAME trenger population",
            "metoden NAME treng population",
            "method NAME needs population",
        );
        return Err(needs.replace("NAME", method.name()));
    }
    let cells = cells(&methods, counts, level, lang).map_err(|reason| reason.message(lang))?;
    let mut text = Vec::new();
    intervals::json(&cells, &mut text).map_err(|error| error.to_string())?;
    String::from_utf8(text).map_err(|error| error.to_string())
}
