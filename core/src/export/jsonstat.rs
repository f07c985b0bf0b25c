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
use std::cell::RefCell;
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
    let reading = Reading::default();
    let cube = reading.cube(&file);
    reading.wrong.into_inner().map_or(Ok(cube), Err)
}

/// What stands where something is missing.
static NOTHING: Json = Json::Null;

/// A file under way. What is missing or wrong reads as nothing, and the first of it is kept: leaving at once, from every
/// place where it could be, would be a tenth of the widget.
#[derive(Default)]
struct Reading {
    wrong: RefCell<Option<NotACube>>,
}

impl Reading {
    fn refuse(&self, reason: &str) {
        self.wrong.borrow_mut().get_or_insert_with(|| not_a_cube(reason));
    }

    fn wrong(&self, name: &str) {
        self.refuse(&["`", name, "` is missing or not what it should be"].concat());
    }

    fn member<'a>(&self, json: &'a Json, name: &str) -> &'a Json {
        json.member(name).unwrap_or_else(|| {
            self.wrong(name);
            &NOTHING
        })
    }

    fn list<'a>(&self, json: &'a Json, name: &str) -> &'a [Json] {
        let member = self.member(json, name);
        member.list().unwrap_or_else(|| {
            self.wrong(name);
            &[]
        })
    }

    fn text(&self, json: &Json, name: &str) -> String {
        json.text().map_or_else(
            || {
                self.wrong(name);
                String::new()
            },
            String::from,
        )
    }

    fn string(&self, json: &Json, name: &str) -> String {
        self.text(self.member(json, name), name)
    }

    fn words(&self, json: &Json) -> Text {
        Text { nb: self.string(json, "nb"), nn: self.string(json, "nn"), en: self.string(json, "en") }
    }

    fn cube(&self, file: &Json) -> Cube {
        let ours = self.member(self.member(file, "extension"), "bygdepuls");
        let labels = self.member(ours, "labels");
        let mut dimensions = Vec::new();
        for (id, size) in self.list(file, "id").iter().zip(self.list(file, "size")) {
            let id = self.text(id, "id");
            let names = self.member(labels, &id);
            let role = self.role(self.member(file, "role"), &id);
            let (codes, texts) = (self.list(self.category(file, &id), "index"), self.list(names, "categories"));
            if codes.len() != texts.len() || size.number() != Some(codes.len() as f64) {
                self.refuse("a dimension does not have the size it claims");
            }
            let mut categories = Vec::new();
            for (code, label) in codes.iter().zip(texts) {
                categories.push(Category { code: self.text(code, "index"), label: self.words(label) });
            }
            dimensions.push(Dimension { id, label: self.words(self.member(names, "label")), role, categories });
        }
        let measures = self.measures(self.category(file, METRIC), dimensions.pop());
        Cube {
            id: self.string(ours, "indicator"),
            title: self.words(self.member(ours, "title")),
            cells: self.cells(file, &dimensions, measures.len()),
            dimensions,
            measures,
            about: self.about(self.member(ours, "about")),
        }
    }

    fn category<'a>(&self, file: &'a Json, id: &str) -> &'a Json {
        self.member(self.member(self.member(file, "dimension"), id), "category")
    }

    fn role(&self, roles: &Json, id: &str) -> Role {
        let names = |role: &str| {
            roles.member(role).and_then(Json::list).is_some_and(|ids| ids.iter().any(|name| name.text() == Some(id)))
        };
        if names("time") {
            Role::Time
        } else if names("geo") {
            Role::Geo
        } else {
            Role::Other
        }
    }

    /// The measures, from the last dimension.
    fn measures(&self, category: &Json, metric: Option<Dimension>) -> Vec<Measure> {
        let mut measures = Vec::new();
        let Some(metric) = metric.filter(|metric| metric.id == METRIC) else {
            self.refuse("the last dimension is not `measure`");
            return measures;
        };
        let units = self.member(category, "unit");
        for Category { code: id, label } in metric.categories {
            let unit = self.member(units, &id);
            let decimals = self.member(unit, "decimals").number();
            let decimals = decimals.and_then(|decimals| (0..=15).find(|&d| f64::from(d) == decimals));
            if decimals.is_none() {
                self.wrong("decimals");
            }
            measures.push(Measure { id, label, unit: self.string(unit, "base"), decimals: decimals.unwrap_or(0) });
        }
        measures
    }

    fn cells(&self, file: &Json, dimensions: &[Dimension], measures: usize) -> Vec<Cell> {
        let (values, statuses) = (self.list(file, "value"), self.list(file, "status"));
        let mut count = measures;
        for axis in dimensions {
            count = count.saturating_mul(axis.categories.len());
        }
        let mut cells = Vec::new();
        if measures == 0 || values.len() != count || statuses.len() != count {
            self.refuse("the number of values does not fit the dimensions");
            return cells;
        }
        for (values, statuses) in values.chunks(measures).zip(statuses.chunks(measures)) {
            let status = statuses[0].text().and_then(Status::from_code);
            if status.is_none() {
                self.refuse("unknown status");
            }
            let mut cell = Cell { status: status.unwrap_or(Status::Absent), values: Vec::new() };
            for value in values {
                if !matches!(value, Json::Null | Json::Number(_)) {
                    self.wrong("value");
                }
                cell.values.push(value.number());
            }
            cells.push(cell);
        }
        cells
    }

    fn about(&self, json: &Json) -> About {
        let or_empty =
            |source: &Json, name| source.member(name).and_then(Json::text).map_or_else(String::new, String::from);
        let mut sources = Vec::new();
        for source in self.list(json, "sources") {
            let name = self.words(self.member(source, "name"));
            sources.push(Source { name, date: or_empty(source, "date"), licence: or_empty(source, "licence") });
        }
        About {
            base: self.words(self.member(json, "base")),
            sources,
            method: self.words(self.member(json, "method")),
            protection: self.words(self.member(json, "protection")),
            notice: json.member("notice").map_or_else(Text::default, |notice| self.words(notice)),
            updated: self.string(json, "updated"),
            valid_until: self.string(json, "valid_until"),
            policy: self.string(json, "policy"),
        }
    }
}
