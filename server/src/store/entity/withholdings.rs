//! What is kept from one guardian of a child. Called by the store only.

/// A decision that something about a child is kept from one of those who decide for it.
pub mod withholding {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "withholding")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub child_id: Uuid,
        pub guardian_id: Uuid,
        pub forms: Option<String>,
        pub sealed: Vec<u8>,
        pub until_day: Option<String>,
        pub by_id: Uuid,
        pub role: String,
        pub at: i64,
        pub ended_by: Option<Uuid>,
        pub ended_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
