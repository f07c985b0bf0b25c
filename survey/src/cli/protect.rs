//! Options of `bygdepuls protect`.

use super::whole::whole;
use bygdepuls_core::disclosure::tables::LARGEST;
use bygdepuls_core::text::Lang;
use clap::{Arg, ArgAction, ArgGroup, Command, value_parser};
use std::path::PathBuf;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let number = |name: &'static str, value: &'static str, least: u64| {
        Arg::new(name).long(name).value_name(value).value_parser(move |text: &str| whole(text, least, lang))
    };
    Command::new("protect")
        .about(t(
            "Skjul i en antallstabell det som ville røpet noen, og det som ville gjort det mulig å regne det ut",
            "Skjul i ein tabell over tal det som ville røpt nokon, og det som ville gjort det mogleg å rekne det ut",
            "Hide in a table of counts what would give somebody away, and what would let others work it out",
        ))
        .after_help(after_help(lang))
        .arg(Arg::new("file").value_name("TABLE.csv").required(true).help(t(
            "CSV-fil med antall i de innerste cellene, eller med én post for hver person; - er standard inn",
            "CSV-fil med tal i dei inste cellene, eller med éin post for kvar person; - er standard inn",
            "CSV file with counts of the innermost cells, or with a record for each person; - is standard input",
        )))
        .arg(
            Arg::new("by")
                .long("by")
                .value_name("COL,…")
                .value_delimiter(',')
                .required_unless_present("spec")
                .help(t(
                    "Kolonnene som er dimensjonene i tabellen",
                    "Kolonnane som er dimensjonane i tabellen",
                    "The columns that are the dimensions of the table",
                )),
        )
        .arg(Arg::new("freq").long("freq").value_name("COL").help(t(
            "Kolonnen med antall; uten den teller hver post én",
            "Kolonnen med tal; utan han tel kvar post éin",
            "The column of counts; without it every record counts one",
        )))
        .arg(Arg::new("policy").long("policy").value_parser(["counts", "none"]).default_value("counts").help(t(
            "Hva som skal vernes; none skjuler ingenting, og er bare til internt bruk",
            "Kva som skal vernast; none skjuler ingenting, og er berre til internt bruk",
            "What to protect; none hides nothing, and is for internal use only",
        )))
        .arg(number("min-count", "N", 1).help(t(
            "Minste antall som kan vises: 1 til N−1 blir skjult [standard: 3, så 1 og 2 blir skjult]",
            "Minste tal som kan visast: 1 til N−1 blir skjult [standard: 3, så 1 og 2 blir skjult]",
            "The smallest count that may be shown: 1 to N−1 are hidden [default: 3, so 1 and 2 are hidden]",
        )))
        .arg(
            Arg::new("zeros")
                .long("zeros")
                .value_parser(["protected", "published"])
                .conflicts_with("k-disclosure")
                .help(t(
                    "Om 0 vernes som små antall, eller alltid vises [standard: published]",
                    "Om 0 blir verna som små tal, eller alltid vist [standard: published]",
                    "Whether 0 is protected as small counts are, or always shown [default: published]",
                )),
        )
        .arg(number("k-disclosure", "K", 0).conflicts_with("coalition").help(t(
            "Vern i stedet grupper der alle unntatt høyst K svarte det samme",
            "Vern i staden grupper der alle unnateke høgst K svara det same",
            "Protect instead groups in which all but at most K gave the same answer",
        )))
        .arg(Arg::new("response").long("response").value_name("COL,…").value_delimiter(',').help(t(
            "Med --k-disclosure: dimensjonene som er svar [standard: hver av dem kan være det]",
            "Med --k-disclosure: dimensjonane som er svar [standard: kvar av dei kan vere det]",
            "With --k-disclosure: the dimensions that are answers [default: any of them may be]",
        )))
        .arg(number("largest-group", "N", 1).help(t(
            "Med --k-disclosure: bare grupper på høyst N [standard: alle]",
            "Med --k-disclosure: berre grupper på høgst N [standard: alle]",
            "With --k-disclosure: only groups of at most N [default: all of them]",
        )))
        .arg(number("min-contributors", "N", 1).help(t(
            "Beløp: det minste antall bidragsytere som må stå bak et publisert beløp",
            "Beløp: det minste talet på bidragsytarar som må stå bak eit publisert beløp",
            "Amounts: the fewest contributors that may stand behind a published amount",
        )))
        .arg(
            Arg::new("dominance")
                .long("dominance")
                .value_name("N,K")
                .value_parser(move |text: &str| dominance(text, lang))
                .help(t(
                    "Beløp: skjul der de N største står for mer enn K prosent",
                    "Beløp: skjul der dei N største står for meir enn K prosent",
                    "Amounts: hide where the N largest make up more than K percent",
                )),
        )
        .arg(number("p-percent", "P", 1).help(t(
            "Beløp: skjul der den nest største kan regne seg fram til den største innenfor P prosent",
            "Beløp: skjul der den nest største kan rekne seg fram til den største innanfor P prosent",
            "Amounts: hide where the second largest can work out the largest to within P percent",
        )))
        .group(
            ArgGroup::new("rule")
                .args(["min-count", "k-disclosure", "min-contributors", "dominance", "p-percent"])
                .multiple(false),
        )
        .arg(Arg::new("contributor").long("contributor").value_name("COL").help(t(
            "Beløp: kolonnen som sier hvem en rad er fra [uten: hver rad er fra en egen]",
            "Beløp: kolonnen som seier kven ei rad er frå [utan: kvar rad er frå ein eigen]",
            "Amounts: the column that says who a record is of [without: each is of somebody else]",
        )))
        .arg(Arg::new("hierarchy").long("hierarchy").value_name("H.csv").action(ArgAction::Append).help(t(
            "Hvordan kodene summeres: kolonnene parent og child, og dimension der det er flere",
            "Korleis kodane blir summerte: kolonnane parent og child, og dimension der det er fleire",
            "How codes sum up: the columns parent and child, and dimension where there are several",
        )))
        .arg(Arg::new("formula").long("formula").value_name("FORMULA").help(t(
            "Hvilke tabeller som publiseres, som i R: «~ (mun + region) * answer» [standard: alle]",
            "Kva tabellar som blir publiserte, som i R: «~ (mun + region) * answer» [standard: alle]",
            "Which tables are published, as in R: '~ (mun + region) * answer' [default: all of them]",
        )))
        .arg(Arg::new("link").long("link").value_name("OTHER.csv[:COL,…]").action(ArgAction::Append).help(t(
            "En tabell over de samme menneskene som publiseres sammen med denne; dimensjonene er de av --by som den har",
            "Ein tabell over dei same menneska som blir publisert saman med denne; dimensjonane er dei av --by som han har",
            "A table of the same people that is published with this one; its dimensions are those of --by that it has",
        )))
        .arg(Arg::new("keep").long("keep").value_name("CODE,…").value_delimiter(',').help(t(
            "Koder som helst skal vises, der noe må skjules",
            "Kodar som helst skal visast, der noko må skjulast",
            "Codes that are rather shown than others, where something must be hidden",
        )))
        .arg(Arg::new("totals-included").long("totals-included").action(ArgAction::SetTrue).help(t(
            "Fila har rader med summer også; de må stemme",
            "Fila har rader med summar òg; dei må stemme",
            "The file has records of sums too; they must be right",
        )))
        .arg(Arg::new("spec").long("spec").value_name("SPEC.json").help(t(
            "Dimensjoner, hierarkier, formel og regel fra en fil; andre valg går foran den",
            "Dimensjonar, hierarki, formel og regel frå ei fil; andre val går føre henne",
            "Dimensions, hierarchies, formula and rule from a file; other options override it",
        )))
        .arg(number("coalition", "K", 0).help(t(
            "Hvor mange i samme celle som kan slå sammen det de vet [standard: 1]",
            "Kor mange i same celle som kan slå saman det dei veit [standard: 1]",
            "How many in one cell may put together what they know [default: 1]",
        )))
        .arg(number("small", "N", 0).help(t(
            "Antall under dette er små: ingen innsidere skal finne dem [standard: 5]",
            "Tal under dette er små: ingen innsidarar skal finne dei [standard: 5]",
            "Counts below this are small: no insider may find them out [default: 5]",
        )))
        .arg(number("narrow", "W", 0).help(t(
            "Små antall skal heller ikke kunne finnes innenfor ±W [standard: 0]",
            "Små tal skal heller ikkje kunne finnast innanfor ±W [standard: 0]",
            "Small counts must not be found out to within ±W either [default: 0]",
        )))
        .arg(
            Arg::new("method").long("method").value_parser(["suppress", "round"]).default_value("suppress").help(t(
                "Skjul, eller rund av små antall til 0 eller --base så alle summer går opp",
                "Skjul, eller rund av små tal til 0 eller --base så alle summar går opp",
                "Hide, or round small counts to 0 or --base so that all sums hold",
            )),
        )
        .arg(number("base", "B", 2).help(t(
            "Grunntallet i avrundingen [standard: 3]",
            "Grunntalet i avrundinga [standard: 3]",
            "The base of rounding [default: 3]",
        )))
        .arg(Arg::new("audit").long("audit").action(ArgAction::SetTrue).help(t(
            "Regn ut hva en angriper kan slutte om hver skjult celle, og skriv intervallet",
            "Rekn ut kva ein angripar kan slutte om kvar skjult celle, og skriv intervallet",
            "Work out what an attacker can conclude about each hidden cell, and write the interval",
        )))
        .arg(Arg::new("report").long("report").action(ArgAction::SetTrue).help(t(
            "Si hva vernet koster, på standard feil; rapporten er intern",
            "Sei kva vernet kostar, på standard feil; rapporten er intern",
            "Say what protection costs, on standard error; the report is internal",
        )))
        .arg(Arg::new("format").long("format").value_parser(["table", "csv", "json"]).default_value("table").help(t(
            "Form på resultatet",
            "Form på resultatet",
            "Form of the result",
        )))
        .arg(Arg::new("out").long("out").value_name("FILE").value_parser(value_parser!(PathBuf)).help(t(
            "Fil for resultatet [standard: standard ut]",
            "Fil for resultatet [standard: standard ut]",
            "File of the result [default: standard output]",
        )))
}

