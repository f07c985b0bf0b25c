//! `bygdepuls protect` and `bygdepuls audit RELEASE…` as whole commands: the tables that GaussSuppression protected, hostile
//! input, and what no output may hold.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a line for each case")]

#[path = "shared/program.rs"]
mod program;
#[path = "shared/schema.rs"]
mod schema;

use bygdepuls_core::disclosure::Protection;
use bygdepuls_core::disclosure::tables::{Linked, Rule, Spec, Table};
use bygdepuls_core::problem::Problems;
use program::bygdepuls;
use schema::check;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn reference() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/reference/disclosure")
}

fn run(folder: &Path, line: &str) -> (Option<i32>, String, String) {
    let output = bygdepuls(folder, &line.split_whitespace().collect::<Vec<_>>());
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn cells(release: &Value) -> BTreeMap<String, &Value> {
    release["cells"].as_array().unwrap().iter().map(|cell| (cell["key"].to_string(), cell)).collect()
}

/// A folder with three towns: 2 of 19 said yes in A.
fn towns() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("t.csv"), TOWNS).unwrap();
    folder
}

const TOWNS: &str = "town,answer,n\nA,no,17\nA,yes,2\nB,no,12\nB,yes,6\nC,no,9\nC,yes,5\n";
const BY: &str = "protect t.csv --by town,answer --freq n";

#[test]
fn the_seventeen_tables_of_gauss_suppression() {
    let mut tried = 0;
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(reference()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.join("spec.json").exists()) {
        let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let output = bygdepuls(folder, &["protect", "--spec", "spec.json", "input.csv", "--format", "json"]);
        assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
        let release = json(&String::from_utf8(output.stdout).unwrap());
        let cells = cells(&release);

        let spec: Spec = serde_json::from_str(&text("spec.json")).unwrap();
        let table = Table::read(&spec, "input.csv", text("input.csv").as_bytes(), &mut Problems::new()).unwrap();
        let protection = Protection::new(Linked::new(vec![table]).unwrap(), &spec.rule, spec.rule.attacker());
        let (table, ids) = (&protection.linked.tables[0], &protection.linked.ids[0]);
        let mut asked = 0;
        for (cell, id) in ids.iter().enumerate().filter(|(_, id)| protection.linked.cells.asked[**id as usize]) {
            let shown = cells[&serde_json::json!(table.key(cell)).to_string()];
            assert_eq!(shown["hidden"], protection.hidden[*id as usize], "{} {shown}", spec.id);
            assert_eq!(shown["count"].is_null(), protection.hidden[*id as usize], "{} {shown}", spec.id);
            asked += 1;
        }
        assert_eq!(cells.len(), asked, "{}", spec.id);

        let expected = json(&text("expected.json"));
        let theirs = expected["cells"].as_array().unwrap();
        assert_eq!(theirs.len(), asked, "{}", spec.id);
        // For groups that answered alike GaussSuppression hides what it calls primary; here nobody may infer them.
        if matches!(spec.rule, Rule::Small { .. }) {
            for cell in theirs.iter().filter(|cell| cell["primary"] == true) {
                assert_eq!(cells[&cell["key"].to_string()]["hidden"], true, "{} {cell}", spec.id);
            }
        }
        for cell in theirs.iter().filter(|cell| cells[&cell["key"].to_string()]["hidden"] == false) {
            assert_eq!(cells[&cell["key"].to_string()]["count"], cell["true"], "{} {cell}", spec.id);
        }
        let hidden = cells.values().filter(|cell| cell["hidden"] == true).count();
        println!("{:28} {hidden:3} hidden, GaussSuppression {:>3}", spec.id, expected["n_suppressed"].to_string());

        // What was written is audited as an attacker has it.
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), release.to_string()).unwrap();
        let (code, found, said) = run(folder, &format!("audit {} --format json", file.path().display()));
        assert_eq!((code, said), (Some(0), String::new()), "{}: {found}", spec.id);
        let found = json(&found);
        assert_eq!(found["findings"], Value::Array(Vec::new()), "{}", spec.id);
        assert_eq!(found["cells"].as_array().unwrap().len(), hidden, "{}", spec.id);
        tried += 1;
    }
    assert_eq!(tried, 17);
}

