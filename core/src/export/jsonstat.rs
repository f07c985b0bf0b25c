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

use super::json::Json;
use crate::cube::{About, Category, Cell, Cube, Dimension, Measure, Role, Source, Status};
use crate::disclosure::{Family, SafeCube};
use crate::text::Text;
use serde::Serialize;
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

#[derive(Serialize)]
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

#[derive(Serialize)]
struct Roles {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    time: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    geo: Vec<String>,
    metric: Vec<String>,
}

#[derive(Serialize)]
struct DatasetDimension {
    label: String,
    category: DatasetCategory,
}

#[derive(Serialize)]
struct DatasetCategory {
    index: Vec<String>,
    label: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    unit: BTreeMap<String, Unit>,
}

#[derive(Serialize)]
struct Unit {
    base: String,
    decimals: u8,
}

#[derive(Serialize)]
struct Extension {
    bygdepuls: Ours,
}

/// What JSON-stat has no place for.
#[derive(Serialize)]
struct Ours {
    indicator: String,
    title: Text,
    labels: BTreeMap<String, Labels>,
    about: About,
}

#[derive(Serialize)]
struct Labels {
    label: Text,
    categories: Vec<Text>,
}

/// A published cube as JSON-stat.
#[must_use]
pub fn write(cube: &SafeCube) -> Vec<u8> {
    write_any(cube, "")
}

/// An internal cube as JSON-stat. Its label says so, and `about.policy` is `none`, so that no public reader takes it.
#[must_use]
pub fn write_internal(cube: &Cube) -> Vec<u8> {
    write_any(cube, "INTERNT: ")
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
    // A page draws what has the shape of its family. The audit takes all, and says what is wrong with it.
    if cfg!(not(feature = "compute")) && !Family::is_sound(&cube) {
        return Err(not_a_cube("this cube does not have the shape that its policy names"));
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

fn write_any(cube: &Cube, mark: &str) -> Vec<u8> {
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
        label: [mark, &cube.title.nb].concat(),
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
    let file = Json::parse(bytes)?;
    let ours = member(member(&file, "extension")?, "bygdepuls")?;
    let roles = member(&file, "role")?;
    let mut axes = Vec::new();
    for (id, size) in list(&file, "id")?.iter().zip(list(&file, "size")?) {
        let id = id.text().ok_or_else(|| wrong("id"))?;
        let axis = member(member(member(&file, "dimension")?, id)?, "category")?;
        let names = member(member(ours, "labels")?, id)?;
        let (codes, labels) = (list(axis, "index")?, list(names, "categories")?);
        if codes.len() != labels.len() || size.number() != Some(codes.len() as f64) {
            return Err(not_a_cube("a dimension does not have the size it claims"));
        }
        let mut categories = Vec::new();
        for (code, label) in codes.iter().zip(labels) {
            let code = code.text().ok_or_else(|| wrong("index"))?.to_string();
            categories.push(Category { code, label: words(label)? });
        }
        let role = if names_axis(roles, "time", id) {
            Role::Time
        } else if names_axis(roles, "geo", id) {
            Role::Geo
        } else {
            Role::Other
        };
        axes.push((axis, Dimension { id: id.into(), label: words(member(names, "label")?)?, role, categories }));
    }
    let Some((axis, metric)) = axes.pop() else { return Err(not_a_cube("there are no dimensions")) };
    if metric.id != METRIC {
        return Err(not_a_cube("the last dimension is not `measure`"));
    }
    let mut measures = Vec::new();
    for Category { code: id, label } in metric.categories {
        let unit = member(member(axis, "unit")?, &id)?;
        let decimals =
            member(unit, "decimals")?.number().and_then(|decimals| (0..=15).find(|&d| f64::from(d) == decimals));
        let decimals = decimals.ok_or_else(|| wrong("decimals"))?;
        measures.push(Measure { id, label, unit: string(unit, "base")?, decimals });
    }
    let dimensions: Vec<Dimension> = axes.into_iter().map(|(_, dimension)| dimension).collect();

    let (values, statuses) = (list(&file, "value")?, list(&file, "status")?);
    let sizes = dimensions.iter().map(|dimension| dimension.categories.len());
    let count = sizes.fold(measures.len(), usize::saturating_mul);
    if measures.is_empty() || values.len() != count || statuses.len() != count {
        return Err(not_a_cube("the number of values does not fit the dimensions"));
    }
    let mut cells = Vec::new();
    for (values, statuses) in values.chunks(measures.len()).zip(statuses.chunks(measures.len())) {
        let status = statuses[0].text().and_then(Status::from_code).ok_or_else(|| not_a_cube("unknown status"))?;
        let mut cell = Cell { status, values: Vec::new() };
        for value in values {
            cell.values.push(match value {
                Json::Null => None,
                value => Some(value.number().ok_or_else(|| wrong("value"))?),
            });
        }
        cells.push(cell);
    }
    Ok(Cube {
        id: string(ours, "indicator")?,
        title: words(member(ours, "title")?)?,
        dimensions,
        measures,
        cells,
        about: about(member(ours, "about")?)?,
    })
}

fn about(json: &Json) -> Result<About, NotACube> {
    let mut sources = Vec::new();
    for source in list(json, "sources")? {
        let name = words(member(source, "name")?)?;
        sources.push(Source { name, date: or_empty(source, "date"), licence: or_empty(source, "licence") });
    }
    Ok(About {
        base: words(member(json, "base")?)?,
        sources,
        method: words(member(json, "method")?)?,
        protection: words(member(json, "protection")?)?,
        notice: json.member("notice").map_or_else(|| Ok(Text::default()), words)?,
        updated: string(json, "updated")?,
        valid_until: string(json, "valid_until")?,
        policy: string(json, "policy")?,
    })
}

fn words(json: &Json) -> Result<Text, NotACube> {
    Ok(Text { nb: string(json, "nb")?, nn: string(json, "nn")?, en: string(json, "en")? })
}

fn names_axis(roles: &Json, role: &str, id: &str) -> bool {
    roles.member(role).and_then(Json::list).is_some_and(|ids| ids.iter().any(|name| name.text() == Some(id)))
}

fn member<'a>(json: &'a Json, name: &str) -> Result<&'a Json, NotACube> {
    json.member(name).ok_or_else(|| wrong(name))
}

fn list<'a>(json: &'a Json, name: &str) -> Result<&'a [Json], NotACube> {
    member(json, name)?.list().ok_or_else(|| wrong(name))
}

fn string(json: &Json, name: &str) -> Result<String, NotACube> {
    member(json, name)?.text().map(String::from).ok_or_else(|| wrong(name))
}

fn or_empty(json: &Json, name: &str) -> String {
    string(json, name).unwrap_or_default()
}

fn wrong(name: &str) -> NotACube {
    NotACube { reason: format!("`{name}` is missing or not what it should be") }
}
