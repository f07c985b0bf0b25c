//! The audit of a published folder: silent on what a project publishes, and not on copies with one thing planted.
#![allow(clippy::print_stdout, reason = "one line per case")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::disclosure::SafeCube;
use bygdepuls_core::disclosure::inversion::Candidate;
use bygdepuls_core::disclosure::page::{File, Finding, Leak, Rolls, audit};
use bygdepuls_core::edition;
use bygdepuls_core::export::jsonstat;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::Project;
use bygdepuls_core::register::open_measures::OpenMeasures;
use bygdepuls_core::show::View;
use bygdepuls_core::text::Lang;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;

type Folder = BTreeMap<String, Vec<u8>>;

/// The example, with its project file changed, as `bygdepuls run` publishes it, without pictures.
fn published(changes: &[(&str, &str)], today: Option<&str>) -> Folder {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/indre-namdal");
    let mut text = std::fs::read_to_string(example.join("project.toml")).unwrap();
    // Most is planted in one figure.
    if !changes.contains(&BOTH) {
        text = text.replace(BOTH.0, "indicators = [\"return_intent\"]").replace("measures_are = \"public\"", "");
    }
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let mut problems = Problems::new();
    let project = Project::parse("project.toml", &text, &mut problems).unwrap();
    let names: Vec<String> = project.files().into_iter().map(str::to_owned).collect();
    let files = names.into_iter().map(|name| (name.clone(), std::fs::read(example.join(name)).unwrap())).collect();
    let loaded = project.load(&files, &mut problems).unwrap();
    let outcome = loaded.compute(None, &mut problems).unwrap();
    let measures = outcome.measures.as_ref();
    folder(&outcome.public, measures, loaded.project.name.get(Lang::Nb), today)
}

/// Both figures of the example, and its register of measures.
const BOTH: (&str, &str) = (
    "indicators = [\"return_intent\", \"good_place\", \"gap\", \"funnel\", \"time_to_fill\", \"retention_curve\"]",
    "indicators = [\"return_intent\", \"good_place\"]",
);

/// Without pictures, which are looked at by themselves.
fn folder(cubes: &[SafeCube], measures: Option<&OpenMeasures>, region: &str, today: Option<&str>) -> Folder {
    let region = bygdepuls_core::text::Text::same(region);
    let view = View { today: today.map(str::to_owned), ..View::default() };
    let address = "https://tall.example.no/2026/";
    let Ok(files) = edition::of_cubes::<Infallible>(cubes, measures, &region, address, &view, |_| Ok(Vec::new()));
    files.into_iter().filter(|(name, _)| !name.ends_with(".png")).collect()
}

/// A file with the cube, which is what it is held against: the other files take their time and change nothing.
fn alone(folder: &Folder, name: &str) -> Folder {
    [name, "return_intent.json"].map(|name| (name.to_owned(), folder[name].clone())).into()
}

fn findings(folder: &Folder, rolls: &Rolls) -> Vec<Finding> {
    let files: Vec<File<'_>> = folder.iter().map(|(name, bytes)| File { name, bytes }).collect();
    audit(&files, rolls, None).findings
}

/// Municipalities year by year: bands in thirds and fifths beside each other, and many that are not shown.
const SMALL: [(&str, &str); 2] =
    [("level = \"region\"", "level = \"municipality\""), ("windows = [1, 2, 4]", "windows = [1]")];

#[test]
fn nothing_is_found_in_what_is_published() {
    let projects: [&[(&str, &str)]; 5] = [
        &[],
        &[BOTH],
        &SMALL,
        &[("level = \"region\"", "level = \"municipality\"\npool = [[\"5043\", \"5044\"]]")],
        &[("larger_units = []", "larger_units = [\"indre-namdal\"]")],
    ];
    for changes in projects {
        for today in [None, Some("2031-01-01")] {
            assert_eq!(findings(&published(changes, today), &Rolls::default()), [], "{changes:?} {today:?}");
        }
    }
}

/// A region named after its municipalities, in another order than theirs.
#[test]
fn a_region_may_be_named_after_its_municipalities() {
    let name = (
        "name = { nb = \"Indre Namdal\", nn = \"Indre Namdal\", en = \"Indre Namdal\" }",
        "name = \"Grong og Lierne\"",
    );
    assert_eq!(findings(&published(&[SMALL[0], SMALL[1], name], None), &Rolls::default()), []);
}

