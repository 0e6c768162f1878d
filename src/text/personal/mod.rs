//! Personal data: numbers that belong to a person.
//!
//! One pass over the text finds *chains* of digit groups (`22 12 34 56`, `010170-12345`); every window of a chain that
//! looks like a kind of number is checked with that kind's own structure: date, century, length, check digits. Text
//! without digits costs one look at its bytes.
//!
//! # What counts
//!
//! * A number stands free: no letter, digit or `_` touches it, and no hyphen, dot or plus ties it to further digits.
//!   A word joined to it (`fnr01017012345`) is an id of something else.
//! * A number that fails its check digit is not reported as that kind. It may still be reported as another one.
//! * Where one number is several kinds, every kind is reported with the same span, most specific first, in the order
//!   of [`PersonalKind`]. Numbers with a prefix (`PL`, `+47`) are only what the prefix says.
//! * Of overlapping numbers the leftmost is reported, then the longest; a number with check digits goes before a phone.
//! * Digits may be fullwidth, Arabic-Indic or mathematical, and zero-width characters inside a number are looked
//!   through: hiding a number from a filter does not make it less personal. Keycap emoji are not digits.
//! * Inside a link only an IBAN and a Norwegian national number are reported: ids in addresses would otherwise be
//!   payment cards one time in ten.
//!
//! E-mail addresses are found with the links, references by the patterns of a policy; their kinds stand here so that
//! all personal data has one list of names.

mod card;
mod chain;
mod checks;
mod iban;
mod national;
mod phone;

use crate::Span;
use chain::Chain;
use serde::Serialize;

/// What kind of personal data a piece of text is.
///
/// The order is the order in which several kinds of one span are reported: first those whose structure says most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PersonalKind {
    /// An e-mail address (found together with links).
    Email,
    /// An international bank account number.
    Iban,
    /// The number of a payment card.
    PaymentCard,
    /// A Norwegian national identity number, D-number, or synthetic test number.
    NoFodselsnummer,
    /// A German tax identification number (Steuer-IdNr).
    DeIdnr,
    /// A Polish national identification number (PESEL).
    PlPesel,
    /// A Swedish personnummer or samordningsnummer.
    SePersonnummer,
    /// A Danish civil registration number.
    DkCpr,
    /// A Polish tax identification number (NIP).
    PlNip,
    /// A British NHS number.
    GbNhs,
    /// A telephone number.
    Phone,
    /// A customer, order or case number, as the policy's own patterns describe it.
    Reference,
}

impl PersonalKind {
    /// Every kind, in the order of reporting.
    pub const ALL: [PersonalKind; 12] = [
        PersonalKind::Email,
        PersonalKind::Iban,
        PersonalKind::PaymentCard,
        PersonalKind::NoFodselsnummer,
        PersonalKind::DeIdnr,
        PersonalKind::PlPesel,
        PersonalKind::SePersonnummer,
        PersonalKind::DkCpr,
        PersonalKind::PlNip,
        PersonalKind::GbNhs,
        PersonalKind::Phone,
        PersonalKind::Reference,
    ];

    /// The id used in documents and reports, such as `no-fodselsnummer`.
    pub const fn id(self) -> &'static str {
        match self {
            PersonalKind::Email => "email",
            PersonalKind::Iban => "iban",
            PersonalKind::PaymentCard => "payment-card",
            PersonalKind::NoFodselsnummer => "no-fodselsnummer",
            PersonalKind::DeIdnr => "de-idnr",
            PersonalKind::PlPesel => "pl-pesel",
            PersonalKind::SePersonnummer => "se-personnummer",
            PersonalKind::DkCpr => "dk-cpr",
            PersonalKind::PlNip => "pl-nip",
            PersonalKind::GbNhs => "gb-nhs",
            PersonalKind::Phone => "phone",
            PersonalKind::Reference => "reference",
        }
    }

    /// The kind with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        PersonalKind::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// What a person calls it, for messages.
    pub const fn name(self) -> &'static str {
        match self {
            PersonalKind::Email => "e-mail address",
            PersonalKind::Iban => "bank account number (IBAN)",
            PersonalKind::PaymentCard => "payment card number",
            PersonalKind::NoFodselsnummer => "Norwegian national identity number",
            PersonalKind::DeIdnr => "German tax identification number",
            PersonalKind::PlPesel => "Polish PESEL number",
            PersonalKind::SePersonnummer => "Swedish personal identity number",
            PersonalKind::DkCpr => "Danish CPR number",
            PersonalKind::PlNip => "Polish tax number (NIP)",
            PersonalKind::GbNhs => "NHS number",
            PersonalKind::Phone => "phone number",
            PersonalKind::Reference => "reference number",
        }
    }
}

