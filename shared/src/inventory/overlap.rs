use super::paper_form::PaperForm;
use crate::fact::ElementKey;
use crate::form::FormDefinition;
use std::collections::{BTreeMap, BTreeSet};

/// A form as a column of the picture of overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormColumn {
    /// The code of a paper form or the key of a digital one.
    pub code: String,
    /// Its title.
    pub name: String,
    /// True for a form that is published here.
    pub digital: bool,
    /// What it asks for.
    pub asks: BTreeSet<ElementKey>,
}

/// An element as a row: which columns ask it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlapRow {
    /// The element.
    pub element: ElementKey,
    /// Per column, whether it asks for the element.
    pub asked: Vec<bool>,
    /// On how many paper forms it is asked.
    pub paper: usize,
}

/// Which elements are asked on which forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// Forms, paper ones first.
    pub forms: Vec<FormColumn>,
    /// Elements that any form asks for, the most asked first.
    pub rows: Vec<OverlapRow>,
}

impl FormColumn {
    /// A form of the inventory.
    pub fn of_paper(form: &PaperForm) -> Self {
        let asks = form.asks.iter().cloned().collect();
        Self { code: form.code.clone(), name: form.name.clone(), digital: false, asks }
    }
}

/// The elements that a digital form asks for.
pub fn elements_of(form: &FormDefinition) -> BTreeSet<ElementKey> {
    form.acts.iter().flat_map(|act| &act.fields).filter_map(|field| field.element.clone()).collect()
}

/// The picture of overlap of these forms. Two elements that are asked as often stand in the order of their keys.
pub fn overlap(forms: Vec<FormColumn>) -> Overlap {
    let mut asked: BTreeMap<&ElementKey, Vec<bool>> = BTreeMap::new();
    for (at, form) in forms.iter().enumerate() {
        for element in &form.asks {
            let row = asked.entry(element).or_insert_with(|| vec![false; forms.len()]);
            if let Some(cell) = row.get_mut(at) {
                *cell = true;
            }
        }
    }
    let mut rows: Vec<OverlapRow> = asked
        .into_iter()
        .map(|(element, asked)| {
            let on_paper = asked.iter().zip(&forms).filter(|(asked, form)| **asked && !form.digital);
            OverlapRow { element: element.clone(), paper: on_paper.count(), asked }
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.times()));
    Overlap { forms, rows }
}

impl OverlapRow {
    /// On how many forms it is asked.
    pub fn times(&self) -> usize {
        self.asked.iter().filter(|asked| **asked).count()
    }
}

impl Overlap {
    /// How many answers are asked for in all, and how many of them repeat one that another form has.
    pub fn repeated(&self) -> (usize, usize) {
        let all = self.rows.iter().map(OverlapRow::times).sum();
        (all, all - self.rows.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn column(code: &str, digital: bool, asks: &[&str]) -> FormColumn {
        let asks = asks.iter().map(|key| ElementKey((*key).to_owned())).collect();
        FormColumn { code: code.into(), name: code.into(), digital, asks }
    }

    #[test]
    fn the_most_asked_comes_first() {
        let picture = overlap(vec![
            column("a", false, &["child.name", "guardian.phone"]),
            column("b", false, &["guardian.phone"]),
            column("c", true, &["guardian.phone", "child.x"]),
        ]);
        let seen: Vec<_> =
            picture.rows.iter().map(|row| (row.element.as_str(), row.times(), row.paper)).collect();
        assert_eq!(seen, [("guardian.phone", 3, 2), ("child.name", 1, 1), ("child.x", 1, 0)]);
        assert_eq!(picture.repeated(), (5, 2));
    }

    proptest! {
        #[test]
        fn counts_each_question_once(asks in prop::collection::vec(prop::collection::btree_set("[a-c]\\.[a-d]", 0..6), 0..8)) {
            let forms: Vec<FormColumn> = asks.iter().enumerate().map(|(at, keys)| {
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                column(&at.to_string(), at % 3 == 0, &keys)
            }).collect();
            let picture = overlap(forms);
            let (all, repeated) = picture.repeated();
            prop_assert_eq!(all, asks.iter().map(|keys| keys.len()).sum::<usize>());
            prop_assert_eq!(all - repeated, picture.rows.len());
            prop_assert!(picture.rows.windows(2).all(|pair| pair[0].times() >= pair[1].times()));
            prop_assert!(picture.rows.iter().all(|row| row.times() >= 1 && row.paper <= row.times()));
        }
    }
}
