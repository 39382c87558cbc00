//! Answers that name a unit: whether there is such a unit, and whether it may be chosen. Only the school knows.

use skolstart_shared::api::UnitOption;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Act, Answers, Field, FieldKind};
use skolstart_shared::{Code, Violation};

/// True when a field of the act, or a column of its rows, asks for a unit.
pub(super) fn asks_for_one(act: &Act) -> bool {
    act.fields.iter().any(|field| field.holds_kind(|kind| matches!(kind, FieldKind::Unit { .. })))
}

/// The answers that name no unit of `units`, or one without the school form that is asked for.
pub(super) fn unknown(act: &Act, answers: &Answers, units: &[UnitOption]) -> Vec<Violation> {
    let mut found = Vec::new();
    for field in &act.fields {
        if let Some(value) = answers.get(&field.key) {
            check(field, value, field.key.as_str(), units, &mut found);
        }
    }
    found
}

fn check(field: &Field, value: &Value, path: &str, units: &[UnitOption], found: &mut Vec<Violation>) {
    match (&field.kind, value) {
        (FieldKind::Unit { school_forms }, Value::Choice(id)) => {
            let offers = |unit: &UnitOption| unit.school_forms.iter().any(|form| school_forms.contains(form));
            let fits = |unit: &UnitOption| school_forms.is_empty() || offers(unit);
            if !units.iter().any(|unit| unit.id.to_string() == *id && fits(unit)) {
                found.push(Violation::new(path, Code::UnknownOption));
            }
        }
        (FieldKind::Rows { fields, .. }, Value::Rows(rows)) => {
            for (at, row) in rows.iter().enumerate() {
                for column in fields {
                    if let Some(value) = row.get(column.key.as_str()) {
                        let path = format!("{path}.{at}.{}", column.key.as_str());
                        check(column, value, &path, units, found);
                    }
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::id::UnitId;
    use skolstart_shared::school::SchoolForm;

    fn unit(id: u128, form: SchoolForm) -> UnitOption {
        UnitOption {
            id: UnitId(uuid::Uuid::from_u128(id)),
            name: "Skolan".to_owned(),
            school_forms: vec![form],
        }
    }

    fn field(json: &str) -> Field {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn only_units_that_there_are_and_that_offer_what_is_asked_for() {
        let units = [unit(1, SchoolForm::Gr), unit(2, SchoolForm::Fs)];
        let wish = r#"{"key":"unit","label":{"sv":"Skola"},"kind":{"unit":{"school-forms":["GR"]}}}"#;
        let rows = format!(
            r#"{{"key":"wishes","label":{{"sv":"Val"}},"kind":{{"rows":{{"fields":[{wish}],"least":1,"most":3,
            "add":{{"sv":"Lägg till"}},"row":{{"sv":"Val"}}}}}}}}"#
        );
        let check_all = |field: &Field, value: Value| {
            let mut found = Vec::new();
            check(field, &value, field.key.as_str(), &units, &mut found);
            found.into_iter().map(|violation| violation.path).collect::<Vec<_>>()
        };
        let choice = |id: u128| Value::Choice(uuid::Uuid::from_u128(id).to_string());
        let row = |id: u128| [("unit".to_owned(), choice(id))].into();
        assert!(check_all(&field(wish), choice(1)).is_empty());
        assert_eq!(check_all(&field(wish), choice(2)), ["unit"]);
        assert_eq!(check_all(&field(wish), choice(3)), ["unit"]);
        assert_eq!(check_all(&field(&rows), Value::Rows(vec![row(1), row(2)])), ["wishes.1.unit"]);
    }
}