/// A piece of personal data in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Personal {
    /// What it is.
    pub kind: PersonalKind,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
}

impl Personal {
    /// Personal data of `kind` at `span`.
    pub const fn new(kind: PersonalKind, span: Span) -> Self {
        Personal { span, kind }
    }
}

/// Finds the numbers in `text` that belong to a person and appends them to `out` in the order of the text.
///
/// See the [module](self) for what counts. E-mail addresses and references are not looked for here.
///
/// ```
/// use svar::text::personal::{PersonalKind, personal_data};
///
/// let mut found = Vec::new();
/// personal_data("Ring meg på 412 34 567, kontoen er NO93 8601 1117 947.", &mut found);
/// let kinds: Vec<_> = found.iter().map(|it| it.kind).collect();
/// assert_eq!(kinds, [PersonalKind::Phone, PersonalKind::Iban]);
/// ```
pub fn personal_data(text: &str, out: &mut Vec<Personal>) {
    let mut chain = Chain::default();
    let mut fitting = Vec::new();
    let mut at = 0;
    while let Some(digit) = chain::next_digit(text, at) {
        chain.read(text, digit);
        if let Some(span) = chain.prefix.and_then(|prefix| iban::iban(text, prefix)) {
            out.push(Personal::new(PersonalKind::Iban, span));
            at = span.end;
            continue;
        }
        at = chain.end();
        if chain.digit_count() >= FEWEST_DIGITS {
            chain.look_around(text);
            judge(text, &chain, &mut fitting, out);
        }
    }
}

/// No kind of number has fewer digits than this.
const FEWEST_DIGITS: usize = 8;

/// A kind that fits the groups up to, not including, `end`.
#[derive(Clone, Copy)]
struct Fit {
    end: usize,
    kind: PersonalKind,
}

/// Tries every kind at every group of the chain.
fn judge(text: &str, chain: &Chain, fitting: &mut Vec<Fit>, out: &mut Vec<Personal>) {
    let mut at = 0;
    while at < chain.len() {
        fitting.clear();
        card::find(chain, at, fitting);
        national::find(chain, at, fitting);
        let checked = fitting.iter().map(|fit| fit.end).max();
        if let Some(end) = phone::find(text, chain, at) {
            fitting.push(Fit { end, kind: PersonalKind::Phone });
        }
        let Some(end) = checked.or(fitting.first().map(|fit| fit.end)) else {
            at += 1;
            continue;
        };
        fitting.retain(|fit| fit.end == end);
        fitting.sort_by_key(|fit| fit.kind);
        for fit in fitting.iter() {
            // Of a national number the prefix belongs to it, of a phone number the plus or the bracket.
            let span = match fit.kind {
                PersonalKind::Phone => chain.phone_span(at, end),
                PersonalKind::PlNip => chain.prefixed_span(at, end),
                _ => chain.span(at, end),
            };
            out.push(Personal::new(fit.kind, span));
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_kebab_case_and_comes_back() {
        for kind in PersonalKind::ALL {
            assert!(kind.id().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{kind:?}");
            assert_eq!(PersonalKind::from_id(kind.id()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.id());
        }
        assert!(PersonalKind::ALL.is_sorted());
        assert_eq!(PersonalKind::from_id("passport"), None);
        let written = serde_json::to_string(&Personal::new(PersonalKind::DkCpr, Span::new(3, 14))).unwrap();
        assert_eq!(written, r#"{"kind":"dk-cpr","start":3,"end":14}"#);
    }
}
