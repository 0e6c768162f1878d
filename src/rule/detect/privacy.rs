//! Personal data.

use std::collections::BTreeSet;

use super::Detection;
use super::places::Places;
use crate::Span;
use crate::lexicon::Reading;
use crate::rule::brand::bare;
use crate::rule::finding::Fix;
use crate::rule::mask::MASK;
use crate::rule::scene::Scene;
use crate::text::{Personal, PersonalKind};

/// The signal by which a lexicon says that an address or number is called the company's own.
const OUR_CONTACT: &str = "our-contact";
/// The signal by which a lexicon says that a bank account is called the company's own.
const OUR_ACCOUNT: &str = "our-account";
/// The signal by which a lexicon says that a number is that of an error, a version or a model, and nobody's.
const TECHNICAL_NUMBER: &str = "technical-number";
/// A number that the customer gave is told from a year, a price or a postcode by so many digits.
const FEWEST_DIGITS: usize = 6;
/// So many digits at the end of a telephone number are the same with and without prefixes.
const PHONE_END: usize = 8;

/// What identifies somebody is taken out; another contact is replaced by the company's own, where that is known.
fn detection(scene: &Scene<'_>, data: &Personal, taken_out: bool) -> Detection {
    let own = match data.kind {
        PersonalKind::Email => scene.brand.email.as_deref(),
        PersonalKind::Phone => scene.brand.phone.as_deref(),
        _ => None,
    };
    let text = if taken_out { Some(MASK) } else { own };
    let fix = text.map(|text| Fix::new(data.span, text));
    Detection::at(data.span).found(data.kind.name()).limit(data.span.of(scene.reply)).with_fix(fix)
}

/// One finding a place, the most specific kind first; e-mail addresses and telephone numbers are contact data.
fn report(scene: &Scene<'_>, out: &mut Vec<Detection>, taken_out: bool, wanted: impl Fn(&Personal) -> bool) {
    // They stand in the order of the text.
    let mut end = 0;
    for data in scene.reading.personal_data.iter().filter(|data| wanted(data)) {
        if data.span.start >= end {
            end = data.span.end;
            out.push(detection(scene, data, taken_out));
        }
    }
}

fn is_contact(data: &Personal) -> bool {
    matches!(data.kind, PersonalKind::Email | PersonalKind::Phone)
}

fn is_account(data: &Personal) -> bool {
    matches!(data.kind, PersonalKind::Iban | PersonalKind::NoKontonummer | PersonalKind::PlNrb)
}

pub(super) fn any(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    // A number that may be a telephone number, too, is not taken for anything worse.
    let is_phone = |data: &&Personal| data.kind == PersonalKind::Phone;
    let phones = Places::new(scene.reading.personal_data.iter().filter(is_phone).map(|data| data.span));
    // Clubs and shops write down where to pay.
    let ours = called_ours(scene, OUR_ACCOUNT);
    let owned = |data: &Personal| is_account(data) && ours.overlap(data.span);
    report(scene, out, true, |data| !is_contact(data) && !phones.overlap(data.span) && !owned(data));
}

/// Where the reply itself calls a number or an address the company's: "ring **us** on …". Where the policy says which
/// are its own, no words count.
fn contact_called_ours(scene: &Scene<'_>) -> Places {
    if scene.brand.is_known() { Places::new(std::iter::empty()) } else { called_ours(scene, OUR_CONTACT) }
}

/// Where a signal that says so is heard.
fn called_ours(scene: &Scene<'_>, signal: &str) -> Places {
    let called = scene.reading.signals.iter().filter(|heard| &*heard.signal == signal);
    Places::new(called.map(|heard| heard.span))
}

/// Contact data that may be anybody's: the company's own addresses and numbers may stand anywhere. Where nobody says
/// which they are, so may an office's and those that the reply calls the company's.
fn strangers(scene: &Scene<'_>, out: &mut Vec<Detection>, wanted: impl Fn(&Personal) -> bool) {
    let ours = contact_called_ours(scene);
    report(scene, out, false, |data| {
        let text = data.span.of(scene.reply);
        let known = scene.brand.owns(text) || scene.brand.is_office(text) || ours.overlap(data.span);
        is_contact(data) && !known && wanted(data)
    });
}

pub(super) fn contact(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    strangers(scene, out, |_| true);
}

