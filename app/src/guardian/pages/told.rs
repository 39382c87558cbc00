//! What the school took down of her answers on paper or in words: told at the start until she has read it.

use super::parts::link_to;
use crate::api::client;
use crate::fields::yes_no;
use crate::guardian::Route;
use crate::guardian::work::Work;
use crate::i18n::{date, t, t_with};
use crate::ui::{El, NoticeKind, button, el, notice, p};
use leptos::task::spawn_local;
use skolstart_shared::Date;
use skolstart_shared::api::{AnswerWay, ConsentAnswerSeenIn, HomeOut, PutConsentAnswerSeen, TakenDownOut};

/// One notice for each.
pub(super) fn told(work: Work, home: &HomeOut) -> impl Iterator<Item = El> {
    home.taken_down.iter().map(move |taken| {
        let child = home.children.iter().find(|child| child.person == taken.child);
        about(work, taken, child.map_or("", |child| &child.given_name))
    })
}

/// "Skolan har fört in ditt svar på papper från 3 september 2026."
pub(super) fn how(way: AnswerWay, day: Date) -> String {
    let day = date(day);
    let day = [("day", day.as_str())];
    match way {
        AnswerWay::Paper => t_with("told.on-paper", &day),
        AnswerWay::Spoken => t_with("told.spoken", &day),
    }
}

fn about(work: Work, taken: &TakenDownOut, name: &str) -> El {
    let head = el("b", "").text(name).text(": ").text(&taken.title);
    let said = taken
        .said
        .iter()
        .map(|(label, choice)| el("li", "").text(label).text(": ").text(&yes_no(choice.is_yes())));
    let (id, child) = (taken.id, taken.child);
    let read = move || {
        spawn_local(async move {
            // Not taken: she is told again at the next start.
            if client::call::<PutConsentAnswerSeen>(&id, &ConsentAnswerSeenIn { child }).await.is_ok() {
                work.load();
            }
        });
    };
    let change = link_to(Route::Consents(child), "", &t("consents.link"));
    let inside = El::several()
        .with(el("p", "").with(head))
        .with(p("", &how(taken.way, taken.day)))
        .with(el("ul", "").all(said))
        .with(p("", &t("told.wrong")).text(" ").with(change))
        .with(button("button button--secondary button--small", &t("told.read")).tap(read));
    notice(NoticeKind::Info, "", inside)
}
