use skolstart_shared::access::Action;

/// An action as a type, so that a grant for one cannot be used for another.
pub trait ActionKind: Send + Sync + 'static {
    /// The action.
    const ACTION: Action;
    /// The name in the audit trail.
    const NAME: &'static str;
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl ActionKind for $name {
            const ACTION: Action = Action::$name;
            const NAME: &'static str = $word;
        }
    )*

    /// The name of an action in the audit trail.
    pub(crate) fn name_of(action: Action) -> &'static str {
        match action {
            $(Action::$name => $word,)*
            Action::Anonymous => "anonymous",
            Action::ReadProtected => "read-protected",
        }
    }};
}

actions! {
    /// See or end one's own session.
    OwnSession = "own-session"
    /// See and change the passkeys that one signs in with.
    OwnPasskeys = "own-passkeys"
    /// See one's own children, tasks and what is known.
    ReadHome = "read-home"
    /// Answer acts for a child one decides for.
    Submit = "submit"
    /// See what oneself has sent and the history of one's child.
    ReadOwnSubmissions = "read-own-submissions"
    /// See units and groups with counts.
    ReadUnits = "read-units"
    /// See the children of a group and how far they have come.
    ReadGroup = "read-group"
    /// See whose pictures may be published.
    ReadPictures = "read-pictures"
    /// See who may collect the children of a group.
    ReadCollecting = "read-collecting"
    /// See what is known about one child.
    ReadChild = "read-child"
    /// Send a file for an answer that one may give.
    SendFile = "send-file"
    /// See a file that was sent with an answer.
    ReadFile = "read-file"
    /// Send an answer back with questions, exempt a child, let its family answer after the last day, and take one of these back.
    ChangeTasks = "change-tasks"
    /// See the applications that one has a task with, and give an opinion or decide.
    HandleApplications = "handle-applications"
    /// Answer the acts about a child that staff answer and one has the task of.
    AnswerForSchool = "answer-for-school"
    /// See what answers have set in motion and one has the task of, and say that it is done.
    HandleTodos = "handle-todos"
    /// Take down what somebody answered about a child's consents on paper or in words.
    RecordConsent = "record-consent"
    /// Give a guardian without an e-identification a code to sign in with, and withdraw it.
    GiveCodes = "give-codes"
    /// See who eats something else at a unit, where the kitchen is one's task.
    ReadKitchen = "read-kitchen"
    /// See by name who has seen a child.
    ReadReaders = "read-readers"
    /// Ask for lists that leave the house, and fetch one's own.
    ExportLists = "export-lists"
    /// See alarms about much that was read or taken out, and say yes to another's large list.
    HandleAlarms = "handle-alarms"
    /// Mark somebody as protected, name who handles a protected child, say why its page is opened.
    Protect = "protect"
    /// Keep something about a child from one of its guardians, and end that.
    Withhold = "withhold"
    /// See figures of the whole municipality, without persons.
    ReadMunicipality = "read-municipality"
    /// Give the roles that no duty gives, and end them.
    GiveMandates = "give-mandates"
    /// Let somebody stand in for a colleague in a group, and end that.
    GiveGroups = "give-groups"
    /// See who has seen and changed how much, without a word about whom.
    ReadTrail = "read-trail"
    /// See what is erased when its time is over, and what is held.
    ReadRetention = "read-retention"
    /// Hold a child or a round so that nothing of it is erased, and lift that.
    HoldRecords = "hold-records"
    /// See the element catalogue and the inventory of forms.
    ReadInventory = "read-inventory"
    /// Change the element catalogue and the inventory of forms.
    EditInventory = "edit-inventory"
    /// See published forms in all versions, drafts and rounds.
    ReadForms = "read-forms"
    /// Write drafts of forms.
    EditForms = "edit-forms"
    /// Ask for a draft to be published, approve what another has asked for, or send it back.
    PublishForm = "publish-form"
    /// Start a round, move it to a new version of a form, and move its last day.
    RunRounds = "run-rounds"
}
