//! Rows of what people have sent: append-only history, and the projections that are read. Called by the store only.

/// One dated fact. Never changed, never deleted before its retention ends.
pub mod fact {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "fact")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub subject_id: Uuid,
        pub element: String,
        pub value: Vec<u8>,
        pub source: String,
        pub by_id: Option<Uuid>,
        pub at: i64,
        pub version: i32,
        pub submission_id: Option<Uuid>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The current facts of one person as one sealed value.
pub mod fact_snapshot {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "fact_snapshot")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject_id: Uuid,
        pub version: i32,
        pub sealed: Vec<u8>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What one person sent at one time, and the receipt exactly as it was returned.
pub mod submission {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "submission")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub sender_id: Uuid,
        pub round_id: Uuid,
        pub content_hash: String,
        pub sealed: Vec<u8>,
        pub receipt: String,
        pub number: String,
        pub received_at: i64,
        pub supersedes: Option<Uuid>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One decision about one purpose. `seq` is the order that decides which is the latest.
pub mod consent_decision {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "consent_decision")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub seq: i64,
        pub child_id: Uuid,
        pub form_key: String,
        pub act_key: String,
        pub field_key: String,
        pub by_id: Uuid,
        pub choice: String,
        pub form_version: i32,
        pub at: i64,
        pub submission_id: Uuid,
        /// The language that was read.
        pub locale: Option<String>,
        /// SHA-256 of the text that was read, in hex.
        pub text_hash: Option<String>,
        pub role: String,
        pub identified: String,
        /// Who of the staff took it down, when the person did not answer herself.
        pub recorded_by: Option<Uuid>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What staff took down of a paper or spoken answer. Its decisions carry its id where others carry their submission's.
pub mod consent_evidence {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "consent_evidence")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub child_id: Uuid,
        pub by_id: Uuid,
        pub recorded_by: Uuid,
        pub role: String,
        pub at: i64,
        pub sealed: Vec<u8>,
        /// When the person was told.
        pub told_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The latest answer of each signer. The subject is the child, or the guardian where an act is about herself.
pub mod act_answer {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "act_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub round_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub form_key: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub act_key: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub signer_id: Uuid,
        pub outcome: String,
        pub submission_id: Uuid,
        pub at: i64,
        /// When the signer last changed a field that needs everybody's answer.
        pub renewed_at: Option<i64>,
        /// A digest of the answers to what guardians must agree on.
        pub digest: Option<i64>,
        /// Staff have asked about the answer.
        pub returned: bool,
        /// The keys of the forms that it calls for, parted by spaces.
        pub calls: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a guardian has begun to answer and not sent; the id is hers. `sealed`: her program's record.
pub mod own_draft {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "own_draft")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kept_at: i64,
        pub sealed: Vec<u8>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
