//! Damaged exports: read rightly, or refused at the place, all problems at once.

use crate::shared::{cells, labels, notes, sample, table, told};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::statbank::{Options, read};
use bygdepuls_core::text::Lang;
use proptest::prelude::*;

const GOOD: &str = "\"region\",\"alder\",\"statistikkvariabel\",\"år\",\"07459: Befolkning,\"\n\
    \"3432 Lesja\",\"0-5 år\",\"Personer\",\"2024\",95\n\
    \"3432 Lesja\",\"0-5 år\",\"Personer\",\"2025\",96\n\
    \"5043 Raarvihke - Røyrvik\",\"0-5 år\",\"Personer\",\"2024\",18\n\
    \"5043 Raarvihke - Røyrvik\",\"0-5 år\",\"Personer\",\"2025\",:\n";

/// What is told of the good file with a part replaced.
fn with(from: &str, to: &str) -> (bool, Vec<String>) {
    assert!(GOOD.contains(from), "{from}");
    told(GOOD.replacen(from, to, 1).as_bytes())
}

fn refused(from: &str, to: &str) -> Vec<String> {
    let (read, told) = with(from, to);
    assert!(!read, "{to}");
    told
}

#[test]
fn the_good_file_is_good() {
    assert_eq!(told(GOOD.as_bytes()), (true, vec![]));
    assert_eq!(cells(&table(GOOD.as_bytes())), "95 96 18 :");
}

#[test]
fn wrong_encodings() {
    let twice: String = GOOD.bytes().map(char::from).collect();
    assert_eq!(told(twice.as_bytes()).1[0], "mojibake | 1 | Ã¥r");
    let mixed =
        [&GOOD.as_bytes()[..GOOD.len() - 1], b"\n\"5044 Namsskogan \xf8\",\"0-5 \xc3\xa5r\",\"Personer\",\"2024\",1\n"]
            .concat();
    assert_eq!(told(&mixed).1[0].split(" | ").take(2).collect::<Vec<_>>(), ["invalid-utf-8", "6"]);
    assert_eq!(refused("Røyrvik", "R\u{fffd}yrvik"), ["lost-letter | 4 | 5043 Raarvihke - R\u{fffd}yrvik"]);
    assert_eq!(refused("Røyrvik", "R?yrvik"), ["lost-letter | 4 | 5043 Raarvihke - R?yrvik"]);
    // The encodings of DOS (ø is 0x9b) and of old Macs (0xbf), read as Windows-1252.
    for byte in [0x9b_u8, 0xbf] {
        let bytes: Vec<u8> =
            GOOD.replace("år", "aar").chars().map(|letter| if letter == 'ø' { byte } else { letter as u8 }).collect();
        assert_eq!(told(&bytes).1[0].split(" | ").take(2).collect::<Vec<_>>(), ["odd-letter", "4"], "{byte}");
    }
    let utf16: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(told(&utf16).1, ["utf-16"]);
    // Sámi letters in a row are no damage.
    let names = GOOD.replace("Lesja", "Evenášši").replace("Raarvihke - Røyrvik", "Kárášjohka – Šuoššjávri");
    assert_eq!(labels(&table(names.as_bytes()), 0), ["Evenášši", "Kárášjohka – Šuoššjávri"]);
}

