//! The language of help, messages and reports.

use bygdepuls_core::text::Lang;
use std::ffi::OsString;

/// The language asked for with `--lang`, else that of the environment, else English.
///
/// Looked up before the arguments are parsed, because help is in that language too.
pub(crate) fn language(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Lang {
    let mut asked = None;
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            break;
        } else if argument == "--lang" {
            asked = arguments.next().and_then(Lang::from_tag);
        } else if let Some(tag) = argument.strip_prefix("--lang=") {
            asked = Lang::from_tag(tag);
        }
    }
    let environment =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| variable(name).filter(|v| !v.is_empty()));
    asked.or_else(|| environment.and_then(|locale| Lang::from_tag(&locale))).unwrap_or(Lang::En)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&str], locale: &str) -> Lang {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        language(&arguments, |name| (name == "LANG").then(|| locale.to_string()))
    }

    #[test]
    fn the_option_wins_over_the_environment() {
        assert_eq!(of(&[], "nb_NO.UTF-8"), Lang::Nb);
        assert_eq!(of(&["run", "x", "--lang", "nn"], "nb_NO.UTF-8"), Lang::Nn);
        assert_eq!(of(&["--lang=en"], "nb_NO.UTF-8"), Lang::En);
        assert_eq!(of(&[], "C.UTF-8"), Lang::En);
    }
}
