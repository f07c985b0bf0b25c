//! The year wheel: fieldwork, reminders, closing, analysis and publication, as dates and as a calendar file.

use crate::date::plus_days;
use crate::project::Project;
use crate::register::cohort::meetings;
use crate::text::{Lang, Text};
use serde::Serialize;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// Days of fieldwork where the project gives no first day.
const FIELDWORK: i32 = 29;
/// Days from the first day to each reminder where the project gives none.
const REMINDERS: [i32; 2] = [10, 20];
/// Days of analysis where the project gives no last day.
const ANALYSIS: i32 = 31;
/// The day of publication in the project's month of new figures, where the project gives none.
const PUBLICATION: &str = "15";
/// The closing date where there are no answers yet.
const CLOSES: &str = "04-30";

/// Something to do in a year, whole days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarEntry {
    /// The same in every edition: `2027-w1-reminder-1`.
    pub id: String,
    /// Year of the survey.
    pub year: u16,
    /// Id of the wave.
    pub wave: String,
    /// The cohort that it asks.
    pub cohort: u16,
    /// `fieldwork`, `reminder`, `closing`, `analysis` or `publication`.
    pub kind: &'static str,
    /// The first day.
    pub first_day: String,
    /// The last day.
    pub last_day: String,
    /// What stands in the calendar.
    pub summary: Text,
}

/// The entries of some years, by year, wave and day.
///
/// Without a `[calendar]` in the project file: fieldwork closes on the day of the year on which it last did and opens 29
/// days before, reminders go out 10 and 20 days after that, analysis takes the 31 days after closing, and figures are
/// published on the 15th of `output.update_month`, in the next year if that day has passed when fieldwork closes.
pub(super) fn entries(project: &Project, years: RangeInclusive<u16>) -> Vec<CalendarEntry> {
    let mut entries = Vec::new();
    for meeting in years.flat_map(|year| meetings(project, year)) {
        let wave = &project.survey.waves[meeting.wave];
        for (kind, number, [first_day, last_day]) in days(project, meeting.year) {
            let summary = summary(kind, number, &wave.name, meeting.cohort);
            let id = match number {
                0 => format!("{}-{}-{kind}", meeting.year, wave.id),
                number => format!("{}-{}-{kind}-{number}", meeting.year, wave.id),
            };
            let (year, cohort, wave) = (meeting.year, meeting.cohort, wave.id.clone());
            entries.push(CalendarEntry { id, year, wave, cohort, kind, first_day, last_day, summary });
        }
    }
    entries
}

/// Kind, number of a reminder, first and last day.
fn days(project: &Project, year: u16) -> Vec<(&'static str, usize, [String; 2])> {
    let calendar = &project.calendar;
    let last = project.survey.rounds.last();
    let in_year = |year: u16, day: &str| format!("{year}-{day}");
    // Fieldwork may close in the year after.
    let turns = last.map_or(0, |round| u16::from(!round.closes.starts_with(&round.year.to_string())));
    let closes = match &calendar.closes {
        Some(day) => in_year(year, day),
        // A leap day has no like in most years.
        None => in_year(
            year + turns,
            last.and_then(|round| round.closes.get(5..))
                .map_or(CLOSES, |day| if day == "02-29" { "02-28" } else { day }),
        ),
    };
    let later = |day: &str, days: i32| plus_days(day, days).unwrap_or_else(|| day.to_owned());
    let opens = calendar.opens.as_ref().map_or_else(|| later(&closes, -FIELDWORK), |day| in_year(year, day));
    let reminders = match &calendar.reminders {
        Some(days) => days.iter().map(|day| in_year(year, day)).collect(),
        None => REMINDERS.map(|days| later(&opens, days)).to_vec(),
    };
    let after = |day: &str| {
        let this = in_year(year, day);
        if this > closes { this } else { in_year(year + 1 + turns, day) }
    };
    let analysed = calendar.analysis.as_ref().map_or_else(|| later(&closes, ANALYSIS), |day| after(day));
    let published = match &calendar.publication {
        Some(day) => after(day),
        None => after(&format!("{:02}-{PUBLICATION}", project.update_month)),
    };
    let one = |day: &String| [day.clone(), day.clone()];
    let mut days = vec![("fieldwork", 0, [opens.clone(), closes.clone()])];
    // What lies outside fieldwork reminds nobody.
    let reminders = reminders.iter().filter(|day| **day > opens && **day < closes);
    days.extend(reminders.enumerate().map(|(number, day)| ("reminder", number + 1, one(day))));
    days.push(("closing", 0, one(&closes)));
    days.push(("analysis", 0, [later(&closes, 1), analysed]));
    days.push(("publication", 0, one(&published)));
    days
}

