//! Access to the CV base: lists of people, each made on a day for a purpose, and what is noted of every list.
//!
//! The base is owned by the municipalities. An employer who looks for somebody asks the bridge builder, who gets a shortlist of
//! those who agreed to be shared. The bridge builder's own list of contacts is internal. Rows without a consent that holds
//! never come here: the reader leaves them out, and each list checks the last day of the consent again.

use super::{Cv, Day, Recruitment, Wants};
use crate::register::code::occupation;
use crate::text::Lang;
use crate::track::mailing::quoted;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// For an employer: who agreed to be shared, with no more than what is needed to get in touch.
    Shortlist,
    /// For the bridge builder: everybody in the base.
    Contacts,
}

impl List {
    /// The word in the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shortlist => "shortlist",
            Self::Contacts => "contacts",
        }
    }
}

/// Whom a list is of; what is empty makes no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Id of the field.
    pub field: Option<String>,
    /// Beginning of the occupation, STYRK-08.
    pub occupation: Option<String>,
    /// Beginning of the education, NUS2000 with the digit of the level.
    pub education: Option<String>,
    /// What they want.
    pub wants: Option<Wants>,
    /// Years of experience at least; who has not said how many is not among them.
    pub experience: Option<u8>,
}

impl Request {
    /// In one line, as it stands in the log: `field=health; experience=2`.
    #[must_use]
    pub fn criteria(&self) -> String {
        let experience = self.experience.map(|years| years.to_string());
        let wants = self.wants.map(|wants| wants.code().to_owned());
        let parts = [
            ("field", &self.field),
            ("occupation", &self.occupation),
            ("education", &self.education),
            ("wants", &wants),
            ("experience", &experience),
        ];
        let parts = parts.iter().filter_map(|(key, value)| value.as_ref().map(|value| format!("{key}={value}")));
        parts.collect::<Vec<_>>().join("; ")
    }

    fn is_of(&self, cv: &Cv, registers: &Recruitment) -> bool {
        let field = registers.fields.get(usize::from(cv.field)).map(|field| field.id.as_str());
        let occupation = if cv.occupation == 0 { String::new() } else { format!("{:04}", cv.occupation) };
        self.field.as_deref().is_none_or(|id| field == Some(id))
            && self.occupation.as_deref().is_none_or(|beginning| occupation.starts_with(beginning))
            && self.education.as_deref().is_none_or(|beginning| cv.education.starts_with(beginning))
            && self.wants.is_none_or(|wants| cv.wants == wants)
            && self.experience.is_none_or(|years| cv.experience.is_some_and(|own| own >= years))
    }
}

impl Wants {
    /// The word in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Later => "later",
            Self::Told => "told",
        }
    }
}

/// A shortlist for an employer: who agreed to be shared and wants a job in the region, now or later.
///
/// Whoever wants to be told and no more is never on it. Sorted by field, occupation and name.
#[must_use]
pub fn shortlist<'a>(registers: &'a Recruitment, request: &Request) -> Vec<&'a Cv> {
    let mut rows = contact_list(registers, request);
    rows.retain(|cv| cv.shared && cv.wants != Wants::Told);
    rows
}

/// The bridge builder's list of contacts: everybody in the base that the request is of. Internal.
#[must_use]
pub fn contact_list<'a>(registers: &'a Recruitment, request: &Request) -> Vec<&'a Cv> {
    let holds = |cv: &&Cv| cv.until.is_none_or(|until| registers.today <= until);
    let all = registers.cvs.iter().flatten();
    let mut rows: Vec<&Cv> = all.filter(holds).filter(|cv| request.is_of(cv, registers)).collect();
    rows.sort_by(|a, b| {
        let key = |cv: &Cv| (cv.field, cv.occupation);
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name)).then_with(|| a.person.cmp(&b.person))
    });
    rows
}

