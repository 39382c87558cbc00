use super::endpoint::{Nothing, PathArgs, endpoints};
use super::inventory::ChangedBy;
use crate::date::Timestamp;
use crate::form::builder::{ActWords, DraftState, ReviewStep};
use crate::form::check::Callable;
use crate::form::{FormDefinition, FormKey, FormRef};
use crate::id::{ChangeId, DraftId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// The forms that are published here, and the drafts.
    ListForms = Get "/api/municipality/builder" ReadForms (()) Nothing => FormsOut;
    /// A published form in one version, with its texts in every language.
    GetPublishedForm = Get "/api/municipality/builder/published/{form}/{version}" ReadForms ((FormKey, u32)) Nothing => FormDefinition;
    /// A draft, with the published version beside it.
    GetDraft = Get "/api/municipality/builder/drafts/{draft}" ReadForms (DraftId) Nothing => DraftOut;
    /// Saves a draft. The same again changes nothing; 412 when somebody else was first, 410 when it is published.
    PutDraft = Put "/api/municipality/builder/drafts/{draft}" EditForms (DraftId) DraftIn => DraftSaved;
    /// Throws a draft away, as it was seen. What is published stays. 412 when somebody else has changed it since.
    DiscardDraft = Put "/api/municipality/builder/drafts/{draft}/discard" EditForms (DraftId) DiscardIn => Nothing;
    /// Asks for a draft to be published, takes that back, sends it back or approves it. 403 when it needs somebody else than the one who asked.
    PutReview = Put "/api/municipality/builder/drafts/{draft}/reviews/{review}" PublishForm ((DraftId, ChangeId)) ReviewIn => DraftOut;
    /// Reads a form definition from a file. Changes nothing.
    ReadFormFile = Put "/api/municipality/builder/file" EditForms (()) FormFileIn => FormFileOut;
}

impl PathArgs for DraftId {
    fn parts(&self) -> Vec<String> {
        vec![self.to_string()]
    }
}

impl PathArgs for (DraftId, ChangeId) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.to_string(), self.1.to_string()]
    }
}

impl PathArgs for (FormKey, u32) {
    fn parts(&self) -> Vec<String> {
        vec![self.0.0.clone(), self.1.to_string()]
    }
}

/// What there is to build on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FormsOut {
    /// The published forms in their newest versions, by title.
    pub published: Vec<PublishedForm>,
    /// The drafts, the one that was changed last first.
    pub drafts: Vec<DraftLine>,
}

/// A published form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublishedForm {
    /// The newest version.
    pub form: FormRef,
    /// Its title, in the language of the request.
    pub title: String,
    /// How many questions it asks.
    pub questions: u32,
    /// True when it stands beside every round.
    pub on_demand: bool,
}

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftLine {
    /// Its id.
    pub id: DraftId,
    /// Of which form.
    pub key: FormKey,
    /// Its title, in the language of the request.
    pub title: String,
    /// The version it becomes.
    pub version: u32,
    /// How far it has come.
    pub state: DraftState,
    /// True when the reader asked for it to be published, so that somebody else must approve it.
    pub mine: bool,
    /// When it was changed last.
    pub changed: Timestamp,
    /// By whom.
    pub by: ChangedBy,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftOut {
    /// Its id.
    pub id: DraftId,
    /// Counts up with each change; what the next save is made upon.
    pub revision: u32,
    /// The form as it stands.
    pub form: FormDefinition,
    /// When it was changed last.
    pub changed: Timestamp,
    /// By whom.
    pub by: ChangedBy,
    /// The newest published version of the same form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<FormDefinition>,
    /// How far it has come.
    pub state: DraftState,
    /// What has been asked and answered about it, the oldest first.
    pub reviews: Vec<ReviewLine>,
    /// What a new part of each kind begins by saying.
    #[serde(default)]
    pub words: Vec<ActWords>,
    /// The published forms, which answers of this one may call for.
    #[serde(default)]
    pub callable: Vec<Callable>,
}

/// What somebody did about the publishing of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewLine {
    /// What.
    pub step: ReviewStep,
    /// Who.
    pub by: ChangedBy,
    /// When.
    pub at: Timestamp,
    /// Upon which revision.
    pub revision: u32,
}

/// A draft as it is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftIn {
    /// The revision that was seen; 0 for a new draft.
    pub base: u32,
    /// The form.
    pub form: FormDefinition,
}

/// A draft to be thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiscardIn {
    /// The revision that was seen.
    pub revision: u32,
}

/// A draft that is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftSaved {
    /// The revision it has now.
    pub revision: u32,
    /// The version it becomes when it is published.
    pub version: u32,
    /// When it was saved.
    pub at: Timestamp,
}

/// A step about the publishing of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewIn {
    /// The revision that was looked at.
    pub revision: u32,
    /// What is done.
    pub step: ReviewStep,
}

/// What a file with a form is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FormFileKind {
    /// JSON as `docs/form.schema.json` describes it.
    #[default]
    Json,
    /// XLSForm: a spreadsheet with the sheets `survey` and `choices`.
    Xlsform,
}

/// A file with a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FormFileIn {
    /// What it is.
    #[serde(default)]
    pub kind: FormFileKind,
    /// Its text; of a spreadsheet its bytes, in base64.
    pub content: String,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FormFileOut {
    /// The form, when the file is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FormDefinition>,
    /// Where it stops being one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<FileFault>,
    /// What of the file is not in the form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
}

/// Something of a file that is not in the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// The number of its row; 0 where there are no rows.
    pub row: u32,
    /// What stands there.
    pub what: String,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why something of a file is not in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutReason {
    /// No kind of question matches: a position, a barcode.
    Kind,
    /// What a survey notes by itself: when it began, on which device.
    Meta,
    /// A formula.
    Calculation,
    /// The list of options is not in the file.
    Choices,
    /// When the question is asked says more than can be chosen here. The question is asked always.
    Relevant,
    /// A rule about the answer. The question is there without it.
    Constraint,
    /// When the question has to be answered says more than can be chosen here. It may be left out.
    Required,
    /// An answer given beforehand. The question is there without it.
    Default,
    /// Which options there are follows from another answer. All are there.
    ChoiceFilter,
    /// How many rows there are follows from another answer. There are as many as are added.
    RepeatCount,
    /// A repeat that does not end. What stands in it ends with the sheet.
    Unended,
    /// A language that forms are not written in here.
    Language,
    /// How an element of the file is described. The municipality has it already and describes it otherwise, which stands.
    KnownOtherwise,
}

/// Where a file stops being a form definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileFault {
    /// The line, counted from 1.
    pub line: u32,
    /// What the reader of the file expected, in English: for whoever wrote it by hand.
    pub reason: String,
}
