//! What is offered, and how much.

use std::sync::Arc;

use super::RemedyId;
use super::authority::{Authority, Grant, RoleProblem, in_currency};
use super::{Ground, OfferVerdict, Remedy, RemedyKind};
use crate::case::{Case, Fault, LossKind};
use crate::money::{Money, MoneyError};

/// Why nothing could be computed.
pub(crate) type GrantProblem = RoleProblem;

/// Mild overcompensation helps up to about one and a half times the price (Haesevoets et al. 2017).
pub(crate) const WISE: u32 = 150;

/// What a policy says of one remedy.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) id: RemedyId,
    pub(crate) kind: RemedyKind,
    pub(crate) title: Arc<str>,
    pub(crate) why: Arc<str>,
    /// What it makes good; anything, where the list is empty.
    pub(crate) losses: Vec<LossKind>,
    pub(crate) after_deadline: bool,
    pub(crate) ours: Ours,
    pub(crate) goodwill: Goodwill,
    pub(crate) round_up_to: Vec<Money>,
}

/// Where the fault is ours. Shares are in hundredths of the loss.
#[derive(Clone, Debug)]
pub(crate) struct Ours {
    pub(crate) cover: u32,
    pub(crate) extra: u32,
    pub(crate) extra_fixed: Vec<Money>,
    pub(crate) extra_least: Vec<Money>,
    pub(crate) extra_most: Vec<Money>,
    pub(crate) most: u32,
}

/// Where it is not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Goodwill {
    pub(crate) share: u32,
    pub(crate) fixed: Vec<Money>,
    pub(crate) most: Vec<Money>,
}

/// All remedies of a policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plans(pub(crate) Vec<Plan>);

/// What is known when a remedy is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) case: &'a Case,
    pub(crate) authority: &'a Authority,
    pub(crate) today: &'a [Money],
}

impl Question<'_> {
    /// The role that counts: who approved, else who answers.
    fn role(&self) -> Option<&str> {
        let facts = &self.case.facts;
        facts.approved_by.as_deref().or(self.case.agent.role.as_deref())
    }

    fn grant(&self, amount: Money) -> Grant<'_> {
        let facts = &self.case.facts;
        Grant { amount, loss: facts.loss, fault: facts.fault, today: self.today }
    }
}

impl Plans {
    /// Everything that fits the case, in the order of the document.
    pub(crate) fn fitting(&self, question: &Question<'_>) -> Result<Vec<Remedy>, GrantProblem> {
        let fitting = self.0.iter().filter(|plan| plan.fits(question.case));
        fitting.map(|plan| plan.remedy(question)).collect()
    }

    /// What is to be said of the offer that a case names.
    pub(crate) fn judge(&self, question: &Question<'_>) -> Result<Option<OfferVerdict>, GrantProblem> {
        let facts = &question.case.facts;
        let Some(offer) = facts.offer else { return Ok(None) };
        let mut verdict = OfferVerdict {
            offer,
            below_loss: false,
            without_extra: false,
            beyond: None,
            approval: question.authority.approval(question.role(), &question.grant(offer))?,
        };
        if let Some(loss) = facts.loss {
            let by = offer.compare(&loss)?;
            if facts.fault == Fault::Ours {
                verdict.below_loss = by.is_lt();
                verdict.without_extra = by.is_eq();
            }
            if let Some(most) = self.ceiling(question.case) {
                let most = loss.percent(most)?;
                verdict.beyond = Some(most).filter(|most| offer.minor() > most.minor());
            }
        }
        Ok(Some(verdict))
    }

    /// The most that is wise, in hundredths of the loss: what a remedy that covers it allows, whatever else may be
    /// given beside it.
    fn ceiling(&self, case: &Case) -> Option<u32> {
        let fitting = || self.0.iter().filter(|plan| plan.fits(case));
        let covering = fitting().filter(|plan| plan.ours.cover > 0).map(|plan| plan.ours.most);
        covering.max().or_else(|| fitting().next().map(|_| WISE))
    }
}

