//! The fixed phrases of pages.

use crate::text::Lang;

pub(super) const fn skip(lang: Lang) -> &'static str {
    lang.pick("Hopp til innholdet", "Hopp til innhaldet", "Skip to the content")
}

pub(super) const fn languages(lang: Lang) -> &'static str {
    lang.pick("Språk", "Språk", "Language")
}

/// First paragraph of the report.
pub(super) const fn report_lead(lang: Lang) -> &'static str {
    lang.pick(
        "Her er tallene om unge og framtida i regionen. De vises slik at de som har svart, skal være trygge. Nye tall \
         kommer på samme adresse.",
        "Her er tala om unge og framtida i regionen. Dei blir viste slik at dei som har svara, skal vere trygge. Nye tal \
         kjem på same adresse.",
        "Here are the figures on young people and the future of the region. They are shown in a way that keeps those who \
         answered safe. New figures come at the same address.",
    )
}

pub(super) const fn contents(lang: Lang) -> &'static str {
    lang.pick("Figurene på denne siden", "Figurane på denne sida", "Figures on this page")
}

pub(super) const fn downloads(lang: Lang) -> &'static str {
    lang.pick("Last ned og bruk", "Last ned og bruk", "Download and use")
}

pub(super) const fn data(lang: Lang) -> &'static str {
    lang.pick("Data som JSON-stat", "Data som JSON-stat", "Data as JSON-stat")
}

#[cfg(feature = "compute")]
pub(super) const fn data_of_measures(lang: Lang) -> &'static str {
    lang.pick("Tiltakene som åpne data (JSON)", "Tiltaka som opne data (JSON)", "The measures as open data (JSON)")
}

pub(super) const fn csv(lang: Lang) -> &'static str {
    lang.pick("Data som CSV", "Data som CSV", "Data as CSV")
}

pub(super) const fn svg(lang: Lang) -> &'static str {
    lang.pick("Bilde som SVG", "Bilete som SVG", "Picture as SVG")
}

pub(super) const fn png(lang: Lang) -> &'static str {
    lang.pick("Bilde som PNG", "Bilete som PNG", "Picture as PNG")
}

pub(super) const fn alt(lang: Lang) -> &'static str {
    lang.pick("Alternativ tekst til bildet", "Alternativ tekst til biletet", "Alternative text of the picture")
}

pub(super) const fn table(lang: Lang) -> &'static str {
    lang.pick("Tabellen som HTML", "Tabellen som HTML", "The table as HTML")
}

pub(crate) const fn to_embed(lang: Lang) -> &'static str {
    lang.pick(
        "Vis figurene på din egen nettside",
        "Vis figurane på di eiga nettside",
        "Show the figures on your own site",
    )
}

pub(super) const fn to_brief(lang: Lang) -> &'static str {
    lang.pick("De nyeste tallene på ett ark", "Dei nyaste tala på eitt ark", "The newest figures on one sheet")
}

pub(super) const fn to_yearly(lang: Lang) -> &'static str {
    lang.pick("Årsrapporten, til å skrive ut", "Årsrapporten, til å skrive ut", "The yearly report, to print")
}

pub(super) const fn to_report(lang: Lang) -> &'static str {
    lang.pick("Til alle figurene", "Til alle figurane", "To all figures")
}

/// First paragraph of the page on embedding.
pub(super) const fn embed_lead(lang: Lang) -> &'static str {
    lang.pick(
        "Lim inn én gang. Når det kommer nye tall, oppdaterer figuren seg selv. Velg den øverste måten som systemet ditt \
         tillater.",
        "Lim inn éin gong. Når det kjem nye tal, oppdaterer figuren seg sjølv. Vel den øvste måten som systemet ditt \
         tillèt.",
        "Paste once. When new figures come, the figure updates itself. Choose the first way that your system allows.",
    )
}

/// What to change in the snippets, when the address of the folder is not known.
pub(super) const fn address_note(lang: Lang) -> &'static str {
    lang.pick(
        "Bytt ut https://www.example.org/ med adressen til mappen der filene ligger.",
        "Byt ut https://www.example.org/ med adressa til mappa der filene ligg.",
        "Replace https://www.example.org/ with the address of the folder that holds the files.",
    )
}

pub(crate) const fn way_element(lang: Lang) -> &'static str {
    lang.pick(
        "Måte 1: figuren som en del av siden",
        "Måte 1: figuren som ein del av sida",
        "Way 1: the figure as part of the page",
    )
}

pub(super) const fn way_element_help(lang: Lang) -> &'static str {
    lang.pick(
        "Best for leserne: følger skrift og farger på siden din og virker med skjermleser. Krever at systemet tillater skript.",
        "Best for lesarane: følgjer skrift og fargar på sida di og verkar med skjermlesar. Krev at systemet tillèt skript.",
        "Best for readers: follows the type and colours of your page and works with screen readers. Needs scripts to be allowed.",
    )
}

pub(crate) const fn way_frame(lang: Lang) -> &'static str {
    lang.pick(
        "Måte 2: figuren i en ramme (iframe)",
        "Måte 2: figuren i ei ramme (iframe)",
        "Way 2: the figure in a frame (iframe)",
    )
}

pub(super) const fn way_frame_help(lang: Lang) -> &'static str {
    lang.pick(
        "Virker uten skript. Juster høyden hvis det blir mye luft eller rullefelt.",
        "Verkar utan skript. Juster høgda dersom det blir mykje luft eller rullefelt.",
        "Works without scripts. Adjust the height if there is much empty space or a scroll bar.",
    )
}

pub(crate) const fn way_picture(lang: Lang) -> &'static str {
    lang.pick("Måte 3: bilde og tabell", "Måte 3: bilete og tabell", "Way 3: picture and table")
}

pub(super) const fn way_picture_help(lang: Lang) -> &'static str {
    lang.pick(
        "Virker overalt, men må byttes når det kommer nye tall. Bruk alltid den alternative teksten til bildet, og legg \
         gjerne tabellen under.",
        "Verkar overalt, men må bytast når det kjem nye tal. Bruk alltid den alternative teksten til biletet, og legg \
         gjerne tabellen under.",
        "Works everywhere, but must be replaced when new figures come. Always use the alternative text with the picture, \
         and preferably put the table below it.",
    )
}

/// Heading of the live example.
pub(super) const fn example(lang: Lang) -> &'static str {
    lang.pick("Slik blir det", "Slik blir det", "What it looks like")
}
