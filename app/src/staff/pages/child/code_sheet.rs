//! Makes a code for one guardian, and shows the sheet to print. The sheet is the only place where the code stands.

use crate::api::{ApiFailure, client};
use crate::i18n::{languages, locale, t, t_with};
use crate::router::{Link, page_title};
use crate::staff::once::{Once, Trouble, why_not};
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Icon, Skeleton};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::Locale;
use skolstart_shared::api::{
    CodeSheet, GetSchoolCodes, Nothing, PutSchoolCode, SchoolCodeFor, SchoolCodeStep, SchoolCodesOut, Square,
};
use skolstart_shared::id::{ChangeId, PersonId};

/// The page.
#[component]
pub(crate) fn CodePage(child: PersonId, guardian: PersonId) -> impl IntoView {
    let found = RwSignal::new(Remote::<SchoolCodesOut>::Loading);
    let ask = move || fetch_into::<GetSchoolCodes>(found, child, Nothing {});
    ask();
    page_title(|| t("staff.codes.title"));
    move || match found.get() {
        Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(out) => match out.guardians.into_iter().find(|(person, _)| *person == guardian) {
            Some((_, name)) => view! { <Making child guardian name/> }.into_any(),
            None => words::nothing_here().into_any(),
        },
    }
}

#[component]
fn Making(child: PersonId, guardian: PersonId, name: String) -> impl IntoView {
    let (sheet, language) = (RwSignal::new(None::<CodeSheet>), RwSignal::new(locale().as_str().to_owned()));
    let once = Once::<SchoolCodeStep, ChangeId>::new();
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(locale) = Locale::parse(&language.get_untracked()) else { return };
        let step = SchoolCodeStep::Make(SchoolCodeFor { guardian, locale });
        let Some(id) = once.id(&step) else { return };
        spawn_local(async move {
            let sent = client::call::<PutSchoolCode>(&(child, id), &step).await;
            once.heard(&sent, why);
            if let Ok(made) = sent {
                let _ = sheet.try_set(made.sheet);
            }
        });
    };
    let options = languages()
        .into_iter()
        .map(|(code, name)| view! { <option value=code lang=code>{name}</option> })
        .collect_view();
    let hand_over = t_with("staff.codes.hand-over", &[("name", &name)]);
    let shown = move || {
        sheet.get().map(|sheet| {
            let hand_over = hand_over.clone();
            view! {
                <div class="no-print stack stack--tight" role="status">
                    <p>{hand_over}</p>
                    <p><button class="button" type="button" on:click=|_| drop(window().print())>
                        <Icon name="print"/>{t("staff.codes.print")}
                    </button></p>
                </div>
                <Sheet sheet/>
            }
        })
    };
    view! {
        <p class="no-print"><Link<Route> to=Route::Child(child)>{t("staff.codes.back")}</Link<Route>></p>
        <header class="desk__head no-print">
            <div class="pagehead">
                <h1>{t_with("staff.codes.page", &[("name", &name)])}</h1>
                <p class="soft">{t("staff.codes.text")}</p>
            </div>
        </header>
        <form class="stack stack--tight no-print" on:submit=make>
            <div class="field">
                <label class="field__label" for="code-language">{t("staff.codes.language")}</label>
                <select class="input input--short" id="code-language" prop:value=language
                    on:change=move |event| language.set(event_target_value(&event))>{options}</select>
            </div>
            <p class="small soft">{t_with("staff.codes.replaces", &[("name", &name)])}</p>
            <p><button class="button button--secondary" type="submit">{t("staff.codes.make")}</button></p>
            <Trouble said=once.trouble/>
        </form>
        {shown}
    }
}

fn why(failure: &ApiFailure) -> String {
    why_not(failure, t("staff.codes.refused"))
}

/// What is printed: in the language of the family.
#[component]
fn Sheet(sheet: CodeSheet) -> impl IntoView {
    let paragraphs =
        |texts: Vec<String>| texts.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
    let items = |texts: Vec<String>| texts.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    view! {
        <article class="codesheet" lang=sheet.locale.as_str()>
            <h2>{sheet.heading}</h2>
            {paragraphs(sheet.about)}
            <div class="codesheet__key">
                <QrCode square=sheet.square/>
                <div>
                    <p class="codesheet__address">{sheet.address}</p>
                    <p>{sheet.code_label}</p>
                    <p class="codesheet__code">{sheet.code}</p>
                </div>
            </div>
            <ol>{items(sheet.steps)}</ol>
            <ul>{items(sheet.notes)}</ul>
        </article>
    }
}

#[component]
fn QrCode(square: Square) -> impl IntoView {
    let side = square.side.to_string();
    let view_box = ["0 0 ", &side, " ", &side].concat();
    view! {
        <svg class="codesheet__square" viewBox=view_box role="img" aria-label=square.says shape-rendering="crispEdges">
            <path d=square.path></path>
        </svg>
    }
}
