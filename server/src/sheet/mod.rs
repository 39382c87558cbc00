//! Spreadsheets as rows of cells: CSV and xlsx, both ways.
//!
//! Called by `usecase::inventory` and `usecase::builder`. Owns what a file looks like; must not know what a cell means.

mod csv;
mod unpacked;
mod xlsx;

use skolstart_shared::api::SheetKind;
use std::collections::BTreeMap;

/// A row with the number that a spreadsheet program shows beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// From 1.
    pub number: u32,
    /// Its cells as text; days as `2026-08-17`, whole numbers without decimals.
    pub cells: Vec<String>,
}

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// It is no spreadsheet of this kind, or a broken one.
    #[error("not a spreadsheet of this kind")]
    NotASheet,
    /// It has more rows or columns than an inventory has.
    #[error("too many rows or columns")]
    TooLarge,
    /// It could not be written.
    #[error("could not be written")]
    NotWritten,
}

/// The most rows that are read.
const MOST_ROWS: usize = 5_000;
/// The most columns that are read.
const MOST_COLUMNS: usize = 100;

/// The rows of a file that hold anything.
///
/// # Errors
/// See [`SheetError`].
pub fn read(kind: SheetKind, bytes: &[u8]) -> Result<Vec<SheetRow>, SheetError> {
    let rows = match kind {
        SheetKind::Csv => csv::read(bytes)?,
        SheetKind::Xlsx => xlsx::read(bytes)?,
    };
    let rows: Vec<SheetRow> =
        rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect();
    let too_large = rows.len() > MOST_ROWS || rows.iter().any(|row| row.cells.len() > MOST_COLUMNS);
    if too_large { Err(SheetError::TooLarge) } else { Ok(rows) }
}

/// The sheets of an xlsx file by their names in lower case, each with the rows that hold anything.
///
/// # Errors
/// See [`SheetError`].
pub fn read_sheets(bytes: &[u8]) -> Result<BTreeMap<String, Vec<SheetRow>>, SheetError> {
    xlsx::read_sheets(bytes)
}

/// A file of these rows. The first one is the heading.
///
/// # Errors
/// [`SheetError::NotWritten`].
pub fn write(kind: SheetKind, name: &str, rows: &[Vec<String>]) -> Result<Vec<u8>, SheetError> {
    match kind {
        SheetKind::Csv => Ok(csv::write(rows)),
        SheetKind::Xlsx => xlsx::write(name, rows),
    }
}

#[cfg(test)]
mod tests;
