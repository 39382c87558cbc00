//! The columns of the inventory as a spreadsheet: their headings, and how a cell is read and written.

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

    /// Swedish and English heading.
    fn headings(self) -> [&'static str; 2] {
        match self {
            Self::Code => ["Beteckning", "Code"],
            Self::Name => ["Blankett", "Form"],
            Self::Owner => ["Ansvarig", "Owner"],
            Self::Process => ["Process", "Process"],
            Self::Purpose => ["Ändamål", "Purpose"],
            Self::LegalBasis => ["Rättslig grund", "Legal basis"],
            Self::Recipients => ["Mottagare", "Recipients"],
            Self::Figure(Number::Copies) => ["Exemplar per år", "Copies per year"],
            Self::Figure(Number::Sheets) => ["Blad", "Sheets"],
            Self::Figure(Number::Fill) => ["Minuter att fylla i", "Minutes to fill in"],
            Self::Figure(Number::Handle) => ["Minuter att hantera", "Minutes to handle"],
            Self::Estimated => ["Uppskattat", "Estimated"],
            Self::Asks => ["Uppgifter", "Elements"],
            Self::ReplacedBy => ["Ersatt av", "Replaced by"],
            Self::ReplacedOn => ["Ersatt den", "Replaced on"],
        }
    }

    /// The heading in this language.
    pub(super) fn heading(self, locale: Locale) -> &'static str {
        let [swedish, english] = self.headings();
        if locale == Locale::Sv { swedish } else { english }
    }

    /// The column with this heading in any language, however it is capitalised.
    pub(super) fn of_heading(heading: &str) -> Option<Self> {
        let wanted = code_of(heading);
        Self::ALL.into_iter().find(|column| column.headings().iter().any(|known| code_of(known) == wanted))
    }

    /// The cell of a form.
    pub(super) fn write(self, form: &PaperForm) -> String {
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
            Self::Estimated => if form.estimated { "ja" } else { "nej" }.to_owned(),
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
    match cell.to_lowercase().as_str() {
        "ja" | "yes" | "x" | "true" | "sant" => Ok(true),
        "nej" | "no" | "" | "false" | "falskt" => Ok(false),
        _ => Err(ImportFault::NotYesOrNo),
    }
}
