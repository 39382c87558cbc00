//! Where the log goes and in what form. Called once by the commands that serve.

use crate::config::LogFormat;
use tracing_subscriber::EnvFilter;

/// Writes the log to standard error. `filter` is as in `RUST_LOG`: `info`, `skolstart_server=debug,info`.
///
/// # Errors
/// When the filter cannot be read, or a log has been set up already.
pub fn start(filter: &str, format: LogFormat) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter)?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => log.with_target(false).try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("the log cannot be started: {error}"))
}
