use super::*;

fn rows(cells: &[&[&str]]) -> Vec<Vec<String>> {
    cells.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

fn cells(rows: &[SheetRow]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.cells.clone()).collect()
}

#[test]
fn what_is_written_is_read_back_the_same() {
    let table = rows(&[
        &["Blankett", "Blad", "Ersatt den"],
        &["Ledighet; \"kort\"", "2", "2026-08-17"],
        &["=1+1", "", "Å"],
        &["-", "7", "-"],
    ]);
    for kind in [SheetKind::Csv, SheetKind::Xlsx] {
        let bytes = write(kind, "Blanketter", &table).unwrap();
        let read = read(kind, &bytes).unwrap();
        assert_eq!(cells(&read), table, "{kind:?}");
        assert_eq!(read.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    }
}

#[test]
fn a_formula_is_not_run_by_the_program_that_opens_the_file() {
    let csv = write(SheetKind::Csv, "x", &rows(&[&["=HYPERLINK(\"x\")"]])).unwrap();
    let text = String::from_utf8(csv).unwrap();
    assert!(text.trim_start_matches('\u{FEFF}').starts_with("\"'="), "{text}");
}

#[test]
fn numbers_rows_as_the_spreadsheet_program_does() {
    let read = read(SheetKind::Csv, "a,b\n\n\"x\ny\",1\r\nz,2".as_bytes()).unwrap();
    assert_eq!(read.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3, 5]);
    assert_eq!(cells(&read), rows(&[&["a", "b"], &["x y", "1"], &["z", "2"]]));
}

#[test]
fn reads_what_older_excel_writes() {
    assert_eq!(cells(&read(SheetKind::Csv, b"Namn;Blad\nF\xF6r\xE4lder;1").unwrap())[1][0], "Förälder");
}

#[test]
fn refuses_what_is_no_spreadsheet() {
    assert_eq!(read(SheetKind::Xlsx, b"PK\x03\x04 no"), Err(SheetError::NotASheet));
    assert_eq!(read(SheetKind::Xlsx, b""), Err(SheetError::NotASheet));
    assert_eq!(read(SheetKind::Csv, b"a;\"b\nc"), Err(SheetError::NotASheet), "a quote that never ends");
    assert_eq!(read(SheetKind::Csv, b"\0\x01\x02"), Err(SheetError::NotASheet));
    let long = "a\n".repeat(MOST_ROWS + 1);
    assert_eq!(read(SheetKind::Csv, long.as_bytes()), Err(SheetError::TooLarge));
}
