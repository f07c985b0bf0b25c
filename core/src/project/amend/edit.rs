//! The project file changed in place: what is not changed stays as a person wrote it, comments too.

use serde_json::Value as Json;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// A project file being changed.
pub(super) struct Edit {
    document: DocumentMut,
    has_carriage_returns: bool,
}

impl Edit {
    /// `None` when the text is not TOML.
    pub(super) fn new(text: &str) -> Option<Self> {
        Some(Self { document: text.parse().ok()?, has_carriage_returns: text.contains("\r\n") })
    }

    /// The whole file.
    pub(super) fn text(&self) -> String {
        let text = self.document.to_string();
        if self.has_carriage_returns { text.replace('\n', "\r\n") } else { text }
    }

    /// The table that holds a key such as `disclosure.level`, made where there is none, and the last part of the key.
    fn find<'a>(&mut self, path: &'a str) -> Option<(&mut dyn TableLike, &'a str)> {
        let (sections, key) = path.rsplit_once('.').unwrap_or(("", path));
        let mut table: &mut dyn TableLike = self.document.as_table_mut();
        for section in sections.split('.').filter(|section| !section.is_empty()) {
            table = table.entry(section).or_insert_with(|| Item::Table(Table::new())).as_table_like_mut()?;
        }
        Some((table, key))
    }

    /// Gives a key a value; null takes it out.
    pub(super) fn set(&mut self, path: &str, value: &Json) {
        if let Some((table, key)) = self.find(path) {
            set(table, key, value);
        }
    }

    /// The tables of `[[wave]]`; `None` where they are written otherwise.
    fn tables(&mut self, path: &str) -> Option<&mut ArrayOfTables> {
        let (table, key) = self.find(path)?;
        let item = table.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        if let Item::Value(Value::Array(list)) = item {
            // Inline tables, `wave = [{ … }]`, become tables of their own.
            let rows = list.iter().map(|row| row.as_inline_table().cloned().map(InlineTable::into_table));
            *item = Item::ArrayOfTables(rows.collect::<Option<Vec<Table>>>()?.into_iter().collect());
        }
        item.as_array_of_tables_mut()
    }

    /// Makes the tables of `[[wave]]` those of some rows, by position. Those that are too many go, and what is new stands behind
    /// the last.
    pub(super) fn set_tables(&mut self, path: &str, rows: &[Json]) {
        let many = self.tables(path).map_or(0, |tables| tables.len());
        (rows.len()..many).rev().for_each(|place| self.remove_table(path, place));
        rows.iter().enumerate().for_each(|(place, row)| self.set_table(path, place, row));
    }

    /// Makes the table at a position of `[[wave]]` that of a row; behind the last one it is a new one.
    pub(super) fn set_table(&mut self, path: &str, place: usize, row: &Json) {
        let (Some(tables), Some(row)) = (self.tables(path), row.as_object()) else { return };
        let place = place.min(tables.len());
        if place == tables.len() {
            tables.push(Table::new());
        }
        let Some(table) = tables.get_mut(place) else { return };
        let others: Vec<String> =
            table.iter().map(|(key, _)| key.to_owned()).filter(|key| !row.contains_key(key)).collect();
        others.iter().for_each(|key| set(table, key, &Json::Null));
        row.iter().for_each(|(key, value)| set(table, key, value));
    }

    /// Takes the table at a position of `[[wave]]` out; comments above it stay, unless it was the only one.
    pub(super) fn remove_table(&mut self, path: &str, place: usize) {
        let Some(tables) = self.tables(path).filter(|tables| place < tables.len()) else { return };
        let gone = tables.remove(place);
        let comment = gone.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
        if let Some(before) = place.checked_sub(1).and_then(|before| tables.get_mut(before)) {
            let key = before.iter().last().map(|(key, _)| key.to_owned()).unwrap_or_default();
            put_behind(before, &key, &comment);
        } else if let Some(after) = tables.get_mut(place).filter(|_| comment.contains('#')) {
            let own = after.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
            after.decor_mut().set_prefix(format!("{}{own}", comment.trim_end_matches('\n').to_owned() + "\n"));
        } else if tables.is_empty()
            && let Some((table, key)) = self.find(path)
        {
            table.remove(key);
        }
    }
}

