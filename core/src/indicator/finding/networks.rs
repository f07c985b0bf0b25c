//! H2: friends in the region and the intent to live there.

use super::model::{Model, model, others};
use super::people::Share;
use super::tie::base;
use super::words::of_hundred;
use super::{Cell, Evidence, Finding, Reason};
use crate::compare::real;
use crate::hypothesis::cochran_armitage::{self, Group};
use crate::hypothesis::exact_trend;
use crate::interval::NoInterval;
use crate::problem::Problems;
use crate::text::{Lang, Text};

/// H2: do more of those with close friends in the region want to live there?
///
/// # Formula
///
/// ```text
/// s            = 0, 1, 2, ... the group by number of close friends: 0, 1-2, 3-5, 6 and more
/// p(s)         = weighted share of yes in the group, Korn and Graubard's interval
/// trend        = b1 of logit P(yes) = b0 + b1 s, under the design, Student's t: odds ratio of one group up
/// adjusted     = the same with year, wave, home municipality and sex
/// unweighted   = Cochran and Armitage's test of the same groups, and its exact p value where it can be counted
/// ```
///
/// The group rather than the number is the score: twenty friends are not ten times two. Base and yes as in
/// [`tie`](super::tie). Who did not say how many is left out.
///
/// # Source
///
/// Growth agreement for Indre Namdal 2024–2027, goal 1, measure 3 (hypothesis 2). P. Armitage, Biometrics 11 (1955).
pub fn find(evidence: &Evidence<'_>, _: &mut Problems) -> Vec<Finding> {
    let (people, roles, level) = (evidence.people, &evidence.project.findings, evidence.level);
    let mut finding = Finding::new("h2", title(), method());
    for variable in [&roles.intent.0, &roles.friends] {
        if people.column(variable).is_none() {
            return vec![finding.none(Reason::not_asked(variable))];
        }
    }
    let base = base(people, roles);
    let group = |friends: f64| roles.friends_from.iter().rposition(|from| friends >= real(*from));
    let groups: Vec<Option<usize>> =
        people.numbers(&roles.friends).iter().map(|friends| friends.and_then(group)).collect();
    let cell = |statistic: &'static str, n: u64| Cell::new(statistic, &roles.friends, people.label(&roles.friends), n);
    let mut shares = Vec::new();
    for (place, from) in roles.friends_from.iter().enumerate() {
        let share = people.share(&base, |row| groups[row] == Some(place));
        let name = band(*from, roles.friends_from.get(place + 1).copied());
        let mut of_group = people.cell(cell("share", 0).value(name.clone()), share.as_ref(), level);
        of_group.label = Text::new(&format!("{name} venner"), &format!("{name} vener"), &format!("{name} friends"));
        finding.cells.push(of_group);
        shares.push((name, share));
    }
    let counts: Vec<Group> = (0_u32..)
        .zip(&shares)
        .map(|(score, (_, share))| Group {
            score: f64::from(score),
            x: share.as_ref().map_or(0, |share| share.x),
            n: share.as_ref().map_or(0, |share| share.n),
        })
        .collect();
    let n: u64 = counts.iter().map(|group| group.n).sum();
    if n == 0 {
        finding.cells.clear();
        return vec![finding.none(NoInterval::NoAnswers)];
    }
    #[expect(clippy::cast_precision_loss, reason = "a number of groups")]
    let score: Vec<Option<f64>> = groups.iter().map(|group| group.map(|place| place as f64)).collect();
    for (statistic, others) in [("odds_ratio_trend", Vec::new()), ("odds_ratio_trend_adjusted", others(people, roles))]
    {
        finding.cells.push(match model(people, &others, &base, &score) {
            Ok(Model { fit, .. }) => cell(statistic, n).student(fit.estimate[1], fit.se(1), fit.df, level, libm::exp),
            Err(problem) => cell(statistic, n).none(problem),
        });
    }
    finding.cells.push(match cochran_armitage::test(&counts) {
        Ok(test) => {
            let mut of_test = cell("trend_unweighted", n);
            of_test.p_value = Some(test.p_value);
            cochran_armitage::slope(&counts).map_or(of_test.clone(), |slope| of_test.estimate(slope))
        }
        Err(reason) => cell("trend_unweighted", n).none(reason),
    });
    if let Ok(p) = exact_trend::two_sided(&counts) {
        let mut exact = cell("trend_exact", n);
        exact.p_value = Some(p);
        finding.cells.push(exact);
    }
    finding.sentences.extend(sentence(&shares, &finding.cells));
    if people.column(&roles.moved_with.0).is_some() {
        let (variable, codes) = &roles.moved_with;
        let share = people.share(&people.yes(variable, codes), |_| true);
        let of_moves = Cell::new("share", variable, people.label(variable), 0).value("yes");
        finding.cells.push(people.cell(of_moves, share.as_ref(), level));
    }
    vec![finding]
}

