//! What cargo alone cannot do: `cargo xtask wasm | size | test | invent | bench | tables | municipalities`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool that talks to a developer")]

mod bench;
mod browser;
mod invent;
mod municipalities;
mod package;
mod size;
mod tables;
mod test;
mod tool;
mod wasm;
mod workbench;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  wasm      build the npm package of the widget, and the workbench, into wasm/pkg; `wasm workbench`: the workbench alone
  size      what a page must load, raw, gzip and brotli, against wasm/size-budget.toml
  test      everything: format, lints, tests, docs, wasm, size, browser; installs what is missing
  invent    write the example's invented answers again, to the byte
  bench     the benchmark's ratios: beside polars and DuckDB, WebAssembly beside native code, Chromium beside d3-dsv
  tables    how fast tables are protected, beside GaussSuppression
  municipalities
            write the register of municipalities that is built into the core again, from its CSV files

environment
  BYGDEPULS_WASM_ROUTE=1|2|3   use this way to a wasm standard library and no other
  BYGDEPULS_INSTALL=1          install missing tools without asking (as when CI is set)
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = args.split_first().map_or(("", &args[..]), |(command, rest)| (command.as_str(), rest));
    let outcome = match command {
        "wasm" if rest == ["workbench"] => wasm::run_workbench(),
        "wasm" => wasm::run(),
        "size" => size::run(),
        "test" => test::run(rest),
        "invent" => invent::run(),
        "bench" => bench::run(rest).map_err(|error| error.to_string()),
        "tables" => tables::run(rest),
        "municipalities" => municipalities::run(),
        _ => {
            eprint!("{HELP}");
            return if matches!(command, "help" | "--help" | "-h") { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}
