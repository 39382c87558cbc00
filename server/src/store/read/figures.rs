use super::units::all_units;
use crate::policy::{Grant, ReadMunicipality, ReadUnits};
use crate::store::entity::{progress_child, progress_count, unit_day};
use crate::store::rows::MOST_IDS;
use crate::store::{Store, StoreError, words};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use skolstart_shared::Date;
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{GroupId, RoundId, UnitId};
use skolstart_shared::round::TaskStatus;
use std::collections::HashMap;
use uuid::Uuid;

/// The counters of a unit or a group.
#[derive(Clone, Debug, Default)]
pub struct ScopeFigures {
    /// Children, those with protected identity left out.
    pub children: u32,
    /// Children with every act done.
    pub finished: u32,
    /// Children per act and status, as stored: see [`TaskStatus::seen_on`].
    pub acts: HashMap<(FormKey, ActKey), Vec<(TaskStatus, u32)>>,
}

/// What came to a unit on a day.
#[derive(Clone, Debug)]
pub struct UnitDay {
    /// The unit.
    pub unit: UnitId,
    /// The day.
    pub day: Date,
    /// Submissions.
    pub submissions: u32,
    /// Values that were known and confirmed.
    pub confirmed: u64,
    /// Values that were known and changed.
    pub changed: u64,
    /// Values that were not known.
    pub new: u64,
}

/// The municipality in counters.
pub struct Figures {
    /// Units with name and counters.
    pub units: Vec<(UnitId, String, ScopeFigures)>,
    /// Days, per unit.
    pub days: Vec<UnitDay>,
}

impl Store {
    /// The counters of groups that the grant reaches.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn group_figures(
        &self,
        _grant: &Grant<ReadUnits>,
        groups: &[GroupId],
        round: RoundId,
    ) -> Result<HashMap<Uuid, ScopeFigures>, StoreError> {
        let scopes: Vec<Uuid> = groups.iter().map(|group| group.0).collect();
        scope_figures(self.db(), &scopes, round).await
    }

    /// The whole municipality from its counters: no row per child is read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn figures(
        &self,
        _grant: &Grant<ReadMunicipality>,
        round: Option<RoundId>,
        today: Date,
    ) -> Result<Figures, StoreError> {
        let units = all_units(self.db(), today).await?;
        let ids: Vec<Uuid> = units.iter().map(|unit| unit.id).collect();
        let mut figures = HashMap::new();
        let mut days = Vec::new();
        if let Some(round) = round {
            figures = scope_figures(self.db(), &ids, round).await?;
            days = unit_days(self.db(), round).await?;
        }
        let units = units.into_iter().map(|unit| {
            let counted = figures.remove(&unit.id).unwrap_or_default();
            (UnitId(unit.id), unit.name, counted)
        });
        Ok(Figures { units: units.collect(), days })
    }
}

async fn scope_figures<C: ConnectionTrait>(
    db: &C,
    scopes: &[Uuid],
    round: RoundId,
) -> Result<HashMap<Uuid, ScopeFigures>, StoreError> {
    let mut found: HashMap<Uuid, ScopeFigures> = HashMap::new();
    for part in scopes.chunks(MOST_IDS) {
        let counts = progress_count::Entity::find()
            .filter(progress_count::Column::ScopeId.is_in(part.iter().copied()))
            .filter(progress_count::Column::RoundId.eq(round.0));
        for row in counts.all(db).await?.into_iter().filter(|row| row.children > 0) {
            let Some(status) = TaskStatus::from_name(&row.status) else { continue };
            let acts = &mut found.entry(row.scope_id).or_default().acts;
            acts.entry((FormKey(row.form_key), ActKey(row.act_key)))
                .or_default()
                .push((status, small(row.children)));
        }
        let children = progress_child::Entity::find()
            .filter(progress_child::Column::ScopeId.is_in(part.iter().copied()))
            .filter(progress_child::Column::RoundId.eq(round.0));
        for row in children.all(db).await? {
            let figures = found.entry(row.scope_id).or_default();
            (figures.children, figures.finished) = (small(row.children), small(row.finished));
        }
    }
    Ok(found)
}

async fn unit_days<C: ConnectionTrait>(db: &C, round: RoundId) -> Result<Vec<UnitDay>, StoreError> {
    let rows = unit_day::Entity::find().filter(unit_day::Column::RoundId.eq(round.0)).all(db).await?;
    let days = rows.into_iter().filter_map(|row| {
        Some(UnitDay {
            unit: UnitId(row.unit_id),
            day: words::day(Some(&row.day))?,
            submissions: small(row.submissions),
            confirmed: row.confirmed.unsigned_abs(),
            changed: row.changed.unsigned_abs(),
            new: row.new.unsigned_abs(),
        })
    });
    Ok(days.collect())
}

/// A counter. Below nothing can only come of a fault, and is shown as nothing.
fn small(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}
