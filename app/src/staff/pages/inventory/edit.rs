//! Describing a form of the inventory.

use super::page::Desk;
use super::parts::{Choice, Input, saving_failed};
use crate::api::{ApiFailure, client};
use crate::i18n::{t, t_or};
use crate::state::use_session;
use crate::ui::{Notice, NoticeKind, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{FormCode, PaperFormIn, PutPaperForm};
use skolstart_shared::fact::ElementKey;
use skolstart_shared::form::FormKey;
use skolstart_shared::inventory::{Number, PaperForm, code_of};
use skolstart_shared::{Date, Violation};

/// What is typed, in the order of the page.
#[derive(Clone, Copy)]
struct Typed {
    before: StoredValue<PaperForm>,
    texts: [RwSignal<String>; 6],
    figures: [RwSignal<String>; 4],
    estimated: RwSignal<bool>,
    asks: RwSignal<String>,
    replaced_by: RwSignal<Option<FormKey>>,
    replaced_on: RwSignal<String>,
}

impl Typed {
    fn of(form: &PaperForm) -> Self {
        let texts =
            [&form.name, &form.owner, &form.process, &form.purpose, &form.legal_basis, &form.recipients];
        let figure = |number: Number| number.of(form).map(|figure| figure.to_string()).unwrap_or_default();
        let asks = form.asks.iter().map(ElementKey::as_str).collect::<Vec<_>>().join(", ");
        Self {
            before: StoredValue::new(form.clone()),
            texts: texts.map(|text| RwSignal::new(text.clone())),
            figures: Number::ALL.map(|number| RwSignal::new(figure(number))),
            estimated: RwSignal::new(form.estimated),
            asks: RwSignal::new(asks),
            replaced_by: RwSignal::new(form.replaced_by.clone()),
            replaced_on: RwSignal::new(form.replaced_on.map(|day| day.to_string()).unwrap_or_default()),
        }
    }

    /// The form as it stands in the fields, or the words about what cannot be read.
    fn form(self) -> Result<PaperForm, String> {
        let mut form = self.before.get_value();
        let [name, owner, process, purpose, legal_basis, recipients] =
            self.texts.map(|text| text.get_untracked().trim().to_owned());
        if form.code.is_empty() {
            form.code = code_of(&name);
        }
        for (number, typed) in Number::ALL.into_iter().zip(self.figures) {
            let digits: String = typed.get_untracked().split_whitespace().collect();
            let figure = if digits.is_empty() {
                None
            } else {
                Some(digits.parse().map_err(|_| wrong_number(number))?)
            };
            number.put(&mut form, figure);
        }
        let day = self.replaced_on.get_untracked();
        form.replaced_on = match day.trim() {
            "" => None,
            typed => Some(Date::parse_iso(typed).map_err(|_| t("staff.form.wrong-day"))?),
        };
        let asks = self.asks.get_untracked();
        let keys = asks.split([',', ' ', '\n']).map(str::trim).filter(|key| !key.is_empty());
        form.asks = keys.map(|key| ElementKey(key.to_owned())).collect();
        let (estimated, replaced_by) = (self.estimated.get_untracked(), self.replaced_by.get_untracked());
        Ok(PaperForm {
            name,
            owner,
            process,
            purpose,
            legal_basis,
            recipients,
            estimated,
            replaced_by,
            ..form
        })
    }
}

fn label(number: Number) -> String {
    match number {
        Number::Copies => t("staff.form.copies"),
        Number::Sheets => t("staff.form.sheets"),
        Number::Fill => t("staff.form.fill"),
        Number::Handle => t("staff.form.handle"),
    }
}

fn wrong_number(number: Number) -> String {
    [label(number).as_str(), ": ", &t("staff.form.wrong-number")].concat()
}

fn wrong(violation: &Violation) -> String {
    let figure = Number::ALL.into_iter().find(|number| number.as_str() == violation.path).map(label);
    let field = figure.unwrap_or_else(|| match violation.path.as_str() {
        "owner" => t("staff.form.owner"),
        "process" => t("staff.form.process"),
        "purpose" => t("staff.form.purpose"),
        "legal-basis" => t("staff.form.legal-basis"),
        "recipients" => t("staff.form.recipients"),
        "asks" => t("staff.form.elements"),
        "replaced-by" => t("staff.form.replaced-by"),
        _ => t("staff.form.name"),
    });
    [field.as_str(), ": ", &t_or(&["unfit.", violation.code.as_str()].concat(), "unfit.other")].concat()
}

#[component]
pub(super) fn EditForm(
    desk: Desk,
    form: PaperForm,
    /// The version that is changed; 0 for a new one.
    base: u32,
    /// Called with the code when it is saved.
    done: impl Fn(String) + Clone + 'static,
    /// Called when nothing is to be saved.
    cancel: impl Fn() + 'static,
) -> impl IntoView {
    let typed = Typed::of(&form);
    let problems = RwSignal::new(Vec::<String>::new());
    let session = use_session();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = match typed.form() {
            Ok(form) => form,
            Err(words) => return problems.set(vec![words]),
        };
        let found = form.check();
        if !found.is_empty() {
            return problems.set(found.iter().filter(|one| one.path != "code").map(wrong).collect());
        }
        let (code, done) = (form.code.clone(), done.clone());
        spawn_local(async move {
            match client::call::<PutPaperForm>(&FormCode(code.clone()), &PaperFormIn { base, form }).await {
                Ok(_) => {
                    toast(t("staff.saved"));
                    desk.ask_again(move || done(code));
                }
                Err(ApiFailure::Refused(error)) if !error.violations.is_empty() => {
                    problems.set(error.violations.iter().map(wrong).collect());
                }
                Err(failure) => {
                    session.heed(&failure);
                    problems.set(vec![saving_failed(&failure)]);
                }
            }
        });
    };
    view! {
        <form class="panel__part stack" on:submit=save novalidate>
            <Fields desk typed/>
            {move || (!problems.with(Vec::is_empty)).then(|| view! {
                <Notice kind=NoticeKind::Error>
                    {problems.get().into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}
                </Notice>
            })}
            <div class="dialog__actions">
                <button class="button" type="submit">{t("staff.save")}</button>
                <button class="button button--quiet" type="button" on:click=move |_| cancel()>{t("staff.cancel")}</button>
            </div>
        </form>
    }
}

