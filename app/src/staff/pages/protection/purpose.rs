//! Why the page of a protected child is opened: asked once an hour, and shown to whoever leads the unit.

use super::sending::Steps;
use crate::api::ApiFailure;
use crate::i18n::t;
use crate::staff::once::Trouble;
use leptos::prelude::*;
use skolstart_shared::api::{ErrorCode, ProtectionStep, Purpose};
use skolstart_shared::id::PersonId;

/// True when the server wants a purpose before it shows a child.
pub(in crate::staff::pages) fn needs_purpose(failure: &ApiFailure) -> bool {
    matches!(failure, ApiFailure::Refused(error) if error.code == ErrorCode::Forbidden)
}

pub(super) fn word(purpose: Purpose) -> String {
    match purpose {
        Purpose::Reach => t("staff.purpose.reach"),
        Purpose::Answers => t("staff.purpose.answers"),
        Purpose::Urgent => t("staff.purpose.urgent"),
        Purpose::Review => t("staff.purpose.review"),
    }
}

/// The question, in the place of what it opens. `again` asks for that anew; `page` when it is all there is, and needs the heading.
#[component]
pub(in crate::staff::pages) fn SayWhy(
    child: PersonId,
    again: Callback<()>,
    #[prop(optional)] page: bool,
) -> impl IntoView {
    let steps = Steps::new(child, again);
    let chosen = RwSignal::new(None::<Purpose>);
    let options = Purpose::ALL.into_iter().map(|purpose| {
        view! {
            <label class="option">
                <input class="option__input" type="radio" name="why" required on:change=move |_| chosen.set(Some(purpose))/>
                <span class="option__text">{word(purpose)}</span>
            </label>
        }
    });
    let heading = match page {
        true => view! { <h1>{t("staff.purpose.title")}</h1> }.into_any(),
        false => view! { <h2>{t("staff.purpose.title")}</h2> }.into_any(),
    };
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(purpose) = chosen.get_untracked() {
            steps.send(ProtectionStep::Open(purpose));
        }
    };
    view! {
        <section class="card">
            {heading}
            <p class="soft">{t("staff.purpose.text")}</p>
            <form class="stack stack--tight" on:submit=open>
                <fieldset class="field">
                    <legend class="field__label">{t("staff.purpose.question")}</legend>
                    <div class="options">{options.collect_view()}</div>
                </fieldset>
                <p><button class="button" type="submit">{t("staff.purpose.open")}</button></p>
            </form>
            <Trouble said=steps.once.trouble/>
        </section>
    }
}