/// Two figures on one page: each is held against its own cube.
#[test]
fn two_cubes_beside_each_other() {
    let first = published(&SMALL, None)["return_intent.json"].clone();
    let text = String::from_utf8(published(&[], None)["return_intent.json"].clone()).unwrap();
    let second = text.replace("return_intent", "stay_intent").replace("Kan tenke seg", "Kan tenke seg igjen");
    let cubes = [jsonstat::read(&first).unwrap(), jsonstat::read(second.as_bytes()).unwrap()];
    let clean = folder(&cubes, None, "Namdalen", None);
    assert_eq!(findings(&clean, &Rolls::default()), []);
    let mut planted = clean.clone();
    let page = String::from_utf8(clean["index.html"].clone()).unwrap();
    let at = page.rfind("40–60\u{a0}%</td>").unwrap();
    let page = format!("{}52\u{a0}%</td>{}", &page[..at], &page[at + "40–60\u{a0}%</td>".len()..]);
    planted.insert("index.html".into(), page.into_bytes());
    let found = findings(&planted, &Rolls::default());
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].cell, "wave=w3 period=2025 area=indre-namdal");
}

/// One plant: its name, the file, what is replaced by what (once), and how it must be found.
struct Plant {
    name: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    leak: Leak,
    /// One of the (x, n) that the finding must list, where it lists any.
    lists: Option<(u64, u64)>,
}

const fn plant(
    name: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    leak: Leak,
    lists: Option<(u64, u64)>,
) -> Plant {
    Plant { name, file, from, to, leak, lists }
}

/// In `SMALL`: 10th grade in Lierne is "about half" in 2023 and 2026, hidden in 2024 and 2025.
const HALF: &str = "<th scope=\"row\">Lierne, 2023</th><td>about half</td>";
const HIDDEN: &str = "<th scope=\"row\">Lierne, 2024</th><td class=\"bp-none\">:\u{a0}not\u{a0}shown</td>";
const ON: &str = "x=\"76\" y=\"160\" width=\"73\"";

