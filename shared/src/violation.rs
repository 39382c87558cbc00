//! What is wrong with an input, as data. Owns the list of codes; the sentences stand in the translation files.
//!
//! Called by every rule in this crate and shown by both programs. Must not hold the value that was wrong: a violation
//! travels in responses and logs, and the value may be personal data.

use serde::{Deserialize, Serialize};

/// Why a value was refused. The translation key of a code is `violation.` and its name in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A value is needed here and none was given.
    Required,
    /// The value is longer than `max` characters.
    TooLong,
    /// Fewer rows or choices than `least`.
    TooFew,
    /// More rows or choices than `most`.
    TooMany,
    /// The value is of another kind than the field.
    WrongKind,
    /// The choice is not among the options of the field.
    UnknownOption,
    /// The field is not part of this act in this version, or is hidden by its condition.
    UnknownField,
    /// Not a telephone number that can be dialled.
    NotAPhone,
    /// Not an e-mail address that mail can reach.
    NotAnEmail,
    /// Not a Swedish postal code of five digits.
    NotAPostalCode,
    /// Not a date in the calendar.
    NotADate,
    /// The date is before `earliest`.
    TooEarly,
    /// The date is after `latest`.
    TooLate,
    /// Not a time on the clock.
    NotATime,
    /// A day that a schedule begins on is a Monday.
    NotAMonday,
    /// Two times of the same day run into each other.
    Overlapping,
    /// Not a whole number.
    NotANumber,
    /// The number is below `min`.
    TooSmall,
    /// The number is above `max`.
    TooLarge,
    /// A personal number has ten or twelve digits.
    PersonalNumberLength,
    /// The date in the personal number is not in the calendar.
    PersonalNumberDate,
    /// The check digit of the personal number does not match: a digit is mistyped.
    PersonalNumberCheckDigit,
    /// The personal number is of somebody not yet born.
    PersonalNumberInFuture,
    /// Not an amount in kronor and öre.
    NotAnAmount,
    /// The numbers must add up to `total`.
    WrongTotal,
    /// A rule of the form does not hold. `rule` is its place; the form says what to do.
    RuleBroken,
    /// The same thing stands twice.
    Repeated,
    /// A file of a kind that is not taken here.
    WrongFileKind,
    /// The file is empty.
    FileEmpty,
    /// The file is larger than `max` megabytes.
    FileTooLarge,
    /// The picture has more points than can be looked through, or is small and unpacks to far more than it seems.
    FileTooManyPoints,
    /// The file cannot be read: cut off, or not what it begins as.
    FileBroken,
    /// A document that opens with a password only.
    FileLocked,
    /// A document with programs, files or commands in it.
    FileActive,
    /// A picture as HEIC, which only some devices can show.
    FileHeic,
    /// The file has not been sent to the end yet.
    FileUnsent,
    /// More files wait for an answer than one person may have.
    FilesWaiting,
    /// The file is not with the school: it was never sent to the end, or is somebody else's.
    FileMissing,
    /// Not an organisation number.
    NotAnOrganisationNumber,
    /// A school unit code has eight digits.
    NotASchoolUnitCode,
    /// Not a language code we know.
    NotALocale,
    /// Not a school year such as `2026/2027`.
    NotASchoolYear,
    /// Text holds characters that cannot be shown (control characters, direction overrides).
    UnprintableText,
    /// The known value was changed by somebody else in the meantime.
    Stale,
    /// Sources differ, and which one is right has not been said.
    Contradicted,
    /// The person may not answer this act for this child.
    NotASigner,
    /// A published form asks for it as health data, or it is safety data that must not be lost: it cannot be made less.
    KeptAsHealth,
    /// Values were given on the promise that only the giver sees them.
    PromisedToGiver,
    /// The round is not open today.
    RoundClosed,
}

impl Code {
    /// The code in kebab case, as on the wire and in the translation keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong => "too-long",
            Self::TooFew => "too-few",
            Self::TooMany => "too-many",
            Self::WrongKind => "wrong-kind",
            Self::UnknownOption => "unknown-option",
            Self::UnknownField => "unknown-field",
            Self::NotAPhone => "not-a-phone",
            Self::NotAnEmail => "not-an-email",
            Self::NotAPostalCode => "not-a-postal-code",
            Self::NotADate => "not-a-date",
            Self::TooEarly => "too-early",
            Self::TooLate => "too-late",
            Self::NotATime => "not-a-time",
            Self::NotAMonday => "not-a-monday",
            Self::Overlapping => "overlapping",
            Self::NotANumber => "not-a-number",
            Self::TooSmall => "too-small",
            Self::TooLarge => "too-large",
            Self::PersonalNumberLength => "personal-number-length",
            Self::PersonalNumberDate => "personal-number-date",
            Self::PersonalNumberCheckDigit => "personal-number-check-digit",
            Self::PersonalNumberInFuture => "personal-number-in-future",
            Self::NotAnAmount => "not-an-amount",
            Self::WrongTotal => "wrong-total",
            Self::RuleBroken => "rule-broken",
            Self::Repeated => "repeated",
            Self::WrongFileKind => "wrong-file-kind",
            Self::FileEmpty => "file-empty",
            Self::FileTooLarge => "file-too-large",
            Self::FileTooManyPoints => "file-too-many-points",
            Self::FileBroken => "file-broken",
            Self::FileLocked => "file-locked",
            Self::FileActive => "file-active",
            Self::FileHeic => "file-heic",
            Self::FileUnsent => "file-unsent",
            Self::FilesWaiting => "files-waiting",
            Self::FileMissing => "file-missing",
            Self::NotAnOrganisationNumber => "not-an-organisation-number",
            Self::NotASchoolUnitCode => "not-a-school-unit-code",
            Self::NotALocale => "not-a-locale",
            Self::NotASchoolYear => "not-a-school-year",
            Self::UnprintableText => "unprintable-text",
            Self::Stale => "stale",
            Self::Contradicted => "contradicted",
            Self::NotASigner => "not-a-signer",
            Self::KeptAsHealth => "kept-as-health",
            Self::PromisedToGiver => "promised-to-giver",
            Self::RoundClosed => "round-closed",
        }
    }
}

/// One reason why an input was refused, tied to the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Violation {
    /// Dotted path from the root of what was sent: `phone`, `contacts.2.phone`. Empty: the whole.
    pub path: String,
    /// The reason.
    pub code: Code,
    /// What the sentence needs, never the value itself: `max` → `200`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<(String, String)>,
}

impl Violation {
    /// A violation without parameters.
    pub fn new(path: impl Into<String>, code: Code) -> Self {
        Self { path: path.into(), code, params: Vec::new() }
    }

    /// Adds a parameter for the sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same violation seen from one level up.
    #[must_use]
    pub fn under(mut self, parent: &str) -> Self {
        self.path = if self.path.is_empty() { parent.to_owned() } else { format!("{parent}.{}", self.path) };
        self
    }
}