/// `N,K`: how many, and how many percent.
fn dominance(text: &str, lang: Lang) -> Result<(u64, u64), String> {
    let parts = text.split_once(',').and_then(|(n, k)| Some((n.trim().parse().ok()?, k.trim().parse().ok()?)));
    let most = LARGEST as u64;
    parts.filter(|(n, k)| (1..=most).contains(n) && (1..=100).contains(k)).ok_or_else(|| {
        lang.pick(
            "antall fra 1 til 5, og prosent: 2,85",
            "tal frå 1 til 5, og prosent: 2,85",
            "a number from 1 to 5, and percent: 2,85",
        )
        .to_owned()
    })
}

fn after_help(lang: Lang) -> String {
    lang.pick(
        "Eksempler:\n  bygdepuls protect tabell.csv --by kommune,svar --freq antall\n  \
         bygdepuls protect tabell.csv --by kommune,svar --freq antall --hierarchy regioner.csv --format json --out ut.json\n  \
         bygdepuls protect --spec spec.json tabell.csv --report\n\n\
         Skjulte celler får tegnet «:», hva enn grunnen er. Ingen skjulte antall blir skrevet noe sted.\n\
         Utgangskode: 0 ferdig, 1 noe er galt med filene eller tabellen kan ikke gjøres trygg (da skrives ingenting), 2 feil bruk.",
        "Døme:\n  bygdepuls protect tabell.csv --by kommune,svar --freq tal\n  \
         bygdepuls protect tabell.csv --by kommune,svar --freq tal --hierarchy regionar.csv --format json --out ut.json\n  \
         bygdepuls protect --spec spec.json tabell.csv --report\n\n\
         Skjulte celler får teiknet «:», kva enn grunnen er. Ingen skjulte tal blir skrivne nokon stad.\n\
         Utgangskode: 0 ferdig, 1 noko er gale med filene eller tabellen kan ikkje gjerast trygg (då blir ingenting skrive), 2 feil bruk.",
        "Examples:\n  bygdepuls protect table.csv --by town,answer --freq count\n  \
         bygdepuls protect table.csv --by town,answer --freq count --hierarchy regions.csv --format json --out out.json\n  \
         bygdepuls protect --spec spec.json table.csv --report\n\n\
         Hidden cells get the sign ':' whatever the reason. No hidden count is written anywhere.\n\
         Exit code: 0 done, 1 the files have problems or the table cannot be made safe (nothing is written), 2 wrong usage.",
    )
    .into()
}
