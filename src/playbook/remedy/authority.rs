//! Who may grant how much.

use std::sync::Arc;

use super::ApprovalNeeded;
use crate::case::Fault;
use crate::money::{Currency, Money, MoneyError};

/// What one role may grant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tier {
    pub(crate) role: Arc<str>,
    /// Limits by currency; none at all where the role is free.
    pub(crate) case: Vec<Money>,
    pub(crate) day: Vec<Money>,
    pub(crate) goodwill: Vec<Money>,
    /// In hundredths of the loss.
    pub(crate) goodwill_share: Option<u32>,
    /// The number of the tier that decides beyond this one.
    pub(crate) above: Option<usize>,
}

/// All roles, the first of the document in front.
#[derive(Clone, Debug, Default)]
pub(crate) struct Authority {
    pub(crate) tiers: Vec<Tier>,
}

/// A role that is none, or sums that cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RoleProblem {
    Unknown(String),
    Money(MoneyError),
}

impl From<MoneyError> for RoleProblem {
    fn from(error: MoneyError) -> Self {
        RoleProblem::Money(error)
    }
}

/// An amount that somebody wants to grant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grant<'a> {
    pub(crate) amount: Money,
    pub(crate) loss: Option<Money>,
    pub(crate) fault: Fault,
    /// What was granted today already.
    pub(crate) today: &'a [Money],
}

impl Tier {
    /// What is left in a currency; nothing stands for no limit.
    pub(crate) fn limit(&self, grant: &Grant<'_>) -> Result<Option<Money>, MoneyError> {
        let currency = grant.amount.currency();
        let mut limits = Vec::new();
        if !self.case.is_empty() {
            limits.push(in_currency(&self.case, currency).unwrap_or(Money::zero(currency)));
        }
        if !self.day.is_empty() {
            let mut left = in_currency(&self.day, currency).unwrap_or(Money::zero(currency));
            for granted in grant.today.iter().filter(|granted| granted.currency() == currency) {
                left = left.minus(granted)?;
            }
            limits.push(Money::new(left.minor().max(0), currency));
        }
        if grant.fault != Fault::Ours {
            if !self.goodwill.is_empty() {
                limits.push(in_currency(&self.goodwill, currency).unwrap_or(Money::zero(currency)));
            }
            let loss = grant.loss.filter(|loss| loss.currency() == currency);
            if let Some((share, loss)) = self.goodwill_share.zip(loss) {
                limits.push(loss.percent(share)?);
            }
        }
        Ok(limits.into_iter().min_by_key(|limit| limit.minor()))
    }
}

pub(crate) fn in_currency(amounts: &[Money], currency: Currency) -> Option<Money> {
    amounts.iter().find(|amount| amount.currency() == currency).copied()
}

impl Authority {
    pub(crate) fn roles(&self) -> impl Iterator<Item = &str> + Clone {
        self.tiers.iter().map(|tier| &*tier.role)
    }

    /// The tier of a role; the first where the case names none. A machine that has none may grant nothing.
    fn tier(&self, role: Option<&str>) -> Result<Option<&Tier>, RoleProblem> {
        match role {
            None => Ok(self.tiers.first()),
            Some(role) => match self.tiers.iter().find(|tier| &*tier.role == role) {
                Some(tier) => Ok(Some(tier)),
                None if role.eq_ignore_ascii_case("bot") => Ok(None),
                None => Err(RoleProblem::Unknown(role.to_owned())),
            },
        }
    }

    /// What a role may still grant; nothing stands for no limit.
    pub(crate) fn limit(&self, role: Option<&str>, grant: &Grant<'_>) -> Result<Option<Money>, RoleProblem> {
        if self.tiers.is_empty() {
            return Ok(None);
        }
        match self.tier(role)? {
            Some(tier) => Ok(tier.limit(grant)?),
            None => Ok(Some(Money::zero(grant.amount.currency()))),
        }
    }

    /// Who must agree to an amount, if anybody.
    pub(crate) fn approval(
        &self,
        role: Option<&str>,
        grant: &Grant<'_>,
    ) -> Result<Option<ApprovalNeeded>, RoleProblem> {
        let Some(limit) = self.limit(role, grant)? else { return Ok(None) };
        if limit.minor() >= grant.amount.minor() {
            return Ok(None);
        }
        let mut above = match self.tier(role)? {
            Some(tier) => tier.above.and_then(|at| self.tiers.get(at)),
            None => self.tiers.first(),
        };
        // What was granted today was granted by whoever answers, not by who decides beyond them.
        let fresh = Grant { today: &[], ..*grant };
        for _ in 0..self.tiers.len() {
            let Some(tier) = above else { break };
            if tier.limit(&fresh)?.is_none_or(|limit| limit.minor() >= grant.amount.minor()) {
                let role = Some(Arc::clone(&tier.role));
                return Ok(Some(ApprovalNeeded { role, amount: grant.amount, limit }));
            }
            above = tier.above.and_then(|at| self.tiers.get(at));
        }
        Ok(Some(ApprovalNeeded { role: None, amount: grant.amount, limit }))
    }
}
