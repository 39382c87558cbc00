use super::history::{before, last_changed, of_snapshot};
use super::units::cooks_at;
use crate::clock::Clock;
use crate::policy::{Grant, Principal, ReadKitchen, Scope};
use crate::store::{AuditEntry, ChildRecord, KitchenFile, Published, Store};
use crate::usecase::ReadError;
use crate::usecase::names::natural;
use skolstart_shared::api::{
    KitchenChange, KitchenChild, KitchenCount, KitchenDay, KitchenGroup, KitchenNeed, KitchenOut,
};
use skolstart_shared::diet::{Diet, diet, tells_kitchen};
use skolstart_shared::form::{Act, Field, FieldKind};
use skolstart_shared::id::GroupId;
use skolstart_shared::{Date, Locale, Timestamp};
use std::collections::BTreeMap;

/// For how many days a change is pointed out.
const LATELY: i64 = 7;
const DAY: i64 = 24 * 3_600_000;

/// What a child needs by each act: two forms may call a question of theirs by the same key.
type Diets = Vec<Diet>;

/// A child's line, with what it is counted from.
struct Line<'a> {
    child: &'a ChildRecord,
    diets: Diets,
    differ: bool,
    change: Option<(Date, Diets)>,
}

struct Desk<'a> {
    published: &'a Published,
    acts: Vec<&'a Act>,
    /// The fields that the reader is among the readers of, with the place of their act. The others still count when a condition
    /// asks for them.
    fields: Vec<(usize, &'a Field)>,
    file: &'a KitchenFile,
    locale: Locale,
    today: Date,
    /// When today began, and when what is pointed out began.
    midnight: Timestamp,
    since: Timestamp,
    clock: &'a Clock,
}

/// The list of the unit of the grant.
///
/// # Errors
/// [`ReadError::NotFound`] when its kitchen is not the reader's task; otherwise when it could not be read or noted.
pub async fn list(
    store: &Store,
    grant: Grant<ReadKitchen>,
    principal: &Principal,
) -> Result<KitchenOut, ReadError> {
    let units = match grant.scope() {
        Scope::Units(units) if units.iter().all(|unit| cooks_at(principal, *unit)) => units,
        _ => return Err(ReadError::NotFound),
    };
    let (tasks, leads) = (principal.tasks_with(units, None), grant.purpose() == "principal");
    let clock = store.clock();
    let (now, today) = (clock.now(), clock.today());
    let published = store.published();
    let forms = published.newest_forms();
    let acts: Vec<&Act> = forms.iter().flat_map(|form| &form.acts).filter(|act| tells_kitchen(act)).collect();
    let elements: Vec<_> =
        acts.iter().flat_map(|act| &act.fields).filter_map(|field| field.element.clone()).collect();
    let is_read = |act: &Act, field: &Field| {
        let element = field.element.as_ref().and_then(|key| published.catalogue().get(key));
        let readers = element.map(|element| &element.audience);
        act.audience.holds(&tasks, leads) && readers.is_none_or(|readers| readers.holds(&tasks, leads))
    };
    let mut fields = Vec::new();
    for (place, act) in acts.iter().enumerate() {
        fields.extend(act.fields.iter().filter(|field| is_read(act, field)).map(|field| (place, field)));
    }
    let midnight = clock.start_of(today);
    let since = midnight.plus_millis(-LATELY * DAY);
    let file = store.kitchen(&grant, &elements, since, today).await?.ok_or(ReadError::NotFound)?;
    let locale = principal.locale();
    let desk =
        Desk { published: &published, acts, fields, file: &file, locale, today, midnight, since, clock };
    let days: Vec<KitchenDay> = [today, today.add_days(1)].into_iter().map(|day| desk.day(day)).collect();
    let (protected, listed): (Vec<_>, Vec<_>) =
        seen(&grant, &file, &days).into_iter().partition(|entry| entry.object_kind != "listed-child");
    store.note_list(protected, listed.into_iter()).await?;
    Ok(KitchenOut { at: now, leaves_out: !grant.sees_protected(), days, unit_name: file.unit_name })
}

