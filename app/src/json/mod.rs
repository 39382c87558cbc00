//! JSON, as small as the wire types allow: a fifth of what a general parser costs in the download.
//!
//! Owns reading and writing of `skolstart_shared` types as text: structs, maps, lists, externally tagged enums, texts,
//! whole numbers. Writes byte for byte what the server's writer would: hashes are made of it (`tests` compares).
//! Called by `api`, `forms` and `i18n`. Must not: say what was wrong in a text; it may be personal data, and nobody
//! reads it.

mod fault;
mod outline;
mod read;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod text;
mod write;

pub use fault::Fault;

/// Reads a value.
///
/// # Errors
/// The text is no JSON, or not this type.
pub fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Fault> {
    T::deserialize(&mut read::Reader::new(text)?)
}

/// Writes a value, without spaces.
///
/// # Errors
/// The type holds something that no wire type holds, such as a number with a fraction.
pub fn write<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, Fault> {
    let mut writer = write::Writer::default();
    value.serialize(&mut writer)?;
    Ok(writer.done())
}
