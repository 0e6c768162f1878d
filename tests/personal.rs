//! Numbers that belong to a person: named cases with their reasons, and laws over generated numbers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod growth;

use proptest::prelude::*;
use svar::text::personal::{Personal, PersonalKind, personal_data};

fn found(text: &str) -> Vec<Personal> {
    let mut out = Vec::new();
    personal_data(text, &mut out);
    out
}

/// `kind:text` of everything found.
fn named(text: &str) -> Vec<String> {
    found(text).iter().map(|it| format!("{}:{}", it.kind.id(), it.span.of(text))).collect()
}

#[track_caller]
fn assert_found(text: &str, expected: &[&str], reason: &str) {
    assert_eq!(named(text), expected, "{text:?}: {reason}");
}

#[test]
fn numbers_of_every_kind_are_found() {
    for (text, expected, reason) in [
        ("konto NO93 8601 1117 947.", "iban:NO93 8601 1117 947", "in fours"),
        ("konto NO9386011117947", "iban:NO9386011117947", "in one run"),
        ("IBAN:no93-8601-1117-947", "iban:no93-8601-1117-947", "lower case, hyphens"),
        ("NO93\u{a0}8601\u{a0}1117\u{a0}947", "iban:NO93\u{a0}8601\u{a0}1117\u{a0}947", "no-break spaces"),
        ("NO93 8601 1117 947 og takk", "iban:NO93 8601 1117 947", "a word after it"),
        ("DE89 3704 0044 0532 0130 00", "iban:DE89 3704 0044 0532 0130 00", "holds a card-like run"),
        ("(GB29 NWBK 6016 1331 9268 19)", "iban:GB29 NWBK 6016 1331 9268 19", "with letters"),
        ("FR14 2004 1010 0505 0001 3M02 606", "iban:FR14 2004 1010 0505 0001 3M02 606", "a letter late"),
        ("PL61109010140000071219812874", "iban:PL61109010140000071219812874", "Polish"),
        ("ＮＯ９３８６０１１１１７９４７", "iban:ＮＯ９３８６０１１１１７９４７", "fullwidth"),
        ("kort 4111 1111 1111 1111 123", "payment-card:4111 1111 1111 1111", "with its security code"),
        ("kort 4111111111111111, takk", "payment-card:4111111111111111", "in one run"),
        ("5555-5555-5555-4444", "payment-card:5555-5555-5555-4444", "hyphens"),
        ("3782 822463 10005", "payment-card:3782 822463 10005", "American Express"),
        ("3056 930902 5904", "payment-card:3056 930902 5904", "Diners Club"),
        (
            "4111\u{200b}1111\u{200b}1111\u{200b}1111",
            "payment-card:4111\u{200b}1111\u{200b}1111\u{200b}1111",
            "hidden",
        ),
        ("fnr 10438303079", "no-fodselsnummer:10438303079", "synthetic, month + 40"),
        ("fnr 239067 99537", "no-fodselsnummer:239067 99537", "synthetic, month + 80, space"),
        ("fnr 094178 062 34", "no-fodselsnummer:094178 062 34", "three parts"),
        ("PESEL 44051401359", "pl-pesel:44051401359", "born 1944"),
        ("NIP 123-456-32-18", "pl-nip:123-456-32-18", "3-3-2-2"),
        ("NIP 123-45-63-218", "pl-nip:123-45-63-218", "3-2-2-3"),
        ("VAT PL1234563218", "pl-nip:PL1234563218", "country glued"),
        ("VAT PL 123-456-32-18", "pl-nip:123-456-32-18", "country apart"),
        ("IdNr. 86 095 742 719", "de-idnr:86 095 742 719", "official grouping, one digit twice"),
        ("IdNr. 65929970489", "de-idnr:65929970489", "one digit three times"),
        ("811218-9876", "se-personnummer:811218-9876", "hyphen"),
        ("811218+9876", "se-personnummer:811218+9876", "over a hundred"),
        ("19811218-9876", "se-personnummer:19811218-9876", "with century"),
        ("198112189876", "se-personnummer:198112189876", "with century, in one run"),
        ("701063-2391", "se-personnummer:701063-2391", "samordningsnummer"),
        ("CPR 240276-1234", "dk-cpr:240276-1234", "hyphen"),
        ("CPR 240276 1234", "dk-cpr:240276 1234", "space"),
        ("CPR 2402761234", "dk-cpr:2402761234", "in one run"),
        ("NHS 943 476 5919", "gb-nhs:943 476 5919", "3-3-4"),
        ("NHS 943-476-5919", "gb-nhs:943-476-5919", "hyphens"),
    ] {
        assert_eq!(named(text).first().map(String::as_str), Some(expected), "{text:?}: {reason}");
    }
}

