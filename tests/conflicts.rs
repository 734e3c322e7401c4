//! From the words of two articles to where they disagree: one pair of short invented articles a
//! kind of difference, and pairs that differ in nothing.

use newsgraph::article::Article;
use newsgraph::graph::{self, Base, Program};
use newsgraph::identity::Aspect;
use newsgraph::pipeline;
use newsgraph::store::Store;
use oxigraph::model::Term;
use oxigraph::sparql::{QueryResults, QuerySolution};

/// A sentence that says nothing, so that texts are no reprints of each other.
const REST: [&str; 2] = [
    " The weather was fine, and people of the town came to see it.",
    " Later the band of the harbour played until it began to rain.",
];

/// The facts of the texts as a graph, all published on 7 May 2024, a Tuesday, by one outlet each.
fn told(texts: [&str; 2]) -> Store {
    let store = Store::in_memory(Base::default()).expect("a store in memory");
    let graphs: Vec<_> = texts
        .iter()
        .zip(REST)
        .zip(["a.txt", "b.txt"])
        .map(|((text, rest), id)| {
            let mut article = Article::from_text(id, format!("{text}{rest}"));
            article.date = "2024-05-07".parse().ok();
            article.publisher = Some(id.to_owned());
            let facts = pipeline::read(&article);
            graph::build(&article, &facts, &Base::default(), &Program::this(None))
        })
        .collect();
    store.load(&graphs).expect("loaded");
    store
}

/// What the articles say differently: aspect, then value and words of each side.
fn conflicts(texts: [&str; 2]) -> Vec<(Aspect, Vec<(String, String)>)> {
    let conflicts = told(texts).conflicts().expect("conflicts");
    conflicts
        .into_iter()
        .map(|conflict| {
            let sides = conflict.sides.into_iter();
            (
                conflict.aspect,
                sides.map(|side| (side.value, side.words)).collect(),
            )
        })
        .collect()
}

#[track_caller]
fn differ(aspect: Aspect, texts: [&str; 2], values: [&str; 2]) {
    let found = conflicts(texts);
    let sides = match found.as_slice() {
        [(only, sides)] if *only == aspect => sides,
        _ => panic!("one conflict about the {aspect} was expected, found {found:?}"),
    };
    let given: Vec<&str> = sides.iter().map(|(value, _)| value.as_str()).collect();
    assert_eq!(given, values);
    for (_, words) in sides {
        assert!(texts.iter().any(|text| text.contains(words)), "{words}");
    }
}

#[test]
fn meetings_differ_in_day_place_and_company() {
    differ(
        Aspect::Date,
        [
            "Norwegian Prime Minister Anna Lund met French President Jean Moreau in Oslo on Sunday.",
            "Norwegian Prime Minister Anna Lund met French President Jean Moreau in Oslo on Monday.",
        ],
        ["2024-05-05", "2024-05-06"],
    );
    differ(
        Aspect::Location,
        [
            "Norwegian Prime Minister Anna Lund met French President Jean Moreau in Paris on Monday.",
            "Norwegian Prime Minister Anna Lund met French President Jean Moreau in Oslo on Monday.",
        ],
        ["Oslo, Norway", "Paris, France"],
    );
    // Two cities of one country.
    differ(
        Aspect::Location,
        [
            "Norwegian Prime Minister Anna Lund met French President Jean Moreau in Bergen on Monday.",
            "Norwegian Prime Minister Anna Lund met French President Jean Moreau in Oslo on Monday.",
        ],
        ["Bergen, Norway", "Oslo, Norway"],
    );
    differ(
        Aspect::Participants,
        [
            "Norwegian Prime Minister Anna Lund met French President Jean Moreau and Polish President Jan Kowal in Oslo on Monday.",
            "Norwegian Prime Minister Anna Lund met French President Jean Moreau and German Chancellor Max Weber in Oslo on Monday.",
        ],
        [
            "Anna Lund, Jan Kowal, Jean Moreau",
            "Anna Lund, Jean Moreau, Max Weber",
        ],
    );
}

#[test]
fn meetings_differ_in_how_real_they_are() {
    differ(
        Aspect::Status,
        [
            "Norwegian Prime Minister Anna Lund met French President Jean Moreau in Oslo on Monday.",
            "Norwegian Prime Minister Anna Lund did not meet French President Jean Moreau in Oslo on Monday, her office said.",
        ],
        ["denied", "held"],
    );
    differ(
        Aspect::Status,
        [
            "Norwegian Prime Minister Anna Lund will meet French President Jean Moreau in Oslo on Friday.",
            "Norwegian Prime Minister Anna Lund will not meet French President Jean Moreau in Oslo on Friday, her office said.",
        ],
        ["denied", "planned"],
    );
    differ(
        Aspect::Status,
        [
            "Norwegian Prime Minister Anna Lund will meet French President Jean Moreau in Oslo on Friday.",
            "Norwegian Prime Minister Anna Lund wants to meet French President Jean Moreau in Oslo on Friday.",
        ],
        ["planned", "proposed"],
    );
}

