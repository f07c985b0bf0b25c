//! Options of `bygdepuls interval`.

use bygdepuls_core::text::Lang;
use clap::Command;

pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    Command::new("interval").about(t(
        "Regn ut intervaller for en andel",
        "Rekn ut intervall for ein del",
        "Compute intervals for a proportion",
    ))
}
