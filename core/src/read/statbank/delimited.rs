//! Text with separators: headings, records and footnotes told apart, in every layout that the statistics bank writes.
//!
//! Long files have all variables in columns of their own (`csv2`, `csv3`, ready-made data sets, PxWebApi 2); in others one
//! or more run across, in one row of headings (`csv`) or in several, above a stub without headings whose cells stand only
//! where they change (the layout of workbooks).

use super::build::{self, Raw};
use super::heading::{self, Stub};
use super::number::{self, Evidence, Flaw};
use super::records::{Record, Records, parted, usual_width};
use super::role::{self, Named};
use super::table::{Cell, Format, Role, StatTable, Value};
use super::{Content, Note, Reading, StatProblem, code, footnote, klass};
use crate::problem::{Privacy, Problem};
use crate::read::ReadProblem;
use crate::text::Lang;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// Reads a table or a code list.
pub(super) fn read(text: &str, reading: &mut Reading<'_>) -> Option<Content> {
    let errors = reading.problems.errors();
    let records = parted(text, reading);
    if reading.problems.errors() > errors {
        return None;
    }
    match klass::read(&records, reading) {
        Some(found) => found,
        None => table(&records, reading).map(Content::Table),
    }
}

/// Columns that a table can have at most.
const WIDEST: usize = 10_000;

/// The columns by what they hold.
struct Columns {
    stub: Vec<usize>,
    figures: Vec<usize>,
    /// The symbols of the only column of figures.
    status: Option<usize>,
}

/// The column of symbols, where a file keeps them apart from the figures.
fn status(layout: &Layout<'_, '_>) -> Option<usize> {
    let [headings] = layout.headings.as_slice() else { return None };
    let is_status =
        |heading: &String| ["status", "symbol", "obs_status", "flagg"].contains(&heading.to_lowercase().as_str());
    headings.iter().position(is_status)
}

/// Where the parts of a file are.
struct Layout<'r, 'a> {
    title: Vec<String>,
    /// Headings by row and column; blanks of upper rows are those to the left.
    headings: Vec<Vec<String>>,
    /// Leading columns without a heading of their own.
    unnamed: usize,
    /// Leading columns that are no figures, as further rows of headings leave them blank.
    stub: usize,
    line: u64,
    width: usize,
    body: Vec<&'r Record<'a>>,
    below: Vec<String>,
}

/// Reads a table from records, of a text or of the rows of a workbook.
pub(super) fn table(records: &Records<'_>, reading: &mut Reading<'_>) -> Option<StatTable> {
    let errors = reading.problems.errors();
    let layout = layout(records, reading)?;
    let status = status(&layout);
    let figures = figures(&layout, status, reading)?;
    check_headings(&layout, &figures, reading);
    if reading.problems.errors() > errors {
        return None;
    }
    let is_stub = |column: &usize| !figures.contains(column) && Some(*column) != status;
    let columns = Columns { stub: (0..layout.width).filter(is_stub).collect(), figures, status };
    assemble(&layout, &columns, records.ended, reading)
}

