//! A figure as PNG, for publishing systems that take pictures only.
//!
//! The letters come from a font inside the program (`assets/README.md`), never from the machine, so the same SVG gives
//! the same bytes everywhere.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Inter in the two weights that figures use.
const FONTS: [&[u8]; 2] =
    [include_bytes!("../../assets/Inter-Regular.subset.ttf"), include_bytes!("../../assets/Inter-SemiBold.subset.ttf")];

/// Widest and tallest picture that is drawn, in pixels.
const LIMIT: f32 = 16_384.0;

/// Draws an SVG document `width` pixels wide; its height follows.
///
/// Nothing outside the document is read: no font, no file, no address.
///
/// # Errors
///
/// A sentence in English when the SVG is broken, or the picture would be empty or too large.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>, String> {
    let mut options = Options { font_family: "Inter".into(), ..Options::default() };
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    let fonts = options.fontdb_mut();
    for font in FONTS {
        fonts.load_font_data(font.to_vec());
    }
    fonts.set_sans_serif_family("Inter");
    let tree = Tree::from_str(svg, &options).map_err(|error| format!("the picture cannot be drawn: {error}"))?;
    let (from, size) = (tree.size(), f64::from(width));
    let scale = size / f64::from(from.width());
    #[expect(clippy::cast_possible_truncation, reason = "pixels: checked against the limit below")]
    let (scale, height) = (scale as f32, (f64::from(from.height()) * scale).ceil() as f32);
    if width == 0 || !(1.0..=LIMIT).contains(&height) || f64::from(width) > f64::from(LIMIT) {
        return Err(format!("the picture would be {width} × {height} pixels: at most {LIMIT} each way"));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and the limit")]
    let mut pixels = Pixmap::new(width, height as u32).ok_or("there is no memory for the picture")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| format!("the picture cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="352" height="60" viewBox="-16 -16 352 60"
        font-family="Inter, Arial, sans-serif"><rect x="-16" y="-16" width="352" height="60" fill="#ffffff"/>
        <text x="0" y="20" font-size="17" font-weight="600">Raarvihke – Røyrvik: 20–40 % −1 Åæø šŋđ ï</text></svg>"##;

    fn size(png: &[u8]) -> (u32, u32) {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    }

    #[test]
    fn the_same_picture_twice() {
        let first = png(SVG, 704).unwrap();
        assert_eq!(size(&first), (704, 120));
        assert!(first == png(SVG, 704).unwrap());
    }

    #[test]
    fn letters_are_drawn_with_the_font_inside() {
        let without = SVG.replace("Raarvihke – Røyrvik: 20–40 % −1 Åæø šŋđ ï", "");
        assert!(png(SVG, 704).unwrap().len() > 2 * png(&without, 704).unwrap().len());
    }

    #[test]
    fn both_weights_are_inside() {
        assert!(png(SVG, 704).unwrap() != png(&SVG.replace("600", "400"), 704).unwrap());
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert!(png("<svg", 700).unwrap_err().starts_with("the picture cannot be drawn"));
        assert!(png(SVG, 0).is_err());
        assert!(png(SVG, 1_000_000).is_err());
        let tall = SVG.replace("352\" height=\"60\"", "1\" height=\"60000\"");
        assert!(png(&tall, 16_000).is_err());
    }
}
