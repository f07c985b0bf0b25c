//! Forms of which there is no sample, written from their descriptions.

use crate::shared::{cells, codes, labels, notes, table, table_with, told};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::DecimalMark;
use bygdepuls_core::read::statbank::{Age, Format, Key, Level, Meaning, Options, Period, Role};
use bygdepuls_core::register::Sex;

#[test]
fn the_same_table_in_every_separator_and_encoding() {
    let lines = [
        ["region", "kjønn", "alder", "år", "Personer"],
        ["0301 Oslo", "Menn", "15 år", "2024", "3210"],
        ["5043 Raarvihke - Røyrvik", "Kvinner", "105 år eller eldre", "2024", "-"],
    ];
    for separator in [",", ";", "\t", "|"] {
        for quote in ["", "\""] {
            for end in ["\n", "\r\n", "\r"] {
                let row = |row: &[&str; 5]| {
                    let cells = row.iter().enumerate();
                    let cells: Vec<String> = cells
                        .map(|(at, cell)| if at < 4 { format!("{quote}{cell}{quote}") } else { (*cell).into() })
                        .collect();
                    cells.join(separator) + end
                };
                let text: String = lines.iter().map(row).collect();
                let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
                let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
                for bytes in [text.as_bytes(), &latin, &marked] {
                    let table = table(bytes);
                    assert_eq!(labels(&table, 0), ["Oslo", "Raarvihke - Røyrvik"], "{text:?}");
                    assert_eq!(cells(&table), "3210 -", "{text:?}");
                    assert_eq!(table.dimensions[2].categories[1].age(), Some(Age { from: 105, to: None }));
                }
            }
        }
    }
}

#[test]
fn measure_sex_and_year_in_one_heading() {
    let csv = "\"07459: Befolkning, etter region, kjønn, statistikkvariabel og år\"\n\n\
        \"region\",\"Personer Menn 2024\",\"Personer Menn 2025\",\"Personer Kvinner 2024\",\"Personer Kvinner 2025\"\n\
        \"3432 Lesja\",47,45*,48,..\n";
    let table = table(csv.as_bytes());
    assert_eq!((table.id.as_deref(), table.dimensions[1].label.as_str()), (Some("07459"), "kjønn"));
    assert_eq!((codes(&table, 1), codes(&table, 2)), (vec!["Menn", "Kvinner"], vec!["2024", "2025"]));
    assert_eq!(table.measures.len(), 1);
    assert_eq!(cells(&table), "47 45* 48 ..");
    let mut problems = Problems::new();
    let long = table.long(&[Key::Role(Role::Sex), Key::Role(Role::Time)], None, &mut problems).unwrap();
    assert_eq!(long.category(2, 0).unwrap().meaning, bygdepuls_core::read::statbank::Meaning::Sex(Some(Sex::Female)));
}

