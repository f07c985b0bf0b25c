//! What cargo alone cannot do.

mod invent;

fn main() -> Result<(), String> {
    match std::env::args().nth(1).as_deref() {
        Some("invent") => invent::run(),
        _ => Err("usage: cargo xtask invent".into()),
    }
}
