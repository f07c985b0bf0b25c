//! The fixed phrases of figures and pages. Phrases with a meaning for privacy are the same for every cell they are used
//! on: they may depend on the kind of figure, never on a value.

use crate::text::Lang;

/// The share as one of three words.
pub(crate) const fn third(band: i64, lang: Lang) -> &'static str {
    match band {
        1 => lang.pick("få", "få", "few"),
        2 => lang.pick("omtrent halvparten", "om lag halvparten", "about half"),
        _ => lang.pick("de fleste", "dei fleste", "most"),
    }
}

/// Statistics Norway's mark for what is not shown, with its meaning. One for every reason.
pub(crate) const fn not_shown(lang: Lang) -> &'static str {
    lang.pick(":\u{a0}ikke\u{a0}vist", ":\u{a0}ikkje\u{a0}vist", ":\u{a0}not\u{a0}shown")
}

/// [`not_shown`] where it is read aloud.
pub(crate) const fn not_shown_aloud(lang: Lang) -> &'static str {
    lang.pick("ikke vist", "ikkje vist", "not shown")
}

/// Why something is not shown: one sentence, true and the same for every reason.
pub(crate) const fn hidden_sentence(lang: Lang) -> &'static str {
    lang.pick(
        "Her viser vi ikke tall: Enten er det for få svar, eller så passer vi på at ingen kan kjennes igjen.",
        "Her viser vi ikkje tal: Anten er det for få svar, eller så passar vi på at ingen kan kjennast att.",
        "We show no figure here: either there are too few answers, or we are making sure that nobody can be recognised.",
    )
}

/// What the mark means. [`hidden_sentence`] stands with it, or in a panel of the same figure.
pub(crate) const fn mark_means(lang: Lang) -> &'static str {
    lang.pick("Kolon (:) betyr ikke vist.", "Kolon (:) tyder ikkje vist.", "A colon (:) means not shown.")
}

/// How to read thirds, and how uncertain they are.
pub(crate) const fn thirds_key(lang: Lang) -> &'static str {
    lang.pick(
        "Ordene: «Få» er mindre enn en tredel, «omtrent halvparten» er fra en tredel og opp til to tredeler, «de fleste» \
         er to tredeler eller mer. Gruppene er svært små, så se på ordet som et grovt anslag: Det virkelige nivået kan \
         ligge ett trinn unna, og forskjeller kan være tilfeldige.",
        "Orda: «Få» er mindre enn ein tredel, «om lag halvparten» er frå ein tredel og opp til to tredelar, «dei fleste» \
         er to tredelar eller meir. Gruppene er svært små, så sjå på ordet som eit grovt overslag: Det verkelege nivået \
         kan ligge eitt steg unna, og skilnader kan vere tilfeldige.",
        "The words: “few” is less than one third, “about half” is from one third up to two thirds, “most” is two thirds or \
         more. The groups are very small, so take the word as a rough guide: the true level may lie one step away, and \
         differences may be due to chance.",
    )
}

/// How to read fifths and other equal parts, and how uncertain they are.
pub(crate) const fn fifths_key(lang: Lang) -> &'static str {
    lang.pick(
        "Feltene: Vi viser hvilket felt andelen ligger i, ikke det nøyaktige tallet. En andel på grensen hører til feltet \
         over. Gruppene er små, så det virkelige nivået kan ligge i feltet ved siden av, og forskjeller kan være \
         tilfeldige.",
        "Felta: Vi viser kva felt delen ligg i, ikkje det nøyaktige talet. Ein del på grensa høyrer til feltet over. \
         Gruppene er små, så det verkelege nivået kan ligge i feltet ved sida av, og skilnader kan vere tilfeldige.",
        "The ranges: we show which range the share lies in, not the exact figure. A share on a limit belongs to the range \
         above. The groups are small, so the true level may lie in the range beside it, and differences may be due to \
         chance.",
    )
}

/// How to read an interval.
pub(crate) const fn interval_key(lang: Lang) -> &'static str {
    lang.pick(
        "Tallet i parentes og den brede streken viser usikkerheten: Det virkelige nivået ligger trolig innenfor.",
        "Talet i parentes og den breie streken viser uvissa: Det verkelege nivået ligg truleg innanfor.",
        "The figures in brackets and the broad line show the uncertainty: the true level probably lies within them.",
    )
}

/// Head of the column of values.
pub(crate) const fn share(lang: Lang) -> &'static str {
    lang.pick("Andel", "Del", "Share")
}

/// Stands before the title in the caption of a table.
pub(crate) const fn table_of(lang: Lang) -> &'static str {
    lang.pick("Tabell: ", "Tabell: ", "Table: ")
}

/// Describes a picture that stands beside its table.
pub(crate) const fn see_table(lang: Lang) -> &'static str {
    lang.pick(
        "Bilde av tallene i tabellen. Alle verdiene står i tabellen.",
        "Bilete av tala i tabellen. Alle verdiane står i tabellen.",
        "Picture of the figures in the table. Every value is in the table.",
    )
}

/// Head of whom and what the figure is about.
pub(crate) const fn base(lang: Lang) -> &'static str {
    lang.pick("Hvem tallene gjelder", "Kven tala gjeld", "Whom the figures are about")
}

/// Head of how to read the figure.
pub(crate) const fn reading(lang: Lang) -> &'static str {
    lang.pick("Slik leser du figuren", "Slik les du figuren", "How to read the figure")
}

/// Head of the sources.
pub(crate) const fn source(several: bool, lang: Lang) -> &'static str {
    if several { lang.pick("Kilder", "Kjelder", "Sources") } else { lang.pick("Kilde", "Kjelde", "Source") }
}

/// Head of the date of the edition.
pub(crate) const fn updated(lang: Lang) -> &'static str {
    lang.pick("Oppdatert", "Oppdatert", "Updated")
}

/// Stands between the date of the edition and the date up to which it holds.
pub(crate) const fn valid_until(lang: Lang) -> &'static str {
    lang.pick(", gjelder til ", ", gjeld til ", ", valid until ")
}

/// Head of the licence of a source.
pub(crate) const fn licence(lang: Lang) -> &'static str {
    lang.pick("lisens", "lisens", "licence")
}

/// Head of method and protection together.
pub(crate) const fn method_and_protection(lang: Lang) -> &'static str {
    lang.pick("Metode og personvern", "Metode og personvern", "Method and privacy")
}

/// Head of the method.
pub(crate) const fn method(lang: Lang) -> &'static str {
    lang.pick("Slik er tallene laget", "Slik er tala laga", "How the figures are made")
}

/// Head of the protection.
pub(crate) const fn protection(lang: Lang) -> &'static str {
    lang.pick("Slik tar vi vare på personvernet", "Slik tek vi vare på personvernet", "How we protect privacy")
}

/// A figure past its date: the words before and after the date.
pub(crate) const fn old(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Nb => ("Disse tallene er gamle. De gjaldt til ", ", og nye er ikke lagt ut ennå."),
        Lang::Nn => ("Desse tala er gamle. Dei gjaldt til ", ", og nye er ikkje lagde ut enno."),
        Lang::En => ("These figures are old. They were valid until ", ", and new ones are not out yet."),
    }
}
