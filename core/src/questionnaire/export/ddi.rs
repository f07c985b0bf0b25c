//! The codebook as DDI-Codebook 2.5, for archives.
//!
//! # Source
//!
//! DDI Alliance, DDI-Codebook 2.5, XML Schema `codebook.xsd`, <https://ddialliance.org/Specification/DDI-Codebook/2.5/>.

use super::{Column, asked_of, columns};
use crate::questionnaire::{Choice, ItemKind, Questionnaire, Routing, lang as lang_of, lint};
use crate::read::Missing;
use crate::show::markup::fill;
use crate::text::Lang;
use std::fmt::Write as _;

pub(super) fn write(own: &Questionnaire) -> String {
    let routing = Routing::of(own);
    let order = own.languages_by_default();
    let first = order.first().map_or_else(|| "nb".to_owned(), |place| tag(own, *place));
    let settings = &own.settings;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    fill(
        &mut out,
        "<codeBook xmlns=\"ddi:codebook:2_5\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"ddi:codebook:2_5 \
         https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd\" version=\"2.5\" xml:lang=\"{}\">\n  \
         <stdyDscr>\n    <citation>\n      <titlStmt>\n        <titl>{}</titl>\n        <IDNo>{}</IDNo>\n      </titlStmt>\n",
        &[&first, &settings.title, &settings.id],
    );
    if !settings.version.is_empty() {
        fill(&mut out, "      <verStmt>\n        <version>{}</version>\n      </verStmt>\n", &[&settings.version]);
    }
    out.push_str("    </citation>\n  </stdyDscr>\n");
    out.push_str("  <fileDscr ID=\"answers\">\n    <fileTxt>\n      <fileName>answers.csv</fileName>\n    </fileTxt>\n  </fileDscr>\n");
    out.push_str("  <dataDscr>\n");
    let columns = columns(own);
    for item in own.variables().filter(|item| matches!(item.kind, ItemKind::SelectMultiple { .. })) {
        let parts = columns.iter().filter(|column| column.item.name == item.name);
        let parts: Vec<String> = parts.map(|column| id(&column.name)).collect();
        if parts.is_empty() {
            continue;
        }
        fill(
            &mut out,
            "    <varGrp ID=\"{}\" type=\"multipleResp\" var=\"{}\">\n",
            &[&format!("G_{}", id(&item.name)), &parts.join(" ")],
        );
        push_labels(&mut out, own, &order, "labl", &item.label, 6);
        out.push_str("    </varGrp>\n");
    }
    for column in &columns {
        push_variable(&mut out, own, &routing, &order, column);
    }
    out.push_str("  </dataDscr>\n</codeBook>\n");
    out
}

fn tag(own: &Questionnaire, place: usize) -> String {
    let written = own.languages[place].as_str();
    match lang_of(written) {
        Some(lang) => lang.tag().into(),
        None => {
            // What stands in parentheses is a tag, whatever the language.
            let tag = written.rsplit_once('(').map(|(_, tag)| tag.trim_end_matches(')').trim().to_owned());
            tag.filter(|tag| is_tag(tag)).unwrap_or_else(|| if written.is_empty() { "nb".into() } else { "und".into() })
        }
    }
}

/// Whether XML takes it for a language: parts of one to eight letters or digits, in the first only letters.
fn is_tag(tag: &str) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let first = tag.split('-').next().unwrap_or_default();
    tag.split('-').all(is_part) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// An identifier of XML, unique as names of columns are: a point is always `/`, hyphens always stand around the number
/// of another letter.
fn id(name: &str) -> String {
    let mut id = String::from("V_");
    for letter in name.chars() {
        match letter {
            '/' => id.push('.'),
            _ if letter == '_' || letter.is_ascii_alphanumeric() => id.push(letter),
            other => {
                let _ = write!(id, "-{:x}-", u32::from(other));
            }
        }
    }
    id
}

