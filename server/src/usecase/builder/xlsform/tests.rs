use super::*;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Condition, FieldKey, FieldKind};

fn sheet(rows: &[&[&str]]) -> Vec<SheetRow> {
    let row = |(number, cells): (u32, &&[&str])| SheetRow {
        number,
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    (1..).zip(rows).map(row).collect()
}

fn book(survey: &[&[&str]]) -> Sheets {
    let head: &[&str] =
        &["type", "name", "label::Svenska (sv)", "label::English (en)", "required", "relevant", "constraint"];
    let rows: Vec<&[&str]> = std::iter::once(head).chain(survey.iter().copied()).collect();
    let choices: &[&[&str]] = &[
        &["list_name", "name", "label::Svenska (sv)"],
        &["way", "bike", "Cykel"],
        &["way", "school_bus", "Skolbuss"],
        &["other", "x", "Annat"],
    ];
    let settings: &[&[&str]] = &[&["form_title", "form_id"], &["Resväg", "way_to_school"]];
    BTreeMap::from([
        ("survey".to_owned(), sheet(&rows)),
        ("choices".to_owned(), sheet(choices)),
        ("settings".to_owned(), sheet(settings)),
    ])
}

fn read(survey: &[&[&str]]) -> (FormDefinition, Vec<LeftOut>) {
    convert(&book(survey)).unwrap()
}

#[test]
fn kinds_that_match_become_questions_with_their_words_in_both_languages() {
    let (form, left_out) = read(&[
        &["text", "street", "Gata", "Street", "yes"],
        &["integer", "minutes", "Minuter", "Minutes"],
        &["select_one way", "how", "Hur?", "How?"],
        &["select_multiple way", "also", "Också?"],
        &["note", "info", "Bra att veta"],
        &["begin_repeat", "stop", "Hållplats"],
        &["text", "stop_name", "Namn"],
        &["end_repeat", "", ""],
        &["date", "from", "Från"],
    ]);
    assert_eq!(left_out, vec![]);
    assert_eq!((form.key.as_str(), form.title.get(Locale::Sv)), ("way-to-school", "Resväg"));
    let fields = &form.acts[0].fields;
    let keys: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
    assert_eq!(keys, ["street", "minutes", "how", "also", "info", "stop", "from"]);
    assert!(fields[0].required && fields[0].label.get(Locale::En) == "Street");
    let FieldKind::Choice { options } = &fields[2].kind else { panic!("a choice") };
    let options: Vec<&str> = options.iter().map(|option| option.key.as_str()).collect();
    assert_eq!(options, ["bike", "school-bus"], "of its own list");
    assert_eq!(fields[5].kind.columns()[0].key.as_str(), "stop-name");
}

#[test]
fn what_does_not_match_is_listed_with_its_row() {
    let (form, left_out) = read(&[
        &["geopoint", "place", "Plats"],
        &["start", "start", ""],
        &["calculate", "sum", ""],
        &["select_one nothing", "how", "Hur?"],
        &["integer", "minutes", "Minuter", "", "", "regex(${x}, '1')", ". < 60"],
    ]);
    let told: Vec<_> = left_out.iter().map(|one| (one.row, one.reason)).collect();
    assert_eq!(
        told,
        [
            (2, LeftOutReason::Kind),
            (3, LeftOutReason::Meta),
            (4, LeftOutReason::Calculation),
            (5, LeftOutReason::Choices),
            (6, LeftOutReason::Relevant),
            (6, LeftOutReason::Constraint),
        ]
    );
    assert_eq!(form.acts[0].fields.len(), 1, "the question itself is there");
    assert!(form.acts[0].fields[0].visible_if.is_none());
}

#[test]
fn simple_conditions_follow() {
    let key = |key: &str| FieldKey(key.to_owned());
    let bike = || Condition::Is(key("how"), Value::Choice("bike".to_owned()));
    let of = |relevant: &str| {
        let (form, _) = read(&[
            &["select_one way", "how", "Hur?"],
            &["integer", "minutes", "Minuter"],
            &["text", "why", "Varför?", "", "", relevant],
        ]);
        form.acts[0].fields[2].visible_if.clone()
    };
    assert_eq!(of("${how} = 'bike'"), Some(bike()));
    assert_eq!(of("${how} != 'bike'"), Some(Condition::Not(Box::new(bike()))));
    assert_eq!(
        of("selected(${how}, 'school_bus')"),
        Some(Condition::Chosen(key("how"), "school-bus".to_owned()))
    );
    let long = Condition::AtLeast(key("minutes"), 31);
    assert_eq!(of("${how} = 'bike' and ${minutes} > 30"), Some(Condition::All(vec![bike(), long.clone()])));
    assert_eq!(of("${how} = 'bike' or ${minutes} > 30"), Some(Condition::Any(vec![bike(), long])));
    for beyond in ["${none} = 'x'", "${how} = 'train'", "a and b or c", "today() > 3", "${minutes} > "] {
        assert_eq!(of(beyond), None, "{beyond}");
    }
}

#[test]
fn what_is_no_survey_is_none() {
    assert!(convert(&BTreeMap::new()).is_none());
    let other = BTreeMap::from([("survey".to_owned(), sheet(&[&["Blankett", "Blad"], &["Kost", "2"]]))]);
    assert!(convert(&other).is_none());
}

#[test]
fn a_form_without_a_title_has_one_in_every_language() {
    let mut book = book(&[&["text", "street", "Gata"]]);
    book.remove("settings");
    let (form, _) = convert(&book).unwrap();
    assert_eq!((form.key.as_str(), form.title.get(Locale::Sv)), ("formular", "Formulär"));
    assert_eq!(form.title.get(Locale::En), "Form");
}

#[test]
fn what_a_group_is_asked_upon_follows_its_questions() {
    let key = |key: &str| FieldKey(key.to_owned());
    let bike = || Condition::Is(key("how"), Value::Choice("bike".to_owned()));
    let far = || Condition::AtLeast(key("minutes"), 31);
    let (form, left_out) = read(&[
        &["select_one way", "how", "Hur?"],
        &["integer", "minutes", "Minuter"],
        &["begin_group", "biking", "", "", "", "${how} = 'bike'"],
        &["text", "helmet", "Hjälm"],
        &["begin_group", "far", "", "", "", "${minutes} > 30"],
        &["text", "rest", "Rast", "", "", "${how} = 'bike'"],
        &["begin_repeat", "stop", "Hållplats"],
        &["text", "stop_name", "Namn"],
        &["end_repeat", ""],
        &["end_group", ""],
        &["end_group", ""],
        &["begin_group", "unread", "", "", "", "today() > 3"],
        &["text", "last", "Sist"],
        &["end_group", ""],
    ]);
    let fields = &form.acts[0].fields;
    let upon: Vec<_> = fields.iter().map(|field| field.visible_if.clone()).collect();
    let both = Some(Condition::All(vec![bike(), far()]));
    let all = Some(Condition::All(vec![bike(), far(), bike()]));
    assert_eq!(upon, [None, None, Some(bike()), all, both, None]);
    assert!(fields[4].kind.columns()[0].visible_if.is_none(), "its rows are there when it is");
    let told: Vec<_> = left_out.iter().map(|one| (one.row, one.reason)).collect();
    assert_eq!(told, [(13, LeftOutReason::Relevant)]);
}

#[test]
fn nothing_is_dropped_in_silence() {
    let head: &[&str] = &[
        "type",
        "name",
        "label",
        "label::Français (fr)",
        "required",
        "default",
        "choice_filter",
        "repeat_count",
    ];
    let rows: &[&[&str]] = &[
        head,
        &["select_one way", "how", "Hur?", "Comment ?", "", "bike", "x = 1"],
        &["text", "why", "Varför?", "", "${how} = 'bike'"],
        &["text", "who", "Vem?", "", "today() > 3"],
        &["begin_repeat", "stop", "Hållplats", "", "", "", "", "${minutes}"],
        &["text", "stop_name", "Namn"],
    ];
    let mut book = book(&[]);
    book.insert("survey".to_owned(), sheet(rows));
    let (form, left_out) = convert(&book).unwrap();
    let told: Vec<_> = left_out.iter().map(|one| (one.row, one.reason)).collect();
    assert_eq!(
        told,
        [
            (1, LeftOutReason::Language),
            (2, LeftOutReason::Default),
            (2, LeftOutReason::ChoiceFilter),
            (4, LeftOutReason::Required),
            (5, LeftOutReason::RepeatCount),
            (5, LeftOutReason::Unended),
        ]
    );
    let fields = &form.acts[0].fields;
    let bike = Condition::Is(FieldKey("how".to_owned()), Value::Choice("bike".to_owned()));
    assert_eq!((fields[1].required, &fields[1].required_if), (false, &Some(bike)));
    assert_eq!(
        fields[3].kind.columns()[0].key.as_str(),
        "stop-name",
        "the questions of a repeat that does not end"
    );
}
