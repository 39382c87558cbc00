//! The API: one endpoint, one type. The server's router, the browser's client and the OpenAPI document are all built
//! from these, so no URL and no shape is written twice.
//!
//! Owns methods, paths, what goes in and what comes out, and which action an endpoint needs. Must not hold a rule.

mod applications;
mod builder;
mod bulk;
mod changes;
mod collecting;
mod consent_answers;
mod consent_lookup;
mod consents;
#[cfg(feature = "demo")]
mod demo;
mod endpoint;
mod error;
mod files;
mod guardian;
mod inventory;
mod kitchen;
mod mandates;
mod municipality;
mod own_draft;
mod passkeys;
mod protection;
mod readers;
mod retention;
mod rounds;
mod school_codes;
mod session;
mod sign_in;
mod staff;
mod staff_acts;
mod submissions;
mod substitutes;
mod todos;
mod trail;
mod withholdings;

/// Which wire a program speaks, in the header [`WIRE_HEADER`] of every request that changes something. Moves on when a shape
/// changes in a way that an older server or program cannot read.
pub const WIRE: u16 = 1;

/// See [`WIRE`].
pub const WIRE_HEADER: &str = "x-skolstart-wire";

pub use applications::{
    ApplicationEvent, ApplicationEventOut, ApplicationLine, ApplicationOut, ApplicationStep,
    ApplicationStepIn, AppliedOut, EarlierApplication, GetApplication, GetApplications, GetOwnApplication,
    Letter, LetterLine, OwnApplicationLine, OwnApplicationOut, OwnStepIn, PutApplicationStep,
    PutOwnApplicationStep,
};
pub use builder::{
    DiscardDraft, DiscardIn, DraftIn, DraftLine, DraftOut, DraftSaved, FileFault, FormFileIn, FormFileKind,
    FormFileOut, FormsOut, GetDraft, GetPublishedForm, LeftOut, LeftOutReason, ListForms, PublishedForm,
    PutDraft, PutReview, ReadFormFile, ReviewIn, ReviewLine,
};
pub use bulk::{
    AlarmKind, AlarmLine, AlarmStep, BulkOut, ExportFile, ExportLine, ExportPictureConsents, ExportState,
    ExportStep, GetBulk, PictureList, PutAlarm, PutExport,
};
pub use changes::{
    ActName, AskedThen, ExemptOut, HistoryByStaff, LateRound, LetInOut, PutTaskChange, ReturnedOut,
    StaffChildHistory, StaffVersion, TaskChange, TaskChangeIn,
};
pub use collecting::{Alone, CollectingOut, CollectingRow, Collector, GetCollecting};
pub use consent_answers::{
    AnswerWay, AnswerableOut, ConsentAnswerIn, ConsentAnswerSeenIn, PutConsentAnswer, PutConsentAnswerSeen,
    SaidConsent, TakenDownOut,
};
pub use consent_lookup::{ConsentChannel, GetPictureConsents, PictureCell, PictureConsentsOut, PictureRow};
pub use consents::{ConsentOut, ConsentRecordOut, ConsentsOut, GetConsentReceipt, GetConsents, OwnRecordOut};
#[cfg(feature = "demo")]
pub use demo::{ListPersonas, Persona, PersonaKind, SignInAsPersona};
pub use endpoint::{Described, Endpoint, Method, Nothing, PathArgs, Wire};
pub use error::{ApiError, Conflict, ErrorCode};
pub use files::{DeleteFile, FileIn, FileState, FinishFile, GetFile, MOST_PART, PutFile, PutFilePart};
pub use guardian::{
    ChildHistory, ChildOut, GetHome, HistoryChange, HistoryEntry, HomeOut, Me, MyDecision, Part,
    PurposeState, RoundOut, TaskOut, UnitOption,
};
pub use guardian::{GetOffer, OfferOut, OfferedOut};
pub use inventory::{
    CatalogueOut, ChangedBy, CheckInventoryFile, DigitalForm, ElementIn, ElementLine, ElementName,
    ElementUse, ElementVersion, ExportInventory, FileOut, FormCode, GetCatalogue, GetElementHistory,
    GetInventory, ImportChange, ImportFault, ImportInventory, ImportOut, ImportRow, InventoryFileIn,
    InventoryOut, PaperFormIn, PaperFormLine, PaperUse, PutElement, PutPaperForm, RejectedRow,
    RetentionOption, SheetKind,
};
pub use kitchen::{
    GetKitchen, GetKitchens, KitchenChange, KitchenChild, KitchenCount, KitchenDay, KitchenGroup,
    KitchenNeed, KitchenOut, KitchenUnit,
};
pub use mandates::{GetMandates, MandateKind, MandateOut, MandateStep, MandateUnit, MandatesOut, PutMandate};
pub use municipality::{
    DayOut, GetMunicipality, GetRoundFigures, MunicipalityOut, Numbers, RoundChoice, Share, UnitAnswers,
    UnitFigures,
};
pub use own_draft::{DeleteOwnDraft, GetOwnDraft, OwnDraftIn, OwnDraftOut, OwnDraftSaved, PutOwnDraft};
pub use passkeys::{
    AddPasskey, BeginPasskey, BeginPasskeySignIn, GetPasskeySignIn, GetPasskeys, NamePasskey, PasskeyAsked,
    PasskeyIn, PasskeyLine, PasskeyName, PasskeyProof, PasskeySignIn, PasskeysOut, RemovePasskey,
    SignInWithPasskey,
};
pub use protection::{
    AliasIn, AliasOut, AliasStep, FamilyMember, GetProtected, GetProtection, NamedPerson, Opening,
    ProtectedChild, ProtectionOut, ProtectionStep, Purpose, PutAlias, PutProtection,
};
pub use readers::{GetReaders, ReaderLine, StaffReaders};
pub use retention::{
    GetRetention, HoldOn, HoldOut, HoldStep, HoldableRound, Lifted, MOST_REASON, PutRetentionHold,
    RetentionAfter, RetentionClass, RetentionOut, RetentionRun,
};
pub use rounds::{
    Audience, GetRounds, PutRound, PutRoundDay, PutRoundForm, RoundDayIn, RoundDayMoved, RoundDone,
    RoundForm, RoundFormIn, RoundGroup, RoundIn, RoundLine, RoundUnit, RoundsOut,
};
pub use school_codes::{
    CodeIn, CodeSheet, GetSchoolCodes, PutSchoolCode, SchoolCodeFor, SchoolCodeLine, SchoolCodeOut,
    SchoolCodeState, SchoolCodeStep, SchoolCodesOut, SignInWithCode, Square,
};
pub use session::{
    EndOneSession, EndOtherSessions, EndSession, GetSession, GetSessions, Ping, SessionLine, SessionOut,
    StaffAt,
};
pub use sign_in::{BeginSignIn, ListSignInWays, SignInIn, SignInOut, SignInWay, WayKey};
pub use staff::{
    ActColumn, CalledOut, ChildRow, GetChildPage, GetGroup, GetUnits, GroupFigures, GroupOut, GroupPage,
    PersonToReach, StaffChildOut, StaffFact, StaffSection, StaffUnit, StatusCount, UnitsOut,
};
pub use staff_acts::{
    GetStaffActList, GetStaffActs, PutStaffAnswer, StaffActLine, StaffActOut, StaffActsOut, StaffAnswerIn,
    StaffSaid,
};
pub use submissions::{GetSubmission, ListSubmissions, PutSubmission, SubmissionOut, SubmissionSummary};
pub use substitutes::{
    GetSubstitutes, MOST_SUBSTITUTE_DAYS, PutSubstitute, SubstituteGroup, SubstituteOut, SubstituteStep,
    SubstitutesOut,
};
pub use todos::{GetTodo, GetTodos, PutTodoMark, TodoLine, TodoMarkIn, TodoMarkOut, TodoOut};
pub use trail::{AskTrail, MOST_TRAIL_DAYS, TrailLine, TrailOut, TrailQuestion};
pub use withholdings::{
    GetWithholdings, PutWithholding, WithheldForm, WithholdingOut, WithholdingStep, WithholdingsOut,
};

