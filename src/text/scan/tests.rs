//! One table of named cases, and the law that the scanner hears what a naive matcher hears.

use proptest::prelude::*;

use super::{Hit, Plane, ScanScratch, Scanner, Scope};
use crate::text::fold;
use crate::text::marks::Marks;
use crate::text::phrase::reference::{Item, Leaf, Phrase};
use crate::text::phrase::{Kind, MOST_MARKS_IN_GAP, PhraseProblem, Start};
use crate::text::sentence::{SentenceWords, mark_sentences};
use crate::text::token::{Shape, Token, TokenKind, Tokens};

struct Words;

impl SentenceWords for Words {
    fn is_abbreviation(&self, tokens: &Tokens, token: &Token) -> bool {
        matches!(tokens.folded(token), "kr" | "ca")
    }

    fn is_unit(&self, tokens: &Tokens, token: &Token) -> bool {
        tokens.folded(token) == "kr"
    }

    fn follows_ordinal(&self, tokens: &Tokens, token: &Token) -> bool {
        matches!(tokens.folded(token), "dezember")
    }

    fn is_salutation(&self, tokens: &Tokens, token: &Token) -> bool {
        matches!(tokens.folded(token), "hei" | "kjære")
    }
}

fn tokens(text: &str) -> Tokens {
    let mut marks = Marks::default();
    let mut tokens = Tokens::default();
    tokens.read(text, marks.emoji_only(text));
    mark_sentences(text, &mut tokens, &Words);
    tokens
}

fn scanner(phrases: &[&str], plane: Plane) -> Scanner {
    let mut builder = Scanner::builder();
    builder.class("we", ["vi", "jeg", "{us}"]);
    builder.class("us", ["we | never"]);
    for phrase in phrases {
        let payload = builder.payload(plane);
        builder.add(phrase, payload).expect(phrase);
    }
    builder.build()
}

fn hear(scanner: &Scanner, text: &str) -> Vec<Hit> {
    let tokens = tokens(text);
    let mut scratch = ScanScratch::default();
    let mut hits = Vec::new();
    scanner.scan(text, &tokens, Scope::All, &mut scratch, &mut hits);
    hits
}

/// The same scanner, stored and restored.
fn restored(scanner: &Scanner) -> Scanner {
    let stored: &'static [u8] = scanner.store().leak();
    let restored = Scanner::restore(stored, &scanner.planes).expect("it was stored");
    assert_eq!(restored.store(), stored);
    restored
}

/// Every match of every phrase, found by trying each reading of it at each token.
fn naive(phrases: &[&str], text: &str) -> Vec<Hit> {
    let tokens = tokens(text);
    let list = tokens.as_slice();
    let mut hits = Vec::new();
    for (payload, phrase) in phrases.iter().enumerate() {
        let phrase = Phrase::parse(phrase).expect(phrase);
        for start in 0..list.len() {
            let begins = list[start].shape.has(Shape::SENTENCE_START);
            let is_saluted = list[start].shape.has(Shape::SALUTED);
            if list[start].kind == TokenKind::Break
                || phrase.start == Start::Sentence && !begins
                || phrase.start == Start::Opening && !begins && !is_saluted
            {
                continue;
            }
            let mut ends = Vec::new();
            naive_ends(&phrase.items, text, &tokens, start, &mut |end| ends.push(end));
            ends.retain(|&end| end > start && (!phrase.text_end || end >= naive_text_end(text, list)));
            if let Some(&end) = ends.iter().max() {
                let mut end = end.min(list.len());
                if list[end - 1].kind == TokenKind::Break {
                    end -= 1;
                }
                let span = crate::Span::new(list[start].span.start, list[end - 1].span.end);
                hits.push(Hit { span, first: start as u32, end: end as u32, payload: payload as u32 });
            }
        }
    }
    hits.sort();
    hits
}