impl Desk<'_> {
    fn day(&self, day: Date) -> KitchenDay {
        let lines: Vec<Line<'_>> =
            self.file.children.iter().filter_map(|child| self.line(child, day)).collect();
        let counts = self.counts(&lines);
        let mut groups: BTreeMap<Option<GroupId>, KitchenGroup> = BTreeMap::new();
        for line in &lines {
            let place = line.child.place.filter(|place| place.unit == self.file.unit);
            let group = place.and_then(|place| place.group);
            let name = group.and(line.child.group.clone()).unwrap_or_default();
            let of =
                groups.entry(group).or_insert_with(|| KitchenGroup { group, name, children: Vec::new() });
            of.children.push(self.child(line));
        }
        let mut groups: Vec<KitchenGroup> = groups.into_values().collect();
        groups.sort_by_key(|group| (natural(&group.name), group.group));
        groups
            .iter_mut()
            .for_each(|group| group.children.sort_by_key(|child| (natural(&child.name), child.child)));
        KitchenDay { day, counts, groups }
    }

    /// `None`: the child eats what everybody eats, and has done so for a while.
    fn line<'f>(&self, child: &'f ChildRecord, day: Date) -> Option<Line<'f>> {
        let setting = child.setting(self.today);
        let said = self.file.said.get(&child.id).map(Vec::as_slice).unwrap_or_default();
        let snapshot = self.file.snapshots.get(&child.id);
        let mut line = Line { child, diets: Vec::new(), differ: false, change: None };
        let mut earlier = Vec::new();
        for (place, act) in self.acts.iter().enumerate() {
            let read = |mut diet: Diet| {
                diet.0
                    .retain(|key, _| self.fields.iter().any(|(of, field)| *of == place && field.key == *key));
                diet
            };
            let at = |moment| diet(act, &before(act, said, moment), &setting).0;
            let (now, differ) =
                snapshot.map(|known| diet(act, &of_snapshot(act, known), &setting)).unwrap_or_default();
            // What is added stands at once; what is taken away is cooked for once more.
            let stands =
                if day == self.today && !said.is_empty() { now.with(&at(self.midnight)) } else { now };
            line.diets.push(read(stands));
            line.differ |= differ;
            earlier.push(read(at(self.since)));
        }
        let changed = last_changed(said).filter(|at| *at >= self.since && earlier != line.diets);
        line.change = changed.map(|at| (self.clock.day_of(at).add_days(1).min(day), earlier));
        let eats_otherwise = line.diets.iter().any(|diet| !diet.is_empty());
        (eats_otherwise || line.change.is_some()).then_some(line)
    }

    fn child(&self, line: &Line<'_>) -> KitchenChild {
        KitchenChild {
            child: line.child.id,
            name: line.child.name.for_staff().full(),
            protected: line.child.protected,
            needs: self.needs(&line.diets),
            differ: line.differ,
            change: line
                .change
                .as_ref()
                .map(|(from, before)| KitchenChange { from: *from, before: self.needs(before) }),
        }
    }

    /// In the order of the forms, as the catalogue calls it.
    fn needs(&self, diets: &Diets) -> Vec<KitchenNeed> {
        let need = |(place, field): &(usize, &Field)| {
            let values = diets.get(*place)?.0.get(&field.key)?.clone();
            Some(KitchenNeed { label: self.label(field), kind: field.kind.clone(), values })
        };
        self.fields.iter().filter_map(need).collect()
    }

    fn label(&self, field: &Field) -> String {
        let element = field.element.as_ref().and_then(|element| self.published.catalogue().get(element));
        let named = element.map(|element| element.label.get(self.locale)).filter(|label| !label.is_empty());
        named.unwrap_or_else(|| field.label.get(self.locale)).to_owned()
    }

    fn counts(&self, lines: &[Line<'_>]) -> Vec<KitchenCount> {
        let count = |(place, field): &(usize, &Field)| {
            let options = match &field.kind {
                FieldKind::Choice { options } | FieldKind::Choices { options, .. } => options,
                _ => return None,
            };
            let of = |key: &str| {
                let diets = lines.iter().filter_map(|line| line.diets.get(*place));
                diets.filter(|diet| diet.chosen(field).contains(&key)).count()
            };
            let named =
                options.iter().map(|option| (option.label.get(self.locale).to_owned(), of(&option.key)));
            let options: Vec<(String, u32)> = named
                .filter(|(_, children)| *children > 0)
                .map(|(name, children)| (name, u32::try_from(children).unwrap_or(u32::MAX)))
                .collect();
            (!options.is_empty()).then(|| KitchenCount { label: self.label(field), options })
        };
        self.fields.iter().filter_map(count).collect()
    }
}

// One entry for the unit, and one for each child that is named on the list.
fn seen(grant: &Grant<ReadKitchen>, file: &KitchenFile, days: &[KitchenDay]) -> Vec<AuditEntry> {
    let shown = |child: &&ChildRecord| {
        let mut all = days.iter().flat_map(|day| &day.groups).flat_map(|group| &group.children);
        all.any(|line| line.child == child.id)
    };
    let kind = |child: &ChildRecord| if child.protected { "protected-child" } else { "listed-child" };
    let named = file.children.iter().filter(shown);
    let entries = named.map(|child| grant.audit(kind(child), Some(child.id.0)));
    std::iter::once(grant.audit("kitchen", Some(file.unit.0))).chain(entries).collect()
}
