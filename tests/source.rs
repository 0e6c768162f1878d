//! How documents are read, seen from outside.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use svar::source::{
    CODES, Diagnostic, Diagnostics, Document, Example, Format, Mistakes, Severity, Sources, Table, Value,
    code, merge,
};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Register {
    Formal,
    Neutral,
}

/// The part of the policy format that the examples of the codes are written in.
fn read_policy(layers: &[impl AsRef<[u8]>]) -> Result<(), Diagnostics> {
    let mut sources = Sources::new();
    let mut documents = Vec::new();
    for (number, layer) in layers.iter().enumerate() {
        documents.push(Document::from_bytes(&mut sources, format!("layer-{number}.toml"), layer.as_ref())?);
    }
    let place = documents.last().map(Document::place).unwrap_or_default();
    let mistakes = Mistakes::new(&sources);
    let root = documents
        .into_iter()
        .fold(Table::default(), |below, document| merge(below, document.root, &mistakes));

    let reader = mistakes.table(&root, place);
    reader.need("name").string();
    for (_, channel) in reader.get("channels").table().into_iter().flat_map(|channels| channels.rest()) {
        let Some(channel) = channel.table() else { continue };
        channel.get("register").one_of(&[("formal", Register::Formal), ("neutral", Register::Neutral)]);
        if let Some(emoji) = channel.get("emoji").table() {
            emoji.get("allow").string_list();
            emoji.get("max").integer(0..=100);
            emoji.finish();
        }
        channel.finish();
    }
    reader.finish();
    mistakes.finish().map(|remarks| assert!(remarks.is_empty()))
}

fn codes(result: Result<(), Diagnostics>) -> Vec<String> {
    result.err().into_iter().flatten().map(|diagnostic| diagnostic.code().to_owned()).collect()
}

fn parse_error(text: &str) -> Diagnostics {
    Document::parse(&mut Sources::new(), "a.toml", text).unwrap_err()
}

#[test]
fn every_code_breaks_and_keeps_as_its_page_says() {
    for page in CODES {
        let broken = codes(read_policy(&page.breaks.documents()));
        assert!(broken.iter().any(|found| found == page.code), "{}: {broken:?}", page.code);
        // A table that is no table after a clash is of the wrong type, too.
        let others = usize::from(page.code == "merge-clash");
        assert_eq!(broken.len(), 1 + others, "{}: {broken:?}", page.code);
        if let Err(mistakes) = read_policy(&page.keeps.documents()) {
            panic!("{}: {}", page.code, mistakes.render());
        }
        assert!(page.title.chars().next().is_some_and(char::is_lowercase), "{}", page.code);
        assert!(matches!(page.keeps, Example::Documents(_)));
    }
    let mut names: Vec<_> = CODES.iter().map(|page| page.code).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CODES.len());
    assert!(code("syntax").is_some() && code("syntaks").is_none());
}

#[test]
fn all_mistakes_come_at_once_and_each_with_its_place() {
    let text = r#"
nmae = "acme"
[channels.facebook]
register = "formel"
emoji = { max = 1000, allow = ["x", 2] }
[channels.linkedin]
register = 1
colour = true
"#;
    let mistakes = read_policy(&[text]).unwrap_err();
    let lines: Vec<String> = mistakes.iter().map(Diagnostic::to_string).collect();
    assert_eq!(
        lines,
        [
            "layer-0.toml:1:1: error[missing-key]: the key `name` is missing",
            "layer-0.toml:2:1: error[unknown-key]: unknown key `nmae`",
            "layer-0.toml:4:12: error[unknown-value]: `formel` is not known for `register`",
            "layer-0.toml:5:17: error[out-of-range]: `max` is 1000, outside the range 0 to 100",
            "layer-0.toml:5:37: error[wrong-type]: an element of `allow` must be a string, not an integer",
            "layer-0.toml:7:12: error[wrong-type]: `register` must be a string, not an integer",
            "layer-0.toml:8:1: error[unknown-key]: unknown key `colour`",
        ]
    );
    assert_eq!(mistakes.to_string(), format!("{} and 6 more", lines[0]));
    let helps: Vec<_> = mistakes.iter().map(Diagnostic::help).collect();
    assert_eq!(helps[1..3], [Some("did you mean `name`?"), Some("did you mean `formal`?")]);
    assert_eq!(serde_json::to_value(&mistakes).unwrap()[3]["start"], text.find("1000").unwrap());
}

