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

/// A workbook of these parts beside the ones that every workbook has.
fn workbook(sheets: usize, parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    };
    let listed: String =
        (0..sheets).map(|n| format!("<sheet name=\"S{n}\" sheetId=\"{}\" r:id=\"r1\"/>", n + 1)).collect();
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let link = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    add("_rels/.rels", &link("r1", "officeDocument", "xl/workbook.xml"));
    add("xl/_rels/workbook.xml.rels", &link("r1", "worksheet", "worksheets/sheet1.xml"));
    add(
        "xl/workbook.xml",
        &format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>"),
    );
    parts.iter().for_each(|(name, text)| add(name, text));
    archive.finish().unwrap().into_inner()
}

fn sheet_of(cells: &str) -> String {
    format!("<worksheet><sheetData>{cells}</sheetData></worksheet>")
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn cells_in_opposite_corners_make_no_room_for_what_is_between() {
    let number = |at: &str| format!("<row><c r=\"{at}\"><v>7</v></c></row>");
    let two = |first: &str, last: &str| workbook(1, &[(SHEET, &sheet_of(&(number(first) + &number(last))))]);
    let corners = two("A1", "XFD1048576");
    assert!(corners.len() < 2_000);
    assert_eq!(read(SheetKind::Xlsx, &corners), Err(SheetError::TooLarge));
    assert_eq!(read_sheets(&corners), Err(SheetError::TooLarge));
    // Far down is not large: what is between is empty.
    let far = read(SheetKind::Xlsx, &two("B2", "C1048576")).unwrap();
    assert_eq!(cells(&far), rows(&[&["7", ""], &["", "7"]]));
    assert_eq!(far.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 1_048_576]);
}

#[test]
fn what_grows_when_it_is_unpacked_is_refused() {
    // A part of 30 MB in 30 kB.
    let blown = workbook(1, &[(SHEET, &sheet_of(&" ".repeat(30_000_000)))]);
    assert!(blown.len() < 100_000);
    assert_eq!(read(SheetKind::Xlsx, &blown), Err(SheetError::TooLarge));
    // One text that stands in very many cells.
    let texts = format!("<sst uniqueCount=\"1\"><si><t>{}</t></si></sst>", "x".repeat(30_000));
    let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(90));
    let parts = [(SHEET, &*sheet_of(&row.repeat(100))), ("xl/sharedStrings.xml", &*texts)];
    assert_eq!(read(SheetKind::Xlsx, &workbook(1, &parts)), Err(SheetError::TooLarge));
    let small = [(SHEET, &*sheet_of(&row)), parts[1]];
    assert_eq!(read(SheetKind::Xlsx, &workbook(1, &small)).unwrap()[0].cells.len(), 90);
    // The same page a thousand times.
    assert_eq!(read_sheets(&workbook(1_000, &small)), Err(SheetError::TooLarge));
    // More texts than there can be: room for them would be made at once.
    let texts = "<sst uniqueCount=\"99999999999\"><si><t>a</t></si></sst>";
    let parts = [(SHEET, &*sheet_of("")), ("xl/SharedStrings.xml", texts)];
    assert_eq!(read(SheetKind::Xlsx, &workbook(1, &parts)), Err(SheetError::NotASheet));
}
