//! The field in which staff say why, or ask something: some lines that cannot be left out.

use leptos::prelude::*;
use skolstart_shared::api::MOST_REASON;

/// `help` stands between the label and the field, where there is more to say.
#[component]
pub(super) fn Reason(
    #[prop(into)] id: String,
    label: String,
    #[prop(optional)] help: Option<String>,
    value: RwSignal<String>,
) -> impl IntoView {
    let help_id = help.is_some().then(|| [&id, "-help"].concat());
    let help = help.map(|help| view! { <p class="field__help" id=help_id.clone()>{help}</p> });
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            {help}
            <textarea class="input" id=id rows="3" maxlength=MOST_REASON.to_string() required aria-describedby=help_id
                prop:value=value on:input=move |event| value.set(event_target_value(&event))>
            </textarea>
        </div>
    }
}
