//! A sampling design and a domain from options.

use bygdepuls_core::design::{Condition, DesignQuestion, LonelyPsu};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;

/// The columns of the design.
pub(crate) fn question(options: &ArgMatches) -> DesignQuestion {
    let list = |name: &str| options.get_many::<String>(name).into_iter().flatten().cloned().collect::<Vec<_>>();
    let lonely = options.get_one::<String>("lonely-psu");
    DesignQuestion {
        weights: options.get_one::<String>("weights").cloned(),
        strata: list("strata"),
        psu: list("psu"),
        fpc: list("fpc"),
        nest: options.get_flag("nest"),
        lonely: LonelyPsu::ALL
            .into_iter()
            .find(|(name, _)| Some(*name) == lonely.map(String::as_str))
            .map_or_else(LonelyPsu::default, |(_, lonely)| lonely),
        adjust_domain_lonely: options.get_flag("adjust-domain-lonely"),
    }
}

/// The conditions of the domain.
///
/// # Errors
///
/// One that cannot be read, in words.
pub(crate) fn domain(options: &ArgMatches, lang: Lang) -> Result<Vec<Condition>, String> {
    let texts = options.get_many::<String>("where").into_iter().flatten();
    let conditions = texts.map(|text| {
        Condition::parse(text).ok_or_else(|| {
            let words = lang.pick("--where skrives COL=V", "--where blir skrive COL=V", "--where is written COL=V");
            format!("{words}: {text}")
        })
    });
    conditions.collect()
}

/// The codes that mean a missing value.
pub(crate) fn missing(options: &ArgMatches) -> Vec<String> {
    options.get_many::<String>("missing").into_iter().flatten().cloned().collect()
}
