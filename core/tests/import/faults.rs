//! Faults planted in exports: read as they should be, or reported at their place.

use crate::shared::{folder, lines, questionnaire, run};
use bygdepuls_core::questionnaire::import::Options;
use std::fs;

const NETTSKJEMA: &str = "nettskjema_v3.txt";
const LIMESURVEY: &str = "limesurvey_codes.csv";
const FULL: &str = "limesurvey_full_comma.csv";
const FORMS: &str = "msforms_excel_no_cp1252.csv";
const MONKEY: &str = "surveymonkey_expanded.csv";
const KOBO: &str = "kobo_both.csv";

fn bytes(sample: &str) -> Vec<u8> {
    fs::read(folder().join("samples").join(sample)).unwrap()
}

/// A sample with one place changed.
fn with(sample: &str, from: impl AsRef<[u8]>, to: impl AsRef<[u8]>) -> Vec<u8> {
    replace(&bytes(sample), from.as_ref(), to.as_ref())
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

/// Problems without those that each sample has.
fn problems(bytes: &[u8], options: Options) -> Vec<String> {
    let (_, mut problems) = run(&questionnaire(), bytes, options);
    let usual = |problem: &String| {
        problem.starts_with("warning not-in-export")
            || problem.starts_with("warning not-whole")
            || problem == "warning partial"
    };
    problems.retain(|problem| !usual(problem));
    problems
}

fn found(bytes: &[u8]) -> Vec<String> {
    problems(bytes, Options::default())
}

fn answers(bytes: &[u8]) -> Vec<String> {
    lines(&run(&questionnaire(), bytes, Options::default()).0.unwrap().answers)
}

/// That a fault changes nothing, and is no problem.
fn harmless(sample: &str, changed: &[u8]) {
    assert_eq!(found(changed), [] as [&str; 0]);
    assert_eq!(answers(changed), answers(&bytes(sample)));
}

const INTENT: &str = "Jeg kunne tenke meg å bo i Indre Namdal som voksen";
const HOME: &str = "Hvilken kommune vokste du opp i det meste av tiden?";
const SECTORS: &str = "Hvilke bransjer kunne du tenke deg å jobbe i?";

#[test]
fn files_that_are_not_whole() {
    assert_eq!(found(b""), ["error empty-file 1"]);
    assert_eq!(found(b"\xef\xbb\xbf\r\n\r\n"), ["error empty-file 1"]);
    let own = bytes(NETTSKJEMA);
    let header = own.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    assert_eq!(found(&own[..header]), ["warning no-records 1"]);
    assert_eq!(found(&own[header..]), ["error no-questions 1"], "no header: its first answers are not quoted");
    let forms = bytes(FORMS);
    let header = forms.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    assert_eq!(found(&forms[header..]), ["error no-questions 1"]);
    assert_eq!(found(&own[..own.len() - 13]), ["error unclosed-quote 4 erfaring_ar"]);
    assert_eq!(found(&forms[..forms.len() - 12]), ["error cut-off 4"]);
    assert_eq!(found(&own[..own.len() - 1]), ["warning no-line-end 4 $answer_time_ms"]);
    assert_eq!(
        found(&[own.as_slice(), &own[..own.iter().position(|byte| *byte == b'\n').unwrap() + 1]].concat()),
        ["error repeated-header 5"]
    );
    assert_eq!(found(b"PK\x03\x04 not a workbook"), ["error archive"]);
    assert_eq!(found(b"$FL2@(#) SPSS DATA FILE"), ["error broken-spss"]);
}

#[test]
fn columns_that_moved() {
    assert_eq!(found(&with(NETTSKJEMA, "\"3\";\"5045\"", "\"5045\"")), ["error too-few-fields 3"]);
    assert_eq!(found(&with(NETTSKJEMA, "\"3\";\"5045\"", "\"3\";\"x\";\"5045\"")), ["error too-many-fields 3"]);
    let shifted = with(NETTSKJEMA, "\"1\";\"5043\";\"5\"", "\"5043\";\"5\";\"1\"");
    assert_eq!(found(&shifted), ["error not-a-choice 2 bolge", "error not-a-choice 2 kommune_oppvekst"]);
    assert_eq!(found(&with(NETTSKJEMA, "\"viktig.bolig\"", "\"viktig.jobb\"")), ["error two-columns 1 viktig.jobb"]);
    assert_eq!(found(&with(FULL, INTENT, "Bølge")), ["error two-columns 1 Bølge"]);
    assert_eq!(
        found(&with(LIMESURVEY, "sektoronske[P]", "sektoronske[Z]")),
        ["warning column-of-no-choice 1 sektoronske[Z]"]
    );
    assert_eq!(found(&with(LIMESURVEY, "intkunne", "noe_annet")), ["warning column-not-placed 1 noe_annet"]);
    // A delimiter at the end of each line, of the records alone, and rows of nothing but delimiters.
    let ends = |from: &[u8], skip: usize| -> Vec<u8> {
        let text: Vec<&[u8]> = from.split_inclusive(|byte| *byte == b'\n').collect();
        let line = |(place, line): (usize, &&[u8])| {
            let body = &line[..line.len() - 2];
            if place < skip { line.to_vec() } else { [body, b";\r\n"].concat() }
        };
        text.iter().enumerate().flat_map(line).collect()
    };
    harmless(FORMS, &ends(&bytes(FORMS), 0));
    harmless(FORMS, &ends(&bytes(FORMS), 1));
    harmless(FORMS, &[bytes(FORMS), b";;;;;;;;\r\n".to_vec()].concat());
}

#[test]
fn labels_in_other_forms() {
    harmless(FULL, &with(FULL, "Helt enig", "  helt\u{a0} ENIG "));
    harmless(FULL, &with(FULL, "Ti år etter", "Ti a\u{30a}r etter"));
    harmless(FULL, &with(FULL, "\"Helt enig\"", "\"5. Helt enig\""));
    harmless(FULL, &with(FULL, "\"Helt enig\"", "\"Helt enig [5]\""));
    harmless(FULL, &with(FULL, "\"Helt enig\"", "\"5\""));
    harmless(FULL, &with(FULL, "\"Bølge\"", "\"bolge. Bølge\""));
    harmless(FULL, &with(FULL, "[Industri]", "[industri ]"));
    harmless(FULL, &with(FULL, format!("{SECTORS} [Industri]"), format!("sektoronske[C]. {SECTORS} [Industri]")));
    harmless(FULL, &with(FULL, INTENT, format!("12. {INTENT}")));
    let unknown = format!("error not-a-choice 2 {INTENT}");
    assert_eq!(found(&with(FULL, "Helt enig", "Heilt samd")), [unknown.as_str()]);
    assert_eq!(found(&with(FULL, "\"Helt enig\"", "\"4. Helt enig\"")), [unknown.as_str()], "code and label differ");
    let kept = Options { keep_going: true, ..Options::default() };
    assert_eq!(problems(&with(FULL, "Helt enig", "Heilt samd"), kept), [unknown.replace("error", "warning")]);
}

#[test]
fn letters() {
    let twice = found(&with(FULL, "Røyrvik", "RÃ¸yrvik"));
    assert_eq!(twice, [format!("warning mojibake 2 {HOME}"), format!("warning mojibake-label 2 {HOME}")]);
    assert_eq!(answers(&with(FULL, "Røyrvik", "RÃ¸yrvik")), answers(&bytes(FULL)));
    assert_eq!(found(&with(FULL, "Røyrvik", b"R\xf8yrvik")), [format!("error invalid-utf-8 2 {HOME}")]);
    harmless(NETTSKJEMA, &[b"sep=;\n".as_slice(), &bytes(NETTSKJEMA)].concat());
    let text = String::from_utf8(bytes(NETTSKJEMA)).unwrap();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    harmless(NETTSKJEMA, &[b"\xff\xfe".as_slice(), &utf16].concat());
    harmless(NETTSKJEMA, &utf16);
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    harmless(NETTSKJEMA, &[b"\xfe\xff".as_slice(), &big].concat());
    let zero = with(MONKEY, "Industri,Undervisning", "Ind\0ustri,Undervisning");
    assert_eq!(answers(&zero), answers(&bytes(MONKEY)));
    assert_eq!(found(&with(NETTSKJEMA, "Bra sted; men", "Bra \"\"sted\"\";\r\nmen")), [] as [&str; 0]);
}

#[test]
fn two_header_rows() {
    let text = String::from_utf8(bytes(MONKEY)).unwrap();
    let mut rows: Vec<&str> = text.split_inclusive('\n').collect();
    rows.remove(1);
    assert_eq!(found(rows.concat().as_bytes()), ["error no-second-header 2"]);
    let moved = with(MONKEY, "Grong,,Industri,", "Grong,Industri,,");
    assert_eq!(found(&moved), [format!("error not-a-mark 4 {SECTORS} / Helse og omsorg")]);
    let renamed = with(MONKEY, "omsorg,Industri,", "omsorg,Industrien,");
    assert_eq!(found(&renamed), [format!("warning column-of-no-choice 1 {SECTORS} / Industrien")]);
}

#[test]
fn several_choices() {
    let several = with(FORMS, "\"Industri;\"", "\"Industri;Kultur, idrett, annet;Landbruk, skogbruk og fiske;\"");
    assert_eq!(found(&several), [] as [&str; 0]);
    assert!(answers(&several)[1].contains("sektor_onske/A=1 sektor_onske/C=1 sektor_onske/RS=1"));
    assert_eq!(
        found(&with(FORMS, "\"Industri;\"", "\"Industri;Romfart;\"")),
        [format!("error not-a-choice 3 {SECTORS}")]
    );
    assert_eq!(found(&with(LIMESURVEY, "\"Y\"", "\"kanskje\"")), ["error not-a-mark 2 sektoronske[Q]"]);
    harmless(LIMESURVEY, &with(LIMESURVEY, "\"Y\";\"\";\"Y\"", "\"1\";\"2\";\"1\""));
    harmless(LIMESURVEY, &with(LIMESURVEY, "\"Y\";\"\";\"Y\"", "\"Ja\";\"Nei\";\"Ja\""));
    harmless(LIMESURVEY, &with(LIMESURVEY, "\"Y\";\"\";\"Y\"", "\"1\";\"0\";\"1\""));
    assert_eq!(
        found(&with(KOBO, "\"Q P\";\"1\";\"0\"", "\"Q P\";\"1\";\"1\"")),
        ["error contradiction 2 sektor_onske"]
    );
    assert_eq!(found(&with(KOBO, "\"Q P\"", "\"Q Z\"")), ["error not-a-choice 2 sektor_onske"]);
}

#[test]
fn numbers_and_codes() {
    let years = "Hvor mange år har du jobbet?";
    let at = |line: u64, code: &str| format!("error {code} {line} {years}");
    assert_eq!(found(&with(FORMS, "2,5", "1.234")), [at(3, "thousands-or-decimals")]);
    assert_eq!(found(&with(FORMS, ";7\r", ";7.5\r")), [at(3, "mixed-decimal-marks"), at(4, "mixed-decimal-marks")]);
    assert_eq!(found(&with(FORMS, "2,5", "to og et halvt")), [at(3, "not-a-number")]);
    assert!(answers(&with(FORMS, "2,5", "1 234"))[1].contains("erfaring_ar=1234"));
    assert_eq!(found(&with(NETTSKJEMA, "\"5\";\"1\"", "\"-1\";\"1\"")), ["error not-a-choice 2 int_kunne"]);
    harmless(NETTSKJEMA, &with(NETTSKJEMA, "\"5043\"", "\"5043.0\""));
    assert!(
        answers(&with(NETTSKJEMA, "\"Bra sted;", "\"'=Bra sted;"))[0].ends_with("kommentar==Bra sted; men få jobber")
    );
}

#[test]
fn what_was_not_asked_is_kept_and_told() {
    let asked = with(NETTSKJEMA, "jobber\";\"\"", "jobber\";\"4\"");
    assert_eq!(found(&asked), ["warning answered-not-asked 2 erfaring_ar"]);
    assert!(answers(&asked)[0].contains("erfaring_ar=4"));
    let (outcome, _) = run(&questionnaire(), &asked, Options::default());
    let report = outcome.unwrap().report;
    let kinds = &report.variables.iter().find(|variable| variable.name == "erfaring_ar").unwrap().kinds;
    // Whether those who have left school are at work is not in this export.
    assert_eq!(
        (kinds.answered, kinds.answered_not_asked.count, kinds.answered_not_asked.lines.as_slice()),
        (3, 1, &[2][..])
    );
}
