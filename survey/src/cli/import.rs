//! Options of `bygdepuls import`.

use super::date;
use bygdepuls_core::questionnaire::import::Dialect;
use bygdepuls_core::text::Lang;
use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let file = |name: &'static str, value: &'static str| {
        Arg::new(name).long(name).value_name(value).value_parser(value_parser!(PathBuf))
    };
    Command::new("import")
        .about(t(
            "Gjør eksporter fra spørreverktøy til kodede svar gjennom spørreskjemaet",
            "Gjer eksportar frå spørjeverktøy til koda svar gjennom spørjeskjemaet",
            "Turn exports of survey tools into coded answers through the questionnaire",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls import nettskjema.txt --questionnaire skjema --out svar.csv\n  bygdepuls import \
             forms.xlsx --questionnaire skjema.xlsx --out svar.csv --report rapport.json --contacts kontakt.csv\n  \
             bygdepuls import uke1.csv uke2.csv --questionnaire skjema --out svar.csv --place 7=kommentar\n\nVerktøyet \
             kjennes igjen på sine egne kolonner. Kolonner finner plassen sin på navn eller spørsmål, svar på kode eller \
             tekst, aldri på rekkefølge. Kontaktopplysninger står aldri i svarene.\n\nUtgangskode: 0 importert, 1 feil i \
             eksporten, 2 feil bruk.",
            "Døme:\n  bygdepuls import nettskjema.txt --questionnaire skjema --out svar.csv\n  bygdepuls import \
             forms.xlsx --questionnaire skjema.xlsx --out svar.csv --report rapport.json --contacts kontakt.csv\n  \
             bygdepuls import veke1.csv veke2.csv --questionnaire skjema --out svar.csv --place 7=kommentar\n\nVerktøyet \
             blir kjent att på sine eigne kolonnar. Kolonnar finn plassen sin på namn eller spørsmål, svar på kode eller \
             tekst, aldri på rekkjefølgje. Kontaktopplysningar står aldri i svara.\n\nUtgangskode: 0 importert, 1 feil i \
             eksporten, 2 feil bruk.",
            "Examples:\n  bygdepuls import nettskjema.txt --questionnaire form --out answers.csv\n  bygdepuls import \
             forms.xlsx --questionnaire form.xlsx --out answers.csv --report report.json --contacts contacts.csv\n  \
             bygdepuls import week1.csv week2.csv --questionnaire form --out answers.csv --place 7=comment\n\nThe tool is \
             recognised by its own columns. Columns find their place by name or question, answers by code or label, never \
             by position. Contact details never stand among the answers.\n\nExit code: 0 imported, 1 errors in the \
             export, 2 wrong usage.",
        ))
        .arg(
            Arg::new("export")
                .value_name(t("EKSPORT", "EKSPORT", "EXPORT"))
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "Eksporten: CSV, xlsx eller SPSS; flere blir til én tabell",
                    "Eksporten: CSV, xlsx eller SPSS; fleire blir til éin tabell",
                    "The export: CSV, xlsx or SPSS; several become one table",
                )),
        )
        .arg(file("questionnaire", "DIR|XLSX").required(true).help(t(
            "Spørreskjemaet: ei mappe med xlsform_*.csv eller survey.csv og choices.csv, eller en XLSForm-arbeidsbok",
            "Spørjeskjemaet: ei mappe med xlsform_*.csv eller survey.csv og choices.csv, eller ei XLSForm-arbeidsbok",
            "The questionnaire: a folder with xlsform_*.csv or survey.csv and choices.csv, or an XLSForm workbook",
        )))
        .arg(file("out", "CSV").required(true).help(t(
            "Fila som svarene skrives til",
            "Fila som svara blir skrivne til",
            "The file that the answers are written to",
        )))
        .arg(file("report", "JSON").help(t(
            "Skriv rapporten over alt som ble endret og alt uten plass; ingen svar står i den",
            "Skriv rapporten over alt som vart endra og alt utan plass; ingen svar står i han",
            "Write the report of every change and everything without a place; no answer stands in it",
        )))
        .arg(file("contacts", "CSV").help(t(
            "Skriv kontaktopplysningene til en egen fil som bare eieren kan lese",
            "Skriv kontaktopplysningane til ei eiga fil som berre eigaren kan lese",
            "Write the contact details to a file of their own that only its owner can read",
        )))
        .arg(Arg::new("row-key").long("row-key").action(ArgAction::SetTrue).help(t(
            "Skriv nøkkelen som binder svar til kontaktopplysninger, i svarene",
            "Skriv nøkkelen som bind svar til kontaktopplysningar, i svara",
            "Write the key that joins answers to contact details into the answers",
        )))
        .arg(
            Arg::new("dialect")
                .long("dialect")
                .value_name(t("VERKTØY", "VERKTØY", "TOOL"))
                .value_parser(Dialect::ALL.map(|one| PossibleValue::new(one.code()).aliases(one.aliases())))
                .help(t(
                    "Verktøyet som skrev eksporten [uten: kjennes igjen]",
                    "Verktøyet som skreiv eksporten [utan: blir kjent att]",
                    "The tool that wrote the export [without: recognised]",
                )),
        )
        .arg(Arg::new("delimiter").long("delimiter").value_name(", ; | tab").help(t(
            "Skilletegnet [uten: det som gir like mange kolonner i hver rad]",
            "Skiljeteiknet [utan: det som gjev like mange kolonnar i kvar rad]",
            "The delimiter [without: the one that gives every row as many columns]",
        )))
        .arg(Arg::new("encoding").long("encoding").value_name("utf-8|windows-1252|utf-16").help(t(
            "Tegnkodingen [uten: UTF-8 om det går, ellers Windows-1252]",
            "Teiknkodinga [utan: UTF-8 om det går, elles Windows-1252]",
            "The encoding [without: UTF-8 if it can be, else Windows-1252]",
        )))
        .arg(Arg::new("dates").long("dates").value_parser(["day", "month"]).help(t(
            "Hva som kommer først i datoer som 03/04/2025, der kolonnen ikke sier det",
            "Kva som kjem først i datoar som 03/04/2025, der kolonnen ikkje seier det",
            "What comes first in dates such as 03/04/2025, where the column does not tell",
        )))
        .arg(
            Arg::new("place")
                .long("place")
                .value_name(t("KOLONNE=VARIABEL", "KOLONNE=VARIABEL", "COLUMN=VARIABLE"))
                .action(ArgAction::Append)
                .help(t(
                    "En kolonne, etter overskrift eller nummer, og variabelen eller variabel/alternativ den er; kan gjentas",
                    "Ein kolonne, etter overskrift eller nummer, og variabelen eller variabel/alternativ han er; kan gjentakast",
                    "A column, by heading or number, and the variable or variable/choice that it is; repeatable",
                )),
        )
        .arg(
            Arg::new("ignore")
                .long("ignore")
                .value_name(t("KOLONNE", "KOLONNE", "COLUMN"))
                .action(ArgAction::Append)
                .help(t(
                    "En kolonne som ikke leses; kan gjentas",
                    "Ein kolonne som ikkje blir lesen; kan gjentakast",
                    "A column that is not read; repeatable",
                )),
        )
        .arg(file("labels", "CSV").help(t(
            "Spørsmålene til kolonnene, der verktøyet skriver dem i en egen fil (SurveyXact): navn, spørsmål",
            "Spørsmåla til kolonnane, der verktøyet skriv dei i ei eiga fil (SurveyXact): namn, spørsmål",
            "The questions of the columns, where the tool writes them to another file (SurveyXact): name, question",
        )))
        .arg(Arg::new("key").long("key").value_name("VARIABLE").help(t(
            "Variabelen som sier hvem noen er, for doble svar [uten: den selvlagde koden]",
            "Variabelen som seier kven nokon er, for doble svar [utan: den sjølvlaga koden]",
            "The variable that says who somebody is, for answers given twice [without: the self-made code]",
        )))
        .arg(Arg::new("closes").long("closes").value_name("YYYY-MM-DD").value_parser(move |text: &str| date(text, lang)).help(t(
            "Siste svardag: av den som har svart flere ganger, viker det som kom senere",
            "Siste svardag: av den som har svart fleire gonger, vik det som kom seinare",
            "The closing day: of somebody who answered more than once, what came in later gives way",
        )))
        .arg(Arg::new("keep-duplicates").long("keep-duplicates").action(ArgAction::SetTrue).help(t(
            "Behold alle radene til den som har svart flere ganger [uten: den siste som er sendt inn]",
            "Hald på alle radene til den som har svart fleire gonger [utan: den siste som er send inn]",
            "Keep all records of somebody who answered more than once [without: the last one that was sent in]",
        )))
        .arg(Arg::new("drop-partial").long("drop-partial").action(ArgAction::SetTrue).help(t(
            "Utelat svar som ikke er sendt inn",
            "Utelat svar som ikkje er sende inn",
            "Leave out answers that were not sent in",
        )))
        .arg(Arg::new("keep-going").long("keep-going").action(ArgAction::SetTrue).help(t(
            "La celler som ikke kan kodes, stå tomme, og utelat ødelagte rader; alt rapporteres",
            "Lat celler som ikkje kan kodast, stå tomme, og utelat øydelagde rader; alt blir rapportert",
            "Leave cells that cannot be coded empty, and broken records out; all is reported",
        )))
        .arg(Arg::new("for").long("for").value_parser(["programs", "excel"]).default_value("programs").help(t(
            "Hvem svarene skrives for: excel får semikolon, desimalkomma, norske datoer og vern mot formler",
            "Kven svara blir skrivne for: excel får semikolon, desimalkomma, norske datoar og vern mot formlar",
            "Whom the answers are written for: excel gets semicolons, decimal commas, Norwegian dates and a guard against formulas",
        )))
}
