//! What a person is given who asks what is held about her, and what the report of an incident says.

use crate::answering::{answer_loudly, bytes, submission};
use crate::on_both;
use crate::site::Site;
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::Cast;
use skolstart_server::store::classes::{Table, tables};
use skolstart_server::store::{Extract, Section};
use skolstart_server::usecase::extract::of_number;
use skolstart_server::usecase::incident::incident;
use skolstart_shared::api::{GetChildPage, GetHome, PutSubmission};
use skolstart_shared::id::PersonId;
use skolstart_shared::{Locale, PersonalNumber};

on_both! {
    every_row_and_column_about_somebody_is_given_to_her
    what_somebody_else_said_in_confidence_is_left_out
    the_report_of_an_incident_names_everybody_who_was_touched
}

const WORD: &str = "kanariefagel";

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

/// Both guardians answer everything about Ella, and her teacher looks.
async fn lived_in(site: &Site) {
    for (number, (who, word)) in
        [(Cast::SaraLindqvist, WORD), (Cast::JohanLindqvist, "gransingare")].into_iter().enumerate()
    {
        let mut guardian = site.sign_in(who).await;
        for (about, number) in [(None, number * 2), (Some(ella()), number * 2 + 1)] {
            let home = guardian.get::<GetHome>(&()).await;
            let content = bytes(answer_loudly(&home, about, word));
            let reply = guardian.put::<PutSubmission>(&submission(number as u128 + 1), content).await;
            assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
        }
    }
    site.sign_in(Cast::AnnaHolmgren).await.get::<GetChildPage>(&ella()).await;
}

/// How many rows of a table are about somebody.
async fn rows_about(site: &Site, table: &Table, who: PersonId) -> usize {
    let all = tables().unwrap();
    let mine =
        |about: &[String]| about.iter().map(|name| format!("{name} = $1")).collect::<Vec<_>>().join(" OR ");
    let filter = match &table.via {
        None => mine(&table.about),
        Some((own, other, there)) => {
            let other = all.iter().find(|table| table.name == *other).unwrap();
            format!("{own} IN (SELECT {there} FROM {} WHERE {})", other.name, mine(&other.about))
        }
    };
    let db = site.raw().await;
    let sql = format!("SELECT COUNT(*) FROM {} WHERE {filter}", table.name);
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [who.0.into()]);
    let count: i64 = db.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    usize::try_from(count).unwrap()
}

fn section<'a>(extract: &'a Extract, table: &str) -> Option<&'a Section> {
    extract.sections.iter().find(|section| section.table == table)
}

async fn every_row_and_column_about_somebody_is_given_to_her(site: Site) {
    lived_in(&site).await;
    let mut met = Vec::new();
    for who in [ella(), PersonId(Cast::SaraLindqvist.id()), PersonId(Cast::AnnaHolmgren.id())] {
        let extract = site.store.extract(who, None, Locale::Sv).await.unwrap().unwrap();
        for table in tables().unwrap() {
            let given: Vec<&str> =
                table.columns.iter().filter(|column| column.out).map(|column| column.name.as_str()).collect();
            if given.is_empty() {
                continue;
            }
            let rows = rows_about(&site, &table, who).await;
            let found = section(&extract, &table.name);
            assert_eq!(found.map_or(0, |section| section.rows.len()), rows, "{}", table.name);
            for row in found.into_iter().flat_map(|section| &section.rows) {
                let names: Vec<&str> = row.iter().map(|(name, _)| name.as_str()).collect();
                assert_eq!(names, given, "{}", table.name);
            }
            met.extend((rows > 0).then(|| table.name.clone()));
        }
    }
    for table in [
        "person",
        "person_identifier",
        "fact",
        "submission",
        "act_answer",
        "session",
        "audit",
        "duty",
        "task",
    ] {
        assert!(met.iter().any(|name| name == table), "{table} is not tried");
    }
}