/// Calls `visit!(Endpoint)` for every endpoint of a release build. The demo's own endpoints stand apart, in
/// [`for_each_demo_endpoint`].
#[macro_export]
macro_rules! for_each_endpoint {
    ($visit:ident) => {
        $visit!($crate::api::Ping);
        $visit!($crate::api::GetSession);
        $visit!($crate::api::EndSession);
        $visit!($crate::api::GetSessions);
        $visit!($crate::api::EndOtherSessions);
        $visit!($crate::api::EndOneSession);
        $visit!($crate::api::ListSignInWays);
        $visit!($crate::api::BeginSignIn);
        $visit!($crate::api::SignInWithCode);
        $visit!($crate::api::GetPasskeySignIn);
        $visit!($crate::api::BeginPasskeySignIn);
        $visit!($crate::api::SignInWithPasskey);
        $visit!($crate::api::GetPasskeys);
        $visit!($crate::api::BeginPasskey);
        $visit!($crate::api::AddPasskey);
        $visit!($crate::api::NamePasskey);
        $visit!($crate::api::RemovePasskey);
        $visit!($crate::api::GetHome);
        $visit!($crate::api::GetOffer);
        $visit!($crate::api::GetOwnDraft);
        $visit!($crate::api::PutOwnDraft);
        $visit!($crate::api::DeleteOwnDraft);
        $visit!($crate::api::PutSubmission);
        $visit!($crate::api::ListSubmissions);
        $visit!($crate::api::GetSubmission);
        $visit!($crate::api::ChildHistory);
        $visit!($crate::api::GetReaders);
        $visit!($crate::api::GetConsents);
        $visit!($crate::api::PutConsentAnswer);
        $visit!($crate::api::PutConsentAnswerSeen);
        $visit!($crate::api::GetConsentReceipt);
        $visit!($crate::api::PutFile);
        $visit!($crate::api::PutFilePart);
        $visit!($crate::api::FinishFile);
        $visit!($crate::api::DeleteFile);
        $visit!($crate::api::GetFile);
        $visit!($crate::api::GetUnits);
        $visit!($crate::api::GetGroup);
        $visit!($crate::api::GetChildPage);
        $visit!($crate::api::GetSchoolCodes);
        $visit!($crate::api::PutSchoolCode);
        $visit!($crate::api::GetPictureConsents);
        $visit!($crate::api::GetCollecting);
        $visit!($crate::api::GetBulk);
        $visit!($crate::api::PutExport);
        $visit!($crate::api::ExportPictureConsents);
        $visit!($crate::api::PutAlarm);
        $visit!($crate::api::GetCatalogue);
        $visit!($crate::api::PutElement);
        $visit!($crate::api::GetElementHistory);
        $visit!($crate::api::GetInventory);
        $visit!($crate::api::PutPaperForm);
        $visit!($crate::api::CheckInventoryFile);
        $visit!($crate::api::ImportInventory);
        $visit!($crate::api::ExportInventory);
        $visit!($crate::api::ListForms);
        $visit!($crate::api::GetPublishedForm);
        $visit!($crate::api::GetDraft);
        $visit!($crate::api::PutDraft);
        $visit!($crate::api::DiscardDraft);
        $visit!($crate::api::PutReview);
        $visit!($crate::api::ReadFormFile);
        $visit!($crate::api::GetRounds);
        $visit!($crate::api::PutRound);
        $visit!($crate::api::PutRoundForm);
        $visit!($crate::api::PutRoundDay);
        $visit!($crate::api::StaffChildHistory);
        $visit!($crate::api::StaffReaders);
        $visit!($crate::api::PutTaskChange);
        $visit!($crate::api::GetApplications);
        $visit!($crate::api::GetApplication);
        $visit!($crate::api::PutApplicationStep);
        $visit!($crate::api::GetStaffActList);
        $visit!($crate::api::GetStaffActs);
        $visit!($crate::api::PutStaffAnswer);
        $visit!($crate::api::GetKitchens);
        $visit!($crate::api::GetKitchen);
        $visit!($crate::api::GetProtected);
        $visit!($crate::api::GetProtection);
        $visit!($crate::api::PutProtection);
        $visit!($crate::api::PutAlias);
        $visit!($crate::api::GetTodos);
        $visit!($crate::api::GetTodo);
        $visit!($crate::api::PutTodoMark);
        $visit!($crate::api::GetOwnApplication);
        $visit!($crate::api::PutOwnApplicationStep);
        $visit!($crate::api::GetMunicipality);
        $visit!($crate::api::GetRoundFigures);
        $visit!($crate::api::GetMandates);
        $visit!($crate::api::PutMandate);
        $visit!($crate::api::AskTrail);
        $visit!($crate::api::GetRetention);
        $visit!($crate::api::PutRetentionHold);
        $visit!($crate::api::GetSubstitutes);
        $visit!($crate::api::PutSubstitute);
        $visit!($crate::api::GetWithholdings);
        $visit!($crate::api::PutWithholding);
    };
}

/// Calls `visit!(Endpoint)` for the endpoints that only a demo build has. Needs the feature `demo`.
#[macro_export]
macro_rules! for_each_demo_endpoint {
    ($visit:ident) => {
        $visit!($crate::api::ListPersonas);
        $visit!($crate::api::SignInAsPersona);
    };
}

/// Every endpoint of a release build, described; for the matrix and the OpenAPI document.
pub fn described() -> Vec<Described> {
    let mut all = Vec::new();
    macro_rules! push {
        ($endpoint:ty) => {
            all.push(Described::of::<$endpoint>())
        };
    }
    for_each_endpoint!(push);
    all
}
