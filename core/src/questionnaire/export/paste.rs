//! The questionnaire on paper: to paste, question by question, into a tool that takes no file, with a checklist for setting
//! it up there.

use super::html::kind_words;
use super::{END, page};
use crate::questionnaire::{Expression, Item, ItemKind, Node, Operator, Questionnaire, Routing, lint};
use crate::show::markup::fill;
use crate::text::Lang;

/// A tool that takes no file of a questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Microsoft Forms.
    MicrosoftForms,
    /// Nettskjema, University of Oslo.
    Nettskjema,
    /// SurveyXact, Ramboll.
    SurveyXact,
}

impl Tool {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::MicrosoftForms, Self::Nettskjema, Self::SurveyXact];

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MicrosoftForms => "Microsoft Forms",
            Self::Nettskjema => "Nettskjema",
            Self::SurveyXact => "SurveyXact",
        }
    }

    /// The same as part of a file name.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::MicrosoftForms => "microsoft-forms",
            Self::Nettskjema => "nettskjema",
            Self::SurveyXact => "surveyxact",
        }
    }

    /// Whether the maker of a form can give each question a code of its own, which the export then has.
    const fn has_codes(self) -> bool {
        !matches!(self, Self::MicrosoftForms)
    }

    fn checklist(self, lang: Lang) -> Vec<&'static str> {
        let t = |nb, nn, en| lang.pick(nb, nn, en);
        let mut list = match self {
            Self::MicrosoftForms => vec![
                t(
                    "Lag ett skjema for hver bølge: Forms kan ikke ta imot bølgen i lenken.",
                    "Lag eitt skjema for kvar bølgje: Forms kan ikkje ta imot bølgja i lenkja.",
                    "Make one form for each wave: Forms cannot take the wave from the link.",
                ),
                t(
                    "Innstillinger: «Alle kan svare», og slå av «Registrer navn».",
                    "Innstillingar: «Alle kan svare», og slå av «Registrer namn».",
                    "Settings: anyone can respond; do not record names.",
                ),
                t(
                    "Slå av «Bland spørsmål» og «Bland alternativer»: rekkefølgen er en del av målingen.",
                    "Slå av «Bland spørsmål» og «Bland alternativ»: rekkjefølgja er ein del av målinga.",
                    "Do not shuffle questions or options: the order is part of the measurement.",
                ),
                t(
                    "Bruk «Legg til forgrening» der det står «Vises bare hvis».",
                    "Bruk «Legg til forgreining» der det står «Blir vist berre viss».",
                    "Add branching where it says \"Shown only if\".",
                ),
                t(
                    "Lim inn spørsmål og svar ordrett: importen kjenner dem igjen på teksten.",
                    "Lim inn spørsmål og svar ordrett: importen kjenner dei att på teksten.",
                    "Paste questions and answers word for word: the import recognises them by their words.",
                ),
                t(
                    "Hent svarene som Excel-fil, ikke som CSV.",
                    "Hent svara som Excel-fil, ikkje som CSV.",
                    "Download the answers as an Excel file, not as CSV.",
                ),
            ],
            Self::Nettskjema => vec![
                t(
                    "Slå på kodebok, og skriv koden i grått ved hvert spørsmål og svar: da kommer svarene ut som koder.",
                    "Slå på kodebok, og skriv koden i grått ved kvart spørsmål og svar: då kjem svara ut som kodar.",
                    "Turn the codebook on, and enter the grey code of every question and answer: answers then come out as codes.",
                ),
                t(
                    "Bølge og kull: lag et skjult eller forhåndsutfylt felt, og sett det i lenken til hver bølge.",
                    "Bølgje og kull: lag eit skjult eller førehandsutfylt felt, og set det i lenkja til kvar bølgje.",
                    "Wave and cohort: a hidden or prefilled field, set in the link of each wave.",
                ),
                t(
                    "Velg at svar ikke knyttes til innlogging, og at de slettes hos Nettskjema når de er hentet.",
                    "Vel at svar ikkje blir knytte til innlogging, og at dei blir sletta hos Nettskjema når dei er henta.",
                    "Choose that answers are not tied to a login, and that they are deleted there once fetched.",
                ),
                t(
                    "Bruk synlighetsregel der det står «Vises bare hvis».",
                    "Bruk synlegheitsregel der det står «Blir vist berre viss».",
                    "Use a visibility rule where it says \"Shown only if\".",
                ),
            ],
            Self::SurveyXact => vec![
                t(
                    "Gi hver variabel navnet i grått, og hvert svar tallverdien i grått.",
                    "Gi kvar variabel namnet i grått, og kvart svar talverdien i grått.",
                    "Give every variable the grey name, and every answer the grey value.",
                ),
                t(
                    "Bølge og kull: bakgrunnsvariabler, fylt ut i respondentlista eller i lenken.",
                    "Bølgje og kull: bakgrunnsvariablar, fylte ut i respondentlista eller i lenkja.",
                    "Wave and cohort: background variables, filled in from the list of respondents or the link.",
                ),
                t(
                    "Bruk aktivering der det står «Vises bare hvis».",
                    "Bruk aktivering der det står «Blir vist berre viss».",
                    "Use an activation where it says \"Shown only if\".",
                ),
                t(
                    "Eksporter med variabelnavn og koder, gjerne som SPSS-fil.",
                    "Eksporter med variabelnamn og kodar, gjerne som SPSS-fil.",
                    "Export with variable names and codes, as an SPSS file if you can.",
                ),
            ],
        };
        list.extend([
            t(
                "Kontaktopplysninger samles i et eget skjema, atskilt fra svarene.",
                "Kontaktopplysningar blir samla i eit eige skjema, skilt frå svara.",
                "Contact details are collected in a form of their own, apart from the answers.",
            ),
            t(
                "Legg informasjonsbrevet først, og still spørsmålet om samtykke før alle andre.",
                "Legg informasjonsbrevet først, og still spørsmålet om samtykke før alle andre.",
                "Put the information letter first, and the question of consent before all others.",
            ),
            t(
                "Svar to ganger på prøve: én gang med ja til alt, én gang med nei. Slett prøvesvarene.",
                "Svar to gonger på prøve: éin gong med ja til alt, éin gong med nei. Slett prøvesvara.",
                "Answer twice as a trial: once with yes to everything, once with no. Delete the trial answers.",
            ),
            t(
                "Databehandleravtale med leverandøren er på plass.",
                "Databehandlaravtale med leverandøren er på plass.",
                "A data processing agreement with the provider is in place.",
            ),
        ]);
        list
    }
}

