//! Rows of applications and of what has happened with them. Called by the store only.

/// One application: from the first answer until it is decided, taken back or replaced. `nr` counts those of one child for
/// one act. `closed_at` follows from the events.
pub mod application {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub child_id: Uuid,
        pub round_id: Uuid,
        pub form_key: String,
        pub form_version: i32,
        pub act_key: String,
        pub nr: i32,
        pub opened_at: i64,
        pub closed_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Something that happened with an application. Never changed. `seq` counts from 1.
pub mod application_event {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "application_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub application_id: Uuid,
        pub seq: i32,
        pub kind: String,
        pub by_id: Uuid,
        pub at: i64,
        pub submission_id: Option<Uuid>,
        /// An opinion or a decision; empty for the rest.
        pub sealed: Vec<u8>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
