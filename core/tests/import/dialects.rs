//! What single tools do beyond the samples: sessions, duplicates, contacts, dates, workbooks, columns placed by hand.

use crate::shared::{filled, lines, run, small};
use bygdepuls_core::questionnaire::Questionnaire;
use bygdepuls_core::questionnaire::import::{First, Options};

fn form() -> Questionnaire {
    small(
        "type,name,label,relevant\nstart,start,,\nhidden,bolge,Wave,\ntext,panelkode,Your code,\nselect_one enig,int,I agree,\n\
         select_multiple why,why,Why so?,\nselect_one enig,row_a,How about this? – First,\n\
         select_one enig,row_b,How about this? – Second,\ndecimal,km,How far is it in km?,${int} = '5'\ndate,born,When was it?,\n\
         text,epost,E-post,\ntext,more,Anything more to say?,\nend,end,,\n",
        "list_name,name,label,missing\nbolge,1,One,\nbolge,2,Two,\nenig,1,No,\nenig,5,Yes,\nenig,98,Don't know,dont_know\n\
         why,a,Work; and pay,\nwhy,b,Friends,\nwhy,1,Other,\n",
    )
}

fn read(export: &str, options: Options) -> (Vec<String>, Vec<String>) {
    let (outcome, mut problems) = run(&form(), export.as_bytes(), options);
    problems.retain(|problem| problem != "warning not-in-export");
    (outcome.map(|outcome| lines(&outcome.answers)).unwrap_or_default(), problems)
}

#[test]
fn sessions_and_duplicates() {
    let export = "id;submitdate;startdate;bolge;panelkode;int\n\
        1;2025-03-04 10:15:02;2025-03-04 10:00:00;1;AB;5\n2;;;1;AB;1\n3;2025-03-05 10:15:02;;1; ab;98\n\
        4;2025-03-05 10:15:02;;2;AB;1\n5;;;2;CD;\n";
    let (rows, problems) = read(export, Options::default());
    assert_eq!(
        rows,
        [
            "bolge=1 panelkode= ab int=98 end=2025-03-05T10:15:02",
            "bolge=2 panelkode=AB int=1 end=2025-03-05T10:15:02",
            "bolge=2 panelkode=CD",
        ]
    );
    let expected = ["warning duplicate-submission 2", "warning duplicate-submission 3", "warning partial"];
    assert_eq!(problems, expected);
    let (rows, _) = read(export, Options { drop_partial: true, ..Options::default() });
    assert_eq!(rows.len(), 2);
}

#[test]
fn what_came_in_time_goes_before_what_came_late() {
    let closes = |day: &str| Options { closes: Some(day.into()), ..Options::default() };
    let export = |times: [&str; 4]| {
        let [a, b, c, d] = times;
        format!(
            "id;submitdate;bolge;panelkode;int\n1;{a};1;AB;5\n2;{b};1;AB;1\n3;;1;CD;5\n4;{c};1;CD;1\n5;{d};1;EF;98\n"
        )
    };
    let of = |export: &str, options| {
        let (rows, problems) = read(export, options);
        let answer = |row: &String| row.split(' ').find_map(|cell| cell.strip_prefix("int=")).unwrap().to_owned();
        let lines = problems.iter().filter_map(|problem| problem.strip_prefix("warning duplicate-submission "));
        (rows.iter().map(answer).collect::<Vec<_>>().join(" "), lines.collect::<Vec<_>>().join(" "))
    };
    // The day counts, not the time of day; who is late alone stays, for `run` to leave out.
    let times = export(["2025-04-30 23:59:59", "2025-05-01 00:00:00", "2025-05-02 08:00:00", "2025-05-03 08:00:00"]);
    assert_eq!(of(&times, closes("2025-04-30")), ("5 5 98".into(), "3 5".into()));
    assert_eq!(of(&times, closes("2025-05-01")), ("1 5 98".into(), "2 5".into()));
    assert_eq!(of(&times, closes("2025-05-31")), ("1 1 98".into(), "2 4".into()));
    assert_eq!(of(&times, Options::default()), ("1 1 98".into(), "2 4".into()));
    // What comes first in a date is known at the end of the file: 25 is a day. Then 5 April is in time, 4 May is not.
    let times = export(["04/05/2025 10:00", "05/04/2025 10:00", "04/05/2025 10:00", "25/04/2025 10:00"]);
    assert_eq!(of(&times, closes("2025-04-30")), ("1 5 98".into(), "2 5".into()));
    let times = export(["04/05/2025 10:00", "05/04/2025 10:00", "04/05/2025 10:00", "04/25/2025 10:00"]);
    assert_eq!(of(&times, closes("2025-04-30")), ("5 1 98".into(), "3 4".into()));
}

