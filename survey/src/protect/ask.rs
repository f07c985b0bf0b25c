//! What is asked: tables, rule and attacker, from a specification and options.

use crate::weight::bytes;
use bygdepuls_core::disclosure::DisclosureProblem;
use bygdepuls_core::disclosure::audit::Attacker;
use bygdepuls_core::disclosure::tables::{Formula, Rule, Spec, read_hierarchies};
use bygdepuls_core::problem::{Privacy, Problem, Problems};
use bygdepuls_core::read::Head;
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::path::Path;

/// More than any group holds.
const MOST: u64 = 1_000_000_000;

/// What is asked.
pub(super) struct Question {
    /// The name of the table's file in messages.
    pub(super) file: String,
    content: Vec<u8>,
    spec: Spec,
    /// Tables that are published with it.
    links: Vec<(String, Vec<u8>, Spec)>,
    /// Whether nothing is protected.
    pub(super) is_internal: bool,
    coalition: Option<u64>,
    small: Option<u64>,
    narrow: Option<u64>,
}

impl Question {
    /// From options. Inside: `None` when a file is not what it should be; problems say why. An error inside is wrong usage.
    pub(super) fn new(
        options: &ArgMatches,
        problems: &mut Problems,
        lang: Lang,
    ) -> Result<Result<Option<Self>, String>, String> {
        let text = |name: &str| options.get_one::<String>(name);
        let number = |name: &str| options.get_one::<u64>(name).copied();
        let list = |name: &str| options.get_many::<String>(name).into_iter().flatten().cloned().collect::<Vec<_>>();
        let mut spec = match text("spec") {
            Some(file) => match Spec::read(file, &bytes(file)?, problems) {
                Some(spec) => spec,
                None => return Ok(Ok(None)),
            },
            None => Spec::default(),
        };
        let by = list("by");
        if !by.is_empty() {
            spec.dims = by.iter().map(|name| name.trim().to_owned()).collect();
            spec.hierarchies.retain(|name, _| spec.dims.contains(name));
            spec.response_dim.retain(|name| spec.dims.contains(name));
        }
        if let Some(column) = text("freq") {
            spec.freq_var = Some(column.clone());
        }
        if let Some(formula) = text("formula") {
            spec.formula = Some(formula.clone());
            if let Err(problem) = Formula::parse(formula) {
                let problem = Problem::error("--formula", DisclosureProblem::Formula(problem));
                problems.push(problem.value(formula, Privacy::Open));
            }
        }
        let answers = list("response");
        if !answers.is_empty() {
            spec.response_dim = answers;
        }
        let keep = list("keep");
        if !keep.is_empty() {
            spec.keep = keep;
        }
        spec.totals_included |= options.get_flag("totals-included");
        if let Some(column) = text("contributor") {
            spec.contributor_var = Some(column.clone());
        }
        if let Some(rule) = amounts(options) {
            spec.rule = rule;
        }
        if let Some(coalition) = number("k-disclosure") {
            spec.rule = Rule::KDisclosure { coalition, largest: None };
        }
        if let Some(least) = number("min-count") {
            let protect_zeros = matches!(spec.rule, Rule::Small { protect_zeros: true, .. });
            spec.rule = Rule::Small { max_n: least - 1, protect_zeros };
        }
        if let Some(zeros) = text("zeros") {
            match &mut spec.rule {
                Rule::Small { protect_zeros, .. } => *protect_zeros = zeros == "protected",
                _ => {
                    let words = lang.pick(
                        "--zeros hører til --min-count, ikke til andre regler",
                        "--zeros høyrer til --min-count, ikkje til andre reglar",
                        "--zeros belongs to --min-count, not to other rules",
                    );
                    return Ok(Err(words.into()));
                }
            }
        }
        if spec.rule.is_of_amounts() && spec.freq_var.is_none() {
            let words = lang.pick(
                "en regel om beløp trenger --freq med beløpene",
                "ein regel om beløp treng --freq med beløpa",
                "a rule about amounts needs --freq with the amounts",
            );
            return Ok(Err(words.into()));
        }
        if let (Some(coalition), Rule::KDisclosure { coalition: own, .. }) = (number("coalition"), &mut spec.rule) {
            *own = coalition;
        }
        for file in list("hierarchy") {
            spec.hierarchies.extend(read_hierarchies(&file, &bytes(&file)?, &spec.dims, problems));
        }
        if let Rule::KDisclosure { coalition, largest } = &mut spec.rule {
            *coalition = (*coalition).min(MOST);
            *largest = number("largest-group").or(*largest);
        }
        let file = text("file").map_or("-", String::as_str);
        let content = bytes(file)?;
        let file = if file == "-" { "<stdin>" } else { file };
        if !spec.check(text("spec").map_or(file, String::as_str), problems) {
            return Ok(Ok(None));
        }
        let mut links = Vec::new();
        for link in list("link") {
            links.extend(linked(&link, &spec, problems)?);
        }
        let is_internal = text("policy").is_some_and(|policy| policy == "none");
        let [coalition, small, narrow] = ["coalition", "small", "narrow"].map(number);
        let question = Self { file: file.into(), content, spec, links, is_internal, coalition, small, narrow };
        Ok(Ok((problems.errors() == 0).then_some(question)))
    }