#[test]
fn calls_differ_in_who_called() {
    differ(
        Aspect::Initiator,
        [
            "Norwegian Prime Minister Anna Lund called French President Jean Moreau on Monday.",
            "French President Jean Moreau phoned Norwegian Prime Minister Anna Lund on Monday, his office said.",
        ],
        ["Anna Lund", "Jean Moreau"],
    );
    differ(
        Aspect::Initiator,
        [
            "Norwegian Prime Minister Anna Lund spoke by phone with French President Jean Moreau on Monday. The call took place at the request of Paris.",
            "French President Jean Moreau spoke by phone with Norwegian Prime Minister Anna Lund on Monday, at Lund's request, his office said.",
        ],
        ["Anna Lund", "Jean Moreau"],
    );
}

#[test]
fn meetings_differ_in_how_many_came() {
    differ(
        Aspect::Number,
        [
            "Norwegian Prime Minister Anna Lund and French President Jean Moreau met the leaders of seven countries in Oslo on Monday.",
            "Norwegian Prime Minister Anna Lund and French President Jean Moreau met the leaders of nine countries in Oslo on Monday.",
        ],
        ["leaders of nine countries", "leaders of seven countries"],
    );
    differ(
        Aspect::Number,
        [
            "Norwegian Prime Minister Anna Lund and French President Jean Moreau met some 40 foreign ministers in Oslo on Monday.",
            "Norwegian Prime Minister Anna Lund and French President Jean Moreau met more than 50 foreign ministers in Oslo on Monday.",
        ],
        [
            "more than 50 foreign ministers",
            "some 40 foreign ministers",
        ],
    );
}

#[test]
fn offices_and_names_differ() {
    differ(
        Aspect::Title,
        [
            "Italian Premier Gina Morelli opened the bridge on Monday.",
            "Italian Prime Minister Gina Morelli opened the bridge on Monday.",
        ],
        ["premier", "prime minister"],
    );
    differ(
        Aspect::Title,
        [
            "Norwegian Deputy Foreign Minister Anna Lund opened the bridge on Monday.",
            "Norwegian Foreign Minister Anna Lund opened the bridge on Monday.",
        ],
        ["deputy foreign minister", "foreign minister"],
    );
    differ(
        Aspect::Status,
        [
            "Norwegian Prime Minister Anna Lund opened the bridge on Monday.",
            "Former Norwegian Prime Minister Anna Lund opened the bridge on Monday.",
        ],
        ["current", "former"],
    );
}

#[test]
fn quotations_differ_in_words_and_medium() {
    let two = "“We will build the new bridge in two years,”";
    let three = "“We will build the new bridge in three years,”";
    differ(
        Aspect::Wording,
        [
            &format!("{two} Norwegian Prime Minister Anna Lund said on Monday."),
            &format!("{three} Norwegian Prime Minister Anna Lund said on Monday."),
        ],
        [three, two],
    );
    differ(
        Aspect::Medium,
        [
            &format!("{two} Norwegian Prime Minister Anna Lund wrote on Facebook on Monday."),
            &format!(
                "{two} Norwegian Prime Minister Anna Lund said at a press conference on Monday."
            ),
        ],
        ["Facebook", "press conference"],
    );
}

#[test]
fn what_can_be_one_is_no_conflict() {
    for texts in [
        // Of 42 one can say "some 40".
        [
            "Norwegian Prime Minister Anna Lund and French President Jean Moreau met some 40 foreign ministers in Oslo on Monday.",
            "Norwegian Prime Minister Anna Lund and French President Jean Moreau met 42 foreign ministers in Oslo on Monday.",
        ],
        // European leaders are not all leaders.
        [
            "Norwegian Prime Minister Anna Lund and French President Jean Moreau met seven European leaders in Oslo on Monday.",
            "Norwegian Prime Minister Anna Lund and French President Jean Moreau met nine leaders in Oslo on Monday.",
        ],
        // Who speaks with whom has not called.
        [
            "Norwegian Prime Minister Anna Lund spoke by phone with French President Jean Moreau on Monday.",
            "French President Jean Moreau phoned Norwegian Prime Minister Anna Lund on Monday, his office said.",
        ],
        // Two calls on two days, one each way.
        [
            "Norwegian Prime Minister Anna Lund called French President Jean Moreau in March.",
            "French President Jean Moreau phoned Norwegian Prime Minister Anna Lund on Monday, his office said.",
        ],
        // Less exact.
        [
            "Norwegian Prime Minister Anna Lund met French President Jean Moreau in Oslo on Monday.",
            "Norwegian Prime Minister Anna Lund met French President Jean Moreau in Norway in May.",
        ],
    ] {
        assert_eq!(conflicts(texts), [], "{texts:?}");
    }
}

