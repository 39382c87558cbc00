//! PostgreSQL's own guard of rows: a second net, for the statement that has forgotten its filter. A role that serves and owns nothing
//! is given only the rows of those whom the request may meet, and without being told who asks it is given none.
//!
//! Owns the policies; whose a row is stands in `classes/columns.toml`, for whom a statement is in `reader`. Called by `service_role`. Must not
//! be taken for what decides: that is `policy`. It does not hold off somebody who can write SQL of her own.

use super::StoreError;
use super::classes::{Seen, tables};

/// Who is told of by `reader`, as PostgreSQL reads it. Sub-selects, so that each is read once for a statement and not for each row.
const ALL: &str = "(SELECT current_setting('skolstart.sees', true)) = 'all'";
const PEOPLE: &str = "((SELECT NULLIF(current_setting('skolstart.people', true), ''))::uuid[])";
const UNITS: &str = "((SELECT NULLIF(current_setting('skolstart.units', true), ''))::uuid[])";

/// The statements that guard every table whose rows are somebody's. Again after each change of tables; the same twice is the same as once.
pub(super) fn guards(schema: &str) -> Result<Vec<String>, StoreError> {
    let mut statements = Vec::new();
    for table in tables()?.iter().filter(|table| !table.seen.is_empty()) {
        let name = format!("{schema}.{}", table.name);
        let whose: Vec<String> = table.seen.iter().map(|seen| may_meet(schema, &table.name, seen)).collect();
        statements.push(format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"));
        statements.push(format!("DROP POLICY IF EXISTS met ON {name}"));
        statements.push(format!("CREATE POLICY met ON {name} USING ({ALL} OR {})", whose.join(" OR ")));
    }
    Ok(statements)
}

fn may_meet(schema: &str, table: &str, seen: &Seen) -> String {
    match seen {
        Seen::Person(column) => {
            let person = format!("{table}.{column}");
            format!(
                "{person} = ANY {PEOPLE} \
                 OR EXISTS (SELECT 1 FROM {schema}.enrolment e WHERE e.child_id = {person} AND e.unit_id = ANY {UNITS}) \
                 OR EXISTS (SELECT 1 FROM {schema}.guardian_relation r JOIN {schema}.enrolment e ON e.child_id = r.child_id \
                 WHERE r.adult_id = {person} AND e.unit_id = ANY {UNITS})"
            )
        }
        // What is read there is guarded itself.
        Seen::With(own, other, there) => {
            format!("EXISTS (SELECT 1 FROM {schema}.{other} o WHERE o.{there} = {table}.{own})")
        }
    }
}