#[test]
fn one_code_in_two_municipalities_is_two_people() {
    let form = small(
        "type,name,label\nhidden,bolge,Wave\ntext,panelkode,Your code\nselect_one place,kommune_oppvekst,Where from?\n",
        "list_name,name,label\nbolge,1,One\nplace,5043,Here\nplace,5045,There\n",
    );
    let export = "id;submitdate;bolge;panelkode;kommune_oppvekst\n1;2025-03-04 10:15:02;1;ka 07-na;Here\n\
        2;2025-03-05 10:15:02;1;KA07NA;There\n3;2025-03-06 10:15:02;1;KA07NA;5043\n";
    let (outcome, problems) = run(&form, export.as_bytes(), Options::default());
    assert_eq!(problems, ["warning duplicate-submission 2"]);
    assert_eq!(
        lines(&outcome.unwrap().answers),
        ["bolge=1 panelkode=KA07NA kommune_oppvekst=5045", "bolge=1 panelkode=KA07NA kommune_oppvekst=5043"]
    );
}

#[test]
fn other_please_specify_is_a_column_of_its_own() {
    let export = "lfdn;dispcode;Why so? [Friends];Why so? [Annet (spesifiser)];why - Other: please specify\n\
        1;31;Ja;noe;\n2;31;;;noe\n";
    let (rows, problems) = read(export, Options::default());
    assert_eq!(rows, ["why/b=1", ""]);
    assert_eq!(
        problems,
        [
            "warning column-not-placed 1 Why so? [Annet (spesifiser)]",
            "warning column-of-no-choice 1 why - Other: please specify"
        ]
    );
}

#[test]
fn kinds_of_missing() {
    let export = "id;submitdate;bolge;int;why[a];why[b];km;more\n1;2025-03-04 10:15:02;1;5;Y;;2.5;\n2;2025-03-04 10:15:02;1;98;;;;\n\
        3;;1;5;;;;\n4;2025-03-04 10:15:02;1;5;;;;x\n";
    let (outcome, _) = run(&form(), export.as_bytes(), Options::default());
    let report = outcome.unwrap().report;
    let kinds = |name: &str| {
        let kinds = &report.variables.iter().find(|variable| variable.name == name).unwrap().kinds;
        [kinds.answered, kinds.dont_know, kinds.not_asked, kinds.no_answer, kinds.break_off]
    };
    assert_eq!(kinds("int"), [3, 1, 0, 0, 0]);
    assert_eq!(kinds("why"), [1, 0, 0, 2, 1]);
    assert_eq!(kinds("km"), [1, 0, 1, 1, 1]);
    assert_eq!(kinds("more"), [1, 0, 0, 2, 1]);
}

#[test]
fn options_with_the_separator_in_them() {
    let export = "ID;Starttidspunkt;Fullføringstidspunkt;E-post;Navn;Why so?\n\
        1;04.03.2025 10:12;04.03.2025 10:15;anonymous;;\"Work; and pay;Friends;\"\n";
    let (rows, problems) = read(export, Options::default());
    assert_eq!(rows, ["start=2025-03-04T10:12:00 why/a=1 why/b=1 end=2025-03-04T10:15:00"]);
    assert_eq!(problems, [] as [&str; 0]);
}

#[test]
fn dates() {
    let export = |days: [&str; 2]| format!("panelkode;born\na;{}\nb;{}\n", days[0], days[1]);
    let born = |days: [&str; 2], first: Option<First>| read(&export(days), Options { first, ..Options::default() });
    for (days, expected) in [
        (["04.03.2025", "2025-03-05"], ["born=2025-03-04", "born=2025-03-05"]),
        (["03/04/2025", "03/25/2025"], ["born=2025-03-04", "born=2025-03-25"]),
        (["04/03/2025", "25/03/2025"], ["born=2025-03-04", "born=2025-03-25"]),
        (["45720", "45721.0"], ["born=2025-03-04", "born=2025-03-05"]),
    ] {
        let (rows, problems) = born(days, None);
        assert_eq!(rows, [format!("panelkode=a {}", expected[0]), format!("panelkode=b {}", expected[1])]);
        assert_eq!(problems, [] as [&str; 0]);
    }
    assert_eq!(born(["03/04/2025", ""], None).1, ["error day-or-month 2 born"]);
    assert_eq!(born(["03/04/2025", ""], Some(First::Month)).0[0], "panelkode=a born=2025-03-04");
    assert_eq!(born(["30.02.2025", "i går"], None).1, ["error not-a-date 2 born", "error not-a-date 3 born"]);
}

