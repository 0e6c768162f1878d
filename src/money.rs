//! Money: a whole number of a currency's smallest units, so that every sum is exact.
//!
//! ```
//! use svar::money::Money;
//!
//! let loss = Money::parse("249.50", "NOK")?;
//! assert_eq!(loss.minor(), 24_950);
//! assert_eq!(loss.plus(&Money::parse("0.5", "NOK")?)?.to_string(), "250.00 NOK");
//!
//! let other = Money::parse("249.50", "EUR")?;
//! let error = loss.compare(&other).unwrap_err();
//! assert_eq!(error.to_string(), "NOK and EUR cannot be compared or added");
//! # Ok::<(), svar::money::MoneyError>(())
//! ```
//!
//! Two amounts of different currencies are never equal, never compared and never added. Where an amount is computed
//! it is rounded to the currency's smallest unit, half of one away from zero.

use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeStruct};
use thiserror::Error;

use crate::source::{Field, Value, quoted};

/// The longest amount: fifteen digits before the point.
const MOST_DIGITS: usize = 15;

/// The currencies of ISO 4217 by how many decimals they have. Metals and test codes are left out, and funds but for CLF
/// and UYI, in which people are billed.
/// Source: ISO 4217, list one, as of 2025-05.
const CURRENCIES: [(u8, &str); 4] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (
        2,
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP \
         CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR \
         IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN \
         NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP \
         STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

/// A currency of ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: &'static str,
    decimals: u8,
}

impl Currency {
    /// The currency of a code such as `NOK`.
    pub fn of(code: &str) -> Option<Currency> {
        Currency::all().find(|currency| currency.code == code)
    }

    /// All currencies.
    pub fn all() -> impl Iterator<Item = Currency> + Clone {
        let of = |(decimals, codes): (u8, &'static str)| {
            codes.split_ascii_whitespace().map(move |code| Currency { code, decimals })
        };
        CURRENCIES.into_iter().flat_map(of)
    }

    /// The code.
    pub fn code(self) -> &'static str {
        self.code
    }

    /// How many decimals an amount has.
    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// How many of the smallest units make one.
    fn scale(self) -> i64 {
        10i64.pow(u32::from(self.decimals))
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

/// An amount of money in one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// What cannot be done with money.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// No amount.
    #[error("{} is not an amount", quoted(.0))]
    Amount(String),
    /// An amount finer than the currency's smallest unit.
    #[error("{amount} is finer than the smallest unit of {code}, which has {n} decimals", amount = quoted(.0), code = .1, n = .1.decimals())]
    TooFine(String, Currency),
    /// No currency of ISO 4217.
    #[error("{} is no ISO 4217 code", quoted(.0))]
    Currency(String),
    /// Amounts of two currencies.
    #[error("{0} and {1} cannot be compared or added")]
    Mixed(Currency, Currency),
    /// A sum beyond what can be held.
    #[error("the amount is too large")]
    TooLarge,
}

/// An amount as it is written, of whatever currency.
#[derive(Clone, Copy)]
struct Digits<'t> {
    written: &'t str,
    negative: bool,
    whole: i64,
    /// Without the zeros at their end.
    decimals: &'t str,
}