#[component]
fn Fields(desk: Desk, typed: Typed) -> impl IntoView {
    let [name, owner, process, purpose, legal_basis, recipients] = typed.texts;
    let figures = Number::ALL.into_iter().zip(typed.figures);
    let figures = figures.map(|(number, value)| view! { <Input label=label(number) value mode="numeric"/> });
    let digital = desk.inventory.with_untracked(|inventory| {
        let found = inventory.ready().map(|found| found.digital.clone()).unwrap_or_default();
        found.into_iter().map(|form| (Some(form.key), form.title)).collect::<Vec<_>>()
    });
    let options = std::iter::once((None, t("staff.form.on-paper"))).chain(digital).collect::<Vec<_>>();
    let guess = move |event: leptos::ev::Event| typed.estimated.set(event_target_checked(&event));
    view! {
        <Input label=t("staff.form.name") value=name/>
        <Input label=t("staff.form.owner") value=owner/>
        <Input label=t("staff.form.process") value=process/>
        <Input label=t("staff.form.purpose") value=purpose/>
        <Input label=t("staff.form.legal-basis") value=legal_basis/>
        <Input label=t("staff.form.recipients") value=recipients/>
        {figures.collect_view()}
        <label class="option">
            <input class="option__input" type="checkbox" prop:checked=typed.estimated on:change=guess/>
            <span class="option__text">{t("staff.form.estimated")}</span>
        </label>
        <Input label=t("staff.form.elements") help=t("staff.form.elements-help") value=typed.asks/>
        <Choice label=t("staff.form.replaced-by") value=typed.replaced_by options/>
        <Input label=t("staff.form.replaced-on") help=t("staff.form.day-help") value=typed.replaced_on/>
    }
}
