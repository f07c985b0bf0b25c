//! Named files as one file, and back: a zip that is the same bytes for the same files.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// As much as the files of an archive may hold together: a region's project takes a few megabytes.
const LIMIT: u64 = 1 << 29;

/// Why an archive cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoArchive {
    /// It is none, or damaged.
    Damaged,
    /// Its files hold more than 512 MB.
    TooLarge,
    /// A name leads out of the folder: `../x`, `/x`, `C:\x`.
    Name,
}

/// Writes files in the order of their names, with one date for all.
///
/// # Errors
///
/// [`NoArchive::TooLarge`].
pub fn pack(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, NoArchive> {
    if files.values().map(|bytes| bytes.len() as u64).sum::<u64>() > LIMIT {
        return Err(NoArchive::TooLarge);
    }
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let written = archive.start_file(name, options).map(|()| archive.write_all(bytes));
        written.map_err(|_| NoArchive::Name)?.map_err(|_| NoArchive::TooLarge)?;
    }
    archive.finish().map(Cursor::into_inner).map_err(|_| NoArchive::TooLarge)
}

/// Reads all files of an archive. Folders are left out; a folder that holds everything is taken off the names.
///
/// # Errors
///
/// Any of [`NoArchive`]; nothing is read then.
pub fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, NoArchive> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NoArchive::Damaged)?;
    let mut files = BTreeMap::new();
    let mut left = LIMIT;
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).map_err(|_| NoArchive::Damaged)?;
        if file.is_dir() {
            continue;
        }
        let name = file.enclosed_name().ok_or(NoArchive::Name)?;
        let name = name.to_string_lossy().replace('\\', "/");
        let mut content = Vec::new();
        // What is unpacked is counted: what the archive says of its sizes may be false.
        file.by_ref().take(left + 1).read_to_end(&mut content).map_err(|_| NoArchive::Damaged)?;
        left = left.checked_sub(content.len() as u64).ok_or(NoArchive::TooLarge)?;
        files.insert(name, content);
    }
    Ok(without_common_folder(files))
}

fn without_common_folder(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let folder = files.keys().next().and_then(|name| name.split_once('/')).map(|(folder, _)| format!("{folder}/"));
    match folder {
        Some(folder) if !files.contains_key("project.toml") && files.keys().all(|name| name.starts_with(&folder)) => {
            files.into_iter().map(|(name, bytes)| (name[folder.len()..].to_owned(), bytes)).collect()
        }
        _ => files,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        list.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn there_and_back() {
        let all = files(&[("project.toml", "a = 1"), ("releases/0001.json", "{}"), ("svar/blåbær.csv", "a,b\n1,2\n")]);
        let bytes = pack(&all).unwrap();
        assert_eq!(unpack(&bytes).unwrap(), all);
        assert_eq!(pack(&all).unwrap(), bytes);
        assert_eq!(unpack(b"PK no archive"), Err(NoArchive::Damaged));
    }

    #[test]
    fn a_folder_around_everything_is_taken_off() {
        let bytes = pack(&files(&[("region/project.toml", "a"), ("region/svar/2025.csv", "b")])).unwrap();
        assert_eq!(unpack(&bytes).unwrap(), files(&[("project.toml", "a"), ("svar/2025.csv", "b")]));
    }

    #[test]
    fn names_that_lead_out_are_refused() {
        let bytes = pack(&files(&[("../secret", "a")])).unwrap();
        assert_eq!(unpack(&bytes), Err(NoArchive::Name));
    }
}
