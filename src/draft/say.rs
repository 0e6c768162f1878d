//! Saying: a template with its slots filled in.

use chrono::{DateTime, FixedOffset};

use super::filled::Values;
use super::ready::{Ready, local_day};
use super::sayings::{Manner, Sayings};
use super::slot::Form;
use super::template::{Piece, SlotSet, Template};
use crate::lexicon::{AddressForm, Register};
use crate::rule::Facts;

/// What a template is said with.
#[derive(Clone, Copy)]
pub(crate) struct Voice<'a> {
    pub(super) sayings: &'a Sayings,
    pub(super) language: usize,
    pub(super) address: AddressForm,
    pub(super) values: &'a [Option<Ready>],
    pub(super) now: Option<DateTime<FixedOffset>>,
}

/// How much of a template is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fullness {
    Whole,
    Bare,
}

/// What a template came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) text: String,
    /// The slots whose values stand in it.
    pub(super) slots: SlotSet,
    /// Whether an optional part was left out for want of a value.
    pub(super) unfilled: SlotSet,
    /// The mark that it ends with, so far, where that is the end of a value.
    mark: Option<char>,
}

impl<'a> Voice<'a> {
    /// A voice that says the same at any time.
    pub(crate) fn with(
        sayings: &'a Sayings,
        language: usize,
        address: AddressForm,
        values: &'a Values,
    ) -> Voice<'a> {
        Voice { sayings, language, address, values: &values.ready, now: None }
    }

    /// The slots that have values.
    pub(super) fn filled(&self) -> SlotSet {
        let mut set = SlotSet::default();
        let given = (0u8..).zip(self.values).filter(|(_, value)| value.is_some());
        given.for_each(|(slot, _)| set.insert(slot));
        set
    }

    /// The slots by which something is promised until a day that is over. That of an instant is refused before.
    pub(super) fn over(&self, pieces: &[Piece]) -> SlotSet {
        let mut set = SlotSet::default();
        let Some(today) = self.now.and_then(|now| local_day(now, now.offset())) else { return set };
        for piece in pieces {
            if let Piece::Slot(slot, Form::By) = piece {
                if matches!(self.values.get(usize::from(*slot)), Some(Some(Ready::Date(day))) if *day < today)
                {
                    set.insert(*slot);
                }
            }
        }
        set
    }

    /// The template in words; `None` where a slot it needs has no value. Slots in `before` were said already.
    pub(super) fn say(&self, template: &Template, fullness: Fullness, before: SlotSet) -> Option<Said> {
        // Values apart, nothing said is longer than what was written.
        let mut said = Said { text: String::with_capacity(template.written.len()), ..Said::default() };
        // A name, a link, a word from outside begins as it is written.
        let mut foreign = false;
        // What is needed is said anyway, so what may be left out does not say it again.
        let before = before.and(template.required);
        for piece in &template.pieces {
            let starts = said.text.is_empty();
            match piece {
                Piece::Optional(inner) if fullness == Fullness::Whole => {
                    let mut slots = SlotSet::default();
                    inner.iter().for_each(|piece| {
                        if let Piece::Slot(slot, _) = piece {
                            slots.insert(*slot);
                        }
                    });
                    if !slots.is_empty() && before.and(said.slots).contains_all(slots) {
                        continue;
                    }
                    let missing = slots.without(self.filled()).and(self.over(inner));
                    if missing.is_empty() {
                        for piece in inner {
                            self.piece(piece, &mut said)?;
                        }
                    } else {
                        said.unfilled = said.unfilled.and(missing);
                    }
                    if starts {
                        foreign =
                            matches!(inner.first(), Some(Piece::Slot(slot, _)) if self.is_foreign(*slot));
                    }
                }
                Piece::Optional(_) => {}
                piece => {
                    self.piece(piece, &mut said)?;
                    if starts {
                        foreign = matches!(piece, Piece::Slot(slot, _) if self.is_foreign(*slot));
                    }
                }
            }
        }
        if !foreign {
            capitalise(&mut said.text);
        }
        Some(said)
    }

    /// Whether a slot's words come from outside.
    fn is_foreign(&self, slot: u8) -> bool {
        self.sayings.slots.kind(slot).is_some_and(|kind| !kind.needs_format())
    }

    fn piece(&self, piece: &Piece, said: &mut Said) -> Option<()> {
        match piece {
            // `1.249,50 kr.` at the end of a sentence has one full stop, and so has `Yahoo!`.
            Piece::Text(text) => {
                let rest = said.mark.and_then(|mark| text.strip_prefix(['.', mark]));
                said.text.push_str(rest.unwrap_or(text));
            }
            Piece::Choice(formal, informal) => {
                said.text.push_str(if self.address == AddressForm::Formal { formal } else { informal });
            }
            Piece::Slot(slot, form) => {
                said.text.push_str(&self.value(*slot, *form)?);
                said.slots.insert(*slot);
            }
            Piece::Optional(_) => {}
        }
        let is_value = matches!(piece, Piece::Slot(..));
        said.mark = said.text.chars().next_back().filter(|last| is_value && matches!(last, '.' | '!' | '?'));
        Some(())
    }

    fn value(&self, slot: u8, form: Form) -> Option<String> {
        let value = self.values.get(usize::from(slot))?.as_ref()?;
        // Nobody is called Sie and by the first name alone.
        let form =
            if self.address == AddressForm::Formal && form == Form::First { Form::Plain } else { form };
        self.sayings.formats.get(self.language)?.write(value, form, self.now)
    }

    /// Every way a template can be said with these values: whole, and without what may be left out.
    pub(crate) fn sayings_of(&self, template: &Template) -> Vec<String> {
        let whole = self.say(template, Fullness::Whole, SlotSet::default());
        let bare = self.say(template, Fullness::Bare, SlotSet::default());
        let mut all: Vec<String> = whole.into_iter().chain(bare).map(|said| said.text).collect();
        all.dedup();
        all
    }
}

