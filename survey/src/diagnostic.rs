//! Problems as text.
//!
//! A value from an answer is quoted on a terminal only: messages in logs and pipes name line and column.

use bygdepuls_core::problem::{Privacy, Problem, Problems, Severity};
use bygdepuls_core::text::Lang;
use clap::builder::styling::{AnsiColor, Style};
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};

/// Writes all problems to standard error: in colour and with answers quoted on a terminal, plain otherwise.
pub(crate) fn print(problems: &Problems, lang: Lang) {
    let terminal = std::io::stderr().is_terminal();
    let colour = terminal && std::env::var_os("NO_COLOR").is_none();
    let mut stderr = std::io::stderr().lock();
    // Nowhere is left to report that standard error is closed.
    let _ = stderr.write_all(text(problems, lang, terminal, colour).as_bytes());
}

/// Says that nothing was written, and why.
pub(crate) fn print_refusal(problems: &Problems, lang: Lang) {
    let errors = problems.errors();
    let words = match (errors, lang) {
        (1, Lang::En) => "error; nothing was written",
        (_, Lang::En) => "errors; nothing was written",
        (_, Lang::Nb) => "feil; ingenting er skrevet",
        (_, Lang::Nn) => "feil; ingenting er skrive",
    };
    let _ = writeln!(std::io::stderr(), "{errors} {words}");
}

/// All problems as text, a blank line between them, and how many more there are.
fn text(problems: &Problems, lang: Lang, terminal: bool, colour: bool) -> String {
    let mut result = String::new();
    for problem in problems.list() {
        one(&mut result, problem, lang, terminal, colour);
        result.push('\n');
    }
    for (file, more) in problems.more() {
        let words = lang.pick("problemer til i", "problem til i", "more problems in");
        let _ = writeln!(result, "… {more} {words} {file}\n");
    }
    result
}

fn one(out: &mut String, problem: &Problem, lang: Lang, terminal: bool, colour: bool) {
    let (word, style) = match problem.severity {
        Severity::Error => (lang.pick("feil", "feil", "error"), AnsiColor::Red.on_default().bold()),
        Severity::Warning => (lang.pick("advarsel", "åtvaring", "warning"), AnsiColor::Yellow.on_default().bold()),
    };
    let style = if colour { style } else { Style::new() };
    let _ = writeln!(out, "{style}{word}{style:#}: {}", problem.what.message(lang));
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(out, "  {name:<11}{value}");
    };
    field(lang.pick("fil", "fil", "file"), &printable(&problem.file, usize::MAX));
    let record = |record: u64| format!("({} {record})", lang.pick("post", "post", "record"));
    match (problem.line, problem.record) {
        (Some(line), Some(number)) => field(lang.pick("linje", "linje", "line"), &format!("{line} {}", record(number))),
        (Some(line), None) => field(lang.pick("linje", "linje", "line"), &line.to_string()),
        (None, Some(number)) => field(lang.pick("linje", "linje", "line"), &record(number)),
        (None, None) => {}
    }
    if let Some(column) = &problem.column {
        field(lang.pick("kolonne", "kolonne", "column"), &printable(column, usize::MAX));
    }
    let hidden = lang.pick("(vises bare på terminal)", "(blir berre vist på terminal)", "(shown on a terminal only)");
    match (&problem.value, problem.privacy) {
        (Some(_), Privacy::Answer) if !terminal => field(lang.pick("verdi", "verdi", "value"), hidden),
        (Some(value), Privacy::Open | Privacy::Answer) => {
            field(lang.pick("verdi", "verdi", "value"), &printable(value, 60))
        }
        _ => {}
    }
    if let Some(expected) = problem.what.expected(lang) {
        field(lang.pick("forventet", "venta", "expected"), &expected);
    }
    if let Some(help) = problem.help(lang, if terminal { Privacy::Answer } else { Privacy::Open }) {
        field(lang.pick("hjelp", "hjelp", "help"), &help);
    }
}

/// A text on one line, cut at `most` characters, control characters made visible: a terminal obeys none of them.
fn printable(text: &str, most: usize) -> String {
    let visible = |c: char| if c.is_control() { c.escape_debug().to_string() } else { c.to_string() };
    let escaped: String = text.chars().take(most).map(visible).collect();
    if text.chars().count() > most { format!("{escaped}…") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bygdepuls_core::project::ProjectProblem;
    use bygdepuls_core::register::code::occupation;

    #[test]
    fn an_answer_is_quoted_on_a_terminal_only() {
        let mut problems = Problems::new();
        let what = ProjectProblem::Twice;
        problems.push(Problem::error("a.csv", what).line(14).record(13).column("q").value("7\n", Privacy::Answer));
        let expected = "error: given twice\n  file       a.csv\n  line       14 (record 13)\n  column     q\n  value      \
                        (shown on a terminal only)\n  help       remove one of them\n\n";
        assert_eq!(text(&problems, Lang::En, false, false), expected);
        assert!(text(&problems, Lang::Nb, true, false).contains("  verdi      7\\n\n"));
        let json = bygdepuls_core::export::problems::json(&problems, Lang::En);
        assert_eq!(json["problems"][0]["value"], serde_json::Value::Null);
    }

    #[test]
    fn so_is_help_that_would_tell_it() {
        let mut problems = Problems::new();
        let what = occupation::parse("2220", occupation::Version::Styrk08).unwrap_err();
        problems.push(Problem::error("cv.csv", what).line(2).column("occupation").value("2220", Privacy::Answer));
        let told = "did you mean 2221 Spesialsykepleiere, 2222 Jordmødre, 2223 Sykepleiere?";
        assert!(text(&problems, Lang::En, true, false).contains(told));
        assert!(!text(&problems, Lang::En, false, false).contains("help"));
        let json = bygdepuls_core::export::problems::json(&problems, Lang::En);
        assert_eq!(json["problems"][0]["help"], serde_json::Value::Null);
    }
}
