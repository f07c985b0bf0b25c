//! Where the columns stand that say who answered and when.

use super::Options;
use super::dialect::Role;
use super::dictionary::{Dictionary, Session};
use super::file::{Column, File};
use super::fold;
use super::place::Target;
use crate::read::scan::Record;

/// Where the columns stand that say who and when.
#[derive(Clone, Debug, Default)]
pub(super) struct Roles {
    pub(super) id: Option<usize>,
    pub(super) code: Option<usize>,
    pub(super) wave: Option<usize>,
    /// The home municipality.
    pub(super) home: Option<usize>,
    /// When it was sent in, the surest column first.
    pub(super) submitted: Vec<usize>,
    pub(super) started: Vec<usize>,
    pub(super) status: Option<usize>,
}

impl Roles {
    pub(super) fn of(file: &File, dictionary: &Dictionary, options: &Options, wave: Option<&str>) -> Self {
        let variable = |name: &str| {
            let wanted = dictionary.exact(name)?;
            file.columns.iter().position(|column| column.target == Target::Variable(wanted))
        };
        let system = |role: Role| {
            let of = move |(_, column): &(usize, &Column)| column.target == Target::System(role);
            file.columns.iter().enumerate().filter(of).map(|(place, _)| place)
        };
        let session = |wanted: Session| {
            let of = |column: &Column| match column.target {
                Target::Variable(variable) => dictionary.variables[variable].session == Some(wanted),
                _ => false,
            };
            file.columns.iter().position(of)
        };
        let ended = |place: &usize| fold::name(&file.columns[*place].heading) == "end";
        let mut submitted: Vec<usize> = system(Role::Submitted).collect();
        submitted.sort_by_key(|place| !ended(place));
        Self {
            id: system(Role::Id).next(),
            code: match options.key.as_deref() {
                Some(name) => variable(name),
                None => dictionary.variables.iter().find(|own| own.code).and_then(|own| variable(&own.name)),
            },
            wave: wave.and_then(variable),
            home: variable(options.home.as_deref().unwrap_or(crate::submission::HOME)),
            submitted: session(Session::Submitted).into_iter().chain(submitted).collect(),
            started: session(Session::Started).into_iter().chain(system(Role::Started)).collect(),
            status: system(Role::Status).next(),
        }
    }

    /// Whether a record was sent in. Without a column that tells, each was.
    pub(super) fn is_complete(&self, file: &File, record: &Record<'_>) -> bool {
        if let Some(status) = self.status {
            return file.dialect.is_complete(String::from_utf8_lossy(record.field(status)).trim());
        }
        self.submitted.is_empty() || self.submitted.iter().any(|column| !record.field(*column).trim_ascii().is_empty())
    }
}