/// Words in every language that has them, each in an element of its own.
fn push_labels(out: &mut String, own: &Questionnaire, order: &[usize], element: &str, words: &[String], indent: usize) {
    for place in order {
        let Some(text) = words.get(*place).filter(|text| !text.is_empty()) else { continue };
        let _ = write!(out, "{:indent$}", "");
        fill(out, "<{!} xml:lang=\"{}\">{}</{!}>\n", &[element, &tag(own, *place), text, element]);
    }
}

fn push_variable(out: &mut String, own: &Questionnaire, routing: &Routing, order: &[usize], column: &Column<'_>) {
    let item = column.item;
    let numeric = matches!(item.kind, ItemKind::Integer | ItemKind::Decimal | ItemKind::Range);
    let interval = if numeric { "contin" } else { "discrete" };
    fill(
        out,
        "    <var ID=\"{}\" name=\"{}\" files=\"answers\" intrvl=\"{}\">\n",
        &[&id(&column.name), &column.name, interval],
    );
    push_labels(out, own, order, "labl", column.choice.map_or(&item.label, |choice| &choice.label), 6);
    if lint::is_self_made_code(item) || lint::is_contact(item) {
        out.push_str("      <security xml:lang=\"en\">Personal data</security>\n");
    }
    if item.is_asked() {
        // Mixed content: no space of ours may become part of it.
        out.push_str("      <qstn>");
        for place in order {
            if let Some(text) = item.label.get(*place).filter(|text| !text.is_empty()) {
                fill(out, "<qstnLit xml:lang=\"{}\">{}</qstnLit>", &[&tag(own, *place), text]);
            }
        }
        for place in order {
            if let Some(text) = item.hint.get(*place).filter(|text| !text.is_empty()) {
                fill(out, "<ivuInstr xml:lang=\"{}\">{}</ivuInstr>", &[&tag(own, *place), text]);
            }
        }
        out.push_str("</qstn>\n");
    }
    let place = own.items.iter().position(|other| other.name == item.name).unwrap_or_default();
    for lang in Lang::ALL.into_iter().filter(|lang| own.language(*lang).is_some()) {
        let asked = asked_of(own, routing, place, lang);
        if !asked.is_empty() {
            fill(out, "      <universe xml:lang=\"{}\">{}</universe>\n", &[lang.tag(), &asked]);
        }
    }
    if column.choice.is_some() {
        for (code, nb, nn, en) in [("0", "Ikke valgt", "Ikkje vald", "Not chosen"), ("1", "Valgt", "Vald", "Chosen")] {
            fill(out, "      <catgry>\n        <catValu>{}</catValu>\n", &[code]);
            for lang in Lang::ALL.into_iter().filter(|lang| own.language(*lang).is_some()) {
                fill(out, "        <labl xml:lang=\"{}\">{}</labl>\n", &[lang.tag(), lang.pick(nb, nn, en)]);
            }
            out.push_str("      </catgry>\n");
        }
    } else if let Some(list) = own.choices(item) {
        for choice in &list.choices {
            push_category(out, own, order, choice);
        }
    }
    let kind = if numeric { "numeric" } else { "character" };
    fill(out, "      <varFormat type=\"{}\"/>\n", &[kind]);
    let conditions: Vec<&str> = routing.conditions(own, place).map(super::super::Expression::source).collect();
    if !conditions.is_empty() {
        fill(out, "      <notes type=\"relevant\">{}</notes>\n", &[&conditions.join(" and ")]);
    }
    out.push_str("    </var>\n");
}

fn push_category(out: &mut String, own: &Questionnaire, order: &[usize], choice: &Choice) {
    let missing = match choice.missing {
        None => "",
        Some(Missing::Refused) => " missing=\"Y\" missType=\"refused\"",
        Some(_) => " missing=\"Y\" missType=\"don't know\"",
    };
    fill(out, "      <catgry{!}>\n        <catValu>{}</catValu>\n", &[missing, &choice.code]);
    push_labels(out, own, order, "labl", &choice.label, 8);
    out.push_str("      </catgry>\n");
}