async fn what_somebody_else_said_in_confidence_is_left_out(site: Site) {
    lived_in(&site).await;
    let text = |extract: &Extract| format!("{:?}", extract.sections);
    let hers = text(&site.store.extract(ella(), None, Locale::Sv).await.unwrap().unwrap());
    for secret in
        ["Sara", "Johan", &Cast::SaraLindqvist.id().to_string(), &Cast::JohanLindqvist.id().to_string()]
    {
        assert!(!hers.contains(secret), "{secret}");
    }
    // Given to one home: what that home said is in it, what the other said in confidence is not.
    let sara = PersonId(Cast::SaraLindqvist.id());
    let for_sara = site.store.extract(ella(), Some(sara), Locale::Sv).await.unwrap().unwrap();
    let withheld = |extract: &Extract, table| section(extract, table).map_or(0, |section| section.withheld);
    let for_nobody = site.store.extract(ella(), None, Locale::Sv).await.unwrap().unwrap();
    for table in ["fact", "answers_about"] {
        let (some, all) = (withheld(&for_sara, table), withheld(&for_nobody, table));
        assert!(some > 0 && all > some, "{table}: {some} of {all}");
    }
    assert!(text(&for_sara).contains(WORD));
    // Her own answers are hers in whole; what the other guardian sent is nobody's but his.
    let own = text(&site.store.extract(sara, None, Locale::Sv).await.unwrap().unwrap());
    assert!(own.contains(WORD) && !own.contains("gransingare"));
    // As files: by number, with what people wrote as text.
    let whole = site.store.extract(ella(), None, Locale::Sv).await.unwrap().unwrap();
    let mut row = section(&whole, "person_identifier").unwrap().rows[0].iter();
    let number = &row.find(|(name, _)| name == "sealed").unwrap().1;
    let number = PersonalNumber::parse_stored(number.as_str().unwrap()).unwrap();
    let files = of_number(&site.store, &number, None, Locale::Sv).await.unwrap();
    assert!(files.html.contains("<h1>Utdrag ur Skolstart</h1>") && files.html.contains("Ella"));
    assert!(files.name.starts_with("utdrag-20") && files.html.contains("<h2>Personnummer</h2>"));
    let json: serde_json::Value = serde_json::from_str(&files.json).unwrap();
    assert!(json["sections"].as_array().unwrap().len() > 8);
    let english = of_number(&site.store, &number, None, Locale::En).await.unwrap();
    assert!(english.name.starts_with("extract-20") && english.html.contains("<html lang=\"en\">"));
    for words in ["<h2>Personal identity number</h2>", "<dd>guardian</dd>", "of another person are left out"]
    {
        assert!(english.html.contains(words), "{words}");
    }
    for words in ["vårdnadshavare", "Förnamn", "utelämnade", "<dd>nej</dd>"] {
        assert!(files.html.contains(words) && !english.html.contains(words), "{words}");
    }
    let nobody = PersonalNumber::parse_stored("202412312387").unwrap();
    assert!(of_number(&site.store, &nobody, None, Locale::Sv).await.is_err());
}

async fn the_report_of_an_incident_names_everybody_who_was_touched(site: Site) {
    let from = site.clock.now();
    lived_in(&site).await;
    let until = from.plus_millis(60_000);
    let anna = PersonId(Cast::AnnaHolmgren.id());
    let report = incident(&site.store, from, until, Some(anna)).await.unwrap();
    assert_eq!((report.people, report.lines.len()), (1, 1), "{:?}", report.lines);
    let line: serde_json::Value = serde_json::from_str(&report.lines[0]).unwrap();
    assert_eq!(line["name"], "Ella Lindqvist");
    assert_eq!((line["by-name"].as_str(), line["times"].as_i64()), (Some("Anna Holmgren"), Some(1)));
    let all = incident(&site.store, from, until, None).await.unwrap();
    assert!(all.people >= 3 && all.lines.len() > 3, "{:?}", all.lines);
    assert_eq!(incident(&site.store, until, until.plus_millis(1), None).await.unwrap().people, 0);
}
