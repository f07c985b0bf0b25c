//! Text that is safe inside HTML and SVG.

/// Appending that is a call of its own: `String::push_str` is copied into every place that uses it, and the widget has
/// many such places.
pub(crate) trait Put {
    /// Appends a text as it is.
    fn put(&mut self, text: &str);
}

impl Put for String {
    #[inline(never)]
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// Appends text with everything escaped that has a meaning in HTML, SVG or an attribute. What XML forbids, control
/// characters first of all, becomes a space.
pub(crate) fn push_text(out: &mut String, text: &str) {
    // Every byte looked for is a character of its own, or the first of one that is left out whole.
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let (escaped, length) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\'' => ("&#39;", 1),
            0..=0x1f | 0x7f => (" ", 1),
            0xef if matches!(bytes.get(at + 1..at + 3), Some([0xbf, 0xbe | 0xbf])) => (" ", 3),
            _ => continue,
        };
        out.put(text.get(from..at).unwrap_or_default());
        out.put(escaped);
        from = at + length;
    }
    out.put(text.get(from..).unwrap_or_default());
}

/// The text, escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_text(&mut out, text);
    out
}

/// Appends a template, its places filled in order: `{}` escapes the text, `{!}` takes markup of ours as it is.
pub(crate) fn fill(out: &mut String, template: &str, texts: &[&str]) {
    let mut texts = texts.iter();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.put(before);
        let text = texts.next().copied().unwrap_or_default();
        if let Some(tail) = after.strip_prefix("!}") {
            out.put(text);
            rest = tail;
        } else {
            push_text(out, text);
            rest = after.strip_prefix('}').unwrap_or(after);
        }
    }
    out.put(rest);
}

/// Appends each part as it is. The caller has escaped what comes from outside.
pub(crate) fn push_all(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.put(part);
    }
}

/// Appends `<open>text</close>`, the text escaped; nothing at all when the text is empty.
pub(crate) fn push_element(out: &mut String, open: &str, text: &str, close: &str) {
    if !text.is_empty() {
        out.put(open);
        push_text(out, text);
        out.put(close);
    }
}

/// A name fit for an `id` attribute: letters, digits, `_` and `-`; never empty, never starting with a digit.
pub(crate) fn id_of(name: &str) -> String {
    let mut out = String::from("bp-");
    for letter in name.chars() {
        out.push(if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_with_a_meaning_survives() {
        assert_eq!(
            escaped("<script>\"a\" & 'b'\u{0}\u{fffe}\n</script>"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;   &lt;/script&gt;"
        );
        assert_eq!(escaped("Raarvihke – Røyrvik, Ååfjorde"), "Raarvihke – Røyrvik, Ååfjorde");
    }

    #[test]
    fn templates_escape_unless_told() {
        let mut out = String::new();
        fill(&mut out, "<p class=\"a\">{}: {!}{}</p>", &["a<b", "<b>c</b>"]);
        assert_eq!(out, "<p class=\"a\">a&lt;b: <b>c</b></p>");
    }

    #[test]
    fn an_id_is_harmless() {
        assert_eq!(id_of("return_intent"), "bp-return_intent");
        assert_eq!(id_of("\"><b>ø"), "bp----b--");
    }

    #[test]
    fn an_empty_text_leaves_no_element() {
        let mut out = String::new();
        push_element(&mut out, "<p>", "", "</p>");
        push_element(&mut out, "<p>", "a<b", "</p>");
        assert_eq!(out, "<p>a&lt;b</p>");
    }
}
