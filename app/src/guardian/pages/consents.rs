//! What shows a child's consents: what stands, every answer with the text that was read, receipts to save, and one tap that
//! takes a yes back. Also for what no round asks any more.

use super::child_consents::{deliver, stands};
use super::missing;
use super::parts::{asked, back, h1, h2, page, waiting, wide_button};
use crate::fields::{from, yes_no};
use crate::guardian::Route;
use crate::guardian::work::{Work, use_work};
use crate::i18n::{date, date_and_time, locale, locale_now, t, t_with};
use crate::router::{Router, page_title, use_router};
use crate::state::{Remote, fetch_into};
use crate::ui::{El, button, el, p};
use leptos::prelude::*;
use skolstart_shared::api::{
    ConsentOut, ConsentRecordOut, Endpoint, GetConsentReceipt, GetConsents, Nothing, OwnRecordOut,
};
use skolstart_shared::consent::{ConsentChoice, Identified};
use skolstart_shared::fact::Value;
use skolstart_shared::form::Answers;
use skolstart_shared::id::PersonId;
use skolstart_shared::submission::{ActAnswer, SubmissionContent};

/// The page.
pub(in crate::guardian) fn consents_page(child: PersonId) -> El {
    let (work, router) = (use_work(), use_router::<Route>());
    page_title(|| t("consents.title"));
    let found = RwSignal::new(Remote::Loading);
    asked(move || {
        locale();
        work.redrawn.track();
        fetch_into::<GetConsents>(found, child, Nothing {});
    });
    page().part(move || {
        found.with(|found| match found {
            Remote::Loading => waiting(),
            Remote::Failed(failure) => missing(failure),
            Remote::Ready(found) => {
                let head = el("header", "pagehead").with(h1(&t("consents.title")));
                let print = wide_button("button--quiet no-print", "").with(El::icon("print"));
                El::several()
                    .with(back(Route::Child(child), &work.child_name(Some(child))))
                    .with(head.with(p("lead", &t("consents.lead"))))
                    .all(found.purposes.iter().map(|purpose| card(work, router, child, purpose)))
                    .with(print.text(&t("consents.print")).tap(|| drop(window().print())))
            }
        })
    })
}

fn card(work: Work, router: Router<Route>, child: PersonId, purpose: &ConsentOut) -> El {
    let state = &purpose.state;
    let stands = el("b", "").text(&t("consent.stands")).text(": ").text(&stands(state));
    let mut line = el("p", "").with(stands);
    if let Some(day) = state.until {
        line = line.text(" ").text(&t_with("consents.until", &[("day", &date(day))]));
    }
    let take_back = state.mine.as_ref().is_some_and(|mine| mine.choice.is_yes()).then(|| {
        let (busy, said) = (RwSignal::new(false), purpose.clone());
        let name = el("span", "visually-hidden").text(" ").text(&purpose.label);
        let press = button("button button--secondary button--small no-print", &t("consents.take-back"));
        press.with(name).tap(move || {
            if let Some(content) = no(work, child, &said) {
                deliver(work, router, content, false, busy, || ());
            }
        })
    });
    el("section", "card stack stack--tight")
        .with(h2(&purpose.label))
        .with(p("soft small", &purpose.title))
        .with(line)
        .maybe(take_back)
        .with(el("ol", "timeline").all(purpose.records.iter().map(|record| moment(child, record))))
}

/// One no, by itself.
fn no(work: Work, child: PersonId, purpose: &ConsentOut) -> Option<SubmissionContent> {
    let round = work.home.with_untracked(|home| Some(home.ready()?.round.as_ref()?.id))?;
    let mut answers = Answers::default();
    answers.set(&purpose.field, Some(Value::Flag(false)));
    let act = ActAnswer {
        form: purpose.form.clone(),
        act: purpose.act.clone(),
        child: Some(child),
        answers,
        base: Default::default(),
    };
    Some(SubmissionContent { round, locale: locale_now(), acts: vec![act], supersedes: None })
}

fn moment(child: PersonId, record: &ConsentRecordOut) -> El {
    let who = if record.pupil { t("consents.pupil") } else { from(record.by) };
    let said = match record.choice {
        ConsentChoice::Limited => t("consents.limited"),
        ConsentChoice::Withdrawn => t("consents.withdrawn"),
        choice => yes_no(choice.is_yes()),
    };
    let how = match record.identified {
        Identified::SignedPaper => t("consents.on-paper"),
        Identified::SpokenToStaff => t("consents.spoken"),
        _ => String::new(),
    };
    let time = el("time", "").attr("datetime", &record.at.to_string()).text(&date_and_time(record.at));
    let when = el("p", "timeline__when").with(time).text(" · ").text(&who);
    let line = el("li", "timeline__item").with(when).with(p("", &said).text(" ").text(&how));
    match &record.own {
        Some(own) => line.with(shown_by(child, own)),
        None => line,
    }
}

/// The text that was read, and the receipt.
fn shown_by(child: PersonId, own: &OwnRecordOut) -> El {
    let mut text = el("div", "stack stack--tight small");
    if let Some(locale) = own.locale {
        text = text.attr("lang", locale.as_str());
    }
    let limit = own.limit.as_ref().map(|limit| p("", limit));
    let heading = t_with("consents.text", &[("version", &own.version.to_string())]);
    let text = text.all(own.text.iter().map(|line| p("", line)));
    let path = GetConsentReceipt::path(&(child, own.record));
    let save = el("a", "").attr("href", &path).attr("download", "samtycke.json").text(&t("consents.save"));
    El::several()
        .maybe(limit)
        .with(el("details", "").with(el("summary", "").text(&heading)).with(text))
        .with(el("p", "no-print").with(save))
}
