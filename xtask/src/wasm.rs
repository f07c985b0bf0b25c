//! `cargo xtask wasm`: Rust to WebAssembly, also on a machine that has no wasm target.
//!
//! Three ways to a standard library for `wasm32-unknown-unknown`, the first that works is taken:
//!
//! 1. the toolchain has it;
//! 2. `rustup target add`;
//! 3. Debian's `rustc-web` builds it from Debian's `rust-web-src`, once, and keeps it in the user's cache.
//!
//! The bytes differ between 3 and the others, the behaviour does not.

use crate::{package, tool, workbench};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// How a module is compiled, beyond the profile `wasm-release`.
struct Profile {
    opt_level: &'static str,
    strip: &'static str,
    flags: &'static [&'static str],
}

/// Nothing works on the module after the linker, so the linker takes away names and the padding of addresses.
const SMALLEST: Profile = Profile { opt_level: "z", strip: "symbols", flags: &["-Clink-arg=--compress-relocations"] };
/// With what wasm-bindgen needs to make its bindings.
const WITH_NAMES: Profile = Profile { opt_level: "s", strip: "debuginfo", flags: &[] };
/// As fast as it gets, with the vector instructions that all current browsers have, and with what wasm-bindgen needs.
const FASTEST: Profile = Profile { opt_level: "3", strip: "debuginfo", flags: &["-Ctarget-feature=+simd128"] };

/// Builds the npm package.
pub(crate) fn run() -> Result<(), String> {
    let compiler = Compiler::find()?;
    let module = widget(&compiler)?;
    package::write(&module, &compute(&compiler)?)?;
    workbench::write(&whole(&compiler)?)?;
    println!("wasm/pkg is built ({})", compiler.name());
    Ok(())
}

/// Builds the workbench alone, around the package that is there.
pub(crate) fn run_workbench() -> Result<(), String> {
    workbench::write(&whole(&Compiler::find()?)?)?;
    println!("wasm/pkg/{} is built", workbench::FILE);
    Ok(())
}

/// What compiles for wasm.
pub(crate) enum Compiler {
    /// The toolchain in use, which has the target.
    Toolchain,
    /// Debian's compiler with a standard library that we built.
    Debian { sysroot: PathBuf },
}

impl Compiler {
    /// The first way that works, or the one that `BYGDEPULS_WASM_ROUTE` names.
    pub(crate) fn find() -> Result<Self, String> {
        let forced = std::env::var("BYGDEPULS_WASM_ROUTE").unwrap_or_default();
        let wants = |route: &str| forced.is_empty() || forced == route;
        if wants("1") && toolchain_has_target() {
            return Ok(Self::Toolchain);
        }
        if wants("2") && tool::exists("rustup") {
            let added = tool::run(tool::command("rustup", &["target", "add", TARGET]));
            if added.is_ok() && toolchain_has_target() {
                return Ok(Self::Toolchain);
            }
        }
        if wants("3") {
            return Ok(Self::Debian { sysroot: debian_sysroot()? });
        }
        Err(format!("no standard library for {TARGET} by route {forced}"))
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Toolchain => "this toolchain",
            Self::Debian { .. } => "Debian's compiler",
        }
    }

    /// Compiles one flavour of the package `bygdepuls-wasm`; gives the module's path.
    fn compile(&self, feature: &str, profile: Profile) -> Result<PathBuf, String> {
        let root = tool::root();
        // A folder of its own per feature, so that one does not throw away the other's work.
        let target_dir = root.join("target").join(match self {
            Self::Toolchain => format!("wasm-{feature}"),
            Self::Debian { .. } => format!("wasm-debian-{feature}"),
        });
        let mut flags = remap_flags();
        flags.extend(profile.flags.iter().map(ToString::to_string));
        let mut cargo = match self {
            Self::Toolchain => tool::cargo(&[]),
            Self::Debian { sysroot } => {
                flags.push(format!("--sysroot={}", sysroot.display()));
                let mut cargo = debian_cargo();
                cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22");
                cargo
            }
        };
        cargo
            .args(["rustc", "--quiet", "--locked", "--package", "bygdepuls-wasm", "--lib", "--crate-type", "cdylib"])
            .args(["--profile", "wasm-release", "--target", TARGET, "--no-default-features", "--features", feature])
            .env("CARGO_TARGET_DIR", &target_dir)
            .env("CARGO_PROFILE_WASM_RELEASE_OPT_LEVEL", profile.opt_level)
            .env("CARGO_PROFILE_WASM_RELEASE_STRIP", profile.strip)
            // `RUSTFLAGS` would replace what is set here.
            .env_remove("RUSTFLAGS")
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        tool::run(cargo)?;
        Ok(target_dir.join(TARGET).join("wasm-release/bygdepuls_wasm.wasm"))
    }
}

/// The widget's module, as small as it gets: it draws in a millisecond or two at any level of optimisation. It passes
/// numbers and one buffer only, so it needs no bindings.
fn widget(compiler: &Compiler) -> Result<Vec<u8>, String> {
    let path = compiler.compile("widget", SMALLEST)?;
    std::fs::read(&path).map_err(|error| in_file(&path, &error))
}

/// Estimates for pages: a folder with the module and its bindings.
fn compute(compiler: &Compiler) -> Result<PathBuf, String> {
    let path = compiler.compile("compute", FASTEST)?;
    let folder = tool::root().join("target/wasm-bindings");
    Bindgen::new()
        .input_path(path)
        .out_name("bindings")
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .web(true)
        .and_then(|bindgen| bindgen.typescript(false).generate(&folder))
        .map_err(|error| error.to_string())?;
    Ok(folder)
}

