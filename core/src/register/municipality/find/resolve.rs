//! From what a query says to the municipalities that it means.

use super::super::name::{bare, fold, parts, plain, share};
use super::super::problem::words;
use super::super::{Code, County, Day, Municipality, Register};
use super::query::Query;
use super::{Answer, Status};
use std::collections::{BTreeMap, BTreeSet};

/// What follows a name and is none: "Oslo kommune", "Voss herad", "Guovdageainnu suohkan".
const KINDS: [&str; 11] = [
    "kommune",
    "kommunen",
    "bykommune",
    "herad",
    "herred",
    "herredskommune",
    "suohkan",
    "gielda",
    "tjielte",
    "komuuni",
    "municipality",
];

/// Versions that have a name, and the name as it stands in the register.
type Named = BTreeMap<usize, String>;

impl Register {
    pub(super) fn by_code<'a>(&'a self, code: Code, answer: &mut Answer<'a>) {
        let history = self.history(code);
        if history.is_empty() {
            self.code_note(code, answer);
            return;
        }
        if let Some(day) = answer.day {
            match history.iter().find(|version| version.is_valid_on(day)) {
                Some(found) => self.found(found, answer),
                None => {
                    // The last before the day and the first after it.
                    let before = history.iter().rev().find(|version| version.from < day);
                    let after = history.iter().find(|version| version.from > day);
                    self.not_then(&before.into_iter().chain(after).collect::<Vec<_>>(), day, answer);
                }
            }
            return;
        }
        // The last version of each municipality that had the code.
        let mut last: BTreeMap<usize, &Municipality> = BTreeMap::new();
        for version in history {
            last.insert(self.lineage[version.index], version);
        }
        let now = history.last().filter(|version| version.to.is_none());
        match now.or_else(|| history.last().filter(|_| last.len() == 1)) {
            Some(found) => {
                let others: Vec<&Municipality> =
                    last.into_values().filter(|other| self.lineage[other.index] != self.lineage[found.index]).collect();
                self.assumed_now(found, answer);
                if !others.is_empty() {
                    answer.notes.push(words(
                        "koden har vært en annen kommunes: {0}; oppgi dato hvis den er ment",
                        "koden har vore til ein annan kommune: {0}; oppgi dato dersom han er meint",
                        "the code was another municipality's: {0}; give a date if that is meant",
                        &[&self.labels(&others)],
                    ));
                }
                self.found(found, answer);
            }
            None => {
                answer.status = Status::Ambiguous;
                answer.municipalities = last.into_values().collect();
                answer.notes.push(words(
                    "{0} har vært koden til flere kommuner; oppgi dato",
                    "{0} har vore koden til fleire kommunar; oppgi dato",
                    "{0} was the code of several municipalities; give a date",
                    &[&code.to_string()],
                ));
            }
        }
    }

    /// A code and a name: the code decides, and the name must be one that its municipality has or had.
    pub(super) fn by_both<'a>(&'a self, code: Code, query: &Query, answer: &mut Answer<'a>) {
        self.by_code(code, answer);
        if answer.municipalities.is_empty() {
            let mut other = Answer::new(&answer.query, answer.day);
            self.by_name(query, &mut other);
            answer.suggestions = other.municipalities.into_iter().chain(other.suggestions).collect();
            return;
        }
        let of_name: BTreeSet<usize> = self.lineages_called(query).keys().copied().collect();
        let fits = |one: &Municipality| of_name.contains(&self.lineage[one.index]);
        if answer.status == Status::Ambiguous {
            let fitting: Vec<&Municipality> = answer.municipalities.iter().copied().filter(|one| fits(one)).collect();
            if let [one] = fitting.as_slice() {
                answer.notes.clear();
                self.assumed_now(one, answer);
                self.found(one, answer);
            }
        }
        if answer.municipalities.iter().any(|one| fits(one)) {
            return;
        }
        answer.status = Status::Contradiction;
        let mut other = Answer::new(&answer.query, answer.day);
        self.by_name(query, &mut other);
        answer.notes.push(words(
            "koden {0} er {2}, og «{1}» er ikke et navn på den",
            "koden {0} er {2}, og «{1}» er ikkje eit namn på den",
            "the code {0} is {2}, and “{1}” is no name of it",
            &[&code.to_string(), &query.name, &self.labels(&answer.municipalities)],
        ));
        answer.suggestions = other.municipalities.into_iter().chain(other.suggestions).collect();
    }

    pub(super) fn by_name<'a>(&'a self, query: &Query, answer: &mut Answer<'a>) {
        let named = self.lineages_called(query);
        if named.is_empty() {
            self.suggest(query, answer);
            return;
        }
        let last = |versions: &Named| {
            versions.keys().copied().max_by_key(|index| self.versions[*index].from).map(|index| &self.versions[index])
        };
        let Some(day) = answer.day else {
            // Without a day, of each municipality the latest that has the name.
            answer.municipalities = named.values().filter_map(last).collect();
            if let [_] = answer.municipalities.as_slice() {
                let (lineage, versions) =
                    named.iter().next().map_or((0, Named::new()), |(one, all)| (*one, all.clone()));
                let newest = self.versions_of(lineage).last().map(|index| &self.versions[*index]);
                if let Some(found) = newest {
                    self.assumed_now(found, answer);
                    self.spelling_note(query, &versions, found, answer);
                    self.found(found, answer);
                }
            } else {
                self.ambiguous(answer);
            }
            return;
        };
        let valid = |index: &usize| self.versions[*index].is_valid_on(day);
        let mut then: Vec<&Municipality> = Vec::new();
        for versions in named.values() {
            then.extend(versions.keys().filter(|index| valid(index)).map(|index| &self.versions[*index]));
        }
        if then.is_empty() {
            // The same municipalities under the names of that day.
            let same = named.keys().flat_map(|lineage| self.versions_of(*lineage)).filter(valid);
            then.extend(same.map(|index| &self.versions[index]));
            // Of several, those that keep a name: what was merged into one later had a name of its own.
            let called = |one: &&Municipality| {
                named.values().flat_map(Named::keys).any(|index| share(&self.versions[*index].name, &one.name))
            };
            if then.iter().any(called) {
                then.retain(called);
            }
        }
        match then.as_slice() {
            [] => {
                let had = named.values().flat_map(Named::keys).map(|index| &self.versions[*index]);
                self.not_then(&had.collect::<Vec<_>>(), day, answer);
            }
            [one] => {
                if let Some(versions) = named.get(&self.lineage[one.index]) {
                    self.spelling_note(query, versions, one, answer);
                }
                self.found(one, answer);
            }
            _ => {
                answer.municipalities = then;
                self.ambiguous(answer);
            }
        }
    }

    fn found<'a>(&self, one: &'a Municipality, answer: &mut Answer<'a>) {
        answer.status = Status::Found;
        answer.municipalities = vec![one];
        for border in self.borders.iter().filter(|border| border.gave == one.code || border.got == one.code) {
            if answer.day.is_none_or(|day| day >= border.day) {
                answer.notes.push(self.border_note(border));
            }
        }
    }

    /// That a border moved without a change of codes.
    pub(in super::super) fn border_note(&self, border: &super::super::Border) -> crate::text::Text {
        let name = |code: Code| {
            self.get(code, border.day).map_or_else(|| code.to_string(), |one| format!("{code} {}", plain(&one.name)))
        };
        words(
            "{0}: en del av {1} ble flyttet til {2} uten at kodene ble endret; tall er ikke justert for det",
            "{0}: ein del av {1} vart flytta til {2} utan at kodane vart endra; tal er ikkje justerte for det",
            "{0}: a part of {1} was moved to {2} without a change of codes; figures are not adjusted for it",
            &[&border.day.to_string(), &name(border.gave), &name(border.got)],
        )
    }

    fn assumed_now(&self, found: &Municipality, answer: &mut Answer<'_>) {
        let note = match found.to {
            None => words(
                "ingen dato oppgitt: den som gjelder nå ({0}–)",
                "ingen dato oppgitt: han som gjeld no ({0}–)",
                "no date given: the one in force now ({0}–)",
                &[&found.from.to_string()],
            ),
            Some(to) => words(
                "ingen dato oppgitt: den siste, som gjaldt til og med {0}",
                "ingen dato oppgitt: den siste, som gjaldt til og med {0}",
                "no date given: the last one, in force until {0}",
                &[&to.before().to_string()],
            ),
        };
        answer.notes.push(note);
        if found.to.is_some() {
            let became: Vec<&Municipality> = self.related(found, Day::LAST);
            answer.notes.push(words("nå: {0}", "no: {0}", "now: {0}", &[&self.labels(&became)]));
        }
    }

    fn ambiguous(&self, answer: &mut Answer<'_>) {
        answer.status = Status::Ambiguous;
        answer.notes.push(words(
            "flere kommuner har eller har hatt navnet; oppgi dato, fylke i parentes eller koden",
            "fleire kommunar har eller har hatt namnet; oppgi dato, fylke i parentes eller koden",
            "several municipalities have or had the name; give a date, a county in brackets or the code",
            &[],
        ));
    }

    fn not_then<'a>(&'a self, had: &[&'a Municipality], day: Day, answer: &mut Answer<'a>) {
        answer.status = Status::NotThen;
        // What it was nearest to the day says best what it is on that day.
        let mut nearest: BTreeMap<usize, &Municipality> = BTreeMap::new();
        for one in had {
            let lineage = self.lineage[one.index];
            let away = |one: &Municipality| {
                let gone = one.to.filter(|to| *to <= day);
                gone.map_or(i32::from(one.from.year()) - i32::from(day.year()), |to| {
                    i32::from(day.year()) - i32::from(to.year())
                })
            };
            let known = nearest.entry(lineage).or_insert(one);
            if away(one) < away(known) {
                *known = one;
            }
        }
        answer.municipalities = nearest.into_values().collect();
        let mut related: Vec<&Municipality> = Vec::new();
        for one in &answer.municipalities {
            related.extend(self.related(one, day));
        }
        related.sort_by_key(|one| one.index);
        related.dedup();
        let (was, then) = (self.labels(&answer.municipalities), self.labels(&related));
        answer.notes.push(if related.is_empty() {
            words(
                "ikke i bruk {0}; det var {1}",
                "ikkje i bruk {0}; det var {1}",
                "not in use on {0}; it was {1}",
                &[&day.to_string(), &was],
            )
        } else {
            words(
                "ikke i bruk {0}; det var {1}; {0} svarer {2} til det",
                "ikkje i bruk {0}; det var {1}; {0} svarar {2} til det",
                "not in use on {0}; it was {1}; on {0} that is {2}",
                &[&day.to_string(), &was, &then],
            )
        });
        answer.suggestions = related;
    }

    /// That the name is written otherwise in the register, or is of another time.
    fn spelling_note(&self, query: &Query, versions: &Named, found: &Municipality, answer: &mut Answer<'_>) {
        let key = |text: &str| fold(text);
        let given = key(&query.name);
        let names = || parts(&found.name).names.into_iter().chain([plain(&found.name)]);
        if names().any(|own| key(own) == given) {
            return;
        }
        // A name that the register does not have is of the version too, but not of its name.
        if versions.get(&found.index).is_some_and(|name| names().any(|own| own == name)) {
            answer.notes.push(words(
                "«{0}» er lest som «{1}»",
                "«{0}» er lese som «{1}»",
                "“{0}” is read as “{1}”",
                &[&query.name, plain(&found.name)],
            ));
            return;
        }
        let name = versions.values().next().cloned().unwrap_or_default();
        let has = |one: &&Municipality| parts(&one.name).names.contains(&name.as_str()) || plain(&one.name) == name;
        let other: Vec<&Municipality> = versions.keys().map(|index| &self.versions[*index]).filter(has).collect();
        let Some(from) = other.iter().map(|one| one.from).min() else {
            answer.notes.push(words(
                "«{0}» er et navn som registeret ikke har; kommunen heter {1}",
                "«{0}» er eit namn som registeret ikkje har; kommunen heiter {1}",
                "“{0}” is a name that the register does not have; the municipality is called {1}",
                &[&name, plain(&found.name)],
            ));
            return;
        };
        let to = other.iter().map(|one| one.to.map_or(Day::LAST, Day::before)).max().filter(|to| *to < Day::LAST);
        let to = to.map(|to| to.to_string()).unwrap_or_default();
        answer.notes.push(words(
            "«{0}» er navnet fra en annen tid ({2} – {3}); kommunen heter {1}",
            "«{0}» er namnet frå ei anna tid ({2} – {3}); kommunen heiter {1}",
            "“{0}” is the name of another time ({2} – {3}); the municipality is called {1}",
            &[&name, plain(&found.name), &from.to_string(), &to],
        ));
    }

    /// Municipalities that have or had the name, in the counties that the query names: for each its versions with the name.
    fn lineages_called(&self, query: &Query) -> BTreeMap<usize, Named> {
        let name = query.name.as_str();
        let mut named = self.called(name);
        let mut counties: Vec<&str> = query.counties.iter().map(String::as_str).collect();
        if named.is_empty() {
            let (before, county) = without_county(name);
            named = self.called(without_kind(before));
            counties.extend(county);
        }
        let mut lineages: BTreeMap<usize, Named> = BTreeMap::new();
        for (version, name) in named {
            lineages.entry(self.lineage[version]).or_default().insert(version, name);
        }
        if !counties.is_empty() {
            lineages.retain(|lineage, _| {
                let own: Vec<&Municipality> =
                    self.versions_of(*lineage).into_iter().map(|index| &self.versions[index]).collect();
                counties.iter().all(|county| {
                    own.iter().any(|one| {
                        let written = parts(&one.name).county.is_some_and(|own| fold(own).starts_with(&fold(county)));
                        written || one.county().is_some_and(|own| own.has(county))
                    })
                })
            });
        }
        lineages
    }

    /// Versions with a name; where none is spelt so, those whose names differ only in æ, ø and å; where none does, those that
    /// have each of the names between dashes or slashes.
    fn called(&self, name: &str) -> Named {
        let folded = fold(name);
        if folded.is_empty() || folded.contains('?') {
            return Named::new();
        }
        let by = |is: &dyn Fn(&super::Entry) -> bool| -> Named {
            let found = self.names.iter().filter(|entry| is(entry));
            found.map(|entry| (entry.version, entry.name.clone())).collect()
        };
        let named = by(&|entry| entry.fold == folded);
        if !named.is_empty() {
            return named;
        }
        let bared = bare(&folded);
        if bared.len() == 1 {
            return Named::new();
        }
        let named = by(&|entry| entry.bare == bared);
        if !named.is_empty() {
            return named;
        }
        let names: Vec<&str> = name.split(['/', '–', '—', '|']).flat_map(|part| part.split(" - ")).collect();
        if names.len() < 2 || names.iter().any(|name| fold(name).is_empty()) {
            return Named::new();
        }
        let mut all: Option<Named> = None;
        for name in names {
            let named = self.called(name);
            all = Some(match all {
                None => named,
                Some(all) => all.into_iter().filter(|(version, _)| named.contains_key(version)).collect(),
            });
        }
        all.unwrap_or_default()
    }
}

/// "Oslo kommune" without its last word; "Kommune Oslo" without its first.
fn without_kind(name: &str) -> &str {
    let is_kind = |word: &str| KINDS.contains(&fold(word).as_str());
    match (name.rsplit_once(' '), name.split_once(' ')) {
        (Some((name, last)), _) if is_kind(last) => name,
        (_, Some((first, name))) if is_kind(first.trim_end_matches(':')) => name,
        _ => name,
    }
}

/// A county or a district after a comma, or after `i`, `på` or `in`: "Herøy, Nordland", "Bø i Telemark", "Nes på Romerike".
fn without_county(name: &str) -> (&str, Option<&str>) {
    let split = [",", " i ", " på ", " in "].iter().find_map(|between| name.rsplit_once(between));
    match split {
        Some((name, county)) if County::all().any(|one| one.has(county)) => (name.trim(), Some(county.trim())),
        _ => (name, None),
    }
}
