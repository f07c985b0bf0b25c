//! A folder of output that appears whole or not at all.
//!
//! Files are written to a new folder beside the old one, and the two are exchanged in one step where the system can do
//! that. A failed run leaves the previous output as it was.

use std::fs;
use std::io;
use std::path::Path;

/// The files of an output folder: path relative to it, and content.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// Writes all files to `folder`, replacing whatever was there.
pub(crate) fn publish(folder: &Path, files: &Files) -> io::Result<()> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(parent)?;
    let new = tempfile::Builder::new().prefix(".bygdepuls-").tempdir_in(parent)?;
    for (name, bytes) in files {
        let path = new.path().join(name);
        if let Some(inside) = path.parent() {
            fs::create_dir_all(inside)?;
        }
        fs::write(path, bytes)?;
    }
    make_readable(new.path())?;
    if !folder.exists() {
        return fs::rename(new.keep(), folder);
    }
    if exchange(new.path(), folder).is_ok() {
        // What was there is now in the temporary folder, and goes with it.
        return new.close();
    }
    // No exchange on this system: set the old one aside, and back if the new one cannot take its place.
    let aside = tempfile::Builder::new().prefix(".bygdepuls-").tempdir_in(parent)?;
    let old = aside.path().join("old");
    fs::rename(folder, &old)?;
    if let Err(error) = fs::rename(new.path(), folder) {
        fs::rename(&old, folder)?;
        return Err(error);
    }
    let _ = new.keep();
    aside.close()
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

/// A temporary folder is the owner's alone; a published one is for the web server too.
#[cfg(unix)]
fn make_readable(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_readable(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_full_folder_is_replaced_whole() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("out/public");
        publish(&out, &vec![("a.txt".into(), b"1".into()), ("assets/b.css".into(), b"2".into())]).unwrap();
        assert_eq!(names(&out), ["a.txt", "assets"]);
        publish(&out, &vec![("c.txt".into(), b"3".into())]).unwrap();
        assert_eq!(names(&out), ["c.txt"]);
        // Nothing is left beside it.
        assert_eq!(names(&place.path().join("out")), ["public"]);
    }

    #[test]
    fn a_failed_run_leaves_the_old_folder() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("public");
        publish(&out, &vec![("a.txt".into(), b"1".into())]).unwrap();
        // A file cannot be a folder as well.
        let clash = vec![("x".into(), b"1".to_vec()), ("x/y".into(), b"2".to_vec())];
        assert!(publish(&out, &clash).is_err());
        assert_eq!((names(&out), names(place.path())), (vec!["a.txt".to_string()], vec!["public".to_string()]));
    }
}
