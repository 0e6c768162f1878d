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

words! {
    /// What kind of personal data a piece of text is.
    ///
    /// The order is the order in which several kinds of one span are reported: first those whose structure says most.
    #[non_exhaustive]
    PersonalKind {
        /// An e-mail address (found together with links).
        Email = "email",
        /// An international bank account number.
        Iban = "iban",
        /// A Polish bank account number without the country (NRB).
        PlNrb = "pl-nrb",
        /// The number of a payment card.
        PaymentCard = "payment-card",
        /// A Norwegian national identity number, D-number, or synthetic test number.
        NoFodselsnummer = "no-fodselsnummer",
        /// A Norwegian bank account number (kontonummer), written in its groups.
        NoKontonummer = "no-kontonummer",
        /// A German tax identification number (Steuer-IdNr).
        DeIdnr = "de-idnr",
        /// A Polish national identification number (PESEL).
        PlPesel = "pl-pesel",
        /// A Swedish personnummer or samordningsnummer.
        SePersonnummer = "se-personnummer",
        /// A Danish civil registration number.
        DkCpr = "dk-cpr",
        /// A Polish tax identification number (NIP).
        PlNip = "pl-nip",
        /// A British NHS number.
        GbNhs = "gb-nhs",
        /// A telephone number.
        Phone = "phone",
        /// A customer, order or case number, as the policy's own patterns describe it.
        Reference = "reference",
    }
}

impl PersonalKind {
    /// What a person calls it, for messages.
    pub const fn name(self) -> &'static str {
        match self {
            PersonalKind::Email => "e-mail address",
            PersonalKind::Iban => "bank account number (IBAN)",
            PersonalKind::PlNrb => "Polish bank account number",
            PersonalKind::PaymentCard => "payment card number",
            PersonalKind::NoFodselsnummer => "Norwegian national identity number",
            PersonalKind::NoKontonummer => "Norwegian bank account number",
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
            assert!(kind.as_str().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{kind:?}");
            assert_eq!(PersonalKind::of(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        assert!(PersonalKind::ALL.is_sorted());
        assert_eq!(PersonalKind::of("passport"), None);
        let written = serde_json::to_string(&Personal::new(PersonalKind::DkCpr, Span::new(3, 14))).unwrap();
        assert_eq!(written, r#"{"kind":"dk-cpr","start":3,"end":14}"#);
    }
}
