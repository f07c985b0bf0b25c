//! The statistics core in a page or under Node.

use bygdepuls_core::export::jsonstat;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Reads a published cube and writes it again: the same bytes as a native program writes.
#[wasm_bindgen]
pub fn republish(cube: &[u8]) -> Result<Vec<u8>, JsError> {
    let cube = jsonstat::read(cube).map_err(|error| JsError::new(&error.reason))?;
    Ok(jsonstat::write(&cube))
}
