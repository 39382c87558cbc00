//! Rules between answers, and what an answer sets in motion, as sorts that are chosen from: which of them there is anything for in
//! an act, and what each begins as.

use crate::access::Function;
use crate::form::{Act, Condition, Field, FieldKey, FieldKind, FollowUp, Rule, Texts, Trigger};

/// The sorts of rules, in the order in which they are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleSort {
    /// [`Rule::AtLeastOneOf`].
    OneOf,
    /// [`Rule::DateOrder`].
    Order,
    /// [`Rule::Total`].
    Total,
    /// [`Rule::Distinct`].
    Distinct,
    /// [`Rule::Must`].
    Must,
}

/// The sorts of triggers, in the order in which they are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerSort {
    /// [`Trigger::Changed`].
    Changed,
    /// [`Trigger::Answered`].
    Answered,
    /// [`Trigger::Withdrawn`].
    Withdrawn,
}

/// A column of a question of rows.
pub type Column = (FieldKey, FieldKey);

impl RuleSort {
    /// All.
    pub const ALL: [Self; 5] = [Self::OneOf, Self::Order, Self::Total, Self::Distinct, Self::Must];

    /// What a new rule of this sort is. `None`: there is nothing in the act that it could be about.
    pub fn begin(self, act: &Act) -> Option<Rule> {
        Some(match self {
            Self::OneOf => {
                let two: Vec<FieldKey> = asked(act).take(2).map(key).collect();
                Rule::AtLeastOneOf((two.len() == 2).then_some(two)?)
            }
            Self::Order => match dates(act).as_slice() {
                [first, then, ..] => Rule::DateOrder(first.key.clone(), then.key.clone()),
                _ => return None,
            },
            Self::Total => match (numbers(act), number_columns(act).into_iter().next()) {
                (fields, _) if fields.len() > 1 => {
                    let fields = fields.into_iter().take(2).map(key).collect();
                    Rule::Total { fields, column: None, total: 100 }
                }
                (_, Some((rows, column))) => {
                    Rule::Total { fields: vec![rows], column: Some(column), total: 100 }
                }
                _ => return None,
            },
            Self::Distinct => {
                let (rows, column) = columns(act).into_iter().next()?;
                Rule::Distinct(rows, column)
            }
            Self::Must => {
                let at = key(asked(act).next()?);
                Rule::Must { holds: Condition::All(Vec::new()), at, says: Texts::default() }
            }
        })
    }
}

impl TriggerSort {
    /// All.
    pub const ALL: [Self; 3] = [Self::Changed, Self::Answered, Self::Withdrawn];

    /// The sort of a trigger.
    pub fn of(trigger: &Trigger) -> Self {
        match trigger {
            Trigger::Changed(_) => Self::Changed,
            Trigger::Answered(_) => Self::Answered,
            Trigger::Withdrawn(_) => Self::Withdrawn,
        }
    }

    /// A new trigger of this sort. `None`: there is nothing in the act that it could be about.
    pub fn begin(self, act: &Act) -> Option<Trigger> {
        let first = asked(act).next();
        match self {
            Self::Changed => Some(Trigger::Changed(vec![key(first?)])),
            // Whenever it is answered, until something more is chosen.
            Self::Answered => Some(Trigger::Answered(Condition::All(Vec::new()))).filter(|_| first.is_some()),
            Self::Withdrawn => purposes(act).next().map(|field| Trigger::Withdrawn(key(field))),
        }
    }

    /// A new follow-up that begins so.
    pub fn follow_up(self, act: &Act) -> Option<FollowUp> {
        let when = self.begin(act)?;
        Some(FollowUp { when, function: Function::Mentor, todo: Texts::default(), days: 7 })
    }
}

fn key(field: &Field) -> FieldKey {
    field.key.clone()
}

/// The questions of an act, consents left out.
pub fn asked(act: &Act) -> impl Iterator<Item = &Field> {
    let is_purpose = |field: &Field| matches!(field.kind, FieldKind::Consent { .. });
    act.fields.iter().filter(move |field| field.kind.is_asked() && !is_purpose(field))
}

/// The purposes that an act asks consent for.
pub fn purposes(act: &Act) -> impl Iterator<Item = &Field> {
    act.fields.iter().filter(|field| matches!(field.kind, FieldKind::Consent { .. }))
}

/// The questions whose answer is a day.
pub fn dates(act: &Act) -> Vec<&Field> {
    act.fields.iter().filter(|field| matches!(field.kind, FieldKind::Date { .. })).collect()
}

/// The questions whose answer is a number or an amount.
pub fn numbers(act: &Act) -> Vec<&Field> {
    act.fields.iter().filter(|field| is_number(field)).collect()
}

/// The columns of questions of rows.
pub fn columns(act: &Act) -> Vec<Column> {
    columns_that(act, |column| column.kind.is_asked())
}