/// What PxWebApi 2 writes with `UseCodesAndTexts`, and the StatBank's own downloads of today.
#[test]
fn codes_and_texts_together() {
    let matrix = "\"Region - region\",\"Kjonn - kjønn\",\"Alder - alder\",\"Personer1 - Personer 2024 - 2024\",\
        \"Personer1 - Personer 2025 - 2025\"\n\
        \"K-5043 - Raarvihke - Røyrvik\",\"2 - Kvinner\",\"015 - 15 år\",3,4\n\
        \"K-3401 - Kongsvinger\",\"1 - Menn\",\"105+ - 105 år eller eldre\",5,..\n";
    let long = "\"Region - region\",\"Kjonn - kjønn\",\"Alder - alder\",\"ContentsCode - statistikkvariabel\",\"Tid - år\",\
        \"07459: Befolkning\"\n\
        \"K-5043 - Raarvihke - Røyrvik\",\"2 - Kvinner\",\"015 - 15 år\",\"Personer1 - Personer\",\"2024 - 2024\",3\n\
        \"K-5043 - Raarvihke - Røyrvik\",\"2 - Kvinner\",\"015 - 15 år\",\"Personer1 - Personer\",\"2025 - 2025\",4\n\
        \"K-3401 - Kongsvinger\",\"1 - Menn\",\"105+ - 105 år eller eldre\",\"Personer1 - Personer\",\"2024 - 2024\",5\n\
        \"K-3401 - Kongsvinger\",\"1 - Menn\",\"105+ - 105 år eller eldre\",\"Personer1 - Personer\",\"2025 - 2025\",..\n";
    for csv in [matrix, long] {
        let table = table(csv.as_bytes());
        assert_eq!((table.dimensions[0].id.as_str(), table.dimensions[0].label.as_str()), ("Region", "region"));
        assert_eq!(
            (codes(&table, 0), labels(&table, 0)),
            (vec!["5043", "3401"], vec!["Raarvihke - Røyrvik", "Kongsvinger"])
        );
        let sexes: Vec<_> = table.dimensions[1].categories.iter().map(|category| category.meaning).collect();
        assert_eq!(sexes, [Meaning::Sex(Some(Sex::Female)), Meaning::Sex(Some(Sex::Male))]);
        assert_eq!(table.dimensions[2].categories[0].age(), Some(Age { from: 15, to: Some(15) }));
        assert_eq!(codes(&table, 3), ["2024", "2025"]);
        assert_eq!((table.measures[0].code.as_str(), table.measures[0].label.as_str()), ("Personer1", "Personer"));
        assert_eq!(cells(&table), "3 4 5 ..");
        assert!(notes(&table).contains(&"code-and-label"), "{:?}", table.notes);
    }
    // Without a dash, as the first version of PxWebApi 2 wrote them.
    let csv = "region,kjønn,alder,Personer 2025\n3401 Kongsvinger,2 Kvinner,015 15 år,3\n3401 Kongsvinger,1 Menn,016 16 år,4\n";
    let table = table(csv.as_bytes());
    assert_eq!((codes(&table, 1), codes(&table, 2)), (vec!["2", "1"], vec!["015", "016"]));
    assert_eq!(table.dimensions[2].categories[1].age().and_then(Age::single), Some(16));
    // Code and text that contradict each other are no age.
    let csv = "region,alder,Personer 2025\n3401 Kongsvinger,015 16 år,3\n";
    assert_eq!(told(csv.as_bytes()).1, ["heading-does-not-fit | 2 | alder | 015 16 år"]);
}

#[test]
fn several_rows_of_headings() {
    let csv = "\"07459: Befolkning, etter region, statistikkvariabel og år\"\n\"\",\"Personer\",\"\",\"Andel\",\"\"\n\
        \"\",\"2024\",\"2025\",\"2024\",\"2025\"\n\"3432 Lesja\",95,96,1.5,1.25\n";
    let table = table(csv.as_bytes());
    assert_eq!(table.dimensions[0].id, "region");
    let measures: Vec<&str> = table.measures.iter().map(|measure| measure.label.as_str()).collect();
    assert_eq!((measures, codes(&table, 1)), (vec!["Personer", "Andel"], vec!["2024", "2025"]));
    assert_eq!(cells(&table), "95 1.5 96 1.25");
}

#[test]
fn periods_alone_across_take_the_measure_of_the_title() {
    let csv = "07459: Befolkning, etter region og kvartal\n\nregion;2024K1;2024K2\n3432 Lesja;1 983;1 990\n34 Innlandet;:;.\n\
        Hele landet;5 550 203;...\n\nKilde: Statistisk sentralbyrå\nSiste oppdatering: 20240521 08:00\n";
    let table = table(csv.as_bytes());
    assert_eq!(table.measures[0].label, "Befolkning");
    assert_eq!(table.dimensions[1].categories[1].period(), Some(Period::Quarter(2024, 2)));
    assert_eq!(codes(&table, 0), ["3432", "34", "0"]);
    let levels: Vec<_> = table.dimensions[0].categories.iter().map(|category| category.level().unwrap()).collect();
    assert_eq!(levels, [Level::Municipality, Level::County, Level::Nation]);
    assert_eq!(cells(&table), "1983 1990 : . 5550203 ...");
    assert_eq!((table.source.as_str(), table.updated.as_str()), ("Statistisk sentralbyrå", "20240521 08:00"));
    for note in ["unnamed-measure", "nation", "thousands-space"] {
        assert!(notes(&table).contains(&note), "{note}");
    }
}