    /// What is to be protected.
    pub(super) fn rule(&self) -> Rule {
        if self.is_internal { Rule::Small { max_n: 0, protect_zeros: false } } else { self.spec.rule.clone() }
    }

    /// Against whom.
    pub(super) fn attacker(&self) -> Attacker {
        let own = self.spec.rule.attacker();
        Attacker {
            coalition: self.coalition.unwrap_or(own.coalition),
            small: self.small.unwrap_or(own.small),
            narrow: self.narrow.map_or(own.narrow, |width| (width > 0).then_some(width)),
            ..own
        }
    }

    /// Codes that are rather shown than others.
    pub(super) fn keep(&self) -> &[String] {
        &self.spec.keep
    }

    /// Every table: its file, what is in it, what it is.
    pub(super) fn tables(&self) -> impl Iterator<Item = (&String, &Vec<u8>, &Spec)> {
        let links = self.links.iter().map(|(file, content, spec)| (file, content, spec));
        std::iter::once((&self.file, &self.content, &self.spec)).chain(links)
    }
}

/// A rule about who makes up an amount, if one is asked for.
fn amounts(options: &ArgMatches) -> Option<Rule> {
    let number = |name: &str| options.get_one::<u64>(name).copied();
    let least = number("min-contributors").map(|least| Rule::FewContributors { max_n: least - 1 });
    let share = options.get_one::<(u64, u64)>("dominance").map(|(n, k)| Rule::Dominance { n: *n, k: *k });
    least.or(share).or(number("p-percent").map(|p| Rule::PPercent { p }))
}

/// A table that is published with another one: the file, and perhaps its dimensions after a colon.
fn linked(link: &str, spec: &Spec, problems: &mut Problems) -> Result<Option<(String, Vec<u8>, Spec)>, String> {
    // A name may hold colons.
    let parts = link.rsplit_once(':').filter(|_| !Path::new(link).exists());
    let (file, columns) = parts.map_or((link, None), |(file, columns)| (file, Some(columns)));
    let content = bytes(file)?;
    let Some(head) = Head::find(file, &content, true, problems) else { return Ok(None) };
    let dims: Vec<String> = match columns {
        Some(columns) => columns.split(',').map(str::to_owned).collect(),
        None => spec.dims.iter().filter(|name| head.names.contains(name)).cloned().collect(),
    };
    let mut own = Spec { dims, formula: None, dim_var: Vec::new(), ..spec.clone() };
    own.hierarchies.retain(|name, _| own.dims.contains(name));
    if own.dims.is_empty() {
        problems.push(Problem::error(file, DisclosureProblem::NoDimensions));
        return Ok(None);
    }
    // Its own dimensions may be other ones than those of the answers.
    let alone = Spec { response_dim: Vec::new(), ..own.clone() };
    Ok(alone.check(file, problems).then(|| (file.to_owned(), content, own)))
}
