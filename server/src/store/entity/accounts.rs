//! Rows of how people sign in. Called by the store only.

/// A sign-in under way. Only a hash of what the browser holds is kept.
pub mod sign_in_attempt {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_attempt")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub token_hash: Vec<u8>,
        pub way: String,
        /// The page to come back to.
        pub back: String,
        /// The session of the same browser that ends when this one begins.
        pub replaces: Option<Vec<u8>>,
        pub expires_at: i64,
        /// What the answer of a device is compared with, where a passkey was asked for.
        pub asked: Option<String>,
        /// Who adds a passkey, where that was asked for.
        pub person_id: Option<Uuid>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a provider has said about who signed out there, so that it is not said again for it.
pub mod logout_token {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "logout_token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub issuer: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        /// When it is too old by itself.
        pub until: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A code that staff gave a guardian for a child. `hash` is a keyed hash of its secret part.
pub mod school_code {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "school_code")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub child_id: Uuid,
        pub guardian_id: Uuid,
        /// The letters that say which code is meant.
        pub name: String,
        pub hash: Vec<u8>,
        pub made_by: Uuid,
        pub made_at: i64,
        pub expires_at: i64,
        /// How many times somebody typed wrong letters after the right first ones.
        pub tries: i32,
        pub uses: i32,
        pub withdrawn_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A passkey of one of the staff. `credential` is a hash of what the device calls it; what is sealed in `sealed` and `name` is
/// hers. A removed one is empty.
pub mod passkey {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "passkey")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: Uuid,
        pub credential: Option<Vec<u8>>,
        pub sealed: Option<Vec<u8>>,
        pub name: Option<Vec<u8>>,
        pub created_at: i64,
        pub used_at: Option<i64>,
        /// When she last proved who she is in another way, as staff.
        pub confirmed_at: i64,
        /// The provider that she proved it at, and what it calls her, as a session has them.
        pub issuer: Option<String>,
        pub subject: Option<Vec<u8>>,
        pub removed_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An account at a provider of identity, and whose it is. `subject` is a blind index.
pub mod account {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub issuer: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject: Vec<u8>,
        pub person_id: Uuid,
        pub linked_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
