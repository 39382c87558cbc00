//! Rows of what the service needs about itself: settings, sessions, audit, imports. Called by the store only.

/// Settings of the database itself: which key, its check value.
pub mod meta {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "meta")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub value: Vec<u8>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A signed-in person. Only a hash of the token is kept.
pub mod session {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub token_hash: Vec<u8>,
        pub person_id: Uuid,
        pub created_at: i64,
        pub seen_at: i64,
        pub expires_at: i64,
        /// How it was made sure who this is.
        pub method: Option<String>,
        /// What it is called where somebody looks at her sessions.
        pub id: Option<Uuid>,
        /// In what capacities it lets her act.
        pub admits: Option<String>,
        /// Roughly which browser it is in.
        pub browser: Option<String>,
        /// The provider of identity, with blind indexes of what it calls her and its own session.
        pub issuer: Option<String>,
        pub subject: Option<Vec<u8>>,
        pub provider_session: Option<Vec<u8>>,
        /// How sure the provider was, and when she proved who she is.
        pub level: Option<String>,
        pub proven_at: Option<i64>,
        /// The code from school that it was begun with.
        pub code_id: Option<Uuid>,
        /// The passkey that it was begun with.
        pub passkey_id: Option<Uuid>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One read of a person or one change, chained to the one before by `hash`.
pub mod audit {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub chain: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub at: i64,
        pub actor: Option<Uuid>,
        pub action: String,
        pub object_kind: String,
        pub object_id: Option<Uuid>,
        pub purpose: String,
        pub outcome: String,
        pub request_id: String,
        pub prev_hash: Vec<u8>,
        pub hash: Vec<u8>,
        pub acting_for: Option<Uuid>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One run of an import. `counts` is JSON.
pub mod import_run {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_run")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub started_at: i64,
        pub finished_at: Option<i64>,
        pub counts: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a register record was before a run changed it.
pub mod register_history {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "register_history")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub run_id: Uuid,
        pub kind: String,
        pub object_id: Uuid,
        pub at: i64,
        pub sealed: Vec<u8>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
