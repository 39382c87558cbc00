use super::condition::Condition;
use super::decision::DecisionRule;
use super::field::{Field, FieldKey};
use super::follow_up::{Call, FollowUp};
use super::signers::SignersRule;
use super::texts::Texts;
use crate::date::Date;
use crate::fact::{Audience, Element, Subject};
use crate::locale::Locale;
use serde::{Deserialize, Serialize};

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The key as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )*};
}

keys! {
    /// The name of a form: lower case and hyphens, the same in all versions.
    FormKey
    /// The name of an act within its form.
    ActKey
}

/// A form in one version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FormRef {
    /// Which form.
    pub key: FormKey,
    /// Which version, from 1.
    pub version: u32,
}

/// A form: one readable file, immutable once published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FormDefinition {
    /// Its name.
    pub key: FormKey,
    /// Its version, from 1.
    pub version: u32,
    /// Heading.
    pub title: Texts,
    /// What it is about, in one or two sentences.
    pub intro: Texts,
    /// What is answered, in order.
    pub acts: Vec<Act>,
    /// The elements of the municipality's own that questions name: a form that is handed over brings what it asks about.
    #[cfg_attr(feature = "staff", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(not(feature = "staff"), serde(skip))]
    pub elements: Vec<Element>,
}

/// What an act is in law; decides how it behaves and what it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ActKind {
    /// *Uppgift*: the school needs to know.
    Confirmation,
    /// *Samtycke*: never required to be yes, never pre-filled, per channel, withdrawn as easily as given (GDPR art. 7).
    Consent,
    /// *Kvittens*: has been read or received; there is no "no".
    Acknowledgement,
    /// *Ansökan*: is answered by a decision.
    Application,
    /// *Anmälan*: tells of a need that the school acts on.
    Notification,
    /// *Avtal*.
    Agreement,
    /// *Information*: nothing to answer.
    Information,
}

/// Why the school may process the answer (GDPR art. 6.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LegalBasis {
    /// Art. 6.1 a.
    Consent,
    /// Art. 6.1 b.
    Contract,
    /// Art. 6.1 c.
    LegalObligation,
    /// Art. 6.1 e, a task of public interest.
    PublicInterest,
    /// Art. 6.1 e, the exercise of official authority.
    OfficialAuthority,
}

/// One thing that somebody answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "staff", serde(deny_unknown_fields))]
pub struct Act {
    /// Its name within the form.
    pub key: ActKey,
    /// What it is in law.
    pub kind: ActKind,
    /// Whom it is about.
    pub subject: Subject,
    /// Heading.
    pub title: Texts,
    /// What staff call it, at the head of a column. `None`: the heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<Texts>,
    /// Why it is asked.
    pub purpose: Texts,
    /// Who sees the answer.
    pub readers: Texts,
    /// How long it holds, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Texts>,
    /// Why the school may process it.
    pub legal_basis: LegalBasis,
    /// The law, named.
    pub law: Texts,
    /// Who must answer.
    pub signers: SignersRule,
    /// Name of the retention class.
    pub retention: String,
    /// What is asked, in order.
    pub fields: Vec<Field>,
    /// What must hold between fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// For which children the act applies at all. `None`: for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applies_if: Option<Condition>,
    /// The act of the same form that must be complete before this one is asked: details now, signatures at hand-out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<ActKey>,
    /// When an answer ends. `None`: it holds until it is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Expiry>,
    /// Nobody has to answer: it is there for those who need it, such as an application for leave.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_demand: bool,
    /// Other words than in the version before, and the same meaning: consents that were given stand. Otherwise a changed text
    /// is asked anew.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reworded: bool,
    /// How an application is decided.
    #[cfg_attr(feature = "staff", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(not(feature = "staff"), serde(skip))]
    pub decision: Option<DecisionRule>,
    /// What an answer sets in motion.
    #[cfg_attr(feature = "staff", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(not(feature = "staff"), serde(skip))]
    pub follow_ups: Vec<FollowUp>,
    /// Which other forms an answer calls for.
    #[cfg_attr(feature = "staff", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(not(feature = "staff"), serde(skip))]
    pub calls: Vec<Call>,
    /// Which of the staff see the answers at all. For the whole unit each element still has its own readers.
    #[cfg_attr(feature = "staff", serde(default, skip_serializing_if = "Audience::is_unit"))]
    #[cfg_attr(not(feature = "staff"), serde(skip))]
    pub audience: Audience,
}

/// When an answer ends, and is asked anew where it is still needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Expiry {
    /// So many days after it was given.
    AfterDays(u16),
    /// With the school year in which it was given: on 30 June.
    SchoolYearEnd,
    /// On the day that the child comes of this age.
    AtAge(u8),
}