#[test]
fn json_and_toml_say_the_same_about_the_same_mistake() {
    let toml = "name = 1\nnaem = 2\n";
    let json = "{\n\"name\": 1,\n\"naem\": 2}";
    assert_eq!(codes(read_policy(&[toml])), codes(read_policy(&[json])));
    assert_eq!(codes(read_policy(&[toml])), ["wrong-type", "unknown-key"]);
}

#[test]
fn two_keys_of_one_name_show_both() {
    for text in ["a = 1\na = 2\n", "{\"a\": 1,\n\"a\": 2}"] {
        let mistakes = parse_error(text);
        let first = mistakes.first();
        assert_eq!((first.code(), first.location().unwrap().line()), ("duplicate-key", 2));
        assert_eq!(first.related()[0].location().line(), 1);
    }
}

#[test]
fn merging_lists() {
    let layers = [
        "list = ['a', 'b']\nother = [1, 2]\n",
        "list = ['+', 'b', 'c', 'c']\nother = [3]\n",
        "list = ['-', 'a']\nnew = ['+', 'x']\n",
    ];
    let mut sources = Sources::new();
    let documents: Vec<_> =
        layers.iter().map(|text| Document::parse(&mut sources, "layer", text).unwrap()).collect();
    let mistakes = Mistakes::new(&sources);
    let root =
        documents.into_iter().fold(Table::default(), |below, above| merge(below, above.root, &mistakes));
    let keys: Vec<_> = root.iter().map(|entry| entry.key.text.to_string()).collect();
    assert_eq!(keys, ["list", "other", "new"]);
    let reader = mistakes.table(&root, Default::default());
    assert_eq!(reader.get("list").string_list(), Some(vec!["b", "c"]));
    assert_eq!(reader.get("new").string_list(), Some(vec!["x"]));
    let numbers: Vec<_> =
        reader.get("other").array().unwrap().filter_map(|item| item.integer(0..=9)).collect();
    assert_eq!(numbers, [3]);
    let sources_of: Vec<_> =
        reader.get("list").array().unwrap().map(|item| item.place().unwrap().source.index()).collect();
    assert_eq!(sources_of, [0, 1]);
    reader.finish();
    assert!(mistakes.finish().unwrap().is_empty());
}

#[test]
fn a_mistake_after_merging_points_to_its_own_file() {
    let mistakes =
        read_policy(&["name = 'a'\n[channels.x]\nregister = 'formal'\n", "[channels.x]\nregister = 'x'\n"])
            .unwrap_err();
    assert_eq!(mistakes.first().location().unwrap().to_string(), "layer-1.toml:2:12");

    let clash = read_policy(&["name = 'a'\n[channels.x]\nemoji.max = 1\n", "[channels.x]\nemoji = 'no'\n"])
        .unwrap_err();
    let clash = clash.first();
    assert_eq!(
        clash.to_string(),
        "layer-1.toml:2:9: error[merge-clash]: `emoji` is a string here, and a table in the document below"
    );
    assert_eq!(clash.related()[0].location().to_string(), "layer-0.toml:3:1");
}

#[test]
fn a_document_that_is_not_utf8_says_where() {
    let mistakes =
        Document::from_bytes(&mut Sources::new(), "a.toml", b"a = 1\nb = \"\xc3\xa6\xff\"").unwrap_err();
    assert_eq!(
        mistakes.to_string(),
        "a.toml:2:7: error[not-utf8]: byte 13 (0xff) is not part of any UTF-8 text"
    );
}

