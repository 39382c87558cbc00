//! Rows of what staff have to do. Called by the store only.

/// Something to do. `nr` is the place among the act's follow-ups. `child_id` says whose staff it is for, `subject_id` whom
/// the answer was about. `asked_at`: when an answer last set it in motion.
pub mod todo {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "todo")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub child_id: Uuid,
        pub subject_id: Uuid,
        pub form_key: String,
        pub form_version: i32,
        pub act_key: String,
        pub nr: i32,
        pub function: String,
        pub opened_at: i64,
        pub asked_at: i64,
        pub due: String,
        pub cause_id: Uuid,
        pub done_at: Option<i64>,
        pub done_by: Option<Uuid>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// That something is done, or is not after all. Never changed.
pub mod todo_mark {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "todo_mark")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub todo_id: Uuid,
        pub done: bool,
        pub by_id: Uuid,
        pub at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