/// A group by number of friends.
fn band(from: u64, next: Option<u64>) -> String {
    match next {
        Some(next) if next == from + 1 => from.to_string(),
        Some(next) => format!("{from}–{}", next - 1),
        None => format!("{from}+"),
    }
}

pub(super) fn title() -> Text {
    Text::new(
        "H2: nære venner i regionen og ønsket om å bo der",
        "H2: nære vener i regionen og ønsket om å bu der",
        "H2: close friends in the region and intent to live there",
    )
}

fn method() -> Text {
    Text::new(
        "Av dem som kan flytte hit, etter hvor mange nære venner som bor i regionen. Vektet til kullene. Trenden er ett trinn \
         opp i gruppe; med og uten justering for år, bølge, hjemkommune og kjønn.",
        "Av dei som kan flytte hit, etter kor mange nære vener som bur i regionen. Vekta til kulla. Trenden er eitt steg opp i \
         gruppe; med og utan justering for år, bølgje, heimkommune og kjønn.",
        "Of those who could move here, by how many close friends live in the region. Weighted to the cohorts. The trend is one \
         group up; with and without adjustment for year, wave, home municipality and sex.",
    )
}

/// The lowest group beside the highest that anybody is in, and what the trend says.
fn sentence(shares: &[(String, Option<Share>)], cells: &[Cell]) -> Option<Text> {
    let mut used = shares.iter().filter_map(|(name, share)| Some((name, share.as_ref()?)));
    let (low, first) = used.next()?;
    let (high, last) = used.next_back()?;
    let trend = cells.iter().find(|cell| cell.statistic == "odds_ratio_trend")?;
    // Of few people the exact test has its say too.
    let exact = cells.iter().find(|cell| cell.statistic == "trend_exact").and_then(|cell| cell.p_value);
    let sure = exact.is_none_or(|p| p <= 1.0 - trend.level.unwrap_or(0.95));
    let one = |lang: Lang| {
        let (a, b) = (of_hundred(first.p), of_hundred(last.p));
        let (x1, n1, x2, n2) = (first.x, first.n, last.x, last.n);
        let counts = match lang {
            Lang::Nb => format!(
                "Av {n1} med {low} nære venner her kan {x1} tenke seg å bo her (vektet: {a} av 100); av {n2} med {high}, {x2} (vektet: {b} av 100)."
            ),
            Lang::Nn => format!(
                "Av {n1} med {low} nære vener her kan {x1} tenkje seg å bu her (vekta: {a} av 100); av {n2} med {high}, {x2} (vekta: {b} av 100)."
            ),
            Lang::En => format!(
                "Of {n1} with {low} close friends here, {x1} can imagine living here (weighted: {a} of 100); of {n2} with {high}, {x2} (weighted: {b} of 100)."
            ),
        };
        let rises = match (trend.ci_lower, trend.ci_upper) {
            (Some(lower), _) if lower > 1.0 && sure => lang.pick(
                "Flere venner følges av flere ja.",
                "Fleire vener følgjest av fleire ja.",
                "More friends go with more yes.",
            ),
            (_, Some(upper)) if upper < 1.0 && sure => lang.pick(
                "Flere venner følges av færre ja.",
                "Fleire vener følgjest av færre ja.",
                "More friends go with fewer yes.",
            ),
            (Some(_), Some(_)) => lang.pick("Ingen påviselig trend.", "Ingen påviseleg trend.", "No detectable trend."),
            _ => lang.pick(
                "Det er for lite til en trend.",
                "Det er for lite til ein trend.",
                "That is too little for a trend.",
            ),
        };
        format!("{counts} {rises}")
    };
    Some(Text { nb: one(Lang::Nb), nn: one(Lang::Nn), en: one(Lang::En) })
}