/// Gives a key of a table a value. What stands around the value stays; a key that goes leaves its comments behind.
fn set(table: &mut dyn TableLike, key: &str, value: &Json) {
    let Some(mut new) = toml(value) else {
        let comment = table.key(key).and_then(|key| key.leaf_decor().prefix()?.as_str()).unwrap_or_default().to_owned();
        let before = table.iter().map(|(key, _)| key.to_owned()).take_while(|other| other != key).last();
        table.remove(key);
        put_behind(table, &before.unwrap_or_default(), &comment);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) if *old.to_string().trim() == *new.to_string() => {}
        Some(old) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => drop(table.insert(key, Item::Value(new))),
    }
}

/// Puts comments behind a key of a table, or before its first one.
fn put_behind(table: &mut dyn TableLike, key: &str, comment: &str) {
    if !comment.contains('#') {
        return;
    }
    let text = |raw: Option<&toml_edit::RawString>| raw.and_then(|raw| raw.as_str()).unwrap_or_default().to_owned();
    if let Some(value) = table.get_mut(key).and_then(Item::as_value_mut) {
        let own = text(value.decor().suffix());
        value.decor_mut().set_suffix(format!("{own}\n{}", comment.trim()));
        return;
    }
    let first = table.iter().next().map(|(key, _)| key.to_owned());
    if let Some(mut first) = first.and_then(|first| table.key_mut(&first)) {
        let own = text(first.leaf_decor().prefix());
        first.leaf_decor_mut().set_prefix(format!("{}\n{own}", comment.trim_end()));
    }
}

/// A value of JSON as one of TOML; null is none.
fn toml(value: &Json) -> Option<Value> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(value) => (*value).into(),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => whole.into(),
            None => number.as_f64()?.into(),
        },
        Json::String(text) => text.as_str().into(),
        Json::Array(list) => list.iter().filter_map(toml).collect::<Array>().into(),
        Json::Object(table) => {
            let entries = table.iter().filter_map(|(key, value)| Some((key.as_str(), toml(value)?)));
            entries.collect::<InlineTable>().into()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = "# First.\n[region]\nid = 'a'  # Short.\n# Of the notice.\nnotice = \"x\" # Long.\nname = \"A\"\n\n\
                        # Of waves.\n[[wave]]\ncode = \"1\" # One.\nyears_after = 0\n\n# Of the second.\n[[wave]]\n\
                        code = \"2\"\nyears_after = 3\n# Last.\n";

    fn edited(change: impl FnOnce(&mut Edit)) -> String {
        let mut edit = Edit::new(TEXT).unwrap();
        change(&mut edit);
        edit.text()
    }

    #[test]
    fn a_value_is_exchanged_and_all_around_it_stays() {
        assert_eq!(edited(|_| {}), TEXT);
        let id = edited(|edit| edit.set("region.id", &json!("b")));
        assert_eq!(id, TEXT.replace("id = 'a'", "id = \"b\""));
        let new = edited(|edit| edit.set("calendar.reminders", &json!(["04-11", "04-21"])));
        assert_eq!(
            new,
            TEXT.to_owned().replace("# Last.\n", "\n[calendar]\nreminders = [\"04-11\", \"04-21\"]\n# Last.\n")
        );
        assert_eq!(Edit::new(&TEXT.replace('\n', "\r\n")).unwrap().text(), TEXT.replace('\n', "\r\n"));
    }

    #[test]
    fn a_key_that_goes_leaves_its_comment() {
        let without = edited(|edit| edit.set("region.notice", &Json::Null));
        assert_eq!(without, TEXT.replace("notice = \"x\" # Long.\n", ""));
        let first = edited(|edit| edit.set("region.id", &Json::Null));
        assert_eq!(first, TEXT.replace("id = 'a'  # Short.\n", ""));
    }

    #[test]
    fn tables_become_those_of_the_rows() {
        let one = |code: &str, years: u16| json!({ "code": code, "years_after": years });
        let changed = edited(|edit| edit.set_tables("wave", &[one("1", 0), one("2", 4), one("x", 9)]));
        let added = "years_after = 4\n\n[[wave]]\ncode = \"x\"\nyears_after = 9\n";
        assert_eq!(changed, TEXT.replace("years_after = 3\n", added));
        let fewer = edited(|edit| edit.set_tables("wave", &[one("1", 0)]));
        let gone = "\n# Of the second.\n[[wave]]\ncode = \"2\"\nyears_after = 3\n";
        assert_eq!(fewer, TEXT.replace(gone, "# Of the second.\n"));
    }
}
