//! The fuzzer's corpus, on every run of the tests.

#[path = "../fuzz/check.rs"]
mod check;

#[test]
fn the_corpus_holds() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/read");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 20, "{files:?}");
    for file in files {
        check::check(&std::fs::read(&file).unwrap());
    }
}
