//! Bygdepuls in the browser: bindings that only convert.
//!
//! Three builds, by feature, since one module cannot leave parts of itself unloaded:
//!
//! | feature   | what it holds                              | who loads it                          |
//! |-----------|--------------------------------------------|---------------------------------------|
//! | `widget`  | reads a published cube, draws it           | `<bygdepuls-indicator>`, any page     |
//! | `compute` | estimates from any CSV, intervals          | pages that import `bygdepuls/compute` |
//! | `project` | that, and a project's files in, cubes out  | the test in Node                      |
//! | `workbench` | a person's whole year                    | the one file of the workbench         |

#[cfg(feature = "compute")]
pub mod estimate;
#[cfg(feature = "compute")]
pub mod interval;
#[cfg(feature = "compute")]
mod options;
#[cfg(feature = "project")]
pub mod project;
#[cfg(feature = "compute")]
mod question;
#[cfg(feature = "widget")]
mod widget;
#[cfg(feature = "workbench")]
pub mod workbench;
