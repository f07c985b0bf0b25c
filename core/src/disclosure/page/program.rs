//! The program of the widget: it is the one whose digests stand beside it, keeps nothing, and asks nobody else.

use super::{DIGESTS, File, Finding, Leak, MODULE, Page, SCRIPT};
use crate::export::json::Json;
use crate::text::Lang;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha384};

impl Page<'_> {
    /// The digests of the program: a name and a digest each, as `cargo xtask wasm` writes them.
    pub(super) fn digests(&mut self, file: &str, text: &str) {
        let digest = |value: &Json| {
            let digest = value.text().and_then(|text| text.strip_prefix("sha384-"));
            digest.is_some_and(|digest| STANDARD.decode(digest).is_ok_and(|bytes| bytes.len() == 48))
        };
        let Ok(Json::Object(members)) = Json::parse(text.as_bytes()) else {
            return self.push(Finding::new(file, Leak::Malformed).value("JSON"));
        };
        let mut known = serde_json::Map::new();
        for (name, value) in &members {
            let ours = [SCRIPT, MODULE].iter().any(|path| path.strip_prefix("assets/") == Some(name));
            match value.text().filter(|_| ours && digest(value) && !known.contains_key(name)) {
                Some(text) => drop(known.insert(name.clone(), text.into())),
                None => {
                    let line = text.lines().position(|line| line.contains(name.as_str())).map_or(1, |at| at + 1);
                    self.push(Finding::new(file, Leak::Field).line(line).place(name));
                }
            }
        }
        if known.len() == members.len() && format!("{:#}\n", serde_json::Value::Object(known)) != text {
            self.push(Finding::new(file, Leak::Malformed).value("JSON"));
        }
    }

    /// A part of the program: its digest is the one in the list.
    pub(super) fn digest(&mut self, one: &File<'_>, files: &[File<'_>]) {
        let list = files.iter().find(|file| file.name == DIGESTS).and_then(|file| Json::parse(file.bytes).ok());
        let name = one.name.strip_prefix("assets/").unwrap_or(one.name);
        let digest = format!("sha384-{}", STANDARD.encode(Sha384::digest(one.bytes)));
        if list.as_ref().and_then(|list| list.member(name)).and_then(Json::text) != Some(&digest) {
            self.push(Finding::new(one.name, Leak::Program));
        }
    }

    /// The script: it may keep nothing, ask nobody else, and know no group.
    pub(super) fn script(&mut self, name: &str, text: &str) {
        for (at, line) in text.lines().enumerate() {
            for (sign, leak) in [
                ("document.cookie", Leak::Cookie),
                ("localStorage", Leak::Cookie),
                ("sessionStorage", Leak::Cookie),
                ("indexedDB", Leak::Cookie),
                ("sendBeacon", Leak::ThirdParty),
                ("sourceMappingURL", Leak::UnknownFile),
            ] {
                if line.contains(sign) {
                    self.push(Finding::new(name, leak).line(at + 1).value(sign));
                }
            }
            // Ours has no comments, no blank lines and no indentation: `cargo xtask wasm` takes them out.
            let bare = line.trim() == line && !line.is_empty() && !line.starts_with("//") && !line.starts_with("/*");
            if !bare || Lang::ALL.into_iter().any(|lang| self.reference.names_area(line, lang)) {
                self.push(Finding::new(name, Leak::Script).line(at + 1).value(line));
            }
        }
    }
}