#[rustfmt::skip]
const PLANTS: [Plant; 50] = [
    // Bars.
    plant("a bar with an exact width", "return_intent.en.svg", ON, "x=\"76\" y=\"160\" width=\"26.3\"", Leak::Geometry, Some((5, 11))),
    plant("the same in a page", "index.en.html", "width=\"73\" height=\"18\"", "width=\"68\" height=\"18\"", Leak::Geometry, Some((7, 11))),
    plant("a bar a hair longer", "return_intent.en.svg", ON, "x=\"76\" y=\"160\" width=\"73.4\"", Leak::Uneven, None),
    plant("a bar with a transform", "return_intent.en.svg", ON, "transform=\"scale(0.45 1)\" x=\"76\" y=\"160\" width=\"73\"", Leak::Attribute, None),
    plant("opacity by value", "return_intent.en.svg", ON, "fill-opacity=\"0.45\" x=\"76\" y=\"160\" width=\"73\"", Leak::Attribute, None),
    plant("colour by value", "return_intent.en.html", "class=\"bp-on\" fill=\"#0a58a6\"", "class=\"bp-on\" fill=\"#0b58a6\"", Leak::Uneven, None),
    plant("height by value, the only one of its band", "return_intent.en.svg", "y=\"880\" width=\"43\" height=\"18\"", "y=\"880\" width=\"43\" height=\"19\"", Leak::Colours, None),
    plant("a dash by value", "return_intent.en.svg", "stroke-dasharray=\"2 4\" x=\"1\" y=\"213\"", "stroke-dasharray=\"2 5\" x=\"1\" y=\"213\"", Leak::HiddenMark, None),
    plant("a hidden cell with a bar", "return_intent.en.svg", "x=\"1\" y=\"213\" width=\"223\"", "x=\"1\" y=\"213\" width=\"63\"", Leak::Geometry, Some((2, 7))),
    plant("a whisker", "return_intent.en.svg", "<text class=\"bp-plain\" fill=\"#1c2530\" font-size=\"13\" x=\"0\" y=\"200\">", "<line x1=\"40\" x2=\"180\" y1=\"152\" y2=\"152\"/><text class=\"bp-plain\" fill=\"#1c2530\" font-size=\"13\" x=\"0\" y=\"200\">", Leak::Element, None),
    plant("a gradient", "return_intent.en.svg", "</desc>", "</desc><linearGradient id=\"g\"><stop offset=\"45%\"/></linearGradient>", Leak::Element, None),
    // Words beside the picture.
    plant("a percentage in an aria-label", "return_intent.en.svg", ON, "aria-label=\"45 %\" x=\"76\" y=\"160\" width=\"73\"", Leak::Attribute, Some((5, 11))),
    plant("an aria-label far from any row", "index.en.html", "<main id=\"innhold\">", "<main id=\"innhold\" aria-label=\"18.2%\">", Leak::Figure, None),
    plant("a tooltip with n", "return_intent.en.svg", "y=\"160\" width=\"73\" height=\"18\" rx=\"3\"/>", "y=\"160\" width=\"73\" height=\"18\" rx=\"3\"><title>n = 11</title></rect>", Leak::Figure, Some((5, 11))),
    plant("k of n in a title", "return_intent.en.table.html", HALF, "<th scope=\"row\">Lierne, 2023</th><td title=\"5 of 11\">about half</td>", Leak::Attribute, Some((5, 11))),
    plant("a count in data-n", "return_intent.en.table.html", HALF, "<th scope=\"row\">Lierne, 2023</th><td data-n=\"11\">about half</td>", Leak::Attribute, Some((5, 11))),
    plant("a width in a style", "return_intent.en.table.html", HALF, "<th scope=\"row\">Lierne, 2023</th><td style=\"--share:45.5%\">about half</td>", Leak::Attribute, Some((5, 11))),
    plant("a progress bar", "index.en.html", "<td>about half</td>", "<td>about half<progress max=\"11\" value=\"5\"></progress></td>", Leak::Element, None),
    // Words in the picture and the table.
    plant("a percentage in a cell", "return_intent.en.table.html", HALF, "<th scope=\"row\">Lierne, 2023</th><td>about half (45.5%)</td>", Leak::Figure, Some((5, 11))),
    plant("n in a label", "return_intent.en.table.html", "Lierne, 2023</th>", "Lierne, 2023 (n = 11)</th>", Leak::Figure, Some((5, 11))),
    plant("an interval in a cell", "return_intent.en.table.html", HALF, "<th scope=\"row\">Lierne, 2023</th><td>about half (21–72%)</td>", Leak::Figure, Some((5, 11))),
    plant("a column of counts", "return_intent.en.table.html", HALF, "<th scope=\"row\">Lierne, 2023</th><td>about half</td><td>5</td>", Leak::Figure, Some((5, 11))),
    plant("a finer word", "return_intent.en.table.html", HALF, "<th scope=\"row\">Lierne, 2023</th><td>just under half</td>", Leak::OtherWords, None),
    plant("a percentage in the chart", "return_intent.en.svg", ">about half</text>", ">about 45%</text>", Leak::Figure, Some((5, 11))),
    plant("a percentage in a sentence", "index.en.html", "<main id=\"innhold\">", "<main id=\"innhold\"><p>In Lierne it was 18.2%.</p>", Leak::Figure, None),
    plant("a number in words", "index.en.html", "<main id=\"innhold\">", "<main id=\"innhold\"><p>In Lierne it was two of eleven.</p>", Leak::Figure, None),
    plant("a percentage read aloud", "return_intent.en.alt.txt", "Lierne, 2023: about half", "Lierne, 2023: about half (45.5%)", Leak::Figure, Some((5, 11))),
    plant("the same in the description", "return_intent.en.svg", "Lierne, 2023: about half", "Lierne, 2023: 5 of 11", Leak::Figure, Some((5, 11))),
    // Order.
    plant("a sorted list", "index.en.html", "<main id=\"innhold\">", "<main id=\"innhold\"><ol><li>Grong</li><li>Lierne</li><li>Namsskogan</li></ol>", Leak::Order, None),
    plant("an order in a sentence", "index.nn.html", "<main id=\"innhold\">", "<main id=\"innhold\"><p>Flest i Grong, så Lierne.</p>", Leak::Order, None),
    plant("sorted paragraphs", "index.en.html", "<main id=\"innhold\">", "<main id=\"innhold\"><p>Grong</p><p>Lierne</p>", Leak::Order, None),
    plant("a sentence about a group", "index.en.html", "<main id=\"innhold\">", "<main id=\"innhold\"><p>Hardly anybody in Lierne.</p>", Leak::OtherWords, None),
    plant("a larger number in words", "index.nn.html", "<main id=\"innhold\">", "<main id=\"innhold\"><p>I fjor førtifem prosent.</p>", Leak::Figure, None),
    plant("the height of a frame", "embed.en.html", "height=&quot;3750&quot;", "height=&quot;3751&quot;", Leak::Figure, None),
    // Marks.
    plant("a class for missing", "return_intent.en.table.html", HIDDEN, "<th scope=\"row\">Lierne, 2024</th><td class=\"bp-none bp-missing\">:\u{a0}not\u{a0}shown</td>", Leak::Attribute, None),
    plant("two marks for hidden, by class", "return_intent.en.table.html", HIDDEN, "<th scope=\"row\">Lierne, 2024</th><td class=\"bp-hidden\">:\u{a0}not\u{a0}shown</td>", Leak::HiddenMark, None),
    plant("two marks for hidden, by words", "return_intent.en.table.html", HIDDEN, "<th scope=\"row\">Lierne, 2024</th><td class=\"bp-none\">no answers</td>", Leak::HiddenMark, None),
    plant("a mark that tells", "return_intent.en.table.html", HIDDEN, "<th scope=\"row\">Lierne, 2024</th><td class=\"bp-none\">&lt;5</td>", Leak::Figure, None),
    plant("a status that tells", "return_intent.json", "\"status\":[\"band\",\"band\",\":\",\":\"", "\"status\":[\"band\",\"band\",\"missing\",\"missing\"", Leak::HiddenMark, None),
    // Data.
    plant("a field in the JSON", "return_intent.json", "\"version\":\"2.0\"", "\"version\":\"2.0\",\"counts\":[5,11]", Leak::Field, None),
    plant("a value behind the mark", "return_intent.json", "\"value\":[2.0,3.0,null,null", "\"value\":[2.0,3.0,1.0,3.0", Leak::CellValue, None),
    plant("a CSV column", "return_intent.csv", "notice,source,updated\r\nw1,10. klasse,2023,2023,5042,Lierne,band,2,3,", "notice,source,updated,n\r\nw1,10. klasse,2023,2023,5042,Lierne,band,2,3,", Leak::NotDerived, None),
    plant("a CSV status that tells", "return_intent.csv", "Røyrvik,:,,,", "Røyrvik,few,,,", Leak::HiddenMark, None),
    // What nobody looks at.
    plant("a comment", "index.en.html", "<main id=\"innhold\">", "<main id=\"innhold\"><!-- Lierne 5/11 -->", Leak::Comment, None),
    plant("a script with the data", "index.en.html", "</main>", "<script type=\"application/json\">[5,11]</script></main>", Leak::Script, None),
    plant("a cookie", "index.en.html", "</main>", "<script>document.cookie=1</script></main>", Leak::Cookie, None),
    plant("a font from elsewhere", "index.en.html", "</head>", "<link rel=\"stylesheet\" href=\"https://fonts.example.com/inter.css\"></head>", Leak::ThirdParty, None),
    plant("a stylesheet by row", "assets/bygdepuls.css", ".bp-figure {", "tr:nth-child(2) td { width: 45%; } .bp-figure {", Leak::NotDerived, None),
    plant("a stylesheet in the picture", "return_intent.en.svg", "</style>", "rect:nth-child(9){opacity:.45}</style>", Leak::Style, None),
    plant("a tag that does not close", "return_intent.en.table.html", HALF, "<th scope=\"row\">Lierne, 2023</th><td><b>about half</td>", Leak::Malformed, None),
];

