//! Where one is signed in, and signing out there. Both programs show it.
//!
//! Called by the pages of both programs. Must not: know whose page it stands on.

use crate::api::{ApiFailure, client};
use crate::i18n::{date_and_time, t, t_with};
use crate::live::whenever;
use crate::state::{Remote, Session, fetch_into, use_session};
use crate::ui::{El, NoticeKind, StatusKind, button, el, notice, p, skeleton, status, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{EndOneSession, EndOtherSessions, GetSessions, Nothing, SessionLine};
use skolstart_shared::id::SessionId;

/// What ending a session needs: it may be this one, and the list is asked for again.
#[derive(Clone, Copy)]
struct Ends {
    session: Session,
    again: RwSignal<()>,
}

/// Heading and list.
pub fn sessions() -> El {
    let found = RwSignal::new(Remote::Loading);
    let ends = Ends { session: use_session(), again: RwSignal::new(()) };
    whenever(move || {
        ends.again.get();
        fetch_into::<GetSessions>(found, (), Nothing {});
    });
    El::several()
        .with(el("h1", "").words(|| t("sessions.title")))
        .with(el("p", "lead").words(|| t("sessions.lead")))
        .part(move || {
            found.with(|found| match found {
                Remote::Loading => skeleton(&t("common.loading")),
                Remote::Failed(failure) => notice(NoticeKind::Error, "", p("", &why(failure))),
                Remote::Ready(lines) => list(lines, ends),
            })
        })
}

fn list(lines: &[SessionLine], ends: Ends) -> El {
    let list = el("ul", "tasklist").all(lines.iter().map(|one| line(one, ends)));
    let others = (lines.len() > 1)
        .then(|| button("button button--secondary", &t("sessions.others")).tap(move || end(None, ends)));
    El::several().with(list).maybe(others)
}

fn line(one: &SessionLine, ends: Ends) -> El {
    let device = match one.browser.is_empty() {
        true => t("sessions.unknown"),
        false => t_with("sessions.device", &[("browser", &one.browser), ("system", &one.system)]),
    };
    let times = [("since", &*date_and_time(one.since)), ("seen", &*date_and_time(one.seen))];
    let words = el("span", "task__link")
        .with(el("span", "task__name").text(&device))
        .with(el("span", "task__note").text(&t_with("sessions.when", &times)));
    let which = one.session;
    let there = match one.here {
        true => status(StatusKind::Complete, &t("sessions.here"), false),
        false => button("button button--secondary button--small", &t("common.sign-out"))
            .with(el("span", "visually-hidden").text(": ").text(&device))
            .tap(move || end(Some(which), ends)),
    };
    el("li", "task").with(words).with(there)
}

fn end(which: Option<SessionId>, ends: Ends) {
    spawn_local(async move {
        let answer = match which {
            Some(which) => client::call_raw::<EndOneSession>(&which, &Nothing {}).await,
            None => client::call_raw::<EndOtherSessions>(&(), &Nothing {}).await,
        };
        match answer {
            Ok(_) => toast(t("sessions.ended")),
            Err(failure) => {
                ends.session.heed(&failure);
                toast(t("sessions.failed"));
            }
        }
        // The page may be gone.
        let _ = ends.again.try_set(());
    });
}

fn why(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Offline => t("common.error.offline"),
        ApiFailure::Busy(_) => t("common.error.busy"),
        _ => t("common.error.unexpected"),
    }
}
