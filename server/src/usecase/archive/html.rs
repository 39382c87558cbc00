//! The page of one child, made from its document: one file that needs nothing else, in words. Must not hold a script, and no
//! link but to the files beside it.

use super::names::{list, names, number, text, upper};
use super::words::{t, t_with, word, words};
use crate::usecase::rows::{Names, escaped, when};
use serde_json::Value as Json;

pub(super) const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"sv\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width\"><style>\
:root{color-scheme:light}body{font:1rem/1.5 system-ui,sans-serif;max-width:56rem;margin:1.5rem auto;padding:0 1rem;color:#1c1c1c}\
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-top:2px solid #1c1c1c;padding-top:.75rem}\
h3,h4{font-size:1.05rem;margin:1rem 0 .25rem}h4{font-size:1rem}p{margin:.25rem 0}.soft{color:#555}\
article{border-top:1px solid #bbb;padding:.5rem 0 .75rem}\
dl{display:grid;grid-template-columns:minmax(7rem,15rem) 1fr;gap:.15rem 1rem;margin:.25rem 0}\
dt{color:#555}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}\
li{overflow-wrap:anywhere}summary{cursor:pointer;padding:.4rem 0;font-weight:600}details{border-top:1px solid #bbb}\
.warn{border:3px solid #a4000f;padding:.5rem 1rem;margin:1rem 0}a{color:#0b4f8a;overflow-wrap:anywhere}\
@media(max-width:34rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}}\
@media print{details>*{display:block}}</style>";

/// The page.
pub(super) fn page(document: &Json) -> String {
    let names = names(document);
    let child = text(document, "child");
    let name = names.name(child);
    let mut page = format!("{HEAD}<title>{0}</title></head><body><h1>{0}</h1>", escaped(&name));
    let protection = document.get("protection").unwrap_or(&Json::Null);
    if protection.get("protected") == Some(&Json::Bool(true)) {
        let what = escaped(text(protection, "what-to-do"));
        let heading = t("archive.protected.heading");
        page.push_str(&format!("<p class=\"warn\"><strong>{heading}</strong> {what}</p>"));
    }
    let taken =
        [("municipality", text(document, "municipality")), ("time", &when(text(document, "made-at")))];
    page.push_str(&format!(
        "<p>{}</p><p class=\"soft\">{}</p>",
        escaped(&t_with("archive.child.intro", &taken)),
        t("archive.child.note")
    ));
    page.push_str(&told(document, &names));
    page.push_str(&format!("<h2>{}</h2>", t("archive.section.rows")));
    list(document, "tables").iter().for_each(|table| page.push_str(&all_rows(table, &names)));
    page.push_str("</body></html>\n");
    page
}

/// The child's story, in the order in which somebody asks for it.
fn told(document: &Json, names: &Names) -> String {
    let all = |key| list(document, key);
    let rows = |title, tables: &[&str]| some_rows(title, document, tables, names);
    let answers = t("archive.section.answers");
    let sent = match all("submissions") {
        [] => format!("<section><h2>{answers}</h2><p>{}</p></section>", t("archive.section.no-answers")),
        sent => section(answers, sent, |sent| submission(sent, names)),
    };
    [
        section(t("archive.section.people"), all("people"), person),
        rows(t("archive.section.school"), &["enrolment", "group_membership"]),
        section(t("archive.section.rounds"), all("rounds"), round),
        sent,
        rows(t("archive.section.applications"), &["application", "application_event"]),
        rows(t("archive.section.evidence"), &["consent_evidence"]),
        section(t("archive.section.consents"), all("consents"), |consent| decision(consent, names)),
        section(t("archive.section.files"), all("files"), |file| a_file(file, names)),
        section(t("archive.section.gone"), all("files-that-are-gone"), |id| {
            format!("<p>{}</p>", escaped(&words(id)))
        }),
        section(t("archive.section.forms"), all("forms"), form),
    ]
    .concat()
}

fn section(title: &str, items: &[Json], item: impl Fn(&Json) -> String) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: String = items.iter().map(|one| format!("<article>{}</article>", item(one))).collect();
    format!("<section><h2>{}</h2>{items}</section>", escaped(title))
}

/// Lines that say something.
fn lines<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    let said = said.map(|(label, value)| format!("<dt>{}</dt><dd>{}</dd>", escaped(label), escaped(&value)));
    format!("<dl>{}</dl>", said.collect::<String>())
}

