//! Roles that were given by hand. Called by the store only.

/// A role that somebody holds or has held for a time.
pub mod mandate {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mandate")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: Uuid,
        pub kind: String,
        pub unit_id: Option<Uuid>,
        pub sealed: Vec<u8>,
        pub given_by: Uuid,
        pub given_at: i64,
        pub until_at: i64,
        pub ended_by: Option<Uuid>,
        pub ended_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
