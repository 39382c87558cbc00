//! Rows of lists that leave the house, and of alarms. Called by the store only.

/// A list that was asked for. `sealed`: what for. `approved` without `decided_at`: it needed nobody else.
pub mod list_export {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "list_export")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub by_id: Uuid,
        pub group_id: Uuid,
        pub unit_id: Uuid,
        pub form_key: String,
        pub act_key: String,
        pub children: i32,
        pub sealed: Vec<u8>,
        pub at: i64,
        pub decided_by: Option<Uuid>,
        pub decided_at: Option<i64>,
        pub approved: bool,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// That somebody read or took out much on one day. One for each person, day and kind.
pub mod bulk_alarm {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bulk_alarm")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub person_id: Uuid,
        pub day: String,
        pub children: i32,
        pub at: i64,
        pub seen_by: Option<Uuid>,
        pub seen_at: Option<i64>,
        pub lifted: bool,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
