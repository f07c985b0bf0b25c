//! A project in a page or under Node: its files in, its cubes out.

use bygdepuls_core::export::jsonstat;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project;
use bygdepuls_core::text::Lang;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Reads a published cube and writes it again: the same bytes as a native program writes.
#[wasm_bindgen]
pub fn republish(cube: &[u8]) -> Result<Vec<u8>, JsError> {
    let cube = jsonstat::read(cube).map_err(|error| JsError::new(&error.reason))?;
    Ok(jsonstat::write(&cube))
}

/// A project file and the files that it names.
#[wasm_bindgen]
pub struct Project {
    text: String,
    files: BTreeMap<String, Vec<u8>>,
}

#[wasm_bindgen]
impl Project {
    /// A project from the text of its `project.toml`.
    #[wasm_bindgen(constructor)]
    pub fn new(text: String) -> Self {
        Self { text, files: BTreeMap::new() }
    }

    /// Gives it a file, under the name that the project file uses.
    pub fn add(&mut self, name: String, bytes: Vec<u8>) {
        self.files.insert(name, bytes);
    }

    /// Names of the files that it needs, one per line.
    pub fn needs(&self) -> Result<String, JsError> {
        let mut problems = Problems::new();
        let project = project::Project::parse("project.toml", &self.text, &mut problems);
        Ok(project.ok_or_else(|| failed(&problems))?.files().join("\n"))
    }

    /// Reads, counts, protects. `today` is the date of the edition, as `--today`.
    pub fn run(&self, today: Option<String>) -> Result<Cubes, JsError> {
        let mut problems = Problems::new();
        let loaded = project::Project::parse("project.toml", &self.text, &mut problems)
            .and_then(|project| project.load(&self.files, &mut problems));
        let done = loaded.and_then(|loaded| Some((loaded.compute(today.as_deref(), &mut problems)?, loaded)));
        let (outcome, loaded) = done.ok_or_else(|| failed(&problems))?;
        let exact = loaded.internal_cubes(&outcome, today.as_deref());
        let of = |id: &str| exact.iter().find(|cube| cube.id == id).map(jsonstat::write_internal);
        Ok(Cubes {
            ids: outcome.public.iter().map(|cube| cube.id.clone()).collect(),
            public: outcome.public.iter().map(jsonstat::write).collect(),
            internal: outcome.public.iter().map(|cube| of(&cube.id)).collect(),
        })
    }
}

/// The first errors, each with its place. Values are not quoted.
fn failed(problems: &Problems) -> JsError {
    let list = problems.list().iter().map(|problem| {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        let column = problem.column.as_deref().unwrap_or_default();
        format!("{}{line} {column}: {}", problem.file, problem.what.message(Lang::En))
    });
    JsError::new(&list.collect::<Vec<_>>().join("\n"))
}

/// Cubes as JSON-stat, one per indicator.
#[wasm_bindgen]
pub struct Cubes {
    ids: Vec<String>,
    public: Vec<Vec<u8>>,
    internal: Vec<Option<Vec<u8>>>,
}

#[wasm_bindgen]
impl Cubes {
    /// Ids of the indicators, one per line.
    pub fn ids(&self) -> String {
        self.ids.join("\n")
    }

    /// The cube that may be published.
    pub fn public(&self, position: usize) -> Option<Vec<u8>> {
        self.public.get(position).cloned()
    }

    /// The internal cube; none of official statistics, which are public as they are.
    pub fn internal(&self, position: usize) -> Option<Vec<u8>> {
        self.internal.get(position).cloned().flatten()
    }
}