fn layout<'r, 'a>(records: &'r Records<'a>, reading: &mut Reading<'_>) -> Option<Layout<'r, 'a>> {
    let list = &records.list;
    let (width, _) = usual_width(list);
    let given = &reading.options.columns;
    let mut title = Vec::new();
    let mut at = 0;
    if width == 1 || width > WIDEST {
        reading.refuse(if width == 1 { StatProblem::NoTable } else { StatProblem::TooLarge });
        return None;
    }
    // What stands above the headings: lines with one field, or a title whose commas are not quoted.
    while let Some(record) = list.get(at) {
        let text = record.joined();
        let first = record.fields.first().is_some_and(|field| !field.is_blank());
        // No name of a column begins with the number of a table.
        let is_title = !record.fields[0].quoted
            && record.fields[0].text.contains(':')
            && build::title(&record.fields[0].text).0.is_some();
        let passed = if given.is_empty() {
            record.filled() == 0 || (record.filled() == 1 && first) || is_title
        } else {
            !is_data(record, width)
        };
        if !passed {
            break;
        }
        if !text.is_empty() && (given.is_empty() || record.fields.len() == 1) {
            let separator = if is_title { ", " } else { " " };
            let parts: Vec<&str> = record.fields.iter().map(|field| field.text.trim()).collect();
            let whole = parts.join(separator);
            title.push(whole.trim().trim_start_matches("# ").to_owned());
        }
        at += 1;
    }
    let Some(first) = list.get(at) else {
        reading.refuse(StatProblem::NoTable);
        return None;
    };
    let texts = |record: &Record<'_>| -> Vec<String> {
        record.fields.iter().map(|field| field.text.trim().to_owned()).collect()
    };
    let blanks = |record: &Record<'_>| record.fields.iter().take_while(|field| field.is_blank()).count();
    let line = first.line;
    let mut headings = Vec::new();
    let (mut unnamed, mut stub) = (0, 0);
    if given.is_empty() {
        headings.push(texts(first));
        unnamed = blanks(first);
        stub = unnamed;
        at += 1;
        // Nothing can be repeated from above before the first record, so a blank first cell is of another row of headings.
        while let Some(record) = list.get(at).filter(|record| record.filled() > 0 && blanks(record) > 0) {
            if unnamed > 0 && blanks(record) < unnamed {
                break;
            }
            headings.push(texts(record));
            stub = if stub == 0 { blanks(record) } else { stub.min(blanks(record)) };
            at += 1;
        }
    } else {
        headings.push(given.clone());
    }
    // The last record with figures ends the table; what is left is below it.
    let end = list.iter().rposition(|record| is_data(record, width)).map_or(at, |last| (last + 1).max(at));
    let (body, below) = (&list[at..end.max(at)], &list[end.max(at)..]);
    let mut layout = Layout { title, headings, unnamed, stub, line, width, body: Vec::new(), below: Vec::new() };
    let fit = headings_fit(&mut layout, body, reading);
    take_body(&mut layout, body, reading);
    take_below(&mut layout, below, records.ended, reading);
    if layout.body.is_empty() {
        reading.problems.push(Problem::error(reading.file, ReadProblem::NoRecords));
        return None;
    }
    fit.then_some(layout)
}

/// Whether a record has the usual number of fields and a figure in another one than the first.
fn is_data(record: &Record<'_>, width: usize) -> bool {
    let figure = |text: &str| !text.trim().is_empty() && number::is_figure(text);
    record.fields.len() == width && record.fields[1..].iter().any(|field| figure(&field.text))
}

/// Brings the headings to the number of columns: one may be missing over the only column of text.
fn headings_fit(layout: &mut Layout<'_, '_>, body: &[Record<'_>], reading: &mut Reading<'_>) -> bool {
    let found = layout.headings[0].len();
    if layout.headings.len() == 1 && found + 1 == layout.width {
        let figures = |record: &&Record<'_>| {
            record.fields.len() == layout.width && record.fields[1..].iter().all(|field| number::is_figure(&field.text))
        };
        let texts = |record: &&Record<'_>| !number::is_figure(&record.fields[0].text);
        let whole = body.iter().filter(|record| record.fields.len() == layout.width);
        if body.iter().filter(figures).filter(texts).count() == whole.count() {
            layout.headings[0].insert(0, String::new());
            (layout.unnamed, layout.stub) = (1, 1);
            reading.notes.push(Note::NoStubHeading);
            return true;
        }
    }
    for headings in &mut layout.headings {
        // Separators at the end of a line make no columns.
        while headings.len() > layout.width && headings.last().is_some_and(String::is_empty) {
            headings.pop();
        }
        if headings.len() != layout.width {
            let what = StatProblem::HeadingCount { headings: headings.len(), columns: layout.width };
            reading.problems.push(Problem::error(reading.file, what).line(layout.line));
            return false;
        }
    }
    let rows = layout.headings.len();
    for headings in &mut layout.headings[..rows.saturating_sub(1)] {
        for column in layout.stub.max(1)..headings.len() {
            if headings[column].is_empty() {
                headings[column] = headings[column - 1].clone();
            }
        }
    }
    true
}

fn take_body<'r, 'a>(layout: &mut Layout<'r, 'a>, body: &'r [Record<'a>], reading: &mut Reading<'_>) {
    for record in body.iter().filter(|record| record.filled() > 0) {
        let again = |(field, heading): (&super::records::Field<'_>, &String)| field.text.trim() == heading;
        if record.fields.len() == layout.width && record.fields.iter().zip(&layout.headings[0]).all(again) {
            reading.problems.push(Problem::error(reading.file, ReadProblem::RepeatedHeader).line(record.line));
        } else if record.fields.len() == layout.width {
            layout.body.push(record);
        } else {
            reading.problems.push(wrong_count(record, layout.width, false, reading.file));
        }
    }
}

