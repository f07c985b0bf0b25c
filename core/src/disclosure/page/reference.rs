//! What may be said: the cubes of the folder, and every text that they carry.

use super::File;
use super::numbers::{Number, in_digits, numbers};
use super::slots::{self, Slots};
use super::spelling::{has_quantity, plain};
use super::text::{Vocabulary, has_digit};
use crate::cube::{Category, Dimension, Role, Status};
use crate::disclosure::SafeCube;
use crate::disclosure::inversion::{Roll, Shown as Figure};
use crate::export::jsonstat;
use crate::show::markup::id_of;
use crate::show::page::embed::frame_height;
use crate::show::page::words::{way_element, way_frame, way_picture};
use crate::show::shown::{Content, Shown};
use crate::show::{date, number, source_line, words};
use crate::text::Lang;

/// The cubes, each with what its figure shows in each language, and what the pages say beside them.
pub(super) struct Reference {
    pub(super) cubes: Vec<Known>,
    pub(super) slots: Slots,
    /// What may stand in running text, in the order of [`Lang::ALL`].
    vocabularies: Vec<Vocabulary>,
    /// The texts that the cubes carry, without labels: they may name groups in any order.
    carried: Vec<Vocabulary>,
}

/// One cube.
pub(super) struct Known {
    pub(super) cube: SafeCube,
    /// In the order of [`Lang::ALL`].
    contents: [Content; 3],
}

/// One row of a figure: which cube, which panel, which row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) cube: usize,
    pub(super) panel: usize,
    pub(super) row: usize,
}

/// A cube with statuses that no cube of ours has, read as the one mark for what is not shown: the audit then says so.
fn with_one_mark(bytes: &[u8]) -> Vec<u8> {
    let Ok(mut file) = serde_json::from_slice::<serde_json::Value>(bytes) else { return Vec::new() };
    for status in file["status"].as_array_mut().into_iter().flatten() {
        if status.as_str().and_then(Status::from_code).is_none() {
            *status = Status::Hidden.code().into();
        }
    }
    serde_json::to_vec(&file).unwrap_or_default()
}

impl Known {
    pub(super) fn content(&self, lang: Lang) -> &Content {
        &self.contents[lang as usize]
    }
}

impl Reference {
    pub(super) fn of(files: &[File<'_>]) -> Self {
        let known = |file: &File<'_>| {
            let cube = jsonstat::read(file.bytes).or_else(|_| jsonstat::read(&with_one_mark(file.bytes))).ok()?;
            // A cube stands under its own name; anything else is a file that nobody knows.
            let ours = crate::show::page::file(&cube.id, crate::show::page::File::Data, Lang::Nb);
            let contents = Lang::ALL.map(|lang| Content::of(&cube, lang));
            (ours == file.name).then_some(Known { cube, contents })
        };
        let mut cubes: Vec<Known> =
            files.iter().filter(|file| file.name.ends_with(".json")).filter_map(known).collect();
        // A cube without a figure in the pages there are is no part of the release.
        let pages = slots::pages(files);
        cubes.retain(|known| pages.is_empty() || pages.iter().any(|page| slots::place(page, &known.cube).is_some()));
        let slots = Slots::of(&cubes, files);
        let mut reference = Self { cubes, slots, vocabularies: Vec::new(), carried: Vec::new() };
        reference.vocabularies = Lang::ALL.iter().map(|&lang| reference.all_phrases(lang)).collect();
        reference.carried = Lang::ALL.iter().map(|&lang| reference.all_carried(lang)).collect();
        reference
    }

    /// Cells that are published as a band, or not at all.
    pub(super) fn guarded(&self) -> usize {
        let guarded = |status| matches!(status, Status::Band | Status::Hidden | Status::NoAnswers);
        self.cubes.iter().flat_map(|known| &known.cube.cells).filter(|cell| guarded(cell.status)).count()
    }

    /// The cube that a file is of, by its name; the only one there is for the pages that show all.
    pub(super) fn cube_of_file(&self, name: &str) -> Option<usize> {
        let of = |known: &Known| name.strip_prefix(known.cube.id.as_str()).is_some_and(|rest| rest.starts_with('.'));
        self.cubes.iter().position(of).or_else(|| (self.cubes.len() == 1).then_some(0))
    }

    /// The cube that an `id` or `aria-labelledby` is made from.
    pub(super) fn cube_of_id(&self, id: &str) -> Option<usize> {
        let first = id.split(' ').next()?;
        self.cubes.iter().position(|known| {
            first.strip_prefix(&id_of(&known.cube.id)).is_some_and(|rest| matches!(rest, "-h" | "-t" | "-d"))
        })
    }

    pub(super) fn shown(&self, place: Place, lang: Lang) -> Option<Shown> {
        let content = self.cubes.get(place.cube)?.content(lang);
        Some(content.panels.get(place.panel)?.rows.get(place.row)?.shown)
    }

