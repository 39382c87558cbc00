//! What the trail answers: the sums of the days, and what each person did.

use crate::i18n::{date, date_and_time, number, t, t_count, t_or, t_with};
use crate::ui::{Empty, Stat, Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::api::{TrailLine, TrailOut, TrailQuestion};

/// The answer to a question.
#[component]
pub(super) fn Answer(question: TrailQuestion, found: TrailOut) -> impl IntoView {
    let days = t_with("review.days", &[("from", &date(question.from)), ("to", &date(question.to))]);
    let about = if question.about.is_empty() { t("review.everybody") } else { t("review.one") };
    if found.by.is_empty() {
        return view! { <Empty drawing="diary" heading=t("review.none") text=t("review.none-text")/> }
            .into_any();
    }
    let rows = found.by.into_iter().map(row).collect_view();
    let more = found.more.then(|| view! { <p>{t("review.more")}</p> });
    view! {
        <section class="stack stack--tight">
            <h2 id="review-answer">{days}" · "{about}</h2>
            <dl class="statgrid">
                <Stat label=t("review.lines") value=number(found.lines) note=t("review.lines-note")/>
                <Stat label=t("review.people") value=number(found.people) note=t("review.people-note")/>
                <Stat label=t("review.refused") value=number(found.refused) note=t("review.refused-note")/>
            </dl>
            {more}
            <div class="tablewrap" tabindex="0" role="region" aria-labelledby="review-answer">
                <table class="table table--words">
                    <thead>
                        <tr>
                            <th scope="col">{t("review.who")}</th>
                            <th scope="col">{t("review.did")}</th>
                            <th scope="col" class="table__num">{t("review.times")}</th>
                            <th scope="col" class="table__num">{t("review.about-how-many")}</th>
                            <th scope="col">{t("review.first")}</th>
                            <th scope="col">{t("review.last")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// What was done, as far as there are words for it. What concerns a child is called as *Vem har sett* calls it.
fn did(action: &str) -> String {
    let other = t("review.did.other");
    let of_service = t_or(&["review.did.", action].concat(), "review.did.other");
    if of_service == other { t_or(&["reader.did.", action].concat(), "review.did.other") } else { of_service }
}

fn row(line: TrailLine) -> impl IntoView {
    let role = t_or(&["reader.role.", &line.role].concat(), "reader.role.system");
    let (who, as_what) = if line.name.is_empty() { (role, None) } else { (line.name, Some(role)) };
    let did = did(&line.did);
    let refused = line.refused.then(|| {
        view! { " "<Status kind=StatusKind::Declined word=t("review.was-refused")/> }
    });
    let people = if line.people == 0 { "–".to_owned() } else { number(line.people) };
    let said = t_count("review.people-said", line.people, &[]);
    view! {
        <tr class="table__row">
            <th scope="row">{who}<br/><span class="soft">{as_what}</span></th>
            <td>{did}{refused}</td>
            <td class="table__num">{number(line.times)}</td>
            <td class="table__num"><span aria-hidden="true">{people}</span><span class="visually-hidden">{said}</span></td>
            <td>{date_and_time(line.first)}</td>
            <td>{date_and_time(line.last)}</td>
        </tr>
    }
}