#[test]
fn what_is_no_text() {
    for (bytes, code) in [
        (&b"<!DOCTYPE html>\n<html><head><title>404 Not found</title></head></html>"[..], "web-page"),
        (b"\xef\xbb\xbf  <html><body>Feil</body></html>", "web-page"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "packed"),
        (b"PK\x03\x04\x14\x00\x00\x00\x00\x00table.csv", "packed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "no-text"),
        (b"%PDF-1.7\n\x00", "no-text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d\x01\x02\x03\x04\x05", "no-text"),
        (b"", "empty-file"),
        (b"\n \n", "empty-file"),
        (b"Ingen tabell her.\nBare tekst.\n", "no-table"),
    ] {
        let (read, told) = told(bytes);
        assert!(!read);
        assert_eq!(told[0].split(" | ").next().unwrap(), code, "{bytes:?}");
    }
}

#[test]
fn letters_in_numbers_are_all_told() {
    let damaged = GOOD.replace(",95\n", ",9S\n").replace(",18\n", ",#VERDI!\n");
    let expected = ["not-a-number | 2 | 07459: Befolkning, | 9S", "not-a-number | 4 | 07459: Befolkning, | #VERDI!"];
    assert_eq!(told(damaged.as_bytes()).1, expected);
    assert_eq!(refused(",95\n", ",1e3\n"), ["not-a-number | 2 | 07459: Befolkning, | 1e3"]);
    assert_eq!(refused(",95\n", ",12 34\n"), ["not-a-number | 2 | 07459: Befolkning, | 12 34"]);
    assert_eq!(refused(",95\n", ",x\n"), ["not-a-number | 2 | 07459: Befolkning, | x"]);
}

#[test]
fn symbols_in_columns_of_numbers_are_kept() {
    let damaged = GOOD.replace(",95\n", ",.\n").replace(",96\n", ",…\n").replace(",18\n", ",-\n");
    assert_eq!(cells(&table(damaged.as_bytes())), ". ... - :");
    let all = GOOD.replace(",95\n", ",..\n").replace(",96\n", ",..\n").replace(",18\n", ",..\n");
    assert_eq!(cells(&table(all.as_bytes())), ".. .. .. :");
    let quoted = GOOD.replace(",95\n", ",\".\"\n").replace(",96\n", ",\"..\"\n").replace(",18\n", ",\"-\"\n");
    assert_eq!(cells(&table(quoted.as_bytes())), ". .. - :");
    let dash = GOOD.replace(",95\n", ",–\n");
    assert!(notes(&table(dash.as_bytes())).contains(&"dash"));
}

#[test]
fn marks_are_never_guessed() {
    assert_eq!(refused(",95\n", ",\"1.234\"\n"), ["ambiguous-number | 2 | 07459: Befolkning, | 1.234"]);
    assert_eq!(refused(",95\n", ",\"1,234\"\n"), ["ambiguous-number | 2 | 07459: Befolkning, | 1,234"]);
    let mixed = GOOD.replace(",95\n", ",\"1,5\"\n").replace(",96\n", ",\"2,5\"\n").replace(",18\n", ",3.5\n");
    assert_eq!(told(mixed.as_bytes()).1, ["mixed-decimal-marks | 4 | 07459: Befolkning, | 3.5"]);
    let decimals = GOOD.replace(",95\n", ",\"1,234\"\n").replace(",96\n", ",\"2,5\"\n");
    let table = table(decimals.as_bytes());
    assert_eq!(cells(&table), "1.234 2.5 18 :");
    assert!(notes(&table).contains(&"read-as-decimal"));
    // A decimal comma that nobody quoted makes one field more.
    assert_eq!(refused(",95\n", ",9,5\n")[0], "too-many-fields | 2 | 3432 Lesja 0-5 år Personer 2024 9 5");
}

#[test]
fn headings_that_are_missing_or_shifted() {
    let header = GOOD.lines().next().unwrap();
    assert_eq!(refused(&format!("{header}\n"), ""), ["no-headings | 1 | 1 | 3432 Lesja"]);
    assert_eq!(told(b"3401,2005,0,156\n3401,2006,1,183\n3403,2006,1,184\n").1, ["no-headings | 1"]);
    let shifted = "\"07459: Befolkning,\",\"region\",\"alder\",\"statistikkvariabel\",\"år\"";
    let told = refused(header, shifted);
    assert!(
        told.iter().all(|told| told.starts_with("heading-does-not-fit | 2") || told.starts_with("no-figures | 1")),
        "{told:?}"
    );
    let shifted = "\"alder\",\"statistikkvariabel\",\"år\",\"07459: Befolkning,\",\"region\"";
    assert!(!refused(header, shifted).is_empty());
    let swapped = "\"region\",\"år\",\"statistikkvariabel\",\"alder\",\"07459: Befolkning,\"";
    assert_eq!(refused(header, swapped)[0], "heading-does-not-fit | 2 | år | 0-5 år");
    let fewer = "\"region\",\"alder\",\"statistikkvariabel\",\"år\"";
    assert_eq!(refused(header, fewer)[0], "heading-count | 1");
    let more = "\"\",\"region\",\"alder\",\"statistikkvariabel\",\"år\",\"07459: Befolkning,\"";
    assert_eq!(refused(header, more)[0], "heading-count | 1");
    assert_eq!(refused("\"alder\"", "\"region\""), ["double-heading | 1 | region"]);
    assert_eq!(
        refused("\"alder\"", "\"\""),
        ["?empty-header | 1 | 2"; 1].map(|one| one.trim_start_matches('?').to_owned())
    );
    let again = GOOD.replace(
        "\"5043 Raarvihke - Røyrvik\",\"0-5 år\",\"Personer\",\"2024\"",
        &format!("{header}\n\"5043 Raarvihke - Røyrvik\",\"0-5 år\",\"Personer\",\"2024\""),
    );
    assert_eq!(crate::shared::told(again.as_bytes()).1, ["repeated-header | 4"]);
    let matrix = String::from_utf8_lossy(&sample("CONSTRUCTED_pxweb_csv_heading"))
        .replace('\u{fffd}', "ø")
        .replace("2025", "2024");
    assert_eq!(crate::shared::told(matrix.as_bytes()).1, ["double-heading | 1 | Personer 2024"]);
}

#[test]
fn rows_that_are_shifted() {
    let (lesja, child) = ("\"3432 Lesja\",\"0-5 år\"", "\"0-5 år\",\"3432 Lesja\"");
    assert_eq!(
        refused(lesja, child)[..2],
        ["out-of-place | 2 | region | 0-5 år", "out-of-place | 2 | alder | 3432 Lesja"]
    );
    let csv = "\"region\",\"alder\",\"Personer 2024\",\"Personer 2025\"\n\"3432 Lesja\",\"0-5 år\",95,96\n\
        \"5043 X\",18,19,\n\"5044 Y\",\"0-5 år\",1,2\n";
    assert_eq!(told(csv.as_bytes()), (false, vec!["out-of-place | 3 | alder | 18".into()]));
}

#[test]
fn zeros_that_a_spreadsheet_took_off() {
    let table = table(b"kommunenr;year;total\n301;2024;5\n1101;2024;6\n");
    assert_eq!(crate::shared::codes(&table, 0), ["0301", "1101"]);
    assert!(notes(&table).contains(&"leading-zero"));
}

#[test]
fn footnotes_at_the_end() {
    for tail in [
        "\nFotnote: tall er avrundet, summen kan avvike, se om statistikken.\n",
        "\"Tallene er avrundet.\"\n",
        "Kilde: Statistisk sentralbyrå\nSiste oppdatering: 20240221\n",
        "\n\n1) Foreløpige tall.\n:,Tall kan ikke offentliggjøres\n",
        "* Foreløpige tall\n",
        ",,,,\nKilde: SSB,,,,\n",
        "Foreløpige tall,,,,\n",
        ".,Tall kan ikke forekomme\n:,Tall kan ikke offentliggjøres\n",
    ] {
        let (read, told) = told(format!("{GOOD}{tail}").as_bytes());
        assert!(read && told.is_empty(), "{tail:?}: {told:?}");
        let table = table(format!("{GOOD}{tail}").as_bytes());
        assert_eq!(cells(&table), "95 96 18 :", "{tail:?}");
        assert!(!table.footnotes.is_empty() || !table.source.is_empty(), "{tail:?}");
    }
    let between = GOOD.replace(
        "\"5043 Raarvihke - Røyrvik\",\"0-5 år\",\"Personer\",\"2024\"",
        "Fotnote midt i\n\"5043 Raarvihke - Røyrvik\",\"0-5 år\",\"Personer\",\"2024\"",
    );
    assert_eq!(told(between.as_bytes()).1, ["too-few-fields | 4 | Fotnote midt i"]);
}

#[test]
fn cut_files_are_told() {
    // Cut anywhere, a file is refused or told to be without a line end, or to lack its last cells; but one whole record is
    // a whole table of one cell, and two of one region are a whole table of it.
    let whole: Vec<usize> = GOOD.match_indices('\n').map(|(at, _)| at + 1).skip(1).take(2).collect();
    let letters: Vec<usize> = GOOD.char_indices().map(|(at, _)| at).filter(|at| !whole.contains(at)).collect();
    for end in letters {
        let (read, told) = told(&GOOD.as_bytes()[..end]);
        assert!(!read || !told.is_empty(), "{:?}", &GOOD[..end]);
    }
    let cut = &GOOD[..GOOD.len() - 30];
    assert_eq!(told(cut.as_bytes()).1.last().unwrap().split(" | ").next().unwrap(), "cut-off");
    let lines: Vec<&str> = GOOD.lines().collect();
    assert_eq!(told((lines[..4].join("\n") + "\n").as_bytes()).1, ["?cut-table | 4"]);
    assert!(told(lines[..4].join("\n").as_bytes()).1.contains(&"cut-table | 4".to_owned()));
}

#[test]
fn rows_that_are_there_twice() {
    let row = "\"3432 Lesja\",\"0-5 år\",\"Personer\",\"2024\",95\n";
    let twice = GOOD.replacen(row, &format!("{row}{row}"), 1);
    assert_eq!(told(twice.as_bytes()), (true, vec!["?repeated-cell | 3".into()]));
    let across = "region,Personer 2024,Personer 2025\n3432 Lesja,95,96\n3432 Lesja,95,96\n";
    assert_eq!(told(across.as_bytes()), (true, vec!["?repeated-cell | 3".into()]));
    let other = GOOD.replacen(row, &format!("{row}{}", row.replace("95", "59")), 1);
    assert_eq!(told(other.as_bytes()), (false, vec!["double-cell | 3 | 59".into()]));
    // One code under two names is not two regions.
    assert_eq!(refused("\"3432 Lesja\"", "\"3432 Lesje\""), ["double-category | 3 | region | 3432 Lesja Lesja"]);
}

#[test]
fn periods_and_categories_that_are_none() {
    assert_eq!(refused("\"2025\"", "\"20255\""), ["not-a-period | 3 | år | 20255"]);
    assert_eq!(refused("\"0-5 år\"", "\"\""), ["no-category | 2 | alder"]);
}

/// Every message in every language says something.
fn check(bytes: &[u8]) {
    let mut problems = Problems::new();
    let content = read("f", bytes, &Options::default(), &mut problems);
    assert_eq!(content.is_some(), problems.errors() == 0);
    for problem in problems.list() {
        for lang in Lang::ALL {
            let words = [Some(problem.what.message(lang)), problem.what.expected(lang), problem.what.help(lang)];
            assert!(words.into_iter().flatten().all(|words| !words.is_empty()));
        }
    }
    if let Some(content) = content {
        assert!(!content.csv().is_empty());
        assert!(content.json(Lang::En).is_object());
    }
}

#[test]
fn every_sample_with_one_byte_spoilt() {
    for name in ["CONSTRUCTED_pxweb_csv2", "CONSTRUCTED_pxweb_csv_h", "px_file", "jsonstat2", "klass_codes", "ssb_edu"]
    {
        let whole = sample(name);
        for at in (0..whole.len()).step_by(whole.len() / 40 + 1) {
            for byte in [b'"', b',', b'\n', b'(', 0, 0xff, b'9'] {
                let mut spoilt = whole.clone();
                spoilt[at] = byte;
                check(&spoilt);
            }
            check(&whole[..at]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes: Vec<u8>) {
        check(&bytes);
    }

    /// Text that comes near to a table.
    #[test]
    fn any_table(text in "([\",;|\t\n .:0-9a-zå-]|region|år|2024|3432 Lesja|Menn|\\.\\.|\n){0,80}") {
        check(text.as_bytes());
    }

    /// Text that comes near to a PC-Axis file or JSON.
    #[test]
    fn any_px(text in "(STUB|DATA|VALUES|CODES|HEADING|=|;|\"|,|\\(|\\)|\\[|\\]|\"a\"|1|\n| ){0,60}") {
        check(format!("STUB=\"a\";{text}").as_bytes());
        check(text.replace('(', "{").replace(')', "}").replace(';', ":").as_bytes());
    }
}