/// All that the workbench does: a folder with the module and its bindings, for a script that is no module.
fn whole(compiler: &Compiler) -> Result<PathBuf, String> {
    let path = compiler.compile("workbench", WITH_NAMES)?;
    let folder = tool::root().join("target/wasm-workbench-bindings");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(path).out_name("bindings").remove_name_section(true).remove_producers_section(true);
    bindgen.omit_default_module_path(true).typescript(false);
    bindgen
        .no_modules(true)
        .and_then(|bindgen| bindgen.no_modules_global("bindings"))
        .and_then(|bindgen| bindgen.generate(&folder))
        .map_err(|error| error.to_string())?;
    Ok(folder)
}

/// Projects for Node, as a folder with `bygdepuls.js`.
pub(crate) fn project(compiler: &Compiler) -> Result<PathBuf, String> {
    let path = compiler.compile("project", WITH_NAMES)?;
    let folder = tool::root().join("target/wasm-node");
    Bindgen::new()
        .input_path(path)
        .out_name("bygdepuls")
        .nodejs_module(true)
        .and_then(|bindgen| bindgen.typescript(false).generate(&folder))
        .map_err(|error| error.to_string())?;
    Ok(folder)
}

fn toolchain_has_target() -> bool {
    let Some(folder) = tool::output(tool::command("rustc", &["--print", "target-libdir", "--target", TARGET])) else {
        return false;
    };
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

/// Paths of the machine do not belong in a published module, nor does where its crates were fetched from.
fn remap_flags() -> Vec<String> {
    let registries = cargo_home().join("registry/src");
    let registries = std::fs::read_dir(&registries).into_iter().flatten().flatten().map(|entry| entry.path());
    // The last one that fits is taken.
    [(cargo_home(), "/cargo"), (tool::root(), "/bygdepuls")]
        .into_iter()
        .chain(registries.map(|path| (path, "/crates")))
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
        .collect()
}

fn home() -> PathBuf {
    std::env::home_dir().unwrap_or_default()
}

fn cargo_home() -> PathBuf {
    std::env::var_os("CARGO_HOME").map_or_else(|| home().join(".cargo"), PathBuf::from)
}

/// Debian's cargo with Debian's compiler, whatever rustup has told this process.
fn debian_cargo() -> Command {
    let mut cargo = tool::command("/usr/bin/cargo", &[]);
    for name in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "RUSTC_WRAPPER", "RUSTFLAGS"] {
        cargo.env_remove(name);
    }
    cargo.env("RUSTC", "/usr/bin/rustc").env("RUSTDOC", "/usr/bin/rustdoc");
    cargo
}

/// The folder with Debian's standard library for wasm, built if it is not there for this very compiler.
fn debian_sysroot() -> Result<PathBuf, String> {
    let installed = Path::new("/usr/bin/wasm-ld-22").exists()
        && Path::new("/usr/bin/cargo").exists()
        && Path::new("/usr/bin/rustc").exists()
        && std::fs::read_dir("/usr/src").is_ok_and(|entries| {
            entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("rustc-"))
        });
    if !installed {
        tool::apt_install(&DEBIAN)?;
    }
    let version = tool::output(tool::command("/usr/bin/rustc", &["-vV"])).ok_or("/usr/bin/rustc cannot be run")?;
    let field = |name: &str| version.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
    // Debian may leave the commit out; release and LLVM tell its builds apart then.
    let key = format!("{}-{}-{}", field("release:"), field("commit-hash:"), field("LLVM version:"));
    let cache = std::env::var_os("XDG_CACHE_HOME").map_or_else(|| home().join(".cache"), PathBuf::from);
    let sysroot = cache.join("bygdepuls").join(format!("wasm-sysroot-{key}"));
    let libraries = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    if !libraries.is_dir() {
        build_std(&libraries)?;
    }
    Ok(sysroot)
}

/// Builds the standard library as a dependency of an empty crate and copies its parts to `libraries`.
fn build_std(libraries: &Path) -> Result<(), String> {
    println!("building the standard library for {TARGET} with Debian's compiler (once, about a minute)");
    let stub = tool::root().join("target/wasm-std");
    let write = |path: PathBuf, text: &str| std::fs::write(&path, text).map_err(|error| in_file(&path, &error));
    std::fs::create_dir_all(stub.join("src")).map_err(|error| in_file(&stub, &error))?;
    write(stub.join("src/lib.rs"), "")?;
    write(
        stub.join("Cargo.toml"),
        "[package]\nname = \"stub\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n",
    )?;
    let mut cargo = debian_cargo();
    cargo
        .args(["build", "--quiet", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,proc_macro,test"])
        .current_dir(&stub)
        .env("CARGO_TARGET_DIR", stub.join("target"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", [vec!["-Cembed-bitcode=yes".into()], remap_flags()].concat().join("\u{1f}"));
    tool::run(cargo)?;

    // Filled under another name and renamed: a half-filled folder is never taken for a whole one.
    let built = stub.join("target").join(TARGET).join("release/deps");
    let unfinished = libraries.with_extension(format!("unfinished-{}", std::process::id()));
    std::fs::create_dir_all(&unfinished).map_err(|error| in_file(&unfinished, &error))?;
    for entry in std::fs::read_dir(&built).map_err(|error| in_file(&built, &error))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libstub") {
            std::fs::copy(entry.path(), unfinished.join(&name)).map_err(|error| in_file(&entry.path(), &error))?;
        }
    }
    std::fs::rename(&unfinished, libraries).map_err(|error| in_file(libraries, &error))
}

fn in_file(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
