use super::units::all_units;
use crate::policy::{ActionKind, Grant, ReadMunicipality, ReadUnits};
use crate::store::entity::{progress_child, progress_count, unit_day};
use crate::store::rows::MOST_IDS;
use crate::store::{Published, Store, StoreError, words};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Expr,
};
use skolstart_shared::Date;
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{GroupId, RoundId, UnitId};
use skolstart_shared::round::TaskStatus;
use std::collections::{HashMap, HashSet};
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

/// What came to a unit in a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Values that were known and confirmed.
    pub confirmed: u64,
    /// Values that were known and changed.
    pub changed: u64,
    /// Values that were not known.
    pub new: u64,
    /// How many times somebody sent something.
    pub submissions: u64,
}

/// The municipality in counters.
pub struct Figures {
    /// Units with name, counters and what they received.
    pub units: Vec<(UnitId, String, ScopeFigures, Received)>,
    /// Submissions per day, in order.
    pub days: Vec<(Date, u32)>,
}

impl Store {
    /// The rounds for some children that have opened and ask anybody at one of these units, or in one of these groups. Read only
    /// when there are such rounds, which is seldom.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn rounds_asking<A: ActionKind>(
        &self,
        _grant: &Grant<A>,
        published: &Published,
        scopes: &[Uuid],
        today: Date,
    ) -> Result<HashSet<RoundId>, StoreError> {
        use progress_child::Column::{Children, RoundId as Of, ScopeId};
        let rounds: Vec<Uuid> = published.opened_for_some(today).map(|round| round.id.0).collect();
        if rounds.is_empty() {
            return Ok(HashSet::new());
        }
        let mut asking = HashSet::new();
        for part in scopes.chunks(MOST_IDS) {
            let query = progress_child::Entity::find()
                .select_only()
                .column(Of)
                .distinct()
                .filter(ScopeId.is_in(part.iter().copied()))
                .filter(Of.is_in(rounds.iter().copied()))
                .filter(Children.gt(0));
            let found: Vec<Uuid> = query.into_tuple().all(self.db()).await?;
            asking.extend(found.into_iter().map(RoundId));
        }
        Ok(asking)
    }

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

    /// The counters of units that the grant reaches, and what they received.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn unit_figures(
        &self,
        _grant: &Grant<ReadUnits>,
        units: &[UnitId],
        round: RoundId,
    ) -> Result<HashMap<UnitId, (ScopeFigures, Received)>, StoreError> {
        let scopes: Vec<Uuid> = units.iter().map(|unit| unit.0).collect();
        let mut figures = scope_figures(self.db(), &scopes, round).await?;
        let mut received = received_by_unit(self.db(), round, Some(&scopes)).await?;
        let of = |unit: &Uuid| {
            (figures.remove(unit).unwrap_or_default(), received.remove(unit).unwrap_or_default())
        };
        let found: Vec<_> = scopes.iter().map(of).collect();
        Ok(units.iter().copied().zip(found).collect())
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
        let (mut figures, mut received, mut days) = (HashMap::new(), HashMap::new(), Vec::new());
        if let Some(round) = round {
            figures = scope_figures(self.db(), &ids, round).await?;
            received = received_by_unit(self.db(), round, None).await?;
            days = submissions_by_day(self.db(), round).await?;
        }
        let units = units.into_iter().map(|unit| {
            let counted = figures.remove(&unit.id).unwrap_or_default();
            (UnitId(unit.id), unit.name, counted, received.remove(&unit.id).unwrap_or_default())
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
        for (scope, form, act, status, children) in counts(db, part, round).await? {
            let Some(status) = TaskStatus::from_name(&status) else { continue };
            let acts = &mut found.entry(scope).or_default().acts;
            acts.entry((FormKey(form), ActKey(act))).or_default().push((status, small(children)));
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

/// Scope, form, act, status and how many children. By position and without what is nought: a municipality has thousands.
async fn counts<C: ConnectionTrait>(
    db: &C,
    scopes: &[Uuid],
    round: RoundId,
) -> Result<Vec<(Uuid, String, String, String, i64)>, StoreError> {
    use progress_count::Column::{ActKey, Children, FormKey, RoundId, ScopeId, Status};
    let rows = progress_count::Entity::find()
        .select_only()
        .columns([ScopeId, FormKey, ActKey, Status, Children])
        .filter(ScopeId.is_in(scopes.iter().copied()))
        .filter(RoundId.eq(round.0))
        .filter(Children.gt(0))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows)
}

/// Sums in the database: a row per unit or day comes out and not one per unit and day.
fn sum_of(column: unit_day::Column) -> Expr {
    Expr::col(column).sum().cast_as("bigint")
}

async fn received_by_unit<C: ConnectionTrait>(
    db: &C,
    round: RoundId,
    units: Option<&[Uuid]>,
) -> Result<HashMap<Uuid, Received>, StoreError> {
    use unit_day::Column::{Changed, Confirmed, New, RoundId, Submissions, UnitId};
    let mut query = unit_day::Entity::find()
        .select_only()
        .column(UnitId)
        .expr(sum_of(Confirmed))
        .expr(sum_of(Changed))
        .expr(sum_of(New))
        .expr(sum_of(Submissions))
        .filter(RoundId.eq(round.0))
        .group_by(UnitId);
    if let Some(units) = units {
        query = query.filter(UnitId.is_in(units.iter().copied()));
    }
    let rows: Vec<(Uuid, i64, i64, i64, i64)> = query.into_tuple().all(db).await?;
    let received = |(unit, confirmed, changed, new, submissions): (Uuid, i64, i64, i64, i64)| {
        let (confirmed, changed, new) = (plain(confirmed), plain(changed), plain(new));
        (unit, Received { confirmed, changed, new, submissions: plain(submissions) })
    };
    Ok(rows.into_iter().map(received).collect())
}

async fn submissions_by_day<C: ConnectionTrait>(
    db: &C,
    round: RoundId,
) -> Result<Vec<(Date, u32)>, StoreError> {
    use unit_day::Column::{Day, RoundId, Submissions};
    let rows: Vec<(String, i64)> = unit_day::Entity::find()
        .select_only()
        .column(Day)
        .expr(sum_of(Submissions))
        .filter(RoundId.eq(round.0))
        .group_by(Day)
        .order_by_asc(Day)
        .into_tuple()
        .all(db)
        .await?;
    let days = rows.into_iter().filter_map(|(day, sent)| Some((words::day(Some(&day))?, small(sent))));
    Ok(days.collect())
}

fn plain(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// A counter. Below nothing can only come of a fault, and is shown as nothing.
fn small(count: i64) -> u32 {
    u32::try_from(Ord::max(count, 0)).unwrap_or(u32::MAX)
}
