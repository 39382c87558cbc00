//! Rows of files that are sent with answers. Called by the store only.

/// One file of one person. `sealed`: its name and the hash of what was sent.
pub mod file {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub uploader_id: Uuid,
        pub child_id: Option<Uuid>,
        pub bytes: i32,
        pub received: i32,
        pub sealed: Vec<u8>,
        pub created_at: i64,
        /// What it is, once it is checked and kept.
        pub kind: Option<String>,
        pub content_id: Option<Uuid>,
        pub kept_bytes: i32,
        /// Why it was not taken.
        pub refused: Option<String>,
        /// The answer that holds it.
        pub submission_id: Option<Uuid>,
        pub form_key: Option<String>,
        pub act_key: Option<String>,
        pub field_key: Option<String>,
        pub element: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Bytes of a file that is being sent, or of a content that is kept, from an offset on.
pub mod file_part {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "file_part")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub owner_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub at: i32,
        pub sealed: Vec<u8>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
