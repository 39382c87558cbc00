//! The page of an extract: one file that needs nothing else, in words. Must not hold a script or a link.

use crate::i18n::{t, t_of, t_with};
use crate::store::{Extract, ExtractRow, Published, Section};
use crate::usecase::rows::{Names, Titles, escaped};
use skolstart_shared::{Date, Locale};
use std::collections::HashMap;

const STYLE: &str = "<style>\
body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c}\
article{border-top:1px solid #999;padding:.5rem 0}dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.1rem 1rem;margin:0}\
dt{color:#555}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}</style>";

pub(super) fn page(extract: &Extract, published: &Published, day: Date, locale: Locale) -> String {
    let titles = Titles::of(published, &extract.sections, locale);
    let names = Names::new(locale, HashMap::new(), titles);
    let title = t("extract.title", locale);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>{STYLE}</head><body>\
         <h1>{title}</h1><p>{}</p>",
        locale.as_str(),
        t_with("extract.intro", locale, &[("day", &day.to_string())]),
    );
    for section in &extract.sections {
        page.push_str(&of_section(section, &names, locale));
    }
    page.push_str("</body></html>\n");
    page
}

/// What the rows of a table are called where the one whom they are about reads them.
pub(super) fn title(table: &str, locale: Locale) -> &str {
    t_of("extract.table.", table, locale).unwrap_or(table)
}

fn of_section(section: &Section, names: &Names, locale: Locale) -> String {
    let mut text = format!("<section><h2>{}</h2>", escaped(title(&section.table, locale)));
    if section.withheld > 0 {
        let withheld = t_with("extract.withheld", locale, &[("n", &section.withheld.to_string())]);
        text.push_str(&format!("<p>{withheld}</p>"));
    }
    section.rows.iter().for_each(|row| text.push_str(&of_row(row, names)));
    text.push_str("</section>");
    text
}

fn of_row(row: &ExtractRow, names: &Names) -> String {
    let of = |name: &str| {
        row.iter()
            .find(|(column, _)| column == name)
            .and_then(|(_, value)| value.as_str())
            .unwrap_or_default()
    };
    let shown = row.iter().filter(|(_, value)| !value.is_null());
    let lines = shown.map(|(name, value)| {
        let value = names.in_row(of, name, value);
        format!("<dt>{}</dt><dd>{}</dd>", escaped(names.label(name)), escaped(&value))
    });
    format!("<article><dl>{}</dl></article>", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::t_all;
    use crate::store::classes::{Table, tables};
    use serde_json::{Value as Json, json};
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
        let text = of_section(&section, &names(Locale::Sv), Locale::Sv);
        assert!(!text.contains("<script") && text.contains("&lt;script&gt;"));
        assert!(text.contains("<h2>Uppgifter, med historik</h2><p>I 2 av raderna"), "{text}");
        let text = of_section(&section, &names(Locale::En), Locale::En);
        assert!(text.contains("<h2>Details, with their history</h2><p>In 2 of the rows"), "{text}");
    }

    fn names(locale: Locale) -> Names {
        Names::new(locale, HashMap::new(), Titles::default())
    }

    #[test]
    fn codes_values_and_times_are_words() {
        let row = [
            ("source", json!("guardian")),
            ("value", json!({"flag": false})),
            ("sealed", json!({"reasons": "Prov", "outcome": "refused"})),
            ("action", json!("read-child")),
            ("at", json!("2026-09-07T10:15:30.000Z")),
            ("note", json!("guardian")),
        ];
        let row: ExtractRow = row.map(|(name, value)| (name.to_owned(), value)).into();
        let swedish = of_row(&row, &names(Locale::Sv));
        for words in ["vårdnadshavare", "nej", "Utfall: avslag\nSkäl: Prov", "2026-09-07 10:15", "guardian"]
        {
            assert!(swedish.contains(&format!("<dd>{words}</dd>")), "{words} in {swedish}");
        }
        let english = of_row(&row, &names(Locale::En));
        for words in
            ["guardian", "no", "Outcome: refused\nReasons: Prov", "read the child's page and answers"]
        {
            assert!(english.contains(&format!("<dd>{words}</dd>")), "{words} in {english}");
        }
    }
}