/// A list as CSV for Norwegian Excel: UTF-8 with a byte order mark, semicolons, CRLF; nothing in it is a formula.
///
/// A shortlist holds name, contact, field, education, occupation and years of experience, and nothing else.
#[must_use]
pub fn csv(list: List, rows: &[&Cv], registers: &Recruitment, lang: Lang) -> Vec<u8> {
    let head = match list {
        List::Shortlist => lang.pick(
            "navn;kontakt;fagfelt;utdanning;yrke;erfaring",
            "namn;kontakt;fagfelt;utdanning;yrke;erfaring",
            "name;contact;field;education;occupation;experience",
        ),
        List::Contacts => lang.pick(
            "navn;kontakt;fagfelt;utdanning;yrke;erfaring;person_id;kommune;onsker;ferdig;deles;samtykke_til",
            "namn;kontakt;fagfelt;utdanning;yrke;erfaring;person_id;kommune;onskjer;ferdig;blir_delt;samtykke_til",
            "name;contact;field;education;occupation;experience;person_id;municipality;wants;done;shared;consent_until",
        ),
    };
    let mut text = format!("\u{feff}{head}\r\n");
    for cv in rows {
        let contact = [&cv.email, &cv.phone].into_iter().filter(|one| !one.is_empty());
        let contact: Vec<&str> = contact.map(String::as_str).collect();
        let field = registers.fields.get(usize::from(cv.field)).map(|field| field.name.get(lang).to_owned());
        let occupation = match occupation::name(cv.occupation) {
            Some(name) => format!("{:04} {name}", cv.occupation),
            None => String::new(),
        };
        let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
        let mut fields = vec![
            cv.name.clone(),
            contact.join(", "),
            field.unwrap_or_default(),
            cv.education.clone(),
            occupation,
            number(cv.experience.map(u16::from)),
        ];
        if list == List::Contacts {
            let shared = if cv.shared { lang.pick("ja", "ja", "yes") } else { lang.pick("nei", "nei", "no") };
            fields.extend([
                cv.person.clone(),
                registers.municipalities.get(usize::from(cv.home)).cloned().unwrap_or_default(),
                cv.wants.code().into(),
                number(cv.done),
                shared.into(),
                cv.until.map(Day::to_iso).unwrap_or_default(),
            ]);
        }
        let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
        text.push_str(&fields.join(";"));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// What is noted of a list: never who is on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// The day on which it was made.
    pub date: Day,
    /// Which list.
    pub list: List,
    /// The employer who asked; empty for the bridge builder's own.
    pub employer: String,
    /// Whom it is of.
    pub criteria: String,
    /// How many rows it has.
    pub rows: usize,
}

/// The first line of a log.
pub const LOG_HEAD: &str = "date;list;employer;criteria;rows\r\n";

impl LogEntry {
    /// As a line of the log.
    ///
    /// ```
    /// use bygdepuls_core::register::recruitment::{Day, access::{List, LogEntry}};
    /// let date = Day::iso("2026-11-22").unwrap();
    /// let (employer, criteria) = ("Lierne kommune".into(), "field=health".into());
    /// let entry = LogEntry { date, list: List::Shortlist, employer, criteria, rows: 3 };
    /// assert_eq!(entry.line(), "2026-11-22;shortlist;Lierne kommune;field=health;3\r\n");
    /// ```
    #[must_use]
    pub fn line(&self) -> String {
        let (date, rows) = (self.date.to_iso(), self.rows.to_string());
        let fields = [&date, self.list.code(), &self.employer, &self.criteria, &rows];
        // A line of the log is one line.
        let fields = fields.map(|field| quoted(&field.replace(['\r', '\n'], " ")));
        format!("{}\r\n", fields.join(";"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Field, NO_FIELD};
    use super::*;
    use crate::text::Text;

    fn cv(name: &str, field: u8, occupation: u16) -> Cv {
        Cv {
            line: 1,
            person: format!("id-{name}"),
            name: name.into(),
            email: format!("{name}@x.no").to_lowercase(),
            phone: String::new(),
            home: 0,
            cohort: Some(2015),
            education: "661114".into(),
            occupation,
            field,
            experience: Some(3),
            done: None,
            wants: Wants::Now,
            wave: None,
            intent: None,
            lives_here: false,
            shared: true,
            until: None,
        }
    }

    fn registers(cvs: Vec<Cv>) -> Recruitment {
        let field =
            |id: &str| Field { id: id.into(), name: Text::same(id), occupations: Vec::new(), educations: Vec::new() };
        Recruitment {
            fields: vec![field("health"), field("teaching")],
            municipalities: vec!["5042".into()],
            cvs: Some(cvs),
            ..Recruitment::new("project.toml", Day::iso("2026-11-22").unwrap())
        }
    }

    fn names(rows: &[&Cv]) -> Vec<String> {
        rows.iter().map(|cv| cv.name.clone()).collect()
    }

    #[test]
    fn who_is_on_a_shortlist() {
        let all = registers(vec![
            cv("Berit", 0, 2223),
            Cv { shared: false, ..cv("NotShared", 0, 2223) },
            Cv { wants: Wants::Told, ..cv("Told", 0, 2223) },
            Cv { until: Day::iso("2026-11-21"), ..cv("Ended", 0, 2223) },
            Cv { until: Day::iso("2026-11-22"), ..cv("Anna", 0, 2223) },
            Cv { experience: None, ..cv("Unsaid", 0, 5321) },
            cv("Teacher", 1, 2341),
            cv("None", NO_FIELD, 0),
        ]);
        let of = |request: Request| names(&shortlist(&all, &request));
        assert_eq!(of(Request::default()), ["Anna", "Berit", "Unsaid", "Teacher", "None"]);
        assert_eq!(of(Request { field: Some("health".into()), ..Request::default() }), ["Anna", "Berit", "Unsaid"]);
        assert_eq!(of(Request { occupation: Some("22".into()), ..Request::default() }), ["Anna", "Berit"]);
        assert_eq!(
            of(Request { experience: Some(3), field: Some("health".into()), ..Request::default() }),
            ["Anna", "Berit"]
        );
        assert_eq!(of(Request { wants: Some(Wants::Told), ..Request::default() }), [] as [&str; 0]);
        let contacts = names(&contact_list(&all, &Request { field: Some("health".into()), ..Request::default() }));
        assert_eq!(contacts, ["Anna", "Berit", "NotShared", "Told", "Unsaid"]);
    }

    #[test]
    fn what_a_list_holds() {
        let all = registers(vec![Cv { phone: "+47 900 00 000".into(), ..cv("=Kari; Ola", 0, 2223) }]);
        let rows = shortlist(&all, &Request::default());
        let text = String::from_utf8(csv(List::Shortlist, &rows, &all, Lang::Nb)).unwrap();
        assert_eq!(
            text,
            "\u{feff}navn;kontakt;fagfelt;utdanning;yrke;erfaring\r\n\
             \"'=Kari; Ola\";\"=kari; ola@x.no, +47 900 00 000\";health;661114;2223 Sykepleiere;3\r\n"
                .replace("\"=kari", "\"'=kari")
        );
        let text = String::from_utf8(csv(List::Contacts, &rows, &all, Lang::En)).unwrap();
        assert!(
            text.ends_with(";3;id-=Kari; Ola;5042;now;;yes;\r\n")
                || text.ends_with(";3;\"id-=Kari; Ola\";5042;now;;yes;\r\n")
        );
    }

    #[test]
    fn the_log_names_nobody() {
        let request = Request { field: Some("health".into()), experience: Some(2), ..Request::default() };
        let entry = LogEntry {
            date: Day::iso("2026-11-22").unwrap(),
            list: List::Shortlist,
            employer: "=Bygg;\nAS".into(),
            criteria: request.criteria(),
            rows: 2,
        };
        assert_eq!(entry.line(), "2026-11-22;shortlist;\"'=Bygg; AS\";\"field=health; experience=2\";2\r\n");
    }
}
