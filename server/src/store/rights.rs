//! What rights follow from: relations, duties and where a child goes. Called by `policy`, which alone decides what they
//! give; that is why these functions take no grant.

use super::entity::{duty, enrolment, guardian_relation, organisation, person, school_group};
use super::{Store, StoreError, words};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, RelationDef, RelationTrait};
use skolstart_shared::Date;
use skolstart_shared::id::{GroupId, PersonId, UnitId};
use skolstart_shared::people::{DutyRole, GuardianRelation};
use skolstart_shared::school::OrganisationKind;
