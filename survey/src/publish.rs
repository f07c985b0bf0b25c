//! Folders of output that appear whole or not at all.
//!
//! Every folder is made ready beside its place first, then each is exchanged with the old one in one step where the
//! system can do that. A run that fails leaves the previous output as it was. A folder is replaced whole, so it is
//! replaced only when all that is in it was written here: the file [`MANIFEST`] in it says what that was.

use bygdepuls_core::edition::Files;
use bygdepuls_core::text::Lang;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The file in a published folder that lists what was written to it, one name per line.
const MANIFEST: &str = ".bygdepuls-files";

/// The folder of an earlier output that a folder is, or lies in: nothing else may be written there.
pub(crate) fn published_around(folder: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(folder).ok()?;
    whole.ancestors().find(|folder| folder.join(MANIFEST).exists()).map(Path::to_path_buf)
}

/// The release that a folder holds, by the first line of its manifest: number and digest. The digest is of a file of the
/// ledger, in which no unpublished answer stands, so that it tells none.
pub(crate) fn release_in(folder: &Path) -> Option<(u64, String)> {
    let manifest = fs::read_to_string(folder.join(MANIFEST)).ok()?;
    let (number, digest) = manifest.lines().next()?.strip_prefix(RELEASE)?.split_once(' ')?;
    Some((number.parse().ok()?, digest.into()))
}

/// Before the number and digest of a release.
const RELEASE: &str = "release ";

/// Whether a folder is an earlier output that holds a file of a name.
pub(crate) fn holds(folder: &Path, name: &str) -> bool {
    fs::read_to_string(folder.join(MANIFEST)).is_ok_and(|manifest| manifest.lines().any(|line| line == name))
}

/// How many foreign files a message names.
const NAMED: usize = 5;

/// A folder to write.
pub(crate) struct Output {
    pub(crate) folder: PathBuf,
    pub(crate) files: Files,
    /// For the owner alone; otherwise anyone, such as a web server, may read it.
    pub(crate) private: bool,
    /// Number and digest of the release that it is.
    pub(crate) release: Option<(u64, String)>,
}

