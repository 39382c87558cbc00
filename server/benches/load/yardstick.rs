//! The yardstick: `pgbench` writing one row of the size of a submission, on the same disk at the same time of day.

use crate::load::Cluster;
use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

/// A table and the script that writes to it.
pub(crate) struct Yardstick<'a> {
    cluster: &'a Cluster,
    folder: TempDir,
}

const DATABASE: &str = "yardstick";

impl<'a> Yardstick<'a> {
    /// For rows of so many bytes. They are random, and stored as they are: what is sealed cannot be compressed either.
    pub(crate) fn ready(cluster: &'a Cluster, bytes: usize) -> Result<Self> {
        // The same database for every subject: a table that is there is emptied.
        let _ = cluster.database(DATABASE);
        let mut random = vec![0; bytes];
        getrandom::fill(&mut random)?;
        let hex: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let table =
            "DROP TABLE IF EXISTS sealed; CREATE TABLE sealed (id uuid PRIMARY KEY, content bytea NOT NULL);
            ALTER TABLE sealed ALTER content SET STORAGE EXTERNAL;";
        let made = cluster.tool("psql").args(["-q", "-d", DATABASE, "-c", table]).output()?;
        ensure!(made.status.success(), "psql: {}", String::from_utf8_lossy(&made.stderr));
        let folder = TempDir::with_prefix("skolstart-pgbench-")?;
        let script = format!("INSERT INTO sealed VALUES (gen_random_uuid(), '\\x{hex}');\n");
        std::fs::write(folder.path().join("insert.sql"), script)?;
        Ok(Self { cluster, folder })
    }

    /// Rows per second with so many clients.
    pub(crate) fn rate(&self, clients: usize, seconds: u32) -> Result<f64> {
        let mut pgbench = self.cluster.tool("pgbench");
        pgbench.args([
            "-n",
            "-M",
            "prepared",
            "-j",
            "1",
            "-c",
            &clients.to_string(),
            "-T",
            &seconds.to_string(),
        ]);
        pgbench.arg("-f").arg(self.folder.path().join("insert.sql")).arg(DATABASE);
        let ran = pgbench.output()?;
        let said = String::from_utf8_lossy(&ran.stdout);
        ensure!(ran.status.success(), "pgbench: {}", String::from_utf8_lossy(&ran.stderr));
        let line =
            said.lines().find_map(|line| line.strip_prefix("tps = ")).context("pgbench gave no rate")?;
        line.split_whitespace().next().and_then(|rate| rate.parse().ok()).context("pgbench gave no rate")
    }
}
