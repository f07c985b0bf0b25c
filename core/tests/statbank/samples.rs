//! The samples, cell by cell.

use crate::shared::{cells, codes, labels, notes, sample, table, table_with, told};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::statbank::{
    Age, Content, Format, Key, Level, Meaning, Options, Period, Role, Validity, read,
};

#[test]
fn csv_with_years_across() {
    let table = table(&sample("CONSTRUCTED_pxweb_csv_heading"));
    assert_eq!(table.format, Format::Matrix);
    assert_eq!(codes(&table, 0), ["3432", "5043", "5012"]);
    assert_eq!(labels(&table, 0), ["Lesja", "Raarvihke - Røyrvik", "Snillfjord"]);
    assert_eq!(table.dimensions[0].categories[2].validity, Validity { from: None, to: Some(2019) });
    assert_eq!(table.dimensions[1].categories[0].age(), Some(Age { from: 0, to: Some(5) }));
    assert_eq!(codes(&table, 2), ["2024", "2025"]);
    assert_eq!(table.measures[0].label, "Personer");
    assert_eq!(cells(&table), "95 .. 18 : . .");
    let expected = ["windows-1252", "separator", "figures", "code-and-label", "validity", "periods-across"];
    assert_eq!(notes(&table), expected);
}

#[test]
fn csv2_has_all_in_the_stub() {
    let table = table(&sample("CONSTRUCTED_pxweb_csv2"));
    assert_eq!((table.format, table.id.as_deref()), (Format::Long, Some("07459")));
    let roles: Vec<Role> = table.dimensions.iter().map(|dimension| dimension.role).collect();
    assert_eq!(roles, [Role::Region, Role::Age, Role::Time]);
    assert_eq!(table.measures.len(), 1);
    assert_eq!(table.value(&[0, 0, 0], 0).unwrap().number(), Some(95.0));
    assert_eq!(table.value(&[1, 0, 0], 0), None, "the file has no such row");
    assert_eq!(cells(&table), "95 .. :");
    assert!(notes(&table).contains(&"incomplete"));
}

#[test]
fn csv3_has_codes() {
    let table = table(&sample("CONSTRUCTED_pxweb_csv3"));
    assert_eq!(table.id.as_deref(), Some("07459"));
    let lesja = &table.dimensions[0].categories[0];
    assert_eq!((lesja.code.as_str(), lesja.written.as_str()), ("3432", "K-3432"));
    assert_eq!(lesja.meaning, Meaning::Region(Level::Municipality));
    assert_eq!(table.dimensions[1].categories[0].age(), Some(Age { from: 0, to: Some(5) }));
    assert_eq!(table.dimensions[2].categories[1].period(), Some(Period::Year(2025)));
    assert_eq!((table.measures[0].code.as_str(), cells(&table).as_str()), ("Personer1", "95 .."));
    assert!(notes(&table).contains(&"prefix"));
}

#[test]
fn a_ready_made_data_set_has_decimal_commas() {
    let table = table(&sample("CONSTRUCTED_ssb_ferdige"));
    assert_eq!(table.id.as_deref(), Some("06913"));
    let measures: Vec<&str> = table.measures.iter().map(|measure| measure.label.as_str()).collect();
    assert_eq!(measures, ["Folkemengde 1. januar", "Andel", "Nettoinnflytting"]);
    assert_eq!(cells(&table), "1983 1.5 -12 ..");
    assert!(notes(&table).contains(&"decimal-mark"));
}

#[test]
fn pxwebapi_2_has_code_and_label_in_one() {
    let table = table(&sample("pxwebapi_v2"));
    assert_eq!(codes(&table, 0), ["2021", "2025"]);
    assert_eq!(
        (codes(&table, 1), labels(&table, 1)),
        (vec!["01", "02"], vec!["Arbeiderpartiet", "Fremskrittspartiet"])
    );
    assert_eq!((codes(&table, 2), labels(&table, 2)), (vec!["3101"], vec!["Halden"]));
    assert_eq!(table.measures[0].code, "GodkjenteProsent");
    assert_eq!(cells(&table), "_ _ 31.1 27.2", "an empty cell is no zero");
}

#[test]
fn json_stat_2() {
    let table = table(&sample("jsonstat2_ssb_11118.json"));
    assert_eq!((table.format, table.id.as_deref()), (Format::JsonStat, Some("11118")));
    assert_eq!((table.source.as_str(), table.updated.as_str()), ("Statistisk sentralbyrå", "2024-01-10T07:00:00Z"));
    assert_eq!(table.footnotes.len(), 1);
    assert_eq!(codes(&table, 0).len(), 14);
    let units: Vec<(&str, Option<u8>)> =
        table.measures.iter().map(|measure| (measure.unit.as_str(), measure.decimals)).collect();
    assert_eq!(units, [("indeks", Some(1)), ("prosent", Some(1))]);
    // Energivarer: fifth pair of values but one.
    assert_eq!(table.value(&[5, 0], 0).unwrap().number(), Some(235.2));
    assert_eq!(table.value(&[5, 0], 1).unwrap().number(), Some(-7.0));
    assert_eq!(table.notes, []);
}

