//! Payment cards: issuer, length and the Luhn check digit of ISO/IEC 7812.

use super::chain::{Chain, Sep};
use super::{Fit, PersonalKind, checks};

/// How card numbers are written. Sixteen digits in fours are by far the most common.
const SHAPES: &[&[usize]] = &[
    &[16],
    &[4, 4, 4, 4],
    &[15],
    &[4, 6, 5],
    &[14],
    &[4, 6, 4],
    &[19],
    &[4, 4, 4, 4, 3],
    &[6, 13],
    &[18],
    &[4, 4, 4, 4, 2],
    &[17],
    &[8, 8],
    &[12],
    &[4, 4, 4],
    &[13],
    &[4, 3, 3, 3],
];

pub(super) fn find(chain: &Chain, at: usize, fitting: &mut Vec<Fit>) {
    if chain.in_link || chain.group(at).is_none_or(|group| group.plus) {
        return;
    }
    for shape in SHAPES {
        let Some(end) = chain.shaped(at, shape) else { continue };
        let even = chain.evenly(at, end, &[Sep::Space, Sep::Hyphen, Sep::Dot]);
        if even && chain.is_free(at, end) && !is_cut_short(chain, at, end) {
            let digits = chain.digits(at, end);
            if is_issued(digits, end - at) && checks::luhn(digits) {
                fitting.push(Fit { end, kind: PersonalKind::PaymentCard });
            }
        }
    }
}

/// Whether three fours are only the beginning or the end of four fours.
fn is_cut_short(chain: &Chain, at: usize, end: usize) -> bool {
    let four = |at: Option<usize>| at.and_then(|at| chain.group(at)).is_some_and(|group| group.len == 4);
    chain.shaped(at, &[4, 4, 4]) == Some(end) && (four(at.checked_sub(1)) || four(Some(end)))
}

/// Whether a network issues cards with this beginning and length.
///
/// The ranges follow what the networks publish of their issuer identification numbers, kept rather too wide than too
/// narrow. Thirteen digits in one run are taken for an article number (EAN): those of Germany begin with 4 like the
/// Visa cards of that length, which are no longer issued.
fn is_issued(digits: &[u8], groups: usize) -> bool {
    let length = digits.len();
    let six = checks::number(digits.get(..6).unwrap_or(&[]));
    let two = six / 10_000;
    let three = six / 1_000;
    let four = six / 100;
    match length {
        12 => matches!(four, 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763),
        13 => groups > 1 && two / 10 == 4,
        14 => matches!(three, 300..=305) || four == 3095 || matches!(two, 36 | 38 | 39),
        15 => matches!(two, 34 | 37),
        16 => {
            two / 10 == 4
                || matches!(two, 51..=55 | 62 | 65 | 60 | 81 | 82 | 36 | 38 | 39)
                || matches!(four, 2221..=2720 | 2200..=2204 | 3528..=3589 | 5018..=5020 | 5038 | 5893)
                || matches!(four, 6304 | 6759 | 6761..=6763)
                || matches!(three, 300..=305 | 508 | 644..=649)
        }
        17 | 18 => {
            two == 62 || two == 36 || matches!(four, 3528..=3589 | 6011 | 5018 | 5020 | 6759 | 6761..=6763)
        }
        19 => {
            two / 10 == 4
                || matches!(two, 36 | 62 | 65)
                || matches!(four, 3528..=3589 | 6011 | 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763)
                || matches!(three, 644..=649)
        }
        _ => false,
    }
}
