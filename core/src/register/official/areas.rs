//! The areas that figures are for: municipalities, and what they are held against.

use super::{NATION, OfficialProblem, Units, Value, code, value};
use crate::problem::{Privacy, Problems};
use crate::project::Project;
use crate::project::cohort::{at, whole, word};
use crate::read::{Missing, Table};
use crate::register::centrality;
use crate::text::Text;

/// What kind of area it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// One municipality.
    Municipality,
    /// Some municipalities of the project that work together.
    Region,
    /// All municipalities of the project.
    Project,
    /// All municipalities of one centrality class that the register knows.
    Class,
    /// The county.
    County,
    /// The whole country.
    Nation,
}

impl Level {
    /// The word in codes of areas.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::Region => "region",
            Self::Project => "project",
            Self::Class => "class",
            Self::County => "county",
            Self::Nation => "nation",
        }
    }
}

/// One area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its code in cubes: `3403`, `region-3`, `class-5`, `county-34`, `0`.
    pub code: String,
    /// What people read.
    pub label: Text,
    /// What kind of area it is.
    pub level: Level,
    /// Codes of its municipalities.
    pub members: Vec<String>,
    /// The centrality class of a municipality.
    pub class: Option<u8>,
}

impl Area {
    /// The sum over its municipalities, or what the table gives for the whole country. It is not known where the table
    /// lacks one of them.
    #[must_use]
    pub(super) fn total(&self, units: &Units, has: impl Fn(&str) -> bool, of: impl Fn(&str) -> Value) -> Value {
        if self.level == Level::Nation && has(NATION) {
            return of(NATION);
        }
        match units.whole(&self.members, has) {
            Some(codes) => Value::sum(codes.iter().map(|code| of(code))),
            None => Value::none(Missing::NotAvailable),
        }
    }
}

/// A municipality as the register of centrality knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Municipality {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The centrality index, 0 to 1000.
    pub index: Value,
    /// The centrality class, 1 (most central) to 6.
    pub class: u8,
    /// The class as a figure of the table.
    pub class_value: Value,
}

/// All municipalities that are known, and how they are grouped.
#[derive(Clone, Debug, Default)]
pub struct Areas {
    /// Those of the project, in its order, each with its region where it has one.
    own: Vec<(String, Text, Option<String>)>,
    project: (String, Text),
    /// All of the country, where the register of centrality has them.
    all: Vec<Municipality>,
    /// The edition of the centrality classes.
    edition: String,
}

impl Areas {
    /// The municipalities of a project, with the centrality of all and the regions of its own where tables give them.
    #[must_use]
    pub fn of(
        project: &Project,
        centrality: Option<&Table>,
        regions: Option<&Table>,
        notes: &mut Vec<Text>,
        problems: &mut Problems,
    ) -> Self {
        let mut areas = Self { project: (project.id.clone(), project.name.clone()), ..Self::default() };
        if let Some(table) = centrality {
            areas.read_centrality(table, notes, problems);
        }
        let region_of = regions.map(|table| {
            let of = |record| {
                let region = word(table.column("region")?, record)?.trim().to_owned();
                Some((code(table, "kommunenr", record), region))
            };
            (0..table.len()).filter_map(of).collect::<Vec<(String, String)>>()
        });
        let region_of = region_of.unwrap_or_default();
        for one in &project.municipalities {
            let region = region_of.iter().find(|(code, _)| *code == one.code).map(|(_, region)| region.clone());
            areas.own.push((one.code.clone(), one.name.clone(), region));
        }
        areas
    }

    /// Each class must follow from its index by the limits of the edition, where these are known.
    fn read_centrality(&mut self, table: &Table, notes: &mut Vec<Text>, problems: &mut Problems) {
        for record in 0..table.len() {
            let column = |name| table.column(name);
            let edition = column("edition").and_then(|one| {
                word(one, record)
                    .map(|word| word.trim().to_owned())
                    .or_else(|| whole(one, record).map(|year| year.to_string()))
            });
            let edition = edition.unwrap_or_default();
            if self.edition.is_empty() {
                self.edition = edition;
            } else if self.edition != edition {
                let what = OfficialProblem::TwoEditions { first: self.edition.clone() };
                problems.push(at(table, record, what).column("edition").value(edition, Privacy::Open));
                return;
            }
            let index = value(table, "index", record);
            let is_index = index.get().is_ok_and(|index| (0.0..=1000.0).contains(&index));
            let class = column("class").and_then(|one| whole(one, record)).and_then(|class| u8::try_from(class).ok());
            let Some(class) = class.filter(|class| is_index && (1..=6).contains(class)) else {
                problems.push(at(table, record, OfficialProblem::NotAClass).column("index, class"));
                continue;
            };
            if let (Some(known), Ok(index)) = (centrality::edition(&self.edition), index.get()) {
                let follows = centrality::class(index, &known.limits);
                if follows != class {
                    let what =
                        OfficialProblem::OtherClass { edition: self.edition.clone(), limits: known.limits, follows };
                    let problem = at(table, record, what).column("index, class");
                    problems.push(problem.value(format!("{index}, {class}"), Privacy::Open));
                }
            }
            let code = code(table, "kommunenr", record);
            if self.all.iter().any(|known| known.code == code) {
                problems.push(at(table, record, OfficialProblem::Twice).column("kommunenr"));
            }
            let name = column("name").and_then(|one| word(one, record)).unwrap_or_default().to_owned();
            let class_value = value(table, "class", record);
            self.all.push(Municipality { code, name, index, class, class_value });
        }
        if !self.all.is_empty() && centrality::edition(&self.edition).is_none() {
            notes.push(super::carried::text(
                "klassegrensene i utgaven {0} er ikke kjent her: klassene er tatt som de står, ikke prøvd mot indeksen",
                "klassegrensene i utgåva {0} er ikkje kjende her: klassane er tekne som dei står, ikkje prøvde mot indeksen",
                "the limits of the classes of the edition {0} are not known here: the classes are taken as they stand, not \
                 checked against the index",
                &[&self.edition],
            ));
        }
    }

