//! Languages as an XLSForm writes them.

use crate::text::Lang;

/// The language of what stands after `label::`: `Norsk bokmål (nb)`, `nn`, `English`. `None` for a plain `label` and for
/// languages that the project does not have.
///
/// ```
/// use bygdepuls_core::{questionnaire::lang, text::Lang};
/// assert_eq!(lang("Norsk nynorsk (nn)"), Some(Lang::Nn));
/// assert_eq!((lang("en"), lang("Bokmål"), lang("Åarjelsaemien (sma)")), (Some(Lang::En), Some(Lang::Nb), None));
/// ```
#[must_use]
pub fn lang(written: &str) -> Option<Lang> {
    let tag = written.rsplit_once('(').map(|(_, tag)| tag.trim_end().trim_end_matches(')'));
    if let Some(tag) = tag {
        return Lang::from_tag(tag.trim());
    }
    let name = written.trim().to_lowercase();
    match name.as_str() {
        "bokmål" | "norsk" | "norsk bokmål" | "norwegian" => Some(Lang::Nb),
        "nynorsk" | "norsk nynorsk" => Some(Lang::Nn),
        "english" | "engelsk" => Some(Lang::En),
        _ => Lang::from_tag(&name),
    }
}
