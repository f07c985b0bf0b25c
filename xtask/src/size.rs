//! `cargo xtask size`: what a page must load, against the budget.

use crate::package::{COMPUTE, LOADED, folder};
use crate::{tool, wasm};
use std::fs;
use std::io::Write;

const EXTRA: [&str; 1] = ["bygdepuls.css"];

/// Prints raw, gzip and brotli size of each file and refuses a total above its budget.
pub(crate) fn run() -> Result<(), String> {
    if !folder().join(LOADED[1]).exists() || !folder().join(COMPUTE[2]).exists() {
        wasm::run()?;
    }
    println!("{:<24} {:>9} {:>9} {:>9}", "file", "raw", "gzip", "brotli");
    let total = group("a page must load", &LOADED)?;
    for name in EXTRA {
        print_line(&format!("({name})"), sizes_of(name)?);
    }
    within("a page must load", total, budget("total")?)?;
    let total = group("a page that computes", &COMPUTE)?;
    within("a page that computes loads", total, budget("compute")?)
}

/// Prints the files of a page; gives their size after brotli.
fn group(what: &str, names: &[&str]) -> Result<usize, String> {
    let mut total = [0; 3];
    for name in names {
        let sizes = sizes_of(name)?;
        print_line(name, sizes);
        for (sum, size) in total.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    print_line(what, total);
    Ok(total[2])
}

fn within(what: &str, total: usize, budget: usize) -> Result<(), String> {
    if total > budget {
        return Err(format!("{what} {total} bytes brotli, the budget is {budget}"));
    }
    println!("within the budget of {budget} bytes brotli");
    Ok(())
}

fn print_line(name: &str, [raw, gzip, brotli]: [usize; 3]) {
    println!("{name:<24} {raw:>9} {gzip:>9} {brotli:>9}");
}

fn sizes_of(name: &str) -> Result<[usize; 3], String> {
    let path = folder().join(name);
    let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok([bytes.len(), gzip(&bytes)?, brotli(&bytes)?])
}

fn gzip(bytes: &[u8]) -> Result<usize, String> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map(|out| out.len()).map_err(|error| error.to_string())
}

/// Quality 11, window 2^22: what a web server sends of a file compressed beforehand.
fn brotli(bytes: &[u8]) -> Result<usize, String> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).map_err(|error| error.to_string())?;
    Ok(out.len())
}

/// A number of `wasm/size-budget.toml`.
fn budget(name: &str) -> Result<usize, String> {
    let path = tool::root().join("wasm/size-budget.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let start = format!("{name} = ");
    text.lines()
        .find_map(|line| line.strip_prefix(&start)?.trim().parse().ok())
        .ok_or_else(|| format!("{}: no line `{start}BYTES`", path.display()))
}
