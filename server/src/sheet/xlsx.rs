use super::{MOST_COLUMNS, MOST_ROWS, SheetError, SheetRow, unpacked};
use calamine::{DataRef, Reader, Xlsx, XlsxError};
use rust_xlsxwriter::{Format, Workbook};
use std::collections::BTreeMap;
use std::io::Cursor;

/// The most sheets of one file.
const MOST_SHEETS: usize = 50;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// What one file may hold, in all its sheets together. One text can stand in any number of cells.
struct Room {
    cells: usize,
    bytes: usize,
}

impl Room {
    fn new() -> Self {
        Self { cells: MOST_ROWS * MOST_COLUMNS, bytes: 16_000_000 }
    }

    fn take(&mut self, text: &str) -> Result<(), SheetError> {
        self.cells = self.cells.checked_sub(1).ok_or(SheetError::TooLarge)?;
        self.bytes = self.bytes.checked_sub(text.len()).ok_or(SheetError::TooLarge)?;
        Ok(())
    }
}

/// Reads the first sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<SheetRow>, SheetError> {
    let mut book = open(bytes)?;
    let first = book.sheet_names().into_iter().next().ok_or(SheetError::NotASheet)?;
    rows_of(&mut book, &first, &mut Room::new())
}

/// Reads every sheet.
pub(super) fn read_sheets(bytes: &[u8]) -> Result<BTreeMap<String, Vec<SheetRow>>, SheetError> {
    let mut book = open(bytes)?;
    let (names, mut room) = (book.sheet_names(), Room::new());
    if names.len() > MOST_SHEETS {
        return Err(SheetError::TooLarge);
    }
    let mut sheets = BTreeMap::new();
    for name in names {
        let rows = rows_of(&mut book, &name, &mut room)?;
        sheets.insert(name.trim().to_lowercase(), rows);
    }
    Ok(sheets)
}

fn open(bytes: &[u8]) -> Result<Book<'_>, SheetError> {
    unpacked::check(bytes)?;
    Xlsx::new(Cursor::new(bytes)).map_err(|_| SheetError::NotASheet)
}

/// The rows that hold anything, from the first column that does. Cell by cell: as a whole, calamine makes room for everything between
/// the first cell and the last, of which there may be two in opposite corners.
fn rows_of(book: &mut Book<'_>, name: &str, room: &mut Room) -> Result<Vec<SheetRow>, SheetError> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A page that is a chart has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Vec::new()),
        Err(_) => return Err(SheetError::NotASheet),
    };
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    while let Some(found) = reader.next_cell().map_err(|_| SheetError::NotASheet)? {
        let text = cell(found.get_value());
        if text.is_empty() {
            continue;
        }
        room.take(&text)?;
        let (row, column) = found.get_position();
        rows.entry(row).or_default().insert(column, text);
        if rows.len() > MOST_ROWS {
            return Err(SheetError::TooLarge);
        }
    }
    let first = rows.values().filter_map(|cells| cells.keys().next()).min().copied().unwrap_or(0);
    let last = rows.values().filter_map(|cells| cells.keys().next_back()).max().copied().unwrap_or(0);
    if (last - first) as usize >= MOST_COLUMNS {
        return Err(SheetError::TooLarge);
    }
    let row = |(row, mut cells): (u32, BTreeMap<u32, String>)| SheetRow {
        number: row.saturating_add(1),
        cells: (first..=last).map(|column| cells.remove(&column).unwrap_or_default()).collect(),
    };
    Ok(rows.into_iter().map(row).collect())
}

fn cell(data: &DataRef<'_>) -> String {
    match data {
        DataRef::String(text) | DataRef::DateTimeIso(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        // 12.0 is how a spreadsheet keeps 12; 12.5 is left as it is and refused where a whole number is asked for.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "ja" } else { "nej" }.to_owned(),
        DataRef::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        _ => String::new(),
    }
}

/// Writes one sheet with a heading that stays in view.
pub(super) fn write(name: &str, rows: &[Vec<String>]) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let written = || -> Result<(), rust_xlsxwriter::XlsxError> {
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (row, number) in rows.iter().zip(0_u32..) {
            for (cell, column) in row.iter().zip(0_u16..) {
                match cell.parse::<u32>() {
                    _ if number == 0 => drop(sheet.write_with_format(number, column, cell, &bold)?),
                    Ok(figure) => drop(sheet.write_number(number, column, figure)?),
                    // Written as text: a spreadsheet program does not run it.
                    Err(_) => drop(sheet.write_string(number, column, cell)?),
                }
            }
        }
        sheet.autofit();
        Ok(())
    };
    let mut written = written;
    written().map_err(|_| SheetError::NotWritten)?;
    book.save_to_buffer().map_err(|_| SheetError::NotWritten)
}
