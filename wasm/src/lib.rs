//! Bygdepuls in the browser: bindings that only convert.
//!
//! Two builds, by feature, since one module cannot leave parts of itself unloaded:
//!
//! | feature   | what it holds                                          | who loads it                       |
//! |-----------|--------------------------------------------------------|------------------------------------|
//! | `widget`  | reads a published cube, draws it                       | `<bygdepuls-indicator>`, any page  |
//! | `compute` | the statistics core: a project's files in, cubes out   | the workbench, the test in Node    |

#[cfg(feature = "compute")]
pub mod compute;
#[cfg(feature = "widget")]
mod widget;