#[test]
fn px() {
    let table = table(&sample("px_file"));
    assert_eq!((table.format, table.id.as_deref()), (Format::Px, Some("TAB004")));
    assert_eq!((table.source.as_str(), table.updated.as_str()), ("Statistics Sweden", "20230525 15:42"));
    assert_eq!(table.dimensions[0].label, "sector");
    assert_eq!(codes(&table, 1), ["CO2"]);
    assert_eq!(table.dimensions[2].role, Role::Time);
    assert_eq!(table.measures[0].unit, "Device varies with the subject");
    assert_eq!(cells(&table), "445");
    assert_eq!(notes(&table), ["other-encoding"]);
}

#[test]
fn the_education_table_has_no_heading_over_its_stub() {
    let table = table(&sample("ssb_education"));
    assert_eq!(codes(&table, 0), ["0", "0101", "0118"]);
    assert_eq!(table.dimensions[0].role, Role::Region);
    assert_eq!(table.measures.len(), 10);
    assert_eq!(table.value(&[0], 0).unwrap().number(), Some(4_303_971.0));
    assert_eq!(table.value(&[1], 9).unwrap().number(), Some(27.2));
    assert_eq!(table.value(&[2], 5).unwrap().number(), Some(4.0));
}

#[test]
fn merged_headings_are_refused_until_somebody_gives_them() {
    let bytes = sample("ssb_html_table");
    let (read, told) = told(&bytes);
    assert!(!read && told[0].starts_with("heading-count | 2"), "{told:?}");
    let columns = ["region", "inn", "ut", "netto", "per 1000"].map(String::from).to_vec();
    let table = table_with(&bytes, &Options { columns, ..Options::default() });
    assert_eq!(
        cells(&table).split(' ').take(8).collect::<Vec<_>>(),
        ["210679", "210679", "-", "-", "2079", "1967", "112", "2"]
    );
    assert_eq!(table.dimensions[0].categories[1].level(), Some(Level::EconomicRegion));
}

#[test]
fn the_layout_of_workbooks() {
    let head = String::from_utf8(sample("ssb_statbank_xlsx_03321_layout")).unwrap();
    let tail = String::from_utf8(sample("ssb_statbank_xlsx_03321_footnotes")).unwrap();
    // The tail as the workbook has it: below a blank row, without the municipalities at its beginning.
    let tail: Vec<&str> = tail.lines().skip_while(|line| !line.starts_with("Under")).collect();
    let table = table(format!("{head},,\n{}\n", tail.join("\n")).as_bytes());
    assert_eq!(table.id.as_deref(), Some("03321"));
    let roles: Vec<Role> = table.dimensions.iter().map(|dimension| dimension.role).collect();
    assert_eq!(roles, [Role::Workplace, Role::Residence, Role::Time]);
    assert_eq!(codes(&table, 1), ["0101", "0104", "0105", "0106", "0111", "0118", "0119", "0121"]);
    assert_eq!(cells(&table), "9798 84 837 698 32 265 22 1");
    assert_eq!((table.updated.as_str(), table.source.as_str()), ("20180308 08:00", "Statistisk sentralbyrå"));
    assert_eq!(table.measures[0].unit, "personer");
    assert!(table.footnotes[0].starts_with("Under produksjonen"));
    assert!(notes(&table).contains(&"filled-down"));
}

#[test]
fn klass() {
    let read = |name: &str| read(name, &sample(name), &Options::default(), &mut Problems::new()).unwrap();
    let Content::Codes(list) = read("klass_codes") else { panic!() };
    let halden = &list.codes[1];
    assert_eq!((halden.code.as_str(), halden.parent.as_str(), halden.name.as_str()), ("0101", "03", "Halden"));
    assert_eq!((halden.validity.to, halden.notes.as_str()), (Some(2019), "842"));
    assert_eq!(list.codes[0].name, "Sentralitet: 1 (925-1000) - høy", "limits of an index are no years");
    assert_eq!(list.codes.last().unwrap().validity, Validity { from: Some(2006), to: None });
    let Content::Correspondence(list) = read("klass_correspondence_semicolon_iso8859-1_1236") else { panic!() };
    assert_eq!((list.pairs[0].source_name.as_str(), list.pairs[0].target_code.as_str()), ("FÆRDER KOMMUNE", "3811"));
    let Content::Correspondence(list) = read("klass_correspondence_semicolon_iso8859-1_128") else { panic!() };
    assert_eq!((list.pairs[0].source_code.as_str(), list.pairs[0].target_name.as_str()), ("0", "Trysil"));
}

#[test]
fn keys_and_figures_as_columns() {
    let table = table(&sample("CONSTRUCTED_pxweb_csv_heading"));
    let mut problems = Problems::new();
    let keys = [Key::Role(Role::Time), Key::Named("region")];
    let long = table.long(&keys, Some("Personer"), &mut problems).unwrap();
    assert_eq!((long.len(), long.category(2, 1).unwrap().code.as_str()), (6, "5043"));
    assert_eq!(long.value(2).unwrap().number(), Some(18.0));
    assert!(table.long(&[Key::Role(Role::Sex)], None, &mut problems).is_none());
    let codes: Vec<&str> = problems.list().iter().map(|problem| problem.what.code()).collect();
    assert_eq!(codes, ["no-dimension", "open-dimension", "open-dimension"]);
}
