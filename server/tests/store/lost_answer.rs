//! A commit that the database has done and whose answer never came: between the store and PostgreSQL stands a go-between that
//! passes everything on, and at one commit cuts the line before it gives the answer back. Only PostgreSQL has such a line.

use super::answering::{envelope, everything, first_guardian, fresh_id};
use super::families::{child, settle};
use super::site::{Site, count, on_both};
use skolstart_server::store::{Store, StoreSettings};
use skolstart_server::usecase::submit::{SubmitError, submit};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[test]
fn a_commit_whose_answer_was_lost_stops_nothing_that_comes_after() {
    on_both(|site| async move {
        if site.is_sqlite() {
            return;
        }
        let cut = Arc::new(AtomicBool::new(false));
        let store = through(&site, cut.clone()).await;
        settle(&store, site.folder.path(), 6).await;
        let raw = site.raw().await;
        let me = first_guardian(&store, 0).await;
        let (id, sent) = (fresh_id(&store), envelope(everything(&store, &me, child(0), 1, true).await));
        cut.store(true, Ordering::SeqCst);
        assert_eq!(submit(&store, &me, id, sent.clone()).await, Err(SubmitError::Busy));
        assert!(!cut.load(Ordering::SeqCst), "the line was cut");
        assert_eq!(count(&raw, "submission").await, 1, "it was committed");
        // The same again gives the receipt, and others write as before.
        submit(&store, &me, id, sent).await.unwrap();
        let other = first_guardian(&store, 3).await;
        let acts = everything(&store, &other, child(3), 1, true).await;
        submit(&store, &other, fresh_id(&store), envelope(acts)).await.unwrap();
        assert_eq!(count(&raw, "submission").await, 2);
        // What was lost from sight is in the trail, and the trail goes on in a chain of its own.
        let report = store.verify_audit().await.unwrap();
        assert_eq!((report.chains, report.rows as i64), (2, count(&raw, "audit").await));
        assert_eq!(report.faults, []);
        store.close().await;
    });
}

/// The store of the site, behind a go-between.
async fn through(site: &Site, cut: Arc<AtomicBool>) -> Store {
    let url = &site.settings.database_url;
    let (user, rest) = url.strip_prefix("postgres://").unwrap().rsplit_once('@').unwrap();
    let (server, name) = rest.split_once('/').unwrap();
    let name = name.split('?').next().unwrap();
    let server = if server.contains(':') { server.to_owned() } else { format!("{server}:5432") };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(&server).await.unwrap();
            tokio::spawn(pass(client, server, cut.clone()));
        }
    });
    let database_url = format!("postgres://{user}@{place}/{name}?sslmode=disable");
    let settings = StoreSettings { database_url, ..site.settings.clone() };
    Store::open(&settings, site.clock.clone()).await.unwrap()
}

/// Passes both ways on. A commit of a line that has written is the last that such a line passes on, when it shall be cut.
async fn pass(mut client: TcpStream, mut server: TcpStream, cut: Arc<AtomicBool>) {
    let (mut asked, mut said) = (vec![0; 65_536], vec![0; 65_536]);
    let mut writes = false;
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let Some(bytes) = asked.get(..read.unwrap_or(0)).filter(|bytes| !bytes.is_empty()) else { return };
                writes |= holds(bytes, b"INSERT INTO \"audit\"");
                if server.write_all(bytes).await.is_err() {
                    return;
                }
                if writes && holds(bytes, b"COMMIT") && cut.swap(false, Ordering::SeqCst) {
                    // It has answered, so it is done.
                    let _ = server.read(&mut said).await;
                    return;
                }
            }
            read = server.read(&mut said) => {
                let Some(bytes) = said.get(..read.unwrap_or(0)).filter(|bytes| !bytes.is_empty()) else { return };
                if client.write_all(bytes).await.is_err() {
                    return;
                }
            }
        }
    }
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}
