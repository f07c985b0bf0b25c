//! Replicates as a user asks for them: made from the design, or given as a table by sampling unit.

use super::EstimateProblem;
use crate::design::{Design, DesignQuestion, Stages};
use crate::problem::{Privacy, Problem, Problems};
use crate::read::{Columns, Head, Want};
use crate::weight::replicate::{
    BLOCK, Bootstrap, BootstrapMethod, Given, GivenMethod, Multipliers, ReplicateProblem, Replicates, Scaling,
};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Where replicates come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Replication {
    /// From the design.
    Made {
        /// How.
        method: Make,
        /// Whether deviations are taken from the estimate.
        mse: bool,
    },
    /// From a table.
    Given(Arc<ReplicateTable>),
}

/// How replicates are made from a design.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Make {
    /// The jackknife without strata.
    Jk1,
    /// The jackknife by strata.
    Jkn,
    /// Balanced half-samples.
    Brr,
    /// Half-samples whose other half keeps a part of its weight.
    Fay {
        /// That part.
        rho: f64,
    },
    /// A bootstrap of the first stage.
    Bootstrap {
        /// Rao–Wu or Canty–Davison; without one, Canty–Davison where there is a finite population, as in R `survey`.
        method: Option<BootstrapMethod>,
        /// How many replicates.
        replicates: usize,
        /// The seed.
        seed: u64,
    },
}

impl Make {
    /// `jk1`, `jkn`, `brr`, `fay`, `bootstrap=500`, `rao-wu=500`, `canty-davison=500`. Without a number a bootstrap has 500
    /// replicates, without `rho` Fay's method 0.3.
    #[must_use]
    pub fn parse(text: &str, rho: Option<f64>, seed: u64) -> Option<Self> {
        let (name, count) = match text.split_once('=') {
            Some((name, count)) => (name, Some(count.trim().parse().ok()?)),
            None => (text, None),
        };
        let bootstrap = |method| Self::Bootstrap { method, replicates: count.unwrap_or(500), seed };
        Some(match (name.trim(), count) {
            ("jk1", None) => Self::Jk1,
            ("jkn", None) => Self::Jkn,
            ("brr", None) => Self::Brr,
            ("fay", None) => Self::Fay { rho: rho.unwrap_or(0.3) },
            ("bootstrap", _) => bootstrap(None),
            ("rao-wu", _) => bootstrap(Some(BootstrapMethod::RaoWu)),
            ("canty-davison", _) => bootstrap(Some(BootstrapMethod::CantyDavison)),
            _ => return None,
        })
    }
}

/// Given factors: a row per sampling unit, a column per replicate.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicateTable {
    file: String,
    /// The columns that name a unit, as places among the strata and then the unit.
    key: Vec<usize>,
    rows: BTreeMap<Vec<String>, usize>,
    factors: Vec<Vec<f64>>,
    method: GivenMethod,
    scale: Option<f64>,
    rscales: Option<Vec<f64>>,
    mse: bool,
}

impl ReplicateTable {
    /// Reads a CSV file: the columns with the names of the first stage's unit and of strata name the unit, every other one
    /// is a replicate, whose factors multiply the weight.
    ///
    /// `None` when that is not what it holds; problems say where.
    pub fn read(
        file: &str,
        bytes: &[u8],
        design: &DesignQuestion,
        method: GivenMethod,
        problems: &mut Problems,
    ) -> Option<Self> {
        let before = problems.errors();
        let Some(unit) = design.psu.first() else {
            problems.push(Problem::error(file, EstimateProblem::ReplicatesWithoutUnits));
            return None;
        };
        let head = Head::find(file, bytes, true, &mut Problems::new());
        let names = head.map(|head| head.names).unwrap_or_default();
        let mut columns: Vec<&String> = design.strata.iter().filter(|name| *name != unit).collect();
        let place = |name: &String| design.strata.iter().position(|own| own == name).unwrap_or(design.strata.len());
        columns.retain(|name| names.contains(name));
        columns.push(unit);
        let replicates: Vec<&String> = names.iter().filter(|name| !columns.contains(name)).collect();
        let wanted: Vec<Want> = columns
            .iter()
            .map(|name| Want::Category((*name).clone()))
            .chain(replicates.iter().map(|name| Want::Required((*name).clone())))
            .collect();
        let read = Columns::read(file, bytes, &wanted, &[], problems)?;
        if replicates.len() < 2 {
            problems.push(Problem::error(file, ReplicateProblem::TooFew));
        }
        let mut rows = BTreeMap::new();
        for row in 0..read.rows() {
            let key: Vec<String> = columns
                .iter()
                .map(|name| {
                    read.categories(name).and_then(|codes| codes.label(row)).map_or("", |label| label.trim()).into()
                })
                .collect();
            let text = key.join(":");
            if rows.insert(key, row).is_some() {
                let problem = Problem::error(file, EstimateProblem::ReplicatesTwice).column(unit);
                problems.push(read.at(problem, row).value(text, Privacy::Answer));
            }
        }
        let mut factors = vec![Vec::with_capacity(replicates.len()); read.rows()];
        for (replicate, name) in replicates.iter().enumerate() {
            for (row, factor) in read.required(name).unwrap_or_default().iter().enumerate() {
                if *factor < 0.0 {
                    let problem = Problem::error(file, ReplicateProblem::InvalidFactor { row, replicate });
                    problems.push(read.at(problem.column(*name), row).value(factor.to_string(), Privacy::Answer));
                }
                factors[row].push(*factor);
            }
        }
        let key = columns.iter().map(|name| if *name == unit { design.strata.len() } else { place(name) }).collect();
        let table = Self { file: file.into(), key, rows, factors, method, scale: None, rscales: None, mse: false };
        (problems.errors() == before).then_some(table)
    }