pub(super) fn private_mailbox(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let at_private_host = |data: &Personal| scene.brand.is_private_host(data.span.of(scene.reply));
    strangers(scene, out, |data| data.kind == PersonalKind::Email && at_private_host(data));
}

pub(super) fn echo(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let Some((message, reading)) = scene.customer else { return };
    let given: BTreeSet<String> =
        reading.personal_data.iter().map(|theirs| bare(theirs.span.of(&message.text))).collect();
    // A telephone number is the same with and without its prefix and its spaces, also where it was not taken for one.
    let ends: BTreeSet<String> =
        numbers(&message.text).filter_map(|number| phone_end(number.of(&message.text))).collect();
    let given = |data: &Personal| {
        let text = data.span.of(scene.reply);
        let same_phone =
            || data.kind == PersonalKind::Phone && phone_end(text).is_some_and(|end| ends.contains(&end));
        given.contains(&bare(text)) || same_phone()
    };
    // Customers write down the company's number, too.
    let ours = contact_called_ours(scene);
    let owned = |data: &Personal| scene.brand.owns(data.span.of(scene.reply)) || ours.overlap(data.span);
    report(scene, out, true, |data| given(data) && !owned(data));
}

/// The numbers that a text calls those of errors, versions or models.
fn technical<'t>(text: &'t str, reading: &Reading) -> BTreeSet<&'t str> {
    let called = reading.signals.iter().filter(|heard| &*heard.signal == TECHNICAL_NUMBER);
    let called = Places::new(called.map(|heard| heard.span));
    pieces(text).filter(|(span, _)| called.overlap(*span)).map(|(_, digits)| digits).collect()
}

/// A number in one piece that the customer gave, too: that of an order, a customer, a case. What is personal data is a
/// finding of its own.
pub(super) fn echo_of_number(scene: &Scene<'_>, out: &mut Vec<Detection>) {
    let Some((message, theirs)) = scene.customer else { return };
    // A round one is a count or a switchboard.
    let long = |text: &str| text.len() >= FEWEST_DIGITS && !text.ends_with("000");
    let given: BTreeSet<&str> =
        pieces(&message.text).map(|(_, digits)| digits).filter(|it| long(it)).collect();
    if given.is_empty() {
        return;
    }
    let data = Places::new(scene.reading.personal_data.iter().map(|data| data.span));
    let ours = contact_called_ours(scene);
    let technical = [technical(&message.text, theirs), technical(scene.reply, scene.reading)];
    let may_be_theirs =
        |digits: &str| given.contains(digits) && !technical.iter().any(|it| it.contains(digits));
    for (span, digits) in pieces(scene.reply).filter(|(_, digits)| may_be_theirs(digits)) {
        if !(data.overlap(span) || ours.overlap(span) || scene.brand.owns(digits)) {
            out.push(Detection::at(span).found(digits).with_fix(Some(Fix::new(span, MASK))));
        }
    }
}

/// Runs of digits that stand by themselves: none in a word, a link, a date or a figure with a point in it.
fn pieces(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '/' | '_' | '=' | '@');
    runs(text, |c| c.is_ascii_digit()).filter_map(move |span| {
        let before = text.get(..span.start)?.chars().next_back();
        let mut after = text.get(span.end..)?.chars();
        let (next, then) = (after.next(), after.next());
        // A full stop ends the sentence, unless a letter or digit stands behind it.
        let goes_on = next.is_some_and(joins)
            && (next.is_some_and(char::is_alphanumeric) || then.is_some_and(char::is_alphanumeric));
        (!before.is_some_and(joins) && !goes_on).then_some((span, span.of(text)))
    })
}

/// Digits with what groups them in a telephone number.
fn numbers(text: &str) -> impl Iterator<Item = Span> {
    runs(text, |c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{A0}'))
}

/// The runs of certain characters, from the first digit in each.
fn runs(text: &str, belongs: impl Fn(char) -> bool) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(|c: char| c.is_ascii_digit())?;
        let rest = text.get(start..)?;
        at = start + rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        Some(Span::new(start, at))
    })
}

/// The last digits of a telephone number, by which it is told from all others.
fn phone_end(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.len().checked_sub(PHONE_END).and_then(|from| digits.get(from..)).map(str::to_owned)
}
