//! The report of `track` on a terminal: the region as a whole and the latest round; everything is in the JSON.

use crate::export::plain::columns;
use crate::show::date;
use crate::show::number::decimal;
use crate::text::Lang;
use crate::track::{ChangeRow, Due, LexisCell, Response, Track, Transition};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The whole report.
#[must_use]
pub fn report(track: &Track, lang: Lang) -> String {
    let words = Words { track, lang };
    let mut out = format!("{}\n", track.confidential.get(lang));
    let day = lang.pick("samtykker per", "samtykke per", "consents as of");
    let _ = writeln!(out, "{}, {day} {}", track.region.get(lang), date::words(&track.today, lang));
    for part in [
        words.due(),
        words.response(),
        words.missing(),
        words.lexis(),
        words.linkage(),
        words.transitions(),
        words.changes(),
        words.withdrawals(),
        words.mailings(),
        words.calendar(),
    ] {
        if !part.is_empty() {
            out.push('\n');
            out.push_str(&part);
        }
    }
    out
}

struct Words<'a> {
    track: &'a Track,
    lang: Lang,
}

impl Words<'_> {
    fn t<'a>(&self, nb: &'a str, nn: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(nb, nn, en)
    }

    fn percent(&self, share: Option<f64>) -> String {
        let space = self.lang.pick("\u{a0}%", "\u{a0}%", "%");
        share.map_or_else(|| "–".into(), |share| format!("{}{space}", decimal(100.0 * share, 0, self.lang)))
    }

    fn wave(&self, id: &str) -> String {
        let name = self.track.waves.iter().find(|wave| wave.wave == id).map(|wave| wave.name.get(self.lang));
        format!("{id} {}", name.unwrap_or_default())
    }

    fn place(&self, code: &str) -> String {
        let name = self.track.municipalities.iter().find(|one| one.municipality == code);
        name.map_or_else(|| self.track.region.get(self.lang).to_owned(), |one| one.name.get(self.lang).to_owned())
    }

    fn due(&self) -> String {
        let years = &self.track.due_years;
        let span = match years.as_slice() {
            [first, .., last] => format!("{first}–{last}"),
            _ => years.iter().map(u16::to_string).collect(),
        };
        let mut out = format!("{} {span}\n", self.t("Står for tur", "Står for tur", "Due"));
        let heads = [
            self.t("år", "år", "year"),
            self.t("bølge", "bølgje", "wave"),
            self.t("kull", "kull", "cohort"),
            self.t("kommune", "kommune", "municipality"),
            "N",
            self.t("jenter", "jenter", "girls"),
            self.t("gutter", "gutar", "boys"),
            self.t("på liste", "på liste", "listed"),
            self.t("kontakter", "kontaktar", "contacts"),
            self.t("kan nås", "kan nåast", "reachable"),
            self.t("svart", "svara", "answered"),
        ];
        let mut rows = vec![heads.map(str::to_owned).to_vec()];
        let row = |due: &Due| {
            let year = due.year.to_string();
            let mut row = vec![year, self.wave(&due.wave), due.cohort.to_string(), self.place(&due.municipality)];
            let counts = [
                due.population,
                due.population_female,
                due.population_male,
                due.listed,
                due.contacts,
                due.reachable,
                due.answered,
            ];
            row.extend(counts.map(count));
            row
        };
        let of_wave = self.track.municipalities.len();
        for (rows_of_wave, total) in self.track.due.chunks(of_wave.max(1)).zip(&self.track.due_totals) {
            rows.extend(rows_of_wave.iter().map(row));
            rows.push(row(total));
        }
        out.push_str(&columns(&rows));
        out
    }

    fn response(&self) -> String {
        let title = self.t(
            "Svarandel i hele kullet (AAPOR RR2)",
            "Svardel i heile kullet (AAPOR RR2)",
            "Response rates of whole cohorts (AAPOR RR2)",
        );
        let heads = [
            self.t("år", "år", "year"),
            self.t("bølge", "bølgje", "wave"),
            self.t("kull", "kull", "cohort"),
            "N",
            self.t("invitert", "invitert", "invited"),
            self.t("påminnet", "påmint", "reminded"),
            self.t("svart", "svara", "answered"),
            self.t("mangler", "manglar", "missing"),
            self.t("andel", "del", "rate"),
            self.t("jenter", "jenter", "girls"),
            self.t("gutter", "gutar", "boys"),
        ];
        let mut rows = vec![heads.map(str::to_owned).to_vec()];
        for of_wave in self.track.response_totals.chunk_by(|a, b| (a.year, &a.wave) == (b.year, &b.wave)) {
            let Some(all) = of_wave.first() else { continue };
            let of = |sex: &str| of_wave.iter().find(|row| row.sex == sex).and_then(|row| row.rate);
            rows.push(vec![
                all.year.to_string(),
                self.wave(&all.wave),
                all.cohort.to_string(),
                count(all.n_population),
                count(all.n_invited),
                count(all.n_reminded),
                count(all.n_answered),
                all.n_missing.map_or_else(|| "–".into(), |n| decimal(exact(n), 0, self.lang)),
                self.percent(all.rate),
                self.percent(of("female")),
                self.percent(of("male")),
            ]);
        }
        format!("{title}\n{}", columns(&rows))
    }

    /// Of the latest round, how many are missing compared to the register.
    fn missing(&self) -> String {
        let Some(year) = self.track.response.iter().map(|row| row.year).max() else { return String::new() };
        let title = self.t(
            "Hvem som mangler, av registerets kull, i",
            "Kven som manglar, av kullet i registeret, i",
            "Who is missing, of the cohort in the register, in",
        );
        let heads = [
            self.t("bølge", "bølgje", "wave"),
            self.t("kommune", "kommune", "municipality"),
            "N",
            self.t("svart", "svara", "answered"),
            self.t("mangler", "manglar", "missing"),
            self.t("jenter", "jenter", "girls"),
            self.t("gutter", "gutar", "boys"),
            self.t("uten kjønn", "utan kjønn", "sex not given"),
        ];
        let mut rows = vec![heads.map(str::to_owned).to_vec()];
        let of_year: Vec<&Response> = self.track.response.iter().filter(|row| row.year == year).collect();
        for group in of_year.chunk_by(|a, b| (&a.wave, &a.municipality) == (&b.wave, &b.municipality)) {
            let Some(all) = group.first() else { continue };
            let of = |sex: &str| group.iter().find(|row| row.sex == sex);
            let missing = |sex: &str| {
                let missing = of(sex).and_then(|row| row.n_missing);
                missing.map_or_else(|| "–".into(), |n| decimal(exact(n), 0, self.lang))
            };
            rows.push(vec![
                self.wave(&all.wave),
                self.place(&all.municipality),
                count(all.n_population),
                count(all.n_answered),
                missing("all"),
                missing("female"),
                missing("male"),
                count(of("other").and_then(|row| row.n_answered)),
            ]);
        }
        format!("{title} {year}\n{}", columns(&rows))
    }

    fn lexis(&self) -> String {
        let region: Vec<&LexisCell> =
            self.track.lexis.iter().filter(|cell| cell.municipality == self.track.project).collect();
        let mut years: Vec<u16> = region.iter().map(|cell| cell.year).collect();
        years.sort_unstable();
        years.dedup();
        let mut cohorts: Vec<u16> = region.iter().map(|cell| cell.cohort).collect();
        cohorts.dedup();
        let title = self.t(
            "Kull og år: andelen som kan tenke seg å bo her, av alle som svarte 1–5 (95 %)",
            "Kull og år: delen som kan tenkje seg å bu her, av alle som svara 1–5 (95 %)",
            "Cohort and year: the share who can imagine living here, of all who answered 1 to 5 (95%)",
        );
        let mut rows = vec![vec![self.t("kull", "kull", "cohort").to_owned(), "N".into()]];
        rows[0].extend(years.iter().map(u16::to_string));
        for cohort in cohorts {
            let of_cohort: Vec<&&LexisCell> = region.iter().filter(|cell| cell.cohort == cohort).collect();
            let mut row = vec![cohort.to_string(), count(of_cohort[0].population)];
            for year in &years {
                let cell = of_cohort.iter().find(|cell| cell.year == *year);
                row.push(cell.map(|cell| self.cell(cell)).unwrap_or_default());
            }
            rows.push(row);
        }
        let note = self.t(
            "* står for tur. Alder, år og kull er ett faktum for lite: tabellen sier ikke hvilket av dem som virker.",
            "* står for tur. Alder, år og kull er eitt faktum for lite: tabellen seier ikkje kva for eit av dei som verkar.",
            "* due. Age, year and cohort are one fact too few: the table does not say which of them is at work.",
        );
        format!("{title}\n{}{note}\n", columns(&rows))
    }

    fn cell(&self, cell: &LexisCell) -> String {
        match cell.ci_lower.zip(cell.ci_upper) {
            _ if cell.status == "due" => format!("{} *", cell.wave),
            Some((lower, upper)) => format!(
                "{} {} ({}–{})",
                cell.wave,
                self.percent(cell.share),
                decimal(100.0 * lower, 0, self.lang),
                decimal(100.0 * upper, 0, self.lang)
            ),
            None => format!("{} {}", cell.wave, self.percent(cell.share)),
        }
    }

    fn linkage(&self) -> String {
        let linkage = &self.track.linkage;
        let mut out = format!("{}\n", self.t("Lenking", "Lenking", "Linkage"));
        let _ = writeln!(
            out,
            "  {}",
            match self.lang {
                Lang::Nb => format!(
                    "{} svar: {} med person-id, {} med kode, {} uten; {} personer, {} av dem i to bølger eller flere",
                    linkage.rows,
                    linkage.rows_by_person,
                    linkage.rows_by_code,
                    linkage.rows_without,
                    linkage.persons,
                    linkage.persons_linked
                ),
                Lang::Nn => format!(
                    "{} svar: {} med person-id, {} med kode, {} utan; {} personar, {} av dei i to bølgjer eller fleire",
                    linkage.rows,
                    linkage.rows_by_person,
                    linkage.rows_by_code,
                    linkage.rows_without,
                    linkage.persons,
                    linkage.persons_linked
                ),
                Lang::En => format!(
                    "{} answers: {} with a person id, {} with a code, {} without; {} persons, {} of them in two waves or more",
                    linkage.rows,
                    linkage.rows_by_person,
                    linkage.rows_by_code,
                    linkage.rows_without,
                    linkage.persons,
                    linkage.persons_linked
                ),
            }
        );
        let told = [
            (
                linkage.collisions.len(),
                self.t(
                    "like koder til to personer, ikke lenket",
                    "like kodar til to personar, ikkje lenkja",
                    "codes of two people, not linked",
                ),
            ),
            (
                linkage.repeated_codes.len(),
                self.t(
                    "koder med flere svar i samme kommune og bølge, regnet som én person",
                    "kodar med fleire svar i same kommune og bølgje, rekna som éin person",
                    "codes with several answers in one municipality and wave, taken for one person",
                ),
            ),
            (
                linkage.shared_codes.len(),
                self.t(
                    "like koder i flere kommuner, holdt fra hverandre",
                    "like kodar i fleire kommunar, haldne frå kvarandre",
                    "codes in several municipalities, told apart",
                ),
            ),
            (
                linkage.near_misses.len(),
                self.t("nesten like koder", "nesten like kodar", "codes that differ by one slip"),
            ),
        ];
        for (number, words) in told.iter().filter(|(number, _)| *number > 0) {
            let _ = writeln!(out, "  {number} {words}");
        }
        for group in linkage.collisions.iter().chain(&linkage.shared_codes) {
            let places: Vec<String> = group.iter().map(|place| format!("{}:{}", place.file, place.line)).collect();
            let _ = writeln!(out, "    {}", places.join(", "));
        }
        for near in &linkage.near_misses {
            let places = near.first.places.iter().chain(&near.second.places);
            let places: Vec<String> = places.map(|place| format!("{}:{}", place.file, place.line)).collect();
            let linked = if near.linked { self.t(" (lenket)", " (lenkja)", " (linked)") } else { "" };
            let _ = writeln!(out, "    {}{linked}", places.join(", "));
        }
        let heads = [
            self.t("fra", "frå", "from"),
            self.t("til", "til", "to"),
            self.t("kull", "kull", "cohort"),
            self.t("svart først", "svara først", "answered first"),
            self.t("svart sist", "svara sist", "answered last"),
            self.t("lenket", "lenkja", "linked"),
            self.t("av de første", "av dei første", "of the first"),
            self.t("ja, lenkede mot resten", "ja, lenkja mot resten", "yes, linked less rest"),
        ];
        let mut rows = vec![heads.map(str::to_owned).to_vec()];
        for pair in linkage.pairs.iter().filter(|pair| pair.cohort.is_some()) {
            let bias = &pair.from_composition.yes;
            let difference = match (bias.difference, bias.ci_lower, bias.ci_upper) {
                (Some(difference), Some(lower), Some(upper)) => {
                    let points = |share: f64| decimal(100.0 * share, 0, self.lang);
                    format!(
                        "{} ({} {} {})",
                        points(difference),
                        points(lower),
                        self.t("til", "til", "to"),
                        points(upper)
                    )
                }
                _ => "–".into(),
            };
            rows.push(vec![
                pair.from.clone(),
                pair.to.clone(),
                pair.cohort.map_or_else(String::new, |cohort| cohort.to_string()),
                pair.n_from.to_string(),
                pair.n_to.to_string(),
                pair.n_linked.to_string(),
                self.percent(pair.share_from),
                difference,
            ]);
        }
        if rows.len() > 1 {
            out.push_str(&columns(&rows));
        }
        out
    }

    fn transitions(&self) -> String {
        let mut out = String::new();
        for one in self.track.transitions.iter().filter(|one| one.cohort.is_none() && one.n > 0) {
            self.transition(one, &mut out);
        }
        if out.is_empty() {
            return out;
        }
        let title = self.t(
            "Overganger: kan tenke seg å bo her (rad: første gang, kolonne: andre gang)",
            "Overgangar: kan tenkje seg å bu her (rad: første gong, kolonne: andre gong)",
            "Transitions: can imagine living here (row: first time, column: second time)",
        );
        format!("{title}\n{out}")
    }

    fn transition(&self, one: &Transition, out: &mut String) {
        let (up, down, steady) =
            (self.t("opp", "opp", "up"), self.t("ned", "ned", "down"), self.t("uendret", "uendra", "steady"));
        let _ = writeln!(
            out,
            "  {} → {}: n = {}; {up} {}, {down} {}, {steady} {}",
            one.from, one.to, one.n, one.up, one.down, one.steady
        );
        let mut rows = vec![vec![String::new()]];
        rows[0].extend(one.categories.clone());
        for (category, row) in one.categories.iter().zip(&one.table) {
            let mut line = vec![category.clone()];
            line.extend(row.iter().map(u64::to_string));
            rows.push(line);
        }
        out.push_str(&columns(&rows));
        let p = |p: Option<f64>| p.map_or_else(|| "–".into(), |p| decimal(p, 3, self.lang));
        let (change, lower, upper) = (one.net_change, one.net_change_ci_lower, one.net_change_ci_upper);
        if let (Some(change), Some(lower), Some(upper)) = (change, lower, upper) {
            let points = |share: f64| decimal(100.0 * share, 0, self.lang);
            let _ = writeln!(
                out,
                "  {} {} → {}, {} ({} {} {}); McNemar mid-p {}, Bowker p {}, Stuart–Maxwell p {}",
                self.t("ja", "ja", "yes"),
                self.percent(one.yes_first),
                self.percent(one.yes_second),
                points(change),
                points(lower),
                self.t("til", "til", "to"),
                points(upper),
                p(one.mcnemar_mid_p),
                p(one.bowker.p_value),
                p(one.stuart_maxwell.p_value)
            );
        }
        if let Some(weighted) = &one.weighting_class {
            let words = self.t(
                "vektet for frafall (kommune, kjønn)",
                "vekta for fråfall (kommune, kjønn)",
                "weighted for attrition (municipality, sex)",
            );
            let _ = writeln!(
                out,
                "  {words}: {} {} → {}",
                self.t("ja", "ja", "yes"),
                self.percent(Some(weighted.yes_first)),
                self.percent(Some(weighted.yes_second))
            );
        }
    }

    fn changes(&self) -> String {
        let region: Vec<&ChangeRow> =
            self.track.changes.iter().filter(|row| row.municipality == self.track.project).collect();
        if region.is_empty() {
            return String::new();
        }
        let mut rows = Vec::new();
        for row in region {
            let what = match row.cohort {
                Some(cohort) => format!("{} {cohort}", self.t("kull", "kull", "cohort")),
                None => self.wave(&row.wave_before),
            };
            let wave = |wave: &str| if row.cohort.is_some() { format!("{wave} ") } else { String::new() };
            rows.push(vec![
                what,
                format!(
                    "{}{} → {}{}",
                    wave(&row.wave_before),
                    row.period_before,
                    wave(&row.wave_after),
                    row.period_after
                ),
                format!("{} → {}", self.percent(row.change.before.share), self.percent(row.change.after.share)),
                row.sentence.get(self.lang).to_owned(),
            ]);
        }
        let title = self.t("Endring, regionen", "Endring, regionen", "Change, the region");
        format!("{title}\n{}", columns(&rows))
    }

    fn withdrawals(&self) -> String {
        let mut out = String::new();
        for one in &self.track.withdrawals {
            let waves: Vec<String> = one
                .took_part
                .iter()
                .map(|part| {
                    let doubt = if part.known_by == "possible" { "?" } else { "" };
                    format!("{} {}{doubt}", part.wave, part.year)
                })
                .collect();
            let waves = if waves.is_empty() { vec!["–".to_owned()] } else { waves };
            let _ = writeln!(
                out,
                "  {}:{} {} {}; {}",
                one.file,
                one.line,
                self.t("trakk seg", "trekte seg", "withdrew"),
                one.withdrawn_date.as_deref().unwrap_or("–"),
                waves.join(", ")
            );
            for figure in one.published.iter().filter(|figure| figure.shown) {
                let _ = writeln!(
                    out,
                    "    {} {} ({}): {} {} {} {}",
                    self.t("utgave", "utgåve", "release"),
                    figure.release,
                    figure.date,
                    figure.indicator,
                    figure.wave,
                    figure.period,
                    figure.area
                );
            }
        }
        if out.is_empty() {
            return out;
        }
        let title = self.t(
            "Trukket seg: ikke med i noe her, og i disse publiserte tallene fra før",
            "Trekt seg: ikkje med i noko her, og i desse publiserte tala frå før",
            "Withdrawn: in no figure from now on, and in these published before",
        );
        format!("{title}\n{out}")
    }

    fn mailings(&self) -> String {
        let mut rows = vec![
            [
                self.t("bølge", "bølgje", "wave"),
                self.t("skal inviteres", "skal inviterast", "to invite"),
                self.t("skal påminnes", "skal påminnast", "to remind"),
                self.t("ikke på lista", "ikkje på lista", "on no list"),
            ]
            .map(str::to_owned)
            .to_vec(),
        ];
        for one in &self.track.mailings {
            let reasons: Vec<String> =
                one.left_out.iter().map(|(reason, n)| format!("{n} {}", self.reason(reason))).collect();
            rows.push(vec![
                format!("{} {}", one.year, self.wave(&one.wave)),
                one.to_invite.to_string(),
                one.to_remind.to_string(),
                reasons.join(", "),
            ]);
        }
        if rows.len() == 1 {
            return String::new();
        }
        format!("{}\n{}", self.t("Utsending", "Utsending", "Mailing"), columns(&rows))
    }

    fn reason<'a>(&self, reason: &'a str) -> &'a str {
        match reason {
            "answered" => self.t("har svart", "har svara", "answered"),
            "no_consent" => self.t("uten gyldig samtykke", "utan gyldig samtykke", "without a valid consent"),
            "no_guardian" => self.t("under 18 uten foresatt", "under 18 utan foresett", "under 18 without a guardian"),
            "bounced" => self.t("i retur", "i retur", "bounced"),
            "no_address" => self.t("uten adresse", "utan adresse", "without an address"),
            other => other,
        }
    }

    fn calendar(&self) -> String {
        // What all waves do on the same days stands once.
        let mut days: BTreeMap<(&str, &str, &str, &str), Vec<&str>> = BTreeMap::new();
        for entry in &self.track.calendar {
            let what = entry.summary.get(self.lang).split(": ").next().unwrap_or_default();
            let key = (entry.first_day.as_str(), entry.last_day.as_str(), entry.kind, what);
            days.entry(key).or_default().push(&entry.wave);
        }
        let rows: Vec<Vec<String>> = days
            .into_iter()
            .map(|((first, last, _, what), waves)| {
                let span = if first == last { first.to_owned() } else { format!("{first} – {last}") };
                vec![span, what.to_owned(), waves.join(", ")]
            })
            .collect();
        format!("{}\n{}", self.t("Årshjul", "Årshjul", "Year wheel"), columns(&rows))
    }
}

fn count(count: Option<u64>) -> String {
    count.map_or_else(|| "–".into(), |count| count.to_string())
}

/// Numbers of people are small.
#[expect(clippy::cast_precision_loss, reason = "numbers of people")]
fn exact(number: i64) -> f64 {
    number as f64
}