impl<'t> Digits<'t> {
    fn of(written: &'t str) -> Result<Digits<'t>, MoneyError> {
        let wrong = || MoneyError::Amount(written.to_owned());
        let digits = written.strip_prefix('-').unwrap_or(written);
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |part: &str| {
            (1..=MOST_DIGITS).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !plain(whole) || !plain(decimals) {
            return Err(wrong());
        }
        let negative = digits.len() < written.len();
        let whole = whole.parse().map_err(|_| wrong())?;
        Ok(Digits { written, negative, whole, decimals: decimals.trim_end_matches('0') })
    }

    fn is_less_than_nothing(self) -> bool {
        self.negative && (self.whole > 0 || !self.decimals.is_empty())
    }

    fn in_currency(self, currency: Currency) -> Result<Money, MoneyError> {
        let width = usize::from(currency.decimals);
        if self.decimals.len() > width {
            return Err(MoneyError::TooFine(self.written.to_owned(), currency));
        }
        // A digit before them, so that none are a number, too.
        let padded = format!("0{:0<width$}", self.decimals);
        let fraction: i64 = padded.parse().map_err(|_| MoneyError::Amount(self.written.to_owned()))?;
        let minor = self.whole.checked_mul(currency.scale()).and_then(|minor| minor.checked_add(fraction));
        let minor = minor.ok_or(MoneyError::TooLarge)?;
        Ok(Money::new(if self.negative { -minor } else { minor }, currency))
    }
}

impl Money {
    /// So many of the currency's smallest units.
    pub fn new(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Nothing.
    pub fn zero(currency: Currency) -> Money {
        Money::new(0, currency)
    }

    /// An amount as it is written, a decimal number with a point, and a code.
    ///
    /// # Errors
    /// An amount or a currency that is none, or an amount finer than the currency's smallest unit.
    pub fn parse(amount: &str, currency: &str) -> Result<Money, MoneyError> {
        let currency = Currency::of(currency).ok_or_else(|| MoneyError::Currency(currency.to_owned()))?;
        Money::parse_in(amount, currency)
    }

    /// The same in a currency.
    ///
    /// # Errors
    /// As [`parse`](Money::parse).
    pub fn parse_in(amount: &str, currency: Currency) -> Result<Money, MoneyError> {
        Digits::of(amount)?.in_currency(currency)
    }

    /// In the currency's smallest units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The amount as a decimal number with all of the currency's decimals.
    pub fn amount(self) -> String {
        let scale = self.currency.scale().unsigned_abs();
        let (sign, minor) = (if self.minor < 0 { "-" } else { "" }, self.minor.unsigned_abs());
        match self.currency.decimals {
            0 => format!("{sign}{minor}"),
            width => format!("{sign}{}.{:0width$}", minor / scale, minor % scale, width = usize::from(width)),
        }
    }

    /// Which of two amounts of one currency is larger.
    ///
    /// # Errors
    /// Two currencies.
    pub fn compare(&self, other: &Money) -> Result<Ordering, MoneyError> {
        self.same_currency(other)?;
        Ok(self.minor.cmp(&other.minor))
    }

    /// The sum.
    ///
    /// # Errors
    /// Two currencies, or a sum that is too large.
    pub fn plus(&self, other: &Money) -> Result<Money, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Money { minor, ..*self })
    }

    /// The difference.
    ///
    /// # Errors
    /// Two currencies, or a difference that is too large.
    pub fn minus(&self, other: &Money) -> Result<Money, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Money { minor, ..*self })
    }

    /// So many hundredths of it, rounded half away from zero.
    ///
    /// # Errors
    /// A share that is too large.
    pub fn percent(&self, percent: u32) -> Result<Money, MoneyError> {
        let product = i128::from(self.minor) * i128::from(percent);
        let half = if product < 0 { -50 } else { 50 };
        let minor = i64::try_from((product + half) / 100).map_err(|_| MoneyError::TooLarge)?;
        Ok(Money { minor, ..*self })
    }

    /// The next larger multiple of a step; itself, where the step is nothing.
    ///
    /// # Errors
    /// Two currencies, or a multiple that is too large.
    pub fn rounded_up(&self, step: &Money) -> Result<Money, MoneyError> {
        self.same_currency(step)?;
        if step.minor <= 0 {
            return Ok(*self);
        }
        let beyond = self.minor.rem_euclid(step.minor);
        let missing = if beyond == 0 { 0 } else { step.minor - beyond };
        let minor = self.minor.checked_add(missing).ok_or(MoneyError::TooLarge)?;
        Ok(Money { minor, ..*self })
    }

    fn same_currency(&self, other: &Money) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::Mixed(self.currency, other.currency))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut money = serializer.serialize_struct("Money", 2)?;
        money.serialize_field("amount", &self.amount())?;
        money.serialize_field("currency", self.currency.code)?;
        money.end()
    }
}