#[test]
fn a_table_of_columns_as_our_own_registers_have_them() {
    let csv = "kommunenr,year,age,total,female,male\n3401,2005,0,156,72,84\n3401,2005,1,183,87,96\n";
    let table = table(csv.as_bytes());
    assert_eq!(table.dimensions[2].categories[1].age().unwrap().single(), Some(1));
    assert_eq!(cells(&table), "156 72 84 183 87 96");
    assert_eq!(table.value(&[0, 0, 1], 2).unwrap().number(), Some(96.0));
}

#[test]
fn symbols_in_a_column_of_their_own() {
    let csv = "region,Tid,value,status\n3401,2024,12,\n3402,2024,,:\n3403,2024,7,*\n3405,2024,0,-\n";
    assert_eq!(cells(&table(csv.as_bytes())), "12 : 7* -");
    let wrong = csv.replace("7,*", "7,:");
    assert_eq!(told(wrong.as_bytes()).1, ["not-a-number | 4 | value | 7:"]);
}

#[test]
fn a_title_whose_commas_are_not_quoted() {
    let csv = "07459: Befolkning, etter region, alder, statistikkvariabel og år\n\nregion,alder,Personer 2024,Personer 2025\n\
        3432 Lesja,0-5 år,95,96\n";
    let table = table(csv.as_bytes());
    assert_eq!((table.id.as_deref(), cells(&table).as_str()), (Some("07459"), "95 96"));
}

#[test]
fn a_row_of_units_below_the_headings() {
    let table = table(b"region;year;Personer\n;;antall\n3432 Lesja;2024;95\n");
    assert_eq!((table.measures[0].label.as_str(), cells(&table).as_str()), ("Personer", "95"));
}

#[test]
fn the_given_decimal_mark_decides() {
    let csv = "region;år;Personer\n3432 Lesja;2024;1.983\n";
    let decimal = |decimal| table_with(csv.as_bytes(), &Options { decimal: Some(decimal), ..Options::default() });
    assert_eq!(cells(&decimal(DecimalMark::Comma)), "1983");
    assert_eq!(cells(&decimal(DecimalMark::Point)), "1.983");
}

#[test]
fn json_stat_sparse_with_status() {
    let json = r#"{"class":"dataset","version":"2.0","label":"07459: Befolkning","id":["Region","Tid"],"size":[2,3],
        "role":{"geo":["Region"],"time":["Tid"]},"dimension":{
        "Region":{"label":"region","category":{"index":["K-3432","0"],"label":{"K-3432":"Lesja","0":"Hele landet"}}},
        "Tid":{"label":"år","category":{"index":{"2025":1,"2024":0,"2026":2}}}},
        "value":{"0":95,"1":0,"4":12.5},"status":{"1":"-","2":"..","3":":","4":"*"}}"#;
    let table = table(json.as_bytes());
    assert_eq!((codes(&table, 0), codes(&table, 1)), (vec!["3432", "0"], vec!["2024", "2025", "2026"]));
    assert_eq!(cells(&table), "95 - .. : 12.5*");
    assert_eq!(table.value(&[1, 2], 0), None);
    assert_eq!(notes(&table), ["prefix", "unnamed-measure", "incomplete"]);
    let of_all = json.replace(r#"{"1":"-","2":"..","3":":","4":"*"}"#, r#""*""#);
    assert_eq!(cells(&crate::shared::table(of_all.as_bytes())), "95* 0* 12.5*");
    let fenced = format!("```json\n{json}\n```\nMer om dette.\n");
    assert_eq!(cells(&crate::shared::table(fenced.as_bytes())), "95 - .. : 12.5*");
}