    /// Whether a height is that of a frame around one of the figures: it follows from the number of rows.
    pub(super) fn is_frame_height(&self, height: &str, lang: Lang) -> bool {
        self.cubes.iter().any(|known| frame_height(known.content(lang)).to_string() == height)
    }

    /// Whether a text names one of several groups: an area, a wave, a year. In capitals too, and by a part of its name.
    pub(super) fn names_group(&self, text: &str, lang: Lang) -> bool {
        self.names_any(text, lang, |_| true)
    }

    /// Whether a text names one of several areas.
    pub(super) fn names_area(&self, text: &str, lang: Lang) -> bool {
        self.names_any(text, lang, |axis| axis.role == Role::Geo)
    }

    fn names_any(&self, text: &str, lang: Lang, of: fn(&Dimension) -> bool) -> bool {
        let text = plain(text).to_lowercase();
        let axes = self.cubes.iter().flat_map(|known| &known.cube.dimensions);
        let labels = axes.filter(|axis| axis.categories.len() > 1 && of(axis)).flat_map(|axis| &axis.categories);
        labels.flat_map(|category| names(category.label.get(lang))).any(|name| stands_in(&name, &text))
    }

    /// The cell that a text names: one category of each axis that has several.
    pub(super) fn cell_named(&self, text: &str, lang: Lang) -> Option<(usize, usize)> {
        let text = plain(text).to_lowercase();
        let mut found = None;
        for (at, known) in self.cubes.iter().enumerate() {
            let mut index = 0;
            let mut is_one = true;
            for axis in &known.cube.dimensions {
                let named =
                    |category: &Category| names(category.label.get(lang)).iter().any(|name| stands_in(name, &text));
                let mut places = axis.categories.iter().enumerate().filter(|(_, one)| named(one));
                let place = if axis.categories.len() == 1 { Some(0) } else { places.next().map(|(place, _)| place) };
                is_one &= place.is_some() && places.next().is_none();
                index = index * axis.categories.len() + place.unwrap_or_default();
            }
            if is_one && found.replace((at, index)).is_some() {
                return None;
            }
        }
        found
    }

    /// A figure in a name that the pages have beside the cubes, as a text to read it from; none where the cubes have the
    /// name too. An address may hold numbers, but none that count.
    pub(super) fn figure_in_name(&self, name: &str, is_address: bool, lang: Lang) -> Option<String> {
        let signs: &[char] = if is_address { &['/', '-', '_', '.', ':'] } else { &[] };
        let rest = self.carried_without_slots(lang).rest(&in_digits(&name.replace(signs, " ")));
        let counts = |number: &Number| !matches!(number, Number::Plain { answers: false, .. });
        let said = !is_address && (has_digit(&rest) || has_quantity(&rest));
        (said || numbers(&rest).iter().any(counts)).then_some(rest)
    }

    /// Position of the place's cell in its cube.
    pub(super) fn cell(&self, place: Place) -> Option<usize> {
        let content = self.cubes.get(place.cube)?.content(Lang::Nb);
        Some(content.panels.get(place.panel)?.rows.get(place.row)?.cell)
    }

    /// The codes of a cell, for people who have the cube: `wave=w1 period=2025`.
    pub(super) fn codes(&self, cube: usize, cell: usize) -> String {
        let Some(known) = self.cubes.get(cube) else { return String::new() };
        let at = known.cube.position(cell);
        let codes =
            known.cube.dimensions.iter().zip(at).map(|(axis, at)| format!("{}={}", axis.id, axis.categories[at].code));
        codes.collect::<Vec<_>>().join(" ")
    }

    /// Labels of areas and other groups in a text, by where they stand: `None` where they keep the cube's order, otherwise
    /// the first that does not.
    pub(super) fn out_of_order(&self, text: &str, lang: Lang) -> Option<String> {
        let text = plain(text).to_lowercase();
        for known in &self.cubes {
            for axis in &known.cube.dimensions {
                let mut places: Vec<(usize, usize)> = Vec::new();
                for (order, category) in axis.categories.iter().enumerate() {
                    let label = plain(category.label.get(lang)).to_lowercase();
                    // Years stand in running text for many reasons.
                    if label.chars().filter(|letter| letter.is_alphabetic()).count() > 2 {
                        places.extend(text.find(&label).map(|place| (place, order)));
                    }
                }
                places.sort_unstable();
                if let Some(two) = places.windows(2).find(|two| two[1].1 < two[0].1) {
                    return Some(axis.categories[two[1].1].label.get(lang).to_owned());
                }
            }
        }
        None
    }

    /// All that may stand in running text: what the cubes carry, and what the figure says around them.
    pub(super) fn vocabulary(&self, lang: Lang) -> &Vocabulary {
        &self.vocabularies[lang as usize]
    }