/// The token from which on nothing counts: what is trimmed is trimmed again where somebody has signed before it.
fn naive_text_end(text: &str, tokens: &[Token]) -> usize {
    let trimmed = |tokens: &[Token]| {
        let counts = |token: &Token| match token.kind {
            TokenKind::Emoji | TokenKind::Link | TokenKind::Break => false,
            TokenKind::Punctuation => ![".", "!", ")", "…", "*", "_"].contains(&token.span.of(text)),
            _ => true,
        };
        tokens.iter().rposition(counts).map_or(0, |last| last + 1)
    };
    let end = trimmed(tokens);
    let is_name = |token: &Token| {
        let capitals = [Shape::CAPITALISED, Shape::ALL_CAPS, Shape::ONE_CAPITAL];
        token.kind == TokenKind::Word && capitals.iter().any(|&shape| token.shape.has(shape))
    };
    for words in 1..=3.min(end.saturating_sub(1)) {
        let from = end - words;
        if !tokens[from..end].iter().all(is_name) {
            break;
        }
        if tokens[from].shape.has(Shape::LINE_START) {
            return trimmed(&tokens[..from]);
        }
        let before = tokens[from - 1];
        if before.kind == TokenKind::Emoji {
            return trimmed(&tokens[..from]);
        }
        if before.kind == TokenKind::Punctuation && !before.shape.has(Shape::GLUED) {
            let signs = ["-", "–", "—", "/", "^", "~", "*"].contains(&before.span.of(text));
            return if signs { trimmed(&tokens[..from - 1]) } else { end };
        }
    }
    end
}

fn naive_ends(items: &[Item], text: &str, tokens: &Tokens, at: usize, found: &mut dyn FnMut(usize)) {
    let Some((item, rest)) = items.split_first() else { return found(at) };
    let list = tokens.as_slice();
    match item {
        Item::Leaf(leaf) => {
            let is_unwritten = match list.get(at) {
                Some(token) => token.shape.has(Shape::UNWRITTEN_STOP),
                None => {
                    at == list.len() && list.last().is_some_and(|last| last.kind != TokenKind::Punctuation)
                }
            };
            let is_stop = *leaf == Leaf::Word(".".to_owned()) && is_unwritten;
            if is_stop || list.get(at).is_some_and(|token| naive_fits(leaf, text, tokens, token)) {
                naive_ends(rest, text, tokens, at + 1, found);
            }
        }
        Item::Any(sequences) => {
            for sequence in sequences {
                let joined: Vec<Item> = sequence.iter().chain(rest).cloned().collect();
                naive_ends(&joined, text, tokens, at, found);
            }
        }
        Item::Class(name) => {
            assert_eq!(name, "we");
            let any = ["vi", "jeg"].map(|word| vec![Item::Leaf(Leaf::Word(word.to_owned()))]).to_vec();
            let joined: Vec<Item> = [Item::Any(any)].iter().chain(rest).cloned().collect();
            naive_ends(&joined, text, tokens, at, found);
        }
        Item::Gap(words) => {
            let mut left = *words;
            let mut marks = MOST_MARKS_IN_GAP;
            let mut at = at;
            loop {
                naive_ends(rest, text, tokens, at, found);
                let Some(token) = list.get(at).filter(|token| !token.shape.has(Shape::BARRIER)) else {
                    return;
                };
                let counted = match token.kind {
                    TokenKind::Punctuation | TokenKind::Emoji => &mut marks,
                    _ => &mut left,
                };
                let Some(fewer) = counted.checked_sub(1) else { return };
                *counted = fewer;
                at += 1;
            }
        }
    }
}

fn naive_fits(leaf: &Leaf, text: &str, tokens: &Tokens, token: &Token) -> bool {
    let folded = fold::fold(token.span.of(text));
    let word = token.kind == TokenKind::Word;
    match leaf {
        Leaf::Word(word) => tokens.folded(token) == word && token.kind != TokenKind::Break,
        Leaf::Cased(spelling) => word && token.span.of(text) == spelling,
        Leaf::Prefix { stem, cased: false } => word && folded.starts_with(stem.as_str()),
        Leaf::Suffix { stem, cased: false } => word && folded.ends_with(stem.as_str()),
        Leaf::Prefix { stem, .. } => {
            let rest = token.span.of(text).strip_prefix(stem.as_str());
            word && rest.is_some_and(|rest| !rest.chars().any(char::is_uppercase))
        }
        Leaf::Suffix { stem, .. } => {
            let rest = token.span.of(text).strip_suffix(stem.as_str());
            word && rest.is_some_and(|rest| !rest.chars().any(char::is_uppercase))
        }
        Leaf::Kind(Kind::Word) => word,
        Leaf::Kind(Kind::Number) => token.kind == TokenKind::Number,
        Leaf::Kind(Kind::Emoji) => token.kind == TokenKind::Emoji,
        Leaf::Kind(kind) => unreachable!("not generated: {kind:?}"),
    }
}

