//! What comes when it is needed or she has begun to answer, and not with the first page: every page after the first form,
//! sending, and the widgets of kinds that few forms have. Whatever only these use is cut off with them (`bin/guardian.rs`).
//!
//! Must be the only way to them: one call from elsewhere puts them back into the first download.

use super::alone;
use super::other_tabs;
use super::pages::{
    self, application_page, child_page, consents_page, loading, not_found, readers_page, receipt_page,
    receipts, review, sessions_page, waiting_page,
};
use super::routes::Route;
use super::school_copy;
use super::send;
use super::sender;
use super::step_paper::Files;
use super::work::{Work, use_work};
use crate::fields::{FileKeeper, take_rare_fields};
use crate::forms::StepKey;
use crate::later::later;
use crate::storage::Device;
use crate::sync::{Answer, Next};
use crate::ui::El;
use skolstart_shared::api::HomeOut;
use skolstart_shared::id::PersonId;
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

type Job = Pin<Box<dyn Future<Output = ()>>>;

struct Part {
    page: fn(Route) -> El,
    opening: fn(Work, &StepKey) -> El,
    code_form: fn(Rc<dyn Fn()>) -> El,
    join: fn(Work, &mut HomeOut),
    file_keeper: fn(Work, Option<PersonId>) -> Rc<dyn FileKeeper>,
    send_alone: fn(Work) -> Job,
    send_waiting: fn(Work) -> Job,
    take_in_school: fn(Work) -> Job,
    save_at_school: fn(Work) -> Job,
    erase_at_school: fn() -> Job,
    take_in_tab: fn(Work, Rc<Device>) -> Job,
    ask_what_was_sent: fn(Work) -> Job,
}

thread_local! {
    static PART: Cell<Option<&'static Part>> = const { Cell::new(None) };
}

/// Takes the part in. Called by nothing but what fetches it.
pub fn take_later_part() {
    PART.set(Some(&Part {
        page,
        opening: pages::opening,
        code_form: pages::code_form,
        join: Work::join,
        file_keeper: |work, child| Rc::new(Files(work, child)),
        send_alone: |work| Box::pin(alone::alone(work)),
        send_waiting: |work| Box::pin(send::send_waiting(work)),
        take_in_school: |work| Box::pin(async move { drop(school_copy::take_in(work).await) }),
        save_at_school: |work| Box::pin(school_copy::save(work)),
        erase_at_school: || Box::pin(school_copy::erase()),
        take_in_tab: |work, device| Box::pin(other_tabs::take_in(work, device)),
        ask_what_was_sent: |work| Box::pin(other_tabs::ask_what_was_sent(work)),
    }));
    take_rare_fields();
}

/// A page of the part.
pub(super) fn later_page(route: Route) -> El {
    later(in_page, move || PART.get().map_or_else(loading, |part| (part.page)(route.clone())))
}

/// The page of a step that is not there yet.
pub(super) fn opening(step: StepKey) -> El {
    let work = use_work();
    later(in_page, move || PART.get().map_or_else(loading, |part| (part.opening)(work, &step)))
}

fn in_page(waiting: El) -> El {
    pages::page().with(waiting)
}

/// The way in with a code from the school.
pub(super) fn code_form_later(entered: Rc<dyn Fn()>) -> El {
    let whole = |waiting| waiting;
    later(whole, move || PART.get().map_or_else(El::several, |part| (part.code_form)(Rc::clone(&entered))))
}

/// Puts opened forms beside the others. Only the part opens any.
pub(super) fn join_opened(work: Work, home: &mut HomeOut) {
    if let Some(part) = PART.get() {
        (part.join)(work, home);
    }
}

/// Keeps files. Only the widget of the part asks for it.
pub(super) fn file_keeper(work: Work, child: Option<PersonId>) -> Option<Rc<dyn FileKeeper>> {
    PART.get().map(|part| (part.file_keeper)(work, child))
}

fn page(route: Route) -> El {
    match route {
        Route::Review => review(),
        Route::Child(child) => child_page(child),
        Route::Consents(child) => consents_page(child),
        Route::Readers(child) => readers_page(child),
        Route::Receipts => receipts(),
        Route::Sessions => sessions_page(),
        Route::Waiting => waiting_page(),
        Route::Application(child, id) => application_page(child, id),
        Route::Receipt(id) => receipt_page(id),
        Route::Home | Route::SignIn | Route::Step(_) => not_found(),
    }
}

/// Sends what can be sent now, unless another tab does.
pub(super) async fn send_alone(work: Work) {
    match (arrived(work).await, sender::next(work)) {
        (Some(part), _) => (part.send_alone)(work).await,
        // As when the school cannot be reached: later again.
        (None, Next::Send(id)) => sender::heard(work, id, Answer::Lost),
        (None, _) => {}
    }
}

/// Sends everything that waits for nobody, until something stands in the way.
pub(super) async fn send_waiting(work: Work) {
    let has_any = work.with_untracked(|session| session.draft.outbox.next().is_some());
    if has_any == Some(true)
        && let Some(part) = arrived(work).await
    {
        (part.send_waiting)(work).await;
    }
}

/// Takes in what she has begun at another device.
pub(super) async fn take_in_school(work: Work) {
    if let Some(part) = arrived(work).await {
        (part.take_in_school)(work).await;
    }
}

/// Keeps what she has begun with the school too, now.
pub(super) async fn save_at_school(work: Work) {
    if let Some(part) = arrived(work).await {
        (part.save_at_school)(work).await;
    }
}

/// Erases the school's copy of what she has begun.
pub(super) async fn erase_at_school(work: Work) {
    if let Some(part) = arrived(work).await {
        (part.erase_at_school)().await;
    }
}

/// Takes in what another tab has done: typed more, sent it, or signed out.
pub(super) async fn take_in_tab(work: Work, device: Rc<Device>) {
    if let Some(part) = arrived(work).await {
        (part.take_in_tab)(work, device).await;
    }
}

/// Another tab has sent something.
pub(super) async fn ask_what_was_sent(work: Work) {
    if let Some(part) = arrived(work).await {
        (part.ask_what_was_sent)(work).await;
    }
}

async fn arrived(work: Work) -> Option<&'static Part> {
    work.later.here().await;
    PART.get()
}
