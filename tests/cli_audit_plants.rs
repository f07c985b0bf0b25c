//! One thing planted in what `bygdepuls run` writes, a hundred times over: each is found, in its file and line.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "shared/program.rs"]
mod program;
#[path = "shared/project.rs"]
mod project;

use bygdepuls_core::disclosure::inversion::Candidate;
use bygdepuls_core::disclosure::page::{File, Finding, Leak, Rolls, audit};
use program::bygdepuls;
use project::copy;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

type Folder = BTreeMap<String, Vec<u8>>;
/// What is replaced in a project file by what.
type Changes = &'static [(&'static str, &'static str)];

/// The example, its project file changed, as `run` publishes it.
fn published(changes: &[(&str, &str)], options: &[&str]) -> Folder {
    let place = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let project = place.path().join("project");
    copy(&root.join("examples/indre-namdal"), &project);
    let mut text = fs::read_to_string(project.join("project.toml")).unwrap();
    // Most is planted in one figure.
    if !changes.contains(&BOTH) {
        text = text.replace(BOTH.0, "indicators = [\"return_intent\"]");
    }
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    fs::write(project.join("project.toml"), text).unwrap();
    let mut arguments = vec!["run", "project", "--out", ".", "--widget", "none"];
    arguments.extend(options);
    let output = bygdepuls(place.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let mut folder = Folder::new();
    read(&place.path().join("public"), "", &mut folder);
    folder
}

/// Both figures of the example.
const BOTH: (&str, &str) = (
    "indicators = [\"return_intent\", \"good_place\", \"gap\", \"funnel\", \"time_to_fill\", \"retention_curve\"]",
    "indicators = [\"return_intent\", \"good_place\"]",
);

fn read(at: &Path, inside: &str, folder: &mut Folder) {
    for entry in fs::read_dir(at).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{inside}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{name}/"), folder);
        } else {
            folder.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

fn findings(folder: &Folder, rolls: &Rolls) -> Vec<Finding> {
    let files: Vec<File<'_>> = folder.iter().map(|(name, bytes)| File { name, bytes }).collect();
    audit(&files, rolls, None).findings
}

/// A file with the cube, the register of measures and the pages, which agree on what no cube holds: the other files take time
/// and change nothing.
fn with_pages(folder: &Folder, file: &str) -> Folder {
    let needed = |name: &str| name == file || name == "return_intent.json" || is_page(name);
    folder.iter().filter(|(name, _)| needed(name)).map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
}

fn is_page(name: &str) -> bool {
    ["index", "embed", "measures"].iter().any(|page| name.starts_with(page))
}

/// Municipalities year by year: thirds, fifths and what is not shown beside each other.
const SMALL: [(&str, &str); 2] =
    [("level = \"region\"", "level = \"municipality\""), ("windows = [1, 2, 4]", "windows = [1]")];

#[test]
fn nothing_is_found_in_what_run_writes() {
    let projects: [(Changes, &[&str]); 7] = [
        (&[], &[]),
        (&[BOTH], &[]),
        (&[], &["--today", "2031-01-01"]),
        (&SMALL, &[]),
        (&[("level = \"region\"", "level = \"municipality\"\npool = [[\"5043\", \"5044\"]]")], &[]),
        (&[("larger_units = []", "larger_units = [\"indre-namdal\"]")], &["--internal"]),
        (&[("update_month = 6", "update_month = 6\naddress = \"https://tall.example.no/2026/7\"")], &[]),
    ];
    for (changes, options) in projects {
        let folder = published(changes, options);
        assert!(folder.contains_key("return_intent.png") && !folder.contains_key("internal"));
        assert_eq!(findings(&folder, &Rolls::default()), [], "{changes:?} {options:?}");
    }
}

/// Its name, the file, what is replaced by what (once), and (x, n) that it must list, where it must.
type Plant = (&'static str, &'static str, &'static str, &'static str, Option<(u64, u64)>);

/// Its name, what is planted, and (x, n) that it must list, where it must.
type InPage = (&'static str, &'static str, Option<(u64, u64)>);

const MAIN: &str = "<main id=\"innhold\">";

/// What is planted at the top of a whole page, which is then one of `index` and `embed` in each language in turn.
#[rustfmt::skip]
const IN_PAGES: [InPage; 50] = [
    ("a table of nobody", "<table><tr><td>Lierne</td><td>nobody</td></tr></table>", None),
    ("a table of everybody", "<table><tr><th>Grong</th><td>alle</td></tr></table>", None),
    ("a list of definitions", "<dl><dt>Lierne</dt><dd>ingen</dd></dl>", None),
    ("a sentence", "<p>Hardly anybody in Lierne.</p>", None),
    ("a sentence in capitals", "<p>I LIERNE VIL INGEN BLI.</p>", None),
    ("a sentence in small letters", "<p>i lierne vil ingen bli</p>", None),
    ("half a name", "<p>Røyrvik: to tredeler</p>", None),
    ("two thirds", "<p>Two thirds in the north.</p>", None),
    ("a heading", "<h2>Nobody in Namsskogan</h2>", None),
    ("Roman numbers", "<p>III of XI</p>", Some((3, 11))),
    ("two of eleven", "<p>In Lierne it was two of eleven.</p>", Some((2, 11))),
    ("to av elleve", "<p>I Lierne var det to av elleve.</p>", Some((2, 11))),
    ("five out of eleven", "<p>five out of eleven</p>", Some((5, 11))),
    ("a percentage", "<p>18.2 %</p>", Some((2, 11))),
    ("a percentage in words", "<p>attenprosent: atten prosent</p>", Some((2, 11))),
    ("full width digits", "<p>２ of １１</p>", Some((2, 11))),
    ("mathematical digits", "<p>𝟐 of 𝟏𝟏</p>", Some((2, 11))),
    ("no width between", "<p>2\u{200b} of\u{200b} 1\u{200b}1</p>", Some((2, 11))),
    ("look-alike letters", "<p>Liеrnе: ingеn</p>", None),
    ("zero-width letters alone", "<p>\u{200b}\u{200b}\u{200b}</p>", None),
    ("the same as references", "<p>&#8203;&#8203;&#8203;</p>", None),
    ("a bar of blocks", "<p>▇▇▇</p>", None),
    ("stars", "<p>★★☆</p>", None),
    ("an arrow", "<p>Lierne ↑</p>", None),
    ("a fraction", "<p>⅔</p>", None),
    ("tallies", "<p>||| ||</p>", None),
    ("empty paragraphs", "<p></p><p></p><p></p>", None),
    ("one empty paragraph", "<p></p>", None),
    ("empty spans", "<span></span><span></span>", None),
    ("breaks", "<br><br><br>", None),
    ("spaces", "           ", None),
    ("a tab", "\t", None),
    ("a line break", "\n\n", None),
    ("a comment", "<!-- 2/11 -->", None),
    ("an empty comment", "<!---->", None),
    ("a link to a fragment", "<a href=\"#ingen-i-lierne\">Lierne</a>", None),
    ("a link with a number", "<a href=\"index.html?n=11\">Grong</a>", None),
    ("a language", "<p lang=\"x-2-11\">Lierne</p>", None),
    ("a picture with words", "<img src=\"return_intent.png\" alt=\"ingen i Lierne\">", None),
    ("a picture in the page", "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" alt=\"\">", None),
    ("a description of the page", "<meta name=\"description\" content=\"Nobody in Lierne\">", None),
    ("data for machines", "<script type=\"application/ld+json\">{\"n\":11}</script>", None),
    ("a style", "<style>td:nth-child(2){width:18.18%}</style>", None),
    ("content of a style", "<style>h1::after{content:'ingen'}</style>", None),
    ("a variable of a style", "<p style=\"--x:18.18%\">Lierne</p>", None),
    ("a bar", "<div style=\"width:18.18%\"></div>", None),
    ("a meter", "<meter value=\"2\" max=\"11\"></meter>", None),
    ("a label for screen readers", "<p aria-label=\"18.2 %\">Lierne</p>", Some((2, 11))),
    ("a sorted list", "<ol><li>Grong</li><li>Lierne</li></ol>", None),
    ("a template", "<template><p>2 of 11</p></template>", None),
];

#[rustfmt::skip]
const IN_FILES: [Plant; 51] = [
    ("in the title", "index.html", "<title>Bygdepuls for", "<title>Ingen i Lierne. Bygdepuls for", None),
    ("at the end of the title", "index.nn.html", "Namdal</title>", "Namdal: alle</title>", None),
    ("in the heading", "index.en.html", "<h1>Bygdepuls for Indre Namdal", "<h1>Bygdepuls for Indre Namdal, nobody in Lierne", None),
    ("in the heading of the other page", "embed.en.html", "Namdal</h1>", "Namdal, 2 of 11</h1>", Some((2, 11))),
    ("another address", "embed.html", "https://www.example.org/assets", "https://www.example.org/2-av-11/assets", None),
    ("the height of a frame", "embed.nn.html", "height=&quot;3750&quot;", "height=&quot;3751&quot;", None),
    ("the language of a page", "embed.en.html", "<html lang=\"en\">", "<html lang=\"en-x-2of11\">", None),
    ("the class of a page", "index.html", "<body class=\"bp-page\">", "<body class=\"bp-page bp-alle\">", None),
    ("an identifier", "index.nn.html", MAIN, "<main id=\"innhald\">", None),
    ("after the end", "index.en.html", "</html>\n", "</html>\n2 of 11", None),
    ("no line break at the end", "index.en.html", "</html>\n", "</html>", None),
    ("before the beginning", "embed.html", "<!doctype html>", "\u{feff}<!doctype html>", None),
    ("another document type", "embed.html", "<!doctype html>", "<!doctype html SYSTEM \"2-11\">", None),
    ("a capital", "embed.nn.html", "<main id", "<MAIN id", None),
    ("other quotes", "index.html", "<main id=\"innhold\">", "<main id='innhold'>", None),
    ("a space in a tag", "index.html", "<main id=\"innhold\">", "<main  id=\"innhold\">", None),
    ("a letter as a reference", "index.html", "<h1>Bygdepuls", "<h1>&#66;ygdepuls", None),
    ("a notice left out", "return_intent.html", "<p class=\"bp-notice\">Eksempel: svarene og tallene om rekruttering er oppdiktet. Tallene fra Statistisk sentralbyrå er ekte.</p>", "", None),
    ("a source left out", "return_intent.nn.html", "Oppdikta svar, trekte ut frå dei verkelege kullstorleikane", "", None),
    ("another date", "return_intent.en.html", "datetime=\"2026-04-30\"", "datetime=\"2026-04-11\"", None),
    ("a bar with an exact width", "return_intent.nn.svg", "x=\"76\" y=\"164\" width=\"73\"", "x=\"76\" y=\"164\" width=\"26.3\"", Some((5, 11))),
    ("a bar a hair longer", "return_intent.nn.svg", "x=\"76\" y=\"164\" width=\"73\"", "x=\"76\" y=\"164\" width=\"73.01\"", None),
    ("a bar of its own height", "index.nn.html", "width=\"73\" height=\"18\"", "width=\"73\" height=\"19\"", None),
    ("a bar of its own colour", "embed.html", "class=\"bp-on\" fill=\"#0a58a6\"", "class=\"bp-on\" fill=\"#0a58a7\"", None),
    ("a percentage for screen readers", "return_intent.svg", "class=\"bp-on\"", "aria-label=\"45 %\" class=\"bp-on\"", Some((5, 11))),
    ("a tooltip", "return_intent.en.svg", "</text><rect", "</text><title>5 of 11</title><rect", None),
    ("a whisker", "return_intent.svg", "</desc>", "</desc><line x1=\"40\" x2=\"180\" y1=\"152\" y2=\"152\"/>", None),
    ("the size of a picture", "return_intent.en.svg", "viewBox=\"-16 -16 ", "viewBox=\"-16 -16.2 ", None),
    ("metadata", "return_intent.svg", "</desc>", "</desc><metadata>2/11</metadata>", None),
    ("the end of a picture", "return_intent.nn.svg", "</svg>", "</svg><!--2-->", None),
    ("a finer word", "return_intent.nn.table.html", "<td>om lag halvparten</td>", "<td>litt under halvparten</td>", None),
    ("n in a cell", "return_intent.table.html", "<td>omtrent halvparten</td>", "<td>omtrent halvparten (n = 11)</td>", Some((4, 11))),
    ("n in an attribute", "return_intent.en.table.html", "<td>about half</td>", "<td data-n=\"11\">about half</td>", Some((7, 11))),
    ("a reason behind the mark", "return_intent.en.table.html", "<td class=\"bp-none\">", "<td class=\"bp-none\" title=\"too few\">", None),
    ("a row more", "return_intent.html", "</tbody>", "<tr><th scope=\"row\">Namdalseid</th><td>få</td></tr></tbody>", None),
    ("a column more", "embed.en.html", "<td>about half</td>", "<td>about half</td><td>5</td>", None),
    ("rows in another order", "return_intent.nn.alt.txt", "Lierne, 2023: om lag halvparten; Lierne, 2024: ikkje vist", "Lierne, 2024: ikkje vist; Lierne, 2023: om lag halvparten", None),
    ("a number read aloud", "return_intent.alt.txt", "Lierne, 2023: omtrent halvparten", "Lierne, 2023: omtrent halvparten (45 %)", Some((5, 11))),
    ("a space read aloud", "return_intent.en.alt.txt", "; ", ";  ", None),
    ("a CSV column", "return_intent.csv", ",updated\r\n", ",updated,n\r\n", None),
    ("a CSV value", "return_intent.csv", "Lierne,band,2,3,", "Lierne,band,2.5,3,", None),
    ("a CSV mark", "return_intent.csv", "Røyrvik,:,,,", "Røyrvik,x,,,", None),
    ("a CSV quote", "return_intent.csv", "5042,Lierne,band", "5042,\"Lierne\",band", None),
    ("a member of the JSON", "return_intent.json", "\"version\":\"2.0\"", "\"version\":\"2.0\",\"n\":11", None),
    ("a number with decimals", "return_intent.json", "\"value\":[2.0,", "\"value\":[2.00,", None),
    ("a value behind the mark", "return_intent.json", "\"value\":[2.0,3.0,null,null", "\"value\":[2.0,3.0,1.0,3.0", None),
    ("a scale of twenty parts", "return_intent.json", "\"value\":[2.0,3.0,", "\"value\":[9.0,20.0,", None),
    ("a name of the JSON", "return_intent.json", "{\"nb\":\"Lierne\",\"nn\":\"Lierne\",\"en\":\"Lierne\"}", "{\"nb\":\"Lierne\",\"nn\":\"Lierne\",\"en\":\"Lierne (2 of 11)\"}", None),
    ("the policy", "return_intent.json", "\"policy\":\"small-cohorts\"", "\"policy\":\"small-cohorts-2-11\"", None),
    ("a stylesheet by row", "assets/bygdepuls.css", "}\n", "}\ntr:nth-child(2) td{width:45%}\n", None),
    ("a comment in a stylesheet", "assets/page.css", "*/", "2/11 */", None),
];

#[test]
fn every_plant_is_found_in_its_file_and_line() {
    let clean = published(&SMALL, &[]);
    let rolls = Rolls::read(b"wave,area,period,n\nw1,5042,2023,11\nw1,5042,2024,7\n").unwrap();
    assert_eq!(findings(&clean, &rolls), []);
    let pages = ["index.html", "embed.nn.html", "index.en.html", "embed.html", "index.nn.html", "embed.en.html"];
    let in_pages = IN_PAGES
        .iter()
        .zip(pages.iter().cycle())
        .map(|((name, what, lists), page)| (*name, *page, MAIN, format!("{MAIN}\n{what}"), *lists));
    let in_files = IN_FILES.iter().map(|(name, file, from, to, lists)| (*name, *file, *from, (*to).to_owned(), *lists));
    let manifest = (".bygdepuls-files", "assets/page.css\n");
    let in_lists = [("a name in the list", "5 of 11\n"), ("a name twice", "assets/page.css\nassets/page.css\n")]
        .map(|(name, to)| (name, manifest.0, manifest.1, to.to_owned(), None));
    let mut missed = Vec::new();
    for (name, file, from, to, lists) in in_pages.chain(in_files).chain(in_lists) {
        let text = String::from_utf8(clean[file].clone()).unwrap();
        let planted = text.replacen(from, &to, 1);
        if planted == text {
            missed.push(format!("{name}: {file} does not hold {from}"));
            continue;
        }
        let same = text.bytes().zip(planted.bytes()).take_while(|(a, b)| a == b).count();
        let lines = |end: usize| planted.as_bytes()[..end].iter().filter(|&&byte| byte == b'\n').count() + 1;
        let lines = lines(same)..=lines(planted.len().min(same + to.len()));
        let mut folder = with_pages(&clean, file);
        folder.insert(file.into(), planted.into_bytes());
        let found = findings(&folder, &rolls);
        let here = |finding: &&Finding| finding.file == file && lines.contains(&finding.line);
        let lists = |finding: &Finding| lists.is_none_or(|(x, n)| finding.candidates.contains(&Candidate { n, x }));
        if !found.iter().filter(here).any(lists) {
            missed.push(format!("{name}: {file}:{lines:?}: {found:#?}"));
        }
        // Other files are held against the cube; only a changed cube can make them differ from it.
        if file != "return_intent.json" && found.iter().any(|finding| finding.file != file) {
            missed.push(format!("{name}: found elsewhere too: {found:#?}"));
        }
    }
    assert!(missed.is_empty(), "{} missed\n{}", missed.len(), missed.join("\n"));
}

/// Every byte counts: one bit of it, anywhere in any file with text.
#[test]
fn no_bit_is_passed_over() {
    let clean = published(&[], &[]);
    for (name, bytes) in clean.iter().filter(|(name, _)| !name.ends_with(".png")) {
        for part in 0..4 {
            let mut folder = with_pages(&clean, name);
            let at = (bytes.len() - 1) * part / 3;
            folder.get_mut(name).unwrap()[at] ^= 1;
            let found = findings(&folder, &Rolls::default());
            let here = |finding: &Finding| finding.file == *name || name.ends_with(".json");
            assert!(found.iter().any(here), "{name}, byte {at}: {found:#?}");
        }
    }
}

/// Files that are no part of the release, whatever is in them; a second cube too.
#[test]
fn nothing_else_may_lie_there() {
    let clean = published(&SMALL, &[]);
    let second = String::from_utf8(clean["return_intent.json"].clone()).unwrap().replace("return_intent", "second");
    for (name, bytes) in [
        ("favicon.ico", b"\0\0\x01\0".to_vec()),
        ("article.html", b"<p>In Lierne: nobody</p>".to_vec()),
        ("INDEX.html", clean["index.html"].clone()),
        ("return_intent.de.svg", clean["return_intent.svg"].clone()),
        ("assets/2-of-11.css", Vec::new()),
        ("lierne-2-of-11/", Vec::new()),
        (".htaccess", b"# 2 of 11".to_vec()),
        ("second.json", second.into_bytes()),
    ] {
        let mut folder = clean.clone();
        folder.insert(name.into(), bytes);
        let found = findings(&folder, &Rolls::default());
        assert!(found.iter().any(|one| one.file == name && one.leak == Leak::UnknownFile), "{name}: {found:#?}");
        assert!(found.iter().all(|one| one.file == name), "{name}: {found:#?}");
    }
}

/// The cube is what all else is held against: changed alone it is told from the others.
#[test]
fn a_changed_cube_is_told() {
    let clean = published(&[], &[]);
    for (from, to) in [
        ("\"en\":\"10th grade\"", "\"en\":\"10th grade, nobody\""),
        ("10. klasse", "10. klasse (2 av 11)"),
        ("2027-06-30", "2027-06-11"),
        ("\"indre-namdal\"", "\"indre-namdal-2\""),
        ("\"value\":[3.0,5.0,", "\"value\":[4.0,5.0,"),
        ("\"en\":\"Wave\"", "\"en\":\"Nobody\""),
        ("CC BY 4.0", "CC BY 4.0 (2)"),
        ("Tallene fra Statistisk sentralbyrå er ekte.", "Alle er ekte."),
    ] {
        let text = String::from_utf8(clean["return_intent.json"].clone()).unwrap();
        let changed = text.replace(from, to);
        assert_ne!(changed, text, "{from}");
        let mut folder = clean.clone();
        folder.insert("return_intent.json".into(), changed.into_bytes());
        let found = findings(&folder, &Rolls::default());
        assert!(found.iter().any(|one| one.file == "return_intent.json" && one.line == 1), "{from}: {found:#?}");
    }
}

/// The same words in every page that says them: what most of them say is not taken for true.
#[test]
fn a_name_that_counts_is_found_although_all_agree() {
    let clean = published(&[], &[]);
    for planted in [" (2 av 11)", " 2", ", ingen"] {
        let mut folder = clean.clone();
        for (name, bytes) in clean.iter().filter(|(name, _)| is_page(name)) {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let text = text.replace("for Indre Namdal<", &format!("for Indre Namdal{planted}<"));
            let text = text.replace(": Indre Namdal<", &format!(": Indre Namdal{planted}<"));
            folder.insert(name.clone(), text.into_bytes());
        }
        let found = findings(&folder, &Rolls::default());
        assert!(found.iter().any(|one| one.file == "index.html" && one.line > 0), "{planted}: {found:#?}");
    }
}