#[test]
fn the_three_forms() {
    let folder = towns();
    let table = "town   no  yes  Total\nA       :    :     19\nB      12    6     18\nC       :    :     14\n\
                 Total  38   13     51\n\n: hidden: 4 of 12 cells\n";
    assert_eq!(run(folder.path(), BY), (Some(0), table.into(), String::new()));
    let csv = "town,answer,count,status\nTotal,Total,51,shown\nTotal,no,38,shown\nTotal,yes,13,shown\n\
               A,Total,19,shown\nA,no,,hidden\nA,yes,,hidden\nB,Total,18,shown\nB,no,12,shown\nB,yes,6,shown\n\
               C,Total,14,shown\nC,no,,hidden\nC,yes,,hidden\n";
    assert_eq!(run(folder.path(), &format!("{BY} --format csv")), (Some(0), csv.into(), String::new()));
    let (_, text, _) = run(folder.path(), &format!("{BY} --format json --audit"));
    let release = json(&text);
    let cells = cells(&release);
    let cell = |key: &str| cells[key].to_string();
    assert_eq!(cell(r#"["A","yes"]"#), r#"{"hidden":true,"interval":[1,6],"key":["A","yes"]}"#);
    assert_eq!(cell(r#"["B","yes"]"#), r#"{"count":6,"hidden":false,"key":["B","yes"]}"#);
}

/// `--min-count` is the smallest count that is shown.
#[test]
fn the_smallest_count_that_may_be_shown() {
    let folder = towns();
    let hidden = |options: &str| {
        let (code, text, _) = run(folder.path(), &format!("{BY} {options} --format json"));
        assert_eq!(code, Some(0), "{options}");
        let release = json(&text);
        let cells = cells(&release);
        cells.iter().filter(|(_, cell)| cell["hidden"] == true).map(|(key, _)| key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(hidden("--min-count 2"), [""; 0]);
    assert!(hidden("--min-count 3").contains(&r#"["A","yes"]"#.to_owned()));
    assert_eq!(hidden(""), hidden("--min-count 3"));
    let six = hidden("--min-count 6");
    assert!(six.contains(&r#"["C","yes"]"#.to_owned()));
    assert_eq!(hidden("--policy none"), [""; 0]);
}

/// Options go before the specification.
#[test]
fn options_override_the_specification() {
    let folder = reference().join("o01-2d-plain");
    let count = |options: &str| {
        let (code, text, said) = run(&folder, &format!("protect --spec spec.json input.csv --format json{options}"));
        assert_eq!((code, said), (Some(0), String::new()), "{options}");
        let release = json(&text);
        (release["loss"]["hidden"].as_u64().unwrap(), release["dims"].as_array().unwrap().len())
    };
    assert_eq!(count(""), count(" --min-count 4"));
    assert_eq!(count(" --min-count 1"), (0, 2));
    assert_eq!(count(" --by answer --min-count 1"), (0, 1));
    assert!(count(" --min-count 11").0 > count("").0);
    assert_eq!(count(" --k-disclosure 0"), (0, 2));
}

/// Sums along a hierarchy of a file, a table beside it, and a formula.
#[test]
fn hierarchies_links_and_formulas() {
    let folder = towns();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("h.csv", "dimension,parent,child\ntown,All,R\ntown,R,A\ntown,R,B\ntown,All,C\n");
    let table = "town  no  yes  Total\nA      :    :     19\nB      :    :     18\nR     29    8     37\n\
                 C      9    5     14\nAll   38   13     51\n\n: hidden: 4 of 15 cells\n";
    assert_eq!(run(folder.path(), &format!("{BY} --hierarchy h.csv")).1, table);

    write("link.csv", "town,n\nA,19\nB,18\nC,14\n");
    for link in ["link.csv", "link.csv:town"] {
        let (code, text, _) = run(folder.path(), &format!("{BY} --link {link} --format json"));
        let release = json(&text);
        assert_eq!((code, release["linked"][0]["cells"].as_array().unwrap().len()), (Some(0), 4));
    }
    // A table with a dimension of its own: both are audited as one.
    write("sex.csv", "town,sex,n\nA,boy,10\nA,girl,9\nB,boy,17\nB,girl,1\nC,boy,7\nC,girl,7\n");
    let line = "protect t.csv --by town,answer,sex --freq n";
    assert_eq!(run(folder.path(), line).0, Some(1), "t.csv has no sex");
    let microdata: String = TOWNS
        .lines()
        .skip(1)
        .flat_map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            vec![format!("{},{}\n", fields[0], fields[1]); fields[2].parse().unwrap()]
        })
        .collect();
    write("people.csv", &format!("town,answer\n{microdata}"));
    assert_eq!(run(folder.path(), "protect people.csv --by town,answer").1, run(folder.path(), BY).1);

    let output =
        bygdepuls(folder.path(), &[&BY.split(' ').collect::<Vec<_>>()[..], &["--formula", "~ town + answer"]].concat());
    let table = "town   no  yes  Total\nA       :    :     19\nB       :    :     18\nC       :    :     14\n\
                 Total  38   13     51\n";
    assert_eq!(String::from_utf8(output.stdout).unwrap(), table);
}

/// No output holds a hidden count, not even the report that stands beside it.
#[test]
fn no_output_holds_a_hidden_count() {
    let folder = tempfile::tempdir().unwrap();
    // Every hidden count is a number that stands nowhere else.
    std::fs::write(folder.path().join("t.csv"), "a,b,n\nx,u,7001\nx,v,2\nx,w,9103\ny,u,8209\ny,v,6307\ny,w,5407\n")
        .unwrap();
    for format in ["table", "csv", "json"] {
        let line = format!("protect t.csv --by a,b --freq n --format {format} --report");
        let (code, out, said) = run(folder.path(), &line);
        assert_eq!(code, Some(0));
        let release = json(&run(folder.path(), "protect t.csv --by a,b --freq n --format json").1);
        let cells = cells(&release);
        let counts = [("x", "u", 7001), ("x", "w", 9103), ("y", "u", 8209), ("y", "v", 6307), ("y", "w", 5407)];
        let hidden: Vec<u64> = counts
            .iter()
            .filter(|(a, b, _)| cells[&format!(r#"["{a}","{b}"]"#)]["hidden"] == true)
            .map(|(_, _, count)| *count)
            .collect();
        assert_eq!(hidden.len(), 3);
        assert!(hidden.iter().all(|count| !out.contains(&count.to_string()) && !said.contains(&count.to_string())));
    }
}

#[test]
fn the_report_says_what_protection_costs() {
    let folder = towns();
    let (_, _, said) = run(folder.path(), &format!("{BY} --report"));
    assert_eq!(
        said,
        "INTERNAL report
  hidden cells                          4 of 12, 33.3%
    by the rule                         1
    so that these cannot be worked out  3
    of them by repair                   0
  people or amounts in them             33 of 51, 64.7%
  coarser: without town: 0 hidden of 3
  coarser: without answer: 0 hidden of 4
"
    );
    let (_, out, said) = run(folder.path(), &format!("{BY} --report --format json"));
    let (public, internal) = (&json(&out)["loss"], json(&said));
    assert_eq!(public, &serde_json::json!({"cells": 12, "hidden": 4, "people": 51, "hidden_people": 33}));
    assert_eq!((&internal["internal"], &internal["primary"]), (&Value::Bool(true), &Value::from(1)));
}

#[test]
fn hostile_input_says_what_is_wrong_and_where() {
    let folder = towns();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("negative.csv", "town,answer,n\nA,no,17\nA,yes,-2\n");
    write("fraction.csv", "town,answer,n\nA,no,17\nA,yes,2.5\n");
    write("many.csv", "town,answer,n\nA,no,900000000000\nA,yes,900000000000\n");
    write("empty.csv", "town,answer,n\n");
    write("circle.csv", "dimension,parent,child\ntown,R,A\ntown,A,R\n");
    write("without.csv", "dimension,parent,child\ntown,T,A\ntown,T,B\n");
    write("among.csv", "dimension,parent,child\ntown,A,x\ntown,T,A\ntown,T,B\ntown,T,C\n");
    write("which.csv", "parent,child\nT,A\n");
    write("other.csv", "dimension,parent,child\nsize,T,A\n");
    write("contradicts.csv", "town,n\nA,19\nB,17\nC,14\n");
    write("broken.json", "{\"dims\": [\"town\"],\n oops");
    write("rule.json", "{\"dims\": [\"town\"],\n\"rule\": {\"fun\": \"large\"}}");
    write(
        "form.json",
        "{\"dims\": [\"town\"],\n\"freqVar\": 7,\n\"rule\": {\"fun\": \"small\", \"maxN\": -1,\n\"protectZero\": true}}",
    );
    write(
        "tree.json",
        "{\"dims\": [\"town\"], \"rule\": {\"fun\": \"small\", \"maxN\": 2},\n\"hierarchies\": {\"town\": [{\"parent\": \"T\", \"children\": [\"A\"]},\n\
         {\"parent\": \"S\", \"children\": [\"S\"]}]}}",
    );
    write("count.csv", "count,n,far\na,3,9007199254740993\nb,4,1\n");
    write("twice.json", "{\"dims\": [\"town\", \"town\"], \"rule\": {\"fun\": \"small\", \"maxN\": 3}}");
    let codes: String = (0..300).map(|code| format!("a{code},b{code},c{code}\n")).collect();
    write("large.csv", &format!("a,b,c\n{codes}"));
    for (line, code, words) in [
        (
            "protect negative.csv --by town,answer --freq n",
            1,
            "error: not a count\n  file       negative.csv\n  line       3",
        ),
        ("protect fraction.csv --by town,answer --freq n", 1, "expected   a whole number, 0 or more"),
        ("protect many.csv --by town,answer --freq n", 1, "more than 1000000000000 people"),
        ("protect empty.csv --by town,answer --freq n", 1, "error: the table has no records"),
        ("protect large.csv --by a,b,c", 1, "more than 2000000 cells"),
        ("protect t.csv --by town,answer --freq m", 1, "the column is missing"),
        ("protect t.csv --by town,answer --freq n --hierarchy circle.csv", 1, "code R lies below itself"),
        ("protect t.csv --by town,answer --freq n --hierarchy without.csv", 1, "the code is not in the hierarchy"),
        ("protect t.csv --by town,answer --freq n --hierarchy among.csv", 1, "the code is a sum of others"),
        ("protect t.csv --by town,answer --freq n --hierarchy which.csv", 1, "does not say which dimension"),
        ("protect t.csv --by town,answer --freq n --hierarchy other.csv", 1, "expected   town, answer"),
        ("protect t.csv --by town,answer --freq n --link contradicts.csv", 1, "value      B\n"),
        ("protect t.csv --by town,answer --freq n --formula town*size", 1, "column     size"),
        ("protect t.csv --by town,answer --freq n --formula (town", 1, "the formula ends too early"),
        ("protect t.csv --spec broken.json", 1, "file       broken.json\n  line       2"),
        (
            "protect t.csv --spec rule.json",
            1,
            "error: unknown rule\n  file       rule.json\n  line       2\n  column     rule.fun",
        ),
        ("protect t.csv --spec form.json", 1, FORM),
        (
            "protect t.csv --spec tree.json",
            1,
            "  file       tree.json\n  line       3\n  column     hierarchies.town[1]",
        ),
        ("protect t.csv --spec twice.json", 1, "the dimension is named twice"),
        ("protect t.csv --by town,answer --min-count 0", 2, "a whole number, at least 1"),
        ("protect t.csv --by town --narrow 18446744073709551615", 2, "a whole number, at least 0"),
        ("protect t.csv --freq n", 2, "--by"),
        ("protect t.csv --by town --k-disclosure 1 --min-count 3", 2, "cannot be used with"),
        ("protect no-such.csv --by town", 1, "no-such.csv"),
        ("audit t.csv", 1, "the file is no JSON from here on\n  file       t.csv\n  line       1"),
        (
            "protect t.csv --by town,answer --freq n --keep A,Q",
            1,
            "no dimension has the code\n  file       t.csv\n  column     keep\n  value      Q",
        ),
        (
            "protect t.csv --by town,answer --freq n --k-disclosure 1 --response size",
            1,
            "value      size\n  expected   town, answer",
        ),
        ("protect count.csv --by count --freq n --format csv", 1, "the name is one of the output's own"),
        ("protect count.csv --by count --freq far", 1, "more than 1000000000000 people"),
        ("audit broken.json --grown", 2, "--grown needs two releases"),
        ("audit", 2, "RELEASE.json"),
    ] {
        let (found, out, said) = run(folder.path(), line);
        assert_eq!((found, out), (Some(code), String::new()), "{line}: {said}");
        assert!(said.contains(words), "{line}: {said}");
        assert!(!line.contains(".csv --") || !said.contains("-2\n"), "an answer is quoted on a terminal only");
    }
    let (code, _, said) = run(folder.path(), &format!("{BY} --hierarchy circle.csv --out o.csv --lang nb"));
    assert!(code == Some(1) && said.contains("koden R ligger under seg selv") && said.contains("ingenting er skrevet"));
    assert!(!folder.path().join("o.csv").exists());
}

/// All three at once, each with its place.
const FORM: &str = "error: a value of another kind
  file       form.json
  line       2
  column     freqVar
  value      7
  expected   a text

error: a value of another kind
  file       form.json
  line       3
  column     rule.maxN
  value      -1
  expected   a whole number, 0 or more

error: the key means nothing here
  file       form.json
  line       4
  column     rule.protectZero
  value      true
  expected   fun, maxN, protectZeros

3 errors";

/// Codes are those of the file whatever is around them, and what is written is read back.
#[test]
fn codes_as_they_are_written() {
    let folder = towns();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let spec = |parent: &str| {
        format!(
            r#"{{"dims": ["town ", "answer"], "freqVar": " n", "rule": {{"fun": "small", "maxN": 2}},
            "hierarchies": {{"town": [{{"parent": "{parent}", "children": [" A", "B ", "C"]}}]}}}}"#
        )
    };
    write("s.json", &spec("Total"));
    assert_eq!(run(folder.path(), "protect t.csv --spec s.json").1, run(folder.path(), BY).1);
    write("s.json", &spec("A"));
    let said = run(folder.path(), "protect t.csv --spec s.json").2;
    assert!(said.contains("two codes are the same without the spaces around them"), "{said}");
    write("f.csv", "\u{feff}town;answer;n\r\n=1+1;-1;17\r\n=1+1;@b;9\r\n' a;-1;8\r\n' a;@b;7\r\n");
    let (_, csv, _) = run(folder.path(), "protect f.csv --by town,answer --freq n --format csv");
    assert!(csv.contains("'=1+1,-1,17,shown") && csv.contains("'' a,'@b,7,shown"), "{csv}");
    let inner: String = csv.lines().filter(|line| !line.contains("Total")).map(|line| format!("{line}\n")).collect();
    write("again.csv", &inner);
    let table = run(folder.path(), "protect again.csv --by town,answer --freq count").1;
    assert_eq!(table, run(folder.path(), "protect f.csv --by town,answer --freq n").1);
    assert!(table.contains("=1+1   17") && table.contains("' a     8"), "{table}");
}

/// Records of sums are an error, or looked at.
#[test]
fn sums_in_the_file() {
    let folder = towns();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("sums.csv", &format!("{TOWNS}Total,yes,13\nA,Total,19\n"));
    let line = "protect sums.csv --by town,answer --freq n";
    let (code, _, said) = run(folder.path(), line);
    assert!(code == Some(1) && said.contains("--totals-included") && said.contains("line       8"), "{said}");
    assert_eq!(run(folder.path(), &format!("{line} --totals-included")).1, run(folder.path(), BY).1);
    write("sums.csv", &format!("{TOWNS}Total,yes,14\n"));
    let (code, _, said) = run(folder.path(), &format!("{line} --totals-included"));
    assert!(code == Some(1) && said.contains("the sum in the file is not what") && said.contains("line       8"));
}

/// C is hidden with A, unless somebody wants to keep it; answers are answers along the dimension that holds them.
#[test]
fn what_is_kept_and_what_is_an_answer() {
    let folder = towns();
    let table = run(folder.path(), &format!("{BY} --keep C")).1;
    assert!(table.contains("C       9    5     14"), "{table}");
    // All of B said no, and none of the others: along town everybody who said maybe is in A.
    let text = "town,answer,n\nA,no,7\nA,yes,5\nA,maybe,4\nB,no,9\nB,yes,4\nB,maybe,0\nC,no,8\nC,yes,6\nC,maybe,0\n";
    std::fs::write(folder.path().join("k.csv"), text).unwrap();
    let hidden = |options: &str| {
        let (code, out, said) = run(
            folder.path(),
            &format!("protect k.csv --by town,answer --freq n --k-disclosure 0 {options} --format json"),
        );
        assert_eq!(code, Some(0), "{said}");
        let release = json(&out);
        (release["loss"]["hidden"].as_u64().unwrap(), release["response_dim"].to_string())
    };
    assert_eq!(hidden("--response answer"), (0, r#"["answer"]"#.into()));
    let (any, dims) = hidden("");
    assert!(any > 0 && dims == r#"["town","answer"]"#);
    assert_eq!(hidden("--response town").0, any);
    assert_eq!(hidden("--response town --largest-group 3").0, 0);
}

/// What a complete file does not name is hidden, and audited; a share of a cell that nobody knows is an error.
#[test]
fn complete_releases() {
    let folder = tempfile::tempdir().unwrap();
    let attack = std::fs::read_to_string(reference().join("attacks/complement-boys.json")).unwrap();
    let mut release = json(&attack);
    release["cells"].as_array_mut().unwrap().retain(|cell| cell["key"][0] != "boy");
    let write = |release: &Value| std::fs::write(folder.path().join("r.json"), release.to_string()).unwrap();
    write(&release);
    let (code, out, _) = run(folder.path(), "audit r.json");
    let table = "cell         least  most  finding\nboy × Total      6     6  exact (subtraction)\n\
                 boy × no         4     4  exact (subtraction)\nboy × yes        2     2  exact (subtraction)\n\
                 3 hidden cells, 3 findings\n";
    assert_eq!((code, out.as_str()), (Some(1), table));
    release["complete"] = false.into();
    write(&release);
    assert_eq!(run(folder.path(), "audit r.json").1, "0 hidden cells, 0 findings\n");
    release["shares"] = serde_json::json!([{"num": ["man", "yes"], "den": ["boy", "Total"], "pct": 11}]);
    write(&release);
    let said = run(folder.path(), "audit r.json").2;
    assert!(
        said.contains("none of the tables has a cell with these codes") && said.contains("shares[0].num"),
        "{said}"
    );
    release["suppressed_lb"] = (-1).into();
    write(&release);
    assert!(run(folder.path(), "audit r.json").2.contains("column     suppressed_lb"));
}

/// Nothing within ±2: either it holds, as an independent look at what was written says, or nothing is written, the cells
/// are named, and coarser tables that would do are listed.
#[test]
fn safe_or_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let rows =
        "x,u,p,0\nx,u,q,0\nx,u,r,8\nx,v,p,3\nx,v,q,1\nx,v,r,0\ny,u,p,3\ny,u,q,3\ny,u,r,13\ny,v,p,8\ny,v,q,1\ny,v,r,5\n";
    std::fs::write(folder.path().join("t.csv"), format!("a,b,c,n\n{rows}")).unwrap();
    let line = "protect t.csv --by a,b,c --freq n --narrow 2 --format json --out out.json";
    let (code, out, said) = run(folder.path(), line);
    assert_eq!(out, "");
    if code == Some(0) {
        assert_eq!(run(folder.path(), "audit out.json").0, Some(0));
    } else {
        assert_eq!(code, Some(1));
        assert!(
            said.contains("what is shown would give away too much of the cell") && said.contains("nothing was written")
        );
        assert!(said.contains("  coarser: "), "{said}");
        assert!(!folder.path().join("out.json").exists());
    }
}

/// Tables without anything to see.
#[test]
fn edges() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("one.csv", "a,n\nx,2\n");
    assert_eq!(
        run(folder.path(), "protect one.csv --by a --freq n").1,
        "a      count\nx          :\nTotal      :\n\n: hidden: 2 of 2 cells\n"
    );
    write("zero.csv", "a,b,n\nx,u,0\ny,u,0\n");
    assert_eq!(
        run(folder.path(), "protect zero.csv --by a,b --freq n").1,
        "a      u  Total\nx      0      0\ny      0      0\nTotal  0      0\n"
    );
    let (_, out, _) = run(folder.path(), "protect zero.csv --by a,b --freq n --zeros protected");
    assert!(out.contains("Total  :      :\n\n: hidden: 6 of 6 cells"), "{out}");
}

#[test]
fn releases_are_audited_together() {
    let attacks = reference().join("attacks");
    let (code, out, _) = run(&attacks, "audit linked-two-pages-a.json linked-two-pages-b.json");
    assert_eq!(code, Some(1));
    assert_eq!(
        out,
        "cell      least  most  finding
M1 × no      17    17  exact (subtraction)
M1 × yes      2     2  exact (subtraction)
2 hidden cells, 2 findings
"
    );
    for file in ["linked-two-pages-a.json", "linked-two-pages-b.json", "block-four-hidden.json"] {
        assert_eq!(run(&attacks, &format!("audit {file}")).0, Some(0), "{file}");
    }
    let (code, _, said) = run(&attacks, "audit cumulative-a.json cumulative-b.json");
    assert!(code == Some(1) && said.contains("published with two counts, 6 and 7") && said.contains("--grown"));
    let (code, out, _) = run(&attacks, "audit cumulative-a.json cumulative-b.json --grown --format json");
    let found = json(&out);
    assert_eq!((code, found["findings"].as_array().unwrap().len()), (Some(1), 9));
    assert!(found["findings"].as_array().unwrap().iter().any(|finding| {
        finding["cell"]["key"] == serde_json::json!(["difference", "M1", "yes"])
            && finding["interval"] == serde_json::json!([1, 1])
            && finding["how"] == "subtraction"
    }));
    assert_eq!(run(&attacks, "audit group-all-but-one.json --coalition 0").0, Some(0));
    assert_eq!(run(&attacks, "audit group-all-but-one.json --coalition 1").0, Some(1));
}

/// Who knows the class knows more: three on the roll, two hidden answers of one each at least.
#[test]
fn rolls_are_part_of_what_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "r.json",
        r#"{"dims": ["town", "answer"], "suppressed_lb": 1,
            "hierarchies": {"answer": [{"parent": "All", "children": ["no", "yes"]}]},
            "cells": [{"key": ["A", "All"], "hidden": true}, {"key": ["A", "no"], "hidden": true}, {"key": ["A", "yes"], "hidden": true}]}"#,
    );
    write("rolls.csv", "town,n\nA,3\n");
    let interval = |line: &str| json(&run(folder.path(), line).1)["cells"][2]["interval"].to_string();
    assert_eq!(interval("audit r.json --format json"), "[1,null]");
    assert_eq!(interval("audit r.json --format json --rolls rolls.csv"), "[1,2]");
    write("printed.json", r#"{"dims": ["a"], "cells": [{"key": ["x"], "hidden": true, "count": 2}], "sells": 1}"#);
    let (code, out, said) = run(folder.path(), "audit printed.json");
    assert!(code == Some(1) && out.contains("exact (it stands in the file)") && said.contains("sells"), "{out}{said}");
    write("free.json", r#"{"dims": ["a"], "cells": [{"key": ["x"]}]}"#);
    assert_eq!(
        json(&run(folder.path(), "audit free.json --format json").1)["cells"][0]["interval"].to_string(),
        "[0,null]"
    );
    write("bare.json", r#"{"dims": ["a"], "cells": [{"key": ["x"], "hidden": false}]}"#);
    assert!(run(folder.path(), "audit bare.json").2.contains("a cell that is shown has no count"));
    write(
        "sum.json",
        r#"{"dims": ["a"], "hierarchies": {"a": [{"parent": "T", "children": ["x", "y"]}]},
        "cells": [{"key": ["T"], "value": 2}, {"key": ["x"], "value": 3}, {"key": ["y"]}]}"#,
    );
    assert!(run(folder.path(), "audit sum.json").2.contains("no counts fit what was published"));
}

/// Keys of the output are those of the schemas.
#[test]
fn json_is_that_of_the_schemas() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema");
    let schema = |name: &str| json(&std::fs::read_to_string(docs.join(name)).unwrap());
    let folder = towns();
    let (_, text, said) = run(folder.path(), &format!("{BY} --format json --audit --report"));
    std::fs::write(folder.path().join("r.json"), &text).unwrap();
    check(&schema("protect.json"), &json(&text), "protect");
    check(&schema("protect-report.json"), &json(&said), "report");
    let (_, text, _) = run(folder.path(), "audit r.json --narrow 3 --format json");
    check(&schema("audit.json"), &json(&text), "audit");
    let (_, text, _) =
        run(&reference().join("attacks"), "audit group-all-but-one.json zeros-hidden-sum-zero.json --format json");
    assert_eq!(text, "", "the two do not fit");
    let (_, text, _) = run(&reference().join("attacks"), "audit zeros-hidden-sum-zero.json --format json");
    check(&schema("audit.json"), &json(&text), "audit");
    let (_, text, _) = run(&reference(), "audit o10-hier-single-child-region/case.json --format json");
    assert!(text.contains("\"insider\""));
    check(&schema("audit.json"), &json(&text), "audit");
}

/// Rounded to base 3: no published 1 or 2, and all sums hold.
#[test]
fn rounding() {
    let folder = "tests/reference/disclosure/o01-2d-plain";
    let (spec, input) = (format!("{folder}/spec.json"), format!("{folder}/input.csv"));
    let output = bygdepuls(
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap(),
        &["protect", "--spec", &spec, &input, "--lang", "en", "--method", "round", "--format", "json"],
    );
    assert!(output.status.success());
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["policy"], "rounding");
    let counts: Vec<u64> =
        value["cells"].as_array().unwrap().iter().map(|cell| cell["count"].as_u64().unwrap()).collect();
    assert_eq!(counts.len(), 28);
    assert!(counts.iter().all(|count| !(1..3).contains(count)));
    assert!(String::from_utf8_lossy(&output.stderr).contains("at most"));
}

/// A and B have 100 each; of B one has 90 and the next 8: whoever has 8 finds the 90 to within 2. So B may be 114 for all
/// that is known, and another row and column are hidden with it.
#[test]
fn amounts() {
    let place = tempfile::tempdir().unwrap();
    let table = place.path().join("t.csv");
    let lines = ["A,x,a,40", "A,x,b,35", "A,x,c,25", "A,y,a,30", "A,y,d,30", "A,y,e,30"];
    let more = ["B,x,f,90", "B,x,g,8", "B,x,h,2", "B,y,f,20", "B,y,g,20", "B,y,h,25", "C,x,i,9", "C,x,j,9", "C,x,k,9"];
    let text = format!("town,crop,firm,amount\n{}\n{}\n", lines.join("\n"), more.join("\n"));
    std::fs::write(&table, text).unwrap();
    let run = |rule: &[&str]| {
        let common = ["protect", "t.csv", "--by", "town,crop", "--freq", "amount", "--contributor", "firm"];
        let output = bygdepuls(place.path(), &[&common[..], &["--audit", "--format", "csv"], rule].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8(output.stdout).unwrap();
        lines.lines().filter(|line| line.contains("hidden")).map(str::to_owned).collect::<Vec<_>>()
    };
    let hidden = run(&["--p-percent", "15"]);
    assert_eq!(hidden.iter().filter(|line| line.starts_with("B,x,")).count(), 1, "{hidden:?}");
    assert_eq!(hidden.len(), 4, "{hidden:?}");
    let upper: u64 =
        hidden.iter().find(|line| line.starts_with("B,x,")).unwrap().rsplit(',').next().unwrap().parse().unwrap();
    // 100 + 15 % of 90, less the 2 that neither of the two has.
    assert!(upper >= 100 + 14 - 2, "{hidden:?}");
    assert!(run(&["--dominance", "1,95"]).is_empty());
    assert!(run(&["--min-contributors", "4"]).len() > 4);
    let output = bygdepuls(place.path(), &["protect", "t.csv", "--by", "town,crop", "--p-percent", "15"]);
    assert_eq!(output.status.code(), Some(2));
}
