//! Drafts: from a case to a reply that passes.

use chrono::{DateTime, FixedOffset};

use super::draft_error::{DraftError, Lacking, NoPair, UnknownSaying};
use super::drafting::moved;
use super::plan::{Plan, Setting};
use super::{Policy, Scratch};
use crate::case::{Case, Message, Visibility};
use crate::draft::{Draft, Pair, Samples, SlotType, SlotValues};
use crate::lexicon::AddressForm;
use crate::playbook::{RemedyKind, Timing};
use crate::source::TableReader;
use crate::time::Now;

/// How a reply is drafted, beside the case.
///
/// ```
/// let options = svar::policy::DraftOptions::default().seed(7);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DraftOptions {
    /// Which of the possible wordings: the same seed says the same. JSON asks for those up to 9223372036854775807, the
    /// greatest whole number of a document.
    pub seed: u64,
    /// The instant at which it would be said.
    pub now: Option<DateTime<FixedOffset>>,
    /// The acts to be said, instead of those of the step that is due.
    pub acts: Option<Vec<String>>,
    /// Acts to be said besides, as long as there is room.
    pub optional: Vec<String>,
    /// The kind of compensation that is offered, such as `refund`.
    pub remedy: Option<String>,
    /// A canned reply, instead of the one that fits best.
    pub canned: Option<String>,
}

impl DraftOptions {
    /// Reads the keys of a request that say how it is drafted; `now` is read where the case is.
    pub(crate) fn read(table: &TableReader<'_, '_>) -> DraftOptions {
        let names = |key| {
            let list = table.get(key).string_list();
            list.map(|list| list.into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        let seed = table.get("seed").integer(0..=i64::MAX).and_then(|seed| u64::try_from(seed).ok());
        DraftOptions {
            seed: seed.unwrap_or_default(),
            now: None,
            acts: names("acts"),
            optional: names("optional").unwrap_or_default(),
            remedy: table.get("remedy").string().map(str::to_owned),
            canned: table.get("canned").string().map(str::to_owned),
        }
    }

    /// The same with a seed.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        DraftOptions { seed, ..self }
    }

    /// The same at an instant.
    #[must_use]
    pub fn at(self, now: impl Into<Now>) -> Self {
        DraftOptions { now: now.into().get(), ..self }
    }

    /// The same with acts to be said instead of those of the step that is due.
    #[must_use]
    pub fn acts<S: Into<String>>(self, acts: impl IntoIterator<Item = S>) -> Self {
        DraftOptions { acts: Some(acts.into_iter().map(Into::into).collect()), ..self }
    }

    /// The same with acts to be said besides.
    #[must_use]
    pub fn optional<S: Into<String>>(self, acts: impl IntoIterator<Item = S>) -> Self {
        DraftOptions { optional: acts.into_iter().map(Into::into).collect(), ..self }
    }

    /// The same with a kind of compensation.
    #[must_use]
    pub fn remedy(self, kind: impl Into<String>) -> Self {
        DraftOptions { remedy: Some(kind.into()), ..self }
    }

    /// The same with a canned reply.
    #[must_use]
    pub fn canned(self, id: impl Into<String>) -> Self {
        DraftOptions { canned: Some(id.into()), ..self }
    }
}

/// In whose voice a draft speaks, where that is settled before.
#[derive(Clone, Copy, Default)]
struct Voice {
    address: Option<AddressForm>,
    samples: Option<Samples>,
}

impl Policy {
    /// What should we say? A reply for the step that is due, or for the acts the options name, which passes this
    /// policy's own [`validate`](Policy::validate).
    ///
    /// # Errors
    /// What keeps a reply from being written; values that are missing are named all at once.
    ///
    /// ```
    /// use svar::draft::SlotValues;
    /// use svar::policy::DraftOptions;
    /// use svar::{Case, Message, Policy};
    ///
    /// let policy = Policy::builtin();
    /// let mut case = Case::new("facebook");
    /// case.language = Some("nb".to_owned());
    /// case.messages.push(Message::customer("Hei, dette er tredje gang nettet er nede!!"));
    ///
    /// let options = DraftOptions::default().acts(["apology", "reassurance", "private-invitation"]).seed(3);
    /// let draft = policy.draft(&case, &SlotValues::new(), &options)?;
    /// assert!(policy.validate(&case, &draft.text, None)?.passes());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn draft(
        &self,
        case: &Case,
        slots: &SlotValues,
        options: &DraftOptions,
    ) -> Result<Draft, DraftError> {
        self.draft_with(case, slots, options, &mut Scratch::default())
    }

    /// [`draft`](Policy::draft) with memory to reuse.
    ///
    /// # Errors
    /// As [`draft`](Policy::draft).
    pub fn draft_with(
        &self,
        case: &Case,
        slots: &SlotValues,
        options: &DraftOptions,
        scratch: &mut Scratch,
    ) -> Result<Draft, DraftError> {
        self.draft_as(case, slots, options, Voice::default(), scratch)
    }

