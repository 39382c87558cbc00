use crate::date::Date;
use crate::fact::ElementKey;
use crate::form::FormKey;
use crate::violation::{Code, Violation};
use serde::{Deserialize, Serialize};

/// A form of the municipality, on paper or elsewhere, as its inventory describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PaperForm {
    /// What it is found by in a spreadsheet: lower case letters, digits and hyphens. Never changes.
    pub code: String,
    /// Its title.
    pub name: String,
    /// Who is responsible for it.
    #[serde(default)]
    pub owner: String,
    /// The process it belongs to.
    #[serde(default)]
    pub process: String,
    /// What the data is for (GDPR art. 5.1 b).
    #[serde(default)]
    pub purpose: String,
    /// The law or the basis it rests on (GDPR art. 6).
    #[serde(default)]
    pub legal_basis: String,
    /// Who gets the filled-in form.
    #[serde(default)]
    pub recipients: String,
    /// Filled in so many times a year.
    #[serde(default)]
    pub copies_per_year: Option<u32>,
    /// Sheets of paper in one copy.
    #[serde(default)]
    pub sheets: Option<u32>,
    /// Minutes that one copy takes to fill in.
    #[serde(default)]
    pub minutes_fill: Option<u32>,
    /// Minutes that one copy takes to handle.
    #[serde(default)]
    pub minutes_handle: Option<u32>,
    /// True when the figures are estimated and not counted.
    #[serde(default)]
    pub estimated: bool,
    /// What it asks for. May name what the catalogue does not have.
    #[serde(default)]
    pub asks: Vec<ElementKey>,
    /// The digital form that replaces it.
    #[serde(default)]
    pub replaced_by: Option<FormKey>,
    /// Since or from when.
    #[serde(default)]
    pub replaced_on: Option<Date>,
}

/// A figure of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// [`PaperForm::copies_per_year`].
    Copies,
    /// [`PaperForm::sheets`].
    Sheets,
    /// [`PaperForm::minutes_fill`].
    Fill,
    /// [`PaperForm::minutes_handle`].
    Handle,
}

impl Number {
    /// All, in the order of a spreadsheet.
    pub const ALL: [Self; 4] = [Self::Copies, Self::Sheets, Self::Fill, Self::Handle];

    /// Its name on the wire and in violations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Copies => "copies-per-year",
            Self::Sheets => "sheets",
            Self::Fill => "minutes-fill",
            Self::Handle => "minutes-handle",
        }
    }

    /// More than this is a slip of the pen.
    pub fn most(self) -> u32 {
        match self {
            Self::Copies => 1_000_000,
            Self::Sheets => 100,
            Self::Fill | Self::Handle => 10_000,
        }
    }

    /// The figure of a form.
    pub fn of(self, form: &PaperForm) -> Option<u32> {
        match self {
            Self::Copies => form.copies_per_year,
            Self::Sheets => form.sheets,
            Self::Fill => form.minutes_fill,
            Self::Handle => form.minutes_handle,
        }
    }

    /// Puts the figure of a form.
    pub fn put(self, form: &mut PaperForm, figure: Option<u32>) {
        match self {
            Self::Copies => form.copies_per_year = figure,
            Self::Sheets => form.sheets = figure,
            Self::Fill => form.minutes_fill = figure,
            Self::Handle => form.minutes_handle = figure,
        }
    }
}

const MOST_TEXT: usize = 500;
const MOST_ELEMENTS: usize = 300;

impl PaperForm {
    /// What is wrong with it. Paths are the names of the fields as on the wire.
    pub fn check(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        if self.code.is_empty() || self.code != code_of(&self.code) {
            found.push(Violation::new("code", Code::WrongKind));
        }
        if self.name.trim().is_empty() {
            found.push(Violation::new("name", Code::Required));
        }
        for (path, text) in [
            ("name", &self.name),
            ("owner", &self.owner),
            ("process", &self.process),
            ("purpose", &self.purpose),
            ("legal-basis", &self.legal_basis),
            ("recipients", &self.recipients),
        ] {
            if text.chars().count() > MOST_TEXT {
                found.push(Violation::new(path, Code::TooLong).with("max", MOST_TEXT));
            } else if text.chars().any(|letter| letter.is_control() && letter != '\n') {
                found.push(Violation::new(path, Code::UnprintableText));
            }
        }
        for number in Number::ALL {
            if number.of(self).is_some_and(|figure| figure > number.most()) {
                found.push(Violation::new(number.as_str(), Code::TooLarge).with("max", number.most()));
            }
        }
        if self.asks.len() > MOST_ELEMENTS {
            found.push(Violation::new("asks", Code::TooMany).with("most", MOST_ELEMENTS));
        }
        if self.asks.iter().any(|key| !is_element_key(key.as_str())) {
            found.push(Violation::new("asks", Code::WrongKind));
        }
        found
    }
}

/// `child.diet-needs`: a subject, a dot and a name.
fn is_element_key(key: &str) -> bool {
    let letters = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    key.len() <= 80 && key.split_once('.').is_some_and(|(subject, name)| letters(subject) && letters(name))
}

/// The code that a name or another code amounts to: "Ansökan om ledighet" → `ansokan-om-ledighet`.
pub fn code_of(text: &str) -> String {
    let mut code = String::new();
    for letter in text.trim().chars().flat_map(char::to_lowercase) {
        let plain = match letter {
            'å' | 'ä' | 'æ' | 'á' | 'à' => 'a',
            'ö' | 'ø' | 'ó' => 'o',
            'é' | 'è' | 'ë' => 'e',
            'ü' => 'u',
            other => other,
        };
        if plain.is_ascii_alphanumeric() {
            code.push(plain);
        } else if !code.is_empty() && !code.ends_with('-') {
            code.push('-');
        }
    }
    code.truncate(60);
    code.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> PaperForm {
        PaperForm { code: "f-12".into(), name: "Ledighet".into(), ..PaperForm::default() }
    }

    #[test]
    fn a_code_is_plain_and_stays_what_it_is() {
        assert_eq!(code_of("Ansökan om ledighet (grundskola)"), "ansokan-om-ledighet-grundskola");
        assert_eq!(code_of(" F 12 "), "f-12");
        assert_eq!(code_of("–"), "");
        for text in
            ["Ärende", "a--b", "Överlåtelse av medicinering som egenvård inom förskola och skola 2026"]
        {
            assert_eq!(code_of(&code_of(text)), code_of(text));
        }
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        assert_eq!(form().check(), []);
        let wrong = PaperForm {
            name: " ".into(),
            sheets: Some(101),
            asks: vec![ElementKey("Telefon".into())],
            owner: "x".repeat(501),
            ..form()
        };
        let paths: Vec<String> = wrong.check().into_iter().map(|found| found.path).collect();
        assert_eq!(paths, ["name", "owner", "sheets", "asks"]);
        assert_eq!(PaperForm { code: "Å".into(), ..form() }.check()[0].path, "code");
    }
}
