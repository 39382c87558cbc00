//! An answer as people read it, in Swedish.

use super::words::{t, t_with, words};
use skolstart_shared::Locale;
use skolstart_shared::fact::{Interval, Schedule, Value};
use skolstart_shared::form::{ChoiceOption, Field, FieldKind, Texts};
use std::collections::BTreeMap;
use uuid::Uuid;

fn days() -> [&'static str; 7] {
    [
        t("archive.day.monday"),
        t("archive.day.tuesday"),
        t("archive.day.wednesday"),
        t("archive.day.thursday"),
        t("archive.day.friday"),
        t("archive.day.saturday"),
        t("archive.day.sunday"),
    ]
}

/// `places`: units that may be chosen.
pub(super) fn said(field: Option<&Field>, value: &Value, places: &BTreeMap<Uuid, String>) -> String {
    let kind = field.map(|field| &field.kind);
    match value {
        Value::Text(text) => text.clone(),
        Value::Flag(said) => match kind {
            Some(FieldKind::Acknowledge { text }) if *said => {
                t_with("archive.said.acknowledged", &[("text", sv(text))])
            }
            _ => words(&(*said).into()),
        },
        Value::Number(number) => match kind {
            Some(FieldKind::Money { .. }) => kronor(*number),
            _ => number.to_string(),
        },
        Value::Date(day) => day.to_string(),
        Value::Choice(key) => option(kind, key, places),
        Value::Choices(keys) => match kind {
            Some(FieldKind::Choices { none, .. }) if keys.is_empty() => sv(none).to_owned(),
            _ => keys.iter().map(|key| option(kind, key, places)).collect::<Vec<_>>().join(", "),
        },
        Value::Phone(phone) => phone.display(),
        Value::Email(email) => email.as_str().to_owned(),
        Value::Rows(rows) => {
            let columns = kind.map(FieldKind::columns).unwrap_or_default();
            let line = |row| in_row(columns, row, places);
            rows.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Value::Days(from, to) => format!("{from} – {to}"),
        Value::Time(time) => time.to_string(),
        // As it is kept: twelve digits say it in any century.
        Value::Identity(number) => match number.personal_number() {
            Some(number) => number.as_str12().to_owned(),
            None => number.masked(),
        },
        Value::Schedule(schedule) => weeks(kind, schedule),
        Value::Files(files) => {
            let file = |file: &skolstart_shared::fact::FileRef| format!("{} ({})", file.name, file.id);
            files.iter().map(file).collect::<Vec<_>>().join(", ")
        }
    }
}

fn in_row(columns: &[Field], row: &skolstart_shared::fact::Row, places: &BTreeMap<Uuid, String>) -> String {
    let column = |key: &str| columns.iter().find(|column| column.key.as_str() == key);
    let place = |key: &String| columns.iter().position(|column| column.key.as_str() == key);
    let mut cells: Vec<(&String, &Value)> = row.iter().collect();
    cells.sort_by_key(|(key, _)| place(key).unwrap_or(columns.len()));
    let cell = |(key, value): (&String, &Value)| {
        let field = column(key);
        let label = field.map_or(key.as_str(), |field| sv(&field.label));
        format!("{label}: {}", said(field, value, places))
    };
    cells.into_iter().map(cell).collect::<Vec<_>>().join("; ")
}

fn option(kind: Option<&FieldKind>, key: &str, places: &BTreeMap<Uuid, String>) -> String {
    let options = match kind {
        Some(FieldKind::Choice { options } | FieldKind::Choices { options, .. }) => options.as_slice(),
        _ => &[],
    };
    let named = label(options, key);
    let place = || Uuid::parse_str(key).ok().and_then(|id| places.get(&id)).map(String::as_str);
    named.or_else(place).unwrap_or(key).to_owned()
}

fn label<'a>(options: &'a [ChoiceOption], key: &str) -> Option<&'a str> {
    options.iter().find(|option| option.key == key).map(|option| sv(&option.label))
}

fn kronor(ore: i64) -> String {
    let (whole, rest) = (ore / 100, (ore % 100).abs());
    let amount = if rest == 0 { whole.to_string() } else { format!("{whole},{rest:02}") };
    t_with("archive.said.amount", &[("amount", &amount)])
}