#[test]
fn json_stat_1_and_the_json_of_pxweb() {
    let old = r#"{"dataset":{"label":"07459","source":"SSB","updated":"2024-02-21","value":[95,null],"status":{"1":".."},
        "dimension":{"id":["Region","Tid","ContentsCode"],"size":[1,2,1],"role":{"time":["Tid"],"metric":["ContentsCode"]},
        "Region":{"label":"region","category":{"index":{"3432":0},"label":{"3432":"Lesja"}}},
        "Tid":{"label":"år","category":{"index":{"2024":0,"2025":1}}},
        "ContentsCode":{"label":"c","category":{"index":{"P":0},"label":{"P":"Personer"},"unit":{"P":{"base":"personer"}}}}}}}"#;
    let table = table(old.as_bytes());
    assert_eq!((cells(&table).as_str(), table.measures[0].unit.as_str()), ("95 ..", "personer"));
    let px = r#"{"columns":[{"code":"Region","text":"region","type":"d"},{"code":"Tid","text":"år","type":"t"},
        {"code":"Personer","text":"Personer","type":"c"}],"comments":[],
        "data":[{"key":["3432","2024"],"values":["95"]},{"key":["3432","2025"],"values":[".."]},
        {"key":["5043","2024"],"values":["1.234"]}]}"#;
    let table = crate::shared::table(px.as_bytes());
    assert_eq!((table.format, cells(&table).as_str()), (Format::PxJson, "95 .. 1.234"));
    assert_eq!(notes(&table), ["incomplete"]);
}

/// A PC-Axis file with so much data.
fn px(data: &str, more: &str) -> String {
    format!(
        "CHARSET=\"ANSI\";\nLANGUAGE=\"no\";\nLANGUAGES=\"no\",\"en\";\nTITLE=\"07459: Befolkning, etter region, \"\n\
         \"statistikkvariabel og år\";\nCONTENTS=\"Befolkning\";\nUNITS=\"personer\";\nSTUB=\"region\";\n\
         HEADING=\"statistikkvariabel\",\"år\";\nSTUB[en]=\"region\";\nCONTVARIABLE=\"statistikkvariabel\";\n\
         VALUES(\"region\")=\"Lesja\",\"Raarvihke - Røyrvik\";\nCODES(\"region\")=\"K-3432\",\"K-5043\";\n\
         VALUES[en](\"region\")=\"Lesja\",\"Royrvik\";\nVALUES(\"statistikkvariabel\")=\"Personer\",\"Andel\";\n\
         CODES(\"statistikkvariabel\")=\"P\",\"A\";\nVALUES(\"år\")=\"2024\",\"2025\";\n\
         TIMEVAL(\"år\")=TLIST(A1,\"2024\"-\"2025\");\nUNITS(\"Andel\")=\"prosent\";\nPRECISION(\"år\",\"Andel\")=1;\n{more}DATA=\n{data};\n"
    )
}

#[test]
fn px_with_symbols() {
    let table = table(px("95 \"..\" 1.5 \":\"\n\".\" 18 \"-\" -2.5\n", "").as_bytes());
    assert_eq!(labels(&table, 0), ["Lesja", "Raarvihke - Røyrvik"]);
    assert_eq!(codes(&table, 0), ["3432", "5043"]);
    // Region, then year, the measures fastest.
    assert_eq!(cells(&table), "95 1.5 .. : . - 18 -2.5");
    assert_eq!((table.measures[0].unit.as_str(), table.measures[1].unit.as_str()), ("personer", "prosent"));
    assert_eq!(table.title, "07459: Befolkning, etter region, statistikkvariabel og år");
}

