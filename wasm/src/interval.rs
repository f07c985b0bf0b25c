//! Intervals of counts.

use crate::options::Options;
use crate::question::{lang, level};
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
    let mut count = |name: &str| options.parsed(name, "a whole number, 0 or more", |text| text.parse::<u64>().ok());
    let counts = Counts {
        x: count("successes")?.ok_or("successes is needed")?,
        n: count("n")?.ok_or("n is needed")?,
        population: count("population")?,
    };
    let (lang, level) = (lang(&mut options)?, level(&mut options)?);
    let names = options.list("method", ',')?;
    options.end()?;
    let methods = if names.is_empty() {
        vec![ProportionMethod::of_counts(counts)]
    } else if names.iter().any(|name| name == "all") {
        Vec::new()
    } else {
        let method = |name: &String| ProportionMethod::parse(name).ok_or_else(|| format!("unknown method {name}"));
        names.iter().map(method).collect::<Result<_, _>>()?
    };
    if let Some(method) = methods.iter().find(|method| method.needs_population() && counts.population.is_none()) {
        return Err(format!("method {} needs population", method.name()));
    }
    let cells = cells(&methods, counts, level, lang).map_err(|reason| reason.message(lang))?;
    let mut text = Vec::new();
    intervals::json(&cells, &mut text).map_err(|error| error.to_string())?;
    String::from_utf8(text).map_err(|error| error.to_string())
}
