use super::{SheetError, SheetRow};

/// Reads values with semicolons, commas or tabs between them (RFC 4180), in UTF-8 or, as older Excel writes, Windows-1252.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<SheetRow>, SheetError> {
    let text = decode(bytes);
    if text.contains('\0') {
        return Err(SheetError::NotASheet);
    }
    let separator = separator(text.lines().next().unwrap_or_default());
    let (mut rows, mut cells, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut number, mut line, mut quoted) = (1, 1, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\n' if !quoted => {
                cells.push(std::mem::take(&mut cell));
                rows.push(row(number, &mut cells));
                line += 1;
                number = line;
            }
            '\n' => {
                line += 1;
                cell.push(' ');
            }
            '\r' => {}
            other if other == separator && !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    if quoted {
        return Err(SheetError::NotASheet);
    }
    if !cell.is_empty() || !cells.is_empty() {
        cells.push(cell);
        rows.push(row(number, &mut cells));
    }
    Ok(rows)
}

fn row(number: u32, cells: &mut Vec<String>) -> SheetRow {
    let cells = std::mem::take(cells).into_iter().map(|cell| plain(cell.trim())).collect();
    SheetRow { number, cells }
}

/// The sign that splits the heading into most parts.
fn separator(heading: &str) -> char {
    let count = |sign: char| heading.matches(sign).count();
    [';', '\t', ','].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(';')
}

fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Swedish letters are the same in Latin-1 and Windows-1252; only typographic signs differ.
        Err(_) => bytes
            .iter()
            .map(|byte| if (0x80..0xA0).contains(byte) { ' ' } else { char::from(*byte) })
            .collect(),
    }
}

const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// Without the apostrophe that [`write`] puts before what a spreadsheet program would run.
fn plain(cell: &str) -> String {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell).to_owned()
}

/// Writes with semicolons and a byte order mark, as Excel opens it in Sweden. A cell that a program would run as a formula
/// gets an apostrophe before it.
pub(super) fn write(rows: &[Vec<String>]) -> Vec<u8> {
    let mut text = String::from("\u{FEFF}");
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(';');
            }
            let safe = if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.clone() };
            if safe.contains([';', '"', '\n', '\r']) {
                text.push('"');
                text.push_str(&safe.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(&safe);
            }
        }
        text.push_str("\r\n");
    }
    text.into_bytes()
}
