//! Whom to invite and whom to remind: lists for mail merge, for the bridge builder alone.

use super::people::People;
use crate::project::Project;
use crate::register::cohort::meetings;
use crate::register::{Address, EventKind, NoAddress};
use crate::text::Lang;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Whom to write to about one wave of one year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mailing {
    /// The year.
    pub year: u16,
    /// Id of the wave.
    pub wave: String,
    /// The cohort.
    pub cohort: u16,
    /// How many are to be invited: reachable, not invited yet, not answered.
    pub to_invite: u64,
    /// How many are to be reminded: invited, and not answered.
    pub to_remind: u64,
    /// How many of the cohort are on neither list, by reason: `answered`, `no_consent`, `no_guardian`, `bounced`,
    /// `no_address`.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Those to be invited.
    #[serde(skip)]
    pub invitations: Vec<MailRow>,
    /// Those to be reminded.
    #[serde(skip)]
    pub reminders: Vec<MailRow>,
}

/// One row of a mail merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailRow {
    /// Id of the person.
    pub person_id: String,
    /// Name.
    pub name: String,
    /// The e-mail address to write to: of a guardian under 18. May be empty where there is a phone number.
    pub email: String,
    /// Phone number; empty under 18.
    pub phone: String,
    /// Whether a guardian is written to.
    pub guardian: bool,
    /// Code of the home municipality.
    pub municipality: String,
    /// Its name in the three languages of the project.
    pub municipality_name: crate::text::Text,
    /// The cohort.
    pub cohort: u16,
    /// Id of the wave.
    pub wave: String,
    /// The year.
    pub year: u16,
}

/// The lists of some years. Empty without a contact log.
///
/// On a list stand those of the cohort whose consent holds on the day, who can be written to and who have not answered, by
/// the log or by an answer under their id. Under 18 the guardian is written to, never the young person.
pub(super) fn mailings(project: &Project, people: &People<'_>, years: RangeInclusive<u16>) -> Vec<Mailing> {
    let Some(contacts) = people.contacts else { return Vec::new() };
    let mut found = Vec::new();
    for meeting in years.flat_map(|year| meetings(project, year)) {
        let wave = &project.survey.waves[meeting.wave];
        let asked = (meeting.year, meeting.wave);
        let mut mailing = Mailing {
            year: meeting.year,
            wave: wave.id.clone(),
            cohort: meeting.cohort,
            to_invite: 0,
            to_remind: 0,
            left_out: BTreeMap::new(),
            invitations: Vec::new(),
            reminders: Vec::new(),
        };
        for (place, municipality) in project.municipalities.iter().enumerate() {
            for person in people.members(meeting.cohort, place) {
                let contact = &contacts.persons[person];
                let answered = people.answered.contains(&(person, meeting.year, meeting.wave))
                    || contacts.has(person, asked, EventKind::Answered);
                let address = contacts.address(person, asked, people.day, project.population.age);
                let (email, phone, guardian) = match address {
                    _ if answered => {
                        *mailing.left_out.entry("answered").or_default() += 1;
                        continue;
                    }
                    Err(why) => {
                        *mailing.left_out.entry(reason(why)).or_default() += 1;
                        continue;
                    }
                    Ok(Address::Person { email, phone }) => (email, phone, false),
                    Ok(Address::Guardian { email }) => (email, "", true),
                };
                let row = MailRow {
                    person_id: contact.id.clone(),
                    name: contact.name.clone(),
                    email: email.to_owned(),
                    phone: phone.to_owned(),
                    guardian,
                    municipality: municipality.code.clone(),
                    municipality_name: municipality.name.clone(),
                    cohort: meeting.cohort,
                    wave: wave.id.clone(),
                    year: meeting.year,
                };
                let is_invited =
                    [EventKind::Invited, EventKind::Reminded].into_iter().any(|kind| contacts.has(person, asked, kind));
                if is_invited { mailing.reminders.push(row) } else { mailing.invitations.push(row) }
            }
        }
        mailing.to_invite = mailing.invitations.len() as u64;
        mailing.to_remind = mailing.reminders.len() as u64;
        found.push(mailing);
    }
    found
}

const fn reason(why: NoAddress) -> &'static str {
    match why {
        NoAddress::NoConsent => "no_consent",
        NoAddress::NoGuardian => "no_guardian",
        NoAddress::Bounced => "bounced",
        NoAddress::NoAddress => "no_address",
    }
}

/// A list as CSV for Norwegian Excel and its mail merge: UTF-8 with a byte order mark, semicolons, CRLF. What a spreadsheet
/// would take for a formula gets an apostrophe in front.
#[must_use]
pub fn csv(rows: &[MailRow], lang: Lang) -> Vec<u8> {
    let head = lang.pick(
        "person_id;navn;epost;telefon;til_foresatt;kommunenr;kommune;kull;bolge;aar",
        "person_id;namn;epost;telefon;til_foresett;kommunenr;kommune;kull;bolgje;aar",
        "person_id;name;email;phone;to_guardian;municipality_code;municipality;cohort;wave;year",
    );
    let mut text = format!("\u{feff}{head}\r\n");
    for row in rows {
        let guardian = if row.guardian { lang.pick("ja", "ja", "yes") } else { lang.pick("nei", "nei", "no") };
        let (cohort, year) = (row.cohort.to_string(), row.year.to_string());
        let place = row.municipality_name.get(lang);
        let fields: [&str; 10] = [
            &row.person_id,
            &row.name,
            &row.email,
            &row.phone,
            guardian,
            &row.municipality,
            place,
            &cohort,
            &row.wave,
            &year,
        ];
        let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
        text.push_str(&fields.join(";"));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// A field, guarded against being taken for a formula and quoted where it must be.
pub(crate) fn quoted(field: &str) -> String {
    // A phone number may begin with a plus sign: digits and blanks are no formula.
    let is_number =
        field.strip_prefix(['+', '-']).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == ' '));
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number { "'" } else { "" };
    match field.contains([';', '"', '\n', '\r']) {
        true => format!("\"{guard}{}\"", field.replace('"', "\"\"")),
        false => format!("{guard}{field}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_would_be_formulas_or_break_the_row() {
        for (field, written) in [
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+47 900 00 000", "+47 900 00 000"),
            ("+1+cmd", "'+1+cmd"),
            ("Kari; Ola", "\"Kari; Ola\""),
            ("Åse", "Åse"),
        ] {
            assert_eq!(quoted(field), written);
        }
    }
}
