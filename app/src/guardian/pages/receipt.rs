//! One receipt: the number, what holds now, who must answer next, and how to change it.

use super::failure_text;
use crate::guardian::Route;
use crate::guardian::act_text;
use crate::guardian::work::{Work, use_work};
use crate::i18n::{date_and_time, locale, t, t_with};
use crate::live::{part, tap, whenever};
use crate::router::{Link, page_title};
use crate::state::{Remote, fetch_into};
use crate::ui::{Drawing, Icon, Notice, NoticeKind, Skeleton, Status};
use leptos::prelude::*;
use skolstart_shared::api::{GetSubmission, Nothing, SubmissionOut};
use skolstart_shared::form::{Act, FormDefinition};
use skolstart_shared::id::SubmissionId;
use skolstart_shared::receipt::ReceiptAct;
use skolstart_shared::round::{MyPart, TaskStatus};

/// The page.
#[component]
pub(in crate::guardian) fn ReceiptPage(id: SubmissionId) -> impl IntoView {
    let work = use_work();
    page_title(|| t("receipt.title"));
    let submission = RwSignal::new(Remote::Loading);
    let owner = Owner::current();
    whenever(move || {
        locale();
        if let Some(owner) = &owner {
            owner.with(|| fetch_into::<GetSubmission>(submission, id, Nothing {}));
        }
    });
    view! {
        <main class="page" id="main" tabindex="-1">
            {part(move || match submission.get() {
                Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
                Remote::Failed(failure) => view! {
                    <h1>{t("receipt.title")}</h1>
                    <Notice kind=NoticeKind::Error><p>{failure_text(&failure)}</p></Notice>
                }.into_any(),
                Remote::Ready(submission) => slip(work, &submission).into_any(),
            })}
        </main>
    }
}

fn slip(work: Work, submission: &SubmissionOut) -> impl IntoView + use<> {
    let receipt = &submission.receipt;
    let rows: Vec<_> = receipt.acts.iter().filter_map(|act| row(work, &submission.forms, act)).collect();
    let next: Vec<_> = receipt.acts.iter().filter_map(|act| next(work, &submission.forms, act)).collect();
    let when = receipt.received;
    let children: Vec<_> =
        work.home.with(|home| home.ready().map(|home| home.children.clone()).unwrap_or_default());
    let concerned =
        children.into_iter().filter(|child| receipt.acts.iter().any(|act| act.child == Some(child.person)));
    let links: Vec<_> = concerned
        .map(|child| {
            let words = t_with("home.see-all", &[("name", &child.given_name)]);
            view! { <Link<Route> to=Route::Child(child.person) class="button button--quiet button--wide">{words}</Link<Route>> }
        })
        .collect();
    view! {
        <div class="withdrawing">
            <header class="pagehead"><h1>{t("receipt.heading")}</h1></header>
            <Drawing name="diary"/>
        </div>
        <article class="receipt"><div class="receipt__slip">
            <p class="receipt__over">{t("receipt.number")}</p>
            <p class="receipt__number">{receipt.number.clone()}</p>
            <p class="receipt__when">
                <Icon name="check"/>
                <span>{t("receipt.received")}" "<time datetime=when.to_string()>{date_and_time(when)}</time></span>
            </p>
            <dl class="receipt__list">{rows}</dl>
        </div></article>
        <section class="stack stack--tight"><h2>{t("receipt.next")}</h2><p>{t("receipt.seen")}</p>{next}</section>
        <section class="stack stack--tight"><h2>{t("receipt.change")}</h2><p>{t("receipt.change-how")}</p></section>
        <div class="stack stack--tight no-print">
            <Link<Route> to=Route::Home class="button button--wide">{t("receipt.home")}</Link<Route>>
            {links}
            <button class="button button--quiet button--wide" type="button" on:click=tap(move |_| drop(window().print()))>
                <Icon name="print"/>{t("receipt.print")}
            </button>
        </div>
    }
}

fn act_of<'a>(forms: &'a [FormDefinition], act: &ReceiptAct) -> Option<&'a Act> {
    forms.iter().find(|form| form.reference() == act.form)?.act(&act.act)
}

fn heading(work: Work, forms: &[FormDefinition], act: &ReceiptAct) -> Option<String> {
    let title = act_of(forms, act)?.title.get(locale());
    let name = work.child_name(act.child);
    Some(if name.is_empty() { title.to_owned() } else { [title, " · ", &name].concat() })
}

fn row(work: Work, forms: &[FormDefinition], act: &ReceiptAct) -> Option<impl IntoView + use<>> {
    let heading = heading(work, forms, act)?;
    let (kind, word) = act_text::state(act.status, MyPart::Done);
    Some(view! { <div><dt>{heading}</dt><dd><Status kind word bare=true/></dd></div> })
}

/// Who must answer next.
fn next(work: Work, forms: &[FormDefinition], act: &ReceiptAct) -> Option<impl IntoView + use<>> {
    if act.status != TaskStatus::WaitingForOther {
        return None;
    }
    let act_name = act_of(forms, act)?.title.get(locale());
    let words = t_with("home.waits-for", &[("act", act_name), ("name", &work.child_name(act.child))]);
    Some(view! { <p>{words}" "{t("home.school-asks")}</p> })
}