fn person(person: &Json) -> String {
    let protection = if person.get("protected") == Some(&Json::Bool(true)) {
        match text(person, "protection") {
            none if none == word("marking", "none") => t("archive.person.close").to_owned(),
            marking => marking.to_owned(),
        }
    } else {
        String::new()
    };
    let told = lines([
        (t("archive.person.who"), words(person.get("roles").unwrap_or(&Json::Null))),
        (
            t("archive.person.number"),
            list(person, "numbers").iter().map(number).collect::<Vec<_>>().join(", "),
        ),
        (t("archive.person.born"), text(person, "born").to_owned()),
        (t("archive.person.protection"), protection),
    ]);
    format!("<h3>{}</h3>{told}", escaped(text(person, "name")))
}

fn round(round: &Json) -> String {
    let told = [
        ("title", text(round, "title")),
        ("year", text(round, "school-year")),
        ("opens", text(round, "opens")),
        ("closes", text(round, "closes")),
    ];
    format!("<p>{}</p>", escaped(&t_with("archive.round", &told)))
}

fn submission(sent: &Json, names: &Names) -> String {
    let acts: String = list(sent, "acts").iter().map(|act| answer(act, names)).collect();
    let (by, at) = (names.name(text(sent, "sent-by")), when(text(sent, "received-at")));
    let heading = t_with("archive.answer.heading", &[("name", &by), ("time", &at)]);
    let receipt = t_with("archive.answer.receipt", &[("number", text(sent, "receipt-number"))]);
    format!("<h3>{}</h3><p class=\"soft\">{}</p>{acts}", escaped(&heading), escaped(&receipt))
}

fn answer(act: &Json, names: &Names) -> String {
    let fields = list(act, "fields").iter();
    let fields = fields.map(|field| (text(field, "question"), text(field, "in-words").to_owned()));
    let version = act.get("version").map(words).unwrap_or_default();
    let about = [
        ("kind", &*upper(word("kind", text(act, "kind")))),
        ("name", &names.name(text(act, "about"))),
        ("version", &version),
        ("law", text(act, "law")),
    ];
    format!(
        "<h4>{}: {}</h4><p class=\"soft\">{}</p>{}",
        escaped(text(act, "form-title")),
        escaped(text(act, "title")),
        escaped(&t_with("archive.answer.act", &about)),
        lines(fields)
    )
}

fn decision(consent: &Json, names: &Names) -> String {
    let holds = match consent.get("text-is-the-noted-one") {
        Some(known @ Json::Bool(_)) => words(known),
        _ => t("archive.consent.not-noted").to_owned(),
    };
    let version = consent.get("version").map(words).unwrap_or_default();
    let form = [("form", names.form(text(consent, "form"))), ("version", &version)];
    let told = lines([
        (t("archive.consent.answer"), text(consent, "choice-in-words").to_owned()),
        (t("archive.consent.when"), when(text(consent, "at"))),
        (t("archive.consent.by"), names.name(text(consent, "by"))),
        (t("archive.consent.as"), word("role", text(consent, "role")).to_owned()),
        (t("archive.consent.identified"), word("identified", text(consent, "identified")).to_owned()),
        (t("archive.consent.entered-by"), names.name(text(consent, "taken-down-by"))),
        (t("archive.consent.form"), t_with("archive.consent.form-version", &form)),
        (t("archive.consent.text-hash"), text(consent, "text-sha256").to_owned()),
        (t("archive.consent.text-noted"), holds),
    ]);
    // The first line says how the text is put together: that is for the hash.
    let read: Vec<&str> = list(consent, "text").iter().skip(1).filter_map(Json::as_str).collect();
    format!(
        "<h3>{}: {}</h3>{told}<details><summary>{}</summary><p style=\"white-space:pre-line\">{}</p></details>",
        escaped(text(consent, "act-title")),
        escaped(text(consent, "question")),
        t("archive.consent.text-read"),
        escaped(&read.join("\n"))
    )
}

fn a_file(file: &Json, names: &Names) -> String {
    let path = escaped(text(file, "path"));
    let told = lines([
        (t("archive.file.name"), text(file, "name-as-sent").to_owned()),
        (t("archive.file.by"), names.name(text(file, "sent-by"))),
        (t("archive.file.bytes"), file.get("bytes").map(words).unwrap_or_default()),
        (t("archive.file.hash"), text(file, "sha256").to_owned()),
    ]);
    format!("<p><a href=\"{path}\">{path}</a></p>{told}")
}

