//! The information letter that goes before the questions, in bokmål and nynorsk: what the law asks that people are told.
//!
//! What only the sender knows stands in brackets, to be filled in.
//!
//! # Source
//!
//! Regulation (EU) 2016/679 (GDPR), articles 6, 7, 12–15 and 77; Datatilsynet, guidance on information and on consent by
//! minors.

use super::{END, page};
use crate::questionnaire::{Questionnaire, Routing, lint};
use crate::show::markup::fill;
use crate::text::Lang;

pub(super) fn write(own: &Questionnaire, wave: Option<&str>, lang: Lang) -> String {
    // There is no English letter: it is sent to people in Norway, in the language of their municipality.
    let t = |nb: &'static str, nn: &'static str| if lang == Lang::Nn { nn } else { nb };
    let title = &own.settings.title;
    let mut out = page(&format!("{}: {title}", t("Informasjonsbrev", "Informasjonsbrev")), lang);
    let code = own.items.iter().any(lint::is_self_made_code);
    let contact = own.items.iter().any(lint::is_contact) || own.item("kontakt_ja").is_some();
    let waves = Routing::of(own).waves.len();
    fill(&mut out, "<h1>{}</h1>\n", &[title]);
    fill(
        &mut out,
        "<p>{}</p>\n",
        &[t(
            "Vil du svare på en undersøkelse om fremtiden din og om å bo i regionen?",
            "Vil du svare på ei undersøking om framtida di og om å bu i regionen?",
        )],
    );
    let mut section = |heading: &str, text: &str| fill(&mut out, "<h2>{}</h2>\n<p>{!}</p>\n", &[heading, text]);
    section(
        t("Hvorfor spør vi?", "Kvifor spør vi?"),
        t(
            "Kommunene vil vite hva unge med tilknytning hit ønsker seg, og om de kan tenke seg å bo her. Svarene brukes til \
             statistikk og til å gjøre regionen bedre å bo i. Ingen andre formål.",
            "Kommunane vil vite kva unge med tilknyting hit ønskjer seg, og om dei kan tenkje seg å bu her. Svara blir brukte \
             til statistikk og til å gjere regionen betre å bu i. Ingen andre formål.",
        ),
    );
    section(
        t("Det er frivillig", "Det er frivillig"),
        t(
            "Du velger selv om du vil svare, og du kan hoppe over spørsmål. Du kan når som helst trekke deg uten å si hvorfor. \
             Det får ingen følger for deg.",
            "Du vel sjølv om du vil svare, og du kan hoppe over spørsmål. Du kan når som helst trekkje deg utan å seie kvifor. \
             Det får ingen følgjer for deg.",
        ),
    );
    let mut kept = String::from(t(
        "Svarene dine på spørsmålene. Ikke skriv navn eller andre opplysninger om personer i fritekst.",
        "Svara dine på spørsmåla. Ikkje skriv namn eller andre opplysningar om personar i fritekst.",
    ));
    if code {
        kept.push(' ');
        kept.push_str(t(
            "Koden du lager, gjør at svar du gir om noen år, kan ses sammen med dem du gir nå. Koden er en personopplysning. \
             Den gjøres om til et tilfeldig nummer før svarene brukes, og publiseres aldri.",
            "Koden du lagar, gjer at svar du gir om nokre år, kan sjåast saman med dei du gir no. Koden er ei \
             personopplysning. Han blir gjord om til eit tilfeldig nummer før svara blir brukte, og blir aldri publisert.",
        ));
    }
    section(t("Hva lagres?", "Kva blir lagra?"), &kept);
    section(
        t("Hvem har ansvaret, og hvem ser svarene?", "Kven har ansvaret, og kven ser svara?"),
        t(
            "Behandlingsansvarlig er <span class=\"fill\">[kommunen]</span>. Svarene samles inn med \
             <span class=\"fill\">[verktøy og databehandler]</span>. Bare <span class=\"fill\">[hvem]</span> ser svarene fra \
             enkeltpersoner. Det som publiseres, er tall for grupper som er store nok til at ingen kan kjennes igjen.",
            "Behandlingsansvarleg er <span class=\"fill\">[kommunen]</span>. Svara blir samla inn med \
             <span class=\"fill\">[verktøy og databehandlar]</span>. Berre <span class=\"fill\">[kven]</span> ser svara frå \
             enkeltpersonar. Det som blir publisert, er tal for grupper som er store nok til at ingen kan kjennast att.",
        ),
    );
    section(
        t("Rettslig grunnlag", "Rettsleg grunnlag"),
        t(
            "Samtykket ditt, personvernforordningen artikkel 6 nr. 1 bokstav a.",
            "Samtykket ditt, personvernforordninga artikkel 6 nr. 1 bokstav a.",
        ),
    );
    section(
        t("Hvor lenge?", "Kor lenge?"),
        t(
            "Svarene lagres til <span class=\"fill\">[dato]</span>. Da slettes de, eller gjøres om så ingen kan kjennes igjen.",
            "Svara blir lagra til <span class=\"fill\">[dato]</span>. Då blir dei sletta, eller gjorde om så ingen kan kjennast \
             att.",
        ),
    );
    if contact {
        section(
            t("Hvis du vil ha kontakt", "Om du vil ha kontakt"),
            t(
                "Sier du ja til kontakt, lagres e-postadressen din atskilt fra svarene. Er du under 18 år, spør vi en foresatt \
                 først: uten ja derfra lagres ingen kontaktopplysninger. Du kan be om å bli slettet når du vil.",
                "Seier du ja til kontakt, blir e-postadressa di lagra skild frå svara. Er du under 18 år, spør vi ein føresett \
                 først: utan ja derifrå blir ingen kontaktopplysningar lagra. Du kan be om å bli sletta når du vil.",
            ),
        );
    }
    if waves > 1 {
        section(
            t("Blir du spurt igjen?", "Blir du spurd igjen?"),
            t(
                "Ja, om du vil: i 10. klasse, i det tredje året på videregående, og fem og ti år etter. Hver gang velger du på \
                 nytt.",
                "Ja, om du vil: i 10. klasse, i det tredje året på vidaregåande, og fem og ti år etter. Kvar gong vel du på \
                 nytt.",
            ),
        );
    }
    section(
        t("Rettighetene dine", "Rettane dine"),
        t(
            "Du har rett til innsyn i, retting og sletting av opplysninger om deg, og til å få dem utlevert. Kontakt \
             <span class=\"fill\">[navn, e-post, telefon]</span> eller personvernombudet, \
             <span class=\"fill\">[navn, e-post]</span>. Du kan klage til Datatilsynet.",
            "Du har rett til innsyn i, retting og sletting av opplysningar om deg, og til å få dei utleverte. Kontakt \
             <span class=\"fill\">[namn, e-post, telefon]</span> eller personvernombodet, \
             <span class=\"fill\">[namn, e-post]</span>. Du kan klage til Datatilsynet.",
        ),
    );
    let under_15 = wave.is_none_or(|wave| own.waves().first().is_some_and(|first| first == wave));
    if under_15 {
        section(
            t("Til foresatte", "Til føresette"),
            t(
                "Den som er 15 år, kan selv si ja til å svare uten å oppgi hvem hen er. Til kontaktopplysninger fra noen under \
                 18 år må en foresatt si ja. Er noen ikke fylt 15, sier en foresatt ja også til svarene.",
                "Den som er 15 år, kan sjølv seie ja til å svare utan å oppgi kven hen er. Til kontaktopplysningar frå nokon \
                 under 18 år må ein føresett seie ja. Er nokon ikkje fylt 15, seier ein føresett ja òg til svara.",
            ),
        );
    }
    out.push_str(END);
    out
}