fn wrong_count(record: &Record<'_>, width: usize, cut: bool, file: &str) -> Problem {
    let (expected, found) = (width, record.fields.len());
    let what = if cut { ReadProblem::CutOff { expected, found } } else { ReadProblem::FieldCount { expected, found } };
    Problem::error(file, what).line(record.line).value(record.joined(), Privacy::Open)
}

/// Whether a record says what a symbol means: `..,Oppgave mangler`.
fn is_legend(record: &Record<'_>, width: usize) -> bool {
    let symbol = record.fields[0].text.trim();
    record.fields.len() < width && !symbol.is_empty() && number::is_symbol(symbol)
}

/// Footnotes come behind a blank line, alone on their line, or look like one; else the file ends inside a record.
fn take_below<'r, 'a>(layout: &mut Layout<'r, 'a>, below: &'r [Record<'a>], ended: bool, reading: &mut Reading<'_>) {
    let mut behind = false;
    for (place, record) in below.iter().enumerate() {
        behind |= record.filled() == 0;
        let text = record.joined();
        let last = place + 1 == below.len() && !ended;
        // The beginning of a category that stands above it is no footnote.
        let repeats =
            || layout.body.iter().rev().take(2000).any(|above| above.fields[0].text.trim().starts_with(&text));
        if record.filled() == 0 {
        } else if behind || footnote::is_below(&text) || is_legend(record, layout.width) {
            behind = true;
            layout.below.push(text);
        } else if record.fields.len() == layout.width && (record.filled() > 1 || layout.width == 2) {
            layout.body.push(record);
        } else if record.filled() == 1 && !(last && (repeats() || code::split(&text).is_some())) {
            behind = true;
            layout.below.push(text);
        } else {
            reading.problems.push(wrong_count(record, layout.width, last, reading.file));
        }
    }
}

/// The columns that hold figures: those that were named, else those whose cells mostly are figures and, in a file that
/// quotes its text, are not quoted; never one that is named as a dimension.
fn figures(layout: &Layout<'_, '_>, status: Option<usize>, reading: &mut Reading<'_>) -> Option<Vec<usize>> {
    let headings = layout.headings.last()?;
    let named = &reading.options.figures;
    if !named.is_empty() {
        let mut found = Vec::new();
        for name in named {
            match headings.iter().position(|heading| heading == name) {
                Some(column) => found.push(column),
                None => {
                    let what = StatProblem::NoColumn { exists: headings.clone() };
                    reading.problems.push(reading.error(what).line(layout.line).column(name));
                }
            }
        }
        found.sort_unstable();
        return (found.len() == named.len()).then_some(found);
    }
    let cells =
        |column: usize| layout.body.iter().map(move |record| &record.fields[column]).filter(|field| !field.is_blank());
    // A symbol may be quoted or not; all else tells.
    let bare = |column: usize| {
        let telling = cells(column).filter(|field| !number::is_symbol(&field.text));
        let (all, bare) = telling.fold((0, 0), |(all, bare), field| (all + 1, bare + u64::from(!field.quoted)));
        bare * 2 > all || all == 0
    };
    // How many cells are figures, of how many. A column without anything in it tells nothing.
    let share = |column: usize| {
        let (figures, all) = cells(column)
            .fold((0, 0), |(figures, all), field| (figures + usize::from(number::is_figure(&field.text)), all + 1));
        if all == 0 && column > 0 && !headings[column].is_empty() { (1, 1) } else { (figures, all) }
    };
    let is_dimension = |column: usize| {
        column < layout.stub
            || Some(column) == status
            || (layout.headings.len() == 1 && role::of_name(&headings[column]) != Named::Unknown)
    };
    let open: Vec<(usize, (usize, usize))> =
        (0..layout.width).filter(|column| !is_dimension(*column)).map(|column| (column, share(column))).collect();
    let those = |is: &dyn Fn(usize, (usize, usize)) -> bool| -> Vec<usize> {
        open.iter().filter(|(column, share)| is(*column, *share)).map(|(column, _)| *column).collect()
    };
    let quotes = layout.body.iter().any(|record| record.fields.iter().any(|field| field.quoted));
    // Where text is quoted, a column that is not holds figures even if many of them are damaged; the last one always may.
    let mut found = if quotes { those(&|column, (figures, _)| figures > 0 && bare(column)) } else { Vec::new() };
    if found.is_empty() {
        found = those(&|_, (figures, all)| figures * 2 > all);
    }
    if found.is_empty() {
        found = those(&|column, (figures, _)| column + 1 == layout.width && figures > 0);
    }
    if found.is_empty() || found.len() == layout.width {
        let names = headings.clone();
        let what = if found.is_empty() {
            StatProblem::NoFigures { names }
        } else if headings.iter().all(|heading| number::is_figure(heading)) {
            StatProblem::NoHeadings
        } else {
            StatProblem::NoDimensions { names }
        };
        reading.problems.push(reading.error(what).line(layout.line));
        return None;
    }
    if found.len() > 1 && layout.headings.len() == 1 {
        reading.notes.push(Note::Figures { names: found.iter().map(|column| headings[*column].clone()).collect() });
    }
    Some(found)
}

