//! Options of `bygdepuls test`.

use bygdepuls_core::text::Lang;
use clap::Command;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("test").about(t(
        "Test en hypotese på en hvilken som helst CSV-fil",
        "Test ein hypotese på ei kva som helst CSV-fil",
        "Test a hypothesis on any CSV file",
    ))
}
