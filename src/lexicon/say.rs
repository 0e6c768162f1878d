//! Sayings: sentences that supply an act.

use super::reading::Register;

/// A sentence that says an act in one language and register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Saying {
    act: u8,
    language: usize,
    pub(crate) register: Register,
    pub(crate) text: Box<str>,
}

/// All sayings of a policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sayings(Vec<Saying>);

impl Sayings {
    pub(crate) fn add(&mut self, act: u8, language: usize, register: Register, text: &str) {
        self.0.push(Saying { act, language, register, text: text.into() });
    }

    /// The sayings of an act in a language, those of the register first, then those of the nearest one.
    pub(crate) fn of(&self, act: u8, language: usize, register: Register) -> Vec<&Saying> {
        let mut sayings: Vec<&Saying> =
            self.0.iter().filter(|saying| saying.act == act && saying.language == language).collect();
        sayings.sort_by_key(|saying| (saying.register as i8 - register as i8).abs());
        sayings
    }
}
