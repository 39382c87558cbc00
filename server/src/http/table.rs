//! The route table, the only one. An endpoint that is not here does not exist; a test compares it with
//! `shared::api::for_each_endpoint`.

use super::error::Refusal;
use super::handlers::{
    applications, builder, bulk, files, guardian, inventory, kitchen, municipality, passkeys, protection,
    retention, school_codes, session, sign_in, staff, staff_acts, submissions, todos,
};
use super::observe::RequestId;
use super::openapi;
use super::protect::{Protection, protect};
use super::route::{JSON, Routed, Routes};
use crate::state::AppState;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::header;
use skolstart_shared::api::{self, ErrorCode};

fn routes() -> Routes {
    let routes = Routes::default()
        .route::<api::Ping, _, _>(session::ping)
        .route::<api::GetSession, _, _>(session::get)
        .route::<api::EndSession, _, _>(session::end)
        .route::<api::GetSessions, _, _>(session::list)
        .route::<api::EndOtherSessions, _, _>(session::end_others)
        .route::<api::EndOneSession, _, _>(session::end_one)
        .route::<api::ListSignInWays, _, _>(sign_in::ways)
        .route::<api::BeginSignIn, _, _>(sign_in::begin)
        .route::<api::SignInWithCode, _, _>(school_codes::sign_in)
        .route::<api::GetPasskeySignIn, _, _>(passkeys::offered)
        .route::<api::BeginPasskeySignIn, _, _>(passkeys::begin_sign_in)
        .route::<api::SignInWithPasskey, _, _>(passkeys::sign_in)
        .route::<api::GetPasskeys, _, _>(passkeys::list)
        .route::<api::BeginPasskey, _, _>(passkeys::begin)
        .route::<api::AddPasskey, _, _>(passkeys::add)
        .route::<api::NamePasskey, _, _>(passkeys::name)
        .route::<api::RemovePasskey, _, _>(passkeys::remove)
        .route::<api::GetHome, _, _>(guardian::home)
        .route::<api::GetOffer, _, _>(guardian::offer)
        .route::<api::GetOwnDraft, _, _>(guardian::draft)
        .route::<api::PutOwnDraft, _, _>(guardian::put_draft)
        .route::<api::DeleteOwnDraft, _, _>(guardian::delete_draft)
        .route::<api::ChildHistory, _, _>(guardian::child_history)
        .route::<api::GetReaders, _, _>(guardian::readers)
        .route::<api::StaffReaders, _, _>(staff::readers)
        .route::<api::GetConsents, _, _>(guardian::consents)
        .route::<api::GetConsentReceipt, _, _>(guardian::consent_receipt)
        .route::<api::PutConsentAnswer, _, _>(staff::consent_answer)
        .route::<api::PutConsentAnswerSeen, _, _>(guardian::seen)
        .route::<api::PutSubmission, _, _>(submissions::put)
        .route::<api::ListSubmissions, _, _>(submissions::list)
        .route::<api::GetSubmission, _, _>(submissions::get)
        .route::<api::PutFile, _, _>(files::begin)
        .route::<api::PutFilePart, _, _>(files::part)
        .route::<api::FinishFile, _, _>(files::finish)
        .route::<api::DeleteFile, _, _>(files::forget)
        .route::<api::GetFile, _, _>(files::get)
        .route::<api::GetUnits, _, _>(staff::units)
        .route::<api::GetSubstitutes, _, _>(staff::substitutes)
        .route::<api::PutSubstitute, _, _>(staff::substitute)
        .route::<api::GetGroup, _, _>(staff::group)
        .route::<api::GetChildPage, _, _>(staff::child)
        .route::<api::GetSchoolCodes, _, _>(school_codes::list)
        .route::<api::PutSchoolCode, _, _>(school_codes::step)
        .route::<api::GetPictureConsents, _, _>(staff::pictures)
        .route::<api::GetCollecting, _, _>(staff::collecting)
        .route::<api::GetBulk, _, _>(bulk::read)
        .route::<api::PutExport, _, _>(bulk::export)
        .route::<api::ExportPictureConsents, _, _>(bulk::file)
        .route::<api::PutAlarm, _, _>(bulk::alarm)
        .route::<api::GetCatalogue, _, _>(inventory::catalogue)
        .route::<api::PutElement, _, _>(inventory::put_element)
        .route::<api::GetElementHistory, _, _>(inventory::element_history)
        .route::<api::GetInventory, _, _>(inventory::inventory)
        .route::<api::PutPaperForm, _, _>(inventory::put_form)
        .route::<api::CheckInventoryFile, _, _>(inventory::check)
        .route::<api::ImportInventory, _, _>(inventory::import)
        .route::<api::ExportInventory, _, _>(inventory::export)
        .route::<api::ListForms, _, _>(builder::forms)
        .route::<api::GetPublishedForm, _, _>(builder::published_form)
        .route::<api::GetDraft, _, _>(builder::get_draft)
        .route::<api::PutDraft, _, _>(builder::put_draft)
        .route::<api::DiscardDraft, _, _>(builder::discard_draft)
        .route::<api::PutReview, _, _>(builder::put_review)
        .route::<api::ReadFormFile, _, _>(builder::read_file)
        .route::<api::GetRounds, _, _>(builder::rounds)
        .route::<api::PutRound, _, _>(builder::put_round)
        .route::<api::PutRoundForm, _, _>(builder::put_form)
        .route::<api::PutRoundDay, _, _>(builder::put_day)
        .route::<api::StaffChildHistory, _, _>(staff::child_history)
        .route::<api::PutTaskChange, _, _>(staff::change)
        .route::<api::GetApplications, _, _>(applications::list)
        .route::<api::GetApplication, _, _>(applications::get)
        .route::<api::PutApplicationStep, _, _>(applications::step)
        .route::<api::GetStaffActList, _, _>(staff_acts::list)
        .route::<api::GetStaffActs, _, _>(staff_acts::read)
        .route::<api::PutStaffAnswer, _, _>(staff_acts::answer)
        .route::<api::GetKitchens, _, _>(kitchen::units)
        .route::<api::GetKitchen, _, _>(kitchen::list)
        .route::<api::GetProtected, _, _>(protection::list)
        .route::<api::GetProtection, _, _>(protection::read)
        .route::<api::PutProtection, _, _>(protection::step)
        .route::<api::PutAlias, _, _>(protection::alias)
        .route::<api::GetTodos, _, _>(todos::list)
        .route::<api::GetTodo, _, _>(todos::page)
        .route::<api::PutTodoMark, _, _>(todos::mark)
        .route::<api::GetOwnApplication, _, _>(applications::own)
        .route::<api::PutOwnApplicationStep, _, _>(applications::own_step)
        .route::<api::GetMunicipality, _, _>(municipality::get)
        .route::<api::GetRoundFigures, _, _>(municipality::of_round)
        .route::<api::GetMandates, _, _>(municipality::mandates)
        .route::<api::PutMandate, _, _>(municipality::mandate)
        .route::<api::AskTrail, _, _>(municipality::trail)
        .route::<api::GetRetention, _, _>(retention::read)
        .route::<api::PutRetentionHold, _, _>(retention::hold)
        .route::<api::GetWithholdings, _, _>(protection::withholdings)
        .route::<api::PutWithholding, _, _>(protection::withhold);
    #[cfg(feature = "demo")]
    let routes = routes
        .route::<api::ListPersonas, _, _>(super::handlers::demo::personas)
        .route::<api::SignInAsPersona, _, _>(super::handlers::demo::sign_in);
    routes
}