    fn draft_as(
        &self,
        case: &Case,
        slots: &SlotValues,
        options: &DraftOptions,
        voice: Voice,
        scratch: &mut Scratch,
    ) -> Result<Draft, DraftError> {
        let timing = self.timing(case, options.now);
        let mut plan = self.plan(case, options, &timing, scratch)?;
        if let (Some(wanted), Some(first)) = (&options.remedy, &plan.remedy) {
            // Each kind of compensation has an amount of its own.
            if first.kind.as_str() != wanted {
                plan.remedy =
                    self.remedies(case, &[])?.into_iter().find(|remedy| remedy.kind.as_str() == wanted);
            }
        }
        let setting = Setting {
            timing: &timing,
            seed: options.seed,
            now: options.now,
            remedy: options.remedy.as_deref().or(plan.remedy.as_ref().map(|remedy| remedy.kind.as_str())),
            canned: options.canned.as_deref(),
            address: voice.address,
            samples: voice.samples,
        };
        let kinds = RemedyKind::ALL.iter().map(|kind| kind.as_str());
        if let Some(kind) = setting.remedy.filter(|kind| RemedyKind::of(kind).is_none()) {
            return Err(DraftError::Unknown(UnknownSaying::new("kind of remedy", kind, kinds)));
        }
        if let Some(id) = setting.canned.filter(|id| self.0.sayings.canned_ids().all(|own| own != *id)) {
            return Err(DraftError::Unknown(UnknownSaying::new(
                "canned reply",
                id,
                self.0.sayings.canned_ids(),
            )));
        }
        self.0.draft(case, slots, &plan, &setting, scratch)
    }

    /// A public reply and what follows it in private: the step that is due now, and the one that is due once the
    /// public reply stands and the customer can be written to in private. Both address the customer alike.
    ///
    /// # Errors
    /// As [`draft`](Policy::draft), for either; the values that are missing in either are told at once.
    /// [`NoPair`] where the first reply is private already, the channel has no way into private, or nothing follows.
    ///
    /// ```
    /// use svar::draft::SlotValues;
    /// use svar::policy::DraftOptions;
    /// use svar::{Case, Message, Policy};
    ///
    /// let mut case = Case::new("instagram");
    /// case.language = Some("en".to_owned());
    /// case.messages.push(Message::customer("Still no parcel, and nobody answers my e-mails!"));
    ///
    /// let pair = Policy::builtin().pair(&case, &SlotValues::new(), &DraftOptions::default().seed(2))?;
    /// assert_eq!((&*pair.public.channel, &*pair.private.channel), ("instagram", "instagram-dm"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pair(&self, case: &Case, slots: &SlotValues, options: &DraftOptions) -> Result<Pair, DraftError> {
        self.pair_with(case, slots, options, &mut Scratch::default())
    }

    /// [`pair`](Policy::pair) with memory to reuse.
    ///
    /// # Errors
    /// As [`pair`](Policy::pair).
    pub fn pair_with(
        &self,
        case: &Case,
        slots: &SlotValues,
        options: &DraftOptions,
        scratch: &mut Scratch,
    ) -> Result<Pair, DraftError> {
        let none = |half| DraftError::NoPair(NoPair { channel: case.channel.clone(), half });
        let public = self.draft_as(case, slots, options, Voice::default(), scratch);
        // What the private half lacks is told with what the public one does: samples stand for what is missing.
        let stand_in = match &public {
            Err(DraftError::Missing(_)) => {
                let samples = Voice { samples: Some(Samples::Usual), ..Voice::default() };
                Some(self.draft_as(case, slots, options, samples, scratch)?)
            }
            _ => None,
        };
        let (said, lacking) = match (public, stand_in) {
            (Err(DraftError::Missing(lacking)), Some(stand_in)) => (stand_in, Some(lacking)),
            (public, _) => (public?, None),
        };
        if said.visibility != Visibility::Public {
            return Err(lacking.map_or_else(|| none(Lacking::Public), DraftError::Missing));
        }
        let (channel, visibility) = self.0.destination(self.0.channel(&case.channel)?, Visibility::Private);
        if visibility != Visibility::Private {
            return Err(none(Lacking::Route));
        }
        let mut after = case.clone();
        let mut reply = Message::agent(&*said.text);
        reply.at = options.now.or(case.messages.last().and_then(|message| message.at));
        reply.visibility = Some(Visibility::Public);
        after.messages.push(reply);
        after.language = Some(said.language.as_str().to_owned());
        moved(&mut after, channel, visibility);
        let options = DraftOptions { acts: None, optional: Vec::new(), ..options.clone() };
        let voice = Voice { address: Some(said.address), samples: None };
        match (self.draft_as(&after, slots, &options, voice, scratch), lacking) {
            (Ok(private), None) => Ok(Pair { public: said, private }),
            (Err(DraftError::Missing(more)), Some(lacking)) => Err(DraftError::Missing(lacking.and(more))),
            (_, Some(lacking)) => Err(DraftError::Missing(lacking)),
            (Err(DraftError::NothingToSay(_)), None) => Err(none(Lacking::Private)),
            (Err(error), None) => Err(error),
        }
    }

    /// The acts that are named, or those of the step that is due.
    fn plan(
        &self,
        case: &Case,
        options: &DraftOptions,
        timing: &Timing,
        scratch: &mut Scratch,
    ) -> Result<Plan, DraftError> {
        // An act is said once, however often it is named.
        let numbers = |names: &[String]| {
            let mut numbers = Vec::with_capacity(names.len());
            for name in names {
                let number = self.0.act(name)?;
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
            Ok::<Vec<u8>, DraftError>(numbers)
        };
        let mut plan = match &options.acts {
            Some(acts) => Plan { asked: numbers(acts)?, ..Plan::default() },
            None => Plan::of(&self.next_with(case, options.now, timing, scratch)?)?,
        };
        plan.besides = numbers(&options.optional)?;
        Ok(plan)
    }

    /// The slots that templates can have: name, type, and one line for people.
    pub fn slots(&self) -> impl Iterator<Item = (&str, SlotType, &str)> {
        self.0.sayings.slots().iter()
    }
}