pub(super) fn write(own: &Questionnaire, wave: Option<&str>, tool: Tool, lang: Lang) -> String {
    let routing = Routing::of(own);
    let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en);
    let title = &own.settings.title;
    let mut out = page(&format!("{title} – {}", tool.name()), lang);
    fill(
        &mut out,
        "<h1>{}</h1>\n<p class=\"note\">{} {}. {} {}.</p>\n<h2>{} {}</h2>\n<ul class=\"check\">\n",
        &[
            title,
            t("Til innliming i", "Til innliming i", "To paste into"),
            tool.name(),
            t("Versjon", "Versjon", "Version"),
            &own.settings.version,
            t("Sjekkliste for", "Sjekkliste for", "Checklist for"),
            tool.name(),
        ],
    );
    for line in tool.checklist(lang) {
        fill(&mut out, "<li>{}</li>\n", &[line]);
    }
    fill(&mut out, "</ul>\n<h2>{}</h2>\n", &[t("Spørsmål", "Spørsmål", "Questions")]);
    let mut number = 0;
    for (place, item) in own.items.iter().enumerate() {
        let label = own.text(&item.label);
        let label = label.get(lang);
        if item.kind.is_begin() && !label.is_empty() {
            fill(&mut out, "<h2>{}</h2>\n", &[label]);
        } else if item.kind == ItemKind::Note {
            fill(&mut out, "<p>{}</p>\n", &[label]);
        } else if matches!(item.kind, ItemKind::Hidden { .. }) || (item.kind.is_question() && !item.is_asked()) {
            let set =
                t("settes i lenken, vises ikke", "blir sett i lenkja, blir ikkje vist", "set in the link, not shown");
            let value = wave.filter(|_| own.wave_variable() == Some(item)).map(|wave| format!(" = {wave}"));
            fill(
                &mut out,
                "<p class=\"note\"><code>{}{}</code> {}: {}</p>\n",
                &[&item.name, value.as_deref().unwrap_or_default(), label, set],
            );
        } else if item.kind.is_question() {
            number += 1;
            push_question(&mut out, own, &routing, (place, item), number, tool, lang);
        }
    }
    out.push_str(END);
    out
}

