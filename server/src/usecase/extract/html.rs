//! The page of an extract: one file that needs nothing else, in words. Must not hold a script or a link.

use crate::i18n::{t, t_of, t_with};
use crate::store::{Extract, ExtractRow, Section};
use serde_json::Value as Json;
use skolstart_shared::{Date, Locale};

const STYLE: &str = "<style>\
body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c}\
article{border-top:1px solid #999;padding:.5rem 0}dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.1rem 1rem;margin:0}\
dt{color:#555}dd{margin:0;overflow-wrap:anywhere}</style>";

pub(super) fn page(extract: &Extract, day: Date, locale: Locale) -> String {
    let title = t("extract.title", locale);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>{STYLE}</head><body>\
         <h1>{title}</h1><p>{}</p>",
        locale.as_str(),
        t_with("extract.intro", locale, &[("day", &day.to_string())]),
    );
    for section in &extract.sections {
        page.push_str(&of_section(section, locale));
    }
    page.push_str("</body></html>\n");
    page
}

/// What the rows of a table are called where the one whom they are about reads them.
pub(super) fn title(table: &str, locale: Locale) -> &str {
    t_of("extract.table.", table, locale).unwrap_or(table)
}

fn of_section(section: &Section, locale: Locale) -> String {
    let mut text = format!("<section><h2>{}</h2>", escaped(title(&section.table, locale)));
    if section.withheld > 0 {
        let withheld = t_with("extract.withheld", locale, &[("n", &section.withheld.to_string())]);
        text.push_str(&format!("<p>{withheld}</p>"));
    }
    section.rows.iter().for_each(|row| text.push_str(&of_row(row, locale)));
    text.push_str("</section>");
    text
}

fn of_row(row: &ExtractRow, locale: Locale) -> String {
    let shown = row.iter().filter(|(_, value)| !value.is_null());
    let lines = shown.map(|(name, value)| {
        let label = t_of("extract.column.", name, locale).unwrap_or(name);
        format!("<dt>{}</dt><dd>{}</dd>", escaped(label), escaped(&words(value, locale)))
    });
    format!("<article><dl>{}</dl></article>", lines.collect::<String>())
}

/// A value as text.
pub(in crate::usecase) fn words(value: &Json, locale: Locale) -> String {
    let words = |value: &Json| words(value, locale);
    match value {
        Json::Null => String::new(),
        Json::Bool(true) => t("extract.yes", locale).to_owned(),
        Json::Bool(false) => t("extract.no", locale).to_owned(),
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Array(all) => all.iter().map(words).collect::<Vec<_>>().join(", "),
        Json::Object(all) => {
            all.iter().map(|(name, value)| format!("{name}: {}", words(value))).collect::<Vec<_>>().join("; ")
        }
    }
}

/// Text as it stands in a page.
pub(in crate::usecase) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::t_all;
    use crate::store::classes::{Table, tables};
    use std::collections::BTreeSet;

    #[test]
    fn what_is_given_has_a_name_for_people_in_every_language_and_nothing_else_has() {
        let tables = tables().unwrap();
        let given = |table: &&Table| table.columns.iter().any(|column| column.out);
        let mut named: BTreeSet<&str> = BTreeSet::from(["answers_about"]);
        named.extend(tables.iter().filter(given).map(|table| table.name.as_str()));
        let columns = tables.iter().flat_map(|table| &table.columns).filter(|column| column.out);
        let columns: BTreeSet<&str> = columns.map(|column| column.name.as_str()).collect();
        for locale in Locale::ALL {
            let of = |family| t_all(family, *locale).map(|(name, _)| name).collect::<BTreeSet<_>>();
            assert_eq!(of("extract.table."), named);
            // In what is told beside the tables: `store::extract::answers`.
            let besides = ["field_key", "value"];
            assert_eq!(of("extract.column."), columns.iter().copied().chain(besides).collect());
        }
    }

    #[test]
    fn what_people_have_written_is_text_and_never_markup() {
        let row = vec![("value".to_owned(), Json::from("<script>alert(\"1\")</script>"))];
        let section = Section { table: "fact".into(), rows: vec![row], withheld: 2 };
        let text = of_section(&section, Locale::Sv);
        assert!(!text.contains("<script") && text.contains("&lt;script&gt;"));
        assert!(text.contains("<h2>Uppgifter, med historik</h2><p>I 2 av raderna"), "{text}");
        let text = of_section(&section, Locale::En);
        assert!(text.contains("<h2>Details, with their history</h2><p>In 2 of the rows"), "{text}");
    }
}