/// Name, phrase, text with what must be heard in `<…>`, nothing where there is none.
const CASES: &[(&str, &str, &str)] = &[
    ("a letter beyond ASCII", "på", "Vi er <på> saken"),
    ("capital letter beyond ASCII", "på", "VI ER <PÅ> SAKEN"),
    ("decomposed text", "på", "vi er <pa\u{30A}> saken"),
    ("decomposed phrase", "pa\u{30A}", "vi er <på> saken"),
    ("a word is not found inside another", "på", "påvirke oppå"),
    ("curly apostrophe", "we're sorry", "<We’re sorry>!"),
    ("straight apostrophe for a curly one", "we’re sorry", "<we're sorry>"),
    ("an emoji alone", "👍", "ok <👍> da"),
    ("an emoji glued to a word", "👍", "takk<👍>"),
    ("an emoji with a skin tone", "👍", "takk <👍🏽>"),
    ("a heart without its selector", "❤️", "vi <❤> deg"),
    ("not part of a longer emoji", "👨", "👨‍👩‍👧"),
    ("an abbreviation with its point", "kr.", "200 <kr.> per måned"),
    ("an abbreviation needs its point", "kr.", "200 kr per måned"),
    ("sharp s against double s", "straße", "<STRASSE> 5"),
    ("double s against sharp s", "strasse", "in der <Straße>"),
    ("soft hyphen", "beklager", "vi <bek\u{AD}lager> dette"),
    ("zero-width space inside a word", "beklager", "vi <bekl\u{200B}ager> dette"),
    ("a hyphenated phrase", "e-post", "send en <e-post> til oss"),
    ("a word inside a hyphenated one", "post", "send en e-<post> til oss"),
    ("a hyphenated phrase is not its parts", "e-post", "e post"),
    ("one line break is white space", "vi beklager", "<vi\nbeklager>"),
    ("a blank line is not", "vi beklager", "vi\n\nbeklager"),
    ("no-break space", "vi beklager", "<vi\u{A0}beklager>"),
    ("not across a sentence end", "vi beklager", "Det gjør vi. Beklager."),
    ("not across a comma", "beklager at", "beklager, at det ble sånn"),
    ("an optional comma", "beklager[,] at", "<beklager, at> det ble sånn"),
    ("alternatives", "beklager (så mye|veldig)", "vi <beklager så mye>"),
    ("an option left out", "vi [er] beklager", "<vi beklager>"),
    ("glued alternatives", "beklag(er|et|e)", "å <beklage>"),
    ("glued alternatives, none fits", "beklag(er|et|e)", "beklagelig"),
    ("a stem", "reklam*", "en <reklamasjon>"),
    ("a stem in capitals", "reklam*", "EN <REKLAMASJON>"),
    ("an ending", "*łeś", "<zrobiłeś> to"),
    ("an ending is not the whole", "*łeś", "łe"),
    ("exact case", "=Sie", "haben <Sie>"),
    ("exact case, other case", "=Sie", "haben sie"),
    ("exact case of a stem", "=Ihr*", "mit <Ihrem> Paket"),
    ("exact case of a stem, capitals after it", "=Ihr*", "mit IHREM Paket"),
    ("a gap", "send ..3 melding", "<send oss gjerne en melding>"),
    ("a gap of none", "send ..3 melding", "<send melding>"),
    ("a gap too wide", "send ..3 melding", "send oss gjerne en liten melding"),
    ("a gap passes commas and emoji", "send ..3 melding", "<send 😊 oss, gjerne melding>"),
    ("a gap passes a dozen marks", "send ..3 melding", "<send ,,,,,,,,,,,, melding>"),
    ("but no more", "send ..3 melding", "send ,,,,,,,,,,,,, melding"),
    ("a gap stops at a sentence end", "send ..3 melding", "send. Oss melding"),
    ("a gap passes an ordinal before a lower-case word", "bis ..3 Uhr", "<bis 3. märz 14 Uhr>"),
    ("a gap passes an ordinal before a word that has one", "bis ..3 Uhr", "<bis 11. Dezember 14 Uhr>"),
    ("the space after an ordinal may be missing", "bis ..3 Uhr", "<bis 11.Dezember 14 Uhr>"),
    ("a number before another capital ends the sentence", "bis ..3 Uhr", "bis 11. Kommen 14 Uhr"),
    ("a gap passes an abbreviation", "send ..3 melding", "<send ca. en melding>"),
    ("a sentence start", "^ kan du", "Hei! <Kan du> hjelpe?"),
    ("no sentence start", "^ kan du", "Hva kan du gjøre?"),
    ("a sentence start behind an amount", "^ kan du", "Det koster 39 kr. <Kan du> betale?"),
    ("no sentence start behind an abbreviation", "^ kan du", "Det koster ca. Kan du betale?"),
    ("a sentence start after a mention sign", "^ kan du", "<Kan du> hjelpe?"),
    ("behind a salutation", "^ kan du", "Hei Anna, <kan du> hjelpe"),
    ("behind a salutation and a dash", "^ kan du", "Kjære Anna Lie – <kan du> hjelpe"),
    ("not behind any words and a comma", "^ kan du", "Anna hjelper, kan du"),
    ("behind a salutation without a mark", "^ kan du", "hei <kan du> hjelpe"),
    ("behind a salutation with a name and no mark", "^ kan du", "Hei Anna Lie <kan du> hjelpe"),
    ("not behind a long salutation", "^ kan du", "Hei på deg du gode gamle venn, kan du"),
    ("not behind words that only salute elsewhere", "^ kan du", "Si hei, kan du"),
    ("a capital behind a salutation is one", "^ =De kan", "Hei, De kan"),
    ("a capital where a sentence starts", "^ =De kan", "Hei! <De kan>"),
    ("a sentence start behind an emoji", "^ kan du", "Hei 😊 <Kan du> hjelpe?"),
    ("no sentence start behind an emoji", "^ kan du", "ok 😊 kan du hjelpe?"),
    ("a sentence start on a new line", "^ kan du", "Hei\n<kan du> hjelpe"),
    ("the end of the text", "mvh {name} $", "Takk! <Mvh Lise> 😊"),
    ("the end of the text before initials", "takk $", "mange <takk> /AB"),
    ("the end of the text before a name on its own line", "takk . $", "mange <takk.>\n\nAnna Lie"),
    ("the end of the text before a name behind a dash", "takk . $", "mange <takk.> 👍\n- Anna!"),
    ("not the end of the text before other words", "takk $", "takk\nAnna og vi"),
    ("not the end of the text before a long name", "takk $", "takk\nAnna Berg Lie Moe"),
    ("not the end of the text before words joined", "takk $", "takk-Anna"),
    ("not the end of the text", "mvh {name} $", "Mvh Lise fra oss"),
    ("a class", "{we} beklager", "<Jeg beklager>"),
    ("a number", "{number} timer", "innen <24 timer>"),
    ("a number with inner marks", "kl 9:30", "<kl 9:30>"),
    ("escaped brackets", "\\[navn\\]", "hei <[navn]>"),
    ("a full stop that was left out at the end", "takk .", "mange <takk>"),
    ("a full stop that was left out, among others", "takk (.|!|,)", "mange <takk>"),
    ("a full stop that was left out before an emoji", "takk .", "mange <takk 👍>"),
    ("a full stop that was left out before emoji", "takk .", "mange <takk 👍>👍 Hei"),
    ("an emoji and a full stop that was left out", "takk 👍 .", "mange <takk 👍>"),
    ("an emoji that is asked for, and stands for a full stop", "takk (👍|.)", "mange <takk 👍>"),
    ("no full stop before an emoji inside a sentence", "takk .", "takk 👍 for det"),
    ("no full stop behind a comma", "takk , .", "takk, 👍"),
    ("a full stop that was left out before a blank line", "takk .", "mange <takk>\n\nHei"),
    ("none before an emoji for a gap", "takk ..3 hei", "takk 👍 Vi sier hei"),
    ("a full stop that is there", "takk .", "mange <takk.> 👍"),
    ("no full stop before the end", "takk .", "takk for det"),
    ("nothing is left out behind another mark", "takk .", "takk!"),
    ("a gap up to a full stop that was left out", "takk ..2 .", "<takk for det>"),
    ("nothing begins with a full stop that was left out", ". [a]", "takk"),
    ("marks are tokens of their own", "! !", "nei<!!>"),
    ("leftmost-longest of one phrase", "vi [beklager [så mye]]", "<vi beklager så mye>"),
];

