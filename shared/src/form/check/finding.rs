use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Think again; it may be meant.
    Warning,
    /// Cannot be published.
    Error,
}

/// One thing that is wrong or doubtful.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is.
    pub code: FindingCode,
    /// Where: nothing for the whole form, `act`, `act/field`, `act/field.column`.
    pub path: String,
    /// What the sentence about it needs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $key:literal $severity:ident)*) => {
        /// What can be found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum FindingCode {$(
            $(#[$doc])*
            #[serde(rename = $key)]
            $name,
        )*}

        impl FindingCode {
            /// All.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name in kebab case, as in the translation keys: `check.CODE`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),* }
            }
        }
    };
}

codes! {
    /// Two acts, fields, columns or options have the same key.
    DuplicateKey "duplicate-key" Error
    /// A condition, rule, calculation or signers rule names a field that is not there.
    UnknownField "unknown-field" Error
    /// The answer that a condition asks for cannot be given.
    UnknownAnswer "unknown-answer" Error
    /// Nobody will ever see the field.
    Unreachable "unreachable" Error
    /// The act comes after one that is not there, or after itself.
    UnknownAct "unknown-act" Error
    /// An answer calls for a form that is not published here.
    CalledUnknown "called-unknown" Error
    /// An answer calls for a form that stands in rounds: only what stands beside them can be called for.
    CalledInRounds "called-in-rounds" Error
    /// An answer calls for a form in which nothing is asked about the same person.
    CalledElsewhere "called-elsewhere" Error
    /// An answer calls for a form whose answer can lead back to this one.
    CalledInCircle "called-in-circle" Error
    /// A text lacks a language.
    MissingTranslation "missing-translation" Error
    /// The element is not in the catalogue.
    UnknownElement "unknown-element" Error
    /// The element is about somebody else than the act.
    WrongSubject "wrong-subject" Error
    /// The question takes another kind of answer than what is known of the element, which would be filled in.
    WrongElementKind "wrong-element-kind" Error
    /// A new element has no name in a language.
    ElementWithoutName "element-without-name" Error
    /// Something about a new element is not right.
    ElementUnfit "element-unfit" Error
    /// A new element about health is seen by everybody at the unit (GDPR art. 5.1 c and 25.2).
    HealthForAll "health-for-all" Warning
    /// Smallest above largest, fewest above most, or nothing to choose from.
    ImpossibleLimits "impossible-limits" Error
    /// The act asks nothing and shows nothing.
    EmptyAct "empty-act" Error
    /// A consent on another ground, or another act that rests on consent (GDPR art. 6.1 a and 7).
    ConsentBasis "consent-basis" Error
    /// A consent asks something that is not a yes or no to a purpose (GDPR art. 7.2: separate from other matters).
    ConsentMixed "consent-mixed" Error
    /// A consent must be yes to go on (GDPR art. 7.4).
    RequiredConsent "required-consent" Error
    /// A consent is filled in beforehand (GDPR recital 32).
    FilledConsent "filled-consent" Error
    /// Staff would consent for a family.
    StaffConsent "staff-consent" Error
    /// One yes covers several channels or purposes (GDPR recital 32).
    ManyPurposes "many-purposes" Warning
    /// Consent is asked for what is part of the school's task (SKR, "Samtycke eller inte?").
    OtherBasisApplies "other-basis-applies" Warning
    /// A consent does not say how long it holds and that it can be withdrawn (GDPR art. 7.3).
    ConsentWithoutEnd "consent-without-end" Warning
    /// An application that nobody decides.
    NobodyDecides "nobody-decides" Error
    /// The answers are for certain tasks, and none is chosen.
    NobodyReads "nobody-reads" Error
    /// A decision about what is no application.
    DecisionWithoutApplication "decision-without-application" Error
    /// The answer is asked anew although the catalogue has an element for it.
    ElementExists "element-exists" Warning
    /// The register already knows it.
    RegisterKnows "register-knows" Warning
    /// Health in a free text that is not sealed as health data (GDPR art. 9).
    HealthInFreeText "health-in-free-text" Warning
    /// A long text says nothing about what not to write.
    NoCaution "no-caution" Error
    /// A receipt for a device promises money (the Education Act 10:10: tools are free of charge).
    CostPromise "cost-promise" Warning
    /// Somebody must give another parent's contact data.
    OtherParent "other-parent" Warning
    /// A personal number is asked without saying why (the Data Protection Act 3:10).
    NumberWithoutReason "number-without-reason" Warning
    /// The Swedish is heavier than most people read with ease.
    HeavySwedish "heavy-swedish" Warning
    /// English sentences are long.
    LongEnglish "long-english" Warning
}

impl Finding {
    pub(super) fn new(code: FindingCode, path: impl Into<String>) -> Self {
        Self { code, path: path.into(), params: BTreeMap::new() }
    }

    pub(super) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
