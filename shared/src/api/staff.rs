use super::changes::{ExemptOut, LateRound, ReturnedOut, StaffVersion};
use super::consent_answers::AnswerableOut;
use super::endpoint::{Nothing, endpoints};
use super::municipality::Numbers;
use crate::consent::Standing;
use crate::date::{Date, Timestamp};
use crate::fact::{Freshness, Source, Value};
use crate::form::{ActKey, ActKind, FieldKey, FieldKind, FormKey};
use crate::id::{GroupId, PersonId, RoundId, UnitId};
use crate::people::RelationKind;
use crate::round::TaskStatus;
use crate::school::GroupKind;
use serde::{Deserialize, Serialize};

endpoints! {
    /// The caller's units and their groups, with how far each act has come.
    GetUnits = Get "/api/staff/units" ReadUnits (()) Nothing => UnitsOut;
    /// A group's children and how far each act has come, if anything has changed since that revision. 0: always.
    GetGroup = Get "/api/staff/groups/{group}/changes/{revision}" ReadGroup ((GroupId, i64)) Nothing => GroupOut;
    /// What is known about one child, with where each fact comes from.
    GetChildPage = Get "/api/staff/children/{child}" ReadChild (PersonId) Nothing => StaffChildOut;
}

/// An act, as a column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActColumn {
    /// The form.
    pub form: FormKey,
    /// The act.
    pub act: ActKey,
    /// Its heading, in the language of the request.
    pub title: String,
    /// What it is in law.
    pub kind: ActKind,
}

/// How many children have a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatusCount {
    /// The status.
    pub status: TaskStatus,
    /// How many.
    pub children: u32,
}

/// Units and groups with figures. Children with protected identity are not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitsOut {
    /// What the round is called, if there is one.
    pub round: Option<String>,
    /// The acts, in order.
    pub columns: Vec<ActColumn>,
    /// The units.
    pub units: Vec<StaffUnit>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffUnit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// Its classes and departments, in the order of lists.
    pub groups: Vec<GroupFigures>,
    /// How much was known, and what was saved.
    #[serde(default)]
    pub numbers: Numbers,
    /// True when the caller decides who stands in for whom there.
    #[serde(default)]
    pub gives_groups: bool,
}

/// A group with figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupFigures {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: GroupKind,
    /// True when the caller has an assignment in it, such as mentor.
    pub mine: bool,
    /// How many children.
    pub children: u32,
    /// How many children have every act done.
    pub finished: u32,
    /// Per act, in the order of the columns.
    pub acts: Vec<Vec<StatusCount>>,
}

/// A group page, or nothing new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupOut {
    /// Counts up with each change of the group.
    pub revision: i64,
    /// The page. `None`: nothing has changed since the revision that was asked for.
    pub page: Option<GroupPage>,
}

/// The children of a group and how far each act has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupPage {
    /// The unit's id.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: String,
    /// The group's name.
    pub name: String,
    /// What the round is called, if there is one.
    pub round: Option<String>,
    /// The acts, in order.
    pub columns: Vec<ActColumn>,
    /// The children, by family name.
    pub rows: Vec<ChildRow>,
}

/// One child of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChildRow {
    /// The child.
    pub child: PersonId,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// True when the identity is protected; only a principal sees such a row.
    pub protected: bool,
    /// Per act, in the order of the columns. `None`: the act does not concern this child.
    pub statuses: Vec<Option<TaskStatus>>,
    /// When an answer last came.
    pub answered: Option<Timestamp>,
}

/// What staff see of one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffChildOut {
    /// The child.
    pub child: PersonId,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// What the child is really called, when the names above are an alias. Stands nowhere else than on this page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub real_name: Option<String>,
    /// Masked personal number, `20180315-****`.
    pub personal_number: Option<String>,
    /// The unit's name.
    pub unit: String,
    /// The group, to go back to.
    pub group: Option<GroupId>,
    /// The group's name.
    pub group_name: Option<String>,
    /// True when the identity is protected.
    pub protected: bool,
    /// The names of guardians from whom something about the child is kept: think before telling them anything of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept_from: Vec<String>,
    /// Whom to reach, in calling order: those who decide first, then others they have named.
    pub to_reach: Vec<PersonToReach>,
    /// What has been answered, act by act.
    pub sections: Vec<StaffSection>,
    /// What was answered in forms that are there for those who need them, whatever the round asks. Applications stand by themselves.
    #[serde(default)]
    pub beside: Vec<StaffSection>,
    /// The round that the page is about.
    #[serde(default)]
    pub round: Option<RoundId>,
    /// Why nobody has to answer anything for the child in this round.
    #[serde(default)]
    pub exempt: Option<ExemptOut>,
    /// Rounds that closed not long ago with something missing, or that the family may answer all the same. The last to close first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub late: Vec<LateRound>,
    /// Forms that an answer of the family's calls for and that nobody has answered yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub called: Vec<CalledOut>,
}

/// A form that an answer calls for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalledOut {
    /// What the form is called.
    pub title: String,
    /// Why, as the one who answers reads it.
    pub why: String,
    /// When she answered so.
    pub at: Timestamp,
    /// Who is asked. `None`: it may not be shown.
    pub by: Option<String>,
}

/// Somebody to call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonToReach {
    /// The name.
    pub name: String,
    /// What relation the person has to the child by law. `None`: named by a guardian.
    pub relation: Option<RelationKind>,
    /// What the person is to the child, as the guardian wrote it.
    pub described: Option<String>,
    /// Telephone numbers as they are dialled, E.164.
    pub phones: Vec<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// One act with what is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffSection {
    /// The act.
    pub column: ActColumn,
    /// How far it has come.
    pub status: TaskStatus,
    /// How many guardians still have to answer.
    pub others_left: u8,
    /// What is known, field by field.
    pub facts: Vec<StaffFact>,
    /// When somebody last answered. With no facts: the answer goes to somebody else's task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Timestamp>,
    /// Whose answers to an act of consent can be taken down. `None`: nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answerable: Option<AnswerableOut>,
    /// What has been asked about the answer and waits for a new one.
    #[serde(default)]
    pub returned: Option<ReturnedOut>,
    /// The questions that staff can ask about: empty when there is no answer that can be sent back.
    #[serde(default)]
    pub askable: Vec<(FieldKey, String)>,
    /// Why nobody has to answer this act for the child.
    #[serde(default)]
    pub exempt: Option<ExemptOut>,
    /// What each of them has answered, when they have answered differently to what they must agree on.
    #[serde(default)]
    pub versions: Vec<StaffVersion>,
}

/// One known value, or one standing consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffFact {
    /// The question, in the language of the request.
    pub label: String,
    /// What kind of answer it takes; says how to show the value.
    pub kind: FieldKind,
    /// The value; none for a consent.
    pub value: Option<Value>,
    /// What stands, for a consent.
    pub standing: Option<Standing>,
    /// For a consent: the names of those whose yes is missing. An empty name: somebody whose identity is protected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits_for: Vec<String>,
    /// For a consent: the limits that were set, in their own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<String>,
    /// For a consent: the first day on which what is given no longer holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Where it comes from.
    pub source: Option<Source>,
    /// Who gave it, by name.
    pub by: Option<String>,
    /// When it was last said to be right.
    pub confirmed: Option<Timestamp>,
    /// Whether it is fresh.
    pub freshness: Freshness,
}
