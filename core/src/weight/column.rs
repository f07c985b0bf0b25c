//! A column more for a CSV file, the rest of it byte for byte as it was.

use crate::read::encoding::encode_windows_1252;
use crate::read::head::{Head, clean};
use crate::read::scan::first_record;

/// The file with one column more, at the right: its name after the header, and a value after each record. `None` when
/// there are not as many values as records; a file with flawed records has been refused before.
///
/// Line ends, quotes, empty lines, the encoding mark and whatever stands before the header stay as they are; a last line
/// without a line end gets none. The name is written in the encoding of the file.
///
/// ```
/// use bygdepuls_core::{problem::Problems, read::Head, weight::column::append};
/// let file = b"a;b\r\n1;\"x\ny\"\r\n\r\n2;z";
/// let head = Head::find("f", file, true, &mut Problems::new()).unwrap();
/// let more = append(file, &head, "w", &["1.5".into(), "2".into()]).unwrap();
/// assert_eq!(more, b"a;b;w\r\n1;\"x\ny\";1.5\r\n\r\n2;z;2");
/// ```
#[must_use]
pub fn append(bytes: &[u8], head: &Head, name: &str, values: &[String]) -> Option<Vec<u8>> {
    let delimiter = head.layout.delimiter;
    // Places are looked for without zero bytes, as records are, and then found again among them.
    let (cleaned, zero) = clean(bytes);
    let start = if zero.is_some() { bytes[..head.start].iter().filter(|byte| **byte != 0).count() } else { head.start };
    let mut ends = vec![content(&cleaned[..start])];
    let mut from = start;
    while from < cleaned.len() {
        let length = first_record(&cleaned[from..], delimiter);
        let end = content(&cleaned[from..from + length]);
        // A line with nothing on it is no record.
        if end > 0 {
            ends.push(from + end);
        }
        from += length;
    }
    if ends.len() != values.len() + 1 {
        return None;
    }
    if zero.is_some() {
        let mut wanted = ends.iter_mut().peekable();
        let kept = bytes.iter().enumerate().filter(|(_, byte)| **byte != 0);
        for (seen, (place, _)) in kept.enumerate() {
            if let Some(end) = wanted.next_if(|end| **end == seen) {
                *end = place;
            }
        }
        wanted.for_each(|end| *end = bytes.len());
    }
    let name = match std::str::from_utf8(bytes) {
        Err(_) if !name.is_ascii() => encode_windows_1252(name)?,
        _ => name.as_bytes().to_vec(),
    };
    let fields = std::iter::once(name).chain(values.iter().map(|value| value.as_bytes().to_vec()));
    let mut more = Vec::with_capacity(bytes.len() + 12 * ends.len());
    let mut from = 0;
    for (end, field) in ends.into_iter().zip(fields) {
        more.extend_from_slice(&bytes[from..end]);
        more.push(delimiter);
        push_field(&mut more, &field, delimiter);
        from = end;
    }
    more.extend_from_slice(&bytes[from..]);
    Some(more)
}

/// How long a record is without its line end.
fn content(record: &[u8]) -> usize {
    let record = record.strip_suffix(b"\n").unwrap_or(record);
    record.strip_suffix(b"\r").unwrap_or(record).len()
}

/// A field, in quotes where it needs them.
fn push_field(to: &mut Vec<u8>, field: &[u8], delimiter: u8) {
    if !field.iter().any(|byte| *byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r')) {
        to.extend_from_slice(field);
        return;
    }
    to.push(b'"');
    for byte in field {
        to.extend(std::iter::repeat_n(*byte, if *byte == b'"' { 2 } else { 1 }));
    }
    to.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problems;
    use proptest::prelude::*;

    fn appended(file: &[u8], name: &str, values: &[&str]) -> Option<Vec<u8>> {
        let head = Head::find("f", file, true, &mut Problems::new())?;
        append(file, &head, name, &values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn everything_else_stays() {
        let cases: [(&[u8], &[u8]); 7] = [
            (b"a,b\n1,2\n3,4", b"a,b,w\n1,2,7\n3,4,8"),
            (b"\xef\xbb\xbfsep=;\r\na;b\r\n1;2\r\n3;\r\n", b"\xef\xbb\xbfsep=;\r\na;b;w\r\n1;2;7\r\n3;;8\r\n"),
            (b"\n\na\tb\n\n1\t\"2\n\"\"\"\n\r\n\"\"\t4\n\n", b"\n\na\tb\tw\n\n1\t\"2\n\"\"\"\t7\n\r\n\"\"\t4\t8\n\n"),
            (b"a,b\n1,5\"\n3,x\n", b"a,b,w\n1,5\",7\n3,x,8\n"),
            (b"a\n1\n2\n", b"a,w\n1,7\n2,8\n"),
            (b"name,b\0\n1,2\0\n\x003,\0\n", b"name,b\0,w\n1,2\0,7\n\x003,\0,8\n"),
            (b"\"a\n\",b\n1,2\n3,4\0", b"\"a\n\",b,w\n1,2,7\n3,4\0,8"),
        ];
        for (file, expected) in cases {
            let found = appended(file, "w", &["7", "8"]).unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(file)));
            assert_eq!(String::from_utf8_lossy(&found), String::from_utf8_lossy(expected));
        }
        assert_eq!(appended(b"a,b\n1,2\n", "w", &["7", "8"]), None, "one value too many");
    }

    #[test]
    fn names_are_quoted_and_encoded_where_they_have_to_be() {
        assert_eq!(appended(b"a,b\n", "v,\"w\"", &[]).unwrap(), b"a,b,\"v,\"\"w\"\"\"\n");
        assert_eq!(appended(b"\xe5,b\n", "m\u{e5}l", &[]).unwrap(), b"\xe5,b,m\xe5l\n");
        assert_eq!(appended("å,b\n".as_bytes(), "mål", &[]).unwrap(), "å,b,mål\n".as_bytes());
    }

    proptest! {
        /// What is added can be read again, and taken out again gives the file.
        #[test]
        fn a_reader_finds_the_same_records(fields in prop::collection::vec("[a-z,\"\n\r]{0,4}", 2..12), crlf: bool, ends: bool) {
            let end = if crlf { "\r\n" } else { "\n" };
            let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
            let mut builder = csv::WriterBuilder::new();
            let mut writer = builder.quote_style(csv::QuoteStyle::Always).terminator(terminator).from_writer(Vec::new());
            writer.write_record(["one", "two"]).unwrap();
            let records: Vec<_> = fields.chunks_exact(2).collect();
            records.iter().for_each(|record| writer.write_record(*record).unwrap());
            let mut file = writer.into_inner().unwrap();
            if !ends {
                file.truncate(file.len() - end.len());
            }
            let values: Vec<String> = (0..records.len()).map(|row| row.to_string()).collect();
            let head = Head::find("f", &file, true, &mut Problems::new()).unwrap();
            let more = append(&file, &head, "w", &values).unwrap();
            let mut reader = csv::Reader::from_reader(&more[..]);
            let read: Vec<_> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(read.len(), records.len());
            for ((read, record), value) in read.iter().zip(records).zip(&values) {
                prop_assert_eq!(read.iter().collect::<Vec<_>>(), [&*record[0], &*record[1], &**value]);
            }
        }
    }
}