fn summary(kind: &str, number: usize, wave: &Text, cohort: u16) -> Text {
    let words = match kind {
        "fieldwork" => Text::new("Undersøkelsen er åpen", "Undersøkinga er open", "Survey open"),
        "reminder" => {
            let numbered = |word: &str| format!("{word} {number}");
            Text::new(&numbered("Påminnelse"), &numbered("Påminning"), &numbered("Reminder"))
        }
        "closing" => Text::new("Siste svardag", "Siste svardag", "Last day to answer"),
        "analysis" => Text::new("Analyse", "Analyse", "Analysis"),
        _ => Text::new("Publisering", "Publisering", "Publication"),
    };
    Text::new(
        &format!("{}: {} (kull {cohort})", words.nb, wave.nb),
        &format!("{}: {} (kull {cohort})", words.nn, wave.nn),
        &format!("{}: {} (cohort {cohort})", words.en, wave.en),
    )
}

/// The entries as an iCalendar file: whole days, lines of at most 75 octets ending in CRLF, ids that stay the same, so that a
/// calendar that reads it again moves its entries and makes no new ones. `today` is the date on which it was made.
///
/// # Source
///
/// RFC 5545, Internet Calendaring and Scheduling Core Object Specification.
#[must_use]
pub fn ics(project: &str, region: &Text, entries: &[CalendarEntry], today: &str, lang: Lang) -> String {
    let stamp = format!("{}T000000Z", today.replace('-', ""));
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bygdepuls//track//NO", "CALSCALE:GREGORIAN"] {
        line(text);
    }
    line(&format!("X-WR-CALNAME:{}", escaped(&format!("Bygdepuls {}", region.get(lang)))));
    for entry in entries {
        let day = |day: &str| day.replace('-', "");
        // The end of a whole day is the day after.
        let end = plus_days(&entry.last_day, 1).unwrap_or_else(|| entry.last_day.clone());
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@{project}.bygdepuls", entry.id));
        line(&format!("DTSTAMP:{stamp}"));
        line(&format!("DTSTART;VALUE=DATE:{}", day(&entry.first_day)));
        line(&format!("DTEND;VALUE=DATE:{}", day(&end)));
        line(&format!("SUMMARY:{}", escaped(entry.summary.get(lang))));
        line(&format!("CATEGORIES:{}", entry.kind.to_uppercase()));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

/// A text value: comma, semicolon, backslash and line end escaped.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                let _ = write!(out, "\\{letter}");
            }
            '\n' => out.push_str("\\n"),
            '\r' => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A content line, folded: no more than 75 octets before a line end, and never inside a letter.
fn fold(out: &mut String, text: &str) {
    let mut length = 0;
    for letter in text.chars() {
        if length + letter.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        let mut out = String::new();
        fold(&mut out, &format!("SUMMARY:{}", "å".repeat(80)));
        let lines: Vec<&str> = out.trim_end_matches("\r\n").split("\r\n").collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.len() <= 75) && lines[1..].iter().all(|line| line.starts_with(' ')));
        assert_eq!(lines.concat().replace(' ', ""), format!("SUMMARY:{}", "å".repeat(80)));
    }

    #[test]
    fn text_values_are_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
    }
}
