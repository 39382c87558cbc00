//! What each use case did not do, as a refusal.

use super::Refusal;
use crate::identity;
use crate::usecase::applications::StepError;
use crate::usecase::builder::BuilderError;
use crate::usecase::bulk::BulkError;
use crate::usecase::changes::ChangeError;
use crate::usecase::consents::TakeDownError;
use crate::usecase::files::FileError;
use crate::usecase::inventory::InventoryError;
use crate::usecase::mandates::MandateError;
use crate::usecase::protection::ProtectionError;
use crate::usecase::retention::HoldError;
use crate::usecase::rounds::RoundError;
use crate::usecase::school_codes::CodeError;
use crate::usecase::staff_acts::StaffAnswerError;
use crate::usecase::submit::SubmitError;
use crate::usecase::substitutes::SubstituteError;
use crate::usecase::todos::MarkError;
use crate::usecase::trail::TrailError;
use crate::usecase::withholdings::WithholdingError;
use skolstart_shared::api::ErrorCode;

impl From<identity::ChangeError> for Refusal {
    fn from(error: identity::ChangeError) -> Self {
        use identity::ChangeError::{Invalid, NotBegun, NotFound, NotFresh, Other, Store};
        match error {
            NotFound => Self::of(ErrorCode::NotFound),
            NotFresh => Self::of(ErrorCode::SignInAgain),
            NotBegun => Self::of(ErrorCode::Closed),
            Other => Self::of(ErrorCode::HashMismatch),
            Invalid(violations) => Self::invalid(violations),
            Store(error) => error.into(),
        }
    }
}

impl From<TakeDownError> for Refusal {
    fn from(error: TakeDownError) -> Self {
        match error {
            TakeDownError::NotFound => Self::of(ErrorCode::NotFound),
            TakeDownError::Other => Self::of(ErrorCode::HashMismatch),
            TakeDownError::Newer => Self::of(ErrorCode::Stale),
            TakeDownError::Invalid(violations) => Self::invalid(violations),
            TakeDownError::Store(error) => error.into(),
        }
    }
}

impl From<InventoryError> for Refusal {
    fn from(error: InventoryError) -> Self {
        match error {
            InventoryError::NotFound => Self::of(ErrorCode::NotFound),
            InventoryError::Stale => Self::of(ErrorCode::Stale),
            InventoryError::Invalid(violations) => Self::invalid(violations),
            InventoryError::NotASheet => Self::of(ErrorCode::UnsupportedMedia),
            InventoryError::TooLarge => Self::of(ErrorCode::TooLarge),
            InventoryError::Store(error) => error.into(),
        }
    }
}

impl From<BuilderError> for Refusal {
    fn from(error: BuilderError) -> Self {
        match error {
            BuilderError::NotFound => Self::of(ErrorCode::NotFound),
            BuilderError::Stale => Self::of(ErrorCode::Stale),
            BuilderError::Closed => Self::of(ErrorCode::Closed),
            BuilderError::SamePerson => Self::of(ErrorCode::Forbidden),
            BuilderError::Other => Self::of(ErrorCode::HashMismatch),
            BuilderError::Invalid(violations) => Self::invalid(violations),
            BuilderError::Store(error) => error.into(),
        }
    }
}

impl From<BulkError> for Refusal {
    fn from(error: BulkError) -> Self {
        match error {
            BulkError::NotFound => Self::of(ErrorCode::NotFound),
            BulkError::Enough => Self::of(ErrorCode::Enough),
            BulkError::Forbidden => Self::of(ErrorCode::Forbidden),
            BulkError::Invalid => Self::invalid(Vec::new()),
            BulkError::Other => Self::of(ErrorCode::HashMismatch),
            BulkError::Decided => Self::of(ErrorCode::AlreadyDecided),
            BulkError::Over => Self::of(ErrorCode::Closed),
            BulkError::Store(error) => error.into(),
        }
    }
}

impl From<RoundError> for Refusal {
    fn from(error: RoundError) -> Self {
        match error {
            RoundError::NotFound => Self::of(ErrorCode::NotFound),
            RoundError::Other => Self::of(ErrorCode::HashMismatch),
            RoundError::Stale => Self::of(ErrorCode::Stale),
            RoundError::Invalid(violations) => Self::invalid(violations),
            RoundError::Store(error) => error.into(),
        }
    }
}

impl From<ProtectionError> for Refusal {
    fn from(error: ProtectionError) -> Self {
        match error {
            ProtectionError::NotFound => Self::of(ErrorCode::NotFound),
            ProtectionError::Forbidden => Self::of(ErrorCode::Forbidden),
            ProtectionError::Alias => Self::of(ErrorCode::Invalid),
            ProtectionError::Other => Self::of(ErrorCode::HashMismatch),
            ProtectionError::Moved => Self::of(ErrorCode::Stale),
            ProtectionError::Store(error) => error.into(),
        }
    }
}