/// `{ amount, currency }`. The amount is text (`"249.50"`) or a number.
pub(crate) fn read(field: Field<'_, '_>) -> Option<Money> {
    if field.node()?.as_table().is_none() {
        return field.wrong_type_but(
            "a table",
            r#"write `{"amount": "500", "currency": "NOK"}`"#,
            r#"write `{ amount = "500", currency = "NOK" }`"#,
        );
    }
    let table = field.table()?;
    let written = amount_text(table.need("amount"));
    let code = table.need("currency");
    let known = code.string().and_then(|name| {
        let currency = Currency::of(name);
        if currency.is_none() {
            code.error("currency", MoneyError::Currency(name.to_owned()).to_string());
        }
        currency
    });
    let amount = table.get("amount");
    table.finish();
    let written = written?;
    // An amount that is none is told of, whatever the currency.
    let money = Digits::of(&written).and_then(|digits| {
        let money = known.map(|currency| digits.in_currency(currency)).transpose()?;
        Ok((money, digits.is_less_than_nothing()))
    });
    match money {
        Ok((money, false)) => money,
        Ok((_, true)) => {
            amount.error("amount", format!("{} is less than nothing", quoted(&written)));
            None
        }
        Err(error) => {
            amount.error("amount", error.to_string());
            None
        }
    }
}

/// What is written as an amount, as text or as a number.
pub(crate) fn amount_text(field: Field<'_, '_>) -> Option<String> {
    match field.node().map(|node| &node.value)? {
        Value::String(text) => Some(text.to_string()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        _ => field.wrong_type("a decimal number"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nok(amount: &str) -> Money {
        Money::parse(amount, "NOK").unwrap()
    }

    #[test]
    fn amounts_are_exact_and_written_in_full() {
        for (amount, code, minor, written) in [
            ("249.5", "NOK", 24_950, "249.50"),
            ("249.500", "NOK", 24_950, "249.50"),
            ("-0.05", "EUR", -5, "-0.05"),
            ("1200", "JPY", 1_200, "1200"),
            ("1200.0", "JPY", 1_200, "1200"),
            ("1.5", "KWD", 1_500, "1.500"),
            ("0", "CLF", 0, "0.0000"),
        ] {
            let money = Money::parse(amount, code).unwrap();
            assert_eq!((money.minor(), money.amount()), (minor, written.to_owned()), "{amount} {code}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for amount in ["", ".", "1.", ".5", "1,5", "1e3", "+1", "--1", "1.005", "1234567890123456"] {
            assert!(Money::parse(amount, "NOK").is_err(), "{amount}");
        }
        assert!(Money::parse("1.5", "JPY").is_err());
        assert!(Money::parse("1", "kr").is_err() && Money::parse("1", "XXX").is_err());
    }

    #[test]
    fn currencies_stay_apart() {
        let euro = Money::parse("249.50", "EUR").unwrap();
        let mixed = MoneyError::Mixed(nok("1").currency(), euro.currency());
        assert_eq!(nok("249.50").compare(&euro), Err(mixed.clone()));
        assert_eq!(nok("249.50").plus(&euro), Err(mixed.clone()));
        assert_eq!(nok("249.50").minus(&euro), Err(mixed.clone()));
        assert_eq!(nok("249.50").rounded_up(&euro), Err(mixed));
        assert!(nok("249.50") != euro);
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(nok("0.05").percent(10).unwrap(), nok("0.01"));
        assert_eq!(nok("0.04").percent(10).unwrap(), nok("0"));
        assert_eq!(nok("-0.05").percent(10).unwrap(), nok("-0.01"));
        assert_eq!(nok("274.45").rounded_up(&nok("5")).unwrap(), nok("275"));
        assert_eq!(nok("275").rounded_up(&nok("5")).unwrap(), nok("275"));
        assert_eq!(nok("1").rounded_up(&nok("0")).unwrap(), nok("1"));
    }

    #[test]
    fn a_code_stands_once() {
        let mut codes: Vec<_> = Currency::all().map(Currency::code).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        assert!(codes.iter().all(|code| code.len() == 3));
    }
}
