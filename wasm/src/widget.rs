//! What the custom element calls. Only numbers and one buffer cross the boundary, so that no glue is needed:
//!
//! 1. `input(length)` gives the address of that many bytes; the page writes the cube there.
//! 2. `draw(…)` or `style()` gives the length of its answer, UTF-8.
//! 3. `output()` gives the address of the answer.
#![allow(unsafe_code, reason = "`no_mangle` counts as unsafe: the names are the interface. There is no unsafe block.")]

use bygdepuls_core::export::jsonstat;
use bygdepuls_core::show::{self, View};
use bygdepuls_core::text::Lang;
use std::cell::RefCell;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Room for a cube of this many bytes: where it starts.
#[unsafe(no_mangle)]
extern "C" fn input(length: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|bytes| {
        bytes.clear();
        bytes.resize(length, 0);
        bytes.as_mut_ptr()
    })
}

/// Where the last answer starts.
#[unsafe(no_mangle)]
extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|text| text.as_ptr())
}

/// Draws the cube in the input as HTML. A negative length is that of a reason why it is not one of ours.
///
/// `lang` counts as [`Lang::ALL`], `today` is the date written as a number (20260131), `id` makes ids unique on a page.
#[unsafe(no_mangle)]
extern "C" fn draw(lang: usize, heading_level: u8, today: u32, id: u32) -> i32 {
    let bytes = INPUT.take();
    let lang = Lang::ALL.get(lang).copied().unwrap_or_default();
    match jsonstat::read(&bytes) {
        Ok(cube) => {
            let view = View { today: Some(iso_date(today)), heading_level, id: id.to_string() };
            answer(show::figure(&cube, &view, lang))
        }
        Err(error) => -answer(error.reason),
    }
}

/// The stylesheet of the figure.
#[unsafe(no_mangle)]
extern "C" fn style() -> i32 {
    answer(show::CSS.into())
}

fn answer(text: String) -> i32 {
    let length = i32::try_from(text.len()).unwrap_or(0);
    OUTPUT.set(text);
    length
}

/// `20260131` as `2026-01-31`.
fn iso_date(mut number: u32) -> String {
    let mut digits = *b"0000-00-00";
    for place in [9, 8, 6, 5, 3, 2, 1, 0] {
        digits[place] = b"0123456789"[(number % 10) as usize];
        number /= 10;
    }
    digits.iter().map(|&digit| char::from(digit)).collect()
}
