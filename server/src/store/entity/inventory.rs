//! Rows of the element catalogue and the inventory of forms. Called by the store only.

/// One description of an element (`kind` element) or of a form of the inventory (form), as JSON. Never changed: a change is
/// the next version. `changed_by`: nobody for what came with the program.
pub mod inventory_version {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "inventory_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        pub definition: String,
        pub changed_at: i64,
        pub changed_by: Option<Uuid>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
