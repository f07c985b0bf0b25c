//! Estimates from a file while a page is still loading it.

use crate::question::Asked;
use bygdepuls_core::estimate::Stream;
use bygdepuls_core::export::{estimates, problems};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::text::Lang;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// A question that is put to one file. Its bytes come in order and in any portions: as many as fit are written where
/// `room` says, then `filled` is told how many.
#[wasm_bindgen]
pub struct Estimation {
    stream: Option<Stream>,
    problems: Problems,
    lang: Lang,
}

#[wasm_bindgen]
impl Estimation {
    /// An estimation from the options of `bygdepuls estimate` as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(question: &str) -> Result<Self, JsError> {
        let Asked { file, lang, question } = Asked::read(question).map_err(|reason| JsError::new(&reason))?;
        Ok(Self { stream: Some(Stream::new(&file, question)), problems: Problems::new(), lang })
    }

    /// The address of where the next bytes go. It holds until the next call of anything here.
    pub fn room(&mut self) -> *mut u8 {
        self.stream.as_mut().map_or(std::ptr::null_mut(), |stream| stream.room().as_mut_ptr())
    }

    /// How many bytes may be written there; at least one until the end.
    #[wasm_bindgen(js_name = roomLength)]
    pub fn room_length(&mut self) -> usize {
        self.stream.as_mut().map_or(0, |stream| stream.room().len())
    }

    /// Takes so many bytes, and scans them when they fill a block.
    pub fn filled(&mut self, length: usize) {
        if let Some(stream) = &mut self.stream {
            stream.filled(length);
        }
    }

    /// The end of the file: what `bygdepuls estimate --format json` prints, to the byte; nothing when the file or the
    /// question has errors.
    pub fn finish(&mut self) -> Option<String> {
        let figures = self.stream.take()?.finish(&mut self.problems)?;
        if self.problems.errors() > 0 {
            return None;
        }
        let mut text = Vec::new();
        estimates::json(&figures, &self.problems, self.lang, &mut text).ok()?;
        String::from_utf8(text).ok()
    }

    /// Errors and warnings with their places, as `bygdepuls check --format json` writes them.
    pub fn problems(&self) -> String {
        problems::json(&self.problems, self.lang).to_string()
    }
}
