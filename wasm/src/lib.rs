//! Bygdepuls in the browser: bindings that only convert.
//!
//! Two builds, by feature, since one module cannot leave parts of itself unloaded:
//!
//! | feature   | what it holds                                                        | who loads it                       |
//! |-----------|----------------------------------------------------------------------|------------------------------------|
//! | `widget`  | reads a published cube, draws it                                     | `<bygdepuls-indicator>`, any page  |
//! | `compute` | the statistics core: any CSV in, estimates out; a project in, cubes out | pages that import `bygdepuls/compute` |

#[cfg(feature = "compute")]
pub mod compute;
#[cfg(feature = "compute")]
pub mod estimate;
#[cfg(feature = "compute")]
mod question;
#[cfg(feature = "widget")]
mod widget;