    /// With scales in place of the method's, and deviations from the estimate with `mse`.
    #[must_use]
    pub fn scaled(self, scale: Option<f64>, rscales: Option<Vec<f64>>, mse: bool) -> Self {
        Self { scale, rscales, mse, ..self }
    }
}

/// Replicates of a design.
#[derive(Clone, Debug)]
pub(super) enum Made {
    /// Drawn when they are needed.
    Drawn(Bootstrap),
    /// All held.
    Held(Replicates),
}

impl Replication {
    /// The replicates of a design. `label` gives the strata and then the unit of a record, by name.
    ///
    /// # Errors
    ///
    /// A problem in `file`, or in the table of replicates.
    pub(super) fn of(
        &self,
        file: &str,
        design: &Design,
        draw: bool,
        label: impl Fn(usize) -> Vec<Arc<str>>,
    ) -> Result<(Made, Scaling), Box<Problem>> {
        let located = |what: ReplicateProblem| Box::new(Problem::error(file, what));
        let (made, mut scaling) = match self {
            Self::Made { method, .. } => {
                let held = |replicates: Replicates| (replicates.scaling.clone(), Made::Held(replicates));
                let (scaling, made) = match method {
                    Make::Jk1 => Replicates::jk1(design).map(held),
                    Make::Jkn => Replicates::jkn(design).map(held),
                    Make::Brr => Replicates::brr(design).map(held),
                    Make::Fay { rho } => Replicates::fay(design, *rho).map(held),
                    Make::Bootstrap { replicates, seed, .. } => {
                        let method = self.bootstrap(&design.stages);
                        if draw {
                            let stage =
                                design.stages.stages.first().ok_or(ReplicateProblem::NoUnits).map_err(located)?;
                            Bootstrap::new(stage, design.stages.lonely, method, *replicates, *seed)
                                .map(|bootstrap| (bootstrap.scaling(), Made::Drawn(bootstrap)))
                        } else {
                            Bootstrap::of_design(design, method, *replicates, *seed).map(held)
                        }
                    }
                }
                .map_err(located)?;
                (made, scaling)
            }
            Self::Given(table) => {
                let records = design.units.first().map_or(0, Vec::len);
                let mut of_record = Vec::with_capacity(records);
                for record in 0..records {
                    let names = label(record);
                    let key: Vec<String> = table.key.iter().map(|place| names[*place].trim().to_owned()).collect();
                    let Some(row) = table.rows.get(&key) else {
                        let what = EstimateProblem::NoReplicatesOf { unit: key.join(":") };
                        return Err(Box::new(Problem::error(&table.file, what)));
                    };
                    of_record.push(Some(*row));
                }
                let given = Given {
                    rows: &table.factors,
                    of_record: &of_record,
                    method: table.method,
                    scale: table.scale,
                    rscales: table.rscales.clone(),
                    mse: table.mse,
                };
                let replicates =
                    Replicates::given(design, &given).map_err(|what| Box::new(Problem::error(&table.file, what)))?;
                let scaling = replicates.scaling.clone();
                (Made::Held(replicates), scaling)
            }
        };
        if let Self::Made { mse, .. } = self {
            scaling.mse = *mse;
        }
        Ok((made, scaling))
    }

    /// Which bootstrap.
    fn bootstrap(&self, stages: &Stages) -> BootstrapMethod {
        let finite = stages.stages.first().is_some_and(|stage| stage.strata.iter().any(|of| of.population.is_some()));
        match self {
            Self::Made { method: Make::Bootstrap { method: Some(method), .. }, .. } => *method,
            _ if finite => BootstrapMethod::CantyDavison,
            _ => BootstrapMethod::RaoWu,
        }
    }

    /// The name of the method in results.
    pub(crate) fn name(&self, stages: &Stages) -> &'static str {
        match self {
            Self::Made { method: Make::Jk1, .. } => "jk1",
            Self::Made { method: Make::Jkn, .. } => "jkn",
            Self::Made { method: Make::Brr, .. } => "brr",
            Self::Made { method: Make::Fay { .. }, .. } => "fay",
            Self::Made { method: Make::Bootstrap { .. }, .. } => match self.bootstrap(stages) {
                BootstrapMethod::RaoWu => "rao-wu",
                BootstrapMethod::CantyDavison => "canty-davison",
            },
            Self::Given(table) => table.method.name(),
        }
    }
}

impl Made {
    /// Degrees of freedom, from the units that have a weight.
    pub(super) fn df(&self, weighted: &[bool]) -> f64 {
        match self {
            Self::Drawn(bootstrap) => bootstrap.df(weighted),
            Self::Held(replicates) => replicates.df_of(weighted),
        }
    }
}

impl Multipliers for Made {
    fn replicates(&self) -> usize {
        match self {
            Self::Drawn(bootstrap) => bootstrap.replicates(),
            Self::Held(replicates) => replicates.replicates(),
        }
    }

    fn chunks(&self) -> usize {
        match self {
            Self::Drawn(bootstrap) => bootstrap.chunks(),
            Self::Held(replicates) => replicates.chunks(),
        }
    }

    fn units(&self, chunk: usize) -> Range<u32> {
        match self {
            Self::Drawn(bootstrap) => bootstrap.units(chunk),
            Self::Held(replicates) => replicates.units(chunk),
        }
    }

    fn fill(&self, chunk: usize, block: usize, rows: &mut Vec<[f64; BLOCK]>) {
        match self {
            Self::Drawn(bootstrap) => bootstrap.fill(chunk, block, rows),
            Self::Held(replicates) => replicates.fill(chunk, block, rows),
        }
    }
}
