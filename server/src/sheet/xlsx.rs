use super::{MOST_COLUMNS, MOST_ROWS, SheetError, SheetRow};
use calamine::{Data, Range, Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Reads the first sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<SheetRow>, SheetError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| SheetError::NotASheet)?;
    let range =
        book.worksheet_range_at(0).ok_or(SheetError::NotASheet)?.map_err(|_| SheetError::NotASheet)?;
    rows_of(&range)
}

/// Reads every sheet.
pub(super) fn read_sheets(bytes: &[u8]) -> Result<BTreeMap<String, Vec<SheetRow>>, SheetError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| SheetError::NotASheet)?;
    let mut sheets = BTreeMap::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|_| SheetError::NotASheet)?;
        let mut rows = rows_of(&range)?;
        rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        if rows.len() > MOST_ROWS || rows.iter().any(|row| row.cells.len() > MOST_COLUMNS) {
            return Err(SheetError::TooLarge);
        }
        sheets.insert(name.trim().to_lowercase(), rows);
    }
    Ok(sheets)
}

fn rows_of(range: &Range<Data>) -> Result<Vec<SheetRow>, SheetError> {
    if range.height() > MOST_ROWS * 2 {
        return Err(SheetError::TooLarge);
    }
    // The range begins at the first cell that holds anything.
    let first = range.start().map_or(0, |(row, _)| row);
    let rows = range.rows().zip(first + 1..);
    Ok(rows.map(|(row, number)| SheetRow { number, cells: row.iter().map(cell).collect() }).collect())
}

fn cell(data: &Data) -> String {
    match data {
        Data::String(text) | Data::DateTimeIso(text) => text.trim().to_owned(),
        Data::Int(number) => number.to_string(),
        // 12.0 is how a spreadsheet keeps 12; 12.5 is left as it is and refused where a whole number is asked for.
        Data::Float(number) => number.to_string(),
        Data::Bool(yes) => if *yes { "ja" } else { "nej" }.to_owned(),
        Data::DateTime(day) => {
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