/// The endpoints that have a route, in the order of the table.
pub fn routed() -> Vec<Routed> {
    routes().finish().1
}

/// Everything the server answers, with the protection around it.
pub fn router(state: AppState) -> Router {
    let (router, routed) = routes().finish();
    let document = openapi::document(&routed, &state.origin).to_string();
    let document = get(move || async move { ([(header::CONTENT_TYPE, JSON)], document) });
    // No endpoint of the programs: a provider of identity sends browsers here, and the answer is another page.
    let router = router.route("/api/sign-in/{way}/callback", get(sign_in::callback));
    let router = router.route("/api/openapi.json", document).fallback(other).method_not_allowed_fallback(
        |Extension(id): Extension<RequestId>| async move {
            Refusal::method_not_allowed().with_request_id(id.as_str())
        },
    );
    let protection = Protection::new(&state.origin).limited_by(state.limits.clone());
    let called = protect(called_by_servers(), protection.clone().for_servers());
    protect(router, protection).merge(called).with_state(state)
}

/// What a provider of identity calls itself: no page of ours leads there, and no cookie is read.
fn called_by_servers() -> Router<AppState> {
    const MOST_BYTES: usize = 64 * 1024;
    Router::new()
        .route("/api/sign-in/{way}/logout", post(sign_in::logout))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

async fn other(
    State(state): State<AppState>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Response {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") {
        return Refusal::of(ErrorCode::NotFound).with_request_id(id.as_str()).into_response();
    }
    let (parts, _) = request.into_parts();
    super::assets::serve(&state.assets, &parts).await
}