#[test]
fn px_with_keys_and_notes() {
    let more = "KEYS(\"region\")=CODES;\nDATANOTECELL(\"*\",\"P\",\"2025\")=\"*\";\nDATASYMBOL1=\":\";\n";
    let table = table(px("\"K-5043\",18,\".\",1,2\n", more).as_bytes());
    assert_eq!(cells(&table), "18 1 : 2");
    let table = crate::shared::table(px("\"K-5043\" 18 19 1 2\n\"K-3432\" 95 96 3 4\n", more).as_bytes());
    assert_eq!(cells(&table), "95 3 96* 4 18 1 19* 2");
}

#[test]
fn px_that_does_not_add_up() {
    assert_eq!(told(px("95 96 1\n", "").as_bytes()).1, ["cell-count | 22 | DATA"]);
    assert_eq!(told(px("95 96 1 2 3 4 5 x6\n", "").as_bytes()).1, ["not-a-number | 22 | DATA | x6"]);
    assert_eq!(told(px("1 2 3 4 5 6 7 \"....\"\n", "").as_bytes()).1, ["unknown-status | 22 | DATA | ...."]);
    let whole = px("1 2 3 4 5 6 7 8\n", "");
    let cut = whole.trim_end().trim_end_matches(';');
    assert_eq!(told(cut.as_bytes()).1, ["px | 22 | DATA"]);
    let keys = "KEYS(\"region\")=SOMETHING;\n";
    assert_eq!(told(px("1", keys).as_bytes()).1, ["px | KEYS(\"region\")"]);
    let double = whole.replace("\"K-3432\",\"K-5043\"", "\"K-3432\",\"K-3432\"");
    assert_eq!(told(double.as_bytes()).1, ["double-category | 12 | region | K-3432 Raarvihke - Røyrvik"]);
    let fewer = whole.replace("\"K-3432\",\"K-5043\"", "\"K-3432\"");
    assert_eq!(told(fewer.as_bytes()).1, ["cell-count | 13 | CODES(\"region\")"]);
    assert_eq!(told(whole.replace("DATA=\n1 2 3 4 5 6 7 8\n;", "").as_bytes()).1, ["no-keyword | DATA"]);
}

#[test]
fn json_that_does_not_add_up() {
    let json = |size: &str, index: &str, value: &str| {
        format!(
            r#"{{"class":"dataset","id":["Region","Tid"],"size":{size},"dimension":{{
            "Region":{{"category":{{"index":{index}}}}},"Tid":{{"category":{{"index":["2024"]}}}}}},"value":{value}}}"#
        )
    };
    assert!(told(json("[2,1]", r#"["3432","5043"]"#, "[1,2]").as_bytes()).0);
    let first = |json: String| told(json.as_bytes()).1.first().cloned().unwrap();
    assert_eq!(first(json("[2,1]", r#"["3432","5043"]"#, "[1]")), "cell-count | value");
    assert_eq!(first(json("[3,1]", r#"["3432","5043"]"#, "[1,2]")), "member | size/Region | 3 ≠ 2");
    assert_eq!(first(json("[2]", r#"["3432","5043"]"#, "[1,2]")), "cell-count | size");
    assert_eq!(first(json("[2,1]", r#"["3432","3432"]"#, "[1,2]")), "double-category | Region | 3432");
    assert_eq!(first(json("[2,1]", r#"{"3432":0,"5043":0}"#, "[1,2]")), "member | dimension/Region/category/index");
    assert_eq!(first(json("[2,1]", r#"["3432","5043"]"#, r#"[1,"x"]"#)), "unknown-status | value/1 | x");
    assert_eq!(first(json("[2,1]", r#"["3432","5043"]"#, r#"{"0":1,"7":2}"#)), "member | value | 7");
    let cut = json("[2,1]", r#"["3432","5043"]"#, "[1,2]");
    assert_eq!(first(cut[..cut.len() - 3].to_owned()), "json | 2");
    assert_eq!(first(r#"{"error":"Too many cells"}"#.to_owned()), "refused-request");
    assert_eq!(first(r#"{"a":1}"#.to_owned()), "no-table");
}
