//! What this program writes for the cubes of a folder: a file that is just that says no more than they do.
//!
//! All that a folder holds follows from its cubes, but for what [`Slots`] reads from its pages: the region's name, the
//! folder's address, the order of the figures; and for the register of measures, which is open data and audited by itself. The day is known by whether figures say that they are old.

use super::reference::Reference;
use super::slots::Slots;
use super::{File, MANIFEST, SCRIPT, WIDGET};
use crate::disclosure::SafeCube;
use crate::edition::{self, Files};
use crate::register::open_measures::{FILE, OpenMeasures};
use crate::show::View;
use crate::show::page::{self, File as Kind, file};
use crate::text::{Lang, Text};
use std::collections::BTreeMap;
use std::convert::Infallible;

/// After the last day on which any figure holds.
const LATER: &str = "9999-12-31";

/// By name, each file as it would be written.
#[derive(Default)]
pub(super) struct Derived(BTreeMap<String, Vec<u8>>);

impl Derived {
    /// The files for the day, and for the address, known or not, that most of a folder's files fit.
    pub(super) fn of(reference: &Reference, files: &[File<'_>]) -> Self {
        let slots = &reference.slots;
        let cubes: Vec<SafeCube> =
            slots.order.iter().filter_map(|&at| reference.cubes.get(at)).map(|known| known.cube.clone()).collect();
        // On the last day of one figure those that hold for a shorter time are old; on that of the shortest none is.
        let mut days: Vec<&str> = cubes.iter().map(|cube| cube.about.valid_until.as_str()).collect();
        days.push(LATER);
        days.sort_unstable();
        days.dedup();
        days[0] = "";
        let open = measures(files);
        let mut best = (0, Self::default());
        for day in days {
            let mut derived = Self::on(&cubes, open.as_ref(), &slots.region, day);
            let fits = files.iter().filter(|file| derived.get(file.name) == Some(file.bytes)).count();
            derived.embed(&cubes, slots, day, files);
            if best.1.0.is_empty() || fits > best.0 {
                best = (fits, derived);
            }
        }
        let mut derived = best.1;
        let has_widget = files.iter().any(|file| file.name == SCRIPT);
        derived.0.insert(MANIFEST.into(), (release(files) + &manifest(&cubes, open.as_ref(), has_widget)).into());
        derived
    }

    /// The pages on embedding, for the address, known or not, that most of them fit.
    fn embed(&mut self, cubes: &[SafeCube], slots: &Slots, today: &str, files: &[File<'_>]) {
        let pages = |address: &str| {
            let page =
                |lang| (file("embed", Kind::Page, lang), page::embed(cubes, &slots.region, &on(today), address, lang));
            Lang::ALL.map(page)
        };
        let fits = |pages: &[(String, String); 3]| {
            let is_one =
                |one: &&File<'_>| pages.iter().any(|(name, page)| name == one.name && page.as_bytes() == one.bytes);
            files.iter().filter(is_one).count()
        };
        let best = slots.addresses().into_iter().rev().map(pages).max_by_key(fits);
        self.0.extend(best.into_iter().flatten().map(|(name, page)| (name, page.into_bytes())));
    }

    /// The other files as they are written on a day. Pictures are looked at by themselves.
    fn on(cubes: &[SafeCube], open: Option<&OpenMeasures>, region: &Text, today: &str) -> Self {
        let files = edition(cubes, open, region, today).into_iter();
        Self(files.filter(|(name, _)| !name.ends_with(".png") && !name.starts_with("embed.")).collect())
    }

    /// All files with text, by name.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(name, bytes)| Some((name.as_str(), std::str::from_utf8(bytes).ok()?)))
    }

    /// A file as it would be written; none of pictures and of the program, which are no text of the cubes.
    pub(super) fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice)
    }
}

/// How figures are shown on a day; on none where it is empty.
fn on(today: &str) -> View {
    View { today: Some(today.to_owned()).filter(|today| !today.is_empty()), ..View::default() }
}

/// The first line of a folder's list of files, where it is number and digest of a release and nothing else.
fn release(files: &[File<'_>]) -> String {
    let list = files.iter().find(|file| file.name == MANIFEST).and_then(|file| std::str::from_utf8(file.bytes).ok());
    let line = list.and_then(|list| list.lines().next()).unwrap_or_default();
    let is_digest = |digest: &str| digest.len() == 64 && digest.bytes().all(|byte| b"0123456789abcdef".contains(&byte));
    let is_number = |number: &str| number.parse::<u32>().is_ok_and(|value| value.to_string() == number);
    let parts = line.strip_prefix("release ").and_then(|rest| rest.split_once(' '));
    match parts {
        Some((number, digest)) if is_number(number) && is_digest(digest) => format!("{line}\n"),
        _ => String::new(),
    }
}

/// What would be written of some cubes on a day, with empty pictures and for no address.
fn edition(cubes: &[SafeCube], open: Option<&OpenMeasures>, region: &Text, today: &str) -> Files {
    let Ok(files) = edition::of_cubes::<Infallible>(cubes, open, region, "", &on(today), |_| Ok(Vec::new()));
    files
}

/// The register of measures in a folder, where one is published there.
pub(super) fn measures(files: &[File<'_>]) -> Option<OpenMeasures> {
    files.iter().find(|file| file.name == FILE).and_then(|file| OpenMeasures::read(file.bytes))
}

/// Names of the files that are written of some cubes, in order.
pub(super) fn names(cubes: &[SafeCube], open: Option<&OpenMeasures>) -> Vec<String> {
    edition(cubes, open, &Text::default(), "").into_iter().map(|(name, _)| name).collect()
}

/// The list of a folder's files, in the order in which they are written.
fn manifest(cubes: &[SafeCube], open: Option<&OpenMeasures>, has_widget: bool) -> String {
    let mut names = names(cubes, open);
    if has_widget {
        names.extend(WIDGET.map(str::to_owned));
    }
    names.iter().map(|name| format!("{name}\n")).collect()
}
