//! A safe cube as an accessible picture and table.
//!
//! A stand-in until the branch `show` is merged: the agreed interface, and a plain table behind it.

use crate::cube::Status;
use crate::disclosure::SafeCube;
use crate::text::Lang;

/// The one stylesheet of the figure.
pub const CSS: &str = ".bp-figure{color:var(--ds-color-neutral-text-default,#1e2b3c)}";

/// How a figure stands on its page.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Today's date, ISO 8601: a figure past its date says that it is old.
    pub today: Option<String>,
    /// Level of the figure's heading, 1 to 6.
    pub heading_level: u8,
    /// Prefix of the ids in the fragment, unique on the page.
    pub id: String,
}

/// The figure as an HTML fragment.
#[must_use]
pub fn figure(cube: &SafeCube, view: &View, lang: Lang) -> String {
    let mut html = String::new();
    let level = char::from(b'0' + view.heading_level.clamp(1, 6));
    html.push_str("<section class=\"bp-figure\" lang=\"");
    html.push_str(lang.tag());
    html.push_str("\"><h");
    html.push(level);
    html.push('>');
    escape(&mut html, cube.title.get(lang));
    html.push_str("</h");
    html.push(level);
    html.push_str("><table>");
    for (index, cell) in cube.cells.iter().enumerate() {
        html.push_str("<tr>");
        for (dimension, at) in cube.dimensions.iter().zip(cube.position(index)) {
            html.push_str("<th scope=\"row\">");
            escape(&mut html, dimension.categories[at].label.get(lang));
            html.push_str("</th>");
        }
        html.push_str("<td>");
        match (cell.status, cell.values.first().copied().flatten()) {
            (Status::Hidden, _) | (_, None) => html.push(':'),
            (_, Some(value)) => html.push_str(&(value as i64).to_string()),
        }
        html.push_str("</td></tr>");
    }
    html.push_str("</table><p>");
    escape(&mut html, cube.about.base.get(lang));
    html.push_str("</p></section>");
    html
}

fn escape(html: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '<' => html.push_str("&lt;"),
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            letter => html.push(letter),
        }
    }
}
