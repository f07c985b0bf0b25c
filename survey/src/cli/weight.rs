//! Options of `bygdepuls weight`.

use bygdepuls_core::text::Lang;
use clap::Command;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("weight").about(t(
        "Lag vekter for en hvilken som helst CSV-fil",
        "Lag vekter for ei kva som helst CSV-fil",
        "Make weights for any CSV file",
    ))
}