#[test]
fn phones_are_found_as_people_write_them() {
    for phone in [
        "+47 22 12 34 56",
        "+4722123456",
        "+47 412 34 567",
        "(+47) 412 34 567",
        "0047 412 34 567",
        "004741234567",
        "47 22 12 34 56",
        "22 12 34 56",
        "22-12-34-56",
        "412 34 567",
        "412\u{a0}34\u{a0}567",
        "+45 20 12 34 56",
        "+45 20123456",
        "+46 70-123 45 67",
        "+46 (0)70 123 45 67",
        "070-123 45 67",
        "0731234567",
        "08-123 456 78",
        "+48 501 234 567",
        "+48501234567",
        "501 234 567",
        "501-234-567",
        "22 123 45 67",
        "(22) 123 45 67",
        "+49 30 1234567",
        "+49 (0)30 123 45 67",
        "+49 171/1234567",
        "030 1234567",
        "030/1234567",
        "(030) 1234567",
        "0171-1234567",
        "0171 123 45 67",
        "033056 12345",
        "01711234567",
        "+44 20 7946 0000",
        "+44 (0)20 7946 0000",
        "+44 020 7946 0000",
        "020 7946 0000",
        "07700 900123",
        "07700900123",
        "+1 (555) 234-5678",
        "(555) 234-5678",
        "555-234-5678",
        "+358 40 1234567",
        "+39 06 1234567",
        "+33 1 23 45 67 89",
        "＋４７ ２２ １２ ３４ ５６",
        "+٤٧ ٢٢ ١٢ ٣٤ ٥٦",
    ] {
        for (before, after) in [("", ""), ("Ring ", "."), ("tlf:", ", takk"), ("«", "»"), ("nr. ", " / Kari")]
        {
            let text = format!("{before}{phone}{after}");
            assert_found(&text, &[&format!("phone:{phone}")], "a usual way to write it");
        }
    }
    assert_found("22 12 34 56/412 34 567", &["phone:22 12 34 56", "phone:412 34 567"], "two with a slash");
    assert_found(
        "+47 22 12 34 56 +47 22 12 34 57",
        &["phone:+47 22 12 34 56", "phone:+47 22 12 34 57"],
        "two",
    );
    assert_found("ring 22 12 34 56 10-16", &["phone:22 12 34 56"], "opening hours after it");
}

#[test]
fn what_is_no_personal_data_is_left_alone() {
    for (text, reason) in [
        ("", "nothing"),
        ("Hei på deg!", "no digit"),
        ("Åpent 12.05.2026 kl. 10.00–16.30", "date and times"),
        ("2026-11-21T18:51:48Z", "a timestamp"),
        ("21/11/2026 og 22/11/2026", "dates with slashes"),
        ("mellom 2026-11-21 og 2026-12-24", "two dates"),
        ("01.05.2026-31.05.2026", "a range of dates"),
        ("1 200 000 kr", "a price"),
        ("12 345 678 kr", "a price"),
        ("501 234 567 zł", "a price with the grouping of a phone"),
        ("€ 501 234 567", "a price, unit first"),
        ("500 000 000 kunder", "a round number"),
        ("+20 000 000 i fjor", "a change"),
        ("12345678", "eight digits in one run are as often an order"),
        ("ordre 412345678", "nine digits in one run"),
        ("fnr 10438303078", "second control digit wrong"),
        ("fnr 31028412345", "no such day"),
        ("4111 1111 1111 1112", "Luhn does not hold"),
        ("0000 0000 0000 0000", "no issuer"),
        ("4006381333931", "an article number"),
        ("EAN 4111111111119", "an article number that begins like a card"),
        ("NO93 8601 1117 948", "mod 97 does not hold"),
        ("NO93 8601 1117", "too short"),
        ("AB9386011117947", "no such country"),
        ("3112991234567", "too long for a birth number"),
        ("XXXX XXXX XXXX 1234", "masked"),
        ("**** **** **** 1111", "masked"),
        ("størrelse 36 38 40 42", "sizes in even steps"),
        ("tallene 21 24 27 33 35", "a list that goes on"),
        ("v1.2.3.4 og 22.12.34.56", "a version and an address"),
        ("id A10438303079", "a letter glued before"),
        ("10438303079b", "a letter glued after"),
        ("12345678,50", "decimals"),
        ("0,10438303079", "decimals"),
        ("https://x.com/a/status/4111111111111111", "an id in a link"),
        ("www.example.no/22-12-34-56", "a path"),
        ("100 %, 50%, 3,5 %", "shares"),
        ("C++47 22 12 34 5", "a plus that belongs to a word"),
        ("sak PP-006-234-348-863", "a case id"),
        ("123-456-32-17", "NIP check digit wrong"),
        ("1111111111", "one digit repeated"),
        ("12 345 678 901", "no tax number: check digit"),
    ] {
        assert_found(text, &[], reason);
    }
}

