//! What the page asks for before the program is here is what the program asks for first.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test fails by panicking")]

use skolstart_shared::api::{Endpoint, GetHome, GetSession, Method};

#[test]
fn the_page_asks_for_what_the_program_reads_first() {
    let page = include_str!("../guardian.html");
    let (_, rest) =
        page.split_once("<meta name=\"early\" content=\"").expect("the page names what it asks for");
    let asked: Vec<&str> = rest.split_once('"').unwrap().0.split(' ').collect();
    assert_eq!(asked, [GetSession::path(&()), GetHome::path(&())]);
    // An early answer is never the answer to a change.
    assert_eq!([GetSession::METHOD, GetHome::METHOD], [Method::Get; 2]);
}
