//! What staff answer about a child: the school's part of a form.

use super::applications::LetterLine;
use super::endpoint::{Nothing, endpoints};
use super::guardian::UnitOption;
use crate::access::Function;
use crate::date::Timestamp;
use crate::form::{Act, Answers, FormRef, Setting};
use crate::id::{GroupId, PersonId, RoundId, SubmissionId};
use crate::round::TaskStatus;
use serde::{Deserialize, Serialize};

endpoints! {
    /// The acts about a child that staff answer and the caller has the task of, as far as it is their turn.
    GetStaffActs = Get "/api/staff/children/{child}/acts" AnswerForSchool (PersonId) Nothing => StaffActsOut;
    /// What waits for the caller to answer for the school, about all the children that are hers.
    GetStaffActList = Get "/api/staff/acts" AnswerForSchool (()) Nothing => Vec<StaffActLine>;
    /// Answers such an act. The same id and content again changes nothing.
    PutStaffAnswer = Put "/api/staff/children/{child}/answers/{answer}" AnswerForSchool ((PersonId, SubmissionId)) StaffAnswerIn => Nothing;
}

/// What staff answer about a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffActsOut {
    /// What conditions know about the child.
    pub setting: Setting,
    /// The units that an answer can name. Empty when no act asks for one.
    pub units: Vec<UnitOption>,
    /// The acts, in the order of the forms.
    pub acts: Vec<StaffActOut>,
}

/// An act that staff answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffActOut {
    /// The form in the version that is answered.
    pub form: FormRef,
    /// What the form is called, in the language of the request.
    pub title: String,
    /// The round that it is answered in.
    pub round: RoundId,
    /// The act, in the language of the request.
    pub act: Act,
    /// Whose task it is.
    pub function: Function,
    /// How far it has come.
    pub status: TaskStatus,
    /// True when nobody waits for it: it is there for those who need it.
    pub may_begin: bool,
    /// What others have answered in the form, act by act.
    pub said: Vec<StaffSaid>,
    /// What the caller starts from: what was answered last.
    pub start: Answers,
    /// True when the caller has answered.
    pub is_mine: bool,
}

/// An act that waits for staff, as a line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffActLine {
    /// The child.
    pub child: PersonId,
    /// The child's name.
    pub name: String,
    /// True when the identity is protected.
    pub protected: bool,
    /// The unit's name.
    pub unit: String,
    /// The group, and its name.
    pub group: Option<(GroupId, String)>,
    /// What the form is called, in the language of the request.
    pub form: String,
    /// The act, in the language of the request.
    pub act: String,
    /// Whose task it is.
    pub function: Function,
    /// When somebody last answered something in the form. `None`: nobody has to begin.
    pub since: Option<Timestamp>,
}

/// What somebody has answered to an act of the same form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffSaid {
    /// The act, in the language of the request.
    pub title: String,
    /// Who, by name. Empty: somebody whose identity is protected.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What, question by question.
    pub lines: Vec<LetterLine>,
}

/// An answer of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StaffAnswerIn {
    /// The form in the version that was read.
    pub form: FormRef,
    /// The act.
    pub act: crate::form::ActKey,
    /// The round.
    pub round: RoundId,
    /// The answers.
    pub answers: Answers,
}
