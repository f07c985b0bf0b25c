//! Sample cubes, and what must hold of every output: no leaks, no unescaped text, nothing left out.

mod outputs;
mod sample;
mod work;
