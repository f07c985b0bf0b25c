//! Survey statistics and indicators for small regions: bytes in, values out.
//!
//! Nothing here opens a file, asks a clock, prints or starts a thread. The way of the data is one way:
//!
//! ```text
//! CSV bytes + codebook -> read -> sample -> indicator -> cube -> disclosure::protect -> SafeCube -> export, show
//! ```
//!
//! | term of the field                                   | where                                           |
//! |-----------------------------------------------------|-------------------------------------------------|
//! | standard symbols, StatBank CSV, JSON-stat, PX, Klass | [`read::statbank::StatTable`], [`read::statbank::read`] |
//! | questionnaire (XLSForm), routing                    | [`questionnaire::Questionnaire`]                |
//! | codebook (XLSForm, Table Schema)                    | [`read::Codebook`]                              |
//! | unit and item nonresponse, missing codes            | [`read::Missing`], [`sample::Sample::answer`]   |
//! | duplicate and late submissions                      | [`submission`], [`sample::LeftOut`]             |
//! | frame: size of a cohort                             | [`indicator::Frame`]                            |
//! | strata, PSUs, finite population correction          | [`design::Design`], [`design::Stages`]          |
//! | linearised variance, influence                      | [`design::Stages::covariance`], [`estimate::Linearised`] |
//! | mean, total, proportion, ratio, quantile, by domains | [`estimate`]                                   |
//! | design effect                                       | [`estimate::design_effect`], [`weight::design_effect`] |
//! | replicate weights: jackknife, BRR, Fay, bootstrap   | [`weight::replicate`]                           |
//! | post-stratification, raking, calibration            | [`weight`]                                      |
//! | probability proportional to size                    | [`design::JointProbabilities`]                  |
//! | stratified proportion                               | [`indicator::share::stratified_share`]          |
//! | exact hypergeometric interval, the default: Wang's  | [`interval::wang::interval`]                    |
//! | the same, equal-tailed; Blaker's                    | [`interval::hypergeometric::equal_tailed`], [`interval::blaker::interval`] |
//! | mid-p interval, finite population                   | [`interval::hypergeometric::mid_p`]             |
//! | Bayes on the unobserved remainder                   | [`interval::remainder::posterior`], [`interval::remainder::uniform_prior`] |
//! | difference of two finite cohorts                    | [`interval::remainder_difference::difference`]  |
//! | approximations with finite population correction    | [`interval::finite_correction`]                 |
//! | Clopper–Pearson, Wilson                             | [`interval::clopper_pearson`], [`interval::wilson`] |
//! | Korn–Graubard and others under a design             | [`interval::design_interval`]                   |
//! | bounds under nonresponse (Manski)                   | [`interval::nonresponse::bounds`]               |
//! | difference of two proportions, paired change        | [`compare`]                                     |
//! | change between overlapping samples                  | [`compare::overlap`]                            |
//! | panel: linkage, gross change, attrition             | [`panel`]                                       |
//! | who is due, who is missing, response rates          | [`track`]                                       |
//! | tests without a design: Fisher, McNemar, trend      | [`hypothesis`]                                  |
//! | Rao–Scott, t and rank tests under a design          | [`hypothesis::rao_scott`], [`hypothesis::design_t_test`], [`hypothesis::design_rank_test`] |
//! | linear and logistic regression under a design       | [`model::linear`], [`model::logistic`]          |
//! | Fay–Herriot, beta-binomial partial pooling          | [`small_area`]                                  |
//! | difference in differences, before and after a trial | [`compare::difference_in_differences`]          |
//! | Kaplan–Meier, competing ends                        | [`survival`]                                    |
//! | Borda count, Plackett–Luce                          | [`ranking`]                                     |
//! | Knox's test of moving together                      | [`hypothesis::moving_together`]                 |
//! | findings: hypotheses, conditions, funnel            | [`indicator::finding`]                          |
//! | register of measures                                | [`register::measures`]                          |
//! | municipalities through time (KLASS 131)             | [`register::municipality::Register`]            |
//! | indicators of a region from open registers          | [`indicator::region`], [`register::official`]   |
//! | official statistics, published as they are          | [`disclosure::open::publish`]                   |
//! | return intent                                       | [`indicator::return_intent::count`]             |
//! | primary suppression, bands                          | [`disclosure::Policy`], [`disclosure::protect`] |
//! | primary suppression: minimum count, k-disclosure    | [`disclosure::primary::roles`]                  |
//! | dominance (n, k), p % rule, contributors            | [`disclosure::tables::Rule`], [`disclosure::primary::roles`] |
//! | hierarchies, linked tables                          | [`disclosure::tables::Hierarchy`], [`disclosure::tables::Linked`] |
//! | secondary (complementary) suppression               | [`disclosure::secondary::suppress`]             |
//! | audit: feasibility intervals, insiders              | [`disclosure::audit::audit`], [`disclosure::published::Assembled::leaks`] |
//! | repair of what an audit breaks                      | [`disclosure::repair::repair`]                  |
//! | loss of information                                 | [`disclosure::Loss`], [`disclosure::alternatives`] |
//! | small count rounding, additive                      | [`disclosure::rounding::round`]                 |
//! | inversion of percentages, intervals and means       | [`disclosure::inversion::candidates`]           |
//! | release ledger, differences between releases        | [`disclosure::release`]                         |
//! | JSON-stat 2.0, tidy CSV                             | [`export::jsonstat`], [`export::csv`]           |
//! | accessible figure and table                         | [`show::figure`]                                |
//!
//! Without the feature `compute` only cubes and their display remain: that is what a widget loads.

#[cfg(feature = "compute")]
pub mod compare;
pub mod cube;
pub mod date;
#[cfg(feature = "compute")]
pub mod describe;
#[cfg(feature = "compute")]
pub mod design;
pub mod disclosure;
#[cfg(feature = "compute")]
pub mod distribution;
#[cfg(feature = "compute")]
pub mod edition;
#[cfg(feature = "compute")]
pub mod estimate;
pub mod export;
#[cfg(feature = "compute")]
pub mod hypothesis;
#[cfg(feature = "compute")]
pub mod indicator;
#[cfg(feature = "compute")]
pub mod interval;
#[cfg(feature = "compute")]
pub mod model;
#[cfg(feature = "compute")]
pub mod panel;
#[cfg(feature = "compute")]
pub mod problem;
#[cfg(feature = "compute")]
pub mod project;
#[cfg(feature = "compute")]
pub mod questionnaire;
#[cfg(feature = "compute")]
pub mod ranking;
#[cfg(feature = "compute")]
pub mod read;
#[cfg(feature = "compute")]
pub mod register;
#[cfg(feature = "compute")]
pub mod sample;
#[cfg(feature = "compute")]
mod saved;
pub mod show;
#[cfg(feature = "compute")]
pub mod small_area;
#[cfg(feature = "compute")]
pub mod submission;
#[cfg(feature = "compute")]
pub mod sum;
#[cfg(feature = "compute")]
pub mod survival;
pub mod text;
#[cfg(feature = "compute")]
pub mod track;
#[cfg(feature = "compute")]
pub mod weight;
#[cfg(feature = "compute")]
pub mod work;