#[test]
fn every_kind_that_fits_is_reported_most_specific_first() {
    // A Luhn-valid date in either order.
    assert_found(
        "010203-1234",
        &["se-personnummer:010203-1234", "dk-cpr:010203-1234"],
        "checked before unchecked",
    );
    assert_found("0102031234", &["se-personnummer:0102031234", "dk-cpr:0102031234"], "the same in one run");
    assert_found("+45 12 34 56", &[], "too short for a Danish number");
    assert_found(
        "0701234567",
        &["dk-cpr:0701234567", "phone:0701234567"],
        "a birth date and a Swedish mobile",
    );
    assert_found("+45 2402761234", &[], "a plus makes it a phone, and this one is too long");
}

#[test]
fn the_century_decides_about_leap_days() {
    assert_found("290200-4123", &["dk-cpr:290200-4123"], "2000 had a 29 February");
    assert_found("290200-1123", &[], "1900 had none");
}

#[test]
fn links_keep_accounts_and_birth_numbers() {
    assert_found("https://a.no/?k=NO9386011117947", &["iban:NO9386011117947"], "an account");
    assert_found("https://a.no/10438303079", &["no-fodselsnummer:10438303079"], "a birth number");
}

#[test]
fn ibans_agree_with_another_implementation() {
    let countries = "AD AE AL AT AZ BA BE BG BH BR BY CH CR CY CZ DE DK DO EE EG ES FI FO FR GB GE GI GL GR GT HR HU IE IL \
                     IQ IS IT JO KW KZ LB LC LI LT LU LV LY MC MD ME MK MR MT MU NL NO PK PL PS PT QA RO RS SA SC SD SE SI \
                     SK SM SO ST SV TL TN TR UA VA VG XK BI DJ FK MN NI OM RU YE ZZ QQ";
    for country in countries.split(' ') {
        for length in 14..=34_usize {
            for letters in ["", "ABCD", "ABC", "A", "ABCDEF"] {
                let mut account = String::from(letters);
                while account.len() < length - 4 {
                    account.push('1');
                }
                let number = with_check_digits(country, &account);
                if number.parse::<iban::Iban>().is_ok() {
                    assert_found(&number, &[&format!("iban:{number}")], "the oracle takes it");
                }
            }
        }
    }
}

/// The IBAN of an account: 98 minus the rest of the account followed by the country and two zeros.
fn with_check_digits(country: &str, account: &str) -> String {
    let rest = format!("{account}{country}00").chars().fold(0_u32, |rest, c| {
        let value = c.to_digit(36).unwrap();
        if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 }
    });
    format!("{country}{:02}{account}", 98 - rest)
}

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
        PersonalKind::PlNip => with(pl_nip().boxed(), &[&[3, 3, 2, 2], &[3, 2, 2, 3]]),
        _ => with(gb_nhs().boxed(), &[&[3, 3, 4]]),
    }
}

const CHECKED: &[PersonalKind] = &[
    PersonalKind::Iban,
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