/// Headings that are values, blank or double.
fn check_headings(layout: &Layout<'_, '_>, figures: &[usize], reading: &mut Reading<'_>) {
    if layout.headings.len() > 1 || !reading.options.columns.is_empty() {
        return;
    }
    let headings = &layout.headings[0];
    let is_value = |column: usize| {
        let heading = headings[column].as_str();
        let among = || layout.body.iter().take(2000).any(|record| record.fields[column].text.trim() == heading);
        if figures.contains(&column) {
            let id = heading.len() == 5 && !heading.contains(['.', ',']);
            !heading.is_empty() && number::is_figure(heading) && super::Period::parse(heading).is_none() && !id
        } else {
            !heading.is_empty() && (among() || code::split(heading).is_some_and(|(code, _)| code.len() == 4))
        }
    };
    if let Some(column) = (0..layout.width).find(|column| is_value(*column)) {
        let problem = reading.error(StatProblem::NoHeadings).line(layout.line).column((column + 1).to_string());
        reading.problems.push(problem.value(&headings[column], Privacy::Open));
        return;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (column, heading) in headings.iter().enumerate().skip(layout.unnamed) {
        if heading.is_empty() {
            let what = ReadProblem::EmptyHeader { position: column + 1 };
            reading
                .problems
                .push(Problem::error(reading.file, what).line(layout.line).column((column + 1).to_string()));
        } else if seen.insert(heading, column).is_some() {
            let what = StatProblem::DoubleHeading { line: layout.line };
            reading.problems.push(reading.error(what).line(layout.line).column(heading));
        }
    }
}

/// The categories of a column and the category of each record.
fn category_column(
    layout: &Layout<'_, '_>,
    column: usize,
    name: &str,
    reading: &mut Reading<'_>,
) -> (Vec<Raw>, Vec<u32>) {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut raws = Vec::new();
    let mut places = Vec::with_capacity(layout.body.len());
    let (mut last, mut filled) = (None, 0);
    let quoted = layout.body.iter().filter(|record| record.fields[column].quoted).count() * 2 > layout.body.len();
    for record in &layout.body {
        let text = record.fields[column].text.trim();
        if quoted && !text.is_empty() && !record.fields[column].quoted && number::is_figure(text) {
            // A bare number where text is quoted has come here from a column of figures.
            let problem = reading.error(StatProblem::OutOfPlace).line(record.line).column(name);
            reading.problems.push(problem.value(text, Privacy::Open));
        }
        let place = if text.is_empty() {
            // Only a stub without headings leaves repeated cells blank.
            match last.filter(|_| column < layout.unnamed) {
                Some(above) => {
                    filled += 1;
                    above
                }
                None => {
                    reading.problems.push(reading.error(StatProblem::NoCategory).line(record.line).column(name));
                    0
                }
            }
        } else {
            *seen.entry(text).or_insert_with(|| {
                raws.push(Raw { code: None, label: text.to_owned(), line: record.line });
                u32::try_from(raws.len() - 1).unwrap_or(u32::MAX)
            })
        };
        last = Some(place);
        places.push(place);
    }
    if filled > 0 {
        reading.notes.push(Note::FilledDown { dimension: name.into(), count: filled });
    }
    (raws, places)
}

/// What stands in a column of figures, with the symbol that another column has for it.
fn written<'r>(record: &'r Record<'_>, column: usize, status: Option<usize>) -> Cow<'r, str> {
    let text = record.fields[column].text.as_ref();
    match status.map(|status| record.fields[status].text.trim()).unwrap_or_default() {
        "" => Cow::Borrowed(text),
        symbol if text.trim().is_empty() => Cow::Borrowed(symbol),
        "-" if text.trim() == "0" => Cow::Borrowed("-"),
        // A star marks the number; anything else beside one is no number.
        symbol => Cow::Owned(format!("{text}{symbol}")),
    }
}

/// The values of the columns of figures, record by record.
fn values(layout: &Layout<'_, '_>, columns: &Columns, reading: &mut Reading<'_>) -> Vec<Value> {
    let figures = &columns.figures;
    let mut evidence = Evidence::new(reading.options.decimal);
    for record in &layout.body {
        for &column in figures {
            evidence.see(number::look(&written(record, column, columns.status)), record.line);
        }
    }
    evidence.notes(&mut reading.notes);
    let mut result = Vec::with_capacity(layout.body.len() * figures.len());
    for record in &layout.body {
        for &column in figures {
            let text = &written(record, column, columns.status);
            let value = evidence.read(text, number::look(text)).unwrap_or_else(|flaw| {
                let what = match flaw {
                    Flaw::NotANumber => StatProblem::NotANumber,
                    Flaw::Ambiguous => StatProblem::AmbiguousNumber,
                    Flaw::OtherMark(found) => StatProblem::OtherDecimalMark { found },
                };
                let name: Vec<&str> = layout.headings.iter().map(|row| row[column].as_str()).collect();
                let problem = reading.error(what).line(record.line).column(name.join(" "));
                reading.problems.push(problem.value(text.as_ref(), Privacy::Open));
                Value::Missing(crate::read::Missing::Invalid)
            });
            result.push(value);
        }
    }
    result
}

/// A cell with the line that it came from.
struct Found {
    cell: Cell,
    line: u64,
}

fn assemble(layout: &Layout<'_, '_>, columns: &Columns, ended: bool, reading: &mut Reading<'_>) -> Option<StatTable> {
    let errors = reading.problems.errors();
    let (stub, figures) = (&columns.stub, &columns.figures);
    let first = layout.title.first().cloned().unwrap_or_default();
    // Without a title of its own a long file has it over its only column of figures.
    let own = layout.headings.last().filter(|_| figures.len() == 1).map(|headings| headings[figures[0]].clone());
    let title =
        if first.is_empty() { own.filter(|own| build::title(own).0.is_some()).unwrap_or_default() } else { first };
    let (_, subject, variables) = build::title(&title);
    let names: Vec<String> = stub
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let heading = &layout.headings[0][*column];
            let by_title = variables.get(place).filter(|_| variables.len() == stub.len() + layout.headings.len());
            match (heading.is_empty(), by_title) {
                (false, _) => heading.clone(),
                (true, Some(name)) => name.clone(),
                (true, None) => format!("kolonne {}", column + 1),
            }
        })
        .collect();
    let mut table = build::empty(Format::Long, &title, reading);
    let mut contents = None;
    let mut places = Vec::new();
    let read: Vec<(Vec<Raw>, Vec<u32>)> =
        names.iter().zip(stub).map(|(name, column)| category_column(layout, *column, name, reading)).collect();
    // What has a dash in one column alone may be a name.
    let has_both = !read.is_empty()
        && stub
            .iter()
            .map(|column| &layout.headings[0][*column])
            .all(|own| own.is_empty() || code::both(own).is_some())
        && read.iter().flat_map(|(raws, _)| raws).all(|raw| code::both(&raw.label).is_some());
    for ((name, column), (mut raws, of_records)) in names.iter().zip(stub).zip(read) {
        let (id, label) = code::both(name).filter(|_| has_both).unwrap_or((name, name));
        if let Some(first) = raws.first().filter(|_| has_both) {
            reading.notes.push(Note::Parted { dimension: label.to_owned(), example: first.label.clone() });
            raws.iter_mut().for_each(Raw::part);
        }
        if role::of_name(name) == Named::Contents && contents.is_none() {
            table.measures = raws.into_iter().map(build::measure).collect();
            contents = Some(of_records);
        } else {
            let mut dimension = build::dimension(id, label, None, raws, reading);
            if *column < layout.unnamed && dimension.role != Role::Other && !variables.contains(name) {
                // It has no name, so it is called after what it is.
                dimension.id = dimension.role.code().to_owned();
                dimension.label = dimension.role.words(Lang::Nb).to_owned();
            }
            table.dimensions.push(dimension);
            places.push(of_records);
        }
    }
    let has = |role: Role| table.dimensions.iter().any(|dimension| dimension.role == role);
    let about = Stub {
        contents: contents.is_some(),
        time: has(Role::Time),
        sex: has(Role::Sex),
        others: variables.into_iter().filter(|name| !names.contains(name)).collect(),
        subject,
        line: layout.line,
    };
    let levels: Vec<Vec<String>> =
        layout.headings.iter().map(|row| figures.iter().map(|column| row[*column].clone()).collect()).collect();
    let mut across = heading::across(&levels, &about, reading)?;
    if has_both {
        let raws = across.dimensions.iter_mut().flat_map(|dimension| &mut dimension.raws);
        raws.chain(&mut across.measures).for_each(Raw::part);
    }
    if figures.len() > 1 || !across.dimensions.is_empty() {
        table.format = Format::Matrix;
    }
    for dimension in across.dimensions {
        let built = build::dimension(&dimension.name, &dimension.name, dimension.role, dimension.raws, reading);
        table.dimensions.push(built);
    }
    if contents.is_none() {
        table.measures = across.measures.into_iter().map(build::measure).collect();
    }
    let values = values(layout, columns, reading);
    if reading.problems.errors() > errors {
        return None;
    }
    let Some(size) = table.size() else {
        reading.refuse(StatProblem::TooLarge);
        return None;
    };
    let mut found = Vec::with_capacity(values.len());
    let sizes: Vec<u64> = table.dimensions.iter().map(|dimension| dimension.categories.len() as u64).collect();
    let measures = table.measures.len() as u64;
    for (row, record) in layout.body.iter().enumerate() {
        let stub = places.iter().zip(&sizes).fold(0, |at, (places, size)| at * size + u64::from(places[row]));
        for (column, (beyond, measure)) in across.columns.iter().enumerate() {
            let at =
                beyond.iter().zip(&sizes[places.len()..]).fold(stub, |at, (place, size)| at * size + u64::from(*place));
            let measure = contents.as_ref().map_or(*measure, |places| places[row]);
            let cell = Cell { at: at * measures + u64::from(measure), value: values[row * figures.len() + column] };
            found.push(Found { cell, line: record.line });
        }
    }
    table.cells = each_once(found, reading);
    let last = layout.body.last().map_or(0, |record| record.line);
    complete(&table, size, last, ended, reading);
    footnote::below(layout.below.iter().cloned(), &mut table);
    table.footnotes.splice(0..0, layout.title.iter().skip(1).cloned());
    table.notes = std::mem::take(&mut reading.notes);
    Some(table)
}

