//! PNG: what stands in a picture beside its pixels, and whether the pixels are those of the SVG beside it.
//!
//! # Source
//!
//! W3C, Portable Network Graphics (PNG) Specification, third edition, section 5.

use super::{File, Finding, Leak, Page, Redraw};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks that say how to show the pixels, and nothing of where they come from.
const PIXELS: [&[u8]; 10] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"];

impl Page<'_> {
    /// `png` holds pixels only, and those of the SVG that its cube gives.
    pub(super) fn png(&mut self, png: &File<'_>, files: &[File<'_>], redraw: Option<Redraw<'_>>) {
        let Some(mut rest) = png.bytes.strip_prefix(SIGNATURE) else {
            return self.push(Finding::new(png.name, Leak::Malformed).value("PNG"));
        };
        let before = self.findings.len();
        let mut ended = false;
        while let Some((head, tail)) = rest.split_first_chunk::<8>() {
            let (size, kind) = head.split_at(4);
            let size = size.iter().fold(0_usize, |size, &byte| size << 8 | usize::from(byte));
            // Four bytes of checksum follow the data.
            let Some((data, after)) =
                tail.split_at_checked(size).and_then(|(data, after)| Some((data, after.get(4..)?)))
            else {
                return self.push(Finding::new(png.name, Leak::Malformed).value("PNG"));
            };
            if !PIXELS.contains(&kind) || ended {
                let text: String = String::from_utf8_lossy(data).chars().take(60).collect();
                let place = String::from_utf8_lossy(kind).into_owned();
                self.push(Finding::new(png.name, Leak::PictureText).place(&place).value(&text));
            }
            ended |= kind == b"IEND";
            rest = after;
        }
        if !rest.is_empty() || !ended {
            self.push(Finding::new(png.name, Leak::PictureText).value(&String::from_utf8_lossy(rest)));
        }
        if self.findings.len() > before {
            return;
        }
        let Some(redraw) = redraw else { return };
        let name = png.name.replace(".png", ".svg");
        let beside = || files.iter().find(|file| file.name == name).map(|file| file.bytes);
        let svg = self.derived.get(&name).or_else(beside);
        let drawn = svg.and_then(|svg| std::str::from_utf8(svg).ok()).and_then(redraw);
        if drawn.is_none_or(|drawn| drawn != png.bytes) {
            self.push(Finding::new(png.name, Leak::PictureOther));
        }
    }
}
