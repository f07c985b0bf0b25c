//! The npm package: what `wasm/pkg` holds.

use crate::tool;
use sha2::{Digest, Sha384};
use std::fs;
use std::path::{Path, PathBuf};

/// What a page must load for its figures. The stylesheet is in the module; as a file it is for pasted HTML.
pub(crate) const LOADED: [&str; 2] = ["bygdepuls.js", "bygdepuls_bg.wasm"];
/// What a page loads that computes, and no other page.
pub(crate) const COMPUTE: [&str; 3] = ["bygdepuls-compute.js", "compute/bindings.js", "compute/bindings_bg.wasm"];

/// What an edition carries with it for its pages.
pub(crate) const WIDGET: [&str; 3] = [LOADED[0], LOADED[1], "integrity.json"];

/// The folder of the package.
pub(crate) fn folder() -> PathBuf {
    tool::root().join("wasm/pkg")
}

/// Writes the package around the widget's module and the bindings of the one that computes.
pub(crate) fn write(module: &[u8], bindings: &Path) -> Result<(), String> {
    let from = tool::root().join("wasm");
    let to = folder();
    if to.exists() {
        fs::remove_dir_all(&to).map_err(|error| format!("{}: {error}", to.display()))?;
    }
    fs::create_dir_all(to.join("compute")).map_err(|error| format!("{}: {error}", to.display()))?;

    let sri = integrity(module);
    let class = strip(&filled(&read(&from.join("js/bygdepuls-indicator.js"))?, "WASM_INTEGRITY", &sri)?);
    let script = class.clone() + &strip(&read(&from.join("js/define.js"))?);
    put(&to, "bygdepuls_bg.wasm", module)?;
    put(&to, "bygdepuls-indicator.js", class.as_bytes())?;
    put(&to, "bygdepuls.js", script.as_bytes())?;
    put(&to, "bygdepuls.css", bygdepuls_core::show::CSS.as_bytes())?;
    for name in
        ["bygdepuls.d.ts", "bygdepuls-indicator.d.ts", "bygdepuls-compute.d.ts", "custom-elements.json", "README.md"]
    {
        put(&to, name, read(&from.join("npm").join(name))?.as_bytes())?;
    }
    let computing = fs::read(bindings.join("bindings_bg.wasm")).map_err(|error| error.to_string())?;
    let wrapper = read(&from.join("js/bygdepuls-compute.js"))?;
    let wrapper = filled(&wrapper, "WASM_VERSION", &integrity(&computing)[7..15])?;
    put(&to, COMPUTE[0], strip(&wrapper).as_bytes())?;
    put(&to, COMPUTE[1], strip(&read(&bindings.join("bindings.js"))?).as_bytes())?;
    put(&to, COMPUTE[2], &computing)?;
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        put(&to, name, read(&tool::root().join(name))?.as_bytes())?;
    }
    put(&to, "package.json", (manifest() + "\n").as_bytes())?;
    let hashes = serde_json::json!({ "bygdepuls.js": integrity(script.as_bytes()), "bygdepuls_bg.wasm": sri });
    put(&to, "integrity.json", format!("{hashes:#}\n").as_bytes())
}

/// The script with a text in a constant that is left empty for it.
fn filled(script: &str, name: &str, text: &str) -> Result<String, String> {
    let filled = script.replace(&format!("{name} = \"\""), &format!("{name} = \"{text}\""));
    if filled == script { Err(format!("a script has no place for {name}")) } else { Ok(filled) }
}

fn manifest() -> String {
    let entry =
        |name: &str| serde_json::json!({ "types": format!("./{name}.d.ts"), "default": format!("./{name}.js") });
    let manifest = serde_json::json!({
        "name": "bygdepuls",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "One safe, accessible figure about a small region, as a custom element",
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "main": "./bygdepuls.js",
        "types": "./bygdepuls.d.ts",
        "customElements": "custom-elements.json",
        "sideEffects": ["./bygdepuls.js"],
        "exports": {
            ".": entry("bygdepuls"),
            "./indicator": entry("bygdepuls-indicator"),
            "./compute": entry("bygdepuls-compute"),
            "./bygdepuls.css": "./bygdepuls.css",
            "./bygdepuls_bg.wasm": "./bygdepuls_bg.wasm",
            "./custom-elements.json": "./custom-elements.json",
            "./package.json": "./package.json",
        },
        "files": ["compute/*", "*.js", "*.d.ts", "*.wasm", "*.css", "*.json", "LICENSE-*"],
    });
    format!("{manifest:#}")
}

/// Subresource integrity, as it stands in an `integrity` attribute.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", base64(&Sha384::digest(bytes)))
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().enumerate().fold(0_u32, |sum, (at, &byte)| sum | (u32::from(byte) << (16 - 8 * at)));
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// Without comment lines, blank lines and indentation. Our scripts have no text that spans lines.
pub(crate) fn strip(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

pub(crate) fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    let path = folder.join(name);
    fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_each_length() {
        // RFC 4648, section 10.
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn strip_keeps_the_code() {
        assert_eq!(strip("// a\nconst a = 1;\n\n  // b\n  use(a); // c\n"), "const a = 1;\nuse(a); // c\n");
    }
}
