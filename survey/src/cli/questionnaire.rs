//! Options of `bygdepuls questionnaire`.

use bygdepuls_core::questionnaire::export::Format;
use bygdepuls_core::text::Lang;
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("questionnaire")
        .about(t(
            "Kontroller et spørreskjema, skriv det for spørreverktøy, og sammenlign to år",
            "Kontroller eit spørjeskjema, skriv det for spørjeverktøy, og samanlikn to år",
            "Check a questionnaire, write it for survey tools, and compare two years",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(lint(lang))
        .subcommand(export(lang))
        .subcommand(codebook(lang))
        .subcommand(compare(lang))
}

fn form(name: &'static str, value: &'static str, lang: Lang) -> Arg {
    let words = lang.pick(
        "Mappa med survey.csv, choices.csv og settings.csv, eller en XLSForm-arbeidsbok (.xlsx)",
        "Mappa med survey.csv, choices.csv og settings.csv, eller ei XLSForm-arbeidsbok (.xlsx)",
        "The folder with survey.csv, choices.csv and settings.csv, or an XLSForm workbook (.xlsx)",
    );
    Arg::new(name).value_name(value).required(true).value_parser(value_parser!(PathBuf)).help(words.to_string())
}

fn format(lang: Lang) -> Arg {
    Arg::new("format")
        .long("format")
        .value_parser(["text", "json"])
        .default_value("text")
        .help(lang.pick("Form på resultatet", "Form på resultatet", "Form of the result").to_string())
}

fn out(lang: Lang) -> Arg {
    Arg::new("out").long("out").value_name("DIR").required(true).value_parser(value_parser!(PathBuf)).help(
        lang.pick(
            "Mappa for filene: all for alle bølger i ett skjema, wave-1, wave-2 … for hver bølge",
            "Mappa for filene: all for alle bølgjer i eitt skjema, wave-1, wave-2 … for kvar bølgje",
            "Folder of the files: all for all waves in one form, wave-1, wave-2 … for each wave",
        )
        .to_string(),
    )
}

fn wave(lang: Lang) -> Arg {
    Arg::new("wave").long("wave").value_name("CODE").help(
        lang.pick(
            "Bare skjemaet til denne bølgen [standard: alle, hver for seg og samlet]",
            "Berre skjemaet til denne bølgja [standard: alle, kvar for seg og samla]",
            "Only the form of this wave [default: all, each of its own and together]",
        )
        .to_string(),
    )
}

fn lint(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("lint")
        .about(t(
            "Finn det som er galt med et spørreskjema: navn, lister, språk, betingelser, koden folk lager selv",
            "Finn det som er gale med eit spørjeskjema: namn, lister, språk, vilkår, koden folk lagar sjølve",
            "Find what is wrong with a questionnaire: names, lists, languages, conditions, the self-made code",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls questionnaire lint examples/indre-namdal/questionnaire-2027\n  bygdepuls questionnaire \
             lint skjema.xlsx --format json\n\nUtgangskode: 0 ingen feil, 1 feil, 2 feil bruk.",
            "Døme:\n  bygdepuls questionnaire lint examples/indre-namdal/questionnaire-2027\n  bygdepuls questionnaire \
             lint skjema.xlsx --format json\n\nUtgangskode: 0 ingen feil, 1 feil, 2 feil bruk.",
            "Examples:\n  bygdepuls questionnaire lint examples/indre-namdal/questionnaire-2027\n  bygdepuls questionnaire \
             lint form.xlsx --format json\n\nExit code: 0 no errors, 1 errors, 2 wrong usage.",
        ))
        .arg(form("questionnaire", "QUESTIONNAIRE", lang))
        .arg(format(lang))
}

fn export(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let names: Vec<&str> = Format::ALL.iter().map(|(name, _)| *name).collect();
    Command::new("export")
        .about(t(
            "Skriv skjemaet for spørreverktøy: XLSForm, LimeSurvey, til innliming, kodebok, informasjonsbrev",
            "Skriv skjemaet for spørjeverktøy: XLSForm, LimeSurvey, til innliming, kodebok, informasjonsbrev",
            "Write the form for survey tools: XLSForm, LimeSurvey, to paste, codebook, information letter",
        ))
        .after_help(t(
            "Eksempler:\n  bygdepuls questionnaire export skjema.xlsx --out skjemaer\n  bygdepuls questionnaire export \
             skjema --out skjemaer --wave 1 --only xlsform,limesurvey\n\nxlsform er for ODK og KoboToolbox, limesurvey en \
             tabulatordelt fil, paste til innliming i Microsoft Forms, Nettskjema og SurveyXact.\n\nUtgangskode: 0 ferdig, \
             1 noe er galt med skjemaet, 2 feil bruk.",
            "Døme:\n  bygdepuls questionnaire export skjema.xlsx --out skjema-2027\n  bygdepuls questionnaire export \
             skjema --out skjema-2027 --wave 1 --only xlsform,limesurvey\n\nxlsform er for ODK og KoboToolbox, limesurvey \
             ei tabulatordelt fil, paste til innliming i Microsoft Forms, Nettskjema og SurveyXact.\n\nUtgangskode: 0 \
             ferdig, 1 noko er gale med skjemaet, 2 feil bruk.",
            "Examples:\n  bygdepuls questionnaire export form.xlsx --out forms\n  bygdepuls questionnaire export form \
             --out forms --wave 1 --only xlsform,limesurvey\n\nxlsform is for ODK and KoboToolbox, limesurvey a \
             tab-separated file, paste to paste into Microsoft Forms, Nettskjema and SurveyXact.\n\nExit code: 0 done, 1 \
             the form has problems, 2 wrong usage.",
        ))
        .arg(form("questionnaire", "QUESTIONNAIRE", lang))
        .arg(out(lang))
        .arg(wave(lang))
        .arg(Arg::new("only").long("only").value_name("FORM,…").value_delimiter(',').value_parser(names).help(t(
            "Bare disse formene [standard: alle]",
            "Berre desse formene [standard: alle]",
            "Only these forms [default: all]",
        )))
}

fn codebook(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("codebook")
        .about(t(
            "Skriv kodeboka: Table Schema, DDI-Codebook 2.5 og en side å lese",
            "Skriv kodeboka: Table Schema, DDI-Codebook 2.5 og ei side å lese",
            "Write the codebook: Table Schema, DDI-Codebook 2.5 and a page to read",
        ))
        .after_help(t(
            "Eksempel:\n  bygdepuls questionnaire codebook skjema.xlsx --out kodebok\n\nUtgangskode: 0 ferdig, 1 noe er galt \
             med skjemaet, 2 feil bruk.",
            "Døme:\n  bygdepuls questionnaire codebook skjema.xlsx --out kodebok\n\nUtgangskode: 0 ferdig, 1 noko er gale \
             med skjemaet, 2 feil bruk.",
            "Example:\n  bygdepuls questionnaire codebook form.xlsx --out codebook\n\nExit code: 0 done, 1 the form has \
             problems, 2 wrong usage.",
        ))
        .arg(form("questionnaire", "QUESTIONNAIRE", lang))
        .arg(out(lang))
        .arg(wave(lang))
}

fn compare(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("compare")
        .about(t(
            "Sammenlign skjemaet fra to år: hvilke endringer bryter en tidsserie, og hvilke ikke",
            "Samanlikn skjemaet frå to år: kva endringar bryt ein tidsserie, og kva ikkje",
            "Compare the forms of two years: which changes break a time series, and which do not",
        ))
        .after_help(t(
            "Eksempel:\n  bygdepuls questionnaire compare examples/indre-namdal/questionnaire \
             examples/indre-namdal/questionnaire-2027\n\nUtgangskode: 0 ferdig, 1 noe er galt med et skjema, eller en serie \
             brytes og --fail-on-break er gitt, 2 feil bruk.",
            "Døme:\n  bygdepuls questionnaire compare examples/indre-namdal/questionnaire \
             examples/indre-namdal/questionnaire-2027\n\nUtgangskode: 0 ferdig, 1 noko er gale med eit skjema, eller ein \
             serie blir broten og --fail-on-break er gitt, 2 feil bruk.",
            "Example:\n  bygdepuls questionnaire compare examples/indre-namdal/questionnaire \
             examples/indre-namdal/questionnaire-2027\n\nExit code: 0 done, 1 a form has problems, or a series breaks and \
             --fail-on-break is given, 2 wrong usage.",
        ))
        .arg(form("old", "OLD", lang))
        .arg(form("new", "NEW", lang))
        .arg(Arg::new("fail-on-break").long("fail-on-break").action(ArgAction::SetTrue).help(t(
            "Slutt med 1 når en serie brytes",
            "Slutt med 1 når ein serie blir broten",
            "End with 1 when a series breaks",
        )))
        .arg(format(lang))
}
