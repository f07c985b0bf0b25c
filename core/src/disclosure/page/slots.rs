//! What pages say that no cube holds: the region's name, the folder's address on the web, the order of the figures.
//!
//! Each stands in several places of several files. What most of them say is taken for what was meant, so that a file
//! that says otherwise is told from the others.

use super::File;
use super::reference::Known;
use crate::cube::Cube;
use crate::show::markup::{escaped, id_of};
use crate::show::page::words::to_embed;
use crate::show::page::{File as Kind, embed, file};
use crate::text::{Lang, Text};
use std::collections::BTreeMap;

/// What pages say beside the cubes.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// The region's name.
    pub(super) region: Text,
    /// Where the folder will be on the web, as far as the pages tell.
    address: String,
    /// The cubes in the order of the pages.
    pub(super) order: Vec<usize>,
}

impl Slots {
    pub(super) fn of(cubes: &[Known], files: &[File<'_>]) -> Self {
        let page = |stem: &str, lang| {
            let name = file(stem, Kind::Page, lang);
            files.iter().find(|file| file.name == name).and_then(|file| std::str::from_utf8(file.bytes).ok())
        };
        let region = Lang::ALL.map(|lang| {
            let heading = |text: &str, stem: &str| {
                let before =
                    if stem == "index" { "Bygdepuls for ".to_owned() } else { format!("{}: ", to_embed(lang)) };
                unescaped(text).strip_prefix(&before).unwrap_or_default().to_owned()
            };
            let of = |stem| {
                let page = page(stem, lang).unwrap_or_default();
                [("<title>", "</title>"), ("<h1>", "</h1>")]
                    .map(|(open, close)| between(page, open, close).next().map(|text| heading(text, stem)))
            };
            most(["index", "embed"].into_iter().flat_map(of).flatten())
        });
        // The address stands in code that is shown, so it is escaped twice.
        let script = (escaped("<script type=\"module\" src=\""), escaped("assets/bygdepuls.js\"></script>"));
        let addresses = pages(files).into_iter().flat_map(|page| between(page, &script.0, &script.1));
        let address = most(addresses.map(|address| unescaped(&unescaped(address))));
        let order =
            pages(files).into_iter().map(|page| order_of(cubes, page)).filter(|order| order.len() == cubes.len());
        let mut order = most(order);
        if order.is_empty() {
            order = (0..cubes.len()).collect();
        }
        let [nb, nn, en] = region;
        Self { region: Text { nb, nn, en }, address, order }
    }

    /// What the address may have been: where none was known, another one stands in the pages, as an example.
    pub(super) fn addresses(&self) -> Vec<&str> {
        if self.address.is_empty() || self.address == embed::UNKNOWN {
            vec!["", embed::UNKNOWN]
        } else {
            vec![&self.address]
        }
    }

    /// The address, where the pages tell one.
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

/// The pages that show all figures.
pub(super) fn pages<'a>(files: &[File<'a>]) -> Vec<&'a str> {
    let names = Lang::ALL.map(|lang| ["index", "embed"].map(|stem| file(stem, Kind::Page, lang)));
    let is_page = |one: &&File<'_>| names.iter().flatten().any(|name| *name == one.name);
    files.iter().filter(is_page).filter_map(|one| std::str::from_utf8(one.bytes).ok()).collect()
}

/// Where the figure of a cube is in a page.
pub(super) fn place(page: &str, cube: &Cube) -> Option<usize> {
    page.find(&format!("id=\"{}-h\"", id_of(&cube.id)))
}

/// The cubes whose figures a page has, in its order.
fn order_of(cubes: &[Known], page: &str) -> Vec<usize> {
    let places = cubes.iter().enumerate().filter_map(|(at, known)| Some((place(page, &known.cube)?, at)));
    let mut places: Vec<(usize, usize)> = places.collect();
    places.sort_unstable();
    places.into_iter().map(|(_, at)| at).collect()
}

/// What most say. Of several said equally often the shortest: what was added to the others is not what was meant.
fn most<T: Ord + Default + AsRef<[U]>, U>(said: impl Iterator<Item = T>) -> T {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    said.for_each(|one| *counts.entry(one).or_default() += 1);
    let order = |(one, count): &(T, usize)| (*count, std::cmp::Reverse(one.as_ref().len()));
    counts.into_iter().max_by_key(order).map(|(one, _)| one).unwrap_or_default()
}

/// What stands between two texts, wherever it does.
fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(open).skip(1).filter_map(move |rest| rest.split_once(close)).map(|(inside, _)| inside)
}

/// A text before it was escaped.
fn unescaped(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    pairs.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