#[test]
fn named_cases() {
    for (name, phrase, marked) in CASES {
        let text = marked.replace(['<', '>'], "");
        let expected = marked.find('<').map(|start| {
            let end = marked.rfind('>').expect(name) - 1;
            crate::Span::new(start, end)
        });
        let scanner = scanner(&[phrase], Plane(0));
        for scanner in [&scanner, &restored(&scanner)] {
            let spans: Vec<_> = hear(scanner, &text).iter().map(|hit| hit.span).collect();
            assert_eq!(spans, expected.into_iter().collect::<Vec<_>>(), "{name}: `{phrase}` in `{text}`");
        }
        let mut found: Vec<_> = naive_if_plain(phrase, &text);
        found.dedup_by_key(|hit| hit.first);
        if let Some(first) = found.first() {
            assert_eq!(Some(first.span), expected, "the naive matcher on {name}");
        }
    }
}

/// The naive matcher knows the classes it was taught only.
fn naive_if_plain(phrase: &str, text: &str) -> Vec<Hit> {
    if phrase.contains("{name}") { Vec::new() } else { naive(&[phrase], text) }
}

#[test]
fn of_phrases_that_compete_the_leftmost_longest_is_heard() {
    let phrases = ["beklager", "beklager at du føler", "føler det", "det sånn"];
    let text = "vi beklager at du føler det sånn";
    let of = |plane| hear(&scanner(&phrases, plane), text).iter().map(|hit| hit.payload).collect::<Vec<_>>();
    assert_eq!(of(Plane(3)), [1, 3]);
    assert_eq!(of(Plane::FREE), [1, 0, 2, 3]);
}