/// The cells in order. One that the file has twice counts once where both are the same.
fn each_once(mut found: Vec<Found>, reading: &mut Reading<'_>) -> Vec<Cell> {
    if !found.is_sorted_by(|a, b| a.cell.at < b.cell.at) {
        found.sort_by_key(|one| (one.cell.at, one.line));
    }
    let mut cells: Vec<Cell> = Vec::with_capacity(found.len());
    let mut line = 0;
    let mut repeated = BTreeSet::new();
    for one in found {
        match cells.last() {
            Some(last) if last.at == one.cell.at => {
                if last.value == one.cell.value {
                    // Of a record with several figures it is said once.
                    if repeated.insert((line, one.line)) {
                        let problem = Problem::warning(reading.file, StatProblem::RepeatedCell { line });
                        reading.problems.push(problem.line(one.line));
                    }
                } else {
                    let value = shown(last.value);
                    let problem = reading.error(StatProblem::DoubleCell { line, value }).line(one.line);
                    reading.problems.push(problem.value(shown(one.cell.value), Privacy::Open));
                }
            }
            _ => {
                cells.push(one.cell);
                line = one.line;
            }
        }
    }
    cells
}

fn shown(value: Value) -> String {
    match value {
        Value::Number { value, .. } => value.to_string(),
        other => other.symbol().to_owned(),
    }
}

/// Tells of cells that are not there. Where they are the last ones the file may be cut off, and surely is where its last
/// line does not end either.
fn complete(table: &StatTable, size: u64, last: u64, ended: bool, reading: &mut Reading<'_>) {
    let found = table.cells.len() as u64;
    if found == size {
        return;
    }
    let are_last = table.cells.last().is_some_and(|last| last.at + 1 == found);
    if are_last {
        let what = StatProblem::CutTable { found, size, sure: !ended };
        let problem = reading.error(what).line(last);
        reading.problems.push(if ended {
            Problem { severity: crate::problem::Severity::Warning, ..problem }
        } else {
            problem
        });
    } else {
        reading.notes.push(Note::Incomplete { found, size });
    }
}