#[test]
fn formats_are_told_apart() {
    assert_eq!(Format::of("\u{feff} \n{}"), Format::Json);
    assert_eq!(Format::of("[a]"), Format::Toml);
    assert_eq!(Format::of(""), Format::Toml);
    assert!(Document::parse(&mut Sources::new(), "empty", "").unwrap().root.is_empty());
    assert!(Document::parse_as(Format::Json, &mut Sources::new(), "empty", "").is_err());
}

#[test]
fn a_thousand_mistakes_are_enough() {
    let text: String = (0..5000).map(|number| format!("key{number} = 1\n")).collect();
    let mistakes = read_policy(&[format!("name = ''\n{text}")]).unwrap_err();
    assert_eq!((mistakes.iter().count(), mistakes.unlisted()), (Mistakes::MAX, 4000));
    assert!(mistakes.to_string().ends_with(" and 4999 more"));
}

#[test]
fn warnings_do_not_fail() {
    let sources = Sources::new();
    let mistakes = Mistakes::new(&sources);
    mistakes.report(Diagnostic::new(Severity::Advice, "some-code", "could be shorter"));
    assert!(!mistakes.failed());
    assert_eq!(mistakes.finish().unwrap().len(), 1);
}

#[test]
fn an_answer_can_go_anywhere() {
    fn goes_anywhere<T: Send + Sync + 'static>() {}
    goes_anywhere::<Diagnostics>();
    goes_anywhere::<Document<'static>>();
    goes_anywhere::<Sources>();
    let error: Box<dyn std::error::Error + Send + Sync> = parse_error("a").into();
    assert!(error.to_string().starts_with("a.toml:1:2: error[syntax]: "), "{error}");
}

/// What both formats can say.
#[derive(Clone, Debug)]
enum Tree {
    Text(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    List(Vec<Tree>),
    Keys(BTreeMap<String, Tree>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        prop_oneof![".{0,8}", "[\\s\\S]{0,8}", "[a-z'\"\\\\]{0,6}"].prop_map(Tree::Text),
        any::<i64>().prop_map(Tree::Integer),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Tree::Float),
        any::<bool>().prop_map(Tree::Boolean),
    ];
    leaf.prop_recursive(5, 60, 12, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Tree::List),
            keys(inner).prop_map(Tree::Keys)
        ]
    })
}

fn keys(inner: impl Strategy<Value = Tree>) -> impl Strategy<Value = BTreeMap<String, Tree>> {
    prop::collection::btree_map(prop_oneof!["[a-z]{1,3}", ".{0,4}"], inner, 0..14)
}

/// JSON's own quoting, with the few letters TOML wants escaped as well.
fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap().replace('\u{7f}', "\\u007f")
}

fn print(tree: &Tree, equals: &str) -> String {
    let join = |parts: Vec<String>| parts.join(", ");
    match tree {
        Tree::Text(text) => quote(text),
        Tree::Integer(number) => number.to_string(),
        Tree::Float(number) => format!("{number:?}"),
        Tree::Boolean(truth) => truth.to_string(),
        Tree::List(list) => format!("[{}]", join(list.iter().map(|tree| print(tree, equals)).collect())),
        Tree::Keys(keys) => format!(
            "{{{}}}",
            join(
                keys.iter()
                    .map(|(key, tree)| format!("{}{equals}{}", quote(key), print(tree, equals)))
                    .collect()
            )
        ),
    }
}

/// Tables as `[headers]`, so that they are not always inline.
fn print_headers(keys: &BTreeMap<String, Tree>, path: &str, out: &mut String) {
    let (tables, values): (Vec<_>, Vec<_>) = keys.iter().partition(|(_, tree)| matches!(tree, Tree::Keys(_)));
    for (key, tree) in values {
        *out += &format!("{} = {}\n", quote(key), print(tree, " = "));
    }
    for (key, tree) in tables {
        let Tree::Keys(keys) = tree else { continue };
        let path = if path.is_empty() { quote(key) } else { format!("{path}.{}", quote(key)) };
        *out += &format!("[{path}]\n");
        print_headers(keys, &path, out);
    }
}

