//! Where a text is not what it should be, word by word.

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// One place where a text differs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// The line, from 1.
    pub(super) line: usize,
    /// The column in it, in letters, from 1.
    pub(super) column: usize,
    /// What stands there and should not.
    pub(super) added: String,
    /// What should stand there and does not.
    pub(super) removed: String,
    /// What stands around it, from one mark of markup or end of a line to the next.
    pub(super) around: String,
}

impl Difference {
    /// The line in which what stands there ends.
    pub(super) fn last_line(&self) -> usize {
        self.line + self.added.matches('\n').count()
    }
}

/// Longer texts than this many words, once their common ends are taken off, are not compared word by word.
const WORDS: usize = 5_000;

/// Places with fewer equal words between them than this are one.
const NEAR: usize = 3;

/// All differences; none where the texts have less than half of their words in common: they are then two texts, not one
/// that was changed.
pub(super) fn differences(found: &str, wanted: &str) -> Option<Vec<Difference>> {
    let (new, old) = (words(found), words(wanted));
    let head = new.iter().zip(&old).take_while(|(new, old)| new == old).count();
    let tail = new[head..].iter().rev().zip(old[head..].iter().rev()).take_while(|(new, old)| new == old).count();
    let (new_end, old_end) = (new.len() - tail, old.len() - tail);
    let (middle, meant) = (&new[head..new_end], &old[head..old_end]);
    // Each one: where it begins and ends in the new words, and in the old.
    let mut places: Vec<[usize; 4]> = Vec::new();
    if middle.len().max(meant.len()) > WORDS {
        places.push([head, new_end, head, old_end]);
    } else {
        for operation in capture_diff_slices(Algorithm::Myers, meant, middle) {
            let (tag, of_old, of_new) = operation.as_tag_tuple();
            let place = [head + of_new.start, head + of_new.end, head + of_old.start, head + of_old.end];
            match places.last_mut() {
                _ if tag == DiffTag::Equal => {}
                Some(last) if place[0] - last[1] < NEAR => (last[1], last[3]) = (place[1], place[3]),
                _ => places.push(place),
            }
        }
    }
    let changed: usize = places.iter().map(|place| place[3] - place[2]).sum();
    if 2 * changed > old.len() {
        return None;
    }
    let start: Vec<usize> = new
        .iter()
        .scan(0, |at, word| {
            *at += word.len();
            Some(*at)
        })
        .collect();
    let byte = |word: usize| if word == 0 { 0 } else { start[word - 1] };
    let difference = |place: &[usize; 4]| {
        let (from, to) = (byte(place[0]), byte(place[1]));
        let line_start = found[..from].rfind('\n').map_or(0, |at| at + 1);
        let mark = ['<', '>', '"', '\n'];
        let open = found[..from].rfind(mark).map_or(0, |at| at + 1);
        let close = found[to..].find(mark).map_or(found.len(), |at| to + at);
        Difference {
            line: found[..from].matches('\n').count() + 1,
            column: found[line_start..from].chars().count() + 1,
            added: found[from..to].to_owned(),
            removed: old[place[2]..place[3]].concat(),
            around: found[open..close].to_owned(),
        }
    };
    Some(places.iter().map(difference).collect())
}

/// Words and numbers whole, everything else letter by letter.
fn words(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()).max(first.len_utf8());
        let (word, after) = rest.split_at(length);
        all.push(word);
        rest = after;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(found: &str, wanted: &str) -> Vec<(usize, usize, String, String)> {
        let all = differences(found, wanted).unwrap();
        all.into_iter().map(|one| (one.line, one.column, one.added, one.removed)).collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(words("<b>Åse 18.2%"), ["<", "b", ">", "Åse", " ", "18", ".", "2", "%"]);
        assert!(words("").is_empty());
    }

    #[test]
    fn places_in_lines_and_columns() {
        let wanted = "one two three\nfour five six\nseven eight nine ten eleven twelve thirteen";
        assert_eq!(of(wanted, wanted), []);
        let found = wanted.replace("five", "5 of 11").replace("twelve ", "");
        assert_eq!(
            of(&found, wanted),
            [(2, 6, "5 of 11".into(), "five".into()), (3, 28, String::new(), " twelve".into())]
        );
        assert_eq!(of(&format!("{wanted}\n"), wanted), [(3, 44, "\n".into(), String::new())]);
    }

    #[test]
    fn what_stands_around() {
        let wanted = "<p class=\"a\">one two</p><p>three four five six</p>";
        let found = wanted.replace("two", "two 11");
        assert_eq!(differences(&found, wanted).unwrap()[0].around, "one two 11");
    }

    #[test]
    fn another_text_is_not_a_changed_one() {
        assert_eq!(differences("a b c d", "w x y z q r"), None);
        assert!(differences("", "").unwrap().is_empty());
    }
}