/// Those that hold numbers or amounts.
pub fn number_columns(act: &Act) -> Vec<Column> {
    columns_that(act, is_number)
}

/// True when the total of a rule is an amount, kept in öre.
pub fn is_amount(act: &Act, fields: &[FieldKey], column: Option<&FieldKey>) -> bool {
    let is_money = |field: &Field| matches!(field.kind, FieldKind::Money { .. });
    let named = fields.iter().filter_map(|key| act.field(key));
    match column {
        Some(column) => {
            let mut columns = named.flat_map(|field| field.kind.columns());
            columns.any(|field| field.key == *column && is_money(field))
        }
        None => named.into_iter().any(is_money),
    }
}

fn is_number(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Number { .. } | FieldKind::Money { .. })
}

fn columns_that(act: &Act, fits: impl Fn(&Field) -> bool) -> Vec<Column> {
    let of = |field: &Field| {
        let fitting = field.kind.columns().iter().filter(|column| fits(column));
        fitting.map(|column| (field.key.clone(), column.key.clone())).collect::<Vec<_>>()
    };
    act.fields.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::builder::{KINDS, new_act, new_field, new_form, plain_kind};
    use crate::form::{ActKind, Answers, FormKey, Setting, validate};
    use crate::{Date, Locale};

    fn words(text: &str) -> Texts {
        Texts([(Locale::Sv, text.to_owned())].into())
    }

    /// An act with two questions of each kind, and a column of each kind that can be one.
    fn everything() -> Act {
        let form = new_form(FormKey("prov".to_owned()), words("Prov"));
        let mut act = new_act(&form, ActKind::Notification, words("Del"));
        act.fields.clear();
        for name in KINDS.iter().chain(&KINDS) {
            let mut field = new_field(&act.fields, words(name), plain_kind(name, None).unwrap());
            if let FieldKind::Rows { fields, .. } = &mut field.kind {
                fields.push(new_field(&[], words("Antal"), plain_kind("number", None).unwrap()));
            }
            act.fields.push(field);
        }
        act
    }

    #[test]
    fn every_sort_begins_as_a_rule_of_its_sort_that_the_answers_can_be_held_to() {
        let mut act = everything();
        for sort in RuleSort::ALL {
            let rule = sort.begin(&act).unwrap_or_else(|| panic!("{sort:?}"));
            let is_it = match (sort, &rule) {
                (RuleSort::OneOf, Rule::AtLeastOneOf(keys)) => keys.len() == 2,
                (RuleSort::Order, Rule::DateOrder(first, then)) => first != then,
                (RuleSort::Total, Rule::Total { fields, column: None, .. }) => fields.len() == 2,
                (RuleSort::Distinct, Rule::Distinct(rows, column)) => rows != column,
                (RuleSort::Must, Rule::Must { .. }) => true,
                _ => false,
            };
            assert!(is_it, "{sort:?} {rule:?}");
            act.rules.push(rule);
        }
        let setting = Setting::of_nobody(Date::new(2026, 9, 7).unwrap());
        // Nothing is answered: only the first of the rules has anything to say.
        let found = validate(&act, &Answers::default(), &setting);
        assert_eq!(found.iter().filter(|one| one.code == crate::Code::RuleBroken).count(), 0);
    }

    #[test]
    fn nothing_is_offered_that_there_is_nothing_for() {
        let form = new_form(FormKey("prov".to_owned()), words("Prov"));
        let mut act = new_act(&form, ActKind::Notification, words("Del"));
        act.fields.clear();
        assert!(RuleSort::ALL.iter().all(|sort| sort.begin(&act).is_none()));
        assert!(TriggerSort::ALL.iter().all(|sort| sort.begin(&act).is_none()));
        act.fields.push(new_field(&[], words("Namn"), plain_kind("text", None).unwrap()));
        let offered: Vec<_> = RuleSort::ALL.into_iter().filter(|sort| sort.begin(&act).is_some()).collect();
        assert_eq!(offered, [RuleSort::Must]);
        let offered: Vec<_> =
            TriggerSort::ALL.into_iter().filter(|sort| sort.begin(&act).is_some()).collect();
        assert_eq!(offered, [TriggerSort::Changed, TriggerSort::Answered]);
    }

    #[test]
    fn every_trigger_begins_as_one_of_its_sort() {
        let act = everything();
        for sort in TriggerSort::ALL {
            assert_eq!(TriggerSort::of(&sort.follow_up(&act).unwrap().when), sort);
        }
    }

    #[test]
    fn a_total_of_amounts_is_kept_in_ore() {
        let act = everything();
        let of = |name: &str| {
            vec![act.fields.iter().find(|field| field.label.get(Locale::Sv) == name).unwrap().key.clone()]
        };
        assert!(is_amount(&act, &of("money"), None));
        assert!(!is_amount(&act, &of("number"), None));
        let (rows, column) = number_columns(&act).remove(0);
        assert!(!is_amount(&act, &[rows], Some(&column)));
    }
}