impl From<CodeError> for Refusal {
    fn from(error: CodeError) -> Self {
        match error {
            CodeError::NotFound => Self::of(ErrorCode::NotFound),
            CodeError::Other => Self::of(ErrorCode::HashMismatch),
            CodeError::Store(error) => error.into(),
        }
    }
}

impl From<HoldError> for Refusal {
    fn from(error: HoldError) -> Self {
        match error {
            HoldError::NotFound => Self::of(ErrorCode::NotFound),
            HoldError::Invalid => Self::invalid(Vec::new()),
            HoldError::Other => Self::of(ErrorCode::HashMismatch),
            HoldError::Store(error) => error.into(),
        }
    }
}

impl From<MandateError> for Refusal {
    fn from(error: MandateError) -> Self {
        match error {
            MandateError::NotFound => Self::of(ErrorCode::NotFound),
            MandateError::Own => Self::of(ErrorCode::Forbidden),
            MandateError::Invalid => Self::invalid(Vec::new()),
            MandateError::Other => Self::of(ErrorCode::HashMismatch),
            MandateError::Store(error) => error.into(),
        }
    }
}

impl From<SubstituteError> for Refusal {
    fn from(error: SubstituteError) -> Self {
        match error {
            SubstituteError::NotFound => Self::of(ErrorCode::NotFound),
            SubstituteError::Invalid => Self::invalid(Vec::new()),
            SubstituteError::Other => Self::of(ErrorCode::HashMismatch),
            SubstituteError::Store(error) => error.into(),
        }
    }
}

impl From<WithholdingError> for Refusal {
    fn from(error: WithholdingError) -> Self {
        match error {
            WithholdingError::NotFound => Self::of(ErrorCode::NotFound),
            WithholdingError::Invalid => Self::invalid(Vec::new()),
            WithholdingError::Other => Self::of(ErrorCode::HashMismatch),
            WithholdingError::Store(error) => error.into(),
        }
    }
}

impl From<TrailError> for Refusal {
    fn from(error: TrailError) -> Self {
        match error {
            TrailError::Invalid => Self::invalid(Vec::new()),
            TrailError::Store(error) => error.into(),
        }
    }
}

impl From<FileError> for Refusal {
    fn from(error: FileError) -> Self {
        match error {
            FileError::NotFound => Self::of(ErrorCode::NotFound),
            FileError::Other => Self::of(ErrorCode::HashMismatch),
            FileError::Invalid(violations) => Self::invalid(violations),
            FileError::Store(error) => error.into(),
        }
    }
}

impl From<ChangeError> for Refusal {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::of(ErrorCode::NotFound),
            ChangeError::Other => Self::of(ErrorCode::HashMismatch),
            ChangeError::Moved => Self::of(ErrorCode::Stale),
            ChangeError::Invalid(violations) => Self::invalid(violations),
            ChangeError::Store(error) => error.into(),
        }
    }
}

impl From<StaffAnswerError> for Refusal {
    fn from(error: StaffAnswerError) -> Self {
        match error {
            StaffAnswerError::NotFound => Self::of(ErrorCode::NotFound),
            StaffAnswerError::Other => Self::of(ErrorCode::HashMismatch),
            StaffAnswerError::Invalid(violations) => Self::invalid(violations),
            StaffAnswerError::Store(error) => error.into(),
        }
    }
}

impl From<MarkError> for Refusal {
    fn from(error: MarkError) -> Self {
        match error {
            MarkError::NotFound => Self::of(ErrorCode::NotFound),
            MarkError::Other => Self::of(ErrorCode::HashMismatch),
            MarkError::Moved => Self::of(ErrorCode::Stale),
            MarkError::Store(error) => error.into(),
        }
    }
}

impl From<StepError> for Refusal {
    fn from(error: StepError) -> Self {
        match error {
            StepError::NotFound => Self::of(ErrorCode::NotFound),
            StepError::Other => Self::of(ErrorCode::HashMismatch),
            StepError::Moved => Self::of(ErrorCode::Stale),
            StepError::AlreadyDecided(both) => Self::already_decided(both),
            StepError::Invalid(violations) => Self::invalid(violations),
            StepError::Store(error) => error.into(),
        }
    }
}

impl From<SubmitError> for Refusal {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::NotFound => Self::of(ErrorCode::NotFound),
            SubmitError::HashMismatch => Self::of(ErrorCode::HashMismatch),
            SubmitError::Closed => Self::of(ErrorCode::Closed),
            SubmitError::Stale(conflicts) => Self::stale(conflicts),
            SubmitError::Invalid(violations) => Self::invalid(violations),
            SubmitError::Busy => Self::of(ErrorCode::Busy),
            SubmitError::Internal => Self::of(ErrorCode::Internal),
        }
    }
}
