//! What follows when an application is decided. Part of a form definition; the decisions themselves are the server's.

use super::condition::Condition;
use super::field::{Field, FieldKey};
use super::texts::Texts;
use crate::access::Function;
use crate::fact::{ElementKey, Value};
use serde::{Deserialize, Serialize};

/// The name under which conditions of the handler's fields see what is decided.
pub const OUTCOME: &str = "outcome";

/// How an application is handled (FL 2017:900).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DecisionRule {
    /// Who decides: the first whose condition holds. Conditions see the answers and the handler's fields.
    pub deciders: Vec<Decider>,
    /// Who gives an opinion before somebody else decides. `None`: nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Function>,
    /// What can be decided.
    pub outcomes: Vec<DecisionOutcome>,
    /// What the handler fills in: days granted earlier, place and time of teaching.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// The law that decides, named.
    pub law: Texts,
    /// How the decision is appealed. `None`: it cannot be appealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<Texts>,
    /// What becomes a fact when it is granted. Of several for the same element the first that has a value stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
    /// Fields of the handler that start from what has been granted before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carries: Vec<Carry>,
    /// Fields of the handler that the applicant is told of in the letter, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<FieldKey>,
    /// In how many days the applicant can expect a decision. `None`: nobody has promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
}

/// Somebody who decides, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Decider {
    /// Whose task it is.
    pub function: Function,
    /// When. `None`: always.
    #[serde(default, rename = "if", skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
}

/// What a decision can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DecisionOutcome {
    /// *Bifall*.
    Granted,
    /// *Delvis bifall*.
    Partly,
    /// *Avslag*. Needs reasons (FL 32 §).
    Refused,
    /// Kept until there is a place or a teacher: neither yes nor no.
    Waiting,
}

/// A number that adds up what was granted before: days of leave already granted this school year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Carry {
    /// The handler's field that gets the sum. The handler may correct it.
    pub field: FieldKey,
    /// What is added up of each earlier application that was granted, in whole or partly: the first of these that has a
    /// number, among its answers and the handler's fields.
    pub sum: Vec<FieldKey>,
    /// Of which earlier decisions.
    pub within: Period,
}

/// How far back earlier decisions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// Those of the same school year.
    SchoolYear,
    /// All.
    Ever,
}

/// What a granted application makes known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Grant {
    /// The element that gets a value.
    pub element: ElementKey,
    /// From this answer or field of the handler.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<FieldKey>,
    /// Or this value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

impl DecisionOutcome {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Granted, Self::Partly, Self::Refused, Self::Waiting];

    /// The name in kebab case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Partly => "partly",
            Self::Refused => "refused",
            Self::Waiting => "waiting",
        }
    }

    /// The outcome with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }

    /// True when reasons must be given: the applicant does not get all she asked for (FL 32 §).
    pub fn needs_reasons(self) -> bool {
        self != Self::Granted
    }
}

impl DecisionRule {
    pub(super) fn each_text(&mut self, visit: &mut dyn FnMut(&mut Texts)) {
        visit(&mut self.law);
        if let Some(appeal) = &mut self.appeal {
            visit(appeal);
        }
        self.fields.iter_mut().for_each(|field| field.each_text(visit));
    }
}
