//! The columns of the inventory as a spreadsheet: their headings, and how a cell is read and written.

use crate::i18n::t;
use skolstart_shared::Date;
use skolstart_shared::Locale;
use skolstart_shared::api::ImportFault;
use skolstart_shared::fact::ElementKey;
use skolstart_shared::form::FormKey;
use skolstart_shared::inventory::{Number, PaperForm, code_of};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Code,
    Name,
    Owner,
    Process,
    Purpose,
    LegalBasis,
    Recipients,
    Figure(Number),
    Estimated,
    Asks,
    ReplacedBy,
    ReplacedOn,
}

impl Column {
    /// All, in the order of a spreadsheet.
    pub(super) const ALL: [Self; 15] = [
        Self::Code,
        Self::Name,
        Self::Owner,
        Self::Process,
        Self::Purpose,
        Self::LegalBasis,
        Self::Recipients,
        Self::Figure(Number::Copies),
        Self::Figure(Number::Sheets),
        Self::Figure(Number::Fill),
        Self::Figure(Number::Handle),
        Self::Estimated,
        Self::Asks,
        Self::ReplacedBy,
        Self::ReplacedOn,
    ];

    /// The heading in this language.
    pub(super) fn heading(self, locale: Locale) -> &'static str {
        match self {
            Self::Code => t("inventory.column.code", locale),
            Self::Name => t("inventory.column.name", locale),
            Self::Owner => t("inventory.column.owner", locale),
            Self::Process => t("inventory.column.process", locale),
            Self::Purpose => t("inventory.column.purpose", locale),
            Self::LegalBasis => t("inventory.column.legal-basis", locale),
            Self::Recipients => t("inventory.column.recipients", locale),
            Self::Figure(Number::Copies) => t("inventory.column.copies", locale),
            Self::Figure(Number::Sheets) => t("inventory.column.sheets", locale),
            Self::Figure(Number::Fill) => t("inventory.column.fill", locale),
            Self::Figure(Number::Handle) => t("inventory.column.handle", locale),
            Self::Estimated => t("inventory.column.estimated", locale),
            Self::Asks => t("inventory.column.asks", locale),
            Self::ReplacedBy => t("inventory.column.replaced-by", locale),
            Self::ReplacedOn => t("inventory.column.replaced-on", locale),
        }
    }

    /// The column with this heading in any language, however it is capitalised.
    pub(super) fn of_heading(heading: &str) -> Option<Self> {
        let wanted = code_of(heading);
        let is_it =
            |column: &Self| Locale::ALL.iter().any(|locale| code_of(column.heading(*locale)) == wanted);
        Self::ALL.into_iter().find(is_it)
    }

    /// The cell of a form.
    pub(super) fn write(self, form: &PaperForm, locale: Locale) -> String {
        let figure = |figure: Option<u32>| figure.map(|figure| figure.to_string()).unwrap_or_default();
        match self {
            Self::Code => form.code.clone(),
            Self::Name => form.name.clone(),
            Self::Owner => form.owner.clone(),
            Self::Process => form.process.clone(),
            Self::Purpose => form.purpose.clone(),
            Self::LegalBasis => form.legal_basis.clone(),
            Self::Recipients => form.recipients.clone(),
            Self::Figure(number) => figure(number.of(form)),
            Self::Estimated if form.estimated => t("inventory.yes", locale).to_owned(),
            Self::Estimated => t("inventory.no", locale).to_owned(),
            Self::Asks => form.asks.iter().map(ElementKey::as_str).collect::<Vec<_>>().join(", "),
            Self::ReplacedBy => form.replaced_by.as_ref().map(|key| key.0.clone()).unwrap_or_default(),
            Self::ReplacedOn => form.replaced_on.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    /// Puts the cell into a form.
    pub(super) fn read(self, cell: &str, form: &mut PaperForm) -> Result<(), ImportFault> {
        let text = || cell.to_owned();
        let filled = Some(cell).filter(|cell| !cell.is_empty());
        match self {
            Self::Code => form.code = code_of(cell),
            Self::Name => form.name = text(),
            Self::Owner => form.owner = text(),
            Self::Process => form.process = text(),
            Self::Purpose => form.purpose = text(),
            Self::LegalBasis => form.legal_basis = text(),
            Self::Recipients => form.recipients = text(),
            Self::Figure(number) => number.put(form, filled.map(figure).transpose()?),
            Self::Estimated => form.estimated = yes_or_no(cell)?,
            Self::Asks => {
                let keys = cell.split([',', ';', ' ', '\n']).map(str::trim).filter(|key| !key.is_empty());
                form.asks = keys.map(|key| ElementKey(key.to_owned())).collect();
            }
            Self::ReplacedBy => form.replaced_by = filled.map(|key| FormKey(key.to_owned())),
            Self::ReplacedOn => {
                let day = filled.map(Date::parse_iso).transpose();
                form.replaced_on = day.map_err(|_| ImportFault::NotADate)?;
            }
        }
        Ok(())
    }

    /// The column of a path in a violation.
    pub(super) fn of_path(path: &str) -> Self {
        let figure = Number::ALL.into_iter().find(|number| number.as_str() == path).map(Self::Figure);
        figure.unwrap_or(match path {
            "code" => Self::Code,
            "owner" => Self::Owner,
            "process" => Self::Process,
            "purpose" => Self::Purpose,
            "legal-basis" => Self::LegalBasis,
            "recipients" => Self::Recipients,
            "asks" => Self::Asks,
            _ => Self::Name,
        })
    }
}

fn figure(cell: &str) -> Result<u32, ImportFault> {
    // "12 000" is how a Swede writes it, with a plain or a hard space.
    let digits: String = cell.chars().filter(|letter| !letter.is_whitespace()).collect();
    digits.parse().map_err(|_| ImportFault::NotANumber)
}

fn yes_or_no(cell: &str) -> Result<bool, ImportFault> {
    let cell = cell.to_lowercase();
    let said = |word: fn(Locale) -> &'static str| Locale::ALL.iter().any(|locale| word(*locale) == cell);
    // Beside the words that we write: a cross, and what spreadsheets make of a yes or no.
    if said(|locale| t("inventory.yes", locale)) || ["x", "true", "sant"].contains(&cell.as_str()) {
        Ok(true)
    } else if said(|locale| t("inventory.no", locale)) || ["", "false", "falskt"].contains(&cell.as_str()) {
        Ok(false)
    } else {
        Err(ImportFault::NotYesOrNo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_any_language_is_read_again() {
        for locale in Locale::ALL {
            for column in Column::ALL {
                assert_eq!(Column::of_heading(column.heading(*locale)), Some(column));
            }
            for estimated in [true, false] {
                let cell = Column::Estimated.write(&PaperForm { estimated, ..PaperForm::default() }, *locale);
                let mut read = PaperForm { estimated: !estimated, ..PaperForm::default() };
                Column::Estimated.read(&cell, &mut read).unwrap();
                assert_eq!(read.estimated, estimated, "{cell}");
            }
        }
        assert_eq!(yes_or_no("Kanske"), Err(ImportFault::NotYesOrNo));
    }
}
