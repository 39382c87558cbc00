use super::applications::OwnApplicationLine;
use super::changes::ReturnedOut;
use super::consent_answers::{AnswerWay, TakenDownOut};
use super::endpoint::{Nothing, endpoints};
use crate::Map;
use crate::consent::{ConsentChoice, Standing, WaitsFor};
use crate::date::{Date, Timestamp};
use crate::fact::{Provenance, Value};
use crate::form::{
    ActKey, DecisionOutcome, FieldKey, FormDefinition, FormKey, FormRef, Known, Progress, Setting,
};
use crate::id::{PersonId, RoundId, UnitId};
use crate::round::{MyPart, TaskStatus};
use crate::school::SchoolForm;
use serde::{Deserialize, Serialize};

endpoints! {
    /// Everything the guardian program needs, in one answer: children, tasks, forms and what is known.
    GetHome = Get "/api/guardian/home" ReadHome (()) Nothing => HomeOut;
    /// A form that is there for those who need it, with what is known for the guardian and her children.
    GetOffer = Get "/api/guardian/forms/{form}" ReadHome (FormKey) Nothing => OfferedOut;
    /// What has been answered for a child, by whom and when, newest first.
    ChildHistory = Get "/api/guardian/children/{child}/history" ReadOwnSubmissions (PersonId) Nothing => Vec<HistoryEntry>;
}

/// What the program of a guardian, or of a pupil about herself, starts from. Texts are in the language of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HomeOut {
    /// The guardian.
    pub me: Me,
    /// The round, if there is one.
    pub round: Option<RoundOut>,
    /// The forms of the round, in order.
    pub forms: Vec<FormDefinition>,
    /// The children she decides for today.
    pub children: Vec<ChildOut>,
    /// The tasks, in order: her own first, then each child's in the order of the forms.
    pub tasks: Vec<TaskOut>,
    /// The units that an answer can name. Empty when no form asks for one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitOption>,
    /// Forms that somebody in the family has answered beside the round: their tasks stand among the others.
    #[serde(default)]
    pub begun: Vec<FormDefinition>,
    /// What she may answer when she needs to. The forms themselves come when they are opened.
    #[serde(default)]
    pub offers: Vec<OfferOut>,
    /// True when she signed in with a code from school: then this is what she can answer, and no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_code: bool,
    /// True for a pupil: then the only child is she herself, and this is what concerns her.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_pupil: bool,
    /// What she has applied for, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applications: Vec<OwnApplicationLine>,
    /// Answers of hers that the school took down, until she has read of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_down: Vec<TakenDownOut>,
    /// True when the school keeps something that she has begun and not sent: `GetOwnDraft` gives it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_draft: bool,
}

/// A unit that an answer can name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitOption {
    /// Its id; the answer.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// What it offers.
    pub school_forms: Vec<SchoolForm>,
}

/// A form that nobody has to answer, for one child or the guardian herself; or an act that was answered before and is not asked
/// now, which is there to be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfferOut {
    /// The form.
    pub form: FormKey,
    /// The act to begin with.
    pub act: ActKey,
    /// The child. `None`: about the guardian herself.
    pub child: Option<PersonId>,
    /// What it is called.
    pub title: String,
    /// True when it was answered before, and is there to be changed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub answered: bool,
}

/// An offered form, opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfferedOut {
    /// The form.
    pub form: FormDefinition,
    /// Its tasks.
    pub tasks: Vec<TaskOut>,
    /// The units that an answer can name. Empty when the form asks for none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitOption>,
}

/// The guardian herself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {
    /// Her id.
    pub person: PersonId,
    /// Her name.
    pub name: String,
}

/// The round, as far as a guardian needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundOut {
    /// Its id.
    pub id: RoundId,
    /// What it is called.
    pub title: String,
    /// Last day that answers are asked for.
    pub closes: Date,
    /// True from the first day to the last.
    pub open: bool,
}

/// A child of the guardian.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChildOut {
    /// The child's id.
    pub person: PersonId,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Name of the unit.
    pub unit: Option<String>,
    /// Name of the class or department.
    pub group: Option<String>,
    /// What conditions know about the child.
    pub setting: Setting,
    /// How many others decide for the child. Not who: that can be secret.
    pub other_guardians: u8,
    /// True when the child's identity is protected: nothing is kept on the device, and pictures are never published.
    pub protected: bool,
}

/// One act to be answered for one child, or by the guardian about herself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskOut {
    /// The form.
    pub form: FormRef,
    /// The act.
    pub act: ActKey,
    /// The child. `None`: about the guardian herself.
    pub child: Option<PersonId>,
    /// How far the act has come with everybody's answers.
    pub status: TaskStatus,
    /// What is left for her.
    pub mine: MyPart,
    /// How many other guardians still have to answer.
    pub others_left: u8,
    /// When she last answered.
    pub answered: Option<Timestamp>,
    /// What is known beforehand. Empty for consents.
    pub known: Map<FieldKey, Known>,
    /// How many questions are known and how many are new, when the task is to do.
    pub progress: Progress,
    /// For an act of consent: what she has decided and what stands.
    pub purposes: Map<FieldKey, PurposeState>,
    /// What the school asks about her answer, while it waits for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<ReturnedOut>,
    /// When something changed that everybody must answer to, after she had answered: why she is asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewed: Option<Timestamp>,
    /// What she may take as her answer with one tap, though nobody has said that it is one: her own address, where a child may
    /// live too.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub offered: Map<FieldKey, Value>,
    /// Why she is asked it though nobody has to answer it otherwise: what the form says that her own answer called for it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
}

/// A consent purpose, as one guardian sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PurposeState {
    /// What she decided last.
    pub mine: Option<MyDecision>,
    /// What stands with everybody's decisions.
    pub standing: Standing,
    /// Who still has to answer, without saying who.
    #[serde(default)]
    pub waits_for: WaitsFor,
    /// The first day on which what is given no longer holds, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A decision of the guardian herself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyDecision {
    /// What.
    pub choice: ConsentChoice,
    /// When.
    pub at: Timestamp,
    /// What names it, to send as the base of her next yes: one who did not know of her newest no has not changed it.
    #[serde(default)]
    pub version: u32,
}

/// Who did something, seen by the reader and without names.
pub type Part = Provenance;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HistoryChange {
    /// A value was given that was not there before or was another.
    Given(Option<Value>),
    /// A known value was said to be right.
    Confirmed,
    /// A decision about a consent.
    Decided(ConsentChoice),
    /// The school took down what somebody answered in another way, on that day. Where the evidence is, is for staff.
    TakenDown(AnswerWay, Date, Option<String>),
    /// The school asked about the answer.
    Asked(String),
    /// The school took its question back.
    AskedNoMore,
    /// The school said that nobody has to answer, for this reason. The reason is for staff: guardians get none.
    Exempted(Option<String>),
    /// The school asks after all.
    ExemptedNoMore,
    /// An application was decided.
    Resolved(DecisionOutcome),
    /// The school let the family answer until this day, after the round's last. For staff: guardians see the day where they answer.
    LetIn(Date),
    /// The last day of the round is the family's too.
    LetInNoMore,
}

/// One line of a child's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// The form.
    pub form: FormRef,
    /// The act.
    pub act: ActKey,
    /// The field.
    pub field: FieldKey,
    /// What happened. The value is there only when the reader may see it.
    pub change: HistoryChange,
    /// Who.
    pub by: Part,
    /// The text of the field as it was read then, in the language of the request.
    pub label: String,
}