    /// The texts that the cubes carry, without labels.
    pub(super) fn carried(&self, lang: Lang) -> &Vocabulary {
        &self.carried[lang as usize]
    }

    fn all_phrases(&self, lang: Lang) -> Vocabulary {
        let mut phrases: Vec<String> = Vec::new();
        let mut add = |text: &str| phrases.push(plain(text));
        // Keys name the ends of thirds and fifths; the axis has its two ends and the middle.
        for text in
            [words::thirds_key(lang), words::fifths_key(lang), words::interval_key(lang), words::hidden_sentence(lang)]
        {
            add(text);
        }
        for text in [
            words::updated(lang),
            words::valid_until(lang),
            words::mark_means(lang),
            words::old(lang).0,
            words::old(lang).1,
        ] {
            add(text);
        }
        for several in [true, false] {
            add(words::source(several, lang));
        }
        for text in [way_element(lang), way_frame(lang), way_picture(lang)] {
            add(text);
        }
        add(&[0, 50, 100].map(|percent| number::percent(percent, lang)).join(" "));
        for known in &self.cubes {
            let about = &known.cube.about;
            for text in [&known.cube.title, &about.base, &about.method, &about.protection, &about.notice] {
                add(text.get(lang));
            }
            for source in &about.sources {
                add(&source_line(source, lang));
                add(source.name.get(lang));
                add(&source.licence);
            }
            for iso in [&about.updated, &about.valid_until].into_iter().chain(about.sources.iter().map(|one| &one.date))
            {
                add(iso);
                add(&date::words(iso, lang));
            }
            for axis in &known.cube.dimensions {
                add(axis.label.get(lang));
                for category in &axis.categories {
                    add(category.label.get(lang));
                }
            }
            let content = known.content(lang);
            add(&content.place);
            for panel in &content.panels {
                add(&panel.heading);
                for row in &panel.rows {
                    add(&row.label);
                }
            }
            add(&known.cube.id);
            add(&id_of(&known.cube.id));
        }
        add(self.slots.region.get(lang));
        Vocabulary::new(phrases)
    }

    fn all_carried(&self, lang: Lang) -> Vocabulary {
        let mut phrases = self.texts_of_cubes(lang);
        phrases.push(plain(self.slots.region.get(lang)));
        Vocabulary::new(phrases)
    }

    fn carried_without_slots(&self, lang: Lang) -> Vocabulary {
        Vocabulary::new(self.texts_of_cubes(lang))
    }

    fn texts_of_cubes(&self, lang: Lang) -> Vec<String> {
        let mut phrases = Vec::new();
        for known in &self.cubes {
            let about = &known.cube.about;
            for text in [&known.cube.title, &about.base, &about.method, &about.protection, &about.notice] {
                phrases.push(plain(text.get(lang)));
            }
            phrases.extend(about.sources.iter().map(|source| plain(&source_line(source, lang))));
            phrases.extend(about.sources.iter().map(|source| plain(source.name.get(lang))));
            let dates =
                [&about.updated, &about.valid_until].into_iter().chain(about.sources.iter().map(|one| &one.date));
            phrases.extend(dates.flat_map(|iso| [iso.clone(), plain(&date::words(iso, lang))]));
        }
        phrases
    }

    /// What a reader knows of a cell: n, exactly or by its tier, and the band.
    pub(super) fn roll(&self, cube: usize, cell: usize, n: Option<u64>) -> (Roll, Option<Figure>) {
        let Some(cell) = self.cubes.get(cube).and_then(|known| known.cube.cells.get(cell).map(|cell| (known, cell)))
        else {
            return (Roll::between(1, 60), None);
        };
        let value = |measure| cell.0.cube.value(cell.1, measure);
        let bands = value("bands").filter(|_| cell.1.status == Status::Band);
        let tier = match bands {
            Some(3.0) => Roll::between(10, 19),
            Some(_) => Roll::between(20, 60),
            None => Roll::between(1, 60),
        };
        let band = bands.zip(value("band")).map(|(bands, band)| Figure::Within {
            lower: 100.0 * (band - 1.0) / bands,
            upper: 100.0 * band / bands,
            included: (true, band >= bands),
        });
        (n.map_or(tier, Roll::known), band)
    }
}

/// A label in small letters, and the parts of a name in two languages: `Raarvihke – Røyrvik`.
fn names(label: &str) -> Vec<String> {
    let label = plain(label).to_lowercase();
    let parts: Vec<String> =
        label.split(" – ").map(str::trim).filter(|part| part.chars().count() > 3).map(str::to_owned).collect();
    std::iter::once(label).chain(parts).filter(|name| !name.is_empty()).collect()
}

/// Whether a name stands in a text by itself, not inside a longer word.
fn stands_in(name: &str, text: &str) -> bool {
    Vocabulary::new(vec![name.to_owned()]).rest(text) != *text
}
