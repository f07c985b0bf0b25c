//! The register of municipalities, from the CSV files of KLASS to the bytes that are built into the core.
//!
//! The form is described, and read, in `core/src/register/municipality/bytes.rs`.

use crate::tool::root;
use std::collections::BTreeMap;
use std::fs;

const FOLDER: &str = "core/assets/municipality";

/// A version of a municipality: what has one code and one name and the same relatives for a time.
struct Version {
    code: u16,
    name: String,
    from: u8,
    to: Option<u8>,
}

/// Writes the bytes again.
pub(crate) fn run() -> Result<(), String> {
    let bytes = bytes()?;
    let path = root().join(FOLDER).join("municipality.bin");
    fs::write(&path, &bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{} bytes in {FOLDER}/municipality.bin", bytes.len());
    Ok(())
}

fn bytes() -> Result<Vec<u8>, String> {
    let mut versions = Vec::new();
    for row in rows("validity.csv")? {
        let [code, name, from, to] = fields(&row)?;
        if code != "9999" {
            let to = if to.is_empty() { None } else { Some(year(to)?) };
            versions.push(Version { code: number(code)?, name: name.into(), from: year(from)?, to });
        }
    }
    let mut changes: Vec<[u16; 2]> = Vec::new();
    let mut dates = Vec::new();
    for row in rows("changes.csv")? {
        let [old, _, new, _, date, _, _, _] = fields(&row)?;
        changes.push([number(old)?, number(new)?]);
        dates.push(year(date)?);
    }
    // A new name ends one version and begins another; a moved border does not.
    let mut borders = Vec::new();
    for row in rows("changes-2026.csv")? {
        let [old, _, new, name, date, kind, _] = fields(&row)?;
        let (old, new, date) = (number(old)?, number(new)?, year(date)?);
        match kind {
            "rename" => {
                let known = versions.iter_mut().find(|version| version.code == old && version.to.is_none());
                known.ok_or(format!("{old} is not in force"))?.to = Some(date);
                versions.push(Version { code: new, name: name.into(), from: date, to: None });
                changes.push([old, new]);
                dates.push(date);
            }
            "border_adjustment" => borders.push((date, old, new)),
            "boundary_or_note" => {}
            other => return Err(format!("a change of kind {other}")),
        }
    }
    versions.sort_by_key(|version| (version.code, version.from));
    let place = |code: u16, of: &dyn Fn(&Version) -> bool| {
        let found = versions.iter().position(|version| version.code == code && of(version));
        found.ok_or(format!("no version of {code:04} begins or ends there"))
    };
    let mut successors: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for ([old, new], date) in changes.into_iter().zip(dates) {
        let old = place(old, &|version| version.to == Some(date))?;
        successors.entry(old).or_default().push(place(new, &|version| version.from == date)?);
    }

    let mut names: Vec<&str> = versions.iter().map(|version| version.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut out = Vec::new();
    counted(&mut out, names.len());
    let mut before = "";
    for &name in &names {
        // What it has in common with the name before, the rest, and where the rest ends.
        let common = name.bytes().zip(before.bytes()).take_while(|(one, other)| one == other).count();
        counted(&mut out, common);
        counted(&mut out, name.len() - common);
        out.extend(&name.as_bytes()[common..]);
        before = name;
    }
    counted(&mut out, versions.len());
    let mut code = 0;
    for version in &versions {
        counted(&mut out, usize::from(version.code - code));
        code = version.code;
        counted(&mut out, names.partition_point(|name| **name < *version.name));
        out.extend([version.from, version.to.unwrap_or(u8::MAX)]);
    }
    for index in (0..versions.len()).filter(|index| versions[*index].to.is_some()) {
        let list = successors.get(&index).ok_or(format!("{:04} became nothing", versions[index].code))?;
        // Nearly always the next version of the same code.
        if list.as_slice() == [index + 1] {
            counted(&mut out, 0);
        } else {
            counted(&mut out, list.len());
            list.iter().for_each(|successor| counted(&mut out, *successor));
        }
    }
    counted(&mut out, borders.len());
    for (date, old, new) in borders {
        out.push(date);
        counted(&mut out, usize::from(old));
        counted(&mut out, usize::from(new));
    }
    Ok(out)
}

/// Seven bits in a byte, the lowest first; the eighth says that more follow.
fn counted(out: &mut Vec<u8>, mut value: usize) {
    let low = |value: usize| u8::try_from(value & 0x7f).unwrap_or_default();
    while value >= 0x80 {
        out.push(low(value) | 0x80);
        value >>= 7;
    }
    out.push(low(value));
}

/// The lines of a file below its header. None of these files quotes anything.
fn rows(file: &str) -> Result<Vec<String>, String> {
    let path = root().join(FOLDER).join(file);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.lines().skip(1).map(str::to_owned).collect())
}

fn fields<const N: usize>(row: &str) -> Result<[&str; N], String> {
    let fields: Vec<&str> = row.splitn(N, ',').collect();
    fields.try_into().map_err(|_| format!("not {N} fields: {row}"))
}

fn number(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| format!("not a code: {text}"))
}

/// Years since 1838 of a 1 January.
fn year(date: &str) -> Result<u8, String> {
    let year: u16 =
        date.strip_suffix("-01-01").and_then(|year| year.parse().ok()).ok_or(format!("not a 1 January: {date}"))?;
    u8::try_from(year - 1838).ok().filter(|year| *year < u8::MAX).ok_or(format!("too late: {date}"))
}