#[test]
fn phrases_of_one_span_are_all_heard() {
    let mut builder = Scanner::builder();
    let (a, b) = (builder.payload(Plane(1)), builder.payload(Plane(1)));
    builder.add("takk", a).expect("fits");
    builder.add("takk", b).expect("fits");
    assert_eq!(hear(&builder.build(), "takk").len(), 2);
}

#[test]
fn what_is_set_aside_is_heard_where_it_is_asked_for() {
    let (usual, aside) = (Plane(0), Plane(1));
    let mut builder = Scanner::builder();
    builder.set_aside(aside);
    for (phrase, plane) in [("god dag", usual), ("god", aside), ("dag", aside)] {
        let payload = builder.payload(plane);
        builder.add(phrase, payload).unwrap();
    }
    let scanner = builder.build();
    let (text, mut scratch) = ("God dag!", ScanScratch::default());
    let mut heard = |scope| {
        let mut hits = Vec::new();
        scanner.scan(text, &tokens(text), scope, &mut scratch, &mut hits);
        hits.iter().map(|hit| hit.span.of(text)).collect::<Vec<_>>()
    };
    assert_eq!(heard(Scope::Usual), ["God dag"]);
    assert_eq!(heard(Scope::All), ["God dag", "God", "dag"]);
}

#[test]
fn flags_belong_to_words() {
    let mut builder = Scanner::builder();
    builder.flag("ikke", 2);
    builder.flag("IKKE", 4);
    let scanner = builder.build();
    let text = "vi kan Ikke";
    let tokens = tokens(text);
    let mut scratch = ScanScratch::default();
    scanner.scan(text, &tokens, Scope::All, &mut scratch, &mut Vec::new());
    assert_eq!([0, 1, 2].map(|token| scanner.flags(&scratch, token)), [0, 0, 6]);
}

#[test]
fn classes_that_share_a_bit_are_kept_apart() {
    let mut builder = Scanner::builder();
    let words: Vec<String> = (0..140).map(|n| format!("w{n}")).collect();
    for (n, word) in words.iter().enumerate() {
        builder.class(&format!("c{n}"), [word.as_str(), "{number}"]);
    }
    for n in 0..140 {
        let payload = builder.payload(Plane::FREE);
        builder.add(&format!("{{c{n}}} x"), payload).expect("fits");
        builder.add(&format!("y [{{c{n}}}] [z] z"), payload).expect("fits");
    }
    let scanner = builder.build();
    let heard = |text| hear(&scanner, text).iter().map(|hit| hit.payload).collect::<Vec<_>>();
    assert_eq!(heard("w3 x"), [3]);
    assert_eq!(heard("y w131 z"), [131]);
    assert_eq!(heard("7 x").len(), 140);
}