#[test]
fn the_query_shows_callers_and_numbers() {
    let sparql = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/ontology/queries/disagreements.rq"
    ))
    .expect("the query");
    let rows = |texts| {
        let QueryResults::Solutions(rows) = told(texts).query(&sparql).expect("an answer") else {
            panic!("a SELECT query was expected");
        };
        let cells = |row: QuerySolution| {
            let values = row.values().iter().flatten();
            let text = |term: &Term| match term {
                Term::Literal(literal) => literal.value().to_owned(),
                term => term.to_string(),
            };
            values.map(text).collect::<Vec<_>>().join(" | ")
        };
        rows.map(|row| cells(row.expect("a row")))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        rows([
            "Norwegian Prime Minister Anna Lund called French President Jean Moreau on Monday.",
            "French President Jean Moreau phoned Norwegian Prime Minister Anna Lund on Monday, his office said.",
        ]),
        [
            "call of Anna Lund and Jean Moreau, 2024-05-06 | initiator | Anna Lund | a.txt | Jean Moreau | b.txt"
        ]
    );
    assert_eq!(
        rows([
            "Norwegian Prime Minister Anna Lund and French President Jean Moreau met 40 foreign ministers in Oslo on Monday.",
            "Norwegian Prime Minister Anna Lund and French President Jean Moreau met more than 50 foreign ministers in Oslo on Monday.",
        ]),
        [
            "meeting of Anna Lund and Jean Moreau, 2024-05-06 | number | 40 foreign ministers | a.txt | more than 50 foreign ministers | b.txt"
        ]
    );
}

/// Who is counted, least, most, the words.
type Count = (String, u32, Option<u32>, String);

/// What an article's meetings say of who began them and how many took part.
fn details(text: &str) -> (Vec<String>, Vec<Count>) {
    let mut article = Article::from_text("a.txt", text);
    article.date = "2024-05-07".parse().ok();
    let facts = pipeline::read(&article);
    let name = |id| facts.entity(id).map(|entity| entity.name.clone());
    let initiatives = facts.meetings.iter().filter_map(|m| m.initiative.as_ref());
    let attendance = facts.meetings.iter().flat_map(|m| &m.attendance);
    (
        initiatives.filter_map(|i| name(&i.by)).collect(),
        attendance
            .map(|a| {
                let words = a.span.of(text).to_owned();
                (a.counted.clone(), a.least, a.most, words)
            })
            .collect(),
    )
}

#[test]
fn who_began_a_meeting() {
    for (text, expected) in [
        (
            "Prime Minister Anna Lund called President Jean Moreau on Monday.",
            vec!["Anna Lund"],
        ),
        (
            "Norwegian Prime Minister Anna Lund had a telephone conversation with French President Jean Moreau on Monday at the initiative of the French side.",
            vec!["Jean Moreau"],
        ),
        (
            "Norwegian Prime Minister Anna Lund spoke by phone with Indian Prime Minister Ravi Nair on Monday. The call was requested by New Delhi.",
            vec!["Ravi Nair"],
        ),
        (
            "Prime Minister Anna Lund and President Jean Moreau spoke by phone on Monday.",
            vec![],
        ),
        (
            "Prime Minister Anna Lund called on President Jean Moreau on Monday to act.",
            vec![],
        ),
    ] {
        assert_eq!(details(text).0, expected, "{text}");
    }
}

#[test]
fn how_many_took_part() {
    let one = |counted: &str, least, most, words: &str| {
        vec![(counted.to_owned(), least, most, words.to_owned())]
    };
    for (text, expected) in [
        (
            "President Anna Lund met seven European leaders in Oslo on Monday.",
            one("european leaders", 7, Some(7), "seven European leaders"),
        ),
        (
            "President Anna Lund hosted the leaders of seven nations in Oslo on Monday for talks.",
            one("countries", 7, Some(7), "leaders of seven nations"),
        ),
        (
            "Some 40 heads of state met in Oslo on Monday for a summit on the climate.",
            one("heads of state", 36, Some(44), "Some 40 heads of state"),
        ),
        (
            "President Anna Lund and President Jean Moreau met more than 30 foreign ministers in Oslo on Monday.",
            one(
                "foreign ministers",
                30,
                None,
                "more than 30 foreign ministers",
            ),
        ),
        (
            "President Anna Lund met five other leaders in Oslo on Monday.",
            vec![],
        ),
        (
            "President Anna Lund met two of the ministers in Oslo on Monday.",
            vec![],
        ),
        (
            "President Anna Lund met European leaders in Oslo on Monday.",
            vec![],
        ),
        (
            "President Anna Lund met Jean Moreau in Oslo on Monday and praised seven ministers.",
            vec![],
        ),
    ] {
        assert_eq!(details(text).1, expected, "{text}");
    }
}
