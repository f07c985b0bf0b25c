//! JSON-stat 2.0, out and in.
//!
//! One dataset per cube. The measures become the dimension `measure` with role `metric`, last in the order, so that a
//! cell's values stand together. `status` has one entry per value: the cell's [`Status::code`]. The standard's labels
//! are in bokmål; `extension.bygdepuls` holds all three languages and what the figure must carry (base, source, date,
//! method). Numbers are written so that reading them back gives the same bits.
//!
//! # Source
//!
//! JSON-stat 2.0, <https://json-stat.org/full/>.

use crate::cube::{About, Category, Cell, Cube, Dimension, Measure, Role, Status};
use crate::disclosure::SafeCube;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The dimension that holds the measures.
const METRIC: &str = "measure";

/// Why bytes are not a cube of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotACube {
    /// What stands in the way, in English.
    pub reason: String,
}

impl std::fmt::Display for NotACube {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for NotACube {}

fn not_a_cube(reason: &str) -> NotACube {
    NotACube { reason: reason.into() }
}

#[derive(Serialize, Deserialize)]
struct Dataset {
    version: String,
    class: String,
    label: String,
    source: String,
    updated: String,
    id: Vec<String>,
    size: Vec<usize>,
    role: Roles,
    dimension: BTreeMap<String, DatasetDimension>,
    value: Vec<Option<f64>>,
    status: Vec<String>,
    note: Vec<String>,
    extension: Extension,
}

#[derive(Serialize, Deserialize)]
struct Roles {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    time: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    geo: Vec<String>,
    metric: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct DatasetDimension {
    label: String,
    category: DatasetCategory,
}

#[derive(Serialize, Deserialize)]
struct DatasetCategory {
    index: Vec<String>,
    label: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    unit: BTreeMap<String, Unit>,
}

#[derive(Serialize, Deserialize)]
struct Unit {
    base: String,
    decimals: u8,
}

#[derive(Serialize, Deserialize)]
struct Extension {
    bygdepuls: Ours,
}

/// What JSON-stat has no place for.
#[derive(Serialize, Deserialize)]
struct Ours {
    indicator: String,
    title: Text,
    labels: BTreeMap<String, Labels>,
    about: About,
}

#[derive(Serialize, Deserialize)]
struct Labels {
    label: Text,
    categories: Vec<Text>,
}

/// A published cube as JSON-stat.
#[must_use]
pub fn write(cube: &SafeCube) -> Vec<u8> {
    write_any(cube)
}

/// An internal cube as JSON-stat. `about.policy` is `none`, so that no public reader takes it.
#[must_use]
pub fn write_internal(cube: &Cube) -> Vec<u8> {
    write_any(cube)
}

/// Reads a file that was published.
///
/// # Errors
///
/// [`NotACube`] when the bytes are not JSON-stat as written here, or are an internal cube.
pub fn read(bytes: &[u8]) -> Result<SafeCube, NotACube> {
    let cube = read_any(bytes)?;
    if cube.about.policy.is_empty() || cube.about.policy == "none" {
        return Err(not_a_cube("this cube is internal: it has not been protected"));
    }
    Ok(SafeCube::vouch(cube))
}

/// Reads an internal cube.
///
/// # Errors
///
/// [`NotACube`] when the bytes are not JSON-stat as written here.
pub fn read_internal(bytes: &[u8]) -> Result<Cube, NotACube> {
    read_any(bytes)
}

fn write_any(cube: &Cube) -> Vec<u8> {
    let mut id: Vec<String> = cube.dimensions.iter().map(|dimension| dimension.id.clone()).collect();
    let mut size: Vec<usize> = cube.dimensions.iter().map(|dimension| dimension.categories.len()).collect();
    id.push(METRIC.into());
    size.push(cube.measures.len());

    let mut dimension = BTreeMap::new();
    let mut labels = BTreeMap::new();
    for axis in &cube.dimensions {
        let category = DatasetCategory {
            index: axis.categories.iter().map(|category| category.code.clone()).collect(),
            label: axis.categories.iter().map(|category| (category.code.clone(), category.label.nb.clone())).collect(),
            unit: BTreeMap::new(),
        };
        dimension.insert(axis.id.clone(), DatasetDimension { label: axis.label.nb.clone(), category });
        let categories = axis.categories.iter().map(|category| category.label.clone()).collect();
        labels.insert(axis.id.clone(), Labels { label: axis.label.clone(), categories });
    }
    let of_measures = |of: fn(&Measure) -> String| -> BTreeMap<String, String> {
        cube.measures.iter().map(|measure| (measure.id.clone(), of(measure))).collect()
    };
    let category = DatasetCategory {
        index: cube.measures.iter().map(|measure| measure.id.clone()).collect(),
        label: of_measures(|measure| measure.label.nb.clone()),
        unit: cube
            .measures
            .iter()
            .map(|measure| (measure.id.clone(), Unit { base: measure.unit.clone(), decimals: measure.decimals }))
            .collect(),
    };
    dimension.insert(METRIC.into(), DatasetDimension { label: "mål".into(), category });
    let categories = cube.measures.iter().map(|measure| measure.label.clone()).collect();
    labels.insert(METRIC.into(), Labels { label: Text::new("mål", "mål", "measure"), categories });

    let with_role = |role: Role| -> Vec<String> {
        cube.dimensions.iter().filter(|axis| axis.role == role).map(|axis| axis.id.clone()).collect()
    };
    let sources: Vec<&str> = cube.about.sources.iter().map(|source| source.name.nb.as_str()).collect();
    let note = [&cube.about.notice.nb, &cube.about.base.nb, &cube.about.protection.nb];
    let dataset = Dataset {
        version: "2.0".into(),
        class: "dataset".into(),
        label: cube.title.nb.clone(),
        source: sources.join("; "),
        updated: cube.about.updated.clone(),
        id,
        size,
        role: Roles { time: with_role(Role::Time), geo: with_role(Role::Geo), metric: vec![METRIC.into()] },
        dimension,
        value: cube.cells.iter().flat_map(|cell| cell.values.iter().copied()).collect(),
        status: cube.cells.iter().flat_map(|cell| cell.values.iter().map(|_| cell.status.code().to_string())).collect(),
        note: note.into_iter().filter(|text| !text.is_empty()).cloned().collect(),
        extension: Extension {
            bygdepuls: Ours {
                indicator: cube.id.clone(),
                title: cube.title.clone(),
                labels,
                about: cube.about.clone(),
            },
        },
    };
    // Strings, finite numbers and string keys only: serde_json cannot fail on them.
    serde_json::to_vec(&dataset).unwrap_or_default()
}

fn read_any(bytes: &[u8]) -> Result<Cube, NotACube> {
    let mut dataset: Dataset = serde_json::from_slice(bytes).map_err(|error| NotACube { reason: error.to_string() })?;
    let ours = dataset.extension.bygdepuls;
    let mut labels = ours.labels;
    let mut axes = Vec::new();
    for (id, &size) in dataset.id.iter().zip(&dataset.size) {
        let axis = dataset.dimension.remove(id).ok_or_else(|| not_a_cube("a dimension is missing"))?;
        let names = labels.remove(id).ok_or_else(|| not_a_cube("labels are missing"))?;
        if axis.category.index.len() != size || names.categories.len() != size {
            return Err(not_a_cube("a dimension does not have the size it claims"));
        }
        axes.push((id.clone(), axis, names));
    }
    let Some((metric, axis, names)) = axes.pop() else { return Err(not_a_cube("there are no dimensions")) };
    if metric != METRIC {
        return Err(not_a_cube("the last dimension is not `measure`"));
    }
    let mut measures = Vec::new();
    for (id, label) in axis.category.index.into_iter().zip(names.categories) {
        let unit = axis.category.unit.get(&id).ok_or_else(|| not_a_cube("a measure has no unit"))?;
        measures.push(Measure { id, label, unit: unit.base.clone(), decimals: unit.decimals });
    }
    let role_of = |id: &String| {
        if dataset.role.time.contains(id) {
            Role::Time
        } else if dataset.role.geo.contains(id) {
            Role::Geo
        } else {
            Role::Other
        }
    };
    let dimensions: Vec<Dimension> = axes
        .into_iter()
        .map(|(id, axis, names)| {
            let codes = axis.category.index.into_iter().zip(names.categories);
            let categories = codes.map(|(code, label)| Category { code, label }).collect();
            Dimension { role: role_of(&id), id, label: names.label, categories }
        })
        .collect();

    let count = dimensions.iter().map(|dimension| dimension.categories.len()).product::<usize>();
    let width = measures.len();
    if width == 0 || dataset.value.len() != count * width || dataset.status.len() != count * width {
        return Err(not_a_cube("the number of values does not fit the dimensions"));
    }
    let cells = dataset
        .value
        .chunks(width)
        .zip(dataset.status.chunks(width))
        .map(|(values, status)| {
            let status = Status::from_code(&status[0]).ok_or_else(|| not_a_cube("unknown status"))?;
            Ok(Cell { status, values: values.to_vec() })
        })
        .collect::<Result<_, _>>()?;
    Ok(Cube { id: ours.indicator, title: ours.title, dimensions, measures, cells, about: ours.about })
}
