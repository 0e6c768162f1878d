//! The reader against the plain reading of the notation: both must hear the same in every phrase.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::reference::{self, Item};
use super::*;

/// One way to read a phrase, each step spelled out.
type Way = Vec<String>;

fn leaf(leaves: &Leaves, leaf: Leaf) -> String {
    match leaf.sort() {
        LeafSort::Kind => format!("{:?}", Kind::ALL[leaf.number() as usize].1),
        sort => format!("{sort:?} {}", leaves.spelling(leaf)),
    }
}

fn reference_leaf(leaf: &reference::Leaf) -> String {
    use reference::Leaf::{Cased, Kind, Prefix, Suffix, Word};
    match leaf {
        Word(word) => format!("Word {word}"),
        Cased(word) => format!("Cased {word}"),
        Prefix { stem, cased: false } => format!("Prefix {stem}"),
        Suffix { stem, cased: false } => format!("Suffix {stem}"),
        Prefix { stem, cased: true } => format!("CasedPrefix {stem}"),
        Suffix { stem, cased: true } => format!("CasedSuffix {stem}"),
        Kind(kind) => format!("{kind:?}"),
    }
}

fn joined(heads: &BTreeSet<Way>, tails: &BTreeSet<Way>) -> BTreeSet<Way> {
    heads.iter().flat_map(|head| tails.iter().map(move |tail| [head.as_slice(), tail].concat())).collect()
}

fn one(step: String) -> BTreeSet<Way> {
    BTreeSet::from([vec![step]])
}

/// All ways to read a list of ops.
fn ways(ops: &[Op], leaves: &Leaves, classes: &Classes) -> BTreeSet<Way> {
    let mut all = BTreeSet::from([Way::new()]);
    let mut at = 0;
    while let Some(&op) = ops.get(at) {
        at += 1;
        let next = match op {
            Op::Leaf(of) => one(leaf(leaves, of)),
            Op::Gap(words) => one(format!("..{words}")),
            Op::Class(class) => {
                let body = classes.body(class);
                let mut ways = alternatives(body.branches, leaves, classes);
                ways.extend(body.leaves.iter().map(|&of| vec![leaf(leaves, of)]));
                ways
            }
            Op::Group(length) => {
                at += length as usize;
                alternatives(&ops[at - length as usize..at], leaves, classes)
            }
            _ => panic!("{op:?} outside a group"),
        };
        all = joined(&all, &next);
    }
    all
}

fn alternatives(ops: &[Op], leaves: &Leaves, classes: &Classes) -> BTreeSet<Way> {
    let mut all = BTreeSet::new();
    let mut at = 0;
    while let Some(&op) = ops.get(at) {
        at += 1;
        match op {
            Op::Branch(length) => {
                all.extend(ways(&ops[at..at + length as usize], leaves, classes));
                at += length as usize;
            }
            Op::OneOf(length) => {
                for op in &ops[at..at + length as usize] {
                    all.extend(ways(&[*op], leaves, classes));
                }
                at += length as usize;
            }
            Op::ClassBranches(class) => {
                all.extend(alternatives(classes.body(class).branches, leaves, classes))
            }
            Op::Nothing => all.extend([Way::new()]),
            _ => panic!("{op:?} in a group"),
        }
    }
    all
}

fn reference_ways(items: &[Item], classes: &[(&str, &[&str])]) -> BTreeSet<Way> {
    let mut all = BTreeSet::from([Way::new()]);
    for item in items {
        let next = match item {
            Item::Leaf(leaf) => one(reference_leaf(leaf)),
            Item::Gap(words) => one(format!("..{words}")),
            Item::Any(sequences) => {
                sequences.iter().flat_map(|sequence| reference_ways(sequence, classes)).collect()
            }
            Item::Class(name) => {
                let (_, members) = classes.iter().find(|(known, _)| known == name).expect("defined");
                let read = members.iter().map(|member| reference::Phrase::parse(member).expect("a member"));
                read.flat_map(|member| reference_ways(&member.items, classes)).collect()
            }
        };
        all = joined(&all, &next);
    }
    all
}

/// The classes phrases are tried with; the first needs the last.
const CLASSES: [(&str, &[&str]); 3] = [
    ("we", &["vi", "jeg", "{team}", "{we_all}"]),
    ("team", &["team[et]", "hele {crew}"]),
    ("crew", &["gjeng(en|a)"]),
];
const WE_ALL: (&str, &[&str]) = ("we_all", &["vi alle", "alle sammen"]);

