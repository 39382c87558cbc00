//! The guardian program: starts it in the page, and says where what is fetched later is cut off.

use skolstart_app::{guardian, mount};
use std::future::Future;
use std::pin::Pin;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// Whatever is reached from here alone becomes a file of its own (`xtask/src/split.rs`).
#[allow(unsafe_code, reason = "the macro names the function for the build that cuts here")]
#[wasm_split(later, fallible)]
fn take_later_part() -> Result<(), SplitLoaderError> {
    guardian::take_later_part();
    Ok(())
}

fn fetch() -> Pin<Box<dyn Future<Output = bool>>> {
    Box::pin(async { take_later_part().await.is_ok() })
}

fn main() {
    mount::mount_built(|| guardian::app(fetch));
}
