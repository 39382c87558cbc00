//! Files of former builds. A page that was open during an update, and a phone that starts from what it has kept, still ask for
//! the files of their own build; each process keeps them for a month after a build last had them.

use std::fs::{self, File, FileTimes};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How long a file is kept after the last start of a build that has it.
const KEPT: Duration = Duration::from_secs(30 * 86_400);

/// A folder of such files.
#[derive(Clone, Debug)]
pub(super) struct Former(PathBuf);

impl Former {
    /// Puts the files of this build beside those of former ones, notes that they are in use at `now`, and removes what has not
    /// been in use for a month.
    pub(super) fn keep<'a>(
        folder: PathBuf,
        files: impl Iterator<Item = (&'a str, &'a [u8])>,
        now: SystemTime,
    ) -> io::Result<Self> {
        for (name, bytes) in files {
            let path = folder.join(name);
            if !path.is_file() {
                fs::create_dir_all(path.parent().unwrap_or(&folder))?;
                fs::write(&path, bytes)?;
            }
            File::options().write(true).open(&path)?.set_times(FileTimes::new().set_modified(now))?;
        }
        if folder.is_dir() {
            tidy(&folder, now)?;
        }
        Ok(Self(folder))
    }

    /// The bytes of a file of a former build.
    pub(super) async fn read(&self, name: &str) -> Option<Vec<u8>> {
        let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        if inside { tokio::fs::read(self.0.join(name)).await.ok() } else { None }
    }
}

fn tidy(folder: &Path, now: SystemTime) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            tidy(&path, now)?;
        } else if now.duration_since(fs::metadata(&path)?.modified()?).is_ok_and(|age| age > KEPT) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(days: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs((20_000 + days) * 86_400)
    }

    #[tokio::test]
    async fn a_former_build_is_there_for_a_month_and_no_longer() {
        let folder = tempfile::tempdir().unwrap();
        let keep =
            |name, now| Former::keep(folder.path().into(), [(name, &b"file"[..])].into_iter(), now).unwrap();
        keep("guardian/app-1.js", day(0));
        let former = keep("guardian/app-2.js", day(30));
        assert_eq!(former.read("guardian/app-1.js").await.as_deref(), Some(&b"file"[..]));
        let former = keep("guardian/app-2.js", day(31));
        assert_eq!(former.read("guardian/app-1.js").await, None);
        assert!(former.read("guardian/app-2.js").await.is_some());
        std::fs::write(folder.path().join("beside"), "x").unwrap();
        assert_eq!(former.read("guardian/../beside").await, None);
    }
}
