//! Code lists of official statistics that registers of work are written in: occupations, educations, industries.
//!
//! | code list | what is checked | where |
//! |---|---|---|
//! | STYRK-08, occupations | every code of four digits, against the whole list | [`occupation`] |
//! | payroll codes, based on STYRK-98 | every code of seven digits, and which occupation of STYRK-08 it is | [`payroll`] |
//! | NUS2000, educations | the form of six digits; every code, where a project names the list | [`education`] |
//! | SN2007 and SN2025, industries | the division, the first two digits, against both lists | [`industry`] |
//!
//! A code that does not exist is never read as another one: the nearest that exist are suggested. Sources and licences:
//! `README.md` beside this file.

pub mod education;
pub mod industry;
pub mod occupation;
pub mod payroll;