/// What must hold between the fields of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// At least one of these is answered.
    AtLeastOneOf(Vec<FieldKey>),
    /// The first date is not after the second.
    DateOrder(FieldKey, FieldKey),
    /// Numbers or amounts in these fields, or in a column of rows, add up to exactly this when any is answered: two
    /// shares to 100.
    Total {
        /// The fields; one field of rows when `column` is given.
        fields: Vec<FieldKey>,
        /// The column of the rows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<FieldKey>,
        /// The sum.
        total: i64,
    },
    /// No two rows have the same answer in this column: ranked wishes.
    Distinct(FieldKey, FieldKey),
    /// The condition holds; otherwise the field is wrong for the reason that is written out.
    Must {
        /// What must hold.
        holds: Condition,
        /// The field that the reason stands at.
        at: FieldKey,
        /// What to do, in words.
        says: Texts,
    },
}

impl ActKind {
    /// True for what holds until it is changed, and may be changed on any day. Not so for what is decided, agreed on or read.
    pub fn holds_until_changed(self) -> bool {
        matches!(self, Self::Confirmation | Self::Consent | Self::Notification)
    }

    /// True for what guardians must agree on: with different answers there is nothing that could be decided or held to.
    pub fn is_joint(self) -> bool {
        matches!(self, Self::Application | Self::Agreement)
    }
}

impl FormDefinition {
    /// This version, as a reference.
    pub fn reference(&self) -> FormRef {
        FormRef { key: self.key.clone(), version: self.version }
    }

    /// The act with this key.
    pub fn act(&self, key: &ActKey) -> Option<&Act> {
        self.acts.iter().find(|act| act.key == *key)
    }

    /// True when the form is there for those who need it: nothing in it must be answered by anybody of a family, and
    /// something may be.
    pub fn is_on_demand(&self) -> bool {
        let mut family = self.acts.iter().filter(|act| act.signers.staff().is_none());
        let mut offers = false;
        family.all(|act| {
            offers |= act.on_demand;
            act.on_demand
        }) && offers
    }

    /// True when who has to answer an act depends on what was answered in earlier rounds.
    pub fn looks_back(&self) -> bool {
        self.acts.iter().any(|act| matches!(act.signers, SignersRule::AllThenAny(_)))
    }

    /// The same form with texts in one language, for whoever answers or reads it: how the catalogue describes what is asked is not
    /// part of that.
    #[must_use]
    pub fn in_locale(mut self, locale: Locale) -> Self {
        self.elements.clear();
        self.title.keep(locale);
        self.intro.keep(locale);
        self.acts = self.acts.into_iter().map(|act| act.in_locale(locale)).collect();
        self
    }

    /// Calls `visit` with every text of the form; for translation checks.
    pub fn each_text(&mut self, visit: &mut dyn FnMut(&mut Texts)) {
        visit(&mut self.title);
        visit(&mut self.intro);
        for act in &mut self.acts {
            act.each_text(visit);
        }
    }
}

impl Act {
    /// True for what a family that has answered it may change whether or not it is asked.
    pub fn can_be_changed(&self) -> bool {
        self.kind.holds_until_changed() && self.signers.staff().is_none() && self.after.is_none()
    }

    /// What staff call it.
    pub fn short_title(&self, locale: Locale) -> &str {
        self.short.as_ref().unwrap_or(&self.title).get(locale)
    }

    /// The field with this key.
    pub fn field(&self, key: &FieldKey) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == *key)
    }

    /// The same act with texts in one language.
    #[must_use]
    pub fn in_locale(mut self, locale: Locale) -> Self {
        self.each_text(&mut |texts| texts.keep(locale));
        self
    }

    fn each_text(&mut self, visit: &mut dyn FnMut(&mut Texts)) {
        for texts in [&mut self.title, &mut self.purpose, &mut self.readers, &mut self.law] {
            visit(texts);
        }
        for texts in [&mut self.short, &mut self.until].into_iter().flatten() {
            visit(texts);
        }
        for field in &mut self.fields {
            field.each_text(visit);
        }
        for rule in &mut self.rules {
            if let Rule::Must { says, .. } = rule {
                visit(says);
            }
        }
        if let Some(decision) = &mut self.decision {
            decision.each_text(visit);
        }
        self.follow_ups.iter_mut().for_each(|follow_up| follow_up.each_text(visit));
        self.calls.iter_mut().for_each(|call| call.each_text(visit));
    }
}

impl Expiry {
    /// The first day on which an answer given on `given` no longer holds. `None`: not known when, because the child's
    /// date of birth is not.
    pub fn ends(self, given: Date, birth: Option<Date>) -> Option<Date> {
        match self {
            Self::AfterDays(days) => Some(given.add_days(i32::from(days) + 1)),
            Self::SchoolYearEnd => {
                let year = given.year() + i32::from(given.month() > 6);
                Date::new(year, 7, 1)
            }
            Self::AtAge(age) => birth.map(|birth| birth.add_years(i32::from(age))),
        }
    }
}
