//! Numbers of every kind, and what is none.

use super::{assert_found, named, with_check_digits};

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
        ("konto 61 1090 1014 0000 0712 1981 2874.", "pl-nrb:61 1090 1014 0000 0712 1981 2874", "in fours"),
        ("konto 61109010140000071219812874", "pl-nrb:61109010140000071219812874", "in one run"),
        ("konto 8601.11.17947", "no-kontonummer:8601.11.17947", "with dots"),
        ("Kontoen din 8601 11 17947 er sperret", "no-kontonummer:8601 11 17947", "with spaces"),
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
