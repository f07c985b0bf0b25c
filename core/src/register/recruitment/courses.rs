//! What earlier answers turned into.

use super::Course;
use super::sheet::Sheet;
use crate::problem::Problems;

/// Reads the register.
pub(super) fn read(sheet: &Sheet<'_>, problems: &mut Problems) -> Vec<Course> {
    let [wave, intent, answered, returned] = sheet.find(["wave", "intent", "answered", "returned"]);
    let (piece, _) = sheet.rows(problems, |cells| {
        cells.required(intent);
        cells.required(answered);
        let stated = cells.whole(intent).and_then(|intent| u8::try_from(intent).ok());
        let (asked, back) = (cells.past(answered), cells.past(returned));
        cells.not_before((returned, back), (answered, asked));
        let row = Course { wave: cells.text(wave), intent: stated?, answered: asked?, returned: back };
        cells.ok().then_some(row)
    });
    piece.rows
}
