//! National identity and tax numbers, and bank accounts as a country writes them.

use super::chain::{Chain, Sep};
use super::checks::{is_date, is_uniform, luhn, mod_11_10, part, weighted};
use super::{Fit, PersonalKind};

/// What may stand between the date and the rest of a number.
const JOINTS: &[Sep] = &[Sep::Space, Sep::Hyphen, Sep::Wide];

pub(super) fn find(chain: &Chain, at: usize, fitting: &mut Vec<Fit>) {
    if chain.group(at).is_none_or(|group| group.plus) {
        return;
    }
    let mut try_shapes = |kind, shapes: &[&[usize]], joints: &[Sep], holds: fn(&[u8], bool) -> bool| {
        for shape in shapes {
            let Some(end) = chain.shaped(at, shape) else { continue };
            if chain.evenly(at, end, joints)
                && chain.is_free(at, end)
                && holds(chain.digits(at, end), shape.len() > 1)
            {
                fitting.push(Fit { end, kind });
            }
        }
    };
    try_shapes(
        PersonalKind::NoFodselsnummer,
        &[&[11], &[6, 5], &[6, 3, 2], &[2, 2, 2, 5]],
        JOINTS,
        no_fodselsnummer,
    );
    if chain.in_link {
        return;
    }
    try_shapes(
        PersonalKind::DeIdnr,
        &[&[11], &[2, 3, 3, 3]],
        &[Sep::Space, Sep::Hyphen, Sep::Slash],
        de_idnr,
    );
    try_shapes(PersonalKind::NoKontonummer, &[&[4, 2, 5]], &[Sep::Space, Sep::Dot], no_kontonummer);
    try_shapes(PersonalKind::PlNrb, &[&[26], &[2, 4, 4, 4, 4, 4, 4]], &[Sep::Space, Sep::Hyphen], pl_nrb);
    try_shapes(PersonalKind::PlPesel, &[&[11], &[6, 5]], JOINTS, pl_pesel);
    let swedish = [Sep::Space, Sep::Hyphen, Sep::Wide, Sep::Plus];
    try_shapes(PersonalKind::SePersonnummer, &[&[10], &[6, 4], &[12], &[8, 4]], &swedish, se_personnummer);
    // Ten digits after `+45` are a phone number with too many of them.
    let dialled = at.checked_sub(1).and_then(|before| chain.group(before)).is_some_and(|group| group.plus);
    let danish: &[&[usize]] = if dialled { &[&[6, 4]] } else { &[&[10], &[6, 4]] };
    try_shapes(PersonalKind::DkCpr, danish, JOINTS, dk_cpr);
    try_shapes(PersonalKind::GbNhs, &[&[10], &[3, 3, 4]], &[Sep::Space, Sep::Hyphen], gb_nhs);

    let nip: &[&[usize]] = &[&[10], &[3, 3, 2, 2], &[3, 2, 2, 3]];
    try_shapes(PersonalKind::PlNip, nip, &[Sep::Space, Sep::Hyphen], pl_nip);
    if at == 0 && chain.prefix.is_some_and(|prefix| prefix.letters == *b"PL") {
        with_country(chain, nip, fitting);
    }
}

/// A NIP after `PL` is nothing else, and may be glued to the letters.
fn with_country(chain: &Chain, shapes: &[&[usize]], fitting: &mut Vec<Fit>) {
    for shape in shapes {
        let Some(end) = chain.shaped(0, shape) else { continue };
        let even = chain.evenly(0, end, &[Sep::Space, Sep::Hyphen]);
        if even && chain.is_free_after(end) && pl_nip(chain.digits(0, end), false) {
            fitting.clear();
            fitting.push(Fit { end, kind: PersonalKind::PlNip });
        }
    }
}