fn same_order(a: &Table<'_>, b: &Table<'_>) -> bool {
    a.iter().map(|entry| &entry.key.text).eq(b.iter().map(|entry| &entry.key.text))
}

proptest! {
    #[test]
    fn json_and_its_toml_twin_are_one_tree(keys in keys(tree())) {
        let json = print(&Tree::Keys(keys.clone()), ": ");
        let inline: String =
            keys.iter().map(|(key, tree)| format!("{} = {}\n", quote(key), print(tree, " = "))).collect();
        let mut headers = String::new();
        print_headers(&keys, "", &mut headers);

        let mut sources = Sources::new();
        let json = Document::parse_as(Format::Json, &mut sources, "json", &json).unwrap().root;
        let inline = Document::parse_as(Format::Toml, &mut sources, "toml", &inline).unwrap().root;
        prop_assert!(same_order(&json, &inline));
        let headers = Document::parse_as(Format::Toml, &mut sources, "toml", &headers).unwrap().root;
        for (key, entry) in keys.keys().zip(&json) {
            prop_assert_eq!(key, &*entry.key.text);
            prop_assert!(inline.get(key).is_some_and(|node| node.value.same(&entry.node.value)));
            prop_assert!(headers.get(key).is_some_and(|node| node.value.same(&entry.node.value)));
        }
        prop_assert!(Value::Table(inline).same(&Value::Table(headers)));
    }

    #[test]
    fn places_hold_what_they_say(keys in keys(tree())) {
        let text = print(&Tree::Keys(keys), ":");
        let mut sources = Sources::new();
        let document = Document::parse(&mut sources, "json", &text).unwrap();
        for entry in &document.root {
            prop_assert_eq!(entry.key.place.span.of(&text), quote(&entry.key.text));
            if let Value::String(value) = &entry.node.value {
                prop_assert_eq!(entry.node.place.span.of(&text), quote(value));
            }
        }
    }

    #[test]
    fn merging_over_nothing_and_over_itself_changes_nothing(keys in keys(tree())) {
        let text = print(&Tree::Keys(keys), ":");
        prop_assume!(!text.contains("\"+\"") && !text.contains("\"-\""));
        let mut sources = Sources::new();
        let root = Document::parse(&mut sources, "json", &text).unwrap().root;
        let mistakes = Mistakes::new(&sources);
        let once = merge(Table::default(), root.clone(), &mistakes);
        let twice = merge(once.clone(), root.clone(), &mistakes);
        prop_assert!(Value::Table(root).same(&Value::Table(once.clone())));
        prop_assert!(Value::Table(once).same(&Value::Table(twice)));
        prop_assert!(mistakes.finish().is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..60), text in "[\\[\\]{}=.,:\"'#\\\\a-c0-2\n \u{e5}-]{0,60}") {
        let _ = Document::from_bytes(&mut Sources::new(), "bytes", &bytes);
        for format in [Format::Toml, Format::Json] {
            let mut sources = Sources::new();
            let read = Document::parse_as(format, &mut sources, "text", &text);
            if let Err(mistakes) = &read {
                prop_assert!(!mistakes.render().is_empty());
                for mistake in mistakes.iter() {
                    let span = mistake.location().unwrap().span();
                    prop_assert!(text.get(span.start..span.end).is_some(), "{:?} in {:?}", span, text);
                }
            }
            if let Ok(document) = read {
                let mistakes = Mistakes::new(&sources);
                let root = merge(document.root.clone(), document.root, &mistakes);
                mistakes.table(&root, Default::default()).finish();
                let _ = mistakes.finish().map_err(|mistakes| mistakes.render());
            }
        }
    }
}