impl Plan {
    fn fits(&self, case: &Case) -> bool {
        let kind = case.facts.loss_kind();
        let makes_good = self.losses.is_empty() || kind.is_some_and(|kind| self.losses.contains(&kind));
        // What is owed is owed, however late.
        let in_time = self.after_deadline || !case.facts.deadline_passed || case.facts.fault == Fault::Ours;
        makes_good && in_time
    }

    fn remedy(&self, question: &Question<'_>) -> Result<Remedy, GrantProblem> {
        let facts = &question.case.facts;
        let (ground, amount, extra) = match facts.fault {
            Fault::Ours => {
                let (amount, extra) = self.owed(facts.loss)?;
                (Ground::Fault, amount, extra)
            }
            Fault::Theirs | Fault::Unknown => (Ground::Goodwill, self.kindness(question)?, None),
        };
        let amount = amount.filter(|amount| amount.minor() > 0);
        let approval = match amount {
            Some(amount) => question.authority.approval(question.role(), &question.grant(amount))?,
            None => None,
        };
        Ok(Remedy {
            id: self.id.clone(),
            kind: self.kind,
            title: Arc::clone(&self.title),
            ground,
            amount,
            extra: extra.filter(|_| amount.is_some()),
            approval,
            why: Arc::clone(&self.why),
        })
    }

    /// The loss, and a little more, and how much more.
    fn owed(&self, loss: Option<Money>) -> Result<(Option<Money>, Option<Money>), MoneyError> {
        let Some(loss) = loss else { return Ok((None, None)) };
        let (rules, currency) = (&self.ours, loss.currency());
        let mut extra = loss.percent(rules.extra)?;
        if let Some(fixed) = in_currency(&rules.extra_fixed, currency) {
            extra = extra.plus(&fixed)?;
        }
        if let Some(most) =
            in_currency(&rules.extra_most, currency).filter(|most| most.minor() < extra.minor())
        {
            extra = most;
        }
        if let Some(least) =
            in_currency(&rules.extra_least, currency).filter(|least| least.minor() > extra.minor())
        {
            extra = least;
        }
        let covered = loss.percent(rules.cover)?;
        let ceiling = loss.percent(rules.most)?;
        let amount = covered.plus(&extra)?;
        let amount = if amount.minor() > ceiling.minor() { ceiling } else { amount };
        let amount = self.pleasant(amount, Some(ceiling))?;
        Ok((Some(amount), Some(Money::new((amount.minor() - covered.minor()).max(0), currency))))
    }

    /// A kindness, within what whoever answers may grant.
    fn kindness(&self, question: &Question<'_>) -> Result<Option<Money>, GrantProblem> {
        let rules = &self.goodwill;
        let loss = question.case.facts.loss;
        let amount = match loss {
            Some(loss) => {
                let share = loss.percent(rules.share)?;
                match in_currency(&rules.fixed, loss.currency()) {
                    Some(fixed) => share.plus(&fixed)?,
                    None => share,
                }
            }
            // Nobody knows in which currency, unless the policy knows one only.
            None => match rules.fixed.as_slice() {
                [fixed] => *fixed,
                _ => return Ok(None),
            },
        };
        let limit = question.authority.limit(question.role(), &question.grant(amount))?;
        let most = in_currency(&rules.most, amount.currency());
        let ceiling = most.into_iter().chain(limit).min_by_key(|ceiling| ceiling.minor());
        let amount = match ceiling {
            Some(ceiling) if ceiling.minor() < amount.minor() => ceiling,
            _ => amount,
        };
        Ok(Some(self.pleasant(amount, ceiling)?))
    }

    /// The next larger pleasant amount, where that is not too much.
    fn pleasant(&self, amount: Money, ceiling: Option<Money>) -> Result<Money, MoneyError> {
        let Some(step) = in_currency(&self.round_up_to, amount.currency()) else { return Ok(amount) };
        let rounded = amount.rounded_up(&step)?;
        let fits = ceiling.is_none_or(|ceiling| rounded.minor() <= ceiling.minor());
        Ok(if fits { rounded } else { amount })
    }
}
