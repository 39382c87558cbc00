//! What to say when nothing came of it.

use super::device::DeviceFailure;
use crate::api::ApiFailure;
use crate::fields::fault;
use crate::i18n::t;
use skolstart_shared::api::ErrorCode;
use skolstart_shared::passkey::check_name;
use skolstart_shared::violation::Code;

/// The device gave nothing.
pub(in crate::staff) fn device_failed(failure: DeviceFailure) -> String {
    match failure {
        DeviceFailure::NotSupported => t("passkeys.device.not-supported"),
        DeviceFailure::Cancelled => t("passkeys.device.cancelled"),
        DeviceFailure::There => t("passkeys.device.there"),
        DeviceFailure::Failed => t("passkeys.device.failed"),
    }
}

/// What is wrong with the name of a passkey. `None`: nothing.
pub(in crate::staff) fn name_fault(name: &str) -> Option<String> {
    let wrong = check_name(name);
    wrong.first().map(|wrong| if name.is_empty() { t("passkeys.name-missing") } else { fault(wrong) })
}

/// Nobody was signed in.
pub(in crate::staff) fn sign_in_failed(failure: &ApiFailure) -> String {
    match code(failure) {
        Some(ErrorCode::Closed) => t("passkeys.expired"),
        Some(ErrorCode::SignInAgain) => t("passkeys.sign-in.unconfirmed"),
        Some(ErrorCode::NotFound) => t("passkeys.sign-in.wrong"),
        _ => otherwise(failure),
    }
}

/// A passkey was not added.
pub(in crate::staff) fn adding_failed(failure: &ApiFailure) -> String {
    let ApiFailure::Refused(error) = failure else { return otherwise(failure) };
    match error.violations.first() {
        Some(wrong) if wrong.code == Code::TooMany => t("passkeys.too-many"),
        Some(wrong) if wrong.path == "name" => fault(wrong),
        Some(_) => t("passkeys.device.failed"),
        None => change_failed(failure),
    }
}

/// A passkey was not renamed or removed.
pub(in crate::staff) fn change_failed(failure: &ApiFailure) -> String {
    match (code(failure), failure) {
        (Some(ErrorCode::SignInAgain), _) => t("passkeys.not-fresh"),
        (Some(ErrorCode::Closed), _) => t("passkeys.expired"),
        (_, ApiFailure::Refused(error)) if !error.violations.is_empty() => {
            error.violations.iter().map(fault).collect()
        }
        _ => otherwise(failure),
    }
}

fn code(failure: &ApiFailure) -> Option<ErrorCode> {
    match failure {
        ApiFailure::Refused(error) => Some(error.code),
        _ => None,
    }
}

fn otherwise(failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Offline => t("staff.handle.offline"),
        ApiFailure::Busy(_) => t("common.error.busy"),
        ApiFailure::Refused(_) => t("common.error.refused"),
        ApiFailure::SignedOut | ApiFailure::Unexpected(_) => t("common.error.unexpected"),
    }
}
