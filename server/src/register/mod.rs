//! What comes from a register of persons and schools. Owns the reading of the files; called by the import. Must not
//! write to the store, and must not put a value from a record into an error.

pub mod ss12000;