fn weeks(kind: Option<&FieldKind>, schedule: &Schedule) -> String {
    let homes = match kind {
        Some(FieldKind::Schedule { homes, .. }) => homes.as_slice(),
        _ => &[],
    };
    let mut lines = vec![t_with("archive.said.from", &[("day", &schedule.from.to_string())])];
    for (number, week) in schedule.weeks.iter().enumerate() {
        let home = week.home.as_deref().map(|home| format!(" ({})", label(homes, home).unwrap_or(home)));
        let days = week.days.iter().zip(days()).filter(|(times, _)| !times.is_empty());
        let days: Vec<String> = days.map(|(times, day)| format!("{day} {}", hours(times))).collect();
        let (number, home) = ((number + 1).to_string(), home.unwrap_or_default());
        let week = [("n", number.as_str()), ("home", &home), ("days", &days.join(", "))];
        lines.push(t_with("archive.said.week", &week));
    }
    for except in &schedule.except {
        let times =
            if except.times.is_empty() { t("archive.said.away").to_owned() } else { hours(&except.times) };
        lines.push(format!("{}: {times}", except.day));
    }
    lines.join("\n")
}

fn hours(times: &[Interval]) -> String {
    let times: Vec<String> = times.iter().map(|time| format!("{}–{}", time.from, time.to)).collect();
    times.join(&format!(" {} ", t("archive.said.and")))
}

fn sv(texts: &Texts) -> &str {
    texts.get(Locale::Sv)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asked(kind: serde_json::Value) -> Field {
        serde_json::from_value(json!({"key": "f", "label": {"sv": "Fråga"}, "kind": kind})).unwrap()
    }

    fn read(kind: serde_json::Value, value: serde_json::Value) -> String {
        let value: Value = serde_json::from_value(value).unwrap();
        said(Some(&asked(kind)), &value, &BTreeMap::new())
    }

    #[test]
    fn codes_are_read_as_the_words_that_were_chosen() {
        let options =
            json!([{"key": "milk", "label": {"sv": "Mjölk"}}, {"key": "egg", "label": {"sv": "Ägg"}}]);
        let several = json!({"choices": {"options": options, "none": {"sv": "Inget av det"}}});
        assert_eq!(read(json!({"choice": {"options": options}}), json!({"choice": "egg"})), "Ägg");
        assert_eq!(read(several.clone(), json!({"choices": ["milk", "egg"]})), "Mjölk, Ägg");
        assert_eq!(read(several, json!({"choices": []})), "Inget av det");
        // What the form does not know any more is told as it stands.
        assert_eq!(read(json!({"choice": {"options": []}}), json!({"choice": "soy"})), "soy");
    }

    #[test]
    fn amounts_rows_and_units_are_whole() {
        let money = json!({"money": {"min": 0, "max": 9_000_000}});
        assert_eq!(read(money.clone(), json!({"number": 1_234_550})), "12345,50 kr");
        assert_eq!(read(money, json!({"number": 1_200_000})), "12000 kr");
        let columns = json!([
            {"key": "name", "label": {"sv": "Namn"}, "kind": {"text": {"max": 80}}},
            {"key": "age", "label": {"sv": "Ålder"}, "kind": {"number": {"min": 0, "max": 99}}},
        ]);
        let rows = json!({"rows": {
            "fields": columns, "least": 1, "most": 3, "add": {"sv": "Lägg till"}, "row": {"sv": "Person"},
        }});
        let given =
            json!({"rows": [{"age": {"number": 7}, "name": {"text": "Kim"}}, {"name": {"text": "Lo"}}]});
        assert_eq!(read(rows, given), "Namn: Kim; Ålder: 7\nNamn: Lo");
        let unit = Uuid::from_u128(7);
        let places = BTreeMap::from([(unit, "Björkskolan".to_owned())]);
        let chosen = Value::Choice(unit.to_string());
        assert_eq!(said(Some(&asked(json!({"unit": {}}))), &chosen, &places), "Björkskolan");
    }
}
