//! Steps that ask for what a rule forbids there.

use super::{Lint, example};
use crate::case::Visibility;
use crate::playbook::{Branch, Playbook, StepPlan};
use crate::rule::{Condition, Kind, Meeting, Rule};
use crate::source::{Diagnostic, Location, quoted};

impl Lint<'_, '_> {
    pub(super) fn playbooks(&self) {
        let forbidding: Vec<&Rule> = self
            .policy
            .rules()
            .filter(|rule| matches!(&rule.kind, Kind::Forbid(target) if !target.acts.is_empty()))
            .collect();
        for (playbook, number) in self.policy.0.playbooks.iter().zip(0u8..) {
            if playbook.replaced {
                continue;
            }
            for (step, at) in playbook.steps.iter().zip(0u8..) {
                let stage = (number, at);
                for rule in &forbidding {
                    self.asked_but_forbidden(playbook, step, stage, rule);
                }
            }
        }
    }

    fn asked_but_forbidden(&self, playbook: &Playbook, step: &StepPlan, stage: (u8, u8), rule: &Rule) {
        let Kind::Forbid(target) = &rule.kind else { return };
        let excused = |acts: &[u8]| acts.iter().any(|act| rule.excused_by.contains(*act));
        let mut asked = Vec::new();
        if !excused(&step.part.asks) {
            asked.extend(step.part.asks.iter().map(|act| (*act, None)));
        }
        for branch in &step.branches {
            if !excused(&branch.part.asks) && !excused(&step.part.asks) {
                asked.extend(branch.part.asks.iter().map(|act| (*act, Some(branch))));
            }
        }
        for (act, branch) in asked.into_iter().filter(|(act, _)| target.acts.contains(*act)) {
            let Some(case) = self.is_asked(playbook, step, stage, rule, act, branch) else { continue };
            let name = quoted(self.act_name(usize::from(act)));
            let (id, own) = (quoted(rule.id().as_str()), quoted(step.id.as_str()));
            let message = format!(
                "the step {own} of `{}` asks for {name}, which {id} forbids there{}",
                playbook.id,
                example(&case)
            );
            let help =
                format!("take {name} out of `asks`, or let the `when` of the rule leave this step out");
            let diagnostic = Diagnostic::new(rule.severity(), "asks-forbidden", message).with_help(help);
            let at = self.asks_at(playbook, step, branch);
            self.report(diagnostic.at(at).with_related(self.rule_at(rule), "forbidden here"));
            return;
        }
    }

    /// A case in which the step asks for an act, and the rule is there.
    fn is_asked(
        &self,
        playbook: &Playbook,
        step: &StepPlan,
        stage: (u8, u8),
        rule: &Rule,
        act: u8,
        branch: Option<&Branch>,
    ) -> Option<String> {
        let mut hold = vec![&playbook.when, &step.when, &rule.when];
        hold.extend(branch.map(|branch| &branch.when));
        // Branches that take the act out again, or say it elsewhere, do not hold in this case.
        let others = step.branches.iter().filter(|other| branch.is_none_or(|own| own.id != other.id));
        let undone = others.filter(|other| {
            other.without.contains(&act)
                || other.part.forbidden.contains(&act)
                || other.part.visibility.is_some()
        });
        let fail: Vec<&Condition> = undone.map(|other| &other.when).collect();
        // The rule asks where the reply stands, and the playbook where the customer does.
        let said = branch.and_then(|own| own.part.visibility).or(step.part.visibility);
        let stands = rule.when.visibility();
        let elsewhere: Condition;
        if let Some(said) = said {
            if stands.is_some_and(|stands: Visibility| stands != said) {
                return None;
            }
            elsewhere = rule.when.anywhere();
            if let Some(own) = hold.get_mut(2) {
                *own = &elsewhere;
            }
        }
        match self.world.meet(&hold, &fail, Some(stage)) {
            Meeting::Met(case) => Some(case),
            _ => None,
        }
    }

    fn asks_at(&self, playbook: &Playbook, step: &StepPlan, branch: Option<&Branch>) -> Option<Location> {
        let path = ["playbooks", playbook.id.as_str(), "steps", step.id.as_str()];
        match branch {
            None => self.at_value(&[&path[..], &["asks"]].concat()),
            Some(branch) => self.at_value(&[&path[..], &["branches", &branch.id, "asks"]].concat()),
        }
    }
}