#[test]
fn rows_of_a_table_of_questions() {
    let (rows, _) = read("panelkode;How about this? [First];How about this?: Second\nx;Yes;No\n", Options::default());
    assert_eq!(rows, ["panelkode=x row_a=5 row_b=1"]);
    let (rows, _) = read("panelkode;First;row.b\nx;Yes;No\n", Options::default());
    assert_eq!(rows, ["panelkode=x row_a=5 row_b=1"]);
    let (_, problems) = read("panelkode;How about this?;int\nx;Yes;5\n", Options::default());
    assert_eq!(problems, ["warning column-ambiguous 1 How about this?"]);
}

/// A group of the form that a tool makes a table of: its title and a row tell the question, also where two groups have the same
/// rows; the row alone does not.
#[test]
fn rows_of_a_group() {
    let form = small(
        "type,name,label\nbegin_group,viktig,Hvor viktig er dette for deg?\nselect_one fem,viktig_jobb,Jobb\n\
         select_one fem,viktig_bolig,Bolig\nend_group,,\nbegin_group,god,Hvor godt er dette der du bor?\n\
         select_one fem,god_jobb,Jobb\nend_group,,\n",
        "list_name,name,label\nfem,1,Lite\nfem,5,Mye\n",
    );
    for (jobb, bolig, god) in [
        (
            "Hvor viktig er dette for deg? [Jobb]",
            "Hvor viktig er dette for deg? [Bolig]",
            "Hvor godt er dette der du bor? [Jobb]",
        ),
        (
            "Hvor viktig er dette for deg?.Jobb",
            "Hvor viktig er dette for deg?.Bolig",
            "Hvor godt er dette der du bor?.Jobb",
        ),
        ("Hvor viktig er dette for deg?/Jobb", "Bolig", "Hvor godt er dette der du bor?/Jobb"),
    ] {
        let (outcome, told) = run(&form, format!("{god};{jobb};{bolig}\nLite;Mye;1\n").as_bytes(), Options::default());
        assert_eq!(told, Vec::<String>::new());
        assert_eq!(lines(&outcome.unwrap().answers), ["viktig_jobb=5 viktig_bolig=1 god_jobb=1"]);
    }
    let monkey = "Respondent ID,Collector ID,Start Date,End Date,Hvor viktig er dette for deg?,,Hvor godt er dette der du bor?\n\
        ,,,,Jobb,Bolig,Jobb\n1,2,03/13/2025 10:12:00 AM,03/13/2025 10:15:02 AM,Mye,Lite,Lite\n";
    let (outcome, told) = run(&form, monkey.as_bytes(), Options::default());
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(lines(&outcome.unwrap().answers), ["viktig_jobb=5 viktig_bolig=1 god_jobb=1"]);
    let (_, told) = run(&form, b"Jobb;Bolig\nLite;Mye\n", Options::default());
    assert_eq!(told[0], "warning column-ambiguous 1 Jobb");
}

#[test]
fn columns_placed_by_hand() {
    let export = "panelkode;x;y\nk;Yes;1\n";
    let place = |place: &[(&str, &str)]| Options {
        place: place.iter().map(|(column, variable)| ((*column).into(), (*variable).into())).collect(),
        ..Options::default()
    };
    assert_eq!(read(export, place(&[("x", "int"), ("3", "why/b")])).0, ["panelkode=k int=5 why/b=1"]);
    let (_, problems) = read(export, place(&[("z", "int"), ("y", "nothing")]));
    let expected = ["error no-such-variable nothing", "warning column-not-placed 1 x", "warning column-not-placed 1 y"];
    assert_eq!(problems[..3], expected);
    assert_eq!(problems[3..], ["error no-such-column z"]);
}

