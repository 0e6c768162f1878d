//! What only the company itself can say, and has not: its hours, its contacts, whom to call.
//!
//! Packs are for everybody, so nothing of this is asked of a policy before it names a brand.

use super::Lint;
use crate::rule::{Flags, bare};
use crate::source::{Diagnostic, Severity, quoted};

/// So many names are listed.
const LISTED: usize = 4;
/// Hosts that nobody has: those of RFC 2606, and the one that a new policy begins with. What ends in `.example` says of
/// itself that it is made up, so that whoever writes an example is left alone.
const NOBODYS: [&str; 7] =
    ["example.com", "example.net", "example.org", "test", "invalid", "localhost", "your-company.example"];
/// No number ends so, but for the one that a new policy begins with.
const NO_NUMBER: &str = "00000000";

impl Lint<'_, '_> {
    pub(super) fn brand(&self) {
        if self.policy.brand().is_none() {
            return;
        }
        self.contact();
        self.made_up();
        self.hours();
        self.crisis();
    }

    /// Where there is no private route, a reply can only name another way; it has to be known.
    fn contact(&self) {
        if self.policy.0.brand.has_contact() {
            return;
        }
        let lonely = self.policy.channels().iter().filter(|channel| {
            channel.is_monitored()
                && channel.default_visibility() == crate::case::Visibility::Public
                && channel.private_route().is_none()
        });
        let mut names: Vec<String> = lonely.map(|channel| quoted(channel.id())).collect();
        if names.is_empty() {
            return;
        }
        let more = names.len() > LISTED;
        names.truncate(LISTED);
        let and = if more { ", …" } else { "" };
        let message = format!(
            "there is no way to reach the company beside social media, and {}{and} have no private messages",
            names.join(", ")
        );
        let help = "write `contact = { email = \"…\", phone = \"…\" }` under `[brand]`: a complaint there is led to it";
        self.report(
            Diagnostic::new(Severity::Warning, "no-contact", message).with_help(help).at(self.at(&["brand"])),
        );
    }

    /// A new policy begins with contacts that are nobody's; customers who are sent there complain to nobody.
    fn made_up(&self) {
        let brand = &self.policy.0.brand;
        let email = brand.email.as_deref().filter(|email| is_nobodys(email));
        let phone = brand.phone.as_deref().filter(|phone| bare(phone).ends_with(NO_NUMBER));
        for (key, contact) in [("email", email), ("phone", phone)] {
            let Some(contact) = contact else { continue };
            let message = format!("{} is made up: nobody is reached there", quoted(contact));
            let help = "give the company's own, or take it out: replies lead customers there";
            let at = self.at_value(&["brand", "contact", key]);
            self.report(Diagnostic::new(Severity::Advice, "made-up-contact", message).with_help(help).at(at));
        }
    }

    /// Playbooks that answer otherwise while the team is closed never do so where nobody says when that is.
    fn hours(&self) {
        if self.policy.calendars().next().is_some() {
            return;
        }
        let asks = self.policy.0.playbooks.iter().find_map(|playbook| {
            let mut steps = playbook.steps.iter();
            steps
                .find(|step| {
                    step.when.asks(Flags::CLOSED)
                        || step.branches.iter().any(|branch| branch.when.asks(Flags::CLOSED))
                })
                .map(|step| {
                    format!("the step {} of {}", quoted(step.id.as_str()), quoted(playbook.id.as_str()))
                })
        });
        let Some(asks) = asks else { return };
        let message =
            format!("nobody says when the team is open, and {asks} answers otherwise while it is closed");
        let help =
            "give a calendar its hours under `[calendars.office]`, and name it as `calendar` under `[sla]`";
        self.report(
            Diagnostic::new(Severity::Advice, "no-hours", message).with_help(help).at(self.at(&["brand"])),
        );
    }

    fn crisis(&self) {
        let surge = &self.policy.0.sla.surge;
        let is_named = surge.crisis_contact.as_ref().is_some_and(|contact| !contact.trim().is_empty());
        if is_named || !surge.watches() {
            return;
        }
        let message = "nobody is named to be called in a crisis";
        let help =
            "write `crisis_contact = \"…\"` under `[sla.surge]`: a storm breaks when the office is closed";
        self.report(
            Diagnostic::new(Severity::Advice, "no-crisis-contact", message)
                .with_help(help)
                .at(self.at(&["brand"])),
        );
    }
}

/// Whether an address is at a host that nobody has, or below one.
fn is_nobodys(address: &str) -> bool {
    let host = address.rsplit_once('@').map_or(address, |(_, host)| host).to_lowercase();
    NOBODYS
        .iter()
        .any(|own| host.strip_suffix(own).is_some_and(|below| below.is_empty() || below.ends_with('.')))
}
