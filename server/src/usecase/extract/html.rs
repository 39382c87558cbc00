//! The page of an extract: one file that needs nothing else, in words. Must not hold a script or a link.

use crate::store::{Extract, ExtractRow, Section};
use serde_json::Value as Json;
use skolstart_shared::Date;

/// What the columns that are given are called.
pub const LABELS: &[(&str, &str)] = &[
    ("act_key", "Del"),
    ("admits", "Gäller för"),
    ("browser", "Webbläsare"),
    ("issuer", "Inloggningstjänst"),
    ("level", "Tillitsnivå"),
    ("linked_at", "Kopplad"),
    ("proven_at", "Legitimerad"),
    ("action", "Vad"),
    ("actor", "Av"),
    ("adult_id", "Vuxen"),
    ("answered_at", "Besvarat"),
    ("approved", "Godkänt"),
    ("application_id", "Ansökans nummer"),
    ("asked_at", "Senast efterfrågat"),
    ("at", "När"),
    ("birth_date", "Född"),
    ("by_id", "Av"),
    ("bytes", "Storlek i byte"),
    ("changed_at", "Ändrat"),
    ("child_id", "Barn"),
    ("children", "Antal barn"),
    ("choice", "Svar"),
    ("closed_at", "Avslutat"),
    ("confirmed_at", "Senast bekräftad"),
    ("content_hash", "Kontrollsumma"),
    ("created_at", "Började"),
    ("day", "Dag"),
    ("decided_at", "Beslutat"),
    ("decided_by", "Beslutat av"),
    ("done", "Klart"),
    ("done_at", "Klart"),
    ("done_by", "Klart av"),
    ("due", "Senast"),
    ("element", "Uppgift"),
    ("expires_at", "Slutar senast"),
    ("family_name", "Efternamn"),
    ("field_key", "Fråga"),
    ("form_key", "Blankett"),
    ("form_version", "Version"),
    ("from_day", "Från"),
    ("function", "Vems uppgift"),
    ("given_name", "Förnamn"),
    ("grade", "Årskurs"),
    ("group_id", "Grupp"),
    ("id", "Nummer"),
    ("identified", "Hur vi visste vem"),
    ("kept_at", "Sparat"),
    ("key", "Namn"),
    ("kind", "Slag"),
    ("lifted", "Varför stoppet hävdes"),
    ("lifted_at", "Hävt"),
    ("lifted_by", "Hävt av"),
    ("locale", "Språk"),
    ("made_at", "Gjord"),
    ("marking", "Skyddsmarkering"),
    ("method", "Hur du loggade in"),
    ("name", "Namn"),
    ("note", "Kommentar"),
    ("nr", "Ordning"),
    ("number", "Kvittonummer"),
    ("object_id", "Om"),
    ("object_kind", "Om vad"),
    ("opened_at", "Började"),
    ("outcome", "Resultat"),
    ("purpose", "Som"),
    ("received_at", "Mottaget"),
    ("receipt", "Kvitto"),
    ("recorded_by", "Infört av"),
    ("removed_at", "Borttagen"),
    ("returned", "Skolan har frågat"),
    ("role", "Roll"),
    ("role_word", "Tjänst"),
    ("round_id", "Omgång"),
    ("school_form", "Skolform"),
    ("sealed", "Innehåll"),
    ("set_at", "Satt"),
    ("set_by", "Satt av"),
    ("seen_at", "Senast använd"),
    ("seen_by", "Sett av"),
    ("seq", "Ordning"),
    ("signer_id", "Svarade"),
    ("source", "Källa"),
    ("status", "Läge"),
    ("step", "Steg"),
    ("subject_id", "Om"),
    ("text_hash", "Textens kontrollsumma"),
    ("told_at", "Berättat"),
    ("unit_id", "Enhet"),
    ("updated_at", "Uppdaterat"),
    ("uploader_id", "Skickad av"),
    ("used_at", "Senast använd"),
    ("uses", "Antal gånger använd"),
    ("valid_from", "Gäller från"),
    ("valid_to", "Gäller till"),
    ("to_day", "Till"),
    ("value", "Värde"),
    ("withdrawn_at", "Indragen"),
];

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"sv\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width\"><title>Utdrag ur Skolstart</title><style>\
body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c}\
article{border-top:1px solid #999;padding:.5rem 0}dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.1rem 1rem;margin:0}\
dt{color:#555}dd{margin:0;overflow-wrap:anywhere}</style></head><body>";

pub(super) fn page(extract: &Extract, day: Date) -> String {
    let mut page = HEAD.to_owned();
    page.push_str(
        "<h1>Utdrag ur Skolstart</h1><p>Det här är de uppgifter om dig som kommunen har i Skolstart den ",
    );
    page.push_str(&day.to_string());
    page.push_str(
        ". Andra personer står med roll, inte namn. Det som någon annan har sagt i förtroende är inte med. \
         Tider är i UTC. Är något fel kan du begära att det rättas, och du kan klaga hos \
         Integritetsskyddsmyndigheten (imy.se).</p>",
    );
    for section in &extract.sections {
        page.push_str(&of_section(section));
    }
    page.push_str("</body></html>\n");
    page
}

fn of_section(section: &Section) -> String {
    let mut text = format!("<section><h2>{}</h2>", escaped(&section.title));
    if section.withheld > 0 {
        text.push_str(&format!(
            "<p>I {} av raderna är en annan persons uppgifter utelämnade.</p>",
            section.withheld
        ));
    }
    section.rows.iter().for_each(|row| text.push_str(&of_row(row)));
    text.push_str("</section>");
    text
}

fn of_row(row: &ExtractRow) -> String {
    let shown = row.iter().filter(|(_, value)| !value.is_null());
    let lines = shown.map(|(name, value)| {
        let label =
            LABELS.iter().find(|(column, _)| column == name).map_or(name.as_str(), |(_, label)| label);
        format!("<dt>{}</dt><dd>{}</dd>", escaped(label), escaped(&words(value)))
    });
    format!("<article><dl>{}</dl></article>", lines.collect::<String>())
}

/// A value as text.
pub(in crate::usecase) fn words(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Bool(true) => "ja".to_owned(),
        Json::Bool(false) => "nej".to_owned(),
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
    use crate::store::classes::tables;

    #[test]
    fn every_column_that_is_given_has_a_name_for_people() {
        for table in tables().unwrap() {
            for column in table.columns.iter().filter(|column| column.out) {
                assert!(
                    LABELS.iter().any(|(name, _)| *name == column.name),
                    "{}.{}",
                    table.name,
                    column.name
                );
            }
        }
    }

    #[test]
    fn what_people_have_written_is_text_and_never_markup() {
        let row = vec![("value".to_owned(), Json::from("<script>alert(\"1\")</script>"))];
        let section =
            Section { table: "fact".into(), title: "Uppgifter".into(), rows: vec![row], withheld: 2 };
        let text = of_section(&section);
        assert!(!text.contains("<script") && text.contains("&lt;script&gt;"));
        assert!(text.contains("I 2 av raderna"));
    }
}