/// Norwegian kontonummer: bank, kind of account, customer, and a control digit modulo 11. One number of eleven digits
/// in a row would be one in eleven times, so that it must stand in its groups.
fn no_kontonummer(digits: &[u8], grouped: bool) -> bool {
    grouped && !is_uniform(digits) && weighted(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
}

/// Polish NRB: an IBAN of which the country goes without saying.
fn pl_nrb(digits: &[u8], _grouped: bool) -> bool {
    const PL: [u8; 4] = [2, 5, 2, 1];
    let Some((check, account)) = digits.split_at_checked(2) else { return false };
    let turned = account.iter().chain(&PL).chain(check);
    !is_uniform(account) && turned.fold(0, |rest, &digit| (rest * 10 + u32::from(digit)) % 97) == 1
}

/// Norwegian fødselsnummer: date of birth, three digits that also tell the century, two control digits.
///
/// D-numbers add 40 to the day. Synthetic test numbers add 40 (Nav) or 80 (Skatteetaten) to the month and are reported
/// as well: they keep the control digits, and a host can so test its rules without a living person's number.
///
/// From 2032 on numbers may be given whose first control digit leaves a rest of 0 to 3 and whose three digits tell no
/// century. None exists yet, and accepting them now would make four times as many other numbers look like one, so
/// today's rule holds here.
fn no_fodselsnummer(digits: &[u8], _grouped: bool) -> bool {
    let day = part(digits, 0, 2);
    let month = part(digits, 2, 2);
    let year = part(digits, 4, 2);
    let day = if day > 40 { day - 40 } else { day };
    let month = match month {
        81..=92 => month - 80,
        41..=52 => month - 40,
        _ => month,
    };
    let century = match (part(digits, 6, 3), year) {
        (0..=499, _) => 1900,
        (500..=749, 54..) => 1800,
        (500..=999, ..=39) => 2000,
        (900..=999, _) => 1900,
        _ => return false,
    };
    is_date(century + year, month, day)
        && weighted(digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 == 0
        && weighted(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
}

/// Danish CPR: date of birth and four digits, the first of which tells the century. There is no check digit: numbers
/// given since October 2007 need not keep the old one.
///
/// Ten digits in one run are many things, so there the date must be one of a person alive: not 1858 to 1899.
fn dk_cpr(digits: &[u8], grouped: bool) -> bool {
    let year = part(digits, 4, 2);
    let century = match (part(digits, 6, 1), year) {
        (0..=3, _) => 1900,
        (4 | 9, ..=36) => 2000,
        (4 | 9, _) => 1900,
        (_, ..=57) => 2000,
        _ if grouped => 1800,
        _ => return false,
    };
    is_date(century + year, part(digits, 2, 2), part(digits, 0, 2)) && !is_uniform(digits)
}

/// Polish PESEL: date of birth with the century in the month, a serial number, a check digit.
///
/// Months of the nineteenth century (81 to 92) and of the next ones (41 on) are nobody's who lives.
fn pl_pesel(digits: &[u8], _grouped: bool) -> bool {
    let (century, month) = match part(digits, 2, 2) {
        month @ 1..=12 => (1900, month),
        month @ 21..=32 => (2000, month - 20),
        _ => return false,
    };
    is_date(century + part(digits, 0, 2), month, part(digits, 4, 2))
        && weighted(digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0
}

/// Polish NIP: the tax office's three digits have no two zeros at their end and do not begin with one; mod 11.
fn pl_nip(digits: &[u8], _grouped: bool) -> bool {
    let office = part(digits, 0, 3);
    let sum = weighted(digits.get(..9).unwrap_or(&[]), &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
    office > 100 && office % 100 != 0 && sum == part(digits, 9, 1) && !is_uniform(digits)
}

/// German Steuer-Identifikationsnummer: ten digits and an ISO 7064 check digit.
///
/// Among the ten, exactly one digit stands more than once: twice (the only rule up to 2015) or three times, then not
/// three in a row. The first digit is not 0.
fn de_idnr(digits: &[u8], _grouped: bool) -> bool {
    let Some(ten) = digits.get(..10) else { return false };
    let mut counts = [0_u8; 10];
    for &digit in ten {
        if let Some(count) = counts.get_mut(usize::from(digit)) {
            *count += 1;
        }
    }
    let repeated = counts.iter().filter(|&&count| count > 1).count();
    let most = counts.iter().max().copied().unwrap_or(0);
    let in_a_row = ten.windows(3).any(is_uniform);
    ten.first() != Some(&0) && repeated == 1 && most <= 3 && !in_a_row && mod_11_10(digits)
}

/// Swedish personnummer: date of birth with or without century, three digits, Luhn over the last ten.
///
/// A samordningsnummer adds 60 to the day. Ten digits do not tell the century, so a day that exists in 1900 to 1999 or
/// in 2000 to 2099 will do.
fn se_personnummer(digits: &[u8], _grouped: bool) -> bool {
    let Some(ten) = digits.len().checked_sub(10).and_then(|from| digits.get(from..)) else { return false };
    let years = match digits.len() {
        12 => match part(digits, 0, 4) {
            year @ 1890..=2099 => [year, year],
            _ => return false,
        },
        _ => [1900 + part(ten, 0, 2), 2000 + part(ten, 0, 2)],
    };
    let day = part(ten, 4, 2);
    let day = if day > 60 { day - 60 } else { day };
    years.into_iter().any(|year| is_date(year, part(ten, 2, 2), day)) && luhn(ten)
}

/// NHS number: nine digits and a mod 11 check digit.
///
/// Only the ranges that are given: 400 to 499 and 600 to 799 million (England, Wales, Isle of Man), 320 to 399
/// (Northern Ireland), dates of birth (Scotland's CHI number), and 900 to 999, which are never given and stand in
/// tests.
fn gb_nhs(digits: &[u8], _grouped: bool) -> bool {
    let given = match part(digits, 0, 3) {
        320..=499 | 600..=799 | 900..=999 => true,
        _ => {
            let year = part(digits, 4, 2);
            [1900, 2000]
                .into_iter()
                .any(|century| is_date(century + year, part(digits, 2, 2), part(digits, 0, 2)))
        }
    };
    given && weighted(digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0 && !is_uniform(digits)
}