    /// The edition of the centrality classes; empty where there are none.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// A municipality in the register of centrality.
    #[must_use]
    pub fn centrality(&self, code: &str) -> Option<&Municipality> {
        self.all.iter().find(|known| known.code == code)
    }

    /// The regions of the project, each followed by its municipalities, and what they are held against: the project as a
    /// whole, the centrality classes that occur in it, the county and the country.
    ///
    /// A class is made of those of its municipalities that `has` knows, since a table may be cut; how many stands in its
    /// label. The county is told by the first two digits of the codes, and left out where it is the project itself.
    #[must_use]
    pub fn list(&self, has: &dyn Fn(&str) -> bool) -> Vec<Area> {
        let mut regions: Vec<&String> = Vec::new();
        for region in self.own.iter().filter_map(|(.., region)| region.as_ref()) {
            if !regions.contains(&region) {
                regions.push(region);
            }
        }
        let codes = |of: &dyn Fn(&Option<String>) -> bool| -> Vec<String> {
            self.own.iter().filter(|(.., region)| of(region)).map(|(code, ..)| code.clone()).collect()
        };
        let own_in = |of: &dyn Fn(&Option<String>) -> bool| -> Vec<Area> {
            let own = self.own.iter().filter(|(.., region)| of(region));
            own.map(|(code, name, _)| self.municipality(code, name.clone())).collect()
        };
        let group = |code: String, label: Text, level, members| Area { code, label, level, members, class: None };
        let mut areas = Vec::new();
        for (at, region) in regions.iter().enumerate() {
            let is_in = |one: &Option<String>| one.as_ref() == Some(*region);
            areas.push(group(format!("region-{}", at + 1), Text::same(region), Level::Region, codes(&is_in)));
            areas.extend(own_in(&is_in));
        }
        areas.extend(own_in(&Option::is_none));
        let own = codes(&|_| true);
        areas.push(group(self.project.0.clone(), self.project.1.clone(), Level::Project, own.clone()));
        let class_of = |code: &String| self.centrality(code).map(|known| known.class);
        for class in 1..=6 {
            if own.iter().any(|code| class_of(code) == Some(class)) {
                areas.push(self.class(class, has));
            }
        }
        let county: String = own.first().map(|code| code.chars().take(2).collect()).unwrap_or_default();
        let of_county: Vec<String> =
            self.all.iter().map(|one| &one.code).filter(|code| code.starts_with(&county)).cloned().collect();
        let inside = !county.is_empty() && own.iter().all(|code| code.starts_with(&county));
        if inside && of_county.len() > own.len() {
            let label = county_name(&county);
            areas.push(group(format!("county-{county}"), label, Level::County, of_county));
        }
        areas.push(self.nation());
        areas
    }

    /// The whole country.
    #[must_use]
    pub fn nation(&self) -> Area {
        let members = self.all.iter().map(|one| one.code.clone()).collect();
        let label = Text::new("Hele landet", "Heile landet", "Norway");
        Area { code: NATION.into(), label, level: Level::Nation, members, class: None }
    }

    /// Whether a municipality is one of the project's.
    #[must_use]
    pub fn is_own(&self, code: &str) -> bool {
        self.own.iter().any(|(own, ..)| own == code)
    }

    /// One municipality, by itself.
    #[must_use]
    pub fn municipality(&self, code: &str, name: Text) -> Area {
        let class = self.centrality(code).map(|known| known.class);
        Area { code: code.into(), label: name, level: Level::Municipality, members: vec![code.into()], class }
    }

    /// The municipalities of a class that `has` knows, one by one.
    #[must_use]
    pub fn peers(&self, class: u8, has: &dyn Fn(&str) -> bool) -> Vec<Area> {
        let of_class = self.all.iter().filter(|one| one.class == class && has(&one.code));
        of_class.map(|one| self.municipality(&one.code, Text::same(&one.name))).collect()
    }

    fn class(&self, class: u8, has: &dyn Fn(&str) -> bool) -> Area {
        let members: Vec<String> = self.peers(class, has).into_iter().map(|area| area.code).collect();
        let n = members.len();
        let label = Text::new(
            &format!("Sentralitetsklasse {class} ({n} kommuner)"),
            &format!("Sentralitetsklasse {class} ({n} kommunar)"),
            &format!("Centrality class {class} ({n} municipalities)"),
        );
        Area { code: format!("class-{class}"), label, level: Level::Class, members, class: None }
    }
}

/// The name of a county of 2024 by the first two digits of its municipalities' codes; another code stands as it is.
fn county_name(code: &str) -> Text {
    let name = match code {
        "03" => "Oslo",
        "11" => "Rogaland",
        "15" => "Møre og Romsdal",
        "18" => "Nordland",
        "31" => "Østfold",
        "32" => "Akershus",
        "33" => "Buskerud",
        "34" => "Innlandet",
        "39" => "Vestfold",
        "40" => "Telemark",
        "42" => "Agder",
        "46" => "Vestland",
        "50" => "Trøndelag",
        "55" => "Troms",
        "56" => "Finnmark",
        _ => return Text::new(&format!("Fylke {code}"), &format!("Fylke {code}"), &format!("County {code}")),
    };
    Text::same(name)
}
