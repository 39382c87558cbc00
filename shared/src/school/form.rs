use serde::{Deserialize, Serialize};

/// A school form or activity (SS 12000 `schoolType`, Skolverket's vocabulary *code-school-type*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum SchoolForm {
    /// *Förskola*, preschool.
    Fs,
    /// *Förskoleklass*; ends when the ten-year school comes.
    Fklass,
    /// *Grundskola*, compulsory school.
    Gr,
    /// *Anpassad grundskola* (until July 2023 *grundsärskola*, GRS).
    Gran,
    /// *Fritidshem*, school-age educare. Beside a school form, never instead of one.
    Fth,
    /// *Öppen fritidsverksamhet*.
    Oppfth,
    /// *Specialskola*.
    Sp,
    /// *Sameskola*.
    Sam,
    /// *Gymnasieskola*, upper secondary school.
    Gy,
    /// *Anpassad gymnasieskola* (until July 2023 *gymnasiesärskola*, GYS).
    Gyan,
}

const CODES: [(SchoolForm, &str); 10] = [
    (SchoolForm::Fs, "FS"),
    (SchoolForm::Fklass, "FKLASS"),
    (SchoolForm::Gr, "GR"),
    (SchoolForm::Gran, "GRAN"),
    (SchoolForm::Fth, "FTH"),
    (SchoolForm::Oppfth, "OPPFTH"),
    (SchoolForm::Sp, "SP"),
    (SchoolForm::Sam, "SAM"),
    (SchoolForm::Gy, "GY"),
    (SchoolForm::Gyan, "GYAN"),
];

impl SchoolForm {
    /// The code of the vocabulary.
    pub fn code(self) -> &'static str {
        CODES.iter().find(|(form, _)| *form == self).map_or("", |(_, code)| code)
    }

    /// The school form with this code, older codes included.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "GRS" => Some(Self::Gran),
            "GYS" => Some(Self::Gyan),
            _ => CODES.iter().find(|(_, known)| *known == code).map(|(form, _)| *form),
        }
    }

    /// True when the child has its main place here; educare stands beside a school.
    pub fn is_main(self) -> bool {
        !matches!(self, Self::Fth | Self::Oppfth)
    }
}