#[test]
fn every_plant_is_found() {
    let clean = published(&SMALL, None);
    let rolls = Rolls::read(b"wave,area,period,n\nw1,5042,2023,11\nw1,5042,2024,7\n").unwrap();
    assert_eq!(findings(&clean, &rolls), []);
    let mut missed = Vec::new();
    for Plant { name, file, from, to, leak, lists } in &PLANTS {
        let mut folder = alone(&clean, file);
        let bytes = folder.get_mut(*file).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        if !text.contains(from) {
            missed.push(format!("{name}: {file} does not hold {from}"));
            continue;
        }
        *bytes = text.replacen(from, to, 1).into_bytes();
        let found = findings(&folder, &rolls);
        let hit = found.iter().find(|finding| finding.leak == *leak && finding.file == *file);
        let listed = hit.is_some_and(|hit| {
            lists.is_none_or(|(x, n)| hit.candidates.contains(&Candidate { n, x }) && !hit.cell.is_empty())
        });
        println!("{name}  {}  {}", leak.code(), hit.and_then(|hit| hit.tells(Lang::En)).unwrap_or_default());
        if !listed {
            missed.push(format!("{name}: {found:#?}"));
        }
        assert!(found.iter().all(|finding| finding.file == *file), "{name}: {found:#?}");
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Rows in another order, in each kind of file.
#[test]
fn sorted_rows_are_found() {
    let clean = published(&SMALL, None);
    let swap = |name: &str, first: &str, second: &str| {
        let mut folder = clean.clone();
        let text = String::from_utf8(folder[name].clone()).unwrap();
        assert!(text.contains(first) && text.contains(second), "{name}");
        let swapped = text.replacen(first, "\u{1}", 1).replacen(second, first, 1).replacen('\u{1}', second, 1);
        folder.insert(name.into(), swapped.into_bytes());
        findings(&folder, &Rolls::default())
    };
    let row = |label: &str, value: &str| format!("<tr><th scope=\"row\">{label}</th>{value}</tr>");
    let table = swap(
        "return_intent.en.table.html",
        &row("Lierne, 2023", "<td>about half</td>"),
        &row("Namsskogan, 2023", "<td>most</td>"),
    );
    assert!(table.iter().any(|finding| finding.leak == Leak::Order), "{table:#?}");
    let spoken = swap("return_intent.en.alt.txt", "Lierne, 2023: about half", "Namsskogan, 2023: most");
    assert!(spoken.iter().any(|finding| finding.leak == Leak::Order), "{spoken:#?}");
    let text = String::from_utf8(clean["return_intent.csv"].clone()).unwrap();
    let lines: Vec<&str> = text.split_inclusive("\r\n").collect();
    let csv = swap("return_intent.csv", lines[1], lines[3]);
    assert!(csv.iter().any(|finding| finding.leak == Leak::Order), "{csv:#?}");
}

/// A CSV column is told with its cell; so are files that nothing here writes, and internal ones.
#[test]
fn columns_and_files_that_do_not_belong() {
    let mut folder = published(&SMALL, None);
    let text = String::from_utf8(folder["return_intent.csv"].clone()).unwrap();
    let wider: Vec<String> =
        text.lines().enumerate().map(|(at, line)| format!("{line},{}\r\n", if at == 0 { "n" } else { "11" })).collect();
    folder.insert("return_intent.csv".into(), wider.concat().into_bytes());
    folder.insert("assets/bygdepuls.js.map".into(), b"{}".to_vec());
    folder.insert("notes.txt".into(), b"5 of 11".to_vec());
    let found = findings(&folder, &Rolls::default());
    let of = |file: &str| found.iter().filter(|finding| finding.file == file).collect::<Vec<_>>();
    assert_eq!(
        (of("notes.txt")[0].leak, of("assets/bygdepuls.js.map")[0].leak),
        (Leak::UnknownFile, Leak::UnknownFile)
    );
    let column = of("return_intent.csv")[0];
    assert_eq!((column.leak, column.place.as_str(), column.line), (Leak::Column, "n", 2));
    assert_eq!(column.cell, "wave=w1 period=2023 area=5042");
    // "About half" of eleven: four to seven.
    let pairs: Vec<(u64, u64)> = column.candidates.iter().map(|one| (one.x, one.n)).collect();
    assert_eq!(pairs, [(4, 11), (5, 11), (6, 11), (7, 11)]);
}

/// An exact cell may show its percent, interval and n, and nothing more.
#[test]
fn an_exact_cell_has_a_limit_too() {
    let clean = published(&[("larger_units = []", "larger_units = [\"indre-namdal\"]")], None);
    let text = String::from_utf8(clean["return_intent.json"].clone()).unwrap();
    let at = text.find("\"value\":[").unwrap() + 9;
    let values: Vec<&str> = text[at..].split(',').take(6).collect();
    assert_eq!(values[..2], ["null", "null"], "band and bands of the first cell");
    let mut folder = clean.clone();
    let share = values[2];
    let finer = text.replacen(&format!("[null,null,{share}"), "[null,null,53.9", 1);
    folder.insert("return_intent.json".into(), finer.into_bytes());
    assert!(findings(&folder, &Rolls::default()).iter().any(|finding| finding.leak == Leak::CellValue));
    let mut folder = clean.clone();
    let table = String::from_utf8(clean["return_intent.en.table.html"].clone()).unwrap();
    let finer = table.replacen("</small>", "; 24 yes</small>", 1);
    folder.insert("return_intent.en.table.html".into(), finer.into_bytes());
    assert!(findings(&folder, &Rolls::default()).iter().any(|finding| finding.leak == Leak::Figure));
}

/// Text, EXIF and bytes after the end of a picture, and a picture of something else.
#[test]
fn pictures_hold_pixels_only() {
    let clean = published(&SMALL, None);
    let chunk = |kind: &[u8], data: &[u8]| {
        [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], kind, data, &[0; 4]].concat()
    };
    let png = |extra: &[u8], after: &[u8]| {
        let start = b"\x89PNG\r\n\x1a\n".to_vec();
        [start, chunk(b"IHDR", &[0; 13]), extra.to_vec(), chunk(b"IDAT", b"x"), chunk(b"IEND", b""), after.to_vec()]
            .concat()
    };
    let plain = png(b"", b"");
    let leaks = |bytes: Vec<u8>| {
        let mut folder = clean.clone();
        folder.insert("return_intent.png".into(), bytes);
        let files: Vec<File<'_>> = folder.iter().map(|(name, bytes)| File { name, bytes }).collect();
        let drawn = plain.clone();
        let redraw = move |_: &str| Some(drawn.clone());
        audit(&files, &Rolls::default(), Some(&redraw)).findings.iter().map(|finding| finding.leak).collect::<Vec<_>>()
    };
    assert_eq!(leaks(plain.clone()), []);
    for (bytes, leak) in [
        (png(&chunk(b"tEXt", b"Comment\0Lierne 5/11"), b""), Leak::PictureText),
        (png(&chunk(b"eXIf", b"MM"), b""), Leak::PictureText),
        (png(b"", b"5/11"), Leak::PictureText),
        (png(&chunk(b"pHYs", &[0; 9]), b""), Leak::PictureOther),
        (plain[..plain.len() - 6].to_vec(), Leak::PictureText),
        (b"GIF89a".to_vec(), Leak::Malformed),
    ] {
        assert_eq!(leaks(bytes), [leak]);
    }
}

/// Hostile bytes end in findings.
#[test]
fn hostile_files() {
    let clean = published(&[], None);
    for bytes in [
        &b"\xff\xfe"[..],
        b"",
        b"<",
        b"<svg",
        "<b>".repeat(5000).as_bytes(),
        b"<tr><td></tr></td>",
        b"{",
        b"a,b\n\"",
        &[0; 99],
    ] {
        for name in clean.keys() {
            let mut folder = alone(&clean, name);
            folder.insert(name.clone(), bytes.to_vec());
            assert!(!findings(&folder, &Rolls::default()).is_empty(), "{name} {bytes:?}");
        }
    }
}

/// Two figures and the register: what is planted in the report and among the measures is found, and nothing else is.
#[test]
fn the_report_and_the_measures_are_held_against_what_they_are_made_of() {
    let clean = published(&[BOTH], None);
    for name in ["report.html", "report.nn.html", "report.en.html", "measures.html", "measures.json", "good_place.json"]
    {
        assert!(clean.contains_key(name), "{name}");
    }
    let plants = [
        ("report.html", "<li>10. klasse, 2026: ", "<li>10. klasse, 2026: 28 av 48, ", Leak::Figure),
        (
            "report.en.html",
            "<section class=\"bp-section\" id=\"nytt\">",
            "<!-- 28 --><section class=\"bp-section\" id=\"nytt\">",
            Leak::Comment,
        ),
        ("measures.html", "<li><strong>Omdømmebygging", "<li><strong>Omdømmebygging for 9 av 12", Leak::Figure),
        ("measures.json", "\"nb\": \"Omdømmebygging\"", "\"nb\": \"Omdømmebygging for 9 av 12\"", Leak::Figure),
        ("measures.json", "\"themes\": [", "\"counts\": [9], \"themes\": [", Leak::Malformed),
    ];
    for (name, from, to, leak) in plants {
        let text = String::from_utf8(clean[name].clone()).unwrap();
        assert!(text.contains(from), "{name}: {from}");
        // What the others are held against is enough.
        let needed = |file: &String| file.ends_with(".json") || file.starts_with("index.");
        let needed = clean.iter().filter(|(file, _)| needed(file));
        let mut folder: Folder = needed.map(|(file, bytes)| (file.clone(), bytes.clone())).collect();
        folder.insert(name.into(), text.replacen(from, to, 1).into_bytes());
        let found = findings(&folder, &Rolls::default());
        assert!(found.iter().any(|finding| finding.file == name && finding.leak == leak), "{name}: {to}: {found:#?}");
    }
}