fn form(form: &Json) -> String {
    let title = form.pointer("/definition/title/sv").map(words).unwrap_or_default();
    let path = escaped(text(form, "published-as"));
    let version = form.get("version").map(words).unwrap_or_default();
    let told = [("title", &*title), ("version", &version), ("time", &when(text(form, "published-at")))];
    format!("<p>{}: <a href=\"../../{path}\">{path}</a></p>", escaped(&t_with("archive.form", &told)))
}

fn all_rows(table: &Json, names: &Names) -> String {
    let rows = list(table, "rows");
    let of_row = |row: &Json| {
        let columns = row.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
        let columns = columns
            .map(|(name, value)| (names.label(name), names.in_row(|name| text(row, name), name, value)));
        format!("<article>{}</article>", lines(columns))
    };
    format!(
        "<details><summary>{} ({})</summary>{}</details>",
        escaped(text(table, "title")),
        rows.len(),
        rows.iter().map(of_row).collect::<String>()
    )
}

/// What the rows are tied together by says nothing to whoever reads.
const TIES: &[&str] = &["id", "child_id", "person_id", "submission_id", "seq", "nr", "told_at"];

/// The rows of some tables, without what ties them together.
fn some_rows(title: &str, document: &Json, tables: &[&str], names: &Names) -> String {
    let wanted = tables
        .iter()
        .filter_map(|name| list(document, "tables").iter().find(|table| text(table, "table") == *name));
    let rows: Vec<Json> = wanted.flat_map(|table| list(table, "rows")).cloned().collect();
    section(title, &rows, |row| {
        let columns = row.as_object().into_iter().flatten();
        // The events of an application name it by its number.
        let is_named = |name: &str| name == "id" && row.get("opened_at").is_some();
        let is_told = |name: &str| is_named(name) || !TIES.contains(&name);
        let told = columns.filter(|(name, value)| !value.is_null() && is_told(name));
        lines(
            told.map(|(name, value)| (names.label(name), names.in_row(|name| text(row, name), name, value))),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_people_have_written_is_text_and_never_markup() {
        let evil = "<script>alert(\"1\")</script>";
        let document = json!({
            "child": "c", "people": [{"id": "c", "name": evil, "roles": [evil]}],
            "submissions": [{"sent-by": "c", "acts": [{"title": evil, "fields": [{"question": evil, "in-words": evil}]}]}],
            "files": [{"path": "files/a.pdf", "name-as-sent": evil}],
            "consents": [{"question": evil, "text": ["way", evil]}],
            "tables": [{"title": "T", "rows": [{"value": {"text": evil}, "note": evil}]}],
        });
        let page = page(&document);
        assert!(!page.contains("<script") && page.matches("&lt;script&gt;").count() >= 9, "{page}");
    }

    #[test]
    fn ids_and_codes_are_read_as_words_and_protection_is_said_first() {
        let id = "01900000-0000-7000-8000-000000000001";
        let document = json!({
            "child": id, "people": [{"id": id, "name": "Ella", "protected": true, "protection": "ingen"}],
            "protection": {"protected": true, "what-to-do": "Pröva"},
            "tables": [{"title": "Ja och nej", "rows": [{"by_id": id, "choice": "refused"}]}],
        });
        let page = page(&document);
        assert!(
            page.contains("<dt>Av</dt><dd>Ella</dd>") && page.contains("<dt>Svar</dt><dd>nej</dd>"),
            "{page}"
        );
        assert!(page.find("Skyddade personuppgifter").unwrap() < page.find("Personer").unwrap());
        assert!(page.contains("någon annan i familjen är skyddad"));
    }

    #[test]
    fn a_decision_is_read_without_opening_anything() {
        let said = json!({"decided": {"function": "mentor", "decision": {
            "outcome": "refused", "reasons": "Prov", "fields": {"earlier": {"number": 2}},
        }}});
        let row = json!({"id": "x", "kind": "decided", "at": "2026-09-07T10:15:30.000Z", "sealed": said});
        let tables = json!([{"table": "application_event", "title": "T", "rows": [row]}]);
        let page = page(&json!({"tables": tables}));
        let open = page.split("Alla rader").next().unwrap();
        for words in [
            "<dd>2026-09-07 10:15</dd>",
            "<dd>beslut</dd>",
            "earlier: 2\nUtfall: avslag\nSkäl: Prov\nI uppgiften: mentor",
        ] {
            assert!(open.contains(words), "{words} in {open}");
        }
        assert!(!open.contains("<dt>id</dt>"));
    }
}
