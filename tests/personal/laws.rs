//! What holds of numbers in any words.

use proptest::prelude::*;
use svar::text::personal::PersonalKind;

use super::{found, growth, named, with_check_digits};

fn digits(count: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(0..10_u8, count).prop_map(|d| d.iter().map(|d| char::from(b'0' + d)).collect())
}

fn sum(number: &str, weights: &[u32]) -> u32 {
    number.chars().zip(weights).map(|(c, w)| c.to_digit(10).unwrap() * w).sum()
}

fn luhn_digit(number: &str) -> u32 {
    let sum: u32 = number
        .chars()
        .rev()
        .enumerate()
        .map(|(i, c)| {
            let d = c.to_digit(10).unwrap() * if i % 2 == 0 { 2 } else { 1 };
            d / 10 + d % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

fn date() -> impl Strategy<Value = (u32, u32, u32)> {
    (0..100_u32, 1..=12_u32, 1..=28_u32)
}

fn no_fodselsnummer() -> impl Strategy<Value = String> {
    (date(), 0..1000_u32, prop_oneof![Just(0), Just(40)], prop_oneof![Just(0), Just(40), Just(80)])
        .prop_filter_map("no century or no control digit", |((y, m, d), individual, d_number, synthetic)| {
            let century = match individual {
                0..=499 => true,
                500..=749 if y >= 54 => true,
                500..=999 if y < 40 => true,
                900..=999 => true,
                _ => false,
            };
            let nine = format!("{:02}{:02}{y:02}{individual:03}", d + d_number, m + synthetic);
            let first = (11 - sum(&nine, &[3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11;
            let ten = format!("{nine}{first}");
            let second = (11 - sum(&ten, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
            (century && first < 10 && second < 10).then(|| format!("{ten}{second}"))
        })
}

fn pl_pesel() -> impl Strategy<Value = String> {
    (date(), prop_oneof![Just(0), Just(20)], digits(4)).prop_map(|((y, m, d), century, serial)| {
        let ten = format!("{y:02}{:02}{d:02}{serial}", m + century);
        let check = (10 - sum(&ten, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10;
        format!("{ten}{check}")
    })
}

fn pl_nrb() -> impl Strategy<Value = String> {
    let uniform = |account: &String| account.bytes().all(|b| Some(b) == account.bytes().next());
    digits(24)
        .prop_filter("made up", move |account| !uniform(account))
        .prop_map(|account| with_check_digits("PL", &account).trim_start_matches("PL").to_owned())
}

fn no_kontonummer() -> impl Strategy<Value = String> {
    digits(10).prop_filter_map("no check digit", |ten| {
        let check = (11 - sum(&ten, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
        let uniform = ten.bytes().all(|b| Some(b) == ten.bytes().next());
        (check < 10 && !uniform).then(|| format!("{ten}{check}"))
    })
}

fn pl_nip() -> impl Strategy<Value = String> {
    (101..1000_u32, digits(6)).prop_filter_map("no check digit", |(office, rest)| {
        let nine = format!("{office}{rest}");
        let check = sum(&nine, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
        let number = format!("{nine}{check}");
        let uniform = number.bytes().all(|b| Some(b) == number.bytes().next());
        (office % 100 != 0 && check < 10 && !uniform).then_some(number)
    })
}

fn gb_nhs() -> impl Strategy<Value = String> {
    (prop_oneof![320..500_u32, 600..800_u32, 900..1000_u32], digits(6)).prop_filter_map(
        "no check digit",
        |(a, rest)| {
            let nine = format!("{a}{rest}");
            let check = (11 - sum(&nine, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11;
            let number = format!("{nine}{check}");
            let uniform = number.bytes().all(|b| Some(b) == number.bytes().next());
            (check < 10 && !uniform).then_some(number)
        },
    )
}

fn de_idnr() -> impl Strategy<Value = String> {
    let order = Just((0..10_u8).collect::<Vec<_>>()).prop_shuffle();
    (order, 0..10_usize, 1..10_usize, any::<bool>()).prop_filter_map(
        "zero first or in a row",
        |(mut d, from, step, thrice)| {
            let to = (from + step) % 10;
            d[to] = d[from];
            if thrice {
                let third = (0..10)
                    .find(|i| ![from, to].contains(i) && i.abs_diff(from) > 2 && i.abs_diff(to) > 2)?;
                d[third] = d[from];
            }
            if d[0] == 0 {
                return None;
            }
            let mut product = 10;
            for &digit in &d {
                let sum = (u32::from(digit) + product) % 10;
                product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
            }
            let check = (11 - product) % 10;
            Some(d.iter().map(|d| char::from(b'0' + d)).chain(char::from_digit(check, 10)).collect())
        },
    )
}

fn se_personnummer() -> impl Strategy<Value = String> {
    (date(), digits(3), prop_oneof![Just(0), Just(60)]).prop_map(|((y, m, d), serial, coordination)| {
        let nine = format!("{y:02}{m:02}{:02}{serial}", d + coordination);
        format!("{nine}{}", luhn_digit(&nine))
    })
}

fn dk_cpr() -> impl Strategy<Value = String> {
    (date(), 0..4_u32, digits(3))
        .prop_map(|((y, m, d), seventh, rest)| format!("{d:02}{m:02}{y:02}{seventh}{rest}"))
}

fn payment_card() -> impl Strategy<Value = String> {
    let beginning = prop_oneof![
        Just(("4", 16)),
        Just(("4", 19)),
        Just(("51", 16)),
        Just(("2221", 16)),
        Just(("2720", 16)),
        Just(("34", 15)),
        Just(("37", 15)),
        Just(("36", 14)),
        Just(("6011", 16)),
        Just(("3589", 16)),
        Just(("62", 16)),
        Just(("5019", 16)),
        Just(("6759", 12)),
    ];
    (beginning, digits(19)).prop_map(|((beginning, length), rest)| {
        let body = format!("{beginning}{}", &rest[..length - 1 - beginning.len()]);
        format!("{body}{}", luhn_digit(&body))
    })
}

fn iban_number() -> impl Strategy<Value = String> {
    let country = prop_oneof![
        Just(("NO", "", 15)),
        Just(("DK", "", 18)),
        Just(("SE", "", 24)),
        Just(("DE", "", 22)),
        Just(("PL", "", 28)),
        Just(("GB", "NWBK", 22)),
        Just(("NL", "ABNA", 18)),
    ];
    (country, digits(30)).prop_map(|((country, bank, length), rest)| {
        with_check_digits(country, &format!("{bank}{}", &rest[..length - 4 - bank.len()]))
    })
}

/// Cuts a number into groups; the last size goes on.
fn grouped(number: &str, sizes: &[usize], sep: &str) -> String {
    let mut groups = Vec::new();
    let mut rest = number;
    let mut sizes = sizes.iter().copied();
    let mut size = sizes.next().unwrap_or(rest.len());
    while rest.len() > size {
        let (head, tail) = rest.split_at(size);
        groups.push(head);
        rest = tail;
        size = sizes.next().unwrap_or(size);
    }
    groups.push(rest);
    groups.join(sep)
}

fn card_sizes(number: &str) -> &'static [usize] {
    match number.len() {
        14 => &[4, 6, 4],
        15 => &[4, 6, 5],
        _ => &[4],
    }
}

const SPACES: &[&str] = &["", " ", "\u{a0}", "-", "\u{202f}"];

/// Words around a number: anything but digits and what ties a number to its neighbours.
fn words() -> impl Strategy<Value = (String, String)> {
    ("([a-zA-ZæøåÆØÅłßж😊!?«»\"']{1,12}[ \n:;(]{1,2}){0,4}", "([ \n.,;:!?)][a-zæøåłжß😊]{1,12}){0,4}")
        .prop_filter("a country code or a unit before the number", |(before, _)| {
            let last =
                before.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty()).unwrap_or("");
            last.chars().count() != 2
        })
}

fn number_of(kind: PersonalKind) -> BoxedStrategy<(String, Vec<Vec<usize>>)> {
    let with = |strategy: BoxedStrategy<String>, sizes: &[&[usize]]| {
        let sizes: Vec<Vec<usize>> = sizes.iter().map(|s| s.to_vec()).collect();
        strategy.prop_map(move |number| (number, sizes.clone())).boxed()
    };
    match kind {
        PersonalKind::Iban => with(iban_number().boxed(), &[&[4]]),
        PersonalKind::PaymentCard => {
            payment_card().prop_map(|number| (number.clone(), vec![card_sizes(&number).to_vec()])).boxed()
        }
        PersonalKind::NoFodselsnummer => with(no_fodselsnummer().boxed(), &[&[6, 5], &[6, 3, 2]]),
        PersonalKind::DeIdnr => with(de_idnr().boxed(), &[&[2, 3, 3, 3]]),
        PersonalKind::PlPesel => with(pl_pesel().boxed(), &[&[6, 5]]),
        PersonalKind::SePersonnummer => with(se_personnummer().boxed(), &[&[6, 4]]),
        PersonalKind::DkCpr => with(dk_cpr().boxed(), &[&[6, 4]]),
        PersonalKind::PlNrb => with(pl_nrb().boxed(), &[&[2, 4]]),
        PersonalKind::PlNip => with(pl_nip().boxed(), &[&[3, 3, 2, 2], &[3, 2, 2, 3]]),
        _ => with(gb_nhs().boxed(), &[&[3, 3, 4]]),
    }
}

const CHECKED: &[PersonalKind] = &[
    PersonalKind::Iban,
    PersonalKind::PlNrb,
    PersonalKind::PaymentCard,
    PersonalKind::NoFodselsnummer,
    PersonalKind::DeIdnr,
    PersonalKind::PlPesel,
    PersonalKind::SePersonnummer,
    PersonalKind::PlNip,
    PersonalKind::GbNhs,
];

fn a_number(kinds: Vec<PersonalKind>) -> impl Strategy<Value = (PersonalKind, String, Vec<Vec<usize>>)> {
    proptest::sample::select(kinds)
        .prop_flat_map(|kind| number_of(kind).prop_map(move |(number, sizes)| (kind, number, sizes)))
}

/// With the Danish number, which has no check digit.
fn all_kinds() -> Vec<PersonalKind> {
    CHECKED.iter().copied().chain([PersonalKind::DkCpr]).collect()
}

/// Numbers with all the digits their country has, in one of the usual groupings.
fn phone() -> impl Strategy<Value = String> {
    let forms: Vec<(&str, usize, &[usize])> = vec![
        ("+47 ", 8, &[2]),
        ("+47", 8, &[8]),
        ("0047 ", 8, &[3, 2]),
        ("(+45) ", 8, &[2]),
        ("+46 ", 9, &[2, 3, 2]),
        ("+48 ", 9, &[3]),
        ("+49 ", 10, &[2, 8]),
        ("+49 (0)", 11, &[3, 4]),
        ("+44 (0)", 10, &[2, 4]),
        ("+1 ", 10, &[3, 3, 4]),
        ("", 8, &[3, 2, 3]),
    ];
    (
        proptest::sample::select(forms),
        2..10_u8,
        digits(12),
        proptest::sample::select(vec![" ", "-", "\u{a0}"]),
    )
        .prop_map(|((code, length, sizes), first, rest, sep)| {
            format!("{code}{}", grouped(&format!("{first}{}", &rest[..length - 1]), sizes, sep))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn valid_numbers_are_found_in_any_words((kind, number, sizes) in a_number(all_kinds()), which in any::<prop::sample::Index>(),
                                            sep in proptest::sample::select(SPACES), (before, after) in words()) {
        let written = grouped(&number, &sizes[which.index(sizes.len())], sep);
        let text = format!("{before}{written}{after}");
        let hit = found(&text).into_iter().any(|it| it.kind == kind && it.span.of(&text) == written);
        prop_assert!(hit, "{kind:?} in {text:?}: {:?}", named(&text));
    }

    #[test]
    fn one_changed_digit_is_not_that_kind((kind, number, sizes) in a_number(CHECKED.to_vec()), place in any::<prop::sample::Index>(),
                                          change in 1..10_u8, sep in proptest::sample::select(SPACES),
                                          group in any::<prop::sample::Index>()) {
        let places: Vec<usize> = number.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(i, _)| i).collect();
        let place = places[place.index(places.len())];
        let mut bytes = number.clone().into_bytes();
        bytes[place] = b'0' + (bytes[place] - b'0' + change) % 10;
        let number = String::from_utf8(bytes).unwrap();
        let written = grouped(&number, &sizes[group.index(sizes.len())], sep);
        let text = format!("nummer: {written}.");
        let hit = found(&text).into_iter().any(|it| it.kind == kind && it.span.of(&text) == written);
        prop_assert!(!hit, "{kind:?} in {text:?}");
    }

    #[test]
    fn a_norwegian_account_is_one_in_its_groups(number in no_kontonummer(), change in 1..10_u8, place in 0..11_usize) {
        let is_one = |text: &str| found(text).iter().any(|it| it.kind == PersonalKind::NoKontonummer);
        let [dots, spaces, run] = [".", " ", ""].map(|sep| grouped(&number, &[4, 2, 5], sep));
        let (dots, spaces) = (format!("konto {dots}."), format!("konto {spaces}, takk"));
        prop_assert!(is_one(&dots) && is_one(&spaces));
        prop_assert!(!is_one(&run), "one in eleven numbers would be one: {}", run);
        let mut bytes = number.into_bytes();
        bytes[place] = b'0' + (bytes[place] - b'0' + change) % 10;
        prop_assert!(!is_one(&grouped(&String::from_utf8(bytes).unwrap(), &[4, 2, 5], ".")));
    }

    #[test]
    fn phones_are_found_in_any_words(phone in phone(), before in "([abcåæø]{1,9}[ .,:\n«]{1,2}){0,3}",
                                     after in "([ .,!?»\n][abcåæø]{1,9}){0,3}") {
        let text = format!("{before}{phone}{after}");
        let hit = found(&text).into_iter().any(|it| it.kind == PersonalKind::Phone && it.span.of(&text) == phone);
        prop_assert!(hit, "{text:?}: {:?}", named(&text));
    }

    #[test]
    fn any_text_gets_an_answer(text in "([0-9]{1,5}|[ +()/.,:-]|[A-Z]{1,2}|\\PC|[０-９]|[\u{200b}\u{ad}]|\n){0,60}") {
        let all = found(&text);
        for it in &all {
            prop_assert!(!it.span.of(&text).is_empty(), "{it:?}");
        }
        prop_assert!(all.windows(2).all(|w| w[0].span == w[1].span && w[0].kind < w[1].kind || w[0].span.end <= w[1].span.start));
    }
}

#[test]
fn long_texts_take_linear_time() {
    for piece in
        ["1", "1 ", "12 ", "+4", "(1", "1\u{200b}", "NO93 ", "a1", "0047 ", "22 12 34 56 ", "-1", "https://1"]
    {
        let text = |bytes: usize| piece.repeat(bytes / piece.len());
        let (small, large) = (text(8_192), text(65_536));
        growth::is_linear(piece, || drop(found(&small)), || drop(found(&large)));
    }
}
