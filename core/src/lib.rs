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
//! | questionnaire (XLSForm), routing                    | [`questionnaire::Questionnaire`]                |
//! | codebook (XLSForm, Table Schema)                    | [`read::Codebook`]                              |
//! | unit and item nonresponse, missing codes            | [`read::Missing`], [`sample::Sample::answer`]   |
//! | duplicate and late submissions                      | [`sample::LeftOut`]                             |
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
//! | tests without a design: Fisher, McNemar, trend      | [`hypothesis`]                                  |
//! | Rao–Scott, t and rank tests under a design          | [`hypothesis::rao_scott`], [`hypothesis::design_t_test`], [`hypothesis::design_rank_test`] |
//! | linear and logistic regression under a design       | [`model::linear`], [`model::logistic`]          |
//! | Fay–Herriot, beta-binomial partial pooling          | [`small_area`]                                  |
//! | return intent                                       | [`indicator::return_intent::count`]             |
//! | primary suppression, bands                          | [`disclosure::Policy`], [`disclosure::protect`] |
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
pub mod problem;
#[cfg(feature = "compute")]
pub mod project;
#[cfg(feature = "compute")]
pub mod questionnaire;
#[cfg(feature = "compute")]
pub mod read;
#[cfg(feature = "compute")]
pub mod sample;
#[cfg(feature = "compute")]
mod saved;
pub mod show;
#[cfg(feature = "compute")]
pub mod small_area;
#[cfg(feature = "compute")]
pub mod sum;
pub mod text;
#[cfg(feature = "compute")]
pub mod weight;
