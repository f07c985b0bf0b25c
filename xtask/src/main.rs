//! What cargo alone cannot do.

mod peers;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.split_first() {
        Some((task, rest)) if task == "peers" => peers::run(rest),
        _ => Err("cargo xtask peers [ROWS] [ROUNDS]".into()),
    }
}