/// Tells which form of address is heard in a template.
pub(super) type Hear<'h> = &'h mut dyn FnMut(&Template) -> AddressForm;

impl Sayings {
    /// Offers sentences that say an act and need no values, those of the register first, until one is taken: most often
    /// it is the first, so that none is put together before it is wanted.
    pub(crate) fn offer_sentences<T>(
        &self,
        act: u8,
        manner: Manner,
        facts: &Facts<'_>,
        hear: Hear<'_>,
        mut take: impl FnMut(&str) -> Option<T>,
    ) -> Option<T> {
        let Manner { language, register, address } = manner;
        let voice = Voice { sayings: self, language, address, values: &[], now: None };
        for group in self.groups(act, language).filter(|group| group.holds(facts, None)) {
            for register in nearest(register) {
                for template in group.templates.iter().filter(|template| template.suits_register(register)) {
                    if template.required.is_empty() && template.forms(&mut *hear).suits(address) {
                        let said = voice.say(template, Fullness::Whole, SlotSet::default());
                        if let Some(taken) = said.and_then(|said| take(&said.text)) {
                            return Some(taken);
                        }
                    }
                }
            }
        }
        None
    }
}

/// The registers in the order in which an act borrows from them.
pub(super) fn nearest(register: Register) -> [Register; 3] {
    match register {
        Register::Formal => [Register::Formal, Register::Neutral, Register::Informal],
        Register::Neutral => [Register::Neutral, Register::Informal, Register::Formal],
        Register::Informal => [Register::Informal, Register::Neutral, Register::Formal],
    }
}

fn capitalise(text: &mut String) {
    let Some(first) = text.chars().next().filter(|first| first.is_lowercase()) else { return };
    let large: String = first.to_uppercase().collect();
    text.replace_range(..first.len_utf8(), &large);
}
