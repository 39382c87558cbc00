use super::changes::ReturnedOut;
use super::endpoint::{Nothing, endpoints};
use super::guardian::UnitOption;
use crate::Map;
use crate::access::Function;
use crate::application::{ApplicationState, Decided, Decision, Opinion, OwnPupilOut, PupilPart, PupilView};
use crate::date::{Date, Timestamp};
use crate::fact::Value;
use crate::form::{Act, Answers, DecisionOutcome, FieldKey, FieldKind, FormRef, Setting};
use crate::id::{ApplicationId, ChangeId, GroupId, PersonId, RoundId, SubmissionId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// The applications that the caller has a task with: all that are open, and those that were closed lately.
    GetApplications = Get "/api/staff/applications" HandleApplications (()) Nothing => Vec<ApplicationLine>;
    /// One application with its answers and what has happened with it.
    GetApplication = Get "/api/staff/children/{child}/applications/{application}" HandleApplications ((PersonId, ApplicationId)) Nothing => ApplicationOut;
    /// Asks about an application, gives an opinion or decides. The same id and content again changes nothing.
    PutApplicationStep = Put "/api/staff/children/{child}/applications/{application}/steps/{step}" HandleApplications ((PersonId, ApplicationId, ChangeId)) ApplicationStepIn => Nothing;
    /// An application of the caller's own, with the decision.
    GetOwnApplication = Get "/api/guardian/children/{child}/applications/{application}" ReadOwnSubmissions ((PersonId, ApplicationId)) Nothing => OwnApplicationOut;
    /// Takes an application back, says that the decision is read, or, by the pupil, what she thinks of it. The same id and content again changes nothing.
    PutOwnApplicationStep = Put "/api/guardian/children/{child}/applications/{application}/steps/{step}" Submit ((PersonId, ApplicationId, ChangeId)) OwnStepIn => Nothing;
}

/// An application as a line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApplicationLine {
    /// Its id.
    pub application: ApplicationId,
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
    /// The form.
    pub form: FormRef,
    /// What is applied for, in the language of the request.
    pub title: String,
    /// How it stands.
    pub state: ApplicationState,
    /// Whose turn it is, when it is the school's.
    pub waits_for: Option<Function>,
    /// True when that is the caller's task.
    pub mine: bool,
    /// When it came.
    pub opened: Timestamp,
    /// When the decision was promised.
    pub due: Option<Date>,
}

/// One application, for those who handle it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApplicationOut {
    /// As in the list.
    pub line: ApplicationLine,
    /// The act with its rule of deciding, in the language of the request.
    pub act: Act,
    /// What conditions know about the child today.
    pub setting: Setting,
    /// The round that it was answered in.
    pub round: RoundId,
    /// What each of those who apply has answered last, newest first.
    pub applied: Vec<AppliedOut>,
    /// Whether they have applied for different things.
    pub differs: bool,
    /// What has been asked and waits for a new answer.
    pub returned: Option<ReturnedOut>,
    /// What the handler's fields start from.
    pub carried: Answers,
    /// What has happened, oldest first.
    pub events: Vec<ApplicationEventOut>,
    /// Applications for the same that came before, newest first.
    pub earlier: Vec<EarlierApplication>,
    /// The tasks that the caller has with the child.
    pub tasks: Vec<Function>,
    /// How many times somebody has applied or changed it. A decision says what it has seen.
    pub seen: u32,
    /// The units that an answer can name. Empty when nothing asks for one.
    #[serde(default)]
    pub units: Vec<UnitOption>,
    /// The pupil's own part. `None`: she is too young, or of age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pupil: Option<PupilPart>,
}

/// What one of those who apply has answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AppliedOut {
    /// Who. `None`: the identity is protected.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What.
    pub answers: Answers,
}

/// Something that has happened with an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApplicationEventOut {
    /// Its id. A decision is changed by naming it.
    pub id: ChangeId,
    /// When.
    pub at: Timestamp,
    /// Who. `None`: the identity is protected.
    pub by: Option<String>,
    /// True for what the pupil did herself, signed in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_pupil: bool,
    /// What.
    pub what: ApplicationEvent,
}

/// See [`ApplicationEventOut`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ApplicationEvent {
    /// Somebody applied, or changed what she applies for, in this submission.
    Applied(SubmissionId),
    /// An opinion.
    Opinion(Opinion),
    /// What the pupil says: herself, signed in, or as staff took it down.
    Pupil(PupilView),
    /// A decision.
    Decided(Decided),
    /// It was taken back.
    Withdrawn,
    /// A newer application came in its place.
    Superseded,
    /// One who applied has read the decision.
    Read,
}

/// An earlier application for the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EarlierApplication {
    /// Its id.
    pub application: ApplicationId,
    /// When it came.
    pub opened: Timestamp,
    /// How it stands.
    pub state: ApplicationState,
}

/// What a handler does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApplicationStepIn {
    /// [`ApplicationOut::seen`]: a decision on less than has been applied for is no decision.
    pub seen: u32,
    /// What.
    pub step: ApplicationStep,
}

/// See [`ApplicationStepIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ApplicationStep {
    /// It is sent back with these questions, at least one: it needs completion.
    Ask(Map<FieldKey, String>),
    /// The questions are taken back.
    AskNoMore,
    /// An opinion.
    Opinion(Opinion),
    /// What the pupil says is taken down.
    Pupil(PupilView),
    /// A decision.
    Decide(Decision),
}

/// What somebody who has applied does, or the pupil whom it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OwnStepIn {
    /// Takes it back.
    Withdraw,
    /// Has read the decision.
    Read,
    /// The pupil says what she thinks.
    Say(PupilView),
}

/// An application in the home of one who has applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnApplicationLine {
    /// Its id.
    pub application: ApplicationId,
    /// The child.
    pub child: PersonId,
    /// What is applied for, in the language of the request.
    pub title: String,
    /// How it stands.
    pub state: ApplicationState,
    /// The submissions of hers that it holds.
    pub submissions: Vec<SubmissionId>,
    /// When something last happened.
    pub at: Timestamp,
    /// A decision that she has not read yet. For the pupil also: she has been asked, and has not said anything.
    pub unread: bool,
}

/// An application of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnApplicationOut {
    /// As in the home.
    pub line: OwnApplicationLine,
    /// When it came.
    pub opened: Timestamp,
    /// When the decision was promised, while it is not decided.
    pub due: Option<Date>,
    /// True while it can be taken back.
    pub may_withdraw: bool,
    /// The decision that stands.
    pub letter: Option<Letter>,
    /// The pupil's own part, when it is she who reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pupil: Option<OwnPupilOut>,
}

/// What somebody is told of a decision (FL 33 §): the decision, the reasons, who decided and how it is appealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Letter {
    /// What.
    pub outcome: DecisionOutcome,
    /// Why.
    pub reasons: String,
    /// When.
    pub at: Timestamp,
    /// In what task somebody decided.
    pub by: Function,
    /// True when it changes an earlier decision.
    pub changed: bool,
    /// What else belongs to it: where, when, until when.
    pub lines: Vec<LetterLine>,
    /// The law, named, in the language of the request.
    pub law: String,
    /// How it is appealed, in the language of the request. `None`: it cannot be.
    pub appeal: Option<String>,
    /// The unit or the municipality that it comes from.
    pub sender: String,
}

/// One line of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LetterLine {
    /// What it is, in the language of the request.
    pub label: String,
    /// How the value is shown.
    pub kind: FieldKind,
    /// The value.
    pub value: Value,
}