/// A file that remembers what the folders hold. It is never replaced.
pub(crate) struct Record {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

/// Writes all folders and the record, or nothing, replacing what was written to the folders before.
///
/// The record comes first: should the machine stop in between, what is remembered and not yet published is published by
/// the next run, while what is published and not remembered would be lost.
pub(crate) fn publish(outputs: &[Output], record: Option<&Record>, lang: Lang) -> Result<(), String> {
    publish_by(swap, outputs, record, lang)
}

/// Puts the new folder of a stage in its place, and tells where the old one is now.
type Swap = fn(&mut TempDir, &Path) -> io::Result<Option<PathBuf>>;

fn publish_by(swap: Swap, outputs: &[Output], record: Option<&Record>, lang: Lang) -> Result<(), String> {
    let mut targets: Vec<PathBuf> = Vec::new();
    for Output { folder, .. } in outputs {
        let target = target(folder, lang)?;
        if targets.iter().any(|other| target.starts_with(other) || other.starts_with(&target)) {
            let words = lang.pick(
                "overlapper en annen utmappe",
                "overlappar ei anna utmappe",
                "overlaps another output folder",
            );
            return Err(of(folder, words));
        }
        refuse_foreign(folder, &target, lang)?;
        targets.push(target);
    }
    let mut stages = Vec::new();
    for (output, target) in outputs.iter().zip(&targets) {
        stages.push(stage(output, target).map_err(|error| of(&output.folder, error))?);
    }
    record.map_or(Ok(()), |record| write_record(record).map_err(|error| of(&record.path, error)))?;
    let mut done = Vec::new();
    for ((output, target), stage) in outputs.iter().zip(&targets).zip(&mut stages) {
        match swap(stage, target) {
            Ok(old) => done.push((stage, target, old)),
            Err(error) => {
                let undone = done.into_iter().rev().try_for_each(|(stage, target, old)| {
                    put_back(stage, target, old.as_deref()).map_err(|error| of(target, error))
                });
                let forgotten = record
                    .map_or(Ok(()), |record| fs::remove_file(&record.path).map_err(|error| of(&record.path, error)));
                return undone.and(forgotten).and(Err(of(&output.folder, error)));
            }
        }
    }
    // What was there before is now in the temporary folders, and goes with them.
    stages
        .into_iter()
        .zip(outputs)
        .try_for_each(|(stage, output)| stage.close().map_err(|error| of(&output.folder, error)))
}

/// Writes a record whole, for the owner alone, where nothing is yet.
fn write_record(record: &Record) -> io::Result<()> {
    let folder = record.path.parent().unwrap_or_else(|| Path::new("."));
    if !folder.exists() {
        fs::create_dir_all(folder)?;
        set_readers(folder, true)?;
    }
    let mut file = tempfile::Builder::new().prefix(".bygdepuls-").tempfile_in(folder)?;
    file.write_all(&record.bytes)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(&record.path).map(drop).map_err(|error| error.error)
}

/// An error with the folder that it is about.
fn of(folder: &Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", folder.display())
}

/// Where a folder really is: a link stays, and the folder that it points to is the one that is replaced.
fn target(folder: &Path, lang: Lang) -> Result<PathBuf, String> {
    let dangling = lang.pick(
        "lenka peker til noe som ikke finnes",
        "lenkja peikar til noko som ikkje finst",
        "the link points to something that does not exist",
    );
    let file =
        lang.pick("dette er ei fil, ikke ei mappe", "dette er ei fil, ikkje ei mappe", "this is a file, not a folder");
    match fs::symlink_metadata(folder) {
        Ok(found) => {
            let target = folder.canonicalize().map_err(|error| match error.kind() {
                io::ErrorKind::NotFound if found.is_symlink() => of(folder, dangling),
                _ => of(folder, error),
            })?;
            if target.is_dir() { Ok(target) } else { Err(of(folder, file)) }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
            let parent = parent.unwrap_or_else(|| Path::new("."));
            let made = fs::create_dir_all(parent).and_then(|()| parent.canonicalize());
            let name = folder.file_name().unwrap_or_default();
            made.map(|parent| parent.join(name)).map_err(|error| match parent.is_symlink() && !parent.exists() {
                true => of(parent, dangling),
                false => of(parent, error),
            })
        }
        Err(error) => Err(of(folder, error)),
    }
}

/// Refuses to replace a folder that holds anything that was not written here.
fn refuse_foreign(folder: &Path, target: &Path, lang: Lang) -> Result<(), String> {
    let failed = |error: io::Error| of(folder, error);
    if !target.exists() || fs::read_dir(target).map_err(failed)?.next().is_none() {
        return Ok(());
    }
    let manifest = match fs::read_to_string(target.join(MANIFEST)) {
        Ok(manifest) => manifest,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let words = lang.pick(
                "mappa er ikke tom, og den er ikke skrevet av bygdepuls. Mappa byttes ut i sin helhet: flytt den, eller \
                 velg en annen med --out",
                "mappa er ikkje tom, og ho er ikkje skriven av bygdepuls. Mappa blir bytt ut i sin heilskap: flytt henne, \
                 eller vel ei anna med --out",
                "the folder is not empty, and it was not written by bygdepuls. The folder is replaced whole: move it, or \
                 choose another with --out",
            );
            return Err(of(folder, words));
        }
        Err(error) => return Err(failed(error)),
    };
    let mut foreign = Vec::new();
    find_foreign(target, "", &manifest.lines().collect(), &mut foreign).map_err(failed)?;
    if foreign.is_empty() {
        return Ok(());
    }
    foreign.sort();
    let words = lang.pick(
        "mappa inneholder noe som ikke er skrevet av bygdepuls. Mappa byttes ut i sin helhet: flytt det ut først",
        "mappa inneheld noko som ikkje er skrive av bygdepuls. Mappa blir bytt ut i sin heilskap: flytt det ut først",
        "the folder holds what was not written by bygdepuls. The folder is replaced whole: move it out first",
    );
    let mut message = of(folder, words);
    for name in foreign.iter().take(NAMED) {
        message.push_str("\n  ");
        message.push_str(name);
    }
    if foreign.len() > NAMED {
        message.push_str(&format!("\n  … +{}", foreign.len() - NAMED));
    }
    Err(message)
}

