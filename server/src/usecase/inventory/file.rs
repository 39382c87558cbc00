use super::InventoryError;
use super::columns::Column;
use super::forms::{change_of, is_published, tidy};
use crate::i18n::t;
use crate::policy::{EditInventory, Grant, ReadInventory};
use crate::sheet::{self, SheetRow};
use crate::store::{Inventoried, Published, Redescribing, Store};
use crate::usecase::names::natural;
use skolstart_shared::api::{
    FileOut, ImportChange, ImportFault, ImportOut, ImportRow, InventoryFileIn, RejectedRow, SheetKind,
};
use skolstart_shared::inventory::{PaperForm, code_of};
use skolstart_shared::{Code, Locale, Violation, base64};

/// Says what taking in a file would change, and which rows cannot be read.
///
/// # Errors
/// See [`InventoryError`].
pub async fn preview(
    store: &Store,
    grant: Grant<EditInventory>,
    file: &InventoryFileIn,
    locale: Locale,
) -> Result<ImportOut, InventoryError> {
    let (_, told) = read(&store.published(), file, locale)?;
    store.note(vec![grant.audit("inventory-preview", None)]).await?;
    Ok(told)
}

/// Takes in the rows of a file that can be read, in one transaction. The same file again changes nothing.
///
/// # Errors
/// See [`InventoryError`].
pub async fn import(
    store: &Store,
    grant: Grant<EditInventory>,
    file: &InventoryFileIn,
    locale: Locale,
) -> Result<ImportOut, InventoryError> {
    let (forms, told) = read(&store.published(), file, locale)?;
    let changes = forms.iter().map(change_of).collect::<Result<Vec<_>, _>>()?;
    match store.redescribe(&grant, Inventoried::Form, changes).await? {
        Redescribing::Done => Ok(told),
        Redescribing::Stale => Err(InventoryError::Stale),
    }
}

/// The inventory as a file that can be taken in again.
///
/// # Errors
/// When it could not be written, or the export not noted.
pub async fn export(
    store: &Store,
    grant: Grant<ReadInventory>,
    kind: SheetKind,
    locale: Locale,
) -> Result<FileOut, InventoryError> {
    let published = store.published();
    let mut forms: Vec<&PaperForm> = published.paper_forms().iter().map(|form| &form.what).collect();
    forms.sort_by_key(|form| natural(&form.name));
    let heading = Column::ALL.iter().map(|column| column.heading(locale).to_owned()).collect();
    let row = |form: &&PaperForm| Column::ALL.iter().map(|column| column.write(form, locale)).collect();
    let rows: Vec<Vec<String>> = std::iter::once(heading).chain(forms.iter().map(row)).collect();
    let name = t("inventory.file", locale);
    let bytes = sheet::write(kind, name, &rows)?;
    store.note(vec![grant.audit("inventory-export", None)]).await?;
    let media_type = match kind {
        SheetKind::Csv => "text/csv",
        SheetKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    Ok(FileOut {
        name: format!("{name}.{}", kind.as_str()),
        media_type: media_type.to_owned(),
        content: base64::encode(&bytes),
    })
}

fn read(
    published: &Published,
    file: &InventoryFileIn,
    locale: Locale,
) -> Result<(Vec<PaperForm>, ImportOut), InventoryError> {
    let bytes = base64::decode(&file.content).ok_or(InventoryError::NotASheet)?;
    let rows = sheet::read(file.kind, &bytes)?;
    let (heading, rows) = rows.split_first().ok_or(InventoryError::NotASheet)?;
    let columns: Vec<Option<Column>> = heading.cells.iter().map(|cell| Column::of_heading(cell)).collect();
    if !columns.contains(&Some(Column::Name)) {
        return Err(InventoryError::NotASheet);
    }
    let unknown =
        heading.cells.iter().zip(&columns).filter(|(cell, column)| column.is_none() && !cell.is_empty());
    let mut told = ImportOut {
        unknown_columns: unknown.map(|(cell, _)| cell.clone()).collect(),
        ..ImportOut::default()
    };
    let mut forms: Vec<PaperForm> = Vec::new();
    for row in rows {
        match read_row(published, &columns, row) {
            Ok(form) if forms.iter().any(|earlier| earlier.code == form.code) => {
                told.rejected.push(rejected(row, Column::Code, ImportFault::Repeated, locale));
            }
            Ok(form) => {
                let change = change(published, &form, locale);
                told.rows.push(ImportRow {
                    row: row.number,
                    code: form.code.clone(),
                    name: form.name.clone(),
                    change,
                });
                forms.push(form);
            }
            Err((column, fault)) => told.rejected.push(rejected(row, column, fault, locale)),
        }
    }
    Ok((forms, told))
}

fn rejected(row: &SheetRow, column: Column, reason: ImportFault, locale: Locale) -> RejectedRow {
    RejectedRow { row: row.number, column: column.heading(locale).to_owned(), reason }
}

/// A row as a form. Columns that the file does not have stay as they stand.
fn read_row(
    published: &Published,
    columns: &[Option<Column>],
    row: &SheetRow,
) -> Result<PaperForm, (Column, ImportFault)> {
    let cell = |wanted: Column| {
        let at = columns.iter().position(|column| *column == Some(wanted))?;
        row.cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    };
    let name = cell(Column::Name).ok_or((Column::Name, ImportFault::NoName))?;
    let code = code_of(cell(Column::Code).unwrap_or(name));
    let stands = published.paper_forms().iter().find(|form| form.what.code == code);
    let mut form = stands.map(|form| form.what.clone()).unwrap_or_default();
    for (at, column) in columns.iter().enumerate() {
        let Some(column) = column else { continue };
        let text = row.cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
        column.read(text, &mut form).map_err(|fault| (*column, fault))?;
    }
    form.code = code;
    let form = tidy(form);
    if let Some(found) = form.check().first() {
        return Err((Column::of_path(&found.path), fault(found)));
    }
    if !is_published(published, &form) {
        return Err((Column::ReplacedBy, ImportFault::UnknownForm));
    }
    Ok(form)
}

fn fault(found: &Violation) -> ImportFault {
    match (found.path.as_str(), found.code) {
        ("asks", _) => ImportFault::NotAnElement,
        (_, Code::TooLarge) => ImportFault::TooLarge,
        ("name" | "code", Code::Required | Code::WrongKind) => ImportFault::NoName,
        _ => ImportFault::BadText,
    }
}

fn change(published: &Published, form: &PaperForm, locale: Locale) -> ImportChange {
    let Some(stands) = published.paper_forms().iter().find(|stands| stands.what.code == form.code) else {
        return ImportChange::New;
    };
    let differs = |column: &&Column| column.write(&stands.what, locale) != column.write(form, locale);
    let differ = Column::ALL.iter().filter(differs);
    let differ: Vec<String> = differ.map(|column| column.heading(locale).to_owned()).collect();
    if differ.is_empty() { ImportChange::Same } else { ImportChange::Changed(differ) }
}
