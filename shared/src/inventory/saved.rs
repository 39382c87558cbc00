use super::paper_form::PaperForm;
use crate::date::Date;
use crate::form::FormKey;
use serde::{Deserialize, Serialize};

/// What digital answers have saved, as the inventory counts it. Never more than what was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Saved {
    /// Paper forms that nobody had to fill in.
    pub copies: u64,
    /// Sheets of paper.
    pub sheets: u64,
    /// Minutes of guardians.
    pub minutes_fill: u64,
    /// Minutes of staff.
    pub minutes_handle: u64,
    /// True when any of the figures behind it is estimated.
    pub estimated: bool,
}

impl std::ops::AddAssign for Saved {
    fn add_assign(&mut self, other: Self) {
        self.copies += other.copies;
        self.sheets += other.sheets;
        self.minutes_fill += other.minutes_fill;
        self.minutes_handle += other.minutes_handle;
        self.estimated |= other.estimated;
    }
}

/// What has been saved when `done` children are done with each digital form: one copy of every paper form that it replaces
/// on `today`, per child. A figure that the inventory does not have counts as nothing.
pub fn saved<'a>(
    forms: impl IntoIterator<Item = &'a PaperForm>,
    done: impl Fn(&FormKey) -> u64,
    today: Date,
) -> Saved {
    let mut sum = Saved::default();
    for form in forms {
        let Some(digital) = &form.replaced_by else { continue };
        let copies = done(digital);
        if copies == 0 || form.replaced_on.is_some_and(|day| day > today) {
            continue;
        }
        let times = |figure: Option<u32>| copies * u64::from(figure.unwrap_or(0));
        sum += Saved {
            copies,
            sheets: times(form.sheets),
            minutes_fill: times(form.minutes_fill),
            minutes_handle: times(form.minutes_handle),
            estimated: form.estimated,
        };
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(replaced_by: Option<&str>, replaced_on: Option<&str>) -> PaperForm {
        PaperForm {
            code: "a".into(),
            name: "A".into(),
            sheets: Some(2),
            minutes_fill: Some(10),
            minutes_handle: None,
            replaced_by: replaced_by.map(|key| FormKey(key.into())),
            replaced_on: replaced_on.map(|day| Date::parse_iso(day).unwrap()),
            ..PaperForm::default()
        }
    }

    #[test]
    fn counts_one_copy_per_child_that_is_done() {
        let today = Date::parse_iso("2026-09-07").unwrap();
        let done = |key: &FormKey| if key.as_str() == "diet" { 3 } else { 0 };
        let count = |forms: &[PaperForm]| saved(forms, done, today);
        let one = count(&[form(Some("diet"), Some("2026-09-07"))]);
        assert_eq!(
            one,
            Saved { copies: 3, sheets: 6, minutes_fill: 30, minutes_handle: 0, estimated: false }
        );
        assert_eq!(count(&[form(None, None), form(Some("other"), None)]), Saved::default());
        assert_eq!(count(&[form(Some("diet"), Some("2026-09-08"))]), Saved::default(), "not replaced yet");
        let guess = PaperForm { estimated: true, ..form(Some("diet"), None) };
        assert!(count(&[form(Some("diet"), None), guess]).estimated);
    }
}