/// Collects the names below a folder that are not known; of a folder with nothing known in it, only its own name.
fn find_foreign(folder: &Path, inside: &str, known: &BTreeSet<&str>, foreign: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            let name = format!("{name}/");
            if known.iter().any(|known| known.starts_with(&name)) {
                find_foreign(&entry.path(), &name, known, foreign)?;
            } else {
                foreign.push(name);
            }
        } else if name != MANIFEST && !known.contains(name.as_str()) {
            foreign.push(name);
        }
    }
    Ok(())
}

/// Makes a folder ready, as `new` in a temporary folder beside its place.
fn stage(output: &Output, target: &Path) -> io::Result<TempDir> {
    let stage = tempfile::Builder::new().prefix(".bygdepuls-").tempdir_in(target.parent().unwrap_or(target))?;
    let new = stage.path().join("new");
    fs::create_dir(&new)?;
    let line = output.release.as_ref().map(|(number, digest)| format!("{RELEASE}{number} {digest}\n"));
    let mut manifest = line.unwrap_or_default();
    for (name, bytes) in &output.files {
        let path = new.join(name);
        if let Some(inside) = path.parent() {
            fs::create_dir_all(inside)?;
        }
        write_file(&path, bytes, output.private)?;
        manifest.push_str(name);
        manifest.push('\n');
    }
    write_file(&new.join(MANIFEST), manifest.as_bytes(), output.private)?;
    set_readers(&new, output.private)?;
    Ok(stage)
}

/// Writes a new file, from the first byte on for the owner alone if it is private.
fn write_file(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    options.open(path)?.write_all(bytes)
}

/// Exchanges `new` of a stage with the folder in its place, if there is one. Both are as before if that fails.
fn swap(stage: &mut TempDir, target: &Path) -> io::Result<Option<PathBuf>> {
    let (new, old) = (stage.path().join("new"), stage.path().join("old"));
    if !target.exists() {
        return fs::rename(new, target).map(|()| None);
    }
    if exchange(&new, target).is_ok() {
        return Ok(Some(new));
    }
    // No exchange on this system: set the old one aside, and back if the new one cannot take its place.
    fs::rename(target, &old)?;
    match fs::rename(&new, target) {
        Ok(()) => Ok(Some(old)),
        Err(error) => restore(stage, &old, target).and(Err(error)),
    }
}

/// Undoes [`swap`].
fn put_back(stage: &mut TempDir, target: &Path, old: Option<&Path>) -> io::Result<()> {
    let undone = fs::rename(target, stage.path().join("undone"));
    old.map_or(undone, |old| restore(stage, old, target))
}

/// Moves an old folder back to its place. If that fails, the stage that holds it is kept, and the error says where.
fn restore(stage: &mut TempDir, old: &Path, target: &Path) -> io::Result<()> {
    fs::rename(old, target).map_err(|error| {
        stage.disable_cleanup(true);
        io::Error::other(format!("{error}: {}", old.display()))
    })
}

#[cfg(target_os = "linux")]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_new: &Path, _old: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn set_readers(folder: &Path, private: bool) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(if private { 0o700 } else { 0o755 }))
}