struct Ready {
    reader: PhraseReader,
    leaves: Leaves,
    classes: Classes,
}

impl Ready {
    fn new(defined: &[(&str, &[&str])]) -> (Ready, Vec<(usize, PhraseProblem)>) {
        let mut ready =
            Ready { reader: PhraseReader::default(), leaves: Leaves::default(), classes: Classes::default() };
        for (name, members) in defined {
            ready.classes.define(name, members.iter().copied());
        }
        let mut faults = Vec::new();
        for class in 0..ready.classes.len() as u32 {
            let mut report = |member, error: PhraseError| faults.push((member, error.problem));
            ready.classes.read(class, &mut ready.reader, &mut ready.leaves, &mut report);
        }
        (ready, faults)
    }

    fn read(&mut self, phrase: &str) -> Result<(Start, bool, BTreeSet<Way>), PhraseError> {
        match self.reader.read(phrase, &mut self.leaves, &self.classes) {
            Ok(read) => Ok((read.start, read.text_end, ways(read.ops, &self.leaves, &self.classes))),
            Err(Stop::Fault(error)) => Err(*error),
            Err(Stop::Unread(class)) => panic!("class {class} has been read"),
        }
    }
}

fn all_classes() -> Vec<(&'static str, &'static [&'static str])> {
    CLASSES.into_iter().chain([WE_ALL]).collect()
}

fn reads_as_reference(phrase: &str) -> Result<(), TestCaseError> {
    let classes = all_classes();
    let (mut ready, faults) = Ready::new(&classes);
    prop_assert_eq!(faults, []);
    let read = ready.read(phrase);
    match (read, reference::Phrase::parse(phrase)) {
        (Ok((start, end, ways)), Ok(reference)) => {
            prop_assert_eq!((start, end), (reference.start, reference.text_end), "{}", phrase);
            prop_assert_eq!(ways, reference_ways(&reference.items, &classes), "{}", phrase);
        }
        (Err(_), Err(_)) => {}
        // The plain reading leaves these to others.
        (
            Err(PhraseError {
                problem: PhraseProblem::UnknownClass(_) | PhraseProblem::TooManyPaths, ..
            }),
            Ok(_),
        ) => {}
        (read, reference) => prop_assert!(false, "`{}`: {:?} against {:?}", phrase, read, reference),
    }
    Ok(())
}

/// Notation of every sort, well formed for the most part.
fn notation() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a", "Beklager", "på", "Å", "straße", "don’t", "don't", "e-post", "kr.", "12", "9:30", "👍", ",",
        "!", "*", "=", "ab*", "*ba", "=Ih*", "=*ba", "=Sie", "=12", "{we}", "={we}", "\\={we}", "{number}",
        "\\(", "\\*", "\\", "^", "$", "..2", "..", "...", "Łódź", "п", "é", "a\u{30A}", "×", "|",
    ])
    .prop_map(str::to_owned);
    let group = leaf.prop_recursive(3, 12, 4, |inner| {
        let joined = |space: &'static str| {
            prop::collection::vec(inner.clone(), 0..4).prop_map(move |all| all.join(space))
        };
        prop_oneof![
            joined("|").prop_map(|all| format!("({all})")),
            joined("|").prop_map(|all| format!("[{all}]")),
            joined(" "),
            joined(""),
        ]
    });
    (any::<bool>(), prop::collection::vec(group, 1..4), any::<bool>()).prop_map(|(start, all, end)| {
        format!("{}{}{}", if start { "^ " } else { "" }, all.join(" "), if end { " $" } else { "" })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_phrase_reads_as_the_notation_says(phrase in notation()) {
        reads_as_reference(&phrase)?;
    }

    #[test]
    fn any_text_reads_as_the_notation_says(phrase in "[a-bæ '’.,*=^$(|)\\[\\]{} \\\\\\PC]{0,14}") {
        reads_as_reference(&phrase)?;
    }

    #[test]
    fn a_plain_word_is_one_token_of_the_same_folded_form(word in "[a-zA-Z0-9À-ſ'’]{1,12}") {
        if let Some(plain) = lex::plain(word.as_bytes(), 0).filter(|plain| plain.end == word.len()) {
            let mut tokens = crate::text::token::Tokens::default();
            tokens.read(&word, &[]);
            prop_assert_eq!(tokens.as_slice().len(), 1);
            let token = tokens.as_slice()[0];
            let mut leaves = Leaves::default();
            let leaf = leaves.plain(LeafSort::Word, &word, plain.folded);
            prop_assert_eq!(leaves.spelling(leaf), tokens.folded(&token));
        }
    }
}

#[test]
fn every_plain_letter_is_folded_as_tokens_fold_it() {
    for c in ('\0'..'\u{250}').chain(['’', '\u{30A}', 'ʼ']) {
        let word = format!("a{c}b");
        let mut tokens = crate::text::token::Tokens::default();
        tokens.read(&word, &[]);
        let Some(plain) = lex::plain(word.as_bytes(), 0).filter(|plain| plain.end == word.len()) else {
            continue;
        };
        let [token] = tokens.as_slice() else { panic!("{c:?} parts words") };
        let mut leaves = Leaves::default();
        let leaf = leaves.plain(LeafSort::Word, &word, plain.folded);
        assert_eq!(leaves.spelling(leaf), tokens.folded(token), "{c:?}");
    }
}

#[test]
fn what_is_wrong_with_a_phrase_is_said_with_its_place() {
    use PhraseProblem::*;
    let long = "a".repeat(LONGEST_PHRASE + 1);
    let deep = format!("{}a{}", "(b ".repeat(40), ")".repeat(40));
    let wide = format!("x {}", "[a b] ".repeat(10));
    let spelled = format!("x y{}", "(a|b)".repeat(10));
    for (phrase, at, problem) in [
        ("", 0, Empty),
        ("^ $", 0, Empty),
        ("[a] [b]", 0, Empty),
        ("a (b", 2, Unbalanced('(')),
        ("a b] c", 3, Unbalanced(']')),
        ("a (b]", 4, Unbalanced(']')),
        ("a ..0 b", 2, Gap),
        ("a ..12 b", 2, Gap),
        ("a ..x b", 2, Gap),
        ("..2 b", 0, GapAtEdge),
        ("å ..2", 3, GapAtEdge),
        ("a ..2 [b] ..3 c", 10, GapAtEdge),
        ("a ..2 [b]", 2, GapAtEdge),
        ("a (..2 b|c)", 3, GapAtEdge),
        ("x a* b", 2, ShortStem),
        ("x ab*c*", 2, Star),
        ("a ^ b", 2, Anchor),
        ("$", 0, Anchor),
        ("a $ b", 2, Anchor),
        ("a (b|$)", 5, Anchor),
        ("så {foo}", 4, UnknownClass("foo".to_owned())),
        ("a b{we}", 2, GluedClass),
        ("a {we}s", 2, GluedClass),
        ("\\{{we}s", 0, GluedClass),
        ("a ={we}", 2, CasedClass),
        ("a (b|={we})", 5, CasedClass),
        (&wide, 56, TooManyPaths),
        (&spelled, 2, TooManyPaths),
        (&deep, 96, TooDeep),
        (&long, LONGEST_PHRASE, TooLong),
    ] {
        let (mut ready, _) = Ready::new(&all_classes());
        assert_eq!(ready.read(phrase), Err(PhraseError { at, problem }), "{phrase}");
    }
}

#[test]
fn classes_that_cannot_be_read_are_reported() {
    let (_, faults) = Ready::new(&[("a", &["x", "{b} y"]), ("b", &["{a}", "z", "(", "{c}"])]);
    assert_eq!(
        faults,
        [
            (2, PhraseProblem::CircularClass("a".to_owned())),
            (4, PhraseProblem::Unbalanced('(')),
            (5, PhraseProblem::UnknownClass("c".to_owned())),
        ]
    );
    for forward in [true, false] {
        let names: Vec<String> = (0..10_000).map(|n| format!("c{n}")).collect();
        let members: Vec<[String; 1]> =
            (1..10_000).map(|n| [format!("{{c{n}}}")]).chain([["x".to_owned()]]).collect();
        let mut classes = Classes::default();
        let mut pairs: Vec<_> = names.iter().zip(&members).collect();
        if !forward {
            pairs.reverse();
        }
        for (name, members) in pairs {
            classes.define(name, members.iter().map(String::as_str));
        }
        let (mut reader, mut leaves, mut faults) = (PhraseReader::default(), Leaves::default(), 0);
        for class in 0..classes.len() as u32 {
            classes.read(class, &mut reader, &mut leaves, &mut |_, error| {
                assert_eq!(error.problem, PhraseProblem::TooDeep);
                faults += 1;
            });
        }
        assert!(faults > 0);
    }
}

#[test]
fn alternatives_that_are_one_token_become_one() {
    let (mut ready, _) = Ready::new(&all_classes());
    let mut shape = |phrase| {
        let read = ready.reader.read(phrase, &mut ready.leaves, &ready.classes).expect(phrase);
        let steps = read.ops.iter().map(|op| match op {
            Op::Leaf(_) => "l".to_owned(),
            Op::Class(_) => "C".to_owned(),
            Op::Group(length) => format!("g{length}"),
            Op::Branch(length) => format!("b{length}"),
            Op::ClassBranches(_) => "B".to_owned(),
            Op::OneOf(length) => format!("o{length}"),
            op => format!("{op:?}"),
        });
        steps.collect::<Vec<_>>().join(" ")
    };
    for (phrase, ops) in [
        ("a (b|c|(d|e))", "l g5 o4 l l l l"),
        ("a ((b))", "l l"),
        ("a (b c)", "l l l"),
        ("a [b|c]", "l g4 o2 l l Nothing"),
        ("a (b|(c d|[e|f g]))", "l g10 b2 l l b2 l l o2 l l Nothing"),
        ("x(y|z)", "g3 o2 l l"),
        ("a ({crew}|b)", "l g4 o3 l l l"),
        ("a ({team}|d)", "l g5 B o3 l l l"),
        ("a {team}", "l C"),
    ] {
        assert_eq!(shape(phrase), ops, "{phrase}");
    }
}

/// Everything the language packs listen for.
#[test]
fn the_built_in_phrases_read_as_the_notation_says() {
    let packs = concat!(env!("CARGO_MANIFEST_DIR"), "/src/packs/language");
    let mut count = 0;
    for pack in std::fs::read_dir(packs).expect("the packs") {
        let text = std::fs::read_to_string(pack.expect("a pack").path()).expect("a pack");
        let document: toml::Table = text.parse().expect("TOML");
        let (mut classes, mut phrases) = (Vec::new(), Vec::new());
        for (section, value) in &document {
            collect(section, value, &mut Vec::new(), &mut classes, &mut phrases);
        }
        let members: Vec<Vec<&str>> =
            classes.iter().map(|(_, members)| members.iter().map(String::as_str).collect()).collect();
        let classes: Vec<(&str, &[&str])> = classes
            .iter()
            .zip(&members)
            .map(|((name, _), members)| (name.as_str(), members.as_slice()))
            .collect();
        let (mut ready, faults) = Ready::new(&classes);
        assert_eq!(faults, []);
        for phrase in &phrases {
            let reference = reference::Phrase::parse(phrase).expect(phrase);
            if count_ways(&reference.items, &classes) <= 500 {
                let (_, _, ways) = ready.read(phrase).expect(phrase);
                assert_eq!(ways, reference_ways(&reference.items, &classes), "{phrase}");
                count += 1;
            }
        }
    }
    assert!(count > 1000, "{count} phrases are hardly all of them");
}

fn count_ways(items: &[Item], classes: &[(&str, &[&str])]) -> usize {
    let ways = items.iter().map(|item| match item {
        Item::Leaf(_) | Item::Gap(_) => 1,
        Item::Any(sequences) => sequences.iter().map(|sequence| count_ways(sequence, classes)).sum(),
        Item::Class(name) => {
            let members =
                classes.iter().find(|(known, _)| known == name).map_or(&[][..], |(_, members)| members);
            let read = members.iter().filter_map(|member| reference::Phrase::parse(member).ok());
            read.map(|member| count_ways(&member.items, classes)).sum()
        }
    });
    ways.fold(1, usize::saturating_mul)
}

type Defined = Vec<(String, Vec<String>)>;

fn collect(
    section: &str,
    value: &toml::Value,
    path: &mut Vec<String>,
    classes: &mut Defined,
    phrases: &mut Vec<String>,
) {
    let strings =
        || value.as_array().into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned));
    let parent = path.last().map_or("", String::as_str);
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                path.push(key.clone());
                collect(section, value, path, classes, phrases);
                path.pop();
            }
        }
        toml::Value::Array(_) if path.len() > 1 && path[path.len() - 2] == "classes" => {
            classes.push((parent.to_owned(), strings().collect()));
        }
        toml::Value::Array(_) if matches!(parent, "hear" | "not") => phrases.extend(strings()),
        toml::Value::Float(_) | toml::Value::Integer(_)
            if matches!(section, "address" | "register" | "intents") =>
        {
            phrases.push(parent.to_owned());
        }
        _ => {}
    }
}
