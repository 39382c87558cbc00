//! Who stands in for somebody. Called by the store only.

/// Somebody who stands in for some days in a group.
pub mod substitute {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "substitute")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: Uuid,
        pub unit_id: Uuid,
        pub group_id: Uuid,
        pub from_day: String,
        pub to_day: String,
        pub given_by: Uuid,
        pub given_at: i64,
        pub ended_by: Option<Uuid>,
        pub ended_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
