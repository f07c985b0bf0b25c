//! Options of `bygdepuls audit`.

use super::audit_release::with_releases;
use bygdepuls_core::text::Lang;
use clap::Command;

/// `audit RELEASE…`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let command = Command::new("audit").about(t(
        "Finn ut hva en angriper kan slutte av det som er publisert",
        "Finn ut kva ein angripar kan slutte av det som er publisert",
        "Find out what an attacker can conclude from what was published",
    ));
    with_releases(command, lang)
}