#[test]
fn contacts_are_split_off() {
    let export = "panelkode;int;epost;Telefon;noe;more\nk1;5;b@example.no;912 34 567;a@example.no;ring 91234567\n\
        k2;1;;;c@example.no;\n";
    let (outcome, problems) = run(&form(), export.as_bytes(), Options { contacts: true, ..Options::default() });
    let outcome = outcome.unwrap();
    let rows = filled(&outcome.answers);
    assert_eq!(rows[0], ["panelkode=k1", "int=5", "more=ring 91234567"]);
    let contacts = String::from_utf8(outcome.contacts.unwrap()).unwrap();
    let cells: Vec<&str> = contacts.lines().map(|line| line.split_once(',').unwrap().1).collect();
    assert_eq!(cells, ["bolge,epost,Telefon,noe", ",,,c@example.no", ",b@example.no,912 34 567,a@example.no"]);
    let expected = ["warning contact-column 1 noe", "warning not-in-export", "warning contact-in-text 2 more"];
    assert_eq!(problems, expected);
    let json =
        outcome.report.json(&bygdepuls_core::problem::Problems::new(), bygdepuls_core::text::Lang::En).to_string();
    assert!(!json.contains("example.no") && !json.contains("912"), "{json}");
    assert!(!String::from_utf8(outcome.answers).unwrap().contains('@'));
}

#[test]
fn addresses_have_wave_and_home_beside_them_and_stand_there_with_a_yes_only() {
    let form = small(
        "type,name,label,relevant\nselect_one w,bolge,Wave,\nselect_one yn,kontakt_ja,May we ask again?,\n\
         text,epost,E-post,${kontakt_ja} = '1'\nselect_one place,kommune_oppvekst,Where from?,\n",
        "list_name,name,label\nw,1,One\nw,2,Two\nyn,1,Yes\nyn,2,No\nplace,5043,Here\nplace,5045,There\n",
    );
    let export = "id;bolge;kontakt_ja;epost;kommune_oppvekst\n1;Two;Yes;b@example.no;There\n2;1;No;no@example.no;Here\n\
        3;1;1;a@example.no;\n4;1;;blank@example.no;Here\n";
    let (outcome, problems) = run(&form, export.as_bytes(), Options { contacts: true, ..Options::default() });
    assert_eq!(problems, ["warning column-not-placed 1 id", "warning contact-not-asked"]);
    let contacts = String::from_utf8(outcome.unwrap().contacts.unwrap()).unwrap();
    let cells: Vec<&str> = contacts.lines().map(|line| line.split_once(',').unwrap().1).collect();
    assert_eq!(cells, ["bolge,kommune_oppvekst,epost", "1,,a@example.no", "2,5045,b@example.no"]);
    // Without the question there is no telling who said no.
    let export = "id;bolge;epost;kommune_oppvekst\n1;2;b@example.no;5045\n";
    let (outcome, _) = run(&form, export.as_bytes(), Options { contacts: true, ..Options::default() });
    assert!(outcome.unwrap().contacts.unwrap().ends_with(b",2,5045,b@example.no\n"));
}

#[test]
fn codes_in_the_columns_of_their_choices() {
    // The code of one choice is 1: here it is a code, as the columns beside it say.
    assert_eq!(
        read("panelkode;why_a;why_b;why_1\nx;a;;1\ny;;;\n", Options::default()).0,
        ["panelkode=x why/a=1 why/1=1", "panelkode=y"]
    );
    assert_eq!(
        read("panelkode;why_a;why_b;why_1\nx;1;0;1\ny;0;0;0\n", Options::default()).0,
        ["panelkode=x why/a=1 why/1=1", "panelkode=y"]
    );
}

#[test]
#[cfg(feature = "spreadsheets")]
fn workbooks() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let headings =
        ["ID", "Starttidspunkt", "Fullføringstidspunkt", "E-post", "Navn", "I agree", "How far is it in km?"];
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(0, column, heading).unwrap();
    }
    let time = Format::new().set_num_format("m/d/yy h:mm:ss");
    for (row, label, km) in [(1, "Yes", 2.5), (2, "Maybe", 7.0)] {
        sheet.write_number(row, 0, f64::from(row)).unwrap();
        let at = ExcelDateTime::from_ymd(2025, 3, 4).unwrap().and_hms(10, 12, 3).unwrap();
        sheet.write_datetime_with_format(row, 1, &at, &time).unwrap();
        sheet.write_datetime_with_format(row, 2, &at, &time).unwrap();
        sheet.write_string(row, 5, label).unwrap();
        sheet.write_number(row, 6, km).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let (outcome, problems) = run(&form(), &bytes, Options { keep_going: true, ..Options::default() });
    let time = "2025-03-04T10:12:03";
    assert_eq!(
        lines(&outcome.unwrap().answers),
        [format!("start={time} int=5 km=2.5 end={time}"), format!("start={time} km=7 end={time}")]
    );
    assert_eq!(
        problems,
        ["warning not-in-export", "warning not-a-choice 3 I agree", "warning answered-not-asked 3 km"]
    );
}
