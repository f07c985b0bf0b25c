//! The statistics core in a page or under Node.
