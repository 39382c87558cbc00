use super::endpoint::{Nothing, PathArgs, endpoints};
use crate::date::Timestamp;
use crate::fact::{Element, ElementKey};
use crate::form::{FormKey, FormRef};
use crate::inventory::PaperForm;
use serde::{Deserialize, Serialize};

endpoints! {
    /// The element catalogue, with what uses each element.
    GetCatalogue = Get "/api/municipality/elements" ReadInventory (()) Nothing => CatalogueOut;
    /// Changes an element. The same change again changes nothing; 412 when somebody else was first.
    PutElement = Put "/api/municipality/elements/{element}" EditInventory (ElementKey) ElementIn => ElementLine;
    /// How an element has been described over time, newest first.
    GetElementHistory = Get "/api/municipality/elements/{element}/history" ReadInventory (ElementKey) Nothing => Vec<ElementVersion>;
    /// The municipality's forms, on paper and digital, with what they ask for.
    GetInventory = Get "/api/municipality/forms" ReadInventory (()) Nothing => InventoryOut;
    /// Describes a form of the inventory. The same again changes nothing; 412 when somebody else was first.
    PutPaperForm = Put "/api/municipality/forms/{code}" EditInventory (FormCode) PaperFormIn => PaperFormLine;
    /// Reads a spreadsheet and says what taking it in would change. Changes nothing.
    CheckInventoryFile = Put "/api/municipality/forms-file/check" EditInventory (()) InventoryFileIn => ImportOut;
    /// Takes in the rows of a spreadsheet that can be read. The same file again changes nothing.
    ImportInventory = Put "/api/municipality/forms-file" EditInventory (()) InventoryFileIn => ImportOut;
    /// The inventory as a spreadsheet that can be taken in again.
    ExportInventory = Get "/api/municipality/forms-file/{kind}" ReadInventory (SheetKind) Nothing => FileOut;
}

/// The code of a form of the inventory, in an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct FormCode(pub String);

impl PathArgs for FormCode {
    fn parts(&self) -> Vec<String> {
        vec![self.0.clone()]
    }
}

impl PathArgs for ElementKey {
    fn parts(&self) -> Vec<String> {
        vec![self.0.clone()]
    }
}

impl PathArgs for SheetKind {
    fn parts(&self) -> Vec<String> {
        vec![self.as_str().to_owned()]
    }
}

/// What a spreadsheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SheetKind {
    /// Values with semicolons, commas or tabs between them.
    Csv,
    /// Office Open XML, as of Excel and LibreOffice.
    Xlsx,
}

impl SheetKind {
    /// Its name on the wire, which is also the ending of its file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// The element catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CatalogueOut {
    /// The elements, by key.
    pub elements: Vec<ElementLine>,
    /// The retention classes that elements and parts of forms can have, by title.
    pub retentions: Vec<RetentionOption>,
}

/// A retention class to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RetentionOption {
    /// Its name in definitions.
    pub class: String,
    /// What it is called, in the language of the request.
    pub title: String,
}

/// An element with what uses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ElementLine {
    /// The element, with its texts in every language.
    pub element: Element,
    /// What it is called, in the language of the request.
    pub name: String,
    /// Counts up with each change; what an edit was made upon.
    pub version: u32,
    /// Where published forms ask for it, in their newest versions.
    pub fields: Vec<ElementUse>,
    /// The paper forms of the inventory that ask for it.
    pub paper: Vec<PaperUse>,
    /// True when the calling order of a child's page shows it.
    pub calling: bool,
}

/// A field of a published form that asks for an element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ElementUse {
    /// The form.
    pub form: FormRef,
    /// Its title.
    pub title: String,
    /// The heading of the act.
    pub act: String,
    /// The question.
    pub field: String,
}

/// A paper form that asks for an element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaperUse {
    /// Its code.
    pub code: String,
    /// Its title.
    pub name: String,
}

/// An element as it is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ElementIn {
    /// The version that was seen.
    pub base: u32,
    /// The element.
    pub element: Element,
}

/// Who changed something, without a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChangedBy {
    /// It came with the program.
    Program,
    /// The reader.
    You,
    /// Another administrator; the audit log says who.
    Other,
}

/// An element as it was described at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ElementVersion {
    /// Its version.
    pub version: u32,
    /// Since when.
    pub at: Timestamp,
    /// Who described it so.
    pub by: ChangedBy,
    /// The element.
    pub element: Element,
}

/// The inventory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InventoryOut {
    /// The forms of the inventory, by title.
    pub forms: Vec<PaperFormLine>,
    /// The forms that are published here, in their newest versions.
    pub digital: Vec<DigitalForm>,
    /// What elements are called, in the language of the request.
    pub elements: Vec<ElementName>,
}

/// A form of the inventory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaperFormLine {
    /// The form.
    pub form: PaperForm,
    /// Counts up with each change.
    pub version: u32,
    /// When it was last changed.
    pub changed: Timestamp,
}

/// A published form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DigitalForm {
    /// Its key.
    pub key: FormKey,
    /// Its title, in the language of the request.
    pub title: String,
    /// What it asks for.
    pub asks: Vec<ElementKey>,
}

/// What an element is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ElementName {
    /// The element.
    pub key: ElementKey,
    /// Its name.
    pub name: String,
}

/// A form of the inventory as it is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaperFormIn {
    /// The version that was seen; 0 for a form that is new.
    pub base: u32,
    /// The form.
    pub form: PaperForm,
}

/// A spreadsheet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InventoryFileIn {
    /// What it is.
    pub kind: SheetKind,
    /// Its bytes, in base64.
    pub content: String,
}

impl std::fmt::Debug for InventoryFileIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InventoryFileIn(…)")
    }
}

/// What a spreadsheet amounts to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportOut {
    /// The rows that can be taken in.
    pub rows: Vec<ImportRow>,
    /// The rows that cannot.
    pub rejected: Vec<RejectedRow>,
    /// Columns of the file that were not recognised.
    pub unknown_columns: Vec<String>,
}

/// A row that can be taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportRow {
    /// The number of the row, as the spreadsheet program shows it.
    pub row: u32,
    /// The form's code.
    pub code: String,
    /// The form's title.
    pub name: String,
    /// What taking it in changes.
    pub change: ImportChange,
}

/// What a row changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ImportChange {
    /// The form is new.
    New,
    /// These columns differ.
    Changed(Vec<String>),
    /// Nothing.
    Same,
}

/// A row that cannot be taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RejectedRow {
    /// The number of the row.
    pub row: u32,
    /// The column that is wrong.
    pub column: String,
    /// Why.
    pub reason: ImportFault,
}

/// Why a row cannot be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ImportFault {
    /// The form has no title.
    NoName,
    /// Not a whole number.
    NotANumber,
    /// A figure larger than any form has.
    TooLarge,
    /// Not a day as `2026-08-17`.
    NotADate,
    /// Neither yes nor no.
    NotYesOrNo,
    /// A text that is too long or cannot be shown.
    BadText,
    /// Not the key of an element.
    NotAnElement,
    /// No form with this key is published.
    UnknownForm,
    /// An earlier row is about the same form.
    Repeated,
}

/// A file to save.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileOut {
    /// What to call it.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes, in base64.
    pub content: String,
}

impl std::fmt::Debug for FileOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileOut(…)")
    }
}
