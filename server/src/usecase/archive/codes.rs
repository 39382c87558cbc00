//! What tables, columns and codes are called in an archive. Columns that stand in extracts too are called as they are there.

/// The tables, as somebody reads them who is not the one they are about.
pub(super) const TITLES: &[(&str, &str)] = &[
    ("act_answer", "Senaste svaret på varje del"),
    ("application", "Ansökningar"),
    ("application_event", "Vad som har hänt med ansökningarna"),
    ("consent_decision", "Ja och nej till samtycken"),
    ("consent_evidence", "Svar som skolan har tagit emot på papper eller muntligt"),
    ("enrolment", "Skolor och förskolor"),
    ("fact", "Uppgifter, med historik"),
    ("group_membership", "Klasser och grupper"),
    ("guardian_relation", "Vem som bestämmer för barnet"),
    ("person", "Barnet i skolans register"),
    ("person_identifier", "Personnummer"),
    ("protection_event", "Skyddade personuppgifter: vad som har gjorts"),
    ("register_history", "Hur det stod i skolans register förr"),
    ("retention_hold", "Stopp för gallring"),
    ("task", "Vad skolan har frågat om"),
    ("task_change", "Vad personalen har gjort med svaren"),
    ("todo", "Uppgifter för personalen som svar har satt i gång"),
    ("todo_mark", "Markeringar av uppgifter"),
];

/// The columns that no extract has.
pub(super) const LABELS: &[(&str, &str)] = &[
    ("cause_id", "Satt i gång av"),
    ("digest", "Svarens kontrolltal"),
    ("hidden", "Dold i listor"),
    ("person_id", "Person"),
    ("renewed_at", "Ändrat något som alla svarar på"),
    ("run_id", "Inläsning"),
    ("shielded", "Någon annan i familjen är skyddad"),
    ("submission_id", "Skickat som"),
    ("todo_id", "Uppgift för personalen"),
    ("version", "Version"),
];

/// Column, code and what the code says.
pub(super) const CODES: &[(&str, &str, &str)] = &[
    ("choice", "given", "ja"),
    ("choice", "limited", "ja, med en begränsning"),
    ("choice", "refused", "nej"),
    ("choice", "withdrawn", "återtaget"),
    ("decision.outcome", "granted", "bifall"),
    ("decision.outcome", "partly", "delvis bifall"),
    ("decision.outcome", "refused", "avslag"),
    ("decision.outcome", "waiting", "väntar på plats"),
    ("function", "administrator", "skoladministratör"),
    ("function", "devices", "datoransvarig"),
    ("function", "kitchen", "kök"),
    ("function", "mentor", "mentor"),
    ("function", "officer", "handläggare"),
    ("function", "picture-editor", "bildansvarig"),
    ("function", "principal", "rektor"),
    ("function", "school-health", "elevhälsa"),
    ("identified", "account", "inloggning"),
    ("identified", "demo", "demo, inte legitimerad"),
    ("identified", "eid", "e-legitimation"),
    ("identified", "not-noted", "inte noterat"),
    ("identified", "school-code", "kod från skolan"),
    ("identified", "signed-paper", "underskrivet papper"),
    ("identified", "spoken-to-staff", "muntligt till personalen"),
    ("kind", "acknowledgement", "kvittens"),
    ("kind", "agreement", "avtal"),
    ("kind", "application", "ansökan"),
    ("kind", "applied", "ansökte"),
    ("kind", "appointed", "god man"),
    ("kind", "authorised", "utsedd behörig"),
    ("kind", "confirmation", "uppgift"),
    ("kind", "consent", "samtycke"),
    ("kind", "decided", "beslut"),
    ("kind", "enrolment", "skolgång"),
    ("kind", "guardian", "vårdnadshavare"),
    ("kind", "information", "information"),
    ("kind", "notification", "anmälan"),
    ("kind", "opinion", "yttrande"),
    ("kind", "other", "annan ansvarig"),
    ("kind", "placement", "placering"),
    ("kind", "pupil", "vad eleven säger"),
    ("kind", "read", "har läst beslutet"),
    ("kind", "superseded", "ersatt av en nyare ansökan"),
    ("kind", "withdrawn", "återkallad"),
    ("marking", "local", "skyddad av skolan"),
    ("marking", "none", "ingen"),
    ("marking", "sekretess", "sekretessmarkering"),
    ("marking", "skyddad", "skyddad folkbokföring"),
    ("outcome", "answered", "besvarat"),
    ("outcome", "refused", "nej"),
    ("role", "guardian", "vårdnadshavare"),
    ("role", "pupil", "elev"),
    ("school_form", "FKLASS", "förskoleklass"),
    ("school_form", "FS", "förskola"),
    ("school_form", "FTH", "fritidshem"),
    ("school_form", "GR", "grundskola"),
    ("school_form", "GRAN", "anpassad grundskola"),
    ("school_form", "GY", "gymnasieskola"),
    ("school_form", "GYAN", "anpassad gymnasieskola"),
    ("school_form", "OPPFTH", "öppen fritidsverksamhet"),
    ("school_form", "SAM", "sameskola"),
    ("school_form", "SP", "specialskola"),
    ("source", "guardian", "vårdnadshavare"),
    ("source", "register", "skolans register"),
    ("source", "staff", "personal"),
    ("stance", "against", "emot"),
    ("stance", "for", "för"),
    ("stance", "not-said", "ville inte säga"),
    ("status", "active", "finns i registret"),
    ("status", "complete", "klart"),
    ("status", "conflict", "olika svar"),
    ("status", "declined", "nej till allt"),
    ("status", "exempt", "undantaget"),
    ("status", "expired", "tiden gick ut"),
    ("status", "gone", "borta ur registret"),
    ("status", "not-started", "inte besvarat"),
    ("status", "not-yet", "inte aktuellt än"),
    ("status", "returned", "skolan har frågat"),
    ("status", "voluntary", "frivilligt"),
    ("status", "waiting-for-other", "väntar på någon annan"),
    ("status", "waiting-for-staff", "väntar på personalen"),
];

/// What a code says; a code that is not known, itself.
pub(super) fn word<'a>(column: &str, code: &'a str) -> &'a str {
    let known = CODES.iter().find(|(of, known, _)| *of == column && *known == code);
    known.map_or(code, |(_, _, word)| word)
}

/// What a table is called.
pub(super) fn title(table: &str) -> &str {
    TITLES.iter().find(|(name, _)| *name == table).map_or(table, |(_, title)| title)
}

/// What the parts of a value are called: of opinions, decisions and what staff have written down.
const PARTS: &[(&str, &str)] = &[
    ("act", "Del"),
    ("by", "Av"),
    ("changes", "Ändrar beslutet"),
    ("evidence", "Underlag"),
    ("function", "I uppgiften"),
    ("form", "Blankett"),
    ("how", "Hur"),
    ("kept", "Finns i"),
    ("key", "Namn"),
    ("outcome", "Utfall"),
    ("reasons", "Skäl"),
    ("stance", "Inställning"),
    ("version", "Version"),
    ("way", "Hur"),
    ("words", "Med egna ord"),
];

/// What a part of a value is called.
pub(super) fn part(name: &str) -> Option<&'static str> {
    PARTS.iter().find(|(part, _)| *part == name).map(|(_, label)| *label)
}