fn push_question(
    out: &mut String,
    own: &Questionnaire,
    routing: &Routing,
    (place, item): (usize, &Item),
    number: usize,
    tool: Tool,
    lang: Lang,
) {
    let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en);
    let text = |words: &[String]| own.text(words).get(lang).to_owned();
    fill(out, "<section class=\"question\">\n<h3>{}. {}</h3>\n", &[&number.to_string(), &text(&item.label)]);
    let hint = text(&item.hint);
    if !hint.is_empty() {
        fill(out, "<p>{}</p>\n", &[&hint]);
    }
    let mut notes = vec![kind_words(&item.kind, lang).to_owned()];
    if item.is_required() {
        notes.push(t("må besvares", "må svarast på", "must be answered").into());
    }
    if let Some(most) = most_choices(item) {
        notes.push(format!("{} {most}", t("høyst", "høgst", "at most")));
    }
    let mark = if tool.has_codes() { format!("{}: ", item.name) } else { String::new() };
    fill(out, "<p class=\"note\"><code>{}</code>{}</p>\n", &[&mark, &notes.join(", ")]);
    let conditions: Vec<String> =
        routing.conditions(own, place).map(|condition| in_words(own, condition.node(), lang)).collect();
    if !conditions.is_empty() {
        let and = t(" og ", " og ", " and ");
        fill(
            out,
            "<p class=\"note\">{} {}</p>\n",
            &[t("Vises bare hvis", "Blir vist berre viss", "Shown only if"), &conditions.join(and)],
        );
    }
    if lint::is_self_made_code(item) {
        let words = t(
            "Koden er en personopplysning: med andre svar kan den peke ut én person.",
            "Koden er ei personopplysning: med andre svar kan han peike ut éin person.",
            "The code is personal data: with other answers it can point to one person.",
        );
        fill(out, "<p class=\"note\">{}</p>\n", &[words]);
    }
    if let Some(list) = own.choices(item) {
        out.push_str("<ul>\n");
        for choice in &list.choices {
            let code = if tool.has_codes() { choice.code.as_str() } else { "" };
            fill(out, "<li>{} <code class=\"note\">{}</code></li>\n", &[&text(&choice.label), code]);
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
}

/// The most choices that a question takes.
fn most_choices(item: &Item) -> Option<f64> {
    let Node::Compare(Operator::AtMost, left, right) = item.constraint.as_ref()?.node() else { return None };
    let counts = **left == Node::Call("count-selected".into(), vec![Node::This]);
    right.number().filter(|_| counts)
}

/// A condition in words: questions and answers as people read them. What has no words stands as it is written.
fn in_words(own: &Questionnaire, node: &Node, lang: Lang) -> String {
    let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en);
    let question = |name: &str| {
        let label = own.item(name).map(|item| own.text(&item.label).get(lang).to_owned());
        format!("«{}»", label.filter(|label| !label.is_empty()).unwrap_or_else(|| name.to_owned()))
    };
    let answer = |name: &str, code: &str| {
        let choice = own.item(name).and_then(|item| own.choices(item)).and_then(|list| list.choice(code));
        format!("«{}»", choice.map_or_else(|| code.to_owned(), |choice| own.text(&choice.label).get(lang).to_owned()))
    };
    let join = |parts: &[Node], word: &str| {
        let parts = parts.iter().map(|part| {
            let text = in_words(own, part, lang);
            if matches!(part, Node::And(_) | Node::Or(_)) { format!("({text})") } else { text }
        });
        parts.collect::<Vec<_>>().join(word)
    };
    match node {
        Node::And(parts) => join(parts, t(" og ", " og ", " and ")),
        Node::Or(parts) => join(parts, t(" eller ", " eller ", " or ")),
        Node::Call(call, arguments) => match (call.as_str(), arguments.as_slice()) {
            ("not", [inner]) => format!("{} ({})", t("ikke", "ikkje", "not"), in_words(own, inner, lang)),
            ("selected", [Node::Reference(name), Node::Text(code)]) => {
                format!("{} {} {}", question(name), t("har svaret", "har svaret", "has the answer"), answer(name, code))
            }
            ("false", []) => t("(aldri)", "(aldri)", "(never)").into(),
            ("true", []) => t("(alltid)", "(alltid)", "(always)").into(),
            _ => call.clone() + "(…)",
        },
        Node::Compare(operator, left, right) => {
            let (name, code) = match (&**left, &**right) {
                (Node::Reference(name), Node::Text(code)) | (Node::Text(code), Node::Reference(name)) => {
                    (name, code.clone())
                }
                (Node::Reference(name), Node::Number(code)) => (name, code.to_string()),
                _ => return t("(se XLSForm)", "(sjå XLSForm)", "(see the XLSForm)").into(),
            };
            match (operator, code.as_str()) {
                (Operator::NotEqual, "") => {
                    format!("{} {}", question(name), t("er besvart", "er svart på", "is answered"))
                }
                (Operator::Equal, "") => {
                    format!("{} {}", question(name), t("ikke er besvart", "ikkje er svart på", "is not answered"))
                }
                (Operator::Equal, code) => format!("{} {} {}", question(name), t("er", "er", "is"), answer(name, code)),
                (Operator::NotEqual, code) => {
                    format!("{} {} {}", question(name), t("ikke er", "ikkje er", "is not"), answer(name, code))
                }
                (operator, code) => format!("{} {} {code}", question(name), operator.symbol()),
            }
        }
        Node::Broken(_) | Node::Path(_) | Node::LastSaved(_) => {
            t("(se XLSForm)", "(sjå XLSForm)", "(see the XLSForm)").into()
        }
        other => Expression::written(other),
    }
}