#[cfg(not(unix))]
fn set_readers(_folder: &Path, _private: bool) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_goes_into_what_is_published() {
        let place = tempfile::tempdir().unwrap();
        let public = place.path().join("out/public");
        fs::create_dir_all(&public).unwrap();
        assert_eq!(published_around(&public.join("more")), None);
        fs::write(public.join(MANIFEST), "").unwrap();
        assert_eq!(published_around(&public.join("more")), Some(public.clone()));
        assert_eq!(published_around(&public), Some(public));
        assert_eq!(published_around(&place.path().join("out")), None);
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn output(folder: &Path, files: &[&str]) -> Output {
        let files = files.iter().map(|name| ((*name).to_string(), name.as_bytes().to_vec())).collect();
        Output { folder: folder.into(), files, private: false, release: None }
    }

    fn write(folder: &Path, files: &[&str]) -> Result<(), String> {
        publish(&[output(folder, files)], None, Lang::En)
    }

    #[test]
    fn a_full_folder_is_replaced_whole() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("out/public");
        write(&out, &["a.txt", "assets/b.css"]).unwrap();
        assert_eq!(names(&out), [MANIFEST, "a.txt", "assets"]);
        assert_eq!(fs::read_to_string(out.join(MANIFEST)).unwrap(), "a.txt\nassets/b.css\n");
        write(&out, &["c.txt"]).unwrap();
        assert_eq!(names(&out), [MANIFEST, "c.txt"]);
        // Nothing is left beside it.
        assert_eq!(names(&place.path().join("out")), ["public"]);
    }

    #[test]
    fn a_folder_says_which_release_it_is() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("public");
        let release = Some((2, "ab12".to_string()));
        publish(&[Output { release: release.clone(), ..output(&out, &["a.txt"]) }], None, Lang::En).unwrap();
        assert_eq!(fs::read_to_string(out.join(MANIFEST)).unwrap(), "release 2 ab12\na.txt\n");
        assert_eq!(release_in(&out), release);
        write(&out, &["a.txt"]).unwrap();
        assert_eq!((release_in(&out), release_in(place.path())), (None, None));
    }

    #[test]
    fn a_failed_run_leaves_the_old_folder() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("public");
        write(&out, &["a.txt"]).unwrap();
        // A file cannot be a folder as well.
        assert!(write(&out, &["x", "x/y"]).is_err());
        assert_eq!((names(&out), names(place.path())), (vec![MANIFEST.into(), "a.txt".into()], vec!["public".into()]));
    }

    #[test]
    fn an_empty_folder_is_filled() {
        let place = tempfile::tempdir().unwrap();
        write(place.path(), &["a.txt"]).unwrap();
        assert_eq!(names(place.path()), [MANIFEST, "a.txt"]);
    }

    #[test]
    fn a_folder_of_others_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("public");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("thesis.txt"), "mine").unwrap();
        for (lang, words) in
            [(Lang::Nb, "ikke skrevet av"), (Lang::Nn, "ikkje skriven av"), (Lang::En, "not written by")]
        {
            let error = publish(&[output(&out, &["a.txt"])], None, lang).unwrap_err();
            assert!(error.starts_with(&out.display().to_string()) && error.contains(words), "{error}");
        }
        assert_eq!((names(&out), names(place.path())), (vec!["thesis.txt".into()], vec!["public".into()]));
    }

    #[test]
    fn foreign_files_in_an_own_folder_are_named() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("public");
        write(&out, &["a.txt", "assets/b.css"]).unwrap();
        fs::create_dir(out.join("photos")).unwrap();
        fs::write(out.join("assets/logo.svg"), "").unwrap();
        // One that was written here may be missing: that is no harm.
        fs::remove_file(out.join("a.txt")).unwrap();
        let error = write(&out, &["a.txt"]).unwrap_err();
        assert!(error.ends_with("move it out first\n  assets/logo.svg\n  photos/"), "{error}");
        assert_eq!(
            (names(&out), names(place.path())),
            (vec![MANIFEST.into(), "assets".into(), "photos".into()], vec!["public".into()])
        );
        fs::remove_dir(out.join("photos")).unwrap();
        fs::remove_file(out.join("assets/logo.svg")).unwrap();
        write(&out, &["a.txt"]).unwrap();
        assert_eq!(names(&out), [MANIFEST, "a.txt"]);
    }

    #[test]
    fn many_foreign_files_are_counted() {
        let place = tempfile::tempdir().unwrap();
        write(place.path(), &["a.txt"]).unwrap();
        for number in 0..8 {
            fs::write(place.path().join(format!("{number}.md")), "").unwrap();
        }
        assert!(write(place.path(), &["a.txt"]).unwrap_err().ends_with("\n  4.md\n  … +3"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_its_folder_is_replaced() {
        let place = tempfile::tempdir().unwrap();
        let (link, real) = (place.path().join("out/public"), place.path().join("srv/figures"));
        fs::create_dir_all(&real).unwrap();
        fs::create_dir(place.path().join("out")).unwrap();
        std::os::unix::fs::symlink("../srv/figures", &link).unwrap();
        for file in ["a.txt", "b.txt"] {
            write(&link, &[file]).unwrap();
            assert!(link.is_symlink() && !real.is_symlink());
            assert_eq!(names(&real), [MANIFEST, file]);
        }
        assert_eq!(
            (names(&place.path().join("out")), names(&place.path().join("srv"))),
            (vec!["public".into()], vec!["figures".into()])
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_dangling_link_and_a_file_are_refused() {
        let place = tempfile::tempdir().unwrap();
        let (link, file) = (place.path().join("link"), place.path().join("file"));
        std::os::unix::fs::symlink("nowhere", &link).unwrap();
        fs::write(&file, "mine").unwrap();
        for (folder, words) in [(&link, "the link points to something that does not exist"), (&file, "this is a file")]
        {
            let error = write(folder, &["a.txt"]).unwrap_err();
            assert!(error.contains(words), "{error}");
        }
        assert!(write(&link.join("public"), &["a.txt"]).unwrap_err().contains("the link points to something"));
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        assert_eq!(names(place.path()), ["file", "link"]);
    }

    /// Otherwise internal figures could end up where the public ones are read.
    #[cfg(unix)]
    #[test]
    fn two_outputs_are_never_one_folder() {
        let place = tempfile::tempdir().unwrap();
        let (public, internal) = (place.path().join("public"), place.path().join("internal"));
        fs::create_dir(&public).unwrap();
        std::os::unix::fs::symlink("public", &internal).unwrap();
        let error = publish(&[output(&public, &["a"]), output(&internal, &["b"])], None, Lang::En).unwrap_err();
        assert!(error.contains("overlaps"), "{error}");
        assert!(names(&public).is_empty());
    }

    #[test]
    fn all_folders_or_none() {
        fn second_fails(stage: &mut TempDir, target: &Path) -> io::Result<Option<PathBuf>> {
            if target.ends_with("internal") { Err(io::Error::other("no")) } else { swap(stage, target) }
        }
        let place = tempfile::tempdir().unwrap();
        let both = |file| ["public", "internal"].map(|name| output(&place.path().join(name), &[file]));
        // The first time there is nothing to go back to.
        assert!(publish_by(second_fails, &both("a"), None, Lang::En).unwrap_err().ends_with("internal: no"));
        assert!(names(place.path()).is_empty());
        publish(&both("a"), None, Lang::En).unwrap();
        assert!(publish_by(second_fails, &both("b"), None, Lang::En).is_err());
        for name in ["public", "internal"] {
            assert_eq!(names(&place.path().join(name)), [MANIFEST, "a"]);
        }
        // Nor is the first one written when the second one is refused.
        fs::write(place.path().join("internal/notes"), "").unwrap();
        assert!(publish(&both("b"), None, Lang::En).is_err());
        assert_eq!(names(&place.path().join("public")), [MANIFEST, "a"]);
        assert_eq!(names(place.path()), ["internal", "public"]);
    }

    /// What is not published is not remembered, and what is remembered is not written over.
    #[test]
    fn folders_and_record_or_nothing() {
        fn fails(_: &mut TempDir, _: &Path) -> io::Result<Option<PathBuf>> {
            Err(io::Error::other("no"))
        }
        let place = tempfile::tempdir().unwrap();
        let public = [output(&place.path().join("public"), &["a"])];
        let record = |bytes: &str| Record { path: place.path().join("releases/1.json"), bytes: bytes.into() };
        assert!(publish_by(fails, &public, Some(&record("1")), Lang::En).unwrap_err().ends_with("public: no"));
        assert!(names(&place.path().join("releases")).is_empty() && !place.path().join("public").exists());
        publish(&public, Some(&record("1")), Lang::En).unwrap();
        assert_eq!(fs::read_to_string(place.path().join("releases/1.json")).unwrap(), "1");
        assert!(publish(&[output(&place.path().join("public"), &["b"])], Some(&record("2")), Lang::En).is_err());
        assert_eq!(fs::read_to_string(place.path().join("releases/1.json")).unwrap(), "1");
        assert_eq!(names(&place.path().join("public")), [MANIFEST, "a"]);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_a_private_folder() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let (public, internal) = (place.path().join("public"), place.path().join("internal"));
        let mode = |folder: &Path| fs::metadata(folder).unwrap().permissions().mode() & 0o777;
        for _ in 0..2 {
            publish(&[output(&public, &["a"]), Output { private: true, ..output(&internal, &["a"]) }], None, Lang::En)
                .unwrap();
            assert_eq!((mode(&public), mode(&internal)), (0o755, 0o700));
        }
    }
}
