//! An opinion before somebody else decides.

use super::decide::begun;
use super::parts::Words;
use super::sending::{Sending, own};
use crate::fields::{Pen, some};
use crate::i18n::t;
use crate::ui::Host;
use leptos::prelude::*;
use skolstart_shared::api::{ApplicationOut, ApplicationStep};
use skolstart_shared::application::{Opinion, Sheet};

#[component]
pub(super) fn GiveOpinion(sending: Sending, application: ApplicationOut, sheet: Sheet) -> impl IntoView {
    let paper = begun(&application, &sheet);
    let pen = Pen::new(paper);
    let form = some(pen, sheet.own());
    let words = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let keys = sheet.own().to_vec();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let said = words.get_untracked();
        missing.set(said.trim().is_empty());
        if !said.trim().is_empty() {
            let fields = own(&pen.standing(|standing| standing.answers.clone()), &keys);
            sending.send(ApplicationStep::Opinion(Opinion { words: said, fields }));
        }
    };
    view! {
        <section class="card">
            <h2>{t("staff.application.opinion")}</h2>
            <form class="stack" on:submit=send novalidate>
                <Host element=form class="stack"/>
                <Words
                    id="opinion" label=t("staff.application.opinion-words") help=t("staff.application.opinion-help")
                    text=words fault=t("staff.application.opinion-missing") missing
                />
                <p><button class="button" type="submit">{t("staff.application.opinion-send")}</button></p>
            </form>
        </section>
    }
}