#[test]
fn a_class_may_hold_sequences_and_classes() {
    let mut builder = Scanner::builder();
    builder.class("please", ["kan du", "{soft} be (deg|dere) om å"]);
    builder.class("soft", ["må", "vil gjerne"]);
    let payload = builder.payload(Plane(0));
    builder.add("[jeg] {please} [også] sende", payload).expect("fits");
    let scanner = builder.build();
    for text in ["<kan du sende>", "<jeg vil gjerne be deg om å også sende>", "<må be dere om å sende>"] {
        let spans: Vec<_> =
            hear(&scanner, &text.replace(['<', '>'], "")).iter().map(|hit| hit.span).collect();
        assert_eq!(spans, [crate::Span::new(0, text.len() - 2)], "{text}");
    }
    assert_eq!(hear(&scanner, "vil gjerne sende, be deg om å sende"), []);
}

/// What a policy asks for costs no more than so much, however it is written.
#[test]
fn hostile_phrases_are_refused_in_time() {
    let adds_up = |phrase: &dyn Fn(usize) -> String, count: usize| {
        let mut builder = Scanner::builder();
        let members: Vec<String> = (0..3000).map(|n| format!("w{n}")).collect();
        builder.class("all", members.iter().map(String::as_str));
        let payload = builder.payload(Plane(0));
        let fault = (0..count).find_map(|n| builder.add(&phrase(n), payload).err());
        builder.build();
        fault.map(|error| error.problem)
    };
    let options: String = (0..9).map(|n| format!("[a{n} b] ")).collect();
    let long = |n: usize| format!("x{n} {options}{}", "c ".repeat(900));
    let large = |n: usize| format!("({{all}}|v{n})");
    let glued = |n: usize| format!("{}x{n}{}", "(".repeat(30), "a)".repeat(30));
    let wide = |_| "a ..9 ".repeat(7) + "b";
    assert_eq!(adds_up(&long, 3000), Some(PhraseProblem::TooMany));
    assert_eq!(adds_up(&wide, 1), Some(PhraseProblem::TooWide));
    assert_eq!(adds_up(&large, 5000), Some(PhraseProblem::TooMany));
    assert_eq!(adds_up(&glued, 100), None);
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "ab", "på", "Å", "12", ",", ".", "👍", "ba", "-", "hei"])
        .prop_map(str::to_owned)
}

fn phrase() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => prop::sample::select(vec!["a", "b", "ab", "på", "å", "12", ",", ".", "👍", "ba", "ab*", "*ba", "=Å", "{word}", "{we}"]).prop_map(str::to_owned),
    ];
    let item = leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(|items| format!("({})", items.join("|"))),
            prop::collection::vec(inner, 1..3).prop_map(|items| format!("[{}]", items.join(" "))),
        ]
    });
    (any::<bool>(), item.clone(), prop::option::of(1..4u8), prop::collection::vec(item, 1..3), any::<bool>())
        .prop_map(|(start, first, gap, rest, end)| {
            let start = if start { "^ " } else { "" };
            let gap = gap.map_or(String::new(), |words| format!("..{words} "));
            let end = if end { " $" } else { "" };
            format!("{start}{first} {gap}{}{end}", rest.join(" "))
        })
}

proptest! {
    #[test]
    fn the_scanner_hears_what_the_naive_matcher_hears(
        phrases in prop::collection::vec(phrase(), 1..6),
        words in prop::collection::vec((word(), prop::sample::select(vec![" ", "", "\n", " \n\n"])), 0..14),
    ) {
        let phrases: Vec<&str> = phrases.iter().map(String::as_str).filter(|p| Phrase::parse(p).is_ok()).collect();
        let text: String = words.iter().map(|(word, space)| format!("{word}{space}")).collect();
        let scanner = scanner(&phrases, Plane::FREE);
        let mut fast = hear(&scanner, &text);
        prop_assert_eq!(&fast, &hear(&restored(&scanner), &text), "{:?} in {:?}", phrases, text);
        fast.sort();
        prop_assert_eq!(fast, naive(&phrases, &text), "{:?} in {:?}", phrases, text);
    }

    #[test]
    fn no_phrase_and_no_text_makes_it_panic(phrase in "\\PC{0,40}", text in "\\PC{0,80}") {
        let mut builder = Scanner::builder();
        let payload = builder.payload(Plane(0));
        if builder.add(&phrase, payload).is_ok() {
            for hit in hear(&builder.build(), &text) {
                prop_assert!(text.get(hit.span.start..hit.span.end).is_some());
            }
        }
    }
}
