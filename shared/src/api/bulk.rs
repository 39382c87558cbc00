use super::endpoint::{Nothing, PathArgs, endpoints};
use super::inventory::{FileOut, SheetKind};
use crate::date::{Date, Timestamp};
use crate::form::{ActKey, FormKey};
use crate::id::{ChangeId, GroupId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// Lists that the caller has asked for, those that wait for her as the second person, and alarms that are hers to look at.
    GetBulk = Get "/api/staff/exports" ExportLists (()) Nothing => BulkOut;
    /// Asks for a list, or says yes or no as the second person. The same again changes nothing.
    PutExport = Put "/api/staff/exports/{id}" ExportLists (ChangeId) ExportStep => ExportState;
    /// Yes or no for each child of a group, as a file for whoever takes or publishes pictures. Never with protected children. Each row
    /// says when and by whom it was taken out.
    ExportPictureConsents = Get "/api/staff/exports/{id}/{kind}" ExportLists (ExportFile) Nothing => FileOut;
    /// Says that an alarm has been looked at, or that the person may go on today.
    PutAlarm = Put "/api/staff/alarms/{id}" HandleAlarms (ChangeId) AlarmStep => Nothing;
}

/// A list that was asked for, as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct ExportFile {
    /// The list.
    pub id: ChangeId,
    /// What kind of file.
    pub kind: SheetKind,
}

impl PathArgs for ExportFile {
    fn parts(&self) -> Vec<String> {
        vec![self.id.to_string(), self.kind.as_str().to_owned()]
    }
}

/// One act of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PictureList {
    /// The group.
    pub group: GroupId,
    /// The form.
    pub form: FormKey,
    /// The act.
    pub act: ActKey,
}

/// Something that is done with a list that leaves the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ExportStep {
    /// It is asked for.
    Ask {
        /// Which.
        list: PictureList,
        /// What for.
        reason: String,
    },
    /// A second person says yes.
    Approve,
    /// A second person says no.
    Refuse,
}

/// How a list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ExportState {
    /// It can be fetched, for a day.
    Ready,
    /// It waits for a second person, for a week.
    Waiting,
    /// A second person said no.
    Refused,
    /// It can be fetched no longer, or nobody decided in time.
    Over,
}

/// A list that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExportLine {
    /// Its id.
    pub id: ChangeId,
    /// True for the caller's own.
    pub mine: bool,
    /// Who asked.
    pub by: String,
    /// The unit and the group.
    pub place: String,
    /// What is listed.
    pub title: String,
    /// How many children were in it when it was asked for.
    pub children: u32,
    /// What for.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// How it stands.
    pub state: ExportState,
}

/// Why there is an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AlarmKind {
    /// More children's pages were opened than is usual in a day.
    Opened,
    /// More children's pages were asked for than one person opens in a day: they were not shown.
    Stopped,
    /// More children were to be taken out in lists than one person takes out alone.
    Exported,
    /// More children were to be taken out in lists than one person takes out in a day at all: they were not.
    Refused,
}

/// An alarm about one person and day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlarmLine {
    /// Its id.
    pub id: ChangeId,
    /// Why.
    pub kind: AlarmKind,
    /// True when it is about the caller: somebody else looks at it.
    pub mine: bool,
    /// About whom.
    pub name: String,
    /// The day.
    pub day: Date,
    /// How many children.
    pub count: u32,
    /// When it was raised.
    pub at: Timestamp,
    /// Who has looked at it. Empty: nobody.
    pub seen_by: String,
    /// True when the person may go on.
    pub lifted: bool,
}

/// What is done about an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AlarmStep {
    /// It was looked at.
    Seen,
    /// It was looked at, and the person may go on today.
    Lift,
}

/// Lists and alarms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BulkOut {
    /// Own lists of the last days, and those of others that wait for the caller.
    pub exports: Vec<ExportLine>,
    /// Alarms of the last weeks, newest first. Only for whoever leads.
    pub alarms: Vec<AlarmLine>,
    /// True when alarms are the caller's to look at.
    pub leads: bool,
    /// Today, as the server sees it.
    pub today: Date,
    /// Children's pages that one person opens in a day.
    pub most_opened: u32,
    /// Children whom one person takes out in lists in a day without a second person.
    pub most_alone: u32,
    /// Children whom one person takes out in lists in a day at all.
    pub most_exported: u32,
}
