//! The field for the name of a passkey, with what is wrong tied to it.

use crate::staff::once::Trouble;
use crate::staff::passkeys::name_fault;
use leptos::html::Input;
use leptos::prelude::*;
use skolstart_shared::passkey::MOST_NAME;

/// The field. `trouble`: why nothing came of it, the name or something else.
#[component]
pub(super) fn NameField(
    id: String,
    label: String,
    #[prop(optional)] help: String,
    name: RwSignal<String>,
    trouble: RwSignal<String>,
    input: NodeRef<Input>,
) -> impl IntoView {
    let (help_id, trouble_id) = ([&id, "-help"].concat(), [&id, "-trouble"].concat());
    let told_by = match help.is_empty() {
        true => trouble_id.clone(),
        false => [help_id.as_str(), &trouble_id].join(" "),
    };
    let is_wrong = move || !trouble.get().is_empty() && name_fault(name.get().trim()).is_some();
    let help = (!help.is_empty()).then(|| view! { <p class="field__help" id=help_id>{help}</p> });
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            {help}
            <input class="input input--name" id=id autocomplete="off" maxlength=MOST_NAME.to_string() node_ref=input
                aria-describedby=told_by aria-invalid=move || is_wrong().then_some("true") prop:value=name
                on:input=move |event| name.set(event_target_value(&event))/>
        </div>
        <Trouble said=trouble id=trouble_id/>
    }
}

/// The name, when it can be used. Otherwise says what is wrong, and goes there.
pub(super) fn usable(
    name: RwSignal<String>,
    trouble: RwSignal<String>,
    input: NodeRef<Input>,
) -> Option<String> {
    let name = name.get_untracked().trim().to_owned();
    let Some(wrong) = name_fault(&name) else { return Some(name) };
    trouble.set(wrong);
    if let Some(input) = input.get_untracked() {
        let _ = input.focus();
    }
    None
}
